// Certificates for tests, made when they are needed: no key lies in the tree.
//
//   TestCa ca("Test CA");
//   TestIdentity server = ca.Issue({.dns = {"quoth.example"}});
//   WriteFile(path, server.cert);

#ifndef QUOTH_TESTS_RPC_TEST_CERTIFICATES_H_
#define QUOTH_TESTS_RPC_TEST_CERTIFICATES_H_

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/time.h"

namespace quoth {

// In PEM.
struct TestIdentity {
  std::string cert;
  std::string key;
};

struct TestCertificate {
  std::string common_name = "test";
  std::vector<std::string> dns = {};
  // From now.
  absl::Duration begins = -absl::Hours(1);
  absl::Duration ends = absl::Hours(24);
};

class TestCa {
 public:
  explicit TestCa(const std::string& name);
  ~TestCa();

  const std::string& cert() const;
  TestIdentity Issue(const TestCertificate& wanted) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// A key of RSA that TLS finds too short, in a certificate of its own.
TestIdentity WeakIdentity();
// The key, encrypted with a passphrase.
std::string WithPassphrase(const std::string& key);

// A folder of this process that is gone with the object.
class TestFolder {
 public:
  TestFolder();
  ~TestFolder();
  std::string Path(const std::string& name) const { return path_ + "/" + name; }
  // Writes the file, or replaces it at once by a new one. Returns its path.
  std::string Write(const std::string& name, std::string_view content) const;

 private:
  std::string path_;
};

}  // namespace quoth

#endif  // QUOTH_TESTS_RPC_TEST_CERTIFICATES_H_
