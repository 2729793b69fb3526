// The phrases by which circumstance_candidates.h finds times. Each pattern has
// one group, the phrase. Letters may be of either case.

#ifndef QUOTH_SERVER_CLAIMS_CIRCUMSTANCE_PATTERNS_H_
#define QUOTH_SERVER_CLAIMS_CIRCUMSTANCE_PATTERNS_H_

#include "re2/re2.h"

namespace quoth {

// "on Monday", "late Tuesday night", "Friday, March 4".
const RE2& DayPattern();

// "on 26 January", "in early March 2015", "Jan. 17-23".
const RE2& DatePattern();

// "in 2008".
const RE2& YearPattern();

// "earlier this week", "two days later", "yesterday", "in recent months".
const RE2& RelativeTimePattern();

// Single words that tell when: "later", "recently".
const RE2& TimeAdverbPattern();

// Those that rather tell in what order: "then", "already", "immediately".
const RE2& StageAdverbPattern();

}  // namespace quoth

#endif  // QUOTH_SERVER_CLAIMS_CIRCUMSTANCE_PATTERNS_H_
