// What each instruction set provides, and the vector types that all of them share.
#ifndef CK_TABLE_H
#define CK_TABLE_H
// Vectors pass between inlined functions only, so how a call would pass them does not matter.
#pragma clang diagnostic ignored "-Wpsabi"
#include "include/ckernels.h"
#include <math.h>
#include <string.h>

typedef float f32x16 __attribute__((ext_vector_type(16)));
typedef int32_t i32x16 __attribute__((ext_vector_type(16)));
typedef uint32_t u32x16 __attribute__((ext_vector_type(16)));
typedef uint16_t u16x16 __attribute__((ext_vector_type(16)));
typedef int8_t s8x16 __attribute__((ext_vector_type(16)));
typedef int16_t s16x16 __attribute__((ext_vector_type(16)));
typedef int16_t s16x32 __attribute__((ext_vector_type(32)));
typedef uint8_t u8x16 __attribute__((ext_vector_type(16)));
typedef uint8_t u8x64 __attribute__((ext_vector_type(64)));
typedef _Float16 f16x16 __attribute__((ext_vector_type(16)));

typedef struct {
    void (*multiply)(ck_format, const uint8_t *, size_t, int, int, int, int, const ck_activations *, float *, size_t);
    void (*multiply_dense)(ck_format, const uint8_t *, size_t, int, int, const float *, size_t, int, int, float *, size_t);
    void (*quantize_token)(const float *, int, int, int, const ck_activations *);
    void (*quantize_token_shifted)(const float *, int, int, int, const ck_activations *);
    void (*quantize_token_wide)(const float *, int, int, int, const ck_activations *);
    int32_t (*dot_peak)(int);
    void (*attend)(const ck_query *, int, const ck_pages *, float, float *);
    float (*dot)(const float *, const float *, int);
    void (*add)(float *, const float *, int);
    void (*scale)(float *, float, int);
    void (*multiply_add)(float *, const float *, float, int);
    void (*rms_norm)(const float *, const float *, float *, int, float);
    void (*layer_norm)(const float *, const float *, const float *, float *, int, float);
    void (*softmax)(float *, int);
    void (*silu_multiply)(float *, const float *, int);
    void (*gelu_multiply)(float *, const float *, int);
    void (*gelu_erf)(float *, int);
    void (*rope)(float *, const float *, const float *, int, int);
    void (*to_half)(const float *, uint16_t *, int);
    void (*from_half)(const uint16_t *, float *, int);
    float (*to_bytes)(const float *, int8_t *, int);
    void (*unary)(ck_unary, const float *, float *, size_t);
    void (*binary)(ck_binary, const float *, int, const float *, int, float *, size_t);
    void (*gemm_pack)(const ck_matrix *, int, int, int, int, float *);
    void (*gemm)(const ck_matrix *, int, int, int, const float *, int, float *, size_t, int, float *);
    double (*chain_sums)(const ck_chain *, const float *, int, float *, float *, float *);
    void (*adam)(const ck_adam *, const float *, const float *, const float *, const float *, float *, float *, float *, size_t);
    void (*recur)(const ck_recurrence *);
    void (*recur_back)(const ck_recurrence *, const float *, float *);
    void (*chain_best)(const ck_chain *, const float *, int, int32_t *, float *);
} ck_table;

extern const ck_table ck_table_scalar, ck_table_avx2, ck_table_avx512, ck_table_neon;
#endif
