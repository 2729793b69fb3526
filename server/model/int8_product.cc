#include "server/model/int8_product.h"

#include <algorithm>
#include <cstring>

#if defined(__x86_64__)
#include <immintrin.h>

#include "server/model/cpu.h"
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

// ---- VNNI at 512 bits ----

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

// ---- AVX2 ----

// Half a panel by a few rows. Pairs of byte products add up in 16 bits, pairs
// of those in 32: three instructions for VNNI's one. Eight sums, two vectors of
// the right side, a broadcast operand and what lies between fit the 16
// registers; a panel's half stays in the first cache from rows to rows.
constexpr int kTileRows = 4;
constexpr int kTileColumns = kPanelColumns / 2;

template <int kRows>
__attribute__((target("avx2"))) void TileOf(const uint8_t* left,
                                            size_t left_stride,
                                            const int8_t* right, int depth,
                                            int columns, int32_t* out) {
  const __m256i ones = _mm256_set1_epi16(1);
  __m256i sums[kRows][2];
#pragma GCC unroll 4
  for (int r = 0; r < kRows; ++r) {
    sums[r][0] = sums[r][1] = _mm256_setzero_si256();
  }
  for (int k = 0; k < depth;
       k += kPanelDepth, right += kPanelDepth * kPanelColumns) {
    const auto* b = reinterpret_cast<const __m256i*>(right);
    const __m256i b0 = _mm256_loadu_si256(b);
    const __m256i b1 = _mm256_loadu_si256(b + 1);
#pragma GCC unroll 4
    for (int r = 0; r < kRows; ++r) {
      int32_t four;
      std::memcpy(&four, left + r * left_stride + k, sizeof(four));
      const __m256i a = _mm256_set1_epi32(four);
      sums[r][0] = _mm256_add_epi32(
          sums[r][0], _mm256_madd_epi16(_mm256_maddubs_epi16(a, b0), ones));
      sums[r][1] = _mm256_add_epi32(
          sums[r][1], _mm256_madd_epi16(_mm256_maddubs_epi16(a, b1), ones));
    }
  }
#pragma GCC unroll 4
  for (int r = 0; r < kRows; ++r) {
    auto* row = reinterpret_cast<__m256i*>(out + size_t(r) * columns);
    _mm256_storeu_si256(row, sums[r][0]);
    _mm256_storeu_si256(row + 1, sums[r][1]);
  }
}

using Tile = void (*)(const uint8_t*, size_t, const int8_t*, int, int,
                      int32_t*);
constexpr Tile kTiles[kTileRows] = {TileOf<1>, TileOf<2>, TileOf<3>, TileOf<4>};

void Avx2Product(const uint8_t* left, size_t left_stride, int rows,
                 const int8_t* right, int depth, int columns, int32_t* out) {
  for (int c = 0; c < columns; c += kTileColumns) {
    const int8_t* half = right + PanelIndex(0, c, depth);
    for (int r = 0; r < rows; r += kTileRows) {
      kTiles[std::min(kTileRows, rows - r) - 1](
          left + r * left_stride, left_stride, half, depth, columns,
          out + size_t(r) * columns + c);
    }
  }
}

}  // namespace

void Int8Product(const uint8_t* left, size_t left_stride, int rows,
                 const int8_t* right, int depth, int columns, int32_t* out,
                 const int8_t* next) {
  static const bool vnni = HasVnni512();
  if (!vnni) {
    // Three instructions for one: memory keeps up without being told.
    Avx2Product(left, left_stride, rows, right, depth, columns, out);
    return;
  }
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
