#include "server/text/document.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/text/invariants.h"

namespace quoth {
namespace {

using testing::ElementsAre;

class DocumentTest : public testing::Test {
 protected:
  Document Read(const std::string& bytes) {
    return ReadDocument(*Text::FromUtf8(bytes), vocabulary_);
  }

  std::vector<std::string> Words(const std::string& bytes) {
    const Document doc = Read(bytes);
    std::vector<std::string> words;
    for (const Word& w : doc.words) words.emplace_back(doc.text.Slice(w.span));
    return words;
  }

  // One letter a word: . outside, i inside, < opening mark, > closing mark.
  std::string States(const std::string& bytes) {
    std::string states;
    for (const Word& w : Read(bytes).words) {
      states += ".i<>"[static_cast<int>(w.quote)];
    }
    return states;
  }

  Vocabulary vocabulary_ = SmallVocabulary();
};

TEST_F(DocumentTest, TellsShapes) {
  struct Case {
    const char* word;
    Shape shape;
  };
  for (const Case& c : {
           Case{"said", Shape::kLower},   //
           Case{"don't", Shape::kLower},  //
           Case{"2nd", Shape::kLower},    //
           Case{"éa", Shape::kLower},     //
           Case{"Blinken", Shape::kCapitalized},
           Case{"It's", Shape::kCapitalized},  //
           Case{"A1b", Shape::kCapitalized},   //
           Case{"Jose\xCC\x81", Shape::kCapitalized},
           Case{"NATO", Shape::kUpper},        //
           Case{"F16", Shape::kUpper},         //
           Case{"3D", Shape::kUpper},          //
           Case{"A", Shape::kSingleLetter},    //
           Case{"I'm", Shape::kSingleLetter},  //
           Case{"McCain", Shape::kMixedUpper},
           Case{"2016", Shape::kDigits},     //
           Case{"²", Shape::kDigits},        //
           Case{"½", Shape::kSingleLetter},  //
           Case{",", Shape::kMark},          //
           Case{"“", Shape::kMark},          //
           Case{"$", Shape::kMark},          //
           Case{"_x", Shape::kMark},         //
           Case{"😀", Shape::kMark},          //
           Case{"iPhone", Shape::kMixedLower},
           Case{"中文", Shape::kMixedLower},  //
       }) {
    const Document doc = Read(c.word);
    ASSERT_EQ(doc.words.size(), 1) << c.word;
    EXPECT_EQ(doc.words[0].shape, c.shape) << c.word;
  }
}

TEST_F(DocumentTest, DropsWordsWithoutPieces) {
  EXPECT_THAT(Words("\xEF\xBB\xBFWe \xCC\x81 are\xE2\x80\x8B."),
              ElementsAre("We", "are", "."));
  // One pretoken, unknown as a whole, whose piece goes to its first word.
  EXPECT_THAT(Words("😀😀 we"), ElementsAre("😀", "we"));
}

TEST_F(DocumentTest, GivesAPieceToTheWordOfItsFirstCharacter) {
  const Document doc = Read("embargoed £5 don't");
  std::vector<uint32_t> sizes;
  for (const Word& w : doc.words) sizes.push_back(w.piece_end - w.piece_begin);
  // em ##bar ##go ##ed, £, ##5, don ' t
  EXPECT_THAT(sizes, ElementsAre(4, 1, 1, 3));
}

TEST_F(DocumentTest, CapsThePiecesOfAWord) {
  const Document doc = Read(std::string(90, '_') + " we");
  ASSERT_EQ(doc.words.size(), 2);
  EXPECT_EQ(doc.words[0].piece_end - doc.words[0].piece_begin, kMaxWordPieces);
  EXPECT_EQ(doc.words[1].piece_end - doc.words[1].piece_begin, 1);
  EXPECT_EQ(doc.pieces.size(), kMaxWordPieces + 1);
}

TEST_F(DocumentTest, NumbersParagraphsAndSentences) {
  const Document doc = Read("One. Two.\n\nThree");
  std::vector<std::pair<uint32_t, uint32_t>> places;
  for (const Word& w : doc.words) places.emplace_back(w.paragraph, w.sentence);
  EXPECT_THAT(places,
              ElementsAre(std::pair(0, 0), std::pair(0, 0), std::pair(0, 1),
                          std::pair(0, 1), std::pair(1, 2)));
}

TEST_F(DocumentTest, TellsQuoteStates) {
  EXPECT_EQ(States("He said: “We are.” Yes."), "...<iii>..");
  EXPECT_EQ(States("``We are,'' he"), "<iii>.");
  EXPECT_EQ(States("“We ‘are’ close,” he"), "<iiiiii>.");
  EXPECT_EQ(States("‘We are “close”,’ he said “yes”"), "<iiiiii>..<i>");
  EXPECT_EQ(States("“We “are” close,” he"), "<iiiiii>.");
  EXPECT_EQ(States("“We are\n“close,” he"), "<ii<ii>.");
  EXPECT_EQ(States("“We are\nclose"), "<ii.");
  EXPECT_EQ(States("\"\" he"), "<>.");
  EXPECT_EQ(States("We are,” he"), ".....");
  EXPECT_EQ(States("''He, 'We,''' he"), "<iiiii>>.");
}

TEST_F(DocumentTest, ReadsNothing) {
  for (const char* nothing : {"", " ", "\n\n", "\xEF\xBB\xBF", "\xCC\x81"}) {
    const Document doc = Read(nothing);
    EXPECT_TRUE(doc.words.empty());
    EXPECT_TRUE(doc.pieces.empty());
  }
}

// As BERT reads it, for the model has learned from that.
TEST_F(DocumentTest, ASymbolTakesTheWordThatItTouches) {
  const Document doc = Read("🙂said 🙂 said");
  ASSERT_EQ(doc.words.size(), 3u);
  EXPECT_EQ(doc.text.Slice(doc.words[0].span), "🙂");
  EXPECT_EQ(doc.text.Slice(doc.words[1].span), "🙂");
  EXPECT_EQ(doc.text.Slice(doc.words[2].span), "said");
}

TEST_F(DocumentTest, MarkAt) {
  const Document doc = Read("a, don't \xC2\x97");
  ASSERT_EQ(doc.words.size(), 4u);
  EXPECT_EQ(MarkAt(doc, 0), U'a');
  EXPECT_EQ(MarkAt(doc, 1), U',');
  EXPECT_EQ(MarkAt(doc, 2), U'\0');
  EXPECT_EQ(MarkAt(doc, 3), U'—');
}

// The invariants would be worth nothing if they could not be broken.
TEST_F(DocumentTest, BrokenDocumentsAreCaught) {
  const std::string bytes = "“We are close,” he said. ‘Yes.’\n\n“No.”";
  ASSERT_EQ(FindBrokenPromise(Read(bytes), vocabulary_, 40), "");
  const auto broken = [&](auto change) {
    Document doc = Read(bytes);
    change(doc);
    return !FindBrokenPromise(doc, vocabulary_, 40).empty();
  };
  EXPECT_TRUE(broken([](Document& d) { std::swap(d.words[1], d.words[2]); }));
  EXPECT_TRUE(broken([](Document& d) { d.words[1].span.end += 2; }));
  EXPECT_TRUE(broken([](Document& d) { d.words[1].sentence = 2; }));
  EXPECT_TRUE(broken([](Document& d) { d.words[1].piece_end += 1; }));
  EXPECT_TRUE(broken([](Document& d) { d.pieces[0] = 1 << 20; }));
  EXPECT_TRUE(
      broken([](Document& d) { d.words[1].quote = QuoteState::kOutside; }));
  EXPECT_TRUE(broken([](Document& d) { d.layout.paragraphs[0].end -= 1; }));
  EXPECT_TRUE(broken([](Document& d) { d.layout.sentences[0].end += 1; }));
  EXPECT_TRUE(
      broken([](Document& d) { d.quotations.quotations[0].outer.end += 1; }));
  EXPECT_TRUE(
      broken([](Document& d) { d.quotations.quotations[1].depth = 1; }));
  EXPECT_TRUE(
      broken([](Document& d) { d.quotations.quotations[2].continues = true; }));
}

}  // namespace
}  // namespace quoth
