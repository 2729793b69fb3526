#include "server/text/quotations.h"

#include <algorithm>
#include <array>
#include <bit>
#include <limits>

#include "server/text/quote_marks.h"
#include "server/text/unicode.h"

namespace quoth {
namespace {

// The scanner looks for the cheapest reading of all marks of a paragraph
// together (a Viterbi search), so that every mark is judged by what comes
// before it and by what comes behind: an opening mark that nothing closes, an
// apostrophe that could close, a mark on the wrong side of a space. The states
// are the quotations that are open: 1 is none, and opening one in state s leads
// to 2 s (a double mark) or 2 s + 1 (a single one). A mark leads from state to
// state in one of six ways.
enum class Step : uint8_t {
  kText,
  kOpen,
  kReopen,  // The innermost quotation was never closed; a new one begins.
  kClose,
  kCloseOther,  // Closes a quotation of the other kind: “We are close,’ he
                // said.
  kCloseBoth,   // Closes a single quotation over a double one never closed.
};

constexpr uint32_t kStates = 2u << kMaxQuotationDepth;
constexpr int kImpossible = std::numeric_limits<int>::max() / 2;

// Costs beside those of the marks (quote_marks.cc), in the same unit.
constexpr int kUnclosed = 30;   // A quotation that no mark closes.
constexpr int kOtherKind = 35;  // “... ’ or ‘... ”
constexpr int kSameInside = 10;  // “... “...” ...”: marks do not alternate.
// Where a sentence begins, a mark rather takes up the quotation that was not
// closed than opens one inside it: "It goes on. "And on."
constexpr int kTakenUp = 20;
constexpr int kSentenceInside = 30;

// How each state is best reached, packed: the search keeps one of these a mark.
class Steps {
 public:
  Step operator[](uint32_t state) const {
    return static_cast<Step>(words_[state / 16] >> (state % 16 * 4) & 15);
  }

  // At most once a state.
  void Set(uint32_t state, Step step) {
    words_[state / 16] |= uint64_t{static_cast<uint8_t>(step)}
                          << (state % 16 * 4);
  }

 private:
  std::array<uint64_t, (kStates + 15) / 16> words_ = {};
};

int DepthOf(uint32_t state) { return std::bit_width(state) - 1; }

class Scanner {
 public:
  explicit Scanner(const Text& text) : text_(text) {}

  void ReadParagraph(Span paragraph, QuotationMap& map);

 private:
  void Search();
  void Build(Span paragraph, QuotationMap& map);
  void Continue(Span paragraph, size_t first, QuotationMap& map);

