// The processor's part of the engine: inner products over packed weights, attention over pages of keys and values, and the elementwise functions
// between them. Each function is compiled for several instruction sets from one text (see kernels.inc) and chosen once, at start.
//
// Conventions. `n` counts elements. Pointers need the alignment of their element only, packed weights 64 bytes. Nothing is allocated here but by the pool.
// No function checks its arguments: Kernels, the Swift room above, does.
#ifndef CKERNELS_H
#define CKERNELS_H
#include <stddef.h>
#include <stdint.h>

// ---- Instruction sets ----

typedef enum { CK_SCALAR = 0, CK_AVX2 = 1, CK_AVX512 = 2, CK_NEON = 3 } ck_isa;

// The best set that this processor has; AVX2 means AVX2 + FMA + F16C, AVX512 means F + BW + DQ + VL + VNNI, NEON means dot product.
ck_isa ck_best_isa(void);
// Uses `isa` on the calling thread from now on if the processor has it, for tests and comparisons; returns the set in use.
ck_isa ck_use_isa(ck_isa isa);

// ---- Packed weights ----
// Rows are stored in groups of 16, so that one vector of 16 lanes works on 16 rows. A group is a run of packs; a pack holds `columns` columns of 16 rows:
//
//   format   columns  bytes  contents (l = row in the group, i = 0..3 within a quad of columns)
//   Q8       64       1088   2 x 16 f16 scales; 16 quads of 64 bytes [l][i], value + 128
//   Q4       64       576    2 x 16 f16 scales; 8 x 64 bytes: quad j in the low, quad j+4 of the same 32 columns in the high nibble, value + 8
//   Q5       64       704    like Q4, then 2 x 64 bytes whose bit j is the fifth bit of quad j, value + 16
//   Q4K      256      2368   16 f16 scales of scales, 16 of minima; 8 x 16 scales, 8 x 16 minima (one byte each); 8 x 256 bytes as in Q4, value as it is
//   Q6K      256      3392   16 f16 scales, 32 bytes unused; 16 x 16 signed scales of 16 columns; 8 x (2 x 64 bytes: two more bits of quads 0-3, 4-7; 256 as in Q4)
//   Q16      64       2112   32 pairs of columns of 64 bytes [l][i], int16 from -16383 to 16383; 16 float scales
//   F32      1        64     16 floats
//   F16,BF16 1        32     16 halves
// Kernels read a group's bytes in ascending order: one that looks back, be it by a line, halves what the processor's prefetching yields.
typedef enum { CK_Q8 = 0, CK_Q4 = 1, CK_Q5 = 2, CK_Q4K = 3, CK_Q6K = 4, CK_Q16 = 5, CK_F32 = 6, CK_F16 = 7, CK_BF16 = 8 } ck_format;

// Columns and bytes of a pack.
int ck_pack_columns(ck_format format);
int ck_pack_bytes(ck_format format);

// Packs up to 16 rows of a matrix in ggml's block layout into one group. `source` is the first row, rows are `source_stride` bytes apart; missing rows (rows < 16) become
// zeros. ggml types: Q8_0 to Q8, Q4_0 to Q4, Q5_0 to Q5, Q4_K to Q4K, Q6_K to Q6K, F32, F16, BF16 to themselves.
void ck_pack_group(ck_format format, const uint8_t *source, size_t source_stride, int rows, int columns, uint8_t *group);
// Quantizes up to 16 rows of F32, F16 or BF16 (`source_format`), `source_stride` bytes apart, and packs them: to Q8 (scale = largest magnitude of a block / 127) or to Q16
// (/ 16383, so that a weight is off by at most 2^-15 of its block's largest).
void ck_quantize_group(ck_format format, ck_format source_format, const uint8_t *source, size_t source_stride, int rows, int columns, uint8_t *group);

// ---- Activations ----
// Columns of activations are quantized by blocks of 32 to int8, and stored in tiles of CK_TILE tokens (the last tile may be narrower): for tile t of width c and block b,
// quads[((t * CK_TILE * blocks) + b * c + token) * 8 + quad], and one scale, three negative sums and the scale times the sum of all a token and block.
// For all but Q8 a block's scale is a power of two, so that one multiplication less stands in the loop: a value keeps 7 to 8 bits. `scales` holds its exponent e in place of a
// float, as a float's bits have it: e * 2^23.
// For Q16 they are int16 from -4095 to 4095: 16 words of two values a block instead of 8 of four, and no sums. A block's sum of products then fits 32 bits: 32 * 16383 * 4095 < 2^31.
// The set that quantizes and the one that multiplies must be the same: with AVX2 Q8's values are int16 too, and sums and scales of the other formats are as products_avx2.inc needs them.
#define CK_TILE 6
typedef struct {
    int32_t tokens, blocks;
    int32_t *quads;  // tokens * blocks * ck_activation_bytes / 4
    float *scales;   // tokens * blocks; for all but Q8 the exponents' fields
    int32_t *sums;   // tokens * blocks * 3: minus the sum of the first 16 values times 32, the same of the second 16, and minus the sum of all, times 16; for Q8 the last alone, times 128
    float *offsets;  // tokens * blocks: minus the scale times the sum of all, for Q4K
} ck_activations;

