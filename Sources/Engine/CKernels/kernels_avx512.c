// AVX-512 with VNNI: 32 registers of 16 lanes; one instruction multiplies 64 bytes and adds them by fours.
#if defined(__x86_64__)
#pragma clang fp contract(fast)
#include "table.h"
#include <immintrin.h>
#define SUFFIX avx512
#define TARGET __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,avx512vnni,avx2,fma,f16c"), min_vector_width(512)))
#define DOT_QUAD(acc, w, quad) ((i32x16)_mm512_dpbusd_epi32((__m512i)(acc), (__m512i)(w), _mm512_set1_epi32(quad)))
#define DOT_WIDE DOT_QUAD
// By hand, because clang splits the intrinsic into a product and a sum, to shorten a chain that is not what these loops wait for.
static inline __attribute__((always_inline)) TARGET i32x16 dot_pair(i32x16 acc, s16x32 w, int32_t pair) {
    __asm__("vpdpwssd %2, %1, %0" : "+v"(acc) : "v"(w), "v"(_mm512_set1_epi32(pair)));
    return acc;
}
#define DOT_PAIR dot_pair
#define FUSED __builtin_elementwise_fma
// By hand, because clang chooses the form that overwrites a factor, and copies the sum back.
#define FUSE(sum, a, b) __asm__("vfmadd231ps %2, %1, %0" : "+v"(sum) : "v"(a), "v"(b))
#define TILE_C 6
#define TILE_R 2
#include "kernels.inc"
#endif
