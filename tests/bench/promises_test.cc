#include "tests/bench/promises.h"

#include <string>
#include <vector>

#include "absl/time/time.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace quoth {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

// So many answered in ten seconds, each after `each`.
Tally Answered(int count, double each) {
  Tally tally;
  tally.sent = tally.answered = count;
  tally.seconds = 10;
  tally.answered_seconds.assign(count, each);
  return tally;
}

TEST(TallyTest, IsBrokenByWhatNoClockExcuses) {
  const struct {
    const char* what;
    void (*change)(Tally&);
    bool broken;
  } kCases[] = {
      {"nothing", [](Tally&) {}, false},
      {"refused", [](Tally& t) { t.refused = 5; }, false},
      {"cancelled", [](Tally& t) { t.cancelled = 5; }, false},
      {"some expired", [](Tally& t) { t.expired = 5; }, false},
      {"failed", [](Tally& t) { t.failed = 1; }, true},
      {"wrong", [](Tally& t) { t.wrong = 1; }, true},
      {"lost", [](Tally& t) { t.lost = 1; }, true},
      {"all expired", [](Tally& t) { t.expired = 10, t.answered = 0; }, true},
      {"all refused", [](Tally& t) { t.refused = 10, t.answered = 0; }, true},
  };
  for (const auto& test : kCases) {
    Tally tally = Answered(10, 0.1);
    test.change(tally);
    EXPECT_EQ(tally.broken(), test.broken) << test.what;
  }
}

TEST(PromisesTest, AreNotJudgedUnlessAskedFor) {
  EXPECT_THAT(BrokenPromises(Promises(), Answered(100, 0.1), Answered(1, 9),
                             absl::Minutes(5)),
              SizeIs(0));
}

TEST(PromisesTest, AreJudgedOneByOne) {
  Promises promises;
  promises.min_goodput = 0.9;
  promises.max_p99 = absl::Seconds(2);
  promises.max_recovery = absl::Seconds(3);
  const struct {
    int answered;
    double each;
    absl::Duration recovery;
    const char* broken;  // Nothing: kept.
  } kCases[] = {
      {95, 1.9, absl::Seconds(2), nullptr},
      {89, 1.9, absl::Seconds(2), "goodput was 89 %"},
      {0, 0, absl::Seconds(2), "goodput was 0 %"},
      {95, 2.1, absl::Seconds(2), "percentile was 2.10 s"},
      {95, 1.9, absl::Seconds(4), "slow for 4.00 s"},
  };
  for (const auto& test : kCases) {
    const std::vector<std::string> broken =
        BrokenPromises(promises, Answered(100, 0.1),
                       Answered(test.answered, test.each), test.recovery);
    if (test.broken == nullptr) {
      EXPECT_THAT(broken, SizeIs(0));
    } else {
      ASSERT_THAT(broken, SizeIs(1));
      EXPECT_THAT(broken[0], HasSubstr(test.broken));
    }
  }
}

TEST(PromisesTest, NoCapacityIsNoGoodput) {
  EXPECT_EQ(Goodput(Answered(0, 0), Answered(10, 0.1)), 0);
}

}  // namespace
}  // namespace quoth
