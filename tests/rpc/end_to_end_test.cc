// The whole service: a real server, the real engine, real clients.

#include <cmath>
#include <functional>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "server/engine/engine.h"
#include "server/rpc/limits.h"
#include "tests/rpc/checks.h"
#include "tests/rpc/test_server.h"
#include "tests/source_tree.h"

namespace quoth {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr v1::EncodingType kEncodings[] = {
    v1::ENCODING_TYPE_UTF8, v1::ENCODING_TYPE_UTF16, v1::ENCODING_TYPE_UTF32};

std::string Repeat(const std::string& text, int times) {
  std::string out;
  out.reserve(text.size() * times);
  for (int i = 0; i < times; ++i) out += text;
  return out;
}

bool HasNotice(const v1::ExtractClaimsResponse& response, v1::NoticeType type) {
  for (const v1::Notice& notice : response.notices()) {
    if (notice.type() == type) return true;
  }
  return false;
}

class EndToEndTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    absl::StatusOr<std::unique_ptr<Engine>> engine =
        Engine::Create(SourceFile("models/quoth-en.qm"), EngineOptions());
    ASSERT_TRUE(engine.ok()) << engine.status();
    engine_ = engine->release();
    server_ = new TestServer(*engine_);
  }
  static void TearDownTestSuite() {
    delete server_;
    delete engine_;
  }

  // Fails unless the call succeeds and its answer holds together.
  v1::ExtractClaimsResponse Extract(const v1::ExtractClaimsRequest& request) {
    v1::ExtractClaimsResponse response;
    const grpc::Status status = server_->Extract(request, response);
    EXPECT_TRUE(status.ok()) << ViewOf(status);
    ExpectTrueSpans(response, request.article().text(),
                    request.encoding_type());
    ExpectTrueIds(response);
    for (const v1::Claim& claim : response.claims()) {
      EXPECT_GT(claim.content_size(), 0);
      EXPECT_GE(claim.confidence(), 0);
      EXPECT_LE(claim.confidence(), 1);
    }
    return response;
  }
  v1::ExtractClaimsResponse Extract(const std::string& text) {
    v1::ExtractClaimsRequest request = RequestFor(text);
    request.set_encoding_type(v1::ENCODING_TYPE_UTF32);
    return Extract(request);
  }

  static TestServer& server() { return *server_; }

 private:
  static Engine* engine_;
  static TestServer* server_;
};

Engine* EndToEndTest::engine_ = nullptr;
TestServer* EndToEndTest::server_ = nullptr;

TEST_F(EndToEndTest, SaysWhoSaidWhat) {
  const v1::ExtractClaimsResponse response = Extract(
      "“The bridge will open in spring,” Maria Lindgren, the mayor of Oslo, "
      "told reporters on Wednesday.");
  ASSERT_EQ(response.claims_size(), 1);
  const v1::Claim& claim = response.claims(0);
  EXPECT_EQ(claim.type(), v1::CLAIM_TYPE_DIRECT);
  EXPECT_EQ(claim.text(), "The bridge will open in spring,");
  EXPECT_EQ(claim.cue().text(), "told");
  EXPECT_THAT(claim.source().text(), HasSubstr("Maria Lindgren"));
  ASSERT_EQ(response.speakers_size(), 1);
  EXPECT_EQ(response.speakers(0).name(), "Maria Lindgren");
  EXPECT_EQ(response.speakers(0).kind(), v1::SPEAKER_KIND_PERSON);
  EXPECT_EQ(response.language_code(), "en");
  EXPECT_TRUE(response.language_supported());
  EXPECT_THAT(response.model_version(), HasSubstr("quoth-en"));
}

TEST_F(EndToEndTest, TakesTextsOfAnyKind) {
  const std::string quotation =
      "“The bridge will open in spring,” the mayor told reporters.";
  const struct {
    std::string name, text;
  } kCases[] = {
      {"one code point", "a"},
      {"one astral code point", "😀"},
      {"one mark", "“"},
      {"CRLF", quotation + "\r\n\r\n" + quotation + "\r\n"},
      {"CR", quotation + "\r" + quotation},
      {"all line ends",
       "a\nb\rc\r\nd\xE2\x80\xA8"
       "e\xE2\x80\xA9"
       "f\xC2\x85g"},
      {"BOM", "\xEF\xBB\xBF" + quotation},
      {"BOM alone before a word",
       "\xEF\xBB\xBF"
       "a"},
      {"no paragraph breaks", Repeat(quotation + " ", 50)},
      {"unclosed marks", Repeat("“", 100000)},
      {"unclosed straight marks", Repeat("\"", 10001)},
      {"unclosed marks and words", Repeat("“so he said\n", 500)},
      {"apostrophes", Repeat("'", 10000)},
      {"one long word", std::string(1000000, 'a')},
      {"line breaks", "a" + Repeat("\n", 100000) + "b"},
      {"full stops", Repeat(".", 10000)},
      {"HTML", "<p>" + quotation + "</p><a href=\"x\">more</a>"},
      {"emoji and combining marks",
       "“I ❤️ 👩‍👩‍👧‍👦 e\xCC\x81" +
           Repeat("\xCC\x81", 5000) + "!” 🇳🇴 said 👍🏽."},
      {"right to left marks", "“\xE2\x80\x8F" + quotation + "\xE2\x80\xAE"},
      {"last code point", "“\xF4\x8F\xBF\xBF” she said."},
      {"no letters", "1 2 3 !"},
  };
  for (const auto& c : kCases) {
    SCOPED_TRACE(c.name);
    for (const v1::EncodingType encoding : kEncodings) {
      v1::ExtractClaimsRequest request = RequestFor(c.text);
      request.set_encoding_type(encoding);
      if (c.text.size() > 5000 && encoding != v1::ENCODING_TYPE_UTF16) {
        continue;  // Once is enough for those that take long.
      }
      Extract(request);
    }
  }
}

