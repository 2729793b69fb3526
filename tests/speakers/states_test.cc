#include "server/speakers/states.h"

#include "gtest/gtest.h"

namespace quoth {
namespace {

TEST(StateOfTest, BothWaysOfShortening) {
  EXPECT_EQ(StateOf("wis"), "wisconsin");
  EXPECT_EQ(StateOf("wi"), "wisconsin");
  EXPECT_EQ(StateOf("n.h"), "new hampshire");
  EXPECT_EQ(StateOf("zz"), "");
  EXPECT_EQ(StateOf(""), "");
}

TEST(PartyOfTest, Letters) {
  EXPECT_EQ(PartyOf("r"), "republican");
  EXPECT_EQ(PartyOf("d"), "democrat");
  EXPECT_EQ(PartyOf("x"), "");
}

}  // namespace
}  // namespace quoth
