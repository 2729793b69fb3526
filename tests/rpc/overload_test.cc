// What the server does when there is too much of something: calls, callers who
// hang up, clients that vanish, that do not read or say nothing, connections.
// Each test ends with a server that has nothing left of it and works as ever.

#include <sys/resource.h>

#include <algorithm>
#include <atomic>
#include <deque>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/blocking_counter.h"
#include "absl/synchronization/mutex.h"
#include "absl/synchronization/notification.h"
#include "gmock/gmock.h"
#include "grpcpp/client_context.h"
#include "gtest/gtest.h"
#include "server/rpc/limits.h"
#include "tests/rpc/checks.h"
#include "tests/rpc/fake_extractor.h"
#include "tests/rpc/http.h"
#include "tests/rpc/observed_server.h"
#include "tests/rpc/relay.h"
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

TEST(OverloadTest, ManyConnectionsThatDoNothing) {
  const FakeExtractor extractor(ExtractAll);
  ObservedServer server(extractor);
  // Both ends are in this process; leave some files for everything else.
  rlimit limit = {};
  ASSERT_EQ(getrlimit(RLIMIT_NOFILE, &limit), 0);
  const int count =
      static_cast<int>(std::min<rlim_t>(1000, (limit.rlim_cur - 100) / 2));
  {
    std::vector<std::unique_ptr<Connection>> connections;
    for (int i = 0; i < count; ++i) {
      connections.push_back(std::make_unique<Connection>(server.port()));
      ASSERT_TRUE(connections.back()->connected()) << i;
      // Every other one begins HTTP/2 and goes silent in the middle.
      if (i % 2 == 0) {
        connections.back()->Send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
        connections.back()->Send(std::string(9, '\0').replace(3, 1, "\x04"));
      }
    }
    ExpectWorks(server);
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
