// Cuts a text into word pieces as BERT (uncased) does: clean the text, set CJK
// characters apart, strip accents, lower the case, split at white space and
// punctuation, and match pieces greedily.
//
//   PieceReader reader(vocabulary);
//   std::vector<Piece> pieces;
//   reader.Read(text, {0, text.size()}, pieces);
//
// The steps and their order are those of Hugging Face's BertNormalizer and
// BertPreTokenizer, with two differences, both for dirt: control characters
// separate words instead of joining them, and Windows-1252 punctuation among
// the C1 controls is read as what it was.

#ifndef QUOTH_SERVER_TEXT_PIECES_H_
#define QUOTH_SERVER_TEXT_PIECES_H_

#include <cstdint>
#include <string>
#include <vector>

#include "server/text/span.h"
#include "server/text/text.h"
#include "server/text/vocabulary.h"

namespace quoth {

// A piece and the code point of the text that gave its first character.
struct Piece {
  int32_t id = 0;
  uint32_t begin = 0;
};

// Refers to the vocabulary, which must outlive it. For one thread.
class PieceReader {
 public:
  explicit PieceReader(const Vocabulary& vocabulary)
      : vocabulary_(vocabulary) {}

  // Appends the pieces of `range` to `out`, in text order. No piece reaches
  // over either end of the range. One linear pass.
  void Read(const Text& text, Span range, std::vector<Piece>& out);

 private:
  void Add(char32_t c, uint32_t origin);
  void AddDecomposed(char32_t c, uint32_t origin, std::vector<Piece>& out);
  void Flush(std::vector<Piece>& out);

  const Vocabulary& vocabulary_;
  std::string pretoken_;           // UTF-8, normalised.
  std::vector<uint32_t> origins_;  // Per byte of pretoken_.
  std::vector<PieceMatch> matches_;
};

}  // namespace quoth

#endif  // QUOTH_SERVER_TEXT_PIECES_H_
