#include "server/text/layout.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace quoth {
namespace {

using std::string_literals::operator""s;
using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> Paragraphs(const std::string& bytes) {
  const Text text = *Text::FromUtf8(bytes);
  std::vector<std::string> slices;
  for (const Span s : FindLayout(text).paragraphs) {
    slices.emplace_back(text.Slice(s));
  }
  return slices;
}

TEST(LayoutTest, EveryLineBreakEndsAParagraph) {
  for (const char* line_break :
       {"\n", "\r\n", "\r", "\xE2\x80\xA8", "\xE2\x80\xA9", "\xC2\x85", "\n\n",
        "\r\n\r\n", " \n \n "}) {
    EXPECT_THAT(Paragraphs(std::string("One.") + line_break + "Two."),
                ElementsAre("One.", "Two."));
  }
}

TEST(LayoutTest, ParagraphsAreTrimmedAndNotEmpty) {
  EXPECT_THAT(Paragraphs("  One two. \xC2\xA0\n\t\n \n\nThree\t"),
              ElementsAre("One two.", "Three"));
  EXPECT_THAT(Paragraphs(""), IsEmpty());
  EXPECT_THAT(Paragraphs(" \n\t\r\n\0 "s), IsEmpty());
}

TEST(LayoutTest, OtherWhiteSpaceDoesNotEndAParagraph) {
  EXPECT_THAT(Paragraphs("One\ttwo\fthree\vfour"),
              ElementsAre("One\ttwo\fthree\vfour"));
}

TEST(LayoutTest, SentencesDoNotCrossParagraphs) {
  const Text text = *Text::FromUtf8("A headline\n\nHe met Dr.\nSmith. Then");
  std::vector<std::string> sentences;
  for (const Span s : FindLayout(text).sentences) {
    sentences.emplace_back(text.Slice(s));
  }
  EXPECT_THAT(sentences,
              ElementsAre("A headline", "He met Dr.", "Smith.", "Then"));
}

}  // namespace
}  // namespace quoth
