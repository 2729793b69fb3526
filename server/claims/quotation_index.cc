#include "server/claims/quotation_index.h"

#include <cstdint>

#include "server/text/document.h"
#include "server/text/quotations.h"
#include "server/text/windows.h"

namespace quoth {

QuotationIndex::QuotationIndex(const Document& doc)
    : places_(doc.words.size()) {
  const uint32_t n = static_cast<uint32_t>(doc.words.size());
  uint32_t word = 0;
  for (const Quotation& quotation : doc.quotations.quotations) {
    if (quotation.depth != 0) continue;
    while (word < n && doc.words[word].span.begin < quotation.inner.begin) {
      ++word;
    }
    const uint32_t begin = word;
    while (word < n && doc.words[word].span.end <= quotation.inner.end) {
      ++word;
    }
    if (word == begin) continue;
    const int32_t q = size();
    outermost_.push_back(&quotation);
    inner_.push_back({begin, word});
    for (uint32_t i = begin; i < word; ++i) places_[i] = {q, Role::kInside};
    if (begin > 0 && quotation.outer.Contains(doc.words[begin - 1].span)) {
      places_[begin - 1] = {q, Role::kOpens};
    }
    if (word < n && quotation.outer.Contains(doc.words[word].span)) {
      places_[word] = {q, Role::kCloses};
    }
  }
}

}  // namespace quoth
