#include "client/text_layout.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace quoth::client {
namespace {

using ::testing::ElementsAre;

TEST(PrintableTest, NothingIsLeftThatATerminalObeys) {
  struct Case {
    std::string text;
    std::string printable;
  };
  for (const Case& c :
       std::vector<Case>{{"plain “text”", "plain “text”"},
                         {"a\x1b[2Jb", "a\uFFFD[2Jb"},
                         {"a\rb\tc\nd", "a b c d"},
                         {std::string("a\0b", 3), "a\uFFFDb"},
                         {"a\x7f\x08", "a\uFFFD\uFFFD"},
                         {"a\xC2\x9B"
                          "31m",
                          "a\uFFFD31m"},  // C1: the one-byte CSI.
                         {"a\xE2\x80\xA8"
                          "b",
                          "a b"},  // Line separator.
                         {"a\xE2\x80\xAE"
                          "b",
                          "ab"},  // Right-to-left override.
                         {"a\xE2\x81\xA6"
                          "b",
                          "ab"},  // Isolate.
                         {"caf\xE9!", "caf\uFFFD!"},
                         {"", ""}}) {
    EXPECT_EQ(Printable(c.text), c.printable);
  }
}

TEST(PrintableTest, NoControlCharacterSurvives) {
  for (unsigned c = 0; c < 0xA0; ++c) {
    std::string text;
    if (c < 0x80) {
      text = static_cast<char>(c);
    } else {
      text = {'\xC2', static_cast<char>(c)};
    }
    for (const unsigned char byte : Printable(text)) {
      EXPECT_GE(byte, 0x20) << c;
      EXPECT_NE(byte, 0x7F) << c;
    }
    if (c >= 0x80) {
      EXPECT_NE(Printable(text), text) << c;
    }
  }
}

TEST(ValidUtf8Test, OnlyWrongBytesChange) {
  EXPECT_EQ(ValidUtf8("a\x1b“b”\xFF"), "a\x1b“b”\uFFFD");
  EXPECT_EQ(ValidUtf8("\xE2\x80"), "\uFFFD\uFFFD");
}

TEST(DisplayWidthTest, CountsColumns) {
  EXPECT_EQ(DisplayWidth(""), 0);
  EXPECT_EQ(DisplayWidth("“abc”"), 5);
  EXPECT_EQ(DisplayWidth("日本"), 4);
  EXPECT_EQ(DisplayWidth("e\xCC\x81"), 1);  // e and a combining accent.
}

TEST(WrapTextTest, BreaksAtSpaces) {
  EXPECT_THAT(WrapText("to be or not to be", 8),
              ElementsAre("to be or", "not to", "be"));
  EXPECT_THAT(WrapText("  a   b  ", 80), ElementsAre("a b"));
  EXPECT_THAT(WrapText("", 80), ElementsAre(""));
  EXPECT_THAT(WrapText("   ", 80), ElementsAre(""));
  EXPECT_THAT(WrapText("één twee", 4), ElementsAre("één", "twee"));
}

TEST(WrapTextTest, BreaksLongWordsBetweenCharacters) {
  EXPECT_THAT(WrapText("a abcdefgh b", 4),
              ElementsAre("a", "abcd", "efgh", "b"));
  EXPECT_THAT(WrapText("日本語日本語", 5), ElementsAre("日本", "語日", "本語"));
  EXPECT_THAT(WrapText("e\xCC\x81"
                       "e\xCC\x81"
                       "e\xCC\x81",
                       2),
              ElementsAre("e\xCC\x81"
                          "e\xCC\x81",
                          "e\xCC\x81"));
}

TEST(WrapTextTest, KeepsEveryWordAndEveryLineFits) {
  const std::string text =
      "Señor Núñez said 「日本語」 was “surprisingly-hyphenated-and-long” to "
      "write in narrow columns of 3 to 40";
  for (int columns = 2; columns <= 40; ++columns) {
    std::string joined;
    for (const std::string& line : WrapText(text, columns)) {
      EXPECT_LE(DisplayWidth(line), columns) << line;
      joined += line;
    }
    std::string expected = text;
    std::erase(expected, ' ');
    std::erase(joined, ' ');
    EXPECT_EQ(joined, expected);
  }
}

}  // namespace
}  // namespace quoth::client
