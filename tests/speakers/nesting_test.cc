#include "server/speakers/nesting.h"

#include <random>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace quoth {
namespace {

using ::testing::ElementsAre;

Claim MakeClaim(Span source, std::vector<Span> content) {
  Claim claim;
  if (!source.empty()) claim.source = source;
  claim.content = std::move(content);
  return claim;
}

TEST(FindOuterClaimsTest, TheInnermostClaimAroundTheSource) {
  // "A said {B told C {that D denies E}}".
  const std::vector<Claim> claims = {
      MakeClaim({0, 1}, {{10, 50}}),
      MakeClaim({10, 12}, {{20, 50}}),
      MakeClaim({22, 24}, {{30, 50}}),
      MakeClaim({60, 62}, {{70, 80}}),
  };
  const std::vector<int> outer = FindOuterClaims(claims);
  EXPECT_THAT(outer, ElementsAre(-1, 0, 1, -1));
  EXPECT_THAT(NestingDepths(outer), ElementsAre(0, 1, 2, 0));
}

TEST(FindOuterClaimsTest, AClaimInTheSecondPieceOfAnother) {
  const std::vector<Claim> claims = {
      MakeClaim({11, 13}, {{0, 10}, {20, 40}}),
      MakeClaim({22, 24}, {{26, 40}}),
  };
  EXPECT_THAT(FindOuterClaims(claims), ElementsAre(-1, 0));
}

TEST(FindOuterClaimsTest, TwoClaimsOfOneSourceAreSideBySide) {
  const std::vector<Claim> claims = {
      MakeClaim({0, 5}, {{10, 20}}),
      MakeClaim({0, 5}, {{25, 30}}),
  };
  EXPECT_THAT(FindOuterClaims(claims), ElementsAre(-1, -1));
}

TEST(FindOuterClaimsTest, ClaimsAroundEachOtherMakeNoCycle) {
  const std::vector<Claim> claims = {
      MakeClaim({12, 14}, {{0, 10}}),
      MakeClaim({2, 4}, {{11, 20}}),
  };
  const std::vector<int> outer = FindOuterClaims(claims);
  EXPECT_TRUE(outer[0] < 0 || outer[1] < 0);
}

TEST(FindOuterClaimsTest, RandomClaimsMakeNoCycle) {
  std::mt19937 random(7);
  for (int round = 0; round < 300; ++round) {
    std::vector<Claim> claims;
    const int n = 1 + static_cast<int>(random() % 12);
    for (int i = 0; i < n; ++i) {
      const auto span = [&random] {
        const uint32_t begin = random() % 60;
        return Span{begin, begin + 1 + static_cast<uint32_t>(random() % 30)};
      };
      claims.push_back(
          MakeClaim(random() % 3 == 0 ? Span() : span(), {span()}));
    }
    const std::vector<int> outer = FindOuterClaims(claims);
    ASSERT_EQ(outer.size(), claims.size());
    for (size_t i = 0; i < outer.size(); ++i) {
      int at = static_cast<int>(i);
      for (int steps = 0; at >= 0; ++steps) {
        ASSERT_LE(steps, n) << "a cycle through claim " << i;
        at = outer[at];
      }
      if (outer[i] < 0) continue;
      // It really lies inside.
      bool inside = false;
      for (Span span : claims[outer[i]].content) {
        inside = inside || span.Contains(AnchorOf(claims[i]));
      }
      EXPECT_TRUE(inside);
    }
    for (const int depth : NestingDepths(outer)) {
      EXPECT_GE(depth, 0);
      EXPECT_LE(depth, kMaxNesting);
    }
  }
}

}  // namespace
}  // namespace quoth
