// Everything that is told of calls: the metrics and the request log. A
// CallTrace follows one call from its arrival to its end.
//
//   CallTrace trace(telemetry, Method::kExtractClaims, context);
//   trace.record().caller = caller;
//   ... handler.Extract(bytes, alive, &trace.record().work) ...
//   trace.Finish();

#ifndef QUOTH_SERVER_RPC_TELEMETRY_H_
#define QUOTH_SERVER_RPC_TELEMETRY_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "grpcpp/server_context.h"
#include "server/rpc/call_record.h"
#include "server/rpc/metrics.h"
#include "server/rpc/request_log.h"

namespace quoth {

// Thread-safe.
class Telemetry {
 public:
  Telemetry(const std::string& model_version, const RequestLogOptions& options)
      : metrics_(model_version), log_(options) {}

  // A call came in.
  void Start(Method method) { metrics_.Start(method); }
  // It is over, or an item of a stream is.
  void Finish(const CallRecord& record) {
    metrics_.Finish(record);
    log_.Write(record);
  }

  Metrics& metrics() { return metrics_; }
  const RequestLog& log() const { return log_; }

 private:
  Metrics metrics_;
  RequestLog log_;
};

// An item of a stream is over.
void FinishItem(Telemetry& telemetry, CallRecord& item);

// Of one call, by one thread at a time. Refers to `telemetry`.
class CallTrace {
 public:
  // Counts the call, and sends its request id back with the answer.
  CallTrace(Telemetry& telemetry, Method method,
            grpc::CallbackServerContext& context);

  CallRecord& record() { return record_; }
  const CallRecord& record() const { return record_; }

  // The record of the nth item of this stream, from 1, which came in now.
  CallRecord NewItem(int64_t n) const;
  void SetOutcome(const absl::Status& status) {
    record_.work.outcome = OutcomeOf(status);
  }

  // The call is over; once.
  void Finish();

 private:
  Telemetry* telemetry_;  // Not null.
  CallRecord record_;
};

}  // namespace quoth

#endif  // QUOTH_SERVER_RPC_TELEMETRY_H_
