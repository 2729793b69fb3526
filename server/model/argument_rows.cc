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
void ArgumentTermRowsOf(const ArgumentTerms& terms, int begin, int rows,
                        ActivationRows out) {
  const Floats d;
  const size_t width = out.width;
  HWY_ALIGN float row[kWidestRow];
  for (int r = 0; r < rows; ++r) {
    const size_t w = begin + r;
    const float* word = terms.words + 2 * width * w;
    const float* distance = terms.distance + width * terms.distance_row[w];
    const float* relation = terms.relation + width * terms.relation_row[w];
    auto least = hn::Zero(d), most = hn::Zero(d);
    for (size_t k = 0; k < width; k += hn::Lanes(d)) {
      auto sum = hn::Add(hn::Load(d, word + k), hn::Load(d, terms.cue + k));
      sum = hn::MulAdd(hn::Load(d, word + width + k),
                       hn::Load(d, terms.cue + width + k), sum);
      sum = hn::Add(
          sum, hn::Add(hn::Load(d, distance + k), hn::Load(d, relation + k)));
      const auto v = Gelu<kCoarse>(sum);
      least = hn::Min(least, v);
      most = hn::Max(most, v);
      hn::Store(v, d, row + k);
    }
    WriteActivation(row, RangeOf(least, most), r, out);
  }
}

void ArgumentTermRows(const ArgumentTerms& terms, int begin, int rows,
                      ActivationRows out) {
  if (out.codes != nullptr) {
    ArgumentTermRowsOf<true>(terms, begin, rows, out);
  } else {
    ArgumentTermRowsOf<false>(terms, begin, rows, out);
  }
}

void TapRows(const float* x, const RowRange* ranges, int words, int width,
             int step, int begin, int rows, ActivationRows out) {
  for (int r = 0; r < rows; ++r) {
    const auto from = [&](int tap) {
      return begin + r + (tap - kTaps / 2) * step;
    };
    const auto inside = [&](int tap) {
      return from(tap) >= 0 && from(tap) < words;
    };
    // All taps of a row share its scale and zero point.
    CodeMap map;
    if (out.codes != nullptr) {
      RowRange range;
      for (int t = 0; t < kTaps; ++t) {
        if (!inside(t)) continue;
        range.least = std::min(range.least, ranges[from(t)].least);
        range.most = std::max(range.most, ranges[from(t)].most);
      }
      map = MapOf(range, out.levels);
      out.scales[r] = map.scale;
      out.zeros[r] = map.zero;
    }
    for (int t = 0; t < kTaps; ++t) {
      const size_t at = (size_t(r) * kTaps + t) * width;
      const float* row = x + size_t(inside(t) ? from(t) : 0) * width;
      if (out.codes != nullptr) {
        if (inside(t)) {
          WriteCodes(row, width, map, out.codes + at);
        } else {
          std::fill_n(out.codes + at, width, static_cast<uint8_t>(map.zero));
        }
      } else if (inside(t)) {
        std::copy_n(row, width, out.values + at);
      } else {
        std::fill_n(out.values + at, width, 0.0f);
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

void ArgumentTermRows(const ArgumentTerms& terms, int begin, int rows,
                      ActivationRows out) {
  HWY_DYNAMIC_DISPATCH(ArgumentTermRows)(terms, begin, rows, out);
}

void TapRows(const float* x, const RowRange* ranges, int words, int width,
             int step, int begin, int rows, ActivationRows out) {
  HWY_DYNAMIC_DISPATCH(TapRows)
  (x, ranges, words, width, step, begin, rows, out);
}

}  // namespace quoth
#endif  // HWY_ONCE
