#include "server/rpc/service.h"

#include <atomic>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "server/rpc/buffers.h"
#include "server/rpc/errors.h"
#include "server/rpc/server.h"

namespace quoth {
namespace {

// One ExtractClaims call. Deletes itself when it is over.
class UnaryCall : public grpc::ServerUnaryReactor {
 public:
  // Requires that the call entered environment.live.
  UnaryCall(const CallEnvironment& environment,
            const grpc::CallbackServerContext& context,
            const grpc::ByteBuffer& request, grpc::ByteBuffer& response)
      : environment_(environment),
        deadline_(absl::FromChrono(context.deadline())),
        request_(request),
        response_(response) {}

  // Before gRPC is given the reactor; until then it calls nothing of it.
  void Start() {
    ticket_ = environment_.pool.TrySubmit([this] { Answer(); });
    if (!ticket_) Finish(ToGrpcStatus(Overloaded("calls wait for a worker")));
  }

  void OnCancel() override {
    cancelled_ = true;
    // Either the job finishes the call or, if it will never run, this.
    if (ticket_ && environment_.pool.Remove(*ticket_)) {
      Finish(ToGrpcStatus(CallCancelled()));
    }
  }

  void OnDone() override {
    LiveCalls& live = environment_.live;
    delete this;
    live.Leave();
  }

 private:
  // On a worker.
  void Answer() {
    absl::StatusOr<std::string> response = environment_.handler.Extract(
        FlatBuffer(request_).bytes(), [this] { return Alive(); });
    if (response.ok()) response_ = ToByteBuffer(*response);
    Finish(ToGrpcStatus(response.status()));  // Last: may delete this.
  }

  absl::Status Alive() const {
    if (cancelled_) return CallCancelled();
    if (absl::Now() >= deadline_) return CallDeadlineExceeded();
    return absl::OkStatus();
  }

  const CallEnvironment environment_;
  const absl::Time deadline_;
  const grpc::ByteBuffer& request_;
  grpc::ByteBuffer& response_;
  std::optional<WorkerPool::Ticket> ticket_;
  std::atomic<bool> cancelled_ = false;
};

grpc::ServerUnaryReactor* FinishNow(grpc::CallbackServerContext* context,
                                    const absl::Status& status) {
  grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
  reactor->Finish(ToGrpcStatus(status));
  return reactor;
}

}  // namespace

AttributionServiceImpl::AttributionServiceImpl(const Extractor& extractor,
                                               const WorkerPoolOptions& options)
    : extractor_(extractor),
      max_in_flight_(StreamItemsInFlight(options.workers)),
      handler_(extractor),
      pool_(options) {}

grpc::ServerUnaryReactor* AttributionServiceImpl::ExtractClaims(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
    grpc::ByteBuffer* response) {
  const absl::Status entered = live_.Enter();
  if (!entered.ok()) return FinishNow(context, entered);
  auto* call = new UnaryCall(Environment(), *context, *request, *response);
  call->Start();
  return call;
}

StreamReactor* AttributionServiceImpl::StreamExtractClaims(
    grpc::CallbackServerContext* context) {
  return ExtractStream::Start(Environment(), max_in_flight_, *context);
}

grpc::ServerUnaryReactor* AttributionServiceImpl::GetServerInfo(
    grpc::CallbackServerContext* context, const v1::GetServerInfoRequest*,
    v1::GetServerInfoResponse* response) {
  const absl::Status entered = live_.Enter();
  if (!entered.ok()) return FinishNow(context, entered);
  live_.Leave();  // It is over as soon as this returns.
  response->set_server_version(std::string(ServerVersion()));
  response->set_model_version(extractor_.model_version());
  response->add_language_codes("en");
  v1::Limits& limits = *response->mutable_limits();
  limits.set_max_text_bytes(kMaxTextBytes);
  limits.set_max_id_bytes(kMaxIdBytes);
  limits.set_max_context_sentences(kMaxContextSentences);
  limits.set_max_stream_items_in_flight(max_in_flight_);
  return FinishNow(context, absl::OkStatus());
}

}  // namespace quoth
