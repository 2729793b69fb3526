#include "server/speakers/discourse.h"

#include <string>
#include <string_view>
#include <vector>

#include "gtest/gtest.h"
#include "tests/speakers/named_article.h"

namespace quoth {
namespace {

struct Article : NamedArticle {
  explicit Article(std::string_view text)
      : NamedArticle(text), discourse(tokens, names, clusters) {}

  std::string Name(int referent) const {
    return referent < 0 ? "" : clusters.referents[referent].name;
  }
  // How the last mention of a name of these words stands in its sentence.
  DiscourseMention Mention(std::string_view word) const {
    for (size_t k = discourse.mentions().size(); k-- > 0;) {
      const DiscourseMention& m = discourse.mentions()[k];
      if (tokens[m.word].folded == word) return m;
    }
    ADD_FAILURE() << word;
    return DiscourseMention();
  }

  Discourse discourse;
};

TEST(DiscourseTest, HowMentionsStand) {
  struct Case {
    std::string_view text;
    std::string_view word;
    std::string_view is;  // Of "smpo": subject, modifier, possessive, object.
  };
  for (const Case& c : std::vector<Case>{
           {"Jane Doe met Ann Poe.", "jane", "s"},
           {"Jane Doe met Ann Poe.", "ann", ""},
           {"Jane Doe came with Ann Poe.", "ann", "o"},
           {"Yesterday Jane Doe's aide came.", "jane", "p"},
           {"Then the Doe campaign met Jane Doe.", "doe", "m"},
           {"With Jane Doe came Ann Poe.", "ann", "s"},
           {"We heard: \"Jane Doe came.\"", "jane", ""},
       }) {
    const Article article(c.text);
    const DiscourseMention m = article.Mention(c.word);
    std::string is;
    if (m.subject) is += 's';
    if (m.modifier) is += 'm';
    if (m.possessive) is += 'p';
    if (m.object) is += 'o';
    EXPECT_EQ(is, c.is) << c.text << " / " << c.word;
  }
}

TEST(DiscourseTest, NextSourcesAreThoseOfOuterClaims) {
  Article article("Jane Doe met Ann Poe in Iran.");
  article.discourse.AddSource(5, 1, 0);
  article.discourse.AddSource(3, 0, 0);
  article.discourse.AddSource(4, 2, 1);
  const std::vector<SourceEvent> next = article.discourse.NextSources(2, 2);
  ASSERT_EQ(next.size(), 2u);
  EXPECT_EQ(next[0].referent, 0);
  EXPECT_EQ(next[1].referent, 1);
  EXPECT_TRUE(article.discourse.NextSources(5, 2).empty());
  EXPECT_EQ(article.discourse.NextSources(0, 1).size(), 1u);
}

TEST(DiscourseTest, LastPersonsAndSubjects) {
  const Article article("Jane Doe met Ann Poe in Iran. The two left.");
  const std::vector<int> last = article.discourse.LastPersons(8, 2);
  ASSERT_EQ(last.size(), 2u);
  EXPECT_EQ(article.Name(last[0]), "Ann Poe");
  EXPECT_EQ(article.Name(last[1]), "Jane Doe");
  EXPECT_EQ(article.Name(article.discourse.SubjectBetween(0, 7)), "Jane Doe");
  EXPECT_EQ(article.discourse.SubjectBetween(2, 2), -1);
}

// The second name is the text's second word, and the word in front of it reads
// "the": there is nothing in front of that.
TEST(DiscourseTest, NothingIsJoinedInFrontOfTheText) {
  const Article article(
      "THE's Iran met Iraq. Both countries said they would hold talks.");
  ASSERT_EQ(article.tokens[0].folded, "the");
  EXPECT_TRUE(article.discourse.LastJoined(6).empty());
}

TEST(DiscourseTest, LastJoined) {
  const Article article("Iran and the United States met. Both said so.");
  const std::vector<int> joined = article.discourse.LastJoined(7);
  ASSERT_EQ(joined.size(), 2u);
  EXPECT_EQ(article.Name(joined[0]), "Iran");
  EXPECT_EQ(article.Name(joined[1]), "United States");
}

TEST(DiscourseTest, ASubjectIsLookedForOverSoManyMentions) {
  std::string text = "Back";
  for (uint32_t i = 0; i < kMaxMentionsBack; ++i) text += " rain in Iran";
  const Article article(text + ", Jane Doe stayed.");
  ASSERT_EQ(article.Mention("jane").subject, true);
  EXPECT_EQ(article.discourse.SubjectBetween(0, article.tokens.size()), -1);
  EXPECT_EQ(
      article.Name(article.discourse.SubjectBetween(4, article.tokens.size())),
      "Jane Doe");
}

TEST(DiscourseTest, SourcesInTheOrderOfTheText) {
  Article article("Jane Doe met Ann Poe. They left. Then it rained again.");
  Discourse& d = article.discourse;
  // The claims inside claims come later, whatever their place.
  d.AddSource(0, 0, 0);
  d.AddSource(9, 0, 0);
  d.AddSource(3, 1, 1);
  const std::vector<SourceEvent> all = d.LastSources(10, 5);
  ASSERT_EQ(all.size(), 3u);
  EXPECT_EQ(all[0].word, 9u);
  EXPECT_EQ(all[1].word, 3u);
  EXPECT_EQ(all[2].word, 0u);
  EXPECT_EQ(d.LastSources(9, 5).size(), 2u);
  ASSERT_EQ(d.LastSources(10, 1, 5).size(), 1u);
  EXPECT_EQ(d.LastSources(10, 1, 5)[0].referent, 1);
  EXPECT_TRUE(d.LastSources(0, 5).empty());
  EXPECT_EQ(d.SourcesOf(0), (std::vector<uint32_t>{0, 9}));
  EXPECT_TRUE(d.SourcesOf(7).empty());
  // Levels beyond the last are one.
  d.AddSource(2, 1, 100);
  EXPECT_EQ(d.LastSources(10, 50, 5).size(), 1u);
}

TEST(DiscourseTest, NamedSourcesAhead) {
  Article article("Jane Doe met Ann Poe. They left.");
  article.discourse.AddNamedSource(1, 0);
  article.discourse.AddNamedSource(4, 1);
  const std::vector<SourceEvent> next =
      article.discourse.NextNamedSources(1, 9);
  ASSERT_EQ(next.size(), 1u);
  EXPECT_EQ(next[0].referent, 1);
  EXPECT_EQ(article.discourse.NextNamedSources(0, 1).size(), 1u);
}

}  // namespace
}  // namespace quoth
