#include "server/rpc/certificates.h"

#include <string>

#include "absl/time/clock.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/rpc/test_certificates.h"

namespace quoth {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(CertificatesTest, LoadsAPairAndTellsItsNames) {
  const TestFolder folder;
  const TestCa ca("Test CA"), other_ca("Other CA");
  const TestIdentity server =
      ca.Issue({.common_name = "cn", .dns = {"a.example", "b.example"}});
  const auto loaded = LoadCertificates(
      {folder.Write("cert", server.cert + ca.cert()),
       folder.Write("key", server.key),
       folder.Write("ca", "# Two of them.\n" + ca.cert() + other_ca.cert())},
      absl::Now());
  ASSERT_TRUE(loaded.ok()) << loaded.status();
  EXPECT_THAT(loaded->names, ElementsAre("a.example", "b.example"));
  EXPECT_EQ(loaded->client_cas, 2);
  EXPECT_EQ(loaded->key, server.key);
  EXPECT_GT(loaded->expires, absl::Now() + absl::Hours(23));
  EXPECT_LT(loaded->expires, absl::Now() + absl::Hours(25));
}

TEST(CertificatesTest, TheCommonNameStandsInForNames) {
  const TestFolder folder;
  const TestIdentity server = TestCa("CA").Issue({.common_name = "cn.example"});
  const auto loaded = LoadCertificates(
      {folder.Write("cert", server.cert), folder.Write("key", server.key), ""},
      absl::Now());
  ASSERT_TRUE(loaded.ok()) << loaded.status();
  EXPECT_THAT(loaded->names, ElementsAre("cn.example"));
  EXPECT_EQ(loaded->client_cas, 0);
}

TEST(CertificatesTest, SaysWhatIsWrong) {
  const TestCa ca("Test CA");
  const TestIdentity good = ca.Issue({});
  const TestIdentity other = ca.Issue({});
  const TestIdentity weak = WeakIdentity();
  const TestIdentity old =
      ca.Issue({.begins = -absl::Hours(2), .ends = -absl::Hours(1)});
  const TestIdentity early =
      ca.Issue({.begins = absl::Hours(1), .ends = absl::Hours(2)});
  const struct {
    std::string cert, key, ca;
    std::string file, complaint;
  } kCases[] = {
      {"", good.key, ca.cert(), "cert", "holds no certificate"},
      {"rubbish", good.key, ca.cert(), "cert", "holds no certificate"},
      {good.key, good.key, ca.cert(), "cert", "holds no certificate"},
      {good.cert.substr(0, 200), good.key, ca.cert(), "cert", "certificate"},
      {good.cert + ca.cert().substr(0, 200), good.key, ca.cert(), "cert",
       "broken after its certificate 1"},
      {good.cert, "", ca.cert(), "key", "holds no private key"},
      {good.cert, good.key.substr(0, 100), ca.cert(), "key", "private key"},
      {good.cert, WithPassphrase(good.key), ca.cert(), "key", "passphrase"},
      {good.cert, other.key, ca.cert(), "key", "is not the key of"},
      {weak.cert, weak.key, ca.cert(), "cert", "too short"},
      {old.cert, old.key, ca.cert(), "cert", "expired on"},
      {early.cert, early.key, ca.cert(), "cert", "is valid from"},
      {good.cert, good.key, "rubbish", "ca", "holds no certificate"},
  };
  for (const auto& c : kCases) {
    SCOPED_TRACE(c.complaint);
    const TestFolder folder;
    const auto loaded =
        LoadCertificates({folder.Write("cert", c.cert),
                          folder.Write("key", c.key), folder.Write("ca", c.ca)},
                         absl::Now());
    ASSERT_FALSE(loaded.ok());
    const std::string message(loaded.status().message());
    EXPECT_THAT(message, HasSubstr(folder.Path(c.file)));
    EXPECT_THAT(message, HasSubstr(c.complaint));
    // Nothing of a key.
    EXPECT_THAT(message, Not(HasSubstr(good.key.substr(40, 20))));
  }
  const TestFolder folder;
  const auto missing = LoadCertificates(
      {folder.Write("cert", good.cert), folder.Path("none"), ""}, absl::Now());
  EXPECT_THAT(std::string(missing.status().message()),
              HasSubstr(folder.Path("none")));
}

}  // namespace
}  // namespace quoth
