// The server under load, from outside:
//
//   server_load --address=127.0.0.1:50051 --pid=$(pidof quothd) --own=68
//
// A closed loop of 1, 2, 4 ... connections, which finds how many articles a
// second the server can read, and an open loop at 10 %, 50 % and 90 % of that.
// A table of Markdown on standard output. With --own, articles a second also as
// a part of what the engine alone reads on this machine. With --pid, also the
// server's memory and what it took of the processor: on a machine that does
// other work, the last tells more than articles a second.

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_split.h"
#include "absl/time/time.h"
#include "tests/bench/articles.h"
#include "tests/bench/load.h"

ABSL_FLAG(std::string, address, "127.0.0.1:50051", "where quothd listens");
ABSL_FLAG(int, pid, 0, "the server's process, on this machine; 0: unknown");
ABSL_FLAG(int, max_connections, 16, "the closed loop's most");
ABSL_FLAG(absl::Duration, duration, absl::Seconds(5),
          "of each row of the closed loop");
ABSL_FLAG(absl::Duration, open_duration, absl::Seconds(30),
          "of each row of the open loop");
ABSL_FLAG(double, own, 0,
          "articles a second that the engine alone reads on as many cores; 0: "
          "unknown");

namespace quoth {
namespace {

// MB of resident memory: now, or the most so far.
double Megabytes(int pid, const std::string& field) {
  std::ifstream status(absl::StrCat("/proc/", pid, "/status"));
  for (std::string line; std::getline(status, line);) {
    if (line.rfind(field + ":", 0) == 0) {
      return std::atof(line.c_str() + field.size() + 1) / 1000;
    }
  }
  return 0;
}

// Seconds of CPU time of the process so far.
double CpuSeconds(int pid) {
  std::ifstream stat(absl::StrCat("/proc/", pid, "/stat"));
  std::string line;
  std::getline(stat, line);
  const std::vector<std::string> fields =
      absl::StrSplit(line.substr(line.rfind(')') + 1), ' ');
  if (fields.size() < 14) return 0;
  return (std::atof(fields[12].c_str()) + std::atof(fields[13].c_str())) /
         static_cast<double>(sysconf(_SC_CLK_TCK));
}

class Table {
 public:
  // `own`: articles a second of the engine alone, or 0.
  Table(int pid, double own) : pid_(pid), own_(own) {
    absl::PrintF(
        "| load | offered/s | articles/s | of the engine's own | p50 ms "
        "| p99 ms | failed | CPU ms an article | memory MB |\n"
        "|---|---|---|---|---|---|---|---|---|\n");
  }

  template <typename Run>
  LoadResult Row(const std::string& name, Run run) {
    const double before = CpuSeconds(pid_);
    const LoadResult result = run();
    const double cpu = CpuSeconds(pid_) - before;
    const double calls = std::max<double>(1, result.seconds.size());
    const double offered = result.offered_per_second;
    absl::PrintF(
        "| %s | %s | %.1f | %s | %.0f | %.0f | %d | %.1f | %.0f |\n", name,
        offered > 0 ? absl::StrFormat("%.1f", offered) : "", result.per_second,
        own_ > 0 ? absl::StrFormat("%.2f", result.per_second / own_) : "",
        1e3 * result.Quantile(0.5), 1e3 * result.Quantile(0.99), result.failed,
        1e3 * cpu / calls, Megabytes(pid_, "VmRSS"));
    std::fflush(stdout);
    return result;
  }

 private:
  const int pid_;
  const double own_;
};

int Run() {
  const int most = absl::GetFlag(FLAGS_max_connections);
  const absl::Duration duration = absl::GetFlag(FLAGS_duration);
  // As many of each length, as the engine's benchmark has them.
  Load load(absl::GetFlag(FLAGS_address), OrdinaryArticles(63), most);
  if (load.Closed(1, absl::Seconds(1)).seconds.empty()) {
    std::fprintf(stderr, "no answer from %s\n",
                 absl::GetFlag(FLAGS_address).c_str());
    return 1;
  }
  Table table(absl::GetFlag(FLAGS_pid), absl::GetFlag(FLAGS_own));
  double capacity = 0;
  for (int connections = 1; connections <= most; connections *= 2) {
    const LoadResult result =
        table.Row(absl::StrCat("closed, ", connections),
                  [&] { return load.Closed(connections, duration); });
    capacity = std::max(capacity, result.per_second);
  }
  for (const int percent : {10, 50, 90}) {
    table.Row(absl::StrCat("open, ", percent, " %"), [&] {
      return load.Open(capacity * percent / 100,
                       absl::GetFlag(FLAGS_open_duration));
    });
  }
  return 0;
}

}  // namespace
}  // namespace quoth

int main(int argc, char** argv) {
  absl::ParseCommandLine(argc, argv);
  return quoth::Run();
}
