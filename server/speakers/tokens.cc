#include "server/speakers/tokens.h"

#include <algorithm>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/match.h"
#include "absl/strings/string_view.h"
#include "server/text/seen_form.h"
#include "server/text/unicode.h"

namespace quoth {
namespace {

constexpr std::string_view kTypographicApostrophe = "\u2019";
// The same in Windows-1252 that was read as Latin-1.
constexpr std::string_view kRawApostrophe = "\xC2\x92";

absl::string_view ToAbsl(std::string_view s) {
  return absl::string_view(s.data(), s.size());
}

// The bytes of a possessive ending ("'s"), 0 if there is none.
size_t PossessiveBytes(std::string_view word) {
  if (word.empty() || (word.back() != 's' && word.back() != 'S')) return 0;
  const std::string_view stem = word.substr(0, word.size() - 1);
  for (std::string_view apostrophe :
       {std::string_view("'"), kTypographicApostrophe, kRawApostrophe}) {
    if (stem.size() > apostrophe.size() && stem.ends_with(apostrophe)) {
      return apostrophe.size() + 1;
    }
  }
  return 0;
}

bool IsApostropheMark(std::string_view mark) {
  return mark == "'" || mark == kTypographicApostrophe;
}

// Whether the word behind this mark may be capitalised for no other reason.
bool OpensSentence(std::string_view mark, QuoteState state) {
  return state == QuoteState::kOpen || mark == ":" || mark == "\u2014" ||
         mark == "\u2013" || mark == "\u2022" || mark == "*";
}

// The quotation state of every word, from the quotations of all styles.
std::vector<QuoteState> StatesOf(const Document& doc) {
  std::vector<QuoteState> states(doc.words.size(), QuoteState::kOutside);
  uint32_t outer = 0;  // The first word that may lie in the next quotation.
  for (const Quotation& quotation : doc.quotations.quotations) {
    uint32_t i = outer;
    while (i < doc.words.size() &&
           doc.words[i].span.begin < quotation.outer.begin) {
      ++i;
    }
    // Inner quotations begin behind outer ones; their words are looked at
    // again, at most once a level.
    outer = i;
    for (; i < doc.words.size() && doc.words[i].span.end <= quotation.outer.end;
         ++i) {
      const Span span = doc.words[i].span;
      if (span.end <= quotation.inner.begin) {
        states[i] = QuoteState::kOpen;
      } else if (span.begin >= quotation.inner.end) {
        states[i] = QuoteState::kClose;
      } else if (states[i] == QuoteState::kOutside) {
        states[i] = QuoteState::kInside;
      }
    }
  }
  return states;
}

// Whether the month at `i` is a surname: "Theresa May", "Mrs May", but not "in
// Austin May 5".
bool IsSurname(const std::vector<Token>& tokens, size_t i) {
  if (i == 0 || !tokens[i].capital) return false;
  const bool dated = i + 1 < tokens.size() && !tokens[i + 1].folded.empty() &&
                     tokens[i + 1].folded[0] >= '0' &&
                     tokens[i + 1].folded[0] <= '9';
  const Token& before =
      tokens[i - (i > 1 && tokens[i - 1].folded == "." ? 2 : 1)];
  return !dated && before.capital && !before.possessive &&
         (before.facts.Has(kHonorific) ||
          (before.facts.Has(kGivenName) && !before.facts.Has(kPlace)));
}

// Whether a month alone, where one of that surname is known, is none: "until
// May", "last May", "the end of May", "May 5".
bool IsMonth(const std::vector<Token>& tokens, size_t i) {
  if (i + 1 < tokens.size() && !tokens[i + 1].folded.empty() &&
      tokens[i + 1].folded[0] >= '0' && tokens[i + 1].folded[0] <= '9') {
    return true;
  }
  if (i == 0) return false;
  const std::string_view before = tokens[i - 1].folded;
  for (std::string_view word :
       {"in", "by", "until", "since", "last", "next", "this", "early", "late",
        "mid", "during", "end", "before", "from", "through", "-"}) {
    if (before == word) return true;
  }
  if (before == "of" && i > 1) {
    const std::string_view part = tokens[i - 2].folded;
    return part == "end" || part == "beginning" || part == "start" ||
           part == "month" || part == "middle";
  }
  return !before.empty() && before[0] >= '0' && before[0] <= '9';
}

// Makes "May" a name where it is one.
void FindMaysOfPeople(std::vector<Token>& tokens) {
  constexpr std::string_view kMay = "may";
  bool known = false;
  for (size_t i = 0; i < tokens.size() && !known; ++i) {
    known = tokens[i].folded == kMay && IsSurname(tokens, i);
  }
  if (!known) return;
  for (size_t i = 0; i < tokens.size(); ++i) {
    if (tokens[i].folded != kMay || !tokens[i].capital) continue;
    if (!IsSurname(tokens, i) && IsMonth(tokens, i)) continue;
    tokens[i].facts.classes &= ~(kCalendar | kVerb | kFunctionWord);
  }
}

}  // namespace

TokenList::TokenList(const Document& doc) : doc_(doc) {
  const std::vector<Word>& words = doc.words;
  const size_t n = words.size();
  quote_ = StatesOf(doc);
  tokens_.resize(n);
  case_of_.resize(n);
  title_case_.assign(doc.layout.sentences.size(), false);

  // Folded texts first, as offsets: folded_ moves while it grows.
  std::vector<std::pair<uint32_t, uint32_t>> where(n);
  folded_.reserve(doc.text.bytes().size());
  for (size_t i = 0; i < n; ++i) {
    const std::string_view slice = doc.text.Slice(words[i].span);
    const size_t possessive = PossessiveBytes(slice);
    const uint32_t begin = static_cast<uint32_t>(folded_.size());
    Token& token = tokens_[i];
    token.mark = words[i].shape == Shape::kMark;
    token.span = words[i].span;
    if (possessive != 0) token.span.end -= 2;
    token.possessive = possessive != 0;
    bool ascii = true;
    for (unsigned char c : slice) ascii = ascii && c < 0x80;
    if (ascii) {
      for (char c : slice) folded_ += c >= 'A' && c <= 'Z' ? c + 32 : c;
      where[i] = {begin, static_cast<uint32_t>(folded_.size() - possessive)};
    } else {
      const std::string_view stem = slice.substr(0, slice.size() - possessive);
      folded_ += token.mark ? SeenForm(stem) : FoldWord(stem);
      where[i] = {begin, static_cast<uint32_t>(folded_.size())};
    }
  }

  absl::flat_hash_map<absl::string_view, uint32_t> case_ids;
  case_ids.reserve(n);
  sentence_begin_.assign(doc.layout.sentences.size() + 1,
                         static_cast<uint32_t>(n));
  bool opens = true;
  for (size_t i = n; i-- > 0;) {
    sentence_begin_[words[i].sentence] = static_cast<uint32_t>(i);
  }
  for (size_t s = doc.layout.sentences.size(); s-- > 0;) {
    sentence_begin_[s] = std::min(sentence_begin_[s], sentence_begin_[s + 1]);
  }
  for (size_t i = 0; i < n; ++i) {
    Token& token = tokens_[i];
    token.folded = std::string_view(folded_).substr(
        where[i].first, where[i].second - where[i].first);
    token.glued = i > 0 && words[i - 1].span.end == words[i].span.begin;
    const Shape shape = words[i].shape;
    token.upper = shape == Shape::kUpper && token.span.size() > 1;
    token.capital = shape == Shape::kCapitalized || shape == Shape::kUpper ||
                    shape == Shape::kSingleLetter ||
                    shape == Shape::kMixedUpper;
    if (!token.folded.empty() && token.folded[0] >= '0' &&
        token.folded[0] <= '9') {
      token.capital = false;
    }
    if (i == 0 || words[i].sentence != words[i - 1].sentence) opens = true;
    if (token.mark) {
      if (OpensSentence(token.folded, quote_[i])) opens = true;
      if (i > 0 && token.glued && IsApostropheMark(token.folded) &&
          quote_[i] != QuoteState::kClose && quote_[i] != QuoteState::kOpen &&
          !tokens_[i - 1].mark &&
          absl::EndsWith(ToAbsl(tokens_[i - 1].folded), "s")) {
        tokens_[i - 1].possessive = true;
      }
      continue;
    }
    token.opens = opens;
    opens = false;
    token.facts = LookUp(token.folded);
    if (token.facts.pronoun == PronounKind::kNone && token.folded.size() < 8 &&
        token.folded.find('\'') != std::string_view::npos) {
      token.facts.pronoun = PronounOf(token.folded);
      // "they've": the word is "they".
      if (token.facts.pronoun != PronounKind::kNone) {
        token.folded = token.folded.substr(0, token.folded.find('\''));
        token.span.end = token.span.begin;
        while (token.span.end < words[i].span.end &&
               !IsApostrophe(RepairC1(doc.text.at(token.span.end)))) {
          ++token.span.end;
        }
      }
    }
  }

  FindMaysOfPeople(tokens_);

  // Title case: nearly all words but the small ones are capitalised.
  for (size_t s = 0; s + 1 < sentence_begin_.size(); ++s) {
    uint32_t capital = 0, lower = 0;
    for (uint32_t i = sentence_begin_[s]; i < sentence_begin_[s + 1]; ++i) {
      const Token& token = tokens_[i];
      if (token.mark || token.span.size() < 3 || token.opens ||
          words[i].shape == Shape::kDigits ||
          token.facts.Has(kFunctionWord | kPreposition | kParticle)) {
        continue;
      }
      // A verb in lower case is worth more: "We saw Jane Doe and Ann Poe".
      if (token.capital) {
        ++capital;
      } else {
        lower += token.facts.Has(kVerb) ? 3 : 1;
      }
    }
    title_case_[s] = capital >= 3 && capital >= 6 * lower;
  }
  for (size_t i = 0; i < n; ++i) {
    const auto [it, inserted] = case_ids.try_emplace(
        ToAbsl(tokens_[i].folded), static_cast<uint32_t>(cases_.size()));
    if (inserted) cases_.emplace_back();
    case_of_[i] = it->second;
    if (tokens_[i].mark) continue;
    CaseCount& count = cases_[it->second];
    if (!tokens_[i].capital) {
      ++count.lower;
    } else if (!title_case_[words[i].sentence]) {
      ++(tokens_[i].opens ? count.opening : count.capital);
    }
  }
}

std::string_view TokenList::Joined(uint32_t begin, uint32_t end) const {
  const char* first = tokens_[begin].folded.data();
  const std::string_view last = tokens_[end - 1].folded;
  return std::string_view(
      first, static_cast<size_t>(last.data() + last.size() - first));
}

uint32_t TokenList::WordAt(uint32_t at) const {
  auto it = std::partition_point(
      doc_.words.begin(), doc_.words.end(),
      [at](const Word& word) { return word.span.end <= at; });
  return static_cast<uint32_t>(it - doc_.words.begin());
}

std::string TextOf(const TokenList& tokens, uint32_t begin, uint32_t end) {
  std::string text;
  for (uint32_t i = begin; i < end; ++i) {
    const Token& token = tokens[i];
    const bool gap =
        i > begin && tokens.doc().words[i - 1].span.end < token.span.begin;
    if (gap) text += ' ';
    const Span span = i + 1 == end ? token.span : tokens.doc().words[i].span;
    text += tokens.doc().text.Slice(span);
  }
  return text;
}

bool IsParticiple(const Token& token) {
  const std::string_view word = token.folded;
  return !token.capital && word.size() > 4 &&
         word.substr(word.size() - 2) == "ed" && !token.facts.Has(kRankWord) &&
         word != "disgraced" && word != "embattled" && word != "appointed" &&
         word != "elected";
}

}  // namespace quoth
