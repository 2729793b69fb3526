#include "server/text/word_finder.h"

#include "server/text/unicode.h"

namespace quoth {
namespace {

CharClass ClassAt(const Text& text, uint32_t i) { return ClassOf(text.at(i)); }

// Requires a word character at `i`. Returns the end of its word.
uint32_t EndOfWord(const Text& text, uint32_t i, uint32_t end) {
  const auto goes_on = [&](uint32_t j) {
    if (j >= end) return false;
    const CharClass c = ClassAt(text, j);
    return IsWordClass(c) || c == CharClass::kCombining;
  };
  ++i;
  while (i < end) {
    if (goes_on(i)) {
      ++i;
    } else if (IsApostrophe(RepairC1(text.at(i)))) {
      if (i + 1 >= end || !IsWordClass(ClassAt(text, i + 1))) break;
      i += 2;
    } else if (ClassAt(text, i) == CharClass::kIgnored) {
      uint32_t j = i;
      while (j < end && ClassAt(text, j) == CharClass::kIgnored) ++j;
      if (!goes_on(j)) break;
      i = j + 1;
    } else {
      break;
    }
  }
  return i;
}

}  // namespace

void FindWords(const Text& text, Span range, std::vector<Span>& words) {
  uint32_t i = range.begin;
  while (i < range.end) {
    const CharClass c = ClassAt(text, i);
    if (c == CharClass::kSpace || c == CharClass::kIgnored) {
      ++i;
      continue;
    }
    uint32_t end = i + 1;
    if (IsWordClass(c)) {
      end = EndOfWord(text, i, range.end);
    } else {
      const char32_t mark = text.at(i);
      if ((mark == U'`' || mark == U'\'') && end < range.end &&
          text.at(end) == mark) {
        ++end;
      }
      while (end < range.end && ClassAt(text, end) == CharClass::kCombining) {
        ++end;
      }
    }
    words.push_back({i, end});
    i = end;
  }
}

}  // namespace quoth
