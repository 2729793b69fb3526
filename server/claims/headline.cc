#include "server/claims/headline.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_split.h"
#include "absl/types/span.h"
#include "server/claims/cue_lexicon.h"
#include "server/claims/decoder.h"
#include "server/claims/scene.h"
#include "server/claims/transcript.h"
#include "server/text/document.h"
#include "server/text/windows.h"

namespace quoth {
namespace {

constexpr uint32_t kMostNameWords = 9;
constexpr uint32_t kMostWords = 40;
constexpr uint32_t kLeastContentWords = 3;

bool IsMark(const Document& doc, uint32_t word) {
  return doc.words[word].shape == Shape::kMark;
}

// Nouns without article that a headline gives as a source.
bool IsSourceNoun(const std::string& word) {
  static const auto* const words = new absl::flat_hash_set<std::string>(
      absl::StrSplit("study studies report reports poll polls survey research "
                     "newspaper police officials experts analysts analyst "
                     "scientists researchers source sources doctors lawyer "
                     "lawyers economists prosecutors witnesses",
                     ' '));
  return words->contains(word);
}

// The words before the first colon, the colon not counted; empty if there is
// none so early.
WordRange BeforeColon(const Document& doc, WordRange paragraph) {
  for (uint32_t i = paragraph.begin;
       i < paragraph.end && i - paragraph.begin <= kMostNameWords; ++i) {
    const std::string form = PlainForm(doc, doc.words[i]);
    if (form == ":") {
      // 10:30
      if (i + 1 < paragraph.end &&
          doc.words[i + 1].span.begin == doc.words[i].span.end) {
        break;
      }
      return {paragraph.begin, i};
    }
    if (doc.words[i].quote != QuoteState::kOutside) break;
  }
  return {};
}

// A word that joins a name to another: "mayor of Lulvik".
bool IsLink(const Document& doc, uint32_t word) {
  const std::string form = PlainForm(doc, doc.words[word]);
  return form != "the" && IsFunctionWord(form);
}

// Whether some claim's source has the name's last word as the last of a name:
// "Ann Reed, mayor of Lulvik" does with Reed, but not with Lulvik, "US
// officials" not with US, "the Ministry of Culture" with Ministry of Culture.
bool IsQuoted(const Document& doc, WordRange name,
              absl::Span<const WordClaim> claims) {
  const std::string last = PlainForm(doc, doc.words[name.end - 1]);
  const bool linked = name.end - name.begin > 1 && IsLink(doc, name.end - 2);
  for (const WordClaim& claim : claims) {
    for (size_t k = 0; k < claim.source.size(); ++k) {
      if (PlainForm(doc, doc.words[claim.source[k]]) != last) continue;
      if (k > 0 && IsLink(doc, claim.source[k - 1]) && !linked) continue;
      if (k + 1 == claim.source.size() || IsMark(doc, claim.source[k + 1]) ||
          IsLink(doc, claim.source[k + 1])) {
        return true;
      }
    }
  }
  return false;
}

}  // namespace

std::optional<Turn> FindHeadlineTurn(const Document& doc,
                                     absl::Span<const WordClaim> claims) {
  WordRange paragraph = {0, 0};
  while (paragraph.end < doc.words.size() && paragraph.end <= kMostWords &&
         doc.words[paragraph.end].paragraph == doc.words[0].paragraph) {
    ++paragraph.end;
  }
  // A text of one paragraph has no headline.
  if (paragraph.end > kMostWords || paragraph.end == doc.words.size()) {
    return std::nullopt;
  }
  const WordRange before = BeforeColon(doc, paragraph);
  if (before.begin == before.end) return std::nullopt;
  const uint32_t content = before.end + 1;
  if (content + kLeastContentWords > paragraph.end) return std::nullopt;
  WordRange name = {before.begin, before.begin};
  for (uint32_t i = before.begin; i < before.end; ++i) {
    const std::string form = PlainForm(doc, doc.words[i]);
    // "Reed on the bridge: ‘Stay away’"
    if (i > before.begin && (form == "on" || form == "to")) break;
    // "Reed and Lee: a love story"
    if (doc.words[i].shape == Shape::kDigits || form == "-" || form == "–" ||
        form == "—" || form == "and" || form == "v") {
      return std::nullopt;
    }
    name.end = i + 1;
  }
  if (!IsCapitalized(doc.words[name.begin])) return std::nullopt;
  if (!IsSourceNoun(PlainForm(doc, doc.words[name.end - 1])) &&
      !IsQuoted(doc, name, claims)) {
    return std::nullopt;
  }
  return Turn{name, {content, paragraph.end}};
}

}  // namespace quoth
