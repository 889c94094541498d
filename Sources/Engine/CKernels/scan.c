// Reading of text for anchors: where words with digits are, where known literals begin, where bytes stand that may hide an identifier.
// One pass each over bytes; none allocates.
#include "table.h"
#if defined(__x86_64__)
#include <immintrin.h>
#endif

typedef struct { uint64_t alnum, digit, special, high; } masks;

static masks masks_plain(const uint8_t *p, size_t n) {
    masks m = {0, 0, 0, 0};
    for (size_t i = 0; i < n; i++) {
        const uint8_t b = p[i], l = b | 0x20;
        const uint64_t bit = (uint64_t)1 << i;
        if (b >= '0' && b <= '9') m.digit |= bit;
        if ((b >= '0' && b <= '9') || (l >= 'a' && l <= 'z' && b < 128)) m.alnum |= bit;
        if (b == '%' || b == '&' || b == '\\' || b == '@') m.special |= bit;
        if (b >= 128) m.high |= bit;
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
    masks m = {both(_mm256_or_si256(da, la), _mm256_or_si256(db, lb)), both(da, db), 0, both(a, b)};
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
    const ck_walker *walker, const uint8_t *text, size_t n, size_t reach, const uint32_t *places, size_t count, size_t *done, ck_item_stop *out, size_t room, int *is_known) {
    const int32_t *table = walker->table;
    size_t noted = 0, item = *done;
    *is_known = 1;
    for (; item < count && room - noted >= CK_STOP_MAX; item++) {
        const size_t start = places[item], limit = n - start < reach ? n : start + reach, mine = noted;
        int32_t state = walker->starts[start == 0 ? 0 : walker->borders[text[start - 1]]];
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

size_t ck_find_marks(const uint8_t *text, size_t n, const uint8_t *kinds, ck_mark *out) {
    const int wide = has_avx2();
    size_t count = 0, next = 0;
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
        if (m.high == 0) continue;
        size_t i = at + (size_t)__builtin_ctzll(m.high);
        const size_t end = n - at < 64 ? n : at + 64;
        if (i < next) i = next;
        // A mark for each kind and block is enough: what surrounds it is folded as a whole.
        int told = 0;
        while (i < end) {
            if (text[i] < 128) {
                i++;
                continue;
            }
            int length;
            const uint32_t c = scalar(text + i, n - i, &length);
            const uint8_t kind = c < 65536 ? kinds[c] : (c >= 0x1D400 && c < 0x1D800) || (c >= 0x1F100 && c < 0x1F190) ? CK_FOLD_STRONG : CK_FOLD_NONE;
            if (kind != CK_FOLD_NONE) {
                if (kind == CK_FOLD_STRONG && !told) {
                    out[count++] = (ck_mark){(uint32_t)i, CK_MARK_FOLD};
                    told = 1;
                } else if (kind == CK_FOLD_WEAK && !told && ((i > 0 && is_ascii_word(text[i - 1])) || (i + length < n && is_ascii_word(text[i + length])) || is_lone(text, n, i, c))) {
                    out[count++] = (ck_mark){(uint32_t)i, CK_MARK_FOLD};
                    told = 1;
                } else if (kind == CK_FOLD_NUMERAL) {
                    // Runs of numerals, with at most four bytes between two.
                    numerals = numerals > 0 && i - last_numeral_end <= 4 ? numerals + 1 : 1;
                    last_numeral_end = i + (size_t)length;
                    if (numerals == 6) out[count++] = (ck_mark){(uint32_t)i, CK_MARK_NUMERALS};
                }
            }
            i += (size_t)length;
        }
        next = i;
    }
    return count;
}

size_t ck_find_runs(const uint8_t *text, size_t n, size_t least, ck_span *out, size_t room) {
    static const uint8_t belongs[256] = {
        ['+'] = 1, ['/'] = 1, ['='] = 1, ['-'] = 1, ['_'] = 1, ['0'] = 1, ['1'] = 1, ['2'] = 1, ['3'] = 1, ['4'] = 1, ['5'] = 1, ['6'] = 1, ['7'] = 1, ['8'] = 1, ['9'] = 1,
        ['A'] = 1, ['B'] = 1, ['C'] = 1, ['D'] = 1, ['E'] = 1, ['F'] = 1, ['G'] = 1, ['H'] = 1, ['I'] = 1, ['J'] = 1, ['K'] = 1, ['L'] = 1, ['M'] = 1, ['N'] = 1, ['O'] = 1,
        ['P'] = 1, ['Q'] = 1, ['R'] = 1, ['S'] = 1, ['T'] = 1, ['U'] = 1, ['V'] = 1, ['W'] = 1, ['X'] = 1, ['Y'] = 1, ['Z'] = 1, ['a'] = 1, ['b'] = 1, ['c'] = 1, ['d'] = 1,
        ['e'] = 1, ['f'] = 1, ['g'] = 1, ['h'] = 1, ['i'] = 1, ['j'] = 1, ['k'] = 1, ['l'] = 1, ['m'] = 1, ['n'] = 1, ['o'] = 1, ['p'] = 1, ['q'] = 1, ['r'] = 1, ['s'] = 1,
        ['t'] = 1, ['u'] = 1, ['v'] = 1, ['w'] = 1, ['x'] = 1, ['y'] = 1, ['z'] = 1,
    };
    size_t count = 0;
    // Every run of at least `least` bytes covers a multiple of `least`: only those places are looked at first.
    for (size_t at = least - 1; at < n && count < room;) {
        if (!belongs[text[at]]) {
            at += least;
            continue;
        }
        size_t start = at, end = at + 1;
        while (start > 0 && belongs[text[start - 1]] && at - start < least) start--;
        while (end < n && belongs[text[end]]) end++;
        if (end - start >= least) out[count++] = (ck_span){(uint32_t)start, (uint32_t)end};
        at = end + least;
    }
    return count;
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
