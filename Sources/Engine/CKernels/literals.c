// Known literals of a text: places where one can begin, a filter by hashes, then a comparison.
#include "table.h"
#if defined(__x86_64__)
#include <immintrin.h>
#endif

static inline int is_lower(uint8_t b) { return (uint8_t)(b - 'a') < 26; }
static inline int is_upper(uint8_t b) { return (uint8_t)(b - 'A') < 26; }
static inline int is_letter(uint8_t b) { return is_lower(b | 0x20); }

// A word begins at a letter after no letter, or at a hump (userPhone); it ends likewise.
static inline int is_word_start(const uint8_t *text, size_t i) {
    return i == 0 || !is_letter(text[i - 1]) || (is_lower(text[i - 1]) && is_upper(text[i]));
}
static inline int is_word_end(const uint8_t *text, size_t n, size_t end) {
    return end >= n || !is_letter(text[end]) || (is_lower(text[end - 1]) && is_upper(text[end]));
}

static inline uint64_t bytes_at(const uint8_t *p, size_t n) {
    uint64_t bytes = 0;
    if (n >= 8)
        memcpy(&bytes, p, 8);
    else
        memcpy(&bytes, p, n);
    return bytes;
}

static const uint64_t folds = 0x2020202020202020u;

// 0x20 where a byte is a letter of lower case.
static inline uint64_t lower_bits(uint64_t w) {
    const uint64_t low = w & ~(folds << 2), ones = folds >> 5;
    return ((low + ones * (128 - 'a')) & ~(low + ones * (127 - 'z')) & ~w & folds << 2) >> 2;
}

static int matches(const uint8_t *text, size_t n, size_t i, const ck_literal *l, const uint8_t *bytes) {
    if (n - i < l->length) return 0;
    const uint8_t *w = bytes + l->offset;
    for (uint32_t k = 0; k < l->length; k += 8) {
        const uint32_t left = l->length - k;
        const uint64_t mine = bytes_at(w + k, 8), used = left < 8 ? ((uint64_t)1 << 8 * left) - 1 : ~(uint64_t)0;
        const uint64_t folded = l->flags & CK_LITERAL_FOLDED ? lower_bits(mine) : 0;
        if (((bytes_at(text + i + k, n - i - k) | folded) ^ mine) & used) return 0;
    }
    if (!(l->flags & CK_LITERAL_WORD)) return 1;
    return (!is_letter(w[0]) || is_word_start(text, i)) && (!is_letter(w[l->length - 1]) || is_word_end(text, n, i + l->length));
}

// Literals are hashed by what they have up to eight, six, four, three or two bytes, with that number.
static inline uint64_t hash_of(uint64_t bytes, uint32_t length) {
    const uint32_t used = length >= 8 ? 8 : length >= 6 ? 6 : length >= 4 ? 4 : length;
    const uint64_t kept = used == 8 ? bytes | folds : (bytes | folds) & (((uint64_t)1 << (8 * used)) - 1);
    // Products take bits upwards only: the upper bytes must reach the lower half before.
    return (kept ^ kept >> 29 ^ (uint64_t)used << 56) * 0x9E3779B97F4A7C15u;
}

// What the first bytes of a literal are asked for by, letters of ASCII in any case: two scalars where there are two beyond ASCII, or four bytes; of one that begins with ASCII the letters that it
// begins with, up to four, or four bytes where it begins with none.
static inline uint32_t start_of(uint64_t bytes, uint32_t length) {
    const uint64_t folded = bytes | (~bytes >> 2 & folds);
    return (uint32_t)(((folded & (((uint64_t)1 << (8 * length)) - 1)) | (uint64_t)length << 56) * 0x9E3779B97F4A7C15u >> (64 - CK_LITERAL_START_BITS));
}
static inline int is_noted(const uint64_t *starts, uint32_t start) { return (int)(starts[start >> 6] >> (start & 63) & 1); }

// Of the first four bytes: the number of the start, the bits of the letters before another byte comes, and whether a hump is among them, where a word may end.
typedef struct { uint32_t start, mask, hump; } head;
static inline head head_of(uint64_t key) {
    const uint32_t tops = 0x80808080u, bytes = (uint32_t)key, folded = bytes | (uint32_t)folds, low = folded & ~tops;
    const uint32_t letters = (low + (128 - 'a') * (tops >> 7)) & ~(low + (127 - 'z') * (tops >> 7)) & ~bytes & tops;
    const uint32_t lower = letters & bytes << 2, upper = letters & ~(bytes << 2);
    // A bit behind the fourth byte, so that there is a byte that is no letter.
    const uint64_t others = (~letters & tops) | (uint64_t)1 << 39;
    const uint32_t mask = (uint32_t)(((others & -others) - 1) >> 7);
    return (head){(folded & (mask ? mask : ~(uint32_t)0)) * 0x9E3779B1u >> (32 - CK_LITERAL_START_BITS), mask, upper & lower << 8};
}

