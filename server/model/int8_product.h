// The small matrix product inside attention: a few rows of uint8 by a packed
// int8 matrix, exact int32 sums. oneDNN does the large ones; for these, calling
// it would cost more than the product.

#ifndef QUOTH_SERVER_MODEL_INT8_PRODUCT_H_
#define QUOTH_SERVER_MODEL_INT8_PRODUCT_H_

#include <cstddef>
#include <cstdint>

namespace quoth {

// The left side always has this many rows; callers pad.
inline constexpr int kProductRows = 12;
// The right side lies in panels of 16 columns, and four rows of it together:
// [columns / 16][depth / 4][16][4].
inline constexpr int kPanelColumns = 16;
inline constexpr int kPanelDepth = 4;

// Index of an element of the packed right side.
constexpr size_t PanelIndex(int row, int column, int depth) {
  return size_t(column / kPanelColumns) * kPanelColumns * depth +
         size_t(row / kPanelDepth) * kPanelColumns * kPanelDepth +
         size_t(column % kPanelColumns) * kPanelDepth + row % kPanelDepth;
}

// out[12][columns] = left[12][depth] x right[depth][columns]. Rows of `left`
// are `left_stride` bytes apart. Requires depth % 4 == 0, columns % 32 == 0,
// and HasVnni512().
void Int8Product(const uint8_t* left, size_t left_stride, const int8_t* right,
                 int depth, int columns, int32_t* out);

// The same on any CPU, slowly: the definition that tests compare with.
void PlainInt8Product(const uint8_t* left, size_t left_stride,
                      const int8_t* right, int depth, int columns,
                      int32_t* out);

}  // namespace quoth

#endif  // QUOTH_SERVER_MODEL_INT8_PRODUCT_H_
