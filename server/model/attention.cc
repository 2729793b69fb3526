#include "server/model/attention.h"

#include "server/model/attention_float.h"
#include "server/model/attention_int8.h"

namespace quoth {

std::unique_ptr<Attention> NewAttention(int heads, int head_width,
                                        int most_rows, bool use_int8) {
  if (use_int8) {
    return std::make_unique<Int8Attention>(heads, head_width, most_rows);
  }
  return std::make_unique<FloatAttention>(heads, head_width, most_rows);
}

}  // namespace quoth
