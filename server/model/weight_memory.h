// Memory for weights: read from end to end for every few words, so in pages of
// 2 MB where the system has them. Pages of 4 kB would be looked up, and the
// fetching ahead interrupted, every 64 cache lines: 2 % of all products.
//
//   WeightMemory memory;
//   int8_t* weights = memory.Take(384 * 1152);  // Lives as long as `memory`.

#ifndef QUOTH_SERVER_MODEL_WEIGHT_MEMORY_H_
#define QUOTH_SERVER_MODEL_WEIGHT_MEMORY_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace quoth {

class WeightMemory {
 public:
  // Zeros, aligned to 64 bytes.
  int8_t* Take(size_t bytes);

 private:
  struct Free {
    void operator()(int8_t* p) const;
  };

  std::vector<std::unique_ptr<int8_t[], Free>> chunks_;
  size_t left_ = 0;  // Of the last chunk.
  int8_t* next_ = nullptr;
};

}  // namespace quoth

#endif  // QUOTH_SERVER_MODEL_WEIGHT_MEMORY_H_
