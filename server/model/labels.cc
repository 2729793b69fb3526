#include "server/model/labels.h"

#include <algorithm>
#include <cmath>

namespace quoth {

LabelRow LogSoftmax(const LabelRow& logits) {
  const float most = *std::max_element(logits.begin(), logits.end());
  float sum = 0;
  for (float v : logits) sum += std::exp(v - most);
  const float log_sum = most + std::log(sum);
  LabelRow out;
  for (size_t i = 0; i < out.size(); ++i) out[i] = logits[i] - log_sum;
  return out;
}

}  // namespace quoth
