// AVX-512 with VNNI: 32 registers of 16 lanes; one instruction multiplies 64 bytes and adds them by fours.
#if defined(__x86_64__)
#pragma clang fp contract(fast)
#include "table.h"
#include <immintrin.h>
#define SUFFIX avx512
#define TARGET __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,avx512vnni,avx2,fma,f16c"), min_vector_width(512)))
#define DOT_QUAD(acc, w, quad) ((i32x16)_mm512_dpbusd_epi32((__m512i)(acc), (__m512i)(w), _mm512_set1_epi32(quad)))
#define DOT_WIDE DOT_QUAD
#define TILE_C 6
#define TILE_R 2
#include "kernels.inc"
#endif
