#include "client/article_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <optional>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "client/options.h"
#include "server/text/text.h"

namespace quoth::client {
namespace {

// What is asked of the file system at a time.
constexpr size_t kReadBytes = 1 << 16;

absl::Status TooLong(size_t bytes, size_t max_bytes) {
  return absl::InvalidArgumentError(absl::StrCat(
      "it is ", bytes, " bytes long; the server takes at most ", max_bytes));
}

}  // namespace

absl::StatusOr<std::string> ReadArticleFrom(int fd, size_t max_bytes) {
  struct stat about;
  if (fstat(fd, &about) != 0) {
    return absl::ErrnoToStatus(errno, "cannot be read");
  }
  if (S_ISREG(about.st_mode) && about.st_size > max_bytes) {
    return TooLong(about.st_size, max_bytes);
  }
  std::string bytes;
  while (true) {
    const size_t had = bytes.size();
    // One byte over the limit tells a text at the limit from a longer one.
    bytes.resize(std::min(had + kReadBytes, max_bytes + 1));
    const ssize_t got = read(fd, bytes.data() + had, bytes.size() - had);
    if (got < 0 && errno != EINTR) {
      return absl::ErrnoToStatus(errno, "cannot be read");
    }
    bytes.resize(had + std::max<ssize_t>(got, 0));
    if (got == 0) break;
    if (bytes.size() > max_bytes) {
      return absl::InvalidArgumentError(absl::StrCat(
          "it is longer than the ", max_bytes, " bytes that the server takes"));
    }
  }
  const std::optional<size_t> invalid = FindInvalidUtf8(bytes);
  if (invalid.has_value()) {
    return absl::InvalidArgumentError(
        absl::StrCat("it is not UTF-8: see byte ", *invalid));
  }
  return bytes;
}

absl::StatusOr<std::string> ReadArticle(const std::string& name,
                                        size_t max_bytes) {
  if (name == kStdin) return ReadArticleFrom(STDIN_FILENO, max_bytes);
  const int fd = open(name.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return absl::ErrnoToStatus(errno, "cannot be opened");
  absl::StatusOr<std::string> text = ReadArticleFrom(fd, max_bytes);
  close(fd);
  return text;
}

}  // namespace quoth::client
