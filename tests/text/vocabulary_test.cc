#include "server/text/vocabulary.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace quoth {
namespace {

constexpr char kLines[] =
    "[PAD]\n[UNK]\n[CLS]\n[SEP]\nem\n##bar\n##go\n##ed\nclose\ncl\n##ose\n"
    "é\n##é\n##s\na\n##a\n#\n##\n";

std::vector<std::pair<int, int>> Match(const Vocabulary& v,
                                       const std::string& pretoken) {
  std::vector<PieceMatch> out;
  v.Match(pretoken, out);
  std::vector<std::pair<int, int>> pairs;
  for (const PieceMatch& m : out) pairs.emplace_back(m.id, m.begin);
  return pairs;
}

using Pairs = std::vector<std::pair<int, int>>;

TEST(VocabularyTest, KnowsItsSpecialPieces) {
  const Vocabulary v = *Vocabulary::FromLines(kLines);
  EXPECT_EQ(v.size(), 18);
  EXPECT_EQ(v.unknown(), 1);
  EXPECT_EQ(v.classifier(), 2);
  EXPECT_EQ(v.separator(), 3);
}

TEST(VocabularyTest, MatchesTheLongestFromTheLeft) {
  const Vocabulary v = *Vocabulary::FromLines(kLines);
  EXPECT_EQ(Match(v, "embargoed"), (Pairs{{4, 0}, {5, 2}, {6, 5}, {7, 7}}));
  EXPECT_EQ(Match(v, "close"), (Pairs{{8, 0}}));
  EXPECT_EQ(Match(v, "closes"), (Pairs{{8, 0}, {13, 5}}));
  EXPECT_EQ(Match(v, "éés"), (Pairs{{11, 0}, {12, 2}, {13, 4}}));
}

TEST(VocabularyTest, OneUnknownForTheWholePretoken) {
  const Vocabulary v = *Vocabulary::FromLines(kLines);
  EXPECT_EQ(Match(v, "embargox"), (Pairs{{1, 0}}));
  EXPECT_EQ(Match(v, "zem"), (Pairs{{1, 0}}));
  EXPECT_EQ(Match(v, "\xE2\x82\xAC"), (Pairs{{1, 0}}));
  // "è" shares its first byte with "é".
  EXPECT_EQ(Match(v, "è"), (Pairs{{1, 0}}));
}

TEST(VocabularyTest, AppendsAndLeavesTheRestAlone) {
  const Vocabulary v = *Vocabulary::FromLines(kLines);
  std::vector<PieceMatch> out;
  v.Match("em", out);
  v.Match("embarz", out);
  ASSERT_EQ(out.size(), 2);
  EXPECT_EQ(out[0].id, 4);
  EXPECT_EQ(out[1].id, 1);
}

TEST(VocabularyTest, ALongPretokenIsUnknown) {
  const Vocabulary v = *Vocabulary::FromLines(kLines);
  EXPECT_EQ(Match(v, std::string(100, 'a')).size(), 100);
  EXPECT_EQ(Match(v, std::string(101, 'a')), (Pairs{{1, 0}}));
  // Code points count, not bytes.
  std::string accents;
  for (int i = 0; i < 100; ++i) accents += "é";
  EXPECT_EQ(Match(v, accents).size(), 100);
}

TEST(VocabularyTest, HashSignsAreOrdinary) {
  const Vocabulary v = *Vocabulary::FromLines(kLines);
  EXPECT_EQ(Match(v, "#"), (Pairs{{16, 0}}));
  EXPECT_EQ(Match(v, "##"), (Pairs{{17, 0}}));
}

TEST(VocabularyTest, TakesWindowsLinesAndNoFinalBreak) {
  const Vocabulary v =
      *Vocabulary::FromLines("[UNK]\r\n[CLS]\r\n[SEP]\r\nem\r\n##s");
  EXPECT_EQ(Match(v, "ems"), (Pairs{{3, 0}, {4, 2}}));
}

TEST(VocabularyTest, RefersToNoOutsideMemory) {
  std::string lines = kLines;
  Vocabulary v = *Vocabulary::FromLines(lines);
  lines.assign(lines.size(), 'x');
  Vocabulary moved = std::move(v);
  Vocabulary assigned;
  assigned = std::move(moved);
  EXPECT_EQ(Match(assigned, "closes"), (Pairs{{8, 0}, {13, 5}}));
}

TEST(VocabularyTest, RefusesWhatIsNoVocabulary) {
  for (const char* lines :
       {"", "[UNK]\n[CLS]\n", "[UNK]\n[SEP]\na\n", "[CLS]\n[SEP]\n",
        "[UNK]\n[CLS]\n[SEP]\na\na\n", "[UNK]\n[CLS]\n[SEP]\n##a\n##a\n"}) {
    EXPECT_EQ(Vocabulary::FromLines(lines).status().code(),
              absl::StatusCode::kInvalidArgument)
        << lines;
  }
}

}  // namespace
}  // namespace quoth
