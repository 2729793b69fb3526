// Where paragraphs and sentences begin and end.
//
//   Layout layout = FindLayout(text);
//   for (Span p : layout.paragraphs) Print(text.Slice(p));
//
// A paragraph ends at any line break (LF, CRLF, CR, U+2028, U+2029, U+0085). A
// sentence ends at . ? ! or an ellipsis with the closing marks that follow it,
// before white space and a word that can begin a sentence; not behind an
// abbreviation ("Mr.", "U.S.", "Sen.", an initial) that goes on. Sentences do
// not cross paragraphs.

#ifndef QUOTH_SERVER_TEXT_LAYOUT_H_
#define QUOTH_SERVER_TEXT_LAYOUT_H_

#include <vector>

#include "server/text/span.h"
#include "server/text/text.h"

namespace quoth {

// Invariants: spans are ordered, do not overlap, are not empty, begin and end
// with a character that is not white space, and cover all such characters;
// every sentence lies in one paragraph.
struct Layout {
  std::vector<Span> paragraphs;
  std::vector<Span> sentences;
};

// One linear pass.
Layout FindLayout(const Text& text);

}  // namespace quoth

#endif  // QUOTH_SERVER_TEXT_LAYOUT_H_
