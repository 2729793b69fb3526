// Speed of the model, on one thread: items are word pieces for the encoder and
// cues for the argument head. Read CPU time, not wall time, on a machine that
// does other work.

#if defined(__x86_64__)
#include <immintrin.h>
#endif

#include <cstdint>
#include <cstdlib>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "benchmark/benchmark.h"
#include "server/model/cpu.h"
#include "server/model/model.h"
#include "server/model/model_file.h"
#include "server/model/model_size.h"
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

// Operations (a multiplication and an addition are two) of the encoder's
// matrix products and attention for one window: its words alone go through the
// last layer's later half.
double OperationsOf(const WindowInput& input) {
  static const ModelSize size = [] {
    absl::StatusOr<ModelFile> file = ModelFile::Open(ModelPath());
    if (!file.ok()) std::abort();
    absl::StatusOr<ModelSize> read = ReadModelSize(*file);
    if (!read.ok()) std::abort();
    return *read;
  }();
  const double pieces = input.pieces.size(), words = input.words();
  const double h = size.hidden, inner = size.feed_forward;
  double sum = 0;
  for (int layer = 1; layer <= size.layers; ++layer) {
    const double rows = layer < size.layers ? pieces : words;
    sum += pieces * 3 * h * h + 2 * pieces * pieces * h;
    sum += rows * (h * h + 2 * h * inner);
  }
  return 2 * sum;
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
  state.counters["ops"] = benchmark::Counter(
      OperationsOf(input), benchmark::Counter::kIsIterationInvariantRate);
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

#if defined(__x86_64__)
// Enough sums for two units of five cycles. In assembly, for compilers take
// some of them to memory and back.
constexpr int kPeakSums = 12, kPeakRounds = 1000;

__attribute__((target("avx512f,avx512vnni"), noinline)) void
MultiplyOnRegisters(__m512i a, __m512i b) {
  __m512i s[kPeakSums] = {};
  for (int round = 0; round < kPeakRounds; ++round) {
    asm volatile(
        "vpdpbusd %12, %13, %0\n\t"
        "vpdpbusd %12, %13, %1\n\t"
        "vpdpbusd %12, %13, %2\n\t"
        "vpdpbusd %12, %13, %3\n\t"
        "vpdpbusd %12, %13, %4\n\t"
        "vpdpbusd %12, %13, %5\n\t"
        "vpdpbusd %12, %13, %6\n\t"
        "vpdpbusd %12, %13, %7\n\t"
        "vpdpbusd %12, %13, %8\n\t"
        "vpdpbusd %12, %13, %9\n\t"
        "vpdpbusd %12, %13, %10\n\t"
        "vpdpbusd %12, %13, %11\n\t"
        : "+v"(s[0]), "+v"(s[1]), "+v"(s[2]), "+v"(s[3]), "+v"(s[4]),
          "+v"(s[5]), "+v"(s[6]), "+v"(s[7]), "+v"(s[8]), "+v"(s[9]),
          "+v"(s[10]), "+v"(s[11])
        : "v"(a), "v"(b));
  }
}

// The most int8 operations that a core can do: byte products on registers, and
// nothing else. ReadWindow's `ops` over this one's is its share of the peak.
__attribute__((target("avx512f,avx512vnni"))) void BM_Int8Peak(
    benchmark::State& state) {
  if (!HasVnni512()) {
    state.SkipWithError("needs AVX-512 VNNI");
    return;
  }
  const __m512i a = _mm512_set1_epi8(3), b = _mm512_set1_epi8(5);
  for (auto _ : state) MultiplyOnRegisters(a, b);
  state.counters["ops"] =
      benchmark::Counter(2.0 * 64 * kPeakSums * kPeakRounds,
                         benchmark::Counter::kIsIterationInvariantRate);
}
BENCHMARK(BM_Int8Peak);
#endif

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
