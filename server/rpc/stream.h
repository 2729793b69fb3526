// One StreamExtractClaims call. Reads items, hands each to a worker, and
// writes the answers as they come, in any order.
//
// What keeps it within bounds: an item is in flight from its reading until its
// answer is written; at `max_in_flight` the stream reads nothing, and so it
// does while an item waits for room in the workers' queue. A client that does
// not take its answers is thus not read from, and HTTP/2's flow control stops
// its sending. So it is with a caller that is ahead of its rate (rpc/access.h).
//
// A stream on which nothing is under way for a long time ends, and so does one
// whose caller is none any more: there may be only so many streams.

#ifndef QUOTH_SERVER_RPC_STREAM_H_
#define QUOTH_SERVER_RPC_STREAM_H_

#include <atomic>
#include <deque>
#include <memory>
#include <optional>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "grpcpp/alarm.h"
#include "grpcpp/server_context.h"
#include "grpcpp/support/byte_buffer.h"
#include "grpcpp/support/server_callback.h"
#include "server/rpc/access.h"
#include "server/rpc/handler.h"
#include "server/rpc/live_calls.h"
#include "server/rpc/telemetry.h"
#include "server/rpc/unsent_bytes.h"
#include "server/rpc/worker_pool.h"

namespace quoth {

using StreamReactor =
    grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>;

// A call that ends at once with `status`; nothing of it is read.
StreamReactor* RefuseCall(CallTrace trace, const absl::Status& status);

// What a call needs of its service; all must outlive it.
struct CallEnvironment {
  const Handler& handler;
  WorkerPool& pool;
  LiveCalls& live;
  Telemetry& telemetry;
  UnsentBytes& unsent;
  absl::Duration stream_idle;  // kMaxStreamIdle.
};

class ExtractStream : public StreamReactor, public Drainable {
 public:
  // The reactor of a new call: one that ends at once if the call may not come
  // in. It deletes itself when the call is over.
  static StreamReactor* Start(const CallEnvironment& environment,
                              int max_in_flight, CallTrace trace,
                              Admission admission,
                              grpc::CallbackServerContext& context);

  void OnReadDone(bool ok) override;
  void OnWriteDone(bool ok) override;
  void OnCancel() override;
  void OnDone() override;

  // Reads no more items, answers those in flight, and ends with UNAVAILABLE
  // (SHUTTING_DOWN) unless the client had sent its last.
  void Drain() override;
  // Ends likewise, with UNAUTHENTICATED, if its caller is none any more.
  void CallersChanged() override;

 private:
  ExtractStream(const CallEnvironment& environment, int max_in_flight,
                CallTrace trace, Admission admission,
                grpc::CallbackServerContext& context);

  struct Item {
    grpc::ByteBuffer bytes;
    WorkerPool::Ticket ticket = 0;
    CallRecord record;
  };
  struct Outgoing {
    grpc::ByteBuffer bytes;
    std::optional<UnsentBytes::Share> share;
  };

  // On a worker.
  void Answer(Item& item) ABSL_LOCKS_EXCLUDED(mutex_);
  absl::Status Alive() const;
  absl::Status WhyAbandoned() const;

  // Whether the caller may still send items. Counts one, after which the
  // stream may have to wait.
  bool MayRead() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // Reads nothing for so long, so that the caller keeps to its rate.
  void WaitForRate(absl::Duration wait) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void RateWaitIsOver() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // Ends the stream if it is idle for long enough; else looks again when it
  // may be.
  void WatchIdle() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // Calls `then` after `wait`, unless the stream is finished by then.
  void SetAlarm(absl::Duration wait, void (ExtractStream::*then)(),
                std::unique_ptr<grpc::Alarm>& alarm)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // Whether no item may be read any more, though more may come.
  bool Stopped() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    return draining_ || abandoned_ || revoked_ || idle_;
  }
  // Starts whatever may start now: a read, a write, the end. Called after
  // every change.
  void Proceed() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // The client hung up, or cannot be written to: forgets all that is not
  // running.
  void Abandon() ABSL_LOCKS_EXCLUDED(mutex_);

  const CallEnvironment environment_;
  const int max_in_flight_;
  const absl::Time deadline_;
  std::atomic<bool> abandoned_ = false;

  // Until OnDone. Jobs share it, so that a job that has just handed over the
  // last answer does not return into a deleted stream.
  std::shared_ptr<ExtractStream> self_;

  absl::Mutex mutex_;
  bool reading_ ABSL_GUARDED_BY(mutex_) = false;
  bool writing_ ABSL_GUARDED_BY(mutex_) = false;
  bool last_read_ ABSL_GUARDED_BY(mutex_) = false;  // No item follows.
  bool draining_ ABSL_GUARDED_BY(mutex_) = false;
  bool waits_for_room_ ABSL_GUARDED_BY(mutex_) = false;
  CallTrace trace_ ABSL_GUARDED_BY(mutex_);
  Admission admission_ ABSL_GUARDED_BY(mutex_);
  bool revoked_ ABSL_GUARDED_BY(mutex_) = false;
  bool waits_for_rate_ ABSL_GUARDED_BY(mutex_) = false;
  bool idle_ ABSL_GUARDED_BY(mutex_) = false;  // For too long.
  // When anything happened last, by SteadyNow.
  absl::Time last_event_ ABSL_GUARDED_BY(mutex_);
  // The last. A new one for each wait, for its callback may still return.
  std::unique_ptr<grpc::Alarm> rate_alarm_;
  std::unique_ptr<grpc::Alarm> idle_alarm_;
  bool finished_ ABSL_GUARDED_BY(mutex_) = false;
  int in_flight_ ABSL_GUARDED_BY(mutex_) = 0;
  absl::flat_hash_set<WorkerPool::Ticket> queued_ ABSL_GUARDED_BY(mutex_);
  std::deque<Outgoing> answers_ ABSL_GUARDED_BY(mutex_);
  // gRPC's while reading_ and writing_.
  grpc::ByteBuffer incoming_;
  Outgoing outgoing_;
};

}  // namespace quoth

#endif  // QUOTH_SERVER_RPC_STREAM_H_
