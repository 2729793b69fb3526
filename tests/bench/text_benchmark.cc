// How long the text layer takes: a whole article, and its quotation scanner on
// nothing but marks.

#include <benchmark/benchmark.h>

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "server/text/document.h"
#include "server/text/language.h"
#include "server/text/layout.h"
#include "server/text/quotations.h"
#include "server/text/text.h"
#include "server/text/vocabulary.h"
#include "server/text/windows.h"

namespace quoth {
namespace {

// About 6 kB: the length of a common news article.
std::string Article() {
  const std::string paragraphs[] = {
      "The harbour authority will not reopen the old ferry terminal this "
      "year, its chief executive told councillors on Tuesday, and she accused "
      "the previous board of hiding the state of the pier.",
      "“We were handed a building that nobody had looked at since 1987,” Dr. "
      "Marit Haugland said. “The piles are rotten, the roof leaks and the "
      "wiring isn't safe. I won't put passengers in there, and I don't think "
      "anybody in this room would either.”",
      "A spokesman for the former board's chairman, Col. J. R. Pemberton, "
      "denied the claim. He said that every survey had been \"published in "
      "full\" and that the ministers' own inspectors had found the pier 'fit "
      "for its purpose' in March 2014.",
      "According to the engineers' report, which cost £48,500, repairs would "
      "take 18 months and cost between $9.5 million and $12 million. The U.S. "
      "company that runs the ferries has threatened to leave if there is no "
      "decision by Sept. 30.",
      "‘It's a scandal,’ said Áine Ó Súilleabháin, who has sold tickets on "
      "the quay since the ’90s. ‘They knew. Everybody knew.’ Asked whether "
      "she would stay, she shrugged: ‘Where else would I go?’",
  };
  std::string article;
  while (article.size() < 5500) {
    for (const std::string& p : paragraphs) article += p + "\n\n";
  }
  return article;
}

// The words of the article, as whole pieces, and letters for the rest.
Vocabulary MakeVocabulary(const std::string& article) {
  std::set<std::string> pieces = {"[UNK]", "[CLS]", "[SEP]"};
  std::string word;
  for (const char c : article) {
    if (c >= 'a' && c <= 'z') {
      word += c;
    } else if (!word.empty()) {
      pieces.insert(word);
      word.clear();
    }
  }
  for (char c = '!'; c <= '~'; ++c) {
    pieces.insert(std::string(1, c));
    pieces.insert("##" + std::string(1, c));
  }
  for (const char* mark : {"“", "”", "‘", "’", "£"}) pieces.insert(mark);
  std::string lines;
  for (const std::string& p : pieces) lines += p + "\n";
  return *Vocabulary::FromLines(lines);
}

void BM_ReadDocument(benchmark::State& state) {
  const std::string article = Article();
  const Vocabulary vocabulary = MakeVocabulary(article);
  size_t words = 0;
  for (auto _ : state) {
    const Document doc = ReadDocument(*Text::FromUtf8(article), vocabulary);
    words = doc.words.size();
    benchmark::DoNotOptimize(CutWindows(doc, 254));
  }
  state.SetBytesProcessed(state.iterations() * article.size());
  state.counters["words"] = static_cast<double>(words);
}
BENCHMARK(BM_ReadDocument)->Unit(benchmark::kMicrosecond);

void BM_DetectLanguage(benchmark::State& state) {
  const std::string article = Article();
  for (auto _ : state) benchmark::DoNotOptimize(DetectLanguage(article));
}
BENCHMARK(BM_DetectLanguage)->Unit(benchmark::kMicrosecond);

// Marks in one paragraph: range(0) copies of `unit`.
void ScanMarks(benchmark::State& state, const std::string& unit) {
  std::string bytes;
  for (int64_t i = 0; i < state.range(0); ++i) bytes += unit;
  const Text text = *Text::FromUtf8(bytes);
  const std::vector<Span> paragraphs = {{0, text.size()}};
  for (auto _ : state) {
    benchmark::DoNotOptimize(FindQuotations(text, paragraphs));
  }
  state.SetComplexityN(state.range(0));
}

void BM_OnlyOpeningMarks(benchmark::State& state) { ScanMarks(state, "“"); }
void BM_StraightMarks(benchmark::State& state) { ScanMarks(state, "\""); }
void BM_SingleMarks(benchmark::State& state) { ScanMarks(state, "s' '"); }
void BM_Unclosed(benchmark::State& state) { ScanMarks(state, ". \"We"); }

#define QUOTH_MARKS(name)             \
  BENCHMARK(name)                     \
      ->RangeMultiplier(10)           \
      ->Range(10'000, 1'000'000)      \
      ->Unit(benchmark::kMillisecond) \
      ->Complexity(benchmark::oN)
QUOTH_MARKS(BM_OnlyOpeningMarks);
QUOTH_MARKS(BM_StraightMarks);
QUOTH_MARKS(BM_SingleMarks);
QUOTH_MARKS(BM_Unclosed);

// Other inputs that must stay linear: one pretoken without end, stops, and
// lines without words.
void ReadUnits(benchmark::State& state, const std::string& unit) {
  const Vocabulary vocabulary = MakeVocabulary("");
  std::string bytes;
  for (int64_t i = 0; i < state.range(0); ++i) bytes += unit;
  for (auto _ : state) {
    benchmark::DoNotOptimize(ReadDocument(*Text::FromUtf8(bytes), vocabulary));
  }
  state.SetComplexityN(state.range(0));
}

void BM_OneLongWord(benchmark::State& state) { ReadUnits(state, "a"); }
void BM_Stops(benchmark::State& state) { ReadUnits(state, ". - "); }
void BM_ShortLines(benchmark::State& state) { ReadUnits(state, "\"a\n"); }
QUOTH_MARKS(BM_OneLongWord);
QUOTH_MARKS(BM_Stops);
QUOTH_MARKS(BM_ShortLines);

}  // namespace
}  // namespace quoth
