#include "server/engine/notices.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "re2/re2.h"
#include "server/engine/engine.h"
#include "server/text/document.h"
#include "server/text/quotations.h"
#include "server/text/span.h"
#include "server/text/text.h"

namespace quoth {
namespace {

const RE2& MarkupPattern() {
  static const RE2* const pattern = new RE2(
      R"((?i)(</?(?:p|div|a|br|span|b|i|em|strong|ul|ol|li|img|table|tr|td|h[1-6]|blockquote|script|style|html|body|section|article|figure)\b[^<>]{0,1000}>|&(?:nbsp|quot|amp|lt|gt|[lr][sd]quo|#x?[0-9a-f]{2,6});))");
  return *pattern;
}

std::optional<Span> FindMarkup(const Text& text) {
  const std::string_view bytes = text.bytes();
  // Cheaper than the pattern for the texts that have none.
  if (bytes.find_first_of("<&") == std::string_view::npos) return std::nullopt;
  re2::StringPiece match;
  if (!RE2::PartialMatch(re2::StringPiece(bytes.data(), bytes.size()),
                         MarkupPattern(), &match)) {
    return std::nullopt;
  }
  const uint32_t begin = static_cast<uint32_t>(match.data() - bytes.data());
  return Span{
      text.CodePointAtByte(begin),
      text.CodePointAtByte(begin + static_cast<uint32_t>(match.size()))};
}

bool IsStrayControl(char32_t c) {
  const bool white_space = c >= U'\t' && c <= U'\r';
  const bool control = c < 0x20 || (c >= 0x7F && c < 0xA0);
  return control && !white_space && c != 0x85;
}

std::optional<Span> FindControl(const Text& text) {
  for (uint32_t i = 0; i < text.size(); ++i) {
    if (IsStrayControl(text.at(i))) return Span{i, i + 1};
  }
  return std::nullopt;
}

}  // namespace

std::vector<Notice> FindNotices(const Document& doc, bool language_supported) {
  std::vector<Notice> notices;
  for (const Quotation& quotation : doc.quotations.quotations) {
    if (quotation.end != QuotationEnd::kUnclosed) continue;
    if (notices.size() == kMaxNoticesOfType) break;
    notices.push_back({NoticeType::kUnclosedQuotation,
                       "A quotation is opened but never closed.",
                       quotation.outer});
  }
  if (!language_supported) {
    notices.push_back({NoticeType::kUnsupportedLanguage,
                       "The text is not in English: only quotations in "
                       "quotation marks were extracted, without cue and "
                       "speaker.",
                       std::nullopt});
  }
  if (const std::optional<Span> span = FindMarkup(doc.text)) {
    notices.push_back({NoticeType::kHtmlMarkup,
                       "The text holds HTML, which was read as if it were "
                       "words; the span is the first of it.",
                       span});
  }
  if (const std::optional<Span> span = FindControl(doc.text)) {
    notices.push_back({NoticeType::kControlCharacters,
                       "The text holds control characters, which were read as "
                       "white space, but those of Windows-1252 punctuation "
                       "(U+0091 to U+0097) as that; the span is the first of "
                       "them.",
                       span});
  }
  return notices;
}

}  // namespace quoth
