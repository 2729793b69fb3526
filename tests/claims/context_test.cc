#include "server/claims/context.h"

#include <optional>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "server/claims/circumstances.h"
#include "server/claims/claim.h"
#include "tests/claims/test_document.h"

namespace quoth {
namespace {

constexpr char kArticle[] =
    "Minister Denies Theft\n\n"
    "It rained. The minister denied theft. It went on raining. Night fell.\n\n"
    "“No,” he said. Nobody came.";

TEST(ContextFinderTest, SentenceAndParagraph) {
  const TestDocument d(kArticle);
  const ContextFinder finder(d.doc, 1);
  const ClaimContext c = finder.Find({d.Find("theft")}, d.Find("denied"));
  EXPECT_EQ(d.Slice(c.sentence), "The minister denied theft.");
  EXPECT_EQ(d.Slice(c.paragraph),
            "It rained. The minister denied theft. It went on raining. Night "
            "fell.");
  EXPECT_EQ(d.Slice(c.before), "It rained.");
  EXPECT_EQ(d.Slice(c.after), "It went on raining.");
  EXPECT_FALSE(c.in_headline);
}

TEST(ContextFinderTest, HoldsContentAndCue) {
  const TestDocument d(kArticle);
  const ContextFinder finder(d.doc, 2);
  const ClaimContext c = finder.Find(
      {d.Find("It went on raining"), d.Find("No,")}, d.Find("he said"));
  EXPECT_EQ(c.sentence,
            (Span{d.Find("It went").begin, d.Find("“No,” he said.").end}));
  EXPECT_EQ(c.paragraph.begin, d.Find("It rained").begin);
  EXPECT_EQ(c.paragraph.end, d.Find("Nobody came.").end);
}

TEST(ContextFinderTest, TheEdgesOfTheText) {
  const TestDocument d("He came. He said so.");
  const ContextFinder finder(d.doc, 10);
  EXPECT_EQ(d.Slice(finder.Find({d.Find("so")}, std::nullopt).before),
            "He came.");
  EXPECT_EQ(finder.Find({d.Find("so")}, std::nullopt).after, std::nullopt);
  const ContextFinder none(d.doc, 0);
  EXPECT_EQ(none.Find({d.Find("so")}, std::nullopt).before, std::nullopt);
}

TEST(ContextFinderTest, Headlines) {
  struct Case {
    const char* text;
    const char* content;
    bool headline;
  };
  const Case kCases[] = {
      // A byte order mark and a space without width are no headline.
      {"\uFEFF\n\u200B\nRain Falls\nAnd It Goes On\nIt rained.", "Goes On",
       true},
      {"\uFEFF\nIt rained on", "rained", false},
      {"It rained on\n\uFEFF", "rained", false},
      {kArticle, "Theft", true},
      {kArticle, "theft", false},
      // A standfirst.
      {"Minister denies theft\nPolice say otherwise\nIt rained.", "otherwise",
       true},
      // A sentence is no headline, nor is a text without more.
      {"The minister denies theft.\nIt rained.", "theft", false},
      {"Minister denies theft", "theft", false},
      {"“I did not steal.”\nIt rained.", "steal", false},
      {"Did he steal?\nNo, he said.", "steal", true},
  };
  for (const Case& c : kCases) {
    const TestDocument d(c.text);
    const ContextFinder finder(d.doc, 0);
    EXPECT_EQ(finder.Find({d.Find(c.content)}, std::nullopt).in_headline,
              c.headline)
        << c.text;
  }
}

struct CircumstancesCase {
  const char* text;
  const char* cue;
  const char* source;
  const char* content;
  const char* addressee = "";
  const char* medium = "";
  const char* time = "";
};

TEST(CircumstancesTest, Phrases) {
  const CircumstancesCase kCases[] = {
      {"“We won,” Reed told reporters.", "told", "Reed", "We won", "reporters"},
      {"Reed told the BBC that they had won.", "told", "Reed",
       "that they had won", "the BBC"},
      {"Reed told her on Monday they had won.", "told", "Reed", "they had won",
       "her", "", "on Monday"},
      {"Reed told that story to nobody.", "told", "Reed", "that story"},
      {"Reed said in a statement that they won.", "said", "Reed",
       "that they won", "", "in a statement"},
      {"In an interview with CNN on Friday, Reed said they won.", "said",
       "Reed", "they won", "", "In an interview with CNN", "on Friday"},
      {"“We won,” Reed said at a rally in Ohio.", "said", "Reed", "We won", "",
       "at a rally in Ohio"},
      {"Earlier this week, Reed said they won.", "said", "Reed", "they won", "",
       "", "Earlier this week"},
      {"“We won,” Reed said two days later.", "said", "Reed", "We won", "", "",
       "two days later"},
      {"“We won,” Reed said on 26 January.", "said", "Reed", "We won", "", "",
       "on 26 January"},
      {"Reed later said they won.", "said", "Reed", "they won", "", "",
       "later"},
      {"Reed urged the council to act on Sunday.", "urged", "Reed",
       "to act on Sunday", "the council"},
      {"Reed was told that they had won.", "was told", "", "that they had won",
       "Reed"},
      {"“We won,” said Reed to the crowd.", "said", "Reed", "We won",
       "the crowd"},
      {"Reed had previously said they won.", "had previously said", "Reed",
       "they won", "", "", "previously"},
      {"Reed said Friday they won.", "said Friday", "Reed", "they won", "", "",
       "Friday"},
      {"At Monday's debate, Reed said they won.", "said", "Reed", "they won",
       "", "At Monday's debate", "Monday"},
      {"Reed urged supporters to vote.", "urged", "Reed", "supporters to vote",
       "supporters"},
      {"Reed told a crowd in Green Bay, Ohio, they won.", "told", "Reed",
       "they won", "a crowd in Green Bay, Ohio"},
      {"Reed told the Sunday Times they won.", "told", "Reed", "they won",
       "the Sunday Times"},
      {"Asked whether they won, Reed smiled.", "Asked", "", "whether they won",
       "Reed"},
      {"Lee said she had been told they won.", "had been told", "", "they won",
       "she"},
      {"Reed explained his reasons to the growers.", "explained", "Reed",
       "his reasons", "the growers"},
      {"Reed wrote to growers on Monday, saying they won.", "saying", "Reed",
       "they won", "growers", "", "on Monday"},
      {"To be sure, Reed said they won.", "said", "Reed", "they won"},
      {"“We won,” Reed said at one of her rallies.", "said", "Reed", "We won",
       "", "at one of her rallies"},
      {"“We won,” Reed said during an event marking the flood.", "said", "Reed",
       "We won", "", "during an event marking the flood"},
      {"Reed spoke, in remarks to growers, saying they won.", "saying", "Reed",
       "they won", "growers", "in remarks to growers"},
      {"Ann Reed and Jon Lee were asked whether they won.", "were asked", "",
       "whether they won", "Ann Reed and Jon Lee"},
      {"Reed admitted to Lee and I that they won.", "admitted", "Reed",
       "that they won", "Lee and I"},
      {"Reed said in his report to them - a blow - they won.", "said", "Reed",
       "they won", "", "in his report to them"},
      {"“We won,” Reed said on Aug. 17.", "said", "Reed", "We won", "", "",
       "on Aug. 17"},
      {"“We won,” Reed said on ABC's “This Week.”", "said", "Reed", "We won",
       "", "on ABC's “This Week"},
      {"At that meeting, Reed said they won.", "said", "Reed", "they won", "",
       "At that meeting"},
      {"Reed wrote a long, angry letter saying they won.", "saying", "Reed",
       "they won", "", "a long, angry letter"},
      {"Just weeks ago, Reed said they won.", "said", "Reed", "they won", "",
       "", "Just weeks ago"},
      {"Reed told “Fox and Friends” they won.", "told", "Reed", "they won",
       "Fox and Friends"},
      {"“We won,” Reed told reporters at a rally in Ohio.", "told", "Reed",
       "We won", "reporters", "at a rally in Ohio"},
      {"Reed asked Lee about the vote.", "asked", "Reed", "Lee about the vote",
       "Lee"},
      {"Reed asked about the vote.", "asked", "Reed", "about the vote"},
      {"Reed assured the crowd that he won.", "assured", "Reed",
       "the crowd that he won", "the crowd"},
      {"Reed directed sales people to lie.", "directed", "Reed", "to lie",
       "sales people"},
      {"Jon Lee, who was asked about the vote, smiled.", "was asked about", "",
       "the vote", "Jon Lee"},
      {"Lee was once asked who won.", "once asked", "", "who won", "Lee", "",
       "once"},
      {"Ann Reed, a clerk, asked whether they won.", "asked",
       "Ann Reed, a clerk", "whether they won"},
      {"Reed promised Friday that they won.", "promised", "Reed",
       "that they won", "", "", "Friday"},
      {"Reed told fans in May that they won.", "told", "Reed", "that they won",
       "fans", "", "in May"},
      {"Reed told of being beaten.", "told", "Reed", "of being beaten"},
      {"Reed urged an “end to it.”", "urged", "Reed", "an “end to it"},
      {"Reed pleaded with the council to act.", "pleaded", "Reed", "to act",
       "the council"},
      {"Reed revealed it to senate investigators.", "revealed", "Reed", "it",
       "senate investigators"},
      {"In a statement sent to NBC News, Reed said they won.", "said", "Reed",
       "they won", "NBC News", "In a statement sent to NBC News"},
      {"Reed responded to the letter, saying they won.", "saying", "Reed",
       "they won"},
      {"Reed issued a note warning fans they won.", "warning", "Reed",
       "they won", "fans", "a note"},
      {"Reed called upon Lee to act.", "called upon", "Reed", "to act", "Lee"},
      {"As of Tuesday, Reed said they won.", "said", "Reed", "they won", "", "",
       "As of Tuesday"},
      {"“We won,” Reed said in March of last year.", "said", "Reed", "We won",
       "", "", "in March of last year"},
      {"At around 11:25am, Reed said they won.", "said", "Reed", "they won", "",
       "", "At around 11:25am"},
      {"“We won,” Reed said in a note to clients.", "said", "Reed", "We won",
       "clients", "in a note to clients"},
      // No media, no places, no times.
      {"Reed has since said they won.", "has since said", "Reed", "they won"},
      {"The last time Reed said so, they won.", "said", "Reed", "so"},
      {"In addition, Reed said they won.", "said", "Reed", "they won"},
      {"Reed has once again rejected their plan.", "has once again rejected",
       "Reed", "their plan"},
      {"Reed declined to lodge a complaint about them.", "declined", "Reed",
       "about them"},
      {"At the same time, Reed said they won.", "said", "Reed", "they won", "",
       "", "At the same time"},
      {"“We won,” Reed said in response.", "said", "Reed", "We won"},
      {"Reed told May they won.", "told", "Reed", "they won", "May"},
      // What stands in another clause is not about the act.
      {"Reed, who lost on Monday, said they won.", "said", "Reed", "they won"},
      {"They lost on Monday, but Reed said they won.", "said", "Reed",
       "they won"},
      // What stands in the content is not about the act.
      {"Reed said they won on Monday.", "said", "Reed", "they won on Monday"},
      {"Reed said he spoke to reporters.", "said", "Reed",
       "he spoke to reporters"},
  };
  for (const CircumstancesCase& c : kCases) {
    const TestDocument d(c.text);
    Claim claim;
    claim.cue = d.Find(c.cue);
    claim.source = d.Find(c.source);
    claim.content = {d.Find(c.content)};
    const Circumstances found =
        FindCircumstances(d.doc, claim, d.doc.layout.sentences.front());
    EXPECT_EQ(d.Slice(found.addressee), c.addressee) << c.text;
    EXPECT_EQ(d.Slice(found.medium), c.medium) << c.text;
    EXPECT_EQ(d.Slice(found.time), c.time) << c.text;
  }
}

// What a claim around this one says of itself is not about this one.
TEST(CircumstancesTest, OfTheClaimAround) {
  const TestDocument d(
      "In a statement on Monday, Reed said Lee thinks it won.");
  Claim outer, inner;
  outer.cue = d.Find("said");
  outer.source = d.Find("Reed");
  outer.content = {d.Find("Lee thinks it won")};
  inner.cue = d.Find("thinks");
  inner.source = d.Find("Lee");
  inner.content = {d.Find("it won")};
  const std::vector<Claim> claims = {outer, inner};
  const Span sentence = d.doc.layout.sentences.front();
  const Circumstances around =
      FindCircumstances(d.doc, outer, sentence, claims);
  EXPECT_EQ(d.Slice(around.medium), "In a statement");
  EXPECT_EQ(d.Slice(around.time), "on Monday");
  const Circumstances inside =
      FindCircumstances(d.doc, inner, sentence, claims);
  EXPECT_EQ(inside.medium, std::nullopt);
  EXPECT_EQ(inside.time, std::nullopt);
}

TEST(CircumstancesTest, NoCueNoCircumstances) {
  const TestDocument d("“We won.” On Monday.");
  Claim claim;
  claim.content = {d.Find("We won.")};
  const Circumstances found =
      FindCircumstances(d.doc, claim, d.doc.layout.sentences.front());
  EXPECT_EQ(found.time, std::nullopt);
}

// A cue may begin in one sentence and end in the next.
TEST(CircumstancesTest, ACueBeyondItsSentence) {
  const TestDocument d("He said. So on Monday it rained.");
  Claim claim;
  claim.cue = d.Find("said. So");
  claim.content = {d.Find("it rained")};
  const Circumstances found =
      FindCircumstances(d.doc, claim, d.doc.layout.sentences.front());
  EXPECT_EQ(found.medium, std::nullopt);
}

}  // namespace
}  // namespace quoth
