#include "server/model/model.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "server/model/argument_head.h"
#include "server/model/calibration.h"
#include "server/model/encoder.h"
#include "server/model/label_layer.h"
#include "server/model/linear.h"
#include "server/model/model_file.h"
#include "server/model/model_size.h"
#include "server/model/single_thread.h"

namespace quoth {
namespace {

class Scratch : public ModelScratch {
 public:
  Scratch(const ModelSize& size, const Products& products)
      : products(products),
        encoder(size, products),
        arguments(size, products) {}

  ProductScratch products;
  EncoderScratch encoder;
  ArgumentScratch arguments;
  Scope scope = Scope::kReported;  // Of the window that was read last.
  bool arguments_begun = false;
};

// The heads of one scope.
struct Heads {
  // Reads PREFIXcue, a label layer hidden -> 3, and the argument head.
  static absl::StatusOr<Heads> Load(const ModelFile& file,
                                    const std::string& prefix,
                                    const ModelSize& size, Products& products) {
    absl::StatusOr<LabelLayer> cue =
        LabelLayer::Load(file, prefix + "cue", size.hidden);
    if (!cue.ok()) return cue.status();
    absl::StatusOr<ArgumentHead> arguments =
        ArgumentHead::Load(file, prefix, size, products);
    if (!arguments.ok()) return arguments.status();
    return Heads{*std::move(cue), *std::move(arguments)};
  }

  LabelLayer cue;
  ArgumentHead arguments;
};

class LoadedModel : public Model {
 public:
  LoadedModel(ModelFile file, std::unique_ptr<Products> products,
              ModelSize size, std::string version, Vocabulary vocabulary,
              Encoder encoder, Heads all_attributions, Heads reported,
              Calibration calibration)
      : file_(std::move(file)),
        products_(std::move(products)),
        size_(size),
        version_(std::move(version)),
        vocabulary_(std::move(vocabulary)),
        encoder_(std::move(encoder)),
        all_attributions_(std::move(all_attributions)),
        reported_(std::move(reported)),
        calibration_(std::move(calibration)) {}

  const std::string& version() const override { return version_; }
  const Vocabulary& vocabulary() const override { return vocabulary_; }
  const Calibration& calibration() const override { return calibration_; }
  int max_window_pieces() const override { return size_.max_window_pieces; }

  std::unique_ptr<ModelScratch> NewScratch() const override {
    return std::make_unique<Scratch>(size_, *products_);
  }

  WindowScores ReadWindow(const WindowInput& input, Scope scope,
                          ModelScratch& scratch) const override {
    const SingleThread single_thread;
    auto& s = static_cast<Scratch&>(scratch);
    encoder_.Encode(input, s.encoder, s.products);
    s.scope = scope;
    s.arguments_begun = false;
    const LabelLayer& cue = HeadsOf(scope).cue;
    const size_t hidden = size_.hidden;
    WindowScores scores;
    scores.cue.resize(input.words());
    for (size_t w = 0; w < scores.cue.size(); ++w) {
      scores.cue[w] = LogSoftmax(cue.Logits(s.encoder.x.data() + w * hidden));
      for (float& v : scores.cue[w]) v = std::exp(v);
    }
    return scores;
  }

  RoleScores ReadArguments(const WindowInput& input,
                           absl::Span<const CueWords> cues,
                           ModelScratch& scratch) const override {
    if (cues.empty()) return {};
    const SingleThread single_thread;
    auto& s = static_cast<Scratch&>(scratch);
    const ArgumentHead& arguments = HeadsOf(s.scope).arguments;
    if (!s.arguments_begun) {
      arguments.BeginWindow(s.encoder.x.data(), input.words(), s.arguments,
                            s.products);
      s.arguments_begun = true;
    }
    return arguments.Read(input, s.encoder.x.data(), cues, s.arguments,
                          s.products);
  }

 private:
  const Heads& HeadsOf(Scope scope) const {
    return scope == Scope::kReported ? reported_ : all_attributions_;
  }

  ModelFile file_;
  std::unique_ptr<Products> products_;
  ModelSize size_;
  std::string version_;
  Vocabulary vocabulary_;
  Encoder encoder_;
  Heads all_attributions_;
  Heads reported_;
  Calibration calibration_;
};

}  // namespace

const Calibration& Model::calibration() const {
  static const Calibration* const no_change = new Calibration;
  return *no_change;
}

// Beside the tensors of Encoder:
//   vocabulary   bytes, one piece a line
//   the heads of ALL_ATTRIBUTIONS, and behind "reported." those of REPORTED,
//   for which the former serve where they are missing
//   optionally, the tensors of Calibration
absl::StatusOr<std::unique_ptr<Model>> Model::Load(
    const std::string& path, const ModelOptions& options) {
  absl::StatusOr<ModelFile> file = ModelFile::Open(path);
  if (!file.ok()) return file.status();
  const auto fail = [&path](const absl::Status& status) {
    return absl::Status(status.code(),
                        absl::StrCat(path, ": ", status.message()));
  };

  absl::StatusOr<ModelSize> size = ReadModelSize(*file);
  if (!size.ok()) return fail(size.status());
  if (file->Property("name").empty()) {
    return fail(absl::InvalidArgumentError("the model file has no name"));
  }
  absl::StatusOr<int> version = file->IntProperty("version", 0, 1 << 30);
  if (!version.ok()) return fail(version.status());
  absl::StatusOr<TensorView> pieces = file->Tensor("vocabulary");
  if (!pieces.ok()) return fail(pieces.status());
  absl::StatusOr<Vocabulary> vocabulary =
      Vocabulary::FromLines(pieces->chars());
  if (!vocabulary.ok()) return fail(vocabulary.status());
  size->vocabulary = vocabulary->size();

  absl::StatusOr<std::unique_ptr<Products>> products =
      Products::Create(options.precision);
  if (!products.ok()) return fail(products.status());
  absl::StatusOr<Encoder> encoder = Encoder::Load(*file, *size, **products);
  if (!encoder.ok()) return fail(encoder.status());
  absl::StatusOr<Heads> all_attributions =
      Heads::Load(*file, "", *size, **products);
  if (!all_attributions.ok()) return fail(all_attributions.status());
  const bool own = file->Tensor("reported.cue.weight").ok();
  absl::StatusOr<Heads> reported =
      Heads::Load(*file, own ? "reported." : "", *size, **products);
  if (!reported.ok()) return fail(reported.status());

  absl::StatusOr<Calibration> calibration = Calibration::Load(*file);
  if (!calibration.ok()) return fail(calibration.status());

  // Layers hold packed copies of their weights. Of the file only the word
  // embeddings are read from now on, and of those the rows that occur.
  file->ReleasePages();
  std::string full_version =
      absl::StrCat(std::string(file->Property("name")), " ", *version);
  return std::make_unique<LoadedModel>(
      *std::move(file), *std::move(products), *size, std::move(full_version),
      *std::move(vocabulary), *std::move(encoder), *std::move(all_attributions),
      *std::move(reported), *std::move(calibration));
}

}  // namespace quoth
