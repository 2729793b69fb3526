// From referents and links to the table that is handed out: only who stands
// behind a claim, ordered by first mention.

#ifndef QUOTH_SERVER_SPEAKERS_TABLE_H_
#define QUOTH_SERVER_SPEAKERS_TABLE_H_

#include <vector>

#include "server/speakers/referents.h"
#include "server/speakers/speaker.h"

namespace quoth {

// `links` index `referents`, one a claim, -1: unknown. Of a speaker's mentions
// that overlap, the first and longest stays. A referent without a name or
// without a mention stands behind nothing.
SpeakerTable MakeTable(std::vector<Referent>& referents,
                       const std::vector<SpeakerLink>& links);

}  // namespace quoth

#endif  // QUOTH_SERVER_SPEAKERS_TABLE_H_
