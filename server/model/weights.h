// Tensors of the model file as the layers want them: of the shape that the
// layer expects, or an error that names the tensor.
//
//   absl::StatusOr<AlignedBuffer<float>> gain =
//       ReadFloats(file, "embedding.norm.gain", {384});

#ifndef QUOTH_SERVER_MODEL_WEIGHTS_H_
#define QUOTH_SERVER_MODEL_WEIGHTS_H_

#include <cstdint>
#include <initializer_list>
#include <string>

#include "absl/status/statusor.h"
#include "server/model/aligned_buffer.h"
#include "server/model/model_file.h"

namespace quoth {

// A copy of an fp32 tensor. InvalidArgument if it is missing, of another type
// or shape, or holds a value that is not finite.
absl::StatusOr<AlignedBuffer<float>> ReadFloats(
    const ModelFile& file, const std::string& name,
    std::initializer_list<uint32_t> dims);

// A matrix in the mapped file, rows x columns: int8 codes with a scale a row,
// value = code * scale, or fp32.
struct Matrix {
  int rows = 0;
  int columns = 0;
  const int8_t* codes = nullptr;  // Null if the file has fp32.
  const float* values = nullptr;  // Null if the file has int8.
  AlignedBuffer<float> scales;    // Per row; for int8 only.

  float at(int row, int column) const {
    const size_t i = size_t(row) * columns + column;
    return codes == nullptr ? values[i] : codes[i] * scales[row];
  }
};

// The tensors NAME.weight and, if that is int8, NAME.scale. Valid while `file`
// lives. The errors of ReadFloats.
absl::StatusOr<Matrix> ReadMatrix(const ModelFile& file,
                                  const std::string& name, int rows,
                                  int columns);

}  // namespace quoth

#endif  // QUOTH_SERVER_MODEL_WEIGHTS_H_
