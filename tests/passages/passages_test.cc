// What the shipped model finds in some two hundred short passages:
// tests/testdata/passages.txt, which says what a reader expects of each and
// which of them fail so far. After a change of the model,
//
//   QUOTH_RENEW_PASSAGES=1 build-test/tests/passages/passages_test
//
// writes the marks of those that fail anew, into the file.

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <string>
#include <vector>

#include "absl/strings/str_join.h"
#include "gtest/gtest.h"
#include "server/model/cpu.h"
#include "tests/engine/test_engine.h"
#include "tests/passages/passage_check.h"
#include "tests/passages/passage_file.h"
#include "tests/source_tree.h"

namespace quoth {
namespace {

std::string PassagesFile() { return SourceFile("tests/testdata/passages.txt"); }

// The least share of passages that hold: quoth-en 2 reaches 0.89. The aim is
// 0.92, what two careful readers reach on contents.
constexpr double kLeastShare = 0.89;

// Where the CPU's products saturate or attention runs in fp32, a few passages
// at the edge of a threshold read otherwise.
double MayMove() { return HasVnni512() ? 0 : 0.04; }

std::string ReadAll(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

struct Results {
  std::vector<Passage> passages;
  std::map<std::string, std::string> fails;  // By name: what is wrong.
};

const Results& AllPassages() {
  static const Results& results = *[] {
    auto* run = new Results;
    auto passages = ParsePassages(ReadAll(PassagesFile()));
    EXPECT_TRUE(passages.ok()) << passages.status();
    if (!passages.ok()) return run;
    run->passages = *std::move(passages);
    for (const Passage& passage : run->passages) {
      ExtractOptions options;
      if (passage.all_attributions) options.scope = Scope::kAllAttributions;
      options.language_code = "en";  // Too short to be detected.
      const auto problems =
          Problems(passage, MustExtract(passage.text, options));
      if (!problems.empty()) {
        run->fails[passage.name] = absl::StrJoin(problems, "; ");
      }
    }
    return run;
  }();
  return results;
}

TEST(PassagesTest, ThoseThatAreMarkedFailAndAllOthersHold) {
  const Results& run = AllPassages();
  if (std::getenv("QUOTH_RENEW_PASSAGES") != nullptr) {
    const std::string renewed = WithMarks(ReadAll(PassagesFile()), run.fails);
    std::ofstream(PassagesFile(), std::ios::binary) << renewed;
    std::cout << run.fails.size() << " of " << run.passages.size()
              << " passages are marked; written to " << PassagesFile() << "\n";
    return;
  }
  int moved = 0;
  for (const Passage& passage : run.passages) {
    const auto now = run.fails.find(passage.name);
    if (now == run.fails.end() && !passage.fails.empty()) {
      ++moved;
      std::cout << passage.name << " holds now\n";
    } else if (now != run.fails.end() && passage.fails.empty()) {
      ++moved;
      std::cout << passage.name << " fails now: " << now->second << "\n";
    }
  }
  EXPECT_LE(moved, MayMove() * run.passages.size())
      << "QUOTH_RENEW_PASSAGES=1 in the environment renews the marks";
}

TEST(PassagesTest, MostHold) {
  const Results& run = AllPassages();
  ASSERT_GE(run.passages.size(), 150);
  const double share =
      1 - static_cast<double>(run.fails.size()) / run.passages.size();
  EXPECT_GE(share, kLeastShare - MayMove());
}

}  // namespace
}  // namespace quoth
