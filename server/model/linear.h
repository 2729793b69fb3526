// Linear layers: int8 products with int32 sums, or fp32.
//
//   absl::StatusOr<std::unique_ptr<Products>> products =
//       Products::Create(Precision::kInt8);
//   absl::StatusOr<Linear> linear =
//       Linear::Load(file, "encoder.0.qkv", 384, 1152, **products);
//   ProductScratch scratch(**products);
//   Accumulators sums = linear->Multiply(input, rows, scratch);
//   FloatRows(sums, rows, out);
//
// Products run on blocks of rows, and what follows a product is best done block
// by block, while its sums are in the cache.
//
// In int8 on CPUs with VNNI at 512 bits, or with AVX2 and nothing better, they
// are those of int8_product.h: of 12 rows at most, whose sums are still in the
// first cache when they are read. (oneDNN's are as fast alone, but need blocks
// so large that sums and weights leave the second cache in turns: three
// quarters of the products a second, in the end, or less.)
//
// Everything else is oneDNN's, AMX included. Every length of text is another
// number of rows, and oneDNN wants a primitive (about a millisecond of code
// generation) for each. So its blocks have at most kBlockRows rows, rounded up
// to a multiple of kBlockStep: a few primitives for each shape of weights, all
// made when the model is loaded, shared by the layers and never changed after.

#ifndef QUOTH_SERVER_MODEL_LINEAR_H_
#define QUOTH_SERVER_MODEL_LINEAR_H_

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "dnnl.hpp"
#include "server/model/aligned_buffer.h"
#include "server/model/int8_product.h"
#include "server/model/model_file.h"
#include "server/model/precision.h"
#include "server/model/rows.h"
#include "server/model/weight_memory.h"

namespace quoth {

inline constexpr int kBlockStep = 16;
inline constexpr int kBlockRows = 128;

// Rows that a buffer must have for a product of `rows` rows to read.
constexpr int PaddedRows(int rows) {
  return (rows + kBlockStep - 1) / kBlockStep * kBlockStep;
}

// The primitives of all shapes of one model. Add shapes while loading;
// thread-safe afterwards.
class Products {
 public:
  static constexpr int kSizes = kBlockRows / kBlockStep;

  // One shape of weights, [in, out], with a primitive for each number of rows.
  struct Shape {
    int index = 0;  // In the order of Get().
    dnnl::memory::desc weights;
    std::array<dnnl::matmul, kSizes> primitives;
    std::array<dnnl::memory::desc, kSizes> inputs;
    std::array<dnnl::memory::desc, kSizes> outputs;
    std::array<dnnl::memory::desc, kSizes> scratchpads;
  };

  // Internal if oneDNN fails.
  static absl::StatusOr<std::unique_ptr<Products>> Create(Precision precision);

  // ActivationRows::levels of inputs, or 0 in fp32: 253; but 125 on CPUs whose
  // byte products saturate at 16 bits (x86 without VNNI), where codes of 7 bits
  // keep the sums exact.
  int levels() const { return levels_; }
  bool integer() const { return levels_ > 0; }

  // Whether products are those of int8_product.h.
  bool packed() const { return packed_; }

  // The rows of a product when `rows` are still to be multiplied.
  int NextBlock(int rows) const {
    if (!packed_) return std::min(kBlockRows, rows);
    // Blocks of about the same size: one of few rows would hardly be faster.
    const int blocks = (rows + kProductRows - 1) / kProductRows;
    return (rows + blocks - 1) / blocks;
  }

  // The shape, made at its first use, for products that are not packed. Throws
  // what oneDNN throws.
  const Shape& Get(int in, int out);

  const dnnl::engine& engine() const { return engine_; }

 private:
  friend class Linear;
  friend class ProductScratch;
  Products() = default;

  dnnl::engine engine_;
  int levels_ = 253;
  bool packed_ = false;
  WeightMemory memory_;  // Of packed weights.
  size_t scratchpad_bytes_ = 0;
  int widest_output_ = 0;
  std::map<std::pair<int, int>, std::unique_ptr<Shape>> shapes_;
};

// What one thread needs to run products. Make it after the last Linear.
class ProductScratch {
 public:
  explicit ProductScratch(const Products& products);

  // Calls block(begin, rows) for one block of rows after the other.
  template <typename F>
  void ForBlocks(int rows, F block) {
    for (int begin = 0; begin < rows;) {
      const int n = all_.NextBlock(rows - begin);
      rows_left_ = rows - begin - n;
      block(begin, n);
      begin += n;
    }
  }

 private:
  friend class Linear;
  // oneDNN's handles of the operands of one primitive, made once: making them
  // for each product took as long as 3 % of all products.
  struct Operands {
    dnnl::memory input;
    dnnl::memory output;
    dnnl::memory scratchpad;
  };

  const Products& all_;
  int rows_left_ = 0;  // Behind the block that ForBlocks() is at.
  dnnl::stream stream_;
  AlignedBuffer<uint8_t> scratchpad_;
  AlignedBuffer<int32_t> sums_;  // [rows of a block][the widest output]
  std::vector<std::array<Operands, Products::kSizes>> operands_;  // By shape.
};

// y = x W^T + b, with W [out, in]. Immutable after Load; holds its own packed
// copy of the weights.
class Linear {
 public:
  // Reads NAME.weight (with NAME.scale if it is int8) and NAME.bias. In int8,
  // fp32 weights are rounded to int8 here; in fp32, int8 ones are widened. The
  // errors of ReadMatrix and Products::Create.
  static absl::StatusOr<Linear> Load(const ModelFile& file,
                                     const std::string& name, int in, int out,
                                     Products& products);

  int out() const { return out_; }

  // Says which layer's products come next: the last blocks of this one's bring
  // its weights nearer. (From the third cache, the first block of a product
  // would be half as fast as the others.) Both must have the same Products.
  void SetNext(const Linear& next) {
    next_ = next.packed_;
    next_size_ = PackedSize(next.in_, next.out_);
  }

  // The sums of the first `rows` rows of `input`, at most what NextBlock()
  // says; the input must have PaddedRows(rows) rows of any content. The result
  // lies in `scratch` until the next product. Call it under a SingleThread.
  Accumulators Multiply(ActivationRows input, int rows,
                        ProductScratch& scratch) const;

 private:
  Linear() = default;
  // `source` is [out, in], of the products' type. Throws what oneDNN throws.
  void Pack(const void* source, Products& products);
  // What of the next layer's weights a block should bring nearer behind which
  // `rows_left` rows are still to come: the last block the last lines. Null:
  // nothing yet, or nothing at all.
  const int8_t* NextLines(int rows_left) const;

  int in_ = 0;
  int out_ = 0;
  const Products* products_ = nullptr;
  const int8_t* packed_ = nullptr;  // As Int8Product reads it.
  const int8_t* next_ = nullptr;    // That of the layer after this one.
  size_t next_size_ = 0;
  // Where products are not packed:
  const Products::Shape* shape_ = nullptr;
  dnnl::memory weights_;
  AlignedBuffer<float> bias_;
  AlignedBuffer<float> column_scale_;
  AlignedBuffer<float> column_sum_;
};

}  // namespace quoth

#endif  // QUOTH_SERVER_MODEL_LINEAR_H_
