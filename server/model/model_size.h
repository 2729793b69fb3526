// The measures of a model, from the properties of its file.

#ifndef QUOTH_SERVER_MODEL_MODEL_SIZE_H_
#define QUOTH_SERVER_MODEL_MODEL_SIZE_H_

#include "absl/status/statusor.h"
#include "server/model/model_file.h"

namespace quoth {

struct ModelSize {
  int vocabulary = 0;  // Pieces.
  int layers = 0;
  int hidden = 0;
  int heads = 0;
  int feed_forward = 0;
  int max_window_pieces = 0;  // [CLS] and [SEP] not counted.
  int argument_hidden = 0;
  int argument_channels = 0;

  int max_pieces() const { return max_window_pieces + 2; }
};

// InvalidArgument if a property is missing, out of range or at odds with the
// others: what follows may rely on the widths being fit for vectors.
absl::StatusOr<ModelSize> ReadModelSize(const ModelFile& file);

}  // namespace quoth

#endif  // QUOTH_SERVER_MODEL_MODEL_SIZE_H_
