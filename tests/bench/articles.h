// Articles for measurements: English that reads like news, made from sentences
// of our own, of any length and always the same.
//
//   std::string article = MakeArticle(/*words=*/420, /*seed=*/1);
//
// Of 34 news articles that were looked at, the mean had 420 words and a claim
// for every 39 of them; so have these, within a quarter. No two
// articles of different seeds are alike: a server is never asked the same
// twice.

#ifndef QUOTH_TESTS_BENCH_ARTICLES_H_
#define QUOTH_TESTS_BENCH_ARTICLES_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace quoth {

// The words of an ordinary article.
inline constexpr int kOrdinaryWords = 420;

enum class Paragraphs : uint8_t {
  kShort,  // One to three sentences, as in news.
  kOne,    // The whole text is one: text whose line breaks were lost.
};

// A headline and paragraphs of `words` words in all, or up to a sentence more.
std::string MakeArticle(int words, uint32_t seed,
                        Paragraphs paragraphs = Paragraphs::kShort);

// Exactly so many bytes of short words, as news has claims among them; the last
// sentence may break off. It takes less than five bytes a word.
std::string MakeShortWords(size_t bytes, uint32_t seed,
                           Paragraphs paragraphs = Paragraphs::kShort);

// What stands between spaces and line breaks.
int CountWords(std::string_view text);

// Article number `index` of as many as are wanted, of 224 to 633 words as the
// articles above have, with a mean of kOrdinaryWords.
std::string OrdinaryArticle(int index);

// The first `count` of them.
std::vector<std::string> OrdinaryArticles(int count);

}  // namespace quoth

#endif  // QUOTH_TESTS_BENCH_ARTICLES_H_
