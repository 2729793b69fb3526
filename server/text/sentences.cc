#include "server/text/sentences.h"

#include <string_view>

#include "server/text/abbreviations.h"
#include "server/text/quote_marks.h"
#include "server/text/unicode.h"

namespace quoth {
namespace {

// An abbreviation is no longer than this, and neither is a word that matters
// behind one: what keeps every look around a full stop constant.
constexpr uint32_t kMaxLook = 16;

bool IsTerminator(char32_t c) {
  return c == U'.' || c == U'?' || c == U'!' || c == U'…' || c == U'‽' ||
         c == U'。' || c == U'！' || c == U'？';
}

bool IsClosingBracket(char32_t c) {
  return c == U')' || c == U']' || c == U'}';
}

// What may stand between the end of a sentence and the first word of the next.
bool IsLeader(char32_t c) {
  const CharClass kind = ClassOf(c);
  return IsQuoteCharacter(c) || c == U'(' || c == U'[' || c == U'{' ||
         c == U'-' || c == U'–' || c == U'—' || c == U'―' || c == U'•' ||
         c == U'*' || c == U'¿' || c == U'¡' || kind == CharClass::kIgnored ||
         kind == CharClass::kCombining;
}

class Splitter {
 public:
  Splitter(const Text& text, Span paragraph)
      : text_(text), begin_(paragraph.begin), end_(paragraph.end) {}

  void Run(std::vector<Span>& sentences);

 private:
  // A run of terminators with the marks that close behind it.
  struct Stop {
    uint32_t begin = 0;
    uint32_t dots_end = 0;   // Behind the terminators.
    uint32_t end = 0;        // Behind the closing marks.
    bool full_stop = false;  // Exactly one ".".
    bool asks = false;       // Holds ? or !.
    bool ellipsis = false;
    bool quoted = false;  // A quotation mark closes behind it.
  };

  Stop ReadStop(uint32_t i) const;
  bool Ends(const Stop& stop, uint32_t sentence, uint32_t next) const;
  bool FullStopEnds(const Stop& stop, uint32_t sentence, uint32_t word) const;
  bool IsReported(uint32_t word) const;

  uint32_t SkipSpace(uint32_t i) const {
    while (i < end_ && IsSpace(text_.at(i))) ++i;
    return i;
  }

  // The word at `i`: letters and inner apostrophes, cut at kMaxLook.
  std::string_view WordAt(uint32_t i) const {
    uint32_t j = i;
    while (j < end_ && j - i < kMaxLook &&
           (ClassOf(text_.at(j)) == CharClass::kLetter ||
            (text_.at(j) == U'\'' && j > i))) {
      ++j;
    }
    return text_.Slice({i, j});
  }

