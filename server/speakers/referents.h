// Who and what an article speaks of: one entry a person, organisation, unnamed
// source or document, with all that the article says of it. Clusters of names
// are referents from the start; sources without a name become referents when
// a claim needs them.

#ifndef QUOTH_SERVER_SPEAKERS_REFERENTS_H_
#define QUOTH_SERVER_SPEAKERS_REFERENTS_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/inlined_vector.h"
#include "server/speakers/names.h"
#include "server/speakers/speaker.h"
#include "server/speakers/words.h"
#include "server/text/span.h"

namespace quoth {

// A word of a role. `groups` says which other nouns can mean the same, as
// NounGroups (synonyms.h) gives them.
struct RoleWord {
  std::string_view word;  // Folded.
  uint64_t groups = 0;
};

// The most role words that are kept of one referent.
inline constexpr size_t kMaxRoleWordsKept = 32;

struct Referent {
  SpeakerKind kind = SpeakerKind::kUnnamed;
  std::string name;          // The fullest form so far.
  NameParts parts;           // Of a name; empty otherwise.
  uint64_t part_groups = 0;  // What NounGroups says of any part.
  std::string description;   // The role; empty if none is given.
  // Folded words of all its roles and descriptions, for "the spokesman".
  absl::InlinedVector<RoleWord, 4> roles;
  RoleWord head;         // The head noun of an unnamed one.
  bool source = false;   // Stands behind a claim.
  bool plural = false;   // "officials", "Trump and Sanders".
  bool place = false;    // A country or town.
  bool demonym = false;  // "Iranian": no speaker, only a word for one.

  int evidence = 0;  // For a person; negative: against. In no unit.

  // Evidence for its gender, the strongest first.
  Gender title_gender = Gender::kUnknown;  // Mr, spokeswoman.
  int he = 0;                              // Pronouns that can only be its.
  int she = 0;
  Gender name_gender = Gender::kUnknown;  // Of the given name.

  std::string_view pronoun;    // The one the article uses; empty if none.
  uint32_t first = 0;          // The word of the first mention.
  uint32_t full_first = 0;     // The word of the first with more ...
  uint32_t full_mentions = 0;  // With more than the bare surname.
  uint32_t total_mentions = 0;
  std::vector<Span> mentions;  // In any order, may overlap.

  Gender gender() const {
    if (title_gender != Gender::kUnknown) return title_gender;
    // One pronoun may be somebody else's; it outweighs no given name.
    const int lead = he - she;
    const int least = name_gender == Gender::kUnknown ? 1 : 2;
    if (lead >= least) return Gender::kMale;
    if (-lead >= least) return Gender::kFemale;
    return name_gender;
  }
  // What titles and the given name alone tell.
  Gender named_gender() const {
    return title_gender != Gender::kUnknown ? title_gender : name_gender;
  }
  bool IsPerson() const {
    return kind == SpeakerKind::kPerson || kind == SpeakerKind::kUnnamed;
  }
};

// Whether a name that counts as a person's may be an organisation's after all:
// nothing but the look of it says so.
bool MayBeOrganization(const Referent& referent);

// Whether the roles of one referent hold most words of the other's name.
bool NamesMostOf(const Referent& described, const Referent& named);

// Adds to the roles, while there is room.
void AddRoleWord(std::string_view folded, Referent& referent);

}  // namespace quoth

#endif  // QUOTH_SERVER_SPEAKERS_REFERENTS_H_
