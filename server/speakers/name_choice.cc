#include "server/speakers/name_choice.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "server/speakers/states.h"
#include "server/speakers/synonyms.h"

namespace quoth {
namespace {

// Whether `m` names the referent more fully than what it has.
bool IsFuller(const Referent& referent, const NameMention& m) {
  if (referent.parts.empty()) return true;
  if (m.parts.size() != referent.parts.size()) {
    return m.parts.size() > referent.parts.size();
  }
  // "Liberal Democrats" is fuller than "Lib Dems".
  if (referent.kind == SpeakerKind::kPerson) return false;
  const auto letters = [](const NameParts& parts) {
    size_t sum = 0;
    for (std::string_view part : parts) sum += part.size();
    return sum;
  };
  return letters(m.parts) > letters(referent.parts) + 1;
}

// "Washington Post", "Bureau of Labor Statistics": what looks like a document
// by its last word, but is none.
bool NamesOrganization(const Token& last) {
  return (NounGroups(last.folded) & kMediumName) != 0 ||
         last.folded == "research" || last.folded == "statistics" ||
         last.folded == "studies";
}

// The word that says what a name names: "Commission" of "Commission on
// Debates".
uint32_t HeadOf(const TokenList& tokens, const NameMention& m) {
  for (uint32_t i = m.begin + 1; i < m.end; ++i) {
    if (!tokens[i].mark && tokens[i].facts.Has(kPreposition) &&
        !tokens[i].capital) {
      return i - 1;
    }
  }
  return m.end - 1;
}

// "Pope Francis", "Prince Harry": a single name that nobody goes by alone.
bool TakesTitle(const TokenList& tokens, const NameMention& m) {
  if (m.parts.size() != 1 || m.role_begin == m.begin) return false;
  const std::string_view title = tokens[m.begin - 1].folded;
  return tokens[m.begin - 1].capital &&
         (title == "pope" || title == "king" || title == "queen" ||
          title == "prince" || title == "princess" || title == "emperor");
}

// "Citizens for Ethics (CFE)": what has an acronym is no crowd.
bool IsAbbreviated(const TokenList& tokens, const NameMention& m) {
  return m.end + 2 < tokens.size() && tokens[m.end].folded == "(" &&
         tokens[m.end + 1].upper && tokens[m.end + 2].folded == ")";
}

// The letters that are Latin and beyond ASCII: U+00C0 to U+024F.
ptrdiff_t AccentsOf(std::string_view utf8) {
  return std::count_if(utf8.begin(), utf8.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0xC3 && byte <= 0xC9;
  });
}

// "Ill." of "Chicago, Ill."
bool IsStateBrief(const TokenList& tokens, const NameMention& m) {
  return m.end < tokens.size() && tokens[m.end].folded == "." &&
         tokens[m.end].glued && !StateOf(m.parts[0]).empty();
}

}  // namespace

void AddMention(const TokenList& tokens, const NameMention& m,
                Referent& referent) {
  ++referent.total_mentions;
  referent.evidence += m.person - m.organization;
  if (m.parts.size() > 1 && referent.full_mentions++ == 0) {
    referent.full_first = m.begin;
  }
  // "Jaros\u0142aw" rather than "Jaroslaw".
  if (referent.parts == m.parts && !TakesTitle(tokens, m)) {
    std::string name = TextOf(tokens, m.begin, m.end);
    if (AccentsOf(name) > AccentsOf(referent.name)) {
      referent.name = std::move(name);
    }
  }
  if (IsFuller(referent, m)) {
    referent.parts = m.parts;
    for (std::string_view part : m.parts) {
      referent.part_groups |= NounGroups(part);
    }
    referent.name =
        TextOf(tokens, TakesTitle(tokens, m) ? m.begin - 1 : m.begin, m.end);
    referent.place =
        m.parts.size() == 1
            ? tokens[m.begin].facts.Has(kPlace) || IsStateBrief(tokens, m)
            : tokens[m.begin].facts.Has(kGeographic) &&
                  !tokens[m.end - 1].facts.Has(kNamePart | kOrganizationNoun);
    referent.demonym =
        m.parts.size() == 1 && tokens[m.begin].facts.Has(kDemonym);
    if (referent.kind == SpeakerKind::kPerson && m.parts.size() > 1 &&
        tokens[m.begin].facts.Has(kGivenName)) {
      referent.name_gender = tokens[m.begin].facts.gender;
    }
    const Token& last = tokens[HeadOf(tokens, m)];
    if (referent.kind != SpeakerKind::kPerson &&
        last.facts.Has(kDocumentNoun) && !last.facts.Has(kOrganizationNoun) &&
        m.parts.size() > 1 && !NamesOrganization(last)) {
      referent.kind = SpeakerKind::kDocument;
    }
    // "House Democrats", "African-Americans", but not the Liberal Democrats.
    if (referent.kind == SpeakerKind::kOrganization && !last.upper &&
        last.facts.Has(kPeopleNoun) && last.facts.Has(kPluralNoun) &&
        !NamesOrganization(last) && !IsAbbreviated(tokens, m) &&
        m.parts.front() != "liberal" && m.parts.front() != "lib") {
      referent.kind = SpeakerKind::kUnnamed;
      referent.plural = true;
    }
  }
  if (m.gender != Gender::kUnknown) referent.title_gender = m.gender;
  for (uint32_t i = m.role_begin; i < m.begin; ++i) {
    if (!tokens[i].mark) AddRoleWord(tokens[i].folded, referent);
  }
  if (m.genus) AddRoleWord(tokens[m.begin - 1].folded, referent);
  referent.mentions.push_back(tokens.SpanOf(m.begin, m.end));
}

}  // namespace quoth