// Bytes of a block's values for products with `format`, with the set in use.
int ck_activation_bytes(ck_format format);
// Quantizes `count` blocks of 32 floats of one token into their places, from block `first` on.
void ck_quantize_token(const float *values, int token, int first, int count, const ck_activations *activations);
// The same for Q4K and Q6K, and for Q16.
void ck_quantize_token_shifted(const float *values, int token, int first, int count, const ck_activations *activations);
void ck_quantize_token_wide(const float *values, int token, int first, int count, const ck_activations *activations);

// ---- Products ----
// out[token * out_stride + row] = weights * activations for row groups [group_begin, group_end) and tokens [token_begin, token_end), which are counted from the first in `out`;
// `token_begin` is a multiple of CK_TILE, and `token_end` too unless it is the last. Every output of a group is written, also of missing rows.
void ck_multiply(
    ck_format format, const uint8_t *weights, size_t group_bytes, int group_begin, int group_end, int token_begin, int token_end, const ck_activations *activations, float *out,
    size_t out_stride);
// The same over float activations of `columns` values, `x_stride` apart; formats F32, F16, BF16.
void ck_multiply_dense(
    ck_format format, const uint8_t *weights, size_t group_bytes, int group_begin, int group_end, const float *x, size_t x_stride, int tokens, int columns, float *out,
    size_t out_stride);

// ---- Attention ----
// Keys and values live in pages of CK_PAGE tokens. A page of one head holds keys as [token / 16][element][token % 16] and values as [token][element]: f16, or int8 with float
// scales behind them. Keys have one scale for each 32 elements of a token ([element / 32][token]), because some elements of trained keys are far larger than the others; values
// have one a token.
#define CK_PAGE 64
#define CK_QUERIES 6
typedef enum { CK_KV_F16 = 0, CK_KV_Q8 = 1 } ck_kv_format;
typedef struct {
    const float *query;  // head_dim values
    float *out;          // head_dim values
    int32_t begin, end;  // keys that this query sees
} ck_query;
// One head of a sequence: page p begins at keys + table[p] * key_stride and values + table[p] * value_stride. Strides count bytes.
typedef struct {
    ck_kv_format format;
    int32_t head_dim;
    const uint8_t *keys, *values;
    size_t key_stride, value_stride;
    const int32_t *table;
} ck_pages;

// Bytes of the keys and of the values of one page of one head.
size_t ck_key_page_bytes(ck_kv_format format, int head_dim);
size_t ck_value_page_bytes(ck_kv_format format, int head_dim);
// Writes one token's key and value of one head into their page. `slot` is the token's place in the page.
void ck_store_key(ck_kv_format format, const float *key, int head_dim, uint8_t *page, int slot);
void ck_store_value(ck_kv_format format, const float *value, int head_dim, uint8_t *page, int slot);
// softmax(scale * query . keys) * values for up to CK_QUERIES queries over one head.
// `scratch` holds CK_QUERIES * (the largest end rounded up to CK_PAGE) floats.
void ck_attend(const ck_query *queries, int count, const ck_pages *pages, float scale, float *scratch);

// ---- Float matrices, for training ----
// A matrix of floats whose rows and columns lie any distance apart: a transposed one is the same values with the strides exchanged.
typedef struct {
    const float *values;
    size_t row_stride, column_stride;
} ck_matrix;
#define CK_GEMM_COLUMNS 32
// Rows that one call of ck_gemm takes at most, and the floats of scratch memory that it needs for them.
#define CK_GEMM_ROWS 48
#define CK_GEMM_SCRATCH (CK_GEMM_ROWS * 256)
// Packs panels [panel_begin, panel_end) of CK_GEMM_COLUMNS columns of a k x n matrix; `packed` has room for k floats for each of their columns, of all panels.
void ck_gemm_pack(const ck_matrix *b, int k, int n, int panel_begin, int panel_end, float *packed);
// c[row][0 ..< n] = (or +=, if `is_added`) a[row] * b for rows [row_begin, row_end), with b packed.
void ck_gemm(const ck_matrix *a, int row_begin, int row_end, int k, const float *packed, int n, float *c, size_t c_stride, int is_added, float *scratch);

