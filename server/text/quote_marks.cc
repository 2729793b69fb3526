#include "server/text/quote_marks.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <string_view>
#include <utility>

#include "server/text/unicode.h"

namespace quoth {
namespace {

struct FoundGlyph {
  Glyph glyph;
  uint32_t length;  // In code points: 1 or 2.
};

std::optional<FoundGlyph> GlyphAt(const Text& text, uint32_t i, uint32_t end) {
  const char32_t c = RepairC1(text.at(i));
  const bool twice = i + 1 < end && RepairC1(text.at(i + 1)) == c;
  switch (c) {
    case U'"':
      return FoundGlyph{Glyph::kStraightDouble, 1};
    case U'\'':
      if (twice) return FoundGlyph{Glyph::kTwoApostrophes, 2};
      return FoundGlyph{Glyph::kStraightSingle, 1};
    case U'`':
      if (twice) return FoundGlyph{Glyph::kTwoBackticks, 2};
      return std::nullopt;
    case U'“':
      return FoundGlyph{Glyph::kOpenDouble, 1};
    case U'”':
      return FoundGlyph{Glyph::kCloseDouble, 1};
    case U'„':
      return FoundGlyph{Glyph::kLowDouble, 1};
    case U'«':
      return FoundGlyph{Glyph::kLeftGuillemet, 1};
    case U'»':
      return FoundGlyph{Glyph::kRightGuillemet, 1};
    case U'‘':
      if (twice) return FoundGlyph{Glyph::kOpenDouble, 2};
      return FoundGlyph{Glyph::kOpenSingle, 1};
    case U'’':
      if (twice) return FoundGlyph{Glyph::kCloseDouble, 2};
      return FoundGlyph{Glyph::kCloseSingle, 1};
    case U'‚':
      return FoundGlyph{Glyph::kLowSingle, 1};
    case U'‹':
      return FoundGlyph{Glyph::kLeftAngle, 1};
    case U'›':
      return FoundGlyph{Glyph::kRightAngle, 1};
    default:
      return std::nullopt;
  }
}

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

bool IsStop(char32_t c) {
  return c == U'.' || c == U'?' || c == U'!' || c == U'…';
}

bool IsInvisible(char32_t c) {
  const CharClass kind = ClassOf(c);
  return kind == CharClass::kIgnored || kind == CharClass::kCombining;
}

// The word that begins at `i`, in lower case; empty if it is not of 1 to 6
// ASCII letters and digits.
std::string_view ShortWord(const Text& text, uint32_t i, uint32_t end,
                           char (&buffer)[6]) {
  size_t n = 0;
  for (; i < end; ++i) {
    const char32_t c = text.at(i);
    if (!IsWordClass(ClassOf(c))) break;
    if (c >= 0x80 || n == 6) return {};
    buffer[n++] = static_cast<char>(c >= U'A' && c <= U'Z' ? c + 32 : c);
  }
  return {buffer, n};
}

// Whether an apostrophe before the word at `i` would stand for letters left
// out.
Elision ElisionAt(const Text& text, uint32_t i, uint32_t end) {
  static constexpr std::string_view kElided[] = {
      "bout",  "cause", "cos",   "coz",    "cuz",  "d",    "em",
      "er",    "ere",   "fraid", "hood",   "im",   "kay",  "ll",
      "m",     "n",     "neath", "nother", "nuff", "re",   "round",
      "s",     "scuse", "sup",   "t",      "til",  "till", "tis",
      "tween", "twas",  "twere", "twill",  "ve",   "yall"};
  char buffer[6];
  const std::string_view word = ShortWord(text, i, end, buffer);
  if (word.empty()) return Elision::kNone;
  if (std::find(std::begin(kElided), std::end(kElided), word) !=
      std::end(kElided)) {
    return Elision::kLikely;
  }
  const auto digit = [&](size_t k) { return word[k] >= '0' && word[k] <= '9'; };
  if (word.size() >= 2 && digit(0) && digit(1)) {
    if (word.size() == 3 && word[2] == 's') return Elision::kLikely;
    if (word.size() == 2) return Elision::kPerhaps;
  }
  return Elision::kNone;
}

// What the next mark will have before it, kept up to date character by
// character.
class Behind {
 public:
  Behind() { context_.introduced = true; }

