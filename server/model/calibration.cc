#include "server/model/calibration.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "server/model/model_file.h"

namespace quoth {
namespace {

// Not for NaN either.
bool InUnitInterval(float v) { return v >= 0 && v <= 1; }

// Leaves `map` alone if the file has no such tensor.
absl::Status LoadMap(const ModelFile& file, const std::string& name,
                     ConfidenceMap& map) {
  const absl::StatusOr<TensorView> tensor = file.Tensor(name);
  if (!tensor.ok()) return absl::OkStatus();
  const auto fail = [&name](absl::string_view what) {
    return absl::InvalidArgumentError(absl::StrCat("tensor ", name, " ", what));
  };
  if (tensor->type != TensorType::kFloat32 || tensor->rank != 2 ||
      tensor->dims[1] != 2) {
    return fail("is no fp32 matrix of two columns");
  }
  std::vector<ConfidenceMap::Knot> knots(tensor->dims[0]);
  for (size_t i = 0; i < knots.size(); ++i) {
    knots[i] = {tensor->floats()[2 * i], tensor->floats()[2 * i + 1]};
  }
  absl::StatusOr<ConfidenceMap> loaded =
      ConfidenceMap::Create(std::move(knots));
  if (!loaded.ok()) return fail(loaded.status().message());
  map = *std::move(loaded);
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<ConfidenceMap> ConfidenceMap::Create(std::vector<Knot> knots) {
  if (knots.empty() || knots.size() > kMaxKnots) {
    return absl::InvalidArgumentError(
        absl::StrCat("has ", knots.size(), " knots, not 1 to ", kMaxKnots));
  }
  for (size_t i = 0; i < knots.size(); ++i) {
    if (!InUnitInterval(knots[i].confidence) ||
        !InUnitInterval(knots[i].worth)) {
      return absl::InvalidArgumentError("holds values outside [0, 1]");
    }
    if (i > 0 && (knots[i].confidence <= knots[i - 1].confidence ||
                  knots[i].worth < knots[i - 1].worth)) {
      return absl::InvalidArgumentError("does not rise");
    }
  }
  return ConfidenceMap(std::move(knots));
}

float ConfidenceMap::At(float confidence) const {
  if (knots_.empty()) return confidence;
  const auto behind = std::upper_bound(
      knots_.begin(), knots_.end(), confidence,
      [](float value, const Knot& knot) { return value < knot.confidence; });
  if (behind == knots_.begin()) return knots_.front().worth;
  if (behind == knots_.end()) return knots_.back().worth;
  const Knot& a = *(behind - 1);
  const float share =
      (confidence - a.confidence) / (behind->confidence - a.confidence);
  return std::clamp(a.worth + share * (behind->worth - a.worth), a.worth,
                    behind->worth);
}

absl::StatusOr<Calibration> Calibration::Load(const ModelFile& file) {
  Calibration calibration;
  const std::pair<const char*, Maps*> scopes[] = {
      {"reported", &calibration.reported_},
      {"all", &calibration.all_attributions_}};
  for (const auto& [scope, maps] : scopes) {
    const std::pair<const char*, ConfidenceMap*> kinds[] = {
        {"claim", &maps->claim},
        {"quotation", &maps->quotation},
        {"speaker", &maps->speaker}};
    for (const auto& [kind, map] : kinds) {
      const std::string name = absl::StrCat("calibration.", scope, ".", kind);
      if (absl::Status s = LoadMap(file, name, *map); !s.ok()) return s;
    }
  }
  return calibration;
}

}  // namespace quoth
