// AVX2 with FMA and F16C: 16 registers of 8 lanes, so a tile is one row group by six tokens.
#if defined(__x86_64__)
#pragma clang fp contract(fast)
#include "table.h"
#include <immintrin.h>
#define SUFFIX avx2
#define TARGET __attribute__((target("avx2,fma,f16c")))
#define FUSED __builtin_elementwise_fma
#define OWN_PRODUCTS "products_avx2.inc"
#define FEW_REGISTERS
#define TILE_C 6
#define TILE_R 1
#include "kernels.inc"
#endif
