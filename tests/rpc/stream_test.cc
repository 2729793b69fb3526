// StreamExtractClaims over the wire.

#include "server/rpc/stream.h"

#include <atomic>
#include <map>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "absl/synchronization/notification.h"
#include "absl/time/clock.h"
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

using ::testing::ElementsAre;

using ClientStream = grpc::ClientReaderWriter<v1::StreamExtractClaimsRequest,
                                              v1::StreamExtractClaimsResponse>;

v1::StreamExtractClaimsRequest ItemFor(const std::string& id,
                                       const std::string& text) {
  v1::StreamExtractClaimsRequest item;
  item.set_request_id(id);
  *item.mutable_request() = RequestFor(text);
  return item;
}

TEST(StreamTest, AnswersEveryItemOnce) {
  const FakeExtractor extractor(ExtractAll);
  TestServer server(extractor, /*workers=*/2, /*queue_length=*/1);
  grpc::ClientContext context;
  const auto stream = server.stub().StreamExtractClaims(&context);
  constexpr int kItems = 500;
  std::thread writer([&] {
    for (int i = 0; i < kItems; ++i) {
      EXPECT_TRUE(stream->Write(
          ItemFor(absl::StrCat("r", i), absl::StrCat("text ", i))));
    }
    stream->WritesDone();
  });
  std::map<std::string, std::string> answers;
  v1::StreamExtractClaimsResponse answer;
  while (stream->Read(&answer)) {
    ASSERT_TRUE(answer.has_response()) << answer.error().message();
    EXPECT_TRUE(
        answers.emplace(answer.request_id(), answer.response().claims(0).text())
            .second);
  }
  writer.join();
  const grpc::Status status = stream->Finish();
  EXPECT_TRUE(status.ok()) << status.error_message();
  EXPECT_EQ(answers.size(), kItems);
  for (int i = 0; i < kItems; ++i) {
    EXPECT_EQ(answers[absl::StrCat("r", i)], absl::StrCat("text ", i));
  }
}

TEST(StreamTest, AnswersComeAsTheyAreReady) {
  // The first item waits until the second has been answered.
  absl::Notification second_answered;
  const FakeExtractor extractor(
      [&](std::string_view utf8, const ExtractOptions& options) {
        if (utf8 == "slow") second_answered.WaitForNotification();
        return ExtractNothing(utf8, options);
      });
  TestServer server(extractor, /*workers=*/2);
  grpc::ClientContext context;
  const auto stream = server.stub().StreamExtractClaims(&context);
  ASSERT_TRUE(stream->Write(ItemFor("first", "slow")));
  ASSERT_TRUE(stream->Write(ItemFor("second", "fast")));
  v1::StreamExtractClaimsResponse answer;
  ASSERT_TRUE(stream->Read(&answer));
  EXPECT_EQ(answer.request_id(), "second");
  second_answered.Notify();
  ASSERT_TRUE(stream->Read(&answer));
  EXPECT_EQ(answer.request_id(), "first");
  stream->WritesDone();
  EXPECT_FALSE(stream->Read(&answer));
  EXPECT_TRUE(stream->Finish().ok());
}

