#include "server/speakers/table.h"

#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace quoth {
namespace {

using ::testing::ElementsAre;

Referent MakeReferent(std::string name, std::vector<Span> mentions) {
  Referent referent;
  referent.name = std::move(name);
  referent.mentions = std::move(mentions);
  return referent;
}

TEST(MakeTableTest, OnlySpeakersInOrderOfFirstMention) {
  std::vector<Referent> referents = {
      MakeReferent("b", {{50, 51}, {30, 31}}),
      MakeReferent("silent", {{0, 1}}),
      MakeReferent("a", {{10, 11}}),
  };
  const SpeakerTable table =
      MakeTable(referents, {{0, 0.5f}, {2, 0.9f}, {-1, 0.9f}, {0, 7.0f}});
  ASSERT_EQ(table.speakers.size(), 2u);
  EXPECT_EQ(table.speakers[0].name, "a");
  EXPECT_EQ(table.speakers[1].name, "b");
  ASSERT_EQ(table.links.size(), 4u);
  EXPECT_EQ(table.links[0].speaker, 1);
  EXPECT_EQ(table.links[1].speaker, 0);
  // Unknown: without confidence.
  EXPECT_EQ(table.links[2].speaker, -1);
  EXPECT_EQ(table.links[2].confidence, 0);
  EXPECT_EQ(table.links[3].confidence, 1);
}

TEST(MakeTableTest, MentionsAreOrderedWithoutOverlap) {
  std::vector<Referent> referents = {
      MakeReferent("a", {{20, 30}, {22, 25}, {5, 8}, {28, 40}, {5, 9}, {7, 7}}),
  };
  const SpeakerTable table = MakeTable(referents, {{0, 1.0f}});
  ASSERT_EQ(table.speakers.size(), 1u);
  EXPECT_THAT(table.speakers[0].mentions,
              ElementsAre(Span{5, 9}, Span{20, 30}));
}

TEST(MakeTableTest, WithoutNameOrMentionNobodySpeaks) {
  std::vector<Referent> referents = {
      MakeReferent("", {{1, 2}}),
      MakeReferent("a", {}),
      MakeReferent("b", {{3, 3}}),
  };
  const SpeakerTable table =
      MakeTable(referents, {{0, 1.0f}, {1, 1.0f}, {2, 1.0f}});
  EXPECT_TRUE(table.speakers.empty());
  for (const SpeakerLink& link : table.links) EXPECT_EQ(link.speaker, -1);
}

TEST(MakeTableTest, ThePronounIsTheArticlesOwn) {
  std::vector<Referent> referents = {MakeReferent("a", {{1, 2}}),
                                     MakeReferent("b", {{3, 4}}),
                                     MakeReferent("c", {{5, 6}})};
  referents[0].she = 2;
  referents[1].pronoun = "they";
  referents[1].he = 3;
  referents[2].name_gender = Gender::kMale;  // No pronoun is used.
  const SpeakerTable table =
      MakeTable(referents, {{0, 1.0f}, {1, 1.0f}, {2, 1.0f}});
  EXPECT_EQ(table.speakers[0].pronoun, "she");
  EXPECT_EQ(table.speakers[1].pronoun, "they");
  EXPECT_EQ(table.speakers[2].pronoun, "");
}

}  // namespace
}  // namespace quoth
