// An engine for fuzz targets that are not about the engine.
//
//   const Handler handler(WholeText::Get());

#ifndef QUOTH_TESTS_FUZZ_WHOLE_TEXT_H_
#define QUOTH_TESTS_FUZZ_WHOLE_TEXT_H_

#include <string>
#include <string_view>
#include <utility>

#include "absl/status/statusor.h"
#include "server/engine/engine.h"

namespace quoth {

// The whole text is one claim. Traps on text that is not UTF-8, which parsing
// should not have let through.
class WholeText : public Extractor {
 public:
  static const WholeText& Get() {
    static const WholeText& extractor = *new WholeText();
    return extractor;
  }

  absl::StatusOr<Extraction> Extract(std::string_view utf8,
                                     const ExtractOptions&) const override {
    absl::StatusOr<Text> text = Text::FromUtf8(utf8);
    if (!text.ok()) __builtin_trap();
    Extraction extraction;
    extraction.text = *std::move(text);
    Claim claim;
    claim.content = {{0, extraction.text.size()}};
    claim.context.sentence = claim.context.paragraph = claim.content[0];
    claim.confidence = 0.5f;
    extraction.claims = {claim};
    extraction.links.resize(1);
    return extraction;
  }
  const std::string& model_version() const override { return version_; }

 private:
  const std::string version_ = "fuzz 1";
};

}  // namespace quoth

#endif  // QUOTH_TESTS_FUZZ_WHOLE_TEXT_H_
