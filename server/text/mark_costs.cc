#include "server/text/mark_costs.h"

#include "server/text/unicode.h"

namespace quoth {
namespace {

// Which way a mark leans.
enum class Lean : uint8_t {
  kOpen,        // said "We
  kClose,       // close," he
  kSpaced,      // said " We
  kGlued,       // said"We
  kBehindStop,  // close,"he
};

Lean LeanOf(Side before, Side after) {
  if (before == Side::kEdge) {
    return after == Side::kEdge ? Lean::kSpaced : Lean::kOpen;
  }
  if (after == Side::kEdge) return Lean::kClose;
  if (before == Side::kOpening) {
    return after == Side::kStop ? Lean::kClose : Lean::kOpen;
  }
  if (after != Side::kWord) return Lean::kClose;
  return before == Side::kStop ? Lean::kBehindStop : Lean::kGlued;
}

bool IsDigit(char32_t c) { return c >= U'0' && c <= U'9'; }

// 6'2" and 5": a prime, unless nothing else closes the quotation.
uint8_t TextCostOfClosing(const MarkContext& m) {
  return IsDigit(m.last) ? 10 : 40;
}

MarkCosts StraightDoubleCosts(const MarkContext& m, Lean lean) {
  switch (lean) {
    case Lean::kOpen:
      if (m.introduced) return {0, 70, 60};
      // "We are close, "he said.
      if (m.behind_stop && m.before_lower) return {10, 20, 60};
      return {0, 45, 60};
    case Lean::kClose:
      return {35, 0, TextCostOfClosing(m)};
    case Lean::kGlued:
      return {8, 8, 30};
    case Lean::kSpaced:
      return {5, 5, 30};
    case Lean::kBehindStop:
      break;
  }
  return {5, 5, 60};
}

MarkCosts DoubleCosts(const MarkContext& m, Lean lean) {
  const bool open = lean == Lean::kOpen;
  const bool close = lean == Lean::kClose;
  switch (m.glyph) {
    case Glyph::kOpenDouble:
      if (open) return {0, 60, 70};
      // Closes „so“ in German, and by mistake.
      if (close) return {40, 15, 50};
      return {5, 50, 70};
    case Glyph::kCloseDouble:
      // Opens ”so” in Swedish, and by mistake.
      if (open) return {15, 25, 60};
      if (close) return {60, 0, TextCostOfClosing(m)};
      return {40, 5, 50};
    case Glyph::kLowDouble:
      if (open) return {0, 80, 50};
      if (close) return {50, 40, 30};
      return {5, 80, 50};
    case Glyph::kTwoBackticks:
      if (close) return {10, 80, 60};
      return {0, 80, 60};
    case Glyph::kLeftGuillemet:
      // «so» in French, »so« in German.
      if (open) return {0, 50, 60};
      if (close) return {50, 7, 50};
      return {3, 50, 60};
    case Glyph::kRightGuillemet:
      // »so» in Swedish.
      if (open) return {7, 30, 60};
      if (close) return {50, 0, 40};
      return {40, 3, 50};
    case Glyph::kTwoApostrophes:
      if (m.backticks) {
        if (open) return {35, 0, 45};
        return {60, 0, 45};
      }
      if (lean == Lean::kSpaced) return {15, 3, 50};
      break;
    default:
      break;
  }
  return StraightDoubleCosts(m, lean);
}

// A closing mark, or an apostrophe at the end of a word.
MarkCosts WordEndCosts(const MarkContext& m) {
  if (m.before != Side::kWord) return {60, 0, 25};
  if (IsDigit(m.last)) return {60, 5, 5};  // 5' tall
  const char32_t last = m.last | 0x20;     // In lower case, if it is ASCII.
  if (last == U's' || last == U'z' || last == U'x') {
    // The ministers' plan.
    if (m.after == Side::kEdge) return {60, 8, 3};
    return {60, 3, 10};
  }
  if (last == U'n' && IsApostrophe(RepairC1(m.last_but_one))) {
    return {60, 30, 0};  // rock 'n' roll
  }
  if (last == U'n' && (m.last_but_one | 0x20) == U'i') {
    return {60, 8, 5};  // goin' home
  }
  if (m.after == Side::kEdge) return {60, 0, 15};
  return {60, 0, 20};
}

// ' ‘ ’ before a word.
MarkCosts WordBeginCosts(const MarkContext& m) {
  const bool left = m.glyph == Glyph::kOpenSingle;
  const bool right = m.glyph == Glyph::kCloseSingle;
  if (m.elision == Elision::kLikely) {
    if (right) return {40, 60, 3};
    return {30, 60, 3};
  }
  if (right) {
    if (m.elision == Elision::kPerhaps) return {25, 60, 5};
    return {25, 60, 12};
  }
  if (m.elision == Elision::kPerhaps) return {8, 60, 8};
  const uint8_t open = left ? 0 : 3;
  // Where a quotation may begin that a later paragraph closes, it need not be
  // closed in this one: being text costs more than staying open.
  if (m.introduced || (m.behind_stop && !m.before_lower)) {
    return {open, 60, 40};
  }
  return {open, 60, 25};
}

// ' ‘ ’
MarkCosts ApostropheCosts(const MarkContext& m, Lean lean) {
  const bool left = m.glyph == Glyph::kOpenSingle;
  const bool right = m.glyph == Glyph::kCloseSingle;
  switch (lean) {
    case Lean::kOpen:
      return WordBeginCosts(m);
    case Lean::kClose:
      if (left) return {50, 10, 20};  // Closes ‚so‘ in German.
      return WordEndCosts(m);
    case Lean::kSpaced:
      if (left) return {10, 30, 25};
      if (right) return {25, 8, 15};
      return {15, 15, 20};
    case Lean::kBehindStop:
      if (m.elision == Elision::kLikely) break;  // the Q.C.'s
      if (left) return {20, 20, 25};
      return {35, 7, 25};
    case Lean::kGlued:
      break;
  }
  return {60, 60, 0};
}

MarkCosts SingleCosts(const MarkContext& m, Lean lean) {
  const bool open = lean == Lean::kOpen;
  const bool close = lean == Lean::kClose;
  switch (m.glyph) {
    case Glyph::kLeftAngle:
      if (open) return {0, 50, 30};
      if (close) return {50, 7, 30};
      return {3, 50, 30};
    case Glyph::kRightAngle:
      if (open) return {7, 30, 30};
      if (close) return {50, 0, 30};
      return {40, 3, 30};
    case Glyph::kLowSingle:
      if (open) return {0, 80, 15};
      return {50, 80, 0};  // A comma.
    default:
      return ApostropheCosts(m, lean);
  }
}

}  // namespace

MarkCosts CostsOf(const MarkContext& mark) {
  const Lean lean = LeanOf(mark.before, mark.after);
  return IsSingle(mark.glyph) ? SingleCosts(mark, lean)
                              : DoubleCosts(mark, lean);
}

bool IsInsideWord(const MarkContext& mark) {
  return LeanOf(mark.before, mark.after) == Lean::kGlued;
}

}  // namespace quoth
