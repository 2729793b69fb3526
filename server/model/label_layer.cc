#include "server/model/label_layer.h"

#include <tuple>
#include <utility>

#include "server/model/rows.h"
#include "server/model/weights.h"

namespace quoth {

constexpr uint32_t kLabels = std::tuple_size_v<LabelRow>;

absl::StatusOr<LabelLayer> LabelLayer::Load(const ModelFile& file,
                                            const std::string& name,
                                            int width) {
  absl::StatusOr<AlignedBuffer<float>> weight = ReadFloats(
      file, name + ".weight", {kLabels, static_cast<uint32_t>(width)});
  if (!weight.ok()) return weight.status();
  absl::StatusOr<AlignedBuffer<float>> bias =
      ReadFloats(file, name + ".bias", {kLabels});
  if (!bias.ok()) return bias.status();
  LabelLayer layer;
  layer.width_ = width;
  layer.weight_ = *std::move(weight);
  layer.bias_ = *std::move(bias);
  return layer;
}

LabelRow LabelLayer::Logits(const float* row) const {
  LabelRow logits;
  for (size_t i = 0; i < kLabels; ++i) {
    logits[i] = Dot(row, weight_.data() + i * width_, width_) + bias_[i];
  }
  return logits;
}

}  // namespace quoth
