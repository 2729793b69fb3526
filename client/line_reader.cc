#include "client/line_reader.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "absl/status/status.h"

namespace quoth::client {
namespace {

// What is asked of the file system at a time.
constexpr size_t kReadBytes = 1 << 16;

}  // namespace

LineReader::LineReader(int fd, size_t max_bytes)
    : fd_(fd), max_bytes_(max_bytes) {}

absl::StatusOr<std::optional<Line>> LineReader::Next() {
  Line line;
  bool any = false;
  while (!line.ended) {
    if (at_ == buffer_.size()) {
      buffer_.resize(kReadBytes);
      at_ = 0;
      ssize_t got;
      do {
        got = read(fd_, buffer_.data(), buffer_.size());
      } while (got < 0 && errno == EINTR);
      const int error = errno;
      buffer_.resize(std::max<ssize_t>(got, 0));
      if (got < 0) return absl::ErrnoToStatus(error, "cannot be read");
      if (got == 0) break;
    }
    any = true;
    const size_t found = buffer_.find('\n', at_);
    line.ended = found != std::string::npos;
    const size_t end = line.ended ? found : buffer_.size();
    const size_t room = max_bytes_ - line.bytes.size();
    line.cut = line.cut || end - at_ > room;
    line.bytes.append(buffer_, at_, std::min(end - at_, room));
    const size_t next = end + (line.ended ? 1 : 0);
    offset_ += next - at_;
    at_ = next;
  }
  if (!any) return std::nullopt;
  line.end = offset_;
  return line;
}

}  // namespace quoth::client
