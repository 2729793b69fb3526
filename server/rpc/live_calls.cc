#include "server/rpc/live_calls.h"

#include "server/rpc/errors.h"

namespace quoth {

absl::Status LiveCalls::Enter() {
  absl::MutexLock lock(&mutex_);
  if (draining_) return ShuttingDown();
  ++calls_;
  return absl::OkStatus();
}

void LiveCalls::Leave() {
  absl::MutexLock lock(&mutex_);
  --calls_;
}

absl::Status LiveCalls::Enter(Drainable* stream) {
  absl::MutexLock lock(&mutex_);
  if (draining_) return ShuttingDown();
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

}  // namespace quoth
