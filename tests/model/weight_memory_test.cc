#include "server/model/weight_memory.h"

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "gtest/gtest.h"

namespace quoth {
namespace {

TEST(WeightMemoryTest, GivesZeroedLinesThatNobodyElseHas) {
  WeightMemory memory;
  std::vector<std::pair<int8_t*, size_t>> taken;
  // A byte, odd sizes, what is left of a chunk to the line, more than a chunk.
  for (const size_t size : {size_t{1}, size_t{65}, size_t{384 * 1152},
                            (size_t{8} << 20) - 128 - 64 - 384 * 1152,
                            size_t{1}, size_t{20} << 20, size_t{64}}) {
    int8_t* const p = memory.Take(size);
    EXPECT_EQ(reinterpret_cast<uintptr_t>(p) % 64, 0) << size;
    EXPECT_TRUE(std::all_of(p, p + size, [](int8_t v) { return v == 0; }))
        << size;
    taken.emplace_back(p, size);
    std::fill_n(p, size, static_cast<int8_t>(taken.size()));
  }
  for (size_t i = 0; i < taken.size(); ++i) {
    const auto [p, size] = taken[i];
    EXPECT_TRUE(std::all_of(p, p + size, [i](int8_t v) {
      return v == static_cast<int8_t>(i + 1);
    })) << i;
  }
}

}  // namespace
}  // namespace quoth
