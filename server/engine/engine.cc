#include "server/engine/engine.h"

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "server/claims/extractor.h"
#include "server/claims/life_check.h"
#include "server/engine/notices.h"
#include "server/engine/stopwatch.h"
#include "server/engine/timed_model.h"
#include "server/model/calibration.h"
#include "server/model/model.h"
#include "server/speakers/resolver.h"
#include "server/text/document.h"
#include "server/text/language.h"
#include "server/text/text.h"
#include "server/text/unicode.h"

namespace quoth {
namespace {

constexpr std::string_view kUndetermined = "und";

bool IsBlank(const Text& text) {
  for (uint32_t i = 0; i < text.size(); ++i) {
    const CharClass c = ClassOf(text.at(i));
    if (c != CharClass::kSpace && c != CharClass::kIgnored) return false;
  }
  return true;
}

// Working memory that is free at the moment. It grows to as many as were in
// use at once.
class ScratchPool {
 public:
  explicit ScratchPool(const Model& model) : model_(model) {}

  std::unique_ptr<ModelScratch> Take() {
    {
      absl::MutexLock lock(&mutex_);
      if (!free_.empty()) {
        std::unique_ptr<ModelScratch> scratch = std::move(free_.back());
        free_.pop_back();
        return scratch;
      }
    }
    return model_.NewScratch();
  }

  void Return(std::unique_ptr<ModelScratch> scratch) {
    absl::MutexLock lock(&mutex_);
    free_.push_back(std::move(scratch));
  }

 private:
  const Model& model_;
  absl::Mutex mutex_;
  std::vector<std::unique_ptr<ModelScratch>> free_ ABSL_GUARDED_BY(mutex_);
};

// Returns what it took when it goes out of scope.
class Lease {
 public:
  explicit Lease(ScratchPool& pool) : pool_(pool), scratch_(pool.Take()) {}
  ~Lease() { pool_.Return(std::move(scratch_)); }
  Lease(const Lease&) = delete;
  Lease& operator=(const Lease&) = delete;

  ModelScratch& operator*() { return *scratch_; }

 private:
  ScratchPool& pool_;
  std::unique_ptr<ModelScratch> scratch_;
};

// Turns confidences as they were computed into what they are worth. In place:
// speakers are resolved before, by the order of what was computed.
void Calibrate(const Calibration& calibration, Scope scope,
               Extraction& extraction) {
  for (Claim& claim : extraction.claims) {
    claim.confidence =
        calibration.claim(scope, claim.cue.has_value()).At(claim.confidence);
  }
  for (SpeakerLink& link : extraction.links) {
    if (link.speaker < 0) continue;
    link.confidence = calibration.speaker(scope).At(link.confidence);
  }
}

}  // namespace

struct Engine::Impl {
  Impl(std::unique_ptr<Model> m, const ExtractorOptions& options)
      : model(std::move(m)),
        timed(*model),
        claims(timed, options),
        scratch(timed) {}

  std::unique_ptr<Model> model;
  TimedModel timed;
  ClaimExtractor claims;
  ScratchPool scratch;
};

Engine::Engine(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Engine::~Engine() = default;

absl::StatusOr<std::unique_ptr<Engine>> Engine::Create(
    const std::string& model_path, const EngineOptions& options) {
  absl::StatusOr<std::unique_ptr<Model>> model =
      Model::Load(model_path, options.model);
  if (!model.ok()) return model.status();
  return std::unique_ptr<Engine>(
      new Engine(std::make_unique<Impl>(*std::move(model), options.extractor)));
}

absl::StatusOr<Extraction> Engine::Extract(
    std::string_view utf8, const ExtractOptions& options) const {
  Stopwatch watch;
  absl::StatusOr<Text> text = Text::FromUtf8(utf8);
  if (!text.ok()) return text.status();
  if (IsBlank(*text)) {
    return absl::InvalidArgumentError("text is empty or only white space");
  }
  if (!options.language_code.empty() &&
      !IsLanguageCode(options.language_code)) {
    return absl::InvalidArgumentError("language code is not a BCP 47 code");
  }
  const auto alive = [&options] {
    return options.alive ? options.alive() : absl::OkStatus();
  };
  ExtractStats unasked;
  ExtractStats& stats = options.stats != nullptr ? *options.stats : unasked;
  if (absl::Status status = alive(); !status.ok()) return status;

  Extraction extraction;
  extraction.language_code = options.language_code.empty()
                                 ? DetectLanguage(text->bytes())
                                 : options.language_code;
  extraction.language_supported = extraction.language_code == kUndetermined ||
                                  IsSupportedLanguage(extraction.language_code);

  Document doc = ReadDocument(*std::move(text), impl_->model->vocabulary());
  stats.words = static_cast<int64_t>(doc.words.size());
  stats.pieces = static_cast<int64_t>(doc.pieces.size());
  stats.text = watch.Lap();
  LifeCheck life(alive);
  if (extraction.language_supported) {
    Lease scratch(impl_->scratch);
    absl::StatusOr<std::vector<Claim>> claims = impl_->claims.Extract(
        doc, options.scope, options.context_sentences, alive, *scratch);
    stats.model = TimedModel::TakeTime(*scratch);
    stats.claims = watch.Lap() - stats.model;
    if (!claims.ok()) return claims.status();
    extraction.claims = *std::move(claims);
    SpeakerTable table =
        ResolveSpeakers(doc, extraction.claims, {.life = &life});
    stats.speakers = watch.Lap();
    if (!life.status().ok()) return life.status();
    extraction.speakers = std::move(table.speakers);
    extraction.links = std::move(table.links);
    Calibrate(impl_->model->calibration(), options.scope, extraction);
  } else {
    extraction.claims =
        ExtractMarkedQuotations(doc, options.context_sentences, &life);
    stats.claims = watch.Lap();
    if (!life.status().ok()) return life.status();
    extraction.links.resize(extraction.claims.size());
  }
  extraction.notices = FindNotices(doc, extraction.language_supported);
  extraction.text = std::move(doc.text);
  return extraction;
}

const std::string& Engine::model_version() const {
  return impl_->model->version();
}

}  // namespace quoth
