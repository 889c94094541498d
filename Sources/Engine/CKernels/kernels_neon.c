// NEON with dot product (Armv8.2): four registers of four lanes stand for one vector of 16.
#if defined(__aarch64__)
#pragma clang fp contract(fast)
#include "table.h"
#include <arm_neon.h>
#define SUFFIX neon
#define TARGET __attribute__((target("dotprod,fp16")))
// Bytes up to 63 are positive as int8 too.
static inline __attribute__((always_inline)) TARGET i32x16 dot_quad(i32x16 acc, u8x64 w, int32_t quad) {
    int32x4_t a[4];
    int8x16_t b[4];
    memcpy(a, &acc, 64);
    memcpy(b, &w, 64);
    const int8x16_t q = vreinterpretq_s8_s32(vdupq_n_s32(quad));
    for (int i = 0; i < 4; i++) a[i] = vdotq_s32(a[i], b[i], q);
    memcpy(&acc, a, 64);
    return acc;
}
// Bytes up to 255 are value + 128: value * quad, and 128 * quad beside it.
static inline __attribute__((always_inline)) TARGET i32x16 dot_wide(i32x16 acc, u8x64 w, int32_t quad) {
    int32x4_t a[4];
    int8x16_t b[4];
    const u8x64 v = w ^ 128;
    memcpy(a, &acc, 64);
    memcpy(b, &v, 64);
    const int8x16_t q = vreinterpretq_s8_s32(vdupq_n_s32(quad));
    const int32x4_t base = vshlq_n_s32(vdotq_s32(vdupq_n_s32(0), vdupq_n_s8(1), q), 7);
    for (int i = 0; i < 4; i++) a[i] = vaddq_s32(vdotq_s32(a[i], b[i], q), base);
    memcpy(&acc, a, 64);
    return acc;
}
// The even and the odd int16s are multiplied apart, each with its half of the pair.
static inline __attribute__((always_inline)) TARGET i32x16 dot_pair(i32x16 acc, s16x32 w, int32_t two) {
    int32x4_t a[4];
    int16x8_t b[4];
    memcpy(a, &acc, 64);
    memcpy(b, &w, 64);
    const int16_t even = (int16_t)two, odd = (int16_t)(two >> 16);
    for (int i = 0; i < 4; i++) {
        a[i] = vmlal_n_s16(a[i], vget_low_s16(vuzp1q_s16(b[i], b[i])), even);
        a[i] = vmlal_n_s16(a[i], vget_low_s16(vuzp2q_s16(b[i], b[i])), odd);
    }
    memcpy(&acc, a, 64);
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
