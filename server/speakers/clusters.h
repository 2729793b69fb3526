// Brings the names of a document together: one referent for Antony Blinken,
// Anthony Blinken, Mr. Blinken and Blinken.
//
//   NameClusters c = ClusterNames(tokens, names);
//   c.referents[c.referent_of[i]].name;   // the fullest form of names[i]
//
// Full names meet by surname and agree by names.h. A bare surname goes to the
// full name that has it; of several, to the one whose title, or else whose
// weight in the article, fits. Organisations meet by equal names, acronyms,
// and a first or last word of their own ("Deutsche" for "Deutsche Bank").

#ifndef QUOTH_SERVER_SPEAKERS_CLUSTERS_H_
#define QUOTH_SERVER_SPEAKERS_CLUSTERS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "server/speakers/mentions.h"
#include "server/speakers/referents.h"
#include "server/speakers/tokens.h"

namespace quoth {

struct NameClusters {
  std::vector<Referent> referents;  // In no order.
  std::vector<int> referent_of;     // One a name; -1: a weak one, not known.
  // By the parts of a name as they stand, joined by blanks.
  absl::flat_hash_map<std::string, int> by_name;
  // The person first named in full with each surname.
  absl::flat_hash_map<std::string, int> by_surname;
};

// Two names are compared only if they share a key, and with at most this many
// referents of it: linear whatever the text.
inline constexpr size_t kMaxNamesakes = 24;

NameClusters ClusterNames(const TokenList& tokens,
                          const std::vector<NameMention>& names);

// The referent that is named so, by exactly these parts or by the last of
// them; -1 if there is none.
int FindByName(const NameClusters& clusters, const NameParts& parts);

// Whether what the article says of a person names the organisation: "IBM's Jane
// Roe", "SEC director Jane Roe". False for -1.
bool WorksFor(const NameClusters& clusters, int person, int organization);

// Adds a name that only a claim's source shows to be one (a weak mention), as
// a referent of its own. Returns its index.
int AddReferent(const TokenList& tokens, const NameMention& name,
                NameClusters& clusters);

}  // namespace quoth

#endif  // QUOTH_SERVER_SPEAKERS_CLUSTERS_H_
