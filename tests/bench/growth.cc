// What one article costs as it grows: from bytes of a request to bytes of its
// answer, in CPU time of one thread and in memory, in a table of Markdown.
//
//   growth            articles of paragraphs, from 100 words to as many bytes
//                     as a text may have, in over 200,000 short words
//   growth --one      the same without line breaks: one paragraph
//
// Exits with 1 if a word costs more than twice as much in a long article as in
// one of 1,000 words: in CPU time, the least of several readings, and in
// memory, counted from 1,000 words on. An article whose answer is refused is
// not judged, nor is the memory of one paragraph: each claim repeats it, so
// that the answer grows with the square of the text.

#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <limits>
#include <memory>
#include <optional>
#include <string>

#include "absl/strings/str_cat.h"
#include "quoth/v1/attribution.pb.h"
#include "server/engine/engine.h"
#include "server/rpc/handler.h"
#include "server/rpc/limits.h"
#include "tests/bench/articles.h"
#include "tests/bench/cpu_clock.h"
#include "tests/bench/model_path.h"

namespace quoth {
namespace {

// How many times as much a word may cost.
constexpr double kMostGrowth = 2;

// Readings of one article: as many as fit into this, in seconds, and no more.
// What else the machine does can only make one slower.
constexpr double kSecondsOfReadings = 3;
constexpr int kMostReadings = 5;
// An article that costs too much is tried so often.
constexpr int kTries = 3;

// The article whose costs others are compared with, in words; memory is
// compared with what it grows by from there to the second.
constexpr int kBaseWords = 1000, kSecondBaseWords = 10000;

// MB, of this process: "VmHWM" is the most so far.
double Megabytes(const char* field) {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.rfind(field, 0) == 0) {
      return std::atof(line.c_str() + std::strlen(field) + 1) / 1000;
    }
  }
  return 0;
}

// As bytes from one process to another.
struct Cost {
  double seconds = std::numeric_limits<double>::infinity();
  double megabytes = 0;
  int answer_kib = 0;
  int refused = 0;  // The status code, if there is no answer.

  double seconds_a_thousand(int words) const { return 1e3 * seconds / words; }
};

Cost Measure(const Engine& engine, const std::string& text) {
  const Handler handler(engine);
  const auto alive = [] { return absl::OkStatus(); };
  v1::ExtractClaimsRequest request;
  const auto read = [&](const std::string& article) {
    request.mutable_article()->set_text(article);
    return handler.Extract(request.SerializeAsString(), alive);
  };
  // What is kept from article to article is no article's own.
  if (!read(MakeArticle(kOrdinaryWords, 0)).ok()) std::abort();
  Cost cost;
  std::ofstream("/proc/self/clear_refs") << "5";  // VmHWM begins anew.
  const double before = Megabytes("VmRSS:");
  double spent = 0;
  for (int i = 0; i < kMostReadings && spent < kSecondsOfReadings; ++i) {
    const double begin = ThreadCpuSeconds();
    const absl::StatusOr<std::string> answer = read(text);
    const double seconds = ThreadCpuSeconds() - begin;
    spent += seconds;
    cost.seconds = std::min(cost.seconds, seconds);
    if (i > 0) continue;
    cost.megabytes = Megabytes("VmHWM:") - before;
    if (answer.ok()) {
      cost.answer_kib = static_cast<int>(answer->size() / 1024);
    } else {
      cost.refused = static_cast<int>(answer.status().code());
    }
  }
  return cost;
}

// In a process of its own, whose greatest memory is that of this article.
std::optional<Cost> MeasureApart(const std::string& text) {
  int ends[2];
  if (pipe(ends) != 0) return std::nullopt;
  const pid_t child = fork();
  if (child == 0) {
    const auto engine = Engine::Create(ModelPath(), EngineOptions());
    if (!engine.ok()) std::abort();
    const Cost cost = Measure(**engine, text);
    _exit(write(ends[1], &cost, sizeof(cost)) == sizeof(cost) ? 0 : 1);
  }
  close(ends[1]);
  Cost cost;
  const bool whole = read(ends[0], &cost, sizeof(cost)) == sizeof(cost);
  close(ends[0]);
  int status = 0;
  if (child < 0 || waitpid(child, &status, 0) < 0 || status != 0 || !whole) {
    return std::nullopt;
  }
  return cost;
}

class Growth {
 public:
  explicit Growth(Paragraphs paragraphs) : paragraphs_(paragraphs) {
    std::printf(
        "| words | KiB | seconds | seconds per 1,000 words | MB of memory | "
        "MB per 1,000 words beyond the first | answer |\n"
        "|---|---|---|---|---|---|---|\n");
    std::fflush(stdout);
  }

