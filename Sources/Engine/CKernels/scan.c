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

static inline int is_lower(uint8_t b) { return b >= 'a' && b <= 'z'; }
static inline int is_upper(uint8_t b) { return b >= 'A' && b <= 'Z'; }
static inline int is_letter(uint8_t b) { return is_lower(b | 0x20) && b < 128; }

// A word begins at a letter after no letter, or at a hump (userPhone); it ends likewise.
static inline int is_word_start(const uint8_t *text, size_t i) {
    return i == 0 || !is_letter(text[i - 1]) || (is_lower(text[i - 1]) && is_upper(text[i]));
}
static inline int is_word_end(const uint8_t *text, size_t n, size_t end) {
    return end >= n || !is_letter(text[end]) || (is_lower(text[end - 1]) && is_upper(text[end]));
}

static inline int matches(const uint8_t *text, size_t n, size_t i, const ck_literal *l, const uint8_t *bytes) {
    if (n - i < l->length) return 0;
    const uint8_t *w = bytes + l->offset;
    if (l->flags & CK_LITERAL_FOLDED) {
        for (uint32_t k = 0; k < l->length; k++) {
            const uint8_t b = text[i + k];
            if ((is_upper(b) ? b | 0x20 : b) != w[k]) return 0;
        }
    } else if (memcmp(text + i, w, l->length) != 0) {
        return 0;
    }
    if ((l->flags & CK_LITERAL_WORD) && is_letter(w[0]) && !is_word_start(text, i)) return 0;
    return !(l->flags & CK_LITERAL_WORD) || !is_letter(w[l->length - 1]) || is_word_end(text, n, i + l->length);
}

// Literals of six bytes and more are hashed by six, shorter ones by what they have up to four, with their length.
static const uint64_t folds = 0x2020202020202020u;
static inline uint64_t hash_of(uint64_t bytes, uint32_t length) {
    const uint32_t used = length >= 6 ? 6 : length >= 4 ? 4 : length;
    return (((bytes | folds) & (((uint64_t)1 << (8 * used)) - 1)) | (uint64_t)used << 56) * 0x9E3779B97F4A7C15u;
}

uint64_t ck_literal_hash(const uint8_t *bytes, uint32_t length) {
    uint64_t text = 0;
    memcpy(&text, bytes, length < 8 ? length : 8);
    return hash_of(text, length);
}

// The first entry of a hash; the slots are few enough for the second cache, and most hashes that the filter lets pass by chance end here.
static inline int32_t entry_of(const ck_literals *set, uint64_t h) {
    const uint32_t filter = (uint32_t)(h >> (64 - CK_LITERAL_FILTER_BITS));
    if (!(set->filter[filter >> 6] >> (filter & 63) & 1)) return -1;
    for (uint32_t slot = (uint32_t)(h >> 20) & set->slot_mask;; slot = (slot + 1) & set->slot_mask) {
        if (set->slots[slot].first < 0) return -1;
        if (set->slots[slot].tag == (uint32_t)h) return set->slots[slot].first;
    }
}

size_t ck_find_literals(const uint8_t *text, size_t n, size_t from, const ck_literals *set, ck_hit *out, size_t room, size_t *seen) {
    size_t count = 0;
    for (size_t i = from; i < n; i++) {
        const uint8_t b = text[i];
        // Nothing begins with a blank, within a scalar or within a word.
        if (b <= 32 || (b >= 0x80 && b < 0xC0)) continue;
        const int letter = is_letter(b);
        if (letter && !is_word_start(text, i)) continue;
        if (count + CK_LITERAL_PLACE_MAX > room) {
            *seen = i;
            return count;
        }
        const size_t most = count + CK_LITERAL_PLACE_MAX;
        uint64_t key = 0;
        if (n - i >= 8)
            memcpy(&key, text + i, 8);
        else
            memcpy(&key, text + i, n - i);
        int32_t first[4] = {entry_of(set, hash_of(key, 6)), -1, -1, -1};
        if (b < 0x80) {
            first[1] = entry_of(set, hash_of(key, 4));
            if (letter && set->has_short) {
                // A short word ends with itself: only one of the two lengths can be a word here.
                if (!is_letter((uint8_t)(key >> 16)) || is_upper((uint8_t)(key >> 16))) first[2] = entry_of(set, hash_of(key, 2));
                if (!is_letter((uint8_t)(key >> 24)) || is_upper((uint8_t)(key >> 24))) first[3] = entry_of(set, hash_of(key, 3));
            }
        } else if (set->has_short_other) {
            first[1] = entry_of(set, hash_of(key, 4));
        }
        for (int t = 0; t < 4; t++) {
            for (int32_t entry = first[t]; entry >= 0; entry = set->entries[entry].next) {
                const ck_literal *l = &set->entries[entry];
                if (matches(text, n, i, l, set->bytes) && count < most) out[count++] = (ck_hit){(uint32_t)i, l->length, l->id};
            }
        }
    }
    *seen = n;
    return count;
}

int64_t ck_walk(const int32_t *table, size_t stride, const uint8_t *classes, const uint8_t *text, size_t limit, size_t *place, int32_t state) {
    size_t i = *place;
    for (; i < limit; i++) {
        const int32_t next = table[(size_t)state * stride + classes[text[i]]];
        if (next <= 0 || next & CK_WALK_MATCH) {
            *place = i;
            return (int64_t)state << 32 | (uint32_t)next;
        }
        state = next;
    }
    *place = i;
    return (int64_t)state << 32 | (uint32_t)CK_WALK_END;
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
                } else if (kind == CK_FOLD_WEAK && !told && ((i > 0 && is_ascii_word(text[i - 1])) || (i + length < n && is_ascii_word(text[i + length])))) {
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
    size_t count = 0;
    for (size_t i = 0; i < n; i++) count += (text[i] & 0xC0) != 0x80;
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
