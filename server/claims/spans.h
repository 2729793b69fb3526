// From word indices to spans of the text: trimmed, with quotation marks in
// order.
//
//   “We are close,” Blinken said, adding that talks were “very hard”.
//
//   ContentSpans(doc, index, {We..close ,})       // We are close,
//   ContentSpans(doc, index, {that..“ very hard}) // that talks were “very
//   hard”
//
// A piece that is a whole quotation, or lies within one, is given without its
// marks; a piece with quotations inside has their marks balanced. Commas and
// the like at an edge are trimmed, except inside a quotation: its own comma is
// part of it. No piece crosses a paragraph.

#ifndef QUOTH_SERVER_CLAIMS_SPANS_H_
#define QUOTH_SERVER_CLAIMS_SPANS_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "absl/types/span.h"
#include "server/claims/claim.h"
#include "server/claims/quotation_index.h"
#include "server/text/document.h"
#include "server/text/span.h"

namespace quoth {

// `words` is sorted. The pieces of a content, ordered and apart from one
// another; a piece without a letter, digit or sign of currency is left out.
std::vector<Span> ContentSpans(const Document& doc,
                               const QuotationIndex& quotations,
                               absl::Span<const uint32_t> words);

// The first run of `words`, trimmed: a source, without the day or the
// connective that stands between it and its cue ("a spokesman Friday", "the
// singer, who"). Nullopt if nothing is left.
std::optional<Span> SourceSpan(const Document& doc,
                               const QuotationIndex& quotations,
                               absl::Span<const uint32_t> words);

// The first run of `words` without marks at its edges: a cue. Nullopt if
// nothing is left: a colon or a dash is no reporting word.
std::optional<Span> CueSpan(const Document& doc,
                            absl::Span<const uint32_t> words);

// How much of the content is quoted.
ClaimType TypeOfContent(const Document& doc, const QuotationIndex& quotations,
                        absl::Span<const uint32_t> words);

}  // namespace quoth

#endif  // QUOTH_SERVER_CLAIMS_SPANS_H_
