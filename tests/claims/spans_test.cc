#include "server/claims/spans.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "server/claims/claim.h"
#include "tests/claims/test_document.h"

namespace quoth {
namespace {

using ::testing::ElementsAreArray;

struct ContentCase {
  const char* name;
  const char* text;
  std::vector<std::string> words;  // The words that the decoder found.
  std::vector<std::string> spans;
  ClaimType type;
};

void PrintTo(const ContentCase& c, std::ostream* out) { *out << c.name; }

class ContentSpansTest : public testing::TestWithParam<ContentCase> {};

TEST_P(ContentSpansTest, TrimsAndBalances) {
  const ContentCase& c = GetParam();
  const TestDocument d(c.text);
  const WordClaim claim = d.Claim("", "", c.words);
  EXPECT_THAT(d.Slices(ContentSpans(d.doc, d.quotations, claim.content)),
              ElementsAreArray(c.spans));
  EXPECT_EQ(TypeOfContent(d.doc, d.quotations, claim.content), c.type);
}

INSTANTIATE_TEST_SUITE_P(
    Cases, ContentSpansTest,
    testing::Values(ContentCase{"OuterMarksGo",
                                "“We are close,” Blinken said.",
                                {"“We are close,”"},
                                {"We are close,"},
                                ClaimType::kDirect},
                    ContentCase{"ClosingCommaIsTheQuotations",
                                "“We are close,” Blinken said.",
                                {"We are close"},
                                {"We are close,"},
                                ClaimType::kDirect},
                    ContentCase{"StrayOpeningMark",
                                "“We are close,” Blinken said.",
                                {"“We are"},
                                {"We are"},
                                ClaimType::kDirect},
                    ContentCase{"OpeningEllipsisIsTheQuotations",
                                "He wrote: \"... and so we left.\"",
                                {"and so we left"},
                                {"... and so we left."},
                                ClaimType::kDirect},
                    ContentCase{"ThatStaysAndFullStopGoes",
                                "The minister said that talks had failed.",
                                {"that talks had failed."},
                                {"that talks had failed"},
                                ClaimType::kIndirect},
                    ContentCase{"MarksInsideAreCompleted",
                                "She said the talks were “very hard” and slow.",
                                {"the talks were “very hard"},
                                {"the talks were “very hard”"},
                                ClaimType::kMixed},
                    ContentCase{"MarksAtTheBeginningAreCompleted",
                                "She called it “very hard” and slow.",
                                {"very hard” and slow"},
                                {"“very hard” and slow"},
                                ClaimType::kMixed},
                    ContentCase{"CommaBesideTheMarkGoes",
                                "The talks were “very hard”, she said.",
                                {"The talks were “very hard”,"},
                                {"The talks were “very hard”"},
                                ClaimType::kMixed},
                    ContentCase{"TwoPiecesAroundTheCue",
                                "“We try,” she said, “and we fail.”",
                                {"We try", "and we fail"},
                                {"We try,", "and we fail."},
                                ClaimType::kDirect},
                    ContentCase{"UnlabelledCommaJoins",
                                "They said bread, milk and eggs were dear.",
                                {"bread", "milk and eggs were dear"},
                                {"bread, milk and eggs were dear"},
                                ClaimType::kIndirect},
                    ContentCase{"ParagraphsSplit",
                                "“We try.\n“We fail.”",
                                {"“We try.\n“We fail.”"},
                                {"We try.", "We fail."},
                                ClaimType::kDirect},
                    ContentCase{"AbbreviationKeepsItsFullStop",
                                "He said it was made in the U.S. by machines.",
                                {"it was made in the U.S."},
                                {"it was made in the U.S."},
                                ClaimType::kIndirect},
                    ContentCase{"BracketOpenedInsideStays",
                                "He said the law (and the tax) would go.",
                                {"the law (and the tax)"},
                                {"the law (and the tax)"},
                                ClaimType::kIndirect},
                    ContentCase{"BracketOpenedOutsideGoes",
                                "The law (he said it was dead) would go.",
                                {"it was dead)"},
                                {"it was dead"},
                                ClaimType::kIndirect},
                    ContentCase{"MoneyIsTelling",
                                "They said $ and no more.",
                                {"$"},
                                {"$"},
                                ClaimType::kIndirect},
                    ContentCase{"NothingLeft",
                                "They said — well ...",
                                {"—", "..."},
                                {},
                                ClaimType::kIndirect},
                    ContentCase{"UnclosedQuotation",
                                "“We are close, Blinken said",
                                {"“We are close,"},
                                {"We are close,"},
                                ClaimType::kDirect},
                    ContentCase{"QuestionInsideAQuotationStays",
                                "\"Are we close?\" he asked.",
                                {"Are we close"},
                                {"Are we close?"},
                                ClaimType::kDirect},
                    ContentCase{"BritishSingleMarks",
                                "‘We are close,’ Mr Blinken said.",
                                {"‘We are close,’"},
                                {"We are close,"},
                                ClaimType::kDirect}),
    [](const auto& info) { return info.param.name; });

TEST(SourceSpanTest, Trims) {
  const TestDocument d("Talks failed, said (Blinken), angrily.");
  EXPECT_EQ(d.Slice(SourceSpan(d.doc, d.quotations, d.Words("(Blinken),"))),
            "Blinken");
  EXPECT_EQ(SourceSpan(d.doc, d.quotations, d.Words(",")), std::nullopt);
  const TestDocument remnant("That was one of the slogans.");
  EXPECT_EQ(
      SourceSpan(remnant.doc, remnant.quotations, remnant.Words("of the")),
      std::nullopt);
  EXPECT_EQ(SourceSpan(d.doc, d.quotations, {}), std::nullopt);
}

TEST(SourceSpanTest, KeepsTheFullStopOfAName) {
  const TestDocument d("That is it, said Donald Trump Jr. on Monday.");
  EXPECT_EQ(
      d.Slice(SourceSpan(d.doc, d.quotations, d.Words("Donald Trump Jr."))),
      "Donald Trump Jr.");
}

TEST(SourceSpanTest, LeavesOutWhatJoinsItToTheCue) {
  struct Case {
    const char* text;
    const char* words;
    const char* source;
  };
  const Case kCases[] = {
      {"A spokesman Friday said no.", "A spokesman Friday", "A spokesman"},
      {"A spokesman on Friday said no.", "A spokesman on Friday",
       "A spokesman"},
      {"Joe Friday said no.", "Joe Friday", "Joe"},  // The price of it.
      {"The singer, who denies it, left.", "The singer, who", "The singer"},
      {"The singer, who denies it, left.", "who", "who"},
      {"Workers and bosses said no.", "Workers and", "Workers"},
      {"Workers and bosses said no.", "Workers and bosses",
       "Workers and bosses"},
      {"Friday said no.", "Friday", "Friday"},
      {"They've said no.", "They've", "They"},
      {"I\u2019ll say no.", "I\u2019ll", "I"},
      {"Jane's claim that it is so.", "Jane's", "Jane's"},
  };
  for (const Case& c : kCases) {
    const TestDocument d(c.text);
    EXPECT_EQ(d.Slice(SourceSpan(d.doc, d.quotations, d.Words(c.words))),
              c.source)
        << c.text;
  }
}

TEST(CueSpanTest, LeavesOutMarks) {
  const TestDocument d("He added: so. REED: No.");
  EXPECT_EQ(d.Slice(CueSpan(d.doc, d.Words("added:"))), "added");
  EXPECT_EQ(CueSpan(d.doc, d.Words(":")), std::nullopt);
}

TEST(CueSpanTest, IsTheFirstRun) {
  const TestDocument d("He has never said so.");
  EXPECT_EQ(d.Slice(CueSpan(d.doc, d.Words("has never said"))),
            "has never said");
  EXPECT_EQ(d.Slice(CueSpan(d.doc, std::vector<uint32_t>{1, 3})), "has");
  EXPECT_EQ(CueSpan(d.doc, {}), std::nullopt);
}

// Whatever words are taken, the spans are ordered, apart, and in the text.
TEST(ContentSpansTest, AnySubsetOfWordsGivesOrderedSpans) {
  const TestDocument d(
      "“We ‘try’,” she said, “and (we) fail.”\n\"So ... what?\" — he's \"out\" "
      "she said. “Never\n“ended”");
  uint32_t state = 1;
  for (int round = 0; round < 2000; ++round) {
    std::vector<uint32_t> words;
    for (uint32_t i = 0; i < d.doc.words.size(); ++i) {
      state = state * 1664525 + 1013904223;
      if (state >> 30 != 0) words.push_back(i);  // Three in four.
    }
    uint32_t last = 0;
    for (Span span : ContentSpans(d.doc, d.quotations, words)) {
      ASSERT_LT(span.begin, span.end);
      ASSERT_LE(last, span.begin);
      ASSERT_LE(span.end, d.doc.text.size());
      ASSERT_EQ(d.Slice(span).find('\n'), std::string::npos);
      last = span.end;
    }
  }
}

// Windows-1252 that was read as Latin-1: a dash, an apostrophe.
TEST(SpansTest, RawPunctuation) {
  const TestDocument d(
      "He said \xC2\x97 it rained \xC2\x97. They\xC2\x92ve said so.");
  const WordClaim claim = d.Claim("", "", {"\xC2\x97 it rained \xC2\x97"});
  EXPECT_THAT(d.Slices(ContentSpans(d.doc, d.quotations, claim.content)),
              testing::ElementsAre("it rained"));
  EXPECT_EQ(d.Slice(SourceSpan(d.doc, d.quotations, d.Words("They\xC2\x92ve"))),
            "They");
}

}  // namespace
}  // namespace quoth
