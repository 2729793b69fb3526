#include "server/rpc/request.h"

#include <cmath>
#include <functional>
#include <limits>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "server/rpc/errors.h"
#include "server/rpc/limits.h"
#include "tests/rpc/checks.h"

namespace quoth {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

v1::ExtractClaimsRequest GoodRequest() {
  v1::ExtractClaimsRequest request;
  request.mutable_article()->set_text("“Yes,” she said.");
  return request;
}

TEST(RequestTest, DefaultsAreThoseOfTheContract) {
  const v1::ExtractClaimsRequest request = GoodRequest();
  const absl::StatusOr<ExtractCall> call = ReadRequest(request);
  ASSERT_TRUE(call.ok()) << call.status();
  EXPECT_EQ(call->text, request.article().text());
  EXPECT_EQ(call->extract.scope, Scope::kReported);
  EXPECT_EQ(call->extract.language_code, "");
  EXPECT_EQ(call->extract.context_sentences, 0);
  EXPECT_EQ(call->response.unit, OffsetUnit::kUtf32);
  EXPECT_EQ(call->response.filter.types, 0);
  EXPECT_EQ(call->response.filter.acts, 0);
  EXPECT_EQ(call->response.filter.min_confidence, 0);
  EXPECT_EQ(call->response.max_bytes, kMaxResponseBytes);
}

TEST(RequestTest, PassesEverythingOn) {
  v1::ExtractClaimsRequest request = GoodRequest();
  request.mutable_article()->set_language_code("en-GB");
  request.mutable_article()->set_article_id("id");
  request.set_encoding_type(v1::ENCODING_TYPE_UTF16);
  request.set_scope(v1::SCOPE_ALL_ATTRIBUTIONS);
  request.add_claim_types(v1::CLAIM_TYPE_DIRECT);
  request.add_claim_types(v1::CLAIM_TYPE_MIXED);
  request.add_acts(v1::ACT_OTHER);
  request.set_min_confidence(0.5f);
  request.set_context_sentences(kMaxContextSentences);
  const absl::StatusOr<ExtractCall> call = ReadRequest(request);
  ASSERT_TRUE(call.ok()) << call.status();
  EXPECT_EQ(call->extract.scope, Scope::kAllAttributions);
  EXPECT_EQ(call->extract.language_code, "en-GB");
  EXPECT_EQ(call->extract.context_sentences, kMaxContextSentences);
  EXPECT_EQ(call->response.unit, OffsetUnit::kUtf16);
  EXPECT_EQ(call->response.article_id, "id");
  const ClaimFilter& filter = call->response.filter;
  Claim claim;
  claim.act = Act::kOther;
  claim.confidence = 0.5f;
  claim.type = ClaimType::kDirect;
  EXPECT_TRUE(filter.Passes(claim));
  claim.type = ClaimType::kIndirect;
  EXPECT_FALSE(filter.Passes(claim));
  claim.type = ClaimType::kMixed;
  EXPECT_TRUE(filter.Passes(claim));
  claim.act = Act::kDenial;
  EXPECT_FALSE(filter.Passes(claim));
  claim.act = Act::kOther;
  claim.confidence = 0.49f;
  EXPECT_FALSE(filter.Passes(claim));
}

TEST(RequestTest, TakesWhatIsJustWithinLimits) {
  v1::ExtractClaimsRequest request;
  request.mutable_article()->set_text(std::string(kMaxTextBytes, 'a'));
  request.mutable_article()->set_article_id(std::string(kMaxIdBytes, 'a'));
  request.set_min_confidence(1);
  EXPECT_TRUE(ReadRequest(request).ok());
}

TEST(RequestTest, RefusesEveryBadFieldByName) {
  using Request = v1::ExtractClaimsRequest;
  const float kInfinity = std::numeric_limits<float>::infinity();
  const struct {
    std::string field;
    std::function<void(Request&)> spoil;
  } kCases[] = {
      {"article", [](Request& r) { r.clear_article(); }},
      {"article.text", [](Request& r) { r.mutable_article()->clear_text(); }},
      {"article.text",
       [](Request& r) {
         r.mutable_article()->set_text(std::string(kMaxTextBytes + 1, 'a'));
       }},
      {"article.language_code",
       [](Request& r) { r.mutable_article()->set_language_code("en_GB"); }},
      {"article.language_code",
       [](Request& r) { r.mutable_article()->set_language_code("a b"); }},
      {"article.language_code",
       [](Request& r) {
         r.mutable_article()->set_language_code(std::string(1000, 'a'));
       }},
      {"article.article_id",
       [](Request& r) {
         r.mutable_article()->set_article_id(std::string(257, 'a'));
       }},
      {"encoding_type",
       [](Request& r) {
         r.set_encoding_type(static_cast<v1::EncodingType>(4));
       }},
      {"encoding_type",
       [](Request& r) {
         r.set_encoding_type(static_cast<v1::EncodingType>(-1));
       }},
      {"scope", [](Request& r) { r.set_scope(static_cast<v1::Scope>(3)); }},
      {"claim_types[1]",
       [](Request& r) {
         r.add_claim_types(v1::CLAIM_TYPE_DIRECT);
         r.add_claim_types(static_cast<v1::ClaimType>(4));
       }},
      {"claim_types[0]",
       [](Request& r) { r.add_claim_types(v1::CLAIM_TYPE_UNSPECIFIED); }},
      {"claim_types[0]",
       [](Request& r) { r.add_claim_types(static_cast<v1::ClaimType>(-7)); }},
      {"acts[2]",
       [](Request& r) {
         r.add_acts(v1::ACT_DENIAL);
         r.add_acts(v1::ACT_OTHER);
         r.add_acts(static_cast<v1::Act>(1000000));
       }},
      {"acts[0]", [](Request& r) { r.add_acts(v1::ACT_UNSPECIFIED); }},
      {"min_confidence",
       [](Request& r) { r.set_min_confidence(std::nanf("")); }},
      {"min_confidence", [](Request& r) { r.set_min_confidence(-0.01f); }},
      {"min_confidence", [](Request& r) { r.set_min_confidence(1.01f); }},
      {"min_confidence", [&](Request& r) { r.set_min_confidence(kInfinity); }},
      {"min_confidence", [&](Request& r) { r.set_min_confidence(-kInfinity); }},
      {"context_sentences", [](Request& r) { r.set_context_sentences(-1); }},
      {"context_sentences",
       [](Request& r) { r.set_context_sentences(kMaxContextSentences + 1); }},
  };
  for (const auto& c : kCases) {
    SCOPED_TRACE(c.field);
    Request request = GoodRequest();
    c.spoil(request);
    const absl::StatusOr<ExtractCall> call = ReadRequest(request);
    ASSERT_FALSE(call.ok());
    const ErrorView view = ViewOf(call.status());
    EXPECT_EQ(view.code, 3) << view;
    EXPECT_THAT(view.fields, ElementsAre(c.field));
    EXPECT_THAT(view.message, HasSubstr(c.field));
  }
}

TEST(RequestTest, NamesAllBadFieldsAtOnce) {
  v1::ExtractClaimsRequest request;
  request.set_scope(static_cast<v1::Scope>(9));
  request.set_context_sentences(-1);
  EXPECT_THAT(ViewOf(ReadRequest(request).status()).fields,
              ElementsAre("article", "scope", "context_sentences"));
}

TEST(RequestTest, LongListsOfBadValuesGiveAShortError) {
  v1::ExtractClaimsRequest request = GoodRequest();
  for (int i = 0; i < 100000; ++i) {
    request.add_acts(static_cast<v1::Act>(10 + i));
  }
  const absl::StatusOr<ExtractCall> call = ReadRequest(request);
  EXPECT_EQ(ViewOf(call.status()).fields.size(), kMaxFieldViolations);
}

TEST(RequestTest, ErrorsDoNotRepeatTheText) {
  v1::ExtractClaimsRequest request;
  request.mutable_article()->set_text("secret text");
  request.mutable_article()->set_language_code("secret_code");
  request.mutable_article()->set_article_id(std::string(300, 's') + "secret");
  const google::rpc::Status error = ToRpcStatus(ReadRequest(request).status());
  EXPECT_THAT(error.SerializeAsString(), Not(HasSubstr("secret")));
}

}  // namespace
}  // namespace quoth
