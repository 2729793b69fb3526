#include "server/text/abbreviations.h"

#include <gtest/gtest.h>

namespace quoth {
namespace {

TEST(AbbreviationKindTest, TellsKindsApart) {
  struct Case {
    const char* word;
    Abbreviation kind;
  };
  for (const Case& c : {
           Case{"", Abbreviation::kNone},
           Case{"house", Abbreviation::kNone},
           Case{"no", Abbreviation::kNumbered},
           Case{"Mr", Abbreviation::kTitle},
           Case{"MR", Abbreviation::kTitle},
           Case{"mr", Abbreviation::kNone},
           Case{"Sept", Abbreviation::kNumbered},
           Case{"a.m", Abbreviation::kTime},
           Case{"P.M", Abbreviation::kTime},
           Case{"e.g", Abbreviation::kTitle},
           Case{"U.S", Abbreviation::kGeneral},
           Case{"Ph.D", Abbreviation::kGeneral},
           Case{"J", Abbreviation::kGeneral},
           Case{"j", Abbreviation::kNone},
           Case{"Inc", Abbreviation::kGeneral},
           Case{"Mass", Abbreviation::kGeneral},
           Case{"mass", Abbreviation::kNone},
           Case{"close.He", Abbreviation::kNone},
       }) {
    EXPECT_EQ(AbbreviationKind(c.word), c.kind) << c.word;
  }
}

TEST(AbbreviationsTest, KnowsWordsThatBeginSentences) {
  EXPECT_TRUE(IsSentenceStarter("The"));
  EXPECT_TRUE(IsSentenceStarter("THE"));
  EXPECT_FALSE(IsSentenceStarter("the"));
  EXPECT_FALSE(IsSentenceStarter("Senate"));
}

TEST(AbbreviationsTest, KnowsWhatFollowsATime) {
  EXPECT_TRUE(FollowsTime("Monday"));
  EXPECT_TRUE(FollowsTime("ET"));
  EXPECT_FALSE(FollowsTime("Blinken"));
}

TEST(AbbreviationsTest, KnowsReportingVerbs) {
  EXPECT_TRUE(IsReportingVerb("asked"));
  EXPECT_FALSE(IsReportingVerb("left"));
}

}  // namespace
}  // namespace quoth
