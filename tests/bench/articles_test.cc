#include "tests/bench/articles.h"

#include <string>

#include "gtest/gtest.h"
#include "server/rpc/limits.h"
#include "server/text/text.h"

namespace quoth {
namespace {

TEST(ArticlesTest, WordsAreCounted) {
  EXPECT_EQ(CountWords(""), 0);
  EXPECT_EQ(CountWords(" \n"), 0);
  EXPECT_EQ(CountWords("one two\nthree  four \n"), 4);
  const int words = CountWords(MakeArticle(1000, 1));
  EXPECT_GE(words, 1000);
  EXPECT_LT(words, 1050);
}

TEST(ArticlesTest, ShortWordsFillALargestTextWithMoreThan200000) {
  for (const Paragraphs paragraphs : {Paragraphs::kShort, Paragraphs::kOne}) {
    const std::string text = MakeShortWords(kMaxTextBytes, 1, paragraphs);
    EXPECT_EQ(text.size(), kMaxTextBytes);
    EXPECT_GT(CountWords(text), 200000);
  }
}

TEST(ArticlesTest, ShortWordsAreUtf8WhereverTheyBreakOff) {
  for (size_t bytes = 0; bytes < 400; ++bytes) {
    const std::string text = MakeShortWords(bytes, 1);
    EXPECT_EQ(text.size(), bytes);
    EXPECT_TRUE(Text::FromUtf8(text).ok()) << bytes;
  }
}

}  // namespace
}  // namespace quoth
