// Multi-head self-attention over the pieces of one window.
//
//   std::unique_ptr<Attention> attention =
//       NewAttention(heads, head_width, most_rows, /*use_int8=*/true);
//   attention->Begin(rows);
//   attention->Add(qkv, begin, block_rows);   // For each block of rows.
//   attention->Finish(out);

#ifndef QUOTH_SERVER_MODEL_ATTENTION_H_
#define QUOTH_SERVER_MODEL_ATTENTION_H_

#include <memory>

#include "server/model/rows.h"

namespace quoth {

// Head widths are multiples of this.
inline constexpr int kHeadMultiple = 32;

// The working memory of one thread.
class Attention {
 public:
  virtual ~Attention() = default;

  // A new layer of a window of `rows` rows. Requires 3 <= rows <= most_rows.
  virtual void Begin(int rows) = 0;

  // Takes queries, keys and values [begin, begin + rows): a product of width
  // 3 * heads * head_width.
  virtual void Add(const Accumulators& qkv, int begin, int rows) = 0;

  // Writes all rows of the result, [rows][heads * head_width].
  virtual void Finish(float* out) = 0;
};

// use_int8 requires HasVnni512(). Elsewhere fp32 is faster than int8 would be.
std::unique_ptr<Attention> NewAttention(int heads, int head_width,
                                        int most_rows, bool use_int8);

}  // namespace quoth

#endif  // QUOTH_SERVER_MODEL_ATTENTION_H_
