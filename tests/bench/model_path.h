// Which model the benchmarks read: Google Benchmark leaves them no flags.

#ifndef QUOTH_TESTS_BENCH_MODEL_PATH_H_
#define QUOTH_TESTS_BENCH_MODEL_PATH_H_

#include <cstdlib>
#include <string>

#include "tests/source_tree.h"

namespace quoth {

// The file that the environment names by QUOTH_BENCH_MODEL (tools/bench --model
// sets it), or else the default model of the tree.
inline std::string ModelPath() {
  const char* const chosen = std::getenv("QUOTH_BENCH_MODEL");
  return chosen != nullptr && *chosen != '\0'
             ? chosen
             : SourceFile("models/quoth-en.qm");
}

}  // namespace quoth

#endif  // QUOTH_TESTS_BENCH_MODEL_PATH_H_