// out[i] = function(x[i]); `out` may be `x`.
typedef enum { CK_EXP, CK_LOG, CK_SQRT, CK_TANH, CK_SIGMOID, CK_RELU, CK_GELU, CK_SILU, CK_NEGATE, CK_RECIPROCAL } ck_unary;
void ck_apply_unary(ck_unary function, const float *x, float *out, size_t n);
// out[i] = function(a[i * a_step], b[i * b_step]) with steps of 0 or 1; `out` may be an operand whose step is 1.
typedef enum {
    CK_ADD, CK_SUBTRACT, CK_MULTIPLY, CK_DIVIDE, CK_MAXIMUM,
    CK_TANH_SLOPE, CK_SIGMOID_SLOPE, CK_RELU_SLOPE, CK_GELU_SLOPE, CK_SILU_SLOPE, CK_SQRT_SLOPE
} ck_binary;
void ck_apply_binary(ck_binary function, const float *a, int a_step, const float *b, int b_step, float *out, size_t n);

// A step of Adam: value = scale g; m' = beta1 m + (1 - beta1) value; s' = beta2 s + (1 - beta2) value^2; w' = kept w - rate m' / (correction sqrt(s') + epsilon).
// `rate` and `correction` hold the division by what the means have seen, `kept` what weight decay leaves. Results may be their operands.
typedef struct {
    float scale, beta1, beta2, epsilon, rate, correction, kept;
} ck_adam;
void ck_adam_step(
    const ck_adam *adam, const float *w, const float *g, const float *m, const float *s, float *next_w, float *next_m, float *next_s, size_t n);

// ---- Elementwise ----
float ck_dot(const float *a, const float *b, int n);
void ck_add(float *x, const float *y, int n);                       // x += y
void ck_scale(float *x, float factor, int n);                       // x *= factor
void ck_multiply_add(float *x, const float *y, float factor, int n);  // x += factor * y
void ck_rms_norm(const float *x, const float *weight, float *out, int n, float epsilon);
void ck_layer_norm(const float *x, const float *weight, const float *bias, float *out, int n, float epsilon);
void ck_softmax(float *x, int n);
void ck_silu_multiply(float *gate, const float *up, int n);  // gate = silu(gate) * up
void ck_gelu_multiply(float *gate, const float *up, int n);  // gate = gelu_tanh(gate) * up
void ck_gelu_erf(float *x, int n);                           // x = gelu(x), by erf
// Rotates pairs of a head by cosines and sines of `pairs` angles: (x[i], x[i + pairs]), or (x[2i], x[2i+1]) when interleaved.
void ck_rope(float *head, const float *cosines, const float *sines, int pairs, int interleaved);
void ck_to_half(const float *x, uint16_t *out, int n);
void ck_from_half(const uint16_t *x, float *out, int n);
float ck_to_bytes(const float *x, int8_t *out, int n);  // x = out * the returned scale, rounded; the largest magnitude becomes 127

// ---- Chains of tags ----
// The tables of a linear-chain field. `stride` is `tags` rounded up to a multiple of 16; beyond `tags` stand zeros in the first four and numbers far below zero in the others.
typedef struct {
    int32_t tags, stride;
    const float *edges;        // [tags][stride], e^(score of tag j after tag i)
    const float *turned;       // [tags][stride], the transpose
    const float *starts, *ends;  // [stride], exponentials
    const float *transitions;  // [tags][stride], the scores themselves
    const float *first, *last;   // [stride]
} ck_chain;
// ln of the sum over all paths of `places` places, for scores [places][tags]. marginals[place][tag] becomes p(tag at place); to pairs[i][j], [tags][stride], the expected times that j follows i are added,
// divided by edges[i][j]. `room` holds 2 * places * stride + 2 * stride + places floats. Returns no finite number when a sum leaves the range of floats.
double ck_chain_sums(const ck_chain *chain, const float *scores, int places, float *marginals, float *pairs, float *room);
// The best path; of equal ones that with the smaller tags. `room` holds 2 * stride + places * stride / 2 floats. Up to 65,535 tags.
void ck_chain_best(const ck_chain *chain, const float *scores, int places, int32_t *path, float *room);

