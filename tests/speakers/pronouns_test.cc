#include "server/speakers/pronouns.h"

#include <string_view>
#include <vector>

#include "gtest/gtest.h"
#include "tests/speakers/named_article.h"

namespace quoth {
namespace {

struct Article : NamedArticle {
  explicit Article(std::string_view text) : NamedArticle(text) {
    CountPronouns(tokens, names, clusters);
  }
};

TEST(CountPronounsTest, CountsOnlyWhereOnePersonCanBeMeant) {
  Article one("Kim Zed came. Then she left with her dog.");
  EXPECT_EQ(one.clusters.referents[0].she, 2);
  EXPECT_EQ(one.clusters.referents[0].he, 0);
  Article two("Kim Zed met Lee Qux. Then she left.");
  for (const Referent& r : two.clusters.referents) {
    EXPECT_EQ(r.she, 0) << r.name;
  }
  // Nobody thanks himself so.
  Article object("Kim Zed came. Lee Qux thanked her. She left.");
  EXPECT_EQ(object.clusters.referents[0].she, 1);
  EXPECT_EQ(object.clusters.referents[1].she, 1);  // The "She".
  Article owner("Lee Qux thanked her mother. Lee Qux said we saw her.");
  EXPECT_EQ(owner.clusters.referents[0].she, 2);
  // A quoted pronoun speaks of somebody else.
  Article quoted("Kim Zed came. \"Then he left,\" we heard.");
  EXPECT_EQ(quoted.clusters.referents[0].he, 0);
}

TEST(CountPronounsTest, MakesPersonsOfWordsAndOrganisationsOfNames) {
  struct Case {
    std::string_view text;  // Its first name is looked at.
    SpeakerKind kind;
  };
  for (const Case& c : std::vector<Case>{
           {"We met Zedmund. Then he left.", SpeakerKind::kPerson},
           // One pronoun is little for many mentions, and a noun is nobody.
           {"We met Zedmund. Then he left. Zedmund, Zedmund, Zedmund, Zedmund, "
            "Zedmund, Zedmund, Zedmund and Zedmund slept.",
            SpeakerKind::kOrganization},
           {"We read the Amendment. Then he left.", SpeakerKind::kOrganization},
           // A brand that has a given name, too, but no pronoun and no title.
           {"We met Walt Disney. Then Disney fell, and Disney rose as Disney "
            "does.",
            SpeakerKind::kOrganization},
           {"We met Walt Disney. He fell. Then Disney fell, and Disney rose as "
            "Disney does.",
            SpeakerKind::kPerson},
       }) {
    const Article article(c.text);
    const int r = article.clusters.referent_of.front();
    EXPECT_EQ(article.clusters.referents[r].kind, c.kind) << c.text;
  }
}

TEST(CountPronounsTest, ItsMakesAnOrganisationOfWhatOnlyLooksLikeAPerson) {
  struct Case {
    std::string_view text;
    SpeakerKind kind;
  };
  for (const Case& c : std::vector<Case>{
           {"We met Borz Zedmund. Then he left.", SpeakerKind::kPerson},
           {"Then Borz Zedmund cut its losses.", SpeakerKind::kOrganization},
           // A given name or a title outweighs it, and so does another name
           // that may be meant.
           {"Then Jane Zedmund cut its losses.", SpeakerKind::kPerson},
           {"Then Mr. Borz Zedmund cut its losses.", SpeakerKind::kPerson},
           {"Then Zed Inc. met Borz Zedmund about its losses.",
            SpeakerKind::kPerson},
       }) {
    const Article article(c.text);
    EXPECT_EQ(article.clusters.referents.back().kind, c.kind) << c.text;
  }
}

}  // namespace
}  // namespace quoth
