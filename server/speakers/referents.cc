#include "server/speakers/referents.h"

#include "server/speakers/synonyms.h"

namespace quoth {

bool MayBeOrganization(const Referent& referent) {
  constexpr int kSurePerson = 3;
  return referent.kind == SpeakerKind::kPerson && !referent.plural &&
         !referent.parts.empty() && referent.evidence < kSurePerson &&
         referent.gender() == Gender::kUnknown;
}

bool NamesMostOf(const Referent& described, const Referent& named) {
  size_t known = 0;
  for (std::string_view part : named.parts) {
    for (const RoleWord& role : described.roles) {
      if (role.word == part) {
        ++known;
        break;
      }
    }
  }
  return known > 0 && 2 * known > named.parts.size();
}

void AddRoleWord(std::string_view folded, Referent& referent) {
  if (referent.roles.size() >= kMaxRoleWordsKept) return;
  for (const RoleWord& role : referent.roles) {
    if (role.word == folded) return;
  }
  referent.roles.push_back({folded, NounGroups(folded)});
}

}  // namespace quoth
