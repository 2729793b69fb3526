// Multi-head self-attention over the pieces of one window.
//
//   Attention attention(heads, head_width, most_rows, use_int8);
//   attention.Begin(rows);
//   attention.Add(qkv, begin, block_rows);   // For each block of rows.
//   attention.Finish(out);
//
// The two products per head, QK^T and PV, are int8 where the CPU has fast
// 512-bit byte products: queries uint8 and keys int8 with a scale a piece,
// values int8 with a scale a column, and the softmax's numerators uint8, whose
// sum divides, so that the weights of a row add up to 1 exactly. Elsewhere
// they are fp32. (A zero point of 128 makes signed queries uint8.)

#ifndef QUOTH_SERVER_MODEL_ATTENTION_H_
#define QUOTH_SERVER_MODEL_ATTENTION_H_

#include <cstddef>
#include <cstdint>

#include "server/model/aligned_buffer.h"
#include "server/model/rows.h"

namespace quoth {

// Head widths are multiples of this.
inline constexpr int kHeadMultiple = 32;

// The working memory of one thread; its arrays are public to the functions
// that are compiled for each instruction set. Per head, `r` rows padded to
// `stride` (a multiple of 12, for queries, and of 32, for keys).
struct AttentionBuffers {
  int heads = 0;
  int head_width = 0;
  int stride = 0;  // Rows that each head has room for.
  int rows = 0;    // Rows of the window.
  int keys = 0;    // The same, rounded up to a multiple of 32.

  // int8.
  AlignedBuffer<uint8_t> query_codes;   // [head][row][width]
  AlignedBuffer<float> query_scale;     // [head][row]
  AlignedBuffer<int8_t> key_codes;      // [head], packed as Int8Product reads.
  AlignedBuffer<float> key_scale;       // [head][row]
  AlignedBuffer<float> key_offset;      // [head][row], with the scale
  AlignedBuffer<float> value_largest;   // [head][width]
  AlignedBuffer<int8_t> value_codes;    // One head's, packed.
  AlignedBuffer<uint8_t> weight_codes;  // [12][row]
  AlignedBuffer<int32_t> sums;          // [12][row]

  // fp32.
  AlignedBuffer<float> key_bias;  // 0, or very negative behind the last row.
  AlignedBuffer<float> queries;   // [head][row][width]
  AlignedBuffer<float> keys_t;    // [head][row / 32][width][32]

  // Both.
  AlignedBuffer<float> values;  // [head][row][width]
  AlignedBuffer<float> scores;  // [12][row]
};

class Attention {
 public:
  Attention(int heads, int head_width, int most_rows, bool use_int8);

  // A new layer of a window of `rows` rows.
  void Begin(int rows);

  // Takes queries, keys and values [begin, begin + rows): a product of width
  // 3 * heads * head_width.
  void Add(const Accumulators& qkv, int begin, int rows);

  // Writes all rows of the result, heads side by side.
  void Finish(float* out);

 private:
  bool use_int8_;
  AttentionBuffers buffers_;
};

}  // namespace quoth

#endif  // QUOTH_SERVER_MODEL_ATTENTION_H_
