#include "server/rpc/core_dumps.h"

#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "gtest/gtest.h"

namespace quoth {
namespace {

TEST(CoreDumpsTest, AreForbiddenForGood) {
  // In a child: it cannot be undone.
  const pid_t child = fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    rlimit limit = {1, 1};
    const bool ok = ForbidCoreDumps().ok() &&
                    prctl(PR_GET_DUMPABLE, 0, 0, 0, 0) == 0 &&
                    getrlimit(RLIMIT_CORE, &limit) == 0 &&
                    limit.rlim_cur == 0 && limit.rlim_max == 0;
    if (!ok) _exit(1);
    signal(SIGABRT, SIG_DFL);
    raise(SIGABRT);
  }
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  EXPECT_TRUE(WIFSIGNALED(status)) << status;
  EXPECT_FALSE(WCOREDUMP(status));
}

}  // namespace
}  // namespace quoth
