// From ggml's block layouts to the packed groups of ckernels.h. Bytes are moved and re-arranged, never re-quantized: a packed weight is exactly the file's.
#include "include/ckernels.h"
#include <math.h>
#include <string.h>

int ck_pack_columns(ck_format format) {
    switch (format) {
        case CK_Q8: case CK_Q4: case CK_Q5: case CK_Q16: return 64;
        case CK_Q4K: case CK_Q6K: return 256;
        default: return 1;
    }
}
int ck_pack_bytes(ck_format format) {
    switch (format) {
        case CK_Q8: return 1088;
        case CK_Q4: return 576;
        case CK_Q5: return 704;
        case CK_Q4K: return 2368;
        case CK_Q6K: return 3392;
        case CK_Q16: return 2112;
        case CK_F32: return 64;
        default: return 32;
    }
}

// Quad j (0…7) of row l in a block of 4-bit pairs.
static inline void put_nibbles(uint8_t *block, int l, int j, const uint8_t *four) {
    uint8_t *out = block + (j & 3) * 64 + l * 4;
    for (int i = 0; i < 4; i++) out[i] |= (uint8_t)((four[i] & 15) << (j >= 4 ? 4 : 0));
}

// Block formats of 32 values: a scale (f16), then the values. ggml keeps value i in the low and i + 16 in the high nibble of byte i, which is quad i / 4 and i / 4 + 4.
static void pack_q8(const uint8_t *row, int l, int columns, uint8_t *group) {
    for (int b = 0; b < columns / 32; b++, row += 34) {
        uint8_t *pack = group + (size_t)(b / 2) * 1088;
        memcpy(pack + (b % 2) * 32 + l * 2, row, 2);
        uint8_t *q = pack + 64 + (b % 2) * 512 + l * 4;
        for (int j = 0; j < 8; j++) {
            uint32_t four;
            memcpy(&four, row + 2 + j * 4, 4);
            four ^= 0x80808080u;
            memcpy(q + j * 64, &four, 4);
        }
    }
}
static void pack_q4(const uint8_t *row, int l, int columns, uint8_t *group) {
    for (int b = 0; b < columns / 32; b++, row += 18) {
        uint8_t *pack = group + (size_t)(b / 2) * 576;
        memcpy(pack + (b % 2) * 32 + l * 2, row, 2);
        for (int j = 0; j < 4; j++) memcpy(pack + 64 + (b % 2) * 256 + j * 64 + l * 4, row + 2 + j * 4, 4);
    }
}
static void pack_q5(const uint8_t *row, int l, int columns, uint8_t *group) {
    for (int b = 0; b < columns / 32; b++, row += 22) {
        uint8_t *pack = group + (size_t)(b / 2) * 704;
        memcpy(pack + (b % 2) * 32 + l * 2, row, 2);
        uint32_t bits;
        memcpy(&bits, row + 2, 4);
        for (int j = 0; j < 4; j++) memcpy(pack + 64 + (b % 2) * 256 + j * 64 + l * 4, row + 6 + j * 4, 4);
        uint8_t *high = pack + 576 + (b % 2) * 64 + l * 4;
        for (int k = 0; k < 32; k++) high[k % 4] |= (uint8_t)(((bits >> k) & 1) << (k / 4));
    }
}
// 256 values: d, dmin (f16), 12 bytes of eight 6-bit scales and minima, 128 bytes; each 32 bytes hold two blocks, low nibbles and high nibbles.
static void pack_q4k(const uint8_t *row, int l, int columns, uint8_t *group) {
    for (int s = 0; s < columns / 256; s++, row += 144) {
        uint8_t *pack = group + (size_t)s * 2368;
        memcpy(pack + l * 2, row, 2);
        memcpy(pack + 32 + l * 2, row + 2, 2);
        const uint8_t *k = row + 4;
        for (int b = 0; b < 8; b++) {
            pack[64 + b * 16 + l] = b < 4 ? k[b] & 63 : (uint8_t)((k[b + 4] & 15) | ((k[b - 4] >> 6) << 4));
            pack[192 + b * 16 + l] = b < 4 ? k[b + 4] & 63 : (uint8_t)((k[b + 4] >> 4) | ((k[b] >> 6) << 4));
            const uint8_t *q = row + 16 + (b / 2) * 32;
            for (int j = 0; j < 8; j++) {
                uint8_t four[4];
                for (int i = 0; i < 4; i++) four[i] = b % 2 == 0 ? q[j * 4 + i] & 15 : q[j * 4 + i] >> 4;
                put_nibbles(pack + 320 + b * 256, l, j, four);
            }
        }
    }
}
// 256 values: 128 bytes of low nibbles, 64 bytes of high pairs of bits, 16 signed scales, d (f16); in halves of 128 values: value n + 32 h of a half has its low nibble in
// byte n + 32 (h % 2), low half for h < 2, and its high bits in byte n, shifted by 2 h.
static void pack_q6k(const uint8_t *row, int l, int columns, uint8_t *group) {
    for (int s = 0; s < columns / 256; s++, row += 210) {
        uint8_t *pack = group + (size_t)s * 3392;
        memcpy(pack + l * 2, row + 208, 2);
        for (int b = 0; b < 16; b++) pack[64 + b * 16 + l] = row[192 + b];
        for (int b = 0; b < 8; b++) {
            const uint8_t *low = row + (b / 4) * 64 + (b % 2) * 32, *high = row + 128 + (b / 4) * 32;
            for (int j = 0; j < 8; j++) {
                uint8_t four[4];
                uint8_t *bits = pack + 320 + b * 384 + (j / 4) * 64 + l * 4;
                for (int i = 0; i < 4; i++) {
                    const int n = j * 4 + i;
                    four[i] = b % 4 < 2 ? low[n] & 15 : low[n] >> 4;
                    bits[i] |= (uint8_t)(((high[n] >> (2 * (b % 4))) & 3) << (2 * (j % 4)));
                }
                put_nibbles(pack + 448 + b * 384, l, j, four);
            }
        }
    }
}

