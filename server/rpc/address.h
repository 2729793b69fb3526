// Where a server listens, and whether others than this host can reach that.
//
//   ParseListenAddress("0.0.0.0:50051")->local;         // false
//   ParseListenAddress("unix:/run/quoth.sock")->local;  // true
//   CheckCanListen("256.1.1.1:50051");  // UNAVAILABLE: cannot listen on ...

#ifndef QUOTH_SERVER_RPC_ADDRESS_H_
#define QUOTH_SERVER_RPC_ADDRESS_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace quoth {

struct ListenAddress {
  bool is_socket = false;  // A socket of this host, not a port.
  bool local = false;      // Loopback or a socket: no one else reaches it.
};

// Of "host:port", "[IPv6]:port", "unix:path" or "unix-abstract:name".
// InvalidArgument if it is none of them: gRPC would take a bare host and choose
// port 443.
absl::StatusOr<ListenAddress> ParseListenAddress(const std::string& address);

// OK if a server could listen there, if need be in the place of one that does
// now: its host is known and is this one, or the socket's folder can be
// written. Tries it for a moment, and may ask for the host's name. Unavailable
// if not.
absl::Status CheckCanListen(const std::string& address);

// Whether somebody answers at the socket "unix:path" already. gRPC would take
// the path away from a server that runs, as from one that was killed.
bool SocketIsServed(const std::string& address);

}  // namespace quoth

#endif  // QUOTH_SERVER_RPC_ADDRESS_H_
