#include "server/claims/cue_lexicon.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "server/claims/claim.h"

namespace quoth {
namespace {

struct ActLemmas {
  Act act;
  std::string_view lemmas;  // Separated by spaces.
};

// Verbs by their base form, nouns and adjectives by their singular.
constexpr ActLemmas kActLemmas[] = {
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
     "accept attribute document"},
    {Act::kDenial,
     "deny denial reject rejection refute rebut rebuttal dispute disavow "
     "dismiss debunk repudiate disown contradict refuse refusal disclaim "
     "downplay discount disprove contest renounce"},
    {Act::kCriticism,
     "accuse accusation criticise criticize criticism critical critic "
     "complain complaint condemn condemnation blame denounce denunciation "
     "slam blast attack assail deride mock ridicule decry deplore rebuke "
     "chide scold berate lambast lambaste bash rip slap skewer fault "
     "allege allegation allegedly charge object objection protest challenge "
     "reprimand censure disparage belittle castigate admonish admonition "
     "scorn rail lash taunt insult vilify pan knock hit swipe jab excoriate "
     "jeer boo oppose opposition disagree disapprove disapproval grumble "
     "gripe carp savage scorching fire brand lament"},
    {Act::kApproval,
     "praise welcome endorse endorsement hail applaud laud commend support "
     "back backing defend agree approve approval congratulate thank salute "
     "celebrate acclaim champion advocate advocacy promote compliment "
     "credit honour honor vouch corroborate favour favor echo cheer admire "
     "admiration bless tout extol embrace second tribute concur uphold"},
    {Act::kDirective,
     "urge demand order recommend recommendation request require requirement "
     "want plead plea beg implore instruct instruction command "
     "direct push lobby encourage invite invitation propose proposal "
     "seek appeal advice tip direction prohibit ban forbid bar insistence "
     "exhort counsel petition summon nag entreat beseech dare compel"},
    {Act::kQuestion,
     "ask press question query wonder inquire enquire inquiry interrogate "
     "quiz"},
    {Act::kCommitment,
     "promise pledge vow swear commit commitment guarantee threaten threat "
     "offer undertake assure assurance pact oath volunteer"},
    {Act::kBelief,
     "think believe belief feel know see sense hope hopeful fear expect "
     "expectation guess suspect suspicion assume assumption suppose "
     "consider figure reckon anticipate doubt imagine speculate speculation "
     "conclusion confident confidence optimistic pessimistic worried worry "
     "concerned concern sure convinced certain aware understand realise "
     "realize recognise recognize determine assessment assess view regard "
     "perceive perception judge opinion presume trust estimate foresee dream "
     "prefer "
     "wish learn remember forget decide hear estimation theory conviction "
     "afraid sceptical skeptical unsure uncertain idea impression like love "
     "hate dislike desire intend plan aim interpret deduce infer surmise "
     "theorise theorize hypothesise hypothesize thought"},
    {Act::kOther,
     "apologise apologize apology rule ruling guilty regret greet "
     "greeting condolence sympathise sympathize debate resign sigh laugh "
     "excuse"},
};

// Forms that the endings below do not lead back to their lemma.
constexpr std::array<std::string_view, 2> kIrregular[] = {
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
    {"dying", "die"},
};

struct CuePhrase {
  std::string_view lemma;
  std::string_view follower;  // As written.
  Act act;
};

constexpr CuePhrase kPhrases[] = {
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
};

constexpr std::string_view kAddressing[] = {"ask", "challenge", "warn", "press",
                                            "caution"};

constexpr std::string_view kQuestionWords[] = {
    "if", "whether", "what", "how", "why", "who", "where", "when", "which"};

constexpr std::string_view kNegations[] = {
    "not",    "never",  "neither", "nor",     "no",    "cannot", "without",
    "nobody", "hardly", "yet",     "stopped", "ain't", "none"};

constexpr std::string_view kRefusals[] = {
    "refuse",  "refusal",  "decline",   "fail",    "failure",   "withhold",
    "avoid",   "sidestep", "loath",     "unable",  "reluctant", "stop",
    "deflect", "dodge",    "unwilling", "unclear", "resist"};

constexpr std::string_view kModals[] = {"will",  "would", "could",  "may",
                                        "might", "shall", "should", "'ll",
                                        "'d",    "must"};

constexpr std::string_view kProspects[] = {
    "expect",   "plan",     "intend",   "want",    "due",    "poised",
    "try",      "keen",     "going",    "about",   "likely", "hope",
    "ready",    "prepare",  "set",      "need",    "ought",  "scheduled",
    "schedule", "unlikely", "threaten", "promise", "vow",    "able",
    "free",     "seek",     "wish"};

using LemmaMap = absl::flat_hash_map<std::string, CueLemma>;

const LemmaMap& Lemmas() {
  static const LemmaMap* const map = [] {
    auto* lemmas = new LemmaMap;
    for (const ActLemmas& entry : kActLemmas) {
      std::string_view rest = entry.lemmas;
      while (!rest.empty()) {
        const size_t end = std::min(rest.find(' '), rest.size());
        const std::string_view lemma = rest.substr(0, end);
        lemmas->try_emplace(std::string(lemma), CueLemma{lemma, entry.act});
        rest.remove_prefix(std::min(rest.size(), end + 1));
      }
    }
    return lemmas;
  }();
  return *map;
}

const absl::flat_hash_map<std::string, std::string>& Irregular() {
  static const auto* const map = [] {
    auto* forms = new absl::flat_hash_map<std::string, std::string>;
    for (const auto& [form, lemma] : kIrregular) {
      forms->try_emplace(std::string(form), lemma);
    }
    return forms;
  }();
  return *map;
}

// What `word` may be an inflection of, likeliest first; itself included.
std::vector<std::string> LemmaCandidates(std::string_view word) {
  std::vector<std::string> out;
  if (const auto it = Irregular().find(std::string(word));
      it != Irregular().end()) {
    out.push_back(it->second);
  }
  out.emplace_back(word);
  const auto strip = [&](std::string_view ending, bool verb_ending) {
    if (word.size() < ending.size() + 2 || !word.ends_with(ending)) return;
    std::string stem(word.substr(0, word.size() - ending.size()));
    out.push_back(stem);
    if (!verb_ending) return;
    out.push_back(stem + "e");
    const size_t n = stem.size();
    if (stem[n - 1] == stem[n - 2]) out.push_back(stem.substr(0, n - 1));
    if (stem.back() == 'i') out.push_back(stem.substr(0, n - 1) + "y");
  };
  strip("s", false);
  strip("es", true);
  strip("ed", true);
  strip("ing", true);
  return out;
}

template <size_t kSize>
bool Contains(const std::string_view (&list)[kSize], std::string_view word) {
  return std::find(std::begin(list), std::end(list), word) != std::end(list);
}

template <size_t kSize>
bool ContainsLemmaOf(const std::string_view (&list)[kSize],
                     std::string_view word) {
  for (const std::string& lemma : LemmaCandidates(word)) {
    if (Contains(list, lemma)) return true;
  }
  return false;
}

}  // namespace

