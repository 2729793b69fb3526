// Reads a file line by line, in bounded memory whatever is in it.
//
//   LineReader reader(fd, /*max_bytes=*/1 << 20);
//   while (true) {
//     absl::StatusOr<std::optional<Line>> line = reader.Next();
//     if (!line.ok() || !line->has_value()) break;
//     Use((*line)->bytes);
//   }

#ifndef QUOTH_CLIENT_LINE_READER_H_
#define QUOTH_CLIENT_LINE_READER_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/statusor.h"

namespace quoth::client {

struct Line {
  std::string bytes;   // Without the line break; at most max_bytes.
  bool cut = false;    // There were more bytes than that.
  bool ended = false;  // By a line break, not by the end of the file.
  uint64_t end = 0;    // Offset behind the line and its break.
};

class LineReader {
 public:
  // `fd` stays open and is the caller's. It is read from where it stands,
  // which is offset 0.
  LineReader(int fd, size_t max_bytes);

  // Nullopt at the end of the file. The file system's error if it cannot be
  // read, without the file's name.
  absl::StatusOr<std::optional<Line>> Next();

 private:
  const int fd_;
  const size_t max_bytes_;
  std::string buffer_;
  size_t at_ = 0;  // In the buffer.
  uint64_t offset_ = 0;
};

}  // namespace quoth::client

#endif  // QUOTH_CLIENT_LINE_READER_H_
