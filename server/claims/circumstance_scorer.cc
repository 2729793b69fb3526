#include "server/claims/circumstance_scorer.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "server/claims/circumstance_candidates.h"
#include "server/claims/claim.h"
#include "server/claims/cue_lexicon.h"
#include "server/claims/scene.h"

namespace quoth {
namespace {

using F = PhraseFeature;

constexpr float kWeights[] = {
#include "server/claims/circumstance_weights.inc"
};
static_assert(std::size(kWeights) ==
                  kPhraseFeatures * (1 + kPhraseClasses + kPhraseSides),
              "fit the weights again: tools/train/fit_context.py");

bool BeginsClause(const std::string& word) {
  static const auto* const words = new absl::flat_hash_set<std::string>{
      "but",      "and",    "or",   "who",   "which",  "that",  "while",
      "although", "though", "when", "after", "before", "as",    "because",
      "since",    "until",  "if",   "amid",  "where",  "whose", "following"};
  return words->contains(word);
}

bool IsSpokenMedium(const std::string& word) {
  static const auto* const words = new absl::flat_hash_set<std::string>{
      "interview", "interviews", "statement",  "speech",    "address",
      "remarks",   "conference", "rally",      "tweet",     "tweets",
      "twitter",   "facebook",   "letter",     "email",     "mail",
      "briefing",  "debate",     "testimony",  "radio",     "post",
      "blog",      "message",    "appearance", "instagram", "memo"};
  return words->contains(word);
}

// Words of times that news tells of: those of what has just been said.
bool IsRecent(const std::string& word) {
  static const auto* const words = new absl::flat_hash_set<std::string>{
      "last",    "earlier", "yesterday", "week",    "weekend",
      "month",   "shortly", "night",     "evening", "afternoon",
      "morning", "later",   "day",       "recently"};
  return words->contains(word) || word.ends_with("sday") || word == "monday" ||
         word == "friday" || word == "saturday" || word == "sunday";
}

bool BeginsDuration(const std::string& word) {
  return word == "for" || word == "since" || word == "within" ||
         word == "until" || word == "so" || word == "while" ||
         word == "throughout";
}

// A word that may be the cue of another claim: a verb of reporting in a form
// that a sentence has one of.
bool IsOtherCue(const Scene& scene, int i) {
  if (scene.zone(i) != Zone::kOutside || scene.IsCapitalized(i)) return false;
  const std::string& word = scene.lower(i);
  if (word == "said" || word == "says" || word == "told" || word == "wrote") {
    return true;
  }
  return (word.ends_with("ed") || word.ends_with("ing")) &&
         FindCueLemma(word).has_value();
}

F DistanceFeature(bool before, int distance) {
  const int bucket = distance == 0   ? 0
                     : distance <= 2 ? 1
                     : distance <= 5 ? 2
                     : distance <= 9 ? 3
                                     : 4;
  const F first = before ? F::kBefore0 : F::kBehind0;
  return static_cast<F>(static_cast<int>(first) + bucket);
}

// Words between [begin, end) outside source and content.
int Distance(const Scene& scene, int begin, int end) {
  int n = 0;
  for (int i = begin; i < end; ++i) {
    n += scene.zone(i) == Zone::kOutside && !scene.IsMark(i);
  }
  return n;
}

enum class Side : uint8_t { kInCue, kBefore, kBehind };

Side SideOf(const Scene& scene, SceneRange phrase) {
  if (scene.zone(phrase.begin) == Zone::kCue) return Side::kInCue;
  return phrase.begin < scene.cue().begin ? Side::kBefore : Side::kBehind;
}

class Collector {
 public:
  Collector(PhraseClass kind, Side side)
      : class_offset_((1 + static_cast<int>(kind)) * kPhraseFeatures),
        side_offset_((1 + kPhraseClasses + static_cast<int>(side)) *
                     kPhraseFeatures) {}

  void Add(F feature, bool holds = true) {
    if (!holds) return;
    const int index = static_cast<int>(feature);
    for (int at : {index, class_offset_ + index, side_offset_ + index}) {
      features_.push_back(static_cast<uint16_t>(at));
    }
  }

  std::vector<uint16_t> Take() { return std::move(features_); }

