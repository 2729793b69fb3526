// What a server under too much load promises that depends on the clock, and so
// is judged only where somebody asks for it, on a machine that is idle.
//
//   Promises promises;
//   promises.min_goodput = 0.9;
//   for (const std::string& line :
//        BrokenPromises(promises, closed, open, recovery)) ...

#ifndef QUOTH_TESTS_BENCH_PROMISES_H_
#define QUOTH_TESTS_BENCH_PROMISES_H_

#include <string>
#include <vector>

#include "absl/time/time.h"
#include "tests/bench/traffic.h"

namespace quoth {

struct Promises {
  // Articles answered of those that the server can answer at most; 0 is not
  // judged.
  double min_goodput = 0;
  // The 99th percentile of the answered calls.
  absl::Duration max_p99 = absl::InfiniteDuration();
  // Until a lone call is as fast as before.
  absl::Duration max_recovery = absl::InfiniteDuration();
};

// Of the capacity, which `closed` found: what was answered while `open` offered
// more. 0 if there is no capacity.
double Goodput(const Tally& closed, const Tally& open);

// A line for each promise that was broken. Figures alone, in plain words.
std::vector<std::string> BrokenPromises(const Promises& promises,
                                        const Tally& closed, const Tally& open,
                                        absl::Duration recovery);

}  // namespace quoth

#endif  // QUOTH_TESTS_BENCH_PROMISES_H_
