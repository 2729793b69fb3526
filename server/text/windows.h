// Cuts a document into the windows that the encoder reads: whole paragraphs
// up to a number of pieces, without overlap (0.5 % of attributions cross a
// paragraph). A longer paragraph is cut behind a sentence, a longer sentence
// behind a word.
//
//   for (WordRange w : CutWindows(doc, 254)) Encode(doc, w);

#ifndef QUOTH_SERVER_TEXT_WINDOWS_H_
#define QUOTH_SERVER_TEXT_WINDOWS_H_

#include <cstdint>
#include <vector>

#include "server/text/document.h"

namespace quoth {

// Words [begin, end) of a document.
struct WordRange {
  uint32_t begin = 0;
  uint32_t end = 0;
};

// The ranges cover all words in order; each has at most max_pieces pieces.
// Requires max_pieces >= kMaxWordPieces.
std::vector<WordRange> CutWindows(const Document& doc, uint32_t max_pieces);

}  // namespace quoth

#endif  // QUOTH_SERVER_TEXT_WINDOWS_H_
