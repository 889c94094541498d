/*
 * A disk that fails: a shared library for LD_PRELOAD under one process.
 *
 *   cc -shared -fPIC -O2 -o disk.so disk.c -ldl -lpthread
 *   DISK_ROOT=DIR DISK_FAIL_AT=K DISK_MODE=error|crash|kill DISK_SEED=N LD_PRELOAD=disk.so PROGRAM ...
 *
 * What it models. Every write, truncation and sync of a file below DISK_ROOT is one numbered operation, over all threads. At operation K:
 *
 *   error  it fails (a write may have reached the file in part before), and so does each one after it: ENOSPC for writes and truncations or EIO
 *          for everything, by the seed. The process lives on. In the part "ENOSPC" syncs still work, as on a full disk.
 *   crash  the power fails. Each file goes back to what it was at its last completed sync; of the operations since then each is done again in
 *          order, left out, or (a write) done in part, by the seed: a prefix, at sector boundaries of 512 bytes or at any byte, or some of its
 *          sectors and others not. Operation K itself is one of them; a sync that is K has not happened. Then the process ends.
 *   kill   the process ends before operation K; what it wrote stays.
 *
 * Without DISK_FAIL_AT it only counts: the number of operations goes to the file named by DISK_COUNT when the program ends.
 *
 * What it does not model: directory entries (creations, renames and unlinks stay, in their order), bytes that rot in place, sectors that lie
 * about a sync, writes through mmap and through stdio's own buffers. SQLite's "-shm" file is such a mapping: it is left out, and who recovers
 * after "crash" must delete it first, as it would be stale after a power failure; SQLite makes it anew from the log.
 */
#define _GNU_SOURCE
#undef _FORTIFY_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

enum { DESCRIPTORS_MAX = 4096, FILES_MAX = 1024, SECTOR = 512 };
/* Operations of one file that are kept for a crash; a program that writes more without a sync is refused loudly. */
enum { OPERATIONS_MAX = 1 << 20 };

/* A write of `count` bytes at `offset`, or (count < 0) a truncation to `offset`. `size` and `old` are the file before it. */
struct operation { off_t offset; ssize_t count; off_t size; size_t oldCount; char *old, *fresh; };
struct file { dev_t device; ino_t inode; int own; size_t count, capacity; struct operation *operations; };

static pthread_mutex_t guard = PTHREAD_MUTEX_INITIALIZER;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static struct file files[FILES_MAX];
static int fileCount;
static short fileOf[DESCRIPTORS_MAX]; /* index + 1 */
static char root[PATH_MAX];
static size_t rootLength;
static long operationNumber, failAt;
static enum { COUNT, ERROR, CRASH, KILL } mode;
static uint64_t chance;
static int failing, failure;

static int (*realOpenat)(int, const char *, int, ...);
static ssize_t (*realPwrite)(int, const void *, size_t, off_t);
static ssize_t (*realPread)(int, void *, size_t, off_t);
static ssize_t (*realWrite)(int, const void *, size_t);
static ssize_t (*realWritev)(int, const struct iovec *, int);
static int (*realTruncate)(int, off_t);
static int (*realSync)(int);
static int (*realDataSync)(int);
static int (*realClose)(int);

static uint64_t random64(void) { /* splitmix64 */
    uint64_t z = (chance += 0x9E3779B97F4A7C15ull);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
    return z ^ (z >> 31);
}

static void quit(const char *why) {
    dprintf(2, "disk: %s\n", why);
    _exit(99);
}

static void *need(const char *name) {
    void *found = dlsym(RTLD_NEXT, name);
    if (!found) quit(name);
    return found;
}

static void setUp(void) {
    realOpenat = need("openat"); realPwrite = need("pwrite64"); realPread = need("pread64"); realWrite = need("write"); realWritev = need("writev");
    realTruncate = need("ftruncate64"); realSync = need("fsync"); realDataSync = need("fdatasync"); realClose = need("close");
    const char *text = getenv("DISK_ROOT");
    if (!text || !realpath(text, root)) quit("DISK_ROOT is missing");
    rootLength = strlen(root);
    if ((text = getenv("DISK_FAIL_AT"))) failAt = atol(text);
    const char *how = getenv("DISK_MODE");
    mode = !failAt ? COUNT : !how ? KILL : !strcmp(how, "error") ? ERROR : !strcmp(how, "crash") ? CRASH : KILL;
    chance = (text = getenv("DISK_SEED")) ? strtoull(text, 0, 10) : 1;
    chance ^= (uint64_t)failAt * 0xD6E8FEB86659FD93ull;
    failure = random64() & 1 ? EIO : ENOSPC;
}

