#include "server/model/weights.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace quoth {
namespace {

absl::Status CheckShape(const std::string& name, const TensorView& tensor,
                        std::initializer_list<uint32_t> dims) {
  if (tensor.rank == dims.size() &&
      std::equal(dims.begin(), dims.end(), tensor.dims.begin())) {
    return absl::OkStatus();
  }
  return absl::InvalidArgumentError(
      absl::StrCat("the model file's tensor ", name, " has the shape [",
                   absl::StrJoin(tensor.dims.begin(),
                                 tensor.dims.begin() + tensor.rank, ", "),
                   "]; it must be [", absl::StrJoin(dims, ", "), "]"));
}

absl::Status CheckFloats(const std::string& name, const TensorView& tensor) {
  if (tensor.type != TensorType::kFloat32) {
    return absl::InvalidArgumentError(
        absl::StrCat("the model file's tensor ", name, " is not fp32"));
  }
  const float* values = tensor.floats();
  if (!std::all_of(values, values + tensor.elements(),
                   [](float v) { return std::isfinite(v); })) {
    return absl::InvalidArgumentError(absl::StrCat(
        "the model file's tensor ", name, " holds a value that is not finite"));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<AlignedBuffer<float>> ReadFloats(
    const ModelFile& file, const std::string& name,
    std::initializer_list<uint32_t> dims) {
  absl::StatusOr<TensorView> tensor = file.Tensor(name);
  if (!tensor.ok()) return tensor.status();
  if (absl::Status s = CheckShape(name, *tensor, dims); !s.ok()) return s;
  if (absl::Status s = CheckFloats(name, *tensor); !s.ok()) return s;
  AlignedBuffer<float> out(tensor->elements());
  std::copy_n(tensor->floats(), tensor->elements(), out.data());
  return out;
}

absl::StatusOr<Matrix> ReadMatrix(const ModelFile& file,
                                  const std::string& name, int rows,
                                  int columns) {
  const std::string weight = name + ".weight";
  absl::StatusOr<TensorView> tensor = file.Tensor(weight);
  if (!tensor.ok()) return tensor.status();
  if (absl::Status s = CheckShape(
          weight, *tensor,
          {static_cast<uint32_t>(rows), static_cast<uint32_t>(columns)});
      !s.ok()) {
    return s;
  }
  Matrix matrix;
  matrix.rows = rows;
  matrix.columns = columns;
  if (tensor->type == TensorType::kInt8) {
    absl::StatusOr<AlignedBuffer<float>> scales =
        ReadFloats(file, name + ".scale", {static_cast<uint32_t>(rows)});
    if (!scales.ok()) return scales.status();
    matrix.codes = tensor->int8s();
    matrix.scales = *std::move(scales);
  } else {
    if (absl::Status s = CheckFloats(weight, *tensor); !s.ok()) return s;
    matrix.values = tensor->floats();
  }
  return matrix;
}

}  // namespace quoth
