// Start, health, reflection and the orderly end.

#include "server/rpc/server.h"

#include <chrono>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "gmock/gmock.h"
#include "grpcpp/generic/generic_stub.h"
#include "gtest/gtest.h"
#include "server/rpc/buffers.h"
#include "server/rpc/limits.h"
#include "tests/rpc/checks.h"
#include "tests/rpc/fake_extractor.h"
#include "tests/rpc/test_server.h"

namespace quoth {
namespace {

using ::testing::HasSubstr;
using ::testing::IsSupersetOf;

constexpr char kService[] = "quoth.v1.AttributionService";

// grpc.health.v1.HealthCheckResponse.ServingStatus, or minus the status code
// of the call. By hand: the messages are in no header of the distribution.
constexpr int kServing = 1;
constexpr int kNotServing = 2;
int HealthOf(const std::shared_ptr<grpc::Channel>& channel,
             const std::string& service) {
  grpc::GenericStub stub(channel);
  grpc::ClientContext context;
  std::string bytes;
  if (!service.empty()) {
    bytes = std::string("\x0A") + static_cast<char>(service.size()) + service;
  }
  const grpc::ByteBuffer request = ToByteBuffer(bytes);
  grpc::ByteBuffer response;
  absl::Notification done;
  grpc::Status status;
  stub.UnaryCall(&context, "/grpc.health.v1.Health/Check", {}, &request,
                 &response, [&](grpc::Status s) {
                   status = std::move(s);
                   done.Notify();
                 });
  done.WaitForNotification();
  if (!status.ok()) return -static_cast<int>(status.error_code());
  const FlatBuffer flat(response);
  return flat.bytes().size() == 2 ? flat.bytes()[1] : 0;
}

// One question to the reflection service, as serialised messages.
std::string Reflect(const std::shared_ptr<grpc::Channel>& channel,
                    const std::string& question) {
  class Client
      : public grpc::ClientBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer> {
   public:
    void OnReadDone(bool) override {}
    void OnDone(const grpc::Status& status) override {
      EXPECT_TRUE(status.ok()) << status.error_message();
      done.Notify();
    }
    absl::Notification done;
  };
  grpc::GenericStub stub(channel);
  grpc::ClientContext context;
  Client client;
  const grpc::ByteBuffer request = ToByteBuffer(question);
  grpc::ByteBuffer response;
  stub.PrepareBidiStreamingCall(
      &context,
      "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo", {},
      &client);
  client.StartRead(&response);
  client.StartWriteLast(&request, grpc::WriteOptions());
  client.StartCall();
  client.done.WaitForNotification();
  return std::string(FlatBuffer(response).bytes());
}

TEST(ServerTest, RefusesBadOptions) {
  const FakeExtractor extractor(ExtractNothing);
  const struct {
    std::string address;
    int workers;
    int queue_length;
    std::string complaint;
  } kCases[] = {
      {"127.0.0.1:0", -1, 0, "workers"},
      {"127.0.0.1:0", kMaxWorkers + 1, 0, "workers"},
      {"127.0.0.1:0", 1, -1, "queue_length"},
      {"", 1, 0, "host:port"},
      {"localhost", 1, 0, "host:port"},
      {":50051", 1, 0, "host:port"},
      {"localhost:", 1, 0, "host:port"},
      {"localhost:http", 1, 0, "host:port"},
      {"localhost:65536", 1, 0, "host:port"},
      {"localhost:-1", 1, 0, "host:port"},
  };
  for (const auto& c : kCases) {
    ServerOptions options;
    options.address = c.address;
    options.workers = c.workers;
    options.queue_length = c.queue_length;
    const auto server = Server::Start(extractor, options);
    ASSERT_FALSE(server.ok()) << c.address;
    EXPECT_EQ(server.status().code(), absl::StatusCode::kInvalidArgument);
    EXPECT_THAT(std::string(server.status().message()), HasSubstr(c.complaint));
  }
}

TEST(ServerTest, BusyPortIsAnError) {
  const FakeExtractor extractor(ExtractNothing);
  TestServer first(extractor);
  ServerOptions options;
  options.address = absl::StrCat("127.0.0.1:", first.server().port());
  const auto second = Server::Start(extractor, options);
  ASSERT_FALSE(second.ok());
  EXPECT_EQ(second.status().code(), absl::StatusCode::kUnavailable);
  EXPECT_THAT(std::string(second.status().message()),
              HasSubstr(options.address));
}

TEST(ServerTest, SaysThatItIsHealthy) {
  const FakeExtractor extractor(ExtractNothing);
  TestServer server(extractor);
  EXPECT_EQ(HealthOf(server.channel(), ""), kServing);
  EXPECT_EQ(HealthOf(server.channel(), kService), kServing);
  EXPECT_EQ(HealthOf(server.channel(), "other.Service"),
            -static_cast<int>(grpc::StatusCode::NOT_FOUND));
}

TEST(ServerTest, DescribesItself) {
  const FakeExtractor extractor(ExtractNothing);
  TestServer server(extractor);
  // list_services = 7: "*".
  const std::string services = Reflect(server.channel(), "\x3A\x01*");
  EXPECT_THAT(services, HasSubstr(kService));
  EXPECT_THAT(services, HasSubstr("grpc.health.v1.Health"));
  // file_containing_symbol = 4: the contract, and the details of errors.
  const auto file_of = [&](const std::string& symbol) {
    return Reflect(
        server.channel(),
        std::string("\x22") + static_cast<char>(symbol.size()) + symbol);
  };
  EXPECT_THAT(file_of(kService), HasSubstr("StreamExtractClaims"));
  EXPECT_THAT(file_of("google.rpc.BadRequest"), HasSubstr("FieldViolation"));
}

TEST(ServerTest, ManyReflectionCallsDoNotTakeItDown) {
  const FakeExtractor extractor(ExtractNothing);
  TestServer server(extractor);
  std::vector<std::thread> clients;
  for (int i = 0; i < 8; ++i) {
    clients.emplace_back([&] {
      for (int n = 0; n < 10; ++n) Reflect(server.channel(), "\x3A\x01*");
    });
  }
  for (std::thread& client : clients) client.join();
}

TEST(ServerTest, ShutdownLetsCallsFinishAndRefusesNewOnes) {
  Gate gate;
  const FakeExtractor extractor(
      [&](std::string_view utf8, const ExtractOptions& options) {
        gate.Pass();
        return ExtractAll(utf8, options);
      });
  TestServer server(extractor, /*workers=*/3);
  // Two calls run, and one item of a stream that goes on.
  std::vector<std::thread> callers;
  for (int i = 0; i < 2; ++i) {
    callers.emplace_back([&] {
      v1::ExtractClaimsResponse response;
      const grpc::Status status = server.Extract(RequestFor("x"), response);
      EXPECT_TRUE(status.ok()) << status.error_message();
      EXPECT_EQ(response.claims_size(), 1);
    });
  }
  grpc::ClientContext context;
  const auto stream = server.stub().StreamExtractClaims(&context);
  v1::StreamExtractClaimsRequest item;
  *item.mutable_request() = RequestFor("x");
  ASSERT_TRUE(stream->Write(item));
  gate.AwaitArrivals(3);

  std::thread shutdown([&] { server.server().Shutdown(); });
  const auto other_channel = server.NewChannel();
  while (HealthOf(other_channel, kService) == kServing) {
    std::this_thread::yield();
  }
  EXPECT_EQ(HealthOf(other_channel, kService), kNotServing);
  EXPECT_EQ(HealthOf(other_channel, ""), kNotServing);
  // The door closes right after the health has changed; calls that still slip
  // in would wait at the gate, so they give up by a deadline.
  ErrorView refusal;
  while (refusal.code != grpc::StatusCode::UNAVAILABLE) {
    const auto other = v1::AttributionService::NewStub(other_channel);
    grpc::ClientContext late;
    late.set_deadline(std::chrono::system_clock::now() +
                      std::chrono::milliseconds(200));
    v1::ExtractClaimsResponse response;
    const grpc::Status status =
        other->ExtractClaims(&late, RequestFor("x"), &response);
    ASSERT_FALSE(status.ok());
    if (status.error_code() == grpc::StatusCode::UNAVAILABLE) {
      refusal = ViewOf(status);
    }
  }
  EXPECT_EQ(refusal.reason, "SHUTTING_DOWN") << refusal;

  gate.Open();
  for (std::thread& caller : callers) caller.join();
  v1::StreamExtractClaimsResponse answer;
  ASSERT_TRUE(stream->Read(&answer));
  EXPECT_TRUE(answer.has_response());
  EXPECT_FALSE(stream->Read(&answer));
  const ErrorView end = ViewOf(stream->Finish());
  EXPECT_EQ(end.reason, "SHUTTING_DOWN") << end;
  shutdown.join();
  EXPECT_LT(HealthOf(server.NewChannel(), ""), 0);  // Nobody listens.
}

TEST(ServerTest, IdleStreamsAndWatchersDoNotHoldUpShutdown) {
  const FakeExtractor extractor(ExtractNothing);
  TestServer server(extractor);
  grpc::ClientContext context;
  const auto stream = server.stub().StreamExtractClaims(&context);
  v1::StreamExtractClaimsRequest item;
  *item.mutable_request() = RequestFor("x");
  ASSERT_TRUE(stream->Write(item));
  v1::StreamExtractClaimsResponse answer;
  ASSERT_TRUE(stream->Read(&answer));

  class Watcher
      : public grpc::ClientBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer> {
   public:
    void OnReadDone(bool ok) override {
      if (!ok) return;
      if (!first.HasBeenNotified()) first.Notify();
      states.push_back(FlatBuffer(response).bytes().at(1));
      StartRead(&response);
    }
    void OnDone(const grpc::Status&) override { done.Notify(); }
    grpc::ByteBuffer response;
    std::vector<int> states;
    absl::Notification first, done;
  } watcher;
  grpc::GenericStub stub(server.channel());
  grpc::ClientContext watch_context;
  const grpc::ByteBuffer request = ToByteBuffer("");
  stub.PrepareBidiStreamingCall(&watch_context, "/grpc.health.v1.Health/Watch",
                                {}, &watcher);
  watcher.StartRead(&watcher.response);
  watcher.StartWriteLast(&request, grpc::WriteOptions());
  watcher.StartCall();
  watcher.first.WaitForNotification();

  server.server().Shutdown();
  EXPECT_EQ(ViewOf(stream->Finish()).reason, "SHUTTING_DOWN");
  watcher.done.WaitForNotification();
  EXPECT_EQ(watcher.states, (std::vector<int>{kServing, kNotServing}));
}

TEST(ServerTest, ShutdownCancelsWhatOutlastsTheDrain) {
  absl::Notification started;
  const FakeExtractor extractor(
      [&](std::string_view, const ExtractOptions& options) {
        started.Notify();
        while (options.alive().ok()) std::this_thread::yield();
        return absl::StatusOr<Extraction>(options.alive());
      });
  TestServer server(extractor, /*workers=*/1, /*queue_length=*/0,
                    /*drain_timeout=*/absl::Milliseconds(10));
  std::thread caller([&] {
    v1::ExtractClaimsResponse response;
    EXPECT_FALSE(server.Extract(RequestFor("x"), response).ok());
  });
  started.WaitForNotification();
  server.server().Shutdown();
  caller.join();
}

// ---- Limits of connections ----

TEST(ServerTest, ConnectionsThatAreOldOrUnusedAreGivenUp) {
  const FakeExtractor extractor(ExtractNothing);
  constexpr absl::Duration kSoon = absl::Milliseconds(200);
  constexpr absl::Duration kNever = absl::Hours(24);
  const struct {
    absl::Duration age, idle;
    bool given_up;
  } kCases[] = {
      {kSoon, kNever, true}, {kNever, kSoon, true}, {kNever, kNever, false}};
  for (const auto& c : kCases) {
    SCOPED_TRACE(absl::StrCat(absl::FormatDuration(c.age), " ",
                              absl::FormatDuration(c.idle)));
    ServerOptions options;
    options.address = "127.0.0.1:0";
    options.workers = 1;
    options.connections.connection_age = c.age;
    options.connections.connection_idle = c.idle;
    const auto server = Server::Start(extractor, options);
    ASSERT_TRUE(server.ok()) << server.status();
    grpc::ChannelArguments arguments;
    arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
    const auto channel = grpc::CreateCustomChannel(
        absl::StrCat("127.0.0.1:", (*server)->port()),
        grpc::InsecureChannelCredentials(), arguments);
    while (HealthOf(channel, "") != kServing) {
    }
    const auto patience = c.given_up ? std::chrono::seconds(60)  // A hang.
                                     : std::chrono::seconds(1);
    EXPECT_EQ(
        channel->WaitForStateChange(
            GRPC_CHANNEL_READY, std::chrono::system_clock::now() + patience),
        c.given_up);
  }
}

TEST(ServerTest, LargeMetadataIsRefused) {
  const FakeExtractor extractor(ExtractNothing);
  TestServer server(extractor);
  for (const int size : {kMaxMetadataBytes / 2, 2 * kMaxMetadataBytes}) {
    grpc::ClientContext context;
    context.AddMetadata("x-note", std::string(static_cast<size_t>(size), 'x'));
    v1::ExtractClaimsResponse response;
    const grpc::Status status =
        server.stub().ExtractClaims(&context, RequestFor("Words."), &response);
    EXPECT_EQ(status.error_code(), size < kMaxMetadataBytes
                                       ? grpc::StatusCode::OK
                                       : grpc::StatusCode::RESOURCE_EXHAUSTED)
        << status.error_message();
  }
}

TEST(ServerTest, ShutdownMayBeRepeated) {
  const FakeExtractor extractor(ExtractNothing);
  TestServer server(extractor);
  std::thread other([&] { server.server().Shutdown(); });
  server.server().Shutdown();
  other.join();
  server.server().Shutdown();
}

}  // namespace
}  // namespace quoth
