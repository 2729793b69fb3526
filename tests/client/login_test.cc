#include "client/login.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "client/caller.h"
#include "gmock/gmock.h"
#include "grpcpp/security/server_credentials.h"
#include "grpcpp/server.h"
#include "grpcpp/server_builder.h"
#include "gtest/gtest.h"
#include "quoth/v1/attribution.grpc.pb.h"
#include "tests/rpc/test_certificates.h"

namespace quoth::client {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kFar[] = "quoth.example:443";
constexpr char kNear[] = "127.0.0.1:50051";
constexpr char kToken[] = "qt_CanaryCanaryCanaryCanary";

TEST(LoginTest, PlainTextWithoutATokenUnlessAsked) {
  const auto login = ReadLogin(kFar, {});
  ASSERT_TRUE(login.ok()) << login.status();
  EXPECT_FALSE(login->tls.tls);
  EXPECT_EQ(login->token, "");
}

TEST(LoginTest, WhateverNeedsTlsMeansTls) {
  const TestFolder folder;
  const std::string file = folder.Write("file", "content");
  for (const LoginFlags& flags :
       {LoginFlags{.tls = true}, LoginFlags{.ca = file},
        LoginFlags{.cert = file, .key = file},
        LoginFlags{.server_name = "quoth.example"}}) {
    const auto login = ReadLogin(kFar, flags);
    ASSERT_TRUE(login.ok()) << login.status();
    EXPECT_TRUE(login->tls.tls);
    EXPECT_EQ(login->tls.ca, flags.ca.empty() ? "" : "content");
  }
}

TEST(LoginTest, TheTokenComesFromTheFileOrTheEnvironment) {
  const TestFolder folder;
  LoginFlags flags{.tls = true, .token = " from_environment\n"};
  EXPECT_EQ(ReadLogin(kFar, flags)->token, "from_environment");
  flags.token_file = folder.Write("token", absl::StrCat(kToken, "\r\n"));
  EXPECT_EQ(ReadLogin(kFar, flags)->token, kToken);
}

TEST(LoginTest, ATokenDoesNotTravelInPlainText) {
  const LoginFlags flags{.token = kToken};
  for (const char* address :
       {kFar, "10.0.0.1:50051", "127.0.0.1.example.com:50051", "quoth",
        "localhost.example.com:1", "127.x:1", "dns:///localhost:1"}) {
    const auto login = ReadLogin(address, flags);
    ASSERT_FALSE(login.ok()) << address;
    EXPECT_THAT(std::string(login.status().message()), HasSubstr("--tls"));
    EXPECT_THAT(std::string(login.status().message()),
                Not(HasSubstr("Canary")));
  }
  for (const char* address : {kNear, "localhost:1", "[::1]:1", "unix:/run/q"}) {
    EXPECT_TRUE(ReadLogin(address, flags).ok()) << address;
  }
}

TEST(LoginTest, MistakesAreNamed) {
  const TestFolder folder;
  const std::string file = folder.Write("file", "content");
  const std::string empty = folder.Write("empty", "");
  const std::string blank = folder.Write("blank", " \n");
  const std::string two = folder.Write("two", "qt_Canary qt_Canary");
  const struct {
    LoginFlags flags;
    std::string complaint;
  } kCases[] = {
      {{.cert = file}, "--cert and --key"},
      {{.key = file}, "--cert and --key"},
      {{.ca = "/nowhere/ca"}, "--ca=/nowhere/ca"},
      {{.ca = empty}, "--ca="},
      {{.cert = file, .key = "/nowhere/key"}, "--key=/nowhere/key"},
      {{.token_file = "/nowhere/token"}, "--token_file=/nowhere/token"},
      {{.token_file = blank}, "--token_file holds no token"},
      {{.token_file = two}, "--token_file holds no token"},
      {{.token = "a\x01"
                 "Canary"},
       "QUOTH_TOKEN holds no token"},
      {{.token = std::string(5000, 'x')}, "QUOTH_TOKEN holds no token"},
  };
  for (const auto& c : kCases) {
    const auto login = ReadLogin(kNear, c.flags);
    ASSERT_FALSE(login.ok()) << c.complaint;
    EXPECT_EQ(login.status().code(), absl::StatusCode::kInvalidArgument);
    EXPECT_THAT(std::string(login.status().message()), HasSubstr(c.complaint));
    EXPECT_THAT(std::string(login.status().message()),
                Not(HasSubstr("Canary")));
  }
}

// A server with TLS, or mutual TLS, that answers only who has kToken.
class TlsServer {
 public:
  TlsServer(const TestIdentity& identity, const std::string& client_ca) {
    grpc::SslServerCredentialsOptions options(
        client_ca.empty()
            ? GRPC_SSL_DONT_REQUEST_CLIENT_CERTIFICATE
            : GRPC_SSL_REQUEST_AND_REQUIRE_CLIENT_CERTIFICATE_AND_VERIFY);
    options.pem_root_certs = client_ca;
    options.pem_key_cert_pairs.push_back({identity.key, identity.cert});
    grpc::ServerBuilder builder;
    int port = 0;
    builder.AddListeningPort("127.0.0.1:0", grpc::SslServerCredentials(options),
                             &port);
    builder.RegisterService(&service_);
    server_ = builder.BuildAndStart();
    address_ = absl::StrCat("127.0.0.1:", port);
  }
  ~TlsServer() { server_->Shutdown(std::chrono::system_clock::now()); }

