#include "server/model/weight_memory.h"

#include <algorithm>
#include <new>

#if defined(__linux__)
#include <sys/mman.h>
#endif

namespace quoth {
namespace {

constexpr std::align_val_t kPage{size_t{1} << 21};
constexpr size_t kLine = 64;
// What of a chunk is never touched takes no memory, to a page.
constexpr size_t kChunk = size_t{4} << 21;

size_t RoundUp(size_t bytes, size_t to) { return (bytes + to - 1) / to * to; }

}  // namespace

void WeightMemory::Free::operator()(int8_t* p) const {
  ::operator delete(p, kPage);
}

int8_t* WeightMemory::Take(size_t bytes) {
  bytes = RoundUp(bytes, kLine);
  if (bytes > left_) {
    const size_t chunk = RoundUp(std::max(bytes, kChunk), size_t(kPage));
    next_ = static_cast<int8_t*>(::operator new(chunk, kPage));
    chunks_.emplace_back(next_);
    left_ = chunk;
#if defined(__linux__)
    madvise(next_, chunk, MADV_HUGEPAGE);  // A wish: it may fail.
#endif
  }
  int8_t* taken = next_;
  std::fill_n(taken, bytes, int8_t{0});
  next_ += bytes;
  left_ -= bytes;
  return taken;
}

}  // namespace quoth
