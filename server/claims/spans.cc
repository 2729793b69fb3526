#include "server/claims/spans.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/types/span.h"
#include "server/claims/claim.h"
#include "server/claims/quotation_index.h"
#include "server/claims/scene.h"
#include "server/claims/word_set.h"
#include "server/text/abbreviations.h"
#include "server/text/document.h"
#include "server/text/quotations.h"
#include "server/text/span.h"
#include "server/text/unicode.h"
#include "server/text/windows.h"

namespace quoth {
namespace {

// Marks that do not belong to a span at whose edge they stand.
bool IsTrimmed(const Document& doc, uint32_t word) {
  switch (MarkAt(doc, word)) {
    case U',':
    case U'.':
    case U';':
    case U':':
    case U'—':
    case U'–':
    case U'-':
    case U'…':
    case U'(':
    case U')':
    case U'[':
    case U']':
    case U'?':
    case U'!':
    case U'*':
    case U'|':
    case U'•':
      return true;
    default:
      return false;
  }
}

// Whether something can be said with it: a letter, a digit, or money.
bool IsTelling(const Document& doc, uint32_t word) {
  if (doc.words[word].shape != Shape::kMark) return true;
  switch (MarkAt(doc, word)) {
    case U'$':
    case U'%':
    case U'€':
    case U'£':
      return true;
    default:
      return false;
  }
}

// Whether the full stop at `word` is part of the word before: "U.S.", "Jr.".
bool EndsAbbreviation(const Document& doc, uint32_t word, uint32_t begin) {
  constexpr uint32_t kMostParts = 8;  // U . S . A
  if (MarkAt(doc, word) != U'.') return false;
  uint32_t first = word;
  while (first > begin && word - first < kMostParts &&
         doc.words[first - 1].span.end == doc.words[first].span.begin &&
         (MarkAt(doc, first - 1) == U'.' ||
          doc.words[first - 1].shape != Shape::kMark)) {
    --first;
  }
  if (first == word) return false;
  const std::string_view form =
      doc.text.Slice({doc.words[first].span.begin, doc.words[word].span.begin});
  return AbbreviationKind(form) != Abbreviation::kNone;
}

// Whether the closing bracket at `last` was opened in [begin, last), but no
// further back than any bracket reaches.
bool ClosesBracket(const Document& doc, uint32_t begin, uint32_t last) {
  constexpr uint32_t kMostWords = 256;
  const char32_t close = MarkAt(doc, last);
  if (close != U')' && close != U']') return false;
  const char32_t open = close == U')' ? U'(' : U'[';
  if (last - begin > kMostWords) begin = last - kMostWords;
  int depth = 0;
  for (uint32_t i = begin; i < last; ++i) {
    depth += MarkAt(doc, i) == open;
    if (MarkAt(doc, i) == close && depth > 0) --depth;
  }
  return depth > 0;
}

bool IsTrimmedAtEnd(const Document& doc, const QuotationIndex& quotations,
                    WordRange run) {
  const uint32_t last = run.end - 1;
  return IsTrimmed(doc, last) && quotations.At(last) < 0 &&
         !EndsAbbreviation(doc, last, run.begin) &&
         !ClosesBracket(doc, run.begin, last);
}

// Makes the quotation marks of a piece balance; see the header.
class PieceMarks {
 public:
  PieceMarks(const Document& doc, const QuotationIndex& quotations)
      : doc_(doc), quotations_(quotations) {}

  // Trims marks that have no partner inside, and the pair around the whole.
  WordRange Trim(WordRange run) const {
    for (bool changed = true; changed && run.begin < run.end;) {
      const WordRange before = run;
      // An ellipsis that opens a quotation is the quotation's.
      while (run.begin < run.end && IsTrimmed(doc_, run.begin) &&
             !OpensQuotation(run.begin)) {
        ++run.begin;
      }
      while (run.end > run.begin && IsTrimmedAtEnd(doc_, quotations_, run)) {
        --run.end;
      }
      if (run.begin == run.end) break;
      TrimMarks(run);
      run.end = std::max(run.begin, run.end);
      changed = run.begin != before.begin || run.end != before.end;
    }
    return run;
  }

