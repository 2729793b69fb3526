// The engine with the model of the tree, loaded once a test program.

#ifndef QUOTH_TESTS_ENGINE_TEST_ENGINE_H_
#define QUOTH_TESTS_ENGINE_TEST_ENGINE_H_

#include <memory>
#include <string>
#include <string_view>

#include "gtest/gtest.h"
#include "server/engine/engine.h"
#include "tests/source_tree.h"

namespace quoth {

inline const Engine& TestEngine() {
  static const Engine* const engine = [] {
    auto created =
        Engine::Create(SourceFile("models/quoth-en.qm"), EngineOptions());
    EXPECT_TRUE(created.ok()) << created.status();
    return created.ok() ? created->release() : nullptr;
  }();
  return *engine;
}

inline Extraction MustExtract(std::string_view text,
                              const ExtractOptions& options = {}) {
  auto extraction = TestEngine().Extract(text, options);
  EXPECT_TRUE(extraction.ok()) << extraction.status();
  return extraction.ok() ? *std::move(extraction) : Extraction();
}

}  // namespace quoth

#endif  // QUOTH_TESTS_ENGINE_TEST_ENGINE_H_
