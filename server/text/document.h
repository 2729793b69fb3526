// An article as the model reads it: words with their pieces, letter shapes and
// quotation states, in paragraphs and sentences. Training reads exactly this.
//
//   Document doc = ReadDocument(std::move(text), vocabulary);
//   for (const Word& w : doc.words) doc.text.Slice(w.span);

#ifndef QUOTH_SERVER_TEXT_DOCUMENT_H_
#define QUOTH_SERVER_TEXT_DOCUMENT_H_

#include <cstdint>
#include <vector>

#include "server/text/layout.h"
#include "server/text/quotations.h"
#include "server/text/span.h"
#include "server/text/text.h"
#include "server/text/vocabulary.h"

namespace quoth {

// The letter shape of a word; the vocabulary is uncased. Values are the rows
// of the model's shape embedding.
enum class Shape : uint8_t {
  kLower = 0,         // said
  kCapitalized = 1,   // Blinken
  kUpper = 2,         // NATO
  kSingleLetter = 3,  // A (an upper-case letter alone)
  kMixedUpper = 4,    // McCain
  kDigits = 5,        // 2016
  kMark = 6,          // , “ $
  kMixedLower = 7,    // iPhone
};

// Where a word stands with respect to the outermost quotation, whatever its
// marks. Values are the rows of the model's quotation embedding; the first
// piece of the first word of a paragraph adds kParagraphStart.
enum class QuoteState : uint8_t {
  kOutside = 0,
  kInside = 1,
  kOpen = 2,   // The word is the opening mark, or part of it.
  kClose = 3,  // The word is the closing mark, or part of it.
};
inline constexpr int kParagraphStart = 4;

// A word: a run of letters, digits and underscores, with inner apostrophes
// ("don't"); or one mark ("``" and "''" count as one).
// server/text/word_finder.h has the details.
struct Word {
  Span span;
  uint32_t paragraph = 0;    // Index into Document::layout.paragraphs.
  uint32_t sentence = 0;     // Index into Document::layout.sentences.
  uint32_t piece_begin = 0;  // The word's pieces in Document::pieces,
  uint32_t piece_end = 0;    // half-open, at least one, at most kMaxWordPieces.
  Shape shape = Shape::kLower;
  QuoteState quote = QuoteState::kOutside;
};

// Pieces beyond this are dropped: such a "word" is a line of underscores.
inline constexpr uint32_t kMaxWordPieces = 32;

// Invariants: words are ordered and do not overlap; each lies in one sentence;
// their pieces follow one another.
struct Document {
  Text text;
  Layout layout;
  QuotationMap quotations;
  std::vector<Word> words;
  std::vector<int32_t> pieces;
};

// One linear pass each for layout, quotations, words and pieces. What yields no
// piece of its own is no word: a lone accent, but also a word right behind a
// symbol that is not ASCII. BERT reads "🙂said" as one word that begins with
// the symbol, so "said" is not in the document: no cue, no source, no content.
Document ReadDocument(Text text, const Vocabulary& vocabulary);

// The character of a word that has one alone, with Windows-1252 punctuation
// among the C1 controls as what it was (unicode.h); U'\0' for a longer word.
char32_t MarkAt(const Document& doc, uint32_t word);

}  // namespace quoth

#endif  // QUOTH_SERVER_TEXT_DOCUMENT_H_
