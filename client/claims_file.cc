#include "client/claims_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <optional>
#include <string_view>
#include <utility>

#include "absl/strings/str_cat.h"
#include "client/json_line.h"
#include "client/line_reader.h"

namespace quoth::client {
namespace {

// Enough of a line for its head: the longest path or id, each byte an escape of
// six.
constexpr size_t kHeadBytes = 6 * kMaxIdBytes + 64;

// How often a file may be replaced between its opening and its locking.
constexpr int kOpenings = 100;

absl::Status FileError(const char* what) {
  return absl::ErrnoToStatus(errno, what);
}

// Closes what it holds, unless that is released.
class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() {
    if (fd_ >= 0) close(fd_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return fd_; }
  int Release() { return std::exchange(fd_, -1); }

 private:
  int fd_;
};

absl::Status WriteAll(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t wrote = write(fd, bytes.data(), bytes.size());
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote < 0) return FileError("cannot be written");
    bytes.remove_prefix(wrote);
  }
  return absl::OkStatus();
}

absl::Status BadLine(uint64_t number) {
  return absl::FailedPreconditionError(
      absl::StrCat("its line ", number, " is not one that this program wrote"));
}

// Where its symbolic links lead: a file is replaced, not a link to it.
std::string RealPath(const std::string& path) {
  char* real = realpath(path.c_str(), nullptr);
  std::string result = real == nullptr ? path : real;
  std::free(real);
  return result;
}

// Waits until the disk knows of the file's name, where the file system can say.
absl::Status SyncFolderOf(const std::string& path) {
  const std::string real = RealPath(path);
  const size_t slash = real.rfind('/');
  const std::string folder = slash == std::string::npos
                                 ? "."
                                 : real.substr(0, std::max<size_t>(slash, 1));
  // Files can be written in a folder that must not be read.
  const Descriptor fd(open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (fd.get() >= 0 && fsync(fd.get()) != 0 && errno == EIO) {
    return FileError("cannot be written");
  }
  return absl::OkStatus();
}

// Opens and locks. The lock goes with the descriptor.
absl::StatusOr<int> OpenLocked(const std::string& path) {
  for (int i = 0; i < kOpenings; ++i) {
    Descriptor fd(
        open(path.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0666));
    if (fd.get() < 0) return FileError("cannot be opened");
    struct stat about;
    if (fstat(fd.get(), &about) != 0) return FileError("cannot be opened");
    if (!S_ISREG(about.st_mode)) {
      return absl::FailedPreconditionError("it is not a regular file");
    }
    if (flock(fd.get(), LOCK_EX | LOCK_NB) != 0) {
      return absl::FailedPreconditionError("another program writes to it");
    }
    // Between the two, who had the lock may have put another file there.
    struct stat now;
    if (stat(path.c_str(), &now) != 0 || now.st_dev != about.st_dev ||
        now.st_ino != about.st_ino) {
      continue;
    }
    // It may be a new one.
    const absl::Status synced =
        about.st_size == 0 ? SyncFolderOf(path) : absl::OkStatus();
    if (!synced.ok()) return synced;
    return fd.Release();
  }
  return absl::FailedPreconditionError("another program replaces it");
}

}  // namespace

absl::StatusOr<std::unique_ptr<ClaimsFile>> ClaimsFile::Open(
    const std::string& path, Existing existing) {
  absl::StatusOr<int> fd = OpenLocked(path);
  if (!fd.ok()) return fd.status();
  if (existing == Existing::kResumeErrors) {
    Descriptor old(*fd);
    const absl::Status status = DropErrors(RealPath(path), old.get());
    if (!status.ok()) return status;
    fd = OpenLocked(path);
    if (!fd.ok()) return fd.status();
  }
  std::unique_ptr<ClaimsFile> file(new ClaimsFile(*fd));
  struct stat about;
  if (fstat(*fd, &about) != 0) return FileError("cannot be opened");
  if (existing == Existing::kRefuse && about.st_size > 0) {
    return absl::AlreadyExistsError("it is there already");
  }
  const absl::Status status = file->ReadAnswered();
  if (!status.ok()) return status;
  return file;
}

absl::Status ClaimsFile::ReadAnswered() {
  LineReader reader(fd_, kHeadBytes);
  uint64_t whole = 0;
  for (uint64_t number = 1;; ++number) {
    const absl::StatusOr<std::optional<Line>> line = reader.Next();
    if (!line.ok()) return line.status();
    if (!line->has_value()) break;
    // A line without its end was torn: its article is not answered.
    if (!(*line)->ended) {
      if (!IsTornAnswer((*line)->bytes)) return BadLine(number);
      break;
    }
    std::optional<AnswerHead> head = ReadAnswerHead((*line)->bytes);
    if (!head.has_value()) return BadLine(number);
    answered_.insert(std::move(head->member));
    whole = (*line)->end;
  }
  if (ftruncate(fd_, static_cast<off_t>(whole)) != 0) {
    return FileError("cannot be written");
  }
  absl::MutexLock lock(&mutex_);
  size_ = whole;
  return absl::OkStatus();
}

absl::Status ClaimsFile::DropErrors(const std::string& path, int fd) {
  const std::string partial = absl::StrCat(path, ".partial");
  Descriptor to(
      open(partial.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666));
  if (to.get() < 0) return FileError("cannot be rewritten");
  const auto give_up = [&partial](absl::Status status) {
    std::remove(partial.c_str());
    return status;
  };
  struct stat about;
  if (fstat(fd, &about) != 0 || fchmod(to.get(), about.st_mode & 07777) != 0) {
    return give_up(FileError("cannot be rewritten"));
  }
  LineReader reader(fd, std::numeric_limits<size_t>::max());
  for (uint64_t number = 1;; ++number) {
    absl::StatusOr<std::optional<Line>> line = reader.Next();
    if (!line.ok()) return give_up(line.status());
    if (!line->has_value()) break;
    if (!(*line)->ended) {
      if (!IsTornAnswer((*line)->bytes)) return give_up(BadLine(number));
      break;
    }
    const std::optional<AnswerHead> head = ReadAnswerHead((*line)->bytes);
    if (!head.has_value()) return give_up(BadLine(number));
    if (head->is_error) continue;
    (*line)->bytes += '\n';
    const absl::Status status = WriteAll(to.get(), (*line)->bytes);
    if (!status.ok()) return give_up(status);
  }
  if (fsync(to.get()) != 0 || std::rename(partial.c_str(), path.c_str()) != 0) {
    return give_up(FileError("cannot be rewritten"));
  }
  return SyncFolderOf(path);
}

ClaimsFile::~ClaimsFile() { close(fd_); }

absl::Status ClaimsFile::Append(const std::string& line) {
  absl::MutexLock lock(&mutex_);
  if (!failed_.ok()) return failed_;
  failed_ = WriteAll(fd_, line);
  if (failed_.ok()) {
    size_ += line.size();
  } else if (ftruncate(fd_, static_cast<off_t>(size_)) != 0) {
    // The torn line stays; the next run cuts it off.
  }
  return failed_;
}

absl::Status ClaimsFile::Sync() {
  absl::MutexLock lock(&mutex_);
  if (fsync(fd_) != 0) return FileError("cannot be written");
  return absl::OkStatus();
}

}  // namespace quoth::client