  // Takes in what belongs to the quotations at the edges: a mark whose partner
  // lies inside, and a quotation's own punctuation beside the mark.
  WordRange Complete(WordRange run) const {
    const int first = quotations_.At(run.begin);
    const int last = quotations_.At(run.end - 1);
    if (last >= 0) {
      const WordRange inner = quotations_.InnerWords(last);
      uint32_t end = run.end;
      while (end < inner.end && IsTrimmed(doc_, end)) ++end;
      if (end == inner.end) run.end = end;
    }
    if (first >= 0) {
      const WordRange inner = quotations_.InnerWords(first);
      uint32_t begin = run.begin;
      while (begin > inner.begin && IsTrimmed(doc_, begin - 1)) --begin;
      if (begin == inner.begin) run.begin = begin;
    }
    if (first == last) return run;
    if (run.begin > 0 && quotations_.OpenedBy(run.begin - 1) == first &&
        first >= 0) {
      --run.begin;
    }
    if (run.end < doc_.words.size() && last >= 0 &&
        quotations_.ClosedBy(run.end) == last) {
      ++run.end;
    }
    return run;
  }

 private:
  // Trims what has no partner at either edge, or has it at the other one.
  void TrimMarks(WordRange& run) const {
    if (quotations_.ClosedBy(run.begin) >= 0) ++run.begin;
    if (run.end > run.begin && quotations_.OpenedBy(run.end - 1) >= 0) {
      --run.end;
    }
    if (run.end <= run.begin) return;
    const int opened = quotations_.OpenedBy(run.begin);
    const int closed = quotations_.ClosedBy(run.end - 1);
    if (opened >= 0) {
      const uint32_t close = quotations_.InnerWords(opened).end;
      const bool has_close =
          close < doc_.words.size() && quotations_.ClosedBy(close) == opened;
      if (!has_close || close >= run.end || closed == opened) ++run.begin;
    }
    if (closed >= 0 && (closed == opened ||
                        quotations_.InnerWords(closed).begin <= run.begin)) {
      --run.end;
    }
  }

  bool OpensQuotation(uint32_t word) const {
    const int q = quotations_.At(word);
    return q >= 0 && quotations_.InnerWords(q).begin == word;
  }

