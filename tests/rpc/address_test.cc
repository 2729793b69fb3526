#include "server/rpc/address.h"

#include <string>

#include "gtest/gtest.h"

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

}  // namespace
}  // namespace quoth
