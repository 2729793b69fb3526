#include "server/rpc/unsent_bytes.h"

#include <cstdint>
#include <thread>
#include <vector>

#include "gtest/gtest.h"

namespace quoth {
namespace {

TEST(UnsentBytesTest, LetsInSoManyAndNoMore) {
  UnsentBytes unsent(10);
  auto six = unsent.Take("", 6);
  ASSERT_TRUE(six);
  EXPECT_FALSE(unsent.Take("", 5));
  EXPECT_FALSE(unsent.Take("", SIZE_MAX));
  auto four = unsent.Take("", 4);
  EXPECT_TRUE(four);
  EXPECT_TRUE(unsent.Take("", 0));
  EXPECT_FALSE(unsent.Take("", 1));
  EXPECT_EQ(unsent.bytes(), 10);
  six.reset();
  EXPECT_EQ(unsent.bytes(), 4);
  EXPECT_FALSE(unsent.Take("", 7));
  EXPECT_TRUE(unsent.Take("", 6));
}

TEST(UnsentBytesTest, OneThatIsAloneIsNeverTooMany) {
  UnsentBytes unsent(10);
  const auto large = unsent.Take("", 11);
  EXPECT_TRUE(large);
  EXPECT_FALSE(unsent.Take("", 1));
}

TEST(UnsentBytesTest, OneCallerHasHalf) {
  UnsentBytes unsent(20);
  auto three = unsent.Take("a", 3);
  auto seven = unsent.Take("a", 7);
  ASSERT_TRUE(three && seven);
  EXPECT_FALSE(unsent.Take("a", 1));
  EXPECT_TRUE(unsent.Take("a", 0));
  const auto four = unsent.Take("b", 4);
  ASSERT_TRUE(four);
  EXPECT_FALSE(unsent.Take("b", 7));  // All would have 21.
  EXPECT_TRUE(unsent.Take("b", 6));
  EXPECT_TRUE(unsent.Take("", 6));
  seven.reset();
  EXPECT_FALSE(unsent.Take("a", 8));
  EXPECT_TRUE(unsent.Take("a", 7));
  three.reset();
  EXPECT_TRUE(unsent.Take("a", 16));  // Its only one.
  EXPECT_EQ(unsent.bytes(), 4);
}

TEST(UnsentBytesTest, AShareIsGivenBackOnce) {
  UnsentBytes unsent(10);
  auto one = unsent.Take("", 3);
  {
    auto two = unsent.Take("", 4);
    *one = *std::move(two);  // What `one` had goes.
  }
  EXPECT_EQ(unsent.bytes(), 4);
  UnsentBytes::Share moved = *std::move(one);
  one.reset();
  EXPECT_EQ(unsent.bytes(), 4);
}

TEST(UnsentBytesTest, ManyAtOnceAreNeverTooMany) {
  UnsentBytes unsent(100);
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      for (int n = 0; n < 10000; ++n) {
        const auto share = unsent.Take("", 40);
        EXPECT_LE(unsent.bytes(), 100);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(unsent.bytes(), 0);
}

}  // namespace
}  // namespace quoth
