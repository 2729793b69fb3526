#include "server/speakers/introduced.h"

#include <algorithm>

#include "server/speakers/phrase_heads.h"

namespace quoth {
namespace {

bool NamesPerson(const std::vector<NameMention>& names,
                 const NameClusters& clusters, uint32_t begin, uint32_t end) {
  for (uint32_t n = NameAt(names, begin);
       n < names.size() && names[n].begin < end; ++n) {
    const int r = clusters.referent_of[n];
    if (names[n].IsPerson() ||
        (r >= 0 && clusters.referents[r].kind == SpeakerKind::kPerson)) {
      return true;
    }
  }
  return false;
}

// Behind the noun for people of "one of their young daughters"; `begin` if
// there is none.
uint32_t EndOfOne(const TokenList& tokens, uint32_t begin, uint32_t end) {
  constexpr uint32_t kFurthest = 7;
  if (begin + 2 >= end || tokens[begin].folded != "one" ||
      tokens[begin + 1].folded != "of") {
    return begin;
  }
  for (uint32_t i = begin + 2; i < std::min(end, begin + kFurthest); ++i) {
    if (tokens[i].mark || tokens[i].facts.Has(kVerb)) break;
    const std::string_view word = tokens[i].folded;
    const bool person =
        word.ends_with("s") &&
        LookUp(word.substr(0, word.size() - 1)).Has(kPersonNoun);
    if ((person || LookUp(word).Has(kPeopleNoun)) && !tokens[i].possessive) {
      return i + 1;
    }
  }
  return begin;
}

}  // namespace

SourcePhrase FindIntroduced(const TokenList& tokens,
                            const std::vector<NameMention>& names,
                            const NameClusters& clusters, uint32_t word,
                            Gender gender) {
  const uint32_t sentence = tokens.sentence(word);
  const uint32_t here = tokens.SentenceBegin(sentence);
  if (here == 0 || tokens.paragraph(here - 1) != tokens.paragraph(word)) {
    return SourcePhrase();
  }
  constexpr uint32_t kLongestQuotation = 100;  // In front of the pronoun.
  if (word - here > kLongestQuotation) return SourcePhrase();
  uint32_t front = here;
  while (front < word && (tokens[front].mark || tokens.quoted(front))) ++front;
  uint32_t begin = tokens.SentenceBegin(tokens.sentence(here - 1));
  while (begin < here && tokens[begin].mark) ++begin;
  if (front != word || begin == here || tokens.quoted(begin) ||
      NamesPerson(names, clusters, begin, word)) {
    return SourcePhrase();
  }
  const uint32_t one = EndOfOne(tokens, begin, here);
  const uint32_t end = one > begin ? one : HeadEnd(tokens, names, begin, here);
  SourcePhrase phrase = ParsePhrase(
      tokens, names, {tokens[begin].span.begin, tokens[end - 1].span.end});
  const Gender found = phrase.head_facts.gender;
  if (phrase.form != PhraseForm::kDescription || !phrase.indefinite ||
      (one == begin && !phrase.head_facts.Has(kPersonNoun)) ||
      (found != Gender::kUnknown && found != gender)) {
    return SourcePhrase();
  }
  // Without the verb, where that is in no list.
  if (one == begin) phrase.description_end = phrase.head + 1;
  return phrase;
}

}  // namespace quoth
