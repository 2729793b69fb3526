// A backfill over real connections: nothing lost, nothing done twice, whatever
// happens meanwhile. The servers are Quoth's own, with an engine that takes the
// whole text for a claim.

#include "client/backfill.h"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <memory>
#include <string>
#include <thread>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "absl/synchronization/notification.h"
#include "absl/time/clock.h"
#include "client/json_line.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "server/rpc/server.h"
#include "tests/client/backfill_fixture.h"
#include "tests/client/temp_file.h"
#include "tests/rpc/fake_extractor.h"

namespace quoth::client {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

std::unique_ptr<Server> StartServer(const Extractor& extractor, int port = 0) {
  ServerOptions options;
  options.address = absl::StrCat("127.0.0.1:", port);
  options.workers = 2;
  // A port may take a moment to be free again.
  for (int i = 0; i < 100; ++i) {
    absl::StatusOr<std::unique_ptr<Server>> server =
        Server::Start(extractor, options);
    if (server.ok()) return *std::move(server);
    absl::SleepFor(absl::Milliseconds(50));
  }
  ADD_FAILURE() << "no server on port " << port;
  abort();
}

class BackfillTest : public BackfillFixture {
 protected:
  BackfillTest()
      : extractor_([this](std::string_view text, const ExtractOptions& o) {
          {
            absl::MutexLock lock(&mutex_);
            ++asked_[std::string(text)];
          }
          absl::SleepFor(work_);
          if (absl::StrContains(absl::string_view(text.data(), text.size()),
                                "refused")) {
            return absl::StatusOr<Extraction>(
                absl::InvalidArgumentError("cannot be read"));
          }
          return ExtractAll(text, o);
        }) {}

  static std::string Address(const Server& server) {
    return absl::StrCat("127.0.0.1:", server.port());
  }