uint64_t ck_literal_hash(const uint8_t *bytes, uint32_t length) { return hash_of(bytes_at(bytes, length), length); }

// Two bits of one word: a hash that does not occur has both by chance far less often than one.
static inline uint64_t bits_of(uint64_t h) { return (uint64_t)1 << (h >> 44 & 63) | (uint64_t)1 << (h >> 38 & 63); }
static inline uint32_t word_of(uint64_t h) { return (uint32_t)(h >> (64 - CK_LITERAL_FILTER_BITS + 6)); }

void ck_literal_note(uint64_t *filter, uint64_t *starts, uint8_t *always, const uint8_t *bytes, uint32_t length) {
    const uint64_t hash = ck_literal_hash(bytes, length);
    filter[word_of(hash)] |= bits_of(hash);
    const uint64_t key = bytes_at(bytes, length);
    const int is_wide = (uint8_t)key >= 128 && (uint8_t)(key >> 24) >= 128;
    // Of a short literal of scalars of two bytes the text that follows is not known: its first byte lets everything pass.
    if (is_wide && length < 6) {
        always[(uint8_t)key] = 1;
        return;
    }
    const uint32_t start = (uint8_t)key < 128 ? head_of(key).start : start_of(key, is_wide ? 6 : 4);
    starts[start >> 6] |= (uint64_t)1 << (start & 63);
}

static inline int passes(const ck_literals *set, uint64_t h) {
    const uint64_t bits = bits_of(h);
    return (set->filter[word_of(h)] & bits) == bits;
}

// The upper half of a hash names it: the lower depends on the first four bytes alone, so that a word and a longer one that begins with it would have the same.
// The first entry of a hash; the slots are few enough for the second cache, and most hashes that the filter lets pass by chance end here.
static inline int32_t entry_of(const ck_literals *set, uint64_t h) {
    for (uint32_t slot = (uint32_t)(h >> 40) & set->slot_mask;; slot = (slot + 1) & set->slot_mask) {
        if (set->slots[slot].first < 0) return -1;
        if (set->slots[slot].tag == (uint32_t)(h >> 32)) return set->slots[slot].first;
    }
}

static size_t add(const uint8_t *text, size_t n, size_t i, const ck_literals *set, uint64_t h, ck_hit *out, size_t count, size_t most) {
    for (int32_t entry = entry_of(set, h); entry >= 0 && count < most; entry = set->entries[entry].next) {
        const ck_literal *l = &set->entries[entry];
        if (matches(text, n, i, l, set->bytes)) out[count++] = (ck_hit){(uint32_t)i, l->length, l->id};
    }
    return count;
}

// Whether a literal may begin at a place.
static inline int may_begin(uint64_t key, const ck_literals *set) {
    const uint8_t first = (uint8_t)key;
    if (first >= 128) return is_noted(set->starts, start_of(key, (uint8_t)(key >> 24) >= 128 ? 6 : 4)) | set->always[first];
    const head mine = head_of(key);
    return is_noted(set->starts, mine.start) | (mine.hump != 0);
}

// The literals that begin at a place.
static size_t literals_at(const uint8_t *text, size_t n, size_t i, const ck_literals *set, ck_hit *out, size_t count) {
    const uint64_t key = bytes_at(text + i, n - i);
    const uint64_t eight = hash_of(key, 8), six = hash_of(key, 6), four = hash_of(key, 4);
    const int is_eight = passes(set, eight), is_six = passes(set, six), is_four = passes(set, four);
    const size_t most = count + CK_LITERAL_PLACE_MAX;
    if (is_eight) count = add(text, n, i, set, eight, out, count, most);
    if (is_six) count = add(text, n, i, set, six, out, count, most);
    if (is_four) count = add(text, n, i, set, four, out, count, most);
    const head mine = head_of(key);
    if (mine.mask != 0xFFFF && mine.mask != 0xFFFFFF && !mine.hump) return count;
    const uint64_t three = hash_of(key, 3), two = hash_of(key, 2);
    if (passes(set, three)) count = add(text, n, i, set, three, out, count, most);
    if (passes(set, two)) count = add(text, n, i, set, two, out, count, most);
    return count;
}

