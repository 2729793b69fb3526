#include "server/text/language.h"

#include <cstdio>  // CLD2's header wants FILE and does not say so.

// Behind the line above.
#include <cld2/public/compact_lang_det.h>
#include <cld2/public/encodings.h>

#include <algorithm>
#include <cctype>

namespace quoth {
namespace {

constexpr char kUndetermined[] = "und";

// CLD2 counts letters in bytes of UTF-8. Less than this of a language other
// than English, or less than this share of the text, is too little to refuse
// the text: a short sentence of names and one common word often looks foreign.
constexpr int kLeastForeignBytes = 60;
constexpr int kLeastForeignPercent = 75;
// In another script it does not.
constexpr int kLeastNonLatinBytes = 20;

bool IsAlnum(char c) { return std::isalnum(static_cast<unsigned char>(c)); }

// CLD2 keeps some codes that ISO 639 has withdrawn.
std::string ToBcp47(std::string_view code) {
  if (code == "iw") return "he";
  if (code == "jw") return "jv";
  if (code == "in") return "id";
  if (code == "mo") return "ro";
  return std::string(code);
}

}  // namespace

std::string DetectLanguage(std::string_view utf8) {
  if (utf8.size() > kMaxDetectionBytes) {
    size_t end = kMaxDetectionBytes;
    while (end > 0 && (static_cast<unsigned char>(utf8[end]) & 0xC0) == 0x80) {
      --end;
    }
    utf8 = utf8.substr(0, end);
  }
  if (utf8.empty()) return kUndetermined;
  // CLD2 takes NUL for the end and may look a few bytes past the end.
  std::string bytes(utf8);
  std::replace(bytes.begin(), bytes.end(), '\0', ' ');
  bytes.append(16, ' ');

  CLD2::Language languages[3];
  int percents[3];
  int text_bytes = 0;
  bool reliable = false;
  CLD2::ExtDetectLanguageSummary(bytes.data(), static_cast<int>(utf8.size()),
                                 /*is_plain_text=*/true, languages, percents,
                                 &text_bytes, &reliable);
  if (!reliable) return kUndetermined;
  const CLD2::Language best = languages[0];
  if (best == CLD2::ENGLISH) return "en";
  const auto ascii_letters = std::count_if(
      utf8.begin(), utf8.end(),
      [](char c) { return std::isalpha(static_cast<unsigned char>(c)); });
  const int least =
      ascii_letters * 4 < text_bytes ? kLeastNonLatinBytes : kLeastForeignBytes;
  if (text_bytes < least || percents[0] < kLeastForeignPercent) {
    return kUndetermined;
  }
  const std::string code = ToBcp47(CLD2::LanguageCode(best));
  // "un" is unknown; "xx-Latn" and the like are scripts and jests, and only
  // "xh" with an x is a language.
  const bool language =
      IsLanguageCode(code) && code != "un" && (code[0] != 'x' || code == "xh");
  return language ? code : kUndetermined;
}

bool IsLanguageCode(std::string_view code) {
  if (code.empty() || code.size() > 35) return false;
  size_t part = 0;
  for (const char c : code) {
    if (c == '-') {
      if (part == 0) return false;
      part = 0;
    } else if (!IsAlnum(c) || ++part > 8) {
      return false;
    }
  }
  return part > 0;
}

bool IsSupportedLanguage(std::string_view code) {
  if (!IsLanguageCode(code)) return false;
  const std::string_view primary = code.substr(0, code.find('-'));
  return primary.size() == 2 && (primary[0] | 0x20) == 'e' &&
         (primary[1] | 0x20) == 'n';
}

}  // namespace quoth
