// The words of a document as the speaker layer reads them: without possessive
// endings, folded, with what the word lists say of each.
//
//   TokenList tokens(doc);               // "Iran's spokesman"
//   tokens[0].folded;                    // "iran"
//   tokens[0].possessive;                // true
//   tokens[1].facts.Has(kPersonNoun);    // true
//
// Index i is the document's word i.

#ifndef QUOTH_SERVER_SPEAKERS_TOKENS_H_
#define QUOTH_SERVER_SPEAKERS_TOKENS_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "server/speakers/words.h"
#include "server/text/document.h"
#include "server/text/span.h"

namespace quoth {

struct Token {
  std::string_view folded;  // Without 's. Of a mark: its seen form.
  WordFacts facts;
  Span span;                // Without 's, in code points.
  bool mark = false;        // Punctuation or a symbol.
  bool capital = false;     // Begins with an upper-case letter.
  bool possessive = false;  // Followed by 's or, after an s, by '.
  bool upper = false;       // Two letters or more, all upper-case.
  bool glued = false;       // No white space before it.
  bool opens = false;  // The first word of a sentence, quotation or after a
                       // colon: its capital letter proves nothing.
};

// How often the document, headlines aside, has a word with a capital letter in
// the middle of a sentence, at the start of one, and in lower case.
struct CaseCount {
  uint32_t capital = 0;
  uint32_t opening = 0;  // With a capital letter that proves nothing.
  uint32_t lower = 0;

  // Whether it reads like a name: never in lower case, and seen in text that
  // is no headline.
  bool NameLike() const { return lower == 0 && capital + opening > 0; }
};

// Refers to the document, which must outlive it. One linear pass.
class TokenList {
 public:
  explicit TokenList(const Document& doc);
  TokenList(const TokenList&) = delete;
  TokenList& operator=(const TokenList&) = delete;

  const Document& doc() const { return doc_; }
  uint32_t size() const { return static_cast<uint32_t>(tokens_.size()); }
  const Token& operator[](uint32_t i) const { return tokens_[i]; }

  uint32_t sentence(uint32_t i) const { return doc_.words[i].sentence; }
  uint32_t paragraph(uint32_t i) const { return doc_.words[i].paragraph; }

  // Whether word i stands in a quotation, in double marks or single ones; the
  // marks belong to it.
  bool quoted(uint32_t i) const { return quote_[i] != QuoteState::kOutside; }

  // The same with its place: as Word::quote, but for quotations in single marks
  // too, and with the marks of inner quotations as kOpen and kClose.
  QuoteState quote(uint32_t i) const { return quote_[i]; }

  // The words of a sentence, half-open.
  uint32_t SentenceBegin(uint32_t sentence) const {
    return sentence_begin_[sentence];
  }
  uint32_t SentenceEnd(uint32_t sentence) const {
    return sentence_begin_[sentence + 1];
  }

  // Whether a sentence is written in title case or capitals, as headlines
  // are: capital letters prove nothing there.
  bool TitleCase(uint32_t sentence) const { return title_case_[sentence]; }

  CaseCount Cases(uint32_t i) const { return cases_[case_of_[i]]; }

  // The folded text of words [begin, end), which must not hold white space
  // between them: "amir-abdollahian".
  std::string_view Joined(uint32_t begin, uint32_t end) const;

  // The first word that ends behind code point `at`; size() if there is none.
  uint32_t WordAt(uint32_t at) const;

  // From the first to the last of words [begin, end), without 's.
  Span SpanOf(uint32_t begin, uint32_t end) const {
    return {tokens_[begin].span.begin, tokens_[end - 1].span.end};
  }

 private:
  const Document& doc_;
  std::string folded_;  // What the tokens refer to.
  std::vector<Token> tokens_;
  std::vector<QuoteState> quote_;
  std::vector<uint32_t> sentence_begin_;  // One more than there are sentences.
  std::vector<bool> title_case_;
  std::vector<CaseCount> cases_;
  std::vector<uint32_t> case_of_;  // Word -> index into cases_.
};

// The words of [begin, end) as they stand, white space made single blanks.
// Without a final possessive ending.
std::string TextOf(const TokenList& tokens, uint32_t begin, uint32_t end);

// Whether a word in lower case ends in -ed: it may be a verb, and ends a noun
// phrase then. "retired" and the like only describe.
bool IsParticiple(const Token& token);

}  // namespace quoth

#endif  // QUOTH_SERVER_SPEAKERS_TOKENS_H_
