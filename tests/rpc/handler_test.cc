#include "server/rpc/handler.h"

#include <string>

#include "gmock/gmock.h"
#include "google/protobuf/stubs/logging.h"
#include "gtest/gtest.h"
#include "quoth/v1/attribution.pb.h"
#include "server/rpc/errors.h"
#include "tests/rpc/checks.h"
#include "tests/rpc/fake_extractor.h"

namespace quoth {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

absl::Status Forever() { return absl::OkStatus(); }

std::string Request(const std::string& text) {
  v1::ExtractClaimsRequest request;
  request.mutable_article()->set_text(text);
  request.mutable_article()->set_article_id("a1");
  return request.SerializeAsString();
}

std::string Item(const std::string& id, const std::string& request) {
  v1::StreamExtractClaimsRequest item;
  item.set_request_id(id);
  item.mutable_request()->ParseFromString(request);
  return item.SerializeAsString();
}

// A length-delimited field of fewer than 128 bytes.
std::string Field(int number, const std::string& value) {
  return std::string{static_cast<char>(number << 3 | 2),
                     static_cast<char>(value.size())} +
         value;
}

v1::StreamExtractClaimsResponse Answer(const Extractor& extractor,
                                       const std::string& item) {
  v1::StreamExtractClaimsResponse answer;
  EXPECT_TRUE(
      answer.ParseFromString(Handler(extractor).ExtractItem(item, Forever)));
  return answer;
}

TEST(HandlerTest, AnswersACall) {
  const FakeExtractor extractor(ExtractAll);
  const absl::StatusOr<std::string> bytes =
      Handler(extractor).Extract(Request("Words."), Forever);
  ASSERT_TRUE(bytes.ok()) << bytes.status();
  v1::ExtractClaimsResponse response;
  ASSERT_TRUE(response.ParseFromString(*bytes));
  EXPECT_EQ(response.claims(0).text(), "Words.");
  EXPECT_EQ(response.model_version(), "fake 7");
  EXPECT_EQ(response.article_id(), "a1");
}

TEST(HandlerTest, PassesAliveToTheEngine) {
  const FakeExtractor extractor(
      [](std::string_view,
         const ExtractOptions& options) -> absl::StatusOr<Extraction> {
        return options.alive();
      });
  int asked = 0;
  const auto once = [&asked] {
    return ++asked == 1 ? absl::OkStatus() : CallDeadlineExceeded();
  };
  const auto result = Handler(extractor).Extract(Request("Words."), once);
  EXPECT_EQ(ViewOf(result.status()).reason, "DEADLINE_EXCEEDED");
  EXPECT_EQ(asked, 2);
}

TEST(HandlerTest, DeadCallsAreNotStarted) {
  const FakeExtractor extractor(
      [](std::string_view,
         const ExtractOptions&) -> absl::StatusOr<Extraction> {
        ADD_FAILURE() << "started";
        return absl::InternalError("");
      });
  const auto dead = [] { return CallCancelled(); };
  EXPECT_EQ(Handler(extractor).Extract(Request("Words."), dead).status(),
            CallCancelled());
  v1::StreamExtractClaimsResponse answer;
  answer.ParseFromString(
      Handler(extractor).ExtractItem(Item("r", Request("Words.")), dead));
  EXPECT_EQ(ViewOf(answer.error()).reason, "CANCELLED");
}

TEST(HandlerTest, TheEnginesInvalidArgumentIsAboutTheText) {
  const FakeExtractor extractor(
      [](std::string_view,
         const ExtractOptions&) -> absl::StatusOr<Extraction> {
        return absl::InvalidArgumentError("the text is blank");
      });
  const auto result = Handler(extractor).Extract(Request("  "), Forever);
  const ErrorView view = ViewOf(result.status());
  EXPECT_EQ(view.code, 3) << view;
  EXPECT_THAT(view.fields, ElementsAre("article.text"));
  EXPECT_THAT(view.message, HasSubstr("the text is blank"));
}

TEST(HandlerTest, OtherErrorsOfTheEngineStayInside) {
  const FakeExtractor extractor(
      [](std::string_view text, const ExtractOptions&) {
        return absl::StatusOr<Extraction>(
            absl::InternalError(absl::string_view(text.data(), text.size())));
      });
  const auto result = Handler(extractor).Extract(Request("secret"), Forever);
  const google::rpc::Status error = ToRpcStatus(result.status());
  EXPECT_EQ(ViewOf(error).reason, "INTERNAL");
  EXPECT_THAT(error.SerializeAsString(), Not(HasSubstr("secret")));
}

TEST(HandlerTest, AnswersAnItem) {
  const FakeExtractor extractor(ExtractAll);
  const auto answer = Answer(extractor, Item("r1", Request("Words.")));
  EXPECT_EQ(answer.request_id(), "r1");
  ASSERT_TRUE(answer.has_response()) << answer.error().message();
  EXPECT_EQ(answer.response().claims(0).text(), "Words.");
  EXPECT_EQ(answer.response().article_id(), "a1");
}

TEST(HandlerTest, AnswersBadItemsWithTheErrorOfTheCall) {
  const google::protobuf::LogSilencer quiet;
  const FakeExtractor extractor(ExtractAll);
  const std::string long_id(257, 'i');
  const std::string bad_text = Field(2, Field(1, Field(1, "ab\xFF")));
  const struct {
    std::string name, item, id, reason, field;
  } kCases[] = {
      {"no request", Field(1, "r"), "r", "INVALID_FIELD", "request"},
      {"no article", Field(1, "r") + Field(2, ""), "r", "INVALID_FIELD",
       "article"},
      {"empty item", "", "", "INVALID_FIELD", "request"},
      {"long id", Item(long_id, Request("Words.")), long_id, "INVALID_FIELD",
       "request_id"},
      {"text", Field(1, "r") + bad_text, "r", "INVALID_UTF8", "article.text"},
      {"id behind the text", bad_text + Field(1, "r"), "r", "INVALID_UTF8",
       "article.text"},
      {"id", Field(1, "\xFF") + Field(2, Request("Words.")), "", "INVALID_UTF8",
       "request_id"},
      {"malformed", Field(1, "r") + "\x0F", "r", "MALFORMED_MESSAGE", ""},
      {"malformed inside", Field(1, "r") + Field(2, "\x0F"), "r",
       "MALFORMED_MESSAGE", ""},
  };
  for (const auto& c : kCases) {
    SCOPED_TRACE(c.name);
    const auto answer = Answer(extractor, c.item);
    EXPECT_EQ(answer.request_id(), c.id);
    ASSERT_TRUE(answer.has_error());
    const ErrorView view = ViewOf(answer.error());
    EXPECT_EQ(view.code, 3) << view;
    EXPECT_EQ(view.reason, c.reason) << view;
    EXPECT_EQ(view.fields.empty() ? "" : view.fields[0], c.field);
  }
}

}  // namespace
}  // namespace quoth
