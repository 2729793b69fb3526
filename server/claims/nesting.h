// Which claim is reported inside which, by the two questions there are:
//
//   Reed said {that Lee denied {theft}}.
//
//   FindParents(claims);   // claims[1].parent == 0: what the caller is told
//   std::vector<int> outer = FindOuterClaims(claims);
//   outer[1];              // 0: who speaks around Lee
//
// A parent holds all of a claim, cue and content, and the smallest is the one.
// An outer claim holds the place where the claim stands, and the innermost is
// the one: a claim has it also if it has no cue, or if it goes on outside.
//
// Both are one sweep over the pieces of content: O(n log n), whatever the
// distance between a claim and the one around it. Of more than kMaxAround
// pieces around one place, some may not be looked at: text does not nest so
// deep.

#ifndef QUOTH_SERVER_CLAIMS_NESTING_H_
#define QUOTH_SERVER_CLAIMS_NESTING_H_

#include <cstddef>
#include <vector>

#include "server/claims/claim.h"
#include "server/text/span.h"

namespace quoth {

inline constexpr size_t kMaxAround = 64;

// Sets the parent of each claim that has a cue.
void FindParents(std::vector<Claim>& claims);

// Where a claim stands: its source, else its cue, else its first content.
Span AnchorOf(const Claim& claim);

// The innermost claim around each, -1: none. Never a cycle: a claim that would
// close one is taken to lie in none.
std::vector<int> FindOuterClaims(const std::vector<Claim>& claims);

// How many claims lie around each, at most kMaxNesting.
inline constexpr int kMaxNesting = 8;
std::vector<int> NestingDepths(const std::vector<int>& outer);

}  // namespace quoth

#endif  // QUOTH_SERVER_CLAIMS_NESTING_H_
