// What each reading of a quotation mark costs, by its glyph and by what stands
// around it: to open a quotation, to close one, or to be neither (an
// apostrophe, a prime, a slip).
//
//   MarkContext m{.glyph = Glyph::kStraightSingle, .before = Side::kWord,
//                 .last = U's', .last_but_one = U'r'};
//   CostsOf(m);   // ministers' : {60, 8, 3}, rather an apostrophe
//
// 0 is what a careful typist would have meant by the mark; the unit has no
// meaning beyond comparison with the costs in quotations.cc. The figures were
// set by hand on news articles, so that among the readings of a whole paragraph
// the cheapest is the one that a reader would choose.

#ifndef QUOTH_SERVER_TEXT_MARK_COSTS_H_
#define QUOTH_SERVER_TEXT_MARK_COSTS_H_

#include <cstdint>

namespace quoth {

enum class Glyph : uint8_t {
  kStraightDouble,  // "
  kTwoApostrophes,  // ''
  kTwoBackticks,    // ``
  kOpenDouble,      // “ ‘‘
  kCloseDouble,     // ” ’’
  kLowDouble,       // „
  kLeftGuillemet,   // «
  kRightGuillemet,  // »
  kStraightSingle,  // ' and all that follow are single marks.
  kOpenSingle,      // ‘
  kCloseSingle,     // ’
  kLowSingle,       // ‚
  kLeftAngle,       // ‹
  kRightAngle,      // ›
};

inline bool IsSingle(Glyph g) { return g >= Glyph::kStraightSingle; }

// What stands on one side of a mark, other marks left out.
enum class Side : uint8_t {
  kEdge,     // White space, or an end of the paragraph.
  kOpening,  // An opening bracket, a dash or a slash.
  kWord,     // A letter, a digit or a symbol.
  kStop,     // Any other punctuation.
};

// Whether an apostrophe before the next word would stand for letters left out.
enum class Elision : uint8_t {
  kNone,
  kLikely,   // 'tis, '90s, the second half of "Trump 's"
  kPerhaps,  // '99, or a quotation that begins with a number
};

struct MarkContext {
  Glyph glyph = Glyph::kStraightDouble;
  Side before = Side::kEdge;
  Side after = Side::kEdge;
  Elision elision = Elision::kNone;
  char32_t last = 0;          // The character before, 0 at the start.
  char32_t last_but_one = 0;  // The one before that.
  // At the start of the paragraph, or behind a colon and white space.
  bool introduced = false;
  // Behind . ? ! and white space.
  bool behind_sentence = false;
  // The same, or behind a comma and white space.
  bool behind_stop = false;
  // Before a lower-case letter.
  bool before_lower = false;
  // The paragraph holds ``, so '' closes.
  bool backticks = false;
};

struct MarkCosts {
  uint8_t open = 0;
  uint8_t close = 0;
  uint8_t text = 0;
};

MarkCosts CostsOf(const MarkContext& mark);

// Whether the mark stands between two letters: a single mark there is an
// apostrophe and nothing else.
bool IsInsideWord(const MarkContext& mark);

}  // namespace quoth

#endif  // QUOTH_SERVER_TEXT_MARK_COSTS_H_
