#include "client/line_reader.h"

#include <fcntl.h>
#include <unistd.h>

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/client/temp_file.h"

namespace quoth::client {
namespace {

using ::testing::ElementsAre;

// Every line as "bytes|cut|ended|end".
std::vector<std::string> Read(const std::string& bytes, size_t max_bytes) {
  const TempFile file("line_reader_test", bytes);
  const int fd = open(file.name().c_str(), O_RDONLY);
  LineReader reader(fd, max_bytes);
  std::vector<std::string> lines;
  while (true) {
    const auto line = reader.Next();
    EXPECT_TRUE(line.ok());
    if (!line->has_value()) break;
    lines.push_back(absl::StrCat((*line)->bytes, "|", (*line)->cut, "|",
                                 (*line)->ended, "|", (*line)->end));
  }
  EXPECT_FALSE(reader.Next()->has_value());  // And so it stays.
  close(fd);
  return lines;
}

TEST(LineReaderTest, Lines) {
  EXPECT_THAT(Read("", 9), ElementsAre());
  EXPECT_THAT(Read("\n", 9), ElementsAre("|0|1|1"));
  EXPECT_THAT(Read("a\n\nbc", 9), ElementsAre("a|0|1|2", "|0|1|3", "bc|0|0|5"));
  EXPECT_THAT(Read("a\r\n", 9), ElementsAre("a\r|0|1|3"));
}

TEST(LineReaderTest, LongLinesAreCut) {
  EXPECT_THAT(Read("abc\nabcd\nab\n", 3),
              ElementsAre("abc|0|1|4", "abc|1|1|9", "ab|0|1|12"));
  EXPECT_THAT(Read("abcd", 0), ElementsAre("|1|0|4"));
}

TEST(LineReaderTest, LinesOverTheEndsOfBlocks) {
  for (const size_t length : {65535, 65536, 65537, 200000}) {
    const std::string a(length, 'a');
    EXPECT_THAT(Read(a + "\nb\n", 1 << 20),
                ElementsAre(absl::StrCat(a, "|0|1|", length + 1),
                            absl::StrCat("b|0|1|", length + 3)));
    EXPECT_THAT(Read(a + "\nb\n", 2),
                ElementsAre(absl::StrCat("aa|1|1|", length + 1),
                            absl::StrCat("b|0|1|", length + 3)));
  }
}

TEST(LineReaderTest, WhatCannotBeReadIsAnError) {
  const int fd = open(::testing::TempDir().c_str(), O_RDONLY);
  EXPECT_FALSE(LineReader(fd, 9).Next().ok());
  close(fd);
}

}  // namespace
}  // namespace quoth::client
