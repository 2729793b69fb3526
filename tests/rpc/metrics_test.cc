#include "server/rpc/metrics.h"

#include <sched.h>
#include <sys/mount.h>
#include <unistd.h>

#include <cmath>
#include <cstdio>
#include <map>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "server/rpc/process_stats.h"

namespace quoth {
namespace {

using ::testing::HasSubstr;
using ::testing::MatchesRegex;
using ::testing::Not;

// The samples of a page by their names with labels.
std::map<std::string, double> Samples(const std::string& page) {
  std::map<std::string, double> samples;
  for (const std::string& line : std::vector<std::string>(
           absl::StrSplit(page, '\n', absl::SkipEmpty()))) {
    if (line[0] == '#') continue;
    EXPECT_THAT(line,
                MatchesRegex("[a-z_]+(\\{([a-z_]+=\"[^\"]*\",?)+\\})? [^ ]+"));
    const size_t blank = line.rfind(' ');
    double value = 0;
    EXPECT_TRUE(absl::SimpleAtod(line.substr(blank + 1), &value)) << line;
    EXPECT_TRUE(samples.emplace(line.substr(0, blank), value).second) << line;
  }
  return samples;
}

CallRecord GoodCall() {
  CallRecord record;
  record.bytes_in = 5000;
  record.bytes_out = 40000;
  record.queue = absl::Milliseconds(20);
  record.total = absl::Milliseconds(150);
  record.work.read = true;
  record.work.claims = 7;
  record.work.engine.words = 800;
  record.work.engine.pieces = 1000;
  record.work.engine.text = absl::Microseconds(200);
  record.work.engine.model = absl::Milliseconds(90);
  record.work.engine.claims = absl::Milliseconds(2);
  record.work.engine.speakers = absl::Milliseconds(4);
  record.work.conversion = absl::Milliseconds(1);
  return record;
}

constexpr char kUnary[] =
    "grpc_method=\"quoth.v1.AttributionService/ExtractClaims\"";

TEST(MetricsTest, CountsACall) {
  Metrics metrics("quoth-en 1");
  metrics.Start(Method::kExtractClaims);
  metrics.Finish(GoodCall());
  const auto samples = Samples(metrics.Page());
  const std::string call = absl::StrCat("{", kUnary, ",grpc_status=\"OK\"}");
  const std::map<std::string, double> kExpected = {
      {absl::StrCat("grpc_server_call_started_total{", kUnary, "}"), 1},
      {"grpc_server_call_duration_seconds_count" + call, 1},
      {"grpc_server_call_duration_seconds_sum" + call, 0.15},
      {"grpc_server_call_sent_total_compressed_message_size_bytes_sum" + call,
       40000},
      {"grpc_server_call_rcvd_total_compressed_message_size_bytes_sum" + call,
       5000},
      {"quoth_articles_total", 1},
      {"quoth_words_total", 800},
      {"quoth_pieces_total", 1000},
      {"quoth_claims_per_article_sum", 7},
      {"quoth_queue_wait_seconds_sum", 0.02},
      {"quoth_stage_duration_seconds_sum{stage=\"text\"}", 0.0002},
      {"quoth_stage_duration_seconds_sum{stage=\"model\"}", 0.09},
      {"quoth_stage_duration_seconds_sum{stage=\"claims\"}", 0.002},
      {"quoth_stage_duration_seconds_sum{stage=\"speakers\"}", 0.004},
      {"quoth_stage_duration_seconds_sum{stage=\"conversion\"}", 0.001},
  };
  for (const auto& [name, value] : kExpected) {
    ASSERT_TRUE(samples.count(name)) << name << "\n" << metrics.Page();
    EXPECT_NEAR(samples.at(name), value, 1e-9) << name;
  }
  EXPECT_THAT(metrics.Page(), HasSubstr("model_version=\"quoth-en 1\""));
}

TEST(MetricsTest, CountsErrorsByReasonAndItemsApart) {
  Metrics metrics("m");
  CallRecord refused;
  refused.work.outcome = {absl::StatusCode::kResourceExhausted, "OVERLOADED"};
  metrics.Finish(refused);
  metrics.Finish(refused);
  CallRecord item = GoodCall();
  item.method = Method::kStreamExtractClaims;
  item.item = 1;
  metrics.Finish(item);
  item.item = 2;
  item.work.outcome = {absl::StatusCode::kInvalidArgument, "INVALID_UTF8"};
  metrics.Finish(item);
  const auto samples = Samples(metrics.Page());
  EXPECT_EQ(samples.at("quoth_requests_failed_total{reason=\"OVERLOADED\"}"),
            2);
  EXPECT_EQ(samples.at("quoth_requests_failed_total{reason=\"INVALID_UTF8\"}"),
            1);
  EXPECT_EQ(
      samples.at(absl::StrCat("grpc_server_call_duration_seconds_count{",
                              kUnary, ",grpc_status=\"RESOURCE_EXHAUSTED\"}")),
      2);
  EXPECT_EQ(samples.at("quoth_stream_items_total"), 2);
  EXPECT_EQ(samples.at("quoth_articles_total"), 1);  // One was not answered.
  // Items are no calls.
  EXPECT_THAT(metrics.Page(),
              Not(HasSubstr("grpc_status=\"INVALID_ARGUMENT\"")));
}

TEST(MetricsTest, AsksHowFullTheServerIs) {
  Metrics metrics("m");
  Levels levels;
  metrics.SetLevels([&] { return levels; });
  levels = {.queued_calls = 3,
            .queued_items = 4,
            .items_without_room = 5,
            .queue_length = 64,
            .workers = 2,
            .busy_workers = 1,
            .live_calls = 6,
            .open_streams = 7,
            .dropped_log_lines = 8,
            .refused_at_door = 9};
  CallRecord refused;
  refused.work.outcome = {absl::StatusCode::kUnauthenticated,
                          "UNAUTHENTICATED"};
  metrics.Finish(refused);
  const auto samples = Samples(metrics.Page());
  EXPECT_EQ(samples.at("quoth_queue_depth{kind=\"call\"}"), 3);
  EXPECT_EQ(samples.at("quoth_queue_depth{kind=\"item\"}"), 4);
  EXPECT_EQ(samples.at("quoth_streams_without_room"), 5);
  EXPECT_EQ(samples.at("quoth_queue_length"), 64);
  EXPECT_EQ(samples.at("quoth_workers"), 2);
  EXPECT_EQ(samples.at("quoth_workers_busy"), 1);
  EXPECT_EQ(samples.at("quoth_calls_live"), 6);
  EXPECT_EQ(samples.at("quoth_streams_open"), 7);
  EXPECT_EQ(samples.at("quoth_request_log_dropped_total"), 8);
  // Those of our own service are counted here.
  EXPECT_EQ(samples.at("quoth_unauthenticated_total"), 9 + 1);
}

TEST(MetricsTest, ManyThreadsLoseNothing) {
  Metrics metrics("m");
  constexpr int kThreads = 4, kEach = 500;
  std::vector<std::thread> threads;
  for (int t = 0; t < kThreads; ++t) {
    threads.emplace_back([&] {
      CallRecord good = GoodCall();
      CallRecord bad;
      bad.work.outcome = {absl::StatusCode::kInternal, "INTERNAL"};
      for (int i = 0; i < kEach; ++i) {
        metrics.Start(Method::kExtractClaims);
        metrics.Finish(i % 2 == 0 ? good : bad);
        if (i % 100 == 0) metrics.Page();
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  const auto samples = Samples(metrics.Page());
  EXPECT_EQ(
      samples.at(absl::StrCat("grpc_server_call_started_total{", kUnary, "}")),
      kThreads * kEach);
  EXPECT_EQ(samples.at("quoth_articles_total"), kThreads * kEach / 2);
  EXPECT_EQ(samples.at("quoth_requests_failed_total{reason=\"INTERNAL\"}"),
            kThreads * kEach / 2);
}

TEST(MetricsTest, NoMetricHasMoreSeriesThanTheServerHasReasons) {
  // Whatever callers send: records differ, the page does not grow.
  Metrics metrics("m");
  const auto send = [&](int i) {
    CallRecord record = GoodCall();
    record.request_id = absl::StrCat("id-", i);
    record.caller = absl::StrCat("caller-", i);
    record.bytes_in = i;
    metrics.Finish(record);
  };
  send(0);
  const size_t before = Samples(metrics.Page()).size();
  for (int i = 1; i < 100; ++i) send(i);
  EXPECT_EQ(Samples(metrics.Page()).size(), before);
  EXPECT_THAT(metrics.Page(), Not(HasSubstr("id-")));
  EXPECT_THAT(metrics.Page(), Not(HasSubstr("caller-")));
}

TEST(MetricsTest, KnowsTheProcess) {
  const ProcessStats stats = ReadProcessStats();
  EXPECT_GT(stats.resident_bytes, 1 << 20);
  EXPECT_GT(stats.virtual_bytes, stats.resident_bytes);
  EXPECT_GE(stats.threads, 1);
  EXPECT_GE(stats.open_files, 3);
  EXPECT_GT(stats.max_open_files, stats.open_files);
  // After the year 2020, and not in the future.
  EXPECT_GT(stats.start_time, 1577836800);
  EXPECT_LE(stats.start_time, absl::ToUnixSeconds(absl::Now()) + 1);
  const auto samples = Samples(Metrics("m").Page());
  EXPECT_GT(samples.at("process_resident_memory_bytes"), 1 << 20);
  EXPECT_GT(samples.at("process_open_fds"), 2);
}

// In the sandbox of the packaged unit (ProcSubset=pid), a service sees
// processes in /proc and nothing else.
TEST(MetricsDeathTest, KnowsWhenItStartedWhereProcIsHidden) {
  // A process of its own, in which nothing was asked before.
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  const auto look = [] {
    if (unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0 ||
        mount("/dev/null", "/proc/stat", nullptr, MS_BIND, nullptr) != 0) {
      std::fputs("started: cannot be hidden here", stderr);
      _exit(0);
    }
    const double age =
        absl::ToUnixSeconds(absl::Now()) - ReadProcessStats().start_time;
    // It was started by this test.
    std::fputs(std::abs(age) < 600 ? "started: a while ago" : "started: wrong",
               stderr);
    _exit(0);
  };
  EXPECT_EXIT(look(), testing::ExitedWithCode(0),
              "started: (cannot|a while ago)");
}

}  // namespace
}  // namespace quoth
