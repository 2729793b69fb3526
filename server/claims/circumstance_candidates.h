// Phrases of a scene that may tell when a claim was made, or where: every one
// that looks like a time or a medium, whether it is about this claim or not.
// circumstance_scorer.h picks the one that is. The word lists are the project's
// own, from general knowledge of news English.

#ifndef QUOTH_SERVER_CLAIMS_CIRCUMSTANCE_CANDIDATES_H_
#define QUOTH_SERVER_CLAIMS_CIRCUMSTANCE_CANDIDATES_H_

#include <cstdint>
#include <vector>

#include "server/claims/scene.h"

namespace quoth {

enum class PhraseClass : uint8_t {
  // Times.
  kDay,       // on Monday, late Friday night
  kDate,      // on 26 January, in March 2015
  kYear,      // in 2008
  kRelative,  // last week, two days later, yesterday
  kAdverb,    // later, recently, once
  kStage,     // then, already, immediately: seldom a time of its own
  kDuring,    // during the debate, following the hearing
  kAfter,     // after the match, before training, since then
  kWhen,      // when he was asked
  kAs,        // as he left
  // Media.
  kMediumPhrase,  // in an interview with CNN, on Twitter
  kPlacePhrase,   // at New York, on “This Week”
  kMediumObject,  // (issued) a statement (saying)
  kMediumNoun,    // a letter (that urged), in front of the cue
  kAnyPhrase,     // in his order: any other phrase of these prepositions
};
inline constexpr int kPhraseClasses = 15;

struct PhraseCandidate {
  SceneRange range;
  PhraseClass kind = PhraseClass::kDay;
};

// All words of a candidate are in one zone, which is not the content.
std::vector<PhraseCandidate> FindTimeCandidates(const Scene& scene);
std::vector<PhraseCandidate> FindMediumCandidates(const Scene& scene);

// Words that name a medium: "interview", "Twitter".
bool IsMediumNoun(const std::string& word);

}  // namespace quoth

#endif  // QUOTH_SERVER_CLAIMS_CIRCUMSTANCE_CANDIDATES_H_
