// From claims in word indices to claims as the caller gets them: spans, type,
// act, realis, context, and which claim is reported inside which.
//
//   std::vector<Claim> claims = BuildClaims(doc, quotations, word_claims,
//                                           {.context_sentences = 1});

#ifndef QUOTH_SERVER_CLAIMS_CLAIM_BUILDER_H_
#define QUOTH_SERVER_CLAIMS_CLAIM_BUILDER_H_

#include <vector>

#include "absl/types/span.h"
#include "server/claims/claim.h"
#include "server/claims/decoder.h"
#include "server/claims/life_check.h"
#include "server/claims/quotation_index.h"
#include "server/text/document.h"

namespace quoth {

struct BuilderOptions {
  // Before and after each claim, for its context.
  int context_sentences = 0;
  // Whether an addressee is no part of what he is told to do: "asked the
  // council | to act".
  bool addressee_outside = false;
  // Asked for every claim; the answer is of no use if it has ended. Null:
  // never.
  LifeCheck* life = nullptr;
};

// In the order of their first content. A claim in whose content nothing can be
// read (marks alone) is left out.
std::vector<Claim> BuildClaims(const Document& doc,
                               const QuotationIndex& quotations,
                               absl::Span<const WordClaim> word_claims,
                               const BuilderOptions& options);

}  // namespace quoth

#endif  // QUOTH_SERVER_CLAIMS_CLAIM_BUILDER_H_
