#include "client/article_source.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "client/json_line.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/client/temp_file.h"

namespace quoth::client {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr size_t kMaxBytes = 1000;

// Every article as "member=text" or "member!error".
std::vector<std::string> ReadAll(const Options& options,
                                 const std::string& unwanted = "") {
  const auto source = NewArticleSource(options);
  std::vector<std::string> read;
  while (true) {
    const auto article = source->Next(
        kMaxBytes,
        [&](const std::string& member) { return member != unwanted; });
    if (!article.ok()) {
      read.push_back(std::string(article.status().message()));
      return read;
    }
    if (!article->has_value()) return read;
    const absl::StatusOr<std::string>& text = (*article)->text;
    read.push_back(
        absl::StrCat((*article)->member, text.ok() ? "=" : "!",
                     text.ok() ? *text : std::string(text.status().message())));
  }
}

TEST(ArticleSourceTest, Files) {
  const TempFile a("article_source_test", "one");
  const TempFile b("article_source_test", "two");
  Options options;
  options.files = {a.name(), "/nonexistent/file", b.name()};
  EXPECT_THAT(
      ReadAll(options),
      ElementsAre(JsonMember("file", a.name()) + "=one",
                  HasSubstr(JsonMember("file", "/nonexistent/file") + "!"),
                  JsonMember("file", b.name()) + "=two"));
  EXPECT_THAT(ReadAll(options, JsonMember("file", "/nonexistent/file")),
              ElementsAre(HasSubstr("=one"), HasSubstr("=two")));
}

TEST(ArticleSourceTest, JsonLines) {
  const TempFile a(
      "article_source_test",
      "{\"id\":\"1\",\"text\":\"one\"}\n"
      "\n \t\r\n"
      "{\"id\":2,\"text\":\"two\"}\r\n"
      "{\"id\":\"3\"}\n" +
          absl::StrCat("{\"id\":\"4\",\"text\":\"",
                       std::string(kMaxBytes + 1, 'x'), "\"}\n", "{\"id\":\"",
                       std::string(5000, 'x'), "\",\"text\":\"six\"}\n"));
  // The last line may lack its break.
  const TempFile b("article_source_test", "{\"id\":\"5\",\"text\":\"five\"}");
  Options options;
  options.input_jsonl = true;
  options.files = {a.name(), b.name()};
  EXPECT_THAT(ReadAll(options, "\"id\":\"2\""),
              ElementsAre("\"id\":\"1\"=one",
                          JsonMember("line", absl::StrCat(a.name(), ":5")) +
                              "!\"text\" is not a string",
                          "\"id\":\"4\"!it is 1001 bytes long; the server "
                          "takes at most 1000",
                          JsonMember("line", absl::StrCat(a.name(), ":7")) +
                              "!\"id\" is longer than 4096 bytes",
                          "\"id\":\"5\"=five"));
}

TEST(ArticleSourceTest, ALineWithoutEndIsPassedOver) {
  const TempFile a(
      "article_source_test",
      std::string(3 << 20, 'x') + "\n{\"id\":\"1\",\"text\":\"one\"}\n");
  Options options;
  options.input_jsonl = true;
  options.files = {a.name()};
  EXPECT_THAT(ReadAll(options), ElementsAre(HasSubstr("!the line is longer"),
                                            "\"id\":\"1\"=one"));
}

TEST(ArticleSourceTest, AMissingFileOfManyArticlesEndsTheWork) {
  Options options;
  options.input_jsonl = true;
  options.files = {"/nonexistent/file"};
  EXPECT_THAT(ReadAll(options),
              ElementsAre(HasSubstr("/nonexistent/file: cannot be opened")));
}

}  // namespace
}  // namespace quoth::client
