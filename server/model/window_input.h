// What the encoder reads of one window of a document.
//
//   WindowInput input = MakeWindowInput(doc, {0, 40}, vocabulary);

#ifndef QUOTH_SERVER_MODEL_WINDOW_INPUT_H_
#define QUOTH_SERVER_MODEL_WINDOW_INPUT_H_

#include <cstdint>
#include <vector>

#include "server/text/document.h"
#include "server/text/vocabulary.h"
#include "server/text/windows.h"

namespace quoth {

// Piece arrays have the length of `pieces`, which begins with [CLS] and ends
// with [SEP]; word arrays have the number of words of the window.
struct WindowInput {
  std::vector<int32_t> pieces;
  std::vector<uint8_t> shapes;     // Shape of the piece's word.
  std::vector<uint8_t> quotes;     // QuoteState, plus kParagraphStart.
  std::vector<int32_t> first;      // Per word: index of its first piece.
  std::vector<int32_t> paragraph;  // Per word.
  std::vector<int32_t> sentence;   // Per word.

  int words() const { return static_cast<int>(first.size()); }
};

// The input of words [range.begin, range.end) of `doc`.
WindowInput MakeWindowInput(const Document& doc, WordRange range,
                            const Vocabulary& vocabulary);

}  // namespace quoth

#endif  // QUOTH_SERVER_MODEL_WINDOW_INPUT_H_
