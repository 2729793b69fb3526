#include "server/text/windows.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace quoth {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using Range = std::pair<uint32_t, uint32_t>;

// Words of one piece each by default: "aa.aa|a": letters are words, a digit is
// a word of so many pieces, a full stop ends a sentence, a bar a paragraph.
Document Make(const std::string& plan) {
  Document doc;
  uint32_t sentence = 0;
  uint32_t paragraph = 0;
  uint32_t pieces = 0;
  for (const char c : plan) {
    if (c == '.') {
      ++sentence;
    } else if (c == '|') {
      ++sentence;
      ++paragraph;
    } else {
      Word word;
      word.paragraph = paragraph;
      word.sentence = sentence;
      word.piece_begin = pieces;
      pieces += c == 'a' ? 1 : c - '0';
      word.piece_end = pieces;
      doc.words.push_back(word);
    }
  }
  doc.pieces.resize(pieces);
  return doc;
}

std::vector<Range> Cut(const std::string& plan, uint32_t max_pieces) {
  std::vector<Range> ranges;
  for (const WordRange& w : CutWindows(Make(plan), max_pieces)) {
    ranges.emplace_back(w.begin, w.end);
  }
  return ranges;
}

TEST(CutWindowsTest, NoWordsNoWindows) { EXPECT_THAT(Cut("", 40), IsEmpty()); }

TEST(CutWindowsTest, PutsWholeParagraphsTogether) {
  EXPECT_THAT(Cut("aa|aa|aa", 6), ElementsAre(Range(0, 6)));
  EXPECT_THAT(Cut("aa|aa|aa", 5), ElementsAre(Range(0, 4), Range(4, 6)));
  EXPECT_THAT(Cut("aa|aa|aa", 3),
              ElementsAre(Range(0, 2), Range(2, 4), Range(4, 6)));
}

TEST(CutWindowsTest, PrefersAParagraphToALaterSentence) {
  EXPECT_THAT(Cut("a|aa.aa.aa", 6), ElementsAre(Range(0, 1), Range(1, 7)));
}

TEST(CutWindowsTest, CutsALongParagraphBehindASentence) {
  EXPECT_THAT(Cut("aa.aa.aa", 5), ElementsAre(Range(0, 4), Range(4, 6)));
}

TEST(CutWindowsTest, CutsALongSentenceBehindAWord) {
  EXPECT_THAT(Cut("aaaaaaa", 3),
              ElementsAre(Range(0, 3), Range(3, 6), Range(6, 7)));
}

TEST(CutWindowsTest, CountsPieces) {
  EXPECT_THAT(Cut("3a|3a", 7), ElementsAre(Range(0, 2), Range(2, 4)));
  EXPECT_THAT(Cut("3a|3a", 8), ElementsAre(Range(0, 4)));
  EXPECT_THAT(Cut("4444", 8), ElementsAre(Range(0, 2), Range(2, 4)));
}

TEST(CutWindowsTest, CannotFail) {
  // Against the contract, and still every word comes once.
  EXPECT_THAT(Cut("9a9", 4),
              ElementsAre(Range(0, 1), Range(1, 2), Range(2, 3)));
}

}  // namespace
}  // namespace quoth
