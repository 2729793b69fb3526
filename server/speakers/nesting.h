// Which claim is reported inside which: the claim whose content holds another
// claim's source, cue or words.
//
//   std::vector<int> outer = FindOuterClaims(claims);
//   outer[i];   // the innermost claim around claim i, -1: none

#ifndef QUOTH_SERVER_SPEAKERS_NESTING_H_
#define QUOTH_SERVER_SPEAKERS_NESTING_H_

#include <cstdint>
#include <vector>

#include "server/claims/claim.h"

namespace quoth {

// Where a claim stands: its source, else its cue, else its first content.
Span AnchorOf(const Claim& claim);

// Never a cycle: a claim that would close one is taken to lie in none.
// O(n log n) in the number of content pieces.
std::vector<int> FindOuterClaims(const std::vector<Claim>& claims);

// How many claims lie around each, at most kMaxNesting.
inline constexpr int kMaxNesting = 8;
std::vector<int> NestingDepths(const std::vector<int>& outer);

}  // namespace quoth

#endif  // QUOTH_SERVER_SPEAKERS_NESTING_H_