  absl::Mutex mutex_;
  std::map<std::string, int> asked_;  // How often each text came.
  absl::Duration work_ = absl::ZeroDuration();
  FakeExtractor extractor_;
};

TEST_F(BackfillTest, EveryArticleHasItsLine) {
  in_.Write(ArticleLines(200));
  const auto server = StartServer(extractor_);
  EXPECT_EQ(Run(Address(*server)), kExitOk);
  ExpectAllAnswered(200);
  EXPECT_EQ(err_.str(), "quoth: 200 answered\n");
  EXPECT_THAT(Lines()[0], HasSubstr("\"articleId\":\"a"));
}

TEST_F(BackfillTest, FilesOfAnArticleEach) {
  const TempFile a("backfill_test", "Lee said no.");
  const TempFile b("backfill_test", "Kim said yes.");
  options_.input_jsonl = false;
  options_.files = {a.name(), "/nonexistent/file", b.name()};
  const auto server = StartServer(extractor_);
  EXPECT_EQ(Run(Address(*server)), kExitFailed);
  EXPECT_THAT(Lines(), SizeIs(3));
  EXPECT_THAT(out_.Read(), HasSubstr(JsonMember("file", b.name())));
  EXPECT_THAT(err_.str(), HasSubstr("2 answered, 1 failed\n"));
}

TEST_F(BackfillTest, NoArticles) {
  const auto server = StartServer(extractor_);
  EXPECT_EQ(Run(Address(*server)), kExitOk);
  EXPECT_EQ(out_.Read(), "");
}

// Whatever a run left behind, byte by byte, the next one completes it and asks
// only for what is missing.
TEST_F(BackfillTest, ResumesFromAnyPointOfInterruption) {
  in_.Write(ArticleLines(12));
  const auto server = StartServer(extractor_);
  ASSERT_EQ(Run(Address(*server)), kExitOk);
  const std::string whole = out_.Read();
  EXPECT_EQ(Run(Address(*server)), kExitFailed);
  EXPECT_THAT(err_.str(), HasSubstr("Use --resume"));
  EXPECT_EQ(out_.Read(), whole);

  options_.resume = true;
  for (size_t length = 0; length <= whole.size(); length += 97) {
    const std::string left = whole.substr(0, length);
    out_.Write(left);
    asked_.clear();
    EXPECT_EQ(Run(Address(*server)), kExitOk);
    ExpectAllAnswered(12);
    const int lines =
        static_cast<int>(std::count(left.begin(), left.end(), '\n'));
    EXPECT_THAT(asked_, SizeIs(12 - lines));
    for (const auto& [text, times] : asked_) EXPECT_EQ(times, 1) << text;
  }
}

TEST_F(BackfillTest, AServerThatRestartsIsWaitedFor) {
  constexpr int kArticles = 300;
  in_.Write(ArticleLines(kArticles));
  work_ = absl::Milliseconds(2);
  auto server = StartServer(extractor_);
  const int port = server->port();
  absl::Notification done;
  std::thread restarts([&] {
    for (int i = 0; i < 3; ++i) {
      // Once it has work to do.
      const size_t wanted = 60 * (i + 1);
      const auto has_work = [&]() ABSL_SHARED_LOCKS_REQUIRED(mutex_) {
        return asked_.size() >= wanted;
      };
      {
        absl::MutexLock lock(&mutex_);
        mutex_.Await(absl::Condition(&has_work));
      }
      server.reset();
      server = StartServer(extractor_, port);
    }
    done.WaitForNotification();
  });
  EXPECT_EQ(Run(absl::StrCat("127.0.0.1:", port)), kExitOk) << err_.str();
  done.Notify();
  restarts.join();
  ExpectAllAnswered(kArticles);
  EXPECT_THAT(asked_, SizeIs(kArticles));
}

TEST_F(BackfillTest, ErrorsAreLinesThatOnlyRetryErrorsTriesAgain) {
  in_.Write(ArticleLines(3) +
            "{\"id\":\"bad\",\"text\":\"refused\"}\n"
            "no JSON\n");
  const auto server = StartServer(extractor_);
  EXPECT_EQ(Run(Address(*server)), kExitFailed);
  EXPECT_THAT(Lines(), SizeIs(5));
  EXPECT_THAT(out_.Read(),
              HasSubstr("{\"id\":\"bad\",\"error\":{\"code\":\"INVALID"));
  EXPECT_THAT(out_.Read(),
              HasSubstr(absl::StrCat(JsonMember("line", in_.name() + ":5"),
                                     ",\"error\":{\"code\":\"INVALID")));
  EXPECT_THAT(err_.str(), HasSubstr("3 answered, 2 failed\n"));

  options_.resume = true;
  EXPECT_EQ(Run(Address(*server)), kExitOk);
  EXPECT_EQ(asked_["refused"], 1);
  EXPECT_THAT(err_.str(), HasSubstr("0 answered, 5 answered before\n"));

  in_.Write(ArticleLines(5));
  options_.retry_errors = true;
  EXPECT_EQ(Run(Address(*server)), kExitOk);
  EXPECT_THAT(err_.str(), HasSubstr("2 answered, 3 answered before\n"));
  ExpectAllAnswered(5);
}

TEST_F(BackfillTest, TheSameNameTwiceIsToldAndDoneOnce) {
  in_.Write(ArticleLines(2) + ArticleLines(1));
  const auto server = StartServer(extractor_);
  EXPECT_EQ(Run(Address(*server)), kExitFailed);
  ExpectAllAnswered(2);
  EXPECT_THAT(err_.str(), HasSubstr("passed over"));
}

TEST_F(BackfillTest, AServerThatStaysAwayLeavesNoLines) {
  in_.Write(ArticleLines(5));
  std::string address;
  {
    const auto server = StartServer(extractor_);
    address = Address(*server);
  }
  options_.timeout = absl::Milliseconds(200);
  EXPECT_EQ(Run(address), kExitFailed);
  EXPECT_EQ(out_.Read(), "");
  EXPECT_THAT(err_.str(), HasSubstr("--resume goes on"));
  EXPECT_THAT(err_.str(), HasSubstr("Is quothd running"));
}

TEST_F(BackfillTest, AMissingInputIsToldAtOnce) {
  options_.files = {"/nonexistent/file"};
  const auto server = StartServer(extractor_);
  EXPECT_EQ(Run(Address(*server)), kExitFailed);
  EXPECT_THAT(err_.str(), HasSubstr("/nonexistent/file: cannot be opened"));
}

}  // namespace
}  // namespace quoth::client
