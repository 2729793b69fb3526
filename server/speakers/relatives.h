// The noun phrase that a relative pronoun takes up.
//
//   "Sen. Jane Doe (R-Wis.), a physician, who said"     // Sen. Jane Doe
//   "people familiar with the talks who said"           // the whole phrase
//   "in talks with the senator who said"                // the senator

#ifndef QUOTH_SERVER_SPEAKERS_RELATIVES_H_
#define QUOTH_SERVER_SPEAKERS_RELATIVES_H_

#include <cstdint>
#include <vector>

#include "server/speakers/mentions.h"
#include "server/speakers/tokens.h"

namespace quoth {

// Words [begin, end).
struct Antecedents {
  uint32_t begin = 0;
  uint32_t end = 0;
};

// What the relative pronoun at word `relative` takes up, in its own sentence;
// empty if nothing stands in front. Looks back over at most
// kMaxAntecedentWords words and one apposition.
inline constexpr uint32_t kMaxAntecedentWords = 16;
Antecedents FindAntecedent(const TokenList& tokens,
                           const std::vector<NameMention>& names,
                           uint32_t relative);

}  // namespace quoth

#endif  // QUOTH_SERVER_SPEAKERS_RELATIVES_H_
