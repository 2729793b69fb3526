#include "server/rpc/errors.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "server/rpc/limits.h"
#include "tests/rpc/checks.h"

namespace quoth {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

TEST(ErrorsTest, EachHasItsCodeAndReason) {
  const struct {
    absl::Status error;
    grpc::StatusCode code;
    std::string reason;
  } kCases[] = {
      {InvalidFields({{"article", "is required"}}),
       grpc::StatusCode::INVALID_ARGUMENT, "INVALID_FIELD"},
      {InvalidFields({TextTooLong(2000000)}),
       grpc::StatusCode::INVALID_ARGUMENT, "TEXT_TOO_LONG"},
      {InvalidFields({InvalidUtf8("article.text", 3)}),
       grpc::StatusCode::INVALID_ARGUMENT, "INVALID_UTF8"},
      {InvalidFields({ResponseTooLarge()}), grpc::StatusCode::INVALID_ARGUMENT,
       "RESPONSE_TOO_LARGE"},
      {MalformedMessage("quoth.v1.ExtractClaimsRequest"),
       grpc::StatusCode::INVALID_ARGUMENT, "MALFORMED_MESSAGE"},
      {Overloaded("calls"), grpc::StatusCode::RESOURCE_EXHAUSTED, "OVERLOADED"},
      {ShuttingDown(), grpc::StatusCode::UNAVAILABLE, "SHUTTING_DOWN"},
      {StreamIdle(), grpc::StatusCode::UNAVAILABLE, "STREAM_IDLE"},
      {CallCancelled(), grpc::StatusCode::CANCELLED, "CANCELLED"},
      {CallDeadlineExceeded(), grpc::StatusCode::DEADLINE_EXCEEDED,
       "DEADLINE_EXCEEDED"},
      // From below, without details of ours.
      {absl::CancelledError("x"), grpc::StatusCode::CANCELLED, "CANCELLED"},
      {absl::DeadlineExceededError("x"), grpc::StatusCode::DEADLINE_EXCEEDED,
       "DEADLINE_EXCEEDED"},
      {absl::DataLossError("x"), grpc::StatusCode::INTERNAL, "INTERNAL"},
      {absl::InvalidArgumentError("x"), grpc::StatusCode::INTERNAL, "INTERNAL"},
  };
  for (const auto& c : kCases) {
    SCOPED_TRACE(c.error.ToString());
    const grpc::Status status = ToGrpcStatus(c.error);
    EXPECT_EQ(status.error_code(), c.code);
    const ErrorView view = ViewOf(status);
    EXPECT_EQ(view.domain, "quoth.v1");
    EXPECT_EQ(view.reason, c.reason);
    EXPECT_FALSE(view.message.empty());
    EXPECT_EQ(view.has_retry, c.reason == "OVERLOADED");
  }
}

TEST(ErrorsTest, OkIsOk) {
  const grpc::Status status = ToGrpcStatus(absl::OkStatus());
  EXPECT_TRUE(status.ok());
  EXPECT_THAT(status.error_details(), IsEmpty());
}

TEST(ErrorsTest, NamesFieldLimitAndSize) {
  const ErrorView view = ViewOf(InvalidFields({TextTooLong(2000000)}));
  EXPECT_THAT(view.fields, ElementsAre("article.text"));
  EXPECT_EQ(view.metadata.at("limit"), "1048576");
  EXPECT_EQ(view.metadata.at("size"), "2000000");
  EXPECT_THAT(view.message, HasSubstr("article.text"));
  EXPECT_THAT(view.message, HasSubstr("1048576"));
  EXPECT_THAT(view.message, HasSubstr("2000000"));
}

TEST(ErrorsTest, NamesAllFieldsUpToALimit) {
  std::vector<FieldViolation> violations = {{"a", "is bad"}, {"b", "is worse"}};
  EXPECT_THAT(ViewOf(InvalidFields(violations)).fields, ElementsAre("a", "b"));
  violations.resize(1000, {"c", "is bad"});
  const ErrorView view = ViewOf(InvalidFields(violations));
  EXPECT_EQ(view.fields.size(), kMaxFieldViolations);
  EXPECT_THAT(view.message, HasSubstr("a is bad"));
}

TEST(ErrorsTest, OverloadSaysWhenToComeBack) {
  EXPECT_GE(ViewOf(Overloaded("calls")).retry_seconds, 1);
}

TEST(ErrorsTest, OverALimitSaysWhichAndWhenToComeBack) {
  const struct {
    const char* limit;
    absl::Duration wait;
    std::string message;
  } kCases[] = {
      {kLimitMaxCalls, absl::Seconds(1),
       "the caller is over its limit, max_calls; try again in 1s"},
      {kLimitRate, absl::Milliseconds(99500),
       "the caller is over its limit, rate; try again in 1m39.5s"},
      {kLimitRate, absl::Nanoseconds(1),
       "the caller is over its limit, rate; try again in 1ms"},
  };
  for (const auto& c : kCases) {
    const ErrorView view = ViewOf(CallerOverLimit(c.limit, c.wait));
    EXPECT_EQ(view.message, c.message);
    EXPECT_EQ(view.reason, "CALLER_OVER_LIMIT");
    EXPECT_EQ(view.metadata.at("limit"), c.limit);
    EXPECT_EQ(view.retry_seconds, absl::ToInt64Seconds(c.wait));
  }
}

TEST(ErrorsTest, MessagesFromBelowAreNotPassedOn) {
  for (const absl::Status& status :
       {absl::InternalError("secret"), absl::UnknownError("secret"),
        absl::CancelledError("secret"), absl::NotFoundError("secret")}) {
    EXPECT_THAT(ToRpcStatus(status).SerializeAsString(),
                Not(HasSubstr("secret")));
  }
}

TEST(ErrorsTest, DetailsFitIntoTrailingMetadata) {
  const std::vector<FieldViolation> violations(
      100, {"article.language_code", std::string(200, 'x')});
  EXPECT_LT(ToGrpcStatus(InvalidFields(violations)).error_details().size(),
            kMaxMetadataBytes / 2);
}

}  // namespace
}  // namespace quoth
