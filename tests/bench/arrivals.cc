#include "tests/bench/arrivals.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <random>

namespace quoth {

std::vector<absl::Duration> Arrivals(double per_second, absl::Duration duration,
                                     uint32_t seed) {
  const auto count = static_cast<size_t>(
      std::max(1.0, std::round(per_second * absl::ToDoubleSeconds(duration))));
  std::mt19937 random(seed);
  std::exponential_distribution<double> gap(1);
  std::vector<double> sums;
  double sum = 0;
  for (size_t i = 0; i < count; ++i) sums.push_back(sum += gap(random));
  // The last gap is from the last arrival to the end.
  sum += gap(random);
  std::vector<absl::Duration> times;
  for (const double at : sums) times.push_back(at / sum * duration);
  return times;
}

}  // namespace quoth
