#include "server/claims/unclaimed_quotations.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <utility>
#include <vector>

#include "server/claims/decoder.h"
#include "server/claims/quotation_index.h"
#include "server/claims/transcript.h"
#include "server/text/document.h"
#include "server/text/quotations.h"
#include "server/text/windows.h"

namespace quoth {
namespace {

char32_t MarkAt(const Document& doc, uint32_t word) {
  const Span span = doc.words[word].span;
  return span.size() == 1 ? doc.text.at(span.begin) : U'\0';
}

bool IsClauseEnd(char32_t mark) {
  switch (mark) {
    case U'.':
    case U'!':
    case U'?':
    case U',':
    case U'…':
    case U';':
    case U'،':  // Arabic.
    case U'؟':
    case U'。':  // Chinese and Japanese.
    case U'，':
    case U'！':
    case U'？':
    case U'।':  // Devanagari.
      return true;
    default:
      return false;
  }
}

bool IsDash(char32_t mark) {
  return mark == U'—' || mark == U'–' || mark == U'―' || mark == U'-';
}

// "A Night at the Opera with Friends": every word of some length is
// capitalised.
bool LooksLikeTitle(const Document& doc, WordRange inner) {
  constexpr uint32_t kLength = 5;  // Longer than most prepositions.
  int capitalized = 0;
  for (uint32_t i = inner.begin; i < inner.end; ++i) {
    const Word& word = doc.words[i];
    if (word.shape == Shape::kMark || word.span.size() < kLength) continue;
    // Scripts without case are kMixedLower: there is nothing to tell by.
    if (word.shape == Shape::kLower || word.shape == Shape::kMixedLower) {
      return false;
    }
    ++capitalized;
  }
  return capitalized >= 2 && MarkAt(doc, inner.end - 1) != U'!';
}

std::vector<uint32_t> Words(WordRange range) {
  std::vector<uint32_t> words(range.end - range.begin);
  std::iota(words.begin(), words.end(), range.begin);
  return words;
}

// Adds sorted words to sorted words.
void Join(const std::vector<uint32_t>& more, std::vector<uint32_t>& words) {
  const size_t middle = words.size();
  const bool behind = words.empty() || words.back() < more.front();
  words.insert(words.end(), more.begin(), more.end());
  if (behind) return;
  std::inplace_merge(words.begin(), words.begin() + middle, words.end());
  words.erase(std::unique(words.begin(), words.end()), words.end());
}

// The first word behind a quotation and its marks.
uint32_t Behind(const Document& doc, const QuotationIndex& quotations,
                int quotation) {
  const uint32_t end = quotations.InnerWords(quotation).end;
  const bool closed =
      end < doc.words.size() && quotations.ClosedBy(end) == quotation;
  return end + (closed ? 1 : 0);
}

}  // namespace

bool LooksLikeSpeech(const Document& doc, const QuotationIndex& quotations,
                     int quotation, const QuotationOptions& options) {
  if (quotations.quotation(quotation).single) return false;
  const WordRange inner = quotations.InnerWords(quotation);
  int words = 0;
  for (uint32_t i = inner.begin; i < inner.end; ++i) {
    words += doc.words[i].shape != Shape::kMark;
  }
  if (words < options.least_words || LooksLikeTitle(doc, inner)) return false;
  // A sentence ends with a mark, inside or right behind the quotation.
  if (IsClauseEnd(MarkAt(doc, inner.end - 1))) return true;
  if (quotations.quotation(quotation).end == QuotationEnd::kContinued) {
    return true;
  }
  const uint32_t behind = Behind(doc, quotations, quotation);
  return behind < doc.words.size() && IsClauseEnd(MarkAt(doc, behind)) &&
         doc.words[inner.begin].shape != Shape::kLower;
}

QuotationLedger::QuotationLedger(const Document& doc,
                                 const QuotationIndex& quotations,
                                 const QuotationOptions& options)
    : doc_(doc),
      quotations_(quotations),
      options_(options),
      holder_(doc.words.size(), kNobody) {}

void QuotationLedger::Add(WordClaim claim) {
  for (uint32_t w : claim.cue) holder_[w] = kCueOrSource;
  for (uint32_t w : claim.source) holder_[w] = kCueOrSource;
  bool direct = true;
  for (uint32_t w : claim.content) {
    holder_[w] = static_cast<int32_t>(claims_.size());
    direct = direct &&
             (quotations_.At(w) >= 0 || doc_.words[w].shape == Shape::kMark);
  }
  direct_.push_back(direct);
  claims_.push_back(std::move(claim));
}

bool QuotationLedger::IsUnclaimed(int quotation) const {
  return IsFree(quotations_.InnerWords(quotation)) &&
         LooksLikeSpeech(doc_, quotations_, quotation, options_);
}

// The claim that an unclaimed quotation goes on with; kNobody if there is none.
int32_t QuotationLedger::ClaimBefore(int quotation) const {
  const WordRange inner = quotations_.InnerWords(quotation);
  if (quotation == 0 || inner.begin == 0) return kNobody;
  // The claim of the quotation before, all of whose content is quoted.
  const WordRange before = quotations_.InnerWords(quotation - 1);
  const int32_t claim = holder_[before.end - 1];
  if (claim < 0) return kNobody;
  if (quotations_.quotation(quotation).continues) return claim;
  const WordClaim& held = claims_[claim];
  if (!direct_[claim]) return kNobody;
  // A question may be answered by somebody else.
  if (MarkAt(doc_, before.end - 1) == U'?') return kNobody;
  // Nothing may come between but the rest of the claim's own sentence.
  uint32_t last = before.end - 1;
  if (!held.cue.empty()) last = std::max(last, held.cue.back());
  if (!held.source.empty()) last = std::max(last, held.source.back());
  if (last >= inner.begin) return kNobody;
  for (uint32_t i = last + 1; i < inner.begin; ++i) {
    if (doc_.words[i].shape != Shape::kMark && holder_[i] != kNobody) {
      return kNobody;
    }
  }
  const uint32_t own = doc_.words[inner.begin].sentence;
  return doc_.words[last].sentence + 1 >= own ? claim : kNobody;
}

// The name that signs a quotation: “...” — Name, up to the paragraph's end.
std::vector<uint32_t> QuotationLedger::Signature(int quotation) const {
  constexpr uint32_t kMostWords = 8;
  uint32_t i = Behind(doc_, quotations_, quotation);
  const uint32_t paragraph =
      doc_.words[quotations_.InnerWords(quotation).begin].paragraph;
  bool dash = false;
  while (i < doc_.words.size() && IsDash(MarkAt(doc_, i))) dash = true, ++i;
  std::vector<uint32_t> name;
  if (!dash) return name;
  for (; i < doc_.words.size() && doc_.words[i].paragraph == paragraph; ++i) {
    if (IsClauseEnd(MarkAt(doc_, i)) && i > 0 &&
        doc_.words[i - 1].shape != Shape::kSingleLetter) {
      break;
    }
    if (holder_[i] != kNobody || name.size() == kMostWords) return {};
    name.push_back(i);
  }
  if (name.empty() || doc_.words[name[0]].shape == Shape::kLower ||
      doc_.words[name[0]].shape == Shape::kMark) {
    return {};
  }
  return name;
}

bool QuotationLedger::IsFree(WordRange range) const {
  int words = 0, free = 0;
  for (uint32_t i = range.begin; i < range.end; ++i) {
    if (holder_[i] == kCueOrSource) return false;
    if (doc_.words[i].shape == Shape::kMark) continue;
    ++words;
    free += holder_[i] == kNobody;
  }
  return free >= options_.unclaimed_share * words;
}

void QuotationLedger::ClaimTurns() {
  for (const Turn& turn : FindTurns(doc_)) {
    if (!IsFree(turn.speaker) || !IsFree(turn.content)) continue;
    Add({{}, Words(turn.speaker), Words(turn.content), options_.confidence});
  }
}

void QuotationLedger::ClaimTheRest() {
  ClaimTurns();
  for (int q = 0; q < quotations_.size(); ++q) {
    if (!IsUnclaimed(q)) continue;
    WordClaim claim;
    claim.confidence = options_.confidence;
    claim.content = Words(quotations_.InnerWords(q));
    claim.source = Signature(q);
    const int32_t before = claim.source.empty() ? ClaimBefore(q) : kNobody;
    if (before == kNobody) {
      Add(std::move(claim));
      continue;
    }
    Join(claim.content, claims_[before].content);
    for (uint32_t w : claim.content) holder_[w] = before;
  }
}

}  // namespace quoth
