// The bytes of answers that are written and not yet on their way: those that
// their callers do not read. HTTP/2's flow control holds them back, and they
// lie in memory; over all calls there may be only so many, and of one caller
// half of them, so that one who reads nothing leaves room for the others.
//
//   UnsentBytes unsent(kMaxUnsentBytes);
//   std::optional<UnsentBytes::Share> share = unsent.Take("cms",
//   answer.size()); if (!share) return Overloaded("answers wait for their
//   callers");
//   ... keep the share until the answer is sent, or nobody wants it ...

#ifndef QUOTH_SERVER_RPC_UNSENT_BYTES_H_
#define QUOTH_SERVER_RPC_UNSENT_BYTES_H_

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/synchronization/mutex.h"

namespace quoth {

// Thread-safe.
class UnsentBytes {
 public:
  explicit UnsentBytes(size_t max) : max_(max) {}

  // What one answer has of it, until it is destroyed. Refers to the whole.
  class Share {
   public:
    Share(Share&& other) noexcept
        : all_(std::exchange(other.all_, nullptr)),
          caller_(std::move(other.caller_)),
          bytes_(other.bytes_) {}
    Share& operator=(Share&& other) noexcept {
      // What this held goes with `other`.
      std::swap(all_, other.all_);
      std::swap(caller_, other.caller_);
      std::swap(bytes_, other.bytes_);
      return *this;
    }
    ~Share() {
      if (all_ != nullptr) all_->GiveBack(caller_, bytes_);
    }

   private:
    friend class UnsentBytes;
    Share(UnsentBytes* all, std::string caller, size_t bytes)
        : all_(all), caller_(std::move(caller)), bytes_(bytes) {}
    UnsentBytes* all_;
    std::string caller_;
    size_t bytes_;
  };

  // Nullopt if there would be too many. An answer that is alone is never too
  // many, nor is the only one of its caller more than its half. Callers without
  // a name (where the server knows none) are not told apart and may have all.
  std::optional<Share> Take(std::string_view caller, size_t bytes)
      ABSL_LOCKS_EXCLUDED(mutex_);

  size_t bytes() const ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  void GiveBack(const std::string& caller, size_t bytes)
      ABSL_LOCKS_EXCLUDED(mutex_);

  const size_t max_;
  mutable absl::Mutex mutex_;
  size_t bytes_ ABSL_GUARDED_BY(mutex_) = 0;
  // Of callers that have some.
  absl::flat_hash_map<std::string, size_t> by_caller_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace quoth

#endif  // QUOTH_SERVER_RPC_UNSENT_BYTES_H_
