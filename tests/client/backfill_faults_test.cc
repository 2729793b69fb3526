// A backfill against servers whose streams misbehave: each test says what its
// own does.

#include <atomic>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "client/article_stream.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/client/backfill_fixture.h"
#include "tests/client/fake_server.h"

namespace quoth::client {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

// An answer with a claim that is the whole text.
grpc::Status RepeatText(const v1::ExtractClaimsRequest& request,
                        v1::ExtractClaimsResponse& response) {
  response.add_claims()->set_text(request.article().text());
  return grpc::Status::OK;
}

class BackfillFaultsTest : public BackfillFixture {};

TEST_F(BackfillFaultsTest, AnArticleThatBringsTheServerDownIsFoundAndPassed) {
  in_.Write(ArticleLines(20) + "{\"id\":\"poison\",\"text\":\"poison\"}\n");
  FakeServer server;
  server.service.stream = [&](FakeService::ServerStream& stream) {
    v1::StreamExtractClaimsRequest item;
    while (stream.Read(&item)) {
      if (item.request().article().text() == "poison") {
        return grpc::Status(grpc::StatusCode::UNAVAILABLE, "Socket closed");
      }
      stream.Write(server.service.Answer(item));
    }
    return grpc::Status::OK;
  };
  EXPECT_EQ(Run(server.address()), kExitFailed);
  EXPECT_THAT(Lines(), SizeIs(21));
  EXPECT_THAT(out_.Read(),
              HasSubstr("{\"id\":\"poison\",\"error\":{\"code\":\"UNAVAIL"));
  EXPECT_THAT(err_.str(), HasSubstr("20 answered, 1 failed"));
}

TEST_F(BackfillFaultsTest, AnItemThatIsTurnedAwayComesAgain) {
  in_.Write(ArticleLines(10));
  FakeServer server;
  std::atomic<int> refusals = 0;
  server.service.extract = [&](const v1::ExtractClaimsRequest& request,
                               v1::ExtractClaimsResponse& response) {
    if (absl::StrContains(request.article().text(), "Text 3") &&
        ++refusals <= 2) {
      return RetryAfter(grpc::StatusCode::RESOURCE_EXHAUSTED,
                        absl::Milliseconds(10));
    }
    response.add_claims()->set_text(request.article().text());
    return grpc::Status::OK;
  };
  EXPECT_EQ(Run(server.address()), kExitOk) << err_.str();
  ExpectAllAnswered(10);
  EXPECT_EQ(refusals, 3);
}

TEST_F(BackfillFaultsTest, AServerThatRefusesStreamsIsNotAskedAgain) {
  in_.Write(ArticleLines(2));
  FakeServer server;
  std::atomic<int> streams = 0;
  server.service.stream = [&](FakeService::ServerStream&) {
    ++streams;
    return grpc::Status(grpc::StatusCode::PERMISSION_DENIED, "not you");
  };
  EXPECT_EQ(Run(server.address()), kExitFailed);
  EXPECT_EQ(streams, 1);
  EXPECT_EQ(out_.Read(), "");
  EXPECT_THAT(err_.str(), HasSubstr("not you (PERMISSION_DENIED)"));
  EXPECT_THAT(err_.str(), Not(HasSubstr("Is quothd running")));
}

TEST_F(BackfillFaultsTest, ASilentServerIsLeft) {
  in_.Write(ArticleLines(2));
  FakeServer server;
  server.service.stream = [&](FakeService::ServerStream& stream) {
    v1::StreamExtractClaimsRequest item;
    while (stream.Read(&item)) {
    }
    return grpc::Status::OK;
  };
  options_.timeout = absl::Milliseconds(300);
  EXPECT_EQ(Run(server.address()), kExitFailed);
  EXPECT_EQ(out_.Read(), "");
  EXPECT_THAT(err_.str(), HasSubstr("no answer within 300ms (DEADLINE_EX"));
}

TEST_F(BackfillFaultsTest, ArticlesThatTakeTooLongArePassed) {
  in_.Write(ArticleLines(9));
  FakeServer server;
  server.service.extract = RepeatText;
  std::string slow;
  server.service.stream = [&](FakeService::ServerStream& stream) {
    v1::StreamExtractClaimsRequest item;
    while (stream.Read(&item)) {
      if (!absl::StrContains(slow, item.request().article().text())) {
        stream.Write(server.service.Answer(item));
      }
    }
    return grpc::Status::OK;
  };
  options_.timeout = absl::Seconds(2);
  options_.in_flight = 2;
  options_.retry_errors = true;
  // In the end they fill the window, and nothing else is left.
  slow = "Text 3 of them. Text 8 of them.";
  EXPECT_EQ(Run(server.address()), kExitFailed);
  EXPECT_THAT(Lines(), SizeIs(9));
  for (const char* id : {"a3", "a8"}) {
    EXPECT_THAT(out_.Read(),
                HasSubstr(absl::StrCat("{\"id\":\"", id,
                                       "\",\"error\":{\"code\":\"DEADLINE_"
                                       "EXCEEDED\",\"message\":\"no answer "
                                       "within 2s\"}}\n")));
  }
  EXPECT_THAT(err_.str(), HasSubstr("7 answered, 2 failed"));

  slow = "";
  EXPECT_EQ(Run(server.address()), kExitOk);
  ExpectAllAnswered(9);
}

// Two refusals are enough to suspect each article that waits, but no others.
TEST_F(BackfillFaultsTest, ARefusalDoesNotSlowTheRestDown) {
  constexpr int kInFlight = 4;
  in_.Write(ArticleLines(6 * kInFlight));
  FakeServer server;
  server.service.extract = RepeatText;
  std::atomic<int> streams = 0;
  server.service.stream = [&](FakeService::ServerStream& stream) {
    v1::StreamExtractClaimsRequest item;
    if (++streams <= 2) {
      // It has read all that it sends at a time.
      for (int i = 0; i < (streams == 1 ? kInFlight : 1); ++i) {
        stream.Read(&item);
      }
      return grpc::Status(grpc::StatusCode::RESOURCE_EXHAUSTED,
                          "streams are open");
    }
    for (int i = 0; i < kInFlight && stream.Read(&item); ++i) {
      stream.Write(server.service.Answer(item));
    }
    // From here on nothing is answered before as many are there.
    std::vector<v1::StreamExtractClaimsRequest> items;
    while (stream.Read(&item)) {
      items.push_back(item);
      if (items.size() < kInFlight) continue;
      for (const auto& waits : items) {
        stream.Write(server.service.Answer(waits));
      }
      items.clear();
    }
    return grpc::Status::OK;
  };
  options_.in_flight = kInFlight;
  options_.timeout = absl::Seconds(5);
  EXPECT_EQ(Run(server.address()), kExitOk) << err_.str();
  EXPECT_EQ(streams, 3);
  ExpectAllAnswered(6 * kInFlight);
}

TEST_F(BackfillFaultsTest, AServerThatEndsItsStreamsWithoutAWordIsLeft) {
  in_.Write(ArticleLines(2));
  FakeServer server;
  server.service.stream = [](FakeService::ServerStream&) {
    return grpc::Status::OK;
  };
  options_.timeout = absl::Milliseconds(300);
  EXPECT_EQ(Run(server.address()), kExitFailed);
  EXPECT_EQ(out_.Read(), "");
  EXPECT_THAT(err_.str(), HasSubstr("without an answer (UNAVAILABLE)"));
}

TEST_F(BackfillFaultsTest, WhatPassesWhileServersRestartIsWaitedFor) {
  FakeServer server;
  const auto info = server.service.info;
  std::atomic<int> calls = 0;
  grpc::StatusCode code;
  server.service.info = [&](v1::GetServerInfoResponse& response) {
    return ++calls == 1 ? grpc::Status(code, "a restart") : info(response);
  };
  options_.retries = 0;
  options_.retry_errors = true;
  for (const grpc::StatusCode passing :
       {grpc::StatusCode::CANCELLED, grpc::StatusCode::UNAVAILABLE,
        grpc::StatusCode::INTERNAL, grpc::StatusCode::DEADLINE_EXCEEDED}) {
    code = passing;
    calls = 0;
    EXPECT_EQ(Run(server.address()), kExitOk) << err_.str();
    EXPECT_EQ(calls, 2);
  }
}

TEST_F(BackfillFaultsTest, AnswersToNothingAreIgnored) {
  in_.Write(ArticleLines(3));
  FakeServer server;
  server.service.extract = RepeatText;
  server.service.stream = [&](FakeService::ServerStream& stream) {
    v1::StreamExtractClaimsRequest item;
    v1::StreamExtractClaimsResponse stray;
    while (stream.Read(&item)) {
      for (const char* id : {"", "77", "x", "-1", "99999999999999999999999"}) {
        stray.set_request_id(id);
        stream.Write(stray);
      }
      const auto answer = server.service.Answer(item);
      stream.Write(answer);
      stream.Write(answer);
    }
    return grpc::Status::OK;
  };
  EXPECT_EQ(Run(server.address()), kExitOk);
  ExpectAllAnswered(3);
}

// What is read ahead is bounded, however fast articles come.
TEST(ArticleStreamTest, NoMoreInFlightThanAskedFor) {
  FakeServer server;
  const Caller caller(Connect(server.address()), CallerOptions());
  for (const int in_flight : {1, 3, 8}) {
    ArticleStreamOptions options;
    options.in_flight = in_flight;
    std::atomic<int> read = 0;
    std::atomic<int> answered = 0;
    ArticleStream stream(
        caller, options,
        [&](const v1::Limits&)
            -> absl::StatusOr<std::optional<ArticleStream::Article>> {
          EXPECT_LT(read - answered, in_flight);
          if (read == 100) return std::nullopt;
          return ArticleStream::Article{absl::StrCat(read++), {}};
        },
        [&](const std::string&, const ArticleStream::Response& response) {
          EXPECT_TRUE(response.ok());
          ++answered;
          return absl::OkStatus();
        });
    EXPECT_TRUE(stream.Run().ok());
    EXPECT_EQ(answered, 100);
  }
}

TEST(ArticleStreamTest, AnAnswerThatCannotBeKeptEndsTheRun) {
  FakeServer server;
  const Caller caller(Connect(server.address()), CallerOptions());
  int read = 0;
  ArticleStream stream(
      caller, ArticleStreamOptions(),
      [&](const v1::Limits&)
          -> absl::StatusOr<std::optional<ArticleStream::Article>> {
        return ArticleStream::Article{absl::StrCat(read++), {}};
      },
      [](const std::string& key, const ArticleStream::Response&) {
        return key == "5" ? absl::ResourceExhaustedError("the disk is full")
                          : absl::OkStatus();
      });
  EXPECT_EQ(stream.Run().message(), "the disk is full");
}

}  // namespace
}  // namespace quoth::client
