// Says who stands behind each claim: clusters the article's proper names to
// their fullest form, and links sources, descriptions and pronouns to them.
//
//   SpeakerTable table = ResolveSpeakers(doc, claims);
//   table.speakers[table.links[0].speaker].name;   // "Antony Blinken"

#ifndef QUOTH_SERVER_SPEAKERS_RESOLVER_H_
#define QUOTH_SERVER_SPEAKERS_RESOLVER_H_

#include <vector>

#include "server/claims/claim.h"
#include "server/speakers/speaker.h"
#include "server/text/document.h"

namespace quoth {

// `claims` are in text order, as ClaimExtractor gives them.
SpeakerTable ResolveSpeakers(const Document& doc,
                             const std::vector<Claim>& claims);

}  // namespace quoth

#endif  // QUOTH_SERVER_SPEAKERS_RESOLVER_H_
