// ExtractClaims and GetServerInfo over the wire, with extractors that do what
// the test says.

#include "server/rpc/service.h"

#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include "absl/synchronization/notification.h"
#include "absl/time/clock.h"
#include "gmock/gmock.h"
#include "grpcpp/generic/generic_stub.h"
#include "grpcpp/impl/rpc_method.h"
#include "grpcpp/support/byte_buffer.h"
#include "gtest/gtest.h"
#include "server/rpc/buffers.h"
#include "server/rpc/limits.h"
#include "tests/rpc/checks.h"
#include "tests/rpc/fake_extractor.h"
#include "tests/rpc/test_server.h"

namespace quoth {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

// Sends bytes that a stub would refuse to send.
grpc::Status SendRaw(const std::shared_ptr<grpc::Channel>& channel,
                     const std::string& bytes) {
  grpc::GenericStub stub(channel);
  grpc::ClientContext context;
  const grpc::ByteBuffer request = ToByteBuffer(bytes);
  grpc::ByteBuffer response;
  grpc::Status status;
  absl::Notification done;
  stub.UnaryCall(&context, "/quoth.v1.AttributionService/ExtractClaims", {},
                 &request, &response, [&](grpc::Status s) {
                   status = std::move(s);
                   done.Notify();
                 });
  done.WaitForNotification();
  return status;
}

// An extractor whose calls say that they started and go on until their caller
// is gone.
struct Endless {
  FakeExtractor extractor{[this](std::string_view, const ExtractOptions& o) {
    if (!started.HasBeenNotified()) started.Notify();
    absl::Status status = o.alive();
    while (status.ok()) {
      std::this_thread::yield();
      status = o.alive();
    }
    if (!ended.HasBeenNotified()) {
      end = status;
      ended.Notify();
    }
    return absl::StatusOr<Extraction>(status);
  }};
  absl::Notification started;
  absl::Notification ended;
  absl::Status end;
};

TEST(ServiceTest, AnswersACall) {
  const FakeExtractor extractor(ExtractAll);
  TestServer server(extractor);
  v1::ExtractClaimsRequest request = RequestFor("“Oui” 😀");
  request.set_encoding_type(v1::ENCODING_TYPE_UTF16);
  request.mutable_article()->set_article_id("a1");
  v1::ExtractClaimsResponse response;
  const grpc::Status status = server.Extract(request, response);
  ASSERT_TRUE(status.ok()) << status.error_message();
  EXPECT_EQ(response.model_version(), "fake 7");
  EXPECT_EQ(response.article_id(), "a1");
  EXPECT_EQ(response.claims(0).content(0).end(), 8);
  EXPECT_GT(ExpectTrueSpans(response, request.article().text(),
                            request.encoding_type()),
            0);
}

TEST(ServiceTest, ErrorsCarryDetails) {
  const FakeExtractor extractor(ExtractAll);
  TestServer server(extractor);
  v1::ExtractClaimsRequest request = RequestFor("Words.");
  request.add_claim_types(v1::CLAIM_TYPE_DIRECT);
  request.add_claim_types(static_cast<v1::ClaimType>(77));
  v1::ExtractClaimsResponse response;
  const ErrorView view = ViewOf(server.Extract(request, response));
  EXPECT_EQ(view.code, grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_EQ(view.domain, "quoth.v1");
  EXPECT_THAT(view.fields, ElementsAre("claim_types[1]"));
}

TEST(ServiceTest, TextOverTheLimitIsNamedWithLimitAndSize) {
  const FakeExtractor extractor(ExtractNothing);
  TestServer server(extractor);
  v1::ExtractClaimsResponse response;
  EXPECT_TRUE(
      server.Extract(RequestFor(std::string(kMaxTextBytes, 'a')), response)
          .ok());
  for (const size_t size : {kMaxTextBytes + 1, 3 * kMaxTextBytes}) {
    const ErrorView view =
        ViewOf(server.Extract(RequestFor(std::string(size, 'a')), response));
    EXPECT_EQ(view.code, grpc::StatusCode::INVALID_ARGUMENT);
    EXPECT_THAT(view.fields, ElementsAre("article.text"));
    EXPECT_EQ(view.metadata.at("limit"), absl::StrCat(kMaxTextBytes));
    EXPECT_EQ(view.metadata.at("size"), absl::StrCat(size));
  }
}

TEST(ServiceTest, MessageOverTheLimitIsRefused) {
  const FakeExtractor extractor(ExtractNothing);
  TestServer server(extractor);
  v1::ExtractClaimsResponse response;
  const grpc::Status status = server.Extract(
      RequestFor(std::string(kMaxMessageBytes + 1, 'a')), response);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
  // The server is none the worse for it.
  EXPECT_TRUE(server.Extract(RequestFor("Words."), response).ok());
}

TEST(ServiceTest, CompressedMessagesAreRefused) {
  // For what they may become: see limits.h.
  const FakeExtractor extractor(ExtractNothing);
  TestServer server(extractor);
  for (const auto algorithm : {GRPC_COMPRESS_GZIP, GRPC_COMPRESS_DEFLATE}) {
    for (const size_t size : {size_t{10000}, 2 * kMaxMessageBytes}) {
      grpc::ClientContext context;
      context.set_compression_algorithm(algorithm);
      v1::ExtractClaimsResponse response;
      const grpc::Status status = server.stub().ExtractClaims(
          &context, RequestFor(std::string(size, 'a')), &response);
      EXPECT_EQ(status.error_code(), grpc::StatusCode::UNIMPLEMENTED)
          << status.error_message();
    }
  }
}

TEST(ServiceTest, SaysWhyAMessageDoesNotParse) {
  const FakeExtractor extractor(ExtractAll);
  TestServer server(extractor);
  const ErrorView utf8 =
      ViewOf(SendRaw(server.channel(), std::string("\x0A\x05\x0A\x03"
                                                   "ab\xFF")));
  EXPECT_EQ(utf8.code, grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_EQ(utf8.message, "article.text is not valid UTF-8 at byte 2");
  EXPECT_THAT(utf8.fields, ElementsAre("article.text"));

  const ErrorView surrogate =
      ViewOf(SendRaw(server.channel(), "\x0A\x05\x0A\x03\xED\xA0\x80"));
  EXPECT_EQ(surrogate.message, "article.text is not valid UTF-8 at byte 0");

  const ErrorView malformed = ViewOf(SendRaw(server.channel(), "\x0F"));
  EXPECT_EQ(malformed.reason, "MALFORMED_MESSAGE");
  EXPECT_THAT(malformed.message, HasSubstr("quoth.v1.ExtractClaimsRequest"));

  const ErrorView empty = ViewOf(SendRaw(server.channel(), ""));
  EXPECT_THAT(empty.fields, ElementsAre("article"));
}

TEST(ServiceTest, FullQueueIsSaidAtOnce) {
  Gate gate;
  const FakeExtractor extractor(
      [&](std::string_view utf8, const ExtractOptions& options) {
        gate.Pass();
        return ExtractNothing(utf8, options);
      });
  TestServer server(extractor, /*workers=*/1, /*queue_length=*/2);
  // One runs, two wait; of those sent besides, all are refused.
  std::atomic<int> answered = 0;
  std::vector<std::thread> callers;
  const auto call = [&] {
    v1::ExtractClaimsResponse response;
    if (server.Extract(RequestFor("Words."), response).ok()) ++answered;
  };
  callers.emplace_back(call);
  gate.AwaitArrivals(1);
  callers.emplace_back(call);
  callers.emplace_back(call);
  // Until the two wait, a probe may be taken in their place: it has a deadline
  // of its own then. Once one is refused, the queue is full.
  ErrorView refusal;
  while (refusal.code != grpc::StatusCode::RESOURCE_EXHAUSTED) {
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() +
                         std::chrono::milliseconds(100));
    v1::ExtractClaimsResponse response;
    const grpc::Status status =
        server.stub().ExtractClaims(&context, RequestFor("Words."), &response);
    ASSERT_FALSE(status.ok());
    if (status.error_code() == grpc::StatusCode::RESOURCE_EXHAUSTED) {
      refusal = ViewOf(status);
    }
  }
  EXPECT_EQ(refusal.reason, "OVERLOADED") << refusal;
  EXPECT_TRUE(refusal.has_retry);
  EXPECT_GE(refusal.retry_seconds, 1);
  gate.Open();
  for (std::thread& caller : callers) caller.join();
  EXPECT_GE(answered, 1);
}

TEST(ServiceTest, CallsThatExpireInTheQueueLeaveIt) {
  Gate gate;
  const FakeExtractor extractor(
      [&](std::string_view utf8, const ExtractOptions& options) {
        gate.Pass();
        return ExtractNothing(utf8, options);
      });
  TestServer server(extractor, /*workers=*/1, /*queue_length=*/1);
  std::thread first([&] {
    v1::ExtractClaimsResponse response;
    EXPECT_TRUE(server.Extract(RequestFor("Words."), response).ok());
  });
  gate.AwaitArrivals(1);
  // Many more than there is room for, one after the other: each finds the
  // room that the one before gave up, or will find it when it tries again.
  for (int expired = 0; expired < 5;) {
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() +
                         std::chrono::milliseconds(20));
    v1::ExtractClaimsResponse response;
    const grpc::Status status =
        server.stub().ExtractClaims(&context, RequestFor("Words."), &response);
    ASSERT_FALSE(status.ok());
    if (status.error_code() == grpc::StatusCode::DEADLINE_EXCEEDED) ++expired;
  }
  gate.Open();
  first.join();
  v1::ExtractClaimsResponse response;
  EXPECT_TRUE(server.Extract(RequestFor("Words."), response).ok());
  // None of the expired was worked on. Only the last may have been: its client
  // may have given up a moment before the server's clock did.
  EXPECT_LE(gate.arrived(), 3);
}

TEST(ServiceTest, CancellationReachesTheWork) {
  Endless endless;
  TestServer server(endless.extractor);
  grpc::ClientContext context;
  std::thread caller([&] {
    v1::ExtractClaimsResponse response;
    const grpc::Status status =
        server.stub().ExtractClaims(&context, RequestFor("Words."), &response);
    EXPECT_EQ(status.error_code(), grpc::StatusCode::CANCELLED);
  });
  endless.started.WaitForNotification();
  context.TryCancel();
  caller.join();
  endless.ended.WaitForNotification();
  EXPECT_EQ(endless.end.code(), absl::StatusCode::kCancelled);
}

TEST(ServiceTest, DeadlineReachesTheWork) {
  Endless endless;
  TestServer server(endless.extractor);
  // Long enough for most machines to get as far as the work; a slower one
  // tries again with a longer deadline.
  int milliseconds = 50;
  while (!endless.started.HasBeenNotified()) {
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() +
                         std::chrono::milliseconds(milliseconds));
    milliseconds *= 2;
    v1::ExtractClaimsResponse response;
    const grpc::Status status =
        server.stub().ExtractClaims(&context, RequestFor("Words."), &response);
    EXPECT_EQ(status.error_code(), grpc::StatusCode::DEADLINE_EXCEEDED);
  }
  endless.ended.WaitForNotification();
  // gRPC cancels calls that are over their deadline; whichever is seen first.
  EXPECT_TRUE(endless.end.code() == absl::StatusCode::kDeadlineExceeded ||
              endless.end.code() == absl::StatusCode::kCancelled);
}

