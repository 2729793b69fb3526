// Streams that end though their client has not said its last word: nothing
// happens on them, their caller is none any more, their time is up, they are
// cancelled.

#include <atomic>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "client/article_stream.h"
#include "gmock/gmock.h"
#include "grpcpp/client_context.h"
#include "gtest/gtest.h"
#include "server/rpc/stream.h"
#include "tests/rpc/checks.h"
#include "tests/rpc/fake_extractor.h"
#include "tests/rpc/observed_server.h"
#include "tests/rpc/relay.h"
#include "tests/rpc/secure_server.h"

namespace quoth {
namespace {

using ::testing::HasSubstr;

using ClientStream = grpc::ClientReaderWriter<v1::StreamExtractClaimsRequest,
                                              v1::StreamExtractClaimsResponse>;

v1::StreamExtractClaimsRequest Item() {
  v1::StreamExtractClaimsRequest item;
  *item.mutable_request() = RequestFor("Words.");
  return item;
}

// An extractor at whose door articles wait; then it says how they ended.
struct Gated {
  Gate gate;
  absl::Mutex mutex;
  std::vector<absl::Status> ends;
  FakeExtractor extractor{
      [this](std::string_view utf8, const ExtractOptions& options) {
        gate.Pass();
        const absl::Status alive = options.alive();
        {
          absl::MutexLock lock(&mutex);
          ends.push_back(alive);
        }
        if (!alive.ok()) return absl::StatusOr<Extraction>(alive);
        return ExtractAll(utf8, options);
      }};
};

// ---- Nothing happens ----

TEST(StreamEndTest, AStreamOnWhichNothingHappensEnds) {
  const FakeExtractor extractor(ExtractAll);
  SecureServer server(extractor);
  server.options.connections.stream_idle = absl::Milliseconds(300);
  ASSERT_TRUE(server.Start().ok());
  const auto stub = v1::AttributionService::NewStub(server.PlainChannel());
  for (const int items : {0, 3}) {
    grpc::ClientContext context;
    Prepare(context, "");
    const auto stream = stub->StreamExtractClaims(&context);
    v1::StreamExtractClaimsResponse answer;
    // A machine so busy that the stream ends meanwhile makes the check weaker.
    for (int i = 0; i < items && stream->Write(Item()); ++i) {
      stream->Read(&answer);
    }
    const ErrorView view = ViewOf(stream->Finish());
    EXPECT_EQ(view.code, grpc::StatusCode::UNAVAILABLE) << view;
    EXPECT_EQ(view.reason, "STREAM_IDLE");
  }
}

TEST(StreamEndTest, WhoWaitsForAnAnswerIsNotIdle) {
  Gated gated;
  SecureServer server(gated.extractor);
  const absl::Duration idle = absl::Seconds(1);
  server.options.connections.stream_idle = idle;
  ASSERT_TRUE(server.Start().ok());
  const auto stub = v1::AttributionService::NewStub(server.PlainChannel());
  grpc::ClientContext context;
  Prepare(context, "");
  const auto stream = stub->StreamExtractClaims(&context);
  ASSERT_TRUE(stream->Write(Item()));
  gated.gate.AwaitArrivals(1);
  absl::SleepFor(2 * idle);
  gated.gate.Open();
  v1::StreamExtractClaimsResponse answer;
  ASSERT_TRUE(stream->Read(&answer));
  EXPECT_TRUE(answer.has_response());
  EXPECT_FALSE(stream->Read(&answer));
  EXPECT_EQ(ViewOf(stream->Finish()).reason, "STREAM_IDLE");
}

TEST(StreamEndTest, WhoWaitsForItsRateIsNotIdle) {
  const FakeExtractor extractor(ExtractAll);
  SecureServer server(extractor);
  server.options.connections.stream_idle = absl::Seconds(1);
  server.options.security.callers =
      server.folder.Write("callers", Line("desk", kDesk, "rate=0.5 burst=1"));
  ASSERT_TRUE(server.Start().ok());
  const auto stub = v1::AttributionService::NewStub(server.PlainChannel());
  grpc::ClientContext context;
  Prepare(context, kDesk);
  const auto stream = stub->StreamExtractClaims(&context);
  // The third is read two seconds after the second.
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(stream->Write(Item()));
  v1::StreamExtractClaimsResponse answer;
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(stream->Read(&answer)) << i;
}

TEST(StreamEndTest, QuothOpensAnotherStreamAfterAPause) {
  const FakeExtractor extractor(ExtractAll);
  SecureServer server(extractor);
  const absl::Duration idle = absl::Milliseconds(300);
  server.options.connections.stream_idle = idle;
  ASSERT_TRUE(server.Start().ok());
  const client::Caller caller(server.PlainChannel(), client::CallerOptions());
  int read = 0, answered = 0;
  client::ArticleStream stream(
      caller, client::ArticleStreamOptions(),
      [&](const v1::Limits&)
          -> absl::StatusOr<std::optional<client::ArticleStream::Article>> {
        absl::SleepFor(3 * idle);  // Somebody types them.
        if (read == 3) return std::nullopt;
        return client::ArticleStream::Article{absl::StrCat(read++),
                                              RequestFor("Words.")};
      },
      [&](const std::string&, const client::ArticleStream::Response& answer) {
        EXPECT_TRUE(answer.ok()) << answer.status();
        ++answered;
        return absl::OkStatus();
      });
  const absl::Status status = stream.Run();
  EXPECT_TRUE(status.ok()) << status;
  EXPECT_EQ(answered, 3);
}

// ---- The caller is none any more ----

TEST(StreamEndTest, IdleStreamsOfACallerThatIsTakenOutEnd) {
  const FakeExtractor extractor(ExtractAll);
  SecureServer server(extractor);
  server.options.security.callers =
      server.folder.Write("callers", Line("desk", kDesk) + Line("wire", kWire));
  ASSERT_TRUE(server.Start().ok());
  const auto stub = v1::AttributionService::NewStub(server.PlainChannel());
  grpc::ClientContext silent_context, desk_context, wire_context;
  Prepare(silent_context, kDesk);
  Prepare(desk_context, kDesk);
  Prepare(wire_context, kWire);
  const auto silent = stub->StreamExtractClaims(&silent_context);
  const auto desk = stub->StreamExtractClaims(&desk_context);
  const auto wire = stub->StreamExtractClaims(&wire_context);
  v1::StreamExtractClaimsResponse answer;
  ASSERT_TRUE(desk->Write(Item()));
  ASSERT_TRUE(desk->Read(&answer));

  server.folder.Write("callers", Line("wire", kWire));
  EXPECT_EQ(ViewOf(silent->Finish()).reason, "UNAUTHENTICATED");
  EXPECT_FALSE(desk->Read(&answer));
  EXPECT_EQ(ViewOf(desk->Finish()).reason, "UNAUTHENTICATED");
  ASSERT_TRUE(wire->Write(Item()));
  ASSERT_TRUE(wire->Read(&answer));
  wire->WritesDone();
  EXPECT_TRUE(wire->Finish().ok());
}

TEST(StreamEndTest, WhatACallerThatIsTakenOutHadSentIsAnswered) {
  Gated gated;
  SecureServer server(gated.extractor);
  server.options.security.callers =
      server.folder.Write("callers", Line("desk", kDesk));
  ASSERT_TRUE(server.Start().ok());
  const auto stub = v1::AttributionService::NewStub(server.PlainChannel());
  grpc::ClientContext context;
  Prepare(context, kDesk);
  const auto stream = stub->StreamExtractClaims(&context);
  ASSERT_TRUE(stream->Write(Item()));
  gated.gate.AwaitArrivals(1);
  server.folder.Write("callers", Line("wire", kWire));
  ASSERT_TRUE(Eventually(
      [&] { return server.CountLog("has taken the new callers") == 1; }));
  gated.gate.Open();
  v1::StreamExtractClaimsResponse answer;
  EXPECT_TRUE(stream->Read(&answer));
  EXPECT_TRUE(answer.has_response());
  EXPECT_FALSE(stream->Read(&answer));
  EXPECT_EQ(ViewOf(stream->Finish()).reason, "UNAUTHENTICATED");
}

// ---- Its time is up ----

// The client is cut off, so that it is the server that looks at the clock.
TEST(StreamEndTest, ItemsOfAnExpiredStreamAreDropped) {
  for (int milliseconds = 200;; milliseconds *= 2) {
    Gated gated;
    ObservedServer server(gated.extractor, /*workers=*/1);
    Relay relay(server.port());
    const auto stub = v1::AttributionService::NewStub(
        ObservedServer::NewChannel(relay.port()));
    grpc::ClientContext context;
    const auto deadline = std::chrono::system_clock::now() +
                          std::chrono::milliseconds(milliseconds);
    context.set_deadline(deadline);
    const auto stream = stub->StreamExtractClaims(&context);
    // One that is worked on, and two that wait.
    for (int i = 0; i < 3; ++i) stream->Write(Item());
    const auto arrived = [&] {
      return server.Sample("quoth_queue_depth{kind=\"item\"}") == 2;
    };
    bool in_time = false;
    while (!in_time && std::chrono::system_clock::now() < deadline) {
      in_time = arrived();
    }
    relay.Mute();
    EXPECT_EQ(stream->Finish().error_code(),
              grpc::StatusCode::DEADLINE_EXCEEDED);
    // The two leave the queue, while the worker still stands at the door.
    server.Await("quoth_queue_depth{kind=\"item\"}", 0);
    gated.gate.Open();
    server.AwaitIdle();
    relay.Cut();
    server.Stop();
    if (!in_time) continue;  // A slow machine: tries again with more time.
    EXPECT_EQ(gated.gate.arrived(), 1);
    ASSERT_EQ(gated.ends.size(), 1);
    EXPECT_EQ(gated.ends[0].code(), absl::StatusCode::kDeadlineExceeded);
    int ends = 0;
    for (const auto line : absl::StrSplit(server.log(), '\n')) {
      if (!absl::StrContains(line, "\"method\":\"StreamExtractClaims\"") ||
          absl::StrContains(line, "\"item\":")) {
        continue;
      }
      ++ends;
      EXPECT_THAT(std::string(line),
                  HasSubstr("\"status\":\"DEADLINE_EXCEEDED\""));
    }
    EXPECT_EQ(ends, 1);
    return;
  }
}

// ---- It is cancelled ----

TEST(StreamEndTest, CancelledStreamsCountAsCancelled) {
  const FakeExtractor extractor(ExtractAll);
  ObservedServer server(extractor);
  constexpr int kRounds = 10, kStreams = 30;
  for (int round = 0; round < kRounds; ++round) {
    std::vector<std::unique_ptr<grpc::ClientContext>> contexts;
    std::vector<std::unique_ptr<ClientStream>> streams;
    for (int i = 0; i < kStreams; ++i) {
      contexts.push_back(std::make_unique<grpc::ClientContext>());
      streams.push_back(
          server.stub().StreamExtractClaims(contexts.back().get()));
    }
    server.Await("quoth_streams_open", kStreams);
    for (const auto& context : contexts) context->TryCancel();
    for (const auto& stream : streams) {
      EXPECT_EQ(stream->Finish().error_code(), grpc::StatusCode::CANCELLED);
    }
    server.AwaitIdle();
  }
  // Whether the end of the messages was seen first or the cancellation.
  EXPECT_EQ(server.Sample("quoth_requests_failed_total{reason=\"CANCELLED\"}"),
            kRounds * kStreams);
}

}  // namespace
}  // namespace quoth
