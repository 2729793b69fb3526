// The neural model: an encoder and its heads, over one window of a document.
//
//   absl::StatusOr<std::unique_ptr<Model>> model =
//       Model::Load("models/quoth-en.qm", ModelOptions());
//   std::unique_ptr<ModelScratch> scratch = (*model)->NewScratch();
//   WindowScores scores = (*model)->ReadWindow(input, *scratch);
//   ... find cues in scores.cue ...
//   RoleScores roles = (*model)->ReadArguments(input, cues, *scratch);
//
// The answers depend on the window alone: not on the number of threads, on
// what was read before, or on what else is being read.

#ifndef QUOTH_SERVER_MODEL_MODEL_H_
#define QUOTH_SERVER_MODEL_MODEL_H_

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "server/text/document.h"
#include "server/text/vocabulary.h"
#include "server/text/windows.h"

namespace quoth {

enum class Precision {
  kInt8,     // As the file has it: int8 weights, dynamic uint8 activations.
  kFloat32,  // Everything in fp32, for comparison: about 3 times slower.
};

struct ModelOptions {
  // kFloat32 widens int8 weights; a file with fp32 weights (convert_model.py
  // --precision=float32) shows what quantisation costs.
  Precision precision = Precision::kInt8;
};

// What the encoder reads of one window. Piece arrays have the length of
// `pieces`, which begins with [CLS] and ends with [SEP]; word arrays have the
// number of words of the window.
struct WindowInput {
  std::vector<int32_t> pieces;
  std::vector<uint8_t> shapes;     // Shape of the piece's word.
  std::vector<uint8_t> quotes;     // QuoteState, plus kParagraphStart.
  std::vector<int32_t> first;      // Per word: index of its first piece.
  std::vector<int32_t> paragraph;  // Per word.
  std::vector<int32_t> sentence;   // Per word.

  int words() const { return static_cast<int>(first.size()); }
};

// The input of words [range.begin, range.end) of `doc`.
WindowInput MakeWindowInput(const Document& doc, WordRange range,
                            const Vocabulary& vocabulary);

// A cue within a window: words [begin, end).
struct CueWords {
  int begin = 0;
  int end = 0;
};

// Labels of the cue head (BIO) and of the argument head.
enum CueLabel { kCueOutside = 0, kCueBegin = 1, kCueInside = 2 };
enum RoleLabel { kRoleOther = 0, kRoleSource = 1, kRoleContent = 2 };

// Three values a word.
using LabelRow = std::array<float, 3>;

struct WindowScores {
  std::vector<LabelRow> cue;  // Per word: probabilities by CueLabel.
};

// Log-probabilities by RoleLabel, one row of words per cue.
using RoleScores = std::vector<std::vector<LabelRow>>;

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

  // The longest window, in pieces, [CLS] and [SEP] not counted.
  virtual int max_window_pieces() const = 0;

  virtual std::unique_ptr<ModelScratch> NewScratch() const = 0;

  // Encodes a window and tags its cues. Requires 1 <= words and at most
  // max_window_pieces() + 2 pieces.
  virtual WindowScores ReadWindow(const WindowInput& input,
                                  ModelScratch& scratch) const = 0;

  // For each cue of the window that was read last with `scratch`, the role of
  // every word. Requires 0 <= begin < end <= words for each cue.
  virtual RoleScores ReadArguments(const WindowInput& input,
                                   absl::Span<const CueWords> cues,
                                   ModelScratch& scratch) const = 0;
};

}  // namespace quoth

#endif  // QUOTH_SERVER_MODEL_MODEL_H_