TEST_F(EndToEndTest, AnswersDoNotGrowWithTheSquareOfTheText) {
  // 3,000 claims in one paragraph: each would repeat all of it.
  const std::string text = Repeat("“It is late,” he said. ", 3000);
  v1::ExtractClaimsResponse response;
  const ErrorView view = ViewOf(server().Extract(RequestFor(text), response));
  EXPECT_EQ(view.reason, "RESPONSE_TOO_LARGE") << view;
  EXPECT_THAT(view.fields, ElementsAre("article.text"));
}

TEST_F(EndToEndTest, BadRequestsNameTheirFields) {
  using Request = v1::ExtractClaimsRequest;
  const struct {
    std::string name, field;
    std::function<void(Request&)> spoil;
  } kCases[] = {
      {"missing", "article", [](Request& r) { r.clear_article(); }},
      {"empty", "article.text",
       [](Request& r) { r.mutable_article()->set_text(""); }},
      {"blank", "article.text",
       [](Request& r) { r.mutable_article()->set_text(" \t\r\n\xC2\xA0 "); }},
      {"too long", "article.text",
       [](Request& r) {
         r.mutable_article()->set_text(std::string(kMaxTextBytes + 1, 'a'));
       }},
      {"enum", "acts[0]",
       [](Request& r) { r.add_acts(static_cast<v1::Act>(99)); }},
      {"NaN", "min_confidence",
       [](Request& r) { r.set_min_confidence(std::nanf("")); }},
      {"language", "article.language_code",
       [](Request& r) { r.mutable_article()->set_language_code("English!"); }},
  };
  for (const auto& c : kCases) {
    SCOPED_TRACE(c.name);
    Request request = RequestFor("“Yes,” she said.");
    c.spoil(request);
    v1::ExtractClaimsResponse response;
    const ErrorView view = ViewOf(server().Extract(request, response));
    EXPECT_EQ(view.code, grpc::StatusCode::INVALID_ARGUMENT) << view;
    EXPECT_THAT(view.fields, ElementsAre(c.field));
  }
}

TEST_F(EndToEndTest, NoticesDirt) {
  EXPECT_TRUE(HasNotice(Extract("<p>“Yes,” she said.</p><p>No.</p>"),
                        v1::NOTICE_TYPE_HTML_MARKUP));
  EXPECT_TRUE(
      HasNotice(Extract(std::string("“Yes,” she said.\0 Then she left.", 36)),
                v1::NOTICE_TYPE_CONTROL_CHARACTERS));
  EXPECT_TRUE(HasNotice(Extract("“Yes, she said and left the building."),
                        v1::NOTICE_TYPE_UNCLOSED_QUOTATION));
  EXPECT_EQ(Extract("“Yes,” she said.").notices_size(), 0);
}

