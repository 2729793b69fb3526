#include "server/text/mark_costs.h"

#include <gtest/gtest.h>

#include <string>

namespace quoth {
namespace {

// The reading that a mark would have by itself.
std::string Cheapest(const MarkContext& mark) {
  const MarkCosts c = CostsOf(mark);
  if (c.open < c.close && c.open < c.text) return "open";
  if (c.close < c.open && c.close < c.text) return "close";
  if (c.text < c.open && c.text < c.close) return "text";
  return "either";
}

struct Case {
  const char* what;
  MarkContext mark;
  const char* reading;
};

TEST(CostsOfTest, ReadsOneMark) {
  constexpr Side kEdge = Side::kEdge;
  constexpr Side kWord = Side::kWord;
  constexpr Side kStop = Side::kStop;
  constexpr Side kOpening = Side::kOpening;
  for (const Case& c : {
           Case{"said \"We", {Glyph::kStraightDouble, kEdge, kWord}, "open"},
           Case{"close,\" he", {Glyph::kStraightDouble, kStop, kEdge}, "close"},
           Case{"(\"We", {Glyph::kStraightDouble, kOpening, kWord}, "open"},
           Case{"close—\" he",
                {Glyph::kStraightDouble, kOpening, kEdge},
                "close"},
           Case{"said \" We", {Glyph::kStraightDouble}, "either"},
           Case{"“We", {Glyph::kOpenDouble, kEdge, kWord}, "open"},
           Case{"close“.", {Glyph::kOpenDouble, kWord, kStop}, "close"},
           Case{"close” he", {Glyph::kCloseDouble, kWord, kEdge}, "close"},
           Case{"called ”so", {Glyph::kCloseDouble, kEdge, kWord}, "open"},
           Case{"„Wir", {Glyph::kLowDouble, kEdge, kWord}, "open"},
           Case{"« Nous", {Glyph::kLeftGuillemet}, "open"},
           Case{"proches »", {Glyph::kRightGuillemet}, "close"},
           Case{"»so", {Glyph::kRightGuillemet, kEdge, kWord}, "open"},
           Case{"so«,", {Glyph::kLeftGuillemet, kWord, kStop}, "close"},
           Case{"``We", {Glyph::kTwoBackticks, kEdge, kWord}, "open"},
           Case{"close,''", {Glyph::kTwoApostrophes, kStop, kEdge}, "close"},
           Case{"''We", {Glyph::kTwoApostrophes, kEdge, kWord}, "open"},
           Case{"'We", {Glyph::kStraightSingle, kEdge, kWord}, "open"},
           Case{"close,' he", {Glyph::kStraightSingle, kStop, kEdge}, "close"},
           Case{"‘We", {Glyph::kOpenSingle, kEdge, kWord}, "open"},
           Case{"so‘.", {Glyph::kOpenSingle, kWord, kStop}, "close"},
           Case{"don't", {Glyph::kStraightSingle, kWord, kWord}, "text"},
           Case{"a‚ b", {Glyph::kLowSingle, kWord, kEdge}, "text"},
           Case{"‚Wir", {Glyph::kLowSingle, kEdge, kWord}, "open"},
           Case{"‹ non", {Glyph::kLeftAngle}, "open"},
           Case{"non ›", {Glyph::kRightAngle}, "close"},
       }) {
    EXPECT_EQ(Cheapest(c.mark), c.reading) << c.what;
  }
}

TEST(CostsOfTest, ReadsApostrophes) {
  MarkContext ministers{Glyph::kStraightSingle, Side::kWord, Side::kEdge};
  ministers.last = U's';
  EXPECT_EQ(Cheapest(ministers), "text");
  ministers.last = U'e';
  EXPECT_EQ(Cheapest(ministers), "close");
  MarkContext nineties{Glyph::kStraightSingle, Side::kEdge, Side::kWord};
  nineties.elision = Elision::kLikely;
  EXPECT_EQ(Cheapest(nineties), "text");
  nineties.elision = Elision::kPerhaps;
  EXPECT_EQ(Cheapest(nineties), "either");
}

TEST(CostsOfTest, TwoApostrophesOnlyCloseWhereBackticksOpen) {
  MarkContext mark{Glyph::kTwoApostrophes};
  mark.backticks = true;
  EXPECT_EQ(Cheapest(mark), "close");
  mark.after = Side::kWord;
  EXPECT_EQ(Cheapest(mark), "close");
}

TEST(IsInsideWordTest, WantsALetterOnBothSides) {
  EXPECT_TRUE(IsInsideWord({Glyph::kStraightSingle, Side::kWord, Side::kWord}));
  EXPECT_FALSE(
      IsInsideWord({Glyph::kStraightSingle, Side::kWord, Side::kStop}));
  EXPECT_FALSE(
      IsInsideWord({Glyph::kStraightSingle, Side::kEdge, Side::kWord}));
}

}  // namespace
}  // namespace quoth