TEST(StreamTest, BadItemsGetErrorsAndTheStreamGoesOn) {
  const FakeExtractor extractor(ExtractAll);
  TestServer server(extractor);
  grpc::ClientContext context;
  const auto stream = server.stub().StreamExtractClaims(&context);
  v1::StreamExtractClaimsRequest bad_filter = ItemFor("filter", "x");
  bad_filter.mutable_request()->set_min_confidence(2);
  v1::StreamExtractClaimsRequest nothing;
  nothing.set_request_id("nothing");
  const struct {
    v1::StreamExtractClaimsRequest item;
    std::string id, field;
  } kCases[] = {
      {ItemFor("good", "x"), "good", ""},
      {ItemFor("empty", ""), "empty", "article.text"},
      {ItemFor("long", std::string(kMaxTextBytes + 1, 'a')), "long",
       "article.text"},
      {ItemFor("longer", std::string(3 * kMaxTextBytes, 'a')), "longer",
       "article.text"},
      {bad_filter, "filter", "min_confidence"},
      {nothing, "nothing", "request"},
      {v1::StreamExtractClaimsRequest(), "", "request"},
      {ItemFor("good again", "x"), "good again", ""},
  };
  for (const auto& c : kCases) {
    SCOPED_TRACE(c.id);
    ASSERT_TRUE(stream->Write(c.item));
    v1::StreamExtractClaimsResponse answer;
    ASSERT_TRUE(stream->Read(&answer));
    EXPECT_EQ(answer.request_id(), c.id);
    EXPECT_EQ(answer.has_error(), !c.field.empty());
    if (answer.has_error()) {
      const ErrorView view = ViewOf(answer.error());
      EXPECT_EQ(view.code, grpc::StatusCode::INVALID_ARGUMENT);
      EXPECT_EQ(view.domain, "quoth.v1");
      EXPECT_THAT(view.fields, ElementsAre(c.field));
    }
  }
  stream->WritesDone();
  EXPECT_TRUE(stream->Finish().ok());
}

TEST(StreamTest, ItemsThatDoNotParseGetErrorsAndTheStreamGoesOn) {
  const FakeExtractor extractor(ExtractAll);
  TestServer server(extractor);
  // By hand, for a stub would not send them.
  class Client
      : public grpc::ClientBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer> {
   public:
    explicit Client(const std::shared_ptr<grpc::Channel>& channel)
        : stub_(channel) {
      stub_.PrepareBidiStreamingCall(
          &context_, "/quoth.v1.AttributionService/StreamExtractClaims", {},
          this);
      AddHold();
      StartCall();
    }
    v1::StreamExtractClaimsResponse Ask(const std::string& bytes) {
      request_ = ToByteBuffer(bytes);
      {
        const absl::MutexLock lock(&mutex_);
        under_way_ = 2;
      }
      StartRead(&response_);
      StartWrite(&request_);
      // Both: the answer may be here before the write is reported done, and
      // only then may another begin.
      {
        const auto none = [this] { return under_way_ == 0; };
        const absl::MutexLock lock(&mutex_);
        mutex_.Await(absl::Condition(&none));
      }
      v1::StreamExtractClaimsResponse answer;
      EXPECT_TRUE(
          answer.ParseFromString(std::string(FlatBuffer(response_).bytes())));
      return answer;
    }
    grpc::Status Finish() {
      StartWritesDone();
      RemoveHold();
      done_.WaitForNotification();
      return status_;
    }
    void OnReadDone(bool ok) override {
      EXPECT_TRUE(ok);
      const absl::MutexLock lock(&mutex_);
      --under_way_;
    }
    void OnWriteDone(bool ok) override {
      EXPECT_TRUE(ok);
      const absl::MutexLock lock(&mutex_);
      --under_way_;
    }
    void OnDone(const grpc::Status& status) override {
      status_ = status;
      done_.Notify();
    }

   private:
    grpc::GenericStub stub_;
    grpc::ClientContext context_;
    grpc::ByteBuffer request_, response_;
    absl::Mutex mutex_;
    int under_way_ = 0;  // Reads and writes; guarded by mutex_.
    absl::Notification done_;
    grpc::Status status_;
  };
  Client client(server.channel());
  const std::string good = ItemFor("good", "x").SerializeAsString();
  EXPECT_TRUE(client.Ask(good).has_response());
  const auto surrogate = client.Ask(
      std::string("\x0A\x01r\x12\x07\x0A\x05\x0A\x03\xED\xA0\x80", 13));
  EXPECT_EQ(surrogate.request_id(), "r");
  EXPECT_EQ(surrogate.error().message(),
            "article.text is not valid UTF-8 at byte 0");
  const auto malformed = client.Ask("\x0A\x01r\x0F");
  EXPECT_EQ(malformed.request_id(), "r");
  EXPECT_EQ(ViewOf(malformed.error()).reason, "MALFORMED_MESSAGE");
  EXPECT_TRUE(client.Ask(good).has_response());
  EXPECT_TRUE(client.Finish().ok());
}

