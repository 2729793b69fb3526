// The bytes of answers that are written and not yet on their way: those that
// their callers do not read. HTTP/2's flow control holds them back, and they
// lie in memory; over all calls there may be only so many.
//
//   UnsentBytes unsent(kMaxUnsentBytes);
//   std::optional<UnsentBytes::Share> share = unsent.Take(answer.size());
//   if (!share) return Overloaded("answers wait for their callers");
//   ... keep the share until the answer is sent, or nobody wants it ...

#ifndef QUOTH_SERVER_RPC_UNSENT_BYTES_H_
#define QUOTH_SERVER_RPC_UNSENT_BYTES_H_

#include <atomic>
#include <cstddef>
#include <optional>
#include <utility>

namespace quoth {

// Thread-safe.
class UnsentBytes {
 public:
  explicit UnsentBytes(size_t max) : max_(max) {}

  // What one answer has of it, until it is destroyed. Refers to the whole.
  class Share {
   public:
    Share(Share&& other) noexcept
        : all_(std::exchange(other.all_, nullptr)), bytes_(other.bytes_) {}
    Share& operator=(Share&& other) noexcept {
      // What this held goes with `other`.
      std::swap(all_, other.all_);
      std::swap(bytes_, other.bytes_);
      return *this;
    }
    ~Share() {
      if (all_ != nullptr) all_->bytes_ -= bytes_;
    }

   private:
    friend class UnsentBytes;
    Share(UnsentBytes* all, size_t bytes) : all_(all), bytes_(bytes) {}
    UnsentBytes* all_;
    size_t bytes_;
  };

  // Nullopt if there would be too many. One that is alone is never too many.
  std::optional<Share> Take(size_t bytes) {
    size_t before = bytes_;
    do {
      if (before > 0 && (before > max_ || bytes > max_ - before)) {
        return std::nullopt;
      }
    } while (!bytes_.compare_exchange_weak(before, before + bytes));
    return Share(this, bytes);
  }

  size_t bytes() const { return bytes_; }

 private:
  const size_t max_;
  std::atomic<size_t> bytes_ = 0;
};

}  // namespace quoth

#endif  // QUOTH_SERVER_RPC_UNSENT_BYTES_H_
