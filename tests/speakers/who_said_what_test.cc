// Tables of the ways in which articles name who speaks, one test a way.

#include <string>
#include <string_view>
#include <vector>

#include "gtest/gtest.h"
#include "server/speakers/resolver.h"
#include "tests/speakers/documents.h"

namespace quoth {
namespace {

struct WhoCase {
  std::string_view marked;         // As in documents.h.
  std::vector<std::string> names;  // Of claims 1, 2, ...; empty: unknown.
};

void ExpectSpeakers(const std::vector<WhoCase>& cases) {
  for (const WhoCase& c : cases) {
    const MarkedText text = ParseMarked(c.marked);
    const SpeakerTable table =
        ResolveSpeakers(ReadUtf8(text.text), text.claims);
    ASSERT_EQ(text.numbers.size(), c.names.size()) << c.marked;
    for (size_t i = 0; i < text.numbers.size(); ++i) {
      const int s = table.links[i].speaker;
      EXPECT_EQ(s < 0 ? "" : table.speakers[s].name,
                c.names[text.numbers[i] - 1])
          << "claim " << text.numbers[i] << " of: " << c.marked;
    }
  }
}

TEST(WhoSaidWhatTest, SpellingsOfOneName) {
  ExpectSpeakers({
      {"{1s|Antony Blinken} said {1c|no}. {2s|Anthony Blinken} said {2c|yes}.",
       {"Antony Blinken", "Antony Blinken"}},
      {"{1s|Mohammad Karimi} said {1c|no}. {2s|Mohammed Karimi} said "
       "{2c|yes}.",
       {"Mohammad Karimi", "Mohammad Karimi"}},
      {"{1s|Ali Haqiqatpoor} said {1c|no}. {2s|Haqiqatpour} said {2c|yes}.",
       {"Ali Haqiqatpoor", "Ali Haqiqatpoor"}},
      {"{1s|Jos\u00e9 Zelaya} said {1c|no}. {2s|Jose Zelaya} said {2c|yes}.",
       {"Jos\u00e9 Zelaya", "Jos\u00e9 Zelaya"}},
      {"{1s|Hossein Amir-Abdollahian} said {1c|no}. {2s|Abdollahian} said "
       "{2c|yes}.",
       {"Hossein Amir-Abdollahian", "Hossein Amir-Abdollahian"}},
  });
}

TEST(WhoSaidWhatTest, ASurnameOfTwo) {
  ExpectSpeakers({
      // The title tells which.
      {"John Doe married Jane Doe in May. {1s|Mr. Doe} said {1c|no}. "
       "{2s|Mrs. Doe} said {2c|yes}.",
       {"John Doe", "Jane Doe"}},
      // A given name does, too.
      {"Hillary Clinton came with Bill Clinton and Chelsea Clinton. "
       "{1s|Chelsea} said {1c|no}. {2s|Bill Clinton} said {2c|yes}. "
       "{3s|Hillary} said {3c|perhaps}.",
       {"Chelsea Clinton", "Bill Clinton", "Hillary Clinton"}},
  });
}

TEST(WhoSaidWhatTest, WhoAsksIsLeftOpen) {
  ExpectSpeakers({
      {"{1s|Jane Doe} said {1c|no}. {2u|Asked} {2c|about the plan}, {3s|she} "
       "said {3c|yes}.",
       {"Jane Doe", "", "Jane Doe"}},
      {"{1s|Jane Doe} said {1c|no} when {2u|asked} {2c|about the plan}.",
       {"Jane Doe", ""}},
      {"{1s|Jane Doe} said {1c|no}. She {2u|was asked} {2c|about it}.",
       {"Jane Doe", ""}},
  });
}

TEST(WhoSaidWhatTest, SomebodyFromACountry) {
  ExpectSpeakers({
      {"John Roe was glad of his team. {1s|The German} said {1c|no}.",
       {"John Roe"}},
      // Many, or somebody new.
      {"John Roe was glad of his team. {1s|The French} said {1c|no}.",
       {"French"}},
      {"John Roe was glad of his team. {1s|An Australian} said {1c|no}.",
       {"Australian"}},
  });
}

TEST(WhoSaidWhatTest, BothOfThem) {
  ExpectSpeakers({
      {"Moscow and Beijing made a plan. {1s|Both countries} said {1c|no}.",
       {"Moscow and Beijing"}},
      {"John Roe met Jane Poe. {1s|Both} said {1c|no}.",
       {"John Roe and Jane Poe"}},
      {"John Roe met Jane Poe. {1s|Both leaders} said {1c|no}.",
       {"John Roe and Jane Poe"}},
      {"The director John Roe met the host Jane Poe. {1s|Both leaders} said "
       "{1c|no}.",
       {"Both leaders"}},
  });
}

TEST(WhoSaidWhatTest, RelativesOfTheAuthorStayUnnamed) {
  ExpectSpeakers({
      {"{1s|A minister} said {1c|no}. {2s|Jane Roe} said {2c|yes}.",
       {"Jane Roe", "Jane Roe"}},
      {"{1s|My own father} said {1c|no}. {2s|John Roe} said {2c|yes}.",
       {"My own father", "John Roe"}},
  });
}

TEST(WhoSaidWhatTest, TheOtherOfTwo) {
  ExpectSpeakers({
      {"{1s|Two aides} said {1c|no}. {2s|One} said {2c|yes}; {3s|the other} "
       "said {3c|no}. {4s|John Roe} said {4c|perhaps}.",
       {"Two aides", "One", "the other", "John Roe"}},
  });
}

TEST(WhoSaidWhatTest, InitialsAndSuffixes) {
  ExpectSpeakers({
      {"{1s|Donald J. Zed} said {1c|no}. {2s|Donald Zed} said {2c|yes}. "
       "{3s|Zed} said {3c|perhaps}.",
       {"Donald J. Zed", "Donald J. Zed", "Donald J. Zed"}},
      {"{1s|J.D. Zed} said {1c|no}. {2s|Mr. Zed} said {2c|yes}.",
       {"J.D. Zed", "J.D. Zed"}},
      {"{1s|Robert Qux Jr.} said {1c|no}. {2s|Qux} said {2c|yes}.",
       {"Robert Qux Jr.", "Robert Qux Jr."}},
      {"{1s|Bob Qux} said {1c|no}. {2s|Robert Qux} said {2c|yes}.",
       {"Bob Qux", "Bob Qux"}},
  });
}

TEST(WhoSaidWhatTest, RolesBeforeAndBehindTheName) {
  ExpectSpeakers({
      {"{1s|Iran's foreign ministry spokesman Nasser Kanani} said {1c|no}.",
       {"Nasser Kanani"}},
      {"{1s|White House Chief of Staff Denis Zed} said {1c|no}.",
       {"Denis Zed"}},
      {"{1s|Former secretary of State Jane Roe} said {1c|no}.", {"Jane Roe"}},
      {"{1s|Jane Doe, a senior analyst at Zed Bank,} said {1c|no}.",
       {"Jane Doe"}},
      {"{1s|The ministry's spokesman, Nasser Kanani,} said {1c|no}.",
       {"Nasser Kanani"}},
      // One of several is not all of them.
      {"{1s|Several senators, including Jane Roe and John Poe,} said {1c|no}.",
       {"Several senators"}},
  });
}

TEST(WhoSaidWhatTest, HeadlinesAreSaidByWhoSpeaksNext) {
  ExpectSpeakers({
      {"'{1c|Nobody can read the new rules}'\n\n{2c|The new rules cannot be "
       "read}, {2s|angry anglers} say. {3s|They} said {3c|so today}.",
       {"angry anglers", "angry anglers", "angry anglers"}},
  });
}

TEST(WhoSaidWhatTest, ItIsNobodysName) {
  ExpectSpeakers({
      {"Trade in Qux Zedmund was halted. The shares fell after {1s|it} said "
       "{1c|the year was bad}.",
       {"Qux Zedmund"}},
  });
}

TEST(WhoSaidWhatTest, DescriptionsAndTheirBearers) {
  ExpectSpeakers({
      {"The singer Saman Yasin was arrested in October. {1s|Jane Roe, his "
       "lawyer,} said {1c|he was ill}. {2s|The singer} said {2c|he was not}.",
       {"Jane Roe", "Saman Yasin"}},
      {"{1s|Sen. Jane Doe} said {1c|no}. {2s|Police chief John Roe} said "
       "{2c|yes}. {3s|The senator} said {3c|perhaps}.",
       {"Jane Doe", "John Roe", "Jane Doe"}},
      // Who is brought in is none of those named before ...
      {"{1s|Police chief John Roe} said {1c|no}. {2s|A teacher} said {2c|yes}. "
       "{3s|The only cyclist} said {3c|perhaps}.",
       {"John Roe", "teacher", "only cyclist"}},
      // ... unless it is said of one of them.
      {"{1s|John Roe, a teacher,} said {1c|no} to Jim Poe, {2s|a man} who said "
       "{2c|yes}.",
       {"John Roe", "Jim Poe"}},
      // Somebody's somebody is not who is something else.
      {"{1s|Police chief John Roe} said {1c|no}. {2s|The victim's mother} said "
       "{2c|yes}.",
       {"John Roe", "victim's mother"}},
      // The name follows later.
      {"{1s|A former president of the chess federation} has said {1c|the rules "
       "are bad}.\n\nIn an interview, {2s|Jane Doe} said {2c|nobody reads "
       "them}.",
       {"Jane Doe", "Jane Doe"}},
  });
}

TEST(WhoSaidWhatTest, QuotationsWithoutCueOrSource) {
  ExpectSpeakers({
      {"\"{1c|It is late},\" {1s|Jane Doe} said. \"{2c|We have to go home "
       "now}.\"",
       {"Jane Doe", "Jane Doe"}},
      // It goes on in the next paragraph, opened again.
      {"\"{1c|It is late},\" {1s|Jane Doe} said.\n\n\"{2c|We have to go home "
       "now}.\n\n\"{3c|There is no other way}.\"",
       {"Jane Doe", "Jane Doe", "Jane Doe"}},
      {"{1s|Jane Doe} said {1c|it was late}.\n\nJohn Roe was blunt: \"{2c|It "
       "is over}.\"",
       {"Jane Doe", "John Roe"}},
  });
}

TEST(WhoSaidWhatTest, FirstPersons) {
  ExpectSpeakers({
      {"\"{1c|{2s|I} think {2c|it is late}},\" said {1s|Jane Doe}.",
       {"Jane Doe", "Jane Doe"}},
      {"{1s|Jane Doe} said: \"{1c|John Roe came. {2s|I} believe {2c|he is "
       "ill}}.\"",
       {"Jane Doe", "Jane Doe"}},
      {"By Jane Doe\n\nJohn Roe came. {1s|I} believe {1c|it will rain}.",
       {"Jane Doe"}},
  });
}

TEST(WhoSaidWhatTest, Pronouns) {
  ExpectSpeakers({
      {"{1s|Jane Doe} told John Roe that {1c|it was late}. {2s|She} said "
       "{2c|it was over}. {3s|He} said {3c|it was not}.",
       {"Jane Doe", "Jane Doe", "John Roe"}},
      // Who has just been brought in, named or not.
      {"{1s|Jane Doe} said {1c|no}. One of the victims wrote a letter. "
       "{2s|She} said {2c|yes}.",
       {"Jane Doe", "One of the victims"}},
      {"{1s|Jane Doe} said {1c|no}. A woman wrote to John Roe. {2s|She} said "
       "{2c|yes}.",
       {"Jane Doe", "Jane Doe"}},
      {"John Roe came late. {1s|Jim Poe} said: \"{1c|{2s|He} thinks {2c|it is "
       "early}}.\"",
       {"Jim Poe", "John Roe"}},
  });
}

TEST(WhoSaidWhatTest, Organizations) {
  ExpectSpeakers({
      {"{1s|The International Atomic Energy Agency (IAEA)} said {1c|no}. "
       "{2s|The IAEA} said {2c|yes}.",
       {"International Atomic Energy Agency",
        "International Atomic Energy Agency"}},
      {"{1s|The Democratic National Committee} said {1c|no}. {2s|The DNC} said "
       "{2c|yes}.",
       {"Democratic National Committee", "Democratic National Committee"}},
      {"{1s|The US Federal Reserve} said {1c|no}. {2s|The Fed} said {2c|yes}.",
       {"US Federal Reserve", "US Federal Reserve"}},
      {"{1s|The FBI and Justice Department} said {1c|no}. {2s|The FBI} said "
       "{2c|yes}.",
       {"FBI and Justice Department", "FBI"}},
      {"{1s|The Sanders campaign} said {1c|no}. {2s|The campaign} said "
       "{2c|yes}. {3s|The Trump campaign} said {3c|never}.",
       {"Sanders campaign", "Sanders campaign", "Trump campaign"}},
  });
}

TEST(WhoSaidWhatTest, ACompanyThatLooksLikeAPerson) {
  ExpectSpeakers({
      {"Walt Disney has settled. {1s|The media giant} said {1c|no}. Disney "
       "fell "
       "as Disney did.",
       {"Walt Disney"}},
      {"Shares in Borz Zedmund fell. Borz Zedmund was late. {1s|It} said "
       "{1c|Borz Zedmund would close}.",
       {"Borz Zedmund"}},
  });
}

TEST(WhoSaidWhatTest, APaperByItsLastWord) {
  ExpectSpeakers({
      {"{1s|The Washington Post} said {1c|no}. {2s|The Post} said {2c|yes}.",
       {"Washington Post", "Washington Post"}},
  });
}

TEST(WhoSaidWhatTest, UnnamedSources) {
  ExpectSpeakers({
      {"It was made for those {1s|who} fear {1c|the West}.",
       {"those who fear the West"}},
      {"{1s|Jane Doe, an expert,} said {1c|no}. {2s|One legal expert} said "
       "{2c|yes}.",
       {"Jane Doe", "One legal expert"}},
      {"{1s|A senior official} said {1c|no}. {2s|The official} said {2c|yes}. "
       "{3s|Another official} said {3c|never}.",
       {"senior official", "senior official", "Another official"}},
      {"{1s|Analysts} said {1c|no}. {2s|Some analysts} said {2c|yes}.",
       {"Analysts", "Some analysts"}},
  });
}

TEST(WhoSaidWhatTest, DocumentsAndPolls) {
  ExpectSpeakers({
      {"{1s|A new poll by Zed Research} found {1c|a lead}. {2s|The poll} "
       "showed {2c|a gap}. {3s|The survey} found {3c|no change}.",
       {"new poll by Zed Research", "new poll by Zed Research",
        "new poll by Zed Research"}},
      {"{1s|The report} said {1c|it was late}.", {"report"}},
  });
}

TEST(WhoSaidWhatTest, TwoAtOnce) {
  ExpectSpeakers({
      {"{1s|Jane Doe and John Roe} said {1c|no}. {2s|The two} said {2c|yes}. "
       "{3s|Both} said {3c|never}.",
       {"Jane Doe and John Roe", "Jane Doe and John Roe",
        "Jane Doe and John Roe"}},
  });
}

TEST(WhoSaidWhatTest, TwoAtOnceAreWhatTheFirstIs) {
  struct Case {
    std::string_view marked;
    SpeakerKind kind;
  };
  for (const Case& c : std::vector<Case>{
           {"{1s|Jane Doe and John Roe} said {1c|no}.", SpeakerKind::kPerson},
           {"{1s|Jane Doe and the Zed Institute} said {1c|no}.",
            SpeakerKind::kPerson},
           {"{1s|The Zed Institute and Jane Doe} said {1c|no}.",
            SpeakerKind::kOrganization},
       }) {
    const MarkedText text = ParseMarked(c.marked);
    const SpeakerTable table =
        ResolveSpeakers(ReadUtf8(text.text), text.claims);
    ASSERT_EQ(table.speakers.size(), 1u) << c.marked;
    EXPECT_EQ(table.speakers[0].kind, c.kind) << c.marked;
  }
}

}  // namespace
}  // namespace quoth