TEST(StreamTest, HalfCloseWaitsForAllAnswers) {
  Gate gate;
  const FakeExtractor extractor(
      [&](std::string_view utf8, const ExtractOptions& options) {
        gate.Pass();
        return ExtractNothing(utf8, options);
      });
  TestServer server(extractor, /*workers=*/1);
  grpc::ClientContext context;
  const auto stream = server.stub().StreamExtractClaims(&context);
  for (const char* id : {"a", "b", "c"}) {
    ASSERT_TRUE(stream->Write(ItemFor(id, "x")));
  }
  stream->WritesDone();
  gate.AwaitArrivals(1);
  gate.Open();
  int answers = 0;
  v1::StreamExtractClaimsResponse answer;
  while (stream->Read(&answer)) ++answers;
  EXPECT_EQ(answers, 3);
  EXPECT_TRUE(stream->Finish().ok());
}

TEST(StreamTest, NoItemsNoAnswers) {
  const FakeExtractor extractor(ExtractAll);
  TestServer server(extractor);
  grpc::ClientContext context;
  const auto stream = server.stub().StreamExtractClaims(&context);
  stream->WritesDone();
  v1::StreamExtractClaimsResponse answer;
  EXPECT_FALSE(stream->Read(&answer));
  EXPECT_TRUE(stream->Finish().ok());
}

TEST(StreamTest, CancellingEndsTheWork) {
  absl::Notification started;
  std::atomic<int> starts = 0;
  absl::Mutex mutex;
  std::vector<absl::Status> ends;
  const FakeExtractor extractor(
      [&](std::string_view, const ExtractOptions& options) {
        ++starts;
        if (!started.HasBeenNotified()) started.Notify();
        while (options.alive().ok()) std::this_thread::yield();
        absl::MutexLock lock(&mutex);
        ends.push_back(options.alive());
        return absl::StatusOr<Extraction>(options.alive());
      });
  TestServer server(extractor, /*workers=*/1);
  {
    grpc::ClientContext context;
    const auto stream = server.stub().StreamExtractClaims(&context);
    for (const char* id : {"a", "b", "c"}) {
      ASSERT_TRUE(stream->Write(ItemFor(id, "x")));
    }
    started.WaitForNotification();
    context.TryCancel();
    EXPECT_EQ(stream->Finish().error_code(), grpc::StatusCode::CANCELLED);
  }
  server.server().Shutdown();  // Waits for what runs.
  EXPECT_EQ(starts, 1);        // Those that waited never ran.
  ASSERT_EQ(ends.size(), 1);
  EXPECT_EQ(ends[0].code(), absl::StatusCode::kCancelled);
}

TEST(StreamTest, ClientThatDoesNotReadIsNotReadFrom) {
  // Large answers, so that what HTTP/2 buffers is few of them.
  constexpr int kItems = 100;
  std::atomic<int> worked = 0;
  const std::string text(200000, 'x');
  const FakeExtractor extractor(
      [&](std::string_view utf8, const ExtractOptions& options) {
        ++worked;
        return ExtractAll(utf8, options);  // The text five times.
      });
  TestServer server(extractor, /*workers=*/2);
  grpc::ClientContext context;
  const auto stream = server.stub().StreamExtractClaims(&context);
  std::thread writer([&] {
    for (int i = 0; i < kItems; ++i) {
      EXPECT_TRUE(stream->Write(ItemFor(absl::StrCat(i), text)));
    }
    stream->WritesDone();
  });
  // Until the server comes to rest. A machine so slow that it only seems to
  // rest makes the check weaker, not wrong.
  int before = -1;
  while (worked == 0 || worked != before) {
    before = worked;
    absl::SleepFor(absl::Milliseconds(300));
  }
  // In flight, and a few in the buffers on the way.
  EXPECT_LT(worked, 40);
  int answers = 0;
  v1::StreamExtractClaimsResponse answer;
  while (stream->Read(&answer)) ++answers;
  writer.join();
  EXPECT_EQ(answers, kItems);
  EXPECT_TRUE(stream->Finish().ok());
}

