// What gRPC needs of a port: TLS with a certificate that may change while the
// server runs, and a door before those services that gRPC brings itself.
//
//   CertificateSource source;
//   source.Set(*LoadCertificates(paths, absl::Now()));
//   PortCredentials credentials({.certificates = &source, .access = &access});
//   builder.AddListeningPort(address, credentials.grpc(), &port);
//   ...
//   source.Set(*LoadCertificates(paths, absl::Now()));   // For new handshakes.
//
// gRPC 1.51 has a certificate provider that watches files, but it gives a
// broken file to the handshake, which lets go of the good one first. The
// callback of its C interface, which this uses, keeps the good one.
//
// TLS is 1.2 or 1.3, with gRPC's choice of ciphers.

#ifndef QUOTH_SERVER_RPC_CREDENTIALS_H_
#define QUOTH_SERVER_RPC_CREDENTIALS_H_

#include <cstdint>
#include <memory>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "grpcpp/security/server_credentials.h"
#include "server/rpc/access.h"
#include "server/rpc/certificates.h"

namespace quoth {

// Thread-safe.
class CertificateSource {
 public:
  void Set(Certificates certificates) ABSL_LOCKS_EXCLUDED(mutex_);
  // Null before Set.
  std::shared_ptr<const Certificates> Get() const ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  mutable absl::Mutex mutex_;
  std::shared_ptr<const Certificates> certificates_ ABSL_GUARDED_BY(mutex_);
};

struct PortCredentialsOptions {
  // Null: no TLS. If its certificates have a client_ca, clients must have a
  // certificate that it signed.
  const CertificateSource* certificates = nullptr;
  // Null: no door. Otherwise every call but those of the health service, which
  // balancers ask without a token, and of the methods of our own service, which
  // ask themselves, must be of a known caller.
  Access* access = nullptr;
};

// Outlives the server, and is outlived by what the options point to.
class PortCredentials {
 public:
  explicit PortCredentials(const PortCredentialsOptions& options);
  ~PortCredentials();

  const std::shared_ptr<grpc::ServerCredentials>& grpc() const {
    return credentials_;
  }

  // Calls that the door has turned away since the start. They reach no service:
  // nothing else counts them. 0 without a door.
  uint64_t refused_calls() const;

 private:
  struct Fetcher;
  struct Door;
  std::unique_ptr<Fetcher> fetcher_;
  std::unique_ptr<Door> door_;
  std::shared_ptr<grpc::ServerCredentials> credentials_;
};

}  // namespace quoth

#endif  // QUOTH_SERVER_RPC_CREDENTIALS_H_
