#include "client/progress.h"

#include <algorithm>

#include "absl/strings/str_cat.h"

namespace quoth::client {

Progress::Progress(std::ostream& err, const Terminal& terminal, size_t items)
    : err_(err),
      enabled_(terminal.is_terminal && items > 1),
      columns_(terminal.columns),
      items_(items) {}

void Progress::Advance(bool failed) {
  ++done_;
  if (failed) ++failed_;
}

std::string Progress::Bar() const {
  std::string counts = absl::StrCat(" ", done_, "/", items_);
  if (failed_ > 0) absl::StrAppend(&counts, ", ", failed_, " failed");
  const int room = columns_ - static_cast<int>(counts.size()) - 3;
  const int width = std::clamp(room, 0, 40);
  const int filled = static_cast<int>(done_ * width / items_);
  return absl::StrCat("[", std::string(filled, '#'),
                      std::string(width - filled, ' '), "]", counts);
}

void Progress::Show() {
  if (enabled_) err_ << '\r' << Bar() << std::flush;
}

// Back to the line's start, and all behind it is erased.
void Progress::Hide() {
  if (enabled_) err_ << "\r\x1b[K" << std::flush;
}

}  // namespace quoth::client
