#include "server/model/window_input.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace quoth {
namespace {

using testing::ElementsAre;

constexpr char kPieces[] = "[PAD]\n[UNK]\n[CLS]\n[SEP]\na\nb\n##c\nd\n";

// Two paragraphs: "a“b##c##c" and "d b", as if read from text.
Document TwoParagraphs() {
  Document doc;
  doc.pieces = {4, 1, 5, 6, 6, 7, 5};
  const auto word = [](uint32_t paragraph, uint32_t sentence, uint32_t begin,
                       uint32_t end, Shape shape, QuoteState quote) {
    Word w;
    w.paragraph = paragraph;
    w.sentence = sentence;
    w.piece_begin = begin;
    w.piece_end = end;
    w.shape = shape;
    w.quote = quote;
    return w;
  };
  doc.words = {
      word(0, 0, 0, 1, Shape::kLower, QuoteState::kOutside),
      word(0, 0, 1, 2, Shape::kMark, QuoteState::kOpen),
      word(0, 1, 2, 5, Shape::kCapitalized, QuoteState::kInside),
      word(1, 2, 5, 6, Shape::kUpper, QuoteState::kInside),
      word(1, 2, 6, 7, Shape::kDigits, QuoteState::kClose),
  };
  return doc;
}

TEST(WindowInputTest, WholeDocument) {
  const Vocabulary vocabulary = Vocabulary::FromLines(kPieces).value();
  const WindowInput input =
      MakeWindowInput(TwoParagraphs(), {0, 5}, vocabulary);
  EXPECT_EQ(input.words(), 5);
  EXPECT_THAT(input.pieces, ElementsAre(2, 4, 1, 5, 6, 6, 7, 5, 3));
  EXPECT_THAT(input.shapes, ElementsAre(6, 0, 6, 1, 1, 1, 2, 5, 6));
  EXPECT_THAT(input.quotes, ElementsAre(0, 4 + 0, 2, 1, 1, 1, 4 + 1, 3, 0));
  EXPECT_THAT(input.first, ElementsAre(1, 2, 3, 6, 7));
  EXPECT_THAT(input.paragraph, ElementsAre(0, 0, 0, 1, 1));
  EXPECT_THAT(input.sentence, ElementsAre(0, 0, 1, 2, 2));
}

TEST(WindowInputTest, AWindowInsideAParagraphBeginsNone) {
  const Vocabulary vocabulary = Vocabulary::FromLines(kPieces).value();
  const WindowInput input =
      MakeWindowInput(TwoParagraphs(), {2, 4}, vocabulary);
  EXPECT_THAT(input.pieces, ElementsAre(2, 5, 6, 6, 7, 3));
  EXPECT_THAT(input.quotes, ElementsAre(0, 1, 1, 1, 4 + 1, 0));
  EXPECT_THAT(input.first, ElementsAre(1, 4));
}

TEST(WindowInputTest, OnlyTheFirstPieceBeginsAParagraph) {
  const Vocabulary vocabulary = Vocabulary::FromLines(kPieces).value();
  Document doc = TwoParagraphs();
  doc.words.erase(doc.words.begin(), doc.words.begin() + 2);
  const WindowInput input = MakeWindowInput(doc, {0, 1}, vocabulary);
  EXPECT_THAT(input.pieces, ElementsAre(2, 5, 6, 6, 3));
  EXPECT_THAT(input.quotes, ElementsAre(0, 4 + 1, 1, 1, 0));
}

}  // namespace
}  // namespace quoth
