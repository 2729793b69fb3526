#include "server/speakers/synonyms.h"

#include "gtest/gtest.h"

namespace quoth {
namespace {

TEST(NounsAgreeTest, EqualOrOfOneGroup) {
  EXPECT_TRUE(NounsAgree("poll", "survey"));
  EXPECT_TRUE(NounsAgree("senator", "sen"));
  EXPECT_TRUE(NounsAgree("umpire", "umpire"));
  EXPECT_FALSE(NounsAgree("poll", "senator"));
  EXPECT_FALSE(NounsAgree("", "senator"));
  EXPECT_FALSE(NounsAgree("po", "poll"));
}

TEST(NounGroupsTest, KindsOfOrganisation) {
  EXPECT_NE(NounGroups("newspaper") & kMediumHead, 0u);
  EXPECT_NE(NounGroups("tribune") & kMediumName, 0u);
  EXPECT_NE(NounGroups("company") & kCompanyHead, 0u);
  EXPECT_NE(NounGroups("company") & kAnyOrganization, 0u);
  EXPECT_EQ(NounGroups("blinken"), 0u);
  EXPECT_EQ(NounGroups(""), 0u);
}

}  // namespace
}  // namespace quoth
