#include "server/claims/quoted_beliefs.h"

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "gtest/gtest.h"
#include "server/claims/life_check.h"
#include "tests/claims/test_document.h"

namespace quoth {
namespace {

struct Case {
  const char* text;
  const char* cue;  // Empty: there is no such claim.
  const char* content = "";
};

TEST(QuotedBeliefsTest, Cases) {
  const Case kCases[] = {
      {"“It was close. I think we can win,” Reed said.", "think", "we can win"},
      {"“We don't believe that it was fair,” Reed said.", "don't believe",
       "that it was fair"},
      {"“I certainly didn't think he knew, but he did,” Reed said.",
       "didn't think", "he knew"},
      {"“I knew it was over and I went home,” Reed said.", "knew",
       "it was over"},
      {"“I know that it is hard - it always was,” Reed said.", "know",
       "that it is hard"},
      {"“I think this well-known plan is bad; it is late,” he said.", "think",
       "this well-known plan is bad"},
      // Nothing is believed, or it is no clause.
      {"“I think so,” Reed said.", ""},
      {"“I think about them every day,” Reed said.", ""},
      {"“I know him well enough,” Reed said.", ""},
      {"“We feel fine about this,” Reed said.", ""},
      {"“What do you think we can do?” Reed asked.", ""},
      {"“I think,” Reed said.", ""},
      // Outside quotations it is the reporter who believes.
      {"I think we can win.", ""},
  };
  for (const Case& c : kCases) {
    const TestDocument d(c.text);
    std::vector<WordClaim> claims;
    AddQuotedBeliefs(d.doc, d.quotations, 0.5f, claims);
    ASSERT_EQ(claims.size(), *c.cue ? 1u : 0u) << c.text;
    if (claims.empty()) continue;
    EXPECT_EQ(claims[0].cue, d.Words(c.cue)) << c.text;
    EXPECT_EQ(claims[0].content, d.Words(c.content)) << c.text;
    EXPECT_EQ(claims[0].source.size(), 1u) << c.text;
    EXPECT_EQ(claims[0].confidence, 0.5f);
  }
}

TEST(QuotedBeliefsTest, WhatTheNetworkFoundStays) {
  const TestDocument d("“I think we can win,” Reed said.");
  std::vector<WordClaim> claims = {d.Claim("think", "I", {"we can win"})};
  AddQuotedBeliefs(d.doc, d.quotations, 0.5f, claims);
  EXPECT_EQ(claims.size(), 1u);
}

// What is believed ends somewhere, or each of these would hold the rest.
TEST(QuotedBeliefsTest, BeliefsInBeliefsAreBounded) {
  constexpr size_t kBeliefs = 3000;
  std::string text = "“";
  for (size_t i = 0; i < kBeliefs; ++i) text += "I think we ";
  const TestDocument d(text + "”");
  std::vector<WordClaim> claims;
  AddQuotedBeliefs(d.doc, d.quotations, 0.5f, claims);
  size_t words = 0;
  for (const WordClaim& claim : claims) words += claim.content.size();
  EXPECT_GT(claims.size(), kBeliefs / 2);
  EXPECT_LE(words, 200 * kBeliefs);
}

TEST(QuotedBeliefsTest, EndsWhenNobodyWaits) {
  const TestDocument d("“I think we can win,” Reed said.");
  const auto gone = [] { return absl::CancelledError("gone"); };
  LifeCheck life(gone);
  std::vector<WordClaim> claims;
  AddQuotedBeliefs(d.doc, d.quotations, 0.5f, claims, &life);
  EXPECT_TRUE(claims.empty());
  EXPECT_FALSE(life.status().ok());
}

}  // namespace
}  // namespace quoth
