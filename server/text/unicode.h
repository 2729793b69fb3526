// What kind of character a code point is, for words, word pieces, sentences
// and quotation marks alike.
//
//   ClassOf(U'é');              // CharClass::kLetter
//   IsWordClass(ClassOf(U'_')); // true

#ifndef QUOTH_SERVER_TEXT_UNICODE_H_
#define QUOTH_SERVER_TEXT_UNICODE_H_

#include <cstdint>

namespace quoth {

enum class CharClass : uint8_t {
  kSpace,        // Z*, and every control character (Cc).
  kIgnored,      // Cf, Co, U+FFFD: written, but neither seen nor read.
  kCombining,    // M*: part of the character before it.
  kLetter,       // L*
  kNumber,       // N*
  kUnderscore,   // U+005F alone: part of words, but no letter.
  kPunctuation,  // P* but the underscore.
  kSymbol,       // S*, and what utf8proc's Unicode does not know yet (Cn).
};

CharClass ClassOf(char32_t c);

// Part of a word: what Python's \w matches.
inline bool IsWordClass(CharClass c) {
  return c == CharClass::kLetter || c == CharClass::kNumber ||
         c == CharClass::kUnderscore;
}

inline bool IsSpace(char32_t c) { return ClassOf(c) == CharClass::kSpace; }

// LF, CR, U+0085, U+2028, U+2029.
bool IsLineBreak(char32_t c);

bool IsUpper(char32_t c);  // Upper or title case.
bool IsLower(char32_t c);
bool IsDecimal(char32_t c);  // Nd, and the superscript and subscript digits.

// ' or ’.
inline bool IsApostrophe(char32_t c) { return c == U'\'' || c == U'’'; }

// The character that stands in Windows-1252 where a C1 control character
// stands in `c`, if that is a quotation mark, a dash or a bullet: text that was
// decoded as Latin-1 has U+0093 for “ and U+0092 for ’. Any other character is
// given back as it is.
char32_t RepairC1(char32_t c);

}  // namespace quoth

#endif  // QUOTH_SERVER_TEXT_UNICODE_H_
