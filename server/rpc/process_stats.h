// What the operating system says of this process.
//
//   ProcessStats stats = ReadProcessStats();
//   stats.resident_bytes;   // 61 MB

#ifndef QUOTH_SERVER_RPC_PROCESS_STATS_H_
#define QUOTH_SERVER_RPC_PROCESS_STATS_H_

#include <cstdint>

namespace quoth {

struct ProcessStats {
  int64_t resident_bytes = 0;
  int64_t virtual_bytes = 0;
  double cpu_seconds = 0;  // User and system, over all threads.
  double start_time = 0;   // In seconds since 1970.
  int64_t threads = 0;
  int64_t open_files = 0;
  int64_t max_open_files = 0;
};

// From /proc; what cannot be read stays 0.
ProcessStats ReadProcessStats();

}  // namespace quoth

#endif  // QUOTH_SERVER_RPC_PROCESS_STATS_H_
