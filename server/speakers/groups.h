// People without a name that an article speaks of: "several voters in Ohio",
// "critics of the deal". They are what "they" and "who" may stand for.
//
//   for (const GroupMention& g : FindGroups(tokens, names)) ...

#ifndef QUOTH_SERVER_SPEAKERS_GROUPS_H_
#define QUOTH_SERVER_SPEAKERS_GROUPS_H_

#include <cstdint>
#include <vector>

#include "server/speakers/mentions.h"
#include "server/speakers/tokens.h"

namespace quoth {

struct GroupMention {
  uint32_t begin = 0;  // The words of the noun phrase up to its head.
  uint32_t end = 0;
  bool object = false;  // Behind a preposition.
};

// Plural nouns for people, with what describes them in front; in text order,
// without overlap. Looks back at most kMaxGroupWords words from each noun.
inline constexpr uint32_t kMaxGroupWords = 6;
std::vector<GroupMention> FindGroups(const TokenList& tokens,
                                     const std::vector<NameMention>& names);

}  // namespace quoth

#endif  // QUOTH_SERVER_SPEAKERS_GROUPS_H_
