#include "server/claims/unclaimed_quotations.h"

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <vector>

#include "server/claims/decoder.h"
#include "server/claims/quotation_index.h"
#include "server/text/document.h"
#include "server/text/quotations.h"
#include "server/text/windows.h"

namespace quoth {
namespace {

int CountWords(const Document& doc, WordRange range) {
  int n = 0;
  for (uint32_t i = range.begin; i < range.end; ++i) {
    n += doc.words[i].shape != Shape::kMark;
  }
  return n;
}

char32_t MarkAt(const Document& doc, uint32_t word) {
  const Span span = doc.words[word].span;
  return span.size() == 1 ? doc.text.at(span.begin) : U'\0';
}

bool IsClauseEnd(char32_t mark) {
  switch (mark) {
    case U'.':
    case U'!':
    case U'?':
    case U',':
    case U'…':
    case U';':
      return true;
    default:
      return false;
  }
}

}  // namespace

bool LooksLikeSpeech(const Document& doc, const QuotationIndex& quotations,
                     int quotation, const QuotationOptions& options) {
  const WordRange inner = quotations.InnerWords(quotation);
  if (CountWords(doc, inner) < options.least_words) return false;
  // A sentence ends with a mark, inside or right behind the quotation.
  if (IsClauseEnd(MarkAt(doc, inner.end - 1))) return true;
  const QuotationEnd end = quotations.quotation(quotation).end;
  if (end == QuotationEnd::kContinued) return true;
  const uint32_t behind = inner.end + (end == QuotationEnd::kClosed ? 1 : 0);
  return behind < doc.words.size() && IsClauseEnd(MarkAt(doc, behind)) &&
         doc.words[inner.begin].shape != Shape::kLower;
}

void ClaimQuotations(const Document& doc, const QuotationIndex& quotations,
                     const QuotationOptions& options,
                     std::vector<WordClaim>& claims) {
  // Who holds each word: the index of a claim, -1 for none, -2 for a cue or a
  // source.
  std::vector<int32_t> holder(doc.words.size(), -1);
  for (size_t k = 0; k < claims.size(); ++k) {
    for (uint32_t w : claims[k].cue) holder[w] = -2;
    for (uint32_t w : claims[k].source) holder[w] = -2;
  }
  for (size_t k = 0; k < claims.size(); ++k) {
    for (uint32_t w : claims[k].content) holder[w] = static_cast<int32_t>(k);
  }
  int32_t previous = -1;  // The claim that holds the end of the quotation
                          // before.
  for (int q = 0; q < quotations.size(); ++q) {
    const WordRange inner = quotations.InnerWords(q);
    const Quotation& quotation = quotations.quotation(q);
    int words = 0, free = 0;
    bool attributing = false;
    for (uint32_t i = inner.begin; i < inner.end; ++i) {
      attributing = attributing || holder[i] == -2;
      if (doc.words[i].shape == Shape::kMark) continue;
      ++words;
      free += holder[i] == -1;
    }
    if (!attributing && free >= options.unclaimed_share * words &&
        !quotation.single && LooksLikeSpeech(doc, quotations, q, options)) {
      std::vector<uint32_t> content(inner.end - inner.begin);
      std::iota(content.begin(), content.end(), inner.begin);
      int32_t claim = previous;
      if (quotation.continues && previous >= 0) {
        std::vector<uint32_t>& pieces = claims[previous].content;
        pieces.insert(pieces.end(), content.begin(), content.end());
        std::sort(pieces.begin(), pieces.end());
        pieces.erase(std::unique(pieces.begin(), pieces.end()), pieces.end());
      } else {
        claim = static_cast<int32_t>(claims.size());
        claims.push_back({{}, {}, std::move(content), options.confidence});
      }
      for (uint32_t i = inner.begin; i < inner.end; ++i) holder[i] = claim;
    }
    previous = -1;
    for (uint32_t i = inner.begin; i < inner.end; ++i) {
      if (holder[i] >= 0) previous = holder[i];
    }
  }
}

}  // namespace quoth
