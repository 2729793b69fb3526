#include "server/claims/unclaimed_quotations.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <numeric>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/claims/cue_lexicon.h"
#include "server/claims/decoder.h"
#include "server/claims/headline.h"
#include "server/claims/life_check.h"
#include "server/claims/quotation_index.h"
#include "server/claims/scene.h"
#include "server/claims/transcript.h"
#include "server/text/document.h"
#include "server/text/quotations.h"
#include "server/text/quote_marks.h"
#include "server/text/windows.h"

namespace quoth {
namespace {

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

bool IsPronoun(std::string_view word) {
  return word == "he" || word == "she" || word == "they" || word == "we" ||
         word == "i" || word == "it";
}

// Verbs that lead in a quotation without saying that it is one. Those that say
// so ("said") are cues, which the network finds.
bool IsPublishing(std::string_view word) {
  static constexpr std::string_view kVerbs[] = {
      "released", "releases", "issued",    "issues", "posted",   "posts",
      "sent",     "sends",    "published", "reads",  "read",     "had",
      "has",      "offered",  "gave",      "gives",  "provided", "delivered",
      "put",      "went",     "goes",      "made",   "emailed",  "tweeted"};
  return std::find(std::begin(kVerbs), std::end(kVerbs), word) !=
         std::end(kVerbs);
}

// The last word of a quotation that is not the mark of one inside: ...?’”
uint32_t LastButMarks(const Document& doc, WordRange inner) {
  uint32_t last = inner.end - 1;
  while (last > inner.begin && IsQuoteCharacter(MarkAt(doc, last))) --last;
  return last;
}

// The first word behind a quotation and its marks.
uint32_t Behind(const Document& doc, const QuotationIndex& quotations,
                int quotation) {
  const uint32_t end = quotations.InnerWords(quotation).end;
  const bool closed =
      end < doc.words.size() && quotations.ClosedBy(end) == quotation;
  return end + (closed ? 1 : 0);
}

// Whether a quotation is a paragraph of its own: a turn of a conversation.
bool IsParagraph(const Document& doc, const QuotationIndex& quotations,
                 int quotation) {
  const uint32_t begin = quotations.InnerWords(quotation).begin;
  const uint32_t behind = Behind(doc, quotations, quotation);
  const uint32_t paragraph = doc.words[begin].paragraph;
  return (begin < 2 || doc.words[begin - 2].paragraph != paragraph) &&
         (behind >= doc.words.size() ||
          doc.words[behind].paragraph != paragraph);
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
  const int least = IsParagraph(doc, quotations, quotation)
                        ? options.least_words_of_paragraph
                        : options.least_words;
  if (words < least || LooksLikeTitle(doc, inner)) return false;
  // A phrase whose closing mark was lost.
  if (quotations.quotation(quotation).end == QuotationEnd::kUnclosed &&
      doc.words[inner.begin].shape == Shape::kLower) {
    return false;
  }
  // A sentence ends with a mark, inside or right behind the quotation.
  if (IsClauseEnd(MarkAt(doc, LastButMarks(doc, inner)))) return true;
  if (quotations.quotation(quotation).end == QuotationEnd::kContinued) {
    return true;
  }
  if (doc.words[inner.begin].shape == Shape::kLower) return false;
  // More than one sentence, of which the last lost its stop.
  if (options.unstopped &&
      quotations.quotation(quotation).end == QuotationEnd::kClosed &&
      doc.words[inner.begin].sentence != doc.words[inner.end - 1].sentence) {
    return true;
  }
  const uint32_t behind = Behind(doc, quotations, quotation);
  return behind < doc.words.size() && IsClauseEnd(MarkAt(doc, behind));
}

QuotationLedger::QuotationLedger(const Document& doc,
                                 const QuotationIndex& quotations,
                                 const QuotationOptions& options)
    : doc_(doc),
      quotations_(quotations),
      options_(options),
      holder_(doc.words.size(), kNobody) {}

// Whether a quotation holds the whole claim, cue and all: its speaker reports
// what somebody has said ("I think | they knew"), which says nothing of who
// speaks.
bool QuotationLedger::IsInner(const WordClaim& claim) const {
  if (claim.cue.empty()) return false;
  const int quotation = quotations_.At(claim.cue.front());
  if (quotation < 0) return false;
  // "We are close, Reed said: the closing mark was lost, the words are Reed's.
  const QuotationEnd end = quotations_.quotation(quotation).end;
  if (end == QuotationEnd::kUnclosed ||
      (end == QuotationEnd::kContinued &&
       claim.content.front() == quotations_.InnerWords(quotation).begin)) {
    return false;
  }
  for (const auto* words : {&claim.cue, &claim.source, &claim.content}) {
    for (uint32_t w : *words) {
      if (quotations_.At(w) != quotation) return false;
    }
  }
  return true;
}

void QuotationLedger::Add(WordClaim claim) {
  if (options_.nested && IsInner(claim)) {
    direct_.push_back(false);
    claims_.push_back(std::move(claim));
    return;
  }
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

// The subject of the sentence that leads in a quotation: He released this
// statement: “...”. A pronoun or a name that opens the sentence; a longer
// phrase only up to a verb of publishing.
std::vector<uint32_t> QuotationLedger::LeadIn(int quotation) const {
  constexpr uint32_t kMostWords = 8;
  constexpr uint32_t kMostSentence = 60;
  uint32_t colon = quotations_.InnerWords(quotation).begin;
  if (colon > 0 && quotations_.OpenedBy(colon - 1) == quotation) --colon;
  if (colon == 0 || MarkAt(doc_, --colon) != U':') return {};
  uint32_t begin = colon;
  while (begin > 0 && colon - begin < kMostSentence &&
         doc_.words[begin - 1].sentence == doc_.words[colon].sentence) {
    --begin;
  }
  std::vector<uint32_t> source;
  for (uint32_t i = begin; i < colon && source.size() <= kMostWords; ++i) {
    if (holder_[i] != kNobody || doc_.words[i].quote != QuoteState::kOutside) {
      return {};
    }
    const std::string form = PlainForm(doc_, doc_.words[i]);
    if (i == begin && IsPronoun(form)) return {i};
    if (i == begin && IsFunctionWord(form) && form != "the" && form != "a" &&
        form != "his" && form != "her" && form != "their") {
      return {};
    }
    if (!source.empty() && IsPublishing(form)) return source;
    const Shape shape = doc_.words[i].shape;
    if (shape == Shape::kMark && MarkAt(doc_, i) != U'.') return {};
    source.push_back(i);
  }
  return {};
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

// Whether every claim that holds words of the range lies in it, cue and all.
bool QuotationLedger::HoldsWholeClaims(WordRange range) const {
  for (uint32_t i = range.begin; i < range.end; ++i) {
    if (holder_[i] < 0) continue;
    const WordClaim& claim = claims_[holder_[i]];
    if (claim.cue.empty() || claim.cue.front() < range.begin ||
        claim.cue.back() >= range.end) {
      return false;
    }
  }
  return true;
}

void QuotationLedger::ClaimTurns(LifeCheck* life) {
  for (const Turn& turn : FindTurns(doc_)) {
    if (Ended(life)) return;
    if (!IsFree(turn.speaker)) continue;
    if (!(options_.nested ? HoldsWholeClaims(turn.content)
                          : IsFree(turn.content))) {
      continue;
    }
    Add({{},
         Words(turn.speaker),
         Words(turn.content),
         options_.confidence,
         /*turn=*/true});
  }
}

void QuotationLedger::ClaimHeadline() {
  const auto turn = FindHeadlineTurn(doc_, claims_);
  if (!turn || !IsFree(turn->speaker) || !HoldsWholeClaims(turn->content)) {
    return;
  }
  Add({{}, Words(turn->speaker), Words(turn->content), options_.confidence});
}

void QuotationLedger::ClaimTheRest(LifeCheck* life) {
  if (options_.headlines) ClaimHeadline();
  ClaimTurns(life);
  for (int q = 0; q < quotations_.size(); ++q) {
    if (Ended(life)) return;
    if (!IsUnclaimed(q)) continue;
    WordClaim claim;
    claim.confidence = options_.confidence;
    claim.content = Words(quotations_.InnerWords(q));
    claim.source = Signature(q);
    if (claim.source.empty()) claim.source = LeadIn(q);
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
