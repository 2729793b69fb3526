#include "server/speakers/clusters.h"

#include <string>
#include <string_view>
#include <vector>

#include "gtest/gtest.h"
#include "tests/speakers/documents.h"

namespace quoth {
namespace {

// The referent names of all mentions, in text order.
std::vector<std::string> Clustered(std::string_view text) {
  const Document doc = ReadUtf8(text);
  const TokenList tokens(doc);
  const std::vector<NameMention> names = FindNames(tokens);
  const NameClusters clusters = ClusterNames(tokens, names);
  EXPECT_EQ(clusters.referent_of.size(), names.size());
  std::vector<std::string> result;
  for (const int r : clusters.referent_of) {
    result.push_back(r < 0 ? "-" : clusters.referents[r].name);
  }
  return result;
}

struct ClusterCase {
  std::string_view text;
  std::vector<std::string> names;
};

TEST(ClusterNamesTest, ByTable) {
  const std::vector<ClusterCase> cases = {
      // Spelling variants, surnames, titles, given names.
      {"We saw Antony Blinken. Then Anthony Blinken left. Mr. Blinken ate. "
       "And Blinken slept, as Antony would.",
       {"Antony Blinken", "Antony Blinken", "Antony Blinken", "Antony Blinken",
        "Antony Blinken"}},
      {"We saw Mansour Haqiqatpoor. Then Haqiqatpour left.",
       {"Mansour Haqiqatpoor", "Mansour Haqiqatpoor"}},
      // The fullest form may come last.
      {"We saw Mr. Doe. Then John F. Doe left.",
       {"John F. Doe", "John F. Doe"}},
      // Shared surnames: titles, then who came first.
      {"We saw Hillary Clinton and Bill Clinton. Mr. Clinton ate, Mrs. "
       "Clinton slept and Clinton won.",
       {"Hillary Clinton", "Bill Clinton", "Bill Clinton", "Hillary Clinton",
        "Hillary Clinton"}},
      // Suffixes.
      {"We saw John Doe Jr. and then John Doe Sr. there.",
       {"John Doe Jr.", "John Doe Sr."}},
      // A title before a given name.
      {"We saw Sir John Bourn. Then Sir John left.",
       {"John Bourn", "John Bourn"}},
      {"We saw Lou Jiwei. Then Mr. Lou left.", {"Lou Jiwei", "Lou Jiwei"}},
      // Acronyms, with and without brackets.
      {"We saw the International Atomic Energy Agency (IAEA). The IAEA left.",
       {"International Atomic Energy Agency",
        "International Atomic Energy Agency",
        "International Atomic Energy Agency"}},
      {"We saw the Democratic National Committee. Then the DNC left.",
       {"Democratic National Committee", "Democratic National Committee"}},
      // Short forms of organisations.
      {"We saw Deutsche Bank. Then Deutsche left.",
       {"Deutsche Bank", "Deutsche Bank"}},
      // ... but what is named by itself first is no short form.
      {"It rained.\n\nWe saw Zedtown. Then the Zedtown Evening News came, and "
       "Zedtown won.",
       {"Zedtown", "Zedtown Evening News", "Zedtown"}},
      {"We saw IBM Research India. Then IBM left.",
       {"IBM Research India", "IBM"}},
      // Two names of one party; the longer one is what it is called.
      {"We saw the Lib Dems. Then the Liberal Democrats left.",
       {"Liberal Democrats", "Liberal Democrats"}},
      // Letters that a name has already.
      {"We saw the UK Tortoise Party. Then UKTP left.",
       {"UK Tortoise Party", "UK Tortoise Party"}},
      // Who reigns keeps the title.
      {"We saw Pope Francis. Then Francis left.",
       {"Pope Francis", "Pope Francis"}},
      // A person and a place are not one.
      {"We saw Denzel Washington in Washington.",
       {"Denzel Washington", "Washington"}},
      // Weak mentions join what is known, or nothing.
      {"Roe left. We saw Jane Roe.", {"Jane Roe", "Jane Roe"}},
      {"Tomorrow came. Yellow fell.", {"-"}},
  };
  for (const ClusterCase& c : cases) {
    EXPECT_EQ(Clustered(c.text), c.names) << c.text;
  }
}

TEST(ClusterNamesTest, AHeadlineNamesInFullWhomTheTextCallsByOneName) {
  EXPECT_EQ(Clustered("Salma Hayek Described Her Difficult Youth\n\n"
                      "Hayek confirmed it. We met Hayek then."),
            (std::vector<std::string>{"Salma Hayek", "-", "Salma Hayek",
                                      "Salma Hayek"}));
}

TEST(ClusterNamesTest, KindsAndGenders) {
  const Document doc = ReadUtf8(
      "We saw Jane Doe, Mr. Poe, the Zed Institute, Iran and the Zed Poll.");
  const TokenList tokens(doc);
  const NameClusters c = ClusterNames(tokens, FindNames(tokens));
  ASSERT_EQ(c.referents.size(), 5u);
  const auto find = [&](std::string_view name) -> const Referent& {
    for (const Referent& r : c.referents) {
      if (r.name == name) return r;
    }
    ADD_FAILURE() << name;
    return c.referents[0];
  };
  EXPECT_EQ(find("Jane Doe").kind, SpeakerKind::kPerson);
  EXPECT_EQ(find("Jane Doe").gender(), Gender::kFemale);
  EXPECT_EQ(find("Poe").kind, SpeakerKind::kPerson);
  EXPECT_EQ(find("Poe").gender(), Gender::kMale);
  EXPECT_EQ(find("Zed Institute").kind, SpeakerKind::kOrganization);
  EXPECT_EQ(find("Iran").kind, SpeakerKind::kOrganization);
  EXPECT_TRUE(find("Iran").place);
  EXPECT_EQ(find("Zed Poll").kind, SpeakerKind::kDocument);
}

TEST(FindByNameTest, WholeNamesAndSurnames) {
  const Document doc = ReadUtf8("We saw Jane Doe. Then Doe left.");
  const TokenList tokens(doc);
  const NameClusters c = ClusterNames(tokens, FindNames(tokens));
  EXPECT_EQ(FindByName(c, {"jane", "doe"}), 0);
  EXPECT_EQ(FindByName(c, {"doe"}), 0);
  EXPECT_EQ(FindByName(c, {"thing", "doe"}), 0);
  EXPECT_EQ(FindByName(c, {"john", "doe"}), -1);
  EXPECT_EQ(FindByName(c, {"poe"}), -1);
}

}  // namespace
}  // namespace quoth
