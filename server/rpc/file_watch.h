// Tells when files have changed, by looking at them now and then: that works
// for every way in which people and tools replace them (written in place,
// renamed over, a link that points elsewhere, as Kubernetes does).
//
//   FileWatch watch(absl::Seconds(1));
//   watch.Add({"cert.pem", "key.pem"}, [](bool) { return ReloadBoth(); });
//   watch.Start();
//
// A change counts once the files have been the same for one interval, so that
// one that is just being written is not read by half. One that could not be
// taken is told again at each look: what was wrong may have been no fault of
// the files (a certificate that is valid from the next second on).

#ifndef QUOTH_SERVER_RPC_FILE_WATCH_H_
#define QUOTH_SERVER_RPC_FILE_WATCH_H_

#include <sys/types.h>

#include <cstdint>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"

namespace quoth {

class FileWatch {
 public:
  explicit FileWatch(absl::Duration interval) : interval_(interval) {}
  // No callback runs after it.
  ~FileWatch();
  FileWatch(const FileWatch&) = delete;
  FileWatch& operator=(const FileWatch&) = delete;

  // Returns whether the files as they are were taken; false: try again. `again`
  // says that this is such an attempt, and nothing has changed since the last.
  using Changed = std::function<bool(bool again)>;

  // Before Start. From here on, `changed` is called, on the watch's thread,
  // after a change of any of the files. Call it before the files are first
  // read: then no change is missed.
  void Add(std::vector<std::string> paths, Changed changed);

  // At most once.
  void Start();

 private:
  // What is different after a file was replaced or written.
  struct Signature {
    bool there = false;
    dev_t device = 0;
    ino_t inode = 0;
    int64_t size = 0;
    int64_t written_ns = 0;
    int64_t changed_ns = 0;
    bool operator==(const Signature&) const = default;
  };
  struct Group {
    std::vector<std::string> paths;
    Changed changed;
    std::vector<Signature> told;  // When `changed` was called last.
    bool taken = true;            // What it returned.
    std::vector<Signature> last;  // At the last look.
  };

  static std::vector<Signature> Look(const std::vector<std::string>& paths);
  void Run() ABSL_LOCKS_EXCLUDED(mutex_);

  const absl::Duration interval_;
  std::vector<Group> groups_;
  absl::Mutex mutex_;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread thread_;
};

// All of a file of at most `max_bytes`. The error names the path.
absl::StatusOr<std::string> ReadSmallFile(const std::string& path,
                                          size_t max_bytes);

}  // namespace quoth

#endif  // QUOTH_SERVER_RPC_FILE_WATCH_H_
