// Reading of text for anchors: where words with digits are, where known literals begin, where bytes stand that may hide an identifier.
// One pass each over bytes; none allocates.
#include "table.h"
#if defined(__x86_64__)
#include <immintrin.h>
#endif

// `lead`: bytes from 0xC0 on, which begin a scalar of more than one byte, or none.
typedef struct { uint64_t alnum, digit, special, lead; } masks;

static masks masks_plain(const uint8_t *p, size_t n) {
    masks m = {0, 0, 0, 0};
    for (size_t i = 0; i < n; i++) {
        const uint8_t b = p[i], l = b | 0x20;
        const uint64_t bit = (uint64_t)1 << i;
        if (b >= '0' && b <= '9') m.digit |= bit;
        if ((b >= '0' && b <= '9') || (l >= 'a' && l <= 'z' && b < 128)) m.alnum |= bit;
        if (b == '%' || b == '&' || b == '\\' || b == '@') m.special |= bit;
        if (b >= 0xC0) m.lead |= bit;
    }
    return m;
}

#if defined(__x86_64__)
static inline __attribute__((always_inline, target("avx2"))) uint64_t both(__m256i a, __m256i b) {
    return (uint32_t)_mm256_movemask_epi8(a) | (uint64_t)(uint32_t)_mm256_movemask_epi8(b) << 32;
}
// Whether low <= v <= high, for bytes below 128; greater ones are negative and never are.
static inline __attribute__((always_inline, target("avx2"))) __m256i within(__m256i v, char low, char high) {
    return _mm256_and_si256(_mm256_cmpgt_epi8(v, _mm256_set1_epi8((char)(low - 1))), _mm256_cmpgt_epi8(_mm256_set1_epi8((char)(high + 1)), v));
}
static __attribute__((target("avx2"))) masks masks_avx2(const uint8_t *p) {
    const __m256i a = _mm256_loadu_si256((const __m256i *)p), b = _mm256_loadu_si256((const __m256i *)(p + 32)), fold = _mm256_set1_epi8(0x20);
    const __m256i da = within(a, '0', '9'), db = within(b, '0', '9');
    const __m256i la = within(_mm256_or_si256(a, fold), 'a', 'z'), lb = within(_mm256_or_si256(b, fold), 'a', 'z');
    // From 0xC0 on: as signed numbers -64...-1.
    const __m256i below = _mm256_set1_epi8(-65);
    const uint64_t lead = both(_mm256_and_si256(a, _mm256_cmpgt_epi8(a, below)), _mm256_and_si256(b, _mm256_cmpgt_epi8(b, below)));
    masks m = {both(_mm256_or_si256(da, la), _mm256_or_si256(db, lb)), both(da, db), 0, lead};
    for (int i = 0; i < 4; i++) {
        const __m256i c = _mm256_set1_epi8("%&\\@"[i]);
        m.special |= both(_mm256_cmpeq_epi8(a, c), _mm256_cmpeq_epi8(b, c));
    }
    return m;
}
#endif

static inline masks masks_at(const uint8_t *p, size_t n, int wide) {
#if defined(__x86_64__)
    if (wide && n >= 64) return masks_avx2(p);
#else
    (void)wide;
#endif
    return masks_plain(p, n < 64 ? n : 64);
}

static int has_avx2(void) {
    const ck_isa best = ck_best_isa();
    return best == CK_AVX2 || best == CK_AVX512;
}

size_t ck_find_words(const uint8_t *text, size_t n, ck_span *out) {
    const int wide = has_avx2();
    size_t count = 0, open = 0;
    int has_digit = 0, is_open = 0;
    for (size_t at = 0; at < n; at += 64) {
        const masks m = masks_at(text + at, n - at, wide);
        uint64_t digits = m.digit;
        if (is_open) {
            const int run = m.alnum == ~(uint64_t)0 ? 64 : __builtin_ctzll(~m.alnum);
            const uint64_t mine = run == 64 ? ~(uint64_t)0 : ((uint64_t)1 << run) - 1;
            has_digit |= (digits & mine) != 0;
            digits &= ~mine;
            if (run == 64) continue;
            if (has_digit) out[count++] = (ck_span){(uint32_t)open, (uint32_t)(at + run)};
            is_open = 0;
        }
        while (digits) {
            const int d = __builtin_ctzll(digits);
            const uint64_t gaps = ~m.alnum & (((uint64_t)1 << d) - 1);
            const int start = gaps ? 64 - __builtin_clzll(gaps) : 0;
            const uint64_t rest = ~m.alnum >> d;
            if (rest == 0) {
                is_open = has_digit = 1;
                open = at + start;
                break;
            }
            const int end = d + __builtin_ctzll(rest);
            out[count++] = (ck_span){(uint32_t)(at + start), (uint32_t)(at + end)};
            digits &= ~(((uint64_t)1 << end) - 1);
        }
        if (!is_open && (m.alnum >> 63)) {
            const uint64_t gaps = ~m.alnum;
            is_open = 1;
            has_digit = 0;
            open = at + (gaps ? 64 - __builtin_clzll(gaps) : 0);
        }
    }
    if (is_open && has_digit) out[count++] = (ck_span){(uint32_t)open, (uint32_t)n};
    return count;
}

