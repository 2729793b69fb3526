#include "server/model/attention.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "server/model/int8_product.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "server/model/attention.cc"
#include "hwy/foreach_target.h"  // IWYU pragma: keep
#include "hwy/highway.h"
#include "server/model/simd-inl.h"

#ifndef QUOTH_SERVER_MODEL_ATTENTION_ONCE_
#define QUOTH_SERVER_MODEL_ATTENTION_ONCE_
namespace quoth {

constexpr int kKeyPanel = 32;          // Keys of one panel of keys_t.
constexpr int kFloatRows = 6;          // Query rows at a time in fp32.
constexpr float kNoScore = -1e30f;     // Times kLeastScale: exp() of it is 0.
constexpr float kLeastScale = 1e-20f;  // So that a zero query masks, too.
constexpr float kLog2E = 1.44269504f;
constexpr float kLog2Of255 = 7.99435344f;

}  // namespace quoth
#endif

HWY_BEFORE_NAMESPACE();
namespace quoth {
namespace HWY_NAMESPACE {

// ---------------------------------------------------------------- int8

void PackKey(const uint8_t* codes, int width, int key, int8_t* panels) {
  int8_t* to = panels + PanelIndex(0, key, width);
  for (int k = 0; k < width; k += kPanelDepth) {
    std::memcpy(to + size_t(k) * kPanelColumns, codes + k, kPanelDepth);
  }
}

// Query, key and value rows of one block, dequantised, to their codes.
template <bool kInteger>
void AddInt8(const Accumulators& qkv, int begin, int rows,
             AttentionBuffers& b) {
  const Floats d;
  const auto shift = hn::Set(d, kRoundingShift);
  const size_t width = b.head_width;
  const size_t hidden = b.heads * width;
  HWY_ALIGN float row[kWidestRow];
  HWY_ALIGN uint8_t key[kWidestRow];
  const char* sums = static_cast<const char*>(qkv.sums);
  // Scores are exponents of 2.
  const float score_scale = kLog2E / std::sqrt(static_cast<float>(width));
  for (int r = 0; r < rows; ++r, sums += 4 * 3 * hidden) {
    const auto scale = hn::Set(d, kInteger ? qkv.row_scale[r] : 1.0f);
    for (size_t k = 0; k < 3 * hidden; k += hn::Lanes(d)) {
      hn::Store(Result<kInteger>(qkv.scaling, sums, scale, k), d, row + k);
    }
    for (int h = 0; h < b.heads; ++h) {
      const size_t at = size_t(h) * b.stride + begin + r;
      const float* q = row + h * width;
      b.query_scale[at] = QuantizeRow(q, width, LargestAbs(q, width), 127,
                                      b.query_codes.data() + at * width) *
                          score_scale;

      const float* k = q + hidden;
      const float largest = LargestAbs(k, width);
      const auto factor = hn::Set(d, largest > 0 ? 127 / largest : 0.0f);
      auto total = hn::Zero(d);
      for (size_t i = 0; i < width; i += hn::Lanes(d)) {
        const auto code = hn::MulAdd(hn::Load(d, k + i), factor, shift);
        total = hn::Add(total, hn::Sub(code, shift));
        StoreLowBytes(code, key + i);
      }
      const float key_scale = largest / 127;
      b.key_scale[at] = key_scale;
      b.key_offset[at] =
          -128 * key_scale * hn::GetLane(hn::SumOfLanes(d, total));
      PackKey(key, width, begin + r,
              b.key_codes.data() + size_t(h) * b.stride * width);

      const float* v = k + hidden;
      float* values = b.values.data() + at * width;
      float* most = b.value_largest.data() + h * width;
      for (size_t i = 0; i < width; i += hn::Lanes(d)) {
        const auto x = hn::Load(d, v + i);
        hn::Store(x, d, values + i);
        hn::Store(hn::Max(hn::Abs(x), hn::Load(d, most + i)), d, most + i);
      }
    }
  }
}

// The values of head h as codes: four rows' bytes of a column together.
void PackValues(int h, AttentionBuffers& b) {
  const Floats d;
  const Words dw;
  const auto shift = hn::Set(d, kRoundingShift);
  const size_t width = b.head_width;
  const float* values = b.values.data() + size_t(h) * b.stride * width;
  const float* largest = b.value_largest.data() + h * width;
  for (size_t i = 0; i < width; i += hn::Lanes(d)) {
    const auto most = hn::Max(hn::Load(d, largest + i), hn::Set(d, 1e-20f));
    const auto factor = hn::Div(hn::Set(d, 127.0f), most);
    const auto byte = hn::Set(dw, 255);
    int8_t* to = b.value_codes.data() + PanelIndex(0, i, b.keys);
    for (int r = 0; r < b.keys; r += kPanelDepth) {
      // Rows behind the last are zero, see Begin().
      const float* v = values + r * width + i;
      const auto code = [&](int row) HWY_ATTR {
        return hn::BitCast(
            dw, hn::MulAdd(hn::Load(d, v + row * width), factor, shift));
      };
      const auto low = hn::Or(hn::And(code(0), byte),
                              hn::ShiftLeft<8>(hn::And(code(1), byte)));
      const auto high = hn::Or(hn::ShiftLeft<16>(hn::And(code(2), byte)),
                               hn::ShiftLeft<24>(code(3)));
      hn::StoreU(hn::Or(low, high), dw,
                 reinterpret_cast<uint32_t*>(to + size_t(r) * kPanelColumns));
    }
  }
}

// The softmax's numerators of one query as codes of 0 to 255; returns their
// sum. The query's scale is applied late: it is the same for all keys.
float CodeWeights(const int32_t* sums, size_t query, int h,
                  const AttentionBuffers& b, float* scores, uint8_t* codes) {
  const Floats d;
  const Ints di;
  const size_t first = size_t(h) * b.stride;
  const float* key_scale = b.key_scale.data() + first;
  const float* key_offset = b.key_offset.data() + first;
  auto most = hn::Set(d, kNoScore);
  for (size_t k = 0; k < b.keys; k += hn::Lanes(d)) {
    const auto score =
        hn::MulAdd(hn::ConvertTo(d, hn::Load(di, sums + k)),
                   hn::Load(d, key_scale + k), hn::Load(d, key_offset + k));
    most = hn::Max(most, score);
    hn::Store(score, d, scores + k);
  }
  const float scale = b.query_scale[query];
  const auto query_scale = hn::Set(d, scale);
  const auto highest = hn::Set(d, kLog2Of255 - scale * LargestOf(most));
  const auto shift = hn::Set(d, kRoundingShift);
  auto total = hn::Zero(d);
  for (size_t k = 0; k < b.keys; k += hn::Lanes(d)) {
    const auto weight =
        Exp2<true>(hn::MulAdd(hn::Load(d, scores + k), query_scale, highest));
    const auto code = hn::Add(weight, shift);
    total = hn::Add(total, hn::Sub(code, shift));
    StoreLowBytes(code, codes + k);
  }
  return hn::GetLane(hn::SumOfLanes(d, total));
}

void FinishInt8(AttentionBuffers& b, float* out) {
  const Floats d;
  const Ints di;
  const size_t width = b.head_width;
  const size_t hidden = b.heads * width;
  for (int h = 0; h < b.heads; ++h) {
    PackValues(h, b);
    const float* largest = b.value_largest.data() + h * width;
    const int8_t* keys = b.key_codes.data() + size_t(h) * b.stride * width;
    for (int begin = 0; begin < b.rows; begin += kProductRows) {
      const size_t query = size_t(h) * b.stride + begin;
      const int rows = HWY_MIN(kProductRows, b.rows - begin);
      Int8Product(b.query_codes.data() + query * width, width, keys, width,
                  b.keys, b.sums.data());
      float inverse[kProductRows];
      for (int r = 0; r < rows; ++r) {
        inverse[r] = 1 / CodeWeights(b.sums.data() + size_t(r) * b.keys,
                                     query + r, h, b, b.scores.data(),
                                     b.weight_codes.data() + r * b.keys);
      }
      Int8Product(b.weight_codes.data(), b.keys, b.value_codes.data(), b.keys,
                  width, b.sums.data());
      for (int r = 0; r < rows; ++r) {
        const auto scale = hn::Set(d, inverse[r] / 127);
        float* to = out + (begin + r) * hidden + h * width;
        for (size_t i = 0; i < width; i += hn::Lanes(d)) {
          const auto sum =
              hn::ConvertTo(d, hn::Load(di, b.sums.data() + r * width + i));
          hn::Store(hn::Mul(hn::Mul(sum, scale), hn::Load(d, largest + i)), d,
                    to + i);
        }
      }
    }
  }
}

// ---------------------------------------------------------------- fp32

template <bool kInteger>
void AddFloat(const Accumulators& qkv, int begin, int rows,
              AttentionBuffers& b) {
  const Floats d;
  const size_t width = b.head_width;
  const size_t hidden = b.heads * width;
  HWY_ALIGN float row[kWidestRow];
  const char* sums = static_cast<const char*>(qkv.sums);
  const auto score_scale =
      hn::Set(d, kLog2E / std::sqrt(static_cast<float>(width)));
  for (int r = 0; r < rows; ++r, sums += 4 * 3 * hidden) {
    const auto scale = hn::Set(d, kInteger ? qkv.row_scale[r] : 1.0f);
    for (size_t k = 0; k < 3 * hidden; k += hn::Lanes(d)) {
      hn::Store(Result<kInteger>(qkv.scaling, sums, scale, k), d, row + k);
    }
    for (int h = 0; h < b.heads; ++h) {
      const size_t at = (size_t(h) * b.stride + begin + r) * width;
      const float* q = row + h * width;
      const float* k = q + hidden;
      const float* v = k + hidden;
      for (size_t i = 0; i < width; i += hn::Lanes(d)) {
        hn::Store(hn::Mul(hn::Load(d, q + i), score_scale), d,
                  b.queries.data() + at + i);
        hn::Store(hn::Load(d, v + i), d, b.values.data() + at + i);
      }
      const int key = begin + r;
      float* to = b.keys_t.data() + size_t(h) * b.stride * width +
                  size_t(key / kKeyPanel) * kKeyPanel * width + key % kKeyPanel;
      for (size_t i = 0; i < width; ++i) to[i * kKeyPanel] = k[i];
    }
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
float FloatWeights(const AttentionBuffers& b, float* scores) {
  const Floats d;
  auto most = hn::Set(d, kNoScore);
  for (size_t k = 0; k < b.keys; k += hn::Lanes(d)) {
    const auto score =
        hn::Add(hn::Load(d, scores + k), hn::Load(d, b.key_bias.data() + k));
    most = hn::Max(most, score);
    hn::Store(score, d, scores + k);
  }
  const auto highest = hn::MaxOfLanes(d, most);
  auto total = hn::Zero(d);
  for (size_t k = 0; k < b.keys; k += hn::Lanes(d)) {
    const auto weight = Exp2<false>(hn::Sub(hn::Load(d, scores + k), highest));
    total = hn::Add(total, weight);
    hn::Store(weight, d, scores + k);
  }
  return hn::GetLane(hn::SumOfLanes(d, total));
}

void FinishFloat(AttentionBuffers& b, float* out) {
  const Floats d;
  const size_t width = b.head_width;
  const size_t hidden = b.heads * width;
  HWY_ALIGN float part[kFloatRows * 32];
  for (int h = 0; h < b.heads; ++h) {
    const size_t first = size_t(h) * b.stride;
    const float* keys = b.keys_t.data() + first * width;
    const float* values = b.values.data() + first * width;
    for (int begin = 0; begin < b.rows; begin += kFloatRows) {
      const int rows = HWY_MIN(kFloatRows, b.rows - begin);
      for (int k = 0; k < b.keys; k += kKeyPanel) {
        FloatProduct(b.queries.data() + (first + begin) * width, width,
                     keys + k * width, kKeyPanel, width, b.scores.data() + k,
                     b.keys);
      }
      float inverse[kFloatRows];
      for (int r = 0; r < rows; ++r) {
        inverse[r] = 1 / FloatWeights(b, b.scores.data() + size_t(r) * b.keys);
      }
      for (size_t c = 0; c < width; c += 32) {
        FloatProduct(b.scores.data(), b.keys, values + c, width, b.keys, part,
                     32);
        for (int r = 0; r < rows; ++r) {
          const auto scale = hn::Set(d, inverse[r]);
          float* to = out + (begin + r) * hidden + h * width + c;
          for (size_t i = 0; i < 32; i += hn::Lanes(d)) {
            hn::Store(hn::Mul(hn::Load(d, part + r * 32 + i), scale), d,
                      to + i);
          }
        }
      }
    }
  }
}

void AddRows(const Accumulators& qkv, int begin, int rows, bool use_int8,
             AttentionBuffers& b) {
  const bool integer = qkv.row_scale != nullptr;
  if (use_int8) {
    integer ? AddInt8<true>(qkv, begin, rows, b)
            : AddInt8<false>(qkv, begin, rows, b);
  } else {
    integer ? AddFloat<true>(qkv, begin, rows, b)
            : AddFloat<false>(qkv, begin, rows, b);
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace quoth
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace quoth {

HWY_EXPORT(AddRows);
HWY_EXPORT(FinishInt8);
HWY_EXPORT(FinishFloat);

Attention::Attention(int heads, int head_width, int most_rows, bool use_int8)
    : use_int8_(use_int8) {
  AttentionBuffers& b = buffers_;
  b.heads = heads;
  b.head_width = head_width;
  // Room for the last group of queries, and whole panels of keys.
  constexpr int kGroup = 96;
  static_assert(kGroup % kProductRows == 0 && kGroup % kFloatRows == 0 &&
                kGroup % kKeyPanel == 0 && kKeyPanel % kPanelColumns == 0);
  b.stride = (most_rows + kGroup - 1) / kGroup * kGroup;
  const size_t rows = size_t(heads) * b.stride;
  const size_t size = rows * head_width;
  b.values = AlignedBuffer<float>(size);
  b.scores = AlignedBuffer<float>(size_t{kProductRows} * b.stride);
  if (use_int8) {
    b.query_codes = AlignedBuffer<uint8_t>(size);
    b.query_scale = AlignedBuffer<float>(rows);
    b.key_codes = AlignedBuffer<int8_t>(size);
    b.key_scale = AlignedBuffer<float>(rows);
    b.key_offset = AlignedBuffer<float>(rows);
    b.value_largest = AlignedBuffer<float>(size_t(heads) * head_width);
    b.value_codes = AlignedBuffer<int8_t>(size_t(b.stride) * head_width);
    b.weight_codes = AlignedBuffer<uint8_t>(size_t{kProductRows} * b.stride);
    b.sums = AlignedBuffer<int32_t>(size_t{kProductRows} *
                                    std::max(b.stride, head_width));
  } else {
    b.key_bias = AlignedBuffer<float>(b.stride);
    b.queries = AlignedBuffer<float>(size);
    b.keys_t = AlignedBuffer<float>(size);
  }
}

void Attention::Begin(int rows) {
  AttentionBuffers& b = buffers_;
  b.rows = rows;
  b.keys = (rows + kKeyPanel - 1) / kKeyPanel * kKeyPanel;
  // Keys behind the last row score kNoScore, so they have no weight; but 0
  // times what an earlier window left there must be 0, and values must not
  // leave the codes' range.
  const int width = b.head_width;
  for (int h = 0; h < b.heads; ++h) {
    const size_t first = size_t(h) * b.stride;
    for (int r = rows; r < b.keys; ++r) {
      std::fill_n(b.values.data() + (first + r) * width, width, 0.0f);
      if (use_int8_) {
        b.key_scale[first + r] = 0;
        b.key_offset[first + r] = kNoScore;
      } else {
        float* key = b.keys_t.data() + first * width +
                     size_t(r / kKeyPanel) * kKeyPanel * width + r % kKeyPanel;
        for (int i = 0; i < width; ++i) key[i * kKeyPanel] = 0;
      }
    }
  }
  if (!use_int8_) {
    std::fill_n(b.key_bias.data(), rows, 0.0f);
    std::fill(b.key_bias.data() + rows, b.key_bias.data() + b.keys, kNoScore);
  } else {
    std::fill_n(b.value_largest.data(), b.heads * b.head_width, 0.0f);
  }
}

void Attention::Add(const Accumulators& qkv, int begin, int rows) {
  HWY_DYNAMIC_DISPATCH(AddRows)(qkv, begin, rows, use_int8_, buffers_);
}

void Attention::Finish(float* out) {
  if (use_int8_) {
    HWY_DYNAMIC_DISPATCH(FinishInt8)(buffers_, out);
  } else {
    HWY_DYNAMIC_DISPATCH(FinishFloat)(buffers_, out);
  }
}

}  // namespace quoth
#endif  // HWY_ONCE
