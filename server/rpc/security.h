// All that keeps a server safe to expose, from its options: TLS, callers, and
// both kept up to date with their files.
//
//   SecurityOptions options;
//   options.tls_cert = "cert.pem";
//   options.tls_key = "key.pem";
//   options.callers = "callers.txt";
//   auto security = Security::Create(options, address);
//   builder.AddListeningPort(address.., (*security)->credentials(), &port);
//   (*security)->Watch();
//
// A file that changes for the worse changes nothing: what was there before
// goes on, and a line says why. It is tried again until it is good, with a line
// only when the reason changes.

#ifndef QUOTH_SERVER_RPC_SECURITY_H_
#define QUOTH_SERVER_RPC_SECURITY_H_

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "grpcpp/security/server_credentials.h"
#include "server/rpc/access.h"
#include "server/rpc/credentials.h"
#include "server/rpc/file_watch.h"
#include "server/rpc/limits.h"

namespace quoth {

struct SecurityOptions {
  // Files in PEM: the server's certificate with its issuers, and its key. Both
  // or neither; without them the port speaks plain text.
  std::string tls_cert;
  std::string tls_key;
  // A file in PEM: clients must have a certificate that one of these signed.
  std::string tls_client_ca;
  // The callers file (rpc/callers.h). Empty: everybody who can connect is a
  // caller.
  std::string callers;
  // Whether a port that other hosts reach may speak plain text.
  bool insecure_listen = false;
  // Services of gRPC that tell about the server: its contract, and its
  // connections with their peers. With callers, only they may ask.
  bool reflection = true;
  bool channelz = false;
  // How often the files are looked at.
  absl::Duration reload_interval = kReloadInterval;
  // Takes a line for the operator, without its end; never a secret.
  std::function<void(const std::string&)> log = [](const std::string&) {};
};

// Thread-safe.
class Security {
 public:
  // InvalidArgument or Unavailable, naming the option or the file, if
  // something is wrong; FailedPrecondition if the address would be exposed
  // without what it needs.
  static absl::StatusOr<std::unique_ptr<Security>> Create(
      const SecurityOptions& options, const std::string& address);

  Access& access() { return access_; }
  // For one port; must not outlive this.
  const std::shared_ptr<grpc::ServerCredentials>& credentials() const {
    return credentials_->grpc();
  }
  // PortCredentials::refused_calls().
  uint64_t refused_calls() const { return credentials_->refused_calls(); }

  // From now on follows the files. At most once.
  void Watch() { watch_.Start(); }

  // What is in force, a sentence a line, for the operator.
  std::vector<std::string> Describe() const;

 private:
  explicit Security(const SecurityOptions& options);

  bool has_tls() const { return !options_.tls_cert.empty(); }
  bool has_callers() const { return !options_.callers.empty(); }
  absl::Status CheckOptions(const std::string& address) const;
  absl::Status LoadCertificateFiles();
  absl::Status LoadCallers();
  FileWatch::Changed Reloader(absl::Status (Security::*load)(),
                              const std::string& what);
  void WarnOfExpiry() const;

  const SecurityOptions options_;
  Access access_;
  CertificateSource certificates_;
  std::unique_ptr<PortCredentials> credentials_;
  FileWatch watch_;  // Last: its thread uses the rest.
};

}  // namespace quoth

#endif  // QUOTH_SERVER_RPC_SECURITY_H_
