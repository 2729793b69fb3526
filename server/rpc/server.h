// The server: a port, the service on it with health and reflection, and an
// orderly end.
//
//   ServerOptions options;
//   options.address = "127.0.0.1:0";
//   absl::StatusOr<std::unique_ptr<Server>> server =
//       Server::Start(engine, options);
//   (*server)->port();       // The port that was free.
//   (*server)->Shutdown();   // When it returns, all calls are over.

#ifndef QUOTH_SERVER_RPC_SERVER_H_
#define QUOTH_SERVER_RPC_SERVER_H_

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "server/engine/engine.h"
#include "server/rpc/limits.h"
#include "server/rpc/request_log.h"
#include "server/rpc/security.h"

namespace quoth {

// "0.1.0".
std::string_view ServerVersion();

// How long a peer may be silent, for one that vanished is not told from one
// that waits but by asking; and how long it may stay.
struct ConnectionTimes {
  // From connecting to the end of the TLS handshake, and from there to HTTP/2's
  // first words.
  absl::Duration handshake_timeout = kHandshakeTimeout;
  // Without a word from the peer until it is asked (an HTTP/2 ping), and then
  // until the connection and its calls are given up.
  absl::Duration keepalive_time = kKeepaliveTime;
  absl::Duration keepalive_timeout = kKeepaliveTimeout;
  // Of a connection: its age, and without a call. Milliseconds in an int.
  absl::Duration connection_age = kMaxConnectionAge;
  absl::Duration connection_idle = kMaxConnectionIdle;
  // Of a stream on which nothing is under way.
  absl::Duration stream_idle = kMaxStreamIdle;
};

struct ServerOptions {
  // "host:port" or "[IPv6]:port", port 0 takes a free one; or "unix:path".
  std::string address = "127.0.0.1:50051";
  // TLS, callers, and what the port tells; also where it may be without TLS.
  SecurityOptions security;
  // Requests that are worked on at a time. 0: one for each core.
  int workers = 0;
  // Calls that may wait for a worker. 0: kQueuedCallsPerWorker for each.
  int queue_length = 0;
  // Where to serve the metrics, as host:port or ":port" (loopback). Empty:
  // nowhere.
  std::string metrics_address;
  // Whether other hosts may reach them, who need neither TLS nor a login.
  // security.insecure_listen, which lets articles go in plain text, says so
  // too.
  bool insecure_metrics = false;
  // Which calls are logged, and where.
  RequestLogOptions request_log;
  // When connections are given up. Fit as they are; tests have less patience.
  ConnectionTimes connections;
  // How long calls that run may go on after Shutdown.
  absl::Duration drain_timeout = kDrainTimeout;
  // Bytes of answers that callers do not read. Tests fill less.
  size_t max_unsent_bytes = kMaxUnsentBytes;
};

// Thread-safe.
class Server {
 public:
  // Listens when it returns. Refers to `extractor`, which must outlive it.
  // InvalidArgument if an option is out of range or the address is none;
  // FailedPrecondition if other hosts would reach it in plain text;
  // Unavailable if a file cannot be read or the address not be listened on.
  static absl::StatusOr<std::unique_ptr<Server>> Start(
      const Extractor& extractor, const ServerOptions& options);

  // All that Start would find wrong but for an address being in use, which it
  // is while the server runs that is to be replaced. Returns what the server
  // would do, a sentence a line.
  static absl::StatusOr<std::vector<std::string>> Check(
      const ServerOptions& options);

  // Shutdown().
  ~Server();

  // 0 if the address is a socket.
  int port() const;
  // 0 if metrics are not served.
  int metrics_port() const;

  // In this order: the health service says NOT_SERVING; new calls are refused
  // with UNAVAILABLE; calls that run finish (streams read no more items), or
  // are cancelled at the end of drain_timeout; the port stays open for a moment
  // more if calls were refused until now (kQuietBeforeClose); it is closed.
  // Returns when all that is done. May be repeated.
  void Shutdown();

 private:
  struct Impl;
  explicit Server(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace quoth

#endif  // QUOTH_SERVER_RPC_SERVER_H_
