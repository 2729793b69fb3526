#include "server/rpc/worker_pool.h"

#include <atomic>
#include <string>
#include <utility>
#include <vector>

#include "absl/synchronization/barrier.h"
#include "absl/synchronization/blocking_counter.h"
#include "absl/synchronization/notification.h"
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
