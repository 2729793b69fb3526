// Whether somebody still waits for an answer: asked now and then by loops over
// claims, which one call may have a hundred thousand of.
//
//   LifeCheck life(alive);
//   for (const Claim& claim : claims) {
//     if (life.Ended()) break;
//     ... a millisecond of work ...
//   }
//   if (!life.status().ok()) return life.status();

#ifndef QUOTH_SERVER_CLAIMS_LIFE_CHECK_H_
#define QUOTH_SERVER_CLAIMS_LIFE_CHECK_H_

#include <cstdint>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"

namespace quoth {

// Refers to `alive`, which must outlive it. For one thread.
class LifeCheck {
 public:
  explicit LifeCheck(absl::FunctionRef<absl::Status()> alive) : alive_(alive) {}

  // Asks the first time and every kEvery times. True for ever once `alive` has
  // returned an error.
  static constexpr uint32_t kEvery = 16;
  bool Ended() {
    if (status_.ok() && calls_++ % kEvery == 0) status_ = alive_();
    return !status_.ok();
  }

  // The error of `alive`. What its user has made is good for nothing then.
  const absl::Status& status() const { return status_; }

 private:
  absl::FunctionRef<absl::Status()> alive_;
  absl::Status status_;
  uint32_t calls_ = 0;
};

// The same where nobody need be asked: null lives for ever.
inline bool Ended(LifeCheck* life) { return life != nullptr && life->Ended(); }

}  // namespace quoth

#endif  // QUOTH_SERVER_CLAIMS_LIFE_CHECK_H_
