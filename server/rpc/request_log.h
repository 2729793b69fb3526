// One line of JSON for each call, and for each item of a stream, when it is
// over:
//
//   {"time":"2026-11-24T12:36:06.123456Z","request_id":"6b1f0c92d4e83a75-42",
//    "caller":"desk","method":"ExtractClaims","status":"OK","bytes_in":5321,
//    "bytes_out":40211,"words":812,"claims":14,"queue_ms":0.041,
//    "work_ms":92.310,"total_ms":92.874}
//
// (in one line). An error has a "reason", that of its ErrorInfo; an item of a
// stream its number ("item":3), a stream how many it had ("items":500). The
// text is never in it, nor what callers call their articles and items: see
// call_record.h.
//
// Lines are written by a thread of its own. Whoever logs never waits for the
// reader of the log: what does not fit into the buffer is dropped and counted,
// and a line says how many were ("dropped_lines":12).

#ifndef QUOTH_SERVER_RPC_REQUEST_LOG_H_
#define QUOTH_SERVER_RPC_REQUEST_LOG_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "server/rpc/call_record.h"

namespace quoth {

enum class RequestLogMode : uint8_t { kOff, kErrors, kOn };

// "off", "errors", "on".
std::optional<RequestLogMode> ParseRequestLogMode(std::string_view name);

struct RequestLogOptions {
  RequestLogMode mode = RequestLogMode::kOff;
  // Where to write; not closed.
  int fd = 2;
  // Of lines that wait to be written: some thousands.
  size_t max_buffered_bytes = size_t{1} << 20;
  // How long the end waits for a reader that does not read.
  absl::Duration flush_timeout = absl::Seconds(1);
};

// With its line end.
std::string FormatLine(const CallRecord& record);

// Thread-safe.
class RequestLog {
 public:
  explicit RequestLog(const RequestLogOptions& options);
  // Writes what waits, if its reader reads.
  ~RequestLog();
  RequestLog(const RequestLog&) = delete;
  RequestLog& operator=(const RequestLog&) = delete;

  void Write(const CallRecord& record) ABSL_LOCKS_EXCLUDED(mutex_);

  // Lines that were not written, since the start.
  uint64_t dropped() const ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  void Run() ABSL_LOCKS_EXCLUDED(mutex_);
  // Whole lines of at most PIPE_BUF bytes. False if they could not be written.
  bool WriteLines(std::string_view lines) ABSL_LOCKS_EXCLUDED(mutex_);
  bool AwaitReader() ABSL_LOCKS_EXCLUDED(mutex_);

  const RequestLogOptions options_;
  mutable absl::Mutex mutex_;
  std::vector<std::string> lines_ ABSL_GUARDED_BY(mutex_);
  size_t bytes_ ABSL_GUARDED_BY(mutex_) = 0;
  uint64_t dropped_ ABSL_GUARDED_BY(mutex_) = 0;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  absl::Time give_up_ ABSL_GUARDED_BY(mutex_) = absl::InfiniteFuture();
  std::thread writer_;  // Last: it uses all of the above.
};

}  // namespace quoth

#endif  // QUOTH_SERVER_RPC_REQUEST_LOG_H_
