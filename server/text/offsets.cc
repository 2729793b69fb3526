#include "server/text/offsets.h"

#include <algorithm>

namespace quoth {

OffsetConverter::OffsetConverter(const Text& text, OffsetUnit unit)
    : text_(text), unit_(unit) {
  if (unit != OffsetUnit::kUtf16) return;
  for (uint32_t i = 0; i < text.size(); ++i) {
    if (text.at(i) > 0xFFFF) astral_.push_back(i);
  }
}

uint32_t OffsetConverter::ToUnits(uint32_t i) const {
  switch (unit_) {
    case OffsetUnit::kUtf8:
      return text_.ByteOffset(i);
    case OffsetUnit::kUtf16:
      return i + static_cast<uint32_t>(
                     std::lower_bound(astral_.begin(), astral_.end(), i) -
                     astral_.begin());
    case OffsetUnit::kUtf32:
      break;
  }
  return i;
}

}  // namespace quoth
