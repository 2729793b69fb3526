// Attention with both of its products in int8, for CPUs with VNNI.
//
// Queries are uint8 around a zero point of 128 and keys int8, with a scale a
// row; values are int8 with a scale a column; the softmax's numerators are
// uint8, and their sum divides, so that the weights of a row add up to 1
// exactly.
//
// [CLS] and [SEP], the window's first and last rows, stay out of the second
// product and are added in fp32: heads that find nothing to look at put most of
// their weight there (they are "sinks"), and next to it all other weights would
// be too small for 8 bits. That takes a third off the error of the encoder's
// vectors.

#ifndef QUOTH_SERVER_MODEL_ATTENTION_INT8_H_
#define QUOTH_SERVER_MODEL_ATTENTION_INT8_H_

#include <cstdint>

#include "server/model/aligned_buffer.h"
#include "server/model/attention.h"

namespace quoth {

// The arrays of an Int8Attention, `stride` rows each; "hidden" is all heads
// side by side.
struct Int8AttentionState {
  int heads = 0;
  int head_width = 0;
  int stride = 0;
  int rows = 0;  // Rows of the window.
  int keys = 0;  // The same, rounded up to whole panels.

  AlignedBuffer<uint8_t> query_codes;  // [row][hidden]
  AlignedBuffer<float> query_scale;    // [row], for scores as powers of 2
  AlignedBuffer<int8_t> key_codes;     // [head], as Int8Product reads them
  AlignedBuffer<float> key_scale;      // [row]
  AlignedBuffer<float> values;         // [row][hidden]
  AlignedBuffer<float> value_largest;  // [hidden]; without the sinks
  // Of one head:
  AlignedBuffer<float> key_offset;  // [row]
  float sink_offset[2] = {0, 0};
  AlignedBuffer<int8_t> value_codes;  // As Int8Product reads them.
  // Of one group of queries:
  AlignedBuffer<int32_t> sums;          // [12][row]; scores, then
  AlignedBuffer<uint8_t> weight_codes;  // [12][row]
};

class Int8Attention : public Attention {
 public:
  Int8Attention(int heads, int head_width, int most_rows);

  void Begin(int rows) override;
  void Add(const Accumulators& qkv, int begin, int rows) override;
  void Finish(float* out) override;

 private:
  Int8AttentionState state_;
};

}  // namespace quoth

#endif  // QUOTH_SERVER_MODEL_ATTENTION_INT8_H_
