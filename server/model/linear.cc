#include "server/model/linear.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "server/model/cpu.h"
#include "server/model/single_thread.h"
#include "server/model/weights.h"

namespace quoth {
namespace {

using DataType = dnnl::memory::data_type;
using Tag = dnnl::memory::format_tag;

dnnl::matmul::primitive_desc DescribeMatmul(const dnnl::engine& engine,
                                            const dnnl::memory::desc& input,
                                            const dnnl::memory::desc& weights,
                                            const dnnl::memory::desc& output) {
  dnnl::primitive_attr attributes;
  // The scratchpad is the caller's: oneDNN's own is bound to the thread that
  // made the primitive.
  attributes.set_scratchpad_mode(dnnl::scratchpad_mode::user);
#if DNNL_VERSION_MAJOR < 3
  return {dnnl::matmul::desc(input, weights, output), attributes, engine};
#else
  return {engine, input, weights, output, attributes};
#endif
}

absl::Status OneDnnError(const dnnl::error& error) {
  return absl::InternalError(absl::StrCat("oneDNN: ", error.what()));
}

// Rounds fp32 rows to int8 codes with a scale a row.
void QuantizeMatrix(Matrix& matrix, std::vector<int8_t>& codes) {
  codes.resize(size_t(matrix.rows) * matrix.columns);
  matrix.scales = AlignedBuffer<float>(matrix.rows);
  for (int r = 0; r < matrix.rows; ++r) {
    const size_t begin = size_t(r) * matrix.columns;
    float largest = 0;
    for (int c = 0; c < matrix.columns; ++c) {
      largest = std::max(largest, std::abs(matrix.values[begin + c]));
    }
    matrix.scales[r] = largest / 127;
    const float factor = largest > 0 ? 127 / largest : 0;
    for (int c = 0; c < matrix.columns; ++c) {
      codes[begin + c] =
          static_cast<int8_t>(std::lrint(matrix.values[begin + c] * factor));
    }
  }
  matrix.codes = codes.data();
}

}  // namespace

absl::StatusOr<std::unique_ptr<Products>> Products::Create(
    Precision precision) {
  std::unique_ptr<Products> products(new Products());
  if (precision == Precision::kFloat32) {
    products->levels_ = 0;
  } else if (ByteProductsSaturate()) {
    products->levels_ = 125;
  }
  products->packed_ =
      products->integer() && !HasAmx() && (HasVnni512() || HasAvx2Alone());
  try {
    products->engine_ = dnnl::engine(dnnl::engine::kind::cpu, 0);
  } catch (const dnnl::error& error) {
    return OneDnnError(error);
  }
  return products;
}

const Products::Shape& Products::Get(int in, int out) {
  std::unique_ptr<Shape>& shape = shapes_[{in, out}];
  if (shape != nullptr) return *shape;
  auto made = std::make_unique<Shape>();
  const DataType input_type = integer() ? DataType::u8 : DataType::f32;
  const DataType weight_type = integer() ? DataType::s8 : DataType::f32;
  const DataType output_type = integer() ? DataType::s32 : DataType::f32;
  // The largest block, which runs most, chooses the layout of the weights.
  made->weights = dnnl::memory::desc({in, out}, weight_type, Tag::any);
  for (int rows = kBlockRows; rows > 0; rows -= kBlockStep) {
    const int i = rows / kBlockStep - 1;
    const dnnl::matmul::primitive_desc matmul = DescribeMatmul(
        engine_, dnnl::memory::desc({rows, in}, input_type, Tag::ab),
        made->weights, dnnl::memory::desc({rows, out}, output_type, Tag::ab));
    made->primitives[i] = dnnl::matmul(matmul);
    made->inputs[i] = matmul.src_desc();
    made->outputs[i] = matmul.dst_desc();
    made->weights = matmul.weights_desc();
    made->scratchpads[i] = matmul.scratchpad_desc();
    scratchpad_bytes_ =
        std::max(scratchpad_bytes_, matmul.scratchpad_desc().get_size());
  }
  made->index = static_cast<int>(shapes_.size()) - 1;
  shape = std::move(made);
  return *shape;
}

ProductScratch::ProductScratch(const Products& products)
    : all_(products),
      stream_(products.engine()),
      scratchpad_(products.scratchpad_bytes_),
      sums_(size_t(products.packed() ? kProductRows : kBlockRows) *
            products.widest_output_),
      operands_(products.shapes_.size()) {
  const dnnl::engine& engine = products.engine();
  for (const auto& [size, shape] : products.shapes_) {
    for (int i = 0; i < Products::kSizes; ++i) {
      operands_[shape->index][i] = {
          dnnl::memory(shape->inputs[i], engine, DNNL_MEMORY_NONE),
          dnnl::memory(shape->outputs[i], engine, sums_.data()),
          dnnl::memory(shape->scratchpads[i], engine, scratchpad_.data())};
    }
  }
}

absl::StatusOr<Linear> Linear::Load(const ModelFile& file,
                                    const std::string& name, int in, int out,
                                    Products& products) {
  absl::StatusOr<Matrix> matrix = ReadMatrix(file, name, out, in);
  if (!matrix.ok()) return matrix.status();
  absl::StatusOr<AlignedBuffer<float>> bias =
      ReadFloats(file, name + ".bias", {static_cast<uint32_t>(out)});
  if (!bias.ok()) return bias.status();

  Linear linear;
  linear.in_ = in;
  linear.out_ = out;
  linear.products_ = &products;
  linear.bias_ = *std::move(bias);

  std::vector<int8_t> codes;
  std::vector<float> values;
  const void* source = nullptr;
  if (products.integer()) {
    if (matrix->codes == nullptr) QuantizeMatrix(*matrix, codes);
    source = matrix->codes;
    linear.column_sum_ = AlignedBuffer<float>(out);
    for (int n = 0; n < out; ++n) {
      const int8_t* row = matrix->codes + size_t(n) * in;
      int32_t sum = 0;
      for (int k = 0; k < in; ++k) sum += row[k];
      linear.column_sum_[n] = static_cast<float>(sum);  // Exact.
    }
    linear.column_scale_ = std::move(matrix->scales);
  } else if (matrix->values != nullptr) {
    source = matrix->values;
  } else {
    values.resize(size_t(out) * in);
    for (int n = 0; n < out; ++n) {
      for (int k = 0; k < in; ++k) {
        values[size_t(n) * in + k] = matrix->at(n, k);
      }
    }
    source = values.data();
  }

  try {
    linear.Pack(source, products);
  } catch (const dnnl::error& error) {
    return OneDnnError(error);
  }
  return linear;
}

void Linear::Pack(const void* source, Products& products) {
  products.widest_output_ = std::max(products.widest_output_, out_);
  if (products.packed()) {
    const auto* codes = static_cast<const int8_t*>(source);
    int8_t* packed = products.memory_.Take(PackedSize(in_, out_));
    for (int n = 0; n < out_; ++n) {
      for (int k = 0; k < in_; ++k) {
        packed[PanelIndex(k, n, in_)] = codes[size_t(n) * in_ + k];
      }
    }
    packed_ = packed;
    return;
  }
  const SingleThread single_thread;
  shape_ = &products.Get(in_, out_);
  // The file has [out, in]: the transpose, which `ba` says.
  dnnl::memory from(
      {{in_, out_}, products.integer() ? DataType::s8 : DataType::f32, Tag::ba},
      products.engine(), const_cast<void*>(source));
  weights_ = dnnl::memory(shape_->weights, products.engine());
  dnnl::stream stream(products.engine());
  dnnl::reorder(from, weights_).execute(stream, from, weights_);
  stream.wait();
}

const int8_t* Linear::NextLines(int rows_left) const {
  const size_t share = PackedLines(in_, out_) * kCacheLine;
  const size_t behind = size_t(rows_left + kProductRows - 1) / kProductRows;
  const size_t shares = (next_size_ + share - 1) / share;
  return behind < shares ? next_ + (shares - 1 - behind) * share : nullptr;
}

Accumulators Linear::Multiply(ActivationRows input, int rows,
                              ProductScratch& scratch) const {
  const Accumulators sums = {
      scratch.sums_.data(), out_, input.scales, input.zeros,
      Scaling{bias_.data(), column_scale_.data(), column_sum_.data()}};
  if (products_->packed()) {
    Int8Product(input.codes, in_, rows, packed_, in_, out_,
                scratch.sums_.data(), NextLines(scratch.rows_left_));
    return sums;
  }
  const int i = PaddedRows(rows) / kBlockStep - 1;
  ProductScratch::Operands& operands = scratch.operands_[shape_->index][i];
  operands.input.set_data_handle(products_->integer()
                                     ? static_cast<void*>(input.codes)
                                     : static_cast<void*>(input.values));
  const dnnl_exec_arg_t arguments[] = {
      {DNNL_ARG_SRC, operands.input.get()},
      {DNNL_ARG_WEIGHTS, weights_.get()},
      {DNNL_ARG_DST, operands.output.get()},
      {DNNL_ARG_SCRATCHPAD, operands.scratchpad.get()}};
  // The C interface: the C++ one would build a map of these for each product.
  dnnl::error::wrap_c_api(
      dnnl_primitive_execute(shape_->primitives[i].get(), scratch.stream_.get(),
                             std::size(arguments), arguments),
      "a matrix product failed");
  scratch.stream_.wait();
  return sums;
}

}  // namespace quoth
