// Properties of the whole text layer over texts made of everything that goes
// wrong in articles, put together at random from fixed seeds.

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "server/text/document.h"
#include "server/text/layout.h"
#include "server/text/quotations.h"
#include "server/text/text.h"
#include "server/text/word_finder.h"
#include "tests/text/invariants.h"

namespace quoth {
namespace {

constexpr std::string_view kFragments[] = {
    "\"",
    "\"",
    "“",
    "”",
    "‘",
    "’",
    "'",
    "'",
    "«",
    "»",
    "‹",
    "›",
    "„",
    "‚",
    "``",
    "''",
    "'''",
    "`",
    "\xC2\x93",
    "\xC2\x92",
    " ",
    " ",
    " ",
    " ",
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    "\xE2\x80\xA8",
    "\xC2\x85",
    "\t",
    "\xC2\xA0",
    ".",
    ".",
    "?",
    "!",
    "…",
    "...",
    ",",
    ":",
    ";",
    "—",
    "-",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "We",
    "are",
    "close",
    "said",
    "he",
    "He",
    "The",
    "don't",
    "ministers'",
    "'90s",
    "’twas",
    "O'Brien",
    "Mr.",
    "U.S.",
    "J. K.",
    "a.m.",
    "No. 5",
    "6'2\"",
    "5\"",
    "$5m",
    "£8",
    "1,000",
    "3.9%",
    "50",
    "NATO",
    "McCain",
    "iPhone",
    "A",
    "_",
    "__init__",
    "é",
    "e\xCC\x81",
    "\xCC\x81",
    "\xCC\x83",
    "\xC2\xAD",
    "\xE2\x80\x8B",
    "\xEF\xBB\xBF",
    "\xEF\xBF\xBD",
    std::string_view("\0", 1),
    "\x1B",
    "😀",
    "👩‍👩‍👧",
    "🇮🇷",
    "❤️",
    "中文",
    "한국어",
    "日本",
    "العربية",
    "हिन्दी",
    "Ünïcödé",
    "ǅ",
    "ﬁ",
    "½",
    "²",
    "Ⅷ",
    "\xF4\x8F\xBF\xBF",
    "\xCD\xB8",
    "n't",
    "'s",
    "&amp;",
    "<b>",
    "http://a.b/c?d=e",
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
    "a",
    "________________________________________________________________________",
};

std::string RandomText(std::mt19937& random) {
  const size_t size = random() % 120;
  std::string text;
  for (size_t i = 0; i < size; ++i) {
    text += kFragments[random() % std::size(kFragments)];
    if (random() % 3 == 0) text += ' ';
  }
  return text;
}

class PropertyTest : public testing::TestWithParam<int> {
 protected:
  std::mt19937 random_{static_cast<unsigned>(GetParam())};
};

TEST_P(PropertyTest, KeepsItsPromises) {
  const Vocabulary vocabulary = SmallVocabulary();
  for (int i = 0; i < 300; ++i) {
    const std::string bytes = RandomText(random_);
    const Document doc = ReadDocument(*Text::FromUtf8(bytes), vocabulary);
    ASSERT_EQ(FindBrokenPromise(doc, vocabulary, 40), "") << bytes;
  }
}

// What Draw leaves out: ends and continuations, which depend on the next
// paragraph.
std::vector<std::tuple<uint32_t, uint32_t, uint32_t, uint32_t, int, bool>>
Shapes(const QuotationMap& map, uint32_t shift) {
  std::vector<std::tuple<uint32_t, uint32_t, uint32_t, uint32_t, int, bool>>
      shapes;
  for (const Quotation& q : map.quotations) {
    shapes.emplace_back(q.outer.begin + shift, q.outer.end + shift,
                        q.inner.begin + shift, q.inner.end + shift, q.depth,
                        q.single);
  }
  return shapes;
}

TEST_P(PropertyTest, ParagraphsDoNotDependOnEachOther) {
  for (int i = 0; i < 200; ++i) {
    const Text text = *Text::FromUtf8(RandomText(random_));
    const Layout layout = FindLayout(text);
    const auto together = Shapes(FindQuotations(text, layout.paragraphs), 0);
    decltype(Shapes({}, 0)) apart;
    size_t sentences = 0;
    for (const Span p : layout.paragraphs) {
      const Text alone = *Text::FromUtf8(text.Slice(p));
      const Layout own = FindLayout(alone);
      ASSERT_EQ(own.paragraphs.size(), 1);
      const auto shapes =
          Shapes(FindQuotations(alone, own.paragraphs), p.begin);
      apart.insert(apart.end(), shapes.begin(), shapes.end());
      for (const Span s : own.sentences) {
        ASSERT_LT(sentences, layout.sentences.size());
        ASSERT_EQ(layout.sentences[sentences++],
                  (Span{s.begin + p.begin, s.end + p.begin}));
      }
    }
    ASSERT_EQ(together, apart) << text.bytes();
  }
}

TEST_P(PropertyTest, WordsDoNotDependOnTheTextAround) {
  for (int i = 0; i < 200; ++i) {
    const std::string first = RandomText(random_);
    const std::string second = RandomText(random_);
    std::vector<Span> a;
    std::vector<Span> b;
    std::vector<Span> both;
    const Text one = *Text::FromUtf8(first);
    const Text two = *Text::FromUtf8(second);
    const Text joined = *Text::FromUtf8(first + " " + second);
    FindWords(one, {0, one.size()}, a);
    FindWords(two, {0, two.size()}, b);
    FindWords(joined, {0, joined.size()}, both);
    for (Span& s : b) {
      s.begin += one.size() + 1;
      s.end += one.size() + 1;
    }
    a.insert(a.end(), b.begin(), b.end());
    ASSERT_EQ(a, both) << joined.bytes();
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, PropertyTest, testing::Range(1, 9));

}  // namespace
}  // namespace quoth
