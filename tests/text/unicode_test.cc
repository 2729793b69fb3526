#include "server/text/unicode.h"

#include <gtest/gtest.h>

namespace quoth {
namespace {

TEST(ClassOfTest, TellsKindsApart) {
  struct Case {
    char32_t c;
    CharClass kind;
  };
  for (const Case& c : {
           Case{U' ', CharClass::kSpace},
           Case{U'\n', CharClass::kSpace},
           Case{U'\0', CharClass::kSpace},
           Case{0x1B, CharClass::kSpace},
           Case{0x83, CharClass::kSpace},
           Case{0xA0, CharClass::kSpace},
           Case{0x2003, CharClass::kSpace},
           Case{0x2028, CharClass::kSpace},
           Case{0x3000, CharClass::kSpace},
           Case{0xAD, CharClass::kIgnored},     // Soft hyphen.
           Case{0x200B, CharClass::kIgnored},   // Zero-width space.
           Case{0xFEFF, CharClass::kIgnored},   // Byte order mark.
           Case{0xFFFD, CharClass::kIgnored},   // Replacement character.
           Case{0xE000, CharClass::kIgnored},   // Private use.
           Case{0x301, CharClass::kCombining},  // Acute.
           Case{0xFE0F, CharClass::kCombining},
           Case{0x20E3, CharClass::kCombining},
           Case{U'a', CharClass::kLetter},
           Case{U'É', CharClass::kLetter},
           Case{U'中', CharClass::kLetter},
           Case{U'7', CharClass::kNumber},
           Case{U'½', CharClass::kNumber},
           Case{U'²', CharClass::kNumber},
           Case{U'_', CharClass::kUnderscore},
           Case{U'.', CharClass::kPunctuation},
           Case{U'“', CharClass::kPunctuation},
           Case{U'—', CharClass::kPunctuation},
           Case{0x92, CharClass::kPunctuation},  // ’ in Windows-1252.
           Case{U'$', CharClass::kSymbol},
           Case{U'€', CharClass::kSymbol},
           Case{U'😀', CharClass::kSymbol},
           Case{0x378, CharClass::kSymbol},  // Not assigned.
       }) {
    EXPECT_EQ(ClassOf(c.c), c.kind) << static_cast<uint32_t>(c.c);
  }
}

TEST(ClassOfTest, TakesAnyCodePoint) {
  for (char32_t c = 0; c <= 0x10FFFF; c += 97) {
    EXPECT_LE(ClassOf(c), CharClass::kSymbol);
  }
}

TEST(UnicodeTest, KnowsLineBreaks) {
  for (const char32_t c : {0x0A, 0x0D, 0x85, 0x2028, 0x2029}) {
    EXPECT_TRUE(IsLineBreak(c));
    EXPECT_TRUE(IsSpace(c));
  }
  for (const char32_t c : {U' ', U'\t', U'\f', U'a'}) {
    EXPECT_FALSE(IsLineBreak(c));
  }
}

TEST(UnicodeTest, KnowsCase) {
  EXPECT_TRUE(IsUpper(U'A') && IsUpper(U'É') && IsUpper(U'ǅ') && IsUpper(U'Я'));
  EXPECT_FALSE(IsUpper(U'a') || IsUpper(U'1') || IsUpper(U'中'));
  EXPECT_TRUE(IsLower(U'a') && IsLower(U'é') && IsLower(U'ß') && IsLower(U'º'));
  EXPECT_FALSE(IsLower(U'A') || IsLower(U'1') || IsLower(U'中'));
}

TEST(UnicodeTest, KnowsDigits) {
  EXPECT_TRUE(IsDecimal(U'0') && IsDecimal(U'٣') && IsDecimal(U'²'));
  EXPECT_FALSE(IsDecimal(U'½') || IsDecimal(U'Ⅷ') || IsDecimal(U'a'));
}

TEST(UnicodeTest, RepairsWindows1252Marks) {
  EXPECT_EQ(RepairC1(0x91), U'‘');
  EXPECT_EQ(RepairC1(0x92), U'’');
  EXPECT_EQ(RepairC1(0x93), U'“');
  EXPECT_EQ(RepairC1(0x94), U'”');
  EXPECT_EQ(RepairC1(0x97), U'—');
  EXPECT_EQ(RepairC1(0x90), 0x90);
  EXPECT_EQ(RepairC1(0x98), 0x98);
  EXPECT_EQ(RepairC1(U'x'), U'x');
}

}  // namespace
}  // namespace quoth
