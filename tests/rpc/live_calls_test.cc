#include "server/rpc/live_calls.h"

#include <thread>

#include "absl/time/clock.h"
#include "gtest/gtest.h"
#include "tests/rpc/checks.h"

namespace quoth {
namespace {

struct FakeStream : public Drainable {
  void Drain() override { ++drained; }
  void CallersChanged() override { ++told; }
  int drained = 0;
  int told = 0;
};

TEST(LiveCallsTest, IsIdleWhenAllHaveLeft) {
  LiveCalls live(1);
  FakeStream stream;
  EXPECT_TRUE(live.AwaitIdle(absl::InfinitePast()));
  EXPECT_TRUE(live.Enter().ok());
  EXPECT_TRUE(live.Enter(&stream).ok());
  EXPECT_FALSE(live.AwaitIdle(absl::InfinitePast()));
  live.Leave();
  EXPECT_FALSE(live.AwaitIdle(absl::InfinitePast()));
  std::thread leaver([&] { live.Leave(&stream); });
  EXPECT_TRUE(live.AwaitIdle(absl::InfiniteFuture()));
  leaver.join();
}

TEST(LiveCallsTest, LetsInSoManyStreams) {
  LiveCalls live(2);
  FakeStream a, b, c;
  EXPECT_TRUE(live.Enter(&a).ok());
  EXPECT_TRUE(live.Enter(&b).ok());
  const ErrorView view = ViewOf(live.Enter(&c));
  EXPECT_EQ(view.reason, "OVERLOADED") << view;
  EXPECT_TRUE(view.has_retry);
  live.Leave(&a);
  EXPECT_TRUE(live.Enter(&c).ok());
  live.Leave(&b);
  live.Leave(&c);
}

TEST(LiveCallsTest, LetsNobodyInWhenItDrains) {
  LiveCalls live(2);
  FakeStream inside, outside;
  EXPECT_TRUE(live.Enter(&inside).ok());
  live.Drain();
  EXPECT_EQ(inside.drained, 1);
  EXPECT_EQ(ViewOf(live.Enter()).reason, "SHUTTING_DOWN");
  EXPECT_EQ(ViewOf(live.Enter(&outside)).reason, "SHUTTING_DOWN");
  EXPECT_EQ(outside.drained, 0);
  live.Leave(&inside);
  EXPECT_TRUE(live.AwaitIdle(absl::InfinitePast()));
}

TEST(LiveCallsTest, TellsStreamsOfOtherCallers) {
  LiveCalls live(2);
  FakeStream inside, gone;
  EXPECT_TRUE(live.Enter(&inside).ok());
  EXPECT_TRUE(live.Enter(&gone).ok());
  live.Leave(&gone);
  live.CallersChanged();
  EXPECT_EQ(inside.told, 1);
  EXPECT_EQ(gone.told, 0);
  live.Leave(&inside);
}

TEST(LiveCallsTest, IsQuietOnceNobodyWasTurnedAwayForAWhile) {
  LiveCalls live(2);
  live.Drain();
  live.AwaitQuiet(absl::Hours(1), absl::InfiniteFuture());  // Nobody was.

  const absl::Time refused = absl::Now();
  EXPECT_FALSE(live.Enter().ok());
  live.AwaitQuiet(absl::Milliseconds(200), absl::InfiniteFuture());
  EXPECT_GE(absl::Now() - refused, absl::Milliseconds(200));

  EXPECT_FALSE(live.Enter().ok());
  live.AwaitQuiet(absl::Hours(1), absl::Now() + absl::Milliseconds(10));
}

}  // namespace
}  // namespace quoth
