#include "server/speakers/mentions.h"

#include <algorithm>
#include <utility>

#include "server/speakers/name_weight.h"

namespace quoth {
namespace {

// Words [begin, end) of one name candidate, before titles are split off.
struct Run {
  uint32_t begin = 0;
  uint32_t end = 0;
};

bool IsNameWord(const Token& token) {
  return !token.mark && token.capital && !token.facts.Has(kCalendar);
}

bool IsInitial(const Token& token) {
  return token.capital && token.span.size() == 1;
}

// Two capitals or more, and not because the whole sentence has them.
bool IsAcronym(const TokenList& tokens, uint32_t i) {
  return tokens[i].upper && !tokens.TitleCase(tokens.sentence(i));
}

// Whether a capitalised word may begin a name where it stands.
bool MayBegin(const TokenList& tokens, uint32_t i) {
  const Token& token = tokens[i];
  if (!IsNameWord(token)) return false;
  // "WHO", where not everything is in capitals.
  if (IsAcronym(tokens, i)) return true;
  // "First Division Association".
  if (token.facts.Has(kFunctionWord) && !token.opens && i + 1 < tokens.size() &&
      tokens[i + 1].capital && !tokens.TitleCase(tokens.sentence(i)) &&
      !token.facts.Has(kDeterminer | kPossessive | kPreposition) &&
      token.facts.pronoun == PronounKind::kNone) {
    return true;
  }
  if (token.facts.Has(kFunctionWord | kDeterminer | kPossessive |
                      kPreposition)) {
    return false;
  }
  if (token.facts.pronoun != PronounKind::kNone) return false;
  // "(R-Wis.)", "(D)": a party and a state.
  if (i >= 2 && tokens[i].glued && tokens[i - 1].folded == "-" &&
      tokens[i - 2].capital && tokens[i - 2].span.size() == 1 &&
      !IsInitial(token)) {
    return false;
  }
  if (IsInitial(token) && i + 1 < tokens.size() &&
      tokens[i + 1].folded == "-" && tokens[i + 1].glued) {
    return false;
  }
  if (IsInitial(token) && i > 0 && tokens[i - 1].folded == "(") return false;
  // "Asked", "Will": a verb with a capital letter because it comes first.
  if (token.facts.Has(kVerb) && !token.facts.Has(kGivenName)) return false;
  if (token.opens && token.facts.Has(kVerb) && i + 1 < tokens.size() &&
      !tokens[i + 1].capital) {
    return false;
  }
  return true;
}

bool MayContinue(const Token& token) {
  if (IsInitial(token) && token.folded == "a") return true;
  return IsNameWord(token) &&
         !token.facts.Has(kDeterminer | kPossessive | kPreposition) &&
         !(token.facts.Has(kFunctionWord) && token.span.size() < 4 &&
           !token.facts.Has(kGivenName)) &&
         token.folded != "i";
}

bool IsDoubleMark(const Token& token) {
  return token.folded == "\"" || token.folded == "\u201c" ||
         token.folded == "\u201d" || token.folded == "``" ||
         token.folded == "''";
}

// Words that let a run go on over "of" or "and": parts of organisations and
// of offices ("Secretary of State").
bool JoinsOverOf(const Token& token) {
  return token.facts.Has(kNamePart | kDepartment | kPersonNoun | kTitle) ||
         token.facts.Has(kOrganizationNoun);
}

// "the Food and Drug Administration": a definite organisation of two fields.
bool IsFirstOfTwo(const TokenList& tokens, uint32_t begin, uint32_t end,
                  uint32_t sentence_end) {
  return begin > 0 && tokens[begin - 1].folded == "the" && end == begin + 1 &&
         !tokens[begin].upper && end + 2 < sentence_end &&
         tokens[end + 1].capital && tokens[end + 2].capital &&
         tokens[end + 2].facts.Has(kNamePart);
}

// The ".ly" of "Parse.ly", the ".com" of "Secunia.com".
bool IsDomainEnd(const TokenList& tokens, uint32_t dot) {
  if (dot + 1 >= tokens.size() || tokens[dot].folded != ".") return false;
  const Token& word = tokens[dot + 1];
  return tokens[dot].glued && word.glued && !word.capital && !word.mark &&
         word.folded.size() >= 2 && word.folded.size() <= 3 &&
         !word.facts.Has(kFunctionWord | kDeterminer | kPreposition | kVerb) &&
         word.facts.pronoun == PronounKind::kNone;
}

// The end of the run that begins at `begin`.
uint32_t RunEnd(const TokenList& tokens, uint32_t begin) {
  const uint32_t sentence_end = tokens.SentenceEnd(tokens.sentence(begin));
  bool organization = JoinsOverOf(tokens[begin]);
  uint32_t end = begin + 1;
  while (end < sentence_end && end - begin < kMaxNameWords) {
    const Token& last = tokens[end - 1];
    if (last.possessive) break;
    const Token& next = tokens[end];
    const uint32_t left = sentence_end - end;
    // "Al From": a preposition with a capital letter, where others have none.
    const bool surname = next.capital && last.facts.Has(kGivenName) &&
                         next.facts.Has(kPreposition) && !next.upper &&
                         !tokens.TitleCase(tokens.sentence(begin));
    if (MayContinue(next) || surname) {
      organization = organization || JoinsOverOf(next);
      ++end;
      continue;
    }
    // Full stops of initials and abbreviations, with what follows them.
    if (next.folded == "." && next.glued && !last.mark) {
      const bool abbreviation =
          IsInitial(last) || last.facts.Has(kTitle | kSuffix) ||
          last.folded == "st" || last.folded == "inc" || last.folded == "co";
      if (abbreviation && left >= 2 && MayContinue(tokens[end + 1])) {
        organization = organization || JoinsOverOf(tokens[end + 1]);
        end += 2;
        continue;
      }
      if (last.facts.Has(kSuffix) || IsInitial(last)) ++end;
      if (IsDomainEnd(tokens, end)) end += 2;
      break;
    }
    const bool glued_next = left >= 2 && tokens[end + 1].glued;
    if (next.glued && glued_next && !tokens[end + 1].mark &&
        (next.folded == "-" || next.folded == "\u2010" ||
         next.folded == "\u2011" || next.folded == "&")) {
      // "Amir-Abdollahian", but "Texas-based" is no name.
      if (!tokens[end + 1].capital) break;
      end += 2;
      continue;
    }
    if (next.folded == "&" && left >= 2 && MayContinue(tokens[end + 1])) {
      organization = true;
      end += 2;
      continue;
    }
    // 'George "Jay" Keyworth'.
    if (IsDoubleMark(next) && left >= 4 && tokens[end + 1].capital &&
        IsDoubleMark(tokens[end + 2]) && MayContinue(tokens[end + 3]) &&
        !last.facts.Has(kPersonNoun | kPeopleNoun | kTitle)) {
      end += 4;
      continue;
    }
    // "Martin Luther King, Jr."
    if (next.folded == "," && left >= 2 && tokens[end + 1].capital &&
        (tokens[end + 1].facts.Has(kSuffix) ||
         tokens[end + 1].folded == "inc")) {
      end += 2;
      continue;
    }
    // A letter that was decoded wrongly: "Tom\u00c3\u00a1s".
    if (next.mark && next.glued && glued_next && next.folded.size() > 1 &&
        !tokens[end + 1].mark && tokens[end].span.begin > 0 &&
        static_cast<unsigned char>(next.folded[0]) == 0xC2) {
      end += 2;
      continue;
    }
    if (next.mark) break;
    if (next.facts.Has(kParticle) && left >= 2) {
      uint32_t after = end + 1;
      while (
          after < sentence_end && after < end + 3 &&
          (tokens[after].facts.Has(kParticle) || tokens[after].folded == "-")) {
        ++after;
      }
      if (after < sentence_end && MayContinue(tokens[after])) {
        end = after + 1;
        continue;
      }
      break;
    }
    const bool of = next.folded == "of" || next.folded == "for";
    const bool fields =
        next.folded == "and" && IsFirstOfTwo(tokens, begin, end, sentence_end);
    // "the FBI and Justice Department" are two.
    const bool joins = next.folded == "and" && !IsAcronym(tokens, end - 1) &&
                       !tokens[begin].facts.Has(kTitle);
    if (left >= 2 && (fields || (organization && (of || joins)))) {
      uint32_t after = end + 1;
      if (after + 1 < sentence_end && tokens[after].folded == "the") ++after;
      const Token& word = tokens[after];
      bool fits = fields;
      if (of) {
        fits = JoinsOverOf(last) && !last.facts.Has(kPeopleNoun);
      } else if (!fields) {
        fits = word.facts.Has(kDepartment | kNamePart | kOrganizationNoun) &&
               !word.facts.Has(kTitle);
      }
      if (fits && MayContinue(word) && !word.facts.Has(kGivenName)) {
        end = after + 1;
        continue;
      }
    }
    break;
  }
  return end;
}

bool IsRole(const Token& token) {
  // "CREW", "AIDES": an acronym, unless a title is meant ("CEO").
  if (token.upper && token.span.size() > 2 && !token.facts.Has(kTitle)) {
    return false;
  }
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
    // "Associated Press", "Republican National Committee", "Farmers Union".
    if (token.facts.Has(kNamePart) && i > begin && i + 1 == run.end) continue;
    if (!token.facts.Has(kHonorific) &&
        IsOrganization(tokens, i + 1, run.end)) {
      continue;
    }
    // "Martin Luther King", "Tim Cook", "Dean Baker".
    const bool after_given = i > begin && tokens[i - 1].facts.Has(kGivenName) &&
                             !tokens[i - 1].facts.Has(kPlace);
    if (after_given && (!token.facts.Has(kHonorific) || i + 1 == run.end)) {
      continue;
    }
    // "Department of Justice".
    if (token.facts.Has(kDepartment) && i > begin + 1 &&
        !tokens[i - 1].capital && !tokens[i - 1].mark) {
      continue;
    }
    if (token.facts.Has(kGivenName) && i == begin && i + 1 < run.end &&
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
  // "NASA Bill Roe", "the United States Jane Roe": a given name and a surname
  // behind the end of another name.
  if (begin == run.begin && run.end >= begin + 3) {
    const uint32_t given = run.end - 2;
    const Token& before = tokens[given - 1];
    if (tokens[given].facts.Has(kGivenName) &&
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
          (before.folded == "-" && before.glued && tokens[i].glued) ||
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

}  // namespace

std::vector<NameMention> FindNames(const TokenList& tokens) {
  std::vector<NameMention> mentions;
  for (uint32_t i = 0; i < tokens.size();) {
    if (!MayBegin(tokens, i)) {
      ++i;
      continue;
    }
    Run run = {i, RunEnd(tokens, i)};
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
    if (begin >= run.end) continue;
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
  return mentions;
}

uint32_t NameAt(const std::vector<NameMention>& names, uint32_t word) {
  auto it = std::partition_point(
      names.begin(), names.end(),
      [word](const NameMention& m) { return m.end <= word; });
  return static_cast<uint32_t>(it - names.begin());
}

}  // namespace quoth
