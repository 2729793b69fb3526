// Beliefs stated in the first person inside quotations: “I think we can win,”
// is a belief of its own beside the quotation around it. The network finds few
// of them, since most quotations it learned from are not split up.
//
//   AddQuotedBeliefs(doc, quotations, 0.6f, claims);
//
//   “It was close. I think we can win,” Reed said.
//   // adds cue: think, source: I, content: we can win

#ifndef QUOTH_SERVER_CLAIMS_QUOTED_BELIEFS_H_
#define QUOTH_SERVER_CLAIMS_QUOTED_BELIEFS_H_

#include <vector>

#include "server/claims/decoder.h"
#include "server/claims/life_check.h"
#include "server/claims/quotation_index.h"
#include "server/text/document.h"

namespace quoth {

// Appends to `claims` what has a verb of belief that is no cue of theirs. Each
// gets `confidence`. Linear: one pass, in which each belief is followed for at
// most a hundred words; what goes on behind them is left out. Stops halfway
// once `life` has ended; null: it never does.
void AddQuotedBeliefs(const Document& doc, const QuotationIndex& quotations,
                      float confidence, std::vector<WordClaim>& claims,
                      LifeCheck* life = nullptr);

}  // namespace quoth

#endif  // QUOTH_SERVER_CLAIMS_QUOTED_BELIEFS_H_
