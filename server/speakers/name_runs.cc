#include "server/speakers/name_runs.h"

#include <string_view>

#include "server/speakers/mentions.h"
#include "server/speakers/synonyms.h"

namespace quoth {
namespace {

bool IsNameWord(const Token& token) {
  return !token.mark && token.capital &&
         (!token.facts.Has(kCalendar) || token.facts.Has(kNamePart));
}

// Two capitals or more, and not because the whole sentence has them.
bool IsAcronym(const TokenList& tokens, uint32_t i) {
  return tokens[i].upper && !tokens.TitleCase(tokens.sentence(i));
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

// "Commission on Elections": bodies that are named after what they deal with.
bool DealsWithSomething(const Token& token) {
  return token.capital &&
         (token.folded == "committee" || token.folded == "subcommittee" ||
          token.folded == "commission" || token.folded == "institute" ||
          token.folded == "center" || token.folded == "centre" ||
          token.folded == "council" || token.folded == "conference");
}

// "the Food and Drug Administration": a definite organisation of two fields.
bool IsFirstOfTwo(const TokenList& tokens, uint32_t begin, uint32_t end,
                  uint32_t sentence_end) {
  if (begin == 0 || end + 2 >= sentence_end || tokens[end - 1].upper ||
      !tokens[end + 1].capital || !tokens[end + 2].capital) {
    return false;
  }
  const Token& last = tokens[end + 2];
  if (tokens[begin - 1].folded == "the" && end == begin + 1 &&
      last.facts.Has(kNamePart)) {
    return true;
  }
  // "North Wales Fire and Rescue Service": two things, of which the article has
  // one in lower case, too.
  constexpr uint32_t kNames = kPlace | kDemonym | kBrand | kGivenName | kTitle |
                              kPersonNoun | kPeopleNoun | kNamePart | kSuffix;
  return last.facts.Has(kNamePart | kOrganizationNoun) && !last.upper &&
         !tokens[end - 1].mark && !tokens[end + 1].upper &&
         !tokens[end - 1].facts.Has(kNames) &&
         !tokens[end + 1].facts.Has(kNames) &&
         (tokens.Cases(end - 1).lower > 0 || tokens.Cases(end + 1).lower > 0);
}

// "Department of Corrections and Rehabilitation": a body of two fields, of
// which neither may be somebody else. `second` is the first word of the second
// one.
bool AreFieldsOfOne(const TokenList& tokens, uint32_t begin,
                    uint32_t conjunction, uint32_t second) {
  constexpr uint32_t kNames = kPlace | kDemonym | kBrand | kGivenName | kTitle |
                              kPersonNoun | kPeopleNoun | kGeographic |
                              kNamePart | kOrganizationNoun;
  const auto is_field = [&](const Token& token) {
    return !token.mark && token.capital && !token.upper &&
           !token.facts.Has(kNames);
  };
  if (second != conjunction + 1 || !is_field(tokens[second])) return false;
  uint32_t of = conjunction;
  while (of > begin && is_field(tokens[of - 1])) --of;
  return of + 3 >= conjunction && of < conjunction && of > begin + 1 &&
         tokens[of - 1].folded == "of" &&
         tokens[of - 2].facts.Has(kNamePart | kOrganizationNoun) &&
         !tokens[of - 2].facts.Has(kPlace);
}

// "the Sunday Times".
bool IsSundayPaper(const TokenList& tokens, uint32_t i) {
  return tokens[i].capital && tokens[i].facts.Has(kCalendar) &&
         i + 1 < tokens.size() && tokens[i + 1].capital &&
         (NounGroups(tokens[i + 1].folded) & kMediumName) != 0;
}

// "un" of "Kim Jong-un", but not "based" of "Texas-based": a short word that
// is in no list behind a short name that is no place's or firm's. Origin of the
// list: written by hand for Quoth.
bool IsSyllable(const TokenList& tokens, uint32_t stem, uint32_t hyphen) {
  const Token& first = tokens[stem];
  const Token& second = tokens[hyphen + 1];
  constexpr size_t kLongest = 5;
  if (first.mark || first.upper || !first.capital || stem == 0 ||
      !tokens[stem - 1].capital || first.folded.size() > kLongest ||
      second.folded.size() > kLongest || second.folded.size() < 2 ||
      first.facts.Has(kPlace | kBrand | kDemonym | kNamePart | kGeographic) ||
      (second.folded != "in" &&
       second.facts.Has(kVerb | kFunctionWord | kPersonNoun | kPeopleNoun |
                        kOrganizationNoun | kDocumentNoun))) {
    return false;
  }
  for (std::string_view word :
       {"era", "born", "like", "wide", "style", "bred", "elect", "based",
        "area", "size", "sized", "type", "plus", "only", "fed", "aged",
        "owned"}) {
    if (second.folded == word) return false;
  }
  return true;
}

}  // namespace

bool IsInitial(const Token& token) {
  return token.capital && token.span.size() == 1;
}

bool MayBeginName(const TokenList& tokens, uint32_t i) {
  const Token& token = tokens[i];
  if (IsSundayPaper(tokens, i)) return true;
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

bool IsDomainEnd(const TokenList& tokens, uint32_t dot) {
  if (dot + 1 >= tokens.size() || tokens[dot].folded != ".") return false;
  const Token& word = tokens[dot + 1];
  return tokens[dot].glued && word.glued && !word.capital && !word.mark &&
         word.folded.size() >= 2 && word.folded.size() <= 3 &&
         !word.facts.Has(kFunctionWord | kDeterminer | kPreposition | kVerb) &&
         word.facts.pronoun == PronounKind::kNone;
}

uint32_t NameRunEnd(const TokenList& tokens, uint32_t begin) {
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
      if (last.facts.Has(kSuffix) || IsInitial(last)) {
        ++end;
      } else if (left >= 2 && IsDomainEnd(tokens, end)) {
        end += 2;
      }
      break;
    }
    const bool glued_next = left >= 2 && tokens[end + 1].glued;
    if (next.glued && glued_next && !tokens[end + 1].mark &&
        (next.folded == "-" || next.folded == "\u2010" ||
         next.folded == "\u2011" || next.folded == "&")) {
      // "Amir-Abdollahian", but "Texas-based" is no name.
      if (!tokens[end + 1].capital && !IsSyllable(tokens, end - 1, end)) break;
      end += 2;
      continue;
    }
    // "African Export\u2013Import Bank": one name, if its last word says so.
    if (next.glued && glued_next && next.folded == "\u2013" && left >= 3 &&
        tokens[end + 1].capital && tokens[end + 2].capital &&
        tokens[end + 2].facts.Has(kNamePart)) {
      end += 3;
      organization = true;
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
    const bool of = next.folded == "of" || next.folded == "for" ||
                    (next.folded == "on" && DealsWithSomething(last) &&
                     left >= 2 && !tokens[end + 1].facts.Has(kTitle));
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
        fits = (word.facts.Has(kDepartment | kNamePart | kOrganizationNoun) &&
                !word.facts.Has(kTitle)) ||
               AreFieldsOfOne(tokens, begin, end, after);
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

}  // namespace quoth
