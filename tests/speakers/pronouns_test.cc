#include "server/speakers/pronouns.h"

#include <string>
#include <string_view>
#include <vector>

#include "gtest/gtest.h"
#include "tests/speakers/documents.h"

namespace quoth {
namespace {

// All that a Discourse needs of one text.
struct Article {
  explicit Article(std::string_view text)
      : doc(ReadUtf8(text)),
        tokens(doc),
        names(FindNames(tokens)),
        groups(FindGroups(tokens, names)),
        clusters(ClusterNames(tokens, names)),
        discourse(tokens, names, groups, clusters) {
    CountPronouns(tokens, names, clusters);
  }

  // Whom the last word `pronoun` of the text stands for.
  std::string Last(std::string_view pronoun, int excluded = -1) {
    uint32_t word = tokens.size();
    while (word > 0 && tokens[word - 1].folded != pronoun) --word;
    EXPECT_GT(word, 0u) << pronoun;
    if (word == 0) return "";
    const Antecedent a =
        discourse.Resolve(PronounOf(pronoun), word - 1, excluded);
    if (a.group.has_value()) {
      return TextOf(tokens, a.group->begin, a.group->end);
    }
    return a.referent < 0 ? "" : clusters.referents[a.referent].name;
  }

  const Document doc;
  const TokenList tokens;
  const std::vector<NameMention> names;
  const std::vector<GroupMention> groups;
  NameClusters clusters;
  Discourse discourse;
};

struct ResolveCase {
  std::string_view text;
  std::string_view pronoun;  // Its last occurrence.
  std::string antecedent;
};

TEST(DiscourseTest, ByTable) {
  const std::vector<ResolveCase> cases = {
      // The subject of the sentence before.
      {"Jane Doe met Ann Poe. Then she left.", "she", "Jane Doe"},
      // Gender by given name, title, and by the article's own pronouns.
      {"Jane Doe met John Roe. Then he left.", "he", "John Roe"},
      {"Mr. Zed met Mrs. Qux. Then she left.", "she", "Qux"},
      {"Kim Zed lost her keys. Kim Zed met Lee Qux. Then she left.", "she",
       "Kim Zed"},
      // Near is better than far.
      {"Jane Doe came.\n\nIt rained.\n\nAnn Poe came. Then she left.", "she",
       "Ann Poe"},
      // A bystander in a quotation is passed over.
      {"Jane Doe said: \"Ask Ann Poe about it.\" Then she left.", "she",
       "Jane Doe"},
      // People before organisations, things for "it".
      {"Jane Doe left the Zed Institute. Then she ate.", "she", "Jane Doe"},
      {"The Zed Institute met Jane Doe. Then it closed.", "it",
       "Zed Institute"},
      // Groups for "they", else an organisation.
      {"Several voters met Jane Doe. Then they left.", "they", "voters"},
      {"The Zed Institute met Jane Doe. Then they left.", "they",
       "Zed Institute"},
      // Nobody.
      {"It rained. Then he left.", "he", ""},
      {"Jane Doe came. Then he left.", "he", ""},
  };
  for (const ResolveCase& c : cases) {
    Article article(c.text);
    EXPECT_EQ(article.Last(c.pronoun), c.antecedent) << c.text;
  }
}

TEST(DiscourseTest, TheLastSourceIsBetterThanABystander) {
  Article article(
      "Jane Doe spoke.\n\nAnn Poe listened, and she nodded.\n\nThen she left.");
  EXPECT_EQ(article.Last("she"), "Ann Poe");
  // Word 0 is "Jane": her claim comes last.
  article.discourse.AddSource(article.tokens.WordAt(17),
                              article.clusters.referent_of[0], 0);
  EXPECT_EQ(article.Last("she"), "Jane Doe");
}

TEST(DiscourseTest, WhoIsExcludedIsNotMeant) {
  Article article("Jane Doe met Ann Poe. Then she left.");
  EXPECT_EQ(article.Last("she", article.clusters.referent_of[0]), "Ann Poe");
}

TEST(DiscourseTest, LooksBackOnlySoFar) {
  std::string text = "Jane Doe came.";
  for (uint32_t i = 0; i < kMaxSentencesBack + 2; ++i) text += " It rained.";
  Article article(text + " Then she left.");
  EXPECT_EQ(article.Last("she"), "");
}

TEST(DiscourseTest, LastPersonsAndSubjects) {
  Article article("Jane Doe met Ann Poe in Iran. The two left.");
  const std::vector<int> last = article.discourse.LastPersons(8, 2);
  ASSERT_EQ(last.size(), 2u);
  EXPECT_EQ(article.clusters.referents[last[0]].name, "Ann Poe");
  EXPECT_EQ(article.clusters.referents[last[1]].name, "Jane Doe");
  const int subject = article.discourse.SubjectBetween(0, 7);
  ASSERT_GE(subject, 0);
  EXPECT_EQ(article.clusters.referents[subject].name, "Jane Doe");
  EXPECT_EQ(article.discourse.SubjectBetween(2, 2), -1);
}

TEST(CountPronounsTest, CountsOnlyWhereOnePersonCanBeMeant) {
  Article one("Kim Zed came. Then she left with her dog.");
  EXPECT_EQ(one.clusters.referents[0].she, 2);
  EXPECT_EQ(one.clusters.referents[0].he, 0);
  Article two("Kim Zed met Lee Qux. Then she left.");
  for (const Referent& r : two.clusters.referents) {
    EXPECT_EQ(r.she, 0) << r.name;
  }
  // A quoted pronoun speaks of somebody else.
  Article quoted("Kim Zed came. \"Then he left,\" we heard.");
  EXPECT_EQ(quoted.clusters.referents[0].he, 0);
}

}  // namespace
}  // namespace quoth
