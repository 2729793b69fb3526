#include "server/speakers/acronyms.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace quoth {
namespace {

constexpr size_t kMaxLetters = 10;

bool IsSmall(const Token& token) {
  return token.facts.Has(kPreposition | kDeterminer) || token.folded == "and";
}

std::string Initials(const TokenList& tokens, uint32_t begin, uint32_t end,
                     bool with_small) {
  std::string initials;
  for (uint32_t i = begin; i < end && initials.size() <= kMaxLetters; ++i) {
    const Token& token = tokens[i];
    if (token.mark || token.folded.empty()) continue;
    if (!with_small && IsSmall(token)) continue;
    // "UK Independence Party" is UKIP.
    if (token.upper && token.folded.size() <= 3) {
      initials += token.folded;
    } else {
      initials += token.folded[0];
    }
  }
  return initials;
}

// The folded letters of "(CBCP)" or "(PG&E)" from behind the bracket; none if
// anything else stands in it.
std::string AcronymAt(const TokenList& tokens, uint32_t i) {
  std::string letters;
  for (const uint32_t begin = i; i < tokens.size(); ++i) {
    const Token& token = tokens[i];
    if (token.folded == ")") return letters;
    const bool joins = token.folded == "&" || token.folded == "-";
    if (!token.glued || letters.size() > kMaxLetters || (i == begin && joins) ||
        !(joins || token.upper || (token.capital && token.span.size() == 1))) {
      return {};
    }
    if (!joins) letters += token.folded;
  }
  return {};
}

// One of the two words.
bool IsUnitedStates(const TokenList& tokens, uint32_t i, uint32_t end) {
  return tokens[i].folded == "united"
             ? i + 1 < end && tokens[i + 1].folded == "states"
             : i > 0 && tokens[i].folded == "states" &&
                   tokens[i - 1].folded == "united";
}

// "Company" of "Pacific Gas and Electric Company", which is PG&E.
bool IsLegalForm(std::string_view word) {
  return word == "company" || word == "corporation" || word == "inc" ||
         word == "ltd" || word == "limited" || word == "plc";
}

// The folded acronyms of four letters or more, without repetitions.
std::vector<std::string_view> FindAcronyms(const TokenList& tokens) {
  constexpr size_t kMost = 16;
  std::vector<std::string_view> acronyms;
  for (uint32_t i = 0; i < tokens.size() && acronyms.size() < kMost; ++i) {
    const std::string_view word = tokens[i].folded;
    if (tokens[i].upper && word.size() >= 4 && word.size() <= kMaxLetters &&
        !tokens.TitleCase(tokens.sentence(i)) &&
        std::find(acronyms.begin(), acronyms.end(), word) == acronyms.end()) {
      acronyms.push_back(word);
    }
  }
  return acronyms;
}

// The end of the name with small words inside that begins at `begin` and has
// one of the acronyms; `begin` if there is none.
uint32_t EndOfAbbreviated(const TokenList& tokens, uint32_t begin,
                          const std::vector<std::string_view>& acronyms) {
  const uint32_t limit = std::min(begin + kMaxNameWords,
                                  tokens.SentenceEnd(tokens.sentence(begin)));
  std::string initials;
  bool small = false;
  for (uint32_t i = begin; i < limit; ++i) {
    const Token& token = tokens[i];
    if (token.mark || token.upper || !(token.capital || IsSmall(token))) break;
    small = small || !token.capital;
    if (!token.capital) continue;
    initials += token.folded.substr(0, 1);
    if (small && (i + 1 == tokens.size() || !tokens[i + 1].capital) &&
        std::find(acronyms.begin(), acronyms.end(), initials) !=
            acronyms.end()) {
      return i + 1;
    }
  }
  return begin;
}

// Adds to `found` the names whose acronyms stand anywhere.
void AddNamesOfAcronyms(const TokenList& tokens,
                        std::vector<DefinedName>& found) {
  const std::vector<std::string_view> acronyms = FindAcronyms(tokens);
  if (acronyms.empty()) return;
  std::vector<DefinedName> all;
  auto next = found.begin();
  for (uint32_t i = 0; i < tokens.size();) {
    while (next != found.end() && next->begin < i) ++next;
    if (next != found.end() && next->begin == i) {
      all.push_back(*next);
      i = next->end;
      continue;
    }
    const Token& token = tokens[i];
    const uint32_t end = token.mark || !token.capital ||
                                 token.facts.Has(kGivenName | kTitle |
                                                 kPersonNoun | kDeterminer) ||
                                 tokens.TitleCase(tokens.sentence(i))
                             ? i
                             : EndOfAbbreviated(tokens, i, acronyms);
    // One in brackets goes before.
    if (end > i && (next == found.end() || end <= next->begin)) {
      all.push_back({i, end});
      i = end;
    } else {
      ++i;
    }
  }
  found = std::move(all);
}

}  // namespace