// Bits for the places of up to 64 bytes at which a literal may begin: starts of words, scalars beyond ASCII, and other bytes that literals begin with.
static uint64_t starts_plain(const uint8_t *text, size_t at, size_t count, const uint8_t *begins) {
    uint64_t starts = 0;
    for (size_t k = 0; k < count; k++) {
        const uint8_t b = text[at + k];
        if (begins[b] && (!is_letter(b) || is_word_start(text, at + k))) starts |= (uint64_t)1 << k;
    }
    return starts;
}

#if defined(__x86_64__)
static inline __attribute__((always_inline, target("avx2"))) uint32_t within(__m256i v, char low, char high) {
    return (uint32_t)_mm256_movemask_epi8(_mm256_and_si256(_mm256_cmpgt_epi8(v, _mm256_set1_epi8((char)(low - 1))), _mm256_cmpgt_epi8(_mm256_set1_epi8((char)(high + 1)), v)));
}
// `others`: for each lower half of a byte of ASCII that is no letter, bits for the upper halves with which literals begin.
static __attribute__((target("avx2"))) uint64_t starts_avx2(const uint8_t *text, size_t at, const uint8_t *others) {
    const __m256i table = _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)others));
    const __m256i bits = _mm256_setr_epi8(1, 2, 4, 8, 16, 32, 64, -128, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 64, -128, 0, 0, 0, 0, 0, 0, 0, 0);
    const __m256i half = _mm256_set1_epi8(15);
    uint64_t lower = 0, upper = 0, other = 0;
    for (int k = 0; k < 64; k += 32) {
        const __m256i v = _mm256_loadu_si256((const __m256i *)(text + at + k));
        const __m256i mine = _mm256_and_si256(_mm256_shuffle_epi8(table, _mm256_and_si256(v, half)), _mm256_shuffle_epi8(bits, _mm256_and_si256(_mm256_srli_epi16(v, 4), half)));
        const uint32_t begins = ~(uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(mine, _mm256_setzero_si256()));
        // Bytes from 0xC0 on begin scalars: as signed numbers -64...-1.
        const uint32_t scalars = within(v, -64, -1);
        lower |= (uint64_t)within(v, 'a', 'z') << k;
        upper |= (uint64_t)within(v, 'A', 'Z') << k;
        other |= (uint64_t)(begins | scalars) << k;
    }
    const uint8_t before = at > 0 ? text[at - 1] : 0;
    const uint64_t letters = lower | upper;
    const uint64_t after_letter = letters << 1 | (uint64_t)is_letter(before), after_lower = lower << 1 | (uint64_t)is_lower(before);
    return other | (letters & ~after_letter) | (upper & after_lower);
}
#endif

size_t ck_find_literals(const uint8_t *text, size_t n, size_t from, const ck_literals *set, ck_hit *out, size_t room, size_t *seen) {
#if defined(__x86_64__)
    const ck_isa best = ck_best_isa();
    const int wide = best == CK_AVX2 || best == CK_AVX512;
#endif
    size_t count = 0;
    for (size_t at = from; at < n; at += 64) {
        const size_t left = n - at < 64 ? n - at : 64;
        uint64_t starts;
#if defined(__x86_64__)
        if (wide && left == 64)
            starts = starts_avx2(text, at, set->others);
        else
#endif
            starts = starts_plain(text, at, left, set->begins);
        // Those at which none may begin are left out before anything is done with the others: which they are is hard to foretell for a branch.
        uint8_t kept[64];
        size_t kept_count = 0;
        const int is_far = n - at >= 72;
        for (; starts; starts &= starts - 1) {
            const size_t k = (size_t)__builtin_ctzll(starts);
            kept[kept_count] = (uint8_t)k;
            // Eight bytes are there without a look at each place.
            kept_count += (size_t)may_begin(bytes_at(text + at + k, is_far ? 8 : n - at - k), set);
        }
        for (size_t k = 0; k < kept_count; k++) {
            if (count + CK_LITERAL_PLACE_MAX > room) {
                *seen = at + kept[k];
                return count;
            }
            count = literals_at(text, n, at + kept[k], set, out, count);
        }
    }
    *seen = n;
    return count;
}