// ---- Simple recurrences ----
// h = a + f (h' - a), y = h s (or y += h s), row by row from zero on; rows lie `step` floats apart, negative to walk from the end.
typedef struct {
    const float *a;       // the first row that is walked
    const float *f, *s;   // gates
    float *h;             // states; NULL when nobody needs them
    float *y;
    ptrdiff_t a_step, gate_step, h_step, y_step;
    ptrdiff_t part;       // from the gradient of a to that of f's operand, and on to that of s's
    int32_t rows, channels, is_added;
} ck_recurrence;
void ck_recur(const ck_recurrence *recurrence);
// Gradients of a and of both sigmoids' operands, from that of y (rows `y_step` apart); `back` has rows `a_step` apart and begins with the first row that was walked.
void ck_recur_back(const ck_recurrence *recurrence, const float *gradient, float *back);

// ---- Threads ----
// A pool of `width - 1` threads beside the caller. Waiting threads spin for some microseconds, then sleep.
typedef struct ck_pool ck_pool;
typedef void (*ck_job)(void *context, int worker);
ck_pool *ck_pool_create(int width);
void ck_pool_destroy(ck_pool *pool);
// Calls job(context, 0 … width - 1), one call a thread, and returns when all have returned. One caller at a time.
void ck_pool_run(ck_pool *pool, ck_job job, void *context);

// ---- Reading text ----
// Passes over bytes that find where a detector has to look.
typedef struct { uint32_t start, end; } ck_span;
// ASCII words (letters and digits) that hold a digit. `out` has room for n / 2 + 1.
size_t ck_find_words(const uint8_t *text, size_t n, ck_span *out);
// Runs of letters, digits and + / = - _ of at least `least` bytes: what may be base64 or hexadecimal.
size_t ck_find_runs(const uint8_t *text, size_t n, size_t least, ck_span *out, size_t room);

#define CK_LITERAL_FILTER_BITS 18
#define CK_LITERAL_START_BITS 17
#define CK_LITERAL_FOLDED 1  // in any case of ASCII letters; stored in lower case
#define CK_LITERAL_WORD 2    // where it begins or ends with an ASCII letter, a word (or a hump of camel case) begins or ends there
typedef struct { uint32_t offset, length, flags, id; int32_t next; } ck_literal;
typedef struct { uint32_t tag; int32_t first; } ck_literal_slot;
typedef struct {
    const uint64_t *filter;     // CK_LITERAL_FILTER_BITS bits, in which each hash that occurs is noted
    const ck_literal_slot *slots;  // by linear probing from bits 40 on of a hash, whose upper half is the tag; `first` is -1 in a free one
    uint32_t slot_mask;
    const ck_literal *entries;
    const uint8_t *bytes;       // all literals, one after another, and eight bytes more
    const uint8_t *begins;      // 1 for each of 256 bytes that a literal begins with; 0 for blanks and bytes within a scalar
    const uint64_t *starts;     // 1 << CK_LITERAL_START_BITS bits, in which the first bytes that occur are noted
    const uint8_t *always;      // 1 for each of 256 first bytes after which `starts` says nothing
    const uint8_t *others;      // for each lower half of a byte of ASCII that is no letter, bits for the upper halves with which literals begin
} ck_literals;
typedef struct { uint32_t start, length, id; } ck_hit;
uint64_t ck_literal_hash(const uint8_t *bytes, uint32_t length);
// Notes a literal in `filter`, `starts` and `always` of a set.
void ck_literal_note(uint64_t *filter, uint64_t *starts, uint8_t *always, const uint8_t *bytes, uint32_t length);
#define CK_LITERAL_PLACE_MAX 64
// Every place of every literal from `from` on, by places; of one place in no order and at most 64. Stops when `out` has less room than that; `*seen` is where to go on.
size_t ck_find_literals(const uint8_t *text, size_t n, size_t from, const ck_literals *set, ck_hit *out, size_t room, size_t *seen);

// Steps of a table of states over text[*place] on, until `limit` or a step that is unknown (negative) or dead (0). A state is where its row begins in the table; a step into one that matches
// has the bit CK_WALK_MATCH and is noted in `stops`, of steps in a row to one state the last only. Returns the state in the upper half and in the lower the step that was not taken:
// CK_WALK_END at `limit`, one with CK_WALK_MATCH when there is no more room to note it. *place is its byte.
#define CK_WALK_MATCH 0x20000000
#define CK_WALK_END 0x7FFFFFFF
#define CK_STOP_MAX 32
typedef struct { int32_t state; uint32_t place; } ck_stop;
int64_t ck_walk(const int32_t *table, const uint8_t *classes, const uint8_t *text, size_t limit, int32_t state, size_t *place, ck_stop *stops, size_t *stop_count);

