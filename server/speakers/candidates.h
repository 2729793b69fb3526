// Whom a source without a name may stand for, and what speaks for each: the
// input of the learned scorer (link_scorer.h).
//
//   LinkQuery query;                  // "she", at word 12
//   query.task = LinkTask::kShe;
//   query.begin = 12, query.end = 13;
//   FindCandidates(world, query);     // Jane Doe, Ann Poe, nobody known
//
// Features are numbers near 0 to 1 without a unit; link_features.h lists them.
// Training reads exactly these (tools/train/speakers.cc).

#ifndef QUOTH_SERVER_SPEAKERS_CANDIDATES_H_
#define QUOTH_SERVER_SPEAKERS_CANDIDATES_H_

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "server/speakers/clusters.h"
#include "server/speakers/discourse.h"
#include "server/speakers/groups.h"
#include "server/speakers/phrases.h"
#include "server/speakers/tokens.h"

namespace quoth {

// What kind of source asks for its entity.
enum class LinkTask : uint8_t {
  kHe,
  kShe,
  kThey,
  kIt,
  kI,
  kWe,
  kPerson,        // "the senator"
  kPeople,        // "the senators"
  kOrganization,  // "the agency"
  kDocument,      // "the poll"
  kNoSource,      // A claim whose source is not told.
  kSurname,       // "Clinton", where two of that name are known.
};
inline constexpr size_t kLinkTasks = 12;

struct LinkQuery {
  LinkTask task = LinkTask::kNoSource;
  // The words of the source; of kNoSource, where the claim stands, begin ==
  // end.
  uint32_t begin = 0;
  uint32_t end = 0;
  const SourcePhrase* phrase = nullptr;  // Of a description.
  bool possessive = false;               // "his": the word only owns the cue.
  // "My father": whom the author does not bring in later by his name.
  bool mine = false;
  const std::vector<int>* among = nullptr;  // Of kSurname: these only.
  Gender gender = Gender::kUnknown;         // Of kSurname: of its title.
  int excluded = -1;   // The speaker of the quotation around it.
  int enclosing = -1;  // The speaker of the claim around it.
  int author = -1;     // Who writes "I" outside quotations.
  size_t level = 0;    // As in Discourse::AddSource.
  // Of the claim.
  bool direct = false;   // Its words are quoted.
  bool cued = false;     // It has a cue ...
  bool passive = false;  // ... as in "was asked" ...
  bool opening = false;  // ... or one that opens the sentence: "Asked".
  // How the article introduces the thing elsewhere; empty if it does not.
  std::string introduction;
};

inline constexpr size_t kLinkFeatures = 136;

struct LinkCandidate {
  // One of: a referent, two of them, a group, the introduction, or else itself:
  // the source stands for nobody known.
  int referent = -1;
  std::array<int, 2> pair = {-1, -1};
  int group = -1;
  bool introduction = false;
  std::array<float, kLinkFeatures> features{};
};

// What candidates are drawn from.
struct LinkWorld {
  const TokenList& tokens;
  const NameClusters& clusters;
  const std::vector<GroupMention>& groups;
  const Discourse& discourse;
};

// Of very many referents, the first and the last so many are looked at.
inline constexpr size_t kMaxCandidates = 200;
// Pronouns look back over so many sentences.
inline constexpr uint32_t kMaxSentencesBack = 12;

// Never empty: the last one is the source itself. Linear in the number of
// referents, at most 2 * kMaxCandidates of them.
std::vector<LinkCandidate> FindCandidates(const LinkWorld& world,
                                          const LinkQuery& query);

}  // namespace quoth

#endif  // QUOTH_SERVER_SPEAKERS_CANDIDATES_H_
