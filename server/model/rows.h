// Everything element-wise between two matrix products, a row (one word piece
// or one word) at a time: what a product leaves is scaled, bent, normalised
// and written as the input of the next one.
//
// The int8 scheme. A product's input is uint8 with one scale and one zero point
// a row, found as the row is written:
//
//   value = (code - row_zero) * row_scale
//
// so that the codes span the row's values from the least (or 0) to the most
// (or 0). Rows are lopsided: outputs of a GELU are never below -0.17, and layer
// normalisation leaves a few large values of one sign. A zero point in the
// middle would cost three times the error in the encoder's vectors.
//
// Its weights are int8 with one scale a column. The product gives
// sum = code * weight in int32, exactly, and
//
//   result = (sum - row_zero * column_sum) * row_scale * column_scale + bias,
//   column_sum = sum of the column's weights.
//
// In fp32 the product gives the result but for the bias.
//
// All widths are multiples of kRowMultiple and all rows begin at 64 bytes.

#ifndef QUOTH_SERVER_MODEL_ROWS_H_
#define QUOTH_SERVER_MODEL_ROWS_H_

#include <cstddef>
#include <cstdint>

#include "server/model/aligned_buffer.h"

namespace quoth {

inline constexpr int kRowMultiple = 16;
// The widest row: bounds the row that the functions below keep on the stack.
inline constexpr int kWidestRow = 4096;

// How the sums of a product become its results, see above. Per column.
struct Scaling {
  const float* bias = nullptr;
  const float* column_scale = nullptr;  // int8 only.
  const float* column_sum = nullptr;    // int8 only.
};

// The least and the most of a row, never more than 0 and less than 0.
struct RowRange {
  float least = 0;
  float most = 0;
};

// The input of a product: codes with scales and zero points (int8), or values
// (fp32).
struct ActivationRows {
  int width = 0;
  // Steps between the codes of the least and the most of a row: two fewer than
  // there are codes to step over, for both ends are rounded.
  int levels = 253;
  uint8_t* codes = nullptr;  // Null in fp32.
  float* scales = nullptr;
  float* zeros = nullptr;
  float* values = nullptr;

  ActivationRows From(int row) const {
    ActivationRows rest = *this;
    const size_t skip = size_t(row) * width;
    if (codes != nullptr) {
      rest.codes += skip;
      rest.scales += row;
      rest.zeros += row;
    } else {
      rest.values += skip;
    }
    return rest;
  }
};

// Owns the memory of ActivationRows.
class Activations {
 public:
  // levels 0: fp32.
  Activations(int levels, int rows, int width);

  ActivationRows rows() const { return rows_; }

 private:
  AlignedBuffer<uint8_t> codes_;
  AlignedBuffer<float> floats_;
  ActivationRows rows_;
};

// What a product leaves: rows of int32 (int8) or float (fp32).
struct Accumulators {
  const void* sums = nullptr;
  int width = 0;
  const float* row_scale = nullptr;  // Null in fp32.
  const float* row_zero = nullptr;
  Scaling scaling;
};

struct LayerNorm {
  const float* gain = nullptr;
  const float* bias = nullptr;
};

// out = x.
void WriteRows(const float* x, int rows, ActivationRows out);

// x = norm(x), out = x.
void NormalizeRows(float* x, int rows, const LayerNorm& norm,
                   ActivationRows out);

// x = norm(x + result), out = x.
void AddNormalizeRows(const Accumulators& in, int rows, float* x,
                      const LayerNorm& norm, ActivationRows out);

// out = gelu(result).
void GeluRows(const Accumulators& in, int rows, ActivationRows out);

// x = gelu(result), plus `add` if it is not null; ranges[r] is that of row r.
void GeluFloatRows(const Accumulators& in, int rows, const float* add, float* x,
                   RowRange* ranges);

// x = result.
void FloatRows(const Accumulators& in, int rows, float* x);

// to += code * scale.
void AddScaledCodes(const int8_t* codes, float scale, int width, float* to);

// to += from.
void AddRow(const float* from, int width, float* to);

// The inner product.
float Dot(const float* a, const float* b, int width);

}  // namespace quoth

#endif  // QUOTH_SERVER_MODEL_ROWS_H_
