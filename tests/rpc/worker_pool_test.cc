#include "server/rpc/worker_pool.h"

#include <atomic>
#include <string>
#include <utility>
#include <vector>

#include "absl/synchronization/barrier.h"
#include "absl/synchronization/blocking_counter.h"
#include "absl/synchronization/notification.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace quoth {
namespace {

using ::testing::ElementsAre;

void Nothing() {}

// A pool of one worker that is busy until it is let go.
class BusyPool {
 public:
  explicit BusyPool(int queue_length)
      : pool({.workers = 1, .queue_length = queue_length}) {
    absl::Notification started;
    EXPECT_TRUE(pool.TrySubmit([&] {
      started.Notify();
      go_.WaitForNotification();
    }));
    started.WaitForNotification();
  }
  ~BusyPool() {
    if (!go_.HasBeenNotified()) LetGo();
  }
  void LetGo() { go_.Notify(); }

 private:
  absl::Notification go_;

 public:
  WorkerPool pool;  // Ends first.
};

TEST(WorkerPoolTest, RunsJobsOnAllWorkers) {
  WorkerPool pool({.workers = 3, .queue_length = 3});
  EXPECT_EQ(pool.workers(), 3);
  // Each job waits for the others: passes only if three run at a time.
  absl::BlockingCounter together(3);
  absl::BlockingCounter done(3);
  for (int i = 0; i < 3; ++i) {
    ASSERT_TRUE(pool.TrySubmit([&] {
      together.DecrementCount();
      done.DecrementCount();
    }));
  }
  together.Wait();
  done.Wait();
}

TEST(WorkerPoolTest, RefusesCallsWhenTheQueueIsFull) {
  BusyPool busy(2);
  std::atomic<int> ran = 0;
  EXPECT_TRUE(busy.pool.TrySubmit([&] { ++ran; }));
  const auto second = busy.pool.TrySubmit([&] { ++ran; });
  EXPECT_TRUE(second);
  EXPECT_FALSE(busy.pool.TrySubmit([&] { ++ran; }));
  // One that leaves makes room.
  EXPECT_TRUE(busy.pool.Remove(*second));
  EXPECT_FALSE(busy.pool.Remove(*second));
  absl::Notification last;
  EXPECT_TRUE(busy.pool.TrySubmit([&] { last.Notify(); }));
  busy.LetGo();
  last.WaitForNotification();
  EXPECT_EQ(ran, 1);
}

TEST(WorkerPoolTest, ItemsDoNotTakeTheRoomOfCalls) {
  BusyPool busy(1);
  EXPECT_TRUE(busy.pool.SubmitItem(Nothing, Nothing).has_room);
  EXPECT_FALSE(busy.pool.SubmitItem(Nothing, Nothing).has_room);
  EXPECT_TRUE(busy.pool.TrySubmit(Nothing));
  EXPECT_FALSE(busy.pool.TrySubmit(Nothing));
}

TEST(WorkerPoolTest, ItemsWaitForRoomAndAreToldOfIt) {
  BusyPool busy(1);
  std::atomic<int> rooms = 0;
  absl::BlockingCounter done(3);
  const auto job = [&] { done.DecrementCount(); };
  const auto on_room = [&] { ++rooms; };
  EXPECT_TRUE(busy.pool.SubmitItem(job, on_room).has_room);
  EXPECT_FALSE(busy.pool.SubmitItem(job, on_room).has_room);
  EXPECT_FALSE(busy.pool.SubmitItem(job, on_room).has_room);
  EXPECT_EQ(rooms, 0);
  busy.LetGo();
  done.Wait();
  EXPECT_EQ(rooms, 2);
}

TEST(WorkerPoolTest, RemovingAnItemLetsInTheNext) {
  BusyPool busy(1);
  const auto first = busy.pool.SubmitItem(Nothing, Nothing);
  int rooms = 0;
  const auto second = busy.pool.SubmitItem(Nothing, [&] { ++rooms; });
  const auto third = busy.pool.SubmitItem(Nothing, [&] { ++rooms; });
  EXPECT_FALSE(second.has_room);
  EXPECT_TRUE(busy.pool.Remove(second.ticket));  // It had no room to give.
  EXPECT_EQ(rooms, 0);
  EXPECT_TRUE(busy.pool.Remove(first.ticket));
  EXPECT_EQ(rooms, 1);
  EXPECT_TRUE(busy.pool.Remove(third.ticket));
}

TEST(WorkerPoolTest, OnRoomMaySubmit) {
  // As a stream does: each item that gets room brings the next.
  BusyPool busy(1);
  absl::BlockingCounter done(4);
  const auto job = [&] { done.DecrementCount(); };
  busy.pool.SubmitItem(job, Nothing);
  busy.pool.SubmitItem(job, [&] {
    busy.pool.SubmitItem(job, [&] { busy.pool.SubmitItem(job, Nothing); });
  });
  busy.LetGo();
  done.Wait();
}

TEST(WorkerPoolTest, ThreeCallsGoBeforeEachItem) {
  BusyPool busy(8);
  std::string order;  // Written by the one worker.
  absl::BlockingCounter done(10);
  const auto add = [&](char c) {
    order.push_back(c);
    done.DecrementCount();
  };
  for (char c : {'1', '2', '3'}) {
    busy.pool.SubmitItem([&, c] { add(c); }, Nothing);
  }
  for (char c : {'a', 'b', 'c', 'd', 'e', 'f', 'g'}) {
    EXPECT_TRUE(busy.pool.TrySubmit([&, c] { add(c); }));
  }
  busy.LetGo();
  done.Wait();
  // The job that kept the worker busy was a call, too.
  EXPECT_EQ(order, "ab1cde2fg3");
}

// Nothing is known until something was learned; 1 s for 10,000 bytes after
// that. Costs are those bytes and 1,000 for each job.
TEST(WorkerPoolTest, KnowsHowLongACallWouldWait) {
  BusyPool busy(10);
  EXPECT_EQ(busy.pool.ExpectedWait(), absl::ZeroDuration());
  busy.pool.Learn(9000, absl::Seconds(1));
  // Half of what runs, which came without bytes.
  EXPECT_NEAR(absl::ToDoubleSeconds(busy.pool.ExpectedWait()), 0.05, 1e-6);
  const auto call = busy.pool.TrySubmit(Nothing, {.bytes = 29000});
  EXPECT_NEAR(absl::ToDoubleSeconds(busy.pool.ExpectedWait()), 3.05, 1e-6);
  // An item goes before only every fourth job.
  const auto item = busy.pool.SubmitItem(Nothing, Nothing, 99000);
  EXPECT_NEAR(absl::ToDoubleSeconds(busy.pool.ExpectedWait()), 4.05, 1e-6);
  busy.pool.Remove(item.ticket);
  busy.pool.Remove(*call);
  EXPECT_NEAR(absl::ToDoubleSeconds(busy.pool.ExpectedWait()), 0.05, 1e-6);
  // What is new counts more than what is old.
  for (int i = 0; i < 500; ++i) busy.pool.Learn(9000, absl::Seconds(3));
  EXPECT_NEAR(absl::ToDoubleSeconds(busy.pool.ExpectedWait()), 0.15, 1e-3);
}

TEST(WorkerPoolTest, CallsThatWouldMissTheirDeadlineAreRefused) {
  BusyPool busy(10);
  busy.pool.Learn(9000, absl::Seconds(1));
  const absl::Time now = absl::Now();
  // Nobody waits: whoever comes may try.
  EXPECT_TRUE(busy.pool.TrySubmit(
      Nothing, {.bytes = 99000, .deadline = now + absl::Seconds(1)}));
  // 10 s of work are before the next, and 1 s is its own.
  EXPECT_FALSE(busy.pool.TrySubmit(
      Nothing, {.bytes = 9000, .deadline = now + absl::Seconds(10)}));
  EXPECT_TRUE(busy.pool.TrySubmit(
      Nothing, {.bytes = 9000, .deadline = now + absl::Hours(1)}));
  EXPECT_TRUE(busy.pool.TrySubmit(Nothing, {.bytes = 9000}));
}

TEST(WorkerPoolTest, CallsThatWouldWaitTooLongAreRefused) {
  absl::Notification go;
  WorkerPool pool({.workers = 1,
                   .queue_length = 1000,
                   .max_expected_wait = absl::Seconds(5)});
  absl::Notification started;
  ASSERT_TRUE(pool.TrySubmit([&] {
    started.Notify();
    go.WaitForNotification();
  }));
  started.WaitForNotification();
  pool.Learn(9000, absl::Seconds(1));
  int let_in = 0;
  while (pool.TrySubmit(Nothing, {.bytes = 9000})) ++let_in;
  EXPECT_EQ(let_in, 5);
  // Items of streams wait as long as it takes.
  EXPECT_TRUE(pool.SubmitItem(Nothing, Nothing, 9000).has_room);
  go.Notify();
}

TEST(WorkerPoolTest, KnowsHowFullItIs) {
  BusyPool busy(2);
  busy.pool.TrySubmit(Nothing);
  busy.pool.SubmitItem(Nothing, Nothing);
  busy.pool.SubmitItem(Nothing, Nothing);
  busy.pool.SubmitItem(Nothing, Nothing);
  const PoolLevels levels = busy.pool.levels();
  EXPECT_EQ(levels.calls, 1);
  EXPECT_EQ(levels.items, 2);
  EXPECT_EQ(levels.waiting_items, 1);
  EXPECT_EQ(levels.busy_workers, 1);
  busy.LetGo();
  while (busy.pool.levels().busy_workers > 0)
    absl::SleepFor(absl::Milliseconds(1));
  EXPECT_EQ(busy.pool.levels().calls, 0);
}

TEST(WorkerPoolTest, RemovedJobsNeverRun) {
  BusyPool busy(100);
  std::vector<WorkerPool::Ticket> tickets;
  std::atomic<int> ran = 0;
  for (int i = 0; i < 100; ++i) {
    const auto ticket = busy.pool.TrySubmit([&] { ++ran; });
    ASSERT_TRUE(ticket);
    tickets.push_back(*ticket);
  }
  busy.LetGo();
  int removed = 0;  // While the worker takes from the other end.
  for (auto it = tickets.rbegin(); it != tickets.rend(); ++it) {
    removed += busy.pool.Remove(*it) ? 1 : 0;
  }
  absl::Notification last;
  ASSERT_TRUE(busy.pool.TrySubmit([&] { last.Notify(); }));
  last.WaitForNotification();
  EXPECT_EQ(ran + removed, 100);
}

TEST(WorkerPoolTest, DestructorRunsWhatWaits) {
  std::atomic<int> ran = 0;
  {
    WorkerPool pool({.workers = 2, .queue_length = 50});
    for (int i = 0; i < 50; ++i) {
      ASSERT_TRUE(pool.TrySubmit([&] { ++ran; }));
    }
  }
  EXPECT_EQ(ran, 50);
}

}  // namespace
}  // namespace quoth
