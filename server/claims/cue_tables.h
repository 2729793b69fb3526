// The word tables of cue_lexicon.h. They are the project's own: verbs and nouns
// of saying from general knowledge of news English, sorted into acts after the
// annotation guide (neutral words follow the word, not what is said), and
// completed by reading which cue words of the annotated training articles had
// no entry. A word in no table is a deed rather than speech: Act::kOther.

#ifndef QUOTH_SERVER_CLAIMS_CUE_TABLES_H_
#define QUOTH_SERVER_CLAIMS_CUE_TABLES_H_

#include <array>
#include <string_view>

#include "server/claims/claim.h"

namespace quoth {

struct ActLemmas {
  Act act;
  std::string_view lemmas;  // Separated by spaces.
};

// Verbs by their base form, nouns and adjectives by their singular.
inline constexpr ActLemmas kActLemmas[] = {
    {Act::kStatement,
     "say tell add announce write report note reveal claim suggest insist "
     "acknowledge admit warn argue explain state statement describe observe "
     "point tweet tweeting post predict conclude confirm concede disclose "
     "declare comment respond reply answer mention remark testify testimony "
     "recall recount relate assert assertion allude maintain contend inform "
     "notify speak talk quote cite show find finding indicate indication "
     "highlight emphasise emphasize stress underline underscore clarify "
     "elaborate continue joke quip shout yell whisper cry exclaim sing chant "
     "read mean imply hint signal attest verify certify calculate "
     "according account call term dub label name liken compare publish "
     "discuss detail outline repeat reiterate brief text email message blog "
     "reportedly apparently sum summarise summarize put go caution advise "
     "warning announcement suggestion argument explanation description "
     "admission confession confess revelation report forecast projection "
     "project rumor rumour address interject counter retort boast brag crow "
     "muse reflect reminisce opine preach lecture release issue share "
     "express voice convey deliver refer reason affirm posit unveil discover "
     "accept attribute document "
     "proclaim reference raise identify specify invoke mischaracterize "
     "characterise characterize portray portrayal paint list lay present "
     "remind reminder trumpet set expound propound postulate persuade "
     "convince pretend lie prove proof narrate trace understate overstate "
     "exaggerate retract correct correction pronounce pronouncement "
     "reassert reaffirm reaffirmation reassure articulate communicate "
     "communication circulate broadcast air headline title entitle caption "
     "news word phrase case ground include feature base chalk tie draw "
     "illustrate demonstrate demonstration evidence utter utterance "
     "vouchsafe chronicle spell spotlight depict depiction "
     "misstate misspeak weigh touch zero swoop unclear clear "
     "define definition explanatory answerable provide supply "
     "refer lead talking saying tale story narrative version account "
     "observation response reaction react reply retweet "
     "secret rate sum up foretell prophesy prophecy "
     "rumoured rumored bill style dub hype plug drop bring mouth "
     "intone drawl murmur mutter mumble stammer scream bellow chime "
     "interrupt interjection begin chat "
     "disclosure leak recite dictate recap summary synopsis "
     "contention declaration acknowledgement acknowledgment paraphrase "
     "confide contrast frame recapitulate gloss profess refrain mantra adage "
     "coin parrot nickname thunder marvel bark blare intimate telegraph "
     "foreshadow amplify float restate spout conflate sketch takeaway "
     "preview speech conversation discussion meander proclamation diagnosis "
     "purport insinuate singling single underestimate riff chat discourse "
     "joking half-joking footage publicize publicise gossip allegedly "
     "supposedly ascribe justify establish relay classify record calculation "
     "rationale rule determine"},
    {Act::kDenial,
     "deny denial reject rejection refute rebut rebuttal dispute disavow "
     "dismiss debunk repudiate disown contradict refuse refusal disclaim "
     "downplay discount disprove contest renounce resist resistance "
     "pooh-pooh override disagreement rebuff debunker negate recant "
     "veto counterclaim demur scotch quash spurn eschew distance disregard"},
    {Act::kCriticism,
     "accuse accusation criticise criticize criticism critical critic "
     "complain complaint condemn condemnation blame denounce denunciation "
     "slam blast attack assail deride mock ridicule decry deplore rebuke "
     "chide scold berate lambast lambaste bash rip slap skewer fault "
     "allege allegation charge object objection protest challenge "
     "reprimand censure disparage belittle castigate admonish admonition "
     "scorn rail lash taunt insult vilify pan knock hit swipe jab excoriate "
     "jeer boo oppose opposition opponent disagree disapprove disapproval "
     "grumble unleash disdain contempt confront confrontation balk bemoan "
     "critique scrutiny mockery disparagement hostile hostility attacker "
     "detractor sue lawsuit spar fury outrage backlash "
     "vitriol barb jibe jab smear snub shame scoff sneer revile upbraid "
     "rant tirade diatribe derision derisive scathing needle parody lampoon "
     "tear hammer pummel pound trash ream dress condemnatory outcry furor "
     "repugnance indict chastise heckle bristle grouse fume vent snipe clash "
     "squabble bicker tussle demonize demonise rubbish bludgeon discredit "
     "demean "
     "impugn harangue eviscerate satirize satirise dismissive broadside "
     "fulminate takedown counterattack counter-accuse malign besmirch "
     "gripe carp savage scorching fire brand lament"},
    {Act::kApproval,
     "praise welcome endorse endorsement hail applaud laud commend support "
     "back backing defend agree approve approval congratulate thank salute "
     "celebrate acclaim champion advocate advocacy promote compliment "
     "credit honour honor vouch corroborate favour favor echo cheer admire "
     "admiration bless tout extol embrace second tribute concur uphold "
     "supporter supportive proponent defender defence "
     "defense endorser backer side vote sponsor co-sponsor "
     "adulation adulate rally fan rave enthuse enthusiastic enthusiasm "
     "commendation congratulation solidarity admirer espouse embrace "
     "ally align favorable favourable glorify lionize idolize "
     "revere romanticise romanticize campaign herald booster plaudit gush "
     "testimonial ratify pass"},
    {Act::kDirective,
     "urge demand order recommend recommendation request require requirement "
     "want plead plea beg implore instruct instruction command "
     "direct push lobby encourage invite invitation propose proposal "
     "seek appeal advice tip direction prohibit ban forbid bar insistence "
     "exhort counsel petition summon nag entreat beseech dare compel "
     "authorise authorize mandate decree stipulate "
     "prescribe pressure implore solicit bid coax cajole"},
    {Act::kQuestion,
     "ask press question query wonder inquire enquire inquiry interrogate "
     "quiz grill"},
    {Act::kCommitment,
     "promise pledge vow swear commit commitment guarantee threaten threat "
     "offer undertake assure assurance pact oath volunteer willing willingness "
     "agreement determination resolve resolution opt option"},
    {Act::kBelief,
     "think believe belief feel know see sense hope hopeful fear expect "
     "expectation guess suspect suspicion assume assumption suppose "
     "consider figure reckon anticipate doubt imagine speculate speculation "
     "conclusion confident confidence optimistic pessimistic worried worry "
     "concerned concern sure convinced certain aware understand realise "
     "realize recognise recognize assessment assess view regard "
     "perceive perception judge opinion presume trust estimate foresee dream "
     "prefer "
     "wish learn remember forget decide hear estimation theory conviction "
     "afraid sceptical skeptical unsure uncertain idea impression like love "
     "hate dislike desire intend plan aim interpret deduce infer surmise "
     "theorise theorize hypothesise hypothesize thought deem hold "
     "sensation feeling sentiment frustration frustrate frustrated angry anger "
     "anxious anxiety nervous wary wariness leery resent resentment despair "
     "illusion mind stance position bet skepticism scepticism recognition "
     "reluctance disappointed disappointment disappoint surprised surprise "
     "shocked shock pleased proud pride happy unhappy glad scared upset "
     "alarmed "
     "outraged envision envisage bullish bearish comfortable "
     "uneasy unease impressed obvious keen eager fond weary skeptic sceptic "
     "optimism pessimism consensus faith attitude outlook mindful conscious "
     "disgust disgusted horrified appalled thrilled delighted enamored "
     "bewildered baffled puzzled mystified ponder contemplate mull weigh "
     "relish savour savor enjoy crave covet yearn empathise empathize "
     "dread bother rattle annoy irk interest interested care appreciate "
     "respect doubtful apprehension misgiving distrust mistrust aversion "
     "furious exasperated infuriate infuriated troubled terrified satisfied "
     "upbeat excited ambivalence ambivalent offended fearful cynical unaware "
     "aspire aspiration startle startled confused vex dismay dismayed agitated "
     "irritate irritated annoyance indignation revulsion despise cherish "
     "intrigued euphoria eagerness realization realisation rethink tolerate "
     "philosophy passion passionate lukewarm uncomfortable unsettled "
     "antipathy affection infatuated untroubled distressed credible adamant "
     "aghast"},
    {Act::kOther,
     "apologise apologize apology ruling guilty regret greet "
     "greeting condolence sympathise sympathize debate resign sigh laugh "
     "excuse"},
};

// Forms that the endings below do not lead back to their lemma.
inline constexpr std::array<std::string_view, 2> kIrregular[] = {
    {"said", "say"},
    {"told", "tell"},
    {"wrote", "write"},
    {"written", "write"},
    {"thought", "think"},
    {"felt", "feel"},
    {"knew", "know"},
    {"known", "know"},
    {"saw", "see"},
    {"seen", "see"},
    {"found", "find"},
    {"spoke", "speak"},
    {"spoken", "speak"},
    {"swore", "swear"},
    {"sworn", "swear"},
    {"began", "begin"},
    {"shown", "show"},
    {"heard", "hear"},
    {"understood", "understand"},
    {"meant", "mean"},
    {"sought", "seek"},
    {"forbade", "forbid"},
    {"forbidden", "forbid"},
    {"sang", "sing"},
    {"went", "go"},
    {"gone", "go"},
    {"bade", "bid"},
    {"foresaw", "foresee"},
    {"foreseen", "foresee"},
    {"learnt", "learn"},
    {"forgot", "forget"},
    {"forgotten", "forget"},
    {"withheld", "withhold"},
    {"says", "say"},
    {"undertook", "undertake"},
    {"pleaded", "plead"},
    {"pled", "plead"},
    {"upheld", "uphold"},
    {"denies", "deny"},
    {"took", "take"},
    {"taken", "take"},
    {"gave", "give"},
    {"given", "give"},
    {"stood", "stand"},
    {"held", "hold"},
    {"drew", "draw"},
    {"drawn", "draw"},
    {"brought", "bring"},
    {"laid", "lay"},
    {"broke", "break"},
    {"broken", "break"},
    {"tore", "tear"},
    {"led", "lead"},
    {"foretold", "foretell"},
    {"chose", "choose"},
    {"chosen", "choose"},
    {"spun", "spin"},
    {"misspoke", "misspeak"},
    {"dying", "die"},
};

struct CuePhrase {
  std::string_view lemma;
  std::string_view follower;  // As written.
  Act act;
};

inline constexpr CuePhrase kPhrases[] = {
    {"call", "for", Act::kDirective},
    {"call", "on", Act::kDirective},
    {"call", "upon", Act::kDirective},
    {"call", "to", Act::kDirective},
    {"call", "out", Act::kCriticism},
    {"ask", "for", Act::kDirective},
    {"ask", "to", Act::kDirective},
    {"ask", "not", Act::kDirective},
    {"ask", "that", Act::kDirective},
    {"agree", "to", Act::kCommitment},
    {"agree", "not", Act::kCommitment},
    {"determined", "to", Act::kCommitment},
    {"debate", "whether", Act::kQuestion},
    {"debate", "how", Act::kQuestion},
    {"demand", "whether", Act::kQuestion},
    {"demand", "why", Act::kQuestion},
    {"demand", "how", Act::kQuestion},
    {"demand", "what", Act::kQuestion},
    {"raise", "concerns", Act::kCriticism},
    {"raise", "alarm", Act::kCriticism},
    {"voice", "concerns", Act::kCriticism},
    {"challenge", "to", Act::kDirective},
    {"question", "whether", Act::kQuestion},
    {"question", "why", Act::kQuestion},
    {"question", "how", Act::kQuestion},
    {"question", "what", Act::kQuestion},
    {"question", "who", Act::kQuestion},
    {"question", "if", Act::kQuestion},
    {"question", "about", Act::kQuestion},
    {"press", "for", Act::kDirective},
    {"press", "to", Act::kDirective},
    {"warn", "against", Act::kDirective},
    {"warn", "to", Act::kDirective},
    {"caution", "against", Act::kDirective},
    {"caution", "to", Act::kDirective},
    {"tell", "to", Act::kDirective},
    {"advise", "to", Act::kDirective},
    {"advise", "against", Act::kDirective},
    {"argue", "against", Act::kCriticism},
    {"argue", "for", Act::kApproval},
    {"rule", "out", Act::kDenial},
    {"brush", "off", Act::kDenial},
    {"brush", "aside", Act::kDenial},
    {"play", "down", Act::kDenial},
    {"shrug", "off", Act::kDenial},
    {"turn", "down", Act::kDenial},
    {"lash", "out", Act::kCriticism},
    {"hit", "out", Act::kCriticism},
    {"take", "issue", Act::kCriticism},
    {"speak", "against", Act::kCriticism},
    {"stand", "by", Act::kApproval},
    {"speak", "for", Act::kApproval},
    {"want", "see", Act::kDirective},
    {"plead", "guilty", Act::kOther},
    {"plead", "not", Act::kDenial},
    {"plead", "no", Act::kOther},
    {"plead", "innocent", Act::kDenial},
    {"take", "on", Act::kCriticism},
    {"take", "aim", Act::kCriticism},
    {"push", "back", Act::kCriticism},
    {"make", "fun", Act::kCriticism},
    {"poke", "fun", Act::kCriticism},
    {"harsh", "words", Act::kCriticism},
    {"double", "down", Act::kStatement},
    {"vote", "against", Act::kCriticism},
    {"break", "with", Act::kDenial},
    {"positive", "note", Act::kApproval},
    {"hold", "up", Act::kApproval},
    {"set", "out", Act::kStatement},
    {"make", "clear", Act::kStatement},
    {"look", "like", Act::kOther},
    {"lay", "out", Act::kStatement},
    {"plan", "to", Act::kCommitment},
    {"seek", "to", Act::kCommitment},
    {"aim", "to", Act::kCommitment},
    {"intend", "to", Act::kCommitment},
    {"intention", "to", Act::kCommitment},
    {"decide", "to", Act::kCommitment},
    {"decision", "to", Act::kCommitment},
    {"propose", "to", Act::kCommitment},
    {"want", "to", Act::kBelief},
    {"set", "to", Act::kCommitment},
    {"opt", "to", Act::kCommitment},
    {"opt", "for", Act::kCommitment},
    {"choose", "to", Act::kCommitment},
    {"prepare", "to", Act::kCommitment},
    {"decline", "to", Act::kCommitment},
    {"know", "as", Act::kStatement},
    {"go", "after", Act::kCriticism},
    {"point", "fingers", Act::kCriticism},
    {"has", "learned", Act::kOther},
    {"has", "learnt", Act::kOther},
};

inline constexpr std::string_view kAddressing[] = {"ask", "challenge", "warn",
                                                   "press", "caution"};

inline constexpr std::string_view kQuestionWords[] = {
    "if", "whether", "what", "how", "why", "who", "where", "when", "which"};

inline constexpr std::string_view kNegations[] = {
    "not",     "never",  "neither",  "nor",    "no",      "cannot",
    "without", "nobody", "hardly",   "yet",    "stopped", "ain't",
    "none",    "barely", "scarcely", "no-one", "none",    "noone"};

inline constexpr std::string_view kRefusals[] = {
    "refuse",  "refusal",  "decline",   "fail",    "failure",   "withhold",
    "avoid",   "sidestep", "loath",     "unable",  "reluctant", "stop",
    "deflect", "dodge",    "unwilling", "unclear", "slow"};

// Behind "no" and "never", these leave what is said standing.
inline constexpr std::string_view kNothingBehindNo[] = {
    "doubt", "secret", "illusions", "illusion", "bones", "contest", "mistake"};
inline constexpr std::string_view kNothingBehindNever[] = {
    "miss", "fail", "tire", "stop", "cease", "hesitate", "seem"};

inline constexpr std::string_view kObjectEnds[] = {
    "that", "about", "over", "on",    "whether", "if",   "what", "how",
    "why",  "who",   "when", "where", "as",      "with", "he",   "she",
    "they", "we",    "i",    "is",    "are",     "was",  "were", "would",
    "will", "could", "can",  "had",   "has",     "have"};

inline constexpr std::string_view kFunctionWords[] = {
    "to",   "for",  "in",    "of",    "on",    "at",      "by",    "from",
    "with", "as",   "about", "per",   "via",   "the",     "a",     "an",
    "his",  "her",  "its",   "their", "own",   "is",      "was",   "be",
    "are",  "were", "been",  "being", "has",   "have",    "had",   "do",
    "does", "did",  "it",    "he",    "she",   "they",    "i",     "we",
    "you",  "my",   "our",   "your",  "that",  "this",    "these", "those",
    "and",  "or",   "but",   "'s",    "'ve",   "'re",     "'m",    "'d",
    "so",   "like", "view",  "eyes",  "book",  "grounds", "not",   "also",
    "now",  "then", "who",   "which", "there", "s"};

inline constexpr std::string_view kModals[] = {
    "will",  "would",  "could", "may", "might",
    "shall", "should", "'ll",   "'d",  "must"};

inline constexpr std::string_view kProspects[] = {
    "expect",   "plan",     "intend",   "want",    "due",    "poised",
    "try",      "keen",     "going",    "about",   "likely", "hope",
    "ready",    "prepare",  "set",      "need",    "ought",  "scheduled",
    "schedule", "unlikely", "threaten", "promise", "vow",    "able",
    "free",     "seek",     "wish"};

// Of these:
inline constexpr std::string_view kAttempts[] = {"try", "seek", "able", "free"};

}  // namespace quoth

#endif  // QUOTH_SERVER_CLAIMS_CUE_TABLES_H_
