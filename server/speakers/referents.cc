#include "server/speakers/referents.h"

#include "server/speakers/synonyms.h"

namespace quoth {

void AddRoleWord(std::string_view folded, Referent& referent) {
  if (referent.roles.size() >= kMaxRoleWordsKept) return;
  for (const RoleWord& role : referent.roles) {
    if (role.word == folded) return;
  }
  referent.roles.push_back({folded, NounGroups(folded)});
}

}  // namespace quoth