TEST_F(EndToEndTest, OtherLanguagesGiveQuotationsInMarksOnly) {
  const struct {
    std::string code, text;
    std::vector<std::string> quotations;
  } kCases[] = {
      {"fr",
       "Le maire a présenté le projet mercredi devant la presse. « Le pont "
       "ouvrira ses portes au printemps prochain », a déclaré le maire, qui "
       "selon ses services reste très confiant.",
       {"Le pont ouvrira ses portes au printemps prochain"}},
      {"ar",
       "عرض رئيس البلدية المشروع أمام الصحفيين يوم الأربعاء. “سيفتح الجسر "
       "أبوابه في الربيع القادم.” قال رئيس البلدية للصحفيين.",
       {"سيفتح الجسر أبوابه في الربيع القادم"}},
  };
  for (const auto& c : kCases) {
    for (const std::string& code : {std::string(), c.code}) {
      SCOPED_TRACE(absl::StrCat(c.code, " as ", code));
      v1::ExtractClaimsRequest request = RequestFor(c.text);
      request.set_encoding_type(v1::ENCODING_TYPE_UTF16);
      request.mutable_article()->set_language_code(code);
      const v1::ExtractClaimsResponse response = Extract(request);
      EXPECT_EQ(response.language_code(), c.code);
      EXPECT_FALSE(response.language_supported());
      EXPECT_TRUE(HasNotice(response, v1::NOTICE_TYPE_UNSUPPORTED_LANGUAGE));
      EXPECT_EQ(response.speakers_size(), 0);
      std::vector<std::string> quotations;
      for (const v1::Claim& claim : response.claims()) {
        EXPECT_EQ(claim.type(), v1::CLAIM_TYPE_DIRECT);
        EXPECT_FALSE(claim.has_cue());
        EXPECT_FALSE(claim.has_source());
        EXPECT_EQ(claim.speaker_id(), "");
        quotations.push_back(claim.text());
      }
      ASSERT_EQ(quotations.size(), c.quotations.size());
      for (size_t i = 0; i < quotations.size(); ++i) {
        EXPECT_THAT(quotations[i], HasSubstr(c.quotations[i]));
      }
    }
  }
}

TEST_F(EndToEndTest, EverySpanOfAnyTextIsTheSliceThatItNames) {
  std::mt19937 random(11);
  const std::string kWords[] = {"“The bridge will open,” ",
                                "the mayor said. ",
                                "According to Ms Lindgren, ",
                                "\n",
                                "😀 ",
                                "it is ‘late’ ",
                                "he told reporters "};
  int claims = 0;
  for (int i = 0; i < 60; ++i) {
    std::string text;
    for (int n = 0; n < 12; ++n) {
      text += random() % 3 == 0 ? NastyText(20, random)
                                : kWords[random() % std::size(kWords)];
    }
    for (const v1::EncodingType encoding : kEncodings) {
      v1::ExtractClaimsRequest request = RequestFor(text + "x");
      request.set_encoding_type(encoding);
      request.set_context_sentences(static_cast<int>(random() % 11));
      request.set_scope(random() % 2 == 0 ? v1::SCOPE_REPORTED
                                          : v1::SCOPE_ALL_ATTRIBUTIONS);
      request.mutable_article()->set_language_code("en");
      claims += Extract(request).claims_size();
    }
  }
  EXPECT_GT(claims, 50);
}

TEST_F(EndToEndTest, FiltersKeepWhatPasses) {
  const std::string text =
      "“The bridge will open in spring,” Maria Lindgren said. She denied that "
      "it was late. According to the builders, the work cost “far too much” "
      "for a bridge. “We are close,” the engineer told reporters.";
  const v1::ExtractClaimsResponse all = Extract(text);
  ASSERT_GT(all.claims_size(), 1);
  int direct = 0;
  for (const v1::Claim& claim : all.claims()) {
    if (claim.type() == v1::CLAIM_TYPE_DIRECT) ++direct;
  }
  v1::ExtractClaimsRequest request = RequestFor(text);
  request.set_encoding_type(v1::ENCODING_TYPE_UTF32);
  request.add_claim_types(v1::CLAIM_TYPE_DIRECT);
  const v1::ExtractClaimsResponse filtered = Extract(request);
  EXPECT_EQ(filtered.claims_size(), direct);
  EXPECT_GT(direct, 0);
  EXPECT_LT(direct, all.claims_size());
  request.set_min_confidence(1);
  EXPECT_LE(Extract(request).claims_size(), direct);
}

TEST_F(EndToEndTest, StreamAnswersLikeTheCall) {
  const std::vector<std::string> texts = {
      "“We are close,” Maria Lindgren said.", "Nothing is said here.",
      "The mayor denied that the bridge was late.", "  "};
  grpc::ClientContext context;
  const auto stream = server().stub().StreamExtractClaims(&context);
  for (size_t i = 0; i < texts.size(); ++i) {
    v1::StreamExtractClaimsRequest item;
    item.set_request_id(absl::StrCat(i));
    *item.mutable_request() = RequestFor(texts[i]);
    ASSERT_TRUE(stream->Write(item));
  }
  stream->WritesDone();
  size_t answers = 0;
  v1::StreamExtractClaimsResponse answer;
  while (stream->Read(&answer)) {
    ++answers;
    const std::string& text = texts.at(std::stoi(answer.request_id()));
    v1::ExtractClaimsResponse response;
    const grpc::Status status = server().Extract(RequestFor(text), response);
    EXPECT_EQ(answer.has_response(), status.ok());
    if (status.ok()) {
      EXPECT_EQ(answer.response().SerializeAsString(),
                response.SerializeAsString());
    } else {
      EXPECT_EQ(answer.error().SerializeAsString(), status.error_details());
    }
  }
  EXPECT_EQ(answers, texts.size());
  EXPECT_TRUE(stream->Finish().ok());
}

}  // namespace
}  // namespace quoth
