// The matrix product of CPUs with VNNI at 512 bits, or with AVX2 and nothing
// better: a few rows of uint8 by a packed int8 matrix, exact int32 sums. The
// linear layers and, with VNNI, attention are made of it.
//
//   AlignedBuffer<int8_t> right(PackedSize(depth, columns));
//   ... right[PanelIndex(row, column, depth)] = ...
//   Int8Product(left, depth, rows, right.data(), depth, columns, out);

#ifndef QUOTH_SERVER_MODEL_INT8_PRODUCT_H_
#define QUOTH_SERVER_MODEL_INT8_PRODUCT_H_

#include <cstddef>
#include <cstdint>

namespace quoth {

// The most rows of the left side: what fits VNNI's registers. Few enough that
// their sums are still in the first cache when the caller reads them.
inline constexpr int kProductRows = 12;
// The right side lies in panels of 32 columns, and four rows of it together:
// [columns / 32][depth / 4][32][4]. One stream of memory, whatever the depth.
inline constexpr int kPanelColumns = 32;
inline constexpr int kPanelDepth = 4;

// Index of an element of the packed right side.
constexpr size_t PanelIndex(int row, int column, int depth) {
  return size_t(column / kPanelColumns) * kPanelColumns * depth +
         size_t(row / kPanelDepth) * kPanelColumns * kPanelDepth +
         size_t(column % kPanelColumns) * kPanelDepth + row % kPanelDepth;
}

// Its size: whole panels.
constexpr size_t PackedSize(int depth, int columns) {
  return size_t(columns + kPanelColumns - 1) / kPanelColumns * kPanelColumns *
         depth;
}

// out[rows][columns] = left[rows][depth] x right[depth][columns]. Rows of
// `left` are `left_stride` bytes apart. If `next` is not null, the product
// brings PackedLines(depth, columns) lines of memory from there on into the
// second cache as it goes. Requires 1 <= rows <= kProductRows, depth % 4 == 0,
// columns % 16 == 0, and HasVnni512(); or HasAvx2Alone() and no byte of `left`
// above 127.
void Int8Product(const uint8_t* left, size_t left_stride, int rows,
                 const int8_t* right, int depth, int columns, int32_t* out,
                 const int8_t* next = nullptr);

inline constexpr size_t kCacheLine = 64;
constexpr size_t PackedLines(int depth, int columns) {
  return PackedSize(depth, columns) / (kPanelColumns * kPanelDepth);
}

// The same on any CPU, slowly: the definition that tests compare with.
void PlainInt8Product(const uint8_t* left, size_t left_stride, int rows,
                      const int8_t* right, int depth, int columns,
                      int32_t* out);

}  // namespace quoth

#endif  // QUOTH_SERVER_MODEL_INT8_PRODUCT_H_
