#include "server/model/rows.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>
#include <utility>
#include <vector>

#include "gtest/gtest.h"
#include "tests/model/instruction_sets.h"

namespace quoth {
namespace {

constexpr int kWidth = 48;

double Gelu(double x) { return x * 0.5 * std::erfc(-x / std::sqrt(2.0)); }

AlignedBuffer<float> Random(size_t size, float deviation, uint32_t seed) {
  std::mt19937 random(seed);
  std::normal_distribution<float> normal(0, deviation);
  AlignedBuffer<float> out(size);
  for (size_t i = 0; i < size; ++i) out[i] = normal(random);
  return out;
}

// The value that a code stands for.
double Decoded(const ActivationRows& rows, int r, int k) {
  if (rows.codes == nullptr) return rows.values[r * rows.width + k];
  return (rows.codes[r * rows.width + k] - rows.zeros[r]) * rows.scales[r];
}

// Half a step between codes, with a little for the arithmetic.
double Tolerance(const ActivationRows& rows, int r) {
  return rows.codes == nullptr ? 1e-5 : 0.501 * rows.scales[r] + 1e-4;
}

TEST(RowsTest, CodesAreWithinHalfAStep) {
  // Lopsided, one-sided, constant, tiny, huge and zero rows.
  struct Case {
    float scale, offset;
  };
  const Case cases[] = {{1, 0},     {1, 3},      {1, -3},
                        {0.01f, 0}, {1e-12f, 0}, {1e6f, 1e6f},
                        {0, 5},     {0, -0.1f},  {0, 0}};
  for (const int levels : {253, 125}) {
    ForEachInstructionSet([&] {
      for (const Case& c : cases) {
        AlignedBuffer<float> x = Random(kWidth, 1, 1);
        for (int k = 0; k < kWidth; ++k) x[k] = x[k] * c.scale + c.offset;
        const Activations out(levels, 16, kWidth);
        const ActivationRows rows = out.rows();
        WriteRows(x.data(), 1, rows);
        EXPECT_LE(*std::max_element(rows.codes, rows.codes + kWidth),
                  levels + 2);
        // 0 has a code of its own, so that padding adds nothing.
        EXPECT_EQ(rows.zeros[0], std::nearbyint(rows.zeros[0]));
        for (int k = 0; k < kWidth; ++k) {
          EXPECT_NEAR(Decoded(rows, 0, k), x[k],
                      0.501 * rows.scales[0] + 1e-7 * std::abs(x[k]));
        }
      }
    });
  }
}

TEST(RowsTest, BothEndsOfEveryRangeHaveCodes) {
  // Ranges at whose ends rounding is most delicate: halves of a step.
  for (int i = -300; i <= 300; ++i) {
    AlignedBuffer<float> x(kRowMultiple);
    x[0] = i / 2.0f;
    x[1] = i / 2.0f + 253;
    const Activations out(253, 16, kRowMultiple);
    const ActivationRows rows = out.rows();
    WriteRows(x.data(), 1, rows);
    for (int k = 0; k < 3; ++k) {
      EXPECT_NEAR(Decoded(rows, 0, k), x[k], 0.51 * rows.scales[0]) << i;
    }
  }
}

TEST(RowsTest, SkippingRowsMovesEverything) {
  const AlignedBuffer<float> x = Random(4 * kWidth, 1, 2);
  for (const int levels : {253, 0}) {
    const Activations out(levels, 16, kWidth);
    WriteRows(x.data(), 4, out.rows());
    const ActivationRows rest = out.rows().From(3);
    EXPECT_NEAR(Decoded(rest, 0, 5), x[3 * kWidth + 5], Tolerance(rest, 0));
  }
}

// Sums, scales and the like of two rows, with the results in double.
struct Sums {
  explicit Sums(bool integer) : integer(integer) {
    std::mt19937 random(5);
    std::uniform_int_distribution<int32_t> draw(-30000, 30000);
    for (int i = 0; i < 2 * kWidth; ++i) {
      ints[i] = draw(random);
      floats[i] = ints[i] * 1e-4f;
    }
    for (int k = 0; k < kWidth; ++k) column_sum[k] = draw(random) / 100;
  }

  Accumulators view() const {
    return {integer ? static_cast<const void*>(ints.data()) : floats.data(),
            kWidth,
            integer ? row_scale : nullptr,
            integer ? row_zero : nullptr,
            {bias.data(), column_scale.data(), column_sum.data()}};
  }