  const MarkContext& context() const { return context_; }

  void PassMark(char32_t c) { Remember(c); }

  void Pass(char32_t c, Side side) {
    const bool edge = side == Side::kEdge;
    context_.introduced =
        edge && (context_.introduced || context_.last == U':');
    context_.behind_sentence =
        edge && (context_.behind_sentence || IsStop(context_.last));
    context_.behind_stop =
        edge && (context_.behind_stop || IsStop(context_.last) ||
                 context_.last == U',');
    context_.before = side;
    Remember(c);
  }

 private:
  void Remember(char32_t c) {
    context_.last_but_one = context_.last;
    context_.last = c;
  }

  MarkContext context_;
};

// Whether exactly three apostrophes of one kind begin at `i`.
bool IsThreeApostrophes(const Text& text, uint32_t i, uint32_t end) {
  const char32_t c = RepairC1(text.at(i));
  if (!IsApostrophe(c) || end - i < 3) return false;
  return RepairC1(text.at(i + 1)) == c && RepairC1(text.at(i + 2)) == c &&
         (end - i == 3 || RepairC1(text.at(i + 3)) != c);
}

bool HasBackticks(const Text& text, Span paragraph) {
  for (uint32_t i = paragraph.begin + 1; i < paragraph.end; ++i) {
    if (text.at(i) == U'`' && text.at(i - 1) == U'`') return true;
  }
  return false;
}

// Marks with nothing to see between them. A mark sees through its neighbours:
// in "'We the first mark stands before a letter too. So none is judged before
// the first character behind the run is known.
class MarkRun {
 public:
  MarkRun(const Text& text, Span paragraph, std::vector<QuoteMark>& marks)
      : text_(text), paragraph_(paragraph), marks_(marks) {}

  void Add(Span span, const MarkContext& context) {
    run_.push_back({span, context});
  }

  // `c`: the first character behind the run.
  void End(char32_t c, Side side) {
    for (auto& [span, context] : run_) {
      context.after = side;
      context.before_lower = IsLower(c);
      Judge(span, context);
    }
    run_.clear();
  }

 private:
  void Judge(Span span, MarkContext& context) {
    const bool single = IsSingle(context.glyph);
    if (single) {
      if (IsInsideWord(context)) return;
      if (context.after == Side::kWord) {
        context.elision = ElisionAt(text_, span.end, paragraph_.end);
      }
    } else if (context.glyph == Glyph::kTwoApostrophes) {
      if (!backticks_) backticks_ = HasBackticks(text_, paragraph_);
      context.backticks = *backticks_;
    }
    marks_.push_back({span, single,
                      context.behind_sentence && !context.before_lower,
                      CostsOf(context)});
  }

  const Text& text_;
  const Span paragraph_;
  std::vector<QuoteMark>& marks_;
  std::vector<std::pair<Span, MarkContext>> run_;
  std::optional<bool> backticks_;  // Once it is known.
};

}  // namespace

void FindQuoteMarks(const Text& text, Span paragraph,
                    std::vector<QuoteMark>& marks) {
  marks.clear();
  MarkRun run(text, paragraph, marks);
  Behind behind;
  uint32_t i = paragraph.begin;
  while (i < paragraph.end) {
    const char32_t c = text.at(i);
    MarkContext context = behind.context();
    // Behind a word, ''' closes a single mark first and then a double one.
    const bool first_of_three =
        (context.before == Side::kWord || context.before == Side::kStop) &&
        IsThreeApostrophes(text, i, paragraph.end);
    if (const auto mark =
            GlyphAt(text, i, first_of_three ? i + 1 : paragraph.end)) {
      context.glyph = mark->glyph;
      run.Add({i, i + mark->length}, context);
      behind.PassMark(c);
      i += mark->length;
      continue;
    }
    ++i;
    if (IsInvisible(c)) continue;
    const Side side = SideOf(c);
    run.End(c, side);
    behind.Pass(c, side);
  }
  run.End(0, Side::kEdge);
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