#if defined(__x86_64__)
// Bits for those of 32 ranges that hold a byte.
static __attribute__((target("avx2"))) uint32_t within_avx2(const uint8_t *lows, const uint8_t *highs, uint8_t byte) {
    const __m256i low = _mm256_loadu_si256((const __m256i *)lows), high = _mm256_loadu_si256((const __m256i *)highs), v = _mm256_set1_epi8((char)byte);
    return (uint32_t)_mm256_movemask_epi8(_mm256_and_si256(_mm256_cmpeq_epi8(_mm256_max_epu8(low, v), v), _mm256_cmpeq_epi8(_mm256_min_epu8(high, v), v)));
}
#endif

static inline int is_letter(uint8_t b) { return (uint8_t)((b | 0x20) - 'a') < 26; }

int64_t ck_walk(const int32_t *table, const uint8_t *classes, const uint8_t *text, size_t limit, int32_t state, size_t *place, ck_stop *stops, size_t *stop_count) {
    size_t i = *place, count = 0;
    int32_t next = CK_WALK_END;
    for (; i < limit; i++) {
        next = table[state + classes[text[i]]];
        if (next <= 0) break;
        if (next & CK_WALK_MATCH) {
            // In one state the same patterns match: the farthest place is enough.
            if (count == 0 || stops[count - 1].state != (next & ~CK_WALK_MATCH)) {
                if (count == CK_STOP_MAX) break;
                stops[count++].state = next & ~CK_WALK_MATCH;
            }
            stops[count - 1].place = (uint32_t)i;
        }
        state = next & ~CK_WALK_MATCH;
        next = CK_WALK_END;
    }
    *place = i;
    *stop_count = count;
    return (int64_t)state << 32 | (uint32_t)next;
}

size_t ck_walk_all(
    const ck_walker *walker, const uint8_t *text, size_t n, size_t reach, const ck_place *places, size_t count, size_t *done, ck_item_stop *out, size_t room, int *is_known) {
    const int32_t *table = walker->table;
    size_t noted = 0, item = *done;
    *is_known = 1;
    for (; item < count && room - noted >= CK_STOP_MAX; item++) {
        if (places[item].at > n || places[item].kind >= walker->kind_count) continue;
        const size_t start = places[item].at, limit = n - start < reach ? n : start + reach, mine = noted;
        int32_t state = walker->starts[4 * (size_t)places[item].kind + (start == 0 ? 0 : walker->borders[text[start - 1]])];
        if (state == 0) continue;
        int is_open = state < 0;
        // A match shows in the step after its last byte.
        for (size_t i = start; !is_open && i <= limit; i++) {
            const int32_t next = table[state + (i < n ? walker->classes[text[i]] : walker->end_class)];
            if (next == 0) break;
            is_open = next < 0;
            if (is_open) break;
            state = next & ~CK_WALK_MATCH;
            if (next == state) continue;
            if (noted == mine || out[noted - 1].state != state) {
                is_open = noted - mine == CK_STOP_MAX;
                if (is_open) break;
                out[noted++] = (ck_item_stop){(uint32_t)item, state, 0};
            }
            out[noted - 1].end = (uint32_t)i;
        }
        if (is_open) {
            noted = mine;
            *is_known = 0;
            break;
        }
    }
    *done = item;
    return noted;
}

static inline int is_hex(uint8_t b) { return (b >= '0' && b <= '9') || ((b | 0x20) >= 'a' && (b | 0x20) <= 'f'); }
static inline int is_ascii_word(uint8_t b) { return (b >= '0' && b <= '9') || is_letter(b); }

