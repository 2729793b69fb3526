#include "server/speakers/mentions.h"

#include <algorithm>
#include <utility>

#include "server/speakers/acronyms.h"
#include "server/speakers/name_runs.h"
#include "server/speakers/name_weight.h"
#include "server/speakers/synonyms.h"

namespace quoth {
namespace {

// Words [begin, end) of one name candidate, before titles are split off.
struct Run {
  uint32_t begin = 0;
  uint32_t end = 0;
};

bool IsRole(const Token& token) {
  // "CREW", "AIDES": an acronym, unless a title is meant ("CEO").
  if (token.upper && token.span.size() > 2 && !token.facts.Has(kTitle)) {
    return false;
  }
  // "US", which is among the words for people as "us".
  if (token.facts.pronoun != PronounKind::kNone) return false;
  return token.facts.Has(kTitle | kPersonNoun | kPeopleNoun) &&
         !token.facts.Has(kSuffix | kDemonym);
}

bool HasNamePart(const TokenList& tokens, uint32_t begin, uint32_t end) {
  for (uint32_t i = begin; i < end; ++i) {
    if (tokens[i].facts.Has(kNamePart)) return true;
  }
  return false;
}

// Whether the words name an organisation and no person.
bool IsOrganization(const TokenList& tokens, uint32_t begin, uint32_t end) {
  bool part = false;
  for (uint32_t i = begin; i < end; ++i) {
    if (tokens[i].facts.Has(kGivenName | kPersonNoun | kTitle)) return false;
    part = part || tokens[i].facts.Has(kNamePart);
  }
  return part;
}

bool HasGivenName(const TokenList& tokens, uint32_t begin, uint32_t end) {
  for (uint32_t i = begin; i < end; ++i) {
    if (tokens[i].facts.Has(kGivenName)) return true;
  }
  return false;
}

bool EndsOtherName(const Token& token) {
  return !token.mark && (token.upper || token.facts.Has(kPlace | kNamePart |
                                                        kBrand | kDemonym));
}

// Where the name proper begins in a run: behind its last title or role. Equal
// to run.end if the run ends in a role ("Supreme Leader").
uint32_t NameBegin(const TokenList& tokens, Run run) {
  uint32_t begin = run.begin;
  for (uint32_t i = run.begin; i < run.end; ++i) {
    const Token& token = tokens[i];
    if (!IsRole(token)) continue;
    // "Mr. King".
    if (i > run.begin && i + 1 == run.end && i == begin &&
        tokens[i - (tokens[i - 1].mark && i > run.begin + 1 ? 2 : 1)].facts.Has(
            kHonorific)) {
      continue;
    }
    // "CEO Masayoshi Son": behind a title stands a name.
    if (begin > run.begin && i == begin + 1 && i + 1 == run.end &&
        !token.facts.Has(kTitle) && tokens[begin].facts.classes == 0 &&
        !tokens[begin].mark) {
      continue;
    }
    // "Associated Press", "Republican National Committee", "Farmers Union".
    if (token.facts.Has(kNamePart) && i > begin && i + 1 == run.end) continue;
    // "the Daily Caller".
    if (i > begin && i + 1 == run.end && run.begin > 0 &&
        tokens[run.begin - 1].folded == "the" && !token.facts.Has(kTitle) &&
        (NounGroups(tokens[i - 1].folded) & kMediumName) != 0) {
      continue;
    }
    // "the Directorate General of Civil Aviation".
    if (token.folded == "general" && i > begin && i + 1 < run.end &&
        tokens[i - 1].facts.Has(kNamePart)) {
      continue;
    }
    // "Member of Parliament" is none.
    const bool of = i + 1 < run.end && tokens[i + 1].folded == "of" &&
                    token.facts.Has(kPersonNoun);
    if (!token.facts.Has(kHonorific) && !of &&
        IsOrganization(tokens, i + 1, run.end)) {
      continue;
    }
    // "Martin Luther King", "Tim Cook".
    const bool after_given = i > begin && tokens[i - 1].facts.Has(kGivenName) &&
                             !tokens[i - 1].facts.Has(kPlace);
    // "Transport and Bridges Minister Jane Roe": no surname but an office.
    const bool office = token.facts.Has(kTitle) && i + 3 == run.end &&
                        tokens[run.end - 2].facts.Has(kGivenName) &&
                        !tokens[run.end - 1].facts.Has(kNamePart | kSuffix);
    if (after_given && !office &&
        (!token.facts.Has(kHonorific) || i + 1 == run.end)) {
      continue;
    }
    // "Department of Justice".
    if (token.facts.Has(kDepartment) && i > begin + 1 &&
        !tokens[i - 1].capital && !tokens[i - 1].mark) {
      continue;
    }
    // "Dean Baker", "PC Dean Baker".
    if (token.facts.Has(kGivenName) && i + 1 < run.end &&
        (i == begin || (i == begin + 1 && tokens[begin].upper)) &&
        (i + 2 == run.end || !token.facts.Has(kTitle))) {
      continue;
    }
    begin = i + 1;
    if (begin < run.end && tokens[begin].folded == ".") ++begin;
    // "... of State", "... for Foreign Affairs", "... of the Treasury".
    if (begin < run.end &&
        (tokens[begin].folded == "of" || tokens[begin].folded == "for")) {
      uint32_t j = begin + 1;
      while (j < run.end &&
             (!tokens[j].capital ||
              tokens[j].facts.Has(kDepartment | kNamePart | kDemonym |
                                  kOrganizationNoun | kPlace) ||
              tokens[j].folded == "foreign" || tokens[j].folded == "home") &&
             !(tokens[j].facts.Has(kGivenName) && j + 1 < run.end)) {
        ++j;
      }
      // "Minister of Information Jane Ann Roe": one word more, if two or more
      // are left for the name.
      if (j == begin + 1 && j + 2 < run.end && !tokens[j].mark &&
          tokens[j].capital && !tokens[j].facts.Has(kGivenName) &&
          !tokens[j + 1].mark && tokens[j + 1].capital &&
          token.facts.Has(kTitle)) {
        ++j;
      }
      begin = j;
      i = std::max(i, j == 0 ? 0 : j - 1);
    }
  }
  // "Ku Klux Klan Grand Wizard David Duke": a given name after two words or
  // more, of which none is one.
  if (begin == run.begin && run.end - begin >= 4) {
    uint32_t given = begin;
    while (given < run.end && !tokens[given].facts.Has(kGivenName)) ++given;
    if (given >= begin + 2 && given + 2 <= run.end && !tokens[given - 1].mark &&
        tokens[given - 1].capital && !HasNamePart(tokens, given, run.end)) {
      begin = given;
    }
  }
  // "Broadcaster Jane Roe said": what she is, first in its sentence.
  if (begin == run.begin && run.end >= begin + 3 && tokens[begin].opens &&
      tokens[begin].facts.Has(kOrganizationNoun) &&
      !tokens[begin].facts.Has(kNamePart | kGivenName) &&
      tokens[begin + 1].facts.Has(kGivenName)) {
    ++begin;
  }
  // "NASA Bill Roe", "the United States Jane Roe": a given name and a surname
  // behind the end of another name.
  if (begin == run.begin && run.end >= begin + 3) {
    const uint32_t given = run.end - 2;
    const Token& before = tokens[given - 1];
    // A given name that is in no list: whose surname stands alone elsewhere.
    const bool surname = run.end >= begin + 4 && !tokens[given].mark &&
                         tokens[given].facts.classes == 0 &&
                         tokens[given + 1].facts.classes == 0 &&
                         tokens.Cases(given + 1).capital > 1;
    if ((tokens[given].facts.Has(kGivenName) || surname) &&
        !tokens[given].facts.Has(kPlace | kBrand) && !tokens[given + 1].mark &&
        !tokens[given + 1].facts.Has(kNamePart | kSuffix | kGeographic) &&
        EndsOtherName(before) && !HasGivenName(tokens, begin, given)) {
      begin = given;
    }
  }
  return begin;
}

void CollectParts(const TokenList& tokens, uint32_t begin, uint32_t end,
                  NameParts& parts) {
  for (uint32_t i = begin; i < end;) {
    const Token& token = tokens[i];
    if (token.mark || (!token.capital && !token.facts.Has(kParticle))) {
      ++i;
      continue;
    }
    uint32_t j = i + 1;
    // "U.S.", "J.D.": initials without white space are one part.
    while (IsInitial(tokens[j - 1]) && j + 1 < end && tokens[j].glued &&
           tokens[j].folded == "." && tokens[j + 1].glued &&
           IsInitial(tokens[j + 1])) {
      j += 2;
    }
    if (j > i + 1 && j < end && tokens[j].folded == ".") ++j;
    if (j + 1 < end && IsDomainEnd(tokens, j)) j += 2;
    while (j + 1 < end && tokens[j].mark && tokens[j].glued &&
           tokens[j + 1].glued && tokens[j].folded != "." &&
           tokens[j].folded != ",") {
      j += 2;
    }
    parts.push_back(tokens.Joined(i, j));
    i = j;
  }
}

// Whether the first word of a sentence is there as a verb or an adverb, not as
// the beginning of a name.
bool IsOpeningVerb(const TokenList& tokens, uint32_t i) {
  const Token& token = tokens[i];
  const CaseCount cases = tokens.Cases(i);
  if (cases.capital > 0) return false;
  // "Will Steffen said", but "Will Sanders run?".
  if (token.facts.Has(kGivenName) && token.facts.Has(kVerb)) {
    const uint32_t end = tokens.SentenceEnd(tokens.sentence(i));
    return tokens[end - 1].folded == "?";
  }
  if (cases.lower > 0 || token.facts.Has(kVerb | kFunctionWord)) return true;
  if (token.facts.Has(kGivenName | kPlace | kBrand | kTitle)) return false;
  const std::string_view word = token.folded;
  const auto ends = [word](std::string_view ending) {
    return word.size() > ending.size() + 2 &&
           word.substr(word.size() - ending.size()) == ending;
  };
  return ends("ed") || ends("ing") || ends("ly");
}

// Adds what lies in [begin, end) of a run as one mention.
void AddMention(const TokenList& tokens, Run run, uint32_t begin, bool weak,
                std::vector<NameMention>& mentions) {
  NameMention m;
  m.begin = begin;
  m.end = run.end;
  while (m.end > m.begin && tokens[m.end - 1].mark &&
         tokens[m.end - 1].folded != ".") {
    --m.end;
  }
  if (m.end == m.begin) return;
  CollectParts(tokens, m.begin, m.end, m.parts);
  if (m.parts.empty()) return;
  m.role_begin =
      FindRoleBegin(tokens, m.begin,
                    run.begin > kMaxRoleWords ? run.begin - kMaxRoleWords : 0);
  // "director of the Zed Society": the office is none of the society's.
  if (IsOrganization(tokens, m.begin, m.end)) {
    for (uint32_t i = m.role_begin; i < m.begin; ++i) {
      if (tokens[i].facts.Has(kPreposition)) m.role_begin = m.begin;
    }
  }
  for (uint32_t i = m.role_begin; i < m.begin; ++i) {
    const WordFacts& facts = tokens[i].facts;
    if (facts.Has(kTitle | kPersonNoun) && facts.gender != Gender::kUnknown &&
        !facts.Has(kGivenName)) {
      m.gender = facts.gender;
    }
  }
  m.titled = m.role_begin < m.begin;
  m.weak = weak;
  m.definite = m.begin > 0 && tokens[m.begin - 1].folded == "the";
  WeighName(tokens, m);
  mentions.push_back(std::move(m));
}

// "herpetologist": a noun in no list that can be nothing else.
bool EndsAsProfession(const Token& token) {
  const std::string_view word = token.folded;
  return !token.capital && !token.mark && word.size() > 6 &&
         word.substr(word.size() - 3) == "ist" &&
         !token.facts.Has(kFunctionWord | kVerb);
}

}  // namespace

uint32_t FindRoleBegin(const TokenList& tokens, uint32_t begin,
                       uint32_t least) {
  if (begin == 0) return begin;
  const uint32_t sentence = tokens.sentence(begin);
  uint32_t i = begin;
  // The word right in front must be a title or role; "of State" may follow.
  uint32_t role = i - 1;
  if (tokens[role].folded == "." && role > 0) --role;
  uint32_t office = role;
  while (office > least && office + 6 > begin &&
         (!IsRole(tokens[office]) || tokens[office].facts.Has(kDepartment)) &&
         !tokens[office].possessive &&
         (tokens[office].facts.Has(kDepartment) || tokens[office].capital ||
          tokens[office].folded == "and" || tokens[office].folded == "the")) {
    --office;
  }
  bool department = false;
  for (uint32_t k = office + 1; k < begin; ++k) {
    department = department || (!tokens[k].mark && tokens[k].folded != "the");
  }
  if (department && office > least && office < role &&
      (tokens[office].folded == "of" || tokens[office].folded == "for")) {
    role = office - 1;
  }
  if (tokens.sentence(role) != sentence || tokens[role].mark ||
      tokens[role].possessive ||
      !(tokens[role].facts.Has(kTitle | kPersonNoun | kPeopleNoun) ||
        EndsAsProfession(tokens[role])) ||
      tokens[role].facts.Has(kQuantity | kDemonym) ||
      (tokens[role].facts.Has(kAdjectiveToo) && !tokens[role].capital)) {
    return begin;
  }
  if (role + 1 < begin && tokens[role + 1].folded != "of" &&
      tokens[role + 1].folded != "for" && tokens[role + 1].folded != ".") {
    return begin;
  }
  i = role;
  const uint32_t stop = begin > kMaxRoleWords ? begin - kMaxRoleWords : 0;
  if (tokens[role].facts.Has(kHonorific)) return role;
  while (i > stop && i > least) {
    const Token& before = tokens[i - 1];
    if (tokens.sentence(i - 1) != sentence) break;
    // In front of "Sen." stand names and ranks only; in front of "senator"
    // whatever describes, but no verb.
    if (tokens[role].capital && !before.mark && !before.capital &&
        !before.facts.Has(kRankWord)) {
      break;
    }
    if (!before.capital && IsParticiple(before)) break;
    if (before.mark) {
      // Hyphens inside a word and the stops of "U.S." go on.
      const bool inner =
          ((before.folded == "-" || before.folded == "\u2013") &&
           before.glued && tokens[i].glued) ||
          (before.folded == "." && before.glued && i >= 2 &&
           tokens[i - 2].capital && tokens[i - 2].span.size() <= 3);
      if (!inner || i < 2) break;
      i -= 1;
      continue;
    }
    if (before.facts.Has(kDeterminer | kPreposition | kVerb | kPossessive)) {
      break;
    }
    if (before.facts.Has(kFunctionWord | kCalendar) && !before.upper &&
        !before.facts.Has(kRankWord)) {
      break;
    }
    --i;
  }
  while (i < role && tokens[i].mark) ++i;
  return i;
}

namespace {

// In a headline: whether a word can be part of a name, because the text has
// it as one or the word lists do.
bool KnownInHeadline(const TokenList& tokens, uint32_t i) {
  const Token& token = tokens[i];
  if (tokens.Cases(i).NameLike()) return true;
  return tokens.Cases(i).lower == 0 &&
         token.facts.Has(kGivenName | kPlace | kBrand);
}

// Cuts a run in a headline down to its first words that are known, and one
// unknown word in front of them ("Salma Hayek Described"). Returns where to go
// on looking.
uint32_t CutHeadline(const TokenList& tokens, Run& run) {
  uint32_t begin = run.begin;
  while (begin < run.end && !KnownInHeadline(tokens, begin)) ++begin;
  if (begin == run.end) {
    // A headline alone, or one that names somebody nobody else names: its
    // first word may be a name, and only a source can show it.
    const uint32_t end = run.end;
    run.end = run.begin + 1;
    return end;
  }
  uint32_t end = begin + 1;
  while (end < run.end && (KnownInHeadline(tokens, end) || tokens[end].mark)) {
    ++end;
  }
  if (begin > run.begin && !tokens[begin - 1].mark &&
      !IsOpeningVerb(tokens, begin - 1) && end - begin == 1) {
    --begin;
  }
  run = {begin, end};
  return end;
}

// "Cook" or "Baker" alone, with nothing in front that a role would have: a
// surname, if somebody is named so in full.
bool MayBeSurname(const TokenList& tokens, Run run) {
  if (run.end != run.begin + 1) return false;
  const Token& token = tokens[run.begin];
  if (!token.capital || token.upper || token.facts.Has(kPluralNoun) ||
      (token.opens && tokens.Cases(run.begin).lower > 0) ||
      tokens.TitleCase(tokens.sentence(run.begin))) {
    return false;
  }
  if (run.end < tokens.size() && !tokens[run.end].mark &&
      tokens[run.end].capital) {
    return false;
  }
  return token.opens || run.begin == 0 || tokens[run.begin - 1].mark ||
         !tokens[run.begin - 1].facts.Has(kDeterminer | kPossessive);
}

// Adds those of `runs` that are surnames of persons named in full.
void AddSurnames(const TokenList& tokens, const std::vector<Run>& runs,
                 std::vector<NameMention>& mentions) {
  if (runs.empty()) return;
  std::vector<std::string_view> surnames;
  for (const NameMention& m : mentions) {
    if (m.parts.size() > 1 && m.IsPerson() && !m.weak &&
        tokens[m.begin].facts.Has(kGivenName)) {
      surnames.push_back(m.parts.back());
    }
  }
  std::sort(surnames.begin(), surnames.end());
  const size_t found = mentions.size();
  for (const Run& run : runs) {
    if (std::binary_search(surnames.begin(), surnames.end(),
                           tokens[run.begin].folded)) {
      AddMention(tokens, run, run.begin, false, mentions);
    }
  }
  std::inplace_merge(
      mentions.begin(), mentions.begin() + static_cast<ptrdiff_t>(found),
      mentions.end(), [](const NameMention& a, const NameMention& b) {
        return a.begin < b.begin;
      });
}

}  // namespace

std::vector<NameMention> FindNames(const TokenList& tokens) {
  std::vector<NameMention> mentions;
  std::vector<Run> surnames;
  const std::vector<DefinedName> defined = FindDefinedNames(tokens);
  auto next = defined.begin();
  for (uint32_t i = 0; i < tokens.size();) {
    while (next != defined.end() && next->begin < i) ++next;
    if (next != defined.end() && next->begin == i) {
      AddMention(tokens, {i, next->end}, i, false, mentions);
      i = next->end;
      continue;
    }
    if (!MayBeginName(tokens, i)) {
      ++i;
      continue;
    }
    Run run = {i, NameRunEnd(tokens, i)};
    // What is defined further on begins a name of its own.
    if (next != defined.end() && next->begin < run.end) {
      run.end = next->begin;
    }
    const bool headline = tokens.TitleCase(tokens.sentence(run.begin));
    i = headline ? CutHeadline(tokens, run) : run.end;
    // "Continued Stone", "Asked Clinton": a verb that comes first.
    const Token& first = tokens[run.begin];
    if (first.opens && !headline && run.begin + 1 < run.end &&
        !tokens[run.begin + 1].mark && IsOpeningVerb(tokens, run.begin)) {
      ++run.begin;
    }
    // "the former secretary of State Clinton".
    if (first.facts.Has(kDepartment) && run.begin >= 2 &&
        run.begin + 1 < run.end && tokens[run.begin - 1].folded == "of" &&
        tokens[run.begin - 2].facts.Has(kTitle) &&
        !tokens[run.begin + 1].mark &&
        !tokens[run.begin + 1].facts.Has(kDepartment | kNamePart)) {
      ++run.begin;
    }
    const uint32_t begin = NameBegin(tokens, run);
    if (begin >= run.end) {
      if (MayBeSurname(tokens, run)) surnames.push_back(run);
      continue;
    }
    bool weak = headline;
    if (!weak && tokens[begin].opens && begin + 1 == run.end) {
      const CaseCount cases = tokens.Cases(begin);
      const bool known =
          tokens[begin].facts.Has(kPlace | kBrand | kDemonym | kGivenName);
      weak = cases.capital == 0 && !known;
      if (cases.lower > cases.capital) weak = true;
      if (tokens.doc().words[begin].shape == Shape::kUpper &&
          cases.lower == 0) {
        weak = false;
      }
    }
    AddMention(tokens, run, begin, weak, mentions);
  }
  AddSurnames(tokens, surnames, mentions);
  return mentions;
}

uint32_t NameAt(const std::vector<NameMention>& names, uint32_t word) {
  auto it = std::partition_point(
      names.begin(), names.end(),
      [word](const NameMention& m) { return m.end <= word; });
  return static_cast<uint32_t>(it - names.begin());
}

}  // namespace quoth
