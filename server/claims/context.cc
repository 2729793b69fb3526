#include "server/claims/context.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "absl/types/span.h"
#include "server/claims/claim.h"
#include "server/text/document.h"
#include "server/text/span.h"
#include "server/text/unicode.h"

namespace quoth {
namespace {

// The longest headline, in words and marks.
constexpr uint32_t kMaxHeadlineWords = 25;

// A headline and the standfirst below it.
constexpr size_t kMaxHeadlineParagraphs = 2;

// The last of `spans` that begins at or before `code_point`.
size_t IndexAt(const std::vector<Span>& spans, uint32_t code_point) {
  const auto behind = std::upper_bound(
      spans.begin(), spans.end(), code_point,
      [](uint32_t point, Span span) { return point < span.begin; });
  return behind == spans.begin() ? 0 : behind - spans.begin() - 1;
}

bool EndsLikeSentence(const Document& doc, Span paragraph) {
  for (uint32_t i = paragraph.end; i-- > paragraph.begin;) {
    switch (RepairC1(doc.text.at(i))) {
      case U'"':
      case U'\'':
      case U'”':
      case U'’':
      case U')':
      case U'»':
        continue;  // Marks that may follow the full stop.
      case U'.':
      case U':':
      case U';':
      case U',':
      case U'…':
        return true;
      default:
        return false;
    }
  }
  return false;
}

// The end of the short paragraphs without a full stop that the text opens
// with; 0 if it has none, or nothing else. Paragraphs without a word, as of a
// byte order mark, do not count.
uint32_t FindHeadlineEnd(const Document& doc) {
  const std::vector<Span>& paragraphs = doc.layout.paragraphs;
  uint32_t end = 0;
  size_t word = 0;
  size_t headlines = 0;
  for (size_t p = 0;
       headlines < kMaxHeadlineParagraphs && p + 1 < paragraphs.size(); ++p) {
    const size_t first = word;
    while (word < doc.words.size() &&
           doc.words[word].span.begin < paragraphs[p].end) {
      ++word;
    }
    if (word == first) continue;
    ++headlines;
    if (word - first > kMaxHeadlineWords ||
        EndsLikeSentence(doc, paragraphs[p])) {
      break;
    }
    end = paragraphs[p].end;
  }
  return word < doc.words.size() ? end : 0;
}

}  // namespace

ContextFinder::ContextFinder(const Document& doc, int context_sentences)
    : doc_(doc),
      context_sentences_(context_sentences),
      headline_end_(FindHeadlineEnd(doc)) {}

Span ContextFinder::SentenceAt(uint32_t code_point) const {
  return doc_.layout.sentences[IndexAt(doc_.layout.sentences, code_point)];
}

ClaimContext ContextFinder::Find(absl::Span<const Span> content,
                                 const std::optional<Span>& cue) const {
  uint32_t begin = content.front().begin;
  uint32_t last = content.back().end - 1;
  if (cue) {
    begin = std::min(begin, cue->begin);
    last = std::max(last, cue->end - 1);
  }
  const std::vector<Span>& sentences = doc_.layout.sentences;
  const std::vector<Span>& paragraphs = doc_.layout.paragraphs;
  const size_t first_sentence = IndexAt(sentences, begin);
  const size_t last_sentence = IndexAt(sentences, last);
  ClaimContext context;
  context.sentence = {sentences[first_sentence].begin,
                      sentences[last_sentence].end};
  context.paragraph = {paragraphs[IndexAt(paragraphs, begin)].begin,
                       paragraphs[IndexAt(paragraphs, last)].end};
  const size_t wanted = static_cast<size_t>(std::max(0, context_sentences_));
  if (const size_t n = std::min(wanted, first_sentence); n > 0) {
    context.before = Span{sentences[first_sentence - n].begin,
                          sentences[first_sentence - 1].end};
  }
  if (const size_t n = std::min(wanted, sentences.size() - 1 - last_sentence);
      n > 0) {
    context.after = Span{sentences[last_sentence + 1].begin,
                         sentences[last_sentence + n].end};
  }
  context.in_headline = last < headline_end_;
  return context;
}

}  // namespace quoth
