#include "server/model/attention_float.h"

#include <algorithm>
#include <cmath>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "server/model/attention_float.cc"
#include "hwy/foreach_target.h"  // IWYU pragma: keep
#include "hwy/highway.h"
#include "server/model/simd-inl.h"

#ifndef QUOTH_SERVER_MODEL_ATTENTION_FLOAT_ONCE_
#define QUOTH_SERVER_MODEL_ATTENTION_FLOAT_ONCE_
namespace quoth {

constexpr int kPanel = 32;  // Keys of one panel of keys_t.
constexpr int kGroup = 6;   // Query rows of one product.
constexpr float kMaskedKey = -1e30f;

}  // namespace quoth
#endif

HWY_BEFORE_NAMESPACE();
namespace quoth {
namespace HWY_NAMESPACE {

using State = FloatAttentionState;

template <bool kInteger>
void AddFloatOf(const Accumulators& qkv, int begin, int rows, State& s) {
  const Floats d;
  const size_t width = s.head_width;
  const size_t hidden = s.heads * width;
  HWY_ALIGN float keys[kWidestRow];
  const char* sums = static_cast<const char*>(qkv.sums);
  constexpr float kLog2E = 1.44269504f;
  const auto score_scale =
      hn::Set(d, kLog2E / std::sqrt(static_cast<float>(width)));
  for (int r = 0; r < rows; ++r, sums += 4 * 3 * hidden) {
    const auto scale = RowScale<kInteger>(qkv, r);
    const auto zero = RowZero<kInteger>(qkv, r);
    const int row = begin + r;
    float* queries = s.queries.data() + row * hidden;
    float* values = s.values.data() + row * hidden;
    const auto part = [&](int i, size_t k) HWY_ATTR {
      return Result<kInteger>(qkv.scaling, sums, scale, zero, i * hidden + k);
    };
    for (size_t k = 0; k < hidden; k += hn::Lanes(d)) {
      hn::Store(hn::Mul(part(0, k), score_scale), d, queries + k);
      hn::Store(part(1, k), d, keys + k);
      hn::Store(part(2, k), d, values + k);
    }
    float* to = s.keys_t.data() + row / kPanel * kPanel * width + row % kPanel;
    for (int h = 0; h < s.heads; ++h, to += s.stride * width) {
      for (size_t i = 0; i < width; ++i) to[i * kPanel] = keys[h * width + i];
    }
  }
}

void AddFloat(const Accumulators& qkv, int begin, int rows, State& s) {
  if (qkv.row_scale != nullptr) {
    AddFloatOf<true>(qkv, begin, rows, s);
  } else {
    AddFloatOf<false>(qkv, begin, rows, s);
  }
}

// out[6][32] = left[6][depth] x right[depth][32], whose rows are
// `right_stride` apart.
void FloatProduct(const float* left, size_t left_stride, const float* right,
                  size_t right_stride, int depth, float* out,
                  size_t out_stride) {
  const Floats d;
  const size_t n = hn::Lanes(d);
  for (size_t c = 0; c < 32; c += 2 * n) {
    auto s00 = hn::Zero(d), s01 = s00, s10 = s00, s11 = s00, s20 = s00,
         s21 = s00, s30 = s00, s31 = s00, s40 = s00, s41 = s00, s50 = s00,
         s51 = s00;
    const float* b = right + c;
    for (int k = 0; k < depth; ++k, b += right_stride) {
      const auto b0 = hn::Load(d, b), b1 = hn::Load(d, b + n);
      const float* a = left + k;
      const auto a0 = hn::Set(d, a[0]);
      s00 = hn::MulAdd(a0, b0, s00);
      s01 = hn::MulAdd(a0, b1, s01);
      const auto a1 = hn::Set(d, a[left_stride]);
      s10 = hn::MulAdd(a1, b0, s10);
      s11 = hn::MulAdd(a1, b1, s11);
      const auto a2 = hn::Set(d, a[2 * left_stride]);
      s20 = hn::MulAdd(a2, b0, s20);
      s21 = hn::MulAdd(a2, b1, s21);
      const auto a3 = hn::Set(d, a[3 * left_stride]);
      s30 = hn::MulAdd(a3, b0, s30);
      s31 = hn::MulAdd(a3, b1, s31);
      const auto a4 = hn::Set(d, a[4 * left_stride]);
      s40 = hn::MulAdd(a4, b0, s40);
      s41 = hn::MulAdd(a4, b1, s41);
      const auto a5 = hn::Set(d, a[5 * left_stride]);
      s50 = hn::MulAdd(a5, b0, s50);
      s51 = hn::MulAdd(a5, b1, s51);
    }
    float* o = out + c;
    hn::Store(s00, d, o), hn::Store(s01, d, o + n), o += out_stride;
    hn::Store(s10, d, o), hn::Store(s11, d, o + n), o += out_stride;
    hn::Store(s20, d, o), hn::Store(s21, d, o + n), o += out_stride;
    hn::Store(s30, d, o), hn::Store(s31, d, o + n), o += out_stride;
    hn::Store(s40, d, o), hn::Store(s41, d, o + n), o += out_stride;
    hn::Store(s50, d, o), hn::Store(s51, d, o + n);
  }
}

// The softmax's numerators of one query, in place; returns their sum.
float FloatWeights(const State& s, float* scores) {
  const Floats d;
  auto most = hn::Set(d, kMaskedKey);
  for (size_t k = 0; k < s.keys; k += hn::Lanes(d)) {
    const auto score =
        hn::Add(hn::Load(d, scores + k), hn::Load(d, s.key_bias.data() + k));
    most = hn::Max(most, score);
    hn::Store(score, d, scores + k);
  }
  const auto highest = hn::Set(d, LargestOf(most));
  auto total = hn::Zero(d);
  for (size_t k = 0; k < s.keys; k += hn::Lanes(d)) {
    const auto weight = Exp2<false>(hn::Sub(hn::Load(d, scores + k), highest));
    total = hn::Add(total, weight);
    hn::Store(weight, d, scores + k);
  }
  return hn::GetLane(hn::SumOfLanes(d, total));
}

// Queries [begin, begin + 6) of head h.
void FinishGroup(int h, int begin, State& s, float* out) {
  const Floats d;
  const size_t width = s.head_width;
  const size_t hidden = s.heads * width;
  const int rows = std::min(kGroup, s.rows - begin);
  const float* keys = s.keys_t.data() + h * s.stride * width;
  for (int k = 0; k < s.keys; k += kPanel) {
    FloatProduct(s.queries.data() + begin * hidden + h * width, hidden,
                 keys + k * width, kPanel, width, s.scores.data() + k, s.keys);
  }
  float inverse[kGroup];
  for (int r = 0; r < rows; ++r) {
    inverse[r] = 1 / FloatWeights(s, s.scores.data() + r * s.keys);
  }
  HWY_ALIGN float part[kGroup * kPanel];
  for (size_t c = 0; c < width; c += kPanel) {
    FloatProduct(s.scores.data(), s.keys, s.values.data() + h * width + c,
                 hidden, s.keys, part, kPanel);
    for (int r = 0; r < rows; ++r) {
      const auto scale = hn::Set(d, inverse[r]);
      float* to = out + (begin + r) * hidden + h * width + c;
      for (size_t i = 0; i < kPanel; i += hn::Lanes(d)) {
        hn::Store(hn::Mul(hn::Load(d, part + r * kPanel + i), scale), d,
                  to + i);
      }
    }
  }
}

void FinishFloat(State& s, float* out) {
  for (int h = 0; h < s.heads; ++h) {
    for (int begin = 0; begin < s.rows; begin += kGroup) {
      FinishGroup(h, begin, s, out);
    }
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace quoth
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace quoth {

HWY_EXPORT(AddFloat);
HWY_EXPORT(FinishFloat);

FloatAttention::FloatAttention(int heads, int head_width, int most_rows) {
  // Room for a last group of queries and for whole panels of keys.
  constexpr int kRound = 96;
  static_assert(kRound % kGroup == 0 && kRound % kPanel == 0 &&
                kPanel == kHeadMultiple);
  FloatAttentionState& s = state_;
  s.heads = heads;
  s.head_width = head_width;
  s.stride = (most_rows + kRound - 1) / kRound * kRound;
  const size_t rows = s.stride;
  const size_t hidden = size_t(heads) * head_width;
  s.queries = AlignedBuffer<float>(rows * hidden);
  s.keys_t = AlignedBuffer<float>(rows * hidden);
  s.values = AlignedBuffer<float>(rows * hidden);
  s.key_bias = AlignedBuffer<float>(rows);
  s.scores = AlignedBuffer<float>(kGroup * rows);
}

void FloatAttention::Begin(int rows) {
  FloatAttentionState& s = state_;
  s.rows = rows;
  s.keys = (rows + kPanel - 1) / kPanel * kPanel;
  std::fill_n(s.key_bias.data(), rows, 0.0f);
  std::fill(s.key_bias.data() + rows, s.key_bias.data() + s.keys, kMaskedKey);
  // Keys behind the last row are masked, but 0 times what an earlier window
  // left there must be 0.
  const size_t width = s.head_width;
  const size_t hidden = s.heads * width;
  std::fill(s.values.data() + rows * hidden, s.values.data() + s.keys * hidden,
            0.0f);
  for (int h = 0; h < s.heads; ++h) {
    for (int row = rows; row < s.keys; ++row) {
      float* key = s.keys_t.data() + h * s.stride * width +
                   row / kPanel * kPanel * width + row % kPanel;
      for (size_t i = 0; i < width; ++i) key[i * kPanel] = 0;
    }
  }
}

void FloatAttention::Add(const Accumulators& qkv, int begin, int rows) {
  HWY_DYNAMIC_DISPATCH(AddFloat)(qkv, begin, rows, state_);
}

void FloatAttention::Finish(float* out) {
  HWY_DYNAMIC_DISPATCH(FinishFloat)(state_, out);
}

}  // namespace quoth
#endif  // HWY_ONCE
