// The plain twin: what every other set is tested against, and what runs where none of them does.
#include "table.h"
#define SUFFIX scalar
#define TARGET
static inline __attribute__((always_inline)) i32x16 dot_quad(i32x16 acc, u8x64 w, int32_t quad) {
    int8_t q[4];
    memcpy(q, &quad, 4);
    for (int l = 0; l < 16; l++) {
        int32_t sum = 0;
        for (int i = 0; i < 4; i++) sum += (int32_t)w[4 * l + i] * q[i];
        acc[l] += sum;
    }
    return acc;
}
static inline __attribute__((always_inline)) i32x16 dot_pair(i32x16 acc, s16x32 w, int32_t pair) {
    int16_t p[2];
    memcpy(p, &pair, 4);
    for (int l = 0; l < 16; l++) acc[l] += (int32_t)w[2 * l] * p[0] + (int32_t)w[2 * l + 1] * p[1];
    return acc;
}
#define DOT_PAIR dot_pair
// Without an instruction for it, a fused sum is a call of the library for each element.
#define FUSED(a, b, c) ((a) * (b) + (c))
#define DOT_QUAD dot_quad
#define DOT_WIDE dot_quad
#define TILE_C 2
#define TILE_R 1
#include "kernels.inc"