  const Document& doc_;
  const QuotationIndex& quotations_;
};

bool IsMark(const Document& doc, uint32_t word) {
  return doc.words[word].shape == Shape::kMark;
}

bool IsQuotationMark(const QuotationIndex& quotations, uint32_t word) {
  return quotations.OpenedBy(word) >= 0 || quotations.ClosedBy(word) >= 0;
}

bool HasTelling(const Document& doc, WordRange run) {
  for (uint32_t w = run.begin; w < run.end; ++w) {
    if (IsTelling(doc, w)) return true;
  }
  return false;
}

bool FormIs(const Document& doc, uint32_t word,
            std::initializer_list<std::string_view> forms) {
  const std::string_view form = doc.text.Slice(doc.words[word].span);
  return std::find(forms.begin(), forms.end(), form) != forms.end();
}

// Words that join a noun phrase to what is no part of it.
bool IsConnective(const Document& doc, uint32_t word) {
  return FormIs(doc, word,
                {"who", "whom", "which", "and", "or", "but", "as", "while"});
}

// "of the": what is left of a phrase names nobody.
bool IsRemnant(const Document& doc, WordRange run) {
  for (uint32_t i = run.begin; i < run.end; ++i) {
    if (doc.words[i].shape != Shape::kMark &&
        !FormIs(doc, i,
                {"of", "the", "a", "an", "in", "on", "at", "by", "for", "from",
                 "with", "to", "as"})) {
      return false;
    }
  }
  return true;
}

bool IsWeekday(const Document& doc, uint32_t word) {
  return FormIs(doc, word,
                {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday",
                 "Saturday", "Sunday"});
}

// A source without the auxiliary at its end: "They" of "They've".
Span WithoutAuxiliary(const Document& doc, Span source, uint32_t last) {
  const std::string form = PlainForm(doc, doc.words[last]);
  const size_t at = form.find('\'');
  if (at == std::string::npos ||
      !IsOneOf(std::string_view(form).substr(0, at),
               {"i", "you", "he", "she", "it", "we", "they", "who"})) {
    return source;
  }
  source.end = doc.words[last].span.begin;
  while (source.end < doc.words[last].span.end &&
         !IsApostrophe(RepairC1(doc.text.at(source.end)))) {
    ++source.end;
  }
  return source;
}

// The first run of consecutive words.
WordRange FirstRun(absl::Span<const uint32_t> words) {
  if (words.empty()) return {};
  size_t n = 1;
  while (n < words.size() && words[n] == words[n - 1] + 1) ++n;
  return {words[0], words[n - 1] + 1};
}

std::optional<Span> SpanOf(const Document& doc, WordRange run) {
  if (run.begin == run.end) return std::nullopt;
  return Span{doc.words[run.begin].span.begin, doc.words[run.end - 1].span.end};
}

// Whether nothing but marks within a sentence stands between two words.
bool OnlyPunctuationBetween(const Document& doc, uint32_t a, uint32_t b) {
  if (doc.words[a].paragraph != doc.words[b].paragraph) return false;
  for (uint32_t i = a + 1; i < b; ++i) {
    if (!IsTrimmed(doc, i)) return false;
  }
  return true;
}

}  // namespace

std::vector<Span> ContentSpans(const Document& doc,
                               const QuotationIndex& quotations,
                               absl::Span<const uint32_t> words) {
  const PieceMarks marks(doc, quotations);
  std::vector<Span> spans;
  uint32_t used = 0;  // Words before this one are in a span already.
  for (size_t i = 0; i < words.size();) {
    size_t j = i + 1;
    while (j < words.size() &&
           OnlyPunctuationBetween(doc, words[j - 1], words[j])) {
      ++j;
    }
    WordRange run = marks.Trim({std::max(words[i], used), words[j - 1] + 1});
    i = j;
    // "announce a cut on | Monday": the day is left out, so is its preposition.
    if (run.end > run.begin + 1 && run.end < doc.words.size() &&
        FormIs(doc, run.end - 1, {"on"}) && IsWeekday(doc, run.end)) {
      --run.end;
    }
    if (!HasTelling(doc, run)) continue;
    run = marks.Complete(run);
    run.begin = std::max(run.begin, used);
    used = run.end;
    spans.push_back(
        {doc.words[run.begin].span.begin, doc.words[run.end - 1].span.end});
  }
  return spans;
}

std::optional<Span> CueSpan(const Document& doc,
                            absl::Span<const uint32_t> words) {
  WordRange run = FirstRun(words);
  while (run.begin < run.end && IsMark(doc, run.begin)) ++run.begin;
  while (run.end > run.begin && IsMark(doc, run.end - 1)) --run.end;
  return SpanOf(doc, run);
}

std::optional<Span> SourceSpan(const Document& doc,
                               const QuotationIndex& quotations,
                               absl::Span<const uint32_t> words) {
  WordRange run = FirstRun(words);
  const auto trimmed_at_begin = [&](uint32_t word) {
    return IsTrimmed(doc, word) || IsQuotationMark(quotations, word) ||
           IsConnective(doc, word);
  };
  const auto trimmed_at_end = [&](uint32_t word) {
    return IsTrimmedAtEnd(doc, quotations, run) ||
           quotations.OpenedBy(word) >= 0 || IsConnective(doc, word);
  };
  // A pronoun alone is a source of its own ("who said").
  const bool pronoun =
      run.end == run.begin + 1 && FormIs(doc, run.begin, {"who", "which"});
  if (pronoun) return SpanOf(doc, run);
  while (run.begin < run.end && trimmed_at_begin(run.begin)) ++run.begin;
  while (run.end > run.begin && trimmed_at_end(run.end - 1)) --run.end;
  // "a spokesman Friday said"
  if (run.end > run.begin + 1 && IsWeekday(doc, run.end - 1)) {
    --run.end;
    if (run.end > run.begin + 1 && FormIs(doc, run.end - 1, {"on", "late"})) {
      --run.end;
    }
    while (run.end > run.begin && trimmed_at_end(run.end - 1)) --run.end;
  }
  if (!HasTelling(doc, run) || IsRemnant(doc, run)) return std::nullopt;
  return WithoutAuxiliary(doc, *SpanOf(doc, run), run.end - 1);
}

ClaimType TypeOfContent(const Document& doc, const QuotationIndex& quotations,
                        absl::Span<const uint32_t> words) {
  int telling = 0, quoted = 0;
  for (uint32_t w : words) {
    if (!IsTelling(doc, w)) continue;
    ++telling;
    quoted += quotations.At(w) >= 0;
  }
  if (quoted == 0) return ClaimType::kIndirect;
  return quoted == telling ? ClaimType::kDirect : ClaimType::kMixed;
}

}  // namespace quoth