// A scalar of UTF-8 at `p`, its length in `*length`; bytes that begin none are taken one by one as 0xFFFD.
static inline uint32_t scalar(const uint8_t *p, size_t n, int *length) {
    const uint8_t b = p[0];
    if (b >= 0xE0 && b < 0xF0 && n >= 3 && (p[1] & 0xC0) == 0x80 && (p[2] & 0xC0) == 0x80) {
        *length = 3;
        return (uint32_t)(b & 15) << 12 | (uint32_t)(p[1] & 63) << 6 | (p[2] & 63);
    }
    if (b >= 0xC2 && b < 0xE0 && n >= 2 && (p[1] & 0xC0) == 0x80) {
        *length = 2;
        return (uint32_t)(b & 31) << 6 | (p[1] & 63);
    }
    if (b >= 0xF0 && b < 0xF5 && n >= 4 && (p[1] & 0xC0) == 0x80 && (p[2] & 0xC0) == 0x80 && (p[3] & 0xC0) == 0x80) {
        *length = 4;
        return (uint32_t)(b & 7) << 18 | (uint32_t)(p[1] & 63) << 12 | (uint32_t)(p[2] & 63) << 6 | (p[3] & 63);
    }
    *length = 1;
    return 0xFFFD;
}

// Whether a Greek or Cyrillic letter stands alone behind an ideograph (Unicode 4E00…9FFF): it is then a look-alike in a number that goes on behind a mark, not a word of its script.
static inline int is_lone(const uint8_t *text, size_t n, size_t i, uint32_t c) {
    if (c < 0x370 || c >= 0x530 || i < 3 || text[i - 3] < 0xE4 || text[i - 3] > 0xE9) return 0;
    return i + 2 >= n || text[i + 2] < 0xCD || text[i + 2] > 0xD4;
}

size_t ck_find_marks(const uint8_t *text, size_t n, const uint8_t *kinds, const uint8_t *blocks, ck_mark *out) {
    const int wide = has_avx2();
    size_t count = 0;
    int numerals = 0;
    size_t last_numeral_end = 0;
    for (size_t at = 0; at < n; at += 64) {
        const masks m = masks_at(text + at, n - at, wide);
        for (uint64_t rest = m.special; rest; rest &= rest - 1) {
            const size_t i = at + (size_t)__builtin_ctzll(rest);
            const uint8_t b = text[i];
            if (b == '@')
                out[count++] = (ck_mark){(uint32_t)i, CK_MARK_AT};
            else if (b == '%' && n - i > 2 && is_hex(text[i + 1]) && is_hex(text[i + 2]))
                out[count++] = (ck_mark){(uint32_t)i, CK_MARK_PERCENT};
            else if (b == '&' && n - i > 2 && (text[i + 1] == '#' || is_letter(text[i + 1])))
                out[count++] = (ck_mark){(uint32_t)i, CK_MARK_ENTITY};
            else if (b == '\\' && n - i > 3 && (text[i + 1] == 'u' || text[i + 1] == 'U' || text[i + 1] == 'x' || (text[i + 1] >= '0' && text[i + 1] <= '7')))
                out[count++] = (ck_mark){(uint32_t)i, CK_MARK_ESCAPE};
        }
        // A mark for each kind and block is enough: what surrounds it is folded as a whole.
        int told = 0;
        for (uint64_t leads = m.lead; leads; leads &= leads - 1) {
            const size_t i = at + (size_t)__builtin_ctzll(leads);
            // The upper bits of a scalar of two or three bytes, from its first two: most ideographs end here.
            const uint8_t b = text[i];
            const uint32_t block = b < 0xE0 ? b & 31u : (uint32_t)(b & 15) << 6 | (i + 1 < n ? text[i + 1] & 63u : 0);
            if (b < 0xF0 && !blocks[block]) continue;
            int length;
            const uint32_t c = scalar(text + i, n - i, &length);
            const uint8_t kind = c < 65536 ? kinds[c] : (c >= 0x1D400 && c < 0x1D800) || (c >= 0x1F100 && c < 0x1F190) ? CK_FOLD_STRONG : CK_FOLD_NONE;
            if (kind == CK_FOLD_STRONG && !told) {
                out[count++] = (ck_mark){(uint32_t)i, CK_MARK_FOLD};
                told = 1;
            } else if (kind == CK_FOLD_WEAK && !told && ((i > 0 && is_ascii_word(text[i - 1])) || (i + (size_t)length < n && is_ascii_word(text[i + (size_t)length])) || is_lone(text, n, i, c))) {
                out[count++] = (ck_mark){(uint32_t)i, CK_MARK_FOLD};
                told = 1;
            } else if (kind == CK_FOLD_NUMERAL) {
                // Runs of numerals, with at most four bytes between two.
                numerals = numerals > 0 && i - last_numeral_end <= 4 ? numerals + 1 : 1;
                last_numeral_end = i + (size_t)length;
                if (numerals == 6) out[count++] = (ck_mark){(uint32_t)i, CK_MARK_NUMERALS};
            }
        }
    }
    return count;
}

