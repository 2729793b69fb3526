// Runs tests on instruction sets below the best that the CPU has.

#ifndef QUOTH_TESTS_MODEL_INSTRUCTION_SETS_H_
#define QUOTH_TESTS_MODEL_INSTRUCTION_SETS_H_

#include <cstdlib>
#include <functional>
#include <string>

#include "gtest/gtest.h"
#include "hwy/highway.h"

namespace quoth {

// Calls `test` once for each of Highway's instruction sets that this CPU has.
inline void ForEachInstructionSet(const std::function<void()>& test) {
  for (const int64_t target : hwy::SupportedAndGeneratedTargets()) {
    SCOPED_TRACE(hwy::TargetName(target));
    hwy::SetSupportedTargetsForTest(target);
    hwy::GetChosenTarget().Update(hwy::SupportedTargets());
    test();
  }
  hwy::SetSupportedTargetsForTest(0);
  hwy::GetChosenTarget().Update(hwy::SupportedTargets());
}

// Keeps Highway at QUOTH_TEST_INSTRUCTION_SET (AVX2, say), as
// ONEDNN_MAX_CPU_ISA keeps oneDNN there. Aborts if the CPU lacks it.
inline void LimitInstructionSet() {
  const char* limit = std::getenv("QUOTH_TEST_INSTRUCTION_SET");
  if (limit == nullptr) return;
  for (const int64_t target : hwy::SupportedAndGeneratedTargets()) {
    if (hwy::TargetName(target) == std::string(limit)) {
      hwy::SetSupportedTargetsForTest(target);
      hwy::GetChosenTarget().Update(hwy::SupportedTargets());
      return;
    }
  }
  std::abort();
}

}  // namespace quoth

#endif  // QUOTH_TESTS_MODEL_INSTRUCTION_SETS_H_
