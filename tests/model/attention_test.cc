#include "server/model/attention.h"

#include <cmath>
#include <memory>
#include <random>
#include <vector>

#include "gtest/gtest.h"
#include "server/model/aligned_buffer.h"
#include "server/model/cpu.h"
#include "tests/model/instruction_sets.h"

namespace quoth {
namespace {

constexpr int kMostRows = 130;

// The product of a qkv layer, as attention takes it.
struct Qkv {
  Qkv(int rows, int hidden, bool integer, uint32_t seed, float deviation = 1)
      : rows(rows), width(3 * hidden), integer(integer) {
    std::mt19937 random(seed);
    std::normal_distribution<float> normal(0, deviation);
    for (int i = 0; i < rows * width; ++i) {
      const float v = normal(random);
      ints[i] = static_cast<int32_t>(std::lrint(v * 1000));
      floats[i] = v;
    }
    for (int i = 0; i < width; ++i) {
      ones[i] = 1;
      bias[i] = 0.3f * normal(random);
    }
    for (int r = 0; r < rows; ++r) row_scale[r] = 1e-3f;
  }

  Accumulators From(int row) const {
    const size_t skip = size_t(row) * width;
    return {integer ? static_cast<const void*>(ints.data() + skip)
                    : floats.data() + skip,
            width,
            integer ? row_scale.data() + row : nullptr,
            integer ? zeros.data() : nullptr,
            {bias.data(), ones.data(), zeros.data()}};
  }

  double at(int r, int i) const {
    const size_t at = size_t(r) * width + i;
    return (integer ? double{row_scale[r]} * ints[at] : floats[at]) + bias[i];
  }

  int rows, width;
  bool integer;
  AlignedBuffer<int32_t> ints{size_t(rows) * width};
  AlignedBuffer<float> floats{size_t(rows) * width};
  AlignedBuffer<float> bias{size_t(width)};
  AlignedBuffer<float> ones{size_t(width)};
  AlignedBuffer<float> zeros{size_t(width)};
  AlignedBuffer<float> row_scale{size_t(rows)};
};

// The definition. Row by row: softmax(q k / sqrt(width)) v.
std::vector<double> Expected(const Qkv& qkv, int heads, int width) {
  const int hidden = heads * width;
  std::vector<double> out(qkv.rows * hidden);
  for (int h = 0; h < heads; ++h) {
    for (int i = 0; i < qkv.rows; ++i) {
      std::vector<double> weights;
      double total = 0;
      for (int j = 0; j < qkv.rows; ++j) {
        double score = 0;
        for (int k = h * width; k < (h + 1) * width; ++k) {
          score += qkv.at(i, k) * qkv.at(j, hidden + k);
        }
        weights.push_back(std::exp(score / std::sqrt(width)));
        total += weights.back();
      }
      for (int j = 0; j < qkv.rows; ++j) {
        for (int k = h * width; k < (h + 1) * width; ++k) {
          out[i * hidden + k] += weights[j] / total * qkv.at(j, 2 * hidden + k);
        }
      }
    }
  }
  return out;
}

AlignedBuffer<float> Attend(Attention& attention, const Qkv& qkv, int block) {
  AlignedBuffer<float> out(size_t(qkv.rows) * qkv.width / 3);
  attention.Begin(qkv.rows);
  for (int begin = 0; begin < qkv.rows; begin += block) {
    attention.Add(qkv.From(begin), begin, std::min(block, qkv.rows - begin));
  }
  attention.Finish(out.data());
  return out;
}

double LargestError(const AlignedBuffer<float>& got,
                    const std::vector<double>& expected) {
  double most = 0;
  for (size_t i = 0; i < expected.size(); ++i) {
    const double error = std::abs(got[i] - expected[i]);
    if (!(error <= most)) most = error;  // NaN, too.
  }
  return most;
}

struct Case {
  bool use_int8;
  int heads, width;
  double tolerance;
};

class AttentionTest : public testing::TestWithParam<Case> {
 protected:
  void SetUp() override {
    if (GetParam().use_int8 && !HasVnni512()) GTEST_SKIP() << "no VNNI";
  }

  std::unique_ptr<Attention> New() const {
    const Case& c = GetParam();
    return NewAttention(c.heads, c.width, kMostRows, c.use_int8);
  }

