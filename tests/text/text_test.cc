#include "server/text/text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace quoth {
namespace {

using std::string_literals::operator""s;
using testing::HasSubstr;
using testing::Not;

TEST(FindInvalidUtf8Test, AcceptsWhatIsWellFormed) {
  for (const std::string& bytes :
       {""s, "a"s, "\0"s, "\x7F"s, "\xC2\x80"s, "\xDF\xBF"s, "\xE0\xA0\x80"s,
        "\xED\x9F\xBF"s, "\xEE\x80\x80"s, "\xEF\xBF\xBF"s, "\xF0\x90\x80\x80"s,
        "\xF4\x8F\xBF\xBF"s, "\xEF\xBB\xBF“Qué?”"s}) {
    EXPECT_EQ(FindInvalidUtf8(bytes), std::nullopt) << bytes;
  }
}

TEST(FindInvalidUtf8Test, FindsTheFirstByteThatIsNot) {
  struct Case {
    std::string bytes;
    size_t at;
  };
  for (const Case& c : {
           Case{"\x80", 0},                  // A continuation alone.
           Case{"ab\xBF", 2},                //
           Case{"\xC0\x80", 0},              // Overlong.
           Case{"\xC1\xBF", 0},              //
           Case{"\xE0\x9F\xBF", 0},          //
           Case{"\xF0\x8F\xBF\xBF", 0},      //
           Case{"é\xED\xA0\x80", 2},         // Surrogates.
           Case{"\xED\xBF\xBF", 0},          //
           Case{"\xF4\x90\x80\x80", 0},      // Over U+10FFFF.
           Case{"\xF5\x80\x80\x80", 0},      //
           Case{"\xFF", 0},                  //
           Case{"a\xC3", 1},                 // Cut.
           Case{"\xE2\x80", 0},              //
           Case{"ab\xF0\x9F\x98", 2},        //
           Case{"\xC3(", 0},                 // No continuation.
           Case{"\xE2\x28\xA1", 0},          //
           Case{"caf\xE9", 3},               // Latin-1.
           Case{"\x93We are close\x94", 0},  // Windows-1252.
       }) {
    EXPECT_EQ(FindInvalidUtf8(c.bytes), c.at)
        << testing::PrintToString(c.bytes);
  }
}

TEST(TextTest, IndexesByCodePoint) {
  const Text text = *Text::FromUtf8("“Qué?” 😀\0x"s);
  ASSERT_EQ(text.size(), 10);
  EXPECT_EQ(text.at(0), U'“');
  EXPECT_EQ(text.at(3), U'é');
  EXPECT_EQ(text.at(7), U'😀');
  EXPECT_EQ(text.at(8), U'\0');
  EXPECT_EQ(text.Slice({1, 5}), "Qué?");
  EXPECT_EQ(text.Slice({7, 8}), "😀");
  EXPECT_EQ(text.Slice({4, 4}), "");
  EXPECT_EQ(text.Slice({0, 10}), text.bytes());
  EXPECT_EQ(text.ByteOffset(0), 0);
  EXPECT_EQ(text.ByteOffset(1), 3);
  EXPECT_EQ(text.ByteOffset(4), 7);
  EXPECT_EQ(text.ByteOffset(10), text.bytes().size());
}

TEST(TextTest, FindsTheCodePointOfAByte) {
  const Text text = *Text::FromUtf8("a“b");
  EXPECT_EQ(text.CodePointAtByte(0), 0);
  EXPECT_EQ(text.CodePointAtByte(1), 1);
  EXPECT_EQ(text.CodePointAtByte(2), 1);
  EXPECT_EQ(text.CodePointAtByte(3), 1);
  EXPECT_EQ(text.CodePointAtByte(4), 2);
  EXPECT_EQ(text.CodePointAtByte(5), 3);
}

TEST(TextTest, MayBeEmpty) {
  EXPECT_TRUE(Text().empty());
  const Text text = *Text::FromUtf8("");
  EXPECT_TRUE(text.empty());
  EXPECT_EQ(text.ByteOffset(0), 0);
  EXPECT_EQ(text.Slice({0, 0}), "");
  EXPECT_EQ(text.CodePointAtByte(0), 0);
}

TEST(TextTest, SurvivesAMove) {
  Text a = *Text::FromUtf8("a short one");
  const Text b = std::move(a);
  EXPECT_EQ(b.Slice({2, 7}), "short");
}

TEST(TextTest, AnErrorNamesTheByteAndNothingElse) {
  const absl::Status status = Text::FromUtf8("secret \xFF words").status();
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(std::string(status.message()), HasSubstr("byte 7"));
  EXPECT_THAT(std::string(status.message()), Not(HasSubstr("secret")));
}

}  // namespace
}  // namespace quoth
