#include "server/speakers/acronyms.h"

#include <string>

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

}  // namespace

bool MatchesInitials(const TokenList& tokens, uint32_t begin, uint32_t end,
                     std::string_view written) {
  std::string acronym;
  for (char c : written.substr(0, 2 * kMaxLetters)) {
    if (c != '.') acronym += c;
  }
  if (acronym.size() < 2 || acronym.size() > kMaxLetters || end - begin < 2) {
    return false;
  }
  uint32_t core = begin;
  while (core < end && (tokens[core].mark || tokens[core].span.size() == 1 ||
                        tokens[core].facts.Has(kPlace | kDemonym | kBrand))) {
    ++core;
  }
  for (const uint32_t first : {begin, core}) {
    for (const bool with_small : {false, true}) {
      if (Initials(tokens, first, end, with_small) == acronym) return true;
    }
  }
  return false;
}

std::vector<std::pair<uint32_t, uint32_t>> FindBracketedAcronyms(
    const TokenList& tokens, const std::vector<NameMention>& names) {
  std::vector<std::pair<uint32_t, uint32_t>> pairs;
  for (uint32_t n = 0; n + 1 < names.size(); ++n) {
    const NameMention& a = names[n];
    const NameMention& b = names[n + 1];
    if (b.end >= tokens.size() || b.begin != a.end + 1) continue;
    if (tokens[a.end].folded != "(") continue;
    if (b.parts.size() == 1 &&
        MatchesInitials(tokens, a.begin, a.end, b.parts[0])) {
      pairs.emplace_back(n, n + 1);
    } else if (a.parts.size() == 1 &&
               MatchesInitials(tokens, b.begin, b.end, a.parts[0])) {
      pairs.emplace_back(n + 1, n);
    }
  }
  return pairs;
}

}  // namespace quoth
