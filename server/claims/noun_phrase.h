// Noun phrases of a scene, found by their words alone: where one that begins
// here ends, or one that ends here begins. Made for people: "the crowd in Green
// Bay, Wisconsin" in one piece.

#ifndef QUOTH_SERVER_CLAIMS_NOUN_PHRASE_H_
#define QUOTH_SERVER_CLAIMS_NOUN_PHRASE_H_

#include <optional>
#include <string>

#include "server/claims/scene.h"

namespace quoth {

// Whether no noun phrase goes on over the word, in lower case.
bool EndsNounPhrase(const std::string& word);

// "him", "everyone".
bool IsPronounObject(const std::string& word);

// The end of the noun phrase that begins at `begin`; `begin` if none does.
int NounPhraseEnd(const Scene& scene, int begin);

// The noun phrase that begins at `begin`, or the name in quotation marks there.
std::optional<SceneRange> NounPhraseAt(const Scene& scene, int begin);

// The noun phrase that ends in front of `end`: a subject.
std::optional<SceneRange> SubjectBefore(const Scene& scene, int end);

}  // namespace quoth

#endif  // QUOTH_SERVER_CLAIMS_NOUN_PHRASE_H_
