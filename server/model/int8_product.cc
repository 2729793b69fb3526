#include "server/model/int8_product.h"

#include <cstring>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace quoth {

void PlainInt8Product(const uint8_t* left, size_t left_stride,
                      const int8_t* right, int depth, int columns,
                      int32_t* out) {
  for (int r = 0; r < kProductRows; ++r) {
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

// Highway 1.0 has no operation for it, hence intrinsics. 24 sums, two vectors
// of the right side and a broadcast operand fit the 32 registers.
__attribute__((target("avx512f,avx512vnni"))) void Int8Product(
    const uint8_t* left, size_t left_stride, const int8_t* right, int depth,
    int columns, int32_t* out) {
  const size_t panel = size_t{kPanelColumns} * depth;
  for (int c = 0; c < columns; c += 2 * kPanelColumns, right += 2 * panel) {
    __m512i sums[kProductRows][2];
#pragma GCC unroll 12
    for (int r = 0; r < kProductRows; ++r) {
      sums[r][0] = sums[r][1] = _mm512_setzero_si512();
    }
    for (int k = 0; k < depth; k += kPanelDepth) {
      const int8_t* at = right + size_t{kPanelColumns} * k;
      const __m512i b0 = _mm512_loadu_si512(at);
      const __m512i b1 = _mm512_loadu_si512(at + panel);
#pragma GCC unroll 12
      for (int r = 0; r < kProductRows; ++r) {
        int32_t four;
        std::memcpy(&four, left + r * left_stride + k, sizeof(four));
        const __m512i a = _mm512_set1_epi32(four);
        sums[r][0] = _mm512_dpbusd_epi32(sums[r][0], a, b0);
        sums[r][1] = _mm512_dpbusd_epi32(sums[r][1], a, b1);
      }
    }
#pragma GCC unroll 12
    for (int r = 0; r < kProductRows; ++r) {
      int32_t* row = out + size_t(r) * columns + c;
      _mm512_storeu_si512(row, sums[r][0]);
      _mm512_storeu_si512(row + kPanelColumns, sums[r][1]);
    }
  }
}

#else

void Int8Product(const uint8_t* left, size_t left_stride, const int8_t* right,
                 int depth, int columns, int32_t* out) {
  PlainInt8Product(left, left_stride, right, depth, columns, out);
}

#endif

}  // namespace quoth