  const Text& text_;
  const uint32_t begin_;
  const uint32_t end_;
};

Splitter::Stop Splitter::ReadStop(uint32_t i) const {
  Stop stop;
  stop.begin = i;
  uint32_t j = i;
  for (; j < end_ && IsTerminator(text_.at(j)); ++j) {
    const char32_t c = text_.at(j);
    if (c == U'…') stop.ellipsis = true;
    if (c == U'?' || c == U'!' || c == U'‽') stop.asks = true;
  }
  stop.dots_end = j;
  stop.full_stop = j == i + 1 && text_.at(i) == U'.';
  if (j > i + 1 && !stop.asks) stop.ellipsis = true;
  for (; j < end_; ++j) {
    const char32_t c = text_.at(j);
    if (IsQuoteCharacter(c)) {
      stop.quoted = true;
    } else if (!IsClosingBracket(c) && ClassOf(c) != CharClass::kIgnored) {
      break;
    }
  }
  stop.end = j;
  return stop;
}

// `word`: the first word behind the stop.
bool Splitter::FullStopEnds(const Stop& stop, uint32_t sentence,
                            uint32_t word) const {
  uint32_t b = stop.begin;
  while (b > sentence && stop.begin - b < kMaxLook) {
    const CharClass c = ClassOf(text_.at(b - 1));
    if (!IsWordClass(c) && text_.at(b - 1) != U'.') break;
    --b;
  }
  const std::string_view before = text_.Slice({b, stop.begin});
  // "1. First": the number of a list.
  if (b == sentence && !before.empty() &&
      before.find_first_not_of("0123456789") == std::string_view::npos) {
    return false;
  }
  const bool number = ClassOf(text_.at(word)) == CharClass::kNumber;
  const std::string_view next = WordAt(word);
  switch (AbbreviationKind(before)) {
    case Abbreviation::kNone:
      return true;
    case Abbreviation::kTitle:
      return stop.quoted;
    case Abbreviation::kNumbered:
      return !number;
    case Abbreviation::kTime:
      return !number && !FollowsTime(next);
    case Abbreviation::kGeneral:
      // “... than I. Blinken”: the pronoun, not an initial.
      if (before == "I" && b >= sentence + 2 && IsLower(text_.at(b - 2))) {
        return true;
      }
      return stop.quoted || IsSentenceStarter(next);
  }
  return true;
}

// “Why?” Antony Blinken asked: one sentence.
bool Splitter::IsReported(uint32_t word) const {
  constexpr int kMaxNames = 4;
  uint32_t i = word;
  for (int names = 0; names <= kMaxNames && i < end_; ++names) {
    const std::string_view w = WordAt(i);
    if (w.empty()) return false;
    if (IsLower(text_.at(i))) return names > 0 && IsReportingVerb(w);
    i = text_.CodePointAtByte(text_.ByteOffset(i) +
                              static_cast<uint32_t>(w.size()));
    if (i < end_ && text_.at(i) == U'.') ++i;
    const uint32_t space = SkipSpace(i);
    if (space == i) return false;
    i = space;
  }
  return false;
}

// Whether the sentence that begins at `sentence` ends with `stop`; `next`: the
// first character behind it that is not white space.
bool Splitter::Ends(const Stop& stop, uint32_t sentence, uint32_t next) const {
  uint32_t word = next;
  while (word < end_) {
    if (IsLeader(text_.at(word))) {
      ++word;
    } else if (word > next && IsSpace(text_.at(word))) {
      ++word;
    } else {
      break;
    }
  }
  if (word >= end_) return false;  // Nothing but marks is left.
  const char32_t c = text_.at(word);
  if (IsLower(c)) {
    // "iPhone" may begin a sentence.
    if (word + 1 >= end_ || !IsUpper(text_.at(word + 1))) return false;
  }
  if (stop.full_stop) return FullStopEnds(stop, sentence, word);
  if (stop.asks && stop.quoted && word == next) return !IsReported(word);
  if (stop.ellipsis && !stop.asks) {
    return stop.quoted || WordAt(word) != "I";
  }
  return true;
}

void Splitter::Run(std::vector<Span>& sentences) {
  uint32_t sentence = begin_;
  uint32_t i = begin_;
  while (i < end_) {
    if (!IsTerminator(text_.at(i))) {
      ++i;
      continue;
    }
    Stop stop = ReadStop(i);
    i = stop.end;
    if (i >= end_) break;
    if (!IsSpace(text_.at(i))) continue;
    uint32_t next = SkipSpace(i);
    // A closing mark set apart: "said . ''", "said. ”".
    const char32_t c = RepairC1(text_.at(next));
    const uint32_t width =
        c == U'”' || c == U'»'                                         ? 1
        : c == U'\'' && next + 1 < end_ && text_.at(next + 1) == U'\'' ? 2
                                                                       : 0;
    if (width > 0 && next + width < end_ && IsSpace(text_.at(next + width))) {
      stop.end = next + width;
      stop.quoted = true;
      next = SkipSpace(stop.end);
      i = stop.end;
    }
    if (next < end_ && Ends(stop, sentence, next)) {
      sentences.push_back({sentence, stop.end});
      sentence = next;
      i = next;
    }
  }
  if (sentence < end_) sentences.push_back({sentence, end_});
}

}  // namespace

void FindSentences(const Text& text, Span paragraph,
                   std::vector<Span>& sentences) {
  Splitter(text, paragraph).Run(sentences);
}

}  // namespace quoth