std::optional<CueLemma> FindCueLemma(std::string_view word) {
  for (const std::string& lemma : LemmaCandidates(word)) {
    const auto it = Lemmas().find(lemma);
    if (it != Lemmas().end()) return it->second;
  }
  return std::nullopt;
}

std::optional<Act> FindPhraseAct(std::string_view word,
                                 std::string_view follower) {
  const std::vector<std::string> lemmas = LemmaCandidates(word);
  for (const CuePhrase& phrase : kPhrases) {
    if (phrase.follower == follower &&
        std::find(lemmas.begin(), lemmas.end(), phrase.lemma) != lemmas.end()) {
      return phrase.act;
    }
  }
  return std::nullopt;
}

bool AddressesContent(std::string_view word) {
  return ContainsLemmaOf(kAddressing, word);
}

bool IsQuestionWord(std::string_view word) {
  return Contains(kQuestionWords, word);
}

bool IsNegation(std::string_view word) {
  return Contains(kNegations, word) || word.ends_with("n't");
}

bool IsRefusal(std::string_view word) {
  return ContainsLemmaOf(kRefusals, word);
}

bool IsModal(std::string_view word) { return Contains(kModals, word); }

bool IsProspect(std::string_view word) {
  return ContainsLemmaOf(kProspects, word);
}

}  // namespace quoth
