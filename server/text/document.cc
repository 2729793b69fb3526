#include "server/text/document.h"

#include <algorithm>
#include <utility>

#include "server/text/pieces.h"
#include "server/text/unicode.h"
#include "server/text/word_finder.h"

namespace quoth {
namespace {

Shape ShapeOf(const Text& text, Span word) {
  const CharClass first_class = ClassOf(text.at(word.begin));
  if (first_class != CharClass::kLetter && first_class != CharClass::kNumber) {
    return Shape::kMark;
  }
  bool digits = true;  // All of them.
  bool upper = false;  // Any of them; the same below.
  bool lower = false;
  bool upper_inside = false;  // Behind the first character.
  bool lower_inside = false;
  uint32_t length = 0;  // Characters before the first apostrophe.
  for (uint32_t i = word.begin; i < word.end; ++i) {
    const char32_t c = text.at(i);
    if (IsApostrophe(RepairC1(c))) {
      digits = false;
      break;
    }
    const CharClass kind = ClassOf(c);
    if (!IsWordClass(kind)) continue;  // Combining or ignored.
    ++length;
    if (!IsDecimal(c)) digits = false;
    if (IsUpper(c)) {
      upper = true;
      if (length > 1) upper_inside = true;
    } else if (IsLower(c)) {
      lower = true;
      if (length > 1) lower_inside = true;
    }
  }
  if (digits) return Shape::kDigits;
  if (lower && !upper) return Shape::kLower;
  if (length == 1) return Shape::kSingleLetter;
  if (upper && !lower) return Shape::kUpper;
  if (!IsUpper(text.at(word.begin))) return Shape::kMixedLower;
  return lower_inside && !upper_inside ? Shape::kCapitalized
                                       : Shape::kMixedUpper;
}

// Gives every word its pieces, in place; drops the words without any.
void AssignPieces(const std::vector<Piece>& pieces, Document& doc) {
  size_t next = 0;
  size_t kept = 0;
  for (Word& word : doc.words) {
    while (next < pieces.size() && pieces[next].begin < word.span.begin) {
      ++next;
    }
    word.piece_begin = static_cast<uint32_t>(doc.pieces.size());
    for (; next < pieces.size() && pieces[next].begin < word.span.end; ++next) {
      if (doc.pieces.size() - word.piece_begin < kMaxWordPieces) {
        doc.pieces.push_back(pieces[next].id);
      }
    }
    word.piece_end = static_cast<uint32_t>(doc.pieces.size());
    if (word.piece_end > word.piece_begin) doc.words[kept++] = word;
  }
  doc.words.resize(kept);
}

void AssignSentences(Document& doc) {
  const Layout& layout = doc.layout;
  uint32_t paragraph = 0;
  uint32_t sentence = 0;
  for (Word& word : doc.words) {
    while (layout.paragraphs[paragraph].end <= word.span.begin) ++paragraph;
    while (layout.sentences[sentence].end <= word.span.begin) ++sentence;
    word.paragraph = paragraph;
    word.sentence = sentence;
  }
}

// The state of each word in the outermost quotation.
void AssignQuoteStates(Document& doc) {
  size_t next = 0;
  uint32_t end = 0;  // Of the last outermost quotation.
  for (const Quotation& q : doc.quotations.quotations) {
    if (q.outer.begin < end) continue;
    end = q.outer.end;
    while (next < doc.words.size() &&
           doc.words[next].span.begin < q.outer.begin) {
      ++next;
    }
    for (; next < doc.words.size() && doc.words[next].span.begin < end;
         ++next) {
      Word& word = doc.words[next];
      word.quote = word.span.begin < q.inner.begin ? QuoteState::kOpen
                   : word.span.end <= q.inner.end  ? QuoteState::kInside
                                                   : QuoteState::kClose;
    }
  }
}

}  // namespace

Document ReadDocument(Text text, const Vocabulary& vocabulary) {
  Document doc;
  doc.text = std::move(text);
  doc.layout = FindLayout(doc.text);
  doc.quotations = FindQuotations(doc.text, doc.layout.paragraphs);
  std::vector<Span> words;
  std::vector<Piece> pieces;
  PieceReader reader(vocabulary);
  for (const Span paragraph : doc.layout.paragraphs) {
    FindWords(doc.text, paragraph, words);
    reader.Read(doc.text, paragraph, pieces);
  }
  doc.words.resize(words.size());
  for (size_t i = 0; i < words.size(); ++i) {
    doc.words[i].span = words[i];
    doc.words[i].shape = ShapeOf(doc.text, words[i]);
  }
  AssignPieces(pieces, doc);
  AssignSentences(doc);
  AssignQuoteStates(doc);
  return doc;
}

char32_t MarkAt(const Document& doc, uint32_t word) {
  const Span span = doc.words[word].span;
  return span.size() == 1 ? RepairC1(doc.text.at(span.begin)) : U'\0';
}

}  // namespace quoth
