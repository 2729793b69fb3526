#include "server/speakers/candidates.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <string_view>
#include <vector>

#include "gtest/gtest.h"
#include "server/speakers/pronouns.h"
#include "tests/speakers/named_article.h"

namespace quoth {
namespace {

struct Article : NamedArticle {
  explicit Article(std::string_view text)
      : NamedArticle(text),
        groups(FindGroups(tokens, names)),
        discourse(tokens, names, clusters) {
    CountPronouns(tokens, names, clusters);
  }

  uint32_t Word(std::string_view folded) const {
    uint32_t word = tokens.size();
    while (word > 0 && tokens[word - 1].folded != folded) --word;
    EXPECT_GT(word, 0u) << folded;
    return word == 0 ? 0 : word - 1;
  }

  LinkQuery Query(LinkTask task, std::string_view word) const {
    LinkQuery query;
    query.task = task;
    query.begin = Word(word);
    query.end = query.begin + 1;
    return query;
  }

  // What the candidates are called, in order of the alphabet; "-" for the
  // source itself.
  std::string Names(const LinkQuery& query) const {
    std::vector<std::string> found;
    for (const LinkCandidate& c :
         FindCandidates({tokens, clusters, groups, discourse}, query)) {
      if (c.referent >= 0) {
        found.push_back(clusters.referents[c.referent].name);
      } else if (c.group >= 0) {
        found.push_back(
            TextOf(tokens, groups[c.group].begin, groups[c.group].end));
      } else {
        found.push_back(c.introduction ? query.introduction : "-");
      }
    }
    std::sort(found.begin(), found.end());
    std::string joined;
    for (const std::string& name : found) {
      if (!joined.empty()) joined += ", ";
      joined += name;
    }
    return joined;
  }

  const std::vector<GroupMention> groups;
  Discourse discourse;
};

TEST(FindCandidatesTest, ByTable) {
  struct Case {
    std::string_view text;
    LinkTask task;
    std::string_view word;  // Its last occurrence asks.
    std::string_view names;
  };
  for (const Case& c : std::vector<Case>{
           // Gender by given name and title; people for people.
           {"Jane Doe met John Roe. Then she left.", LinkTask::kShe, "she",
            "-, Jane Doe"},
           {"Mr. Zed met Mrs. Qux. Then he left.", LinkTask::kHe, "he",
            "-, Zed"},
           {"Jane Doe left the Zed Institute. Then she ate.", LinkTask::kShe,
            "she", "-, Jane Doe"},
           {"The Zed Institute met Jane Doe. Then it closed.", LinkTask::kIt,
            "it", "-, Zed Institute"},
           // A pronoun may have been somebody else's, where nobody else fits.
           {"Kim Zedmund came. He was late. Then she left.", LinkTask::kShe,
            "she", "-, Kim Zedmund"},
           {"John Zedmund came. He was late. Then she left.", LinkTask::kShe,
            "she", "-"},
           // Pronouns look back only.
           {"Then she left. Jane Doe came.", LinkTask::kShe, "she", "-"},
           {"Then so it began. Jane Doe came.", LinkTask::kNoSource, "so",
            "-, Jane Doe"},
           // Groups for "they".
           {"Several voters met the Zed Institute. Then they left.",
            LinkTask::kThey, "they", "-, Zed Institute, voters"},
           // What only looks like a person may be an organisation.
           {"Then Borz Zedmund warned that it may close.", LinkTask::kIt, "it",
            "-, Borz Zedmund"},
           {"Then Jane Zedmund warned that it may close.", LinkTask::kIt, "it",
            "-"},
           // "I" outside quotations is the author alone.
           {"Jane Doe came. Then I left.", LinkTask::kI, "i", "-"},
           {"Jane Doe came. \"Then I left,\" we read.", LinkTask::kI, "i",
            "-, Jane Doe"},
       }) {
    const Article article(c.text);
    EXPECT_EQ(article.Names(article.Query(c.task, c.word)), c.names) << c.text;
  }
}

TEST(FindCandidatesTest, SurnamesAskAmongTheirBearers) {
  const Article article("Jane Doe met John Doe and Ann Poe. Then Doe left.");
  LinkQuery query = article.Query(LinkTask::kSurname, "doe");
  const std::vector<int> among = {0, 1};
  query.among = &among;
  EXPECT_EQ(article.Names(query), "-, Jane Doe, John Doe");
  query.gender = Gender::kMale;
  EXPECT_EQ(article.Names(query), "-, John Doe");
}

TEST(FindCandidatesTest, WhoSpeaksLaterIsAskedForBySourcelessClaimsOnly) {
  Article article("No rain is due. Then analysts left.");
  Referent analysts;
  analysts.kind = SpeakerKind::kUnnamed;
  analysts.name = "analysts";
  analysts.plural = true;
  article.discourse.AddSource(
      article.Word("analysts"),
      static_cast<int>(article.clusters.referents.size()), 0);
  article.clusters.referents.push_back(analysts);
  EXPECT_EQ(article.Names(article.Query(LinkTask::kNoSource, "no")),
            "-, analysts");
  EXPECT_EQ(article.Names(article.Query(LinkTask::kIt, "no")), "-");
}

TEST(FindCandidatesTest, AnIntroductionIsOneMore) {
  const Article article("It rained. Then it stopped.");
  LinkQuery query = article.Query(LinkTask::kIt, "it");
  query.introduction = "new poll";
  EXPECT_EQ(article.Names(query), "-, new poll");
}

TEST(FindCandidatesTest, LooksBackOnlySoFar) {
  std::string text = "Jane Doe came.";
  for (uint32_t i = 0; i < kMaxSentencesBack + 1; ++i) text += " It rained.";
  const Article article(text + " Then she left.");
  EXPECT_EQ(article.Names(article.Query(LinkTask::kShe, "she")), "-");
}

TEST(FindCandidatesTest, WeMayBeWhomTheSpeakerWorksFor) {
  std::string text = "Zed Inc. director Jane Doe came.";
  for (uint32_t i = 0; i < kMaxSentencesBack + 1; ++i) text += " It rained.";
  const Article article(text + " \"Then we left,\" we heard.");
  LinkQuery query = article.Query(LinkTask::kWe, "then");
  EXPECT_EQ(article.Names(query), "-");
  query.enclosing = FindByName(article.clusters, {"jane", "doe"});
  EXPECT_EQ(article.Names(query), "-, Jane Doe, Zed Inc");
}

TEST(FindCandidatesTest, FeaturesAreSmallNumbers) {
  Article article(
      "Jane Doe met Ann Poe, and voters of the Zed Institute. \"It is late,\" "
      "she said.\n\nThen the spokeswoman left. Ann Poe came.");
  article.discourse.AddSource(0, 0, 0);
  const SourcePhrase phrase =
      ParsePhrase(article.tokens, article.names,
                  article.tokens.SpanOf(article.Word("spokeswoman"),
                                        article.Word("spokeswoman") + 1));
  for (size_t task = 0; task < kLinkTasks; ++task) {
    LinkQuery query = article.Query(static_cast<LinkTask>(task), "spokeswoman");
    query.phrase = &phrase;
    const std::vector<LinkCandidate> candidates = FindCandidates(
        {article.tokens, article.clusters, article.groups, article.discourse},
        query);
    ASSERT_FALSE(candidates.empty());
    for (const LinkCandidate& c : candidates) {
      for (const float x : c.features) {
        EXPECT_TRUE(std::isfinite(x));
        EXPECT_GE(x, 0.0f);
        EXPECT_LE(x, 6.0f);
      }
    }
  }
}

}  // namespace
}  // namespace quoth
