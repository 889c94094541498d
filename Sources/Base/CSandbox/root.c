// The file system of the box: a root in memory that holds the system's programs and the named folders, read-only, and one small folder to write to.
#ifdef __linux__
#define _GNU_SOURCE
#include "box.h"
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

// The same numbers on every architecture.
enum { NR_OPEN_TREE = 428, NR_MOVE_MOUNT = 429, NR_MOUNT_SETATTR = 442 };
enum { TREE_CLONE = 1, TREE_CLOEXEC = O_CLOEXEC, TREE_RECURSIVE = 0x8000, EMPTY_PATH = 0x1000, MOVE_FROM_EMPTY = 4 };
enum { SET_RDONLY = 1, SET_NOSUID = 2, SET_NODEV = 4, SET_NOEXEC = 8 };
struct attributes { uint64_t set, clear, propagation, user_namespace; };

enum { INSIDE_ID = 1000, SYSTEM_COUNT = 6, DEVICE_COUNT = 3, PATH_MAX_BYTES = 4200 };
static const char *const system_paths[SYSTEM_COUNT] = { "/usr", "/bin", "/sbin", "/lib", "/lib64", "/lib32" };
static const char *const devices[DEVICE_COUNT] = { "/dev/null", "/dev/zero", "/dev/urandom" };

// A copy of what is mounted at a path and below, read-only, that is mounted nowhere yet; -1 on failure.
static int copy_of(const char *path, uint64_t set) {
    int tree = (int)syscall(NR_OPEN_TREE, AT_FDCWD, path, TREE_CLONE | TREE_CLOEXEC | TREE_RECURSIVE);
    if (tree < 0) return -1;
    struct attributes attributes = { .set = set };
    if (syscall(NR_MOUNT_SETATTR, tree, "", EMPTY_PATH | TREE_RECURSIVE, &attributes, sizeof attributes) != 0) return -1;
    return tree;
}

// Makes the folders above a path.
static int make_above(char *path) {
    for (char *c = path + 1; *c; c++) {
        if (*c != '/') continue;
        *c = 0;
        int failed = mkdir(path, 0755) != 0 && errno != EEXIST;
        *c = '/';
        if (failed) return -1;
    }
    return 0;
}

// Puts a copy where its original is, below the new root at /tmp.
static int place(int tree, const char *original, int is_folder) {
    char path[PATH_MAX_BYTES];
    if ((size_t)snprintf(path, sizeof path, "/tmp%s", original) >= sizeof path || make_above(path) != 0) return -1;
    if (is_folder) {
        if (mkdir(path, 0755) != 0 && errno != EEXIST) return -1;
    } else {
        int file = open(path, O_CREAT | O_WRONLY | O_CLOEXEC | O_NOFOLLOW, 0644);
        if (file < 0) return -1;
        close(file);
    }
    return (int)syscall(NR_MOVE_MOUNT, tree, "", AT_FDCWD, path, MOVE_FROM_EMPTY);
}

static int write_source(const char *source) {
    int file = open("/tmp/box/source", O_CREAT | O_WRONLY | O_CLOEXEC, 0400);
    if (file < 0) return -1;
    for (size_t done = 0, all = strlen(source); done < all;) {
        ssize_t count = write(file, source + done, all - done);
        if (count <= 0) return -1;
        done += (size_t)count;
    }
    return close(file);
}

int box_build_root(const struct box *box, int changes_user) {
    int trees[SYSTEM_COUNT], dev[DEVICE_COUNT], folders[FOLDERS_MAX];
    char links[SYSTEM_COUNT][256];
    if (mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0) return CS_MOUNTS;
    for (int i = 0; i < SYSTEM_COUNT; i++) {
        struct stat about;
        trees[i] = -1, links[i][0] = 0;
        if (lstat(system_paths[i], &about) != 0) continue;
        if (S_ISLNK(about.st_mode)) {
            ssize_t count = readlink(system_paths[i], links[i], sizeof links[i] - 1);
            if (count <= 0) return CS_MOUNTS;
            links[i][count] = 0;
        } else if ((trees[i] = copy_of(system_paths[i], SET_RDONLY | SET_NOSUID | SET_NODEV)) < 0) return CS_MOUNTS;
    }
    for (int i = 0; i < DEVICE_COUNT; i++) if ((dev[i] = copy_of(devices[i], SET_RDONLY | SET_NOSUID | SET_NOEXEC)) < 0) return CS_MOUNTS;
    for (int i = 0; i < box->folder_count; i++) if ((folders[i] = copy_of(box->folders[i], SET_RDONLY | SET_NOSUID | SET_NODEV)) < 0) return CS_MOUNTS;

    // What the folders are opened with may be the administrator; from here on it is somebody who owns nothing.
    if (changes_user && (setgroups(0, NULL) != 0 || setresgid(INSIDE_ID, INSIDE_ID, INSIDE_ID) != 0 || setresuid(INSIDE_ID, INSIDE_ID, INSIDE_ID) != 0)) return CS_MAPPING;
    char options[160];
    umask(022);
    snprintf(options, sizeof options, "size=64k,nr_inodes=512,mode=0755,uid=%d,gid=%d", INSIDE_ID, INSIDE_ID);
    if (mount("none", "/tmp", "tmpfs", MS_NOSUID | MS_NODEV, options) != 0) return CS_MOUNTS;
    for (int i = 0; i < SYSTEM_COUNT; i++) {
        char path[64];
        snprintf(path, sizeof path, "/tmp%s", system_paths[i]);
        if (links[i][0] && symlink(links[i], path) != 0) return CS_MOUNTS;
        if (trees[i] >= 0 && place(trees[i], system_paths[i], 1) != 0) return CS_MOUNTS;
    }
    for (int i = 0; i < DEVICE_COUNT; i++) if (place(dev[i], devices[i], 0) != 0) return CS_MOUNTS;
    for (int i = 0; i < box->folder_count; i++) if (place(folders[i], box->folders[i], 1) != 0) return CS_MOUNTS;
    snprintf(options, sizeof options, "size=%ld,nr_inodes=1024,mode=0700,uid=%d,gid=%d", box->files, INSIDE_ID, INSIDE_ID);
    if (mkdir("/tmp/box", 0700) != 0 || mount("none", "/tmp/box", "tmpfs", MS_NOSUID | MS_NODEV | MS_NOEXEC, options) != 0) return CS_MOUNTS;
    // A named folder may lie below /tmp.
    if ((symlink("/box", "/tmp/tmp") != 0 && errno != EEXIST) || (box->source[0] && write_source(box->source) != 0)) return CS_MOUNTS;

    // The old root goes away as a whole.
    if (chdir("/tmp") != 0 || syscall(SYS_pivot_root, ".", ".") != 0 || umount2(".", MNT_DETACH) != 0 || chdir("/") != 0) return CS_MOUNTS;
    if (mount(NULL, "/", NULL, MS_REMOUNT | MS_BIND | MS_RDONLY | MS_NOSUID | MS_NODEV, NULL) != 0 || chdir("/box") != 0) return CS_MOUNTS;
    return 0;
}
#endif
