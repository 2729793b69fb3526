// What a cue says about the act: what kind it is, and whether it took place.
//
//   CueReading cue = {{"has", "refused", "to", "comment"}, "on"};
//   ClassifyAct(cue);      // Act::kStatement
//   ClassifyRealis(cue);   // Realis::kNegated

#ifndef QUOTH_SERVER_CLAIMS_ACT_H_
#define QUOTH_SERVER_CLAIMS_ACT_H_

#include <string>
#include <vector>

#include "server/claims/claim.h"

namespace quoth {

struct CueReading {
  // Lower case, with straight apostrophes. Empty: the claim has no cue.
  std::vector<std::string> words;
  // The first word of the content, if it follows the cue; else empty. It tells
  // "asked | whether he" from "asked | to leave".
  std::string next;
};

// By the words alone: neutral ones give kStatement, as does no cue at all;
// words that are not in the lexicon give kOther.
Act ClassifyAct(const CueReading& cue);
Realis ClassifyRealis(const CueReading& cue);

}  // namespace quoth

#endif  // QUOTH_SERVER_CLAIMS_ACT_H_
