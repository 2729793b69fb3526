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
//
// A queue is bounded by time, too: from what past jobs took for their bytes the
// pool knows about how long a call would wait, and refuses one that would wait
// too long, or past its deadline. Whoever is let in then gets an answer in
// time, and no worker reads an article that nobody waits for any more.

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
#include "absl/time/time.h"

namespace quoth {

struct WorkerPoolOptions {
  int workers = 1;       // At least 1.
  int queue_length = 1;  // Jobs that may wait, of each kind. At least 1.
  // Calls that would probably wait for longer are refused.
  absl::Duration max_expected_wait = absl::InfiniteDuration();
};

// What is known of a job before it runs.
struct Demand {
  size_t bytes = 0;  // Of the request: the work grows with them.
  absl::Time deadline = absl::InfiniteFuture();
};

// How full a pool is.
struct PoolLevels {
  size_t calls = 0;          // That wait.
  size_t items = 0;          // That wait.
  size_t waiting_items = 0;  // That wait for room.
  int busy_workers = 0;
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

  // Nullopt, and the job is dropped, if queue_length calls wait already, or if
  // others wait and this one would wait for longer than max_expected_wait or
  // would hardly be done by its deadline.
  std::optional<Ticket> TrySubmit(Job job, const Demand& demand = {})
      ABSL_LOCKS_EXCLUDED(mutex_);

  struct Submission {
    Ticket ticket;
    bool has_room;  // Whether the item is in the queue.
  };
  // Takes an item of a stream in any case. If there is no room for it in the
  // queue, `on_room` is called, on some thread, as soon as there is; the
  // stream submits nothing else until then, so that what waits for room is
  // one item a stream.
  Submission SubmitItem(Job job, Job on_room, size_t bytes = 0)
      ABSL_LOCKS_EXCLUDED(mutex_);

  // Takes back a job that still waits: it will not run. False if it began
  // already (or was removed before).
  bool Remove(Ticket ticket) ABSL_LOCKS_EXCLUDED(mutex_);

  // Tells the pool what the work on a request of so many bytes took. Only work
  // that was done to its end: others say nothing about the next.
  void Learn(size_t bytes, absl::Duration work) ABSL_LOCKS_EXCLUDED(mutex_);

  // How long a call that came now would probably wait; 0 if nothing is known.
  absl::Duration ExpectedWait() const ABSL_LOCKS_EXCLUDED(mutex_);
  PoolLevels levels() const ABSL_LOCKS_EXCLUDED(mutex_);

  int workers() const { return static_cast<int>(threads_.size()); }

 private:
  struct Waiting {
    Job job;
    double cost = 0;
    Job on_room;  // Of an item that waits for room.
  };
  // By ticket, which is by time. Maps, not queues: jobs of callers that hang up
  // leave from the middle.
  struct Queue {
    std::map<Ticket, Waiting> jobs;
    double cost = 0;  // Of all.

    void Push(Ticket ticket, Waiting waiting);
    // An empty node if it is not there.
    std::map<Ticket, Waiting>::node_type Take(Ticket ticket);
    Waiting TakeFirst();
  };

  void Work() ABSL_LOCKS_EXCLUDED(mutex_);
  bool HasWork() const ABSL_SHARED_LOCKS_REQUIRED(mutex_);
  // The next job; requires one in the queue.
  Waiting TakeNext() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // Moves the item that has waited longest for room, if there is now room for
  // it; returns its on_room, or an empty job.
  Job LetItemIn() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // In seconds.
  double SecondsToWait() const ABSL_SHARED_LOCKS_REQUIRED(mutex_);
  double SecondsFor(double cost) const ABSL_SHARED_LOCKS_REQUIRED(mutex_);

  const WorkerPoolOptions options_;
  mutable absl::Mutex mutex_;
  Queue calls_ ABSL_GUARDED_BY(mutex_);
  Queue items_ ABSL_GUARDED_BY(mutex_);
  Queue waiting_items_ ABSL_GUARDED_BY(mutex_);
  // Of past jobs, the older the less.
  double learned_cost_ ABSL_GUARDED_BY(mutex_) = 0;
  double learned_seconds_ ABSL_GUARDED_BY(mutex_) = 0;
  double running_cost_ ABSL_GUARDED_BY(mutex_) = 0;
  int busy_workers_ ABSL_GUARDED_BY(mutex_) = 0;
  Ticket next_ticket_ ABSL_GUARDED_BY(mutex_) = 0;
  int calls_in_a_row_ ABSL_GUARDED_BY(mutex_) = 0;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  std::vector<std::thread> threads_;  // Last: they use all of the above.
};

}  // namespace quoth

#endif  // QUOTH_SERVER_RPC_WORKER_POOL_H_
