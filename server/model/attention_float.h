// Attention with both of its products in fp32.

#ifndef QUOTH_SERVER_MODEL_ATTENTION_FLOAT_H_
#define QUOTH_SERVER_MODEL_ATTENTION_FLOAT_H_

#include "server/model/aligned_buffer.h"
#include "server/model/attention.h"

namespace quoth {

// The arrays of a FloatAttention, `stride` rows each; "hidden" is all heads
// side by side.
struct FloatAttentionState {
  int heads = 0;
  int head_width = 0;
  int stride = 0;
  int rows = 0;  // Rows of the window.
  int keys = 0;  // The same, rounded up to whole panels.

  AlignedBuffer<float> queries;   // [row][hidden], for scores as powers of 2
  AlignedBuffer<float> keys_t;    // [head][row / 32][head_width][32]
  AlignedBuffer<float> values;    // [row][hidden]
  AlignedBuffer<float> key_bias;  // [row]: 0, or a mask
  AlignedBuffer<float> scores;    // [6][row], of one group of queries
};

class FloatAttention : public Attention {
 public:
  FloatAttention(int heads, int head_width, int most_rows);

  void Begin(int rows) override;
  void Add(const Accumulators& qkv, int begin, int rows) override;
  void Finish(float* out) override;

 private:
  FloatAttentionState state_;
};

}  // namespace quoth

#endif  // QUOTH_SERVER_MODEL_ATTENTION_FLOAT_H_
