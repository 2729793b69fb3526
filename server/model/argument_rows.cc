#include "server/model/argument_rows.h"

#include <algorithm>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "server/model/argument_rows.cc"
#include "hwy/foreach_target.h"  // IWYU pragma: keep
#include "hwy/highway.h"
#include "server/model/simd-inl.h"

HWY_BEFORE_NAMESPACE();
namespace quoth {
namespace HWY_NAMESPACE {

template <bool kCoarse>
void ArgumentTermRowsOf(const ArgumentTerms& terms, int words,
                        ActivationRows out) {
  const Floats d;
  const size_t width = out.width;
  HWY_ALIGN float row[kWidestRow];
  for (int r = 0; r < words; ++r) {
    const float* word = terms.words + 2 * width * r;
    const float* distance = terms.distance + width * terms.distance_row[r];
    const float* relation = terms.relation + width * terms.relation_row[r];
    auto largest = hn::Zero(d);
    for (size_t k = 0; k < width; k += hn::Lanes(d)) {
      auto sum = hn::Add(hn::Load(d, word + k), hn::Load(d, terms.cue + k));
      sum = hn::MulAdd(hn::Load(d, word + width + k),
                       hn::Load(d, terms.cue + width + k), sum);
      sum = hn::Add(
          sum, hn::Add(hn::Load(d, distance + k), hn::Load(d, relation + k)));
      const auto v = Gelu<kCoarse>(sum);
      largest = hn::Max(largest, hn::Abs(v));
      hn::Store(v, d, row + k);
    }
    WriteActivation(row, LargestOf(largest), r, out);
  }
}

void ArgumentTermRows(const ArgumentTerms& terms, int words,
                      ActivationRows out) {
  if (out.codes != nullptr) {
    ArgumentTermRowsOf<true>(terms, words, out);
  } else {
    ArgumentTermRowsOf<false>(terms, words, out);
  }
}

void TapRows(const float* x, const float* largest, int words, int width,
             int step, ActivationRows out) {
  const Floats d;
  for (int r = 0; r < words; ++r) {
    // All taps of a row share its scale.
    float most = 0;
    for (int t = 0; t < kTaps; ++t) {
      const int from = r + (t - kTaps / 2) * step;
      if (from >= 0 && from < words) most = HWY_MAX(most, largest[from]);
    }
    for (int t = 0; t < kTaps; ++t) {
      const int from = r + (t - kTaps / 2) * step;
      const bool inside = from >= 0 && from < words;
      const size_t at = (size_t(r) * kTaps + t) * width;
      if (out.codes != nullptr) {
        if (inside) {
          out.scales[r] = QuantizeRow(x + size_t(from) * width, width, most,
                                      out.levels, out.codes + at);
        } else {
          std::fill_n(out.codes + at, width,
                      static_cast<uint8_t>(out.levels + 1));
        }
        continue;
      }
      for (size_t k = 0; k < width; k += hn::Lanes(d)) {
        hn::Store(
            inside ? hn::Load(d, x + size_t(from) * width + k) : hn::Zero(d), d,
            out.values + at + k);
      }
    }
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace quoth
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace quoth {

HWY_EXPORT(ArgumentTermRows);
HWY_EXPORT(TapRows);

void ArgumentTermRows(const ArgumentTerms& terms, int words,
                      ActivationRows out) {
  HWY_DYNAMIC_DISPATCH(ArgumentTermRows)(terms, words, out);
}

void TapRows(const float* x, const float* largest, int words, int width,
             int step, ActivationRows out) {
  HWY_DYNAMIC_DISPATCH(TapRows)(x, largest, words, width, step, out);
}

}  // namespace quoth
#endif  // HWY_ONCE
