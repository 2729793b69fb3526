// From code points to the caller's unit: UTF-8 bytes, UTF-16 code units or
// code points.
//
//   OffsetConverter utf16(text, OffsetUnit::kUtf16);
//   utf16.ToUnits(7);         // code units before code point 7

#ifndef QUOTH_SERVER_TEXT_OFFSETS_H_
#define QUOTH_SERVER_TEXT_OFFSETS_H_

#include <cstdint>
#include <vector>

#include "server/text/text.h"

namespace quoth {

enum class OffsetUnit { kUtf8, kUtf16, kUtf32 };

// Refers to `text`, which must outlive it. Constant time a conversion; for
// UTF-16 logarithmic in the number of code points outside the basic
// multilingual plane, which the constructor finds in one pass and keeps at 4
// bytes each.
class OffsetConverter {
 public:
  OffsetConverter(const Text& text, OffsetUnit unit);

  // Requires i <= text.size().
  uint32_t ToUnits(uint32_t i) const;

 private:
  const Text& text_;
  OffsetUnit unit_;
  std::vector<uint32_t> astral_;  // Code points that take two code units.
};

}  // namespace quoth

#endif  // QUOTH_SERVER_TEXT_OFFSETS_H_
