// Peers that vanish without a word: they are given up in time, hold no worker,
// and do not hold up the end. Nothing here is measured: a test whose server
// does not let go never ends.

#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/synchronization/notification.h"
#include "gtest/gtest.h"
#include "tests/rpc/fake_extractor.h"
#include "tests/rpc/http.h"
#include "tests/rpc/relay.h"
#include "tests/rpc/secure_server.h"

namespace quoth {
namespace {

constexpr absl::Duration kSoon = absl::Milliseconds(100);
constexpr absl::Duration kNever = absl::Hours(24);

constexpr char kPreface[] = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
// A SETTINGS frame without settings: all that HTTP/2 wants before a first call.
std::string Settings() { return std::string("\0\0\0\4\0\0\0\0\0", 9); }

ConnectionTimes Times(absl::Duration handshake, absl::Duration keepalive) {
  return {.handshake_timeout = handshake,
          .keepalive_time = keepalive,
          .keepalive_timeout = keepalive};
}

// Others are served meanwhile. A busy machine may be slow to answer a ping:
// then the call comes on the next connection.
void ExpectWorks(const SecureServer& server) {
  EXPECT_TRUE(Eventually([&] { return Call(server.PlainChannel()).ok(); }));
}

TEST(HalfOpenTest, WhoNeverFinishesTheHandshakeIsGivenUp) {
  const FakeExtractor extractor(ExtractAll);
  SecureServer server(extractor);
  server.options.connections = Times(kSoon, kNever);
  ASSERT_TRUE(server.Start().ok());
  const std::string preface = kPreface;
  for (const std::string& said : {std::string(), preface.substr(0, 5), preface,
                                  preface + Settings().substr(0, 5)}) {
    SCOPED_TRACE(said);
    Connection connection(server.server().port());
    ASSERT_TRUE(connection.connected());
    EXPECT_TRUE(connection.Send(said));
    ExpectWorks(server);
    connection.ReadAll();  // Until the server closes.
  }
}

TEST(HalfOpenTest, WhoNeverFinishesTheHandshakeOfTlsIsGivenUp) {
  const TestCa ca("CA");
  const FakeExtractor extractor(ExtractAll);
  SecureServer server(extractor);
  server.SetIdentity(ca.Issue({.dns = {"q.example"}}));
  server.options.connections = Times(kSoon, kNever);
  ASSERT_TRUE(server.Start().ok());
  // Nothing, and the beginning of a ClientHello.
  for (const std::string& said :
       {std::string(), std::string("\x16\3\1\2\0", 5)}) {
    Connection connection(server.server().port());
    ASSERT_TRUE(connection.connected());
    EXPECT_TRUE(connection.Send(said));
    connection.ReadAll();
  }
}

TEST(HalfOpenTest, WhoGoesSilentAfterTheHandshakeIsGivenUp) {
  const FakeExtractor extractor(ExtractAll);
  SecureServer server(extractor);
  server.options.connections = Times(kNever, kSoon);
  ASSERT_TRUE(server.Start().ok());
  Connection connection(server.server().port());
  ASSERT_TRUE(connection.connected());
  EXPECT_TRUE(connection.Send(kPreface + Settings()));
  ExpectWorks(server);
  connection.ReadAll();
}

TEST(HalfOpenTest, ACallWhoseCallerVanishedHoldsNoWorker) {
  absl::Notification started, ended;
  const FakeExtractor extractor(
      [&](std::string_view utf8, const ExtractOptions& options) {
        if (utf8 != "Wait.") return ExtractAll(utf8, options);
        if (!started.HasBeenNotified()) started.Notify();
        while (options.alive().ok()) absl::SleepFor(absl::Milliseconds(2));
        if (!ended.HasBeenNotified()) ended.Notify();
        return absl::StatusOr<Extraction>(options.alive());
      });
  SecureServer server(extractor);
  server.options.workers = 1;
  server.options.connections = Times(kNever, kSoon);
  ASSERT_TRUE(server.Start().ok());
  Relay relay(server.server().port());
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  const auto stub = v1::AttributionService::NewStub(
      grpc::CreateCustomChannel(absl::StrCat("127.0.0.1:", relay.port()),
                                grpc::InsecureChannelCredentials(), arguments));
  std::thread caller([&] {
    // Again, should the machine have been too busy to answer a ping.
    while (!started.HasBeenNotified()) {
      grpc::ClientContext context;
      context.set_deadline(std::chrono::system_clock::now() + kPatience);
      v1::ExtractClaimsResponse response;
      EXPECT_FALSE(
          stub->ExtractClaims(&context, RequestFor("Wait."), &response).ok());
    }
  });
  started.WaitForNotification();
  relay.Mute();
  ended.WaitForNotification();
  ExpectWorks(server);  // By the only worker.
  relay.Cut();
  caller.join();
}

TEST(HalfOpenTest, TheyDoNotHoldUpTheEnd) {
  const FakeExtractor extractor(ExtractAll);
  SecureServer server(extractor);
  server.options.connections = Times(kNever, kNever);
  ASSERT_TRUE(server.Start().ok());
  const int port = server.server().port();
  std::vector<std::unique_ptr<Connection>> connections;
  for (const std::string& said :
       {std::string(), std::string(kPreface), kPreface + Settings()}) {
    connections.push_back(std::make_unique<Connection>(port));
    ASSERT_TRUE(connections.back()->connected());
    EXPECT_TRUE(connections.back()->Send(said));
  }
  // A stream in the middle of its work, whose client is gone.
  Relay relay(port);
  const auto stub = v1::AttributionService::NewStub(
      grpc::CreateChannel(absl::StrCat("127.0.0.1:", relay.port()),
                          grpc::InsecureChannelCredentials()));
  grpc::ClientContext context;
  const auto stream = stub->StreamExtractClaims(&context);
  v1::StreamExtractClaimsRequest item;
  *item.mutable_request() = RequestFor("Words.");
  ASSERT_TRUE(stream->Write(item));
  v1::StreamExtractClaimsResponse answer;
  ASSERT_TRUE(stream->Read(&answer));
  relay.Mute();

  server.server().Shutdown();
  for (const auto& connection : connections) connection->ReadAll();
  context.TryCancel();
  EXPECT_FALSE(stream->Finish().ok());
}

}  // namespace
}  // namespace quoth
