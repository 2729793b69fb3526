#include "server/rpc/request_log.h"

#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <climits>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/clock.h"

namespace quoth {
namespace {

// How long the writer waits for the reader before it looks whether to stop.
constexpr int kPollMilliseconds = 50;

// A caller's name is from the operator's own file; a slip there must not make
// lines of any length.
constexpr size_t kMaxCallerBytes = 128;

// As JSON has it. What is not printable ASCII is escaped byte by byte: no line
// end, and nothing that is not UTF-8, gets into the log.
void AppendString(std::string_view value, std::string& line) {
  line.push_back('"');
  for (const char c : value) {
    if (c == '"' || c == '\\') {
      line.push_back('\\');
      line.push_back(c);
    } else if (c >= 0x20 && c < 0x7F) {
      line.push_back(c);
    } else {
      absl::StrAppendFormat(&line, "\\u%04x", static_cast<unsigned char>(c));
    }
  }
  line.push_back('"');
}

void AppendField(const char* key, std::string_view value, std::string& line) {
  absl::StrAppend(&line, line.size() == 1 ? "\"" : ",\"", key, "\":");
  AppendString(value, line);
}
void AppendField(const char* key, int64_t value, std::string& line) {
  absl::StrAppend(&line, ",\"", key, "\":", value);
}
void AppendField(const char* key, absl::Duration value, std::string& line) {
  absl::StrAppendFormat(&line, ",\"%s\":%.3f", key,
                        absl::ToDoubleMilliseconds(value));
}

std::string TimeString(absl::Time time) {
  return absl::FormatTime("%Y-%m-%dT%H:%M:%E6SZ", time, absl::UTCTimeZone());
}

}  // namespace

std::optional<RequestLogMode> ParseRequestLogMode(std::string_view name) {
  if (name == "off") return RequestLogMode::kOff;
  if (name == "errors") return RequestLogMode::kErrors;
  if (name == "on") return RequestLogMode::kOn;
  return std::nullopt;
}

std::string FormatLine(const CallRecord& record) {
  const WorkRecord& work = record.work;
  std::string line = "{";
  AppendField("time", TimeString(record.began + record.total), line);
  AppendField("request_id", record.request_id, line);
  AppendField("caller",
              std::string_view(record.caller).substr(0, kMaxCallerBytes), line);
  AppendField("method", ShortName(record.method), line);
  if (record.item > 0) AppendField("item", record.item, line);
  AppendField("status", CodeName(work.outcome.code), line);
  if (!work.outcome.reason.empty()) {
    AppendField("reason", work.outcome.reason, line);
  }
  AppendField("bytes_in", record.bytes_in, line);
  AppendField("bytes_out", record.bytes_out, line);
  if (record.method == Method::kStreamExtractClaims && record.item == 0) {
    AppendField("items", record.items, line);
  } else if (record.method != Method::kGetServerInfo) {
    AppendField("words", work.engine.words, line);
    AppendField("claims", work.claims, line);
    AppendField("queue_ms", record.queue, line);
    AppendField("work_ms", work.work, line);
  }
  AppendField("total_ms", record.total, line);
  line += "}\n";
  return line;
}

RequestLog::RequestLog(const RequestLogOptions& options) : options_(options) {
  if (options.mode != RequestLogMode::kOff) {
    writer_ = std::thread([this] { Run(); });
  }
}

RequestLog::~RequestLog() {
  {
    absl::MutexLock lock(&mutex_);
    stopping_ = true;
    give_up_ = absl::Now() + options_.flush_timeout;
  }
  if (writer_.joinable()) writer_.join();
}

void RequestLog::Write(const CallRecord& record) {
  if (options_.mode == RequestLogMode::kOff ||
      (options_.mode == RequestLogMode::kErrors &&
       record.work.outcome.code == absl::StatusCode::kOk)) {
    return;
  }
  std::string line = FormatLine(record);
  absl::MutexLock lock(&mutex_);
  if (bytes_ + line.size() > options_.max_buffered_bytes) {
    ++dropped_;
    return;
  }
  bytes_ += line.size();
  lines_.push_back(std::move(line));
}

uint64_t RequestLog::dropped() const {
  absl::MutexLock lock(&mutex_);
  return dropped_;
}

void RequestLog::Run() {
  // To a reader that is gone a write is an error here, and not the end.
  sigset_t pipe;
  sigemptyset(&pipe);
  sigaddset(&pipe, SIGPIPE);
  pthread_sigmask(SIG_BLOCK, &pipe, nullptr);

  uint64_t reported = 0;
  while (true) {
    std::vector<std::string> lines;
    uint64_t dropped = 0;
    {
      absl::MutexLock lock(&mutex_);
      mutex_.Await(absl::Condition(
          +[](RequestLog* log) ABSL_SHARED_LOCKS_REQUIRED(log->mutex_) {
            return !log->lines_.empty() || log->stopping_;
          },
          this));
      if (lines_.empty() && dropped_ == reported) return;  // Stopping.
      lines.swap(lines_);
      // What is being written still counts as waiting until it is written:
      // the buffer's bound holds for both.
      dropped = dropped_;
    }
    if (dropped > reported) {
      lines.push_back(absl::StrCat("{\"time\":\"", TimeString(absl::Now()),
                                   "\",\"dropped_lines\":", dropped - reported,
                                   "}\n"));
      reported = dropped;
    }
    // As few writes as may be, each of whole lines and small enough for a pipe
    // to take at once.
    std::string chunk;
    uint64_t in_chunk = 0;
    uint64_t lost = 0;
    size_t bytes = 0;
    const auto write = [&] {
      // After one failure the next would be the same.
      if (lost > 0 || (!chunk.empty() && !WriteLines(chunk))) lost += in_chunk;
      chunk.clear();
      in_chunk = 0;
    };
    for (const std::string& line : lines) {
      if (chunk.size() + line.size() > PIPE_BUF) write();
      chunk += line;
      bytes += line.size();
      ++in_chunk;
    }
    write();
    absl::MutexLock lock(&mutex_);
    bytes_ -= std::min(bytes, bytes_);
    dropped_ += lost;
    // There is no telling those who do not read.
    reported += lost;
    if (stopping_ && lost > 0) return;
  }
}

bool RequestLog::AwaitReader() {
  while (true) {
    pollfd poll_fd = {options_.fd, POLLOUT, 0};
    const int ready = poll(&poll_fd, 1, kPollMilliseconds);
    if (ready > 0) return (poll_fd.revents & POLLOUT) != 0;
    if (ready < 0 && errno != EINTR) return false;
    absl::MutexLock lock(&mutex_);
    if (absl::Now() >= give_up_) return false;
  }
}

bool RequestLog::WriteLines(std::string_view lines) {
  while (!lines.empty()) {
    if (!AwaitReader()) return false;
    const ssize_t written = write(options_.fd, lines.data(), lines.size());
    if (written < 0) {
      if (errno == EINTR || errno == EAGAIN) continue;
      return false;
    }
    lines.remove_prefix(static_cast<size_t>(written));
  }
  return true;
}

}  // namespace quoth
