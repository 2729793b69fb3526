// Gives every quotation long enough to be speech to some claim.
//
//   ClaimQuotations(doc, quotations, claims);
//
// A quotation that no claim covers continues the claim before it, if that one
// quotes as well and the text says so (a quotation opened again in the next
// paragraph); else it is a claim of its own, without cue or source: who said
// it is for the speakers to find out.

#ifndef QUOTH_SERVER_CLAIMS_UNCLAIMED_QUOTATIONS_H_
#define QUOTH_SERVER_CLAIMS_UNCLAIMED_QUOTATIONS_H_

#include <cstdint>
#include <vector>

#include "server/claims/decoder.h"
#include "server/claims/quotation_index.h"
#include "server/text/document.h"

namespace quoth {

struct QuotationOptions {
  // Words that a quotation needs to be speech, marks not counted ...
  int least_words = 5;
  // ... and the share of them that no claim may hold already.
  float unclaimed_share = 0.7f;
  // The confidence of a claim without cue; calibrated on train.
  float confidence = 0.6f;
};

// Appends to `claims` and to their contents.
void ClaimQuotations(const Document& doc, const QuotationIndex& quotations,
                     const QuotationOptions& options,
                     std::vector<WordClaim>& claims);

// Whether a quotation looks like speech rather than a title or a phrase:
// enough words, and the look of a sentence.
bool LooksLikeSpeech(const Document& doc, const QuotationIndex& quotations,
                     int quotation, const QuotationOptions& options);

}  // namespace quoth

#endif  // QUOTH_SERVER_CLAIMS_UNCLAIMED_QUOTATIONS_H_
