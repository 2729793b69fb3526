// Documents and claims for tests, without a model or its vocabulary.
//
//   MarkedText m = ParseMarked("{1s|Blinken} said {1c|we are {2s|I} ...}");
//   // claim 1: source "Blinken", content "we are ..."; the marks are gone
//
// {Ns|...} is the source of claim N, {Nu|...} its cue, {Nc|...} a piece of its
// content; they may nest. Claims are numbered from 1.

#ifndef QUOTH_TESTS_SPEAKERS_DOCUMENTS_H_
#define QUOTH_TESTS_SPEAKERS_DOCUMENTS_H_

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gtest/gtest.h"
#include "server/claims/claim.h"
#include "server/text/document.h"

namespace quoth {

// A vocabulary of single characters: every ASCII word has pieces.
inline const Vocabulary& CharacterVocabulary() {
  static const Vocabulary* const vocabulary = [] {
    std::string lines = "[PAD]\n[UNK]\n[CLS]\n[SEP]\n";
    for (char c = '!'; c <= '~'; ++c) {
      if (std::isupper(static_cast<unsigned char>(c))) continue;
      lines += std::string(1, c) + "\n##" + std::string(1, c) + "\n";
    }
    for (const char* mark : {"\u201c", "\u201d", "\u2018", "\u2019", "\u2013",
                             "\u2014", "\u2026"}) {
      lines += std::string(mark) + "\n";
    }
    absl::StatusOr<Vocabulary> made = Vocabulary::FromLines(lines);
    EXPECT_TRUE(made.ok()) << made.status();
    return new Vocabulary(*std::move(made));
  }();
  return *vocabulary;
}

inline Document ReadUtf8(std::string_view utf8) {
  absl::StatusOr<Text> text = Text::FromUtf8(utf8);
  EXPECT_TRUE(text.ok()) << text.status();
  if (!text.ok()) return Document();
  return ReadDocument(*std::move(text), CharacterVocabulary());
}

struct MarkedText {
  std::string text;
  std::vector<Claim> claims;  // By first content, as the extractor orders.
  std::vector<int> numbers;   // The number that each claim has in the marks.
};

inline MarkedText ParseMarked(std::string_view marked) {
  struct Open {
    int number;
    char role;
    uint32_t begin;
  };
  MarkedText result;
  std::vector<Open> open;
  std::map<int, Claim> claims;
  uint32_t points = 0;
  for (size_t i = 0; i < marked.size();) {
    if (marked[i] == '{') {
      const size_t bar = marked.find('|', i);
      const int number =
          std::stoi(std::string(marked.substr(i + 1, bar - i - 2)));
      open.push_back({number, marked[bar - 1], points});
      i = bar + 1;
    } else if (marked[i] == '}') {
      const Open mark = open.back();
      open.pop_back();
      Claim& claim = claims[mark.number];
      const Span span = {mark.begin, points};
      if (mark.role == 's') claim.source = span;
      if (mark.role == 'u') claim.cue = span;
      if (mark.role == 'c') claim.content.push_back(span);
      ++i;
    } else {
      result.text += marked[i];
      // Count code points: not the bytes that go on.
      points += (static_cast<unsigned char>(marked[i]) & 0xC0) != 0x80;
      ++i;
    }
  }
  std::vector<std::pair<int, Claim>> ordered(claims.begin(), claims.end());
  for (auto& [number, claim] : ordered) {
    EXPECT_FALSE(claim.content.empty()) << "claim " << number;
    std::sort(claim.content.begin(), claim.content.end());
  }
  std::stable_sort(ordered.begin(), ordered.end(),
                   [](const auto& a, const auto& b) {
                     return a.second.content[0] < b.second.content[0];
                   });
  for (auto& [number, claim] : ordered) {
    result.numbers.push_back(number);
    result.claims.push_back(std::move(claim));
  }
  return result;
}

}  // namespace quoth

#endif  // QUOTH_TESTS_SPEAKERS_DOCUMENTS_H_