static void ready(void) { pthread_once(&once, setUp); }

__attribute__((destructor)) static void report(void) {
    const char *path = getenv("DISK_COUNT");
    if (!path) return;
    ready();
    int descriptor = realOpenat(AT_FDCWD, path, O_WRONLY | O_CREAT | O_TRUNC, 0644);
    if (descriptor >= 0) dprintf(descriptor, "%ld\n", operationNumber);
}

static struct file *at(int descriptor) { return descriptor >= 0 && descriptor < DESCRIPTORS_MAX && fileOf[descriptor] ? &files[fileOf[descriptor] - 1] : 0; }

/* Notes a descriptor that was just opened for writing, if it is below the root. */
static void note(int descriptor, int flags) {
    char link[64], path[PATH_MAX];
    struct stat status;
    if (descriptor < 0 || descriptor >= DESCRIPTORS_MAX) return;
    pthread_mutex_lock(&guard);
    fileOf[descriptor] = 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    ssize_t length = (flags & O_ACCMODE) == O_RDONLY ? -1 : readlink(link, path, sizeof path - 1);
    if (length > 0) path[length] = 0;
    int isInside = length > (ssize_t)rootLength && !strncmp(path, root, rootLength) && path[rootLength] == '/' && !(length > 4 && !strcmp(path + length - 4, "-shm"));
    if (isInside && !fstat(descriptor, &status) && S_ISREG(status.st_mode)) {
        int index = 0;
        while (index < fileCount && (files[index].device != status.st_dev || files[index].inode != status.st_ino)) index++;
        if (index == fileCount) {
            if (fileCount == FILES_MAX) quit("too many files");
            /* Never closed: closing any descriptor of a file would give up the process's locks on it, and an open one keeps the inode from being used again. */
            int own = realOpenat(AT_FDCWD, link, O_RDWR | O_CLOEXEC);
            if (own < 0) quit("a file cannot be opened twice");
            files[fileCount++] = (struct file){status.st_dev, status.st_ino, own, 0, 0, 0};
        }
        fileOf[descriptor] = (short)(index + 1);
    }
    pthread_mutex_unlock(&guard);
}

static void forget(struct file *file) {
    for (size_t i = 0; i < file->count; i++) { free(file->operations[i].old); free(file->operations[i].fresh); }
    file->count = 0;
}

/* Keeps what an operation will overwrite, and what it writes. */
static void keep(struct file *file, off_t offset, const char *bytes, ssize_t count) {
    if (mode != CRASH) return;
    struct stat status;
    if (fstat(file->own, &status)) quit("a file has no size");
    if (file->count == file->capacity) {
        if (file->capacity >= OPERATIONS_MAX) quit("too many operations without a sync");
        file->capacity = file->capacity ? file->capacity * 2 : 64;
        file->operations = realloc(file->operations, file->capacity * sizeof *file->operations);
        if (!file->operations) quit("no memory");
    }
    off_t end = count < 0 ? status.st_size : offset + count;
    if (end > status.st_size) end = status.st_size;
    size_t oldCount = end > offset ? (size_t)(end - offset) : 0;
    struct operation operation = {offset, count, status.st_size, oldCount, malloc(oldCount + 1), count > 0 ? malloc((size_t)count) : 0};
    if (!operation.old || (count > 0 && !operation.fresh)) quit("no memory");
    if (oldCount && realPread(file->own, operation.old, oldCount, offset) != (ssize_t)oldCount) quit("old bytes cannot be read");
    if (count > 0) memcpy(operation.fresh, bytes, (size_t)count);
    file->operations[file->count++] = operation;
}

static void put(struct file *file, const char *bytes, size_t count, off_t offset) {
    if (count && realPwrite(file->own, bytes, count, offset) != (ssize_t)count) quit("the simulated disk has no room");
}

/* Writes a part of an operation: a prefix, or some of its sectors. */
static void tear(struct file *file, const struct operation *operation) {
    size_t count = (size_t)operation->count;
    switch (random64() % 3) {
    case 0: put(file, operation->fresh, random64() % (count + 1), operation->offset); break;
    case 1: {
        off_t end = (operation->offset + (off_t)(random64() % (count + 1))) / SECTOR * SECTOR;
        if (end > operation->offset) put(file, operation->fresh, (size_t)(end - operation->offset), operation->offset);
        break;
    }
    default:
        for (size_t done = 0; done < count;) {
            size_t piece = SECTOR - (size_t)((operation->offset + (off_t)done) % SECTOR);
            if (piece > count - done) piece = count - done;
            if (random64() & 1) put(file, operation->fresh + done, piece, operation->offset + (off_t)done);
            done += piece;
        }
    }
}