  // False if it cannot be measured.
  bool Add(const std::string& text) {
    const int words = CountWords(text);
    std::optional<Cost> cost = MeasureApart(text);
    for (int i = 1; i < kTries && cost.has_value() && TooMuch(words, *cost);
         ++i) {
      const std::optional<Cost> again = MeasureApart(text);
      if (!again.has_value()) return false;
      cost->seconds = std::min(cost->seconds, again->seconds);
      cost->megabytes = std::min(cost->megabytes, again->megabytes);
    }
    if (!cost.has_value()) return false;
    Print(words, text.size(), *cost);
    if (cost->refused == 0) {
      if (words >= kBaseWords && base_words_ == 0) {
        base_words_ = words;
        base_ = *cost;
      } else if (words >= kSecondBaseWords && base_slope_ == 0) {
        base_slope_ = Slope(words, *cost);
      }
      worst_seconds_ = std::max(worst_seconds_, TimesTheSeconds(words, *cost));
      worst_memory_ = std::max(worst_memory_, TimesTheMemory(words, *cost));
    }
    return true;
  }

  // Prints the verdict. False if a word costs too much.
  bool Kept() const {
    std::printf(
        "\nFrom %d words on, a word costs at most %.2f times the CPU time",
        base_words_, worst_seconds_);
    if (JudgesMemory()) {
      std::printf(" and %.2f times the memory", worst_memory_);
    }
    const bool kept = worst_seconds_ <= kMostGrowth &&
                      (!JudgesMemory() || worst_memory_ <= kMostGrowth);
    std::printf(": %s.\n",
                kept ? "in proportion" : "BROKEN, it must not be twice");
    std::fflush(stdout);
    return kept;
  }

 private:
  bool JudgesMemory() const { return paragraphs_ == Paragraphs::kShort; }

  // Of memory, in MB for each 1,000 words beyond the base's.
  double Slope(int words, const Cost& cost) const {
    return 1e3 * (cost.megabytes - base_.megabytes) / (words - base_words_);
  }

  // 0 where there is nothing to compare with yet.
  double TimesTheSeconds(int words, const Cost& cost) const {
    return base_words_ == 0 ? 0
                            : cost.seconds_a_thousand(words) /
                                  base_.seconds_a_thousand(base_words_);
  }
  double TimesTheMemory(int words, const Cost& cost) const {
    return base_slope_ <= 0 ? 0 : Slope(words, cost) / base_slope_;
  }
  bool TooMuch(int words, const Cost& cost) const {
    return cost.refused == 0 &&
           (TimesTheSeconds(words, cost) > kMostGrowth ||
            (JudgesMemory() && TimesTheMemory(words, cost) > kMostGrowth));
  }

  void Print(int words, size_t bytes, const Cost& cost) const {
    const std::string outcome =
        cost.refused == 0
            ? absl::StrCat(cost.answer_kib, " KiB")
            : absl::StrCat("refused: ",
                           absl::StatusCodeToString(
                               static_cast<absl::StatusCode>(cost.refused)));
    std::printf("| %d | %zu | %.3f | %.3f | %.1f | ", words, bytes / 1024,
                cost.seconds, cost.seconds_a_thousand(words), cost.megabytes);
    if (base_words_ > 0) std::printf("%.2f ", Slope(words, cost));
    std::printf("| %s |\n", outcome.c_str());
    std::fflush(stdout);
  }

  const Paragraphs paragraphs_;
  Cost base_;
  int base_words_ = 0;  // 0: not measured yet.
  double base_slope_ = 0;
  double worst_seconds_ = 0, worst_memory_ = 0;
};

int Run(Paragraphs paragraphs) {
  Growth growth(paragraphs);
  for (const int words :
       {100, 400, kBaseWords, 4000, kSecondBaseWords, 40000, 100000, 175000}) {
    if (!growth.Add(MakeArticle(words, 1, paragraphs))) return 1;
  }
  if (!growth.Add(MakeShortWords(kMaxTextBytes, 1, paragraphs))) return 1;
  return growth.Kept() ? 0 : 1;
}

}  // namespace
}  // namespace quoth

int main(int argc, char** argv) {
  const bool one = argc == 2 && std::strcmp(argv[1], "--one") == 0;
  if (argc > 1 && !one) {
    std::fprintf(stderr, "usage: growth [--one]\n");
    return 2;
  }
  return quoth::Run(one ? quoth::Paragraphs::kOne : quoth::Paragraphs::kShort);
}
