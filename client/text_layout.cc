#include "client/text_layout.h"

#include <utf8proc.h>

#include <algorithm>

namespace quoth::client {
namespace {

constexpr char kReplacement[] = "\xEF\xBF\xBD";

// The code point at the front of `text`, and its bytes. A byte that begins no
// valid one gives -1.
struct Front {
  utf8proc_int32_t point = -1;
  size_t bytes = 1;
};

Front ReadFront(std::string_view text) {
  Front front;
  const utf8proc_ssize_t read = utf8proc_iterate(
      reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
      static_cast<utf8proc_ssize_t>(text.size()), &front.point);
  if (read > 0) front.bytes = static_cast<size_t>(read);
  return front;
}

bool IsSpaceControl(utf8proc_int32_t c) {
  return (c >= '\t' && c <= '\r') || c == 0x85 || c == 0x2028 || c == 0x2029;
}

// Embeddings, overrides and isolates: they can make a line read otherwise than
// it is written.
bool IsReordering(utf8proc_int32_t c) {
  return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

// A character as readers see it: a letter with its marks, an emoji with its
// modifiers.
struct Cluster {
  size_t bytes = 0;
  int columns = 0;
};

// The first cluster of `text`, which is not empty.
Cluster FirstCluster(std::string_view text) {
  Cluster cluster;
  utf8proc_int32_t state = 0;
  utf8proc_int32_t last = -1;
  while (cluster.bytes < text.size()) {
    const Front front = ReadFront(text.substr(cluster.bytes));
    if (last >= 0 && (front.point < 0 || utf8proc_grapheme_break_stateful(
                                             last, front.point, &state))) {
      break;
    }
    cluster.bytes += front.bytes;
    cluster.columns =
        std::max(cluster.columns, utf8proc_charwidth(front.point));
    if (front.point < 0) break;
    last = front.point;
  }
  return cluster;
}

// Puts words into lines.
class Wrapper {
 public:
  explicit Wrapper(int columns) : columns_(columns) {}

  void Add(std::string_view word) {
    const int width = DisplayWidth(word);
    const int space = line_.empty() ? 0 : 1;
    if (used_ + space + width <= columns_) {
      if (space == 1) line_ += ' ';
      line_ += word;
      used_ += space + width;
      return;
    }
    Break();
    if (width <= columns_) {
      line_ = word;
      used_ = width;
    } else {
      AddPieces(word);
    }
  }

  std::vector<std::string> Finish() {
    if (!line_.empty() || lines_.empty()) lines_.push_back(line_);
    return std::move(lines_);
  }

 private:
  void Break() {
    if (!line_.empty()) lines_.push_back(line_);
    line_.clear();
    used_ = 0;
  }

  void AddPieces(std::string_view word) {
    while (!word.empty()) {
      const Cluster cluster = FirstCluster(word);
      if (used_ + cluster.columns > columns_) Break();
      line_ += word.substr(0, cluster.bytes);
      used_ += cluster.columns;
      word.remove_prefix(cluster.bytes);
    }
  }

  const int columns_;
  std::string line_;
  int used_ = 0;
  std::vector<std::string> lines_;
};

}  // namespace

std::string Printable(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const Front front = ReadFront(text);
    if (front.point < 0) {
      out += kReplacement;
    } else if (IsSpaceControl(front.point)) {
      out += ' ';
    } else if (utf8proc_category(front.point) == UTF8PROC_CATEGORY_CC) {
      out += kReplacement;
    } else if (!IsReordering(front.point)) {
      out += text.substr(0, front.bytes);
    }
    text.remove_prefix(front.bytes);
  }
  return out;
}

std::string ValidUtf8(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const Front front = ReadFront(text);
    out += front.point < 0 ? kReplacement : text.substr(0, front.bytes);
    text.remove_prefix(front.bytes);
  }
  return out;
}

int DisplayWidth(std::string_view printable) {
  int columns = 0;
  while (!printable.empty()) {
    const Cluster cluster = FirstCluster(printable);
    columns += cluster.columns;
    printable.remove_prefix(cluster.bytes);
  }
  return columns;
}

std::vector<std::string> WrapText(std::string_view printable, int columns) {
  Wrapper wrapper(columns);
  while (!printable.empty()) {
    const size_t begin = printable.find_first_not_of(' ');
    if (begin == std::string_view::npos) break;
    printable.remove_prefix(begin);
    const std::string_view word = printable.substr(0, printable.find(' '));
    wrapper.Add(word);
    printable.remove_prefix(word.size());
  }
  return wrapper.Finish();
}

}  // namespace quoth::client
