// A fork-join pool. A job is announced by counting up `generation`; workers wait for that by spinning, then on a futex. Forking costs about a microsecond while workers spin,
// some tens when they sleep: a forward pass is a row of short jobs, so they seldom do.
#define _GNU_SOURCE
#include "include/ckernels.h"
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#if defined(__linux__)
#include <linux/futex.h>
#include <malloc.h>
#include <sys/syscall.h>
#include <unistd.h>
#endif

// About 50 µs on this kind of machine: longer than the gap between two jobs of one pass, shorter than a person's patience with a hot idle core.
enum { SPINS = 20000 };

struct ck_pool {
    _Atomic uint32_t generation;
    _Atomic int sleeping, done, stopping;
    ck_job job;
    void *context;
    int width;
    pthread_t *threads;
};
typedef struct { ck_pool *pool; int worker; } seat;

static inline void relax(void) {
#if defined(__x86_64__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ volatile("yield");
#endif
}
static void sleep_while(_Atomic uint32_t *word, uint32_t value) {
#if defined(__linux__)
    syscall(SYS_futex, word, FUTEX_WAIT_PRIVATE, value, 0, 0, 0);
#else
    if (atomic_load(word) == value) sched_yield();
#endif
}
static void wake_all(_Atomic uint32_t *word) {
#if defined(__linux__)
    syscall(SYS_futex, word, FUTEX_WAKE_PRIVATE, 1 << 30, 0, 0, 0);
#else
    (void)word;
#endif
}

static void *work(void *argument) {
    const seat mine = *(seat *)argument;
    free(argument);
    ck_pool *pool = mine.pool;
    uint32_t seen = 0;
    for (;;) {
        int spins = 0;
        while (atomic_load_explicit(&pool->generation, memory_order_acquire) == seen) {
            relax();
            if (++spins < SPINS) continue;
            atomic_fetch_add(&pool->sleeping, 1);
            sleep_while(&pool->generation, seen);
            atomic_fetch_sub(&pool->sleeping, 1);
            spins = 0;
        }
        seen++;
        if (atomic_load(&pool->stopping)) return 0;
        pool->job(pool->context, mine.worker);
        atomic_fetch_add_explicit(&pool->done, 1, memory_order_release);
    }
}

ck_pool *ck_pool_create(int width) {
    ck_pool *pool = calloc(1, sizeof *pool);
    if (pool == 0) return 0;
    pool->threads = calloc((size_t)width, sizeof *pool->threads);
    pool->width = 1;
    for (int i = 1; pool->threads != 0 && i < width; i++) {
        seat *next = malloc(sizeof *next);
        if (next == 0) break;
        *next = (seat){pool, i};
        if (pthread_create(&pool->threads[i], 0, work, next) != 0) {
            free(next);
            break;
        }
        pool->width = i + 1;
    }
    return pool;
}

void ck_pool_run(ck_pool *pool, ck_job job, void *context) {
    if (pool->width > 1) {
        pool->job = job;
        pool->context = context;
        atomic_store_explicit(&pool->done, 0, memory_order_relaxed);
        atomic_fetch_add(&pool->generation, 1);
        if (atomic_load(&pool->sleeping) > 0) wake_all(&pool->generation);
    }
    job(context, 0);
    int spins = 0;
    while (pool->width > 1 && atomic_load_explicit(&pool->done, memory_order_acquire) < pool->width - 1) {
        relax();
        // Somebody else has the worker's core: let it have this one.
        if (++spins % 4096 == 0) sched_yield();
    }
}

void ck_pool_destroy(ck_pool *pool) {
    if (pool == 0) return;
    atomic_store(&pool->stopping, 1);
    atomic_fetch_add(&pool->generation, 1);
    wake_all(&pool->generation);
    for (int i = 1; i < pool->width; i++) pthread_join(pool->threads[i], 0);
    free(pool->threads);
    free(pool);
}

// ---- Memory ----

enum { HUGE_PAGE = 2 << 20, SMALL_PAGE = 64 << 10 };  // 64 KiB is a whole number of pages on every system

static size_t rounded(size_t bytes, size_t unit) { return (bytes + unit - 1) / unit * unit; }

void *ck_allocate(size_t bytes) {
    // Small buffers need no huge pages, and whole pages each would add up.
    if (bytes < (1u << 20)) {
        void *small = aligned_alloc(64, rounded(bytes, 64));
        if (small != 0) memset(small, 0, bytes);
        return small;
    }
    // Aligned at its beginning only: a huge page at the end, touched once, would be resident as a whole, and a model has hundreds of ends.
    const size_t length = rounded(bytes, SMALL_PAGE), size = length + HUGE_PAGE;
    uint8_t *memory = mmap(0, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) return 0;
    uint8_t *aligned = (uint8_t *)rounded((size_t)memory, HUGE_PAGE);
    if (aligned > memory) munmap(memory, (size_t)(aligned - memory));
    const size_t tail = (size_t)(memory + size - (aligned + length));
    if (tail > 0) munmap(aligned + length, tail);
#if defined(MADV_HUGEPAGE)
    madvise(aligned, length, MADV_HUGEPAGE);
#endif
    return aligned;
}
void ck_release(void *memory, size_t bytes) {
    if (memory == 0) return;
    if (bytes < (1u << 20)) free(memory);
    else munmap(memory, rounded(bytes, SMALL_PAGE));
}

void ck_return_freed(void) {
#if defined(__GLIBC__)
    malloc_trim(0);
#endif
}

void ck_return_freed_at_once(void) {
#if defined(__GLIBC__)
    // Buffers of a slab are mapped and given back for each otherwise, and their pages cleared each time.
    mallopt(M_MMAP_THRESHOLD, 1 << 20);
    mallopt(M_TRIM_THRESHOLD, 1 << 20);
#endif
}

uint64_t ck_read_all(const void *memory, size_t bytes) {
    typedef uint64_t u64x8 __attribute__((ext_vector_type(8), aligned(8)));
    const u64x8 *p = memory;
    u64x8 a = 0, b = 0, c = 0, d = 0;
    for (size_t i = 0; i + 4 <= bytes / 64; i += 4) {
        a ^= p[i];
        b ^= p[i + 1];
        c ^= p[i + 2];
        d ^= p[i + 3];
    }
    a ^= b ^ c ^ d;
    return a[0] ^ a[1] ^ a[2] ^ a[3] ^ a[4] ^ a[5] ^ a[6] ^ a[7];
}
