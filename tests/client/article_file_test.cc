#include "client/article_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cstdio>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace quoth::client {
namespace {

using ::testing::HasSubstr;

// A pipe that holds `bytes` and is closed for writing.
class PipeWith {
 public:
  explicit PipeWith(const std::string& bytes) {
    int ends[2];
    EXPECT_EQ(pipe(ends), 0);
    EXPECT_EQ(write(ends[1], bytes.data(), bytes.size()), bytes.size());
    close(ends[1]);
    fd_ = ends[0];
  }
  ~PipeWith() { close(fd_); }
  int fd() const { return fd_; }

 private:
  int fd_ = -1;
};

std::string TestFile(const std::string& bytes) {
  const std::string name = ::testing::TempDir() + "quoth_article_file_test";
  std::FILE* file = std::fopen(name.c_str(), "wb");
  std::fwrite(bytes.data(), 1, bytes.size(), file);
  std::fclose(file);
  return name;
}

TEST(ReadArticleTest, BytesStayAsTheyAre) {
  for (const std::string& bytes :
       {std::string(), std::string("a\r\nb\n"), std::string("a\0b", 3),
        std::string("\xEF\xBB\xBFwith a byte order mark"),
        std::string(200000, 'x') + "“é”"}) {
    EXPECT_EQ(ReadArticle(TestFile(bytes), 1 << 20).value(), bytes);
  }
  EXPECT_EQ(ReadArticleFrom(PipeWith("“Hi”").fd(), 100).value(), "“Hi”");
}

TEST(ReadArticleTest, TheLimitItselfIsAllowed) {
  EXPECT_TRUE(ReadArticle(TestFile("12345"), 5).ok());
  EXPECT_TRUE(ReadArticleFrom(PipeWith("12345").fd(), 5).ok());
  for (const absl::Status& status :
       {ReadArticle(TestFile("123456"), 5).status(),
        ReadArticleFrom(PipeWith("123456").fd(), 5).status()}) {
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
    EXPECT_THAT(std::string(status.message()), HasSubstr("5"));
  }
}

TEST(ReadArticleTest, InvalidUtf8IsRefusedWithItsPlaceButNotItsBytes) {
  const absl::Status status =
      ReadArticle(TestFile("secret caf\xE9"), 100).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(status.message(), "it is not UTF-8: see byte 10");
}

TEST(ReadArticleTest, WhatIsNoFileIsAnError) {
  EXPECT_EQ(ReadArticle("/nonexistent/a.txt", 10).status().code(),
            absl::StatusCode::kNotFound);
  EXPECT_FALSE(ReadArticle(::testing::TempDir(), 1 << 20).ok());
  EXPECT_FALSE(ReadArticleFrom(-1, 10).ok());
}

}  // namespace
}  // namespace quoth::client
