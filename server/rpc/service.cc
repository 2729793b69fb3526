#include "server/rpc/service.h"

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "server/rpc/buffers.h"
#include "server/rpc/errors.h"
#include "server/rpc/server.h"

namespace quoth {
namespace {

// The place of ExtractClaims among the methods of the contract.
constexpr int kExtractClaimsIndex = 0;

// One ExtractClaims call. Deletes itself when it is over.
class UnaryCall : public StreamReactor {
 public:
  UnaryCall(const CallEnvironment& environment, LiveCalls& arriving,
            CallTrace trace, Admission admission,
            const grpc::CallbackServerContext& context)
      : environment_(environment),
        arriving_(arriving),
        trace_(std::move(trace)),
        admission_(std::move(admission)),
        deadline_(absl::FromChrono(context.deadline())) {}

  // Requires that the call entered `arriving`.
  void Start() {
    HandOver();
    StartRead(&request_);
  }

  void OnReadDone(bool ok) override {
    HandOver();
    absl::Status status = WhyCancelled();
    if (!cancelled_) {
      trace_.record().bytes_in = static_cast<int64_t>(request_.Length());
      request_came_ = ok;
      status = ok ? environment_.live.Enter() : MissingMessage();
      entered_ = ok && status.ok();
    }
    if (status.ok()) status = Submit();
    if (!status.ok()) End(status);
  }

  void OnCancel() override {
    HandOver();
    cancelled_ = true;
    std::optional<WorkerPool::Ticket> ticket;
    {
      absl::MutexLock lock(&mutex_);
      ticket = ticket_;
    }
    // Either the job finishes the call or, if it will never run, this.
    if (ticket && environment_.pool.Remove(*ticket)) End(WhyCancelled());
  }

  void OnDone() override {
    // OnCancel has returned. Whoever held the lock last has let go of it.
    HandOver();
    LiveCalls& arriving = arriving_;
    LiveCalls* live = entered_ ? &environment_.live : nullptr;
    // Answered, but too late: nobody got it. Or given up before the message
    // was there.
    if (cancelled_ &&
        (trace_.record().work.outcome.reason.empty() || !request_came_)) {
      trace_.SetOutcome(WhyCancelled());
    }
    trace_.Finish();
    delete this;
    if (live != nullptr) live->Leave();
    arriving.Leave();  // Last: the service waits for it.
  }

 private:
  // On a worker.
  void Answer() {
    CallRecord& record = trace_.record();
    record.queue = std::max(absl::Now() - submitted_, absl::ZeroDuration());
    absl::StatusOr<std::string> response = environment_.handler.Extract(
        FlatBuffer(request_).bytes(), [this] { return Alive(); }, &record.work);
    const size_t bytes = request_.Length();
    request_.Clear();
    if (response.ok()) {
      environment_.pool.Learn(bytes, record.work.work);
      share_ = environment_.unsent.Take(record.caller, response->size());
      if (!share_) {
        response = Overloaded("answers wait for their callers");
        trace_.SetOutcome(response.status());
      }
    }
    if (response.ok()) {
      record.bytes_out = static_cast<int64_t>(response->size());
      response_ = ToByteBuffer(*response);
    }
    admission_.GiveBack();
    HandOver();
    // The last line, which may delete this.
    if (!response.ok()) return Finish(ToGrpcStatus(response.status()));
    StartWriteAndFinish(&response_, grpc::WriteOptions(), grpc::Status::OK);
  }

  // gRPC passes the call from thread to thread, in order. It says so to nobody:
  // with the lock taken on both sides, the thread sanitizer knows it, too.
  void HandOver() ABSL_LOCKS_EXCLUDED(mutex_) { absl::MutexLock lock(&mutex_); }

  // May delete this.
  void End(const absl::Status& status) {
    trace_.SetOutcome(status);
    admission_.GiveBack();
    HandOver();
    Finish(ToGrpcStatus(status));
  }

  static absl::Status MissingMessage() {
    return MalformedMessage(
        v1::ExtractClaimsRequest::descriptor()->full_name());
  }

  // With the lock, so that a cancellation either sees the ticket or is seen.
  absl::Status Submit() ABSL_LOCKS_EXCLUDED(mutex_) {
    absl::MutexLock lock(&mutex_);
    if (cancelled_) return WhyCancelled();
    submitted_ = absl::Now();
    ticket_ = environment_.pool.TrySubmit([this] { Answer(); },
                                          {request_.Length(), deadline_});
    if (!ticket_) return Overloaded("calls wait for a worker");
    return absl::OkStatus();
  }

  // gRPC cancels calls whose time is up.
  absl::Status WhyCancelled() const {
    return absl::Now() >= deadline_ ? CallDeadlineExceeded() : CallCancelled();
  }

  absl::Status Alive() const {
    if (cancelled_) return WhyCancelled();
    if (absl::Now() >= deadline_) return CallDeadlineExceeded();
    return absl::OkStatus();
  }

