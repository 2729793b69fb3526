#include "server/text/sentences.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "server/text/layout.h"

namespace quoth {
namespace {

// A text with a bar between its sentences.
struct Case {
  const char* name;
  const char* drawn;
};

void PrintTo(const Case& c, std::ostream* os) { *os << c.name; }

class SentencesTest : public testing::TestWithParam<Case> {};

TEST_P(SentencesTest, Splits) {
  const std::string drawn = GetParam().drawn;
  std::string plain;
  for (size_t i = 0; i < drawn.size(); ++i) {
    if (drawn.compare(i, 2, "| ") == 0) {
      ++i;  // "A.| B" stands for "A. B" in two sentences.
      plain += ' ';
    } else {
      plain += drawn[i];
    }
  }
  const Text text = *Text::FromUtf8(plain);
  std::vector<Span> sentences;
  FindSentences(text, {0, text.size()}, sentences);
  std::string found;
  for (const Span s : sentences) {
    if (!found.empty()) found += "| ";
    found += text.Slice(s);
  }
  EXPECT_EQ(found, drawn);
}

std::string NameOf(const testing::TestParamInfo<Case>& info) {
  return info.param.name;
}

constexpr Case kStops[] = {
    {"One", "We are close."},
    {"NoStop", "We are close"},
    {"Two", "We are close.| He left."},
    {"Three", "Are we close?| No!| We are not."},
    {"NoSpace", "We are close.He left."},
    {"Decimal", "It rose 3.5 percent.| He left."},
    {"Address", "See www.example.com for more.| He left."},
    {"LowerCase", "It was close. or so he said."},
    {"Number", "It was close.| 40 people came."},
    {"Ellipsis", "We are ... close.| He left."},
    {"EllipsisEnds", "We are close ...| Then he left."},
    {"EllipsisCharacter", "We are close…| Then he left."},
    {"EllipsisThenI", "Well ... I think so."},
    {"Shouts", "What?!| No!!!| Yes."},
    {"Dash", "Really?| – The end."},
    {"DashGoesOn", "Really? – he asked."},
    {"Footnote", "We are close (see below).| He left."},
    {"Bracketed", "He left.| (She stayed.)| They met."},
    {"Bullet", "First point.| • Second point."},
    {"Product", "He has a phone.| iPhone sales rose."},
    {"MarksAtTheEnd", "We are close. * * *"},
    {"Accents", "C'est fini.| Écoutez."},
    {"OtherScript", "Конец.| Начало."},
    {"Only", "..."},
};
INSTANTIATE_TEST_SUITE_P(Stops, SentencesTest, testing::ValuesIn(kStops),
                         NameOf);

constexpr Case kMarks[] = {
    {"ClosingMark", "“We are close.”| He left."},
    {"StraightMark", "\"We are close.\"| He left."},
    {"TwoApostrophes", "``We are close.''| He left."},
    {"SpacedTwoApostrophes", "`` We are close . ''| He left ."},
    {"SpacedCurly", "“We are close. ”| He left."},
    {"TwoMarks", "“He said, ‘We are close.’”| He left."},
    {"MarkAndBracket", "(“We are close.”)| He left."},
    {"OpeningMark", "He left.| “We are close.”"},
    {"QuestionReported", "“Are we close?” he asked."},
    {"QuestionReportedByName", "“Are we close?” Antony Blinken asked."},
    {"QuestionReportedByTitle", "“Are we close?” Mr. Blinken asked.| He left."},
    {"QuestionReportedByI", "“Are we close?” I asked."},
    {"QuestionThenAnother", "“Are we close?”| The minister did not say."},
    {"QuestionThenName", "“Are we close?”| Blinken did not say."},
    {"QuestionThenQuestion", "“Are we close?”| “No.”"},
    {"Inside", "“We are.| Very close,” he said."},
};
INSTANTIATE_TEST_SUITE_P(Marks, SentencesTest, testing::ValuesIn(kMarks),
                         NameOf);

constexpr Case kAbbreviations[] = {
    {"Mr", "He met Mr. Smith."},
    {"Titles", "Sen. Lee, Gov. Hay, Gen. Ash and Lt. Col. Oak met Dr. Pine."},
    {"Mrs", "Mrs. Clinton and Ms. Lee left.| Mr. Lee stayed."},
    {"Capitals", "MR. SMITH WINS"},
    {"Initials", "J. K. Rowling and George W. Bush met J.R.R. Tolkien."},
    {"InitialThenStarter", "It was plan B.| The rest failed."},
    {"PronounI", "He is taller than I.| Blinken left."},
    {"UsGoesOn", "The U.S. Senate voted."},
    {"UsEnds", "He left the U.S.| The Senate voted."},
    {"UsLower", "The U.S. economy grew."},
    {"UsAtTheEnd", "He left the U.S."},
    {"UsInMarks", "“I left the U.S.”| Blinken stayed."},
    {"PhD", "Ann Lee, Ph.D. and Bo Ash, M.D. met."},
    {"NoWithNumber", "It is No. 5 on the list."},
    {"NoAlone", "He said no.| Nobody moved."},
    {"Months", "On Jan. 5 and Sept. 11 they met."},
    {"MonthEnds", "They met last Jan.| Then they left."},
    {"Company", "Apple Inc. Chief Executive Tim Cook left."},
    {"CompanyEnds", "He works for Apple Inc.| He left."},
    {"Junior", "Martin Luther King Jr. Day is on Monday."},
    {"State", "He is from Palm Beach, Fla.| He left."},
    {"StateGoesOn", "Rep. Al Green, D-Tex. Houston, left."},
    {"Morning", "They met at 9 a.m. Monday.| They left at 5 p.m. ET."},
    {"MorningEnds", "They met at 9 a.m.| Blinken left."},
    {"Versus", "Roe v. Wade and Smith vs. Jones."},
    {"Street", "St. Louis and Mt. Hood"},
    {"List", "1. First came Ann."},
    {"Eg", "Some, e.g. Ann, left."},
};
INSTANTIATE_TEST_SUITE_P(Abbreviations, SentencesTest,
                         testing::ValuesIn(kAbbreviations), NameOf);

TEST(FindSentencesTest, AMillionStops) {
  for (const char* unit :
       {". ", ".", "? \"", ".\"", ". - ", "a. ", "U.S. ", ". A ", "?” A "}) {
    std::string bytes;
    while (bytes.size() < 1'000'000) bytes += unit;
    const Text text = *Text::FromUtf8(bytes);
    uint32_t end = 0;
    for (const Span s : FindLayout(text).sentences) {
      ASSERT_LE(end, s.begin);
      end = s.end;
    }
    ASSERT_LE(end, text.size());
  }
}

}  // namespace
}  // namespace quoth
