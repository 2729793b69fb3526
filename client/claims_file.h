// The file that a backfill writes: a line of JSON for each article, whole or
// not there at all.
//
//   absl::StatusOr<std::unique_ptr<ClaimsFile>> file =
//       ClaimsFile::Open("claims.jsonl", Existing::kResume);
//   if ((*file)->answered().count(JsonMember("file", "a.txt")) == 0) {
//     (*file)->Append(JsonLine(JsonMember("file", "a.txt"), response));
//   }
//
// Every line is written by one call behind the last, so that whatever ends the
// program leaves whole lines and at most a torn one at the end, which the next
// run cuts off. What is no such line is some other file's and never cut. A lock
// keeps a second backfill away from the file.

#ifndef QUOTH_CLIENT_CLAIMS_FILE_H_
#define QUOTH_CLIENT_CLAIMS_FILE_H_

#include <cstdint>
#include <memory>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"

namespace quoth::client {

// What to do with a file that is there already.
enum class Existing : uint8_t {
  kRefuse,        // Unless it is empty.
  kResume,        // Go on behind its lines.
  kResumeErrors,  // The same, but take out the lines of errors.
};

// Thread-safe.
class ClaimsFile {
 public:
  // AlreadyExists: see kRefuse. FailedPrecondition if another program writes to
  // it, or it is no regular file, or holds a line that JsonLine did not make
  // (the message gives its number). Or the file system's error. No message
  // names the file.
  static absl::StatusOr<std::unique_ptr<ClaimsFile>> Open(
      const std::string& path, Existing existing);

  ~ClaimsFile();
  ClaimsFile(const ClaimsFile&) = delete;
  ClaimsFile& operator=(const ClaimsFile&) = delete;

  // The members (JsonMember) of the lines that were there: whole strings, about
  // 100 bytes an article, for a shorter key could take one article for another.
  const absl::flat_hash_set<std::string>& answered() const { return answered_; }

  // `line` ends with its only line break. After an error the file is as it was
  // before, and nothing more can be appended.
  absl::Status Append(const std::string& line) ABSL_LOCKS_EXCLUDED(mutex_);

  // Waits until the disk has it all.
  absl::Status Sync() ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  explicit ClaimsFile(int fd) : fd_(fd) {}
  absl::Status ReadAnswered();
  // Replaces the file by its lines without errors.
  static absl::Status DropErrors(const std::string& path, int fd);

  const int fd_;
  absl::flat_hash_set<std::string> answered_;
  absl::Mutex mutex_;
  uint64_t size_ ABSL_GUARDED_BY(mutex_) = 0;
  absl::Status failed_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace quoth::client

#endif  // QUOTH_CLIENT_CLAIMS_FILE_H_
