// What a cue says about the act: what kind it is, and whether it took place.
//
//   CueReading cue = {{"has", "refused", "to", "comment"}, {"on"}};
//   ClassifyAct(cue);      // Act::kStatement
//   ClassifyRealis(cue);   // Realis::kNegated

#ifndef QUOTH_SERVER_CLAIMS_ACT_H_
#define QUOTH_SERVER_CLAIMS_ACT_H_

#include <string>
#include <vector>

#include "server/claims/claim.h"

namespace quoth {

struct CueReading {
  // Lower case, with straight apostrophes; marks left out. Empty: the claim has
  // no cue.
  std::vector<std::string> words;
  // The first words of the content, if it follows the cue in its sentence. They
  // tell "asked | whether he" from "asked | to leave".
  std::vector<std::string> content;
};

// How many words of the content tell anything about the cue.
inline constexpr int kMaxCueContentWords = 10;

// By the words alone. Neutral words give kStatement, as do words that are not
// in the lexicon (unless an infinitive follows: kOther), and no cue at all.
Act ClassifyAct(const CueReading& cue);
Realis ClassifyRealis(const CueReading& cue);

}  // namespace quoth

#endif  // QUOTH_SERVER_CLAIMS_ACT_H_
