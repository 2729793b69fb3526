// What the server counts, as Prometheus metrics: gRPC's own names (gRFC A66)
// for calls, quoth_* for articles, the queue and the workers, process_* for
// the process. The names are listed, with their meanings, in metrics.cc.
//
//   Metrics metrics("quoth-en 1");
//   metrics.Start(Method::kExtractClaims);
//   metrics.Finish(record);
//   metrics.Page();   // "# HELP grpc_server_call_started_total ..."
//
// Labels are methods, status codes, reasons and stages: all of them few and
// the server's own. No metric names a caller. Counting takes some atomic
// operations and short locks an article, nothing a word.

#ifndef QUOTH_SERVER_RPC_METRICS_H_
#define QUOTH_SERVER_RPC_METRICS_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "server/rpc/call_record.h"

namespace prometheus {
class Collectable;
}  // namespace prometheus

namespace quoth {

// How full the server is at the moment.
struct Levels {
  size_t queued_calls = 0;
  size_t queued_items = 0;
  size_t items_without_room = 0;  // Of streams that wait for room.
  size_t queue_length = 0;        // The most of each kind.
  int workers = 0;
  int busy_workers = 0;
  int live_calls = 0;
  int open_streams = 0;
  uint64_t dropped_log_lines = 0;  // Since the start.
  uint64_t refused_at_door = 0;    // Likewise: calls, see PortCredentials.
};

// Thread-safe.
class Metrics {
 public:
  explicit Metrics(const std::string& model_version);
  ~Metrics();
  Metrics(const Metrics&) = delete;
  Metrics& operator=(const Metrics&) = delete;

  // Whoever makes the page is told by this function how full the server is.
  // Must be set before anybody asks for the page, and outlive that.
  void SetLevels(std::function<Levels()> levels);

  // A call came in. Every call that starts is finished.
  void Start(Method method);
  // A call, or an item of a stream, is over.
  void Finish(const CallRecord& record);

  // All of it in Prometheus's text format.
  std::string Page() const;
  // For the page's server. Valid as long as this.
  std::shared_ptr<prometheus::Collectable> collectable() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace quoth

#endif  // QUOTH_SERVER_RPC_METRICS_H_
