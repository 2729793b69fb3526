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

#include <memory>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "server/engine/engine.h"
#include "server/rpc/limits.h"

namespace quoth {

// "0.1.0".
std::string_view ServerVersion();

struct ServerOptions {
  // "host:port" or "[IPv6]:port"; port 0 takes a free one.
  std::string address = "127.0.0.1:50051";
  // Requests that are worked on at a time. 0: one for each core.
  int workers = 0;
  // Calls that may wait for a worker. 0: kQueuedCallsPerWorker for each.
  int queue_length = 0;
  // How long calls that run may go on after Shutdown.
  absl::Duration drain_timeout = kDrainTimeout;
};

// Thread-safe.
class Server {
 public:
  // Listens when it returns. Refers to `extractor`, which must outlive it.
  // InvalidArgument if an option is out of range or the address is none;
  // Unavailable if it cannot be listened on.
  static absl::StatusOr<std::unique_ptr<Server>> Start(
      const Extractor& extractor, const ServerOptions& options);

  // Shutdown().
  ~Server();

  int port() const;

  // In this order: the health service says NOT_SERVING; new calls are refused
  // with UNAVAILABLE; calls that run finish (streams read no more items), or
  // are cancelled at the end of drain_timeout; the port is closed. Returns
  // when all that is done. May be repeated.
  void Shutdown();

 private:
  struct Impl;
  explicit Server(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace quoth

#endif  // QUOTH_SERVER_RPC_SERVER_H_
