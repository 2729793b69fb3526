// What the server does when there is too much of something: calls, callers who
// hang up, clients that vanish, that do not read or say nothing, connections.
// Each test ends with a server that has nothing left of it and works as ever.

#include <sys/resource.h>

#include <atomic>
#include <chrono>
#include <deque>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/blocking_counter.h"
#include "absl/synchronization/mutex.h"
#include "absl/synchronization/notification.h"
#include "gmock/gmock.h"
#include "grpcpp/client_context.h"
#include "grpcpp/generic/generic_stub.h"
#include "gtest/gtest.h"
#include "server/rpc/buffers.h"
#include "server/rpc/limits.h"
#include "tests/rpc/checks.h"
#include "tests/rpc/fake_extractor.h"
#include "tests/rpc/http.h"
#include "tests/rpc/observed_server.h"
#include "tests/rpc/relay.h"
#include "tests/rpc/secure_server.h"
#include "tests/rpc/test_server.h"

namespace quoth {
namespace {

using ClientStream = grpc::ClientReaderWriter<v1::StreamExtractClaimsRequest,
                                              v1::StreamExtractClaimsResponse>;

// An extractor at whose door calls wait.
struct Gated {
  FakeExtractor extractor{
      [this](std::string_view utf8, const ExtractOptions& options) {
        gate.Pass();
        const absl::Status alive = options.alive();
        if (!alive.ok()) return absl::StatusOr<Extraction>(alive);
        return ExtractAll(utf8, options);
      }};
  Gate gate;
};

// Calls that are all under way at once.
class Calls {
 public:
  Calls(v1::AttributionService::Stub& stub, int count)
      : calls_(static_cast<size_t>(count)), done_(count) {
    for (size_t i = 0; i < calls_.size(); ++i) {
      Call& call = calls_[i];
      call.request = RequestFor(absl::StrCat("Text ", i, "."));
      stub.async()->ExtractClaims(&call.context, &call.request, &call.response,
                                  [this, &call](grpc::Status status) {
                                    call.status = std::move(status);
                                    done_.DecrementCount();
                                  });
    }
  }
  ~Calls() { Wait(); }

  void Cancel() {
    for (Call& call : calls_) call.context.TryCancel();
  }
  void Wait() {
    if (!waited_) done_.Wait();
    waited_ = true;
  }
  // After Wait. How many ended with the code; of those answered, each must have
  // its own answer, and of those refused, each must know when to come back.
  int Count(grpc::StatusCode code) const {
    int count = 0;
    for (const Call& call : calls_) {
      if (call.status.error_code() != code) continue;
      ++count;
      if (code == grpc::StatusCode::OK) {
        EXPECT_EQ(call.response.claims(0).text(),
                  call.request.article().text());
      } else if (code == grpc::StatusCode::RESOURCE_EXHAUSTED) {
        EXPECT_TRUE(ViewOf(call.status).has_retry);
      }
    }
    return count;
  }

