// Certificates and keys from files, checked before anybody relies on them: a
// server that takes a broken pair answers nobody.
//
//   absl::StatusOr<Certificates> certificates = LoadCertificates(
//       {.cert = "cert.pem", .key = "key.pem", .client_ca = ""}, absl::Now());

#ifndef QUOTH_SERVER_RPC_CERTIFICATES_H_
#define QUOTH_SERVER_RPC_CERTIFICATES_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace quoth {

// Files in PEM.
struct CertificatePaths {
  std::string cert;       // The server's certificate, then its issuers.
  std::string key;        // Its private key, without a passphrase.
  std::string client_ca;  // Who may sign clients' certificates; "": no matter.
};

struct Certificates {
  std::string cert, key, client_ca;  // What the files hold.
  // Of the server's certificate: its DNS names, or its common name.
  std::vector<std::string> names;
  absl::Time expires;
  int client_cas = 0;
};

// InvalidArgument or Unavailable, naming the file, if one cannot be read or is
// no PEM, the key is not the certificate's, or too weak for TLS here, or the
// certificate is not valid at `now`. Never repeats what is in the files.
absl::StatusOr<Certificates> LoadCertificates(const CertificatePaths& paths,
                                              absl::Time now);

}  // namespace quoth

#endif  // QUOTH_SERVER_RPC_CERTIFICATES_H_