/* The power fails. Does not return. */
static void fail(struct file *torn) {
    for (int index = 0; index < fileCount; index++) {
        struct file *file = &files[index];
        for (size_t i = file->count; i-- > 0;) {
            struct operation *operation = &file->operations[i];
            /* The last one was announced and not done, if it is the torn one: undoing it changes nothing then. */
            put(file, operation->old, operation->oldCount, operation->offset);
            if (realTruncate(file->own, operation->size)) quit("a file cannot be cut");
        }
        /* One file in four loses everything since its sync, one keeps everything; the others are mixed. */
        uint64_t lot = random64() % 4;
        for (size_t i = 0; i < file->count; i++) {
            struct operation *operation = &file->operations[i];
            int isTorn = file == torn && i + 1 == file->count;
            uint64_t fate = isTorn ? 2 : lot == 0 ? 0 : lot == 1 ? 1 : random64() % 8;
            if (fate == 0 || fate > 5) continue;
            if (operation->count < 0) { if (realTruncate(file->own, operation->offset)) quit("a file cannot be cut"); }
            else if (fate == 2) tear(file, operation);
            else put(file, operation->fresh, (size_t)operation->count, operation->offset);
        }
    }
    _exit(137);
}

/* Counts an operation. With the guard held. 0: go on; otherwise the error that it fails with, `*part` being the bytes to write before. */
static int count(struct file *file, int isSync, off_t offset, const char *bytes, ssize_t byteCount, ssize_t *part) {
    *part = 0;
    if (failing) return failure == ENOSPC && isSync ? 0 : failure;
    operationNumber++;
    int isLast = failAt && operationNumber == failAt;
    if (isLast && mode == KILL) _exit(137);
    if (!isSync) keep(file, offset, bytes, byteCount);
    if (!isLast) return 0;
    if (mode == CRASH) fail(isSync ? 0 : file);
    failing = 1;
    if (byteCount > 1) *part = (ssize_t)(random64() % (uint64_t)byteCount);
    return failure == ENOSPC && isSync ? 0 : failure;
}

static ssize_t writeAt(int descriptor, const void *bytes, size_t byteCount, off_t offset) {
    ready();
    struct file *file = at(descriptor);
    if (!file || !byteCount) return realPwrite(descriptor, bytes, byteCount, offset);
    pthread_mutex_lock(&guard);
    ssize_t part, result;
    int error = count(file, 0, offset, bytes, (ssize_t)byteCount, &part);
    if (error) {
        if (part) (void)!realPwrite(descriptor, bytes, (size_t)part, offset);
        errno = error;
        result = -1;
    } else result = realPwrite(descriptor, bytes, byteCount, offset);
    pthread_mutex_unlock(&guard);
    return result;
}

ssize_t pwrite(int d, const void *b, size_t n, off_t o) { return writeAt(d, b, n, o); }
ssize_t pwrite64(int d, const void *b, size_t n, off64_t o) { return writeAt(d, b, n, o); }

ssize_t write(int descriptor, const void *bytes, size_t byteCount) {
    ready();
    struct file *file = at(descriptor);
    if (!file || !byteCount) return realWrite(descriptor, bytes, byteCount);
    pthread_mutex_lock(&guard);
    struct stat status;
    off_t offset = fcntl(descriptor, F_GETFL) & O_APPEND && !fstat(descriptor, &status) ? status.st_size : lseek(descriptor, 0, SEEK_CUR);
    ssize_t part, result;
    int error = count(file, 0, offset, bytes, (ssize_t)byteCount, &part);
    if (error) {
        if (part) (void)!realPwrite(descriptor, bytes, (size_t)part, offset);
        errno = error;
        result = -1;
    } else result = realWrite(descriptor, bytes, byteCount);
    pthread_mutex_unlock(&guard);
    return result;
}

/* Vectors as one write of all their bytes. */
static char *joined(const struct iovec *parts, int partCount, size_t *byteCount) {
    *byteCount = 0;
    for (int i = 0; i < partCount; i++) *byteCount += parts[i].iov_len;
    char *bytes = malloc(*byteCount + 1), *end = bytes;
    if (!bytes) quit("no memory");
    for (int i = 0; i < partCount; i++) { memcpy(end, parts[i].iov_base, parts[i].iov_len); end += parts[i].iov_len; }
    return bytes;
}

