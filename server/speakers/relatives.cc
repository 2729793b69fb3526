#include "server/speakers/relatives.h"

#include <algorithm>
#include <string_view>

namespace quoth {
namespace {

constexpr uint32_t kPeople = kPersonNoun | kPeopleNoun | kQuantity;

bool IsPersonName(const TokenList& tokens,
                  const std::vector<NameMention>& names, uint32_t word) {
  const uint32_t n = NameAt(names, word);
  return n < names.size() && names[n].begin <= word &&
         (names[n].IsPerson() ||
          (!tokens[word].facts.Has(kPlace) && names[n].parts.size() == 1 &&
           names[n].organization == 0));
}

// "critics", "beekeepers", but not "talks": a plural that is in no list must
// end as nouns for people do.
bool IsPeopleNoun(std::string_view word) {
  if (LookUp(word).Has(kPeople)) return true;
  const WordFacts facts = ClassifyNoun(word);
  if (!facts.Has(kPeople) || !facts.Has(kPluralNoun)) return facts.Has(kPeople);
  return ClassifyNoun(word.substr(0, word.size() - 1)).Has(kPersonNoun);
}

bool NamesPeople(const TokenList& tokens, const std::vector<NameMention>& names,
                 uint32_t word) {
  return IsPeopleNoun(tokens[word].folded) || IsPersonName(tokens, names, word);
}

// The same of the word or the one in front: "people familiar".
bool EndsInPeople(const TokenList& tokens,
                  const std::vector<NameMention>& names, uint32_t least,
                  uint32_t word) {
  return NamesPeople(tokens, names, word) ||
         (word > least && !tokens[word - 1].mark &&
          IsPeopleNoun(tokens[word - 1].folded));
}

// "for" of "the Foundation for Peace".
bool IsInName(const std::vector<NameMention>& names, uint32_t word) {
  const uint32_t n = NameAt(names, word);
  return n < names.size() && names[n].begin < word;
}

// Where the noun phrase that ends before `end` begins: the whole of "people
// familiar with the talks", the last part of "in talks with the senator".
uint32_t PhraseBegin(const TokenList& tokens,
                     const std::vector<NameMention>& names, uint32_t least,
                     uint32_t end) {
  uint32_t begin = end;
  uint32_t last = end;  // Behind the last preposition.
  while (begin > least && end - begin < kMaxAntecedentWords) {
    const Token& before = tokens[begin - 1];
    if (before.mark && before.folded != "-" && before.folded != "." &&
        before.folded != "%") {
      break;
    }
    if (before.facts.Has(kVerb) && !before.capital) break;
    // "remarks allowed Republicans who", but "voters surveyed who".
    if (begin < end && IsParticiple(before)) break;
    if (before.folded == "but" || before.folded == "or" ||
        before.folded == "even" || IsRelative(before.folded)) {
      break;
    }
    // "rivals such as Jane Roe, who".
    if ((before.folded == "as" || before.folded == "like") &&
        tokens[begin].capital && begin < end) {
      break;
    }
    if (before.facts.Has(kPreposition) && !before.capital &&
        !IsInName(names, begin - 1)) {
      if (last == end) last = begin;
      // Go on only if people stand in front of the preposition.
      if (begin - 1 == least) break;
      if (before.folded != "of" &&
          !EndsInPeople(tokens, names, least, begin - 2)) {
        break;
      }
    }
    --begin;
  }
  while (begin < end && tokens[begin].mark) ++begin;
  if (begin < end && tokens[begin].facts.Has(kPreposition)) ++begin;
  if (last == end || begin >= last) return std::min(begin, end);
  // The head in front of the first preposition decides which of the two.
  uint32_t head = begin;
  while (head + 1 < last && (!tokens[head + 1].facts.Has(kPreposition) ||
                             IsInName(names, head + 1))) {
    ++head;
  }
  return EndsInPeople(tokens, names, begin, head) ? begin : last;
}

// The end of what stands in front of the brackets, if any close in
// [end, relative): "Richard Blumenthal (D-Conn.), who".
uint32_t SkipBrackets(const TokenList& tokens, uint32_t least, uint32_t end,
                      uint32_t relative) {
  bool closes = false;
  for (uint32_t i = end; i < relative; ++i) {
    closes = closes || tokens[i].folded == ")";
  }
  if (!closes) return end;
  uint32_t open = end;
  while (open > least && end - open < 10 && tokens[open - 1].folded != "(") {
    --open;
  }
  return open > least && tokens[open - 1].folded == "(" ? open - 1 : end;
}

// The end of what stands in front of an age or a day: "Jane Roe, 24, who", "a
// report on Saturday, which".
uint32_t SkipAsides(const TokenList& tokens, uint32_t least, uint32_t end) {
  if (end < least + 3) return end;
  const bool age = tokens.doc().words[end - 1].shape == Shape::kDigits &&
                   tokens[end - 2].folded == ",";
  const bool day = tokens[end - 1].facts.Has(kCalendar) &&
                   tokens[end - 1].capital && tokens[end - 2].folded == "on";
  return age || day ? end - 2 : end;
}

// Whether somebody is named or described in [begin, end).
bool HoldsPeople(const TokenList& tokens, const std::vector<NameMention>& names,
                 uint32_t begin, uint32_t end) {
  for (uint32_t i = begin; i < end; ++i) {
    if (!tokens[i].mark && NamesPeople(tokens, names, i)) return true;
  }
  return false;
}

// Of relative clauses that "and" joins: the words of one, and how many.
constexpr uint32_t kMaxJoinedWords = 60;
constexpr int kMaxJoined = 4;

// The relative pronoun of the same antecedent that "and" joins this one to;
// `relative` if there is none.
uint32_t FirstOfJoined(const TokenList& tokens, uint32_t least,
                       uint32_t relative) {
  if (relative < least + 3 || tokens[relative - 1].folded != "and") {
    return relative;
  }
  const std::string_view word = tokens[relative].folded;
  const uint32_t stop = relative - std::min(relative - least, kMaxJoinedWords);
  for (uint32_t i = relative - 1; i-- > stop;) {
    const std::string_view before = tokens[i].folded;
    if (before == word ||
        (word == "who" && (before == "whom" || before == "whose"))) {
      return i;
    }
  }
  return relative;
}

// "Jane Roe, | Republican of Iowa, who", "Jane Roe, | former judges who": a
// word for people without an article behind a person's name.
bool IsBareApposition(const TokenList& tokens,
                      const std::vector<NameMention>& names, uint32_t begin,
                      uint32_t end) {
  const uint32_t n = NameAt(names, begin - 2);
  if (n >= names.size() || names[n].end != begin - 1 || !names[n].IsPerson()) {
    return false;
  }
  bool people = false;
  for (uint32_t i = begin; i < end; ++i) {
    if (tokens[i].folded == "and" || IsPersonName(tokens, names, i)) {
      return false;
    }
    people = people || IsPeopleNoun(tokens[i].folded);
  }
  return people;
}

}  // namespace

Antecedents FindAntecedent(const TokenList& tokens,
                           const std::vector<NameMention>& names,
                           uint32_t relative) {
  const uint32_t least = tokens.SentenceBegin(tokens.sentence(relative));
  // "Jane Roe, who wrote it and who".
  for (int k = 0; k < kMaxJoined; ++k) {
    relative = FirstOfJoined(tokens, least, relative);
  }
  uint32_t end = relative;
  while (end > least && tokens[end - 1].mark) --end;
  end = SkipBrackets(tokens, least, end, relative);
  end = SkipAsides(tokens, least, end);
  Antecedents found = {PhraseBegin(tokens, names, least, end), end};
  // "Gov. Butch Otter (R-Idaho), an early endorser, who".
  const uint32_t begin = found.begin;
  if (begin > least + 1 && begin < end && tokens[begin - 1].folded == "," &&
      (tokens[begin].facts.Has(kDeterminer | kPossessive) ||
       IsBareApposition(tokens, names, begin, end))) {
    uint32_t before = begin - 1;
    while (before > least && tokens[before - 1].mark) --before;
    before = SkipBrackets(tokens, least, before, begin);
    const uint32_t front = PhraseBegin(tokens, names, least, before);
    if (front < before && HoldsPeople(tokens, names, front, before)) {
      found = {front, before};
    }
  }
  return found;
}

}  // namespace quoth
