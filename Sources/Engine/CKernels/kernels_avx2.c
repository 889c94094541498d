// AVX2 with FMA and F16C: 16 registers of 8 lanes, so a tile is one row group by two tokens.
#if defined(__x86_64__)
#pragma clang fp contract(fast)
#include "table.h"
#include <immintrin.h>
#define SUFFIX avx2
#define TARGET __attribute__((target("avx2,fma,f16c")))
typedef struct { __m256i low, high; } pair;
// vpmaddubsw adds two products in 16 bits: with bytes up to 63 (or 128, below) and quads up to 127 in magnitude nothing saturates.
static inline __attribute__((always_inline)) TARGET i32x16 dot_quad(i32x16 acc, u8x64 w, int32_t quad) {
    pair a, b;
    memcpy(&a, &acc, 64);
    memcpy(&b, &w, 64);
    const __m256i q = _mm256_set1_epi32(quad), ones = _mm256_set1_epi16(1);
    a.low = _mm256_add_epi32(a.low, _mm256_madd_epi16(_mm256_maddubs_epi16(b.low, q), ones));
    a.high = _mm256_add_epi32(a.high, _mm256_madd_epi16(_mm256_maddubs_epi16(b.high, q), ones));
    memcpy(&acc, &a, 64);
    return acc;
}
// Bytes up to 255 are value + 128: the product is taken of |value| and the quad with the value's sign, and 128 * quad is added back, so that the sum is the one that the
// correction by negative sums expects.
static inline __attribute__((always_inline)) TARGET i32x16 dot_wide(i32x16 acc, u8x64 w, int32_t quad) {
    pair a, b;
    memcpy(&a, &acc, 64);
    memcpy(&b, &w, 64);
    const __m256i q = _mm256_set1_epi32(quad), ones = _mm256_set1_epi16(1), offset = _mm256_set1_epi8((char)128);
    const __m256i base = _mm256_slli_epi32(_mm256_madd_epi16(_mm256_maddubs_epi16(_mm256_set1_epi8(1), q), ones), 7);
    const __m256i v0 = _mm256_xor_si256(b.low, offset), v1 = _mm256_xor_si256(b.high, offset);
    a.low = _mm256_add_epi32(a.low, _mm256_add_epi32(base, _mm256_madd_epi16(_mm256_maddubs_epi16(_mm256_abs_epi8(v0), _mm256_sign_epi8(q, v0)), ones)));
    a.high = _mm256_add_epi32(a.high, _mm256_add_epi32(base, _mm256_madd_epi16(_mm256_maddubs_epi16(_mm256_abs_epi8(v1), _mm256_sign_epi8(q, v1)), ones)));
    memcpy(&acc, &a, 64);
    return acc;
}
static inline __attribute__((always_inline)) TARGET i32x16 dot_pair(i32x16 acc, s16x32 w, int32_t two) {
    pair a, b;
    memcpy(&a, &acc, 64);
    memcpy(&b, &w, 64);
    const __m256i p = _mm256_set1_epi32(two);
    a.low = _mm256_add_epi32(a.low, _mm256_madd_epi16(b.low, p));
    a.high = _mm256_add_epi32(a.high, _mm256_madd_epi16(b.high, p));
    memcpy(&acc, &a, 64);
    return acc;
}
#define DOT_PAIR dot_pair
#define FUSED __builtin_elementwise_fma
#define DOT_QUAD dot_quad
#define DOT_WIDE dot_wide
#define TILE_C 2
#define TILE_R 1
#include "kernels.inc"
#endif
