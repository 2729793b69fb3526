#include "client/ordered.h"

#include <algorithm>
#include <atomic>
#include <string>
#include <vector>

#include "absl/synchronization/notification.h"
#include "gtest/gtest.h"

namespace quoth::client {
namespace {

TEST(ForEachInOrderTest, EveryResultIsTakenOnceInOrder) {
  for (const size_t items : {0, 1, 2, 7, 500}) {
    for (const size_t jobs : {1, 2, 9}) {
      std::vector<size_t> taken;
      ForEachInOrder<size_t>(
          items, jobs, [](size_t i) { return i * i; },
          [&](size_t i, size_t result) {
            EXPECT_EQ(result, i * i);
            taken.push_back(i);
          });
      ASSERT_EQ(taken.size(), items);
      EXPECT_TRUE(std::is_sorted(taken.begin(), taken.end()));
    }
  }
}

TEST(ForEachInOrderTest, WorksAtAsManyItemsAsItMay) {
  // The first three items wait for one another: fewer than three jobs at a
  // time would never end.
  std::atomic<int> arrived = 0;
  absl::Notification all;
  ForEachInOrder<int>(
      3, 3,
      [&](size_t) {
        if (++arrived == 3) all.Notify();
        all.WaitForNotification();
        return 0;
      },
      [](size_t, int) {});
  EXPECT_EQ(arrived, 3);
}

TEST(ForEachInOrderTest, ASlowItemDoesNotLetTheRestPileUp) {
  constexpr size_t kJobs = 2;
  std::atomic<size_t> started = 0;
  absl::Notification window_is_full;
  ForEachInOrder<int>(
      100, kJobs,
      [&](size_t i) {
        if (++started == kJobs * kWaitingPerJob) window_is_full.Notify();
        if (i == 0) {
          window_is_full.WaitForNotification();
          // Nothing has been taken, so nothing more can have begun.
          EXPECT_EQ(started, kJobs * kWaitingPerJob);
        }
        return 0;
      },
      [](size_t, int) {});
  EXPECT_EQ(started, 100);
}

}  // namespace
}  // namespace quoth::client
