#include "server/claims/quotation_index.h"

#include <cstdint>

#include "server/text/document.h"
#include "server/text/quotations.h"
#include "server/text/windows.h"

namespace quoth {

QuotationIndex::QuotationIndex(const Document& doc)
    : at_(doc.words.size(), -1) {
  uint32_t word = 0;
  for (const Quotation& quotation : doc.quotations.quotations) {
    if (quotation.depth != 0) continue;
    while (word < doc.words.size() &&
           doc.words[word].span.begin < quotation.inner.begin) {
      ++word;
    }
    const uint32_t begin = word;
    while (word < doc.words.size() &&
           doc.words[word].span.end <= quotation.inner.end) {
      at_[word++] = size();
    }
    if (word == begin) continue;
    outermost_.push_back(&quotation);
    inner_.push_back({begin, word});
  }
}

}  // namespace quoth
