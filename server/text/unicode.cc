#include "server/text/unicode.h"

#include <utf8proc.h>

#include <array>

namespace quoth {
namespace {

constexpr char32_t kReplacement = 0xFFFD;

CharClass ClassOfSlow(char32_t c) {
  if (c == kReplacement) return CharClass::kIgnored;
  if (c == U'_') return CharClass::kUnderscore;
  c = RepairC1(c);
  switch (utf8proc_category(static_cast<utf8proc_int32_t>(c))) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
      return CharClass::kLetter;
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ME:
      return CharClass::kCombining;
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_NL:
    case UTF8PROC_CATEGORY_NO:
      return CharClass::kNumber;
    case UTF8PROC_CATEGORY_PC:
    case UTF8PROC_CATEGORY_PD:
    case UTF8PROC_CATEGORY_PS:
    case UTF8PROC_CATEGORY_PE:
    case UTF8PROC_CATEGORY_PI:
    case UTF8PROC_CATEGORY_PF:
    case UTF8PROC_CATEGORY_PO:
      return CharClass::kPunctuation;
    case UTF8PROC_CATEGORY_ZS:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
    case UTF8PROC_CATEGORY_CC:
      return CharClass::kSpace;
    case UTF8PROC_CATEGORY_CF:
    case UTF8PROC_CATEGORY_CS:
    case UTF8PROC_CATEGORY_CO:
      return CharClass::kIgnored;
    default:
      return CharClass::kSymbol;
  }
}

// Latin text and the general punctuation are all that most articles hold.
constexpr char32_t kTableSize = 0x2100;

const std::array<CharClass, kTableSize>& ClassTable() {
  static const std::array<CharClass, kTableSize> table = [] {
    std::array<CharClass, kTableSize> t;
    for (char32_t c = 0; c < kTableSize; ++c) t[c] = ClassOfSlow(c);
    return t;
  }();
  return table;
}

}  // namespace

CharClass ClassOf(char32_t c) {
  return c < kTableSize ? ClassTable()[c] : ClassOfSlow(c);
}

bool IsLineBreak(char32_t c) {
  return c == U'\n' || c == U'\r' || c == 0x85 || c == 0x2028 || c == 0x2029;
}

bool IsUpper(char32_t c) {
  if (c < 0x80) return c >= U'A' && c <= U'Z';
  const utf8proc_category_t category =
      utf8proc_category(static_cast<utf8proc_int32_t>(c));
  return category == UTF8PROC_CATEGORY_LU || category == UTF8PROC_CATEGORY_LT;
}

bool IsLower(char32_t c) {
  if (c < 0x80) return c >= U'a' && c <= U'z';
  // The ordinal indicators are letters of no case by category, but lower case
  // by Unicode's derived property.
  return c == U'ª' || c == U'º' ||
         utf8proc_category(static_cast<utf8proc_int32_t>(c)) ==
             UTF8PROC_CATEGORY_LL;
}

bool IsDecimal(char32_t c) {
  if (c < 0x80) return c >= U'0' && c <= U'9';
  if (c == U'²' || c == U'³' || c == U'¹') return true;
  if (c == 0x2070 || (c >= 0x2074 && c <= 0x2079)) return true;
  if (c >= 0x2080 && c <= 0x2089) return true;
  return utf8proc_category(static_cast<utf8proc_int32_t>(c)) ==
         UTF8PROC_CATEGORY_ND;
}

char32_t RepairC1(char32_t c) {
  if (c < 0x91 || c > 0x97) return c;
  constexpr char32_t kWindows1252[] = U"‘’“”•–—";
  return kWindows1252[c - 0x91];
}

}  // namespace quoth
