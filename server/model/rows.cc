#include "server/model/rows.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "server/model/rows.cc"
#include "hwy/foreach_target.h"  // IWYU pragma: keep
#include "hwy/highway.h"
#include "server/model/simd-inl.h"

HWY_BEFORE_NAMESPACE();
namespace quoth {
namespace HWY_NAMESPACE {

void WriteRows(const float* x, int rows, ActivationRows out) {
  for (int r = 0; r < rows; ++r, x += out.width) {
    WriteActivation(x, RangeOfRow(x, out.width), r, out);
  }
}

void NormalizeRows(float* x, int rows, const LayerNorm& norm,
                   ActivationRows out) {
  const Floats d;
  const size_t width = out.width;
  for (int r = 0; r < rows; ++r, x += width) {
    auto sum = hn::Zero(d);
    for (size_t k = 0; k < width; k += hn::Lanes(d)) {
      sum = hn::Add(sum, hn::Load(d, x + k));
    }
    const RowRange range = NormalizeRow(x, sum, norm, width);
    WriteActivation(x, range, r, out);
  }
}

template <bool kInteger>
void AddNormalizeRowsOf(const Accumulators& in, int rows, float* x,
                        const LayerNorm& norm, ActivationRows out) {
  const Floats d;
  const char* sums = static_cast<const char*>(in.sums);
  const Scaling scaling = in.scaling;  // By value: no store may change it.
  const size_t width = in.width;
  for (int r = 0; r < rows; ++r, x += width, sums += 4 * width) {
    const auto scale = RowScale<kInteger>(in, r);
    const auto zero = RowZero<kInteger>(in, r);
    auto sum = hn::Zero(d);
    for (size_t k = 0; k < width; k += hn::Lanes(d)) {
      const auto v = hn::Add(hn::Load(d, x + k),
                             Result<kInteger>(scaling, sums, scale, zero, k));
      sum = hn::Add(sum, v);
      hn::Store(v, d, x + k);
    }
    const RowRange range = NormalizeRow(x, sum, norm, width);
    WriteActivation(x, range, r, out);
  }
}

void AddNormalizeRows(const Accumulators& in, int rows, float* x,
                      const LayerNorm& norm, ActivationRows out) {
  if (in.row_scale != nullptr) {
    AddNormalizeRowsOf<true>(in, rows, x, norm, out);
  } else {
    AddNormalizeRowsOf<false>(in, rows, x, norm, out);
  }
}

template <bool kInteger>
void GeluRowsOf(const Accumulators& in, int rows, ActivationRows out) {
  const Floats d;
  HWY_ALIGN float row[kWidestRow];
  const char* sums = static_cast<const char*>(in.sums);
  const Scaling scaling = in.scaling;  // By value: no store may change it.
  const size_t width = in.width;
  for (int r = 0; r < rows; ++r, sums += 4 * width) {
    const auto scale = RowScale<kInteger>(in, r);
    const auto zero = RowZero<kInteger>(in, r);
    auto least = hn::Zero(d), most = hn::Zero(d);
    for (size_t k = 0; k < width; k += hn::Lanes(d)) {
      const auto v =
          Gelu<kInteger>(Result<kInteger>(scaling, sums, scale, zero, k));
      least = hn::Min(least, v);
      most = hn::Max(most, v);
      hn::Store(v, d, row + k);
    }
    WriteActivation(row, RangeOf(least, most), r, out);
  }
}

void GeluRows(const Accumulators& in, int rows, ActivationRows out) {
  if (in.row_scale != nullptr) {
    GeluRowsOf<true>(in, rows, out);
  } else {
    GeluRowsOf<false>(in, rows, out);
  }
}

template <bool kInteger>
void GeluFloatRowsOf(const Accumulators& in, int rows, const float* add,
                     float* x, RowRange* ranges) {
  const Floats d;
  const char* sums = static_cast<const char*>(in.sums);
  const Scaling scaling = in.scaling;  // By value: no store may change it.
  const size_t width = in.width;
  for (int r = 0; r < rows; ++r, x += width, sums += 4 * width) {
    const auto scale = RowScale<kInteger>(in, r);
    const auto zero = RowZero<kInteger>(in, r);
    auto least = hn::Zero(d), most = hn::Zero(d);
    for (size_t k = 0; k < width; k += hn::Lanes(d)) {
      auto v = Gelu<kInteger>(Result<kInteger>(scaling, sums, scale, zero, k));
      if (add != nullptr) v = hn::Add(v, hn::Load(d, add + k));
      least = hn::Min(least, v);
      most = hn::Max(most, v);
      hn::Store(v, d, x + k);
    }
    ranges[r] = RangeOf(least, most);
    if (add != nullptr) add += width;
  }
}

void GeluFloatRows(const Accumulators& in, int rows, const float* add, float* x,
                   RowRange* ranges) {
  if (in.row_scale != nullptr) {
    GeluFloatRowsOf<true>(in, rows, add, x, ranges);
  } else {
    GeluFloatRowsOf<false>(in, rows, add, x, ranges);
  }
}

template <bool kInteger>
void FloatRowsOf(const Accumulators& in, int rows, float* x) {
  const Floats d;
  const char* sums = static_cast<const char*>(in.sums);
  const Scaling scaling = in.scaling;  // By value: no store may change it.
  const size_t width = in.width;
  for (int r = 0; r < rows; ++r, x += width, sums += 4 * width) {
    const auto scale = RowScale<kInteger>(in, r);
    const auto zero = RowZero<kInteger>(in, r);
    for (size_t k = 0; k < width; k += hn::Lanes(d)) {
      hn::Store(Result<kInteger>(scaling, sums, scale, zero, k), d, x + k);
    }
  }
}

void FloatRows(const Accumulators& in, int rows, float* x) {
  if (in.row_scale != nullptr) {
    FloatRowsOf<true>(in, rows, x);
  } else {
    FloatRowsOf<false>(in, rows, x);
  }
}

void AddScaledCodes(const int8_t* codes, float scale, int width, float* to) {
  const Floats d;
  const hn::Rebind<int8_t, Floats> d8;
  const auto s = hn::Set(d, scale);
  for (size_t k = 0; k < width; k += hn::Lanes(d)) {
    const auto wide =
        hn::ConvertTo(d, hn::PromoteTo(Ints(), hn::Load(d8, codes + k)));
    hn::Store(hn::MulAdd(wide, s, hn::Load(d, to + k)), d, to + k);
  }
}

void AddRow(const float* from, int width, float* to) {
  const Floats d;
  for (size_t k = 0; k < width; k += hn::Lanes(d)) {
    hn::Store(hn::Add(hn::Load(d, to + k), hn::Load(d, from + k)), d, to + k);
  }
}

float Dot(const float* a, const float* b, int width) {
  const Floats d;
  auto sum = hn::Zero(d);
  for (size_t k = 0; k < width; k += hn::Lanes(d)) {
    sum = hn::MulAdd(hn::Load(d, a + k), hn::Load(d, b + k), sum);
  }
  return hn::GetLane(hn::SumOfLanes(d, sum));
}

}  // namespace HWY_NAMESPACE
}  // namespace quoth
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace quoth {

HWY_EXPORT(WriteRows);
HWY_EXPORT(NormalizeRows);
HWY_EXPORT(AddNormalizeRows);
HWY_EXPORT(GeluRows);
HWY_EXPORT(GeluFloatRows);
HWY_EXPORT(FloatRows);
HWY_EXPORT(AddScaledCodes);
HWY_EXPORT(AddRow);
HWY_EXPORT(Dot);

Activations::Activations(int levels, int rows, int width) {
  const size_t size = size_t(rows) * width;
  rows_.width = width;
  rows_.levels = levels;
  if (levels > 0) {
    codes_ = AlignedBuffer<uint8_t>(size);
    floats_ = AlignedBuffer<float>(2 * size_t(rows));
    rows_.codes = codes_.data();
    rows_.scales = floats_.data();
    rows_.zeros = floats_.data() + rows;
  } else {
    floats_ = AlignedBuffer<float>(size);
    rows_.values = floats_.data();
  }
}

void WriteRows(const float* x, int rows, ActivationRows out) {
  HWY_DYNAMIC_DISPATCH(WriteRows)(x, rows, out);
}

void NormalizeRows(float* x, int rows, const LayerNorm& norm,
                   ActivationRows out) {
  HWY_DYNAMIC_DISPATCH(NormalizeRows)(x, rows, norm, out);
}

void AddNormalizeRows(const Accumulators& in, int rows, float* x,
                      const LayerNorm& norm, ActivationRows out) {
  HWY_DYNAMIC_DISPATCH(AddNormalizeRows)(in, rows, x, norm, out);
}

void GeluRows(const Accumulators& in, int rows, ActivationRows out) {
  HWY_DYNAMIC_DISPATCH(GeluRows)(in, rows, out);
}

void GeluFloatRows(const Accumulators& in, int rows, const float* add, float* x,
                   RowRange* ranges) {
  HWY_DYNAMIC_DISPATCH(GeluFloatRows)(in, rows, add, x, ranges);
}

void FloatRows(const Accumulators& in, int rows, float* x) {
  HWY_DYNAMIC_DISPATCH(FloatRows)(in, rows, x);
}

void AddScaledCodes(const int8_t* codes, float scale, int width, float* to) {
  HWY_DYNAMIC_DISPATCH(AddScaledCodes)(codes, scale, width, to);
}

void AddRow(const float* from, int width, float* to) {
  HWY_DYNAMIC_DISPATCH(AddRow)(from, width, to);
}

float Dot(const float* a, const float* b, int width) {
  return HWY_DYNAMIC_DISPATCH(Dot)(a, b, width);
}

}  // namespace quoth
#endif  // HWY_ONCE
