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
  auto p = hn::Undefined(d);
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
  auto p = hn::Undefined(d);
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

// One vector of a product's results: see Accumulators.
template <bool kInteger>
HWY_INLINE FloatVector Result(const Scaling& s, const void* row,
                              FloatVector row_scale, size_t n) {
  const Floats d;
  const auto bias = hn::Load(d, s.bias + n);
  if constexpr (kInteger) {
    const Ints di;
    const auto sum = hn::Sub(hn::Load(di, static_cast<const int32_t*>(row) + n),
                             hn::Load(di, s.offset + n));
    return hn::MulAdd(hn::Mul(hn::ConvertTo(d, sum), row_scale),
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

HWY_INLINE float LargestAbs(const float* row, size_t width) {
  const Floats d;
  auto largest = hn::Zero(d);
  for (size_t k = 0; k < width; k += hn::Lanes(d)) {
    largest = hn::Max(largest, hn::Abs(hn::Load(d, row + k)));
  }
  return LargestOf(largest);
}

// Codes of a row whose largest absolute value is known. Returns their scale.
HWY_INLINE float QuantizeRow(const float* row, size_t width, float largest,
                             int levels, uint8_t* codes) {
  const Floats d;
  const auto factor = hn::Set(d, largest > 0 ? levels / largest : 0.0f);
  const auto zero = hn::Set(d, kRoundingShift + (levels + 1));
  for (size_t k = 0; k < width; k += hn::Lanes(d)) {
    StoreLowBytes(hn::MulAdd(hn::Load(d, row + k), factor, zero), codes + k);
  }
  return largest / levels;
}

// Writes a row of fp32 as row `r` of a product's input.
HWY_INLINE void WriteActivation(const float* row, float largest, size_t r,
                                const ActivationRows& out) {
  const size_t width = out.width;
  if (out.codes != nullptr) {
    out.scales[r] =
        QuantizeRow(row, width, largest, out.levels, out.codes + r * width);
    return;
  }
  const Floats d;
  float* to = out.values + r * width;
  for (size_t k = 0; k < width; k += hn::Lanes(d)) {
    hn::Store(hn::Load(d, row + k), d, to + k);
  }
}

// Layer normalisation in place, of a row whose sum is known. Returns the
// largest absolute value of the result.
HWY_INLINE float NormalizeRow(float* row, FloatVector sum,
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
  auto largest = hn::Zero(d);
  for (size_t k = 0; k < width; k += hn::Lanes(d)) {
    const auto v = hn::Mul(hn::Sub(hn::Load(d, row + k), mean), factor);
    const auto y =
        hn::MulAdd(v, hn::Load(d, norm.gain + k), hn::Load(d, norm.bias + k));
    largest = hn::Max(largest, hn::Abs(y));
    hn::Store(y, d, row + k);
  }
  return LargestOf(largest);
}

}  // namespace HWY_NAMESPACE
}  // namespace quoth
HWY_AFTER_NAMESPACE();

#endif  // QUOTH_SERVER_MODEL_SIMD_INL_H_
