#include "server/speakers/descriptions.h"

#include <string>
#include <string_view>
#include <vector>

#include "gtest/gtest.h"
#include "tests/speakers/named_article.h"

namespace quoth {
namespace {

struct Article : NamedArticle {
  explicit Article(std::string_view text) : NamedArticle(text) {
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

TEST(DescribeReferentsTest, EmployersAndKindsOfOrganisations) {
  struct Case {
    std::string_view text;
    size_t referent;        // In order of the first mention.
    std::string_view role;  // A word that it is known by, or is not.
    bool known;
  };
  for (const Case& c : std::vector<Case>{
           {"We met Jane Doe of Zed Motors.", 0, "zed", true},
           {"We met Jane Doe from the Zed Institute.", 0, "zed", true},
           {"We met Zed Motors's Jane Doe.", 1, "zed", true},
           {"We met Jane Doe with Zed Motors.", 0, "zed", false},
           {"We met Jane Doe of John Roe.", 0, "roe", false},
           {"Then Zed Motors, a big nebula, closed.", 0, "nebula", false},
           {"Then Zed Motors, a big company, closed.", 0, "company", true},
           {"Then the giant Zed Motors closed.", 0, "giant", true},
       }) {
    const Article article(c.text);
    ASSERT_LT(c.referent, article.clusters.referents.size()) << c.text;
    bool known = false;
    for (const RoleWord& role : article.clusters.referents[c.referent].roles) {
      known = known || role.word == c.role;
    }
    EXPECT_EQ(known, c.known) << c.text;
  }
}

TEST(FitDescriptionTest, ByTable) {
  struct Case {
    std::string_view text;
    std::string_view phrase;  // Its last occurrence.
    size_t referent;          // In order of the first mention.
    int head, known, unknown, unknown_capitals;
  };
  const std::vector<Case> cases = {
      // By role, with what else is said.
      {"We met ministry spokesman Nasser Kanani. Then the ministry spokesman "
       "left.",
       "the ministry spokesman", 0, 3, 1, 0, 0},
      {"We met ministry spokesman Nasser Kanani. Then the Zed spokesman left.",
       "the Zed spokesman", 0, 3, 0, 1, 1},
      {"We met analyst Jane Doe. Then the spokesman left.", "the spokesman", 0,
       0, 0, 0, 0},
      // Nouns that can name one thing.
      {"We met Jane Doe, the Republican nominee, there. Then the Republican "
       "candidate left.",
       "the Republican candidate", 0, 2, 1, 0, 0},
      // Initials are a name, too.
      {"We met ministry spokesman Nasser Kanani. Then the V&A spokesman left.",
       "the V&A spokesman", 0, 3, 0, 2, 2},
      // Organisations by their own word, or as any of their kind.
      {"We met the State Department. Then the department left.",
       "the department", 0, 3, 0, 0, 0},
      {"We met Zed Motors. Then the company closed.", "the company", 0, 1, 0, 0,
       0},
      // Nothing but its name speaks for a company; an abbreviated state is
      // none.
      {"We met Zedmund. Then the company closed.", "the company", 0, 1, 0, 0,
       0},
      {"We met at Zedtown, Ill. Then the company closed.", "the company", 1, 0,
       0, 0, 0},
      {"We met the Zed Committee. Then the newspaper closed.", "the newspaper",
       0, 0, 0, 0, 0},
  };
  for (const Case& c : cases) {
    const Article article(c.text);
    ASSERT_LT(c.referent, article.clusters.referents.size()) << c.text;
    const DescriptionFit fit =
        FitDescription(article.tokens, article.Last(c.phrase),
                       article.clusters.referents[c.referent]);
    EXPECT_EQ(fit.head, c.head) << c.text;
    EXPECT_EQ(fit.known, c.known) << c.text;
    EXPECT_EQ(fit.unknown, c.unknown) << c.text;
    EXPECT_EQ(fit.unknown_capitals, c.unknown_capitals) << c.text;
  }
}

struct IntroductionCase {
  std::string_view text;
  std::string_view phrase;   // Its last occurrence.
  std::string introduction;  // Empty: none.
};

TEST(FindIntroductionTest, ByTable) {
  const std::vector<IntroductionCase> cases = {
      {"It is in a new poll by Zed Research. Then the poll was wrong.",
       "the poll", "new poll by Zed Research"},
      {"The Sanders campaign came. Then the campaign left.", "the campaign",
       "Sanders campaign"},
      // Also behind; but never one that the words rule out.
      {"Here the campaign left. The Sanders campaign came.", "the campaign",
       "Sanders campaign"},
      {"Here a poll was wrong. It is a new Zed poll.", "a poll",
       "new Zed poll"},
      {"The Sanders campaign came. Then the Trump campaign left.",
       "the Trump campaign", ""},
      {"It rained. Then the poll was wrong.", "the poll", ""},
      // By a noun that can name the same thing.
      {"It is in a new poll by Zed Research. Then the survey was wrong.",
       "the survey", "new poll by Zed Research"},
  };
  for (const IntroductionCase& c : cases) {
    const Article article(c.text);
    const SourcePhrase phrase =
        c.text.starts_with("Here")
            ? ParsePhrase(article.tokens, article.names,
                          {5, static_cast<uint32_t>(5 + c.phrase.size())})
            : article.Last(c.phrase);
    EXPECT_EQ(FindIntroduction(article.tokens, phrase, ""), c.introduction)
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
