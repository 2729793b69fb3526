#include "server/model/single_thread.h"

#include <dlfcn.h>

#include <thread>

#include "dnnl.hpp"
#include "gtest/gtest.h"

namespace quoth {
namespace {

// The runtime that oneDNN uses, or null if it uses none.
int (*MaxThreads())() {
  dnnl::engine(dnnl::engine::kind::cpu, 0);  // So that oneDNN is linked.
  return reinterpret_cast<int (*)()>(
      dlsym(RTLD_DEFAULT, "omp_get_max_threads"));
}

void SetMaxThreads(int threads) {
  reinterpret_cast<void (*)(int)>(dlsym(RTLD_DEFAULT, "omp_set_num_threads"))(
      threads);
}

TEST(SingleThreadTest, LimitsThisThreadAndGivesBack) {
  if (MaxThreads() == nullptr) GTEST_SKIP() << "oneDNN without OpenMP";
  SetMaxThreads(3);
  {
    const SingleThread outer;
    EXPECT_EQ(MaxThreads()(), 1);
    {
      const SingleThread inner;
      EXPECT_EQ(MaxThreads()(), 1);
    }
    EXPECT_EQ(MaxThreads()(), 1);
  }
  EXPECT_EQ(MaxThreads()(), 3);
}

TEST(SingleThreadTest, LeavesOtherThreadsAlone) {
  if (MaxThreads() == nullptr) GTEST_SKIP() << "oneDNN without OpenMP";
  int alone = 0, beside = 0;
  std::thread([&] { alone = MaxThreads()(); }).join();
  const SingleThread single_thread;
  std::thread([&] { beside = MaxThreads()(); }).join();
  EXPECT_EQ(beside, alone);
}

}  // namespace
}  // namespace quoth
