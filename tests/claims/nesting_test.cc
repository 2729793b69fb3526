#include "server/claims/nesting.h"

#include <algorithm>
#include <cstdint>
#include <optional>
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

// A hundred thousand claims, each in the one before, side by side in one, or
// each over the edge of the next: a step that looks at all pairs would not end.
TEST(FindParentsTest, ManyClaims) {
  constexpr uint32_t kClaims = 100000;
  std::vector<Claim> nested, beside, chained;
  beside.push_back(MakeClaim({}, {{0, 20 * kClaims}}));
  for (uint32_t i = 0; i < kClaims; ++i) {
    nested.push_back(MakeClaim({}, {{10 * i + 5, 20 * kClaims - i}}));
    nested.back().cue = Span{10 * i + 1, 10 * i + 4};
    beside.push_back(MakeClaim({}, {{10 * i + 5, 10 * i + 9}}));
    beside.back().cue = Span{10 * i + 1, 10 * i + 4};
    chained.push_back(MakeClaim({}, {{10 * i + 5, 10 * i + 20}}));
    chained.back().cue = Span{10 * i + 1, 10 * i + 4};
  }
  FindParents(nested);
  FindParents(beside);
  FindParents(chained);
  for (int i = 1; i < static_cast<int>(kClaims); ++i) {
    ASSERT_EQ(nested[i].parent, i - 1);
    ASSERT_EQ(beside[i].parent, 0);
    ASSERT_EQ(chained[i].parent, std::nullopt);
  }
  EXPECT_EQ(FindOuterClaims(nested)[7], 6);
  EXPECT_EQ(FindOuterClaims(beside)[kClaims], 0);
  EXPECT_EQ(FindOuterClaims(chained)[7], 6);
}

// Against the definition, which compares everything with everything.
TEST(FindParentsTest, RandomClaims) {
  std::mt19937 random(11);
  const auto holds = [](const Claim& outer, Span inner) {
    return std::any_of(outer.content.begin(), outer.content.end(),
                       [inner](Span piece) { return piece.Contains(inner); });
  };
  for (int round = 0; round < 500; ++round) {
    std::vector<Claim> claims;
    const int n = 1 + static_cast<int>(random() % 30);
    for (int i = 0; i < n; ++i) {
      const uint32_t begin = random() % 100;
      const uint32_t middle = begin + 1 + random() % 30;
      std::vector<Span> content = {{begin, middle}};
      if (random() % 3 == 0) {
        content.push_back(
            {middle + 2, middle + 3 + static_cast<uint32_t>(random() % 20)});
      }
      claims.push_back(MakeClaim({}, content));
      const uint32_t cue = random() % 100;
      if (random() % 4 != 0) claims.back().cue = Span{cue, cue + 2};
    }
    FindParents(claims);
    for (int i = 0; i < n; ++i) {
      std::optional<int> expected;
      const auto size = [&claims](int k) {
        uint32_t sum = 0;
        for (Span piece : claims[k].content) sum += piece.size();
        return sum;
      };
      for (int k = 0; k < n && claims[i].cue; ++k) {
        bool held = k != i && holds(claims[k], *claims[i].cue);
        for (Span piece : claims[i].content) {
          held = held && holds(claims[k], piece);
        }
        if (held && (!expected || size(k) < size(*expected))) expected = k;
      }
      ASSERT_EQ(claims[i].parent, expected) << round << " " << i;
    }
  }
}

}  // namespace
}  // namespace quoth
