// To whom, where and when a claim was made: phrases of the cue's sentence,
// outside the content (only an addressee may open it).
//
//   On Monday, she told reporters at a rally in Ohio that she would run.
//
//   FindCircumstances(...)   // addressee: reporters, medium: at a rally in
//                            // Ohio, time: On Monday

#ifndef QUOTH_SERVER_CLAIMS_CIRCUMSTANCES_H_
#define QUOTH_SERVER_CLAIMS_CIRCUMSTANCES_H_

#include <optional>

#include "absl/types/span.h"
#include "server/claims/claim.h"
#include "server/text/document.h"
#include "server/text/span.h"

namespace quoth {

struct Circumstances {
  std::optional<Span> addressee;
  std::optional<Span> medium;
  std::optional<Span> time;
};

// Looks at the part of `sentence` within a few dozen words of the cue; none
// for a claim without cue. `sentence` holds the cue. `neighbours`, claims
// around this one, claim phrases of their own.
Circumstances FindCircumstances(const Document& doc, const Claim& claim,
                                Span sentence,
                                absl::Span<const Claim> neighbours = {});

}  // namespace quoth

#endif  // QUOTH_SERVER_CLAIMS_CIRCUMSTANCES_H_