 private:
  struct Call {
    grpc::ClientContext context;
    v1::ExtractClaimsRequest request;
    v1::ExtractClaimsResponse response;
    grpc::Status status;
  };
  std::deque<Call> calls_;
  absl::BlockingCounter done_;
  bool waited_ = false;
};

v1::StreamExtractClaimsRequest ItemFor(const std::string& id,
                                       const std::string& text) {
  v1::StreamExtractClaimsRequest item;
  item.set_request_id(id);
  *item.mutable_request() = RequestFor(text);
  return item;
}

// That the server answers a call and a stream.
void ExpectWorks(ObservedServer& server) {
  v1::ExtractClaimsResponse response;
  grpc::ClientContext context;
  const grpc::Status status =
      server.stub().ExtractClaims(&context, RequestFor("Words."), &response);
  EXPECT_TRUE(status.ok()) << status.error_message();
  grpc::ClientContext stream_context;
  const auto stream = server.stub().StreamExtractClaims(&stream_context);
  EXPECT_TRUE(stream->Write(ItemFor("r", "Words.")));
  v1::StreamExtractClaimsResponse answer;
  EXPECT_TRUE(stream->Read(&answer));
  stream->WritesDone();
  EXPECT_TRUE(stream->Finish().ok());
}

TEST(OverloadTest, EveryCallIsAnsweredOrRefusedAndNoneIsLost) {
  Gated gated;
  ObservedServer server(gated.extractor, /*workers=*/2, /*queue_length=*/10);
  // Two run, so that what comes then finds room for ten.
  Calls first(server.stub(), 2);
  gated.gate.AwaitArrivals(2);
  constexpr int kCalls = 148;
  Calls calls(server.stub(), kCalls);
  // All others have been told so before any is done.
  server.Await("quoth_requests_failed_total{reason=\"OVERLOADED\"}",
               kCalls - 10);
  EXPECT_EQ(server.Sample("quoth_workers_busy"), 2);
  EXPECT_EQ(server.Sample("quoth_queue_depth{kind=\"call\"}"), 10);
  gated.gate.Open();
  first.Wait();
  calls.Wait();
  EXPECT_EQ(first.Count(grpc::StatusCode::OK), 2);
  EXPECT_EQ(calls.Count(grpc::StatusCode::OK), 10);
  EXPECT_EQ(calls.Count(grpc::StatusCode::RESOURCE_EXHAUSTED), kCalls - 10);
  server.AwaitIdle();
  EXPECT_EQ(server.Sample("quoth_articles_total"), 12);
  ExpectWorks(server);
}

TEST(OverloadTest, MassCancellationEmptiesTheQueueAtOnce) {
  Gated gated;
  ObservedServer server(gated.extractor, /*workers=*/1, /*queue_length=*/100);
  Calls calls(server.stub(), 80);
  server.Await("quoth_queue_depth{kind=\"call\"}", 79);
  calls.Cancel();
  // While the worker still stands at the door.
  server.Await("quoth_queue_depth{kind=\"call\"}", 0);
  gated.gate.Open();
  calls.Wait();
  EXPECT_EQ(calls.Count(grpc::StatusCode::CANCELLED), 80);
  server.AwaitIdle();
  EXPECT_EQ(gated.gate.arrived(), 1);  // Nothing was worked on in vain.
  EXPECT_EQ(server.Sample("quoth_requests_failed_total{reason=\"CANCELLED\"}"),
            80);
  ExpectWorks(server);
}

TEST(OverloadTest, ClientsThatVanishLeaveNothing) {
  Gated gated;
  ObservedServer server(gated.extractor, /*workers=*/2, /*queue_length=*/50);
  {
    Relay relay(server.port());
    std::vector<std::shared_ptr<grpc::Channel>> channels;
    std::vector<std::unique_ptr<v1::AttributionService::Stub>> stubs;
    std::vector<std::unique_ptr<Calls>> calls;
    std::vector<std::unique_ptr<grpc::ClientContext>> contexts;
    std::vector<std::unique_ptr<ClientStream>> streams;
    for (int i = 0; i < 5; ++i) {
      channels.push_back(ObservedServer::NewChannel(relay.port()));
      stubs.push_back(v1::AttributionService::NewStub(channels.back()));
      contexts.push_back(std::make_unique<grpc::ClientContext>());
      streams.push_back(
          stubs.back()->StreamExtractClaims(contexts.back().get()));
      for (int n = 0; n < 3; ++n) {
        EXPECT_TRUE(streams.back()->Write(ItemFor("r", "Words.")));
      }
      calls.push_back(std::make_unique<Calls>(*stubs.back(), 4));
    }
    server.Await("quoth_streams_open", 5);
    server.Await("quoth_calls_live", 20);
    server.Await("quoth_workers_busy", 2);
    relay.Cut();
    server.Await("quoth_queue_depth{kind=\"call\"}", 0);
    server.Await("quoth_queue_depth{kind=\"item\"}", 0);
    for (const auto& stream : streams) {
      EXPECT_FALSE(stream->Finish().ok());
    }
  }
  gated.gate.Open();
  server.AwaitIdle();
  EXPECT_LE(gated.gate.arrived(), 2);
  ExpectWorks(server);
}

TEST(OverloadTest, SlowReadersStopOnlyTheirOwnStreams) {
  // Large answers, so that a few fill what HTTP/2 buffers for a stream.
  const FakeExtractor extractor(ExtractAll);
  ObservedServer server(extractor, /*workers=*/2);
  const std::string text(100000, 'x');
  std::vector<std::shared_ptr<grpc::Channel>> channels;
  std::vector<std::unique_ptr<v1::AttributionService::Stub>> stubs;
  std::vector<std::unique_ptr<grpc::ClientContext>> contexts;
  std::vector<std::unique_ptr<ClientStream>> streams;
  std::vector<std::thread> writers;
  for (int i = 0; i < 4; ++i) {
    channels.push_back(ObservedServer::NewChannel(server.port()));
    stubs.push_back(v1::AttributionService::NewStub(channels.back()));
    contexts.push_back(std::make_unique<grpc::ClientContext>());
    streams.push_back(stubs.back()->StreamExtractClaims(contexts.back().get()));
    // Never reads. Its writes fail when it is cancelled at the end.
    writers.emplace_back([&stream = *streams.back(), &text] {
      while (stream.Write(ItemFor("slow", text))) {
      }
    });
  }
  // A call and a stream that reads, again and again, beside them.
  for (int i = 0; i < 20; ++i) ExpectWorks(server);
  // A stream is open for the server until after its client has the last word.
  server.Await("quoth_streams_open", 4);
  for (const auto& context : contexts) context->TryCancel();
  for (std::thread& writer : writers) writer.join();
  for (const auto& stream : streams) EXPECT_FALSE(stream->Finish().ok());
  server.AwaitIdle();
  ExpectWorks(server);
}

// An ExtractClaims call whose answer is never read.
class UnreadCall
    : public grpc::ClientBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer> {
 public:
  UnreadCall(const std::shared_ptr<grpc::Channel>& channel,
             const v1::ExtractClaimsRequest& request,
             const std::string& token = "")
      : stub_(channel), request_(ToByteBuffer(request.SerializeAsString())) {
    Prepare(context_, token);
    stub_.PrepareBidiStreamingCall(
        &context_, "/quoth.v1.AttributionService/ExtractClaims", {}, this);
    StartWriteLast(&request_, grpc::WriteOptions());
    StartCall();
  }
  ~UnreadCall() override {
    context_.TryCancel();
    done_.WaitForNotification();
  }
  // Comes with the first bytes of the answer.
  void AwaitAnswer() { answered_.WaitForNotification(); }

  void OnReadInitialMetadataDone(bool ok) override {
    EXPECT_TRUE(ok);
    answered_.Notify();
  }
  void OnDone(const grpc::Status&) override { done_.Notify(); }

 private:
  grpc::GenericStub stub_;
  const grpc::ByteBuffer request_;
  grpc::ClientContext context_;
  absl::Notification answered_;
  absl::Notification done_;
};

// A server that holds a MiB of unread answers, and a client that takes no more
// than 64 KiB of one that it does not read.
class UnreadAnswersTest : public ::testing::Test {
 protected:
  void Start(const std::string& callers = "") {
    server_.options.max_unsent_bytes = size_t{1} << 20;
    if (!callers.empty()) {
      server_.options.security.callers =
          server_.folder.Write("callers", callers);
    }
    ASSERT_TRUE(server_.Start().ok());
    grpc::ChannelArguments arguments;
    arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
    arguments.SetInt(GRPC_ARG_HTTP2_BDP_PROBE, 0);
    arguments.SetInt(GRPC_ARG_HTTP2_STREAM_LOOKAHEAD_BYTES, 1 << 16);
    channel_ = grpc::CreateCustomChannel(
        absl::StrCat("127.0.0.1:", server_.server().port()),
        grpc::InsecureChannelCredentials(), arguments);
    stub_ = v1::AttributionService::NewStub(channel_);
  }

