#include "server/text/quote_marks.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace quoth {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<QuoteMark> Marks(const Text& text) {
  std::vector<QuoteMark> marks;
  FindQuoteMarks(text, {0, text.size()}, marks);
  return marks;
}

std::vector<std::string> Slices(const std::string& bytes) {
  const Text text = *Text::FromUtf8(bytes);
  std::vector<std::string> slices;
  for (const QuoteMark& m : Marks(text)) {
    slices.push_back((m.single ? "single " : "double ") +
                     std::string(text.Slice(m.span)));
  }
  return slices;
}

TEST(FindQuoteMarksTest, FindsEveryKind) {
  EXPECT_THAT(Slices("“a” „b“ \"c\" «d» ``e''"),
              ElementsAre("double “", "double ”", "double „", "double “",
                          "double \"", "double \"", "double «", "double »",
                          "double ``", "double ''"));
  EXPECT_THAT(Slices("‘a’ ‚b‘ 'c' ‹d›"),
              ElementsAre("single ‘", "single ’", "single ‚", "single ‘",
                          "single '", "single '", "single ‹", "single ›"));
}

TEST(FindQuoteMarksTest, ApostrophesInWordsAreNone) {
  EXPECT_THAT(Slices("Don't say it’s O'Brien‘s."), IsEmpty());
  EXPECT_THAT(Slices("e\xCC\x81's"), IsEmpty());
  EXPECT_THAT(Slices("`ls`"), IsEmpty());
}

TEST(FindQuoteMarksTest, ThreeApostrophes) {
  EXPECT_THAT(Slices("close,''' he"), ElementsAre("single '", "double ''"));
  EXPECT_THAT(Slices("said '''We"), ElementsAre("double ''", "single '"));
  EXPECT_THAT(Slices("close,’’’ he"), ElementsAre("single ’", "double ’’"));
  EXPECT_THAT(Slices("close,'''' he"), ElementsAre("double ''", "double ''"));
}

TEST(FindQuoteMarksTest, SeesThroughNeighbours) {
  const Text text = *Text::FromUtf8("\"'We are close,'\" he");
  const std::vector<QuoteMark> marks = Marks(text);
  ASSERT_EQ(marks.size(), 4);
  EXPECT_LT(marks[0].costs.open, marks[0].costs.close);
  EXPECT_LT(marks[1].costs.open, marks[1].costs.close);
  EXPECT_GT(marks[2].costs.open, marks[2].costs.close);
  EXPECT_GT(marks[3].costs.open, marks[3].costs.close);
}

TEST(FindQuoteMarksTest, KnowsWhereASentenceBegins) {
  const Text text = *Text::FromUtf8("He left. \"We. \"we, \"We");
  const std::vector<QuoteMark> marks = Marks(text);
  ASSERT_EQ(marks.size(), 3);
  EXPECT_TRUE(marks[0].begins_sentence);
  EXPECT_FALSE(marks[1].begins_sentence);
  EXPECT_FALSE(marks[2].begins_sentence);
}

TEST(FindQuoteMarksTest, ReplacesWhatWasThere) {
  const Text text = *Text::FromUtf8("“a” “b”");
  std::vector<QuoteMark> marks;
  FindQuoteMarks(text, {0, 3}, marks);
  EXPECT_EQ(marks.size(), 2);
  FindQuoteMarks(text, {4, 7}, marks);
  ASSERT_EQ(marks.size(), 2);
  EXPECT_EQ(marks[0].span, (Span{4, 5}));
}

TEST(IsQuoteCharacterTest, KnowsThemAll) {
  for (const char32_t c : std::u32string(U"“”‘’\"'«»‹›„‚`\x93\x92")) {
    EXPECT_TRUE(IsQuoteCharacter(c)) << static_cast<uint32_t>(c);
  }
  for (const char32_t c : std::u32string(U"a,.-—() ")) {
    EXPECT_FALSE(IsQuoteCharacter(c)) << static_cast<uint32_t>(c);
  }
}

}  // namespace
}  // namespace quoth