  const Text& text_;
  std::vector<QuoteMark> marks_;
  std::vector<Steps> table_;  // By mark: how its states are best reached.
  std::vector<Step> steps_;   // By mark: the best reading.
  std::vector<size_t> open_;  // Quotations open at the end of the paragraph.
};

void Scanner::Search() {
  std::array<int, kStates> cost;
  cost.fill(kImpossible);
  cost[1] = 0;
  table_.assign(marks_.size(), Steps());
  for (size_t i = 0; i < marks_.size(); ++i) {
    const MarkCosts& mark = marks_[i].costs;
    const uint32_t single = marks_[i].single ? 1 : 0;
    const bool sentence = marks_[i].begins_sentence;
    const int inside = mark.open + (sentence ? kSentenceInside : kSameInside);
    const int again = mark.open + (sentence ? kTakenUp : kUnclosed);
    std::array<int, kStates> next;
    for (uint32_t t = 1; t < kStates; ++t) {
      int best = cost[t] + mark.text;
      Step step = Step::kText;
      const auto consider = [&](int c, Step s) {
        if (c < best) {
          best = c;
          step = s;
        }
      };
      if (t > 1 && (t & 1) == single) {
        const uint32_t outer = t >> 1;
        const bool same = outer > 1 && (outer & 1) == single;
        consider(cost[outer] + (same ? inside : mark.open), Step::kOpen);
        consider(cost[t] + again, Step::kReopen);
      }
      const uint32_t inner = 2 * t + single;
      if (inner < kStates) {
        consider(cost[inner] + mark.close, Step::kClose);
        consider(cost[inner ^ 1] + mark.close + kOtherKind, Step::kCloseOther);
        if (single && 2 * inner < kStates) {
          consider(cost[2 * inner] + mark.close + kUnclosed, Step::kCloseBoth);
        }
      }
      next[t] = std::min(best, kImpossible);
      table_[i].Set(t, step);
    }
    cost = next;
  }
  uint32_t state = 1;
  for (uint32_t t = 2; t < kStates; ++t) {
    if (cost[t] + kUnclosed * DepthOf(t) <
        cost[state] + kUnclosed * DepthOf(state)) {
      state = t;
    }
  }
  steps_.resize(marks_.size());
  for (size_t i = marks_.size(); i-- > 0;) {
    steps_[i] = table_[i][state];
    const uint32_t single = marks_[i].single ? 1 : 0;
    switch (steps_[i]) {
      case Step::kText:
      case Step::kReopen:
        break;
      case Step::kOpen:
        state >>= 1;
        break;
      case Step::kClose:
        state = 2 * state + single;
        break;
      case Step::kCloseOther:
        state = 2 * state + (1 - single);
        break;
      case Step::kCloseBoth:
        state = 2 * (2 * state + single);
        break;
    }
  }
}

void Scanner::Build(Span paragraph, QuotationMap& map) {
  open_.clear();
  const auto end_before = [&](uint32_t mark) {
    Quotation& q = map.quotations[open_.back()];
    uint32_t end = mark;
    while (end > q.inner.begin && IsSpace(text_.at(end - 1))) --end;
    q.outer.end = q.inner.end = end;
    q.end = QuotationEnd::kUnclosed;
    open_.pop_back();
  };
  const auto open = [&](const QuoteMark& mark) {
    Quotation q;
    q.outer.begin = mark.span.begin;
    q.inner.begin = mark.span.end;
    q.depth = static_cast<uint8_t>(open_.size());
    q.single = mark.single;
    open_.push_back(map.quotations.size());
    map.quotations.push_back(q);
  };
  const auto close = [&](const QuoteMark& mark) {
    Quotation& q = map.quotations[open_.back()];
    q.inner.end = mark.span.begin;
    q.outer.end = mark.span.end;
    open_.pop_back();
  };
  size_t ended = 0;
  for (size_t i = 0; i < marks_.size(); ++i) {
    const QuoteMark& mark = marks_[i];
    switch (steps_[i]) {
      case Step::kText:
        break;
      case Step::kReopen:
        ended = open_.back();
        end_before(mark.span.begin);
        open(mark);
        if (mark.begins_sentence) {
          map.quotations[ended].end = QuotationEnd::kContinued;
          map.quotations.back().continues = true;
        }
        break;
      case Step::kOpen:
        open(mark);
        break;
      case Step::kCloseBoth:
        end_before(mark.span.begin);
        close(mark);
        break;
      case Step::kClose:
      case Step::kCloseOther:
        close(mark);
        break;
    }
  }
  for (const size_t i : open_) {
    Quotation& q = map.quotations[i];
    q.outer.end = q.inner.end = paragraph.end;
    q.end = QuotationEnd::kUnclosed;
  }
}

// Joins the quotations that are open at the end of the last paragraph to those
// that this one begins with.
void Scanner::Continue(Span paragraph, size_t first, QuotationMap& map) {
  uint32_t begin = paragraph.begin;
  size_t i = first;
  for (const size_t k : open_) {
    if (i == map.quotations.size()) return;
    Quotation& before = map.quotations[k];
    Quotation& q = map.quotations[i];
    if (q.outer.begin != begin || q.single != before.single) return;
    before.end = QuotationEnd::kContinued;
    q.continues = true;
    begin = q.inner.begin;
    ++i;
  }
}

void Scanner::ReadParagraph(Span paragraph, QuotationMap& map) {
  FindQuoteMarks(text_, paragraph, marks_);
  const std::vector<size_t> before = open_;
  open_.clear();
  if (marks_.empty()) return;
  Search();
  const size_t first = map.quotations.size();
  Build(paragraph, map);
  std::vector<size_t> after = before;
  std::swap(open_, after);
  Continue(paragraph, first, map);
  std::swap(open_, after);
}

}  // namespace

QuotationMap FindQuotations(const Text& text,
                            const std::vector<Span>& paragraphs) {
  QuotationMap map;
  Scanner scanner(text);
  for (const Span paragraph : paragraphs) {
    scanner.ReadParagraph(paragraph, map);
  }
  return map;
}

}  // namespace quoth
