// From claims in word indices to claims as the caller gets them: spans, type,
// act, realis, context, and which claim is reported inside which.
//
//   std::vector<Claim> claims =
//       BuildClaims(doc, quotations, word_claims, context_sentences);

#ifndef QUOTH_SERVER_CLAIMS_CLAIM_BUILDER_H_
#define QUOTH_SERVER_CLAIMS_CLAIM_BUILDER_H_

#include <vector>

#include "absl/types/span.h"
#include "server/claims/claim.h"
#include "server/claims/decoder.h"
#include "server/claims/quotation_index.h"
#include "server/text/document.h"

namespace quoth {

// In the order of their first content. A claim in whose content nothing can be
// read (marks alone) is left out.
std::vector<Claim> BuildClaims(const Document& doc,
                               const QuotationIndex& quotations,
                               absl::Span<const WordClaim> word_claims,
                               int context_sentences);

// Sets the parent of each claim: the smallest claim whose content holds its
// cue and its content. `claims` are in the order of their first content.
void FindParents(std::vector<Claim>& claims);

}  // namespace quoth

#endif  // QUOTH_SERVER_CLAIMS_CLAIM_BUILDER_H_
