#include "server/claims/decoder.h"

#include <cmath>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "server/claims/contest.h"
#include "tests/claims/test_document.h"

namespace quoth {
namespace {

using ::testing::ElementsAre;
using ::testing::ElementsAreArray;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// The log-probabilities of a word whose role is all but certain.
LabelRow Sure(RoleLabel role) {
  LabelRow row = {std::log(0.01f), std::log(0.01f), std::log(0.01f)};
  row[role] = std::log(0.98f);
  return row;
}

LabelRow Odds(float other, float source, float content) {
  return {std::log(other), std::log(source), std::log(content)};
}

LabelRow Cue(float begin, float inside) {
  return {1 - begin - inside, begin, inside};
}

struct CueCase {
  const char* name;
  std::vector<LabelRow> probabilities;
  std::vector<std::pair<int, int>> cues;
};

void PrintTo(const CueCase& c, std::ostream* out) { *out << c.name; }

class FindCuesTest : public testing::TestWithParam<CueCase> {};

TEST_P(FindCuesTest, FindsRuns) {
  std::vector<std::pair<int, int>> cues;
  for (CueWords cue : FindCues(GetParam().probabilities, DecoderOptions())) {
    cues.emplace_back(cue.begin, cue.end);
  }
  EXPECT_THAT(cues, ElementsAreArray(GetParam().cues));
}

INSTANTIATE_TEST_SUITE_P(
    Cases, FindCuesTest,
    testing::Values(
        CueCase{"NoWords", {}, {}},
        CueCase{"OneWord", {Cue(0, 0), Cue(0.9f, 0), Cue(0, 0)}, {{1, 2}}},
        CueCase{"NotSureEnough", {Cue(0.5f, 0.05f)}, {}},
        CueCase{"WeakWordsAroundASureOne",
                {Cue(0.4f, 0), Cue(0.2f, 0.6f), Cue(0, 0.4f), Cue(0, 0.3f)},
                {{0, 3}}},
        CueCase{"ASecondBeginningSplits",
                {Cue(0.9f, 0), Cue(0.8f, 0.1f)},
                {{0, 1}, {1, 2}}},
        CueCase{"AnUnsureBeginningDoesNot",
                {Cue(0.9f, 0), Cue(0.45f, 0.4f)},
                {{0, 2}}},
        CueCase{"ToTheEnd", {Cue(0, 0), Cue(0.9f, 0), Cue(0, 0.9f)}, {{1, 3}}}),
    [](const auto& info) { return info.param.name; });

class DecodeWindowTest : public testing::Test {
 protected:
  // Every word another role than content or source, but those of the phrases.
  static std::vector<LabelRow> Roles(const TestDocument& d,
                                     std::string_view source,
                                     std::vector<std::string> content) {
    std::vector<LabelRow> roles(d.doc.words.size(), Sure(kRoleOther));
    for (uint32_t w : d.Words(source)) roles[w] = Sure(kRoleSource);
    for (const std::string& piece : content) {
      for (uint32_t w : d.Words(piece)) roles[w] = Sure(kRoleContent);
    }
    return roles;
  }

  static CueWords CueAt(const TestDocument& d, std::string_view phrase) {
    const std::vector<uint32_t> words = d.Words(phrase);
    return {static_cast<int>(words.front()),
            static_cast<int>(words.back()) + 1};
  }

  std::vector<WordClaim> Decode(const TestDocument& d,
                                const std::vector<CueWords>& cues,
                                const RoleScores& roles) const {
    std::vector<LabelRow> probabilities(d.doc.words.size(), Cue(0, 0));
    for (CueWords cue : cues) {
      for (int i = cue.begin; i < cue.end; ++i) probabilities[i] = Cue(0.9f, 0);
    }
    const WordRange all = {0, static_cast<uint32_t>(d.doc.words.size())};
    return DecodeWindow(d.doc, all, cues, probabilities, roles, options_);
  }