TEST(StreamTest, InFlightIsBoundedAndItemsWaitForRoom) {
  // One worker stands still. Of 50 items it reads as many as may be in flight,
  // and none is refused.
  Gate gate;
  const FakeExtractor extractor(
      [&](std::string_view utf8, const ExtractOptions& options) {
        gate.Pass();
        return ExtractNothing(utf8, options);
      });
  TestServer server(extractor, /*workers=*/1, /*queue_length=*/1);
  std::vector<std::thread> clients;
  std::atomic<int> answers = 0;
  for (int n = 0; n < 3; ++n) {
    clients.emplace_back([&] {
      grpc::ClientContext context;
      const auto stream = server.stub().StreamExtractClaims(&context);
      std::thread writer([&] {
        for (int i = 0; i < 50; ++i) {
          EXPECT_TRUE(stream->Write(ItemFor(absl::StrCat(i), "x")));
        }
        stream->WritesDone();
      });
      v1::StreamExtractClaimsResponse answer;
      while (stream->Read(&answer)) {
        EXPECT_TRUE(answer.has_response()) << answer.error().message();
        ++answers;
      }
      writer.join();
      EXPECT_TRUE(stream->Finish().ok());
    });
  }
  gate.AwaitArrivals(1);
  // Streams do not take the room of calls.
  std::thread caller([&] {
    v1::ExtractClaimsResponse response;
    EXPECT_TRUE(server.Extract(RequestFor("x"), response).ok());
  });
  gate.Open();
  for (std::thread& client : clients) client.join();
  caller.join();
  EXPECT_EQ(answers, 150);
}

TEST(StreamTest, TooManyStreamsAreRefused) {
  const FakeExtractor extractor(ExtractNothing);
  TestServer server(extractor);
  std::vector<std::unique_ptr<grpc::ClientContext>> contexts;
  std::vector<std::unique_ptr<ClientStream>> streams;
  v1::StreamExtractClaimsResponse answer;
  for (int i = 0; i < kMaxStreams; ++i) {
    contexts.push_back(std::make_unique<grpc::ClientContext>());
    streams.push_back(server.stub().StreamExtractClaims(contexts.back().get()));
    ASSERT_TRUE(streams.back()->Write(ItemFor("r", "x")));
    ASSERT_TRUE(streams.back()->Read(&answer));
  }
  grpc::ClientContext context;
  const auto refused = server.stub().StreamExtractClaims(&context);
  EXPECT_FALSE(refused->Read(&answer));
  const ErrorView view = ViewOf(refused->Finish());
  EXPECT_EQ(view.code, grpc::StatusCode::RESOURCE_EXHAUSTED) << view;
  EXPECT_TRUE(view.has_retry);
  for (auto& stream : streams) {
    stream->WritesDone();
    EXPECT_TRUE(stream->Finish().ok());
  }
}

TEST(StreamTest, ManyStreamsThatComeAndGo) {
  // Cancelled at any point: nothing is lost, nothing hangs, nothing leaks.
  const FakeExtractor extractor(ExtractAll);
  TestServer server(extractor, /*workers=*/2, /*queue_length=*/1);
  std::vector<std::thread> clients;
  for (int n = 0; n < 4; ++n) {
    clients.emplace_back([&, n] {
      for (int round = 0; round < 40; ++round) {
        grpc::ClientContext context;
        const auto stream = server.stub().StreamExtractClaims(&context);
        for (int i = 0; i < 1 + (n * 40 + round) % 9; ++i) {
          stream->Write(ItemFor(absl::StrCat(i), "x"));
        }
        v1::StreamExtractClaimsResponse answer;
        if (round % 3 == 0) stream->Read(&answer);
        context.TryCancel();
        EXPECT_EQ(stream->Finish().error_code(), grpc::StatusCode::CANCELLED);
      }
    });
  }
  for (std::thread& client : clients) client.join();
  v1::ExtractClaimsResponse response;
  EXPECT_TRUE(server.Extract(RequestFor("x"), response).ok());
}

}  // namespace
}  // namespace quoth
