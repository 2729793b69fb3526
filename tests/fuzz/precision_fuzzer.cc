// The int8 model against the fp32 one, on any text: probabilities are
// probabilities in both, and where fp32 is sure of a cue label, int8 is not as
// sure of another.

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/model/model.h"
#include "server/text/document.h"
#include "server/text/text.h"
#include "server/text/windows.h"

namespace quoth {
namespace {

// What counts as sure. Between the two lies what quantisation may move.
constexpr float kSure = 0.99f;

void Require(bool holds) {
  if (!holds) __builtin_trap();
}

struct Reader {
  explicit Reader(Precision precision) {
    auto loaded = Model::Load(QUOTH_SOURCE_DIR "/models/quoth-en.qm",
                              ModelOptions{.precision = precision});
    if (!loaded.ok()) std::abort();
    model = *std::move(loaded);
    scratch = model->NewScratch();
  }
  std::unique_ptr<Model> model;
  std::unique_ptr<ModelScratch> scratch;
};

// The labels of one row, as log probabilities or probabilities, sum to one.
void CheckRow(const LabelRow& row, bool logarithms) {
  float sum = 0;
  for (const float v : row) {
    Require(std::isfinite(v));
    sum += logarithms ? std::exp(v) : v;
  }
  Require(std::abs(sum - 1) < 1e-3f);
}

void CheckWindow(const WindowInput& input, Scope scope) {
  static Reader& int8 = *new Reader(Precision::kInt8);
  static Reader& float32 = *new Reader(Precision::kFloat32);
  const WindowScores a = int8.model->ReadWindow(input, scope, *int8.scratch);
  const WindowScores b =
      float32.model->ReadWindow(input, scope, *float32.scratch);
  Require(a.cue.size() == input.words() && b.cue.size() == input.words());
  for (int w = 0; w < input.words(); ++w) {
    CheckRow(a.cue[w], false);
    CheckRow(b.cue[w], false);
    for (size_t label = 0; label < a.cue[w].size(); ++label) {
      if (b.cue[w][label] > kSure) Require(a.cue[w][label] > 1 - kSure);
    }
  }
  const std::vector<CueWords> cues = {{0, 1},
                                      {input.words() / 2, input.words()}};
  for (const RoleScores& roles :
       {int8.model->ReadArguments(input, cues, *int8.scratch),
        float32.model->ReadArguments(input, cues, *float32.scratch)}) {
    Require(roles.size() == cues.size());
    for (const auto& words : roles) {
      for (const LabelRow& row : words) CheckRow(row, true);
    }
  }
}

void Run(uint8_t choices, std::string_view bytes) {
  absl::StatusOr<Text> text = Text::FromUtf8(bytes);
  if (!text.ok()) return;
  static const std::unique_ptr<Model>& model = *new std::unique_ptr<Model>(
      *Model::Load(QUOTH_SOURCE_DIR "/models/quoth-en.qm", ModelOptions()));
  const Document doc = ReadDocument(*std::move(text), model->vocabulary());
  for (const WordRange range : CutWindows(doc, model->max_window_pieces())) {
    CheckWindow(MakeWindowInput(doc, range, model->vocabulary()),
                choices & 1 ? Scope::kReported : Scope::kAllAttributions);
  }
}

}  // namespace
}  // namespace quoth

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  quoth::Run(data[0], std::string_view(reinterpret_cast<const char*>(data) + 1,
                                       size - 1));
  return 0;
}
