#include "server/speakers/acronyms.h"

#include <string_view>
#include <vector>

#include "gtest/gtest.h"
#include "tests/speakers/documents.h"

namespace quoth {
namespace {

struct InitialsCase {
  std::string_view words;
  std::string_view acronym;
  bool match;
};

TEST(MatchesInitialsTest, ByTable) {
  const std::vector<InitialsCase> cases = {
      {"International Atomic Energy Agency", "iaea", true},
      {"Securities and Exchange Commission", "sec", true},
      {"Department of Justice", "doj", true},
      {"Department of Justice", "dj", true},
      {"Iranian Atomic Agency", "aa", true},
      {"United States", "us", true},
      {"United States", "u.s.", true},
      {"Hewlett-Packard", "hp", true},
      {"Pacific Gas and Electric Company", "pg&e", true},
      {"Gas Company", "g", false},
      {"United States Commission on Debates", "cd", true},
      {"UK Tortoise Party", "uktp", true},
      {"Department of Justice", "fbi", false},
      {"Agency", "a", false},
      {"Agency", "ag", false},
      {"United States", "", false},
      {"United States", "usususususususus", false},
  };
  for (const InitialsCase& c : cases) {
    const Document doc = ReadUtf8(c.words);
    const TokenList tokens(doc);
    EXPECT_EQ(MatchesInitials(tokens, 0, tokens.size(), c.acronym), c.match)
        << c.words << " / " << c.acronym;
  }
}

TEST(IsCutFromTest, ByTable) {
  const std::vector<InitialsCase> cases = {
      {"California Department of Forestry and Fire Protection", "calfire",
       true},
      {"Philippine Institute of Volcanology and Seismology", "phivolcs", true},
      {"Pacific Gas and Electric Company", "pg&e", true},
      {"Zed Police Department", "ohio", false},
      {"Zed Police Department", "zed", false},
      {"Zed Police Department", "", false},
  };
  for (const InitialsCase& c : cases) {
    const Document doc = ReadUtf8(c.words);
    const TokenList tokens(doc);
    EXPECT_EQ(IsCutFrom(tokens, 0, tokens.size(), c.acronym), c.match)
        << c.words << " / " << c.acronym;
  }
}

TEST(FindBracketedAcronymsTest, EitherWayRound) {
  const Document doc = ReadUtf8(
      "The International Atomic Energy Agency (IAEA) met the WHO (World "
      "Health Organisation) and Jane Doe (left).");
  const TokenList tokens(doc);
  const std::vector<NameMention> names = FindNames(tokens);
  const auto pairs = FindBracketedAcronyms(tokens, names);
  ASSERT_EQ(pairs.size(), 2u);
  const auto text = [&](uint32_t n) {
    return TextOf(tokens, names[n].begin, names[n].end);
  };
  EXPECT_EQ(text(pairs[0].first), "International Atomic Energy Agency");
  EXPECT_EQ(text(pairs[0].second), "IAEA");
  EXPECT_EQ(text(pairs[1].first), "World Health Organisation");
  EXPECT_EQ(text(pairs[1].second), "WHO");
}

}  // namespace
}  // namespace quoth
