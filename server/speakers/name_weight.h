// Whether a name is a person's, by its words and those around it.
//
//   WeighName(tokens, mention);   // "the car maker Ford"
//   mention.organization;         // 7: by "maker", and by the brand
//   mention.person;               // 0

#ifndef QUOTH_SERVER_SPEAKERS_NAME_WEIGHT_H_
#define QUOTH_SERVER_SPEAKERS_NAME_WEIGHT_H_

#include "server/speakers/mentions.h"
#include "server/speakers/tokens.h"

namespace quoth {

// Adds to `person` and `organization` of a mention whose other fields are set,
// and says whether a kind of organisation stands in front (`genus`). Reads its
// words and the few around them.
void WeighName(const TokenList& tokens, NameMention& mention);

}  // namespace quoth

#endif  // QUOTH_SERVER_SPEAKERS_NAME_WEIGHT_H_
