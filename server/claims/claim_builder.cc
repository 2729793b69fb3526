#include "server/claims/claim_builder.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/types/span.h"
#include "server/claims/act.h"
#include "server/claims/circumstances.h"
#include "server/claims/claim.h"
#include "server/claims/context.h"
#include "server/claims/decoder.h"
#include "server/claims/life_check.h"
#include "server/claims/nesting.h"
#include "server/claims/quotation_index.h"
#include "server/claims/scene.h"
#include "server/claims/spans.h"
#include "server/text/document.h"
#include "server/text/span.h"
#include "server/text/unicode.h"

namespace quoth {
namespace {

// How many claims on either side of one may share its sentence.
constexpr size_t kNeighbours = 12;

std::string CueForm(const Document& doc, uint32_t word) {
  return PlainForm(doc, doc.words[word]);
}

// The last words in front of cue and source, down to a mark.
std::vector<std::string> WordsBefore(const Document& doc,
                                     const WordClaim& claim) {
  std::vector<std::string> words;
  uint32_t at = claim.cue.front();
  // Past the source and what stands between, if it is in front: "if | he says".
  if (!claim.source.empty() && claim.source.front() < at &&
      at - claim.source.back() <= kMaxWordsBeforeCue) {
    at = claim.source.front();
  }
  while (at-- > 0 && words.size() < kMaxWordsBeforeCue &&
         doc.words[at].sentence == doc.words[claim.cue.front()].sentence &&
         doc.words[at].shape != Shape::kMark) {
    words.push_back(CueForm(doc, at));
  }
  std::reverse(words.begin(), words.end());
  return words;
}

CueReading ReadCue(const Document& doc, const WordClaim& claim) {
  CueReading cue;
  for (uint32_t w : claim.cue) {
    if (doc.words[w].shape == Shape::kMark) continue;
    // "they'll": what stands behind the apostrophe is the auxiliary.
    std::string form = CueForm(doc, w);
    if (const size_t at = form.rfind('\'');
        at != std::string::npos && at > 0 && !form.ends_with("n't")) {
      cue.words.push_back(form.substr(0, at));
      form.erase(0, at);
    }
    cue.words.push_back(std::move(form));
  }
  if (claim.cue.empty()) return cue;
  cue.before = WordsBefore(doc, claim);
  for (uint32_t w : claim.source) cue.source.push_back(CueForm(doc, w));
  const uint32_t last = claim.cue.back();
  const uint32_t sentence = doc.words[last].sentence;
  for (auto next =
           std::upper_bound(claim.content.begin(), claim.content.end(), last);
       next != claim.content.end() && doc.words[*next].sentence == sentence &&
       cue.content.size() < kMaxCueContentWords;
       ++next) {
    cue.content.push_back(CueForm(doc, *next));
  }
  return cue;
}

// A turn of a transcript: what was said, to its last mark.
void SetTurn(const Document& doc, const WordClaim& words, Claim& claim) {
  const Word& last = doc.words[words.content.back()];
  claim.content = {
      {doc.words[words.content.front()].span.begin, last.span.end}};
  claim.type = ClaimType::kDirect;
}

// Whether a question mark ends the span, marks of quotation left out, or stands
// behind it: outside quotation marks, a span ends with its last word.
bool EndsWithQuestion(const Document& doc, Span span) {
  if (span.end < doc.text.size() && doc.text.at(span.end) == U'?') return true;
  for (uint32_t i = span.end; i-- > span.begin;) {
    switch (RepairC1(doc.text.at(i))) {
      case U'"':
      case U'\'':
      case U'”':
      case U'’':
      case U' ':
        continue;
      default:
        return doc.text.at(i) == U'?';
    }
  }
  return false;
}

// Whether what was taken for the source is whom the claim is addressed to, or
// the name behind a title there: "Mr. | Roe".
bool IsTheOneAsked(const Document& doc, const std::optional<Span>& source,
                   const std::optional<Span>& addressee) {
  if (!source || !addressee || addressee->begin > source->begin) return false;
  if (source->begin < addressee->end) return true;
  const std::string_view between =
      doc.text.Slice({addressee->end, source->begin});
  return between == " " || between == ". ";
}

// A demand's content begins behind the one who is to do it: "asked the council
// | to act".
void LeaveOutAddressee(const Document& doc, Claim& claim) {
  const std::optional<Span>& addressee = claim.context.addressee;
  Span& content = claim.content.front();
  if (claim.act != Act::kDirective || !addressee || !claim.cue ||
      claim.cue->begin >= content.begin || addressee->begin != content.begin) {
    return;
  }
  const uint32_t begin = addressee->end + 1;
  if (begin + 3 < content.end &&
      doc.text.Slice({addressee->end, begin + 3}) == " to ") {
    content.begin = begin;
  }
}

// By first content; those that were made first first.
void Sort(std::vector<Claim>& claims) {
  std::stable_sort(claims.begin(), claims.end(),
                   [](const Claim& a, const Claim& b) {
                     return a.content.front() < b.content.front();
                   });
}

}  // namespace

std::vector<Claim> BuildClaims(const Document& doc,
                               const QuotationIndex& quotations,
                               absl::Span<const WordClaim> word_claims,
                               const BuilderOptions& options) {
  const ContextFinder finder(doc, options.context_sentences);
  std::vector<Claim> claims;
  claims.reserve(word_claims.size());
  for (const WordClaim& words : word_claims) {
    if (Ended(options.life)) return {};
    Claim claim;
    claim.content = ContentSpans(doc, quotations, words.content);
    if (claim.content.empty()) continue;
    claim.type = TypeOfContent(doc, quotations, words.content);
    if (words.turn) SetTurn(doc, words, claim);
    claim.cue = CueSpan(doc, words.cue);
    claim.source = SourceSpan(doc, quotations, words.source);
    CueReading cue = ReadCue(doc, words);
    cue.quoted = claim.type == ClaimType::kDirect;
    cue.asks = EndsWithQuestion(doc, claim.content.back());
    claim.act = ClassifyAct(cue);
    claim.realis = ClassifyRealis(cue);
    claim.context = finder.Find(claim.content, claim.cue);
    // Not of a model whose weights make no number: NaN is not above 0 either.
    claim.confidence =
        words.confidence > 0 ? std::min(words.confidence, 1.0f) : 0.0f;
    claims.push_back(std::move(claim));
  }
  Sort(claims);
  for (size_t i = 0; i < claims.size(); ++i) {
    Claim& claim = claims[i];
    if (!claim.cue) continue;
    if (Ended(options.life)) return {};
    const size_t first = i > kNeighbours ? i - kNeighbours : 0;
    const Circumstances found = FindCircumstances(
        doc, claim, finder.SentenceAt(claim.cue->begin),
        absl::MakeConstSpan(claims).subspan(first, 2 * kNeighbours + 1));
    claim.context.addressee = found.addressee;
    claim.context.medium = found.medium;
    claim.context.time = found.time;
    // "Asked about it, she replied": she is not the one who asks.
    if (IsTheOneAsked(doc, claim.source, found.addressee)) {
      claim.context.addressee->end =
          std::max(found.addressee->end, claim.source->end);
      claim.source.reset();
    }
  }
  if (options.addressee_outside) {
    for (Claim& claim : claims) LeaveOutAddressee(doc, claim);
    Sort(claims);
  }
  FindParents(claims);
  return claims;
}

}  // namespace quoth