  DecoderOptions options_;
};

TEST_F(DecodeWindowTest, NoWordsOrCues) {
  const TestDocument d("Nothing happened.");
  EXPECT_THAT(Decode(d, {}, {}), IsEmpty());
  EXPECT_THAT(DecodeWindow(d.doc, {0, 0}, {}, {}, {}, options_), IsEmpty());
}

TEST_F(DecodeWindowTest, CueSourceAndSplitContent) {
  const TestDocument d("We try, the boss said, and we fail.");
  const auto claims = Decode(d, {CueAt(d, "said")},
                             {Roles(d, "the boss", {"We try", "and we fail"})});
  ASSERT_THAT(claims, SizeIs(1));
  EXPECT_EQ(claims[0].cue, d.Words("said"));
  EXPECT_EQ(claims[0].source, d.Words("the boss"));
  EXPECT_THAT(claims[0].content, ElementsAre(0, 1, 7, 8, 9));
  EXPECT_GT(claims[0].confidence, 0.8f);
  EXPECT_LE(claims[0].confidence, 1);
}

TEST_F(DecodeWindowTest, SwitchCostClosesAGap) {
  const TestDocument d("He said that taxes will rise again soon.");
  auto roles = Roles(d, "He", {"that taxes will rise again soon"});
  roles[d.Words("will")[0]] = Odds(0.55f, 0.01f, 0.44f);
  const auto claims = Decode(d, {CueAt(d, "said")}, {roles});
  ASSERT_THAT(claims, SizeIs(1));
  EXPECT_EQ(claims[0].content, d.Words("that taxes will rise again soon"));
}

TEST_F(DecodeWindowTest, TheCueIsNeverContent) {
  const TestDocument d("He said so.");
  const std::vector<LabelRow> roles(d.doc.words.size(), Sure(kRoleContent));
  const auto claims = Decode(d, {CueAt(d, "said")}, {roles});
  ASSERT_THAT(claims, SizeIs(1));
  EXPECT_THAT(claims[0].content, testing::Not(testing::Contains(1)));
}

TEST_F(DecodeWindowTest, AWeakSourceIsGrown) {
  const TestDocument d("Taxes will rise, the new boss said.");
  auto roles = Roles(d, "", {"Taxes will rise"});
  for (uint32_t w : d.Words("new boss")) roles[w] = Odds(0.7f, 0.25f, 0.05f);
  const auto claims = Decode(d, {CueAt(d, "said")}, {roles});
  ASSERT_THAT(claims, SizeIs(1));
  EXPECT_EQ(claims[0].source, d.Words("new boss"));
}

TEST_F(DecodeWindowTest, ASourceEndsWhereItIsLeastLikelyToGoOn) {
  struct Case {
    std::vector<float> source;  // Per word, from "a" on.
    std::string_view expected;
  };
  for (const Case& c : std::vector<Case>{
           {{.99f, .98f, .9f, .85f, .55f, .1f}, "a poll by Zed released"},
           // Though the role is still the likeliest behind it ...
           {{.99f, .98f, .6f, .58f, .56f, .55f}, "a poll"},
           // ... or is no more in front of it.
           {{.99f, .98f, .6f, .45f, .4f, .35f}, "a poll"},
           {{.99f, .9f, .8f, .7f, .6f, .45f},
            "a poll by Zed released last month"},
           // Not in front of a word that is the source's for sure.
           {{.99f, .98f, .4f, .9f, .85f, .1f}, "a poll by Zed released"},
           // Not behind a word that leaves it open.
           {{.99f, .98f, .9f, .88f, .85f, .8f},
            "a poll by Zed released last month"},
       }) {
    const TestDocument d("It fell, a poll by Zed released last month said.");
    auto roles = Roles(d, "", {"It fell"});
    const std::vector<uint32_t> words = d.Words("a poll by Zed released last");
    for (size_t i = 0; i < words.size(); ++i) {
      roles[words[i]] = Odds(1 - c.source[i], c.source[i], 1e-6f);
    }
    roles[d.Words("month")[0]] = Odds(0.7f, 0.3f, 1e-6f);
    const auto claims = Decode(d, {CueAt(d, "said")}, {roles});
    ASSERT_THAT(claims, SizeIs(1));
    EXPECT_EQ(claims[0].source, d.Words(c.expected)) << c.expected;
  }
}

TEST_F(DecodeWindowTest, TooWeakASourceIsNone) {
  const TestDocument d("Taxes will rise, it was said.");
  const auto claims =
      Decode(d, {CueAt(d, "was said")}, {Roles(d, "", {"Taxes will rise"})});
  ASSERT_THAT(claims, SizeIs(1));
  EXPECT_THAT(claims[0].source, IsEmpty());
}

TEST_F(DecodeWindowTest, AWeakContentIsGrownOrTheClaimDropped) {
  const TestDocument d("He said taxes will rise.");
  auto roles = Roles(d, "He", {});
  for (uint32_t w : d.Words("taxes will rise")) {
    roles[w] = Odds(0.6f, 0.01f, 0.39f);
  }
  const auto claims = Decode(d, {CueAt(d, "said")}, {roles});
  ASSERT_THAT(claims, SizeIs(1));
  EXPECT_EQ(claims[0].content, d.Words("taxes will rise"));
  EXPECT_THAT(Decode(d, {CueAt(d, "said")}, {Roles(d, "He", {})}), IsEmpty());
}

TEST_F(DecodeWindowTest, AnotherParagraphCosts) {
  const TestDocument d("He said so.\n\nTaxes rise.");
  auto roles = Roles(d, "He", {"so"});
  for (uint32_t w : d.Words("Taxes rise")) {
    roles[w] = Odds(0.35f, 0.05f, 0.6f);
  }
  options_.other_paragraph_cost = 3;
  auto claims = Decode(d, {CueAt(d, "said")}, {roles});
  ASSERT_THAT(claims, SizeIs(1));
  EXPECT_EQ(claims[0].content, d.Words("so"));
  options_.other_paragraph_cost = 0;
  options_.switch_cost = 0;
  claims = Decode(d, {CueAt(d, "said")}, {roles});
  ASSERT_THAT(claims, SizeIs(1));
  EXPECT_THAT(claims[0].content, testing::Contains(d.Words("Taxes")[0]));
}

TEST_F(DecodeWindowTest, AQuotationIsCompleted) {
  const TestDocument d("He said: “We will never ever go back there again.”");
  const auto claims = Decode(d, {CueAt(d, "said")},
                             {Roles(d, "He", {"will never ever go back"})});
  ASSERT_THAT(claims, SizeIs(1));
  EXPECT_EQ(claims[0].content,
            d.Words("We will never ever go back there again."));
}

TEST_F(DecodeWindowTest, AQuotationIsLeftAloneIfLittleOfItIsContent) {
  const TestDocument d("He said: “We will never ever go back there again.”");
  const auto claims =
      Decode(d, {CueAt(d, "said")}, {Roles(d, "He", {"go back"})});
  ASSERT_THAT(claims, SizeIs(1));
  EXPECT_EQ(claims[0].content, d.Words("go back"));
}

TEST_F(DecodeWindowTest, AQuotationThatLostItsMarkIsNotCompleted) {
  const TestDocument d("He said: “We will never go back. It rained a lot.");
  const auto claims = Decode(d, {CueAt(d, "said")},
                             {Roles(d, "He", {"We will never go back"})});
  ASSERT_THAT(claims, SizeIs(1));
  EXPECT_EQ(claims[0].content, d.Words("We will never go back"));
}

TEST_F(DecodeWindowTest, AWordBelongsToTheStrongerClaim) {
  const TestDocument d("He said taxes rise, she said prices rise.");
  auto first = Roles(d, "He", {"taxes rise"});
  const auto second = Roles(d, "she", {"prices rise"});
  for (uint32_t w : d.Words("prices")) first[w] = Odds(0.2f, 0.2f, 0.6f);
  RoleScores roles = {first, second};
  const auto claims = Decode(d, {CueAt(d, "said"), {6, 7}}, roles);
  ASSERT_THAT(claims, SizeIs(2));
  EXPECT_EQ(claims[0].content, d.Words("taxes rise"));
  EXPECT_EQ(claims[1].content, d.Words("prices rise"));
}

TEST_F(DecodeWindowTest, ANestedClaimSharesItsWords) {
  const TestDocument d("He said she denied theft.");
  const RoleScores roles = {Roles(d, "He", {"she denied theft"}),
                            Roles(d, "she", {"theft"})};
  const std::vector<CueWords> cues = {CueAt(d, "said"), CueAt(d, "denied")};
  options_.nested = true;
  auto claims = Decode(d, cues, roles);
  ASSERT_THAT(claims, SizeIs(2));
  EXPECT_EQ(claims[0].content, d.Words("she denied theft"));
  EXPECT_EQ(claims[1].content, d.Words("theft"));
}

TEST(ContestTest, TheWeakestLoserGoesAndFreesItsWords) {
  // Claim 1 loses both words to claim 0; claim 2 wanted one of claim 1's.
  const std::vector<std::vector<float>> strength = {{0.9f, 0.9f, 0.0f, 0.0f},
                                                    {0.5f, 0.5f, 0.8f, 0.0f},
                                                    {0.0f, 0.0f, 0.6f, 0.6f}};
  const Contest contest = SettleContest(strength, Nesting(3), 0.5f);
  EXPECT_THAT(contest.remaining, ElementsAre(0, 2));
  EXPECT_TRUE(contest.Owns(2, 2));
  EXPECT_TRUE(contest.Owns(2, 3));
  EXPECT_FALSE(contest.Owns(1, 2));
  EXPECT_THAT(contest.strongest, ElementsAre(0.9f, 0.9f, 0.6f, 0.6f));
}

TEST(ContestTest, EqualClaimsShare) {
  const std::vector<std::vector<float>> strength = {{0.5f}, {0.5f}};
  const Contest contest = SettleContest(strength, Nesting(2), 0.5f);
  EXPECT_THAT(contest.remaining, ElementsAre(0, 1));
  EXPECT_TRUE(contest.Owns(0, 0));
  EXPECT_TRUE(contest.Owns(1, 0));
}

TEST(ContestTest, RelatedClaimsDoNotCompete) {
  const std::vector<std::vector<float>> strength = {{0.9f, 0.9f}, {0, 0.5f}};
  Nesting nesting(2);
  nesting.Relate(0, 1);
  const Contest contest = SettleContest(strength, nesting, 0.5f);
  EXPECT_THAT(contest.remaining, ElementsAre(0, 1));
  EXPECT_TRUE(contest.Owns(0, 1));
  EXPECT_TRUE(contest.Owns(1, 1));
}

TEST(ContestTest, NoClaims) {
  EXPECT_THAT(SettleContest({}, Nesting(0), 0.5f).remaining, IsEmpty());
}

// Any scores give claims whose words lie in the window, sorted, once each.
TEST_F(DecodeWindowTest, NoiseGivesWellFormedClaims) {
  const TestDocument d(
      "“We try,” she said, “and we fail.” He said she denied it.\n"
      "“Never again,” they say, he told “reporters” on Monday.");
  const int n = static_cast<int>(d.doc.words.size());
  uint32_t state = 7;
  const auto next = [&state] {
    state = state * 1664525 + 1013904223;
    return 0.001f + static_cast<float>(state >> 8) / (1 << 24);
  };
  for (int round = 0; round < 500; ++round) {
    options_.nested = round % 2;
    RoleScores roles;
    std::vector<CueWords> cues;
    for (int i = round % 3; i + 1 < n; i += 1 + round % 5) {
      cues.push_back({i, i + 1});
      auto& rows = roles.emplace_back();
      for (int j = 0; j < n; ++j) rows.push_back(Odds(next(), next(), next()));
    }
    for (const WordClaim& claim : Decode(d, cues, roles)) {
      ASSERT_FALSE(claim.content.empty());
      ASSERT_FALSE(claim.cue.empty());
      ASSERT_TRUE(std::is_sorted(claim.content.begin(), claim.content.end()));
      ASSERT_EQ(std::adjacent_find(claim.content.begin(), claim.content.end()),
                claim.content.end());
      ASSERT_LT(claim.content.back(), d.doc.words.size());
      ASSERT_GE(claim.confidence, 0);
      ASSERT_LE(claim.confidence, 1);
    }
  }
}

}  // namespace
}  // namespace quoth
