// Everything that is told of calls: the metrics and the request log.

#ifndef QUOTH_SERVER_RPC_TELEMETRY_H_
#define QUOTH_SERVER_RPC_TELEMETRY_H_

#include <string>

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

}  // namespace quoth

#endif  // QUOTH_SERVER_RPC_TELEMETRY_H_