  Qkv Random(int rows, uint32_t seed, float deviation = 1) const {
    const Case& c = GetParam();
    return Qkv(rows, c.heads * c.width, c.use_int8, seed, deviation);
  }

  std::vector<double> ExpectedOf(const Qkv& qkv) const {
    return Expected(qkv, GetParam().heads, GetParam().width);
  }
};

TEST_P(AttentionTest, IsTheDefinition) {
  for (const int rows : {3, 4, 11, 12, 13, 31, 32, 33, 64, 97, kMostRows}) {
    const Qkv qkv = Random(rows, rows);
    const std::vector<double> expected = ExpectedOf(qkv);
    ForEachInstructionSet([&] {
      const std::unique_ptr<Attention> attention = New();
      EXPECT_LE(LargestError(Attend(*attention, qkv, 64), expected),
                GetParam().tolerance)
          << rows;
    });
  }
}

// Scores so far apart that one key takes all, and scores all alike.
TEST_P(AttentionTest, SurvivesExtremes) {
  for (const float deviation : {0.0f, 1e-6f, 8.0f, 100.0f}) {
    const Qkv qkv = Random(40, 3, deviation);
    const std::unique_ptr<Attention> attention = New();
    const AlignedBuffer<float> out = Attend(*attention, qkv, 64);
    double largest = 0;
    for (int r = 0; r < 40; ++r) {
      for (int k = 0; k < qkv.width; ++k) {
        largest = std::max(largest, std::abs(qkv.at(r, k)));
      }
    }
    for (size_t i = 0; i < out.size(); ++i) {
      ASSERT_TRUE(std::isfinite(out[i]));
      // A mean of values is no larger than the largest of them.
      ASSERT_LE(std::abs(out[i]), largest * 1.01 + 1e-6);
    }
    if (deviation <= 1e-6f) {
      EXPECT_LE(LargestError(out, ExpectedOf(qkv)), 1e-5);
    }
  }
}

// Nearly all weight on the first piece, whose value is small: what the others
// have left of it must not be lost.
TEST_P(AttentionTest, KeepsWhatASinkLeaves) {
  Qkv qkv = Random(50, 4, 0.5f);
  const int hidden = qkv.width / 3;
  const auto set = [&](int row, int column, float value) {
    qkv.ints[row * qkv.width + column] = static_cast<int32_t>(value * 1000);
    qkv.floats[row * qkv.width + column] = value;
  };
  for (int k = 0; k < hidden; ++k) {
    for (int r = 0; r < qkv.rows; ++r) {
      set(r, k, 1 + (r + k) % 3 * 0.1f);           // Queries.
      set(r, 2 * hidden + k, r == 0 ? 0.0f : 20);  // Values.
    }
    set(0, hidden + k, 8.5f / std::sqrt(1.0f * GetParam().width));  // Key.
  }
  const std::unique_ptr<Attention> attention = New();
  const std::vector<double> expected = ExpectedOf(qkv);
  // The others have more than a thousandth of the weight, less than a tenth.
  EXPECT_GT(expected[0] - qkv.bias[2 * hidden], 0.02);
  EXPECT_LT(expected[0] - qkv.bias[2 * hidden], 2);
  EXPECT_LE(LargestError(Attend(*attention, qkv, 64), expected),
            GetParam().use_int8 ? 0.01 : 1e-5);
}

TEST_P(AttentionTest, DoesNotDependOnBlocksOrHistory) {
  const Qkv qkv = Random(45, 5);
  const std::unique_ptr<Attention> fresh = New();
  const AlignedBuffer<float> expected = Attend(*fresh, qkv, 64);
  const std::unique_ptr<Attention> used = New();
  Attend(*used, Random(kMostRows, 6, 50), 64);
  for (const int block : {64, 16, 1}) {
    const AlignedBuffer<float> again = Attend(*used, qkv, block);
    for (size_t i = 0; i < expected.size(); ++i) {
      ASSERT_EQ(again[i], expected[i]) << block;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(
    Precisions, AttentionTest,
    testing::Values(Case{false, 2, 32, 1e-5}, Case{false, 1, 64, 1e-5},
                    Case{true, 2, 32, 0.06}, Case{true, 1, 64, 0.06}),
    [](const testing::TestParamInfo<Case>& info) {
      return std::string(info.param.use_int8 ? "Int8" : "Float32") + "Width" +
             std::to_string(info.param.width);
    });

}  // namespace
}  // namespace quoth
