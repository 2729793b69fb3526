#include "server/text/word_finder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace quoth {
namespace {

using std::string_literals::operator""s;

std::vector<std::string> Words(const std::string& bytes) {
  const Text text = *Text::FromUtf8(bytes);
  std::vector<Span> spans;
  FindWords(text, {0, text.size()}, spans);
  std::vector<std::string> words;
  for (const Span s : spans) words.emplace_back(text.Slice(s));
  return words;
}

struct Case {
  std::string text;
  std::vector<std::string> words;
};

TEST(FindWordsTest, CutsLikeTheExpression) {
  for (const Case& c : {
           Case{"", {}},
           Case{" \t\n", {}},
           Case{"We are close.", {"We", "are", "close", "."}},
           Case{"don't", {"don't"}},
           Case{"don’t o'er-n'er", {"don’t", "o'er", "-", "n'er"}},
           Case{"rock 'n' roll", {"rock", "'", "n", "'", "roll"}},
           Case{"ministers' plan", {"ministers", "'", "plan"}},
           Case{"'tis", {"'", "tis"}},
           Case{"a''b", {"a", "''", "b"}},
           Case{"``So,'' he", {"``", "So", ",", "''", "he"}},
           Case{"it,'''", {"it", ",", "''", "'"}},
           Case{"```", {"``", "`"}},
           Case{"$9.5m", {"$", "9", ".", "5m"}},
           Case{"£1,000", {"£", "1", ",", "000"}},
           Case{"__init__ a_b", {"__init__", "a_b"}},
           Case{"...", {".", ".", "."}},
           Case{"a—b", {"a", "—", "b"}},
           Case{"Ünïcödé", {"Ünïcödé"}},
           Case{"中文 x", {"中文", "x"}},
           Case{"½ m²", {"½", "m²"}},
           Case{"é\xC2\xA0x", {"é", "x"}},
           Case{"😀😀", {"😀", "😀"}},
       }) {
    EXPECT_EQ(Words(c.text), c.words) << c.text;
  }
}

TEST(FindWordsTest, KeepsWhatLooksLikeOneCharacterTogether) {
  for (const Case& c : {
           Case{"Jose\xCC\x81 said", {"Jose\xCC\x81", "said"}},
           Case{"e\xCC\x81t\xCC\x83i", {"e\xCC\x81t\xCC\x83i"}},
           Case{"❤\xEF\xB8\x8F", {"❤\xEF\xB8\x8F"}},
           Case{"\xCC\x81", {"\xCC\x81"}},  // Alone; yields no piece.
       }) {
    EXPECT_EQ(Words(c.text), c.words) << c.text;
  }
}

TEST(FindWordsTest, SeesThroughIgnoredCharacters) {
  for (const Case& c : {
           Case{"minis\xC2\xADter", {"minis\xC2\xADter"}},
           Case{"close\xC2\xAD he", {"close", "he"}},
           Case{"\xEF\xBB\xBFWe", {"We"}},
           Case{"don\xEF\xBF\xBDt", {"don\xEF\xBF\xBDt"}},
           Case{"a\xC2\xAD\xC2\xAD\xC2\xAD"
                "b",
                {"a\xC2\xAD\xC2\xAD\xC2\xAD"
                 "b"}},
           Case{"a\xC2\xAD.b", {"a", ".", "b"}},
       }) {
    EXPECT_EQ(Words(c.text), c.words) << c.text;
  }
}

TEST(FindWordsTest, ControlCharactersSeparate) {
  EXPECT_THAT(Words("said\0he\x1B!"s), testing::ElementsAre("said", "he", "!"));
}

TEST(FindWordsTest, ReadsWindows1252Apostrophes) {
  EXPECT_THAT(Words("don\xC2\x92t"), testing::ElementsAre("don\xC2\x92t"));
}

TEST(FindWordsTest, StaysInItsRange) {
  const Text text = *Text::FromUtf8("don't stop");
  std::vector<Span> words;
  FindWords(text, {1, 4}, words);
  EXPECT_THAT(words, testing::ElementsAre(Span{1, 3}, Span{3, 4}));
}

}  // namespace
}  // namespace quoth
