// Speed of the model, on one thread: items are word pieces for the encoder and
// cues for the argument head. Read CPU time, not wall time, on a machine that
// does other work.

#include <cstdint>
#include <cstdlib>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "benchmark/benchmark.h"
#include "server/model/model.h"
#include "tests/bench/model_path.h"

namespace quoth {
namespace {

const Model& TheModel(Precision precision) {
  static const auto load = [](Precision p) {
    absl::StatusOr<std::unique_ptr<Model>> model =
        Model::Load(ModelPath(), ModelOptions{.precision = p});
    if (!model.ok()) std::abort();
    return *std::move(model);
  };
  static const std::unique_ptr<Model> int8 = load(Precision::kInt8);
  static const std::unique_ptr<Model> float32 = load(Precision::kFloat32);
  return precision == Precision::kInt8 ? *int8 : *float32;
}

// A window of `pieces` pieces, nine in ten of which begin a word, as in English
// news; which ones they are does not matter for speed.
WindowInput MakeInput(const Model& model, int pieces) {
  std::mt19937 random(pieces);
  std::uniform_int_distribution<int> piece(1000, 20000);
  const Vocabulary& vocabulary = model.vocabulary();
  WindowInput input;
  input.shapes.assign(pieces, 0);
  input.quotes.assign(pieces, 0);
  input.pieces.push_back(vocabulary.classifier());
  for (int i = 1; i + 1 < pieces; ++i) {
    if (i % 10 != 0) {
      input.first.push_back(i);
      input.paragraph.push_back(i / 80);
      input.sentence.push_back(i / 20);
    }
    input.pieces.push_back(piece(random));
  }
  input.pieces.push_back(vocabulary.separator());
  return input;
}

void BM_ReadWindow(benchmark::State& state, Precision precision) {
  const Model& model = TheModel(precision);
  const std::unique_ptr<ModelScratch> scratch = model.NewScratch();
  const WindowInput input = MakeInput(model, static_cast<int>(state.range(0)));
  for (auto _ : state) {
    benchmark::DoNotOptimize(
        model.ReadWindow(input, Scope::kReported, *scratch));
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK_CAPTURE(BM_ReadWindow, int8, Precision::kInt8)
    ->Arg(16)
    ->Arg(64)
    ->Arg(128)
    ->Arg(256);
BENCHMARK_CAPTURE(BM_ReadWindow, float32, Precision::kFloat32)
    ->Arg(64)
    ->Arg(128)
    ->Arg(256);

// The cues of a window of 256 pieces. The first reading of a window adds what
// its cues share; here it is done once, before the clock runs.
void BM_ReadArguments(benchmark::State& state, Precision precision) {
  const Model& model = TheModel(precision);
  const std::unique_ptr<ModelScratch> scratch = model.NewScratch();
  const WindowInput input = MakeInput(model, 256);
  model.ReadWindow(input, Scope::kReported, *scratch);
  std::vector<CueWords> cues;
  for (int i = 0; i < state.range(0); ++i) cues.push_back({7 * i, 7 * i + 1});
  model.ReadArguments(input, cues, *scratch);
  for (auto _ : state) {
    benchmark::DoNotOptimize(model.ReadArguments(input, cues, *scratch));
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK_CAPTURE(BM_ReadArguments, int8, Precision::kInt8)
    ->Arg(1)
    ->Arg(8)
    ->Arg(32);
BENCHMARK_CAPTURE(BM_ReadArguments, float32, Precision::kFloat32)->Arg(8);

// A window as the server reads it: encoded, then 6 cues.
void BM_WindowWithCues(benchmark::State& state) {
  const Model& model = TheModel(Precision::kInt8);
  const std::unique_ptr<ModelScratch> scratch = model.NewScratch();
  const WindowInput input = MakeInput(model, 256);
  std::vector<CueWords> cues;
  for (int i = 0; i < 6; ++i) cues.push_back({40 * i, 40 * i + 1});
  for (auto _ : state) {
    benchmark::DoNotOptimize(
        model.ReadWindow(input, Scope::kReported, *scratch));
    benchmark::DoNotOptimize(model.ReadArguments(input, cues, *scratch));
  }
  state.SetItemsProcessed(state.iterations() * 256);
}
BENCHMARK(BM_WindowWithCues);

// Opening, checking and packing. The first load of a process also makes
// oneDNN's primitives; later ones find them in its cache.
void BM_Load(benchmark::State& state) {
  for (auto _ : state) {
    benchmark::DoNotOptimize(Model::Load(ModelPath(), ModelOptions()));
  }
}
BENCHMARK(BM_Load)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace quoth
