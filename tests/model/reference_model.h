// The model again, slowly and in double precision, as the definition that the
// fast one is compared with. It shares no code with it but the model file.

#ifndef QUOTH_TESTS_MODEL_REFERENCE_MODEL_H_
#define QUOTH_TESTS_MODEL_REFERENCE_MODEL_H_

#include <string>
#include <vector>

#include "server/model/labels.h"
#include "server/model/model_file.h"
#include "server/model/window_input.h"

namespace quoth {

using Row = std::vector<double>;
using Rows = std::vector<Row>;

class ReferenceModel {
 public:
  // `file` must be a whole model, and outlive this; the heads are those whose
  // names begin with `prefix`.
  ReferenceModel(const ModelFile& file, const std::string& prefix)
      : file_(file), prefix_(prefix) {}

  // The vectors of the window's words.
  Rows Words(const WindowInput& input) const;

  // Probabilities by CueLabel, a row a word.
  Rows CueProbabilities(const Rows& words) const;

  // Log-probabilities by RoleLabel, a row a word.
  Rows Roles(const WindowInput& input, const Rows& words, CueWords cue) const;

 private:
  Row Floats(const std::string& name) const;
  Row TableRow(const std::string& name, int row) const;
  Rows Linear(const std::string& name, const Rows& in) const;
  void Normalize(const std::string& name, Rows& rows) const;
  Rows Attend(const Rows& qkv) const;

  const ModelFile& file_;
  std::string prefix_;
};

}  // namespace quoth

#endif  // QUOTH_TESTS_MODEL_REFERENCE_MODEL_H_
