// The processor time of the calling thread: what others do on the machine does
// not count.
//
//   const double begin = ThreadCpuSeconds();
//   Work();
//   const double seconds = ThreadCpuSeconds() - begin;

#ifndef QUOTH_TESTS_BENCH_CPU_CLOCK_H_
#define QUOTH_TESTS_BENCH_CPU_CLOCK_H_

#include <time.h>

namespace quoth {

inline double ThreadCpuSeconds() {
  timespec now;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * now.tv_nsec;
}

}  // namespace quoth

#endif  // QUOTH_TESTS_BENCH_CPU_CLOCK_H_