  double result(int r, int k) const {
    if (!integer) return floats[r * kWidth + k] + bias[k];
    return (ints[r * kWidth + k] - double{row_zero[r]} * column_sum[k]) *
               row_scale[r] * column_scale[k] +
           bias[k];
  }

  bool integer;
  AlignedBuffer<int32_t> ints{2 * kWidth};
  AlignedBuffer<float> floats{2 * kWidth};
  AlignedBuffer<float> bias = Random(kWidth, 1, 6);
  AlignedBuffer<float> column_scale = Random(kWidth, 0.01f, 7);
  AlignedBuffer<float> column_sum{kWidth};
  float row_scale[2] = {0.02f, 0.005f};
  float row_zero[2] = {17, 200};
};

TEST(RowsTest, ResultsAreScaledAndShifted) {
  for (const bool integer : {false, true}) {
    const Sums sums(integer);
    ForEachInstructionSet([&] {
      AlignedBuffer<float> x(2 * kWidth);
      FloatRows(sums.view(), 2, x.data());
      for (int i = 0; i < 2 * kWidth; ++i) {
        EXPECT_NEAR(x[i], sums.result(i / kWidth, i % kWidth), 1e-4);
      }
    });
  }
}

TEST(RowsTest, GeluIsTheExactOne) {
  AlignedBuffer<int32_t> unused(kRowMultiple);
  const AlignedBuffer<float> zeros(kRowMultiple);
  ForEachInstructionSet([&] {
    for (double at = -12; at < 12; at += 0.01) {
      AlignedBuffer<float> in(kRowMultiple);
      for (int k = 0; k < kRowMultiple; ++k) in[k] = at + k * 0.000625;
      Accumulators view = {in.data(),
                           kRowMultiple,
                           nullptr,
                           nullptr,
                           {zeros.data(), nullptr, nullptr}};
      AlignedBuffer<float> out(kRowMultiple);
      RowRange range;
      GeluFloatRows(view, 1, nullptr, out.data(), &range);
      for (int k = 0; k < kRowMultiple; ++k) {
        ASSERT_NEAR(out[k], Gelu(in[k]), 3e-6) << in[k];
      }
    }
  });
}

TEST(RowsTest, GeluRowsAreWritten) {
  for (const bool integer : {false, true}) {
    const Sums sums(integer);
    ForEachInstructionSet([&] {
      const Activations out(integer ? 253 : 0, 16, kWidth);
      const ActivationRows rows = out.rows();
      GeluRows(sums.view(), 2, rows);
      for (int i = 0; i < 2 * kWidth; ++i) {
        EXPECT_NEAR(Decoded(rows, i / kWidth, i % kWidth),
                    Gelu(sums.result(i / kWidth, i % kWidth)),
                    Tolerance(rows, i / kWidth));
      }
    });
  }
}

TEST(RowsTest, GeluFloatRowsAddAndFindTheRange) {
  for (const bool integer : {false, true}) {
    const Sums sums(integer);
    ForEachInstructionSet([&] {
      AlignedBuffer<float> x(2 * kWidth);
      RowRange ranges[2];
      GeluFloatRows(sums.view(), 2, nullptr, x.data(), ranges);
      GeluFloatRows(sums.view(), 2, x.data(), x.data(), ranges);
      for (int r = 0; r < 2; ++r) {
        const float* row = x.data() + r * kWidth;
        for (int k = 0; k < kWidth; ++k) {
          EXPECT_NEAR(row[k], 2 * Gelu(sums.result(r, k)), 2e-4);
        }
        EXPECT_EQ(ranges[r].most,
                  std::max(0.0f, *std::max_element(row, row + kWidth)));
        EXPECT_EQ(ranges[r].least,
                  std::min(0.0f, *std::min_element(row, row + kWidth)));
      }
    });
  }
}

// The definition of layer normalisation.
std::vector<double> Normalized(const std::vector<double>& x,
                               const LayerNorm& norm) {
  double mean = 0, variance = 0;
  for (double v : x) mean += v / x.size();
  for (double v : x) variance += (v - mean) * (v - mean) / x.size();
  std::vector<double> out;
  for (size_t k = 0; k < x.size(); ++k) {
    out.push_back((x[k] - mean) / std::sqrt(variance) * norm.gain[k] +
                  norm.bias[k]);
  }
  return out;
}

TEST(RowsTest, NormalizesWithAndWithoutAResult) {
  const AlignedBuffer<float> gain = Random(kWidth, 1, 8);
  const AlignedBuffer<float> bias = Random(kWidth, 1, 9);
  const LayerNorm norm = {gain.data(), bias.data()};
  for (const bool integer : {false, true}) {
    const Sums sums(integer);
    ForEachInstructionSet([&] {
      for (const bool add : {false, true}) {
        const AlignedBuffer<float> before = Random(2 * kWidth, 2, 10);
        AlignedBuffer<float> x = Random(2 * kWidth, 2, 10);
        const Activations out(integer ? 253 : 0, 16, kWidth);
        if (add) {
          AddNormalizeRows(sums.view(), 2, x.data(), norm, out.rows());
        } else {
          NormalizeRows(x.data(), 2, norm, out.rows());
        }
        for (int r = 0; r < 2; ++r) {
          std::vector<double> row;
          for (int k = 0; k < kWidth; ++k) {
            row.push_back(before[r * kWidth + k] +
                          (add ? sums.result(r, k) : 0));
          }
          const std::vector<double> expected = Normalized(row, norm);
          for (int k = 0; k < kWidth; ++k) {
            EXPECT_NEAR(x[r * kWidth + k], expected[k], 1e-4);
            EXPECT_NEAR(Decoded(out.rows(), r, k), expected[k],
                        Tolerance(out.rows(), r));
          }
        }
      }
    });
  }
}

TEST(RowsTest, NormalizesAConstantRow) {
  const AlignedBuffer<float> gain = Random(kWidth, 1, 8);
  const AlignedBuffer<float> bias = Random(kWidth, 1, 9);
  AlignedBuffer<float> x(kWidth);
  for (int k = 0; k < kWidth; ++k) x[k] = 7;
  const Activations out(0, 16, kWidth);
  NormalizeRows(x.data(), 1, {gain.data(), bias.data()}, out.rows());
  for (int k = 0; k < kWidth; ++k) EXPECT_NEAR(x[k], bias[k], 1e-5);
}

TEST(RowsTest, AddsRowsAndCodesAndMultiplies) {
  const AlignedBuffer<float> a = Random(kWidth, 1, 11);
  const AlignedBuffer<float> b = Random(kWidth, 1, 12);
  AlignedBuffer<int8_t> codes(kWidth);
  for (int k = 0; k < kWidth; ++k) codes[k] = static_cast<int8_t>(k * 5 - 127);
  ForEachInstructionSet([&] {
    AlignedBuffer<float> x(kWidth);
    AddRow(a.data(), kWidth, x.data());
    AddScaledCodes(codes.data(), 0.25f, kWidth, x.data());
    double dot = 0;
    for (int k = 0; k < kWidth; ++k) {
      EXPECT_FLOAT_EQ(x[k], a[k] + 0.25f * codes[k]);
      dot += double{a[k]} * b[k];
    }
    EXPECT_NEAR(Dot(a.data(), b.data(), kWidth), dot, 1e-4);
  });
}

// Weights may be finite and yet give values that are no numbers, or so large
// that their range is none: codes and zero points are what they must be.
TEST(RowsTest, ValuesWithoutAScaleAreZeros) {
  constexpr float kMost = std::numeric_limits<float>::max();
  constexpr float kInfinity = std::numeric_limits<float>::infinity();
  constexpr float kNaN = std::numeric_limits<float>::quiet_NaN();
  for (const auto& [low, high] :
       std::vector<std::pair<float, float>>{{-kMost, kMost},
                                            {-kInfinity, 1},
                                            {0, kInfinity},
                                            {kNaN, kNaN},
                                            {-1e-42f, 1e-42f}}) {
    ForEachInstructionSet([&, low = low, high = high] {
      AlignedBuffer<float> x(kWidth);
      for (int k = 0; k < kWidth; ++k) x[k] = k % 2 ? low : high;
      const Activations out(253, 16, kWidth);
      WriteRows(x.data(), 1, out.rows());
      EXPECT_EQ(out.rows().zeros[0], 1) << low << " " << high;
      EXPECT_EQ(out.rows().scales[0], 0) << low << " " << high;
    });
  }
}

}  // namespace
}  // namespace quoth
