#include "server/rpc/wire.h"

#include <random>
#include <string>

#include "gmock/gmock.h"
#include "google/protobuf/stubs/logging.h"
#include "gtest/gtest.h"
#include "quoth/v1/attribution.pb.h"
#include "tests/rpc/checks.h"

namespace quoth {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// A length-delimited field.
std::string Field(int number, const std::string& value) {
  std::string out;
  out.push_back(static_cast<char>(number << 3 | 2));
  size_t size = value.size();
  for (; size >= 0x80; size >>= 7) {
    out.push_back(static_cast<char>(size | 0x80));
  }
  out.push_back(static_cast<char>(size));
  return out + value;
}

TEST(WireTest, ParsesWhatIsValid) {
  v1::ExtractClaimsRequest request;
  request.mutable_article()->set_text(std::string("a\0\xEF\xBB\xBF b", 7));
  request.set_min_confidence(0.5f);
  v1::ExtractClaimsRequest parsed;
  ASSERT_TRUE(ParseMessage(request.SerializeAsString(), parsed).ok());
  EXPECT_EQ(parsed.SerializeAsString(), request.SerializeAsString());
  EXPECT_TRUE(ParseMessage("", parsed).ok());
}

TEST(WireTest, NamesTheFieldThatIsNotUtf8) {
  const google::protobuf::LogSilencer quiet;
  const struct {
    std::string name, bytes, field, offset;
  } kCases[] = {
      {"text", Field(1, Field(1, "ab\xFF")), "article.text", "2"},
      {"code", Field(1, Field(1, "ok") + Field(2, "\xC3")),
       "article.language_code", "0"},
      {"id", Field(1, Field(3, "x\x80y")), "article.article_id", "1"},
      {"lone surrogate", Field(1, Field(1, "abc\xED\xA0\x80")), "article.text",
       "3"},
      {"overlong", Field(1, Field(1, "\xC0\xAF")), "article.text", "0"},
      {"cut", Field(1, Field(1, "a\xE2\x80")), "article.text", "1"},
      {"too large", Field(1, Field(1, "\xF4\x90\x80\x80")), "article.text",
       "0"},
      // Unknown fields, of which any may be binary, and other types before it.
      {"behind others",
       std::string("\x10\x01\x35\0\0\0\0", 7) + Field(100 % 15, "\xFF") +
           Field(1, Field(1, "\xFF")),
       "article.text", "0"},
      {"before a flaw", Field(1, Field(1, "a\xFF")) + "\x0A\x7F",
       "article.text", "1"},
  };
  for (const auto& c : kCases) {
    SCOPED_TRACE(c.name);
    v1::ExtractClaimsRequest request;
    const ErrorView view = ViewOf(ParseMessage(c.bytes, request));
    EXPECT_EQ(view.reason, "INVALID_UTF8") << view;
    EXPECT_THAT(view.fields, ElementsAre(c.field));
    EXPECT_EQ(view.metadata.at("offset"), c.offset);
    EXPECT_THAT(view.message, HasSubstr(c.field + " is not valid UTF-8"));
  }
}

TEST(WireTest, SaysWhichMessageIsMalformed) {
  const std::string kCases[] = {
      "\x0A",  // A length is missing.
      "\x0A\x05"
      "ab",    // Cut.
      "\x0F",  // Wire type 7.
      "\x02",  // Field number 0.
      "\x0C",  // The end of a group that never began.
      std::string(11, '\xFF'),
      "just some text",
      Field(1, "\x0A\x7F"),  // The article is cut inside.
  };
  for (const std::string& bytes : kCases) {
    SCOPED_TRACE(testing::PrintToString(bytes));
    v1::ExtractClaimsRequest request;
    const ErrorView view = ViewOf(ParseMessage(bytes, request));
    EXPECT_EQ(view.reason, "MALFORMED_MESSAGE") << view;
    EXPECT_THAT(view.message, HasSubstr("quoth.v1.ExtractClaimsRequest"));
    EXPECT_THAT(view.fields, IsEmpty());
  }
}

TEST(WireTest, ExplainsAnyDamage) {
  // Whatever the damage, the message parses or the error is one of the two.
  const google::protobuf::LogSilencer quiet;
  v1::ExtractClaimsRequest good;
  good.mutable_article()->set_text("“Qué?” he asked. 😀");
  good.mutable_article()->set_language_code("en");
  good.add_claim_types(v1::CLAIM_TYPE_DIRECT);
  good.set_min_confidence(0.25f);
  const std::string bytes = good.SerializeAsString();
  std::mt19937 random(1);
  int damaged = 0;
  for (int i = 0; i < 20000; ++i) {
    std::string copy = bytes;
    for (int n = 1 + random() % 3; n > 0; --n) {
      copy[random() % copy.size()] = static_cast<char>(random());
    }
    if (random() % 4 == 0) copy.resize(random() % copy.size());
    v1::ExtractClaimsRequest request;
    const absl::Status status = ParseMessage(copy, request);
    if (status.ok()) continue;
    ++damaged;
    const std::string reason = ViewOf(status).reason;
    EXPECT_TRUE(reason == "INVALID_UTF8" || reason == "MALFORMED_MESSAGE");
  }
  EXPECT_GT(damaged, 1000);
}

TEST(WireTest, FindsTheLastField) {
  EXPECT_EQ(FindField(Field(1, "a") + Field(2, "b") + Field(1, "c"), 1), "c");
  EXPECT_EQ(FindField(Field(1, "a") + "\x0F", 1), "a");
  EXPECT_EQ(FindField(Field(2, "b"), 1), "");
  EXPECT_EQ(FindField("", 1), "");
}

}  // namespace
}  // namespace quoth
