// What each part of reading an article costs, and the whole answer as a ratio
// to the encoder alone. All parts are measured in turns, article by article, in
// CPU time of this thread: the ratio holds on a machine that does other work.
//
// Per article: text_us (decoding, language, words, sentences, quotations,
// pieces), encoder_us (the model without its argument head), arguments_us, rest
// of claims_us (decoding, spans, acts, context), speakers_us, and whole_us
// (Engine::Extract, all of these in one call). whole_to_encoder is what the
// answer costs as a multiple of the encoder.

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "benchmark/benchmark.h"
#include "server/claims/extractor.h"
#include "server/engine/engine.h"
#include "server/model/model.h"
#include "server/speakers/resolver.h"
#include "server/text/document.h"
#include "server/text/language.h"
#include "server/text/windows.h"
#include "tests/bench/articles.h"
#include "tests/bench/cpu_clock.h"
#include "tests/bench/model_path.h"
#include "tests/source_tree.h"

namespace quoth {
namespace {

// Seconds of CPU time that `work` took, added to `total`.
template <typename Work>
void Time(double& total, Work work) {
  const double begin = ThreadCpuSeconds();
  work();
  total += ThreadCpuSeconds() - begin;
}

struct Window {
  WordRange range;
  WindowInput input;
};

struct Totals {
  double text = 0, encoder = 0, arguments = 0, claims = 0, speakers = 0,
         whole = 0;
};

class Bench {
 public:
  Bench() {
    model_ = OrDie(Model::Load(ModelPath(), ModelOptions()));
    engine_ = OrDie(Engine::Create(ModelPath(), EngineOptions()));
    extractor_ = std::make_unique<ClaimExtractor>(*model_, ExtractorOptions());
    scratch_ = model_->NewScratch();
  }

  void Read(const std::string& article, Totals& totals) {
    Document doc;
    Time(totals.text, [&] {
      Text text = OrDie(Text::FromUtf8(article));
      benchmark::DoNotOptimize(DetectLanguage(text.bytes()));
      doc = ReadDocument(std::move(text), model_->vocabulary());
    });
    const DecoderOptions decoder = ExtractorOptions().reported.decoder;
    double model = 0;
    for (const WordRange range : CutWindows(doc, model_->max_window_pieces())) {
      const WindowInput input =
          MakeWindowInput(doc, range, model_->vocabulary());
      pieces_ += input.pieces.size();
      WindowScores scores;
      Time(totals.encoder, [&] {
        scores = model_->ReadWindow(input, Scope::kReported, *scratch_);
      });
      Time(model, [&] {
        const std::vector<CueWords> cues = FindCues(scores.cue, decoder);
        cues_ += cues.size();
        benchmark::DoNotOptimize(model_->ReadArguments(input, cues, *scratch_));
      });
    }
    totals.arguments += model;

    // The same again in one, less what was just measured.
    std::vector<Claim> claims;
    Time(totals.claims, [&] {
      claims = OrDie(extractor_->Extract(
          doc, Scope::kReported, 0, [] { return absl::OkStatus(); },
          *scratch_));
    });
    claims_ += claims.size();
    Time(totals.speakers,
         [&] { benchmark::DoNotOptimize(ResolveSpeakers(doc, claims)); });
    Time(totals.whole, [&] {
      benchmark::DoNotOptimize(engine_->Extract(article, ExtractOptions()));
    });
  }

  size_t pieces_ = 0, cues_ = 0, claims_ = 0;

 private:
  template <typename T>
  static T OrDie(absl::StatusOr<T> value) {
    if (!value.ok()) std::abort();
    return *std::move(value);
  }

  std::unique_ptr<Model> model_;
  std::unique_ptr<Engine> engine_;
  std::unique_ptr<ClaimExtractor> extractor_;
  std::unique_ptr<ModelScratch> scratch_;
};

void Run(benchmark::State& state, const std::vector<std::string>& articles) {
  Bench bench;
  Totals warm, totals;
  bench.Read(articles[0], warm);
  bench.pieces_ = bench.cues_ = bench.claims_ = 0;
  for (auto _ : state) {
    const double before = totals.whole;
    for (const std::string& article : articles) bench.Read(article, totals);
    state.SetIterationTime(totals.whole - before);
  }
  const double read = static_cast<double>(state.iterations()) *
                      static_cast<double>(articles.size());
  const double us = 1e6 / read;
  state.counters["text_us"] = totals.text * us;
  state.counters["encoder_us"] = totals.encoder * us;
  state.counters["arguments_us"] = totals.arguments * us;
  state.counters["claims_us"] =
      (totals.claims - totals.encoder - totals.arguments) * us;
  state.counters["speakers_us"] = totals.speakers * us;
  state.counters["whole_us"] = totals.whole * us;
  state.counters["whole_to_encoder"] = totals.whole / totals.encoder;
  state.counters["pieces"] = static_cast<double>(bench.pieces_) / read;
  state.counters["cues"] = static_cast<double>(bench.cues_) / read;
  state.counters["claims"] = static_cast<double>(bench.claims_) / read;
  state.counters["pieces_per_second"] =
      static_cast<double>(bench.pieces_) / totals.encoder;
}

void BM_OrdinaryArticles(benchmark::State& state) {
  Run(state, OrdinaryArticles(36));
}
BENCHMARK(BM_OrdinaryArticles)->UseManualTime()->Unit(benchmark::kMillisecond);

void BM_ArticleOfWords(benchmark::State& state) {
  std::vector<std::string> articles;
  for (uint32_t seed = 0; seed < 8; ++seed) {
    articles.push_back(MakeArticle(static_cast<int>(state.range(0)), seed));
  }
  Run(state, articles);
}
BENCHMARK(BM_ArticleOfWords)
    ->Arg(100)
    ->Arg(400)
    ->Arg(1600)
    ->UseManualTime()
    ->Unit(benchmark::kMillisecond);

void BM_Sample(benchmark::State& state) {
  std::ifstream in(SourceFile("tests/testdata/iran-digest.txt"),
                   std::ios::binary);
  Run(state, {std::string(std::istreambuf_iterator<char>(in), {})});
}
BENCHMARK(BM_Sample)->UseManualTime()->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace quoth
