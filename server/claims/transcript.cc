#include "server/claims/transcript.h"

#include <cstdint>
#include <optional>
#include <vector>

#include "server/text/document.h"
#include "server/text/windows.h"

namespace quoth {
namespace {

// Words of a speaker's name: "GOV. MIKE PENCE".
constexpr uint32_t kMostNameWords = 6;
constexpr uint32_t kLeastTurns = 2;

// The turn of the paragraph that consists of the words of `paragraph`.
std::optional<Turn> ReadTurn(const Document& doc, WordRange paragraph) {
  uint32_t begin = paragraph.begin;
  if (doc.words[begin].quote == QuoteState::kOpen) ++begin;
  bool capitals = false;
  for (uint32_t i = begin; i < paragraph.end && i - begin <= kMostNameWords;
       ++i) {
    if (MarkAt(doc, i) == U':') {
      if (!capitals || i + 1 == paragraph.end) return std::nullopt;
      return Turn{{begin, i}, {i + 1, paragraph.end}};
    }
    const Word& word = doc.words[i];
    // Q: ... A: ...
    const bool turn = i == begin &&
                      (MarkAt(doc, i) == U'Q' || MarkAt(doc, i) == U'A') &&
                      i + 1 < paragraph.end && MarkAt(doc, i + 1) == U':';
    const bool upper = word.shape == Shape::kUpper || turn;
    // Sen. REED
    const bool title = word.shape == Shape::kCapitalized &&
                       i + 1 < paragraph.end && MarkAt(doc, i + 1) == U'.';
    if (!upper && !title && word.shape != Shape::kSingleLetter &&
        MarkAt(doc, i) != U'.') {
      return std::nullopt;
    }
    capitals = capitals || upper;
  }
  return std::nullopt;
}

}  // namespace

std::vector<Turn> FindTurns(const Document& doc) {
  std::vector<Turn> turns;
  const uint32_t n = static_cast<uint32_t>(doc.words.size());
  for (uint32_t begin = 0; begin < n;) {
    uint32_t end = begin + 1;
    while (end < n && doc.words[end].paragraph == doc.words[begin].paragraph) {
      ++end;
    }
    if (const auto turn = ReadTurn(doc, {begin, end})) turns.push_back(*turn);
    begin = end;
  }
  if (turns.size() < kLeastTurns) turns.clear();
  return turns;
}

}  // namespace quoth
