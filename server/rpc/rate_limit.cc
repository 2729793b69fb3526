#include "server/rpc/rate_limit.h"

#include <algorithm>

namespace quoth {

RateLimit::RateLimit(double per_second, double burst)
    : per_second_(per_second), burst_(burst), level_(burst) {}

absl::Duration RateLimit::TryTake(absl::Time now) {
  if (per_second_ == 0) return absl::ZeroDuration();
  Fill(now);
  // At least a nanosecond, for the level may be a rounding error below 1.
  if (level_ < 1) return std::max(Until(1), absl::Nanoseconds(1));
  level_ -= 1;
  return absl::ZeroDuration();
}

absl::Duration RateLimit::Take(absl::Time now) {
  if (per_second_ == 0) return absl::ZeroDuration();
  Fill(now);
  level_ -= 1;
  return std::max(Until(0), absl::ZeroDuration());
}

absl::Duration RateLimit::Debt(absl::Time now) {
  if (per_second_ == 0) return absl::ZeroDuration();
  Fill(now);
  return std::max(Until(0), absl::ZeroDuration());
}

void RateLimit::Change(double per_second, double burst) {
  if (per_second_ == 0) level_ = burst;
  per_second_ = per_second;
  burst_ = burst;
  level_ = std::min(level_, burst_);
}

void RateLimit::Fill(absl::Time now) {
  if (now <= filled_) return;
  if (filled_ != absl::InfinitePast()) {
    level_ += absl::ToDoubleSeconds(now - filled_) * per_second_;
    level_ = std::min(level_, burst_);
  }
  filled_ = now;
}

absl::Duration RateLimit::Until(double level) const {
  return absl::Seconds((level - level_) / per_second_);
}

}  // namespace quoth
