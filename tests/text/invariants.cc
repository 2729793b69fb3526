#include "tests/text/invariants.h"

#include <algorithm>
#include <vector>

#include "absl/strings/str_cat.h"
#include "server/text/offsets.h"
#include "server/text/quote_marks.h"
#include "server/text/unicode.h"
#include "server/text/windows.h"

namespace quoth {
namespace {

// Returns from the caller with the condition's text if it does not hold.
#define QUOTH_PROMISE(condition, index)              \
  if (!(condition)) {                                \
    return absl::StrCat(#condition " at ", (index)); \
  }

std::string CheckText(const Text& text) {
  QUOTH_PROMISE(!FindInvalidUtf8(text.bytes()), 0);
  QUOTH_PROMISE(text.ByteOffset(0) == 0, 0);
  QUOTH_PROMISE(text.ByteOffset(text.size()) == text.bytes().size(),
                text.size());
  for (uint32_t i = 0; i < text.size(); ++i) {
    QUOTH_PROMISE(text.ByteOffset(i) < text.ByteOffset(i + 1), i);
    for (uint32_t b = text.ByteOffset(i); b < text.ByteOffset(i + 1); ++b) {
      QUOTH_PROMISE(text.CodePointAtByte(b) == i, i);
    }
  }
  return "";
}

std::string CheckOffsets(const Text& text) {
  const OffsetConverter utf8(text, OffsetUnit::kUtf8);
  const OffsetConverter utf16(text, OffsetUnit::kUtf16);
  const OffsetConverter utf32(text, OffsetUnit::kUtf32);
  QUOTH_PROMISE(utf16.ToUnits(0) == 0, 0);
  for (uint32_t i = 0; i < text.size(); ++i) {
    const uint32_t units = text.at(i) > 0xFFFF ? 2 : 1;
    QUOTH_PROMISE(utf8.ToUnits(i) == text.ByteOffset(i), i);
    QUOTH_PROMISE(utf16.ToUnits(i + 1) == utf16.ToUnits(i) + units, i);
    QUOTH_PROMISE(utf32.ToUnits(i) == i, i);
  }
  return "";
}

std::string CheckLayout(const Text& text, const Layout& layout) {
  uint32_t end = 0;
  for (const Span p : layout.paragraphs) {
    QUOTH_PROMISE(end <= p.begin && p.begin < p.end && p.end <= text.size(),
                  p.begin);
    QUOTH_PROMISE(!IsSpace(text.at(p.begin)) && !IsSpace(text.at(p.end - 1)),
                  p.begin);
    for (uint32_t i = p.begin; i < p.end; ++i) {
      QUOTH_PROMISE(!IsLineBreak(text.at(i)), i);
    }
    for (uint32_t i = end; i < p.begin; ++i) {
      QUOTH_PROMISE(IsSpace(text.at(i)), i);
    }
    end = p.end;
  }
  for (uint32_t i = end; i < text.size(); ++i) {
    QUOTH_PROMISE(IsSpace(text.at(i)), i);
  }
  end = 0;
  size_t paragraph = 0;
  for (const Span s : layout.sentences) {
    QUOTH_PROMISE(end <= s.begin && s.begin < s.end, s.begin);
    QUOTH_PROMISE(!IsSpace(text.at(s.begin)) && !IsSpace(text.at(s.end - 1)),
                  s.begin);
    for (uint32_t i = end; i < s.begin; ++i) {
      QUOTH_PROMISE(IsSpace(text.at(i)), i);
    }
    while (paragraph < layout.paragraphs.size() &&
           layout.paragraphs[paragraph].end <= s.begin) {
      ++paragraph;
    }
    QUOTH_PROMISE(paragraph < layout.paragraphs.size() &&
                      layout.paragraphs[paragraph].Contains(s),
                  s.begin);
    end = s.end;
  }
  for (uint32_t i = end; i < text.size(); ++i) {
    QUOTH_PROMISE(IsSpace(text.at(i)), i);
  }
  return "";
}

std::string CheckQuotations(const Text& text, const Layout& layout,
                            const QuotationMap& map) {
  std::vector<Quotation> open;
  size_t paragraph = 0;
  uint32_t begin = 0;
  int continued = 0;
  int continues = 0;
  for (const Quotation& q : map.quotations) {
    QUOTH_PROMISE(begin <= q.outer.begin && q.outer.begin < q.outer.end,
                  q.outer.begin);
    QUOTH_PROMISE(q.outer.begin < q.inner.begin &&
                      q.inner.begin <= q.inner.end && q.outer.Contains(q.inner),
                  q.outer.begin);
    QUOTH_PROMISE(IsQuoteCharacter(text.at(q.outer.begin)), q.outer.begin);
    if (q.end == QuotationEnd::kClosed) {
      QUOTH_PROMISE(q.inner.end < q.outer.end &&
                        IsQuoteCharacter(text.at(q.outer.end - 1)),
                    q.outer.begin);
    } else {
      QUOTH_PROMISE(q.inner.end == q.outer.end, q.outer.begin);
    }
    while (!open.empty() && open.back().outer.end <= q.outer.begin) {
      open.pop_back();
    }
    QUOTH_PROMISE(open.empty() || open.back().inner.Contains(q.outer),
                  q.outer.begin);
    QUOTH_PROMISE(q.depth == open.size() && q.depth < kMaxQuotationDepth,
                  q.outer.begin);
    open.push_back(q);
    while (paragraph < layout.paragraphs.size() &&
           layout.paragraphs[paragraph].end <= q.outer.begin) {
      ++paragraph;
    }
    QUOTH_PROMISE(paragraph < layout.paragraphs.size() &&
                      layout.paragraphs[paragraph].Contains(q.outer),
                  q.outer.begin);
    // Each is taken up by one that comes later.
    if (q.continues) ++continues;
    QUOTH_PROMISE(continues <= continued, q.outer.begin);
    if (q.end == QuotationEnd::kContinued) ++continued;
    begin = q.inner.begin;
  }
  QUOTH_PROMISE(continues == continued, continued);
  return "";
}

std::string CheckWords(const Document& doc, const Vocabulary& vocabulary) {
  uint32_t end = 0;
  uint32_t piece = 0;
  for (const Word& w : doc.words) {
    QUOTH_PROMISE(end <= w.span.begin && w.span.begin < w.span.end,
                  w.span.begin);
    QUOTH_PROMISE(w.paragraph < doc.layout.paragraphs.size() &&
                      doc.layout.paragraphs[w.paragraph].Contains(w.span),
                  w.span.begin);
    QUOTH_PROMISE(w.sentence < doc.layout.sentences.size() &&
                      doc.layout.sentences[w.sentence].Contains(w.span),
                  w.span.begin);
    QUOTH_PROMISE(w.piece_begin == piece && w.piece_begin < w.piece_end &&
                      w.piece_end - w.piece_begin <= kMaxWordPieces,
                  w.span.begin);
    QUOTH_PROMISE(static_cast<uint8_t>(w.shape) < 8, w.span.begin);
    const CharClass kind = ClassOf(doc.text.at(w.span.begin));
    QUOTH_PROMISE(kind != CharClass::kSpace && kind != CharClass::kIgnored,
                  w.span.begin);
    // Never between a character and its combining mark.
    QUOTH_PROMISE(w.span.end == doc.text.size() ||
                      ClassOf(doc.text.at(w.span.end)) != CharClass::kCombining,
                  w.span.end);
    end = w.span.end;
    piece = w.piece_end;
  }
  QUOTH_PROMISE(piece == doc.pieces.size(), piece);
  for (const int32_t id : doc.pieces) {
    QUOTH_PROMISE(id >= 0 && id < vocabulary.size(), id);
  }
  return "";
}

std::string CheckQuoteStates(const Document& doc) {
  // By the quotation map, the slow way round: for each word the outermost
  // quotation that holds it.
  size_t next = 0;
  const std::vector<Quotation>& all = doc.quotations.quotations;
  const Quotation* outermost = nullptr;
  for (const Word& w : doc.words) {
    while (next < all.size() && all[next].outer.begin <= w.span.begin) {
      const Quotation& q = all[next++];
      const bool inside =
          outermost != nullptr && q.outer.begin < outermost->outer.end;
      if (!inside) outermost = &q;
    }
    QuoteState state = QuoteState::kOutside;
    if (outermost != nullptr && w.span.begin < outermost->outer.end) {
      state = QuoteState::kInside;
      if (w.span.begin < outermost->inner.begin) state = QuoteState::kOpen;
      if (w.span.end > outermost->inner.end) state = QuoteState::kClose;
    }
    QUOTH_PROMISE(w.quote == state, w.span.begin);
  }
  return "";
}

std::string CheckWindows(const Document& doc, uint32_t max_pieces) {
  uint32_t end = 0;
  for (const WordRange& w : CutWindows(doc, max_pieces)) {
    QUOTH_PROMISE(w.begin == end && w.begin < w.end, w.begin);
    const uint32_t pieces =
        doc.words[w.end - 1].piece_end - doc.words[w.begin].piece_begin;
    QUOTH_PROMISE(pieces <= max_pieces, w.begin);
    end = w.end;
  }
  QUOTH_PROMISE(end == doc.words.size(), end);
  return "";
}

#undef QUOTH_PROMISE

}  // namespace

std::string FindBrokenPromise(const Document& doc, const Vocabulary& vocabulary,
                              uint32_t max_window_pieces) {
  for (const std::string& broken :
       {CheckText(doc.text), CheckOffsets(doc.text),
        CheckLayout(doc.text, doc.layout),
        CheckQuotations(doc.text, doc.layout, doc.quotations),
        CheckWords(doc, vocabulary), CheckQuoteStates(doc),
        CheckWindows(doc, max_window_pieces)}) {
    if (!broken.empty()) return broken;
  }
  return "";
}

Vocabulary SmallVocabulary() {
  std::string lines = "[PAD]\n[UNK]\n[CLS]\n[SEP]\n";
  for (char c = '!'; c <= '~'; ++c) {
    if (c >= 'A' && c <= 'Z') continue;
    absl::StrAppend(&lines, std::string(1, c), "\n##", std::string(1, c), "\n");
  }
  for (const char* piece :
       {"the",   "said", "close", "minister", "##s", "##ed", "em",
        "##bar", "##go", "“",     "”",        "‘",   "’",    "«",
        "»",     "„",    "—",     "…",        "é",   "£",    "##£",
        "中",    "##文", "don",   "we",       "are"}) {
    const std::string line = absl::StrCat(piece, "\n");
    if (lines.find("\n" + line) == std::string::npos) lines += line;
  }
  return *Vocabulary::FromLines(lines);
}

}  // namespace quoth
