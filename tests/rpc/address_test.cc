#include "server/rpc/address.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "tests/rpc/test_certificates.h"

namespace quoth {
namespace {

TEST(AddressTest, TellsWhoCanReachIt) {
  const struct {
    const char* address;
    bool local;
    bool is_socket;
  } kCases[] = {
      {"127.0.0.1:50051", true, false},
      {"127.8.9.1:0", true, false},
      {"localhost:1", true, false},
      {"[::1]:50051", true, false},
      {"unix:/run/quoth.sock", true, true},
      {"unix:quoth.sock", true, true},
      {"unix-abstract:quoth", true, true},
      {"0.0.0.0:50051", false, false},
      {"[::]:50051", false, false},
      {"10.1.2.3:50051", false, false},
      {"example.com:50051", false, false},
      // Names that only look like loopback.
      {"127.0.0.1.example.com:50051", false, false},
      {"localhost.example.com:50051", false, false},
      {"127.evil.example:50051", false, false},
      {"[::ffff:10.0.0.1]:50051", false, false},
  };
  for (const auto& c : kCases) {
    const auto parsed = ParseListenAddress(c.address);
    ASSERT_TRUE(parsed.ok()) << parsed.status();
    EXPECT_EQ(parsed->local, c.local) << c.address;
    EXPECT_EQ(parsed->is_socket, c.is_socket) << c.address;
  }
}

TEST(AddressTest, RefusesWhatIsNone) {
  for (const std::string& address :
       {std::string(), std::string("localhost"), std::string(":50051"),
        std::string("localhost:"), std::string("localhost:http"),
        std::string("localhost:65536"), std::string("localhost:-1"),
        std::string("unix:"), "unix:/" + std::string(108, 'p')}) {
    EXPECT_EQ(ParseListenAddress(address).status().code(),
              absl::StatusCode::kInvalidArgument)
        << address;
  }
}

TEST(AddressTest, TellsWhereItCouldListen) {
  const TestFolder folder;
  const std::string file = folder.Write("file", "no socket");
  const struct {
    std::string address;
    bool can;
  } kCases[] = {
      {"127.0.0.1:0", true},
      {"127.8.9.1:0", true},
      {"localhost:0", true},
      {"dns:///localhost:0", true},
      {"0.0.0.0:0", true},
      {"[::]:0", true},  // Without IPv6, too.
      {"unix:" + folder.Path("socket"), true},
      {"unix://" + folder.Path("socket"), true},
      {"unix-abstract:quoth", true},
      {"256.1.1.1:0", false},
      {"no-such-host.invalid:0", false},
      {"203.0.113.77:0", false},  // For documentation: nobody's.
      {"[2001:db8::1]:0", false},
      {"unix:/nowhere/socket", false},
      {"unix:" + file, false},
      {"unix:" + file + "/socket", false},
  };
  for (const auto& c : kCases) {
    const absl::Status status = CheckCanListen(c.address);
    EXPECT_EQ(status.ok(), c.can) << c.address << " " << status;
    if (c.can) continue;
    EXPECT_EQ(status.code(), absl::StatusCode::kUnavailable);
    EXPECT_NE(status.message().find("cannot listen on " + c.address),
              std::string::npos)
        << status;
  }
}

}  // namespace
}  // namespace quoth
