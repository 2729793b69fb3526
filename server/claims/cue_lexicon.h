// What the words of a cue mean: lemmas of reporting verbs and nouns with the
// act that each performs, and the words that deny a cue or put it off.
//
//   FindCueLemma("denied");           // {"deny", Act::kDenial}
//   FindPhraseAct("called", "for");   // Act::kDirective
//
// The words themselves, and where they come from: cue_tables.h.

#ifndef QUOTH_SERVER_CLAIMS_CUE_LEXICON_H_
#define QUOTH_SERVER_CLAIMS_CUE_LEXICON_H_

#include <optional>
#include <string_view>

#include "server/claims/claim.h"

namespace quoth {

struct CueLemma {
  std::string_view lemma;
  Act act;
};

// The entry of a lower-case word in any inflection, or nullopt. Nouns count
// ("criticism"). Neutral words ("said") have an entry, kStatement.
std::optional<CueLemma> FindCueLemma(std::string_view word);

// The act of a word that is followed, not necessarily at once, by `follower`:
// "called" ... "for". Nullopt if the follower changes nothing.
std::optional<Act> FindPhraseAct(std::string_view word,
                                 std::string_view follower);

// Whether whom the verb addresses may stand at the head of its content: "asked
// | the council to act".
bool AddressesContent(std::string_view word);

// Whether the object of a verb cannot go on over the word: "that", "about".
bool EndsObject(std::string_view word);

// "the", "to", "his", "has": words that mean nothing by themselves.
bool IsFunctionWord(std::string_view word);

// Whether a negation negates no speech because of the word behind it: "no
// doubt", "never failed".
bool IsEmptyNegation(std::string_view negation, std::string_view next);

// "whether", "what", ...
bool IsQuestionWord(std::string_view word);

// "not", "n't" words and the like: the act did not take place.
bool IsNegation(std::string_view word);

// Lemmas that deny what follows: "declined to comment", "failed to say".
bool IsRefusal(std::string_view word);

// Auxiliaries that put the act into the future or the possible: "will".
bool IsModal(std::string_view word);

// Words before "to" that do the same: "expected to", "intends to".
bool IsProspect(std::string_view word);

// Of these, the words for something that is done in trying: "sought to", "is
// able to".
bool IsAttempt(std::string_view word);

}  // namespace quoth

#endif  // QUOTH_SERVER_CLAIMS_CUE_LEXICON_H_
