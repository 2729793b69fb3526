#include "server/text/quote_marks.h"

#include <algorithm>
#include <iterator>
#include <string_view>

#include "server/text/unicode.h"

namespace quoth {
namespace {

enum class Glyph : uint8_t {
  kStraightDouble,  // "
  kTwoApostrophes,  // ''
  kTwoBackticks,    // ``
  kOpenDouble,      // “ ‘‘
  kCloseDouble,     // ” ’’
  kLowDouble,       // „
  kLeftGuillemet,   // «
  kRightGuillemet,  // »
  kStraightSingle,  // '
  kOpenSingle,      // ‘
  kCloseSingle,     // ’
  kLowSingle,       // ‚
  kLeftAngle,       // ‹
  kRightAngle,      // ›
};

// What stands on one side of a mark.
enum class Side : uint8_t {
  kEdge,     // White space, or an end of the paragraph.
  kOpening,  // An opening bracket, a dash or a slash.
  kWord,     // A letter, a digit or a symbol.
  kStop,     // Any other punctuation.
};

// Which way a mark leans.
enum class Lean : uint8_t {
  kOpen,       //  "We
  kClose,      // close," he
  kSpaced,     // said " We
  kGlued,      // said"We
  kBehindStop  // close,"he
};

Side SideOf(char32_t c) {
  switch (ClassOf(c)) {
    case CharClass::kSpace:
      return Side::kEdge;
    case CharClass::kPunctuation:
      switch (RepairC1(c)) {
        case U'(':
        case U'[':
        case U'{':
        case U'/':
        case U'-':
        case U'‐':
        case U'‑':
        case U'–':
        case U'—':
        case U'―':
        case U'¿':
        case U'¡':
          return Side::kOpening;
        default:
          return Side::kStop;
      }
    default:
      return Side::kWord;
  }
}

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

// A mark with what its costs depend on.
struct Candidate {
  Span span;
  Glyph glyph;
  Side before = Side::kEdge;
  Side after = Side::kEdge;
  char32_t last = 0;             // The character before, 0 at the start.
  char32_t last_but_one = 0;     // The one before that.
  bool behind_stop = false;      // Behind . ? ! or a comma, and white space.
  bool behind_sentence = false;  // Behind . ? ! and white space.
  bool introduced = false;    // At the start of the paragraph or behind ": ".
  bool before_lower = false;  // Before a lower-case letter.
  bool touches_next = false;  // Nothing is between this mark and the next.
};

bool IsSingle(Glyph g) { return g >= Glyph::kStraightSingle; }

// The word that begins at `i`, in lower case; empty if it is not of 1 to 6
// ASCII letters and digits.
std::string_view ShortWord(const Text& text, uint32_t i, uint32_t end,
                           char (&buffer)[8]) {
  size_t n = 0;
  for (; i < end; ++i) {
    const char32_t c = text.at(i);
    if (!IsWordClass(ClassOf(c))) break;
    if (c >= 0x80 || n == 6) return {};
    buffer[n++] = static_cast<char>(c >= U'A' && c <= U'Z' ? c + 32 : c);
  }
  return {buffer, n};
}

enum class Elision : uint8_t { kNone, kLikely, kPerhaps };

// Whether an apostrophe before the word at `i` stands for letters left out.
Elision ElisionAt(const Text& text, uint32_t i, uint32_t end) {
  // 'tis, rock 'n' roll; and the second half of a word that was split into
  // tokens ("Trump 's").
  static constexpr std::string_view kElided[] = {
      "bout", "cause", "cos",   "coz",    "cuz",  "d",    "em",
      "er",   "ere",   "fraid", "hood",   "im",   "kay",  "ll",
      "m",    "n",     "neath", "nother", "nuff", "re",   "round",
      "s",    "scuse", "sup",   "t",      "til",  "till", "tis",
      "twas", "tween", "twere", "twill",  "ve",   "yall"};
  static_assert(std::is_sorted(std::begin(kElided), std::end(kElided)));
  char buffer[8];
  const std::string_view word = ShortWord(text, i, end, buffer);
  if (word.empty()) return Elision::kNone;
  if (std::binary_search(std::begin(kElided), std::end(kElided), word)) {
    return Elision::kLikely;
  }
  const auto digit = [&](size_t k) { return word[k] >= '0' && word[k] <= '9'; };
  if (word.size() >= 2 && digit(0) && digit(1)) {
    if (word.size() == 3 && word[2] == 's') return Elision::kLikely;
    if (word.size() == 2) return Elision::kPerhaps;
  }
  return Elision::kNone;
}

bool IsStop(char32_t c) {
  return c == U'.' || c == U'?' || c == U'!' || c == U'…';
}

bool IsDigit(char32_t c) { return c >= U'0' && c <= U'9'; }

MarkCosts DoubleCosts(const Candidate& m, Lean lean, bool backticks) {
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
      if (close) return {60, 0, IsDigit(m.last) ? uint8_t{10} : uint8_t{40}};
      return {40, 5, 50};
    case Glyph::kLowDouble:
      if (close) return {50, 40, 30};
      return {open ? uint8_t{0} : uint8_t{5}, 80, 50};
    case Glyph::kTwoBackticks:
      return {close ? uint8_t{10} : uint8_t{0}, 80, 60};
    case Glyph::kLeftGuillemet:
      if (close) return {50, 7, 50};
      return {open ? uint8_t{0} : uint8_t{3}, 50, 60};
    case Glyph::kRightGuillemet:
      if (open) return {7, 30, 60};
      if (close) return {50, 0, 40};
      return {40, 3, 50};
    case Glyph::kTwoApostrophes:
      // Where `` opens, '' closes.
      if (backticks) return {open ? uint8_t{35} : uint8_t{60}, 0, 45};
      if (lean == Lean::kSpaced) return {15, 3, 50};
      break;
    default:
      break;
  }
  if (open) {
    if (m.introduced) return {0, 70, 60};
    // "We are close, "he said.
    if (m.behind_stop && m.before_lower) return {10, 20, 60};
    return {0, 45, 60};
  }
  // 6'2" and 5": primes, unless nothing else closes the quotation.
  if (close) return {35, 0, IsDigit(m.last) ? uint8_t{10} : uint8_t{40}};
  if (lean == Lean::kGlued) return {8, 8, 30};
  return {5, 5, 60};
}

// A closing mark or an apostrophe at the end of a word.
MarkCosts WordEndCosts(const Candidate& m) {
  if (m.before != Side::kWord) return {60, 0, 25};
  const char32_t last = m.last | 0x20;
  if (IsDigit(m.last)) return {60, 5, 5};  // 5' tall, in 2016'
  if (last == U's' || last == U'z' || last == U'x') {
    return m.after == Side::kEdge ? MarkCosts{60, 8, 3} : MarkCosts{60, 3, 10};
  }
  if (last == U'n' && IsApostrophe(RepairC1(m.last_but_one))) {
    return {60, 30, 0};  // rock 'n' roll
  }
  if (last == U'n' && (m.last_but_one | 0x20) == U'i') {
    return {60, 8, 5};  // goin' home
  }
  return {60, 0, m.after == Side::kEdge ? uint8_t{15} : uint8_t{20}};
}

MarkCosts SingleCosts(const Text& text, const Candidate& m, Lean lean,
                      uint32_t end) {
  const bool open = lean == Lean::kOpen;
  const bool close = lean == Lean::kClose;
  switch (m.glyph) {
    case Glyph::kLeftAngle:
      if (close) return {50, 7, 30};
      return {open ? uint8_t{0} : uint8_t{3}, 50, 30};
    case Glyph::kRightAngle:
      if (open) return {7, 30, 30};
      if (close) return {50, 0, 30};
      return {40, 3, 30};
    case Glyph::kLowSingle:
      // Elsewhere it is a comma.
      return open ? MarkCosts{0, 80, 15} : MarkCosts{50, 80, 0};
    default:
      break;
  }
  const bool left = m.glyph == Glyph::kOpenSingle;
  const bool right = m.glyph == Glyph::kCloseSingle;
  switch (lean) {
    case Lean::kOpen: {
      const Elision elision = ElisionAt(text, m.span.end, end);
      if (elision == Elision::kLikely) {
        return {right ? uint8_t{40} : uint8_t{30}, 60, 3};
      }
      if (right) {
        return {25, 60,
                elision == Elision::kPerhaps ? uint8_t{5} : uint8_t{12}};
      }
      if (elision == Elision::kPerhaps) return {8, 60, 8};
      // Where a quotation may begin that a later paragraph closes, it need not
      // be closed in this one.
      return {left ? uint8_t{0} : uint8_t{3}, 60,
              m.introduced ? uint8_t{40} : uint8_t{25}};
    }
    case Lean::kClose:
      if (left) return {50, 10, 20};
      return WordEndCosts(m);
    case Lean::kSpaced:
      if (left) return {10, 30, 25};
      if (right) return {25, 8, 15};
      return {15, 15, 20};
    case Lean::kBehindStop:
      // The 1980.'s and the Q.C.'s.
      if (ElisionAt(text, m.span.end, end) == Elision::kLikely) break;
      if (left) return {20, 20, 25};
      return {35, 7, 25};
    case Lean::kGlued:
      break;
  }
  return {60, 60, 0};
}

// Reads the glyph at `i`. Returns its length, or 0 if there is none.
uint32_t ReadGlyph(const Text& text, uint32_t i, uint32_t end, Glyph* glyph) {
  const char32_t c = RepairC1(text.at(i));
  const bool twice = i + 1 < end && text.at(i + 1) == text.at(i);
  switch (c) {
    case U'"':
      *glyph = Glyph::kStraightDouble;
      return 1;
    case U'\'':
      *glyph = twice ? Glyph::kTwoApostrophes : Glyph::kStraightSingle;
      return twice ? 2 : 1;
    case U'`':
      *glyph = Glyph::kTwoBackticks;
      return twice ? 2 : 0;
    case U'“':
      *glyph = Glyph::kOpenDouble;
      return 1;
    case U'”':
      *glyph = Glyph::kCloseDouble;
      return 1;
    case U'„':
      *glyph = Glyph::kLowDouble;
      return 1;
    case U'«':
      *glyph = Glyph::kLeftGuillemet;
      return 1;
    case U'»':
      *glyph = Glyph::kRightGuillemet;
      return 1;
    case U'‘':
      *glyph = twice ? Glyph::kOpenDouble : Glyph::kOpenSingle;
      return twice ? 2 : 1;
    case U'’':
      *glyph = twice ? Glyph::kCloseDouble : Glyph::kCloseSingle;
      return twice ? 2 : 1;
    case U'‚':
      *glyph = Glyph::kLowSingle;
      return 1;
    case U'‹':
      *glyph = Glyph::kLeftAngle;
      return 1;
    case U'›':
      *glyph = Glyph::kRightAngle;
      return 1;
    default:
      return 0;
  }
}

bool IsInvisible(char32_t c) {
  const CharClass kind = ClassOf(c);
  return kind == CharClass::kIgnored || kind == CharClass::kCombining;
}

// The marks with their surroundings. A mark sees through its neighbours: in
// "'We the first mark stands before a letter too.
std::vector<Candidate> FindCandidates(const Text& text, Span paragraph,
                                      bool* backticks) {
  std::vector<Candidate> found;
  Candidate next;  // What the next mark has before it.
  next.introduced = true;
  bool adjacent = false;  // Whether the last thing read was a mark.
  uint32_t i = paragraph.begin;
  while (i < paragraph.end) {
    const char32_t c = text.at(i);
    Glyph glyph;
    const uint32_t length = ReadGlyph(text, i, paragraph.end, &glyph);
    if (length > 0) {
      next.span = {i, i + length};
      next.glyph = glyph;
      if (adjacent) found.back().touches_next = true;
      if (glyph == Glyph::kTwoBackticks) *backticks = true;
      found.push_back(next);
      i += length;
      adjacent = true;
      next.last_but_one = next.last;
      next.last = c;
      continue;
    }
    ++i;
    if (IsInvisible(c)) continue;
    const Side side = SideOf(c);
    if (adjacent) {
      found.back().after = side;
      found.back().before_lower = IsLower(c);
      adjacent = false;
    }
    next.behind_sentence =
        side == Side::kEdge && (next.behind_sentence || IsStop(next.last));
    next.behind_stop =
        next.behind_sentence ||
        (side == Side::kEdge && (next.behind_stop || next.last == U','));
    next.introduced =
        side == Side::kEdge && (next.introduced || next.last == U':');
    next.before = side;
    next.last_but_one = next.last;
    next.last = c;
  }
  // A mark beside another has what that one has behind it.
  for (size_t k = found.size(); k-- > 1;) {
    if (!found[k - 1].touches_next) continue;
    found[k - 1].after = found[k].after;
    found[k - 1].before_lower = found[k].before_lower;
  }
  return found;
}

}  // namespace

void FindQuoteMarks(const Text& text, Span paragraph,
                    std::vector<QuoteMark>& marks) {
  marks.clear();
  bool backticks = false;
  for (const Candidate& m : FindCandidates(text, paragraph, &backticks)) {
    const Lean lean = LeanOf(m.before, m.after);
    const bool single = IsSingle(m.glyph);
    if (single && lean == Lean::kGlued) continue;  // don't
    marks.push_back({m.span, single, m.behind_sentence && !m.before_lower,
                     single ? SingleCosts(text, m, lean, paragraph.end)
                            : DoubleCosts(m, lean, backticks)});
  }
}

bool IsQuoteCharacter(char32_t c) {
  switch (RepairC1(c)) {
    case U'"':
    case U'\'':
    case U'`':
    case U'“':
    case U'”':
    case U'„':
    case U'‘':
    case U'’':
    case U'‚':
    case U'«':
    case U'»':
    case U'‹':
    case U'›':
      return true;
    default:
      return false;
  }
}

}  // namespace quoth
