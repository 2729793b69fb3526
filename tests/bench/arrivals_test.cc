#include "tests/bench/arrivals.h"

#include <algorithm>
#include <vector>

#include "absl/time/time.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace quoth {
namespace {

using ::testing::SizeIs;

TEST(ArrivalsTest, AreAsManyAsWantedWithinTheTime) {
  const struct {
    double per_second;
    absl::Duration duration;
    int count;
  } kCases[] = {
      {6.7, absl::Seconds(5), 34},  // Of 33.5.
      {33.6, absl::Seconds(5), 168},      {60.4, absl::Seconds(5), 302},
      {60.4, absl::Seconds(30), 1812},    {0.01, absl::Seconds(1), 1},
      {200, absl::Milliseconds(100), 20},
  };
  for (const auto& test : kCases) {
    SCOPED_TRACE(test.per_second);
    for (const uint32_t seed : {1, 2, 3, 4, 5}) {
      const std::vector<absl::Duration> times =
          Arrivals(test.per_second, test.duration, seed);
      ASSERT_THAT(times, SizeIs(test.count));
      EXPECT_TRUE(std::is_sorted(times.begin(), times.end()));
      EXPECT_GE(times.front(), absl::ZeroDuration());
      EXPECT_LT(times.back(), test.duration);
    }
  }
}

TEST(ArrivalsTest, FillTheTimeEvenlyAndAtRandom) {
  const absl::Duration duration = absl::Seconds(100);
  const std::vector<absl::Duration> times = Arrivals(100, duration);
  EXPECT_GT(times.back(), 0.99 * duration);
  // Half of them in each half; of 10,000 that chance decides, 50 is what the
  // standard deviation is.
  const auto first_half =
      std::lower_bound(times.begin(), times.end(), duration / 2) -
      times.begin();
  EXPECT_NEAR(first_half, 5000, 250);
  // Exponential gaps: one in e is longer than their mean. Equal ones never are.
  int longer = 0;
  for (size_t i = 1; i < times.size(); ++i) {
    if (times[i] - times[i - 1] > absl::Milliseconds(10)) ++longer;
  }
  EXPECT_NEAR(longer, 3679, 250);
}

TEST(ArrivalsTest, DependOnTheSeedAlone) {
  EXPECT_EQ(Arrivals(10, absl::Seconds(5), 1), Arrivals(10, absl::Seconds(5)));
  EXPECT_NE(Arrivals(10, absl::Seconds(5), 1),
            Arrivals(10, absl::Seconds(5), 2));
}

}  // namespace
}  // namespace quoth
