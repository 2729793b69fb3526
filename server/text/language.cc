#include "server/text/language.h"

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
  if (text_bytes < kLeastForeignBytes || percents[0] < kLeastForeignPercent) {
    return kUndetermined;
  }
  const std::string code = ToBcp47(CLD2::LanguageCode(best));
  // "un" is unknown; "xx-..." and "x..." name scripts and jests.
  if (code.empty() || code == "un" || code[0] == 'x' || !IsLanguageCode(code)) {
    return code == "xh" ? code : kUndetermined;
  }
  return code;
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
