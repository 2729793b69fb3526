// What the article's own pronouns tell of people: where "she" can only be one
// person, that person is a woman.
//
//   CountPronouns(tokens, names, clusters);
//   clusters.referents[r].she;   // 3
//
// Whom a pronoun stands for is the business of linker.h.

#ifndef QUOTH_SERVER_SPEAKERS_PRONOUNS_H_
#define QUOTH_SERVER_SPEAKERS_PRONOUNS_H_

#include <vector>

#include "server/speakers/clusters.h"
#include "server/speakers/mentions.h"
#include "server/speakers/tokens.h"

namespace quoth {

// Counts "he" and "she" for the referents that alone can be meant: the only
// person named in its sentence, or else in the sentence before. Fills
// Referent::he and she. One linear pass.
void CountPronouns(const TokenList& tokens,
                   const std::vector<NameMention>& names,
                   NameClusters& clusters);

}  // namespace quoth

#endif  // QUOTH_SERVER_SPEAKERS_PRONOUNS_H_
