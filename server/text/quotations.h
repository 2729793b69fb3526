// Pairs quotation marks, in text as dirty as it comes.
//
//   QuotationMap map = FindQuotations(text, layout.paragraphs);
//   for (const Quotation& q : map.quotations) text.Slice(q.inner);
//
// Marks: “ ” ‘ ’ " ' « » ‹ › „ ‚ `` ''. A mark may be closed by one of another
// style. An apostrophe (don't, the ministers', '90s) is no mark. A quotation
// that is never closed ends with its paragraph, or where the next one of its
// kind opens. If that one takes it up (the newspaper's habit: opened in every
// paragraph, closed once) it is a quotation of its own with `continues` set.
// Nothing else leaks past a paragraph.

#ifndef QUOTH_SERVER_TEXT_QUOTATIONS_H_
#define QUOTH_SERVER_TEXT_QUOTATIONS_H_

#include <cstdint>
#include <vector>

#include "server/text/span.h"
#include "server/text/text.h"

namespace quoth {

// How the quotation ends.
enum class QuotationEnd : uint8_t {
  kClosed,     // By a mark.
  kContinued,  // By no mark: the next paragraph or sentence opens it again.
  kUnclosed,   // By no mark, and nothing takes it up: a likely mistake.
};

struct Quotation {
  Span outer;              // With its marks.
  Span inner;              // Without them. May be empty.
  uint8_t depth = 0;       // 0: outermost; 1: inside another; and so on.
  bool single = false;     // Opened by a single mark: ‘ ' ‚ ‹.
  bool continues = false;  // Takes up a kContinued one.
  QuotationEnd end = QuotationEnd::kClosed;
};

// Invariants: quotations are ordered by outer.begin, nest properly, and lie
// each in one paragraph; inner lies in outer.
struct QuotationMap {
  std::vector<Quotation> quotations;
};

// One linear pass, whatever the number of marks. Nesting deeper than
// kMaxQuotationDepth is read as text.
inline constexpr int kMaxQuotationDepth = 4;
QuotationMap FindQuotations(const Text& text,
                            const std::vector<Span>& paragraphs);

}  // namespace quoth

#endif  // QUOTH_SERVER_TEXT_QUOTATIONS_H_
