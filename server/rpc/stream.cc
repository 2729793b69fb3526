#include "server/rpc/stream.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

#include "absl/time/clock.h"
#include "server/rpc/buffers.h"
#include "server/rpc/errors.h"

namespace quoth {
namespace {

class RefusedStream : public StreamReactor {
 public:
  RefusedStream(CallTrace trace, const absl::Status& status) {
    // Now: nobody waits for such a call when the server ends.
    trace.SetOutcome(status);
    trace.Finish();
    Finish(ToGrpcStatus(status));
  }
  void OnDone() override { delete this; }
};

}  // namespace

StreamReactor* RefuseCall(CallTrace trace, const absl::Status& status) {
  return new RefusedStream(std::move(trace), status);
}

StreamReactor* ExtractStream::Start(const CallEnvironment& environment,
                                    int max_in_flight, CallTrace trace,
                                    Admission admission,
                                    grpc::CallbackServerContext& context) {
  std::shared_ptr<ExtractStream> stream(
      new ExtractStream(environment, max_in_flight, std::move(trace),
                        std::move(admission), context));
  const absl::Status entered = environment.live.Enter(stream.get());
  if (!entered.ok()) return RefuseCall(std::move(stream->trace_), entered);
  stream->self_ = stream;
  absl::MutexLock lock(&stream->mutex_);
  // From now on the stream is told of such changes.
  if (!stream->admission_.StillValid()) stream->revoked_ = true;
  // Or whoever opens a stream for each item would have no rate.
  stream->WaitForRate(stream->admission_.ItemDebt());
  stream->Proceed();
  if (!stream->finished_) stream->WatchIdle();
  return stream.get();
}

ExtractStream::ExtractStream(const CallEnvironment& environment,
                             int max_in_flight, CallTrace trace,
                             Admission admission,
                             grpc::CallbackServerContext& context)
    : environment_(environment),
      max_in_flight_(max_in_flight),
      deadline_(absl::FromChrono(context.deadline())),
      trace_(std::move(trace)),
      admission_(std::move(admission)) {}

void ExtractStream::OnReadDone(bool ok) {
  absl::MutexLock lock(&mutex_);
  reading_ = false;
  if (!ok) {
    last_read_ = true;
  } else if (!Stopped() && MayRead()) {
    auto item = std::make_shared<Item>();
    item->bytes.Swap(&incoming_);
    const size_t bytes = item->bytes.Length();
    trace_.record().bytes_in += static_cast<int64_t>(bytes);
    item->record = trace_.NewItem(++trace_.record().items);
    item->record.bytes_in = static_cast<int64_t>(bytes);
    ++in_flight_;
    const WorkerPool::Submission submission = environment_.pool.SubmitItem(
        [self = self_, item] { self->Answer(*item); },
        [self = self_] {
          absl::MutexLock lock(&self->mutex_);
          self->waits_for_room_ = false;
          self->Proceed();
        },
        bytes);
    item->ticket = submission.ticket;
    queued_.insert(submission.ticket);
    waits_for_room_ = !submission.has_room;
  }
  Proceed();
}

bool ExtractStream::MayRead() {
  if (!admission_.StillValid()) {
    revoked_ = true;
    return false;
  }
  WaitForRate(admission_.CountItem());
  return true;
}

void ExtractStream::WaitForRate(absl::Duration wait) {
  if (wait <= absl::ZeroDuration()) return;
  waits_for_rate_ = true;
  SetAlarm(wait, &ExtractStream::RateWaitIsOver, rate_alarm_);
}

void ExtractStream::RateWaitIsOver() {
  waits_for_rate_ = false;
  Proceed();
}

void ExtractStream::WatchIdle() {
  absl::Duration left = environment_.stream_idle;
  if (in_flight_ == 0 && !waits_for_rate_) left -= SteadyNow() - last_event_;
  if (left <= absl::ZeroDuration()) {
    idle_ = true;
    Proceed();
  } else {
    SetAlarm(left, &ExtractStream::WatchIdle, idle_alarm_);
  }
}

void ExtractStream::SetAlarm(absl::Duration wait, void (ExtractStream::*then)(),
                             std::unique_ptr<grpc::Alarm>& alarm) {
  // The alarm keeps its callback, and the callback must not keep the stream,
  // which keeps the alarm.
  auto held = std::make_shared<std::shared_ptr<ExtractStream>>(self_);
  alarm = std::make_unique<grpc::Alarm>();
  alarm->Set(absl::ToChronoTime(absl::Now() + wait), [held, then](bool) {
    const std::shared_ptr<ExtractStream> self = std::move(*held);
    absl::MutexLock lock(&self->mutex_);
    if (!self->finished_) (self.get()->*then)();
  });
}

void ExtractStream::Answer(Item& item) {
  {
    // OnReadDone holds the lock until it has written the ticket.
    absl::MutexLock lock(&mutex_);
    queued_.erase(item.ticket);
  }
  CallRecord& record = item.record;
  record.queue = std::max(absl::Now() - record.began, absl::ZeroDuration());
  Outgoing answer;
  if (!abandoned_) {
    std::string bytes = environment_.handler.ExtractItem(
        FlatBuffer(item.bytes).bytes(), [this] { return Alive(); },
        &record.work);
    if (record.work.outcome.code == absl::StatusCode::kOk) {
      environment_.pool.Learn(item.bytes.Length(), record.work.work);
      // Errors are small and as few as the items in flight.
      answer.share = environment_.unsent.Take(record.caller, bytes.size());
      if (!answer.share) {
        bytes = environment_.handler.RefuseItem(
            FlatBuffer(item.bytes).bytes(),
            Overloaded("answers wait for their callers"), record.work);
      }
    }
    answer.bytes = ToByteBuffer(bytes);
    record.bytes_out = static_cast<int64_t>(bytes.size());
    // Before the stream may be over.
    FinishItem(environment_.telemetry, record);
  }
  item.bytes.Clear();
  absl::MutexLock lock(&mutex_);
  if (abandoned_) {
    --in_flight_;
  } else {
    trace_.record().bytes_out += record.bytes_out;
    answers_.push_back(std::move(answer));
  }
  Proceed();
}

absl::Status ExtractStream::Alive() const {
  if (abandoned_ || absl::Now() >= deadline_) return WhyAbandoned();
  return absl::OkStatus();
}

// gRPC cancels calls whose time is up.
absl::Status ExtractStream::WhyAbandoned() const {
  return absl::Now() >= deadline_ ? CallDeadlineExceeded() : CallCancelled();
}

void ExtractStream::OnWriteDone(bool ok) {
  {
    absl::MutexLock lock(&mutex_);
    writing_ = false;
    outgoing_ = {};
    --in_flight_;
    if (ok) {
      Proceed();
      return;
    }
  }
  Abandon();
}

void ExtractStream::OnCancel() { Abandon(); }

void ExtractStream::OnDone() {
  {
    absl::MutexLock lock(&mutex_);
    // It was, though the end of what is read was seen first.
    if (abandoned_ && trace_.record().work.outcome.reason.empty()) {
      trace_.SetOutcome(WhyAbandoned());
    }
    trace_.Finish();
  }
  environment_.live.Leave(this);
  // All reactions have returned. Whoever held the lock last has let go of it.
  { absl::MutexLock lock(&mutex_); }
  if (rate_alarm_ != nullptr) rate_alarm_->Cancel();
  if (idle_alarm_ != nullptr) idle_alarm_->Cancel();
  self_.reset();  // Last: deletes this, unless a job is just returning.
}

void ExtractStream::Drain() {
  absl::MutexLock lock(&mutex_);
  draining_ = true;
  Proceed();
}

void ExtractStream::CallersChanged() {
  absl::MutexLock lock(&mutex_);
  if (admission_.StillValid()) return;
  revoked_ = true;
  Proceed();
}

void ExtractStream::Proceed() {
  if (finished_) return;
  last_event_ = SteadyNow();
  const bool stopped = Stopped();
  if (!writing_ && !answers_.empty()) {
    outgoing_ = std::move(answers_.front());
    answers_.pop_front();
    writing_ = true;
    StartWrite(&outgoing_.bytes);
  }
  if (!reading_ && !last_read_ && !stopped && !waits_for_room_ &&
      !waits_for_rate_ && in_flight_ < max_in_flight_) {
    reading_ = true;
    StartRead(&incoming_);
  }
  // A write is in flight too. A read that is under way does not matter: when
  // the stream is stopped, nobody wants what it may bring.
  if (in_flight_ == 0 && (last_read_ || stopped)) {
    finished_ = true;
    absl::Status status;
    if (abandoned_) {
      status = WhyAbandoned();
    } else if (!last_read_) {
      status = revoked_    ? Unauthenticated()
               : draining_ ? ShuttingDown()
                           : StreamIdle();
    }
    trace_.SetOutcome(status);
    admission_.GiveBack();
    Finish(ToGrpcStatus(status));
  }
}

void ExtractStream::Abandon() {
  abandoned_ = true;
  absl::flat_hash_set<WorkerPool::Ticket> queued;
  {
    absl::MutexLock lock(&mutex_);
    queued.swap(queued_);
    in_flight_ -= static_cast<int>(answers_.size());
    answers_.clear();
  }
  // Without the lock: the room that this makes lets in another item, maybe
  // one of this stream, which locks its stream.
  int removed = 0;
  for (const WorkerPool::Ticket ticket : queued) {
    if (environment_.pool.Remove(ticket)) ++removed;
  }
  absl::MutexLock lock(&mutex_);
  in_flight_ -= removed;
  Proceed();
}

}  // namespace quoth
