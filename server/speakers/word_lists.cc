// Origin: written by hand for Quoth from common knowledge of news English and
// of the world's states and large cities; no list was copied.

#include "server/speakers/word_lists.h"

namespace quoth::word_lists {

const char kDeterminers[] =
    "the a an this that these those another other others any each every "
    "either neither no both all some many most several few";

const char kPossessives[] = "his her its their my our your whose";

const char kPrepositions[] =
    "of for in at from with on by to about against among around as before "
    "behind between during including inside into like near outside over per "
    "since through throughout toward towards under until upon via within "
    "without within amid across above below along beyond despite except off "
    "onto regarding than such while because although though if when where "
    "whether who whom which";

const char kVerbs[] =
    "is are was were be been being am has have had having do does did done "
    "will would can could may might shall should must said say says saying "
    "told tell tells telling added add adds adding asked ask asks asking "
    "wrote write writes writing argued argue argues arguing called call "
    "calls calling claimed claim claims claiming noted notes noting denied "
    "denies denying believes believed believe thinks thought think wants "
    "wanted want warned warns warning insisted insists announced announces "
    "announced explained explains suggested suggests admitted admits "
    "accused accuses accusing agreed agrees made makes making got gets "
    "getting went goes going took takes taking came comes gave gives "
    "responded replied reply replies recalled recalls declared declares "
    "stated acknowledged acknowledges criticized criticised praised urged "
    "urges vowed promised pledged predicted predicts described describes "
    "speaking spoke speaks tweeted testified reported reportedly "
    "appeared appears seemed seems feels felt feel knows knew know sees saw "
    "hopes hoped expects expected says met won lost ran became become "
    "named known used worked works led held running trying";

const char kFunctionWords[] =
    "i we you he she it they me us him them mine ours yours hers theirs "
    "myself yourself himself herself itself ourselves themselves who whom "
    "whose which what when where why how and but or nor so yet if then else "
    "because although though while whereas unless until since after before "
    "once however meanwhile moreover nevertheless nonetheless instead "
    "otherwise therefore thus hence also still even just only not never "
    "ever always often sometimes perhaps maybe indeed besides further "
    "furthermore finally later earlier recently today tomorrow yesterday "
    "tonight now here there again already almost nearly about more less "
    "much very too quite rather well yes yeah ok okay oh no please thanks "
    "thank let lets don't doesn't didn't won't can't couldn't wouldn't isn't "
    "aren't wasn't weren't haven't hasn't hadn't it's that's there's he's "
    "she's i'm i've i'll i'd we're we've we'll they're they've you're "
    "you've what's who's let's here's asked speaking according despite given "
    "based during following including like unlike amid among without within "
    "while whether additionally similarly likewise overall eventually "
    "initially originally ultimately clearly obviously certainly "
    "apparently reportedly allegedly previously currently simply "
    "especially particularly generally usually typically frankly "
    "critics one two three four five six seven eight nine ten eleven twelve "
    "dozens hundreds thousands millions billions first second third last "
    "next another such same own though because asked "
    "responding citing referring noting adding saying calling pressed look "
    "looking take taking make making get getting going come coming see "
    "read listen click watch share photo image video source related editor's "
    "story correction update updated breaking exclusive opinion analysis";

const char kQuantities[] =
    "percent majority minority half quarter third two-thirds three-quarters "
    "plurality most many some few several all none number numbers dozens "
    "hundreds thousands millions lot lots rest pair duo trio couple handful "
    "one two three four five six seven eight nine ten both others another "
    "share proportion";

const char kCalendar[] =
    "monday tuesday wednesday thursday friday saturday sunday january "
    "february march april may june july august september october november "
    "december mon tue tues wed thu thurs fri sat sun jan feb mar apr jun jul "
    "aug sept sep oct nov dec christmas easter thanksgiving ramadan";

const char kSuffixes[] = "jr sr ii iii iv esq phd qc kc mbe obe cbe";

const char kParticles[] =
    "van von de der den del della di da dos du la le bin bint ibn al el ul "
    "ur ter ten abu dela";

const char kDepartments[] =
    "state defense defence justice commerce treasury interior labor labour "
    "energy education agriculture transportation transport affairs security "
    "health services finance trade exchequer veterans staff operations "
    "representatives intelligence environment culture industry";

const char kMaleHonorifics[] = "mr sir lord fr father baron prince king pope";
const char kFemaleHonorifics[] = "ms mrs miss lady dame madam queen princess";
const char kHonorifics[] = "dr rev hon ayatollah imam sheikh sheik messrs";

const char kTitles[] =
    "president minister premier chancellor senator sen senators sens rep "
    "reps representative congressman congresswoman governor gov govs mayor "
    "secretary attorney general gen lieutenant lt col colonel major maj "
    "captain capt sergeant sgt admiral adm commander cmdr cpl pvt officer "
    "detective det judge justice chief chairman chairwoman chair speaker "
    "professor prof ambassador bishop archbishop cardinal councilman "
    "councilwoman councillor councilor cllr deputy director ag vp "
    "committeeman committeewoman commissioner superintendent sheriff "
    "inspector insp supt constable coach mp msp mep assemblyman assemblywoman "
    "delegate del treasurer leader whip pres undersecretary emperor sultan "
    "emir shah ceo cfo cto gop candidate";

const char kMaleNouns[] =
    "spokesman chairman businessman congressman man father husband son "
    "fiance brother uncle boy grandfather dad salesman policeman fireman "
    "fisherman frontman newsman cameraman gentleman guy king prince actor "
    "waiter boyfriend nephew assemblyman councilman craftsman anchorman "
    "statesman clergyman serviceman foreman grandson widower lord pope "
    "priest monk bishop imam cardinal archbishop gaffer batsman linesman "
    "ombudsman dutchman irishman frenchman englishman scotsman welshman";

const char kFemaleNouns[] =
    "spokeswoman chairwoman businesswoman congresswoman woman mother wife "
    "fiancee daughter sister aunt girl grandmother mom mum policewoman actress "
    "waitress girlfriend niece assemblywoman councilwoman granddaughter "
    "widow lady queen princess nun grandma heroine duchess baroness hostess "
    "anchorwoman stewardess mistress housewife midwife englishwoman "
    "frenchwoman irishwoman scotswoman dutchwoman";

const char kPersonNouns[] =
    "assailant graduate gunman attacker heir spokesperson official officer "
    "source aide adviser advisor analyst "
    "expert critic supporter opponent lawyer attorney judge minister "
    "president senator representative governor mayor secretary lawmaker "
    "legislator politician candidate nominee front-runner frontrunner rival "
    "leader chief head boss director manager executive ceo founder "
    "co-founder owner editor reporter journalist correspondent columnist "
    "writer author novelist blogger host anchor moderator commentator pundit "
    "historian scholar professor teacher student scientist researcher "
    "economist strategist pollster consultant lobbyist activist advocate "
    "organizer organiser campaigner protester protestor demonstrator "
    "diplomat ambassador envoy negotiator general colonel captain commander "
    "soldier veteran sergeant prosecutor defendant plaintiff witness suspect "
    "victim detective investigator inspector sheriff constable cop "
    "policymaker doctor physician surgeon nurse patient dentist psychologist "
    "psychiatrist engineer developer designer architect programmer trader "
    "investor banker broker financier shareholder customer consumer user "
    "client buyer seller farmer grower worker employee employer staffer "
    "operative insider outsider donor backer ally friend colleague neighbor "
    "neighbour resident citizen voter delegate superdelegate member "
    "councillor councilor commissioner chair speaker premier chancellor "
    "treasurer whip mogul billionaire millionaire tycoon entrepreneur "
    "producer filmmaker singer musician artist painter "
    "player coach athlete footballer golfer boxer striker midfielder "
    "defender goalkeeper skipper teammate referee fan star celebrity "
    "comedian poet philosopher theologian pastor minister rabbi reverend "
    "cleric ayatollah preacher evangelist believer christian muslim jew "
    "catholic mp mep msp republican democrat conservative liberal "
    "progressive independent libertarian socialist communist nationalist "
    "moderate centrist partisan loyalist dissident rebel militant refugee "
    "immigrant migrant traveler traveller passenger driver pilot cashier "
    "clerk custodian librarian curator caller heckler questioner respondent "
    "participant attendee applicant observer onlooker bystander person "
    "individual parent child kid relative cousin sibling partner spouse "
    "baby teen teenager youngster native local counterpart "
    "predecessor successor incumbent challenger contender hopeful pick "
    "deputy assistant associate mate running-mate confidant confidante mentor "
    "fellow servant "
    "specialist technician mechanic contractor trustee auditor accountant "
    "administrator coordinator superintendent principal "
    "dean provost chaplain narrator interviewer interviewee guest speechwriter "
    "biographer publicist agent guard bodyguard prisoner inmate detainee "
    "hostage fighter terrorist extremist hacker whistleblower informant "
    "spy texan new-yorker american european millennial evangelical liberal "
    "hawk dove maverick newcomer freshman junior legend winner loser "
    "champion bidder lender creditor co-chair co-chairman co-author "
    "vice-president vice-chairman ex-president treasurer undersecretary "
    "mediator arbitrator mathematician physicist chemist biologist "
    "astronomer climatologist epidemiologist geologist statistician "
    "forecaster meteorologist archaeologist anthropologist sociologist "
    "linguist demographer academic intellectual thinker technologist "
    "someone somebody anyone anybody everyone everybody nobody no-one "
    "editorialist cartoonist stranger rep presenter stylist "
    "chef cook model dancer choreographer conductor composer songwriter "
    "rapper drummer guitarist runner swimmer cyclist rider winger hooker "
    "prop lock captain jockey trainer breeder gardener "
    "flanker fly-half scrum-half full-back centre-back left-back "
    "right-back keeper bowler all-rounder wicketkeeper sprinter hurdler "
    "jumper wrestler gymnast skater skier rower marathoner decathlete "
    "heptathlete quarterback pitcher catcher linebacker playmaker umpire "
    "physiotherapist dj bassist vocalist pianist violinist cellist soprano "
    "tenor newsreader screenwriter scriptwriter co-star co-writer "
    "singer-songwriter ballerina sculptor illustrator entertainer "
    "supermodel oceanographer ecologist botanist zoologist entomologist "
    "virologist immunologist geneticist neurologist cardiologist "
    "oncologist paediatrician pediatrician palaeontologist paleontologist "
    "seismologist astronaut cosmonaut vet veterinarian auctioneer "
    "stockbroker agronomist horticulturist viticulturist winemaker "
    "beekeeper grazier pastoralist shearer trawlerman miner builder "
    "plumber electrician carpenter baker butcher landlord landowner "
    "philanthropist eyewitness intern fundraiser caretaker feminist "
    "leftist dictator patriarch shooter bomber killer hijacker tourist "
    "backpacker climber ex-minister ex-wife ex-husband co-host co-producer "
    "headteacher headmaster headmistress vicar vice-chancellor barrister "
    "solicitor magistrate coroner paramedic firefighter lifeguard "
    "backbencher peer creator inventor promoter webmaster gamer "
    "statesperson councilmember acquaintance";

const char kAdjectivesToo[] =
    "conservative liberal progressive independent moderate local native "
    "fellow junior deputy assistant associate partisan rebel rival dissident "
    "extremist star head individual principal socialist communist "
    "nationalist libertarian centrist militant evangelical christian muslim "
    "catholic american european democrat republican public press general "
    "maverick champion terrorist academic elite minority majority rich poor "
    "elderly mainstream establishment";

const char kGeographic[] =
    "new north south east west los san santa las fort mount lake cape saint "
    "puerto costa";

// Lower-case words that may stand in front of a title or an office.
const char kRankWords[] =
    "former acting state retired late then current longtime outgoing "
    "incoming ex deputy senior federal chief then-president vice top "
    "first second prime foreign home majority minority press supreme "
    "assistant ranking shadow";

const char kAnonymous[] =
    "spokesman spokeswoman spokesperson official source aide executive user "
    "insider witness eyewitness bystander resident voter reader customer "
    "person diplomat "
    "representative adviser advisor employee colleague friend neighbor "
    "neighbour caller commenter fan";

const char kStations[] =
    "candidate nominee front-runner frontrunner contender hopeful senator "
    "governor congressman congresswoman lawmaker mogul tycoon businessman "
    "businesswoman billionaire millionaire magnate secretary leader minister "
    "mp mep msp actor actress star singer rapper musician comedian director "
    "author novelist writer developer founder co-founder republican democrat "
    "congresswoman mayor chairman chairwoman executive entrepreneur "
    "neurosurgeon surgeon professor scientist researcher champion striker "
    "midfielder defender captain coach boxer politician native texan "
    "incumbent challenger frontman secretary-general chancellor premier "
    "model playwright filmmaker composer artist painter economist activist "
    "lawyer attorney judge bishop archbishop cardinal pontiff";

const char kIndefinites[] =
    "someone somebody anyone anybody everyone everybody nobody no-one none "
    "all others most many some few both each everything anything";

const char kPeopleNouns[] =
    "people men women children folks staff crew public crowd audience side "
    "electorate family families youth elderly poor rich parents "
    "troops personnel brass elite elites establishment mainstream base "
    "population masses panel those ones who others us them press "
    "leadership community generation chorus field jury jurors members "
    "authorities establishment americans britons germans iranians chinese "
    "russians israelis palestinians latinos hispanics hispanic-americans "
    "african-americans whites blacks muslims christians jews catholics "
    "evangelicals millennials seniors gopers goers caucus-goers netizens "
    "sons brothers couple pair duo trio team circle clan entourage army "
    "adults seniors relatives forces cops netizens mps meps msps ceos "
    "dems spokesmen spokeswomen chairmen businessmen congressmen fishermen "
    "policemen gentlemen wives kids hands thinkers";

const char kOrganizationNouns[] =
    "company firm corporation conglomerate business bank lender insurer "
    "retailer manufacturer maker carmaker automaker airline carrier brand "
    "chain operator supplier startup start-up non-profit giant subsidiary unit "
    "group "
    "organization organisation nonprofit charity foundation trust union "
    "association federation confederation league society institute institution "
    "university college school academy hospital church mosque party "
    "campaign camp administration government ministry department agency "
    "bureau office committee subcommittee commission council board panel "
    "tribunal court parliament congress senate house legislature assembly "
    "cabinet authority regulator watchdog force military army navy regime "
    "state country nation kingdom republic county city town municipality "
    "district province newspaper paper magazine journal outlet network "
    "channel station website site blog tabloid broadsheet publication "
    "publisher broadcaster broadcast editorial-board newsroom club side "
    "franchise coalition alliance bloc movement caucus convention pac "
    "super-pac think-tank lobby industry sector market studio label "
    "laboratory lab museum observatory consortium partnership fund "
    "prosecution defense defence embassy consulate mission delegation "
    "secretariat task-force service division branch wing chamber "
    "municipality utility exchange developer shop store restaurant hotel "
    "winery brewery distillery supermarket cooperative co-op chipmaker "
    "drugmaker wholesaler "
    "white-house kremlin vatican pentagon downing-street";

const char kOrganizationPlurals[] =
    "police authorities media companies businesses agencies ministries "
    "universities parties countries cities counties communities charities "
    "courts tories";

const char kDocumentNouns[] =
    "report poll survey study analysis review research article story piece "
    "editorial op-ed column statement release announcement letter memo "
    "memorandum email e-mail message tweet post posting page webpage "
    "document file filing record transcript manuscript paper book novel "
    "memoir biography autobiography chapter bill law act legislation rule "
    "ruling verdict decision order injunction judgment judgement opinion "
    "lawsuit suit complaint indictment affidavit testimony deposition "
    "charge petition motion brief constitution amendment treaty agreement "
    "accord deal contract plan proposal platform manifesto resolution "
    "declaration directive guideline guidance regulation policy code "
    "strategy doctrine budget estimate forecast projection prediction "
    "figure statistic data number result finding evidence average index "
    "tally count census ranking rating graph chart table map ad "
    "advertisement advert commercial spot video audio film movie "
    "documentary clip footage tape recording photo photograph picture image "
    "cartoon headline caption title slogan sign placard banner poster "
    "t-shirt mailer flyer leaflet pamphlet booklet brochure speech address "
    "remark comment interview debate discussion conversation dialogue "
    "hearing trial investigation inquiry probe audit test experiment "
    "simulation model theory hypothesis view idea notion argument rhetoric "
    "rumor rumour speculation joke quiz question answer response reply "
    "reaction readout summary synopsis timeline history website text "
    "footnote excerpt quotation quote passage verse song lyric poem play "
    "show series episode broadcast program programme project feedback "
    "information tip leak cable dispatch bulletin newsletter note notice "
    "warning label list invoice receipt bill will deed certificate "
    "application form questionnaire polling exit-poll entry feed profile "
    "biopsy scan precedent loophole clause provision sanction measure";

const char kDocumentPlurals[] =
    "data media statistics analyses hypotheses findings returns remarks "
    "stories bylaws minutes proceedings studies surveys policies theories "
    "summaries tallies biographies replies";

const char kNameParts[] =
    "university college school academy institute institution foundation "
    "fund trust bank corporation corp inc ltd llc llp plc co company group "
    "holdings partners associates association society union federation "
    "confederation league alliance coalition committee subcommittee "
    "commission council board panel agency bureau department dept ministry "
    "office administration government parliament congress senate house "
    "assembly legislature court tribunal party pac campaign center centre "
    "church mosque hospital clinic library museum times post journal news "
    "tribune herald gazette chronicle globe telegraph guardian express "
    "magazine review weekly daily press media network radio television tv "
    "channel broadcasting broadcast research poll polls survey index "
    "report service services systems technologies technology software "
    "solutions energy oil gas motors airlines airways air club united city "
    "rangers county police force forces army navy corps guard republic "
    "kingdom states nations organization organisation authority global "
    "americans citizens watch action project initiative movement "
    "brotherhood democrats republicans conservatives liberals tories dems "
    "reserve exchange securities capital investments valley island islands "
    "beach avenue bay river mountain springs heights square stadium airport "
    "prize award cup insurance laboratory "
    "laboratories lab labs studios pictures entertainment records books "
    "publishing digital online web beast insider international national "
    "post-gazette sentinel examiner standard inquirer register star "
    "street olympics festival championship championships pharmaceuticals "
    "telecom telecommunications electronics semiconductor foods brewery "
    "railways theatre theater gallery zoo commons "
    "dispatch enquirer sun conference centers centres agence directorate "
    "consulate bulletin";

const char kBrands[] =
    "congress senate house parliament reuters politico wikileaks facebook "
    "twitter google microsoft apple "
    "amazon ibm cnn bbc nbc cbs abc fox msnbc espn fbi cia nsa nasa nato "
    "un eu uk us usa gop dnc rnc aclu nra doj irs epa imf ap afp opec isis "
    "isil hamas hezbollah taliban kremlin pentagon vatican buzzfeed "
    "bloomberg forbes gallup breitbart newsweek reddit youtube instagram "
    "snapchat uber tesla boeing intel sony toyota ford honda volkswagen "
    "exxon chevron bp shell hsbc barclays citigroup labour medicare "
    "medicaid obamacare interpol al-qaeda europol eurostat unicef unesco "
    "wto quinnipiac marist pew rasmussen ipsos yougov realclearpolitics "
    "politifact huffington wikipedia wikinews xinhua irna tass interfax "
    "yonhap kyodo jazeera spiegel cisco oracle netflix walmart disney "
    "comcast verizon nokia samsung vodafone merck pfizer monsanto goldman "
    "citi deutsche siemens airbus ryanair tesco nike adidas starbucks "
    "mcdonald's pepsico nintendo xbox linkedin paypal ebay yahoo aol "
    "hewlett-packard dell";

const char kPlaces[] =
    "afghanistan albania algeria andorra angola argentina armenia australia "
    "austria azerbaijan bahamas bahrain bangladesh barbados belarus belgium "
    "belize benin bhutan bolivia bosnia botswana brazil britain brunei "
    "bulgaria burkina burma burundi cambodia cameroon canada chad chile "
    "china colombia comoros congo croatia cuba cyprus denmark djibouti "
    "ecuador egypt eritrea estonia ethiopia fiji finland france gabon gambia "
    "georgia germany ghana greece grenada guatemala guinea guyana haiti "
    "honduras hungary iceland india indonesia iran iraq ireland israel italy "
    "jamaica japan jordan kazakhstan kenya kosovo kuwait kyrgyzstan laos "
    "latvia lebanon lesotho liberia libya liechtenstein lithuania luxembourg "
    "macedonia madagascar malawi malaysia maldives mali malta mauritania "
    "mauritius mexico moldova monaco mongolia montenegro morocco mozambique "
    "myanmar namibia nepal netherlands nicaragua niger nigeria norway oman "
    "pakistan palestine panama paraguay peru philippines poland portugal "
    "qatar romania russia rwanda samoa senegal serbia seychelles singapore "
    "slovakia slovenia somalia spain sudan suriname swaziland sweden "
    "switzerland syria taiwan tajikistan tanzania thailand togo tonga "
    "tunisia turkey turkmenistan uganda ukraine uruguay uzbekistan vanuatu "
    "venezuela vietnam yemen zambia zimbabwe england scotland wales holland "
    "ulster alabama alaska arizona arkansas california colorado connecticut "
    "delaware florida hawaii idaho illinois indiana iowa kansas kentucky "
    "louisiana maine maryland massachusetts michigan minnesota mississippi "
    "missouri montana nebraska nevada oklahoma ohio oregon pennsylvania "
    "tennessee texas utah vermont virginia wisconsin wyoming america europe "
    "asia africa antarctica washington london paris berlin moscow beijing "
    "tokyo delhi tehran jerusalem baghdad kabul brussels geneva vienna rome "
    "madrid lisbon athens ankara istanbul cairo riyadh damascus beirut "
    "dublin edinburgh belfast cardiff glasgow manchester liverpool leeds "
    "birmingham sydney melbourne brisbane perth adelaide canberra auckland "
    "wellington toronto ottawa montreal vancouver chicago boston "
    "philadelphia houston dallas detroit cleveland atlanta miami seattle "
    "denver phoenix baltimore pittsburgh milwaukee cincinnati shanghai "
    "seoul pyongyang bangkok jakarta manila hanoi mumbai kolkata islamabad "
    "karachi lahore dhaka nairobi lagos johannesburg pretoria kiev kyiv "
    "warsaw prague budapest bucharest sofia belgrade zagreb stockholm oslo "
    "copenhagen helsinki amsterdam hague frankfurt munich hamburg zurich "
    "milan barcelona havana caracas bogota lima santiago brooklyn manhattan "
    "queensland tasmania nsw wa crimea gaza hollywood";

const char kDemonyms[] =
    "american british english scottish welsh irish french german italian "
    "spanish portuguese dutch belgian swiss austrian danish swedish "
    "norwegian finnish icelandic polish czech slovak hungarian romanian "
    "bulgarian greek turkish russian ukrainian belarusian georgian armenian "
    "iranian iraqi syrian lebanese israeli palestinian egyptian libyan "
    "tunisian moroccan algerian saudi yemeni kuwaiti qatari emirati "
    "jordanian afghan pakistani indian bangladeshi nepalese burmese thai "
    "vietnamese cambodian malaysian indonesian filipino chinese japanese "
    "korean taiwanese mongolian australian canadian mexican cuban haitian "
    "jamaican brazilian argentine chilean peruvian colombian venezuelan "
    "nigerian ghanaian kenyan ugandan ethiopian somali sudanese rwandan "
    "congolese zimbabwean african asian european arab persian kurdish "
    "jewish muslim christian islamic catholic protestant hispanic latino "
    "soviet western eastern northern southern democratic tory mideast";

}  // namespace quoth::word_lists
