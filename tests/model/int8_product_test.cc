#include "server/model/int8_product.h"

#include <random>
#include <set>
#include <vector>

#include "gtest/gtest.h"
#include "server/model/aligned_buffer.h"
#include "server/model/cpu.h"

namespace quoth {
namespace {

TEST(Int8ProductTest, PanelsHoldEveryElementOnce) {
  constexpr int kDepth = 8, kColumns = 64;
  std::set<size_t> seen;
  for (int r = 0; r < kDepth; ++r) {
    for (int c = 0; c < kColumns; ++c) seen.insert(PanelIndex(r, c, kDepth));
  }
  EXPECT_EQ(seen.size(), kDepth * kColumns);
  EXPECT_EQ(*seen.rbegin(), kDepth * kColumns - 1);
}

TEST(Int8ProductTest, PlainIsTheDefinition) {
  constexpr int kDepth = 4, kColumns = 32;
  AlignedBuffer<uint8_t> left(kProductRows * kDepth);
  AlignedBuffer<int8_t> right(kDepth * kColumns);
  for (int r = 0; r < kProductRows; ++r) {
    for (int k = 0; k < kDepth; ++k) left[r * kDepth + k] = r + 10 * k;
  }
  for (int k = 0; k < kDepth; ++k) {
    for (int c = 0; c < kColumns; ++c) {
      right[PanelIndex(k, c, kDepth)] = static_cast<int8_t>(c - 3 * k);
    }
  }
  AlignedBuffer<int32_t> out(kProductRows * kColumns);
  PlainInt8Product(left.data(), kDepth, kProductRows, right.data(), kDepth,
                   kColumns, out.data());
  // Row 2, column 5: (2)(5) + (12)(2) + (22)(-1) + (32)(-4).
  EXPECT_EQ(out[2 * kColumns + 5], 10 + 24 - 22 - 128);
}

struct Size {
  int depth, columns;
};

class Int8ProductSizes : public testing::TestWithParam<Size> {};

// Also at the ends of the ranges: with VNNI those where 16-bit pairs would
// saturate.
TEST_P(Int8ProductSizes, FastIsPlain) {
  if (!HasVnni512() && !HasAvx2Alone()) GTEST_SKIP() << "no such product";
  const int most = HasVnni512() ? 255 : 127;
  const auto [depth, columns] = GetParam();
  std::mt19937 random(depth * 1000 + columns);
  for (const bool extreme : {false, true}) {
    const size_t stride = depth + 8;
    AlignedBuffer<uint8_t> left(kProductRows * stride);
    AlignedBuffer<int8_t> right(PackedSize(depth, columns));
    for (size_t i = 0; i < left.size(); ++i) {
      left[i] = static_cast<uint8_t>(extreme ? most : random() & most);
    }
    for (size_t i = 0; i < right.size(); ++i) {
      right[i] =
          extreme ? (i % 3 == 0 ? -128 : 127) : static_cast<int8_t>(random());
    }
    for (int rows = 1; rows <= kProductRows; ++rows) {
      // One more, which must stay as it is.
      AlignedBuffer<int32_t> fast(size_t(rows + 1) * columns);
      AlignedBuffer<int32_t> plain(size_t(rows + 1) * columns);
      Int8Product(left.data(), stride, rows, right.data(), depth, columns,
                  fast.data());
      PlainInt8Product(left.data(), stride, rows, right.data(), depth, columns,
                       plain.data());
      for (size_t i = 0; i < fast.size(); ++i) ASSERT_EQ(fast[i], plain[i]);
      // Fetching what comes next changes nothing, be it there or not.
      Int8Product(left.data(), stride, rows, right.data(), depth, columns,
                  fast.data(), right.data() + right.size());
      for (size_t i = 0; i < fast.size(); ++i) ASSERT_EQ(fast[i], plain[i]);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Sizes, Int8ProductSizes,
                         testing::Values(Size{4, 32}, Size{16, 16},
                                         Size{32, 80}, Size{32, 32},
                                         Size{32, 256}, Size{64, 96},
                                         Size{256, 32}, Size{288, 64},
                                         Size{512, 32}));

}  // namespace
}  // namespace quoth
