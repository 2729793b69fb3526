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
static_assert(std::size(kWeights) == kPhraseFeatures * (1 + kPhraseClasses),
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

class Collector {
 public:
  explicit Collector(PhraseClass kind)
      : offset_((1 + static_cast<int>(kind)) * kPhraseFeatures) {}

  void Add(F feature, bool holds = true) {
    if (!holds) return;
    const auto index = static_cast<uint16_t>(feature);
    features_.push_back(index);
    features_.push_back(static_cast<uint16_t>(offset_ + index));
  }

  std::vector<uint16_t> Take() { return std::move(features_); }

 private:
  int offset_;
  std::vector<uint16_t> features_;
};

void AddBetween(const Scene& scene, int begin, int end, Collector& out) {
  bool clause = false, comma = false, stop = false, verb = false;
  bool content = false, source = false;
  for (int i = begin; i < end; ++i) {
    content = content || scene.zone(i) == Zone::kContent;
    source = source || scene.zone(i) == Zone::kSource;
    if (scene.zone(i) != Zone::kOutside) continue;
    const std::string& word = scene.lower(i);
    clause = clause || BeginsClause(word);
    comma = comma || word == "," || word == "—" || word == "–" || word == "-";
    stop = stop || word == "." || word == ":" || word == ";";
    verb = verb || IsOtherCue(scene, i);
  }
  out.Add(F::kClauseBetween, clause);
  out.Add(F::kCommaBetween, comma);
  out.Add(F::kStopBetween, stop);
  out.Add(F::kVerbBetween, verb);
  out.Add(F::kContentBetween, content);
  out.Add(F::kSourceBetween, source);
}

bool InRelativeClause(const Scene& scene, int begin) {
  for (int i = begin; i-- > 0;) {
    const std::string& word = scene.lower(i);
    if (word == "," || word == "." || scene.zone(i) == Zone::kCue) break;
    if (word == "who" || word == "which" || word == "whose") return true;
  }
  return false;
}

bool VerbBetween(const Scene& scene, int begin, int end) {
  for (int i = begin; i < end; ++i) {
    if (IsOtherCue(scene, i)) return true;
  }
  return false;
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

bool Quoted(const Word& word) { return word.quote == QuoteState::kInside; }

}  // namespace

std::vector<uint16_t> PhraseFeatures(const Scene& scene, const Claim& claim,
                                     const PhraseCandidate& phrase) {
  const SceneRange range = phrase.range;
  const SceneRange cue = scene.cue();
  Collector out(phrase.kind);
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
  }
  const bool opens = range.begin == 0 && scene.opens_sentence();
  out.Add(F::kOpensSentence, opens);
  out.Add(F::kFirstPhrase, opens && !VerbBetween(scene, range.end, cue.begin));
  out.Add(F::kInRelative, InRelativeClause(scene, range.begin));
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
  bool possessive = false, spoken = false;
  for (int i = range.begin; i < range.end; ++i) {
    const std::string& word = scene.lower(i);
    possessive = possessive || word == "his" || word == "her" ||
                 word == "their" || word.ends_with("'s");
    spoken = spoken || IsSpokenMedium(word);
  }
  out.Add(F::kPossessive, possessive);
  out.Add(F::kSpoken, spoken);
  out.Add(F::kNounFollows,
          range.end < scene.size() && !scene.IsMark(range.end) &&
              scene.zone(range.end) == scene.zone(range.end - 1) &&
              !IsFunctionWord(scene.lower(range.end)));
  const std::string& last = scene.lower(cue.end - 1);
  out.Add(F::kParticiple, last.ends_with("ing"));
  out.Add(F::kAheadOfParticiple,
          last.ends_with("ing") && range.begin < cue.begin);
  out.Add(F::kQuoted, claim.type == ClaimType::kDirect);
  out.Add(F::kContentFollows, claim.content.front().begin >= claim.cue->end);
  const std::string_view before_cue =
      cue.begin > 0 ? std::string_view(scene.lower(cue.begin - 1))
                    : std::string_view();
  out.Add(F::kNounCue, before_cue == "the" || before_cue == "a" ||
                           before_cue == "his" || before_cue == "her" ||
                           before_cue == "their" || before_cue == "its" ||
                           before_cue == "of" || before_cue == "by" ||
                           before_cue.ends_with("'s"));
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
