#include "server/speakers/mentions.h"

#include <string>
#include <string_view>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/speakers/documents.h"

namespace quoth {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// "role|name" of every mention that is not weak, or "~name" of a weak one.
std::vector<std::string> Found(std::string_view text) {
  const Document doc = ReadUtf8(text);
  const TokenList tokens(doc);
  std::vector<std::string> found;
  for (const NameMention& m : FindNames(tokens)) {
    std::string s = m.weak ? "~" : "";
    if (m.role_begin < m.begin) {
      s += TextOf(tokens, m.role_begin, m.begin) + "|";
    }
    found.push_back(s + TextOf(tokens, m.begin, m.end));
  }
  return found;
}

struct FindCase {
  std::string_view text;
  std::vector<std::string> names;
};

TEST(FindNamesTest, ByTable) {
  const std::vector<FindCase> cases = {
      // Titles and roles in front.
      // An acronym in brackets says which words are one name.
      {"It angered the Catholic Bishops' Conference of the Philippines (CBCP) "
       "and Notes from Poland (NFP).",
       {"Catholic Bishops' Conference of the Philippines", "~CBCP",
        "Notes from Poland", "~NFP"}},
      {"The California Department of Corrections and Rehabilitation (CDCR) did "
       "not know.",
       {"California Department of Corrections and Rehabilitation", "CDCR"}},
      {"It told the Zed Pact of Investigative Journalists. Then ZPIJ left.",
       {"Zed Pact of Investigative Journalists", "ZPIJ"}},
      // Bodies of two fields.
      {"It told the Philippine Institute of Volcanology and Seismology.",
       {"Philippine Institute of Volcanology and Seismology"}},
      {"It told the Institute of Seismology and Microsoft.",
       {"Institute of Seismology", "Microsoft"}},
      {"A fire broke out. Then South Zed Fire and Rescue Service came.",
       {"South Zed Fire and Rescue Service"}},
      {"It told the National Institute on Drug Abuse.",
       {"National Institute on Drug Abuse"}},
      {"It said African Export\u2013Import Bank president Okey Oramah left.",
       {"African Export\u2013Import Bank",
        "African Export\u2013Import Bank president|Okey Oramah"}},
      // A surname that is a role, too.
      {"We saw Tim Cook. Then Cook left the cabin.", {"Tim Cook", "Cook"}},
      {"We saw Billie Jean King. King left the king.", {"Billie Jean King"}},
      {"We saw Billie Jean King. It was what King wanted.",
       {"Billie Jean King", "King"}},
      {"We saw SoftBank CEO Masayoshi Son there.",
       {"SoftBank CEO|Masayoshi Son"}},
      {"It pleased Transport and Bridges Minister Jane Roe.",
       {"Transport", "Bridges Minister|Jane Roe"}},
      {"We saw Tim Roe. Then Cook left the cabin.", {"Tim Roe"}},
      {"He met Mr. Roe and Sen. Jane Doe.", {"Mr.|Roe", "Sen.|Jane Doe"}},
      {"They met US Secretary of State Antony Blinken.",
       {"US Secretary of State|Antony Blinken"}},
      {"It angered foreign ministry spokesman Nasser Kanani.",
       {"foreign ministry spokesman|Nasser Kanani"}},
      {"He thanked former Attorney General Ann Poe.",
       {"former Attorney General|Ann Poe"}},
      {"It pleased Vice President Joe Doe.", {"Vice President|Joe Doe"}},
      // A verb in front is no role.
      {"It said she accused Sen. Jane Doe.", {"Sen.|Jane Doe"}},
      // A role that is in no list, by its ending.
      {"It angered herpetologist Jane Doe.", {"herpetologist|Jane Doe"}},
      // Who stands behind another name.
      {"It pleased NASA engineer John Roe.",
       {"NASA", "NASA engineer|John Roe"}},
      {"A photo by NASA John Roe shows it.", {"John Roe"}},
      {"It was the shadow leader of the Commons Oliver Roe.",
       {"shadow leader of the Commons|Oliver Roe"}},
      {"She saw Virginia Kate Roe there.", {"Virginia Kate Roe"}},
      {"It was said to have angered Afghan Ambassador to the United States "
       "Borz Zedmund. Then Zedmund left Zedmund.",
       {"Borz Zedmund", "Zedmund", "Zedmund"}},
      {"It pleased Minister of Information Moammar al-Eryani.",
       {"Minister of Information|Moammar al-Eryani"}},
      {"It pleased Member of Parliament Jane Roe.",
       {"Member of Parliament|Jane Roe"}},
      {"Broadcaster Jane Roe left.", {"Jane Roe"}},
      {"It pleased the director of the Zed Society.", {"Zed Society"}},
      // Bodies that are named after what they deal with or whom they stand for.
      {"It pleased the Commission on Presidential Debates.",
       {"Commission on Presidential Debates"}},
      {"It pleased the National Conference of State Legislatures.",
       {"National Conference of State Legislatures"}},
      {"It pleased the Directorate General of Civil Aviation.",
       {"Directorate General of Civil Aviation"}},
      {"It pleased the Daily Caller.", {"Daily Caller"}},
      {"It pleased the Baltimore Sun and the Sunday Times.",
       {"Baltimore Sun", "Sunday Times"}},
      // Names with a stop or a hyphen inside.
      {"We use Parse.ly there.", {"Parse.ly"}},
      {"We met Kim Jong-un and Moon Jae-in.", {"Kim Jong-un", "Moon Jae-in"}},
      {"We met an Ann Doe-era aide.", {"Ann Doe"}},
      // "Rich" is a name, too; "the Dutchman" is none.
      {"She saw Rich Roe there.", {"Rich Roe"}},
      {"She saw the Dutchman there.", {}},
      // A role alone is no name.
      {"We asked the Supreme Leader.", {}},
      {"The ally of the Prime Minister left.", {}},
      // Initials, suffixes, particles, hyphens, nicknames.
      {"She saw John F. Doe there.", {"John F. Doe"}},
      {"She saw Jock A. Finlayson there.", {"Jock A. Finlayson"}},
      {"She saw John Doe Jr. there.", {"John Doe Jr."}},
      {"She saw Ursula von der Leyen there.", {"Ursula von der Leyen"}},
      {"She saw Hossein Amir-Abdollahian there.", {"Hossein Amir-Abdollahian"}},
      {"She saw George \"Jay\" Keyworth there.", {"George \"Jay\" Keyworth"}},
      // Surnames that are roles elsewhere.
      {"She saw Stephen King and Tim Cook.", {"Stephen King", "Tim Cook"}},
      {"She saw Dean Zed and PC Dean Roe.", {"Dean Zed", "Dean Roe"}},
      // Organisations and places.
      {"He left the Department of Justice.", {"Department of Justice"}},
      {"He left the Food and Drug Administration.",
       {"Food and Drug Administration"}},
      {"He left the Associated Press.", {"Associated Press"}},
      {"He left the Republican National Committee.",
       {"Republican National Committee"}},
      {"He lives in New York with her.", {"New York"}},
      // Possessives end a name.
      {"It was Iran's Foreign Ministry.", {"Iran", "Foreign Ministry"}},
      // Months and pronouns are none.
      {"On Monday I met them in May.", {}},
      // Party and state.
      {"We met Jane Doe (R-Wis.) today.", {"Jane Doe"}},
  };
  for (const FindCase& c : cases) {
    EXPECT_EQ(Found(c.text), c.names) << c.text;
  }
}

TEST(FindNamesTest, ACapitalThatProvesNothingMakesAWeakMention) {
  EXPECT_THAT(Found("Blinken left."), ElementsAre("~Blinken"));
  EXPECT_THAT(Found("Blinken left. We saw Blinken."),
              ElementsAre("Blinken", "Blinken"));
  // In lower case elsewhere, it is a word.
  EXPECT_THAT(Found("Stone fell. We saw a stone."), ElementsAre("~Stone"));
  EXPECT_THAT(Found("However, nobody came."), IsEmpty());
}

TEST(FindNamesTest, AnOpeningVerbIsNotPartOfAName) {
  EXPECT_THAT(Found("Continued Stone: no. We saw Roger Stone."),
              ElementsAre("Stone", "Roger Stone"));
}

TEST(FindNamesTest, HeadlinesKeepOnlyWhatTheTextKnows) {
  EXPECT_THAT(Found("Blinken Says Europe United Against Threats\n\n"
                    "We saw Antony Blinken in Europe."),
              ElementsAre("~Blinken", "~Europe", "~United", "~Threats",
                          "Antony Blinken", "Europe"));
}

TEST(FindNamesTest, MentionsAreOrderedWithoutOverlapAndShort) {
  std::string text = "We saw";
  for (int i = 0; i < 200; ++i) text += " Xavier";
  const Document doc = ReadUtf8(text);
  const TokenList tokens(doc);
  uint32_t last = 0;
  for (const NameMention& m : FindNames(tokens)) {
    EXPECT_GE(m.begin, last);
    EXPECT_LT(m.begin, m.end);
    EXPECT_LE(m.role_begin, m.begin);
    EXPECT_LE(m.end - m.begin, kMaxNameWords + 4);
    EXPECT_FALSE(m.parts.empty());
    last = m.end;
  }
}

bool IsPerson(std::string_view text) {
  const Document doc = ReadUtf8(text);
  const TokenList tokens(doc);
  const std::vector<NameMention> names = FindNames(tokens);
  EXPECT_FALSE(names.empty()) << text;
  return !names.empty() && names[0].IsPerson();
}

TEST(FindNamesTest, WeighsPersonAgainstOrganisation) {
  EXPECT_TRUE(IsPerson("We saw Jane Doe."));
  EXPECT_TRUE(IsPerson("We saw Mr Zed."));
  EXPECT_TRUE(IsPerson("We saw Zed, 47, there."));
  EXPECT_TRUE(IsPerson("We saw Zed Qux, a senior analyst."));
  EXPECT_FALSE(IsPerson("We saw the Zed Institute."));
  EXPECT_FALSE(IsPerson("We saw Iran."));
  EXPECT_FALSE(IsPerson("We saw the IAEA."));
  EXPECT_FALSE(IsPerson("We saw New Zed."));
}

TEST(NameAtTest, FindsTheNameAtOrBehindAWord) {
  const Document doc = ReadUtf8("We saw Jane Doe and Ann Poe.");
  const TokenList tokens(doc);
  const std::vector<NameMention> names = FindNames(tokens);
  ASSERT_EQ(names.size(), 2u);
  EXPECT_EQ(NameAt(names, 0), 0u);
  EXPECT_EQ(NameAt(names, 3), 0u);
  EXPECT_EQ(NameAt(names, 4), 1u);
  EXPECT_EQ(NameAt(names, 100), 2u);
}

}  // namespace
}  // namespace quoth
