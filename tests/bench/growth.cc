// What one article costs as it grows: from bytes of a request to bytes of its
// answer, in CPU time of one thread and in memory, in a table of Markdown.
//
//   growth            articles of paragraphs, 100 to 200,000 words
//   growth --one      the same without line breaks: one paragraph

#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "quoth/v1/attribution.pb.h"
#include "server/engine/engine.h"
#include "server/rpc/handler.h"
#include "tests/bench/articles.h"
#include "tests/bench/cpu_clock.h"
#include "tests/bench/model_path.h"

namespace quoth {
namespace {

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

// In a process of its own, whose greatest memory is that of this article.
void Measure(const Engine& engine, int words, Paragraphs paragraphs) {
  const Handler handler(engine);
  const auto alive = [] { return absl::OkStatus(); };
  v1::ExtractClaimsRequest request;
  const auto read = [&](const std::string& text) {
    request.mutable_article()->set_text(text);
    return handler.Extract(request.SerializeAsString(), alive);
  };
  // What is kept from article to article is no article's own.
  if (!read(MakeArticle(kOrdinaryWords, 0)).ok()) std::abort();
  const std::string text = MakeArticle(words, 1, paragraphs);
  std::ofstream("/proc/self/clear_refs") << "5";  // VmHWM begins anew.
  const double before = Megabytes("VmRSS:");
  const double begin = ThreadCpuSeconds();
  const absl::StatusOr<std::string> answer = read(text);
  const double seconds = ThreadCpuSeconds() - begin;
  const std::string outcome =
      answer.ok()
          ? absl::StrCat(answer->size() / 1024, " KiB")
          : absl::StrCat("refused: ",
                         absl::StatusCodeToString(answer.status().code()));
  std::printf("| %d | %zu | %.3f | %.3f | %.1f | %s |\n", words,
              text.size() / 1024, seconds, 1e3 * seconds / words,
              Megabytes("VmHWM:") - before, outcome.c_str());
  std::fflush(stdout);
}

int Run(Paragraphs paragraphs) {
  std::printf(
      "| words | KiB | seconds | seconds per 1,000 words | MB of memory | "
      "answer |\n|---|---|---|---|---|---|\n");
  std::fflush(stdout);
  for (const int words : {100, 400, 1000, 4000, 10000, 40000, 100000, 175000}) {
    const pid_t child = fork();
    if (child == 0) {
      const auto engine = Engine::Create(ModelPath(), EngineOptions());
      if (!engine.ok()) std::abort();
      Measure(**engine, words, paragraphs);
      _exit(0);
    }
    int status = 0;
    if (child < 0 || waitpid(child, &status, 0) < 0 || status != 0) return 1;
  }
  return 0;
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
