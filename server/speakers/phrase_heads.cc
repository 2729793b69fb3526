#include "server/speakers/phrase_heads.h"

#include <algorithm>
#include <string_view>

namespace quoth {
namespace {

bool IsGerund(std::string_view word) {
  return word.size() > 5 && word.substr(word.size() - 3) == "ing";
}

// Words that end the part of a phrase in which its head noun stands.
bool EndsHead(const TokenList& tokens, uint32_t i) {
  const Token& token = tokens[i];
  if (token.mark) {
    if (IsInNumber(tokens, i)) return false;
    return token.folded != "-" && token.folded != "." && token.folded != "'" &&
           token.folded != "\u2019" && token.folded != "$" &&
           token.folded != "%" && token.folded != "\"" &&
           token.folded != "\u201c" && token.folded != "\u201d" &&
           token.folded != "\u2018" && token.folded != "&" &&
           token.folded != "/";
  }
  // "the super PAC backing Jane Roe".
  if (i > 0 && !token.capital && IsGerund(token.folded) &&
      tokens[i - 1].facts.Has(kNounClasses | kNamePart)) {
    return true;
  }
  return token.facts.Has(kPreposition) || token.folded == "that" ||
         (token.facts.Has(kVerb) && !token.capital);
}

// "PAC", "Court": a word that only says what kind of organisation it is.
bool IsGenericName(const TokenList& tokens, const NameMention& m) {
  const WordFacts& facts = tokens[m.begin].facts;
  return m.parts.size() == 1 && facts.Has(kNamePart | kOrganizationNoun) &&
         !facts.Has(kBrand | kPlace | kGivenName);
}

// '"Broad City" star', 'the "Medicare for all" document': a name in quotation
// marks that a noun follows.
bool IsQuotedModifier(const TokenList& tokens, const NameMention& m,
                      uint32_t begin, uint32_t end) {
  if (m.begin == begin || tokens.quote(m.begin - 1) != QuoteState::kOpen) {
    return false;
  }
  uint32_t close = m.end;
  while (close < end && tokens.quote(close) != QuoteState::kClose) ++close;
  return close + 1 < end && !tokens[close + 1].mark &&
         IsNounAfterName(tokens, close + 1);
}

// "An Australian", "another Muslim", "the German": somebody, not the word for
// a country. "The French" are many.
bool IsOneOfPeople(const TokenList& tokens, const NameMention& m,
                   uint32_t begin) {
  if (m.begin != begin + 1 || m.parts.size() != 1 ||
      !tokens[m.begin].facts.Has(kDemonym)) {
    return false;
  }
  const std::string_view article = tokens[begin].folded;
  if (article == "the") {
    const std::string_view word = m.parts[0];
    return word.ends_with("an") || word.ends_with("i");
  }
  return article == "a" || article == "an" || article == "one" ||
         article == "another";
}

// "The South Carolina Republican": somebody of a state.
bool IsOfState(const TokenList& tokens, const NameMention& m, uint32_t begin) {
  const WordFacts& last = tokens[m.end - 1].facts;
  return m.begin == begin + 1 && tokens[begin].folded == "the" &&
         m.parts.size() > 1 && !tokens[m.end - 1].upper &&
         tokens[m.begin].facts.Has(kPlace | kGeographic) &&
         last.Has(kPersonNoun) && last.Has(kAdjectiveToo) &&
         !last.Has(kNamePart | kTitle);
}

// "The Doe and Roe campaigns": two that own the same.
bool SharesNoun(const TokenList& tokens, const std::vector<NameMention>& names,
                const NameMention& m, uint32_t end) {
  const std::string_view joint = tokens[m.end].folded;
  const uint32_t n = NameAt(names, m.end);
  if ((joint != "and" && joint != "nor" && joint != "or") ||
      n >= names.size() || names[n].begin != m.end + 1 || names[n].end >= end) {
    return false;
  }
  const WordFacts noun = LookUp(tokens[names[n].end].folded);
  return noun.Has(kPluralNoun) && noun.Has(kOrganizationNoun | kDocumentNoun);
}

// "Book publishing giant Macmillan".
bool FollowsGenus(const TokenList& tokens, const NameMention& m,
                  uint32_t begin) {
  for (uint32_t i = begin; i < m.begin; ++i) {
    if (tokens[i].mark || tokens[i].facts.Has(kPreposition)) return false;
  }
  return m.genus;
}

// "House of Representatives Speaker | Jane Roe": an office in capital letters.
bool FollowsOffice(const TokenList& tokens, const NameMention& m,
                   uint32_t begin, uint32_t end) {
  if (!m.titled || m.end != end) return false;
  for (uint32_t i = begin; i < m.role_begin; ++i) {
    if (!tokens[i].capital && tokens[i].folded != "of" &&
        tokens[i].folded != "the") {
      return false;
    }
  }
  return tokens[begin].capital;
}

// "FOIA reply": a noun that is a verb elsewhere, at the end of the phrase.
bool EndsInNoun(const TokenList& tokens, const NameMention& m, uint32_t end) {
  return m.end + 1 == end && !tokens[m.end].capital &&
         LookUp(tokens[m.end].folded).Has(kNounClasses);
}

}  // namespace

bool IsInNumber(const TokenList& tokens, uint32_t i) {
  return i > 0 && i + 1 < tokens.size() && tokens[i].glued &&
         tokens[i + 1].glued &&
         tokens.doc().words[i - 1].shape == Shape::kDigits &&
         tokens.doc().words[i + 1].shape == Shape::kDigits;
}

bool IsNounAfterName(const TokenList& tokens, uint32_t i) {
  const Token& token = tokens[i];
  if (token.mark) {
    return (token.folded == "-" || token.folded == "/") && token.glued &&
           i + 1 < tokens.size() && tokens[i + 1].glued;
  }
  // "BBC Two controller".
  if (token.capital && token.facts.Has(kQuantity) && i + 1 < tokens.size() &&
      !tokens[i + 1].mark && !tokens[i + 1].capital) {
    return true;
  }
  return !token.facts.Has(kPreposition | kVerb | kDeterminer | kPossessive |
                          kFunctionWord | kCalendar);
}

uint32_t HeadEnd(const TokenList& tokens, const std::vector<NameMention>& names,
                 uint32_t begin, uint32_t end) {
  uint32_t name = NameAt(names, begin);
  uint32_t i = begin;
  while (i < end) {
    while (name < names.size() && names[name].end <= i) ++name;
    if (name < names.size() && names[name].begin <= i && i < names[name].end) {
      i = std::min(end, names[name].end);
      continue;
    }
    // "secretary of state".
    if (tokens[i].folded == "of" && i + 1 < end &&
        tokens[i + 1].facts.Has(kDepartment) && i > begin &&
        tokens[i - 1].facts.Has(kTitle)) {
      i += 2;
      continue;
    }
    // "FOIA reply": a verb at the end is a noun.
    const bool noun =
        i + 1 == end && !tokens[i].capital && tokens[i].facts.Has(kNounClasses);
    if (i > begin && !noun && EndsHead(tokens, i)) return i;
    ++i;
  }
  return end;
}

bool IsHeadName(const TokenList& tokens, const std::vector<NameMention>& names,
                const NameMention& m, uint32_t begin, uint32_t end) {
  if (IsGenericName(tokens, m) || IsOneOfPeople(tokens, m, begin) ||
      IsOfState(tokens, m, begin)) {
    return false;
  }
  // "Proponents of the bill", "Fifty of ...": no name, only the first word.
  if (m.weak && m.end < end && !tokens[m.end].mark &&
      tokens.Cases(m.begin).capital == 0) {
    return false;
  }
  if (m.end < end) {
    if (tokens[m.end - 1].possessive) return false;
    if (IsNounAfterName(tokens, m.end)) return false;
    if (SharesNoun(tokens, names, m, end)) return false;
    if (IsQuotedModifier(tokens, m, begin, end)) return false;
    if (EndsInNoun(tokens, m, end)) return false;
  }
  const uint32_t front = std::max(begin, m.role_begin);
  // '"Fantastic Four" star Jane Roe'.
  if (m.titled && front > begin && tokens[front - 1].mark &&
      tokens.quote(front - 1) == QuoteState::kClose) {
    return true;
  }
  return HeadEnd(tokens, names, begin, front) >= front ||
         FollowsGenus(tokens, m, begin) ||
         FollowsOffice(tokens, m, begin, end) ||
         (front == begin + 1 && tokens[begin].facts.Has(kDeterminer));
}

bool EndsInFrontOfName(const TokenList& tokens, const NameMention& m,
                       uint32_t front) {
  constexpr int kSure = 3;
  const Token& before = tokens[front - 1];
  if (before.possessive) return false;
  if (before.mark) return before.folded == ")";
  return before.capital ||
         (m.person - m.organization >= kSure && !m.titled &&
          !before.facts.Has(kPreposition | kDeterminer | kVerb | kPossessive |
                            kFunctionWord));
}

}  // namespace quoth
