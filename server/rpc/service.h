// quoth.v1.AttributionService on gRPC's callback API. gRPC's threads only
// move bytes; everything else runs on the worker pool.
//
// ExtractClaims and StreamExtractClaims are raw methods (bytes in, bytes out):
// so a request is parsed on a worker, and one that does not parse is answered
// with the reason (rpc/wire.h) where gRPC would say INTERNAL.
//
// To gRPC, ExtractClaims is a stream of one message each way: gRPC reads the
// message of a unary call before anybody is asked whether the caller may come
// in; that of a stream when the stream asks for it. On the wire they are the
// same.

#ifndef QUOTH_SERVER_RPC_SERVICE_H_
#define QUOTH_SERVER_RPC_SERVICE_H_

#include <cstddef>

#include "absl/time/time.h"
#include "grpcpp/server_context.h"
#include "grpcpp/support/byte_buffer.h"
#include "grpcpp/support/server_callback.h"
#include "quoth/v1/attribution.grpc.pb.h"
#include "server/engine/engine.h"
#include "server/rpc/access.h"
#include "server/rpc/handler.h"
#include "server/rpc/limits.h"
#include "server/rpc/live_calls.h"
#include "server/rpc/stream.h"
#include "server/rpc/telemetry.h"
#include "server/rpc/unsent_bytes.h"
#include "server/rpc/worker_pool.h"

namespace quoth {

using AttributionServiceBase =
    v1::AttributionService::WithRawCallbackMethod_StreamExtractClaims<
        v1::AttributionService::WithCallbackMethod_GetServerInfo<
            v1::AttributionService::Service>>;

// What of limits.h a server may have otherwise.
struct ServiceLimits {
  absl::Duration stream_idle = kMaxStreamIdle;
  size_t unsent_bytes = kMaxUnsentBytes;
};

class AttributionServiceImpl : public AttributionServiceBase {
 public:
  // Refers to `extractor`, `access` and `telemetry`, which must outlive it.
  AttributionServiceImpl(const Extractor& extractor, Access& access,
                         Telemetry& telemetry, const WorkerPoolOptions& options,
                         const ServiceLimits& limits = {});

  // After the server is shut down. Waits for what is left of its calls.
  ~AttributionServiceImpl() override;

  StreamReactor* StreamExtractClaims(
      grpc::CallbackServerContext* context) override;

  grpc::ServerUnaryReactor* GetServerInfo(
      grpc::CallbackServerContext* context,
      const v1::GetServerInfoRequest* request,
      v1::GetServerInfoResponse* response) override;

  LiveCalls& live_calls() { return live_; }
  Levels levels() const;

 private:
  StreamReactor* StartExtractClaims(grpc::CallbackServerContext* context);
  CallEnvironment Environment() {
    return {handler_, pool_, live_, telemetry_, unsent_, limits_.stream_idle};
  }

  const Extractor& extractor_;
  Access& access_;
  Telemetry& telemetry_;
  const size_t queue_length_;
  const int max_in_flight_;
  const ServiceLimits limits_;
  Handler handler_;
  UnsentBytes unsent_{limits_.unsent_bytes};
  LiveCalls live_{kMaxStreams};
  // Calls of ExtractClaims, from their first byte. Whoever is slow to send a
  // message does not hold up the end: a call is live when it is there.
  LiveCalls arriving_{0};
  WorkerPool pool_;  // Last: its jobs use the rest.
};

}  // namespace quoth

#endif  // QUOTH_SERVER_RPC_SERVICE_H_
