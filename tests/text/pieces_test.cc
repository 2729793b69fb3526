#include "server/text/pieces.h"

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace quoth {
namespace {

using std::string_literals::operator""s;

// Every letter that occurs below, so that a pretoken comes out letter by
// letter.
const std::vector<std::string>& Letters() {
  static const auto& letters = *new std::vector<std::string>{"a",
                                                             "b",
                                                             "c",
                                                             "d",
                                                             "e",
                                                             "f",
                                                             "i",
                                                             "n",
                                                             "o",
                                                             "r",
                                                             "s",
                                                             "t",
                                                             "u",
                                                             "x",
                                                             "1",
                                                             "2",
                                                             "$",
                                                             ".",
                                                             ",",
                                                             "'",
                                                             "_",
                                                             "-",
                                                             "\"",
                                                             "“",
                                                             "”",
                                                             "’",
                                                             "—",
                                                             "£",
                                                             "ß",
                                                             "ı",
                                                             "中",
                                                             "文",
                                                             "\xE1\x84\x92",
                                                             "\xE1\x85\xA1",
                                                             "\xE1\x86\xAB",
                                                             "&"};
  return letters;
}

// The pieces of a text: "##" marks one that goes on, "@" gives the code point
// at which it begins.
std::string Pieces(const std::string& bytes) {
  std::string lines = "[UNK]\n[CLS]\n[SEP]\n";
  std::vector<std::string> names = {"[UNK]", "[CLS]", "[SEP]"};
  for (const std::string& letter : Letters()) {
    for (const std::string& name : {letter, "##" + letter}) {
      names.push_back(name);
      lines += name + "\n";
    }
  }
  const Vocabulary vocabulary = *Vocabulary::FromLines(lines);
  const Text text = *Text::FromUtf8(bytes);
  PieceReader reader(vocabulary);
  std::vector<Piece> pieces;
  reader.Read(text, {0, text.size()}, pieces);
  std::string all;
  for (const Piece& p : pieces) {
    if (!all.empty()) all += ' ';
    all += names[p.id] + "@" + std::to_string(p.begin);
  }
  return all;
}

struct Case {
  const char* what;
  std::string text;
  std::string pieces;
};

TEST(PieceReaderTest, NormalisesAsBertDoes) {
  for (const Case& c : {
           Case{"nothing", "", ""},
           Case{"white space", " \t\n\xC2\xA0", ""},
           Case{"lower case", "aB Cd", "a@0 ##b@1 c@3 ##d@4"},
           Case{"accents", "éÀ", "e@0 ##a@1"},
           Case{"combining accents", "e\xCC\x81s", "e@0 ##s@2"},
           Case{"an accent alone", "\xCC\x81", ""},
           Case{"dotted capital I", "İ", "i@0"},
           Case{"dotless i", "ı", "ı@0"},
           Case{"sharp s", "ß", "ß@0"},
           Case{"no compatibility mapping", "ﬁ", "[UNK]@0"},
           Case{"ASCII marks", "a.b,$1", "a@0 .@1 b@2 ,@3 $@4 1@5"},
           Case{"apostrophes", "don't", "d@0 ##o@1 ##n@2 '@3 t@4"},
           Case{"underscores", "a_b", "a@0 _@1 b@2"},
           Case{"Unicode marks", "“a”—b’s", "“@0 a@1 ”@2 —@3 b@4 ’@5 s@6"},
           Case{"symbols stay", "£1", "£@0 ##1@1"},
           Case{"CJK apart", "a中文b", "a@0 中@1 文@2 b@3"},
           Case{"Hangul in parts", "한",
                "\xE1\x84\x92@0 ##\xE1\x85\xA1@0 "
                "##\xE1\x86\xAB@0"},
           Case{"canonical singletons", "\xCD\xBE", "[UNK]@0"},
           Case{"unknown", "aq b", "[UNK]@0 b@3"},
       }) {
    EXPECT_EQ(Pieces(c.text), c.pieces) << c.what;
  }
}

TEST(PieceReaderTest, ReadsDirt) {
  for (const Case& c : {
           Case{"soft hyphen",
                "a\xC2\xAD"
                "b"s,
                "a@0 ##b@2"},
           Case{"zero-width space", "a\xE2\x80\x8Bx", "a@0 ##x@2"},
           Case{"replacement character", "n\xEF\xBF\xBDt", "n@0 ##t@2"},
           Case{"byte order mark", "\xEF\xBB\xBFx", "x@1"},
           Case{"NUL separates", "a\0b"s, "a@0 b@2"},
           Case{"controls separate", "a\x1Bx", "a@0 x@2"},
           Case{"Windows-1252", "n\xC2\x92t", "n@0 ’@1 t@2"},
       }) {
    EXPECT_EQ(Pieces(c.text), c.pieces) << c.what;
  }
}

TEST(PieceReaderTest, ALongPretokenIsOneUnknown) {
  EXPECT_EQ(Pieces(std::string(101, 'a') + " b"), "[UNK]@0 b@102");
  EXPECT_EQ(Pieces(std::string(100, 'a')).substr(0, 9), "a@0 ##a@1");
}

TEST(PieceReaderTest, RangesAreReadApart) {
  const Vocabulary vocabulary =
      *Vocabulary::FromLines("[UNK]\n[CLS]\n[SEP]\na\n##a\n");
  const Text text = *Text::FromUtf8("aaaa");
  PieceReader reader(vocabulary);
  std::vector<Piece> pieces;
  reader.Read(text, {0, 2}, pieces);
  reader.Read(text, {2, 4}, pieces);
  std::vector<std::pair<int, uint32_t>> found;
  for (const Piece& p : pieces) found.emplace_back(p.id, p.begin);
  EXPECT_EQ(found, (std::vector<std::pair<int, uint32_t>>{
                       {3, 0}, {4, 1}, {3, 2}, {4, 3}}));
}

}  // namespace
}  // namespace quoth