// Letters, digits and +/=-_: for each lower half of a byte the bits of the upper halves (of 0x20, 0x30 ... 0x70) with which it belongs.
static const uint8_t run_halves[16] = {0xA8, 0xF8, 0xF8, 0xF8, 0xF8, 0xF8, 0xF8, 0xF8, 0xF8, 0xF8, 0xF0, 0x54, 0x50, 0x5C, 0x50, 0x74};

static uint64_t runs_plain(const uint8_t *p, size_t n) {
    uint64_t runs = 0;
    for (size_t i = 0; i < n; i++) runs |= (uint64_t)(p[i] < 128 && run_halves[p[i] & 15] >> (p[i] >> 4) & 1) << i;
    return runs;
}

#if defined(__x86_64__)
static __attribute__((target("avx2"))) uint64_t runs_avx2(const uint8_t *p) {
    const __m256i table = _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)run_halves)), half = _mm256_set1_epi8(15), none = _mm256_setzero_si256();
    const __m256i bits = _mm256_setr_epi8(1, 2, 4, 8, 16, 32, 64, -128, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 64, -128, 0, 0, 0, 0, 0, 0, 0, 0);
    uint64_t out = 0;
    for (int k = 0; k < 64; k += 32) {
        const __m256i v = _mm256_loadu_si256((const __m256i *)(p + k));
        const __m256i mine = _mm256_and_si256(_mm256_shuffle_epi8(table, _mm256_and_si256(v, half)), _mm256_shuffle_epi8(bits, _mm256_and_si256(_mm256_srli_epi16(v, 4), half)));
        out |= (uint64_t)~(uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(mine, none)) << k;
    }
    return out;
}
#endif

size_t ck_find_runs(const uint8_t *text, size_t n, size_t least, ck_span *out, size_t room) {
    const int wide = has_avx2();
    size_t count = 0, open = 0;
    int is_open = 0;
    for (size_t at = 0; at < n && count < room; at += 64) {
        const size_t left = n - at < 64 ? n - at : 64;
        uint64_t m;
#if defined(__x86_64__)
        if (wide && left == 64)
            m = runs_avx2(text + at);
        else
#else
        (void)wide;
#endif
            m = runs_plain(text + at, left);
        if (is_open) {
            if (m == ~(uint64_t)0) continue;
            const int length = __builtin_ctzll(~m);
            if (at + (size_t)length - open >= least) out[count++] = (ck_span){(uint32_t)open, (uint32_t)(at + (size_t)length)};
            is_open = 0;
            m &= ~(uint64_t)0 << length;
        }
        const int tail = m == ~(uint64_t)0 ? 64 : __builtin_clzll(~m);
        if (tail > 0) {
            is_open = 1;
            open = at + 64 - (size_t)tail;
            m = tail == 64 ? 0 : m << tail >> tail;
        }
        // Bits from which at least `least` in a row are set; runs that a block holds have fewer than 64.
        uint64_t long_ones = least > 64 ? 0 : m;
        for (size_t length = 1; length < least && long_ones; length *= 2) long_ones &= long_ones >> (2 * length <= least ? length : least - length);
        while (long_ones && count < room) {
            const int start = __builtin_ctzll(long_ones), length = __builtin_ctzll(~(m >> start));
            out[count++] = (ck_span){(uint32_t)(at + (size_t)start), (uint32_t)(at + (size_t)(start + length))};
            long_ones &= ~(uint64_t)0 << (start + length);
        }
    }
    if (is_open && n - open >= least && count < room) out[count++] = (ck_span){(uint32_t)open, (uint32_t)n};
    return count;
}