TEST(ServiceTest, CallsRunSideBySide) {
  // Each of two calls waits for the other.
  Gate gate;
  const FakeExtractor extractor(
      [&](std::string_view utf8, const ExtractOptions& options) {
        gate.Pass();
        return ExtractNothing(utf8, options);
      });
  TestServer server(extractor, /*workers=*/2);
  std::vector<std::thread> callers;
  for (int i = 0; i < 2; ++i) {
    callers.emplace_back([&] {
      v1::ExtractClaimsResponse response;
      EXPECT_TRUE(server.Extract(RequestFor("Words."), response).ok());
    });
  }
  gate.AwaitArrivals(2);
  gate.Open();
  for (std::thread& caller : callers) caller.join();
}

TEST(ServiceTest, SaysWhatItIs) {
  const FakeExtractor extractor(ExtractNothing);
  TestServer server(extractor, /*workers=*/3);
  grpc::ClientContext context;
  v1::GetServerInfoResponse info;
  ASSERT_TRUE(server.stub().GetServerInfo(&context, {}, &info).ok());
  EXPECT_EQ(info.server_version(), ServerVersion());
  EXPECT_THAT(info.server_version(), testing::MatchesRegex("[0-9]+.[0-9]+.*"));
  EXPECT_EQ(info.model_version(), "fake 7");
  EXPECT_THAT(info.language_codes(), ElementsAre("en"));
  EXPECT_EQ(info.limits().max_text_bytes(), kMaxTextBytes);
  EXPECT_EQ(info.limits().max_id_bytes(), kMaxIdBytes);
  EXPECT_EQ(info.limits().max_context_sentences(), kMaxContextSentences);
  EXPECT_EQ(info.limits().max_stream_items_in_flight(), 6);
}

}  // namespace
}  // namespace quoth
