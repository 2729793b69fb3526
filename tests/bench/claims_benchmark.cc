// What the claims layer costs beside the model: decoding of windows with few
// and with very many cues, and claims built from their words.

#include <cmath>
#include <cstdint>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "benchmark/benchmark.h"
#include "server/claims/claim_builder.h"
#include "server/claims/decoder.h"
#include "server/claims/quotation_index.h"
#include "server/claims/unclaimed_quotations.h"
#include "server/text/document.h"
#include "server/text/text.h"
#include "server/text/vocabulary.h"
#include "tests/source_tree.h"

namespace quoth {
namespace {

Document ReadArticle() {
  std::ifstream in(SourceFile("tests/testdata/iran-digest.txt"),
                   std::ios::binary);
  const std::string bytes(std::istreambuf_iterator<char>(in), {});
  const auto vocabulary = Vocabulary::FromLines("[PAD]\n[UNK]\n[CLS]\n[SEP]\n");
  return ReadDocument(*Text::FromUtf8(bytes), *vocabulary);
}

struct Window {
  WordRange range;
  std::vector<CueWords> cues;
  std::vector<LabelRow> probabilities;
  RoleScores roles;
};

// A window in which each cue may claim any word: the worst that can come.
Window MakeWindow(int words, int cues) {
  uint32_t state = 1;
  const auto next = [&state] {
    state = state * 1664525 + 1013904223;
    return 0.001f + static_cast<float>(state >> 8) / (1 << 24);
  };
  Window window;
  window.range = {0, static_cast<uint32_t>(words)};
  window.probabilities.assign(words, {0.1f, 0.9f, 0});
  for (int k = 0; k < cues; ++k) {
    const int at = k * words / cues;
    window.cues.push_back({at, at + 1});
    auto& row = window.roles.emplace_back();
    for (int j = 0; j < words; ++j) {
      row.push_back({std::log(next()), std::log(next()), std::log(2 * next())});
    }
  }
  return window;
}

void BM_DecodeWindow(benchmark::State& state) {
  const Document doc = ReadArticle();
  const Window window = MakeWindow(static_cast<int>(state.range(0)),
                                   static_cast<int>(state.range(1)));
  DecoderOptions options;
  options.nested = true;
  for (auto _ : state) {
    benchmark::DoNotOptimize(DecodeWindow(doc, window.range, window.cues,
                                          window.probabilities, window.roles,
                                          options));
  }
  state.counters["cues"] = static_cast<double>(window.cues.size());
}
BENCHMARK(BM_DecodeWindow)
    ->ArgNames({"words", "cues"})
    ->Args({250, 5})    // An ordinary window.
    ->Args({250, 25})   // A dense one.
    ->Args({250, 250})  // A hostile one.
    ->Unit(benchmark::kMicrosecond);

// Everything behind the model for one article with a claim a sentence.
void BM_BuildClaims(benchmark::State& state) {
  const Document doc = ReadArticle();
  std::vector<WordClaim> found;
  for (uint32_t i = 0; i + 8 < doc.words.size(); ++i) {
    if (i > 0 && doc.words[i - 1].sentence == doc.words[i].sentence) continue;
    found.push_back({{i + 1}, {i}, {i + 2, i + 3, i + 4, i + 5}, 0.9f});
  }
  const QuotationOptions options;
  for (auto _ : state) {
    const QuotationIndex quotations(doc);
    QuotationLedger ledger(doc, quotations, options);
    for (const WordClaim& claim : found) ledger.Add(claim);
    ledger.ClaimTheRest();
    benchmark::DoNotOptimize(BuildClaims(doc, quotations, ledger.TakeClaims(),
                                         {.context_sentences = 1}));
  }
  state.counters["claims"] = static_cast<double>(found.size());
  state.counters["words"] = static_cast<double>(doc.words.size());
}
BENCHMARK(BM_BuildClaims)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace quoth
