// What a server promises under too much load, measured from outside:
//
//   overload --address=127.0.0.1:50051 --metrics_port=9464
//   overload --fake_ms=20          # A server of its own, that only sleeps.
//
// 1. a closed loop finds what the server can answer at most (its capacity);
// 2. an open loop offers --factor times as much, every call with a deadline;
// 3. it is measured how soon after that a lone call is as fast as before;
// 4. with --soak, a mix of calls, streams, cancellations, bad calls and new
//    connections runs for so long.
//
// Prints a table, and exits with 1 if a promise was broken that does not depend
// on the clock: a call that was lost, failed without reason or was answered
// differently, a load of which nothing was answered, something left over, or
// memory that grows. Goodput and times are printed, and judged only where
// --min_goodput, --max_p99 and --max_recovery say so: other programs may be
// running.

#include <algorithm>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "server/rpc/server.h"
#include "tests/bench/articles.h"
#include "tests/bench/promises.h"
#include "tests/bench/traffic.h"
#include "tests/rpc/fake_extractor.h"
#include "tests/rpc/http.h"

ABSL_FLAG(std::string, address, "127.0.0.1:50051", "where the server listens");
ABSL_FLAG(int, metrics_port, 0, "where it serves its metrics, on this host");
ABSL_FLAG(int, fake_ms, 0,
          "start a server here that sleeps so long an article, in place of the "
          "one at --address");
ABSL_FLAG(absl::Duration, duration, absl::Seconds(10), "of each phase");
ABSL_FLAG(absl::Duration, soak, absl::ZeroDuration(), "of the mix at the end");
ABSL_FLAG(double, factor, 3, "how many times the capacity is offered");
ABSL_FLAG(absl::Duration, deadline, absl::Seconds(2),
          "of the calls of the open loop");
ABSL_FLAG(int, connections, 4, "that the calls share");
ABSL_FLAG(double, min_goodput, 0,
          "what must be answered under too much load, as a part of the "
          "capacity; 0: not judged");
ABSL_FLAG(absl::Duration, max_p99, absl::InfiniteDuration(),
          "the longest that the 99th percentile of the calls answered under "
          "too much load may be");
ABSL_FLAG(absl::Duration, max_recovery, absl::InfiniteDuration(),
          "the longest until a lone call is as fast as before");

namespace quoth {
namespace {

// What memory may grow by after the server is warm: allocators keep some, and
// what that is differs from run to run.
constexpr double kGrowthMegabytes = 32;
constexpr double kGrowthShare = 0.15;

double Sample(int port, const std::string& name) {
  const std::string page = HttpGet(port, "/metrics");
  for (const auto line : absl::StrSplit(page, '\n')) {
    double value = 0;
    if (line.size() > name.size() && line.substr(0, name.size()) == name &&
        line[name.size()] == ' ' &&
        absl::SimpleAtod(line.substr(name.size() + 1), &value)) {
      return value;
    }
  }
  return -1;
}

double Megabytes(int port) {
  return Sample(port, "process_resident_memory_bytes") / 1e6;
}

class FakeServer {
 public:
  explicit FakeServer(int milliseconds)
      : extractor_([milliseconds](std::string_view utf8,
                                  const ExtractOptions& options) {
          // In windows, as the engine reads.
          for (int i = 0; i < 10; ++i) {
            const absl::Status alive = options.alive();
            if (!alive.ok()) return absl::StatusOr<Extraction>(alive);
            absl::SleepFor(absl::Milliseconds(milliseconds) / 10);
          }
          return ExtractAll(utf8, options);
        }) {
    ServerOptions options;
    options.address = "127.0.0.1:0";
    options.metrics_address = "127.0.0.1:0";
    auto started = Server::Start(extractor_, options);
    if (!started.ok()) {
      std::fprintf(stderr, "%s\n", started.status().ToString().c_str());
      std::exit(2);
    }
    server_ = *std::move(started);
  }
  const Server& server() const { return *server_; }

