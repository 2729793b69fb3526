// How likely a phrase tells when or where a claim was made: a linear model over
// what stands between phrase and cue. tools/train/fit_context.py fits it on
// annotated articles; its weights are circumstance_weights.inc.
//
//   for (const PhraseCandidate& c : FindTimeCandidates(scene))
//     ScorePhrase(scene, claim, c);   // Log-odds: above 0, it does.

#ifndef QUOTH_SERVER_CLAIMS_CIRCUMSTANCE_SCORER_H_
#define QUOTH_SERVER_CLAIMS_CIRCUMSTANCE_SCORER_H_

#include <cstdint>
#include <vector>

#include "server/claims/circumstance_candidates.h"
#include "server/claims/claim.h"
#include "server/claims/scene.h"

namespace quoth {

// What holds of a phrase. Each has a weight for all phrases, and one more per
// class of phrase.
enum class PhraseFeature : uint8_t {
  kAlways,
  kInCue,
  kInSource,
  // In front of the cue, and how many words between, those of source and
  // content not counted: 0, 1-2, 3-5, 6-9, more.
  kBefore0,
  kBefore1,
  kBefore3,
  kBefore6,
  kBefore10,
  kBehind0,
  kBehind1,
  kBehind3,
  kBehind6,
  kBehind10,
  // Between phrase and cue:
  kClauseBetween,  // A word with which another clause begins.
  kCommaBetween,   // A comma or a dash.
  kStopBetween,    // A full stop, colon or semicolon.
  kVerbBetween,    // Another word of reporting.
  kContentBetween,
  kSourceBetween,
  kClaimBetween,  // The cue of another claim.
  // The phrase itself:
  kOpensSentence,
  kCommaBehind,
  kOtherQuotation,  // Inside a quotation, the cue outside, or the reverse.
  kLong,            // More than six words.
  kPreposition,     // Begins with in, at, on or during.
  kCapital,         // Its second word has a capital.
  kPossessive,      // Holds his, her, their or a genitive.
  kNounFollows,     // A noun may follow: a lower-case word in the same zone.
  kSpoken,          // Holds a word such as interview, statement or tweet.
  kRecent,          // Holds a word such as last, week, yesterday or earlier.
  kDuration,        // Begins with for, since, until or the like.
  kDefinite,        // Begins with "the".
  kVerbNearer,      // Stands nearer to another word of reporting.
  kInRelative,      // In a clause with who or which that the cue is not in.
  kFirstPhrase,     // Opens the sentence, no other word of reporting between.
  kAheadOfParticiple,  // In front of a cue in -ing: "on Monday he left,
                       // saying".
  kCapitalFollows,     // The next word has a capital: "Sunday Times".
  kWordBefore,         // Stands behind a word, not a mark, that is neither of
                       // the cue nor of source or content ...
  kParticipleBefore,   // ... and that is one in -ed: "published | in Nature".
  // To the claims around (scene.h):
  kOthersCueOrSource,
  kOthersContent,
  kAroundContent,
  kOthersNearer,  // Stands nearer to the cue of another claim.
  // Between phrase and cue, again:
  kFiniteBetween,   // An auxiliary, or any word in -ed.
  kSubjectBetween,  // A pronoun or a name outside the source.
  // The claim:
  kParticiple,      // The cue ends in -ing.
  kQuoted,          // All of the content is quoted.
  kContentFollows,  // The content stands behind the cue.
  kNounCue,         // The cue is a noun: "his claim".
  kRelativeCue,     // Who or which does it: "who | said".
  kInfinitiveCue,   // To do it: "to | say".
  kJoinedCue,       // The cue follows "and" or "but".
  kStatementCue,    // By its act.
  kBeliefCue,
  kDeedCue,
};
inline constexpr int kPhraseFeatures =
    static_cast<int>(PhraseFeature::kDeedCue) + 1;
// In the cue, in front of it, behind it.
inline constexpr int kPhraseSides = 3;

// Indices of weights: [0, kPhraseFeatures) for all phrases, then as many per
// class, then per side.
std::vector<uint16_t> PhraseFeatures(const Scene& scene, const Claim& claim,
                                     const PhraseCandidate& phrase);

// Log-odds.
float ScorePhrase(const Scene& scene, const Claim& claim,
                  const PhraseCandidate& phrase);

}  // namespace quoth

#endif  // QUOTH_SERVER_CLAIMS_CIRCUMSTANCE_SCORER_H_
