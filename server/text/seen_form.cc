#include "server/text/seen_form.h"

#include <utf8proc.h>

#include <algorithm>
#include <string>
#include <string_view>

#include "server/text/unicode.h"

namespace quoth {

std::string SeenForm(std::string_view utf8) {
  const bool ascii = std::all_of(utf8.begin(), utf8.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x80;
  });
  if (ascii) return std::string(utf8);
  std::string seen;
  seen.reserve(utf8.size());
  while (!utf8.empty()) {
    utf8proc_int32_t c = 0;
    const utf8proc_ssize_t size =
        utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(utf8.data()),
                         static_cast<utf8proc_ssize_t>(utf8.size()), &c);
    if (size <= 0) break;  // No UTF-8: words are.
    utf8.remove_prefix(static_cast<size_t>(size));
    const auto point = static_cast<char32_t>(c);
    if (ClassOf(point) == CharClass::kIgnored) continue;
    utf8proc_uint8_t bytes[4];
    const utf8proc_ssize_t n = utf8proc_encode_char(
        static_cast<utf8proc_int32_t>(RepairC1(point)), bytes);
    seen.append(reinterpret_cast<const char*>(bytes), static_cast<size_t>(n));
  }
  return seen;
}

}  // namespace quoth
