#include "server/rpc/process_stats.h"

#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <system_error>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"

namespace quoth {
namespace {

std::string ReadFile(const char* path) {
  std::ifstream file(path);
  return std::string(std::istreambuf_iterator<char>(file), {});
}

int64_t NumberAt(const std::vector<absl::string_view>& fields, size_t index) {
  int64_t number = 0;
  if (index < fields.size()) {
    static_cast<void>(absl::SimpleAtoi(fields[index], &number));
  }
  return number;
}

double Now(clockid_t clock) {
  timespec now = {};
  clock_gettime(clock, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * now.tv_nsec;
}

// When the machine started, in seconds since 1970. By its clocks: /proc/stat,
// which says so too, is hidden from a service that sees processes alone.
double BootTime() { return Now(CLOCK_REALTIME) - Now(CLOCK_BOOTTIME); }

}  // namespace

ProcessStats ReadProcessStats() {
  ProcessStats stats;
  // Fields as in proc(5), counted from behind the name, which may have blanks.
  const std::string text = ReadFile("/proc/self/stat");
  const size_t name_end = text.rfind(')');
  if (name_end == std::string::npos) return stats;
  const std::vector<absl::string_view> fields = absl::StrSplit(
      absl::string_view(text).substr(name_end + 1), ' ', absl::SkipEmpty());
  constexpr size_t kUserTime = 11, kSystemTime = 12, kThreads = 17,
                   kStartTime = 19, kVirtualSize = 20, kResidentPages = 21;
  const double tick = 1.0 / static_cast<double>(sysconf(_SC_CLK_TCK));
  stats.cpu_seconds = static_cast<double>(NumberAt(fields, kUserTime) +
                                          NumberAt(fields, kSystemTime)) *
                      tick;
  stats.threads = NumberAt(fields, kThreads);
  // Asked once, so that the start does not move when the clock is set.
  static const double boot_time = BootTime();
  stats.start_time =
      boot_time + static_cast<double>(NumberAt(fields, kStartTime)) * tick;
  stats.virtual_bytes = NumberAt(fields, kVirtualSize);
  stats.resident_bytes =
      NumberAt(fields, kResidentPages) * sysconf(_SC_PAGESIZE);
  std::error_code error;
  for (std::filesystem::directory_iterator it("/proc/self/fd", error), end;
       !error && it != end; it.increment(error)) {
    ++stats.open_files;
  }
  rlimit limit;
  if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
    stats.max_open_files = static_cast<int64_t>(limit.rlim_cur);
  }
  return stats;
}

}  // namespace quoth
