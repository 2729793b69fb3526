#include "server/model/int8_product.h"

#include <cstring>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace quoth {

void PlainInt8Product(const uint8_t* left, size_t left_stride, int rows,
                      const int8_t* right, int depth, int columns,
                      int32_t* out) {
  for (int r = 0; r < rows; ++r) {
    for (int c = 0; c < columns; ++c) {
      int32_t sum = 0;
      for (int k = 0; k < depth; ++k) {
        sum += left[r * left_stride + k] * right[PanelIndex(k, c, depth)];
      }
      out[size_t(r) * columns + c] = sum;
    }
  }
}

#if defined(__x86_64__)

namespace {

// How far ahead of the product the right side is fetched: weights come from the
// second cache at best.
constexpr int kAhead = 1024;

// Highway 1.0 has no operation for it, hence intrinsics. 24 sums, two vectors
// of the right side and a broadcast operand fit the 32 registers.
template <int kRows>
__attribute__((target("avx512f,avx512vnni"))) void ProductOf(
    const uint8_t* left, size_t left_stride, const int8_t* right, int depth,
    int columns, int32_t* out, const int8_t* next, size_t next_step) {
  constexpr int kLanes = kPanelColumns / 2;
  for (int c = 0; c < columns; c += kPanelColumns) {
    __m512i sums[kRows][2];
#pragma GCC unroll 12
    for (int r = 0; r < kRows; ++r) {
      sums[r][0] = sums[r][1] = _mm512_setzero_si512();
    }
    for (int k = 0; k < depth; k += kPanelDepth,
             right += kPanelDepth * kPanelColumns, next += next_step) {
      const __m512i b0 = _mm512_loadu_si512(right);
      const __m512i b1 = _mm512_loadu_si512(right + kPanelDepth * kLanes);
      _mm_prefetch(right + kAhead, _MM_HINT_T0);
      _mm_prefetch(right + kAhead + kPanelDepth * kLanes, _MM_HINT_T0);
      _mm_prefetch(next, _MM_HINT_T1);
#pragma GCC unroll 12
      for (int r = 0; r < kRows; ++r) {
        int32_t four;
        std::memcpy(&four, left + r * left_stride + k, sizeof(four));
        const __m512i a = _mm512_set1_epi32(four);
        sums[r][0] = _mm512_dpbusd_epi32(sums[r][0], a, b0);
        sums[r][1] = _mm512_dpbusd_epi32(sums[r][1], a, b1);
      }
    }
    const bool whole = columns - c >= kPanelColumns;
#pragma GCC unroll 12
    for (int r = 0; r < kRows; ++r) {
      int32_t* row = out + size_t(r) * columns + c;
      _mm512_storeu_si512(row, sums[r][0]);
      if (whole) _mm512_storeu_si512(row + kLanes, sums[r][1]);
    }
  }
}

using Product = void (*)(const uint8_t*, size_t, const int8_t*, int, int,
                         int32_t*, const int8_t*, size_t);
constexpr Product kProducts[kProductRows] = {
    ProductOf<1>, ProductOf<2>,  ProductOf<3>,  ProductOf<4>,
    ProductOf<5>, ProductOf<6>,  ProductOf<7>,  ProductOf<8>,
    ProductOf<9>, ProductOf<10>, ProductOf<11>, ProductOf<12>};

}  // namespace

void Int8Product(const uint8_t* left, size_t left_stride, int rows,
                 const int8_t* right, int depth, int columns, int32_t* out,
                 const int8_t* next) {
  // Without a next one, the same line again and again costs nothing.
  kProducts[rows - 1](left, left_stride, right, depth, columns, out,
                      next != nullptr ? next : right,
                      next != nullptr ? kCacheLine : 0);
}

#else

void Int8Product(const uint8_t* left, size_t left_stride, int rows,
                 const int8_t* right, int depth, int columns, int32_t* out,
                 const int8_t* /*next*/) {
  PlainInt8Product(left, left_stride, rows, right, depth, columns, out);
}

#endif

}  // namespace quoth