size_t ck_select(const uint8_t *lows, const uint8_t *highs, const int32_t *values, size_t n, uint8_t byte, int32_t *out) {
    size_t count = 0, i = 0;
#if defined(__x86_64__)
    if (has_avx2()) {
        for (; n - i >= 32; i += 32) {
            for (uint32_t bits = within_avx2(lows + i, highs + i, byte); bits; bits &= bits - 1) out[count++] = values[i + (size_t)__builtin_ctz(bits)];
        }
    }
#endif
    for (; i < n; i++) {
        out[count] = values[i];
        count += lows[i] <= byte && byte <= highs[i];
    }
    return count;
}

int ck_is_utf8(const uint8_t *text, size_t n) {
    const uint64_t tops = 0x8080808080808080u;
    for (size_t i = 0; i < n;) {
        if (n - i >= 8) {
            uint64_t v;
            memcpy(&v, text + i, 8);
            if ((v & tops) == 0) {
                i += 8;
                continue;
            }
        }
        // Most scalars beyond ASCII have three bytes, and most first bytes of those ask nothing more of the second.
        if (n - i >= 4) {
            uint32_t v;
            memcpy(&v, text + i, 4);
            if ((v & 0xC0C0F0u) == 0x8080E0u && (uint8_t)v != 0xE0 && (uint8_t)v != 0xED) {
                i += 3;
                continue;
            }
        }
        const uint8_t b = text[i];
        if (b < 0x80) {
            i++;
            continue;
        }
        const size_t more = b >= 0xC2 && b < 0xE0 ? 1 : b >= 0xE0 && b < 0xF0 ? 2 : b >= 0xF0 && b < 0xF5 ? 3 : 0;
        if (more == 0 || n - i <= more) return 0;
        const uint8_t second = text[i + 1], least = b == 0xE0 ? 0xA0 : b == 0xF0 ? 0x90 : 0x80, greatest = b == 0xED ? 0x9F : b == 0xF4 ? 0x8F : 0xBF;
        if (second < least || second > greatest) return 0;
        for (size_t k = 2; k <= more; k++) {
            if ((text[i + k] & 0xC0) != 0x80) return 0;
        }
        i += more + 1;
    }
    return 1;
}

void ck_word_kinds(
    const uint8_t *text, size_t n, const ck_span *words, size_t count, const uint8_t *parts, const uint8_t *sets, const uint8_t *followers, size_t most, uint32_t *out) {
    for (size_t w = 0; w < count; w++) {
        const size_t start = words[w].start, length = words[w].end - start;
        if (length == 0 || length > most) {
            out[w] = 0;
            continue;
        }
        uint8_t all = 0;
        for (size_t k = 0; k < length; k++) all |= parts[text[start + k]];
        const size_t end = start + length, row = (2 * (size_t)sets[all & 31] + (text[start] >= 'A')) * most + length - 1;
        out[w] = (uint32_t)(1 + 8 * row + (end < n ? followers[text[end]] & 7 : 0));
    }
}

size_t ck_count_scalars(const uint8_t *text, size_t n) {
    const uint64_t ones = 0x0101010101010101u;
    size_t count = 0, i = 0;
    while (n - i >= 8) {
        // Each byte of `sums` counts at most 255 before they are added up.
        const size_t words = (n - i) / 8 < 255 ? (n - i) / 8 : 255;
        uint64_t sums = 0;
        for (size_t w = 0; w < words; w++, i += 8) {
            uint64_t v;
            memcpy(&v, text + i, 8);
            sums += (~(v >> 7) | v >> 6) & ones;
        }
        count += (size_t)(((sums & 0x00FF00FF00FF00FFu) + (sums >> 8 & 0x00FF00FF00FF00FFu)) * 0x0001000100010001u >> 48);
    }
    for (; i < n; i++) count += (text[i] & 0xC0) != 0x80;
    return count;
}

size_t ck_count_byte(const uint8_t *text, size_t n, uint8_t byte) {
    size_t count = 0;
    // Sums of 255 places fit into a byte: the inner loop runs in vectors.
    for (size_t at = 0; at < n; at += 255) {
        const size_t end = n - at < 255 ? n : at + 255;
        uint8_t sum = 0;
        for (size_t i = at; i < end; i++) sum += text[i] == byte;
        count += sum;
    }
    return count;
}

ptrdiff_t ck_find(const uint8_t *text, size_t n, const uint8_t *bytes, size_t count) {
    const uint8_t *at = text, *end = text + n;
    while (count <= (size_t)(end - at)) {
        at = memchr(at, bytes[0], (size_t)(end - at) - count + 1);
        if (at == 0) return -1;
        if (memcmp(at, bytes, count) == 0) return at - text;
        at++;
    }
    return -1;
}
