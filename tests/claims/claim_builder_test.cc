#include "server/claims/claim_builder.h"

#include <optional>
#include <string>
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
                  {d.Claim("told", "Reed", {"he would not “give up”"})}, 1);
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
      {"They’ll announce the date.", "They’ll announce", "the date",
       Act::kStatement, Realis::kHypothetical},
      // The content does not follow the cue.
      {"To leave was what Reed asked.", "asked", "To leave", Act::kQuestion,
       Realis::kActual},
  };
  for (const Case& c : kCases) {
    const TestDocument d(c.text);
    const std::vector<Claim> claims =
        BuildClaims(d.doc, d.quotations, {d.Claim(c.cue, "", {c.content})}, 0);
    ASSERT_THAT(claims, SizeIs(1)) << c.text;
    EXPECT_EQ(claims[0].act, c.act) << c.text;
    EXPECT_EQ(claims[0].realis, c.realis) << c.text;
  }
}

TEST(ClaimBuilderTest, WhoIsAskedIsNotTheOneWhoAsks) {
  const TestDocument d("Asked whether it rained, Reed said no.");
  const std::vector<Claim> claims =
      BuildClaims(d.doc, d.quotations,
                  {d.Claim("Asked", "Reed", {"whether it rained"})}, 1);
  ASSERT_THAT(claims, SizeIs(1));
  EXPECT_EQ(d.Slice(claims[0].context.addressee), "Reed");
  EXPECT_EQ(claims[0].source, std::nullopt);
  // Somebody else may well ask.
  const TestDocument other("Lee asked Reed whether it rained.");
  const std::vector<Claim> asked =
      BuildClaims(other.doc, other.quotations,
                  {other.Claim("asked", "Lee", {"whether it rained"})}, 1);
  ASSERT_THAT(asked, SizeIs(1));
  EXPECT_EQ(other.Slice(asked[0].context.addressee), "Reed");
  EXPECT_EQ(other.Slice(asked[0].source), "Lee");
}

TEST(ClaimBuilderTest, OrdersByFirstContent) {
  const TestDocument d("Rain, Reed said. Snow, Lee said.");
  const std::vector<Claim> claims = BuildClaims(
      d.doc, d.quotations,
      {d.Claim("", "Lee", {"Snow"}), d.Claim("", "Reed", {"Rain"})}, 0);
  ASSERT_THAT(claims, SizeIs(2));
  EXPECT_EQ(d.Slice(claims[0].source), "Reed");
  EXPECT_EQ(d.Slice(claims[1].source), "Lee");
}

TEST(ClaimBuilderTest, LeavesOutMarksAlone) {
  const TestDocument d("Reed said ...");
  EXPECT_THAT(
      BuildClaims(d.doc, d.quotations, {d.Claim("said", "Reed", {"..."})}, 0),
      IsEmpty());
}

TEST(ClaimBuilderTest, TheSmallestHolderIsTheParent) {
  const TestDocument d("Reed said Lee told Poe that Kay denied theft.");
  const std::vector<Claim> claims = BuildClaims(
      d.doc, d.quotations,
      {d.Claim("said", "Reed", {"Lee told Poe that Kay denied theft"}),
       d.Claim("told", "Lee", {"that Kay denied theft"}),
       d.Claim("denied", "Kay", {"theft"})},
      0);
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
      0);
  ASSERT_THAT(claims, SizeIs(2));
  EXPECT_EQ(claims[1].parent, std::nullopt);
}

}  // namespace
}  // namespace quoth
