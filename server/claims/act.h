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
  // The words of the source.
  std::vector<std::string> source;
  // The last words of the clause in front of cue and source, in order: "could
  // prompt | criticism", "if | he | says".
  std::vector<std::string> before;
  // Whether the content is a quotation: whatever an unknown verb means, it is
  // then a way of speaking ("..., he harrumphed").
  bool quoted = false;
  // Whether the content ends with a question mark.
  bool asks = false;
};

// How many words of the content tell anything about the cue.
inline constexpr int kMaxCueContentWords = 10;

// How many words in front of it do.
inline constexpr int kMaxWordsBeforeCue = 4;

// By the words alone. Neutral words give kStatement, as do cues of nothing but
// function words, and no cue at all unless a question is asked. A word that is
// in no table is a deed rather than speech: kOther.
Act ClassifyAct(const CueReading& cue);
Realis ClassifyRealis(const CueReading& cue);

}  // namespace quoth

#endif  // QUOTH_SERVER_CLAIMS_ACT_H_