// Walks of one table from many places: from places[*done] on, until all are done, one meets a step that is not known, or `out` has less room than CK_STOP_MAX. Each begins in the state of
// the four of `starts` for its kind that `borders` names for the byte before it (or in the first of them at the start of the text) and reaches at most `reach` bytes; after the last byte of the text comes a step with class `end_class`.
// A place behind the text, or of a kind that there is none of, is passed over.
// Notes what ck_walk notes, with the number of the place. *is_known is 0 when the walk of places[*done] needs a step that is not known or more stops than CK_STOP_MAX; nothing of it is noted then.
typedef struct { uint32_t at, kind; } ck_place;
typedef struct { uint32_t item; int32_t state; uint32_t end; } ck_item_stop;
typedef struct { const int32_t *table, *starts; const uint8_t *classes, *borders; int32_t end_class; uint32_t kind_count; } ck_walker;
size_t ck_walk_all(
    const ck_walker *walker, const uint8_t *text, size_t n, size_t reach, const ck_place *places, size_t count, size_t *done, ck_item_stop *out, size_t room, int *is_known);

typedef enum { CK_FOLD_NONE, CK_FOLD_WEAK, CK_FOLD_STRONG, CK_FOLD_NUMERAL } ck_fold;
typedef enum { CK_MARK_AT, CK_MARK_PERCENT, CK_MARK_ENTITY, CK_MARK_ESCAPE, CK_MARK_FOLD, CK_MARK_NUMERALS } ck_mark_kind;
typedef struct { uint32_t at; uint32_t kind; } ck_mark;
// Where a decoder may have work: @, escapes, scalars that stand for others. `kinds` is a ck_fold for each of 65,536 scalars: strong ones count always, weak ones beside an ASCII letter or digit,
// numerals as the sixth of a run. `blocks` is 1 for each 64 of those scalars among which one counts. One mark of folding for 64 bytes. `out` has room for n + 8.
size_t ck_find_marks(const uint8_t *text, size_t n, const uint8_t *kinds, const uint8_t *blocks, ck_mark *out);

// The values of those of `n` ranges that hold a byte, in order. `out` has room for n.
size_t ck_select(const uint8_t *lows, const uint8_t *highs, const int32_t *values, size_t n, uint8_t byte, int32_t *out);

// Whether bytes are UTF-8 (Unicode 16, table 3-7: no surrogates, nothing longer than need be).
int ck_is_utf8(const uint8_t *text, size_t n);

// The kind of each word: 1 + ((2 * the set of its bytes + whether a letter begins it) * most + its length - 1) * 8 + the class of the byte behind it (0 at the end of the text); 0 for words longer
// than `most`. `parts` has the bit of each byte's part, `sets` the number of the set for each union of the five parts, and `followers` the class of each byte, below 8. `out` has room for `count`.
void ck_word_kinds(
    const uint8_t *text, size_t n, const ck_span *words, size_t count, const uint8_t *parts, const uint8_t *sets, const uint8_t *followers, size_t most, uint32_t *out);

// The first place of `count` bytes, at least one; -1 when there is none.
ptrdiff_t ck_find(const uint8_t *text, size_t n, const uint8_t *bytes, size_t count);
// Bytes that are no continuation of a scalar of UTF-8.
size_t ck_count_scalars(const uint8_t *text, size_t n);
// How often a byte stands in a text.
size_t ck_count_byte(const uint8_t *text, size_t n, uint8_t byte);

// ---- Memory ----
// `bytes` zeroed bytes at a multiple of 64, from 1 MiB on at one of 2 MiB and on huge pages where the system offers them; NULL when there is no room.
void *ck_allocate(size_t bytes);
void ck_release(void *memory, size_t bytes);
// Gives memory that the program has freed back to the system, where the library would keep it.
void ck_return_freed(void);
// From now on pieces of a mebibyte and more go back when they are freed: the library would hold on to what grows with the largest that it has seen. Smaller ones stay for the next.
void ck_return_freed_at_once(void);
// The yardsticks. 12 * 64 byte products `rounds` times on registers alone, as fast as one thread can: the limit of quantized products. What it returns means nothing.
int32_t ck_dot_peak(int rounds);
// Reads `bytes` bytes once, as fast as one thread can: the limit of decoding.
uint64_t ck_read_all(const void *memory, size_t bytes);
#endif
