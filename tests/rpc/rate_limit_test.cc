#include "server/rpc/rate_limit.h"

#include <random>

#include "gtest/gtest.h"

namespace quoth {
namespace {

const absl::Time kStart = absl::FromUnixSeconds(1700000000);

TEST(RateLimitTest, NoLimitNeverWaits) {
  RateLimit limit;
  for (int i = 0; i < 1000; ++i) {
    EXPECT_EQ(limit.TryTake(kStart), absl::ZeroDuration());
    EXPECT_EQ(limit.Take(kStart), absl::ZeroDuration());
  }
}

TEST(RateLimitTest, ABurstThenTheRate) {
  RateLimit limit(2, 3);
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(limit.TryTake(kStart), absl::ZeroDuration());
  }
  const absl::Duration wait = limit.TryTake(kStart);
  EXPECT_EQ(wait, absl::Milliseconds(500));
  // A moment before is too early; then there is one and no more.
  EXPECT_GT(limit.TryTake(kStart + wait - absl::Milliseconds(1)),
            absl::ZeroDuration());
  EXPECT_EQ(limit.TryTake(kStart + wait), absl::ZeroDuration());
  EXPECT_GT(limit.TryTake(kStart + wait), absl::ZeroDuration());
}

TEST(RateLimitTest, APauseFillsUpToTheBurst) {
  RateLimit limit(100, 2);
  for (const absl::Time time : {kStart, kStart + absl::Hours(1)}) {
    EXPECT_EQ(limit.TryTake(time), absl::ZeroDuration());
    EXPECT_EQ(limit.TryTake(time), absl::ZeroDuration());
    EXPECT_GT(limit.TryTake(time), absl::ZeroDuration());
  }
}

TEST(RateLimitTest, WhoWaitsAfterKeepsToTheRateToo) {
  // Several streams of one caller, each of which waits as it is told.
  RateLimit limit(10, 1);
  absl::Time turns[4] = {kStart, kStart, kStart, kStart};
  int taken = 0;
  for (absl::Time now = kStart; now < kStart + absl::Seconds(100);
       now += absl::Milliseconds(1)) {
    for (absl::Time& turn : turns) {
      if (turn > now) continue;
      turn = now + limit.Take(now);
      ++taken;
    }
  }
  // In 100 s: the burst, and what is on credit at the end, beyond the rate.
  EXPECT_GE(taken, 1000 - 4);
  EXPECT_LE(taken, 1000 + 1 + 4);
}

TEST(RateLimitTest, DebtIsWhatIsOnCreditAndTakesNothing) {
  RateLimit limit(2, 1);
  EXPECT_EQ(limit.Debt(kStart), absl::ZeroDuration());
  limit.Take(kStart);
  EXPECT_EQ(limit.Debt(kStart), absl::ZeroDuration());  // Paid from the burst.
  limit.Take(kStart);
  limit.Take(kStart);
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(limit.Debt(kStart), absl::Seconds(1));
  }
  EXPECT_EQ(limit.Debt(kStart + absl::Milliseconds(600)),
            absl::Milliseconds(400));
  EXPECT_EQ(limit.Debt(kStart + absl::Seconds(1)), absl::ZeroDuration());
  EXPECT_EQ(RateLimit().Debt(kStart), absl::ZeroDuration());
}

TEST(RateLimitTest, NeverMoreThanBurstAndRateInAnySpan) {
  std::mt19937 random(7);
  for (int round = 0; round < 20; ++round) {
    const double rate = 1 + random() % 50, burst = 1 + random() % 20;
    RateLimit limit(rate, burst);
    absl::Time now = kStart;
    int taken = 0;
    for (int i = 0; i < 2000; ++i) {
      now += absl::Milliseconds(random() % 40);
      if (limit.TryTake(now) == absl::ZeroDuration()) ++taken;
      EXPECT_LE(taken,
                burst + rate * absl::ToDoubleSeconds(now - kStart) + 1e-6);
    }
  }
}

TEST(RateLimitTest, TimeThatGoesBackIsNoTime) {
  RateLimit limit(1, 1);
  EXPECT_EQ(limit.TryTake(kStart), absl::ZeroDuration());
  EXPECT_GT(limit.TryTake(kStart - absl::Hours(1)), absl::ZeroDuration());
  EXPECT_GT(limit.TryTake(kStart), absl::ZeroDuration());
}

TEST(RateLimitTest, AChangeDoesNotGiveBackWhatWasTaken) {
  RateLimit limit(1, 2);
  limit.TryTake(kStart);
  limit.TryTake(kStart);
  limit.Change(2, 10);
  EXPECT_EQ(limit.TryTake(kStart), absl::Milliseconds(500));
  limit.ChangeToUnlimited();
  EXPECT_EQ(limit.TryTake(kStart), absl::ZeroDuration());
}

}  // namespace
}  // namespace quoth
