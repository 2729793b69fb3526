#include "server/text/layout.h"

#include "server/text/sentences.h"
#include "server/text/unicode.h"

namespace quoth {

Layout FindLayout(const Text& text) {
  Layout layout;
  const uint32_t size = text.size();
  uint32_t begin = 0;  // Of the line, and then of its paragraph.
  uint32_t end = 0;    // Behind the line's last character but white space.
  const auto finish = [&] {
    if (begin < end) {
      layout.paragraphs.push_back({begin, end});
      FindSentences(text, {begin, end}, layout.sentences);
    }
  };
  for (uint32_t i = 0; i < size; ++i) {
    const char32_t c = text.at(i);
    if (IsLineBreak(c)) {
      finish();
      begin = end = i + 1;
    } else if (!IsSpace(c)) {
      if (begin == end) begin = i;
      end = i + 1;
    }
  }
  finish();
  return layout;
}

}  // namespace quoth
