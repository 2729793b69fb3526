// Two ways to read any text, compared. The int8 model against the fp32 one:
// probabilities are probabilities in both, and where fp32 is sure of a cue
// label, int8 is not as sure of another. And the windows of a document in one
// pass, as the engine reads them, against each alone: not a bit may differ.

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
#include "tests/source_tree.h"

namespace quoth {
namespace {

// What counts as sure. Between the two lies what quantisation may move.
constexpr float kSure = 0.99f;

void Require(bool holds) {
  if (!holds) __builtin_trap();
}

struct Reader {
  explicit Reader(Precision precision) {
    auto loaded = Model::Load(SourceFile("models/quoth-en.qm"),
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

std::vector<CueWords> SomeCues(const WindowInput& input) {
  return {{0, 1}, {input.words() / 2, input.words()}};
}

const Reader& Int8() {
  static const Reader& reader = *new Reader(Precision::kInt8);
  return reader;
}

// Int8's answers for a window, which fp32 must not contradict.
std::pair<WindowScores, RoleScores> CheckWindow(const WindowInput& input,
                                                Scope scope) {
  static const Reader& float32 = *new Reader(Precision::kFloat32);
  WindowScores a = Int8().model->ReadWindow(input, scope, *Int8().scratch);
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
  const std::vector<CueWords> cues = SomeCues(input);
  RoleScores roles = Int8().model->ReadArguments(input, cues, *Int8().scratch);
  for (const RoleScores& scores :
       {roles, float32.model->ReadArguments(input, cues, *float32.scratch)}) {
    Require(scores.size() == cues.size());
    for (const auto& words : scores) {
      for (const LabelRow& row : words) CheckRow(row, true);
    }
  }
  return {std::move(a), std::move(roles)};
}

// In memory that has read nothing else.
std::pair<WindowScores, RoleScores> ReadAlone(const WindowInput& input,
                                              Scope scope) {
  const std::unique_ptr<ModelScratch> scratch = Int8().model->NewScratch();
  WindowScores scores = Int8().model->ReadWindow(input, scope, *scratch);
  return {std::move(scores),
          Int8().model->ReadArguments(input, SomeCues(input), *scratch)};
}

void Run(uint8_t choices, std::string_view bytes) {
  absl::StatusOr<Text> text = Text::FromUtf8(bytes);
  if (!text.ok()) return;
  const Model& model = *Int8().model;
  const Document doc = ReadDocument(*std::move(text), model.vocabulary());
  const Scope scope = choices & 1 ? Scope::kReported : Scope::kAllAttributions;
  for (const WordRange range : CutWindows(doc, model.max_window_pieces())) {
    const WindowInput input = MakeWindowInput(doc, range, model.vocabulary());
    const auto [scores, roles] = CheckWindow(input, scope);
    const auto [alone_scores, alone_roles] = ReadAlone(input, scope);
    Require(scores.cue == alone_scores.cue && roles == alone_roles);
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
