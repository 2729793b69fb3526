// Which language a text is in, and whether the model reads it.
//
//   DetectLanguage("Le ministre a déclaré mardi que ...");   // "fr"
//   IsSupportedLanguage("en-GB");                             // true

#ifndef QUOTH_SERVER_TEXT_LANGUAGE_H_
#define QUOTH_SERVER_TEXT_LANGUAGE_H_

#include <string>
#include <string_view>

namespace quoth {

// A BCP 47 code ("en", "fr", "zh-Hant"), or "und" if the text is too short or
// too mixed to tell; a language other than English needs the more evidence, as
// it means that the text cannot be read. Reads at most the first
// kMaxDetectionBytes bytes.
// `utf8` must be valid UTF-8.
inline constexpr size_t kMaxDetectionBytes = 16384;
std::string DetectLanguage(std::string_view utf8);

// Whether `code` looks like a BCP 47 code: letters and digits in parts of 1 to
// 8, joined by hyphens, at most 35 characters.
bool IsLanguageCode(std::string_view code);

// Whether the model reads it: English in any region or script.
bool IsSupportedLanguage(std::string_view code);

}  // namespace quoth

#endif  // QUOTH_SERVER_TEXT_LANGUAGE_H_
