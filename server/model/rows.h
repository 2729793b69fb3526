// Everything element-wise between two matrix products, a row (one word piece
// or one word) at a time: what a product leaves is scaled, bent, normalised
// and written as the input of the next one.
//
// The int8 scheme. A product's input is uint8 with one scale a row, found as
// the row is written:
//
//   value = (code - zero) * row_scale,  zero = levels + 1,
//   row_scale = largest absolute value of the row / levels
//
// Its weights are int8 with one scale a column. The product gives
// sum = code * weight in int32, exactly, and
//
//   result = (sum - offset) * row_scale * column_scale + bias,
//   offset = zero * sum of the column's weights.
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
  const int32_t* offset = nullptr;      // int8 only.
};

// The input of a product: codes and scales (int8), or values (fp32).
struct ActivationRows {
  int width = 0;
  int levels = 127;
  uint8_t* codes = nullptr;  // Null in fp32.
  float* scales = nullptr;
  float* values = nullptr;

  ActivationRows From(int row) const {
    ActivationRows rest = *this;
    const size_t skip = size_t(row) * width;
    if (codes != nullptr) {
      rest.codes += skip;
      rest.scales += row;
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

// x = gelu(result), or x + gelu(result) if `add`. largest[r]: of row r.
void GeluFloatRows(const Accumulators& in, int rows, bool add, float* x,
                   float* largest);

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
