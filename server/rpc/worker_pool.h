// The threads on which requests run, and the one queue before them: bounded,
// and fair between calls and streams.
//
//   WorkerPool pool({.workers = 2, .queue_length = 64});
//   if (!pool.TrySubmit([&] { Answer(call); })) return Overloaded("calls");
//
// Calls are refused when the queue is full: somebody waits for the answer and
// may ask another server. Items of streams wait for room instead: nobody is in
// a hurry, and the stream reads nothing more until there is some. When both
// wait, three calls go before each item, so that a backfill neither holds up
// the calls nor stands still.

#ifndef QUOTH_SERVER_RPC_WORKER_POOL_H_
#define QUOTH_SERVER_RPC_WORKER_POOL_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/functional/any_invocable.h"
#include "absl/synchronization/mutex.h"

namespace quoth {

struct WorkerPoolOptions {
  int workers = 1;       // At least 1.
  int queue_length = 1;  // Jobs that may wait, of each kind. At least 1.
};

// Thread-safe.
class WorkerPool {
 public:
  using Job = absl::AnyInvocable<void()>;
  // Names a job that was submitted. Never used twice.
  using Ticket = uint64_t;

  explicit WorkerPool(const WorkerPoolOptions& options);
  // Runs what still waits, then ends the threads.
  ~WorkerPool();
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  // Nullopt, and the job is dropped, if queue_length calls wait already.
  std::optional<Ticket> TrySubmit(Job job) ABSL_LOCKS_EXCLUDED(mutex_);

  struct Submission {
    Ticket ticket;
    bool has_room;  // Whether the item is in the queue.
  };
  // Takes an item of a stream in any case. If there is no room for it in the
  // queue, `on_room` is called, on some thread, as soon as there is; the
  // stream submits nothing else until then, so that what waits for room is
  // one item a stream.
  Submission SubmitItem(Job job, Job on_room) ABSL_LOCKS_EXCLUDED(mutex_);

  // Takes back a job that still waits: it will not run. False if it began
  // already (or was removed before).
  bool Remove(Ticket ticket) ABSL_LOCKS_EXCLUDED(mutex_);

  int workers() const { return static_cast<int>(threads_.size()); }

 private:
  struct WaitingItem {
    Job job;
    Job on_room;
  };

  void Work() ABSL_LOCKS_EXCLUDED(mutex_);
  bool HasWork() const ABSL_SHARED_LOCKS_REQUIRED(mutex_);
  // The next job; requires one in the queue.
  Job TakeNext() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // Moves the item that has waited longest for room, if there is now room for
  // it; returns its on_room, or an empty job.
  Job LetItemIn() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const size_t queue_length_;
  absl::Mutex mutex_;
  // Ordered by ticket, which is by time. Maps, not queues: jobs of callers
  // that hang up leave from the middle.
  std::map<Ticket, Job> calls_ ABSL_GUARDED_BY(mutex_);
  std::map<Ticket, Job> items_ ABSL_GUARDED_BY(mutex_);
  std::map<Ticket, WaitingItem> waiting_items_ ABSL_GUARDED_BY(mutex_);
  Ticket next_ticket_ ABSL_GUARDED_BY(mutex_) = 0;
  int calls_in_a_row_ ABSL_GUARDED_BY(mutex_) = 0;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  std::vector<std::thread> threads_;  // Last: they use all of the above.
};

}  // namespace quoth

#endif  // QUOTH_SERVER_RPC_WORKER_POOL_H_
