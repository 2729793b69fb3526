#include "server/speakers/descriptions.h"

#include <string>
#include <string_view>
#include <vector>

#include "gtest/gtest.h"
#include "tests/speakers/documents.h"

namespace quoth {
namespace {

struct Article {
  explicit Article(std::string_view text)
      : doc(ReadUtf8(text)),
        tokens(doc),
        names(FindNames(tokens)),
        clusters(ClusterNames(tokens, names)) {
    DescribeReferents(tokens, names, clusters);
  }

  // The phrase that `words`, in their last occurrence, make.
  SourcePhrase Last(std::string_view words) const {
    const size_t at = doc.text.bytes().rfind(words);
    EXPECT_NE(at, std::string::npos) << words;
    const uint32_t begin = doc.text.CodePointAtByte(static_cast<uint32_t>(at));
    const uint32_t end =
        doc.text.CodePointAtByte(static_cast<uint32_t>(at + words.size()));
    return ParsePhrase(tokens, names, {begin, end});
  }

  const Document doc;
  const TokenList tokens;
  const std::vector<NameMention> names;
  NameClusters clusters;
};

TEST(DescribeReferentsTest, RolesInFrontAndBehind) {
  const Article article(
      "We met foreign ministry spokesman Nasser Kanani. We met Jane Doe, a "
      "senior analyst at Zed, there. We met Mr. Poe.");
  ASSERT_GE(article.clusters.referents.size(), 3u);
  EXPECT_EQ(article.clusters.referents[0].description,
            "foreign ministry spokesman");
  EXPECT_EQ(article.clusters.referents[1].description, "senior analyst at Zed");
  EXPECT_EQ(
      FindByName(article.clusters, {"poe"}) < 0
          ? "?"
          : article.clusters.referents[FindByName(article.clusters, {"poe"})]
                .description,
      "");
}

TEST(DescribeReferentsTest, ARoleTellsGender) {
  const Article article("We met police spokeswoman Kim Zed.");
  EXPECT_EQ(article.clusters.referents[0].gender(), Gender::kFemale);
}

struct MatchCase {
  std::string_view text;
  std::string_view phrase;  // Its last occurrence.
  std::string referent;     // Empty: none.
};

TEST(MatchDescriptionTest, ByTable) {
  const std::vector<MatchCase> cases = {
      // Persons by role, by the nearest role of several.
      {"We met ministry spokesman Nasser Kanani and analyst Jane Doe. Then the "
       "spokesman left.",
       "the spokesman", "Nasser Kanani"},
      {"We met Sen. Jane Doe. Then the senator left.", "the senator",
       "Jane Doe"},
      {"We met Jane Doe, the Republican nominee, there. We met Ann Poe, the "
       "Green nominee, there. Then the Republican nominee left.",
       "the Republican nominee", "Jane Doe"},
      {"We met analyst Jane Doe. Then the spokesman left.", "the spokesman",
       ""},
      // Gender speaks.
      {"We met spokesman John Doe. Then the spokeswoman left.",
       "the spokeswoman", ""},
      // Organisations by their own word, or as any of their kind.
      {"We met the State Department and Zed Institute. Then the department "
       "left.",
       "the department", "State Department"},
      {"We met Zed Motors. Then the company closed.", "the company",
       "Zed Motors"},
      {"We met Iran and Zed Motors. Then the country left.", "the country",
       "Iran"},
      {"We read the Zed Times and saw Qux Motors. Then the newspaper closed.",
       "the newspaper", "Zed Times"},
      {"We met the Zed Committee. Then the company closed.", "the company", ""},
  };
  for (const MatchCase& c : cases) {
    const Article article(c.text);
    const DescriptionMatch match = MatchDescription(
        article.tokens, article.Last(c.phrase), article.clusters);
    EXPECT_EQ(match.referent < 0
                  ? ""
                  : article.clusters.referents[match.referent].name,
              c.referent)
        << c.text;
    EXPECT_GE(match.confidence, 0);
    EXPECT_LE(match.confidence, 1);
  }
}

TEST(FindIntroductionTest, ByTable) {
  const std::vector<MatchCase> cases = {
      {"It is in a new poll by Zed Research. Then the poll was wrong.",
       "the poll", "new poll by Zed Research"},
      {"The Sanders campaign came. Then the campaign left.", "the campaign",
       "Sanders campaign"},
      // Also behind; but never one that the words rule out.
      {"Here the campaign left. The Sanders campaign came.", "the campaign",
       "Sanders campaign"},
      {"The Sanders campaign came. Then the Trump campaign left.",
       "the Trump campaign", ""},
      {"It rained. Then the poll was wrong.", "the poll", ""},
  };
  for (const MatchCase& c : cases) {
    const Article article(c.text);
    const SourcePhrase phrase =
        c.text.starts_with("Here")
            ? ParsePhrase(article.tokens, article.names, {5, 17})
            : article.Last(c.phrase);
    EXPECT_EQ(FindIntroduction(article.tokens, phrase, ""), c.referent)
        << c.text;
  }
}

TEST(FindIntroductionTest, HoldsItsOwner) {
  const Article article(
      "The Sanders campaign and the Clinton campaign came. Then his campaign "
      "left.");
  const SourcePhrase phrase = article.Last("his campaign");
  EXPECT_EQ(FindIntroduction(article.tokens, phrase, "clinton"),
            "Clinton campaign");
  EXPECT_EQ(FindIntroduction(article.tokens, phrase, "kasich"), "");
}

}  // namespace
}  // namespace quoth
