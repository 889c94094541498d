// Chooses an instruction set once and forwards every call to it. The cost of the forwarding (about a nanosecond) is paid per tensor, not per element.
#include "table.h"

ck_isa ck_best_isa(void) {
#if defined(__x86_64__)
    __builtin_cpu_init();
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl") &&
        __builtin_cpu_supports("avx512vnni"))
        return CK_AVX512;
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("f16c")) return CK_AVX2;
#elif defined(__aarch64__)
    // Every 64-bit Arm server and desktop processor since 2018 has the dot product; older ones are not supported.
    return CK_NEON;
#endif
    return CK_SCALAR;
}

static const ck_table *table_of(ck_isa isa) {
#if defined(__x86_64__)
    if (isa == CK_AVX512) return &ck_table_avx512;
    if (isa == CK_AVX2) return &ck_table_avx2;
#elif defined(__aarch64__)
    if (isa == CK_NEON) return &ck_table_neon;
#endif
    (void)isa;
    return &ck_table_scalar;
}

// Each thread has its own choice: a test that compares instruction sets must not change what others compute with.
static _Thread_local ck_isa current = CK_SCALAR;
static _Thread_local const ck_table *chosen = 0;

static const ck_table *table(void) {
    const ck_table *found = chosen;
    if (found == 0) {
        current = ck_best_isa();
        chosen = found = table_of(current);
    }
    return found;
}

ck_isa ck_use_isa(ck_isa isa) {
    const ck_isa best = ck_best_isa();
    if (isa == CK_SCALAR || isa == best || (isa == CK_AVX2 && best == CK_AVX512)) {
        current = isa;
        chosen = table_of(isa);
    } else {
        (void)table();
    }
    return current;
}

int ck_activation_bytes(ck_format format) {
    (void)table();
    return format == CK_Q16 || (format == CK_Q8 && current == CK_AVX2) ? 64 : 32;
}
void ck_multiply(ck_format f, const uint8_t *w, size_t g, int b, int e, int tb, int te, const ck_activations *a, float *o, size_t s) {
    table()->multiply(f, w, g, b, e, tb, te, a, o, s);
}
void ck_multiply_dense(ck_format f, const uint8_t *w, size_t g, int b, int e, const float *x, size_t xs, int t, int c, float *o, size_t s) {
    table()->multiply_dense(f, w, g, b, e, x, xs, t, c, o, s);
}
void ck_quantize_token(const float *v, int t, int b, int n, const ck_activations *a) { table()->quantize_token(v, t, b, n, a); }
void ck_quantize_token_shifted(const float *v, int t, int b, int n, const ck_activations *a) { table()->quantize_token_shifted(v, t, b, n, a); }
void ck_quantize_token_wide(const float *v, int t, int b, int n, const ck_activations *a) { table()->quantize_token_wide(v, t, b, n, a); }
int32_t ck_dot_peak(int rounds) { return table()->dot_peak(rounds); }
void ck_attend(const ck_query *q, int n, const ck_pages *p, float s, float *m) { table()->attend(q, n, p, s, m); }
float ck_dot(const float *a, const float *b, int n) { return table()->dot(a, b, n); }
void ck_add(float *x, const float *y, int n) { table()->add(x, y, n); }
void ck_scale(float *x, float f, int n) { table()->scale(x, f, n); }
void ck_multiply_add(float *x, const float *y, float f, int n) { table()->multiply_add(x, y, f, n); }
void ck_rms_norm(const float *x, const float *w, float *o, int n, float e) { table()->rms_norm(x, w, o, n, e); }
void ck_layer_norm(const float *x, const float *w, const float *b, float *o, int n, float e) { table()->layer_norm(x, w, b, o, n, e); }
void ck_softmax(float *x, int n) { table()->softmax(x, n); }
void ck_silu_multiply(float *g, const float *u, int n) { table()->silu_multiply(g, u, n); }
void ck_gelu_multiply(float *g, const float *u, int n) { table()->gelu_multiply(g, u, n); }
void ck_gelu_erf(float *x, int n) { table()->gelu_erf(x, n); }
void ck_rope(float *h, const float *c, const float *s, int p, int i) { table()->rope(h, c, s, p, i); }
void ck_to_half(const float *x, uint16_t *o, int n) { table()->to_half(x, o, n); }
void ck_from_half(const uint16_t *x, float *o, int n) { table()->from_half(x, o, n); }
float ck_to_bytes(const float *x, int8_t *o, int n) { return table()->to_bytes(x, o, n); }

