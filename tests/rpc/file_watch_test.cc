#include "server/rpc/file_watch.h"

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "absl/synchronization/mutex.h"
#include "absl/time/clock.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/rpc/test_certificates.h"

namespace quoth {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

// Counts the changes that a watch tells.
struct Counter {
  // Takes all.
  bool Count() {
    absl::MutexLock lock(&mutex);
    ++count;
    return true;
  }
  // False after a long time.
  bool Await(int at_least) {
    absl::MutexLock lock(&mutex);
    const auto reached = [&] { return count >= at_least; };
    return mutex.AwaitWithTimeout(absl::Condition(&reached), absl::Minutes(1));
  }
  absl::Mutex mutex;
  int count = 0;
};

TEST(FileWatchTest, SeesEveryWayInWhichAFileChanges) {
  const TestFolder folder;
  const std::string path = folder.Write("file", "one");
  Counter counter;
  FileWatch watch(absl::Milliseconds(5));
  watch.Add({path}, [&](bool) { return counter.Count(); });
  watch.Start();

  folder.Write("file", "two");  // Renamed over, of the same size.
  EXPECT_TRUE(counter.Await(1));
  std::ofstream(path) << "three";  // In place.
  EXPECT_TRUE(counter.Await(2));
  unlink(path.c_str());
  EXPECT_TRUE(counter.Await(3));
  std::filesystem::create_symlink(folder.Write("a", "in a"), path);
  EXPECT_TRUE(counter.Await(4));
  // As Kubernetes does it: the link now points elsewhere.
  std::filesystem::create_symlink(folder.Write("b", "in b"),
                                  folder.Path("link"));
  std::filesystem::rename(folder.Path("link"), path);
  EXPECT_TRUE(counter.Await(5));
}

TEST(FileWatchTest, TellsGroupsApart) {
  const TestFolder folder;
  const std::string one = folder.Write("one", "1");
  const std::string two = folder.Write("two", "2");
  Counter ones, twos;
  FileWatch watch(absl::Milliseconds(5));
  watch.Add({one}, [&](bool) { return ones.Count(); });
  watch.Add({two, folder.Path("not there yet")},
            [&](bool) { return twos.Count(); });
  watch.Start();
  folder.Write("not there yet", "3");
  EXPECT_TRUE(twos.Await(1));
  folder.Write("two", "4");
  EXPECT_TRUE(twos.Await(2));
  absl::MutexLock lock(&ones.mutex);
  EXPECT_EQ(ones.count, 0);
}

TEST(FileWatchTest, WhatWasNotTakenIsToldAgainUntilItIs) {
  const TestFolder folder;
  const std::string path = folder.Write("file", "one");
  absl::Mutex mutex;
  std::vector<bool> told;  // Whether it was said to be again.
  const auto await = [&](size_t count) {
    absl::MutexLock lock(&mutex);
    const auto reached = [&] { return told.size() >= count; };
    return mutex.AwaitWithTimeout(absl::Condition(&reached), absl::Minutes(1));
  };
  FileWatch watch(absl::Milliseconds(5));
  watch.Add({path}, [&](bool again) {
    absl::MutexLock lock(&mutex);
    told.push_back(again);
    return told.size() >= 3;
  });
  watch.Start();
  folder.Write("file", "two");
  ASSERT_TRUE(await(3));
  absl::SleepFor(absl::Milliseconds(50));  // Time to be told a fourth time.
  folder.Write("file", "three");
  ASSERT_TRUE(await(4));
  absl::MutexLock lock(&mutex);
  EXPECT_THAT(told, ElementsAre(false, true, true, false));
}

TEST(FileWatchTest, AChangeBeforeTheStartIsSeen) {
  const TestFolder folder;
  const std::string path = folder.Write("file", "one");
  Counter counter;
  FileWatch watch(absl::Milliseconds(5));
  watch.Add({path}, [&](bool) { return counter.Count(); });
  folder.Write("file", "two");
  watch.Start();
  EXPECT_TRUE(counter.Await(1));
}

TEST(FileWatchTest, NothingToWatchIsFine) {
  FileWatch watch(absl::Milliseconds(1));
  watch.Start();
}

TEST(ReadSmallFileTest, ReadsAllOrSaysWhyNot) {
  const TestFolder folder;
  EXPECT_EQ(*ReadSmallFile(folder.Write("full", "12345"), 5), "12345");
  EXPECT_EQ(*ReadSmallFile(folder.Write("empty", ""), 5), "");
  const auto large = ReadSmallFile(folder.Write("large", "123456"), 5);
  EXPECT_EQ(large.status().code(), absl::StatusCode::kInvalidArgument);
  const auto missing = ReadSmallFile(folder.Path("missing"), 5);
  EXPECT_EQ(missing.status().code(), absl::StatusCode::kUnavailable);
  EXPECT_THAT(std::string(missing.status().message()),
              HasSubstr(folder.Path("missing")));
  EXPECT_FALSE(ReadSmallFile(folder.Path(""), 5).ok());  // A folder.
}

}  // namespace
}  // namespace quoth
