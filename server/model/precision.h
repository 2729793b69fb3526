// In which numbers the model calculates: int8 to serve, fp32 to see what
// quantisation costs.
//
//   Model::Load(path, {.precision = Precision::kFloat32});

#ifndef QUOTH_SERVER_MODEL_PRECISION_H_
#define QUOTH_SERVER_MODEL_PRECISION_H_

namespace quoth {

enum class Precision {
  kInt8,     // As the file has it: int8 weights, dynamic uint8 activations.
  kFloat32,  // Everything in fp32, for comparison: about 3 times slower.
};

}  // namespace quoth

#endif  // QUOTH_SERVER_MODEL_PRECISION_H_
