#include "server/model/linear.h"

#include <cmath>
#include <cstring>
#include <memory>
#include <random>
#include <set>
#include <thread>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "server/model/single_thread.h"
#include "tests/model/model_builder.h"

namespace quoth {
namespace {

using testing::HasSubstr;

constexpr int kIn = 64;
constexpr int kOut = 48;

std::vector<float> RandomValues(size_t size, uint32_t seed) {
  std::mt19937 random(seed);
  std::normal_distribution<float> normal;
  std::vector<float> out(size);
  for (float& v : out) v = normal(random);
  return out;
}

ModelFile FileWith(bool int8_weights) {
  ModelBuilder b;
  const std::vector<float> weight = RandomValues(kIn * kOut, 1);
  if (int8_weights) {
    b.AddInt8Matrix("layer", kOut, kIn, weight);
  } else {
    b.AddFloats("layer.weight", {kOut, kIn}, weight);
  }
  b.AddFloats("layer.bias", {kOut}, RandomValues(kOut, 2));
  return ModelFile::FromBytes(b.Build()).value();
}

struct Case {
  Precision precision;
  bool int8_weights;
};

class LinearTest : public testing::TestWithParam<Case> {};

TEST_P(LinearTest, IsTheDefinition) {
  const ModelFile file = FileWith(GetParam().int8_weights);
  std::unique_ptr<Products> products =
      Products::Create(GetParam().precision).value();
  const Linear linear =
      Linear::Load(file, "layer", kIn, kOut, *products).value();
  ProductScratch scratch(*products);
  const TensorView weight = file.Tensor("layer.weight").value();
  const float* bias = file.Tensor("layer.bias")->floats();
  const SingleThread single_thread;
  for (const int rows : {1, 2, 15, 16, 17, 33, 127, kBlockRows}) {
    AlignedBuffer<float> x(size_t(rows) * kIn);
    const std::vector<float> values = RandomValues(x.size(), rows);
    std::copy(values.begin(), values.end(), x.data());
    const Activations input(products->levels(), PaddedRows(rows), kIn);
    WriteRows(x.data(), rows, input.rows());
    AlignedBuffer<float> out(size_t(rows) * kOut);
    scratch.ForBlocks(rows, [&](int begin, int n) {
      FloatRows(linear.Multiply(input.rows().From(begin), n, scratch), n,
                out.data() + begin * kOut);
    });
    for (int r = 0; r < rows; ++r) {
      for (int n = 0; n < kOut; ++n) {
        double expected = bias[n];
        for (int k = 0; k < kIn; ++k) {
          const double w =
              GetParam().int8_weights
                  ? weight.int8s()[n * kIn + k] *
                        double{file.Tensor("layer.scale")->floats()[n]}
                  : weight.floats()[n * kIn + k];
          // In int8, of the codes' values: what remains is rounding in fp32.
          const ActivationRows in = input.rows();
          const double a = products->integer()
                               ? (double{in.zeros[r]} - in.codes[r * kIn + k]) *
                                     -double{in.scales[r]}
                               : x[r * kIn + k];
          expected += w * a;
        }
        // Rounding fp32 weights to int8 is a real difference.
        const bool rounds = products->integer() && !GetParam().int8_weights;
        ASSERT_NEAR(out[r * kOut + n], expected, rounds ? 0.3 : 2e-4)
            << rows << " rows, " << r << ", " << n;
      }
    }
  }
}

// Primitives are shared by the layers, and the sizes are few: nothing is made
// while reading, whatever the length.
TEST_P(LinearTest, ShapesAreSharedAndFew) {
  const ModelFile file = FileWith(GetParam().int8_weights);
  std::unique_ptr<Products> products =
      Products::Create(GetParam().precision).value();
  if (products->packed()) GTEST_SKIP() << "no primitives";
  const Products::Shape* shape = &products->Get(kIn, kOut);
  EXPECT_EQ(&products->Get(kIn, kOut), shape);
  EXPECT_NE(&products->Get(kIn, 2 * kOut), shape);
  std::set<int> sizes;
  for (int rows = 1; rows <= kBlockRows; ++rows) {
    sizes.insert(PaddedRows(rows));
    EXPECT_GE(PaddedRows(rows), rows);
  }
  EXPECT_EQ(sizes.size(), Products::kSizes);
}

INSTANTIATE_TEST_SUITE_P(Precisions, LinearTest,
                         testing::Values(Case{Precision::kInt8, true},
                                         Case{Precision::kInt8, false},
                                         Case{Precision::kFloat32, true},
                                         Case{Precision::kFloat32, false}));

// 255 x 127 and 255 x -128 in every place: where byte products saturate at 16
// bits, the codes must be small enough not to.
TEST(LinearLimitsTest, LargestSumsAreExact) {
  constexpr int kDeep = 1536;
  ModelBuilder b;
  std::string codes;
  for (int n = 0; n < 16; ++n) {
    codes += std::string(kDeep, n % 2 == 0 ? '\x7f' : '\x81');
  }
  b.tensors["layer.weight"] = {TensorType::kInt8, {16, kDeep}, codes};
  b.AddFloats("layer.scale", {16}, std::vector<float>(16, 1));
  b.AddFloats("layer.bias", {16}, std::vector<float>(16, 0));
  const ModelFile file = ModelFile::FromBytes(b.Build()).value();
  std::unique_ptr<Products> products =
      Products::Create(Precision::kInt8).value();
  const Linear linear =
      Linear::Load(file, "layer", kDeep, 16, *products).value();
  ProductScratch scratch(*products);
  const Activations input(products->levels(), 16, kDeep);
  const uint8_t top = static_cast<uint8_t>(products->levels() + 2);
  std::memset(input.rows().codes, top, 16 * kDeep);
  const SingleThread single_thread;
  scratch.ForBlocks(16, [&](int begin, int n) {
    const Accumulators sums =
        linear.Multiply(input.rows().From(begin), n, scratch);
    const int32_t* values = static_cast<const int32_t*>(sums.sums);
    for (int i = 0; i < n * 16; ++i) {
      ASSERT_EQ(values[i], (i % 2 == 0 ? 127 : -127) * kDeep * top);
    }
  });
}

TEST(LinearErrorsTest, NamesTheTensor) {
  std::unique_ptr<Products> products =
      Products::Create(Precision::kInt8).value();
  const struct {
    const char* what;
    void (*change)(ModelBuilder&);
    const char* message;
  } cases[] = {
      {"no weight", [](ModelBuilder& b) { b.tensors.erase("l.weight"); },
       "no tensor l.weight"},
      {"no scale", [](ModelBuilder& b) { b.tensors.erase("l.scale"); },
       "no tensor l.scale"},
      {"no bias", [](ModelBuilder& b) { b.tensors.erase("l.bias"); },
       "no tensor l.bias"},
      {"turned",
       [](ModelBuilder& b) {
         b.AddInt8Matrix("l", 3, 2, {1, 2, 3, 4, 5, 6});
       },
       "l.weight has the shape [3, 2]; it must be [2, 3]"},
      {"rank",
       [](ModelBuilder& b) {
         b.AddFloats("l.bias", {1, 2}, {1, 2});
       },
       "l.bias has the shape [1, 2]; it must be [2]"},
      {"bytes", [](ModelBuilder& b) { b.AddBytes("l.bias", "ab"); },
       "l.bias is not fp32"},
      {"not finite",
       [](ModelBuilder& b) {
         b.AddFloats("l.bias", {2}, {1, NAN});
       },
       "l.bias holds a value that is not finite"},
  };
  for (const auto& c : cases) {
    ModelBuilder b;
    b.AddInt8Matrix("l", 2, 3, {1, 2, 3, 4, 5, 6});
    b.AddFloats("l.bias", {2}, {1, 2});
    c.change(b);
    const ModelFile file = ModelFile::FromBytes(b.Build()).value();
    const absl::Status status =
        Linear::Load(file, "l", 3, 2, *products).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << c.what;
    EXPECT_THAT(status.message(), HasSubstr(c.message)) << c.what;
  }
}

}  // namespace
}  // namespace quoth