 private:
  const FakeExtractor extractor_;
  std::unique_ptr<Server> server_;
};

void PrintRow(const char* phase, const Tally& tally, double megabytes) {
  std::printf(
      "| %-15s | %6d | %6d | %6d | %5d | %5d | %4d | %7.2f | %6.3f "
      "| %6.3f | %6.3f | %5.0f |\n",
      phase, tally.sent, tally.answered, tally.refused, tally.expired,
      tally.cancelled, tally.failed + tally.wrong + tally.lost,
      tally.per_second(), Quantile(tally.answered_seconds, 0.5),
      Quantile(tally.answered_seconds, 0.99),
      Quantile(tally.refused_seconds, 0.99), megabytes);
  std::fflush(stdout);
}

// How long after now it takes until a lone call is answered within twice the
// time that it took before the load.
absl::Duration TimeToRecover(Traffic& traffic) {
  const absl::Time began = absl::Now();
  while (absl::Now() < began + absl::Minutes(5)) {
    const double seconds = traffic.Probe();
    if (seconds >= 0 && seconds <= 2 * traffic.unloaded_seconds()) break;
    if (seconds < 0) absl::SleepFor(absl::Milliseconds(20));
  }
  return absl::Now() - began;
}

double Mean(std::vector<double>::const_iterator begin,
            std::vector<double>::const_iterator end) {
  double sum = 0;
  for (auto it = begin; it != end; ++it) sum += *it;
  return begin == end ? 0 : sum / static_cast<double>(end - begin);
}

bool Grew(double before, double after, const char* when) {
  const double allowed = std::max(kGrowthMegabytes, kGrowthShare * before);
  if (after - before <= allowed) return false;
  std::printf("BROKEN: memory grew from %.0f to %.0f MB %s\n", before, after,
              when);
  return true;
}

// Nothing is left of calls that are over.
bool AnythingLeft(int port) {
  const char* const kGauges[] = {
      "quoth_calls_live", "quoth_streams_open", "quoth_workers_busy",
      "quoth_queue_depth{kind=\"call\"}", "quoth_queue_depth{kind=\"item\"}"};
  bool left = false;
  for (const char* gauge : kGauges) {
    // What was cancelled may take a window longer.
    for (int i = 0; i < 100 && Sample(port, gauge) > 0; ++i) {
      absl::SleepFor(absl::Milliseconds(100));
    }
    if (Sample(port, gauge) != 0) {
      std::printf("BROKEN: %s is %g at rest\n", gauge, Sample(port, gauge));
      left = true;
    }
  }
  return left;
}

int Run() {
  std::unique_ptr<FakeServer> fake;
  std::string address = absl::GetFlag(FLAGS_address);
  int metrics_port = absl::GetFlag(FLAGS_metrics_port);
  if (const int milliseconds = absl::GetFlag(FLAGS_fake_ms); milliseconds > 0) {
    fake = std::make_unique<FakeServer>(milliseconds);
    address = absl::StrCat("127.0.0.1:", fake->server().port());
    metrics_port = fake->server().metrics_port();
  }
  if (metrics_port == 0) {
    std::fprintf(stderr,
                 "--metrics_port is needed: there the server says "
                 "what is left, and its memory\n");
    return 2;
  }
  const absl::Duration duration = absl::GetFlag(FLAGS_duration);
  Traffic traffic(address, OrdinaryArticles(32),
                  absl::GetFlag(FLAGS_connections));
  if (!traffic.Learn()) {
    std::fprintf(stderr, "no answers from %s\n", address.c_str());
    return 2;
  }
  const int workers =
      std::max(1, static_cast<int>(Sample(metrics_port, "quoth_workers")));
  std::printf("%d workers; a lone call takes %.3f s\n\n", workers,
              traffic.unloaded_seconds());
  std::printf(
      "| phase           |   sent | answ'd | refusd | expir | cancl "
      "| bad  | answ/s  | p50 s  | p99 s  | p99ref | RSS   |\n");
  std::printf("|---|---|---|---|---|---|---|---|---|---|---|---|\n");
  bool broken = false;

  // The first only warms caches, threads and allocators.
  traffic.Closed(2 * workers, std::min(duration, absl::Seconds(5)));
  const Tally closed = traffic.Closed(2 * workers, duration);
  const double before = Megabytes(metrics_port);
  PrintRow("closed loop", closed, before);
  broken |= closed.broken();

  absl::Duration recovery;
  std::thread prober;
  const Tally open = traffic.Open(
      absl::GetFlag(FLAGS_factor) * closed.per_second(), duration,
      absl::GetFlag(FLAGS_deadline), [&] {
        prober = std::thread([&] { recovery = TimeToRecover(traffic); });
      });
  prober.join();
  PrintRow(absl::StrCat("open, ", absl::GetFlag(FLAGS_factor), "x").c_str(),
           open, Megabytes(metrics_port));
  broken |= open.broken();
  broken |= AnythingLeft(metrics_port);
  const Tally after = traffic.Closed(2 * workers, duration / 2);
  PrintRow("closed, after", after, Megabytes(metrics_port));
  broken |= after.broken();
  broken |= Grew(before, Megabytes(metrics_port), "over the overload");

  const absl::Duration soak = absl::GetFlag(FLAGS_soak);
  if (soak > absl::ZeroDuration()) {
    std::vector<double> samples;
    const Tally mixed = traffic.Mixed(2 * workers, soak, [&](absl::Duration) {
      samples.push_back(Megabytes(metrics_port));
    });
    PrintRow("soak", mixed, Megabytes(metrics_port));
    broken |= mixed.broken();
    broken |= AnythingLeft(metrics_port);
    const auto quarter = static_cast<std::ptrdiff_t>(samples.size() / 4);
    broken |=
        Grew(Mean(samples.begin() + quarter, samples.begin() + 2 * quarter),
             Mean(samples.end() - quarter, samples.end()),
             "from the soak's second quarter to its last");
    const auto [low, high] =
        std::minmax_element(samples.begin(), samples.end());
    if (!samples.empty()) {
      std::printf("\nmemory in the soak: %.0f to %.0f MB\n", *low, *high);
    }
  }

  std::printf(
      "\ngoodput at %gx: %.0f %% of the capacity; a lone call was as "
      "fast as before %.2f s after the end\n",
      absl::GetFlag(FLAGS_factor), 100 * Goodput(closed, open),
      absl::ToDoubleSeconds(recovery));
  Promises promises;
  promises.min_goodput = absl::GetFlag(FLAGS_min_goodput);
  promises.max_p99 = absl::GetFlag(FLAGS_max_p99);
  promises.max_recovery = absl::GetFlag(FLAGS_max_recovery);
  for (const std::string& line :
       BrokenPromises(promises, closed, open, recovery)) {
    std::printf("BROKEN: %s\n", line.c_str());
    broken = true;
  }
  std::printf(broken ? "BROKEN\n" : "kept\n");
  return broken ? 1 : 0;
}

}  // namespace
}  // namespace quoth

int main(int argc, char** argv) {
  absl::ParseCommandLine(argc, argv);
  return quoth::Run();
}
