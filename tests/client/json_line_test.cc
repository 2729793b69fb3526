#include "client/json_line.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace quoth::client {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(JsonLineTest, HeadsReadBackAsTheyWereWritten) {
  v1::ExtractClaimsResponse response;
  response.add_claims()->set_text("a \"b\", \"error\":");
  for (const std::string& name :
       {std::string("a.txt"), std::string("-"), std::string(""),
        std::string("quote \" and \\ and \\\""), std::string("\n\t\x01"),
        std::string("caf\xC3\xA9 \xF0\x9F\x98\x80 <&>"),
        std::string("not utf8 \xE9\xFF"), std::string("\"response\":")}) {
    const std::string member = JsonMember("id", name);
    const std::string good = JsonLine(member, response);
    const std::string bad = JsonLine(member, absl::NotFoundError("no \" file"));
    for (const std::string& line : {good, bad}) {
      EXPECT_EQ(line.find('\n'), line.size() - 1);
      const auto head = ReadAnswerHead(line);
      ASSERT_TRUE(head.has_value()) << line;
      EXPECT_EQ(head->member, member);
      EXPECT_EQ(head->is_error, line == bad);
      // The rest does not matter.
      EXPECT_EQ(ReadAnswerHead(line.substr(0, member.size() + 14))->member,
                member);
    }
  }
}

TEST(JsonLineTest, OtherEscapesNameTheSame) {
  EXPECT_EQ(ReadAnswerHead(R"({"file":"\u0061\/<.txt","error":{}})")->member,
            JsonMember("file", "a/<.txt"));
}

TEST(JsonLineTest, OtherLinesHaveNoHead) {
  for (const char* line :
       {"", "{", "{}", "[]", "null", R"({"id")", R"({"id":)", R"({"id":7,)",
        R"({"id":"7")", R"({"id":"7"})", R"({"id":"7",)", R"({"id":"7",})",
        R"({"id":"7","text":"a"})", R"({"id":"\u12","error":{}})",
        R"({"id": "7", "response": {}})", "\xFF"}) {
    EXPECT_FALSE(ReadAnswerHead(line).has_value()) << line;
  }
}

TEST(JsonLineTest, ArticleLines) {
  const auto article = ReadArticleLine(
      R"( {"date": [1], "text": "a\n\u00e9 \ud83d\ude00", "id": "x/7"} )");
  ASSERT_TRUE(article.ok()) << article.status();
  EXPECT_EQ(article->id, "x/7");
  EXPECT_EQ(article->text, "a\n\xC3\xA9 \xF0\x9F\x98\x80");
  EXPECT_EQ(ReadArticleLine(R"({"id": 9007199254740991, "text": ""})")->id,
            "9007199254740991");
  const std::string longest(kMaxIdBytes, 'x');
  EXPECT_EQ(ReadArticleLine("{\"id\":\"" + longest + "\",\"text\":\"\"}")->id,
            longest);
  EXPECT_EQ(ReadArticleLine(R"({"id": -3, "text": ""})")->id, "-3");
}

TEST(JsonLineTest, BadArticleLinesSayWhyWithoutTheirWords) {
  struct Case {
    std::string line;
    const char* message;
  };
  for (const Case& c : std::vector<Case>{
           {"", "not a JSON object"},
           {"secret", "not a JSON object"},
           {"[\"secret\"]", "not a JSON object"},
           {R"({"id": "secret", "text": "a)", "not a JSON object"},
           {R"({"id": "1", "text": "a"} secret)", "not a JSON object"},
           {R"({"text": "secret"})", "\"id\" is not"},
           {R"({"id": 1.5, "text": "secret"})", "\"id\" is not"},
           // These two are the same to the parser.
           {R"({"id": 9007199254740992, "text": "secret"})", "below 2^53"},
           {R"({"id": 9007199254740993, "text": "secret"})", "below 2^53"},
           {R"({"id": -9007199254740993, "text": "secret"})", "below 2^53"},
           {R"({"id": 1e300, "text": "secret"})", "\"id\" is not"},
           {R"({"id": ["secret"], "text": "a"})", "\"id\" is not"},
           {R"({"id": "", "text": "a"})", "\"id\" is empty"},
           {R"({"text": "secret", "id": ")" +
                std::string(kMaxIdBytes + 1, 'x') + "\"}",
            "\"id\" is longer than 4096 bytes"},
           {R"({"id": "secret"})", "\"text\" is not"},
           {R"({"id": "secret", "text": 7})", "\"text\" is not"},
           {"{\"id\": \"1\", \"text\": \"secret \xE9\"}", "not UTF-8"}}) {
    const auto article = ReadArticleLine(c.line);
    ASSERT_FALSE(article.ok()) << c.line;
    EXPECT_EQ(article.status().code(), absl::StatusCode::kInvalidArgument);
    EXPECT_THAT(std::string(article.status().message()), HasSubstr(c.message));
    EXPECT_THAT(std::string(article.status().message()),
                Not(HasSubstr("secret")));
  }
}

TEST(JsonLineTest, HalfASurrogatePairIsNoText) {
  for (const char* text : {R"(\ud83d)", R"(\ude00)", R"(\ud83dx)"}) {
    const auto article =
        ReadArticleLine(std::string(R"({"id": "1", "text": ")") + text + "\"}");
    if (article.ok()) {
      // Or it was replaced.
      EXPECT_THAT(article->text, HasSubstr("\xEF\xBF\xBD")) << text;
    }
  }
}

}  // namespace
}  // namespace quoth::client
