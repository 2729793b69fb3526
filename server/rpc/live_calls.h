// The calls that run, and the door: who may still come in, who must be told
// to stop, and when the last has left.
//
//   LiveCalls live(64);
//   if (absl::Status s = live.Enter(); !s.ok()) return s;   // SHUTTING_DOWN
//   ... live.Leave() when the call is over ...
//
//   live.Drain();                          // Nobody comes in any more.
//   live.AwaitIdle(absl::Now() + timeout);

#ifndef QUOTH_SERVER_RPC_LIVE_CALLS_H_
#define QUOTH_SERVER_RPC_LIVE_CALLS_H_

#include <cstddef>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"

namespace quoth {

// A call that would go on for ever if it were not told to stop.
class Drainable {
 public:
  virtual ~Drainable() = default;
  // Takes in nothing more; ends when what it has taken in is answered. Must
  // not enter or leave by itself.
  virtual void Drain() = 0;
  // Looks whether its caller may still go on, and ends if not. Likewise.
  virtual void CallersChanged() = 0;
};

// Thread-safe.
class LiveCalls {
 public:
  explicit LiveCalls(int max_streams) : max_streams_(max_streams) {}

  // OK, or ShuttingDown of errors.h. Whoever entered must leave.
  absl::Status Enter() ABSL_LOCKS_EXCLUDED(mutex_);
  // Does not hold the call's memory after that.
  void Leave() ABSL_LOCKS_EXCLUDED(mutex_);

  // The same for a stream; also Overloaded if there are max_streams.
  absl::Status Enter(Drainable* stream) ABSL_LOCKS_EXCLUDED(mutex_);
  void Leave(Drainable* stream) ABSL_LOCKS_EXCLUDED(mutex_);

  // Lets nobody in any more and drains the streams. May be repeated.
  void Drain() ABSL_LOCKS_EXCLUDED(mutex_);

  // Tells the streams.
  void CallersChanged() ABSL_LOCKS_EXCLUDED(mutex_);

  struct Counts {
    int calls = 0;  // Without the streams.
    int streams = 0;
  };
  Counts counts() const ABSL_LOCKS_EXCLUDED(mutex_) {
    absl::MutexLock lock(&mutex_);
    return {calls_, static_cast<int>(streams_.size())};
  }

  // Whether all have left, after waiting for it until `deadline`.
  bool AwaitIdle(absl::Time deadline) ABSL_LOCKS_EXCLUDED(mutex_);

  // Returns once nobody was turned away by Drain for `quiet`, at the latest at
  // `deadline`; at once if nobody ever was.
  void AwaitQuiet(absl::Duration quiet, absl::Time deadline)
      ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  absl::Status Refuse() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  bool Idle() const ABSL_SHARED_LOCKS_REQUIRED(mutex_) {
    return calls_ == 0 && streams_.empty();
  }

  const size_t max_streams_;
  mutable absl::Mutex mutex_;
  bool draining_ ABSL_GUARDED_BY(mutex_) = false;
  // When Drain last turned somebody away.
  absl::Time last_refusal_ ABSL_GUARDED_BY(mutex_) = absl::InfinitePast();
  int calls_ ABSL_GUARDED_BY(mutex_) = 0;  // Without the streams.
  absl::flat_hash_set<Drainable*> streams_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace quoth

#endif  // QUOTH_SERVER_RPC_LIVE_CALLS_H_
