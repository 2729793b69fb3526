// Writes model files for tests: whole small models with random weights, and
// files with whatever is wrong with them.
//
//   ModelBuilder builder = RandomModel(RandomModelOptions());
//   builder.properties["heads"] = "3";       // Now it does not fit.
//   std::string bytes = builder.Build();

#ifndef QUOTH_TESTS_MODEL_MODEL_BUILDER_H_
#define QUOTH_TESTS_MODEL_MODEL_BUILDER_H_

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "server/model/model_file.h"

namespace quoth {

struct BuiltTensor {
  TensorType type = TensorType::kFloat32;
  std::vector<uint32_t> dims;
  std::string data;
};

struct ModelBuilder {
  std::map<std::string, std::string> properties;
  std::map<std::string, BuiltTensor> tensors;

  void AddFloats(const std::string& name, std::vector<uint32_t> dims,
                 const std::vector<float>& values);
  void AddBytes(const std::string& name, std::string_view bytes);
  // NAME.weight and NAME.scale.
  void AddInt8Matrix(const std::string& name, uint32_t rows, uint32_t columns,
                     const std::vector<float>& values);

  // The file's bytes, with the right size and checksum.
  std::string Build() const;
};

// Puts the right checksum into a file whose bytes were changed.
void FixChecksum(std::string& bytes);

struct RandomModelOptions {
  uint32_t seed = 1;
  bool int8 = false;
  int layers = 2;
  int hidden = 64;
  int heads = 2;
  int feed_forward = 96;
  int max_window_pieces = 100;
  int argument_hidden = 32;
  int argument_channels = 16;
  bool reported = true;  // With heads of their own for REPORTED.
};

// The pieces of a random model's vocabulary.
inline constexpr int kRandomVocabulary = 40;

// A whole model with random weights of a size that keeps its vectors and
// probabilities lively.
ModelBuilder RandomModel(const RandomModelOptions& options);

// A file with these bytes, gone when the test ends.
std::string WriteTemporary(const std::string& name, const std::string& bytes);

}  // namespace quoth

#endif  // QUOTH_TESTS_MODEL_MODEL_BUILDER_H_
