#include "server/rpc/file_watch.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "absl/strings/str_cat.h"

namespace quoth {
namespace {

int64_t Nanoseconds(const timespec& time) {
  return int64_t{time.tv_sec} * 1000000000 + time.tv_nsec;
}

}  // namespace

FileWatch::~FileWatch() {
  {
    absl::MutexLock lock(&mutex_);
    stopping_ = true;
  }
  if (thread_.joinable()) thread_.join();
}

void FileWatch::Add(std::vector<std::string> paths, Changed changed) {
  Group group;
  group.told = group.last = Look(paths);
  group.paths = std::move(paths);
  group.changed = std::move(changed);
  groups_.push_back(std::move(group));
}

void FileWatch::Start() {
  if (groups_.empty()) return;
  thread_ = std::thread([this] { Run(); });
}

std::vector<FileWatch::Signature> FileWatch::Look(
    const std::vector<std::string>& paths) {
  std::vector<Signature> signatures;
  for (const std::string& path : paths) {
    Signature signature;
    struct stat status;
    if (stat(path.c_str(), &status) == 0) {
      signature = {true,
                   status.st_dev,
                   status.st_ino,
                   status.st_size,
                   Nanoseconds(status.st_mtim),
                   Nanoseconds(status.st_ctim)};
    }
    signatures.push_back(signature);
  }
  return signatures;
}

void FileWatch::Run() {
  while (true) {
    {
      absl::MutexLock lock(&mutex_);
      if (mutex_.AwaitWithTimeout(absl::Condition(&stopping_), interval_)) {
        return;
      }
    }
    for (Group& group : groups_) {
      std::vector<Signature> now = Look(group.paths);
      const bool settled = now == group.last;
      group.last = std::move(now);
      const bool same = group.last == group.told;
      if (!settled || (same && group.taken)) continue;
      group.told = group.last;
      group.taken = group.changed(/*again=*/same);
    }
  }
}

absl::StatusOr<std::string> ReadSmallFile(const std::string& path,
                                          size_t max_bytes) {
  const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  const auto failed = [&] {
    const int error = errno;
    if (fd >= 0) close(fd);
    return absl::UnavailableError(
        absl::StrCat("cannot read ", path, ": ", std::strerror(error)));
  };
  if (fd < 0) return failed();
  std::string bytes(max_bytes + 1, '\0');
  size_t size = 0;
  while (size < bytes.size()) {
    const ssize_t got = read(fd, bytes.data() + size, bytes.size() - size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return failed();
    if (got == 0) break;
    size += got;
  }
  close(fd);
  if (size > max_bytes) {
    return absl::InvalidArgumentError(
        absl::StrCat(path, " has more than ", max_bytes, " bytes"));
  }
  bytes.resize(size);
  return bytes;
}

}  // namespace quoth
