// What the confidences of a model are worth: monotone maps from a confidence as
// it is computed to how often that was right on articles that the model had not
// seen. They belong to the model: its file holds them.
//
//   absl::StatusOr<Calibration> c = Calibration::Load(file);
//   c->claim(Scope::kReported, /*has_cue=*/true).At(0.75f);   // 0.61, say
//
// Optional tensors of the file, fp32 [knots, 2]: per row a confidence and what
// it is worth, both in [0, 1], the former rising, the latter not falling; in
// between the map is linear, beyond the ends it is constant. A tensor that is
// missing stands for no change.
//
//   calibration.SCOPE.claim      of claims with a cue
//   calibration.SCOPE.quotation  of claims without: quotations alone
//   calibration.SCOPE.speaker    of speakers
//
// with "reported" and "all" for SCOPE. tools/train/calibrate.py writes them.

#ifndef QUOTH_SERVER_MODEL_CALIBRATION_H_
#define QUOTH_SERVER_MODEL_CALIBRATION_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "server/model/labels.h"
#include "server/model/model_file.h"

namespace quoth {

// A monotone map of [0, 1] into itself.
class ConfidenceMap {
 public:
  struct Knot {
    float confidence;
    float worth;
  };

  // No change.
  ConfidenceMap() = default;

  // InvalidArgument if the knots are not as told above, or more than kMaxKnots.
  static absl::StatusOr<ConfidenceMap> Create(std::vector<Knot> knots);
  static constexpr int kMaxKnots = 64;

  float At(float confidence) const;

 private:
  explicit ConfidenceMap(std::vector<Knot> knots) : knots_(std::move(knots)) {}

  std::vector<Knot> knots_;
};

class Calibration {
 public:
  // No change.
  Calibration() = default;

  // InvalidArgument if a tensor is there, but no map.
  static absl::StatusOr<Calibration> Load(const ModelFile& file);

  const ConfidenceMap& claim(Scope scope, bool has_cue) const {
    const Maps& maps = MapsOf(scope);
    return has_cue ? maps.claim : maps.quotation;
  }
  const ConfidenceMap& speaker(Scope scope) const {
    return MapsOf(scope).speaker;
  }

 private:
  struct Maps {
    ConfidenceMap claim;
    ConfidenceMap quotation;
    ConfidenceMap speaker;
  };

  const Maps& MapsOf(Scope scope) const {
    return scope == Scope::kReported ? reported_ : all_attributions_;
  }

  Maps reported_;
  Maps all_attributions_;
};

}  // namespace quoth

#endif  // QUOTH_SERVER_MODEL_CALIBRATION_H_