  grpc::Status Extract(const v1::ExtractClaimsRequest& request,
                       const std::string& token = "") {
    grpc::ClientContext context;
    Prepare(context, token);
    v1::ExtractClaimsResponse response;
    return stub_->ExtractClaims(&context, request, &response);
  }

  const FakeExtractor extractor_{ExtractAll};
  SecureServer server_{extractor_};
  std::shared_ptr<grpc::Channel> channel_;
  std::unique_ptr<v1::AttributionService::Stub> stub_;
};

TEST_F(UnreadAnswersTest, AreBounded) {
  Start();
  // Has an answer of almost half the maximum: the text five times.
  const v1::ExtractClaimsRequest large = RequestFor(std::string(95000, 'x'));
  auto unread = std::make_unique<UnreadCall>(channel_, large);
  UnreadCall other(channel_, large);
  unread->AwaitAnswer();
  other.AwaitAnswer();
  // There is no room for a third, ...
  const ErrorView view = ViewOf(Extract(large));
  EXPECT_EQ(view.code, grpc::StatusCode::RESOURCE_EXHAUSTED) << view;
  EXPECT_EQ(view.reason, "OVERLOADED");
  EXPECT_TRUE(view.has_retry);
  // ... nor for an item's, ...
  grpc::ClientContext context;
  const auto stream = stub_->StreamExtractClaims(&context);
  v1::StreamExtractClaimsRequest item = ItemFor("large", "");
  *item.mutable_request() = large;
  v1::StreamExtractClaimsResponse answer;
  ASSERT_TRUE(stream->Write(item));
  ASSERT_TRUE(stream->Read(&answer));
  EXPECT_EQ(answer.request_id(), "large");
  EXPECT_EQ(ViewOf(answer.error()).reason, "OVERLOADED");
  EXPECT_TRUE(ViewOf(answer.error()).has_retry);
  // ... but for small ones.
  EXPECT_TRUE(Extract(RequestFor("Words.")).ok());
  ASSERT_TRUE(stream->Write(ItemFor("small", "Words.")));
  ASSERT_TRUE(stream->Read(&answer));
  EXPECT_TRUE(answer.has_response());
  // What is not wanted any more makes room, for calls and for streams.
  unread.reset();
  EXPECT_TRUE(Eventually([&] { return Extract(large).ok(); }));
  EXPECT_TRUE(Eventually([&] {
    return stream->Write(item) && stream->Read(&answer) &&
           answer.has_response();
  }));
  stream->WritesDone();
  EXPECT_TRUE(stream->Finish().ok());
}

TEST_F(UnreadAnswersTest, OfOneCallerLeaveRoomForTheOthers) {
  Start(Line("desk", kDesk) + Line("wire", kWire));
  const v1::ExtractClaimsRequest large = RequestFor(std::string(95000, 'x'));
  UnreadCall unread(channel_, large, kDesk);
  unread.AwaitAnswer();
  EXPECT_EQ(ViewOf(Extract(large, kDesk)).reason, "OVERLOADED");
  EXPECT_TRUE(Extract(RequestFor("Words."), kDesk).ok());
  EXPECT_TRUE(Extract(large, kWire).ok());
  const auto stream_of = [&](const std::string& token) {
    grpc::ClientContext context;
    Prepare(context, token);
    const auto stream = stub_->StreamExtractClaims(&context);
    v1::StreamExtractClaimsRequest item = ItemFor("large", "");
    *item.mutable_request() = large;
    v1::StreamExtractClaimsResponse answer;
    EXPECT_TRUE(stream->Write(item) && stream->Read(&answer));
    stream->WritesDone();
    EXPECT_TRUE(stream->Finish().ok());
    return answer;
  };
  EXPECT_EQ(ViewOf(stream_of(kDesk).error()).reason, "OVERLOADED");
  // The server may hold the call's answer for a moment longer than its caller.
  EXPECT_TRUE(Eventually([&] { return stream_of(kWire).has_response(); }));
}

TEST_F(UnreadAnswersTest, OfAStreamMakeRoomWhenItEnds) {
  Start();
  // Has an answer of more than half of the maximum.
  const std::string text(150000, 'x');
  grpc::ClientContext context;
  const auto stream = stub_->StreamExtractClaims(&context);
  ASSERT_TRUE(stream->Write(ItemFor("r", text)));
  stream->WaitForInitialMetadata();  // Comes with the answer.
  EXPECT_EQ(ViewOf(Extract(RequestFor(text))).reason, "OVERLOADED");
  context.TryCancel();
  EXPECT_FALSE(stream->Finish().ok());
  EXPECT_TRUE(Eventually([&] { return Extract(RequestFor(text)).ok(); }));
}

TEST(OverloadTest, OneConnectionHasSoManyCallsAtATime) {
  Gated gated;
  ObservedServer server(gated.extractor, /*workers=*/1, /*queue_length=*/1000);
  Calls calls(server.stub(), kMaxCallsPerConnection + 1);
  server.Await("quoth_calls_live", kMaxCallsPerConnection);
  // The next waits at the client, and so does whatever else comes behind it.
  const auto info = [](v1::AttributionService::Stub& stub) {
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() +
                         std::chrono::milliseconds(500));
    v1::GetServerInfoResponse response;
    return stub.GetServerInfo(&context, {}, &response).error_code();
  };
  EXPECT_EQ(info(server.stub()), grpc::StatusCode::DEADLINE_EXCEEDED);
  const auto other = v1::AttributionService::NewStub(
      ObservedServer::NewChannel(server.port()));
  while (info(*other) != grpc::StatusCode::OK) {  // A slow machine.
  }
  EXPECT_EQ(server.Sample("quoth_calls_live"), kMaxCallsPerConnection);
  gated.gate.Open();
  calls.Wait();
  // The last comes when one is done; by then the queue may seem too slow.
  EXPECT_EQ(calls.Count(grpc::StatusCode::OK) +
                calls.Count(grpc::StatusCode::RESOURCE_EXHAUSTED),
            kMaxCallsPerConnection + 1);
  server.AwaitIdle();
  ExpectWorks(server);
}

TEST(OverloadTest, StreamsThatSayNothingHoldUpNobody) {
  const FakeExtractor extractor(ExtractAll);
  ObservedServer server(extractor);
  std::vector<std::unique_ptr<grpc::ClientContext>> contexts;
  std::vector<std::unique_ptr<ClientStream>> streams;
  for (int i = 0; i < kMaxStreams - 1; ++i) {
    contexts.push_back(std::make_unique<grpc::ClientContext>());
    streams.push_back(server.stub().StreamExtractClaims(contexts.back().get()));
  }
  server.Await("quoth_streams_open", kMaxStreams - 1);
  ExpectWorks(server);
  for (const auto& context : contexts) context->TryCancel();
  for (const auto& stream : streams) EXPECT_FALSE(stream->Finish().ok());
  server.AwaitIdle();
}

// HTTP/2 by hand, for clients of which there are more than channels.
constexpr char kDataFrame = 0, kHeadersFrame = 1, kSettingsFrame = 4;
constexpr char kEndStream = 1, kEndHeaders = 4;

std::string Frame(char type, char flags, char stream,
                  const std::string& payload) {
  std::string frame = {0,
                       static_cast<char>(payload.size() >> 8),
                       static_cast<char>(payload.size()),
                       type,
                       flags,
                       0,
                       0,
                       0,
                       stream};
  return frame + payload;
}

// An ExtractClaims call: its headers, each a literal, and its message.
std::string CallBytes(const v1::ExtractClaimsRequest& request) {
  std::string headers;
  for (const auto& [name, value] :
       std::vector<std::pair<std::string, std::string>>{
           {":method", "POST"},
           {":scheme", "http"},
           {":path", "/quoth.v1.AttributionService/ExtractClaims"},
           {":authority", "localhost"},
           {"te", "trailers"},
           {"content-type", "application/grpc"}}) {
    headers += std::string(1, '\0') + static_cast<char>(name.size()) + name +
               static_cast<char>(value.size()) + value;
  }
  const std::string message = request.SerializeAsString();
  return Frame(kHeadersFrame, kEndHeaders, 1, headers) +
         Frame(kDataFrame, kEndStream, 1,
               std::string(4, '\0') + static_cast<char>(message.size()) +
                   message);
}

TEST(OverloadTest, ManyConnectionsThatDoNothing) {
  const FakeExtractor extractor(ExtractAll);
  ObservedServer server(extractor);
  // Both ends are in this process, which usually may have 1024 files.
  constexpr int kConnections = 1000;
  rlimit limit = {};
  ASSERT_EQ(getrlimit(RLIMIT_NOFILE, &limit), 0);
  limit.rlim_cur = limit.rlim_max;
  ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &limit), 0);
  ASSERT_GE(limit.rlim_cur, 2 * kConnections + 100) << "raise ulimit -Hn";
  {
    std::vector<std::unique_ptr<Connection>> connections;
    for (int i = 0; i < kConnections; ++i) {
      connections.push_back(std::make_unique<Connection>(server.port()));
      ASSERT_TRUE(connections.back()->connected()) << i;
      // Every other one begins HTTP/2 and goes silent in the middle.
      if (i % 2 == 0) {
        connections.back()->Send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
        connections.back()->Send(Frame(kSettingsFrame, 0, 0, ""));
      }
    }
    ExpectWorks(server);
    // And so do those that were silent, when they speak.
    for (int i = 0; i < kConnections; i += kConnections / 10) {
      const std::string text = absl::StrCat("Words of ", i, ".");
      ASSERT_TRUE(connections[i]->Send(CallBytes(RequestFor(text))));
      EXPECT_TRUE(connections[i]->ReadUntil(text)) << i;
    }
    for (size_t i = 0; i < connections.size(); i += 3) {
      connections[i]->Reset();
    }
  }
  ExpectWorks(server);
  server.AwaitIdle();
}