ssize_t writev(int descriptor, const struct iovec *parts, int partCount) {
    ready();
    if (!at(descriptor)) return realWritev(descriptor, parts, partCount);
    size_t byteCount;
    char *bytes = joined(parts, partCount, &byteCount);
    ssize_t result = write(descriptor, bytes, byteCount);
    free(bytes);
    return result;
}

static ssize_t writevAt(int descriptor, const struct iovec *parts, int partCount, off_t offset) {
    size_t byteCount;
    char *bytes = joined(parts, partCount, &byteCount);
    ssize_t result = writeAt(descriptor, bytes, byteCount, offset);
    free(bytes);
    return result;
}

ssize_t pwritev(int d, const struct iovec *p, int n, off_t o) { return writevAt(d, p, n, o); }
ssize_t pwritev64(int d, const struct iovec *p, int n, off64_t o) { return writevAt(d, p, n, o); }

static int truncateTo(int descriptor, off_t size) {
    ready();
    struct file *file = at(descriptor);
    if (!file) return realTruncate(descriptor, size);
    pthread_mutex_lock(&guard);
    ssize_t part;
    int error = count(file, 0, size, 0, -1, &part), result = -1;
    if (error) errno = error; else result = realTruncate(descriptor, size);
    pthread_mutex_unlock(&guard);
    return result;
}

int ftruncate(int d, off_t size) { return truncateTo(d, size); }
int ftruncate64(int d, off64_t size) { return truncateTo(d, size); }

static int syncWith(int descriptor, int (*real)(int)) {
    struct file *file = at(descriptor);
    if (!file) return real(descriptor);
    pthread_mutex_lock(&guard);
    ssize_t part;
    int error = count(file, 1, 0, 0, 0, &part), result = -1;
    if (error) errno = error;
    else if (!(result = real(descriptor))) forget(file);
    pthread_mutex_unlock(&guard);
    return result;
}

int fsync(int descriptor) { ready(); return syncWith(descriptor, realSync); }
int fdatasync(int descriptor) { ready(); return syncWith(descriptor, realDataSync); }

/* O_TRUNC loses its bytes at once and for good here: nothing below the root is opened so after its first write. */
static int openIn(int folder, const char *path, int flags, mode_t permissions) {
    ready();
    int descriptor = realOpenat(folder, path, flags, permissions);
    note(descriptor, flags);
    return descriptor;
}

#define PERMISSIONS(flags, last) \
    mode_t permissions = 0; \
    if ((flags) & (O_CREAT | O_TMPFILE)) { va_list list; va_start(list, last); permissions = va_arg(list, mode_t); va_end(list); }

int open(const char *path, int flags, ...) { PERMISSIONS(flags, flags) return openIn(AT_FDCWD, path, flags, permissions); }
int open64(const char *path, int flags, ...) { PERMISSIONS(flags, flags) return openIn(AT_FDCWD, path, flags, permissions); }
int openat(int folder, const char *path, int flags, ...) { PERMISSIONS(flags, flags) return openIn(folder, path, flags, permissions); }
int openat64(int folder, const char *path, int flags, ...) { PERMISSIONS(flags, flags) return openIn(folder, path, flags, permissions); }
int __open_2(const char *path, int flags) { return openIn(AT_FDCWD, path, flags, 0); }
int __open64_2(const char *path, int flags) { return openIn(AT_FDCWD, path, flags, 0); }
int __openat_2(int folder, const char *path, int flags) { return openIn(folder, path, flags, 0); }
int __openat64_2(int folder, const char *path, int flags) { return openIn(folder, path, flags, 0); }
int creat(const char *path, mode_t permissions) { return openIn(AT_FDCWD, path, O_CREAT | O_WRONLY | O_TRUNC, permissions); }
int creat64(const char *path, mode_t permissions) { return openIn(AT_FDCWD, path, O_CREAT | O_WRONLY | O_TRUNC, permissions); }

int close(int descriptor) {
    ready();
    if (descriptor >= 0 && descriptor < DESCRIPTORS_MAX && fileOf[descriptor]) {
        pthread_mutex_lock(&guard);
        fileOf[descriptor] = 0;
        pthread_mutex_unlock(&guard);
    }
    return realClose(descriptor);
}