 private:
  int class_offset_;
  int side_offset_;
  std::vector<uint16_t> features_;
};

bool IsAuxiliary(const std::string& word) {
  static const auto* const words = new absl::flat_hash_set<std::string>{
      "is",   "are",  "was", "were",  "has",   "have",  "had",
      "will", "does", "did", "would", "could", "should"};
  return words->contains(word);
}

bool IsSubjectPronoun(const std::string& word) {
  return word == "he" || word == "she" || word == "they" || word == "it" ||
         word == "we" || word == "i" || word == "you";
}

void AddBetween(const Scene& scene, int begin, int end, Collector& out) {
  bool clause = false, comma = false, stop = false, verb = false;
  bool content = false, source = false, finite = false, subject = false;
  bool claim = false;
  for (int i = begin; i < end; ++i) {
    claim = claim || (scene.others(i) & kOthersCue) != 0;
    content = content || scene.zone(i) == Zone::kContent;
    source = source || scene.zone(i) == Zone::kSource;
    if (scene.zone(i) != Zone::kOutside) continue;
    const std::string& word = scene.lower(i);
    clause = clause || BeginsClause(word);
    comma = comma || word == "," || word == "—" || word == "–" || word == "-";
    stop = stop || word == "." || word == ":" || word == ";";
    verb = verb || IsOtherCue(scene, i);
    finite = finite || IsAuxiliary(word) ||
             (word.ends_with("ed") && !scene.IsCapitalized(i));
    subject = subject || IsSubjectPronoun(word) || scene.IsCapitalized(i);
  }
  out.Add(F::kClaimBetween, claim);
  out.Add(F::kFiniteBetween, finite);
  out.Add(F::kSubjectBetween, subject);
  out.Add(F::kClauseBetween, clause);
  out.Add(F::kCommaBetween, comma);
  out.Add(F::kStopBetween, stop);
  out.Add(F::kVerbBetween, verb);
  out.Add(F::kContentBetween, content);
  out.Add(F::kSourceBetween, source);
}

// Whether the phrase is in a relative clause that the cue is not in: "Reed, who
// lost on Monday, said", unlike "Reed, who on Monday said".
bool InRelativeClause(const Scene& scene, SceneRange phrase) {
  bool relative = false;
  for (int i = phrase.begin; i-- > 0 && !relative;) {
    const std::string& word = scene.lower(i);
    if (word == "," || word == "." || scene.zone(i) == Zone::kCue) break;
    relative = word == "who" || word == "which" || word == "whose";
  }
  if (!relative || phrase.begin >= scene.cue().begin) return relative;
  for (int i = phrase.end; i < scene.cue().begin; ++i) {
    if (scene.lower(i) == "," || scene.zone(i) == Zone::kSource) return true;
  }
  return false;
}

bool VerbBetween(const Scene& scene, int begin, int end) {
  for (int i = begin; i < end; ++i) {
    if (IsOtherCue(scene, i)) return true;
  }
  return false;
}

// What the phrase is to other claims; `distance` is that to its own cue, in all
// words.
void AddOthers(const Scene& scene, SceneRange phrase, int distance,
               Collector& out) {
  const uint8_t others = scene.others(phrase.begin);
  out.Add(F::kOthersCueOrSource, (others & (kOthersCue | kOthersSource)) != 0);
  out.Add(F::kOthersContent, (others & kOthersContent) != 0);
  out.Add(F::kAroundContent, (others & kAroundContent) != 0);
  if ((others & kOthersContent) != 0) return;
  const int first = std::max(0, phrase.begin - distance);
  const int last = std::min(scene.size(), phrase.end + distance);
  bool nearer = false;
  for (int i = first; i < last; ++i) {
    nearer = nearer || (scene.others(i) & kOthersCue) != 0;
  }
  out.Add(F::kOthersNearer, nearer);
}

bool VerbIsNearer(const Scene& scene, SceneRange phrase, int distance) {
  for (int i = 0; i < scene.size(); ++i) {
    if (i >= phrase.begin && i < phrase.end) continue;
    if (!IsOtherCue(scene, i)) continue;
    const int d = i < phrase.begin ? Distance(scene, i + 1, phrase.begin)
                                   : Distance(scene, phrase.end, i);
    if (d < distance) return true;
  }
  return false;
}

// What stands in front of the phrase, within its clause.
void AddWordBefore(const Scene& scene, SceneRange phrase, Collector& out) {
  const int i = phrase.begin - 1;
  const bool word =
      i >= 0 && !scene.IsMark(i) && scene.zone(i) == Zone::kOutside;
  out.Add(F::kWordBefore, word);
  out.Add(F::kParticipleBefore, word && scene.lower(i).ends_with("ed"));
}

void AddCue(const Scene& scene, const Claim& claim, Collector& out) {
  const SceneRange cue = scene.cue();
  int before = cue.begin - 1;
  const std::string none;
  const auto at = [&](int i) -> const std::string& {
    return i >= 0 ? scene.lower(i) : none;
  };
  const std::string& last = scene.lower(cue.end - 1);
  out.Add(F::kParticiple, last.ends_with("ing"));
  out.Add(F::kQuoted, claim.type == ClaimType::kDirect);
  out.Add(F::kContentFollows, claim.content.front().begin >= claim.cue->end);
  const std::string& word = at(before);
  out.Add(F::kNounCue, word == "the" || word == "a" || word == "his" ||
                           word == "her" || word == "their" || word == "its" ||
                           word == "of" || word == "by" ||
                           word.ends_with("'s"));
  out.Add(F::kInfinitiveCue, word == "to" || scene.lower(cue.begin) == "to");
  out.Add(F::kJoinedCue, word == "and" || word == "but" || word == "or");
  out.Add(F::kRelativeCue, word == "who" || word == "which" || word == "that");
  out.Add(F::kStatementCue, claim.act == Act::kStatement);
  out.Add(F::kBeliefCue, claim.act == Act::kBelief);
  out.Add(F::kDeedCue, claim.act == Act::kOther);
}

bool Quoted(const Word& word) { return word.quote == QuoteState::kInside; }

}  // namespace

std::vector<uint16_t> PhraseFeatures(const Scene& scene, const Claim& claim,
                                     const PhraseCandidate& phrase) {
  const SceneRange range = phrase.range;
  const SceneRange cue = scene.cue();
  Collector out(phrase.kind, SideOf(scene, range));
  out.Add(F::kAlways);
  out.Add(F::kInSource, scene.zone(range.begin) == Zone::kSource);
  if (scene.zone(range.begin) == Zone::kCue) {
    out.Add(F::kInCue);
  } else {
    const bool before = range.begin < cue.begin;
    const int begin = before ? range.end : cue.end;
    const int end = before ? cue.begin : range.begin;
    const int distance = Distance(scene, begin, end);
    out.Add(DistanceFeature(before, distance));
    AddBetween(scene, begin, end, out);
    out.Add(F::kVerbNearer, VerbIsNearer(scene, range, distance));
    AddOthers(scene, range, end - begin, out);
  }
  const bool opens = range.begin == 0 && scene.opens_sentence();
  out.Add(F::kOpensSentence, opens);
  out.Add(F::kFirstPhrase, opens && !VerbBetween(scene, range.end, cue.begin));
  out.Add(F::kInRelative, InRelativeClause(scene, range));
  out.Add(F::kCapitalFollows,
          range.end < scene.size() && scene.IsCapitalized(range.end) &&
              scene.zone(range.end) == scene.zone(range.end - 1));
  out.Add(F::kCommaBehind,
          range.end < scene.size() && scene.lower(range.end) == ",");
  out.Add(F::kOtherQuotation,
          Quoted(scene.word(range.begin)) != Quoted(scene.word(cue.begin)));
  out.Add(F::kLong, range.end - range.begin > 6);
  const std::string& first = scene.lower(range.begin);
  out.Add(F::kPreposition,
          first == "in" || first == "at" || first == "on" || first == "during");
  out.Add(F::kCapital,
          range.begin + 1 < range.end && scene.IsCapitalized(range.begin + 1));
  bool possessive = false, spoken = false, recent = false;
  for (int i = range.begin; i < range.end; ++i) {
    const std::string& word = scene.lower(i);
    recent = recent || IsRecent(word);
    possessive = possessive || word == "his" || word == "her" ||
                 word == "their" || word.ends_with("'s");
    spoken = spoken || IsSpokenMedium(word);
  }
  out.Add(F::kPossessive, possessive);
  out.Add(F::kSpoken, spoken);
  out.Add(F::kRecent, recent);
  out.Add(F::kDuration, BeginsDuration(first));
  out.Add(F::kDefinite, first == "the");
  out.Add(F::kNounFollows,
          range.end < scene.size() && !scene.IsMark(range.end) &&
              scene.zone(range.end) == scene.zone(range.end - 1) &&
              !IsFunctionWord(scene.lower(range.end)));
  AddWordBefore(scene, range, out);
  AddCue(scene, claim, out);
  out.Add(F::kAheadOfParticiple,
          scene.lower(cue.end - 1).ends_with("ing") && range.begin < cue.begin);
  return out.Take();
}

float ScorePhrase(const Scene& scene, const Claim& claim,
                  const PhraseCandidate& phrase) {
  float score = 0;
  for (uint16_t feature : PhraseFeatures(scene, claim, phrase)) {
    score += kWeights[feature];
  }
  return score;
}

}  // namespace quoth
