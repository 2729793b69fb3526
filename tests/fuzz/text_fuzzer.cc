// Any bytes: either an error, or a document that keeps every promise of the
// headers in server/text.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "server/text/document.h"
#include "server/text/language.h"
#include "server/text/text.h"
#include "tests/text/invariants.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using quoth::Document;
  static const quoth::Vocabulary& vocabulary =
      *new quoth::Vocabulary(quoth::SmallVocabulary());
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  absl::StatusOr<quoth::Text> text = quoth::Text::FromUtf8(bytes);
  if (text.ok() == quoth::FindInvalidUtf8(bytes).has_value()) __builtin_trap();
  if (!text.ok()) return 0;
  if (!quoth::IsLanguageCode(quoth::DetectLanguage(bytes))) __builtin_trap();
  const Document doc = quoth::ReadDocument(*std::move(text), vocabulary);
  const std::string broken = quoth::FindBrokenPromise(doc, vocabulary, 40);
  if (!broken.empty()) __builtin_trap();
  return 0;
}
