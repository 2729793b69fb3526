// The metrics on a port of their own, over HTTP, for Prometheus to scrape.
//
//   absl::StatusOr<std::unique_ptr<MetricsPage>> page =
//       MetricsPage::Start("127.0.0.1:9464", metrics);
//   // curl http://127.0.0.1:9464/metrics
//
// A port of its own, since it is for others than the callers: no caller sees
// it, and it answers when the service is full. It has two threads; clients
// that are slow or silent hold up the page and nothing else.

#ifndef QUOTH_SERVER_RPC_METRICS_PAGE_H_
#define QUOTH_SERVER_RPC_METRICS_PAGE_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "server/rpc/metrics.h"

namespace quoth {

class MetricsPage {
 public:
  // `address` is host:port, with a number for the host; ":port" and
  // "localhost:port" are "127.0.0.1:port". Port 0 takes a free one.
  // InvalidArgument if it is none; Unavailable if it cannot be listened on.
  // Refers to `metrics`.
  static absl::StatusOr<std::unique_ptr<MetricsPage>> Start(
      const std::string& address, const Metrics& metrics);

  // The address in full, "127.0.0.1:9464", or the InvalidArgument that Start
  // would return.
  static absl::StatusOr<std::string> FullAddress(const std::string& address);

  // Answers nobody any more.
  ~MetricsPage();

  int port() const;

 private:
  struct Impl;
  explicit MetricsPage(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace quoth

#endif  // QUOTH_SERVER_RPC_METRICS_PAGE_H_
