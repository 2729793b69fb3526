#include "server/rpc/request_log.h"

#include <fcntl.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "gmock/gmock.h"
#include "google/protobuf/struct.pb.h"
#include "google/protobuf/util/json_util.h"
#include "gtest/gtest.h"

namespace quoth {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// Both ends of a pipe: the log writes into one, the test reads the other.
class Pipe {
 public:
  Pipe() { EXPECT_EQ(pipe2(ends_, O_CLOEXEC), 0); }
  ~Pipe() {
    CloseReader();
    CloseWriter();
  }
  int writer() const { return ends_[1]; }
  void CloseReader() { Close(ends_[0]); }
  void CloseWriter() { Close(ends_[1]); }

  // Until the writer is closed.
  std::string ReadAll() {
    std::string all;
    char buffer[4096];
    for (ssize_t n; (n = read(ends_[0], buffer, sizeof(buffer))) > 0;) {
      all.append(buffer, static_cast<size_t>(n));
    }
    return all;
  }

 private:
  static void Close(int& fd) {
    if (fd >= 0) close(fd);
    fd = -1;
  }
  int ends_[2] = {-1, -1};
};

RequestLogOptions Options(RequestLogMode mode, const Pipe& pipe) {
  RequestLogOptions options;
  options.mode = mode;
  options.fd = pipe.writer();
  return options;
}

CallRecord Record(const std::string& id) {
  CallRecord record;
  record.request_id = id;
  record.began = absl::FromUnixMillis(1795523940123);
  record.bytes_in = 5321;
  record.bytes_out = 40211;
  record.queue = absl::Microseconds(41);
  record.total = absl::Microseconds(92874);
  record.work.work = absl::Microseconds(92310);
  record.work.engine.words = 812;
  record.work.claims = 14;
  return record;
}

// Fails if the line is no JSON object.
void ExpectJson(const std::string& line) {
  google::protobuf::Struct parsed;
  const auto status =
      google::protobuf::util::JsonStringToMessage(line, &parsed);
  EXPECT_TRUE(status.ok()) << status.ToString() << ": " << line;
}

// The number of a field; 0 if it is not there.
int64_t NumberIn(const std::string& line, const std::string& key) {
  ExpectJson(line);
  const size_t at = line.find(absl::StrCat("\"", key, "\":"));
  return at == std::string::npos
             ? 0
             : std::strtoll(line.c_str() + at + key.size() + 3, nullptr, 10);
}

std::vector<std::string> Lines(const std::string& text) {
  std::vector<std::string> lines = absl::StrSplit(text, '\n');
  EXPECT_EQ(lines.back(), "");
  lines.pop_back();
  return lines;
}

TEST(RequestLogTest, ALineForEachKindOfRequest) {
  CallRecord call = Record("r1");
  call.caller = "desk";
  EXPECT_EQ(FormatLine(call),
            "{\"time\":\"2026-11-24T12:39:00.215874Z\",\"request_id\":\"r1\","
            "\"caller\":\"desk\",\"method\":\"ExtractClaims\",\"status\":"
            "\"OK\",\"bytes_in\":5321,\"bytes_out\":40211,\"words\":812,"
            "\"claims\":14,\"queue_ms\":0.041,\"work_ms\":92.310,"
            "\"total_ms\":92.874}\n");

  CallRecord item = Record("r2");
  item.method = Method::kStreamExtractClaims;
  item.item = 3;
  item.work.outcome = {absl::StatusCode::kInvalidArgument, "TEXT_TOO_LONG"};
  EXPECT_THAT(FormatLine(item),
              HasSubstr("\"item\":3,\"status\":\"INVALID_ARGUMENT\","
                        "\"reason\":\"TEXT_TOO_LONG\","));

  CallRecord stream = Record("r2");
  stream.method = Method::kStreamExtractClaims;
  stream.items = 500;
  EXPECT_THAT(FormatLine(stream), HasSubstr("\"items\":500,\"total_ms\""));

  CallRecord info = Record("r3");
  info.method = Method::kGetServerInfo;
  EXPECT_THAT(FormatLine(info), Not(HasSubstr("words")));
}

TEST(RequestLogTest, EveryLineIsJson) {
  CallRecord record = Record("r1");
  for (const std::string& caller :
       {std::string("a \"quoted\" \\ name"), std::string("two\nlines"),
        std::string("\x00\x1F\x7F\xFF", 4), std::string("naïve"),
        std::string(100000, 'x')}) {
    record.caller = caller;
    const std::string line = FormatLine(record);
    EXPECT_LT(line.size(), 2000);
    EXPECT_EQ(line.find('\n'), line.size() - 1);
    EXPECT_EQ(NumberIn(line, "words"), 812);
  }
}

TEST(RequestLogTest, StringsAreEscaped) {
  CallRecord record = Record("r1");
  record.caller = "a \"b\" \\ c\n";
  EXPECT_THAT(FormatLine(record),
              HasSubstr("\"caller\":\"a \\\"b\\\" \\\\ c\\u000a\""));
}

TEST(RequestLogTest, ModesAreNamed) {
  EXPECT_EQ(ParseRequestLogMode("off"), RequestLogMode::kOff);
  EXPECT_EQ(ParseRequestLogMode("errors"), RequestLogMode::kErrors);
  EXPECT_EQ(ParseRequestLogMode("on"), RequestLogMode::kOn);
  EXPECT_EQ(ParseRequestLogMode("yes"), std::nullopt);
  EXPECT_EQ(ParseRequestLogMode(""), std::nullopt);
}

TEST(RequestLogTest, WritesWhatItsModeSays) {
  const struct {
    RequestLogMode mode;
    size_t lines;
  } kCases[] = {{RequestLogMode::kOff, 0},
                {RequestLogMode::kErrors, 1},
                {RequestLogMode::kOn, 2}};
  for (const auto& c : kCases) {
    Pipe pipe;
    {
      RequestLog log(Options(c.mode, pipe));
      CallRecord record = Record("good");
      log.Write(record);
      record.request_id = "bad";
      record.work.outcome = {absl::StatusCode::kInternal, "INTERNAL"};
      log.Write(record);
      EXPECT_EQ(log.dropped(), 0);
    }
    pipe.CloseWriter();
    const std::string all = pipe.ReadAll();
    EXPECT_EQ(Lines(all).size(), c.lines);
    EXPECT_EQ(absl::StrContains(all, "bad"), c.lines > 0);
  }
}

TEST(RequestLogTest, LinesOfManyThreadsStayWhole) {
  Pipe pipe;
  std::string all;
  std::thread reader([&] { all = pipe.ReadAll(); });
  constexpr int kThreads = 4, kEach = 500;
  {
    RequestLog log(Options(RequestLogMode::kOn, pipe));
    std::vector<std::thread> writers;
    for (int t = 0; t < kThreads; ++t) {
      writers.emplace_back([&log, t] {
        for (int i = 0; i < kEach; ++i) {
          log.Write(Record(absl::StrCat(t, "-", i)));
        }
      });
    }
    for (std::thread& writer : writers) writer.join();
    EXPECT_EQ(log.dropped(), 0);
  }
  pipe.CloseWriter();
  reader.join();
  const std::vector<std::string> lines = Lines(all);
  EXPECT_EQ(lines.size(), kThreads * kEach);
  for (const std::string& line : lines) {
    EXPECT_EQ(NumberIn(line, "claims"), 14);
  }
}

TEST(RequestLogTest, AReaderThatDoesNotReadHoldsUpNobody) {
  Pipe pipe;
  RequestLogOptions options = Options(RequestLogMode::kOn, pipe);
  options.max_buffered_bytes = 10000;
  options.flush_timeout = absl::Minutes(5);
  auto log = std::make_unique<RequestLog>(options);
  // More than the pipe (64 KiB) and the buffer hold: would block for ever.
  constexpr int kLines = 2000;
  for (int i = 0; i < kLines; ++i) log->Write(Record(absl::StrCat(i)));
  const uint64_t dropped = log->dropped();
  EXPECT_GT(dropped, 0);

  // When it reads again, it is told what it missed, and what comes now.
  std::string all;
  std::thread reader([&] { all = pipe.ReadAll(); });
  while (true) {
    const uint64_t before = log->dropped();
    log->Write(Record("after"));
    if (log->dropped() == before) break;
    absl::SleepFor(absl::Milliseconds(1));
  }
  log.reset();
  pipe.CloseWriter();
  reader.join();
  int lines = 0;
  int64_t missed = 0;
  for (const std::string& line : Lines(all)) {
    const int64_t dropped_here = NumberIn(line, "dropped_lines");
    missed += dropped_here;
    if (dropped_here == 0) ++lines;
  }
  EXPECT_GT(missed, 0);
  EXPECT_GT(lines, 0);
}

TEST(RequestLogTest, TheEndDoesNotWaitForAReaderThatDoesNotRead) {
  Pipe pipe;
  RequestLogOptions options = Options(RequestLogMode::kOn, pipe);
  options.flush_timeout = absl::ZeroDuration();
  RequestLog log(options);
  for (int i = 0; i < 2000; ++i) log.Write(Record(absl::StrCat(i)));
}

TEST(RequestLogTest, AReaderThatIsGoneEndsNothing) {
  Pipe pipe;
  pipe.CloseReader();
  RequestLog log(Options(RequestLogMode::kOn, pipe));
  log.Write(Record("r1"));
  // Not the SIGPIPE that would have ended this program.
  while (log.dropped() == 0) absl::SleepFor(absl::Milliseconds(1));
  log.Write(Record("r2"));
}

}  // namespace
}  // namespace quoth
