// A text that is known to be valid UTF-8, indexed by code point.
//
//   absl::StatusOr<Text> text = Text::FromUtf8("“Qué?” he asked.");
//   text->size();               // 16 code points
//   text->Slice({1, 5});        // "Qué?"
//   text->at(0);                // U'“'

#ifndef QUOTH_SERVER_TEXT_TEXT_H_
#define QUOTH_SERVER_TEXT_TEXT_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "server/text/span.h"

namespace quoth {

// The offset of the first byte that is not part of well-formed UTF-8 (an
// overlong form, a surrogate, a value over U+10FFFF, a cut sequence), or
// nullopt if there is none. One linear pass.
std::optional<size_t> FindInvalidUtf8(std::string_view bytes);

// Owns its bytes; immutable. Holds 8 bytes of index a code point.
class Text {
 public:
  // Texts are limited to kMaxBytes so that every offset in every unit fits an
  // int32, the type of the contract.
  static constexpr size_t kMaxBytes = size_t{1} << 30;

  Text() = default;

  // InvalidArgument if `bytes` is not valid UTF-8 (the message gives the byte
  // offset, never the bytes) or longer than kMaxBytes.
  static absl::StatusOr<Text> FromUtf8(std::string_view bytes);

  // In code points.
  uint32_t size() const { return static_cast<uint32_t>(points_.size()); }
  bool empty() const { return points_.empty(); }

  // Requires i < size().
  char32_t at(uint32_t i) const { return points_[i]; }

  const std::string& bytes() const { return bytes_; }

  // The byte at which code point i begins; the number of bytes for size().
  // Requires i <= size().
  uint32_t ByteOffset(uint32_t i) const { return offsets_[i]; }

  // The code point that holds byte `byte`; size() for the number of bytes.
  uint32_t CodePointAtByte(uint32_t byte) const;

  // The bytes of a span, a view into bytes(). Requires span.end <= size().
  std::string_view Slice(Span span) const {
    return std::string_view(bytes_).substr(
        offsets_[span.begin], offsets_[span.end] - offsets_[span.begin]);
  }

 private:
  std::string bytes_;
  std::vector<char32_t> points_;
  std::vector<uint32_t> offsets_ = {0};  // size() + 1 entries.
};

}  // namespace quoth

#endif  // QUOTH_SERVER_TEXT_TEXT_H_
