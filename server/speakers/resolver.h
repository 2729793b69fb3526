// Says who stands behind each claim: clusters the article's proper names to
// their fullest form, and links sources, descriptions and pronouns to them.
//
//   SpeakerTable table = ResolveSpeakers(doc, claims);
//   table.speakers[table.links[0].speaker].name;   // "Antony Blinken"

#ifndef QUOTH_SERVER_SPEAKERS_RESOLVER_H_
#define QUOTH_SERVER_SPEAKERS_RESOLVER_H_

#include <vector>

#include "server/claims/claim.h"
#include "server/claims/life_check.h"
#include "server/speakers/link_scorer.h"
#include "server/speakers/linker.h"
#include "server/speakers/speaker.h"
#include "server/text/document.h"

namespace quoth {

struct ResolverOptions {
  const LinkScorer* scorer = nullptr;  // Null: LinkScorer::Shipped().
  LinkObserver* observer = nullptr;    // Sees every choice; for training.
  // Asked for every claim; the table is of no use if it has ended. Null: never.
  LifeCheck* life = nullptr;
};

// `claims` are in text order, as ClaimExtractor gives them. Any spans are safe:
// a claim whose spans lie behind the text has no speaker.
//
// The same in gives the same out. Time and memory grow with the text and the
// number of claims only, because every search is bounded: names have at most
// kMaxNameWords words (mentions.h) and are compared with at most kMaxNamesakes
// others of their surname (clusters.h); a source without a name is compared
// with at most 2 * kMaxCandidates referents, and a pronoun looks back over
// kMaxSentencesBack sentences (candidates.h); a description looks back over
// kMaxWordsBack words (descriptions.h), a relative pronoun over
// kMaxAntecedentWords words (relatives.h). What lies further away is not found.
SpeakerTable ResolveSpeakers(const Document& doc,
                             const std::vector<Claim>& claims,
                             const ResolverOptions& options = {});

}  // namespace quoth

#endif  // QUOTH_SERVER_SPEAKERS_RESOLVER_H_
