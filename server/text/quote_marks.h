// Finds the characters of a paragraph that may be quotation marks, and says how
// likely each is to open a quotation, to close one, or to be neither: an
// apostrophe, a prime, a slip of the pen.
//
//   std::vector<QuoteMark> marks;
//   FindQuoteMarks(text, paragraph, marks);
//   // 'the ministers' plan': the first mark opens at cost 3, the second closes
//   // at cost 8 or is an apostrophe at cost 3, the third closes at cost 0.

#ifndef QUOTH_SERVER_TEXT_QUOTE_MARKS_H_
#define QUOTH_SERVER_TEXT_QUOTE_MARKS_H_

#include <cstdint>
#include <vector>

#include "server/text/span.h"
#include "server/text/text.h"

namespace quoth {

// What each reading of a mark costs, by its glyph and by what stands on either
// side of it; 0 is what a careful typist would have meant.
struct MarkCosts {
  uint8_t open = 0;
  uint8_t close = 0;
  uint8_t text = 0;
};

struct QuoteMark {
  Span span;
  bool single = false;
  // Whether a new sentence may begin with the mark: behind . ? ! and a space,
  // and not before a lower-case letter.
  bool behind_sentence = false;
  MarkCosts costs;
};

// Replaces `marks` by the marks of `paragraph` in order. An apostrophe between
// two letters is none. One linear pass.
void FindQuoteMarks(const Text& text, Span paragraph,
                    std::vector<QuoteMark>& marks);

// Whether `c` is a quotation mark or part of one, in any of its readings.
bool IsQuoteCharacter(char32_t c);

}  // namespace quoth

#endif  // QUOTH_SERVER_TEXT_QUOTE_MARKS_H_
