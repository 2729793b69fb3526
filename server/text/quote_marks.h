// Finds the characters of a paragraph that may be quotation marks, with what
// stands around each.
//
//   std::vector<QuoteMark> marks;
//   FindQuoteMarks(text, paragraph, marks);
//   // 'the ministers' plan' has three: the first opens at cost 3, the second
//   // closes at cost 8 or is an apostrophe at cost 3, the third closes at 0.

#ifndef QUOTH_SERVER_TEXT_QUOTE_MARKS_H_
#define QUOTH_SERVER_TEXT_QUOTE_MARKS_H_

#include <vector>

#include "server/text/mark_costs.h"
#include "server/text/span.h"
#include "server/text/text.h"

namespace quoth {

struct QuoteMark {
  Span span;
  bool single = false;
  // Whether a new sentence may begin with the mark.
  bool begins_sentence = false;
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
