#include "server/rpc/metrics_page.h"

#include <arpa/inet.h>

#include <exception>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "prometheus/exposer.h"

namespace quoth {
namespace {

// Civetweb's options, in pairs. Nothing is served from files.
std::vector<std::string> WebOptions(const std::string& address) {
  return {"listening_ports", address,
          // One is not held up by the other.
          "num_threads", "2",
          // Connections that wait for a thread; the kernel refuses more.
          "connection_queue", "8", "listen_backlog", "8",
          // For a client to send its request, and to take the answer.
          "request_timeout_ms", "2000",
          // Bytes of a request with its headers.
          "max_request_size", "4096", "enable_keep_alive", "no",
          "linger_timeout_ms", "1000"};
}

// Of IPv4, or of IPv6 in brackets.
bool IsNumber(const std::string& host) {
  in6_addr number;
  if (host.size() > 2 && host.front() == '[' && host.back() == ']') {
    return inet_pton(AF_INET6, host.substr(1, host.size() - 2).c_str(),
                     &number) == 1;
  }
  return inet_pton(AF_INET, host.c_str(), &number) == 1;
}

}  // namespace

struct MetricsPage::Impl {
  Impl(const std::string& address, const Metrics& metrics)
      : collectable(metrics.collectable()), exposer(WebOptions(address)) {
    exposer.RegisterCollectable(collectable);
  }

  std::shared_ptr<prometheus::Collectable> collectable;
  prometheus::Exposer exposer;
};

absl::StatusOr<std::string> MetricsPage::FullAddress(
    const std::string& address) {
  const size_t colon = address.rfind(':');
  int port = -1;
  if (colon == std::string::npos ||
      !absl::SimpleAtoi(address.substr(colon + 1), &port) || port < 0 ||
      port > 65535) {
    return absl::InvalidArgumentError(
        absl::StrCat("metrics address \"", address,
                     "\" is not of the form host:port, port 0 to 65535"));
  }
  std::string host = address.substr(0, colon);
  if (host.empty() || host == "localhost") host = "127.0.0.1";
  // Civetweb would take more: names, and lists of addresses, of which only the
  // last was looked at here.
  if (!IsNumber(host)) {
    return absl::InvalidArgumentError(
        absl::StrCat("metrics address \"", address,
                     "\" needs a number for its host, as in 127.0.0.1:9464 or "
                     "[::1]:9464"));
  }
  return absl::StrCat(host, ":", port);
}

absl::StatusOr<std::unique_ptr<MetricsPage>> MetricsPage::Start(
    const std::string& address, const Metrics& metrics) {
  const absl::StatusOr<std::string> full = FullAddress(address);
  if (!full.ok()) return full.status();
  // The one place where a library throws: it has no other way to say so.
  try {
    return std::unique_ptr<MetricsPage>(
        new MetricsPage(std::make_unique<Impl>(*full, metrics)));
  } catch (const std::exception&) {
    return absl::UnavailableError(
        absl::StrCat("cannot serve metrics on ", *full,
                     ": is the port in use, or the address another host's?"));
  }
}

MetricsPage::MetricsPage(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

MetricsPage::~MetricsPage() = default;

int MetricsPage::port() const {
  const std::vector<int> ports = impl_->exposer.GetListeningPorts();
  return ports.empty() ? 0 : ports[0];
}

}  // namespace quoth
