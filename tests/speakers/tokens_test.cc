#include "server/speakers/tokens.h"

#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "tests/speakers/documents.h"

namespace quoth {
namespace {

TEST(TokenListTest, FoldsAndTakesPossessivesOff) {
  const Document doc = ReadUtf8("Iran's minister met the ministers' aides.");
  const TokenList tokens(doc);
  EXPECT_EQ(tokens[0].folded, "iran");
  EXPECT_TRUE(tokens[0].possessive);
  EXPECT_EQ(doc.text.Slice(tokens[0].span), "Iran");
  EXPECT_TRUE(tokens[1].facts.Has(kPersonNoun));
  EXPECT_FALSE(tokens[1].possessive);
  EXPECT_EQ(tokens[4].folded, "ministers");
  EXPECT_TRUE(tokens[4].possessive);
}

TEST(TokenListTest, TakesAuxiliariesOffPronouns) {
  const Document doc = ReadUtf8("They\u2019ve said it. I'll go. Don't.");
  const TokenList tokens(doc);
  EXPECT_EQ(tokens[0].folded, "they");
  EXPECT_EQ(doc.text.Slice(tokens[0].span), "They");
  EXPECT_EQ(tokens[4].folded, "i");
  EXPECT_EQ(tokens[7].folded, "don't");
}

TEST(TokenListTest, AClosingQuotationMarkIsNoPossessive) {
  const Document doc = ReadUtf8("They call it 'the troubles' in Ulster.");
  const TokenList tokens(doc);
  for (uint32_t i = 0; i < tokens.size(); ++i) {
    EXPECT_FALSE(tokens[i].possessive) << tokens[i].folded;
  }
}

TEST(TokenListTest, SaysWhereACapitalLetterProvesNothing) {
  const Document doc =
      ReadUtf8("Nobody came. \"Later we met,\" Smith said: Nothing changed.");
  const TokenList tokens(doc);
  std::vector<std::string> opening;
  for (uint32_t i = 0; i < tokens.size(); ++i) {
    if (tokens[i].opens) opening.emplace_back(tokens[i].folded);
  }
  EXPECT_EQ(opening, (std::vector<std::string>{"nobody", "later", "nothing"}));
}

TEST(TokenListTest, CountsCases) {
  const Document doc =
      ReadUtf8("Stone spoke. We saw Stone there. A stone fell. Stone left.");
  const TokenList tokens(doc);
  const CaseCount count = tokens.Cases(0);
  EXPECT_EQ(count.capital, 1u);
  EXPECT_EQ(count.opening, 2u);
  EXPECT_EQ(count.lower, 1u);
  EXPECT_FALSE(count.NameLike());
}

TEST(TokenListTest, KnowsHeadlines) {
  const Document doc = ReadUtf8(
      "Minister Denies Secret Talks With Rebels\n\n"
      "The minister denied that there had been secret talks with rebels.");
  const TokenList tokens(doc);
  EXPECT_TRUE(tokens.TitleCase(0));
  EXPECT_FALSE(tokens.TitleCase(1));
  // A headline's capital letters are not counted.
  EXPECT_EQ(tokens.Cases(1).capital, 0u);
}

TEST(TokenListTest, MayIsASurnameWhereSomebodyHasIt) {
  const Document none = ReadUtf8("In May we saw Jane Doe. May was cold.");
  EXPECT_TRUE(TokenList(none)[1].facts.Has(kCalendar));
  const Document doc =
      ReadUtf8("We saw Theresa May in May. Then May left. It was May 5.");
  const TokenList tokens(doc);
  std::vector<bool> months;
  for (uint32_t i = 0; i < tokens.size(); ++i) {
    if (tokens[i].folded == "may") {
      months.push_back(tokens[i].facts.Has(kCalendar));
    }
  }
  EXPECT_EQ(months, (std::vector<bool>{false, true, false, true}));
}

TEST(TokenListTest, JoinsWhatIsGlued) {
  const Document doc = ReadUtf8("Hossein Amir-Abdollahian left.");
  const TokenList tokens(doc);
  EXPECT_EQ(tokens.Joined(1, 4), "amir-abdollahian");
}

TEST(TokenListTest, FindsWordsAndSentences) {
  const Document doc = ReadUtf8("One two. Three four.");
  const TokenList tokens(doc);
  EXPECT_EQ(tokens.WordAt(0), 0u);
  EXPECT_EQ(tokens.WordAt(3), 1u);  // Behind "One".
  EXPECT_EQ(tokens.WordAt(1000), tokens.size());
  EXPECT_EQ(tokens.SentenceBegin(1), 3u);
  EXPECT_EQ(tokens.SentenceEnd(1), tokens.size());
}

TEST(TokenListTest, EmptyText) {
  const Document doc = ReadUtf8("");
  const TokenList tokens(doc);
  EXPECT_EQ(tokens.size(), 0u);
  EXPECT_EQ(tokens.WordAt(0), 0u);
}

TEST(TextOfTest, MakesWhiteSpaceSingleBlanks) {
  const Document doc = ReadUtf8("the  prime\tminister's aide");
  const TokenList tokens(doc);
  EXPECT_EQ(TextOf(tokens, 0, 3), "the prime minister");
  EXPECT_EQ(TextOf(tokens, 0, 4), "the prime minister's aide");
  EXPECT_EQ(TextOf(tokens, 2, 2), "");
}

TEST(IsParticipleTest, RanksOnlyDescribe) {
  const Document doc = ReadUtf8("a retired general accused armed Fred");
  const TokenList tokens(doc);
  EXPECT_FALSE(IsParticiple(tokens[1]));
  EXPECT_TRUE(IsParticiple(tokens[3]));
  EXPECT_TRUE(IsParticiple(tokens[4]));
  EXPECT_FALSE(IsParticiple(tokens[5]));
}

// What text/ repairs, or does not read, is not read here either.
TEST(TokenListTest, DirtInsideWords) {
  const Document doc = ReadUtf8(
      "Blinken\xC2\x92s aide. They\xC2\x92ve said it \xC2\x97 "
      "Blin\u00adken did. The\u00ady've gone. Ministers\xC2\x92 aides.");
  const TokenList tokens(doc);
  EXPECT_EQ(tokens[0].folded, "blinken");
  EXPECT_TRUE(tokens[0].possessive);
  EXPECT_EQ(doc.text.Slice(tokens[0].span), "Blinken");
  EXPECT_EQ(tokens[3].folded, "they");
  EXPECT_EQ(doc.text.Slice(tokens[3].span), "They");
  EXPECT_EQ(tokens[6].folded, "\u2014");
  EXPECT_EQ(tokens[7].folded, "blinken");
  EXPECT_EQ(tokens.Cases(7).capital + tokens.Cases(7).opening, 2u);
  EXPECT_EQ(tokens[10].folded, "they");
  EXPECT_EQ(doc.text.Slice(tokens[10].span), "The\u00ady");
  EXPECT_EQ(tokens[13].folded, "ministers");
  EXPECT_TRUE(tokens[13].possessive);
}

}  // namespace
}  // namespace quoth