  const std::string& address() const { return address_; }

 private:
  class Service : public v1::AttributionService::Service {
    grpc::Status GetServerInfo(grpc::ServerContext* context,
                               const v1::GetServerInfoRequest*,
                               v1::GetServerInfoResponse*) override {
      const auto header = context->client_metadata().find("authorization");
      if (header == context->client_metadata().end() ||
          header->second != grpc::string(absl::StrCat("Bearer ", kToken))) {
        return grpc::Status(grpc::StatusCode::UNAUTHENTICATED, "no");
      }
      return grpc::Status::OK;
    }
  } service_;
  std::unique_ptr<grpc::Server> server_;
  std::string address_;
};

absl::StatusCode Info(const std::string& address, const TlsOptions& tls,
                      const std::string& token) {
  CallerOptions options;
  options.attempts = 1;
  options.token = token;
  return Caller(Connect(address, tls), options).ServerInfo().status().code();
}

TEST(LoginTest, GetsInOverTlsWithItsToken) {
  const TestCa ca("CA"), other("Other CA");
  TlsServer server(ca.Issue({.dns = {"quoth.example"}}), "");
  const TlsOptions tls{
      .tls = true, .ca = ca.cert(), .server_name = "quoth.example"};
  EXPECT_EQ(Info(server.address(), tls, kToken), absl::StatusCode::kOk);
  EXPECT_EQ(Info(server.address(), tls, ""),
            absl::StatusCode::kUnauthenticated);
  TlsOptions wrong = tls;
  wrong.ca = other.cert();
  EXPECT_EQ(Info(server.address(), wrong, kToken),
            absl::StatusCode::kUnavailable);
  wrong = tls;
  wrong.server_name = "evil.example";
  EXPECT_EQ(Info(server.address(), wrong, kToken),
            absl::StatusCode::kUnavailable);
}

TEST(LoginTest, ShowsItsCertificateWhereTheServerAsks) {
  const TestCa ca("CA");
  TlsServer server(ca.Issue({.dns = {"quoth.example"}}), ca.cert());
  const TestIdentity client = ca.Issue({});
  TlsOptions tls{.tls = true,
                 .ca = ca.cert(),
                 .cert = client.cert,
                 .key = client.key,
                 .server_name = "quoth.example"};
  EXPECT_EQ(Info(server.address(), tls, kToken), absl::StatusCode::kOk);
  tls.cert = tls.key = "";
  EXPECT_EQ(Info(server.address(), tls, kToken),
            absl::StatusCode::kUnavailable);
}

}  // namespace
}  // namespace quoth::client
