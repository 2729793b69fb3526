// A linear layer to three labels, in fp32: too narrow to be worth a product.
//
//   absl::StatusOr<LabelLayer> cue = LabelLayer::Load(file, "cue", 384);
//   LabelRow logits = cue->Logits(vector_of_a_word);

#ifndef QUOTH_SERVER_MODEL_LABEL_LAYER_H_
#define QUOTH_SERVER_MODEL_LABEL_LAYER_H_

#include <string>

#include "absl/status/statusor.h"
#include "server/model/aligned_buffer.h"
#include "server/model/labels.h"
#include "server/model/model_file.h"

namespace quoth {

// Immutable after Load.
class LabelLayer {
 public:
  // Reads NAME.weight [3, width] and NAME.bias [3], fp32. The errors of
  // ReadFloats.
  static absl::StatusOr<LabelLayer> Load(const ModelFile& file,
                                         const std::string& name, int width);

  // Requires a row of `width` floats, aligned to 64 bytes.
  LabelRow Logits(const float* row) const;

 private:
  LabelLayer() = default;

  int width_ = 0;
  AlignedBuffer<float> weight_;
  AlignedBuffer<float> bias_;
};

}  // namespace quoth

#endif  // QUOTH_SERVER_MODEL_LABEL_LAYER_H_
