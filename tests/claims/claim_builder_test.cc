#include "server/claims/claim_builder.h"

#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "server/claims/claim.h"
#include "tests/claims/test_document.h"

namespace quoth {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

TEST(ClaimBuilderTest, FillsEveryField) {
  const TestDocument d(
      "It rained. On Monday, Reed told reporters he would not “give up”.");
  const std::vector<Claim> claims =
      BuildClaims(d.doc, d.quotations,
                  {d.Claim("told", "Reed", {"he would not “give up”"})},
                  {.context_sentences = 1});
  ASSERT_THAT(claims, SizeIs(1));
  const Claim& c = claims[0];
  EXPECT_EQ(c.type, ClaimType::kMixed);
  EXPECT_THAT(d.Slices(c.content), ElementsAre("he would not “give up”"));
  EXPECT_EQ(d.Slice(c.cue), "told");
  EXPECT_EQ(d.Slice(c.source), "Reed");
  EXPECT_EQ(c.act, Act::kStatement);
  EXPECT_EQ(c.realis, Realis::kActual);
  EXPECT_EQ(d.Slice(c.context.before), "It rained.");
  EXPECT_EQ(d.Slice(c.context.addressee), "reporters");
  EXPECT_EQ(d.Slice(c.context.time), "On Monday");
  EXPECT_FLOAT_EQ(c.confidence, 0.9f);
  EXPECT_EQ(c.parent, std::nullopt);
}

TEST(ClaimBuilderTest, ReadsTheCuesWords) {
  struct Case {
    const char* text;
    const char* cue;
    const char* content;
    Act act;
    Realis realis;
  };
  const Case kCases[] = {
      {"Reed asked to be heard.", "asked", "to be heard", Act::kDirective,
       Realis::kActual},
      {"Reed asked whether it rained.", "asked", "whether it rained",
       Act::kQuestion, Realis::kActual},
      {"Reed Didn’t Say why.", "Didn’t Say", "why", Act::kStatement,
       Realis::kNegated},
      {"Reed did say it; he didn\xC2\x92t say why.", "didn\xC2\x92t say", "why",
       Act::kStatement, Realis::kNegated},
      {"Reed den\u00adied it rained.", "den\u00adied", "it rained",
       Act::kDenial, Realis::kActual},
      {"They’ll announce the date.", "They’ll announce", "the date",
       Act::kStatement, Realis::kHypothetical},
      // The content does not follow the cue.
      {"To leave was what Reed asked.", "asked", "To leave", Act::kQuestion,
       Realis::kActual},
  };
  for (const Case& c : kCases) {
    const TestDocument d(c.text);
    const std::vector<Claim> claims =
        BuildClaims(d.doc, d.quotations, {d.Claim(c.cue, "", {c.content})}, {});
    ASSERT_THAT(claims, SizeIs(1)) << c.text;
    EXPECT_EQ(claims[0].act, c.act) << c.text;
    EXPECT_EQ(claims[0].realis, c.realis) << c.text;
  }
}

TEST(ClaimBuilderTest, WhoIsAskedIsNotTheOneWhoAsks) {
  const TestDocument d("Asked whether it rained, Reed said no.");
  const std::vector<Claim> claims = BuildClaims(
      d.doc, d.quotations, {d.Claim("Asked", "Reed", {"whether it rained"})},
      {.context_sentences = 1});
  ASSERT_THAT(claims, SizeIs(1));
  EXPECT_EQ(d.Slice(claims[0].context.addressee), "Reed");
  EXPECT_EQ(claims[0].source, std::nullopt);
  // Somebody else may well ask.
  const TestDocument other("Lee asked Reed whether it rained.");
  const std::vector<Claim> asked =
      BuildClaims(other.doc, other.quotations,
                  {other.Claim("asked", "Lee", {"whether it rained"})},
                  {.context_sentences = 1});
  ASSERT_THAT(asked, SizeIs(1));
  EXPECT_EQ(other.Slice(asked[0].context.addressee), "Reed");
  EXPECT_EQ(other.Slice(asked[0].source), "Lee");
}

TEST(ClaimBuilderTest, OrdersByFirstContent) {
  const TestDocument d("Rain, Reed said. Snow, Lee said.");
  const std::vector<Claim> claims = BuildClaims(
      d.doc, d.quotations,
      {d.Claim("", "Lee", {"Snow"}), d.Claim("", "Reed", {"Rain"})}, {});
  ASSERT_THAT(claims, SizeIs(2));
  EXPECT_EQ(d.Slice(claims[0].source), "Reed");
  EXPECT_EQ(d.Slice(claims[1].source), "Lee");
}

TEST(ClaimBuilderTest, LeavesOutMarksAlone) {
  const TestDocument d("Reed said ...");
  EXPECT_THAT(
      BuildClaims(d.doc, d.quotations, {d.Claim("said", "Reed", {"..."})}, {}),
      IsEmpty());
}

TEST(ClaimBuilderTest, TheSmallestHolderIsTheParent) {
  const TestDocument d("Reed said Lee told Poe that Kay denied theft.");
  const std::vector<Claim> claims = BuildClaims(
      d.doc, d.quotations,
      {d.Claim("said", "Reed", {"Lee told Poe that Kay denied theft"}),
       d.Claim("told", "Lee", {"that Kay denied theft"}),
       d.Claim("denied", "Kay", {"theft"})},
      {});
  ASSERT_THAT(claims, SizeIs(3));
  EXPECT_EQ(claims[0].parent, std::nullopt);
  EXPECT_EQ(claims[1].parent, 0);
  EXPECT_EQ(claims[2].parent, 1);
}

TEST(ClaimBuilderTest, AParentHoldsTheCueToo) {
  const TestDocument d("Theft, Reed said. Lee denied theft.");
  const std::vector<Claim> claims = BuildClaims(
      d.doc, d.quotations,
      {d.Claim("said", "Reed", {"Theft"}), d.Claim("denied", "Lee", {"theft"})},
      {});
  ASSERT_THAT(claims, SizeIs(2));
  EXPECT_EQ(claims[1].parent, std::nullopt);
}

TEST(ClaimBuilderTest, ATurnIsTheParentOfAllItHolds) {
  constexpr int kClaims = 200;
  std::string text = "LEE: No.\nREED: It rained. ";
  for (int i = 0; i < kClaims; ++i) text += "Kay denied theft. ";
  const TestDocument d(text);
  std::vector<WordClaim> words;
  WordClaim turn = d.Claim("", "REED", {text.substr(text.find("It rained"))});
  turn.turn = true;
  words.push_back(turn);
  for (int i = 0; i < kClaims; ++i) {
    WordClaim claim;
    claim.cue = d.Words("denied", i);
    claim.content = d.Words("theft", i);
    words.push_back(claim);
  }
  const std::vector<Claim> claims = BuildClaims(d.doc, d.quotations, words, {});
  ASSERT_THAT(claims, SizeIs(kClaims + 1));
  EXPECT_EQ(claims[0].parent, std::nullopt);
  for (int i = 1; i <= kClaims; ++i) EXPECT_EQ(claims[i].parent, 0) << i;
}

// The order is that of the contents as they are given.
TEST(ClaimBuilderTest, OrdersBehindTheAddresseeThatIsLeftOut) {
  const TestDocument d("Reed asked the council to act now.");
  const std::vector<WordClaim> words = {
      d.Claim("asked", "Reed", {"the council to act now"}),
      d.Claim("", "", {"council to act"})};
  const auto contents = [&](bool outside) {
    std::vector<std::string> contents;
    for (const Claim& claim : BuildClaims(d.doc, d.quotations, words,
                                          {.addressee_outside = outside})) {
      contents.push_back(d.Slice(claim.content.front()));
    }
    return contents;
  };
  EXPECT_THAT(contents(false),
              ElementsAre("the council to act now", "council to act"));
  EXPECT_THAT(contents(true), ElementsAre("council to act", "to act now"));
}

TEST(ClaimBuilderTest, ConfidencesAreNumbers) {
  const TestDocument d("Reed said it rained.");
  constexpr float kNaN = std::numeric_limits<float>::quiet_NaN();
  constexpr float kInfinity = std::numeric_limits<float>::infinity();
  for (const auto& [confidence, expected] :
       std::vector<std::pair<float, float>>{
           {kNaN, 0}, {-kInfinity, 0}, {kInfinity, 1}, {0.5f, 0.5f}}) {
    WordClaim words = d.Claim("said", "Reed", {"it rained"});
    words.confidence = confidence;
    const std::vector<Claim> claims =
        BuildClaims(d.doc, d.quotations, {words}, {});
    ASSERT_THAT(claims, SizeIs(1));
    EXPECT_EQ(claims[0].confidence, expected);
  }
}

}  // namespace
}  // namespace quoth
