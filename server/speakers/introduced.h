// Whom the sentence before brings in without a name: "One of the victims wrote
// a letter. She said ...".

#ifndef QUOTH_SERVER_SPEAKERS_INTRODUCED_H_
#define QUOTH_SERVER_SPEAKERS_INTRODUCED_H_

#include <cstdint>
#include <vector>

#include "server/speakers/clusters.h"
#include "server/speakers/mentions.h"
#include "server/speakers/phrases.h"
#include "server/speakers/tokens.h"

namespace quoth {

// The description at the beginning of the sentence before that of the pronoun
// at `word`, which begins its own but for a quotation, if it is somebody new of
// that gender and no person is named between. Its form is kEmpty if there is
// none.
SourcePhrase FindIntroduced(const TokenList& tokens,
                            const std::vector<NameMention>& names,
                            const NameClusters& clusters, uint32_t word,
                            Gender gender);

}  // namespace quoth

#endif  // QUOTH_SERVER_SPEAKERS_INTRODUCED_H_
