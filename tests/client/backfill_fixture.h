// A backfill for a test: its input, its output and what it says.
//
//   class MyTest : public BackfillFixture {};
//   TEST_F(MyTest, All) {
//     in_.Write(ArticleLines(3));
//     EXPECT_EQ(Run(server.address()), kExitOk);
//     ExpectAllAnswered(3);
//   }

#ifndef QUOTH_TESTS_CLIENT_BACKFILL_FIXTURE_H_
#define QUOTH_TESTS_CLIENT_BACKFILL_FIXTURE_H_

#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "client/backfill.h"
#include "client/json_line.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/client/temp_file.h"

namespace quoth::client {

// With the ids "a0", "a1" and so on, and a text of its own each.
inline std::string ArticleLines(int count) {
  std::string lines;
  for (int i = 0; i < count; ++i) {
    absl::StrAppend(&lines, "{\"id\":\"a", i, "\",\"text\":\"Text ", i,
                    " of them.\"}\n");
  }
  return lines;
}

class BackfillFixture : public ::testing::Test {
 protected:
  BackfillFixture() {
    options_.command = Command::kExtract;
    options_.format = Format::kJsonl;
    options_.out = out_.name();
    options_.input_jsonl = true;
    options_.files = {in_.name()};
  }

  ExitCode Run(const std::string& address) {
    options_.address = address;
    CallerOptions caller_options;
    caller_options.timeout = options_.timeout;
    caller_options.attempts = options_.retries + 1;
    const Caller caller(Connect(address), caller_options);
    err_.str("");
    std::ostringstream out;
    return RunBackfill(options_, caller,
                       Streams{out, err_, Terminal{}, Terminal{}});
  }

  std::vector<std::string> Lines() const {
    return absl::StrSplit(out_.Read(), '\n', absl::SkipEmpty());
  }

  // One answer for each of the articles of ArticleLines(count), with its text.
  void ExpectAllAnswered(int count) const {
    std::map<std::string, std::string> lines;
    for (const std::string& line : Lines()) {
      const auto head = ReadAnswerHead(line);
      ASSERT_TRUE(head.has_value()) << line;
      EXPECT_TRUE(lines.emplace(head->member, line).second)
          << head->member << " has two lines";
    }
    EXPECT_THAT(lines, ::testing::SizeIs(count));
    for (int i = 0; i < count; ++i) {
      EXPECT_THAT(lines[JsonMember("id", absl::StrCat("a", i))],
                  ::testing::HasSubstr(
                      absl::StrCat("\"text\":\"Text ", i, " of them.\"")))
          << i;
    }
  }

  const TempFile in_{"backfill_test"};
  const TempFile out_{"backfill_test"};
  Options options_;
  std::ostringstream err_;
};

}  // namespace quoth::client

#endif  // QUOTH_TESTS_CLIENT_BACKFILL_FIXTURE_H_
