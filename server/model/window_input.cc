#include "server/model/window_input.h"

namespace quoth {

WindowInput MakeWindowInput(const Document& doc, WordRange range,
                            const Vocabulary& vocabulary) {
  WindowInput input;
  const auto add = [&input](int32_t piece, Shape shape, int quote) {
    input.pieces.push_back(piece);
    input.shapes.push_back(static_cast<uint8_t>(shape));
    input.quotes.push_back(static_cast<uint8_t>(quote));
  };

  add(vocabulary.classifier(), Shape::kMark, 0);
  for (uint32_t i = range.begin; i < range.end; ++i) {
    const Word& word = doc.words[i];
    // Of the document, not of the window: a window that begins in the middle
    // of a long paragraph does not begin one.
    const bool begins_paragraph =
        i == 0 || doc.words[i - 1].paragraph != word.paragraph;
    input.first.push_back(static_cast<int32_t>(input.pieces.size()));
    input.paragraph.push_back(static_cast<int32_t>(word.paragraph));
    input.sentence.push_back(static_cast<int32_t>(word.sentence));
    for (uint32_t p = word.piece_begin; p < word.piece_end; ++p) {
      const bool marked = begins_paragraph && p == word.piece_begin;
      add(doc.pieces[p], word.shape,
          static_cast<int>(word.quote) + (marked ? kParagraphStart : 0));
    }
  }
  add(vocabulary.separator(), Shape::kMark, 0);
  return input;
}

}  // namespace quoth