void ck_pack_group(ck_format format, const uint8_t *source, size_t source_stride, int rows, int columns, uint8_t *group) {
    const size_t bytes = (size_t)((columns + ck_pack_columns(format) - 1) / ck_pack_columns(format)) * ck_pack_bytes(format);
    memset(group, 0, bytes);
    for (int l = 0; l < rows; l++) {
        const uint8_t *row = source + (size_t)l * source_stride;
        switch (format) {
            case CK_Q8: pack_q8(row, l, columns, group); break;
            case CK_Q4: pack_q4(row, l, columns, group); break;
            case CK_Q5: pack_q5(row, l, columns, group); break;
            case CK_Q4K: pack_q4k(row, l, columns, group); break;
            case CK_Q6K: pack_q6k(row, l, columns, group); break;
            case CK_F32: for (int k = 0; k < columns; k++) memcpy(group + (size_t)k * 64 + l * 4, row + (size_t)k * 4, 4); break;
            default: for (int k = 0; k < columns; k++) memcpy(group + (size_t)k * 32 + l * 2, row + (size_t)k * 2, 2); break;
        }
    }
}

// The next `n` values of a row of F32, F16 or BF16.
static void load_values(ck_format format, const uint8_t *source, float *out, int n) {
    // One by one they are calls of the library, where the compiler may not use the processor's instruction for it.
    if (format == CK_F16) {
        uint16_t halves[64];
        memcpy(halves, source, (size_t)n * 2);
        ck_from_half(halves, out, n);
        return;
    }
    for (int i = 0; i < n; i++) {
        if (format == CK_BF16) {
            uint16_t half;
            memcpy(&half, source + i * 2, 2);
            const uint32_t bits = (uint32_t)half << 16;
            memcpy(out + i, &bits, 4);
        } else {
            memcpy(out + i, source + i * 4, 4);
        }
    }
}
// Block b of row l, as Q8 or as Q16.
static void put_q8(const float *values, float most, int b, int l, uint8_t *group) {
    const _Float16 scale = (_Float16)(most / 127.0f);
    const float inverse = (float)scale > 0 ? 1.0f / (float)scale : 0;
    uint8_t *pack = group + (size_t)(b / 2) * 1088;
    memcpy(pack + (b % 2) * 32 + l * 2, &scale, 2);
    for (int i = 0; i < 32; i++) {
        float q = roundf(values[i] * inverse);
        q = q > 127 ? 127 : q < -127 ? -127 : q;
        pack[64 + (b % 2) * 512 + (i / 4) * 64 + l * 4 + i % 4] = (uint8_t)((int)q + 128);
    }
}
static void put_q16(const float *values, float most, int b, int l, uint8_t *group) {
    const float scale = most / 16383.0f, inverse = scale > 0 ? 16383.0f / most : 0;
    uint8_t *pack = group + (size_t)b * 2112;
    memcpy(pack + 2048 + l * 4, &scale, 4);
    for (int i = 0; i < 64; i++) {
        // The nearest integer: beside 1.5 * 2^23 a float has no fraction.
        float q = values[i] * inverse + 12582912.0f;
        q -= 12582912.0f;
        q = q > 16383 ? 16383 : q < -16383 ? -16383 : q;
        const int16_t word = (int16_t)q;
        memcpy(pack + (i / 2) * 64 + l * 4 + (i % 2) * 2, &word, 2);
    }
}

void ck_quantize_group(ck_format format, ck_format source_format, const uint8_t *source, size_t source_stride, int rows, int columns, uint8_t *group) {
    memset(group, 0, (size_t)(columns / ck_pack_columns(format)) * ck_pack_bytes(format));
    const int block = format == CK_Q16 ? 64 : 32, value_bytes = source_format == CK_F32 ? 4 : 2;
    for (int l = 0; l < rows; l++) {
        const uint8_t *row = source + (size_t)l * source_stride;
        for (int b = 0; b < columns / block; b++, row += block * value_bytes) {
            float values[64], most = 0;
            load_values(source_format, row, values, block);
            // Infinities and NaN have no place on a scale of integers: the block's largest finite value sets it, and they become zero.
            for (int i = 0; i < block; i++) {
                if (!(fabsf(values[i]) <= 3.4e38f)) values[i] = 0;
                most = fabsf(values[i]) > most ? fabsf(values[i]) : most;
            }
            if (format == CK_Q8) put_q8(values, most, b, l, group);
            else put_q16(values, most, b, l, group);
        }
    }
}
