#include "server/model/attention_int8.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "server/model/int8_product.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "server/model/attention_int8.cc"
#include "hwy/foreach_target.h"  // IWYU pragma: keep
#include "hwy/highway.h"
#include "server/model/simd-inl.h"

#ifndef QUOTH_SERVER_MODEL_ATTENTION_INT8_ONCE_
#define QUOTH_SERVER_MODEL_ATTENTION_INT8_ONCE_
namespace quoth {

constexpr float kLog2E = 1.44269504f;
constexpr float kLog2Of255 = 7.99435344f;
// The score of a masked key, and the least scale of a query, so that the one
// times the other is a power of 2 that rounds to 0 even for a query of zeros.
constexpr float kMasked = -1e30f;
constexpr float kLeastScale = 1e-20f;
constexpr int kQueryZero = 128;

}  // namespace quoth
#endif

HWY_BEFORE_NAMESPACE();
namespace quoth {
namespace HWY_NAMESPACE {

using State = Int8AttentionState;

// Results [begin, begin + width) of a row, to `to`; returns the largest
// absolute value.
HWY_INLINE float ReadPart(const Scaling scaling, const void* sums,
                          FloatVector scale, FloatVector zero, size_t begin,
                          size_t width, float* to) {
  const Floats d;
  auto largest = hn::Zero(d);
  for (size_t k = 0; k < width; k += hn::Lanes(d)) {
    const auto v = Result<true>(scaling, sums, scale, zero, begin + k);
    largest = hn::Max(largest, hn::Abs(v));
    hn::Store(v, d, to + k);
  }
  return LargestOf(largest);
}

HWY_INLINE CodeMap SymmetricMap(float largest, float zero) {
  CodeMap map;
  map.zero = zero;
  map.factor = largest > 0 ? 127 / largest : 0;
  map.scale = largest / 127;
  return map;
}

// A key becomes a column of each head's matrix, the first of which begins at
// `to`.
HWY_INLINE void PackKey(const uint8_t* codes, const State& s, int8_t* to) {
  const size_t width = s.head_width;
  const size_t head_bytes = s.stride * width;
  const int heads = s.heads;
  for (int h = 0; h < heads; ++h, to += head_bytes, codes += width) {
    for (size_t k = 0; k < width; k += kPanelDepth) {
      std::memcpy(to + k * kPanelColumns, codes + k, kPanelDepth);
    }
  }
}

void AddInt8(const Accumulators& qkv, int begin, int rows, State& s) {
  const Floats d;
  const size_t width = s.head_width;
  const size_t hidden = s.heads * width;
  const float score_scale = kLog2E / std::sqrt(static_cast<float>(width));
  HWY_ALIGN float part[kWidestRow];
  HWY_ALIGN uint8_t codes[kWidestRow];
  const char* sums = static_cast<const char*>(qkv.sums);
  const Scaling scaling = qkv.scaling;  // By value: no store may change it.
  for (int r = 0; r < rows; ++r, sums += 4 * 3 * hidden) {
    const auto scale = RowScale<true>(qkv, r);
    const auto zero = RowZero<true>(qkv, r);
    const int row = begin + r;

    const CodeMap query = SymmetricMap(
        ReadPart(scaling, sums, scale, zero, 0, hidden, part), kQueryZero);
    WriteCodes(part, hidden, query, s.query_codes.data() + row * hidden);
    s.query_scale[row] = std::max(query.scale * score_scale, kLeastScale);

    const CodeMap key = SymmetricMap(
        ReadPart(scaling, sums, scale, zero, hidden, hidden, part), 0);
    WriteCodes(part, hidden, key, codes);
    s.key_scale[row] = key.scale;
    PackKey(codes, s, s.key_codes.data() + PanelIndex(0, row, width));

    float* values = s.values.data() + row * hidden;
    ReadPart(scaling, sums, scale, zero, 2 * hidden, hidden, values);
    if (row == 0 || row == s.rows - 1) continue;
    float* largest = s.value_largest.data();
    for (size_t k = 0; k < hidden; k += hn::Lanes(d)) {
      hn::Store(
          hn::Max(hn::Abs(hn::Load(d, values + k)), hn::Load(d, largest + k)),
          d, largest + k);
    }
  }
}

// What the queries' zero point adds to the scores of head h, to be taken off;
// and the mask of the sinks and of the columns behind the last row.
void FindKeyOffsets(int h, State& s) {
  const Floats d;
  HWY_ALIGN uint8_t zeros[kWidestRow];
  std::fill_n(zeros, s.head_width, kQueryZero);
  Int8Product(zeros, 0, /*rows=*/1,
              s.key_codes.data() + size_t(h) * s.stride * s.head_width,
              s.head_width, s.keys, s.sums.data());
  for (size_t k = 0; k < s.keys; k += hn::Lanes(d)) {
    const auto sum = hn::ConvertTo(d, hn::Load(Ints(), s.sums.data() + k));
    hn::Store(hn::Neg(hn::Mul(sum, hn::Load(d, s.key_scale.data() + k))), d,
              s.key_offset.data() + k);
  }
  float* offset = s.key_offset.data();
  s.sink_offset[0] = offset[0];
  s.sink_offset[1] = offset[s.rows - 1];
  offset[0] = kMasked;
  std::fill(offset + s.rows - 1, offset + s.keys, kMasked);
}

// The values of head h as codes: four rows' bytes of a column together. What
// the sinks' codes are does not matter, for their weights' codes are 0.
void PackValues(int h, State& s) {
  const Floats d;
  const Words dw;
  const auto shift = hn::Set(d, kRoundingShift);
  const auto byte = hn::Set(dw, 255);
  const size_t width = s.head_width;
  const size_t hidden = s.heads * width;
  for (size_t i = 0; i < width; i += hn::Lanes(d)) {
    const auto most =
        hn::Max(hn::Load(d, s.value_largest.data() + h * width + i),
                hn::Set(d, 1e-20f));
    const auto factor = hn::Div(hn::Set(d, 127.0f), most);
    int8_t* to = s.value_codes.data() + PanelIndex(0, i, s.keys);
    for (int r = 0; r < s.keys; r += kPanelDepth) {
      // Rows behind the last are zero, see Begin().
      const float* v = s.values.data() + r * hidden + h * width + i;
      const auto code = [&](int row) HWY_ATTR {
        return hn::BitCast(
            dw, hn::MulAdd(hn::Load(d, v + row * hidden), factor, shift));
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

// The sums of one query's row become its scores, but for the query's scale,
// which is the same for all keys. Returns the largest.
HWY_INLINE float ScoreRow(const State& s, int32_t* row) {
  const Floats d;
  const Ints di;
  const size_t keys = s.keys;
  const float* key_scale = s.key_scale.data();
  const float* key_offset = s.key_offset.data();
  auto most = hn::Set(d, kMasked);
  for (size_t k = 0; k < keys; k += hn::Lanes(d)) {
    const auto score =
        hn::MulAdd(hn::ConvertTo(d, hn::Load(di, row + k)),
                   hn::Load(d, key_scale + k), hn::Load(d, key_offset + k));
    most = hn::Max(most, score);
    hn::Store(hn::BitCast(di, score), di, row + k);
  }
  return LargestOf(most);
}

// Codes of 2^(score * scale + exponent). Returns their sum.
HWY_INLINE float CodeRow(const int32_t* scores, size_t keys, float scale,
                         float exponent, uint8_t* codes) {
  const Floats d;
  const Ints di;
  const auto shift = hn::Set(d, kRoundingShift);
  const auto scales = hn::Set(d, scale);
  const auto add = hn::Set(d, exponent);
  // Each lane begins with less of what the bits of its shifts will add up to.
  const uint32_t shifts = static_cast<uint32_t>(keys / hn::Lanes(d)) *
                          hn::GetLane(hn::BitCast(Words(), shift));
  auto total = hn::Set(di, static_cast<int32_t>(0u - shifts));
  for (size_t k = 0; k < keys; k += hn::Lanes(d)) {
    const auto score = hn::BitCast(d, hn::Load(di, scores + k));
    const auto code =
        hn::Add(Exp2<true>(hn::MulAdd(score, scales, add)), shift);
    total = hn::Add(total, hn::BitCast(di, code));
    StoreLowBytes(code, codes + k);
  }
  return static_cast<float>(hn::GetLane(hn::SumOfLanes(di, total)));
}

// The weights of a group of queries, from their scores.
struct GroupWeights {
  // Per query: the power of 2 that all numerators are multiplied by, so that
  // the largest is 255.
  float exponent[kRowMultiple] = {};
  // The sinks' numerators; the others' are at most 255.
  HWY_ALIGN float sinks[2][kRowMultiple] = {};
  float total[kRowMultiple] = {};  // Of the codes.
};
static_assert(kProductRows <= kRowMultiple);

// Turns the sums of a group into codes.
void WeighGroup(int begin, int rows, State& s, GroupWeights& weights) {
  const Floats d;
  constexpr float kLargestExponent = 100;
  const int sink_rows[2] = {0, s.rows - 1};
  for (int r = 0; r < rows; ++r) {
    int32_t* row = s.sums.data() + size_t(r) * s.keys;
    const float scale = s.query_scale[begin + r];
    float sink[2];
    for (int i = 0; i < 2; ++i) {
      const int at = sink_rows[i];
      sink[i] = row[at] * s.key_scale[at] + s.sink_offset[i];
    }
    const float exponent = kLog2Of255 - scale * ScoreRow(s, row);
    for (int i = 0; i < 2; ++i) {
      weights.sinks[i][r] =
          std::min(sink[i] * scale + exponent, kLargestExponent);
    }
    weights.exponent[r] = exponent;
  }
  for (float* sink : {weights.sinks[0], weights.sinks[1]}) {
    for (size_t i = 0; i < kRowMultiple; i += hn::Lanes(d)) {
      hn::Store(Exp2<false>(hn::Load(d, sink + i)), d, sink + i);
    }
  }
  for (int r = 0; r < rows; ++r) {
    const size_t at = size_t(r) * s.keys;
    weights.total[r] =
        CodeRow(s.sums.data() + at, s.keys, s.query_scale[begin + r],
                weights.exponent[r], s.weight_codes.data() + at);
  }
}

// Queries [begin, begin + rows) of head h, kProductRows at most.
void FinishGroup(int h, int begin, int rows, State& s, float* out) {
  const Floats d;
  const size_t width = s.head_width;
  const size_t hidden = s.heads * width;
  Int8Product(s.query_codes.data() + begin * hidden + h * width, hidden, rows,
              s.key_codes.data() + h * s.stride * width, width, s.keys,
              s.sums.data());
  GroupWeights weights;
  WeighGroup(begin, rows, s, weights);
  Int8Product(s.weight_codes.data(), s.keys, rows, s.value_codes.data(), s.keys,
              width, s.sums.data());

  const float* largest = s.value_largest.data() + h * width;
  const float* first = s.values.data() + h * width;
  const float* last = first + (s.rows - 1) * hidden;
  for (int r = 0; r < rows; ++r) {
    const float inverse =
        1 / (weights.total[r] + weights.sinks[0][r] + weights.sinks[1][r]);
    const auto scale = hn::Set(d, inverse / 127);
    const auto first_weight = hn::Set(d, weights.sinks[0][r] * inverse);
    const auto last_weight = hn::Set(d, weights.sinks[1][r] * inverse);
    float* to = out + (begin + r) * hidden + h * width;
    for (size_t i = 0; i < width; i += hn::Lanes(d)) {
      const auto sum =
          hn::ConvertTo(d, hn::Load(Ints(), s.sums.data() + r * width + i));
      auto v = hn::Mul(hn::Mul(sum, scale), hn::Load(d, largest + i));
      v = hn::MulAdd(first_weight, hn::Load(d, first + i), v);
      v = hn::MulAdd(last_weight, hn::Load(d, last + i), v);
      hn::Store(v, d, to + i);
    }
  }
}

void FinishInt8(State& s, float* out) {
  for (int h = 0; h < s.heads; ++h) {
    FindKeyOffsets(h, s);
    PackValues(h, s);
    for (int begin = 0; begin < s.rows; begin += kProductRows) {
      FinishGroup(h, begin, std::min(kProductRows, s.rows - begin), s, out);
    }
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace quoth
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace quoth {

HWY_EXPORT(AddInt8);
HWY_EXPORT(FinishInt8);

static int WholePanels(int rows) {
  return (rows + kPanelColumns - 1) / kPanelColumns * kPanelColumns;
}

Int8Attention::Int8Attention(int heads, int head_width, int most_rows) {
  Int8AttentionState& s = state_;
  s.heads = heads;
  s.head_width = head_width;
  s.stride = WholePanels(most_rows);
  const size_t rows = s.stride;
  const size_t hidden = size_t(heads) * head_width;
  s.query_codes = AlignedBuffer<uint8_t>(rows * hidden);
  s.query_scale = AlignedBuffer<float>(rows);
  s.key_codes = AlignedBuffer<int8_t>(rows * hidden);
  s.key_scale = AlignedBuffer<float>(rows);
  s.values = AlignedBuffer<float>(rows * hidden);
  s.value_largest = AlignedBuffer<float>(hidden);
  s.key_offset = AlignedBuffer<float>(rows);
  s.value_codes = AlignedBuffer<int8_t>(rows * head_width);
  s.sums =
      AlignedBuffer<int32_t>(kProductRows * std::max<size_t>(rows, head_width));
  s.weight_codes = AlignedBuffer<uint8_t>(kProductRows * rows);
}

void Int8Attention::Begin(int rows) {
  Int8AttentionState& s = state_;
  s.rows = rows;
  s.keys = WholePanels(rows);
  // Behind the last row, what an earlier window left must neither count nor
  // leave the range of the codes.
  std::fill(s.key_scale.data() + rows, s.key_scale.data() + s.keys, 0.0f);
  const size_t hidden = size_t(s.heads) * s.head_width;
  std::fill(s.values.data() + rows * hidden, s.values.data() + s.keys * hidden,
            0.0f);
  std::fill_n(s.value_largest.data(), hidden, 0.0f);
}

void Int8Attention::Add(const Accumulators& qkv, int begin, int rows) {
  HWY_DYNAMIC_DISPATCH(AddInt8)(qkv, begin, rows, state_);
}

void Int8Attention::Finish(float* out) {
  HWY_DYNAMIC_DISPATCH(FinishInt8)(state_, out);
}

}  // namespace quoth
#endif  // HWY_ONCE
