#include "server/rpc/core_dumps.h"

#include <sys/prctl.h>
#include <sys/resource.h>

#include <cerrno>

namespace quoth {

absl::Status ForbidCoreDumps() {
  // The limit is for files alone: a program that takes dumps is started with
  // any limit.
  const rlimit none = {0, 0};
  if (setrlimit(RLIMIT_CORE, &none) != 0 ||
      prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0) {
    return absl::ErrnoToStatus(errno, "cannot forbid core dumps");
  }
  return absl::OkStatus();
}

}  // namespace quoth
