#include "server/claims/unclaimed_quotations.h"

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "server/claims/claim_builder.h"
#include "server/claims/extractor.h"
#include "server/claims/life_check.h"
#include "server/claims/transcript.h"
#include "tests/claims/test_document.h"

namespace quoth {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class LedgerTest : public testing::Test {
 protected:
  std::vector<Claim> Claims(const TestDocument& d,
                            std::vector<WordClaim> found = {}) {
    QuotationLedger ledger(d.doc, d.quotations, options_);
    for (WordClaim& claim : found) ledger.Add(std::move(claim));
    ledger.ClaimTheRest();
    return BuildClaims(d.doc, d.quotations, ledger.TakeClaims(), {});
  }

  QuotationOptions options_;
};

TEST_F(LedgerTest, AQuotationAloneIsAClaim) {
  const TestDocument d("It rained all day. “We are all very tired of this.”");
  const auto claims = Claims(d);
  ASSERT_THAT(claims, SizeIs(1));
  EXPECT_EQ(claims[0].type, ClaimType::kDirect);
  EXPECT_THAT(d.Slices(claims[0].content),
              ElementsAre("We are all very tired of this."));
  EXPECT_EQ(claims[0].cue, std::nullopt);
  EXPECT_EQ(claims[0].source, std::nullopt);
}

TEST_F(LedgerTest, AColonLeadsInWithASource) {
  struct Case {
    const char* text;
    const char* source;
  };
  const Case kCases[] = {
      {"He released this statement: “We are all very tired of this.”", "He"},
      {"It rained. Antony Reed had this for them:\n“We are all very tired of "
       "it.”",
       "Antony Reed"},
      {"The White House posted an answer: “We are all very tired of this.”",
       "The White House"},
      // No subject that is plain to see, or no colon.
      {"In the end, this: “We are all very tired of this.”", ""},
      {"Rain, snow and sleet: “We are all very tired of this.”", ""},
      {"He released a statement. “We are all very tired of this.”", ""},
      {": “We are all very tired of this.”", ""},
  };
  for (const Case& c : kCases) {
    const TestDocument d(c.text);
    const auto claims = Claims(d);
    ASSERT_THAT(claims, SizeIs(1)) << c.text;
    EXPECT_EQ(d.Slice(claims[0].source), c.source) << c.text;
  }
}

TEST_F(LedgerTest, AShortTurnOfAConversation) {
  EXPECT_THAT(Claims(TestDocument("He paused.\n“Not at all.”\nIt rained.")),
              SizeIs(1));
  EXPECT_THAT(Claims(TestDocument("He paused. “Not at all.”")), IsEmpty());
  EXPECT_THAT(Claims(TestDocument("He paused.\n“Never.”\nIt rained.")),
              IsEmpty());
}

TEST_F(LedgerTest, ScriptsWithoutCaseHaveNoTitles) {
  for (const char* words : {"نحن قريبون جدا من التوصل إلى اتفاق كامل.",
                            "هل أنتم قريبون من التوصل إلى اتفاق؟",
                            "हम आज एक बड़े समझौते के बहुत करीब पहुंच गए हैं।"}) {
    const TestDocument d("— “" + std::string(words) + "”");
    const auto claims = Claims(d);
    ASSERT_THAT(claims, SizeIs(1)) << words;
    EXPECT_THAT(d.Slices(claims[0].content), ElementsAre(words));
  }
}

TEST_F(LedgerTest, WhatIsNoSpeech) {
  for (
      const char* text : {
          "They called it “the very big and ugly thing” and left.",  // A scare
          "He sang “A Change Is Gonna Come,” softly.",
          "She hosts “A Night at the Opera with Friends.” It rained.",  // A
                                                                        // title
          "He said “No.”",  // Too short
          // A phrase that lost its closing mark.
          "They called it “the very big thing and went home.",
          "It rained all day.",
          "“”",
          "",
      }) {
    EXPECT_THAT(Claims(TestDocument(text)), IsEmpty()) << text;
  }
}

TEST_F(LedgerTest, AClaimedQuotationIsLeftAlone) {
  const TestDocument d("“We are all very tired of this,” Reed said.");
  const auto claims =
      Claims(d, {d.Claim("said", "Reed", {"We are all very tired of this,"})});
  ASSERT_THAT(claims, SizeIs(1));
  EXPECT_EQ(d.Slice(claims[0].source), "Reed");
}

TEST_F(LedgerTest, AQuotationWithACueInsideIsLeftAlone) {
  const TestDocument d("“We are tired, Reed said, of all of this.”");
  EXPECT_THAT(Claims(d, {d.Claim("said", "Reed", {"We are tired"})}),
              SizeIs(1));
}

TEST_F(LedgerTest, ClaimsInsideLeaveTheQuotationFreeWhereClaimsNest) {
  options_.nested = true;
  struct Case {
    const char* text;
    const char* cue;
    const char* source;
    const char* inner;
    const char* outer;
  };
  const Case kCases[] = {
      {"It rained. “I do not think that it was wise to leave.”", "do not think",
       "I", "that it was wise to leave",
       "I do not think that it was wise to leave."},
      {"It rained. “They asked ‘What is there to hide?’” It snowed.", "asked",
       "They", "What is there to hide", "They asked ‘What is there to hide?’"},
  };
  for (const Case& c : kCases) {
    const TestDocument d(c.text);
    const auto claims = Claims(d, {d.Claim(c.cue, c.source, {c.inner})});
    ASSERT_THAT(claims, SizeIs(2)) << c.text;
    EXPECT_THAT(d.Slices(claims[0].content), ElementsAre(c.outer));
    EXPECT_EQ(claims[1].parent, 0) << c.text;
  }
  // A cue, or content, outside the marks holds the quotation.
  const TestDocument held("Reed said: “I think that we are all tired.”");
  EXPECT_THAT(
      Claims(held,
             {held.Claim("said", "Reed", {"I think that we are all tired"}),
              held.Claim("think", "I", {"that we are all tired"})}),
      SizeIs(2));
}

TEST_F(LedgerTest, AQuotationGoesOnWithTheOneBeforeNotWithAClaimInsideIt) {
  options_.nested = true;
  const TestDocument d(
      "“I think that we are tired,” Reed said. “We want to go home now.”");
  const auto claims =
      Claims(d, {d.Claim("said", "Reed", {"I think that we are tired,"}),
                 d.Claim("think", "I", {"that we are tired"})});
  ASSERT_THAT(claims, SizeIs(2));
  EXPECT_THAT(
      d.Slices(claims[0].content),
      ElementsAre("I think that we are tired,", "We want to go home now."));
}

TEST_F(LedgerTest, SentencesWithoutALastStop) {
  const char* const kText =
      "It rained. “We are all tired. It has gone on for weeks” (in Welsh).";
  EXPECT_THAT(Claims(TestDocument(kText)), IsEmpty());
  options_.unstopped = true;
  EXPECT_THAT(Claims(TestDocument(kText)), SizeIs(1));
  for (const char* text : {
           "She wrote “The Long Way. A Memoir of the North” (in Welsh).",
           "It rained. “the big thing that would not go away” (in Welsh).",
           "It rained. “We are all tired of the rain” (in Welsh).",
       }) {
    EXPECT_THAT(Claims(TestDocument(text)), IsEmpty()) << text;
  }
}

TEST_F(LedgerTest, GoesOnBehindItsCue) {
  const TestDocument d("“We are tired,” Reed said. “We want to go home now.”");
  const auto claims = Claims(d, {d.Claim("said", "Reed", {"We are tired,"})});
  ASSERT_THAT(claims, SizeIs(1));
  EXPECT_THAT(d.Slices(claims[0].content),
              ElementsAre("We are tired,", "We want to go home now."));
}

TEST_F(LedgerTest, GoesOnInTheNextParagraph) {
  const TestDocument d(
      "“We are tired,” Reed said.\n\n“We want to go home now.\n\n“And we want "
      "to stay there.”");
  const auto claims = Claims(d, {d.Claim("said", "Reed", {"We are tired,"})});
  ASSERT_THAT(claims, SizeIs(1));
  EXPECT_THAT(d.Slices(claims[0].content),
              ElementsAre("We are tired,", "We want to go home now.",
                          "And we want to stay there."));
}

TEST_F(LedgerTest, DoesNotGoOnBehindAnotherSentenceOrAQuestion) {
  const TestDocument far(
      "“We are tired,” Reed said. It rained. “We want to go home now.”");
  EXPECT_THAT(Claims(far, {far.Claim("said", "Reed", {"We are tired,"})}),
              SizeIs(2));
  const TestDocument question(
      "“Are you tired?” Reed asked.\n“We want to go home now.”");
  EXPECT_THAT(
      Claims(question, {question.Claim("asked", "Reed", {"Are you tired?"})}),
      SizeIs(2));
}

TEST_F(LedgerTest, ASignature) {
  const TestDocument d(
      "“We are all very tired of this.” — Ann Reed\nIt rained.");
  const auto claims = Claims(d);
  ASSERT_THAT(claims, SizeIs(1));
  EXPECT_EQ(d.Slice(claims[0].source), "Ann Reed");
}

TEST_F(LedgerTest, TurnsOfATranscript) {
  const TestDocument d(
      "REED: Will you be there?\nDR. LEE: I will not. Never.\nIt rained.");
  const auto claims = Claims(d);
  ASSERT_THAT(claims, SizeIs(2));
  EXPECT_EQ(d.Slice(claims[0].source), "REED");
  EXPECT_THAT(d.Slices(claims[1].content), ElementsAre("I will not. Never."));
  EXPECT_EQ(claims[1].type, ClaimType::kDirect);
  EXPECT_EQ(claims[0].act, Act::kQuestion);
  EXPECT_EQ(claims[1].act, Act::kStatement);
  EXPECT_EQ(d.Slice(claims[1].source), "DR. LEE");
}

// "The mayor said no" is a claim of its own in a turn; what reaches out of the
// turn is not, and the turn stays its.
TEST_F(LedgerTest, ATurnMayHoldClaims) {
  const TestDocument d("Q: Is it over?\nA: The mayor said no. I asked.");
  EXPECT_THAT(Claims(d, {d.Claim("said", "The mayor", {"no"})}), SizeIs(2));
  options_.nested = true;
  EXPECT_THAT(Claims(d, {d.Claim("said", "The mayor", {"no"})}), SizeIs(3));
  EXPECT_THAT(Claims(d, {d.Claim("said", "", {"Is it over"})}), SizeIs(2));
}

TEST_F(LedgerTest, AHundredThousandMarks) {
  std::string open, pairs, turns, brackets = "AA: b\nAA: c ";
  for (int i = 0; i < 100000; ++i) open += i % 50 ? "“" : "“\n";
  for (int i = 0; i < 20000; ++i) pairs += "“We are all very tired.” ";
  for (int i = 0; i < 20000; ++i) turns += "A REED: “Yes.\n";
  brackets.append(1000000, ')');
  EXPECT_THAT(Claims(TestDocument(open)), IsEmpty());
  // Each goes on with the one before.
  const auto one = Claims(TestDocument(pairs));
  ASSERT_THAT(one, SizeIs(1));
  EXPECT_THAT(one[0].content, SizeIs(20000));
  EXPECT_THAT(Claims(TestDocument(turns)), SizeIs(20000));
  EXPECT_THAT(Claims(TestDocument(brackets)), SizeIs(2));
}

TEST(TranscriptTest, TitlesAndQuestionsWithAnswers) {
  for (const char* text :
       {"Sen. REED: Will you be there?\nAdm. LEE: I will not.",
        "Q: Will you be there?\nA: I will not."}) {
    EXPECT_THAT(FindTurns(ReadTestDocument(text)), SizeIs(2)) << text;
  }
  for (const char* text :
       {"B: Will you be there?\nC: I will not.",
        "Reed. Will you: no.\nLee. Not: that.", "Mr. Reed: Yes.\nLee: No."}) {
    EXPECT_THAT(FindTurns(ReadTestDocument(text)), IsEmpty()) << text;
  }
}

TEST(TranscriptTest, OneTurnIsNone) {
  EXPECT_THAT(FindTurns(ReadTestDocument("LONDON: It rained.\nIt snowed.")),
              IsEmpty());
  EXPECT_THAT(FindTurns(ReadTestDocument("")), IsEmpty());
  EXPECT_THAT(FindTurns(ReadTestDocument("REED:\nLEE:\n")), IsEmpty());
}

TEST(ExtractMarkedQuotationsTest, AnotherLanguage) {
  const TestDocument d(
      "« Nous sommes tous très fatigués », a dit le ministre. Le « oui » "
      "gagne.");
  const auto claims = ExtractMarkedQuotations(d.doc, 1);
  ASSERT_THAT(claims, SizeIs(1));
  EXPECT_THAT(d.Slices(claims[0].content),
              ElementsAre("Nous sommes tous très fatigués"));
  EXPECT_EQ(claims[0].type, ClaimType::kDirect);
}

// Who no longer waits is asked again and again, not once a text.
TEST(ExtractMarkedQuotationsTest, EndsWhenNobodyWaits) {
  std::string text;
  for (int i = 0; i < 2000; ++i) text += "REED: Oui.\n";
  const TestDocument d(text);
  uint32_t asked = 0;
  const auto count = [&asked] { return ++asked, absl::OkStatus(); };
  LifeCheck patient(count);
  EXPECT_THAT(ExtractMarkedQuotations(d.doc, 0, &patient), SizeIs(2000));
  EXPECT_TRUE(patient.status().ok());
  const uint32_t all = asked;
  EXPECT_GE(all, 2 * 2000 / LifeCheck::kEvery);
  for (const uint32_t last : {1u, all / 2, all}) {
    asked = 0;
    const auto alive = [&asked, last]() -> absl::Status {
      return ++asked < last ? absl::OkStatus() : absl::CancelledError("gone");
    };
    LifeCheck life(alive);
    ExtractMarkedQuotations(d.doc, 0, &life);
    EXPECT_EQ(life.status(), absl::CancelledError("gone"));
    EXPECT_EQ(asked, last);
  }
}

}  // namespace
}  // namespace quoth
