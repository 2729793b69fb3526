// Any bytes as the lines that a backfill reads: its input, and its own output
// that it goes on with. Lines come back as they are, whatever is torn; names
// come back as they were written; a file that is gone on with loses nothing but
// a torn line.

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/str_cat.h"
#include "client/claims_file.h"
#include "client/json_line.h"
#include "client/line_reader.h"
#include "server/text/text.h"
#include "tests/fuzz/silence.h"

namespace quoth::client {
namespace {

void Require(bool holds) {
  if (!holds) __builtin_trap();
}

// A file in memory, with a path.
class MemoryFile {
 public:
  explicit MemoryFile(std::string_view bytes)
      : fd_(memfd_create("fuzz", MFD_CLOEXEC)) {
    Require(fd_ >= 0 && write(fd_, bytes.data(), bytes.size()) ==
                            static_cast<ssize_t>(bytes.size()));
    lseek(fd_, 0, SEEK_SET);
  }
  ~MemoryFile() { close(fd_); }

  int fd() const { return fd_; }
  std::string path() const { return absl::StrCat("/proc/self/fd/", fd_); }
  std::string Read() const {
    std::string bytes(lseek(fd_, 0, SEEK_END), '\0');
    Require(pread(fd_, bytes.data(), bytes.size(), 0) ==
            static_cast<ssize_t>(bytes.size()));
    return bytes;
  }

 private:
  const int fd_;
};

// The lines, of which each has at most `max_bytes`; checks that they make up
// the file.
std::vector<std::string> ReadLines(std::string_view bytes, size_t max_bytes) {
  const MemoryFile file(bytes);
  LineReader reader(file.fd(), max_bytes);
  std::vector<std::string> lines;
  uint64_t at = 0;
  while (true) {
    const auto line = reader.Next();
    Require(line.ok());
    if (!line->has_value()) break;
    const uint64_t length = (*line)->end - at - ((*line)->ended ? 1 : 0);
    Require((*line)->cut == (length > max_bytes));
    Require((*line)->bytes ==
            bytes.substr(at, length < max_bytes ? length : max_bytes));
    at = (*line)->end;
    Require((*line)->ended ? bytes[at - 1] == '\n' : at == bytes.size());
    lines.push_back((*line)->bytes);
  }
  Require(at == bytes.size());
  return lines;
}

void CheckLine(const std::string& line) {
  const auto article = ReadArticleLine(line);
  if (article.ok()) {
    Require(!article->id.empty() && !FindInvalidUtf8(article->id) &&
            !FindInvalidUtf8(article->text));
  }
  const std::optional<AnswerHead> head = ReadAnswerHead(line);
  if (head.has_value()) {
    const auto again =
        ReadAnswerHead(JsonLine(head->member, absl::InternalError("fuzzed")));
    Require(again.has_value() && again->is_error &&
            again->member == head->member);
  }
  // Any bytes may be a name.
  const std::string member = JsonMember("file", line);
  const auto named = ReadAnswerHead(JsonLine(member, absl::InternalError("")));
  Require(named.has_value() && named->member == member);
}

void CheckResumed(std::string_view bytes) {
  const MemoryFile file(bytes);
  std::string whole;
  size_t answered;
  {
    const auto claims = ClaimsFile::Open(file.path(), Existing::kResume);
    if (!claims.ok()) {
      Require(file.Read() == bytes);
      return;
    }
    whole = file.Read();
    answered = (*claims)->answered().size();
    Require(bytes.substr(0, whole.size()) == whole);
    Require(whole.empty() || whole.back() == '\n');
    Require(bytes.find('\n', whole.size()) == std::string_view::npos);
    Require((*claims)
                ->Append(JsonLine(JsonMember("fuzz", "1"),
                                  v1::ExtractClaimsResponse()))
                .ok());
  }
  const auto again = ClaimsFile::Open(file.path(), Existing::kResume);
  Require(again.ok());
  Require((*again)->answered().count(JsonMember("fuzz", "1")) == 1);
  Require((*again)->answered().size() >= answered);
  Require(file.Read().substr(0, whole.size()) == whole);
}

}  // namespace
}  // namespace quoth::client

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  quoth::SilenceProtobuf();
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  for (const size_t max_bytes : {size_t{3}, size_t{1} << 20}) {
    for (const std::string& line : quoth::client::ReadLines(bytes, max_bytes)) {
      if (max_bytes > 3) quoth::client::CheckLine(line);
    }
  }
  quoth::client::CheckResumed(bytes);
  return 0;
}
