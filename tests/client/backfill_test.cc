// A backfill over real connections: nothing lost, nothing done twice, whatever
// happens meanwhile. The servers are Quoth's own, with an engine that takes the
// whole text for a claim, or one whose stream does what a test wants.

#include "client/backfill.h"

#include <atomic>
#include <map>
#include <memory>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/synchronization/mutex.h"
#include "absl/synchronization/notification.h"
#include "absl/time/clock.h"
#include "client/article_stream.h"
#include "client/json_line.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "server/rpc/server.h"
#include "tests/client/fake_server.h"
#include "tests/client/temp_file.h"
#include "tests/rpc/fake_extractor.h"

namespace quoth::client {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
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

std::string ArticleLines(int count) {
  std::string lines;
  for (int i = 0; i < count; ++i) {
    absl::StrAppend(&lines, "{\"id\":\"a", i, "\",\"text\":\"Text ", i,
                    " of them.\"}\n");
  }
  return lines;
}

class BackfillTest : public ::testing::Test {
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
        }) {
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
    const Caller caller(Connect(address), caller_options);
    err_.str("");
    std::ostringstream out;
    return RunBackfill(options_, caller,
                       Streams{out, err_, Terminal{}, Terminal{}});
  }

  static std::string Address(const Server& server) {
    return absl::StrCat("127.0.0.1:", server.port());
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
    EXPECT_THAT(lines, SizeIs(count));
    for (int i = 0; i < count; ++i) {
      EXPECT_THAT(lines[JsonMember("id", absl::StrCat("a", i))],
                  HasSubstr(absl::StrCat("\"text\":\"Text ", i, " of them.\"")))
          << i;
    }
  }

  absl::Mutex mutex_;
  std::map<std::string, int> asked_;  // How often each text came.
  absl::Duration work_ = absl::ZeroDuration();
  FakeExtractor extractor_;
  const TempFile in_{"backfill_test"};
  const TempFile out_{"backfill_test"};
  Options options_;
  std::ostringstream err_;
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

// ---- Against streams that misbehave ----

TEST_F(BackfillTest, AnArticleThatBringsTheServerDownIsFoundAndPassed) {
  in_.Write(ArticleLines(20) + "{\"id\":\"poison\",\"text\":\"poison\"}\n");
  FakeServer server;
  server.service.stream = [&](FakeService::ServerStream& stream) {
    v1::StreamExtractClaimsRequest item;
    while (stream.Read(&item)) {
      if (item.request().article().text() == "poison") {
        return grpc::Status(grpc::StatusCode::UNAVAILABLE, "Socket closed");
      }
      stream.Write(server.service.Answer(item));
    }
    return grpc::Status::OK;
  };
  EXPECT_EQ(Run(server.address()), kExitFailed);
  EXPECT_THAT(Lines(), SizeIs(21));
  EXPECT_THAT(out_.Read(),
              HasSubstr("{\"id\":\"poison\",\"error\":{\"code\":\"UNAVAIL"));
  EXPECT_THAT(err_.str(), HasSubstr("20 answered, 1 failed"));
}

TEST_F(BackfillTest, AnItemThatIsTurnedAwayComesAgain) {
  in_.Write(ArticleLines(10));
  FakeServer server;
  std::atomic<int> refusals = 0;
  server.service.extract = [&](const v1::ExtractClaimsRequest& request,
                               v1::ExtractClaimsResponse& response) {
    if (absl::StrContains(request.article().text(), "Text 3") &&
        ++refusals <= 2) {
      return RetryAfter(grpc::StatusCode::RESOURCE_EXHAUSTED,
                        absl::Milliseconds(10));
    }
    response.add_claims()->set_text(request.article().text());
    return grpc::Status::OK;
  };
  EXPECT_EQ(Run(server.address()), kExitOk) << err_.str();
  ExpectAllAnswered(10);
  EXPECT_EQ(refusals, 3);
}

