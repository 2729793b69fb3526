#include "server/speakers/phrases.h"

#include <algorithm>
#include <utility>

#include "server/speakers/phrase_heads.h"

namespace quoth {
namespace {

bool IsEdge(const Token& token) {
  return token.mark || token.folded == "and" || token.folded == "but" ||
         token.folded == "as" || token.folded == "while" ||
         token.folded == "even" || token.folded == "or" || token.folded == "so";
}

// Nouns that only say how much of something. Origin: written by hand for Quoth.
bool IsPartitive(std::string_view word) {
  for (std::string_view partitive :
       {"number",     "group",     "delegation", "mix",       "handful",
        "chorus",     "clutch",    "majority",   "plurality", "percentage",
        "proportion", "portion",   "slice",      "share",     "dozens",
        "hundreds",   "thousands", "half",       "third",     "thirds",
        "quarter",    "quarters",  "fifth",      "couple",    "pair",
        "range",      "series",    "slew",       "string",    "variety",
        "coalition",  "crowd"}) {
    if (word == partitive) return true;
  }
  return false;
}

bool IsExampleWord(std::string_view word) {
  return word == "including" || word == "like" || word == "such" ||
         word == "instance" || word == "example" || word == "led" ||
         word == "among" || word == "with";
}

NameMention Clip(const TokenList& tokens, NameMention m, uint32_t begin,
                 uint32_t end) {
  if (m.begin >= begin && m.end <= end) return m;
  const uint32_t first = std::max(m.begin, begin);
  const uint32_t last = std::min(m.end, end);
  NameParts parts;
  for (uint32_t i = first; i < last; ++i) {
    if (!tokens[i].mark) parts.push_back(tokens[i].folded);
  }
  m.begin = first;
  m.end = last;
  m.role_begin = std::min(m.role_begin, first);
  if (!parts.empty()) m.parts = std::move(parts);
  return m;
}

// A hyphenated word's beginning, so that "front-runner" is one word.
uint32_t CompoundBegin(const TokenList& tokens, uint32_t i, uint32_t least) {
  while (i >= least + 2 && tokens[i - 1].folded == "-" && tokens[i - 1].glued &&
         tokens[i].glued) {
    i -= 2;
  }
  return i;
}

WordFacts ClassifyAt(const TokenList& tokens, uint32_t i, uint32_t least) {
  return ClassifyNoun(tokens.Joined(CompoundBegin(tokens, i, least), i + 1));
}

// Fills head and head_facts for the description in [begin, head_end).
void FindHead(const TokenList& tokens, uint32_t begin, uint32_t head_end,
              SourcePhrase& phrase) {
  uint32_t last = head_end;
  while (last > begin + 1 && tokens[last - 1].mark &&
         tokens[last - 1].folded != "%") {
    --last;
  }
  phrase.head = last - 1;
  // "secretary of state".
  if (phrase.head >= begin + 2 && tokens[phrase.head].facts.Has(kDepartment) &&
      tokens[phrase.head - 1].folded == "of" &&
      tokens[phrase.head - 2].facts.Has(kTitle)) {
    phrase.head -= 2;
  }
  phrase.head_facts = ClassifyAt(tokens, phrase.head, begin);
  if (tokens[phrase.head].folded == "%" ||
      tokens.doc().words[phrase.head].shape == Shape::kDigits) {
    phrase.head_facts.classes = kPeopleNoun | kPluralNoun | kQuantity;
    return;
  }
  // "the Wales international" is a player.
  if (tokens[phrase.head].folded == "international" && phrase.head > begin &&
      !tokens[phrase.head].capital) {
    phrase.head_facts.classes = kPersonNoun | kStation;
    return;
  }
  // "party figures" are people.
  if (tokens[phrase.head].folded == "figures" && phrase.head > begin) {
    const Token& before = tokens[phrase.head - 1];
    for (std::string_view of :
         {"party", "establishment", "gop", "opposition", "political", "public",
          "religious", "senior", "leading", "prominent", "top"}) {
      if (before.folded == of) {
        phrase.head_facts.classes = kPeopleNoun | kPluralNoun;
        return;
      }
    }
  }
  // "people familiar", "voters surveyed": the noun in front of a word that
  // is in no list and ends like none.
  const WordFacts listed = LookUp(tokens.Joined(
      CompoundBegin(tokens, phrase.head, begin), phrase.head + 1));
  if (listed.Has(kNounClasses) || !phrase.head_facts.Has(kDocumentNoun)) return;
  for (uint32_t i = phrase.head; i > begin; --i) {
    const WordFacts facts =
        LookUp(tokens.Joined(CompoundBegin(tokens, i - 1, begin), i));
    if (facts.Has(kNounClasses) && !tokens[i - 1].possessive) {
      phrase.head = i - 1;
      phrase.head_facts = facts;
      return;
    }
  }
}

// The first word behind "more than", "just under".
uint32_t SkipMoreThan(const TokenList& tokens, uint32_t begin, uint32_t end) {
  if (begin + 2 >= end) return begin;
  const std::string_view first = tokens[begin].folded;
  const std::string_view second = tokens[begin + 1].folded;
  const bool more = (first == "more" || first == "fewer" || first == "less") &&
                    second == "than";
  const bool about = (first == "just" || first == "well") &&
                     (second == "under" || second == "over");
  return more || about ? begin + 2 : begin;
}

// "a number of Democrats", "two-thirds of those": what it is of says what kind
// of thing it is.
void SetPartitive(const TokenList& tokens,
                  const std::vector<NameMention>& names, uint32_t head_end,
                  SourcePhrase& phrase) {
  if (head_end + 1 >= phrase.end || tokens[head_end].folded != "of") return;
  const bool one = tokens[phrase.head].folded == "one";
  if (!one && !IsPartitive(tokens[phrase.head].folded)) return;
  uint32_t begin = head_end + 1;
  const bool those = (tokens[begin].folded == "those" ||
                      tokens[begin].facts.pronoun != PronounKind::kNone) &&
                     !(begin + 1 < phrase.end &&
                       LookUp(tokens[begin + 1].folded).Has(kOrganizationNoun));
  while (begin + 1 < phrase.end && tokens[begin].facts.Has(kDeterminer)) {
    ++begin;
  }
  const uint32_t end = HeadEnd(tokens, names, begin, phrase.end);
  if (end == begin) return;
  SourcePhrase of = phrase;
  FindHead(tokens, begin, end, of);
  const bool people = those || of.head_facts.Has(kPersonNoun | kPeopleNoun);
  // "One of these groups"; one of people may be anybody.
  if (one) {
    if (!people && of.head_facts.Has(kOrganizationNoun)) {
      phrase.head_facts.classes = kOrganizationNoun;
    }
    return;
  }
  phrase.head_facts.classes =
      people ? kPeopleNoun | kPluralNoun
             : (of.head_facts.classes & kNounClasses) | kPluralNoun;
  phrase.head_facts.gender = Gender::kUnknown;
}

// Whether a description ends in front of word `i`: at a comma, unless a list
// goes on ("gays, lesbians and transgender people"), a bracket or a dash.
bool EndsDescription(const TokenList& tokens, uint32_t i, uint32_t end) {
  const std::string_view mark = tokens[i].folded;
  if (mark == "(" || mark == "\u2014" || mark == "\u2013" || mark == ";") {
    return true;
  }
  if (mark == "-" && !tokens[i].glued) return true;
  if (mark != "," || IsInNumber(tokens, i)) return false;
  if (i + 1 >= end || tokens[i + 1].mark || tokens[i + 1].capital ||
      tokens[i + 1].facts.Has(kFunctionWord | kDeterminer | kPossessive |
                              kPreposition | kVerb)) {
    return true;
  }
  for (uint32_t j = i + 1; j < end; ++j) {
    if (tokens[j].folded == "and" || tokens[j].folded == "or") return false;
    if (tokens[j].facts.Has(kFunctionWord | kVerb)) break;
  }
  return true;
}

void SetDescription(const TokenList& tokens,
                    const std::vector<NameMention>& names,
                    SourcePhrase& phrase) {
  phrase.form = PhraseForm::kDescription;
  uint32_t begin = phrase.begin;
  const Token& first = tokens[begin];
  phrase.definite = first.folded == "the" || first.folded == "this" ||
                    first.folded == "that" || first.folded == "these" ||
                    first.folded == "those" || first.facts.Has(kPossessive) ||
                    (first.possessive && first.capital);
  if (!first.facts.Has(kDeterminer | kPossessive | kQuantity) &&
      tokens.doc().words[begin].shape != Shape::kDigits) {
    phrase.bare = true;
  }
  phrase.indefinite = first.folded == "a" || first.folded == "an" ||
                      first.folded == "another" || first.folded == "one";
  if ((first.folded == "the" || first.folded == "a" || first.folded == "an") &&
      begin + 1 < phrase.end) {
    ++begin;
  }
  const uint32_t counted = SkipMoreThan(tokens, begin, phrase.end);
  const uint32_t head_end = HeadEnd(tokens, names, counted, phrase.end);
  FindHead(tokens, counted, head_end, phrase);
  SetPartitive(tokens, names, head_end, phrase);
  // What follows a comma adds nothing, unless the comma stands before the
  // head ("a detailed, six-page letter").
  uint32_t end = std::max(head_end, begin + 1);
  while (end < phrase.end && !EndsDescription(tokens, end, phrase.end)) ++end;
  if (end < phrase.end && tokens[end].folded == "," &&
      !phrase.head_facts.Has(kPersonNoun | kPeopleNoun | kOrganizationNoun) &&
      !LookUp(tokens[phrase.head].folded).Has(kNounClasses)) {
    // The comma came before the head: look for it behind.
    const uint32_t again = HeadEnd(tokens, names, end + 1, phrase.end);
    SourcePhrase rest = phrase;
    if (again > end + 1) {
      FindHead(tokens, end + 1, again, rest);
      if (LookUp(tokens[rest.head].folded).Has(kNounClasses) &&
          !tokens[end + 1].facts.Has(kFunctionWord)) {
        phrase.head = rest.head;
        phrase.head_facts = rest.head_facts;
        end = again;
      }
    }
  }
  // "A nurse accused | told the court", of something that the source leaves
  // out.
  if (end > begin + 1 && !tokens[end - 1].capital &&
      tokens[end - 1].folded.ends_with("ed") &&
      !LookUp(tokens[end - 1].folded).Has(kNounClasses) &&
      tokens[end - 2].facts.Has(kPersonNoun)) {
    --end;
  }
  phrase.description_begin = begin;
  phrase.description_end = end;
}

// What stands behind the name: ", a senior analyst at SG,".
void SetApposition(const TokenList& tokens,
                   const std::vector<NameMention>& names, uint32_t begin,
                   SourcePhrase& phrase) {
  if (begin >= phrase.end || tokens[begin].folded != ",") return;
  uint32_t first = begin + 1;
  if (first >= phrase.end) return;
  if (tokens[first].facts.Has(kPreposition)) return;
  if ((tokens[first].folded == "the" || tokens[first].folded == "a" ||
       tokens[first].folded == "an") &&
      first + 1 < phrase.end) {
    ++first;
  }
  uint32_t last = first;
  while (last < phrase.end && tokens[last].folded != "," &&
         tokens[last].folded != "\u2014") {
    ++last;
  }
  if (last == first) return;
  SourcePhrase described = phrase;
  FindHead(tokens, first, HeadEnd(tokens, names, first, last), described);
  if (!described.head_facts.Has(kPersonNoun)) return;
  phrase.description_begin = first;
  phrase.description_end = last;
  phrase.head = described.head;
  phrase.head_facts = described.head_facts;
}

// The first word of a role in small letters in front of a name, back to a
// comma: ", civil engineering professor Jane Roe". `front` if it is none.
uint32_t RoleBehindComma(const TokenList& tokens, const NameMention& m,
                         uint32_t least, uint32_t front) {
  if (!tokens[m.begin - 1].facts.Has(kPersonNoun | kTitle)) return front;
  for (uint32_t i = front; i > least; --i) {
    const Token& token = tokens[i - 1];
    if (token.folded == ",") {
      return tokens[i].folded == "and" ? front : i;
    }
    if ((token.mark && token.folded != "-") || token.possessive ||
        token.facts.Has(kPreposition | kVerb | kPossessive)) {
      break;
    }
  }
  return front;
}

// "Early retiree and self-made millionaire | Jane Roe": a phrase that ends in a
// name behind a word for a person, with nobody else in front.
bool EndsInNamed(const TokenList& tokens, const NameMention& m, uint32_t begin,
                 uint32_t end) {
  if (m.end != end || !m.IsPerson() || m.parts.size() < 2 ||
      m.begin < begin + 2 || tokens[m.begin - 1].mark ||
      tokens[m.begin - 1].possessive ||
      !LookUp(tokens[m.begin - 1].folded).Has(kPersonNoun | kTitle) ||
      LookUp(tokens[m.begin - 1].folded).Has(kPluralNoun)) {
    return false;
  }
  for (uint32_t i = begin; i < m.begin; ++i) {
    const Token& token = tokens[i];
    if ((token.mark && token.folded != "-") || token.facts.Has(kPreposition) ||
        token.facts.Has(kPluralNoun)) {
      return false;
    }
  }
  return true;
}

// Whether the words between two names join them. "the" does so in front of an
// organisation only ("Jane Doe, the Poe Chair" is one person).
bool JoinsNames(const TokenList& tokens, uint32_t begin, uint32_t end,
                bool organization) {
  bool joined = false;
  for (uint32_t i = begin; i < end; ++i) {
    const Token& token = tokens[i];
    if (token.folded == "and" || token.folded == "&" || token.folded == "nor" ||
        token.folded == ",") {
      joined = true;
    } else if (token.folded == "the"
                   ? !organization || (i > begin && tokens[i - 1].folded == ",")
                   : token.folded != "." && !token.facts.Has(kTitle)) {
      return false;
    }
  }
  return joined;
}

}  // namespace

SourcePhrase ParsePhrase(const TokenList& tokens,
                         const std::vector<NameMention>& names, Span span) {
  SourcePhrase phrase;
  uint32_t begin = tokens.WordAt(span.begin);
  uint32_t end = begin;
  while (end < tokens.size() && tokens[end].span.begin < span.end) ++end;
  while (begin < end && IsEdge(tokens[begin])) ++begin;
  while (end > begin && IsEdge(tokens[end - 1]) &&
         tokens[end - 1].folded != "." && tokens[end - 1].folded != "%") {
    --end;
  }
  phrase.begin = begin;
  phrase.end = end;
  if (begin == end) return phrase;

  const Token& first = tokens[begin];
  const PronounKind pronoun = first.facts.pronoun;
  const bool alone = end - begin == 1;
  // "US", not "us".
  const bool upper_us = first.upper && first.span.size() == 2 &&
                        !tokens.TitleCase(tokens.sentence(begin));
  // "Of his own", "their own".
  const bool own = end - begin == 2 && tokens[begin + 1].folded == "own" &&
                   first.facts.Has(kPossessive);
  if (pronoun != PronounKind::kNone && !upper_us &&
      (alone || own || !first.facts.Has(kPossessive | kDeterminer))) {
    phrase.form = PhraseForm::kPronoun;
    phrase.pronoun = pronoun;
    const uint32_t n = NameAt(names, begin);
    if (end - begin > 2 && tokens[begin + 1].folded == "and" &&
        n < names.size() && names[n].end <= end) {
      phrase.names.push_back(names[n]);
    }
    return phrase;
  }
  // "WHO", not "who".
  const bool upper_who = first.upper && first.folded == "who" &&
                         !tokens.TitleCase(tokens.sentence(begin));
  if (alone && IsRelative(first.folded) && !upper_who) {
    phrase.form = PhraseForm::kRelative;
    return phrase;
  }

  std::vector<NameMention> inside;
  for (uint32_t n = NameAt(names, begin);
       n < names.size() && names[n].begin < end; ++n) {
    inside.push_back(Clip(tokens, names[n], begin, end));
    if (inside.size() > 16) break;
  }
  uint32_t at = 0;
  while (at < inside.size() &&
         !IsHeadName(tokens, names, inside[at], begin, end)) {
    ++at;
  }
  if (at < inside.size()) {
    phrase.form = PhraseForm::kName;
    const NameMention head = inside[at];
    phrase.names.push_back(head);
    phrase.description_begin = std::max(begin, head.role_begin);
    phrase.description_end = head.begin;
    if (phrase.description_begin < phrase.description_end) {
      phrase.head = phrase.description_end - 1;
      phrase.head_facts =
          ClassifyAt(tokens, phrase.head, phrase.description_begin);
    } else {
      SetApposition(tokens, names, head.end, phrase);
    }
    // "Trump and Sanders": all names joined, the last by "and".
    uint32_t last = head.end;
    for (uint32_t n = at + 1; n < inside.size(); ++n) {
      const NameMention& next = inside[n];
      const uint32_t front = next.begin;
      // "Zed Corp, which makes Foo, and Roe Paper".
      const bool clause = last + 2 < front && tokens[last].folded == "," &&
                          IsRelative(tokens[last + 1].folded);
      const bool behind = clause && tokens[front - 1].folded == "and" &&
                          tokens[front - 2].folded == ",";
      if (clause && !behind) continue;
      if (!behind && !JoinsNames(tokens, last, front, !next.IsPerson())) break;
      const bool and_before =
          behind || tokens[last].folded == "and" ||
          tokens[last].folded == "&" || tokens[last].folded == "nor" ||
          (last + 1 < front && tokens[last + 1].folded == "and");
      // A comma alone joins only what an "and" still follows.
      bool and_later = and_before;
      for (uint32_t i = next.end; i < end && !and_later; ++i) {
        and_later = tokens[i].folded == "and";
      }
      if (!and_later || tokens[next.end - 1].possessive ||
          (next.end < end && IsNounAfterName(tokens, next.end))) {
        break;
      }
      phrase.names.push_back(next);
      last = next.end;
    }
    // "Xi and other leaders".
    if (last + 1 < end && tokens[last].folded == "and" &&
        !tokens[last + 1].mark) {
      phrase.others_begin = last + 1;
      phrase.others_end = last + 1;
      while (phrase.others_end < end &&
             !EndsDescription(tokens, phrase.others_end, end)) {
        ++phrase.others_end;
      }
    }
    return phrase;
  }

  // "The ministry's spokesman, Nasser Kanani", "one group, Citizens United".
  SetDescription(tokens, names, phrase);
  // "The sub-prefect, Jane Roe": of a noun that is in no list, the name tells
  // what it is.
  const bool unlisted = !LookUp(tokens[phrase.head].folded).Has(kNounClasses) &&
                        !inside.empty() && inside.back().end == end &&
                        inside.back().person > inside.back().organization &&
                        inside.back().parts.size() > 1;
  const bool people =
      unlisted || phrase.head_facts.Has(kPersonNoun | kPeopleNoun);
  const bool named_singular = phrase.head_facts.Has(kPersonNoun);
  if (!inside.empty() && EndsInNamed(tokens, inside.back(), begin, end)) {
    phrase.form = PhraseForm::kName;
    phrase.names.push_back(inside.back());
  } else if (people || phrase.head_facts.Has(kOrganizationNoun)) {
    for (size_t n = 0; n < inside.size(); ++n) {
      const NameMention& m = inside[n];
      uint32_t front = std::max(begin, m.role_begin);
      if (front > begin && tokens[front - 1].folded == "the") --front;
      // The role in front of the name may reach over the comma.
      if (people && front <= phrase.head) front = m.begin;
      if (front == begin || front <= phrase.head) continue;
      // "Several leaders, including Jane Roe": she is one of them only.
      bool example = false;
      for (uint32_t i = phrase.head + 1; people && i < front; ++i) {
        example = example || IsExampleWord(tokens[i].folded);
      }
      if (example && !named_singular) break;
      if (people) front = RoleBehindComma(tokens, m, phrase.head + 1, front);
      const bool behind_comma = tokens[front - 1].folded == "," ||
                                tokens[front - 1].folded == "\u2014" ||
                                tokens[front - 1].folded == "\u2013";
      const bool named =
          tokens[front - 1].folded == "named" ||
          tokens[front - 1].folded == "called" ||
          (front > begin + 1 && tokens[front - 1].folded == "as" &&
           tokens[front - 2].folded == "known");
      // "Ambassador to the United States Jane Roe": at the end of all.
      const bool last = named_singular && m.end == end && m.IsPerson() &&
                        (m.parts.size() > 1 || m.titled) &&
                        EndsInFrontOfName(tokens, m, front);
      if (!behind_comma && !named && !last) continue;
      if (people ? m.organization > m.person : m.titled) continue;
      if (m.end < end &&
          (tokens[m.end - 1].possessive || IsNounAfterName(tokens, m.end))) {
        continue;
      }
      // "his wife, Jane", but not "the governor, Ohio".
      if (people && m.parts.size() < 2 && !m.titled && !named && !last &&
          !tokens[begin].facts.Has(kPossessive)) {
        continue;
      }
      phrase.form = PhraseForm::kName;
      phrase.names.push_back(m);
      // "two analysts, A and B": the rest of the list.
      if (n + 1 < inside.size() && phrase.head_facts.Has(kPeopleNoun) &&
          JoinsNames(tokens, m.end, inside[n + 1].begin,
                     !inside[n + 1].IsPerson())) {
        phrase.names.push_back(inside[n + 1]);
      }
      break;
    }
  }
  return phrase;
}

}  // namespace quoth
