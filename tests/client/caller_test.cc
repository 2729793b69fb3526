#include "client/caller.h"

#include <atomic>
#include <string>

#include "absl/time/clock.h"
#include "gtest/gtest.h"
#include "tests/client/fake_server.h"

namespace quoth::client {
namespace {

CallerOptions Quick() {
  CallerOptions options;
  options.timeout = absl::Seconds(20);
  options.first_pause = absl::Milliseconds(1);
  return options;
}

class CallerTest : public ::testing::Test {
 protected:
  // Every call fails with `status` until the `good`th.
  void FailUntil(int good, grpc::Status status) {
    server_.service.extract = [this, good, status](const auto& request,
                                                   auto& response) {
      if (server_.service.extract_calls < good) return status;
      response.set_article_id(request.article().text());
      return grpc::Status::OK;
    };
  }

  absl::StatusOr<v1::ExtractClaimsResponse> Extract(
      const CallerOptions& options) {
    const Caller caller(Connect(server_.address()), options);
    v1::ExtractClaimsRequest request;
    request.mutable_article()->set_text("hello");
    return caller.Extract(request);
  }

  FakeServer server_;
};

TEST_F(CallerTest, BringsTheAnswer) {
  FailUntil(1, grpc::Status::OK);
  EXPECT_EQ(Extract(Quick())->article_id(), "hello");
  const Caller caller(Connect(server_.address()), Quick());
  EXPECT_EQ(caller.ServerInfo()->server_version(), "9.8.7");
}

TEST_F(CallerTest, TriesAgainWhereThatMayHelp) {
  for (const grpc::StatusCode code :
       {grpc::StatusCode::UNAVAILABLE, grpc::StatusCode::CANCELLED}) {
    server_.service.extract_calls = 0;
    FailUntil(3, grpc::Status(code, "restarting"));
    EXPECT_TRUE(Extract(Quick()).ok());
    EXPECT_EQ(server_.service.extract_calls, 3);
  }
}

TEST_F(CallerTest, GivesUpAfterSoManyAttempts) {
  FailUntil(1000, grpc::Status(grpc::StatusCode::UNAVAILABLE, "down"));
  CallerOptions options = Quick();
  options.attempts = 3;
  const auto answer = Extract(options);
  EXPECT_EQ(answer.status().code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(answer.status().message(), "down");
  EXPECT_EQ(server_.service.extract_calls, 3);
}

TEST_F(CallerTest, WaitsAsLongAsTheServerAsks) {
  FailUntil(2, RetryAfter(grpc::StatusCode::RESOURCE_EXHAUSTED,
                          absl::Milliseconds(300)));
  const absl::Time begin = absl::Now();
  EXPECT_TRUE(Extract(Quick()).ok());
  EXPECT_GE(absl::Now() - begin, absl::Milliseconds(300));
}

TEST_F(CallerTest, ABusyServerIsAskedUntilTheTimeIsUp) {
  CallerOptions options = Quick();
  options.attempts = 2;
  const grpc::Status busy =
      RetryAfter(grpc::StatusCode::RESOURCE_EXHAUSTED, absl::Milliseconds(1));
  FailUntil(20, busy);
  EXPECT_TRUE(Extract(options).ok());

  FailUntil(1 << 30, busy);
  options.timeout = absl::Milliseconds(500);
  const auto answer = Extract(options);
  EXPECT_FALSE(answer.ok());
}

TEST_F(CallerTest, ASingleAttemptIsNotRepeatedForAnyReason) {
  CallerOptions options = Quick();
  options.attempts = 1;
  for (const grpc::Status& status :
       {grpc::Status(grpc::StatusCode::UNAVAILABLE, "down"),
        RetryAfter(grpc::StatusCode::RESOURCE_EXHAUSTED,
                   absl::Milliseconds(1))}) {
    server_.service.extract_calls = 0;
    FailUntil(1000, status);
    EXPECT_EQ(static_cast<int>(Extract(options).status().code()),
              status.error_code());
    EXPECT_EQ(server_.service.extract_calls, 1);
  }
}

TEST_F(CallerTest, OtherErrorsAreFinal) {
  for (const grpc::StatusCode code :
       {grpc::StatusCode::INVALID_ARGUMENT, grpc::StatusCode::INTERNAL,
        // Without RetryInfo: the request is too large, say.
        grpc::StatusCode::RESOURCE_EXHAUSTED}) {
    server_.service.extract_calls = 0;
    FailUntil(1000, grpc::Status(code, "no"));
    EXPECT_EQ(static_cast<int>(Extract(Quick()).status().code()), code);
    EXPECT_EQ(server_.service.extract_calls, 1);
  }
}

TEST_F(CallerTest, DoesNotWaitLongerThanItMay) {
  FailUntil(1000, RetryAfter(grpc::StatusCode::UNAVAILABLE, absl::Hours(1)));
  EXPECT_EQ(Extract(Quick()).status().code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(server_.service.extract_calls, 1);

  server_.service.extract_calls = 0;
  FailUntil(1000, RetryAfter(grpc::StatusCode::UNAVAILABLE, absl::Seconds(5)));
  CallerOptions options = Quick();
  options.timeout = absl::Seconds(2);  // The pause would outlast it.
  EXPECT_FALSE(Extract(options).ok());
  EXPECT_EQ(server_.service.extract_calls, 1);
}

TEST_F(CallerTest, AServerThatIsGoneIsUnavailable) {
  server_.Stop();
  EXPECT_EQ(Extract(Quick()).status().code(), absl::StatusCode::kUnavailable);
}

TEST_F(CallerTest, LargeAnswersArrive) {
  server_.service.extract = [](const auto&, auto& response) {
    response.set_article_id(std::string(8 << 20, 'x'));
    return grpc::Status::OK;
  };
  EXPECT_EQ(Extract(Quick())->article_id().size(), 8 << 20);
}

}  // namespace
}  // namespace quoth::client
