#include "server/text/quotations.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "server/text/layout.h"
#include "server/text/text.h"

namespace quoth {
namespace {

// A text with its quotations drawn in:
//
//   {“closed”}   {“unclosed|}   {“continued~}   {+“that takes one up”}
std::string Draw(const Text& text, const QuotationMap& map) {
  std::map<uint32_t, std::string> opens;
  std::map<uint32_t, std::string> closes;
  for (const Quotation& q : map.quotations) {
    opens[q.outer.begin] += q.continues ? "{+" : "{";
    std::string close = q.end == QuotationEnd::kClosed      ? "}"
                        : q.end == QuotationEnd::kContinued ? "~}"
                                                            : "|}";
    // The innermost ends first.
    closes[q.outer.end] = close + closes[q.outer.end];
  }
  std::string drawn;
  for (uint32_t i = 0; i <= text.size(); ++i) {
    if (closes.contains(i)) drawn += closes[i];
    if (opens.contains(i)) drawn += opens[i];
    if (i < text.size()) drawn += text.Slice({i, i + 1});
  }
  return drawn;
}

std::string Undraw(std::string_view drawn) {
  std::string plain;
  for (const char c : drawn) {
    if (std::string_view("{}|~+").find(c) == std::string_view::npos) plain += c;
  }
  return plain;
}

QuotationMap Find(const Text& text) {
  return FindQuotations(text, FindLayout(text).paragraphs);
}

struct Case {
  const char* name;
  const char* drawn;
};

void PrintTo(const Case& c, std::ostream* os) { *os << c.name; }

class QuotationsTest : public testing::TestWithParam<Case> {};

TEST_P(QuotationsTest, Finds) {
  const Text text = *Text::FromUtf8(Undraw(GetParam().drawn));
  EXPECT_EQ(Draw(text, Find(text)), GetParam().drawn);
}

std::string NameOf(const testing::TestParamInfo<Case>& info) {
  return info.param.name;
}

constexpr Case kClean[] = {
    {"None", "He said that they were close."},
    {"Empty", ""},
    {"Curly", "{“We are close,”} he said."},
    {"Straight", "{\"We are close,\"} he said."},
    {"StraightTwice", "{\"We are,\"} he said. {\"Very close.\"}"},
    {"Backticks", "{``We are close,''} he said."},
    {"SpacedBackticks", "{`` We are close , ''} he said ."},
    {"TwoApostrophes", "{''We are close,''} he said. {''Very.''}"},
    {"TwoCurlySingles", "{‘‘We are close,’’} he said."},
    {"Guillemets", "Il dit: {«Nous y sommes.»}"},
    {"SpacedGuillemets", "Il dit : {« Nous y sommes. »}"},
    {"NestedGuillemets", "{«Il dit {‹non›} hier.»}"},
    {"GermanGuillemets", "{»Wir sind nah«}, sagte er."},
    {"Swedish", "{”Vi är nära”}, sade han."},
    {"SwedishGuillemets", "{»Vi är nära»}, sade han."},
    {"German", "{„Wir sind nah“}, sagte er."},
    {"GermanSingle", "{‚Wir sind nah‘}, sagte er."},
    {"GermanNested", "{„Er sagte {‚nein‘} zu mir“}, sagte sie."},
    {"Polish", "{„Jesteśmy blisko”}, powiedział."},
    {"WholeParagraph", "{“We are close.”}"},
    {"Adjacent", "{“Yes.”}{“No.”}"},
    {"Question", "{“Are we close?”} he asked."},
    {"Dash", "{“We are”}—he paused—{“close.”}"},
    {"DashInside", "{“We are—”} he said."},
    {"Brackets", "He (the {“boss”}) left ({“at last”})."},
    {"SquareBrackets", "{“[They] are close,”} he said."},
    {"Hyphen", "the anti-{“woke”} bill"},
    {"Ellipsis", "{“... and we are close ...”} he said."},
    {"EmptyQuotation", "He typed {\"\"} and left."},
    {"Colon", "He said:{\"We are close.\"} Then he left."},
    {"MarkAlone", "A mark \" alone"},
};
INSTANTIATE_TEST_SUITE_P(Clean, QuotationsTest, testing::ValuesIn(kClean),
                         NameOf);

constexpr Case kNested[] = {
    {"SingleInDouble", "{“He told me, {‘We are close,’}”} she said."},
    {"DoubleInSingle", "{‘He told me, {“We are close,”}’} she said."},
    {"StraightBoth", "{\"He told me, {'We are close,'}\"} she said."},
    {"StraightBritish", "{'He told me, {\"We are close,\"}'} she said."},
    {"ThreeApostrophesClose", "{''He told me, {'We are close,'}''} she said."},
    {"ThreeApostrophesOpen", "{''{'Close'} was his word,''} she said."},
    {"BeginsTogether", "{“{‘Close’} was his word,”} she said."},
    {"StraightBeginsTogether", "{\"{'Close'} was his word,\"} she said."},
    {"SameCurly", "{“He said {“no”} to me,”} she said."},
    {"SameStraight", "{\"He said {\"no\"} to me,\"} she said."},
    {"ManySame", "{“Not {“a”} or {“b”} or {“c”} at all.”} He left."},
    {"Three", "{“She said, {‘He said {“no”} to me,’} and left,”} he said."},
    {"Four", "{“One {‘two {“three {‘four’} three”} two’} one”}"},
};
INSTANTIATE_TEST_SUITE_P(Nested, QuotationsTest, testing::ValuesIn(kNested),
                         NameOf);

constexpr Case kBritish[] = {
    {"Curly", "{‘We are close,’} he said."},
    {"Straight", "{'We are close,'} he said."},
    {"Twice", "{'We are,'} he said. {'Very close.'}"},
    {"Contractions", "{'We don't think it's close,'} he said."},
    {"CurlyContractions", "{‘We don’t think it’s close,’} he said."},
    {"PossessiveInside", "{'The ministers' plan won't work,'} he said."},
    {"CurlyPossessiveInside", "{‘The ministers’ plan won’t work,’} he said."},
    {"PossessivesOutside", "The ministers' plan and the doctors' strike"},
    {"EndsInS", "He called them {'heroes'} and left."},
    {"EndsInSBeforeStop", "He called them {'heroes'}."},
    {"OneWord", "A {'sniffer'} device"},
    {"Headline", "MTV {'sleaze'} attacked"},
    {"Comma", "They are {'stupid'}, {'useless'}."},
    {"Lyin", "He is {‘Lyin’ Ted’} to some."},
    {"PossessiveBeforeQuotation", "James' {'plan'} was dropped."},
    {"PunctuationInside", "{'Why?'} he asked. {'Because!'} she said."},
};
INSTANTIATE_TEST_SUITE_P(British, QuotationsTest, testing::ValuesIn(kBritish),
                         NameOf);

constexpr Case kNoMarks[] = {
    {"Contractions", "Don't; can't; it's; they'd've."},
    {"CurlyContractions", "Don’t; can’t; it’s."},
    {"WrongCurlyContraction", "Don‘t do it."},
    {"Names", "O'Brien and D’Souza met."},
    {"Decades", "In the '90s and the ’80s and the ‘70s."},
    {"Year", "The class of '99 met."},
    {"RockNRoll", "Rock 'n' roll and rock ’n’ roll."},
    {"Tis", "'Tis the season, and ’twas the night."},
    {"Em", "Get 'em while they're hot."},
    {"DroppedG", "He was goin' home and singin' songs."},
    {"PluralLetters", "He won 83 e.v.’s and lost 350 e.v.’s. Then he left."},
    {"SplitClitics", "Trump 's plan is n't what they 're after."},
    {"FeetAndInches", "He is 6'2\" tall."},
    {"Inches", "The 5\" screen"},
    {"Feet", "A 5' fence"},
    {"CommaLikeLowMark", "one‚ two‚ three"},
    {"OneBacktick", "the `ls command"},
};
INSTANTIATE_TEST_SUITE_P(NoMarks, QuotationsTest, testing::ValuesIn(kNoMarks),
                         NameOf);

constexpr Case kApostrophesInside[] = {
    {"Decade", "{\"It was the '90s,\"} he said."},
    {"Possessive", "{\"The ministers' plan,\"} he said."},
    {"RockNRoll", "{“Rock ’n’ roll,”} he said."},
    {"Year", "{'In '99 we left,'} he said."},
    {"BeginsWithNumber", "{'90 per cent of people,'} he said."},
    {"FeetAndInches", "{\"He is 6'2\" tall,\"} she said. {\"Very.\"}"},
    {"EndsWithInches", "{\"He is 6'2\"} she said."},
    {"InchesInside", "{\"I grew 5\" last year,\"} he said."},
    {"EndsWithNumber", "{\"It was 5-4\"} he said. {\"Great,\"} she said."},
    {"CurlyInches", "{“He is 6’2”, you know,”} she said."},
};
INSTANTIATE_TEST_SUITE_P(ApostrophesInside, QuotationsTest,
                         testing::ValuesIn(kApostrophesInside), NameOf);

constexpr Case kMixed[] = {
    {"CurlyThenStraight", "{“We are close,\"} he said. {“Very.”}"},
    {"StraightThenCurly", "{\"We are close,”} he said. {\"Very.\"}"},
    {"BackticksThenStraight", "{``We are close,\"} he said."},
    {"OpeningMarkCloses", "{“We are close,“} he said. {“Very.”}"},
    {"ClosingMarkOpens", "He called it {”close”} and left."},
    {"LowThenStraight", "{„Wir sind nah\"}, sagte er."},
    {"GuillemetThenCurly", "{«We are close,”} he said."},
    {"CurlySingleThenStraight", "{‘We are close,'} he said."},
    {"StraightDoubleThenTwo", "{\"We are close,''} he said."},
    {"SingleClosesDouble", "{“We are close,’} he said. {“Very.”}"},
    {"DoubleClosesSingle", "He said: {‘We are close,”} and left."},
    {"Windows1252", "{\xC2\x93We don\xC2\x92t know,\xC2\x94} he said."},
};
INSTANTIATE_TEST_SUITE_P(Mixed, QuotationsTest, testing::ValuesIn(kMixed),
                         NameOf);

constexpr Case kDirt[] = {
    {"Unclosed", "He said: {“We are close.|}"},
    {"UnclosedStraight", "He said: {\"We are close.|}"},
    {"UnclosedSingle", "He said: {‘We are close.|}"},
    {"UnclosedThenAnother",
     "{\"We are close, he said.~} {+\"Then we go,\"} she said."},
    {"UnclosedThenWord", "{\"We need|} {\"significant\"} cuts, he said."},
    {"StrayClosing", "We are close,” he said. {“Very.”}"},
    {"StrayStraightClosing", "We are close,\" he said. {\"Very,\"} he said."},
    {"StrayAtTheEnd", "{“We are close,”} he said.\""},
    {"StraySingleClosing", "We are close,’ he said. {‘Very.’}"},
    {"SpaceBeforeTheMark", "{\"We are close, \"}he said. {\"We go.\"}"},
    {"SpaceBehindTheMark", "{\" We are close,\"} he said."},
    {"SpacesAround", "{\" We are close \"} he said."},
    {"NoSpaceBehind", "{\"We are close,\"}he said. {\"Very,\"}she said."},
    {"NoSpaceBefore", "he said{\"We are close\"}and left"},
    {"ElisionNotListed", "The 'Burgh fans were sad."},
    {"InnerNeverClosed", "{“He said ‘no to me,”} she said."},
    {"InnerDoubleNeverClosed", "{'He said {\"no,|}'} she said."},
    {"SoftHyphens", "{\"We\xC2\xAD are close,\xC2\xAD\"} he said."},
    {"ByteOrderMark", "\xEF\xBB\xBF{\"We are close,\"} he said."},
    {"MarksAlone", "{\" \"} {\" \"}"},
    {"SinglesAlone", "{' '} '"},
    {"HtmlAttributes", "<a href={\"x.html\"} target={\"_blank\"}>here</a>"},
};
INSTANTIATE_TEST_SUITE_P(Dirt, QuotationsTest, testing::ValuesIn(kDirt),
                         NameOf);

constexpr Case kParagraphs[] = {
    {"OpenedAgain", "{“One.~}\n\n{+“Two.~}\n{+“Three,”} he said."},
    {"OpenedAgainStraight", "{\"One.~}\n\n{+\"Two,\"} he said."},
    {"OpenedAgainSingle", "{‘One.~}\n\n{+‘Two,’} he said."},
    {"OpenedAgainStraightSingle", "{'One.~}\n\n{+'Two,'} he said."},
    {"OpenedAgainOtherStyle", "{“One.~}\n\n{+\"Two,\"} he said."},
    {"OpenedAgainNested",
     "{“He told me, {‘One.~}~}\n{+“{+‘Two,’} he said,”} she said."},
    {"NotOpenedAgain", "{“One.|}\n\nTwo, he said."},
    {"OpenedLater", "{“One.|}\n\nTwo, he said, {“and three.”}"},
    {"OtherKind", "{“One.|}\n\n{‘Two,’} he said."},
    {"NothingLeaks", "{“One.|}\n\nTwo.\n\n{“Three,”} he said."},
    {"CarriageReturn", "{“One.~}\r\n{+“Two.”}"},
    {"ClosedInTheNext", "{“One.|}\n\nTwo,” he said."},
    {"TakenUpInTheParagraph", "{\"One goes on.~} {+\"Two ends.\"} He left."},
};
INSTANTIATE_TEST_SUITE_P(Paragraphs, QuotationsTest,
                         testing::ValuesIn(kParagraphs), NameOf);

TEST(QuotationTest, TellsMarksFromWhatTheyHold) {
  const Text text = *Text::FromUtf8("``So,'' he said: ‘no’");
  const QuotationMap map = Find(text);
  ASSERT_EQ(map.quotations.size(), 2);
  const Quotation& a = map.quotations[0];
  EXPECT_EQ(text.Slice(a.outer), "``So,''");
  EXPECT_EQ(text.Slice(a.inner), "So,");
  EXPECT_FALSE(a.single);
  const Quotation& b = map.quotations[1];
  EXPECT_EQ(text.Slice(b.outer), "‘no’");
  EXPECT_EQ(text.Slice(b.inner), "no");
  EXPECT_TRUE(b.single);
}

TEST(QuotationTest, CountsDepth) {
  const Text text = *Text::FromUtf8("“A ‘b “c” b’ a” “d”");
  std::vector<int> depths;
  for (const Quotation& q : Find(text).quotations) depths.push_back(q.depth);
  EXPECT_THAT(depths, testing::ElementsAre(0, 1, 2, 0));
}

TEST(QuotationTest, AMillionMarks) {
  for (const char* unit : {"“", "\"", "'", " '", "'a ", ". \"We", "‘“"}) {
    std::string bytes;
    while (bytes.size() < 1'000'000) bytes += unit;
    const Text text = *Text::FromUtf8(bytes);
    for (const Quotation& q : Find(text).quotations) {
      ASSERT_LT(q.depth, kMaxQuotationDepth);
      ASSERT_TRUE(q.outer.Contains(q.inner));
    }
  }
}

}  // namespace
}  // namespace quoth
