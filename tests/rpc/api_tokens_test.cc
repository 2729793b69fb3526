#include "server/rpc/api_tokens.h"

#include <set>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace quoth {
namespace {

using ::testing::MatchesRegex;
using ::testing::StartsWith;

TEST(ApiTokensTest, NewTokensAreLongAndNeverTheSame) {
  std::set<std::string> seen;
  for (int i = 0; i < 100; ++i) {
    const auto token = NewToken();
    ASSERT_TRUE(token.ok()) << token.status();
    EXPECT_THAT(*token, MatchesRegex("qt_[-_A-Za-z0-9]+"));
    // 256 bits, 6 to a character.
    EXPECT_EQ(token->size(), 3 + 43);
    EXPECT_TRUE(seen.insert(*token).second);
  }
}

TEST(ApiTokensTest, DigestIsSha256) {
  // The well-known digest of "abc".
  EXPECT_EQ(FormatDigest(DigestOf("abc")),
            "sha256:ba7816bf8f01cfea414140de5dae2223"
            "b00361a396177a9cb410ff61f20015ad");
}

TEST(ApiTokensTest, DigestsComeBack) {
  const TokenDigest digest = DigestOf("some token");
  EXPECT_EQ(ParseDigest(FormatDigest(digest)), digest);
  EXPECT_TRUE(SameDigest(digest, *ParseDigest(FormatDigest(digest))));
}

TEST(ApiTokensTest, ADifferenceAnywhereIsSeen) {
  const TokenDigest digest = DigestOf("some token");
  for (size_t i = 0; i < digest.size(); ++i) {
    for (int bit = 0; bit < 8; ++bit) {
      TokenDigest other = digest;
      other[i] ^= 1 << bit;
      EXPECT_FALSE(SameDigest(digest, other));
    }
  }
}

TEST(ApiTokensTest, WhatIsNoDigestIsRefused) {
  const std::string good = FormatDigest(DigestOf("x"));
  for (const std::string& bad :
       {std::string(), std::string("sha256:"), good.substr(0, good.size() - 1),
        good + "0", good.substr(7), "sha512:" + good.substr(7),
        good.substr(0, good.size() - 1) + "g", " " + good}) {
    EXPECT_EQ(ParseDigest(bad), std::nullopt) << bad;
  }
}

TEST(ApiTokensTest, BearerIsTheOnlyScheme) {
  EXPECT_EQ(BearerToken("Bearer qt_x"), "qt_x");
  EXPECT_EQ(BearerToken("bearer qt_x"), "qt_x");
  for (const char* other :
       {"", "Bearer", "qt_x", "Basic cXRfeA==", "Bearerqt"}) {
    EXPECT_EQ(BearerToken(other), std::nullopt) << other;
  }
}

}  // namespace
}  // namespace quoth
