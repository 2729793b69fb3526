// Arithmetic of one vector and of one row, for each instruction set that
// Highway compiles for: include it inside a file that foreach_target.h
// compiles again and again.
//
// Rows are aligned to 64 bytes, and their width is a multiple of kRowMultiple.

#if defined(QUOTH_SERVER_MODEL_SIMD_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef QUOTH_SERVER_MODEL_SIMD_INL_H_
#undef QUOTH_SERVER_MODEL_SIMD_INL_H_
#else
#define QUOTH_SERVER_MODEL_SIMD_INL_H_
#endif

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>

#include "hwy/highway.h"
#include "server/model/rows.h"

HWY_BEFORE_NAMESPACE();
namespace quoth {
namespace HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

using Floats = hn::CappedTag<float, kRowMultiple>;
using Ints = hn::RebindToSigned<Floats>;
using Words = hn::RebindToUnsigned<Floats>;
using Bytes = hn::Rebind<uint8_t, Floats>;
using FloatVector = hn::Vec<Floats>;

// 1.5 * 2^23. Adding it to a number below 2^22 rounds that to a whole number,
// which then stands in the low bits of the sum: a conversion and a rounding
// for the price of an addition.
constexpr float kRoundingShift = 12582912.0f;

// 2^x, to a relative 1e-4 if kCoarse, enough for 8 bits, and else 1e-7. Below
// 2^-126 it is 2^-126 or so, which is as good as 0 here; requires x < 126.
template <bool kCoarse>
HWY_INLINE FloatVector Exp2(FloatVector x) {
  const Floats d;
  const Ints di;
  const auto shift = hn::Set(d, kRoundingShift);
  x = hn::Max(x, hn::Set(d, -126.0f));
  const auto whole = hn::Add(x, shift);
  const auto f = hn::Sub(x, hn::Sub(whole, shift));
  // Polynomials for |f| <= 1/2, of the least largest relative error.
  auto p = hn::Zero(d);
  if constexpr (kCoarse) {
    p = hn::Set(d, 5.517166722e-02f);
    p = hn::MulAdd(p, f, hn::Set(d, 2.426111221e-01f));
    p = hn::MulAdd(p, f, hn::Set(d, 6.932609858e-01f));
    p = hn::MulAdd(p, f, hn::Set(d, 9.999280736e-01f));
  } else {
    p = hn::Set(d, 1.327647178e-03f);
    p = hn::MulAdd(p, f, hn::Set(d, 9.675541333e-03f));
    p = hn::MulAdd(p, f, hn::Set(d, 5.550713274e-02f));
    p = hn::MulAdd(p, f, hn::Set(d, 2.402211972e-01f));
    p = hn::MulAdd(p, f, hn::Set(d, 6.931469671e-01f));
    p = hn::MulAdd(p, f, hn::Set(d, 1.000000072e+00f));
  }
  // The whole part, moved into the exponent, multiplies by 2^whole.
  return hn::BitCast(d, hn::Add(hn::BitCast(di, p),
                                hn::ShiftLeft<23>(hn::BitCast(di, whole))));
}

// x * Phi(x), the exact GELU, to an absolute 4e-5 if kCoarse, enough for 8
// bits, and else 2e-6. Phi(x) - 1/2 is odd: x times a polynomial in
// u = 2 x^2 / end^2 - 1, fitted on |x| <= end for the least largest error of
// the product; beyond, Phi is 0 or 1 to that accuracy.
template <bool kCoarse>
HWY_INLINE FloatVector Gelu(FloatVector x) {
  const Floats d;
  constexpr float kEnd = kCoarse ? 4.5f : 5.25f;
  const auto c = hn::Min(hn::Max(x, hn::Set(d, -kEnd)), hn::Set(d, kEnd));
  const auto u = hn::MulAdd(hn::Mul(c, hn::Set(d, 2 / (kEnd * kEnd))), c,
                            hn::Set(d, -1.0f));
  auto p = hn::Zero(d);
  if constexpr (kCoarse) {
    p = hn::Set(d, 3.353687555e-03f);
    p = hn::MulAdd(p, u, hn::Set(d, -9.328531975e-03f));
    p = hn::MulAdd(p, u, hn::Set(d, 1.220852665e-02f));
    p = hn::MulAdd(p, u, hn::Set(d, -1.674405243e-02f));
    p = hn::MulAdd(p, u, hn::Set(d, 2.762940207e-02f));
    p = hn::MulAdd(p, u, hn::Set(d, -4.055576473e-02f));
    p = hn::MulAdd(p, u, hn::Set(d, 5.481856805e-02f));
    p = hn::MulAdd(p, u, hn::Set(d, -7.717196032e-02f));
    p = hn::MulAdd(p, u, hn::Set(d, 1.569021127e-01f));
  } else {
    p = hn::Set(d, 9.800603173e-04f);
    p = hn::MulAdd(p, u, hn::Set(d, -2.821806438e-03f));
    p = hn::MulAdd(p, u, hn::Set(d, 3.094943141e-03f));
    p = hn::MulAdd(p, u, hn::Set(d, -3.621993062e-03f));
    p = hn::MulAdd(p, u, hn::Set(d, 7.904345862e-03f));
    p = hn::MulAdd(p, u, hn::Set(d, -1.365345907e-02f));
    p = hn::MulAdd(p, u, hn::Set(d, 1.882922210e-02f));
    p = hn::MulAdd(p, u, hn::Set(d, -2.484251091e-02f));
    p = hn::MulAdd(p, u, hn::Set(d, 3.196798446e-02f));
    p = hn::MulAdd(p, u, hn::Set(d, -3.978210450e-02f));
    p = hn::MulAdd(p, u, hn::Set(d, 4.965047417e-02f));
    p = hn::MulAdd(p, u, hn::Set(d, -6.712633967e-02f));
    p = hn::MulAdd(p, u, hn::Set(d, 1.346592932e-01f));
  }
  return hn::Mul(x, hn::MulAdd(c, p, hn::Set(d, 0.5f)));
}

// Row constants of a product's results: see Accumulators.
template <bool kInteger>
HWY_INLINE FloatVector RowScale(const Accumulators& in, int r) {
  return hn::Set(Floats(), kInteger ? in.row_scale[r] : 1.0f);
}
template <bool kInteger>
HWY_INLINE FloatVector RowZero(const Accumulators& in, int r) {
  return hn::Set(Floats(), kInteger ? in.row_zero[r] : 0.0f);
}

// One vector of a product's results, from column n of the row of sums.
template <bool kInteger>
HWY_INLINE FloatVector Result(const Scaling& s, const void* row,
                              FloatVector row_scale, FloatVector row_zero,
                              size_t n) {
  const Floats d;
  const auto bias = hn::Load(d, s.bias + n);
  if constexpr (kInteger) {
    // Up to 2048 values wide, sums stay below 2^26, so the conversion rounds by
    // 2 at most: a hundredth of the noise that the codes' rounding leaves in a
    // sum. In rows twice as wide, or more, both grow.
    const auto sum = hn::ConvertTo(
        d, hn::Load(Ints(), static_cast<const int32_t*>(row) + n));
    const auto centred =
        hn::NegMulAdd(row_zero, hn::Load(d, s.column_sum + n), sum);
    return hn::MulAdd(hn::Mul(centred, row_scale),
                      hn::Load(d, s.column_scale + n), bias);
  } else {
    return hn::Add(hn::Load(d, static_cast<const float*>(row) + n), bias);
  }
}

// Stores the lowest byte of each lane.
HWY_INLINE void StoreLowBytes(FloatVector v, uint8_t* to) {
  const Bytes db;
  hn::Store(hn::TruncateTo(db, hn::BitCast(Words(), v)), db, to);
}

HWY_INLINE float LargestOf(FloatVector v) {
  const Floats d;
  return hn::GetLane(hn::MaxOfLanes(d, v));
}

HWY_INLINE RowRange RangeOf(FloatVector least, FloatVector most) {
  const Floats d;
  return {hn::GetLane(hn::MinOfLanes(d, least)), LargestOf(most)};
}

HWY_INLINE RowRange RangeOfRow(const float* row, size_t width) {
  const Floats d;
  auto least = hn::Zero(d), most = hn::Zero(d);
  for (size_t k = 0; k < width; k += hn::Lanes(d)) {
    const auto v = hn::Load(d, row + k);
    least = hn::Min(least, v);
    most = hn::Max(most, v);
  }
  return RangeOf(least, most);
}

// How values become codes: code = round(value * factor + zero).
struct CodeMap {
  float factor = 0;
  float zero = 1;   // A code.
  float scale = 0;  // 1 / factor, or 0 for a row of zeros.
};

HWY_INLINE CodeMap MapOf(RowRange range, int levels) {
  constexpr float kMost = std::numeric_limits<float>::max();
  const float span = range.most - range.least;
  CodeMap map;
  map.factor = levels / span;
  map.scale = span / levels;
  // Weights may be such that values are no numbers, or too far apart or too
  // close for a scale: these rows are read as zeros.
  if (!(span > 0 && span <= kMost && map.factor <= kMost)) return {};
  // From 1, so that rounding at the ends cannot leave the range of codes.
  map.zero = 1 + std::nearbyint(-range.least * map.factor);
  return map;
}

HWY_INLINE void WriteCodes(const float* row, size_t width, const CodeMap& map,
                           uint8_t* codes) {
  const Floats d;
  const auto factor = hn::Set(d, map.factor);
  const auto zero = hn::Set(d, kRoundingShift + map.zero);
  for (size_t k = 0; k < width; k += hn::Lanes(d)) {
    StoreLowBytes(hn::MulAdd(hn::Load(d, row + k), factor, zero), codes + k);
  }
}

// Writes a row of fp32 as row `r` of a product's input.
HWY_INLINE void WriteActivation(const float* row, RowRange range, size_t r,
                                const ActivationRows& out) {
  const size_t width = out.width;
  if (out.codes != nullptr) {
    const CodeMap map = MapOf(range, out.levels);
    out.scales[r] = map.scale;
    out.zeros[r] = map.zero;
    WriteCodes(row, width, map, out.codes + r * width);
    return;
  }
  const Floats d;
  float* to = out.values + r * width;
  for (size_t k = 0; k < width; k += hn::Lanes(d)) {
    hn::Store(hn::Load(d, row + k), d, to + k);
  }
}

// Layer normalisation in place, of a row whose sum is known. Returns the range
// of the result.
HWY_INLINE RowRange NormalizeRow(float* row, FloatVector sum,
                                 const LayerNorm& norm, size_t width) {
  constexpr float kEpsilon = 1e-12f;  // BERT's.
  const Floats d;
  const auto mean = hn::Mul(hn::SumOfLanes(d, sum), hn::Set(d, 1.0f / width));
  auto squares = hn::Zero(d);
  for (size_t k = 0; k < width; k += hn::Lanes(d)) {
    const auto v = hn::Sub(hn::Load(d, row + k), mean);
    squares = hn::MulAdd(v, v, squares);
  }
  const float variance = hn::GetLane(hn::SumOfLanes(d, squares)) / width;
  const auto factor = hn::Set(d, 1.0f / std::sqrt(variance + kEpsilon));
  auto least = hn::Zero(d), most = hn::Zero(d);
  for (size_t k = 0; k < width; k += hn::Lanes(d)) {
    const auto v = hn::Mul(hn::Sub(hn::Load(d, row + k), mean), factor);
    const auto y =
        hn::MulAdd(v, hn::Load(d, norm.gain + k), hn::Load(d, norm.bias + k));
    least = hn::Min(least, y);
    most = hn::Max(most, y);
    hn::Store(y, d, row + k);
  }
  return RangeOf(least, most);
}

}  // namespace HWY_NAMESPACE
}  // namespace quoth
HWY_AFTER_NAMESPACE();

#endif  // QUOTH_SERVER_MODEL_SIMD_INL_H_