bool MatchesInitials(const TokenList& tokens, uint32_t begin, uint32_t end,
                     std::string_view written) {
  std::string acronym;
  for (char c : written.substr(0, 2 * kMaxLetters)) {
    if (c != '.' && c != '&') acronym += c;
  }
  if (acronym.size() < 2 || acronym.size() > kMaxLetters || end - begin < 2) {
    return false;
  }
  uint32_t core = begin;
  while (core < end &&
         (tokens[core].mark || tokens[core].span.size() == 1 ||
          tokens[core].facts.Has(kPlace | kDemonym | kBrand | kGeographic) ||
          IsUnitedStates(tokens, core, end))) {
    ++core;
  }
  const uint32_t bare = end - (IsLegalForm(tokens[end - 1].folded) ? 1 : 0);
  for (const uint32_t first : {begin, core}) {
    for (const uint32_t last : {end, bare}) {
      if (last < first + 2) continue;
      for (const bool with_small : {false, true}) {
        if (Initials(tokens, first, last, with_small) == acronym) return true;
      }
    }
  }
  return false;
}

std::vector<DefinedName> FindDefinedNames(const TokenList& tokens) {
  std::vector<DefinedName> found;
  for (uint32_t open = 2; open + 2 < tokens.size(); ++open) {
    if (tokens[open].folded != "(") continue;
    const std::string brief = AcronymAt(tokens, open + 1);
    if (brief.size() < 3 || brief.size() > kMaxLetters) continue;
    // Back through capitalised words and small ones, to the word at which the
    // initials are those in the brackets.
    const uint32_t sentence = tokens.sentence(open);
    const uint32_t least = found.empty() ? 0 : found.back().end;
    uint32_t begin = open;
    bool small = false;
    while (begin > least && open - begin < kMaxNameWords) {
      const Token& token = tokens[begin - 1];
      // "Bishops' Conference".
      const bool apostrophe = token.mark && token.glued && begin > 1 &&
                              tokens[begin - 2].possessive;
      if (tokens.sentence(begin - 1) != sentence ||
          !(token.capital || apostrophe || IsSmall(token))) {
        break;
      }
      --begin;
      if (token.mark) continue;
      small = small || !token.capital || token.possessive;
      const bool role = token.facts.Has(kTitle | kPersonNoun) &&
                        tokens[begin + 1].folded == "of";
      if (!token.capital || token.folded.substr(0, 1) != brief.substr(0, 1) ||
          role || token.facts.Has(kGivenName | kHonorific) ||
          !MatchesInitials(tokens, begin, open, brief)) {
        continue;
      }
      if (small) found.push_back({begin, open});
      break;
    }
  }
  AddNamesOfAcronyms(tokens, found);
  return found;
}

bool IsCutFrom(const TokenList& tokens, uint32_t begin, uint32_t end,
               std::string_view written) {
  std::string alias;
  for (char c : written) {
    if (c != '.' && c != '&' && c != '-') alias += c;
  }
  if (alias.empty() ||
      tokens[begin].folded.substr(0, 1) != alias.substr(0, 1)) {
    return false;
  }
  size_t at = 0;
  size_t words = 0;
  for (uint32_t i = begin; i < end; ++i) {
    const size_t before = at;
    for (const char c : tokens[i].folded) {
      if (at < alias.size() && alias[at] == c) ++at;
    }
    if (at > before) ++words;
  }
  return at == alias.size() && words > 1;
}

std::vector<std::pair<uint32_t, uint32_t>> FindBracketedAcronyms(
    const TokenList& tokens, const std::vector<NameMention>& names) {
  std::vector<std::pair<uint32_t, uint32_t>> pairs;
  for (uint32_t n = 0; n + 1 < names.size(); ++n) {
    const NameMention& a = names[n];
    const NameMention& b = names[n + 1];
    if (b.end >= tokens.size() || b.begin != a.end + 1) continue;
    if (tokens[a.end].folded != "(") continue;
    // What ends with its bracket is another name of what stands before it, if
    // it is no place or party ("(Ohio)") but made of its letters.
    const bool alias = b.parts.size() == 1 && a.parts.size() > 1 &&
                       tokens[b.end].folded == ")" && !a.IsPerson() &&
                       b.parts[0].size() > 2 &&
                       !tokens[b.begin].facts.Has(kPlace | kDemonym) &&
                       IsCutFrom(tokens, a.begin, a.end, b.parts[0]);
    if (alias || (b.parts.size() == 1 &&
                  MatchesInitials(tokens, a.begin, a.end, b.parts[0]))) {
      pairs.emplace_back(n, n + 1);
    } else if (a.parts.size() == 1 &&
               MatchesInitials(tokens, b.begin, b.end, a.parts[0])) {
      pairs.emplace_back(n + 1, n);
    }
  }
  return pairs;
}

}  // namespace quoth