  const CallEnvironment environment_;
  LiveCalls& arriving_;
  CallTrace trace_;
  Admission admission_;
  absl::Time submitted_;
  const absl::Time deadline_;
  grpc::ByteBuffer request_;
  grpc::ByteBuffer response_;
  std::optional<UnsentBytes::Share> share_;
  std::atomic<bool> cancelled_ = false;
  // Of OnReadDone, then of OnDone.
  bool request_came_ = false;
  bool entered_ = false;
  absl::Mutex mutex_;
  std::optional<WorkerPool::Ticket> ticket_ ABSL_GUARDED_BY(mutex_);
};

grpc::ServerUnaryReactor* FinishNow(grpc::CallbackServerContext* context,
                                    CallTrace trace,
                                    const absl::Status& status) {
  trace.SetOutcome(status);
  trace.Finish();
  grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
  reactor->Finish(ToGrpcStatus(status));
  return reactor;
}

}  // namespace

AttributionServiceImpl::AttributionServiceImpl(const Extractor& extractor,
                                               Access& access,
                                               Telemetry& telemetry,
                                               const WorkerPoolOptions& options,
                                               const ServiceLimits& limits)
    : extractor_(extractor),
      access_(access),
      telemetry_(telemetry),
      queue_length_(static_cast<size_t>(options.queue_length)),
      max_in_flight_(StreamItemsInFlight(options.workers)),
      limits_(limits),
      handler_(extractor),
      pool_(options) {
  MarkMethodStreamed(kExtractClaimsIndex, nullptr);
  MarkMethodRawCallback(
      kExtractClaimsIndex,
      new grpc::internal::CallbackBidiHandler<grpc::ByteBuffer,
                                              grpc::ByteBuffer>(
          [this](grpc::CallbackServerContext* context) {
            return StartExtractClaims(context);
          }));
  access_.SetListener([this] { live_.CallersChanged(); });
}

AttributionServiceImpl::~AttributionServiceImpl() {
  access_.SetListener(nullptr);
  arriving_.AwaitIdle(absl::InfiniteFuture());
}

Levels AttributionServiceImpl::levels() const {
  const PoolLevels pool = pool_.levels();
  const LiveCalls::Counts live = live_.counts();
  return {.queued_calls = pool.calls,
          .queued_items = pool.items,
          .items_without_room = pool.waiting_items,
          .queue_length = queue_length_,
          .workers = pool_.workers(),
          .busy_workers = pool.busy_workers,
          .live_calls = live.calls,
          .open_streams = live.streams};
}

StreamReactor* AttributionServiceImpl::StartExtractClaims(
    grpc::CallbackServerContext* context) {
  CallTrace trace(telemetry_, Method::kExtractClaims, *context);
  absl::StatusOr<Admission> admission = access_.AdmitCall(*context);
  if (!admission.ok()) return RefuseCall(std::move(trace), admission.status());
  trace.record().caller = admission->caller();
  const absl::Status entered = arriving_.Enter();
  if (!entered.ok()) return RefuseCall(std::move(trace), entered);
  auto* call = new UnaryCall(Environment(), arriving_, std::move(trace),
                             *std::move(admission), *context);
  call->Start();
  return call;
}

StreamReactor* AttributionServiceImpl::StreamExtractClaims(
    grpc::CallbackServerContext* context) {
  CallTrace trace(telemetry_, Method::kStreamExtractClaims, *context);
  absl::StatusOr<Admission> admission = access_.AdmitStream(*context);
  if (!admission.ok()) return RefuseCall(std::move(trace), admission.status());
  trace.record().caller = admission->caller();
  return ExtractStream::Start(Environment(), max_in_flight_, std::move(trace),
                              *std::move(admission), *context);
}

grpc::ServerUnaryReactor* AttributionServiceImpl::GetServerInfo(
    grpc::CallbackServerContext* context, const v1::GetServerInfoRequest*,
    v1::GetServerInfoResponse* response) {
  CallTrace trace(telemetry_, Method::kGetServerInfo, *context);
  const auto caller = access_.Identify(*context);
  if (!caller.ok()) {
    return FinishNow(context, std::move(trace), caller.status());
  }
  trace.record().caller = *caller;
  const absl::Status entered = live_.Enter();
  if (!entered.ok()) return FinishNow(context, std::move(trace), entered);
  live_.Leave();  // It is over as soon as this returns.
  response->set_server_version(std::string(ServerVersion()));
  response->set_model_version(extractor_.model_version());
  response->add_language_codes("en");
  v1::Limits& limits = *response->mutable_limits();
  limits.set_max_text_bytes(kMaxTextBytes);
  limits.set_max_id_bytes(kMaxIdBytes);
  limits.set_max_context_sentences(kMaxContextSentences);
  limits.set_max_stream_items_in_flight(max_in_flight_);
  trace.record().bytes_out = static_cast<int64_t>(response->ByteSizeLong());
  return FinishNow(context, std::move(trace), absl::OkStatus());
}

}  // namespace quoth