void ck_apply_unary(ck_unary f, const float *x, float *o, size_t n) { table()->unary(f, x, o, n); }
void ck_apply_binary(ck_binary f, const float *a, int as, const float *b, int bs, float *o, size_t n) { table()->binary(f, a, as, b, bs, o, n); }
void ck_gemm_pack(const ck_matrix *b, int k, int n, int pb, int pe, float *p) { table()->gemm_pack(b, k, n, pb, pe, p); }
void ck_gemm(const ck_matrix *a, int rb, int re, int k, const float *p, int n, float *c, size_t s, int add, float *m) { table()->gemm(a, rb, re, k, p, n, c, s, add, m); }

void ck_adam_step(const ck_adam *a, const float *w, const float *g, const float *m, const float *s, float *nw, float *nm, float *ns, size_t n) {
    table()->adam(a, w, g, m, s, nw, nm, ns, n);
}
void ck_recur(const ck_recurrence *r) { table()->recur(r); }
void ck_recur_back(const ck_recurrence *r, const float *g, float *b) { table()->recur_back(r, g, b); }
double ck_chain_sums(const ck_chain *c, const float *s, int n, float *m, float *p, float *r) { return table()->chain_sums(c, s, n, m, p, r); }
void ck_chain_best(const ck_chain *c, const float *s, int n, int32_t *p, float *r) { table()->chain_best(c, s, n, p, r); }

size_t ck_key_page_bytes(ck_kv_format format, int head_dim) {
    return (size_t)CK_PAGE * (format == CK_KV_F16 ? (size_t)head_dim * 2 : (size_t)head_dim + (size_t)((head_dim + 31) / 32) * 4);
}
size_t ck_value_page_bytes(ck_kv_format format, int head_dim) { return (size_t)CK_PAGE * (format == CK_KV_F16 ? (size_t)head_dim * 2 : (size_t)head_dim + 4); }

// The scales follow the elements.
static void put_scale(float scale, uint8_t *page, int head_dim, int place) { memcpy(page + (size_t)CK_PAGE * head_dim + (size_t)place * 4, &scale, 4); }

void ck_store_key(ck_kv_format format, const float *key, int head_dim, uint8_t *page, int slot) {
    const size_t first = (size_t)(slot / 16) * 16 * head_dim + slot % 16;
    for (int e = 0; e < head_dim; e += 32) {
        const int n = head_dim - e < 32 ? head_dim - e : 32;
        if (format == CK_KV_F16) {
            uint16_t halves[32];
            ck_to_half(key + e, halves, n);
            for (int i = 0; i < n; i++) memcpy(page + (first + (size_t)(e + i) * 16) * 2, halves + i, 2);
        } else {
            int8_t bytes[32];
            put_scale(ck_to_bytes(key + e, bytes, n), page, head_dim, e / 32 * CK_PAGE + slot);
            for (int i = 0; i < n; i++) page[first + (size_t)(e + i) * 16] = (uint8_t)bytes[i];
        }
    }
}
void ck_store_value(ck_kv_format format, const float *value, int head_dim, uint8_t *page, int slot) {
    if (format == CK_KV_F16)
        ck_to_half(value, (uint16_t *)(void *)(page + (size_t)slot * head_dim * 2), head_dim);
    else
        put_scale(ck_to_bytes(value, (int8_t *)page + (size_t)slot * head_dim, head_dim), page, head_dim, slot);
}
