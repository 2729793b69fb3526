// One call: text in, attributed claims out. No gRPC in it or below it.
//
//   absl::StatusOr<std::unique_ptr<Engine>> engine =
//       Engine::Create("models/quoth-en.qm", EngineOptions());
//   absl::StatusOr<Extraction> x = (*engine)->Extract(
//       "“We are close,” Antony Blinken said.", ExtractOptions());
//   x->speakers[x->links[0].speaker].name;   // "Antony Blinken"

#ifndef QUOTH_SERVER_ENGINE_ENGINE_H_
#define QUOTH_SERVER_ENGINE_ENGINE_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "server/claims/claim.h"
#include "server/claims/extractor.h"
#include "server/model/model.h"
#include "server/speakers/speaker.h"
#include "server/text/text.h"

namespace quoth {

struct EngineOptions {
  ModelOptions model;
  ExtractorOptions extractor;
};

// What a call took and read: for those who watch a server.
struct ExtractStats {
  absl::Duration text;      // Words, quotations, sentences, language.
  absl::Duration model;     // The encoder and its heads.
  absl::Duration claims;    // From the model's scores to claims.
  absl::Duration speakers;  // Who they are.
  int64_t words = 0;
  int64_t pieces = 0;
};

struct ExtractOptions {
  Scope scope = Scope::kReported;
  // BCP 47; empty: detected.
  std::string language_code;
  // Sentences before and after each claim in its context.
  int context_sentences = 0;
  // Asked between windows, about every 15 ms of work, and then every few
  // claims; the first error that it returns ends the call with that error.
  // Null: never.
  std::function<absl::Status()> alive;
  // Is told how far the call got, also if it fails. Null: nobody asks.
  ExtractStats* stats = nullptr;
};

enum class NoticeType : uint8_t {
  kUnclosedQuotation,
  kUnsupportedLanguage,
  kHtmlMarkup,
  kControlCharacters,
};

struct Notice {
  NoticeType type;
  std::string message;  // For a developer; never article text.
  std::optional<Span> span;
};

// All spans are in code points of `text`.
struct Extraction {
  Text text;
  std::vector<Claim> claims;       // In the order of their first content.
  std::vector<Speaker> speakers;   // In the order of their first mention.
  std::vector<SpeakerLink> links;  // One a claim.
  std::string language_code;
  bool language_supported = true;
  std::vector<Notice> notices;
};

// What a service needs of an engine; tests put slow or failing ones in its
// place. Thread-safe.
class Extractor {
 public:
  virtual ~Extractor() = default;

  // InvalidArgument if `utf8` is not valid UTF-8, is blank, or the language
  // code is not one; or the error of options.alive.
  virtual absl::StatusOr<Extraction> Extract(
      std::string_view utf8, const ExtractOptions& options) const = 0;

  virtual const std::string& model_version() const = 0;
};

// Keeps the working memory of as many calls as ran at once.
class Engine : public Extractor {
 public:
  ~Engine() override;

  // The errors of Model::Load.
  static absl::StatusOr<std::unique_ptr<Engine>> Create(
      const std::string& model_path, const EngineOptions& options);

  absl::StatusOr<Extraction> Extract(
      std::string_view utf8, const ExtractOptions& options) const override;

  const std::string& model_version() const override;

 private:
  struct Impl;
  explicit Engine(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace quoth

#endif  // QUOTH_SERVER_ENGINE_ENGINE_H_
