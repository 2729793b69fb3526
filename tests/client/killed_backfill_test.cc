// A backfill by the program itself, killed again and again: in the end it has
// written what an undisturbed one writes.

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <limits>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/synchronization/mutex.h"
#include "client/json_line.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/client/fake_server.h"
#include "tests/client/temp_file.h"

namespace quoth::client {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::SizeIs;

// Every tenth cannot be read.
constexpr int kArticles = 50;
constexpr int kErrors = kArticles / 10;
// Each fifth answer takes many pages, and so some time to write.
constexpr size_t kLongAnswer = 300000;
// How many articles are asked for before the kill: from none, while the program
// begins or takes out errors, to enough to get on.
constexpr int kAsked[] = {0, 1, 3, 10};
constexpr int kMostAsked = 10;
// It goes on a little while it is being killed, but not to its end.
constexpr int kSlack = 3;
constexpr int64_t kNoBound = std::numeric_limits<int64_t>::max();

// A running quoth.
class Quoth {
 public:
  explicit Quoth(const std::vector<std::string>& flags) {
    std::vector<std::string> words = {QUOTH, "extract", "--input_jsonl"};
    words.insert(words.end(), flags.begin(), flags.end());
    std::vector<char*> argv;
    for (std::string& word : words) argv.push_back(word.data());
    argv.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null",
                                     O_WRONLY, 0);
    EXPECT_EQ(
        posix_spawn(&pid_, QUOTH, &actions, nullptr, argv.data(), environ), 0);
    posix_spawn_file_actions_destroy(&actions);
  }

  void Kill() { kill(pid_, SIGKILL); }

  // Its exit status, or minus the signal that ended it.
  int Wait() const {
    int status = 0;
    EXPECT_EQ(waitpid(pid_, &status, 0), pid_);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
  }

 private:
  pid_t pid_ = -1;
};

class KilledBackfillTest : public ::testing::Test {
 protected:
  KilledBackfillTest() {
    server_.service.extract = [this](const v1::ExtractClaimsRequest& request,
                                     v1::ExtractClaimsResponse& response) {
      {
        absl::MutexLock lock(&mutex_);
        const int64_t number = ++asked_;
        const auto may_answer = [&]() ABSL_SHARED_LOCKS_REQUIRED(mutex_) {
          return number <= bound_;
        };
        mutex_.Await(absl::Condition(&may_answer));
      }
      const std::string& text = request.article().text();
      if (absl::StrContains(text, "0.")) {
        return grpc::Status(grpc::StatusCode::INVALID_ARGUMENT, "refused");
      }
      response.add_claims()->set_text(absl::StrContains(text, "5.")
                                          ? text + std::string(kLongAnswer, 'x')
                                          : text);
      return grpc::Status::OK;
    };
    // Each call counts itself there first. The thread sanitizer does not see
    // that the calls of another process come later than this.
    server_.service.extract_calls = 0;
    std::string lines;
    for (int i = 0; i < kArticles; ++i) {
      absl::StrAppend(&lines, "{\"id\":\"a", i, "\",\"text\":\"Text ", i,
                      ".\"}\n");
    }
    in_.Write(lines);
  }

  ~KilledBackfillTest() override { AllowAll(); }

  Quoth Start(const TempFile& out, const std::string& flag) const {
    return Quoth({absl::StrCat("--address=", server_.address()),
                  absl::StrCat("--out=", out.name()), flag, in_.name()});
  }

  // So many articles more are answered, and kSlack; no others. Returns what
  // asked_ will be.
  int64_t AllowOnly(int articles) {
    absl::MutexLock lock(&mutex_);
    bound_ = asked_ + articles + kSlack;
    return asked_ + articles;
  }

  void AllowAll() {
    absl::MutexLock lock(&mutex_);
    bound_ = kNoBound;
  }

  void AwaitAsked(int64_t number) {
    absl::MutexLock lock(&mutex_);
    const auto is_asked = [&]() ABSL_SHARED_LOCKS_REQUIRED(mutex_) {
      return asked_ >= number;
    };
    mutex_.Await(absl::Condition(&is_asked));
  }

  static int WholeLines(const TempFile& file) {
    const std::string bytes = file.Read();
    return static_cast<int>(std::count(bytes.begin(), bytes.end(), '\n'));
  }

  static std::vector<std::string> SortedLines(const TempFile& file) {
    std::vector<std::string> lines =
        absl::StrSplit(file.Read(), '\n', absl::SkipEmpty());
    std::sort(lines.begin(), lines.end());
    return lines;
  }

  absl::Mutex mutex_;
  int64_t asked_ ABSL_GUARDED_BY(mutex_) = 0;
  int64_t bound_ ABSL_GUARDED_BY(mutex_) = kNoBound;
  FakeServer server_;
  const TempFile in_{"killed_backfill_test"};
  const TempFile out_{"killed_backfill_test"};
};

TEST_F(KilledBackfillTest, EachArticleHasOneLineWhateverTheMoment) {
  const TempFile undisturbed("killed_backfill_test");
  EXPECT_EQ(Start(undisturbed, "--resume").Wait(), 1);
  const std::vector<std::string> expected = SortedLines(undisturbed);
  ASSERT_THAT(expected, SizeIs(kArticles));
  ASSERT_THAT(expected, Contains(HasSubstr("\"error\"")).Times(kErrors));

  for (const char* flag : {"--resume", "--retry_errors"}) {
    out_.Write("");
    int kills = 0;
    while (WholeLines(out_) + kMostAsked + kSlack < kArticles) {
      const int64_t until = AllowOnly(kAsked[kills % std::size(kAsked)]);
      Quoth quoth = Start(out_, flag);
      AwaitAsked(until);
      quoth.Kill();
      ASSERT_EQ(quoth.Wait(), -SIGKILL);
      AllowAll();
      ++kills;
    }
    EXPECT_GT(kills, static_cast<int>(std::size(kAsked))) << flag;
    EXPECT_GE(Start(out_, flag).Wait(), 0);
    EXPECT_EQ(SortedLines(out_), expected) << flag;
  }
}

}  // namespace
}  // namespace quoth::client
