// When the calls of an open loop begin: at random, but as many as were wanted.
//
//   for (absl::Duration at : Arrivals(/*per_second=*/20, absl::Seconds(30))) {
//     absl::SleepFor(begin + at - absl::Now());
//     Call();                                    // 600 times.
//   }
//
// Gaps drawn one by one until the time is up would give a load of its own: 5 s
// at 7 a second had 20 calls instead of 35, and the same seed erred the same
// way in every row of a table. So the number is fixed, and the gaps, which are
// still exponential, are scaled to fill the time: a Poisson process, given how
// many arrivals it has.

#ifndef QUOTH_TESTS_BENCH_ARRIVALS_H_
#define QUOTH_TESTS_BENCH_ARRIVALS_H_

#include <cstdint>
#include <vector>

#include "absl/time/time.h"

namespace quoth {

// `per_second` times `duration` of them, rounded, but at least one; ascending,
// all in [0, duration). The same seed gives the same times.
std::vector<absl::Duration> Arrivals(double per_second, absl::Duration duration,
                                     uint32_t seed = 1);

}  // namespace quoth

#endif  // QUOTH_TESTS_BENCH_ARRIVALS_H_
