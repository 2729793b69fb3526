#include "client/article_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cstdio>
#include <string>

#include "absl/strings/str_cat.h"
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

// A file that holds `bytes` for the time of a test.
class FileWith {
 public:
  explicit FileWith(const std::string& bytes)
      : name_(absl::StrCat(::testing::TempDir(), "quoth_article_file_test_",
                           getpid())) {
    std::FILE* file = std::fopen(name_.c_str(), "wb");
    std::fwrite(bytes.data(), 1, bytes.size(), file);
    std::fclose(file);
  }
  ~FileWith() { std::remove(name_.c_str()); }
  const std::string& name() const { return name_; }

 private:
  std::string name_;
};

TEST(ReadArticleTest, BytesStayAsTheyAre) {
  for (const std::string& bytes :
       {std::string(), std::string("a\r\nb\n"), std::string("a\0b", 3),
        std::string("\xEF\xBB\xBFwith a byte order mark"),
        std::string(200000, 'x') + "“é”"}) {
    EXPECT_EQ(ReadArticle(FileWith(bytes).name(), 1 << 20).value(), bytes);
  }
  EXPECT_EQ(ReadArticleFrom(PipeWith("“Hi”").fd(), 100).value(), "“Hi”");
}

TEST(ReadArticleTest, TheLimitItselfIsAllowed) {
  EXPECT_TRUE(ReadArticle(FileWith("12345").name(), 5).ok());
  EXPECT_TRUE(ReadArticleFrom(PipeWith("12345").fd(), 5).ok());
  for (const absl::Status& status :
       {ReadArticle(FileWith("123456").name(), 5).status(),
        ReadArticleFrom(PipeWith("123456").fd(), 5).status()}) {
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
    EXPECT_THAT(std::string(status.message()), HasSubstr("5"));
  }
}

TEST(ReadArticleTest, InvalidUtf8IsRefusedWithItsPlaceButNotItsBytes) {
  const absl::Status status =
      ReadArticle(FileWith("secret caf\xE9").name(), 100).status();
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
