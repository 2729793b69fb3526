#include "server/claims/scene.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_replace.h"
#include "absl/types/span.h"
#include "server/claims/claim.h"
#include "server/text/document.h"
#include "server/text/seen_form.h"
#include "server/text/span.h"

namespace quoth {
namespace {

// The first word that ends behind a code point.
uint32_t FirstWordBehind(const Document& doc, uint32_t code_point) {
  return std::upper_bound(doc.words.begin(), doc.words.end(), code_point,
                          [](uint32_t point, const Word& word) {
                            return point < word.span.end;
                          }) -
         doc.words.begin();
}

}  // namespace

std::string PlainForm(const Document& doc, const Word& word) {
  Span span = word.span;
  span.end = std::min(span.end, span.begin + kMostPlainCharacters);
  std::string form = SeenForm(doc.text.Slice(span));
  absl::AsciiStrToLower(&form);
  absl::StrReplaceAll({{"’", "'"}}, &form);
  return form;
}

bool IsCapitalized(const Word& word) {
  return word.shape == Shape::kCapitalized || word.shape == Shape::kUpper ||
         word.shape == Shape::kMixedUpper || word.shape == Shape::kSingleLetter;
}

Scene::Scene(const Document& doc, const Claim& claim, Span sentence,
             absl::Span<const Claim> neighbours)
    : doc_(doc) {
  const uint32_t cue_begin = FirstWordBehind(doc, claim.cue->begin);
  uint32_t cue_end = cue_begin;
  while (cue_end < doc.words.size() &&
         doc.words[cue_end].span.begin < claim.cue->end) {
    ++cue_end;
  }
  const uint32_t sentence_begin =
      std::min(cue_begin, FirstWordBehind(doc, sentence.begin));
  first_ =
      std::max(sentence_begin, cue_begin > kReach ? cue_begin - kReach : 0);
  opens_sentence_ = first_ == sentence_begin;
  for (uint32_t w = first_; w < doc.words.size() && w < cue_end + kReach; ++w) {
    const Word& word = doc.words[w];
    if (w >= cue_end && word.span.begin >= sentence.end) break;
    lower_.push_back(PlainForm(doc, word));
  }
  cue_ = {static_cast<int>(cue_begin - first_),
          static_cast<int>(cue_end - first_)};
  zones_.resize(lower_.size(), Zone::kOutside);
  const auto paint = [&](Span span, Zone zone) {
    const SceneRange range = WordsIn(span);
    std::fill(zones_.begin() + range.begin, zones_.begin() + range.end, zone);
  };
  for (Span piece : claim.content) paint(piece, Zone::kContent);
  if (claim.source) paint(*claim.source, Zone::kSource);
  paint(*claim.cue, Zone::kCue);
  others_.resize(lower_.size(), 0);
  for (const Claim& other : neighbours) {
    if (other.cue && *other.cue != *claim.cue) AddNeighbour(other);
  }
}

SceneRange Scene::WordsIn(Span span) const {
  const uint32_t end = first_ + static_cast<uint32_t>(lower_.size());
  uint32_t begin = std::clamp(FirstWordBehind(doc_, span.begin), first_, end);
  SceneRange range = {static_cast<int>(begin - first_), 0};
  while (begin < end && doc_.words[begin].span.begin < span.end) ++begin;
  range.end = static_cast<int>(begin - first_);
  return range;
}

void Scene::AddNeighbour(const Claim& other) {
  const auto mark = [this](SceneRange range, Others bit) {
    for (int i = range.begin; i < range.end; ++i) others_[i] |= bit;
  };
  mark(WordsIn(*other.cue), kOthersCue);
  if (other.source) mark(WordsIn(*other.source), kOthersSource);
  std::vector<SceneRange> pieces;
  bool around = false;
  for (Span span : other.content) {
    pieces.push_back(WordsIn(span));
    around = around || (pieces.back().begin <= cue_.begin &&
                        cue_.end <= pieces.back().end);
  }
  if (!around) {
    for (SceneRange piece : pieces) mark(piece, kOthersContent);
    return;
  }
  int outside = 0;
  for (SceneRange piece : pieces) {
    mark({outside, std::max(outside, piece.begin)}, kAroundContent);
    outside = std::max(outside, piece.end);
  }
  mark({outside, size()}, kAroundContent);
}

bool Scene::IsCapitalized(int i) const { return quoth::IsCapitalized(word(i)); }

std::string_view Scene::text() const {
  if (size() == 0) return {};
  return doc_.text.Slice(ToSpan({0, size()}));
}

SceneRange Scene::WordsAt(size_t byte_begin, size_t byte_end) const {
  const uint32_t offset = doc_.text.ByteOffset(word(0).span.begin);
  const auto begin = static_cast<uint32_t>(offset + byte_begin);
  const auto end = static_cast<uint32_t>(offset + byte_end);
  SceneRange range;
  while (range.begin < size() &&
         doc_.text.ByteOffset(word(range.begin).span.end) <= begin) {
    ++range.begin;
  }
  range.end = range.begin;
  while (range.end < size() &&
         doc_.text.ByteOffset(word(range.end).span.begin) < end) {
    ++range.end;
  }
  return range;
}

Span Scene::ToSpan(SceneRange range) const {
  return {word(range.begin).span.begin, word(range.end - 1).span.end};
}

}  // namespace quoth
