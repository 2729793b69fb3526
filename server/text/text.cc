#include "server/text/text.h"

#include <algorithm>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace quoth {
namespace {

// Decodes the sequence at `p`, of which `left` bytes are there. Returns its
// length, or 0 if it is not well-formed (Unicode 15, table 3-7).
inline int Decode(const unsigned char* p, size_t left, char32_t* point) {
  const unsigned char a = p[0];
  if (a < 0x80) {
    *point = a;
    return 1;
  }
  const auto continues = [&](size_t i) {
    return i < left && (p[i] & 0xC0) == 0x80;
  };
  if (a >= 0xC2 && a <= 0xDF) {
    if (!continues(1)) return 0;
    *point = (a & 0x1Fu) << 6 | (p[1] & 0x3Fu);
    return 2;
  }
  if (a >= 0xE0 && a <= 0xEF) {
    if (!continues(1) || !continues(2)) return 0;
    const char32_t c = (a & 0x0Fu) << 12 | (p[1] & 0x3Fu) << 6 | (p[2] & 0x3Fu);
    if (c < 0x800 || (c >= 0xD800 && c <= 0xDFFF)) return 0;
    *point = c;
    return 3;
  }
  if (a >= 0xF0 && a <= 0xF4) {
    if (!continues(1) || !continues(2) || !continues(3)) return 0;
    const char32_t c = (a & 0x07u) << 18 | (p[1] & 0x3Fu) << 12 |
                       (p[2] & 0x3Fu) << 6 | (p[3] & 0x3Fu);
    if (c < 0x10000 || c > 0x10FFFF) return 0;
    *point = c;
    return 4;
  }
  return 0;
}

}  // namespace

std::optional<size_t> FindInvalidUtf8(std::string_view bytes) {
  const auto* p = reinterpret_cast<const unsigned char*>(bytes.data());
  for (size_t i = 0; i < bytes.size();) {
    char32_t point;
    const int length = Decode(p + i, bytes.size() - i, &point);
    if (length == 0) return i;
    i += static_cast<size_t>(length);
  }
  return std::nullopt;
}

absl::StatusOr<Text> Text::FromUtf8(std::string_view bytes) {
  if (bytes.size() > kMaxBytes) {
    return absl::InvalidArgumentError(absl::StrCat(
        "text has ", bytes.size(), " bytes, more than ", kMaxBytes));
  }
  Text text;
  const auto points =
      static_cast<size_t>(std::count_if(bytes.begin(), bytes.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
      }));
  text.points_.reserve(points);
  text.offsets_.reserve(points + 1);
  const auto* p = reinterpret_cast<const unsigned char*>(bytes.data());
  for (size_t i = 0; i < bytes.size();) {
    char32_t point;
    const int length = Decode(p + i, bytes.size() - i, &point);
    if (length == 0) {
      return absl::InvalidArgumentError(
          absl::StrCat("text is not valid UTF-8 at byte ", i));
    }
    i += static_cast<size_t>(length);
    text.points_.push_back(point);
    text.offsets_.push_back(static_cast<uint32_t>(i));
  }
  text.bytes_.assign(bytes);
  return text;
}

uint32_t Text::CodePointAtByte(uint32_t byte) const {
  const auto after = std::upper_bound(offsets_.begin(), offsets_.end(), byte);
  return static_cast<uint32_t>(after - offsets_.begin()) - 1;
}

}  // namespace quoth
