#include "server/rpc/live_calls.h"

#include <algorithm>

#include "absl/time/clock.h"
#include "server/rpc/errors.h"

namespace quoth {

absl::Status LiveCalls::Refuse() {
  last_refusal_ = absl::Now();
  return ShuttingDown();
}

absl::Status LiveCalls::Enter() {
  absl::MutexLock lock(&mutex_);
  if (draining_) return Refuse();
  ++calls_;
  return absl::OkStatus();
}

void LiveCalls::Leave() {
  absl::MutexLock lock(&mutex_);
  --calls_;
}

absl::Status LiveCalls::Enter(Drainable* stream) {
  absl::MutexLock lock(&mutex_);
  if (draining_) return Refuse();
  if (streams_.size() >= max_streams_) return Overloaded("streams are open");
  streams_.insert(stream);
  return absl::OkStatus();
}

void LiveCalls::Leave(Drainable* stream) {
  absl::MutexLock lock(&mutex_);
  streams_.erase(stream);
}

void LiveCalls::Drain() {
  // Under the lock, so that no stream leaves, and ends, meanwhile.
  absl::MutexLock lock(&mutex_);
  draining_ = true;
  for (Drainable* stream : streams_) stream->Drain();
}

void LiveCalls::CallersChanged() {
  absl::MutexLock lock(&mutex_);  // As above.
  for (Drainable* stream : streams_) stream->CallersChanged();
}

bool LiveCalls::AwaitIdle(absl::Time deadline) {
  absl::MutexLock lock(&mutex_);
  return mutex_.AwaitWithDeadline(
      absl::Condition(
          +[](LiveCalls* live) ABSL_SHARED_LOCKS_REQUIRED(live->mutex_) {
            return live->Idle();
          },
          this),
      deadline);
}

void LiveCalls::AwaitQuiet(absl::Duration quiet, absl::Time deadline) {
  while (true) {
    absl::Time until;
    {
      absl::MutexLock lock(&mutex_);
      until = std::min(last_refusal_ + quiet, deadline);
    }
    const absl::Duration left = until - absl::Now();
    if (left <= absl::ZeroDuration()) return;
    absl::SleepFor(left);
  }
}

}  // namespace quoth
