#include "server/rpc/stderr_line.h"

#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <climits>
#include <string>

#include "absl/base/const_init.h"
#include "absl/synchronization/mutex.h"

namespace quoth {
namespace {

// From looking for room to using it: two lines must not find the same room.
ABSL_CONST_INIT absl::Mutex write_mutex(absl::kConstInit);

}  // namespace

bool TryWriteLine(int fd, std::string_view line) {
  std::string cut;
  if (line.size() > PIPE_BUF) {
    cut = std::string(line.substr(0, PIPE_BUF - 1));
    cut.push_back('\n');
    line = cut;
  }
  absl::MutexLock lock(&write_mutex);
  // A pipe that has room at all has room for PIPE_BUF bytes.
  pollfd poll_fd = {fd, POLLOUT, 0};
  if (poll(&poll_fd, 1, 0) != 1 || poll_fd.revents != POLLOUT) return false;
  ssize_t written;
  do {
    written = write(fd, line.data(), line.size());
  } while (written < 0 && errno == EINTR);
  return written == static_cast<ssize_t>(line.size());
}

}  // namespace quoth
