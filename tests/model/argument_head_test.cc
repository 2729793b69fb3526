#include "server/model/argument_head.h"

#include <set>

#include "gtest/gtest.h"
#include "server/model/argument_rows.h"
#include "tests/model/instruction_sets.h"

namespace quoth {
namespace {

TEST(ArgumentHeadTest, DistanceRows) {
  const struct {
    int distance, row;
  } cases[] = {
      {0, 0},   {-1, 1},   {-2, 2},   {-5, 5},    {-6, 5},  {-7, 6},   {-12, 7},
      {-13, 8}, {-96, 13}, {-97, 14}, {-250, 14}, {1, 15},  {2, 16},   {6, 19},
      {7, 20},  {24, 23},  {25, 24},  {96, 27},   {97, 28}, {500, 28},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(DistanceRow(c.distance), c.row) << c.distance;
  }
  std::set<int> rows;
  for (int d = -100; d <= 100; ++d) rows.insert(DistanceRow(d));
  EXPECT_EQ(rows.size(), kDistanceRows);
}

TEST(ArgumentHeadTest, RelationRows) {
  EXPECT_EQ(RelationRow(0, 0), 7);
  EXPECT_EQ(RelationRow(-1, 0), 4);
  EXPECT_EQ(RelationRow(2, 1), 14);
  EXPECT_EQ(RelationRow(-9, -9), 0);
  EXPECT_EQ(RelationRow(9, 9), 14);
  std::set<int> rows;
  for (int s = -4; s <= 4; ++s) {
    for (int p = -4; p <= 4; ++p) rows.insert(RelationRow(s, p));
  }
  EXPECT_EQ(rows.size(), kRelationRows);
}

// Taps lie side by side in order, and are zero beyond the window's edges.
TEST(ArgumentRowsTest, TapsEndAtTheWindow) {
  constexpr int kWords = 6, kWidth = 16;
  AlignedBuffer<float> x(kWords * kWidth);
  RowRange ranges[kWords];
  for (int w = 0; w < kWords; ++w) {
    for (int k = 0; k < kWidth; ++k) x[w * kWidth + k] = (w + 1) + 0.01f * k;
    ranges[w] = {0, x[w * kWidth + kWidth - 1]};
  }
  for (const int levels : {0, 253, 125}) {
    for (const int step : {1, 2}) {
      ForEachInstructionSet([&] {
        const Activations out(levels, 16, kTaps * kWidth);
        const ActivationRows rows = out.rows();
        constexpr int kSplit = 4;  // In two parts.
        TapRows(x.data(), ranges, kWords, kWidth, step, 0, kSplit, rows);
        TapRows(x.data(), ranges, kWords, kWidth, step, kSplit, kWords - kSplit,
                rows.From(kSplit));
        for (int w = 0; w < kWords; ++w) {
          for (int t = 0; t < kTaps; ++t) {
            const int from = w + (t - 2) * step;
            for (int k = 0; k < kWidth; ++k) {
              const int at = (w * kTaps + t) * kWidth + k;
              const bool inside = from >= 0 && from < kWords;
              const double expected = inside ? x[from * kWidth + k] : 0;
              if (levels == 0) {
                EXPECT_EQ(rows.values[at], expected);
              } else {
                const double got =
                    (rows.codes[at] - rows.zeros[w]) * rows.scales[w];
                EXPECT_NEAR(got, expected, inside ? 0.51 * rows.scales[w] : 0);
              }
            }
          }
        }
      });
    }
  }
}

}  // namespace
}  // namespace quoth
