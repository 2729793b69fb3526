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
      // What stands behind a name in brackets, made of its letters.
      {"The Philippine Institute of Volcanology and Seismology (Phivolcs) "
       "spoke. Then Phivolcs left.",
       {"Philippine Institute of Volcanology and Seismology",
        "Philippine Institute of Volcanology and Seismology",
        "Philippine Institute of Volcanology and Seismology"}},
      {"The Pacific Gas and Electric Company (PG&E) spoke. Then PG&E left.",
       {"Pacific Gas and Electric Company", "Pacific Gas and Electric Company",
        "Pacific Gas and Electric Company"}},
      // Without the place.
      {"The Supreme Court of Ohio met. Then the Supreme Court left.",
       {"Supreme Court of Ohio", "Supreme Court of Ohio"}},
      {"The Ohio Supreme Court met. Then the Supreme Court left.",
       {"Ohio Supreme Court", "Ohio Supreme Court"}},
      // Initials of a person.
      {"We asked William S. Saturn. Then WSS left.",
       {"William S. Saturn", "William S. Saturn"}},
      {"We asked the UK and the US. Then the US left.", {"UK", "US", "US"}},
      // The name with its accents.
      {"Jaroslaw Kaczynski left. Then Jaros\u0142aw Kaczy\u0144ski came.",
       {"Jaros\u0142aw Kaczy\u0144ski", "Jaros\u0142aw Kaczy\u0144ski"}},
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
      // The acronym may come first.
      {"DNC issues a statement. We saw the Democratic National Committee. Then "
       "the DNC left.",
       {"Democratic National Committee", "Democratic National Committee",
        "Democratic National Committee"}},
      // A firm's branch abroad is not the firm.
      {"We saw Facebook Ireland Limited. Then Facebook left.",
       {"Facebook Ireland Limited", "Facebook"}},
      // An acronym is no given name.
      {"It rained.\n\nWe saw MTV. Then the MTV Smut Peddlers left MTV.",
       {"MTV", "MTV Smut Peddlers", "MTV"}},
      // The firm, not its chief executive.
      {"It rained.\n\nWe saw Ford. We left Ford. Then Ford chief executive "
       "Bill Ford came to Ford.",
       {"Ford", "Ford", "Ford", "Bill Ford", "Ford"}},
      // A misspelt surname, and the spelling that is written most often.
      {"We saw Yahya Sarea. Then Saree left.", {"Yahya Sarea", "Yahya Sarea"}},
      {"We saw Elise Labott. Then Labbot left.",
       {"Elise Labott", "Elise Labott"}},
      {"We saw Kristin Zedmund. Then Kristen Zedmund ate, and Kristen Zedmund "
       "left.",
       {"Kristen Zedmund", "Kristen Zedmund", "Kristen Zedmund"}},
      // ... but a short form is no other spelling.
      {"We saw Robert Qux. Then Bob Qux ate, and Bob Qux left.",
       {"Robert Qux", "Robert Qux", "Robert Qux"}},
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

TEST(ClusterNamesTest, KindsOfNamesThatOnlyTheArticleTells) {
  struct Case {
    std::string_view text;  // Its last name is looked at.
    SpeakerKind kind;
  };
  for (const Case& c : std::vector<Case>{
           {"We met Borz Zedmund.", SpeakerKind::kPerson},
           // Always in full, and something is in it.
           {"We met Borz Zedmund. Borz Zedmund left. Shares in Borz Zedmund "
            "fell.",
            SpeakerKind::kOrganization},
           {"We met Borz Zedmund. Zedmund left. Borz Zedmund slept. Trust in "
            "Borz Zedmund fell.",
            SpeakerKind::kPerson},
           // It has an acronym.
           {"BZQ won. We met Borz Zedmund Qux.", SpeakerKind::kOrganization},
           // What it is called once outweighs that it has two words.
           {"We met Borz Zedmund. Borz Zedmund left with car maker Borz "
            "Zedmund.",
            SpeakerKind::kOrganization},
           // Agencies and papers that end as crowds and documents do.
           {"We met the Associated Press.", SpeakerKind::kOrganization},
           {"We met the Commission on Presidential Debates.",
            SpeakerKind::kOrganization},
       }) {
    const Document doc = ReadUtf8(c.text);
    const TokenList tokens(doc);
    const NameClusters clusters = ClusterNames(tokens, FindNames(tokens));
    EXPECT_EQ(clusters.referents[clusters.referent_of.back()].kind, c.kind)
        << c.text;
  }
}

TEST(WorksForTest, WhatTheArticleSaysOfAPerson) {
  const Document doc = ReadUtf8(
      "We saw the Securities and Exchange Commission (SEC) and Zed Inc. Then "
      "SEC director Jane Roe left.");
  const TokenList tokens(doc);
  const NameClusters c = ClusterNames(tokens, FindNames(tokens));
  const int roe = FindByName(c, {"jane", "roe"});
  EXPECT_TRUE(WorksFor(c, roe, FindByName(c, {"sec"})));
  EXPECT_FALSE(WorksFor(c, roe, FindByName(c, {"zed", "inc"})));
  EXPECT_FALSE(WorksFor(c, -1, FindByName(c, {"sec"})));
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
