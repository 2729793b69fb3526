// Extractors for tests: one that does what a test says, and one whose spans
// are random.

#ifndef QUOTH_TESTS_RPC_FAKE_EXTRACTOR_H_
#define QUOTH_TESTS_RPC_FAKE_EXTRACTOR_H_

#include <functional>
#include <random>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/statusor.h"
#include "server/engine/engine.h"

namespace quoth {

class FakeExtractor : public Extractor {
 public:
  using Function = std::function<absl::StatusOr<Extraction>(
      std::string_view, const ExtractOptions&)>;

  explicit FakeExtractor(Function function) : function_(std::move(function)) {}

  absl::StatusOr<Extraction> Extract(
      std::string_view utf8, const ExtractOptions& options) const override {
    return function_(utf8, options);
  }
  const std::string& model_version() const override { return model_version_; }

 private:
  const Function function_;
  const std::string model_version_ = "fake 7";
};

// No claims.
absl::StatusOr<Extraction> ExtractNothing(std::string_view utf8,
                                          const ExtractOptions& options);

// One DIRECT claim that is the whole text, by one speaker who is too.
absl::StatusOr<Extraction> ExtractAll(std::string_view utf8,
                                      const ExtractOptions& options);

// Claims, speakers and notices everywhere and anywhere, all fields set that
// can be, with the invariants of claim.h and speaker.h.
Extraction RandomExtraction(Text text, std::mt19937& random);

}  // namespace quoth

#endif  // QUOTH_TESTS_RPC_FAKE_EXTRACTOR_H_