TEST_F(BackfillTest, AServerThatRefusesStreamsIsNotAskedAgain) {
  in_.Write(ArticleLines(2));
  FakeServer server;
  std::atomic<int> streams = 0;
  server.service.stream = [&](FakeService::ServerStream&) {
    ++streams;
    return grpc::Status(grpc::StatusCode::PERMISSION_DENIED, "not you");
  };
  EXPECT_EQ(Run(server.address()), kExitFailed);
  EXPECT_EQ(streams, 1);
  EXPECT_EQ(out_.Read(), "");
  EXPECT_THAT(err_.str(), HasSubstr("not you (PERMISSION_DENIED)"));
  EXPECT_THAT(err_.str(), Not(HasSubstr("Is quothd running")));
}

TEST_F(BackfillTest, ASilentServerIsLeft) {
  in_.Write(ArticleLines(2));
  FakeServer server;
  server.service.stream = [&](FakeService::ServerStream& stream) {
    v1::StreamExtractClaimsRequest item;
    while (stream.Read(&item)) {
    }
    return grpc::Status::OK;
  };
  options_.timeout = absl::Milliseconds(300);
  EXPECT_EQ(Run(server.address()), kExitFailed);
  EXPECT_EQ(out_.Read(), "");
}

TEST_F(BackfillTest, AnswersToNothingAreIgnored) {
  in_.Write(ArticleLines(3));
  FakeServer server;
  server.service.extract = [](const v1::ExtractClaimsRequest& request,
                              v1::ExtractClaimsResponse& response) {
    response.add_claims()->set_text(request.article().text());
    return grpc::Status::OK;
  };
  server.service.stream = [&](FakeService::ServerStream& stream) {
    v1::StreamExtractClaimsRequest item;
    v1::StreamExtractClaimsResponse stray;
    while (stream.Read(&item)) {
      for (const char* id : {"", "77", "x", "-1", "99999999999999999999999"}) {
        stray.set_request_id(id);
        stream.Write(stray);
      }
      const auto answer = server.service.Answer(item);
      stream.Write(answer);
      stream.Write(answer);
    }
    return grpc::Status::OK;
  };
  EXPECT_EQ(Run(server.address()), kExitOk);
  ExpectAllAnswered(3);
}

// What is read ahead is bounded, however fast articles come.
TEST(ArticleStreamTest, NoMoreInFlightThanAskedFor) {
  FakeServer server;
  const Caller caller(Connect(server.address()), CallerOptions());
  for (const int in_flight : {1, 3, 8}) {
    ArticleStreamOptions options;
    options.in_flight = in_flight;
    std::atomic<int> read = 0;
    std::atomic<int> answered = 0;
    ArticleStream stream(
        caller, options,
        [&](const v1::Limits&)
            -> absl::StatusOr<std::optional<ArticleStream::Article>> {
          EXPECT_LT(read - answered, in_flight);
          if (read == 100) return std::nullopt;
          return ArticleStream::Article{absl::StrCat(read++), {}};
        },
        [&](const std::string&, const ArticleStream::Response& response) {
          EXPECT_TRUE(response.ok());
          ++answered;
          return absl::OkStatus();
        });
    EXPECT_TRUE(stream.Run().ok());
    EXPECT_EQ(answered, 100);
  }
}

TEST(ArticleStreamTest, AnAnswerThatCannotBeKeptEndsTheRun) {
  FakeServer server;
  const Caller caller(Connect(server.address()), CallerOptions());
  int read = 0;
  ArticleStream stream(
      caller, ArticleStreamOptions(),
      [&](const v1::Limits&)
          -> absl::StatusOr<std::optional<ArticleStream::Article>> {
        return ArticleStream::Article{absl::StrCat(read++), {}};
      },
      [](const std::string& key, const ArticleStream::Response&) {
        return key == "5" ? absl::ResourceExhaustedError("the disk is full")
                          : absl::OkStatus();
      });
  EXPECT_EQ(stream.Run().message(), "the disk is full");
}

}  // namespace
}  // namespace quoth::client
