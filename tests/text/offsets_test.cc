#include "server/text/offsets.h"

#include <gtest/gtest.h>

#include <string>

namespace quoth {
namespace {

using std::string_literals::operator""s;

struct Case {
  std::string before;  // The offset of what comes behind this is asked for.
  uint32_t utf8;
  uint32_t utf16;
  uint32_t utf32;
};

TEST(OffsetConverterTest, CountsEachUnit) {
  for (const Case& c : {
           Case{"", 0, 0, 0}, Case{"plain", 5, 5, 5}, Case{"“Qué?” ", 12, 7, 7},
           Case{"😀", 4, 2, 1}, Case{"a😀b😀c", 11, 7, 5},
           Case{"👩‍👩‍👧", 18, 8, 5},  // Joined by U+200D.
           Case{"🇮🇷", 8, 4, 2},                   // A flag.
           Case{"e\xCC\x81", 3, 2, 2},            // A combining accent.
           Case{"\xEF\xBB\xBF", 3, 1, 1},         // A byte order mark.
           Case{"a\0b"s, 3, 3, 3},                // NUL.
           Case{"a\r\nb", 4, 4, 4},               // CRLF.
           Case{"\xEF\xBF\xBF", 3, 1, 1},      // The last of the basic plane.
           Case{"\xF0\x90\x80\x80", 4, 2, 1},  // The first of the next.
           Case{"\xF4\x8F\xBF\xBF", 4, 2, 1},  // The last of all.
       }) {
    for (const std::string& behind : {""s, "x"s, "😀"s}) {
      const Text text = *Text::FromUtf8(c.before + behind);
      const uint32_t i = c.utf32;
      EXPECT_EQ(OffsetConverter(text, OffsetUnit::kUtf8).ToUnits(i), c.utf8);
      EXPECT_EQ(OffsetConverter(text, OffsetUnit::kUtf16).ToUnits(i), c.utf16);
      EXPECT_EQ(OffsetConverter(text, OffsetUnit::kUtf32).ToUnits(i), c.utf32);
    }
  }
}

TEST(OffsetConverterTest, AgreesWithUtf16CodeUnits) {
  const std::u32string points = U"a😀“é👩‍👧𝔘\u0301z";
  const std::u16string units = u"a😀“é👩‍👧𝔘\u0301z";
  const Text text = *Text::FromUtf8("a😀“é👩‍👧𝔘\u0301z");
  const OffsetConverter utf16(text, OffsetUnit::kUtf16);
  ASSERT_EQ(text.size(), points.size());
  for (uint32_t i = 0; i < text.size(); ++i) {
    const char16_t unit = units[utf16.ToUnits(i)];
    if (points[i] <= 0xFFFF) {
      EXPECT_EQ(unit, points[i]);
    } else {
      EXPECT_EQ(unit, 0xD800 + ((points[i] - 0x10000) >> 10));
    }
  }
  EXPECT_EQ(utf16.ToUnits(text.size()), units.size());
}

}  // namespace
}  // namespace quoth
