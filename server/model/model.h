// The neural model: an encoder and its heads, over one window of a document.
//
//   absl::StatusOr<std::unique_ptr<Model>> model =
//       Model::Load("models/quoth-en.qm", ModelOptions());
//   std::unique_ptr<ModelScratch> scratch = (*model)->NewScratch();
//   WindowScores scores =
//       (*model)->ReadWindow(input, Scope::kReported, *scratch);
//   ... find cues in scores.cue ...
//   RoleScores roles = (*model)->ReadArguments(input, cues, *scratch);
//
// The answers depend on the window alone: not on the number of threads, on
// what was read before, or on what else is being read.

#ifndef QUOTH_SERVER_MODEL_MODEL_H_
#define QUOTH_SERVER_MODEL_MODEL_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "server/model/calibration.h"
#include "server/model/labels.h"
#include "server/model/precision.h"
#include "server/model/window_input.h"
#include "server/text/vocabulary.h"

namespace quoth {

struct ModelOptions {
  // kFloat32 widens int8 weights; a file with fp32 weights (convert_model.py
  // --precision=float32) shows what quantisation costs.
  Precision precision = Precision::kInt8;
};

struct WindowScores {
  std::vector<LabelRow> cue;  // Per word: probabilities by CueLabel.
};

// Working memory of one reader: reuse it from window to window, from one
// thread at a time. Holds the encoded words of the window that was read last.
class ModelScratch {
 public:
  virtual ~ModelScratch() = default;
};

// Immutable, thread-safe.
class Model {
 public:
  virtual ~Model() = default;

  // The errors of ModelFile::Open; InvalidArgument if a tensor is missing or
  // of the wrong shape.
  static absl::StatusOr<std::unique_ptr<Model>> Load(
      const std::string& path, const ModelOptions& options);

  // "quoth-en 1": the file's name and version.
  virtual const std::string& version() const = 0;
  virtual const Vocabulary& vocabulary() const = 0;

  // What the confidences of claims and speakers are worth; no change where the
  // model does not say.
  virtual const Calibration& calibration() const;

  // The longest window, in pieces, [CLS] and [SEP] not counted.
  virtual int max_window_pieces() const = 0;

  virtual std::unique_ptr<ModelScratch> NewScratch() const = 0;

  // Encodes a window and tags its cues, as `scope` has them. Requires 1 <=
  // words and at most max_window_pieces() + 2 pieces.
  virtual WindowScores ReadWindow(const WindowInput& input, Scope scope,
                                  ModelScratch& scratch) const = 0;

  // For each cue of the window that was read last with `scratch`, the role of
  // every word, in the same scope: words far from a cue that has no role for
  // those between are other, without being read. Requires 0 <= begin < end <=
  // words for each cue.
  virtual RoleScores ReadArguments(const WindowInput& input,
                                   absl::Span<const CueWords> cues,
                                   ModelScratch& scratch) const = 0;
};

}  // namespace quoth

#endif  // QUOTH_SERVER_MODEL_MODEL_H_
