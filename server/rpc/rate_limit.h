// How many things a second, and how many at once after a pause: a token
// bucket. It fills at the rate, up to the burst; each thing takes one out.
//
//   RateLimit limit(5, 20);
//   absl::Duration wait = limit.TryTake(absl::Now());
//   if (wait > absl::ZeroDuration()) return TryAgainIn(wait);

#ifndef QUOTH_SERVER_RPC_RATE_LIMIT_H_
#define QUOTH_SERVER_RPC_RATE_LIMIT_H_

#include "absl/time/time.h"

namespace quoth {

// Not thread-safe. Times that go back count as no time.
class RateLimit {
 public:
  // No limit.
  RateLimit() = default;
  // Requires per_second > 0 and burst >= 1. Begins full.
  RateLimit(double per_second, double burst);

  // Takes one and returns zero; or takes none and returns how long it is until
  // there is one.
  absl::Duration TryTake(absl::Time now);

  // Takes one in any case, on credit if need be; returns how long it is until
  // the credit is repaid. For those who wait after, rather than are refused.
  absl::Duration Take(absl::Time now);

  // Takes none; returns how long it is until what was taken on credit is
  // repaid, zero if nothing was.
  absl::Duration Debt(absl::Time now);

  // What was taken stays taken.
  void Change(double per_second, double burst);
  void ChangeToUnlimited() { per_second_ = 0; }

 private:
  void Fill(absl::Time now);
  absl::Duration Until(double level) const;

  double per_second_ = 0;  // 0: no limit.
  double burst_ = 0;
  double level_ = 0;
  absl::Time filled_ = absl::InfinitePast();
};

}  // namespace quoth

#endif  // QUOTH_SERVER_RPC_RATE_LIMIT_H_
