#include "server/rpc/unsent_bytes.h"

namespace quoth {
namespace {

bool Fits(size_t bytes, size_t held, size_t max) {
  return held == 0 || (held <= max && bytes <= max - held);
}

}  // namespace

std::optional<UnsentBytes::Share> UnsentBytes::Take(std::string_view caller,
                                                    size_t bytes) {
  absl::MutexLock lock(&mutex_);
  if (!Fits(bytes, bytes_, max_)) return std::nullopt;
  std::string name(bytes > 0 ? caller : "");
  if (!name.empty()) {
    size_t& own = by_caller_[name];
    if (!Fits(bytes, own, max_ / 2)) return std::nullopt;
    own += bytes;
  }
  bytes_ += bytes;
  return Share(this, std::move(name), bytes);
}

size_t UnsentBytes::bytes() const {
  absl::MutexLock lock(&mutex_);
  return bytes_;
}

void UnsentBytes::GiveBack(const std::string& caller, size_t bytes) {
  absl::MutexLock lock(&mutex_);
  bytes_ -= bytes;
  if (caller.empty()) return;
  const auto own = by_caller_.find(caller);
  own->second -= bytes;
  if (own->second == 0) by_caller_.erase(own);
}

}  // namespace quoth
