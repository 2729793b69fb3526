#include "server/speakers/name_weight.h"

#include <algorithm>
#include <string_view>

#include "server/speakers/name_runs.h"

namespace quoth {
namespace {

// "car maker Ford", "the charity Shelter": what kind of organisation a name
// is, right in front of it.
bool IsGenus(const TokenList& tokens, uint32_t begin) {
  if (begin == 0 || tokens[begin].opens) return false;
  const Token& before = tokens[begin - 1];
  return !before.mark && !before.capital && !before.possessive &&
         before.facts.Has(kOrganizationNoun) &&
         !before.facts.Has(kPluralNoun | kVerb | kPreposition);
}

// "BuzzFeed", "JPMorgan", but not "McDonald" or "DeAndre": a capital letter far
// inside the word, or two at its beginning.
bool IsCamelCase(const TokenList& tokens, uint32_t i) {
  constexpr size_t kFar = 4;
  if (tokens.doc().words[i].shape != Shape::kMixedUpper) return false;
  const std::string_view text = tokens.doc().text.Slice(tokens[i].span);
  const auto upper = [text](size_t k) {
    return k < text.size() && text[k] >= 'A' && text[k] <= 'Z';
  };
  const auto lower = [text](size_t k) {
    return k < text.size() && text[k] >= 'a' && text[k] <= 'z';
  };
  if (upper(0) && upper(1)) return text.size() > 3;
  for (size_t k = kFar; k < text.size(); ++k) {
    if (upper(k) && lower(k - 1)) return true;
  }
  return false;
}

// "Haitham bin Tariq", "Ursula von der Leyen": particles of persons' names
// alone.
bool HasInnerParticle(const TokenList& tokens, const NameMention& m) {
  for (uint32_t i = m.begin + 1; i + 1 < m.end; ++i) {
    for (std::string_view particle : {"bin", "bint", "ibn", "van", "von"}) {
      if (tokens[i].folded == particle) return true;
    }
  }
  return false;
}

// "fifteen-year-old Zoe", "a student named Wong".
bool FollowsAge(const TokenList& tokens, uint32_t begin) {
  return (begin >= 5 && tokens[begin - 1].folded == "old" &&
          tokens[begin - 3].folded == "year") ||
         (begin >= 2 && tokens[begin - 1].folded == "named" &&
          tokens[begin - 2].facts.Has(kPersonNoun));
}

// "the Trump campaign": the article is the noun's.
bool IsModifier(const TokenList& tokens, const NameMention& m) {
  if (m.end >= tokens.size() || tokens[m.end - 1].possessive ||
      tokens.sentence(m.end) != tokens.sentence(m.begin)) {
    return false;
  }
  const Token& next = tokens[m.end];
  return !next.mark && !next.capital && !next.facts.Has(kVerb | kPreposition) &&
         LookUp(next.folded)
             .Has(kPersonNoun | kPeopleNoun | kOrganizationNoun |
                  kDocumentNoun);
}

}  // namespace

void WeighName(const TokenList& tokens, NameMention& m) {
  m.genus = !m.titled && IsGenus(tokens, m.begin);
  const Token& first = tokens[m.begin];
  const Token& last = tokens[m.end - 1];
  const uint32_t words = static_cast<uint32_t>(m.parts.size());
  bool inner_initial = false, connector = false, part = false, places = true;
  bool initials = true;
  for (uint32_t i = m.begin; i < m.end; ++i) {
    const Token& token = tokens[i];
    initials = initials && token.span.size() == 1;
    if (token.mark) {
      connector = connector || token.folded == "&";
      continue;
    }
    if (IsInitial(token) && words > 1) inner_initial = true;
    const bool syllable = i > m.begin && tokens[i - 1].mark && token.glued;
    if (!token.capital && !token.facts.Has(kParticle) && !syllable) {
      connector = true;
    }
    // "Paul Sun-Hyung Lee".
    const bool glued = first.facts.Has(kGivenName) && i + 1 < m.end &&
                       tokens[i + 1].mark && tokens[i + 1].glued;
    if (token.facts.Has(kNamePart | kOrganizationNoun) && !glued &&
        !(i == m.begin && token.facts.Has(kGivenName))) {
      part = true;
    }
    places = places && token.facts.Has(kPlace | kDemonym);
  }
  if (m.titled) m.person += 4;
  if (m.genus) m.organization += 3;
  if (words >= 2 && first.facts.Has(kGivenName)) m.person += 3;
  if (last.facts.Has(kSuffix)) m.person += 3;
  if (inner_initial && words >= 2) m.person += 2;
  if (HasInnerParticle(tokens, m)) m.person += 3;
  // "the Volcker Rule", but "Vince Cable".
  if (last.facts.Has(kDocumentNoun) && !last.facts.Has(kGivenName | kSuffix) &&
      (words > 2 || (words == 2 && !first.facts.Has(kGivenName)))) {
    m.organization += 5;
  }
  if (FollowsAge(tokens, m.begin)) m.person += 4;
  // "Al Jazeera".
  if (words == 2 && first.facts.Has(kParticle) && last.facts.Has(kBrand)) {
    m.organization += 6;
  }
  if (words == 2 || words == 3) m.person += 1;
  if (part) m.organization += 4;
  if (connector) m.organization += 3;
  if (m.definite && !IsModifier(tokens, m)) m.organization += 2;
  if (places || initials) m.organization += 4;
  if (first.facts.Has(kGeographic | kDemonym) && words > 1) {
    m.organization += 3;  // "New York", "Saudi Arabia"
  }
  if (IsCamelCase(tokens, m.begin)) m.organization += 4;
  if (first.facts.Has(kBrand)) m.organization += words == 1 ? 4 : 2;
  if (words == 1 && tokens.doc().words[m.begin].shape == Shape::kUpper &&
      first.span.size() >= 2) {
    m.organization += 2;
  }
  // "Smith, 27," and "Smith, who ...".
  if (!last.possessive && m.end + 1 < tokens.size() &&
      tokens.sentence(m.end) == tokens.sentence(m.begin)) {
    uint32_t next = m.end;
    if (tokens[next].folded == "," && next + 1 < tokens.size()) ++next;
    const Token& token = tokens[next];
    if (next > m.end && tokens.doc().words[next].shape == Shape::kDigits &&
        token.span.size() == 2 && next + 1 < tokens.size() &&
        tokens[next + 1].folded == ",") {
      m.person += 3;
    }
    if (token.folded == "who") m.person += 2;
    // ", a senior analyst at ...": within four words.
    if (next > m.end) {
      const uint32_t stop = std::min(next + 5, tokens.size());
      for (uint32_t i = next; i < stop && !tokens[i].mark; ++i) {
        if (tokens[i].facts.Has(kPersonNoun)) {
          m.person += 2;
          break;
        }
        if (tokens[i].facts.Has(kVerb | kPreposition)) break;
      }
    }
  }
}

}  // namespace quoth