TEST(OverloadTest, OneStreamKeepsEveryWorkerBusy) {
  constexpr int kWorkers = 6;
  Gated gated;
  ObservedServer server(gated.extractor, kWorkers);
  grpc::ClientContext context;
  const auto stream = server.stub().StreamExtractClaims(&context);
  for (int i = 0; i < 2 * kWorkers; ++i) {
    ASSERT_TRUE(stream->Write(ItemFor(absl::StrCat(i), "Words.")));
  }
  gated.gate.AwaitArrivals(kWorkers);
  // And the next ones are there already when these are done.
  server.Await("quoth_queue_depth{kind=\"item\"}", kWorkers);
  gated.gate.Open();
  stream->WritesDone();
  v1::StreamExtractClaimsResponse answer;
  int answers = 0;
  while (stream->Read(&answer)) ++answers;
  EXPECT_EQ(answers, 2 * kWorkers);
  EXPECT_TRUE(stream->Finish().ok());
}

TEST(OverloadTest, CancelledWorkStopsAtTheNextWindow) {
  // A text of many windows: the extractor asks before each.
  std::atomic<int> windows = 0;
  absl::Notification began;
  const FakeExtractor extractor(
      [&](std::string_view utf8,
          const ExtractOptions& options) -> absl::StatusOr<Extraction> {
        while (true) {
          const absl::Status alive = options.alive();
          if (!alive.ok()) return alive;
          if (++windows == 1) began.Notify();
          std::this_thread::yield();
        }
        return ExtractNothing(utf8, options);
      });
  ObservedServer server(extractor, /*workers=*/1);
  Calls calls(server.stub(), 1);
  began.WaitForNotification();
  calls.Cancel();
  calls.Wait();
  server.AwaitIdle();  // Or it would be busy for ever.
  EXPECT_EQ(calls.Count(grpc::StatusCode::CANCELLED), 1);
}

}  // namespace
}  // namespace quoth
