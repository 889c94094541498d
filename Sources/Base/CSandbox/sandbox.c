// The watcher outside, and the way into the box.
#include "box.h"
#ifndef __linux__
int csandbox_child(void) { return CS_MISSING + CS_LINUX; }
#else
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { NR_PIDFD_OPEN = 434, NR_CLOSE_RANGE = 436, OUTSIDE_NOBODY = 65534, PIECE = 1 << 16 };

// ---- The description ----

static char description[DESCRIPTION_MAX + 1];

static int read_whole(int file, char *to, size_t count) {
    for (size_t done = 0; done < count;) {
        ssize_t got = read(file, to + done, count - done);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return -1;
        done += (size_t)got;
    }
    return 0;
}

// The next text, or NULL at the end.
static const char *next(char **place, const char *end) {
    if (*place >= end) return NULL;
    const char *text = *place;
    *place += strlen(text) + 1;
    return text;
}

static int number(char **place, const char *end, long least, long most, long *value) {
    const char *text = next(place, end);
    char *rest = NULL;
    if (!text || !*text) return -1;
    errno = 0;
    *value = strtol(text, &rest, 10);
    return errno == 0 && *rest == 0 && *value >= least && *value <= most ? 0 : -1;
}

static int words(char **place, const char *end, const char **to, long most, int *count) {
    long all;
    if (number(place, end, 0, most, &all) != 0) return -1;
    for (*count = 0; *count < all; (*count)++) if (!(to[*count] = next(place, end))) return -1;
    to[all] = NULL;
    return 0;
}

static int read_description(struct box *box) {
    char digits[9] = { 0 };
    if (read_whole(0, digits, 8) != 0 || strspn(digits, "0123456789") != 8) return -1;
    long count = strtol(digits, NULL, 10), starts;
    if (count < 1 || count > DESCRIPTION_MAX || read_whole(0, description, (size_t)count) != 0 || description[count - 1] != 0) return -1;
    char *place = description, *end = description + count;
    if (number(&place, end, 0, 1, &starts) != 0 || number(&place, end, 1, 86400000, &box->wall_ms) != 0 || number(&place, end, 1, 86400, &box->cpu_s) != 0) return -1;
    if (number(&place, end, 1 << 20, 1L << 40, &box->memory) != 0 || number(&place, end, 1, 1024, &box->processes) != 0) return -1;
    if (number(&place, end, 0, 1L << 30, &box->output) != 0 || number(&place, end, 4096, 1L << 34, &box->files) != 0) return -1;
    box->starts = (int)starts;
    if (!(box->source = next(&place, end)) || words(&place, end, box->folders, FOLDERS_MAX, &box->folder_count) != 0) return -1;
    if (words(&place, end, box->words, WORDS_MAX, &box->word_count) != 0 || place != end || (box->starts && box->word_count == 0)) return -1;
    for (int i = 0; i < box->folder_count; i++) if (box->folders[i][0] != '/' || box->folders[i][1] == 0 || strstr(box->folders[i], "/..") || strlen(box->folders[i]) > 4000) return -1;
    return 0;
}

// ---- Inside ----

struct pipes { int input[2], output[2], allowed[2], fault[2]; };

static void give_up(int fault, int what) {
    char code = (char)what;
    if (write(fault, &code, 1) != 1) _exit(CS_SYSTEM);
    _exit(CS_SYSTEM);
}

static void start(const struct box *box, const struct pipes *pipes, int fault) {
    static char *const environment[] = { "PATH=/usr/local/bin:/usr/bin:/bin", "HOME=/box", "TMPDIR=/box", "LC_ALL=C.UTF-8", NULL };
    if (dup2(pipes->input[0], 0) < 0 || dup2(pipes->output[1], 1) < 0) give_up(fault, CS_DESCRIPTORS);
    int nothing = open("/dev/null", O_WRONLY | O_CLOEXEC);
    if (nothing < 0 || dup2(nothing, 2) < 0) give_up(fault, CS_DESCRIPTORS);
    if (fault != 3 && dup3(fault, 3, O_CLOEXEC) < 0) give_up(fault, CS_DESCRIPTORS);
    fault = 3;
    if (syscall(NR_CLOSE_RANGE, 4, ~0U, 0) != 0) give_up(fault, CS_DESCRIPTORS);
    setsid();
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    for (int i = 1; i < 32; i++) signal(i, SIG_DFL);
    int missing = box_set_limits(box);
    if (!missing) missing = box_set_filter(box);
    if (missing) give_up(fault, missing);
    if (!box->starts) _exit(0);
    execve(box->words[0], (char *const *)box->words, environment);
    give_up(fault, CS_PROGRAM + 100);
}

// Closes everything that was inherited but the pipes. The watcher itself keeps it: by a descriptor that closes, some parents are told that their child ended, and then wait for it with everything else they do.
static int close_others(const struct pipes *pipes) {
    const int *kept = (const int *)pipes;
    int count = sizeof *pipes / sizeof *kept;
    for (unsigned from = 3;;) {
        unsigned next = ~0U;
        for (int i = 0; i < count; i++) if (kept[i] >= 0 && (unsigned)kept[i] >= from && (unsigned)kept[i] < next) next = (unsigned)kept[i];
        if (next == ~0U) return syscall(NR_CLOSE_RANGE, from, ~0U, 0) == 0 ? 0 : -1;
        if (next > from && syscall(NR_CLOSE_RANGE, from, next - 1, 0) != 0) return -1;
        from = next + 1;
    }
}

// The first process of the box: builds it, starts the program and waits. When it ends, the kernel ends everything else inside.
static void live_inside(const struct box *box, struct pipes *pipes) {
    int fault = pipes->fault[1];
    char changes_user;
    if (close_others(pipes) != 0) give_up(fault, CS_DESCRIPTORS);
    close(pipes->allowed[1]), close(pipes->fault[0]), close(pipes->input[1]), close(pipes->output[0]);
    if (read_whole(pipes->allowed[0], &changes_user, 1) != 0) _exit(CS_SYSTEM);
    int missing = box_build_root(box, changes_user == 'c');
    if (!missing) missing = box_drop_capabilities();
    if (missing) give_up(fault, missing);
    // Whoever ends the watcher ends the box; if that was before this line, its end of the pipe is closed.
    prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
    struct pollfd watcher = { pipes->allowed[0], 0, 0 };
    if (poll(&watcher, 1, 0) != 0) _exit(CS_SYSTEM);
    long program = syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0);
    if (program < 0) give_up(fault, CS_PROCESS_COUNT);
    if (program == 0) start(box, pipes, fault);
    close(fault), close(pipes->input[0]), close(pipes->output[1]), close(0), close(1), close(2);
    for (;;) {
        int status;
        struct rusage used;
        pid_t ended = (pid_t)syscall(SYS_wait4, -1, &status, 0, &used);
        if (ended < 0 && errno != EINTR) _exit(CS_SYSTEM);
        if (ended != program) continue;
        if (WIFEXITED(status)) _exit(WEXITSTATUS(status) == 0 ? CS_DONE : CS_FAILED);
        int is_cpu = WTERMSIG(status) == SIGXCPU || (WTERMSIG(status) == SIGKILL && used.ru_utime.tv_sec + used.ru_stime.tv_sec >= box->cpu_s);
        _exit(is_cpu ? CS_CPU_TIME : CS_CRASHED);
    }
}

// ---- Outside ----

static int write_file(const char *path, const char *text) {
    int file = open(path, O_WRONLY | O_CLOEXEC);
    if (file < 0) return -1;
    ssize_t count = write(file, text, strlen(text));
    close(file);
    return count == (ssize_t)strlen(text) ? 0 : -1;
}

// Says who the box is outside: nobody where that can be had, else whoever runs this. Returns 'c' when the box must change to it, 's' when it is it, 0 on failure.
static char map_users(pid_t pid) {
    char users[64], groups[64], policy[64], text[64];
    snprintf(users, sizeof users, "/proc/%d/uid_map", pid), snprintf(groups, sizeof groups, "/proc/%d/gid_map", pid), snprintf(policy, sizeof policy, "/proc/%d/setgroups", pid);
    snprintf(text, sizeof text, "1000 %d 1", OUTSIDE_NOBODY);
    if (geteuid() == 0 && write_file(users, text) == 0) return write_file(groups, text) == 0 ? 'c' : 0;
    if (write_file(policy, "deny") != 0) return 0;
    snprintf(text, sizeof text, "1000 %u 1", geteuid());
    if (write_file(users, text) != 0) return 0;
    snprintf(text, sizeof text, "1000 %u 1", getegid());
    return write_file(groups, text) == 0 ? 's' : 0;
}

static long now_ms(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

static int write_out(const char *bytes, size_t count) {
    for (size_t done = 0; done < count;) {
        ssize_t put = write(1, bytes + done, count - done);
        if (put < 0 && errno == EINTR) continue;
        if (put <= 0) return -1;
        done += (size_t)put;
    }
    return 0;
}

// Carries input and output until the program has ended; 0, or why it was stopped.
static int carry(const struct box *box, struct pipes *pipes, int process, pid_t parent) {
    static char incoming[PIECE], outgoing[PIECE];
    size_t held = 0, given = 0;
    long output = 0, end = now_ms() + box->wall_ms;
    int is_running = 1, missing = 0;
    while (is_running || pipes->output[0] >= 0 || pipes->fault[0] >= 0) {
        long left = end - now_ms();
        if (left <= 0) return CS_WALL_TIME;
        if (getppid() != parent) return CS_SYSTEM;
        // Input is read only when there is some: whoever holds our standard input open must not stop the clock.
        struct pollfd all[5] = {
            { pipes->input[1], given < held ? POLLOUT : 0, 0 }, { pipes->output[0], POLLIN, 0 }, { pipes->fault[0], POLLIN, 0 }, { is_running ? process : -1, POLLIN, 0 },
            { pipes->input[1] >= 0 && given == held ? 0 : -1, POLLIN, 0 },
        };
        if (poll(all, 5, left < 200 ? (int)left : 200) < 0 && errno != EINTR) return CS_SYSTEM;
        if (all[3].revents) is_running = 0;
        if (all[2].revents) {
            unsigned char code = 0;
            if (read(pipes->fault[0], &code, 1) == 1) missing = code == CS_PROGRAM + 100 ? CS_PROGRAM : CS_MISSING + code;
            close(pipes->fault[0]), pipes->fault[0] = -1;
            if (missing) return missing;
        }
        if (all[1].revents) {
            ssize_t count = read(pipes->output[0], outgoing, sizeof outgoing);
            if (count <= 0) {
                close(pipes->output[0]), pipes->output[0] = -1;
            } else if ((output += count) > box->output) {
                return CS_OUTPUT;
            } else if (write_out(outgoing, (size_t)count) != 0) return CS_SYSTEM;
        }
        if (all[4].revents) {
            ssize_t count = read(0, incoming, sizeof incoming);
            if (count <= 0) close(pipes->input[1]), pipes->input[1] = -1;
            held = count > 0 ? (size_t)count : 0, given = 0;
        } else if (all[0].revents) {
            ssize_t count = given < held ? write(pipes->input[1], incoming + given, held - given) : -1;
            // When the program has stopped reading.
            if (count < 0 && (given == held || errno != EAGAIN)) close(pipes->input[1]), pipes->input[1] = -1;
            if (count > 0) given += (size_t)count;
        }
    }
    return 0;
}

int csandbox_child(void) {
    static struct box box;
    struct pipes pipes;
    pid_t parent = getppid();
    signal(SIGPIPE, SIG_IGN);
    if (read_description(&box) != 0) return CS_DESCRIPTION;
    // An administrator's processes are not counted, so many may be had only as somebody else.
    if (pipe2(pipes.input, O_CLOEXEC) != 0 || pipe2(pipes.output, O_CLOEXEC) != 0 || pipe2(pipes.allowed, O_CLOEXEC) != 0 || pipe2(pipes.fault, O_CLOEXEC) != 0) return CS_SYSTEM;
    int spaces = CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNS | CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUTS | CLONE_NEWCGROUP;
    // Not fork: this process may have other threads, and the new one calls nothing that they could hold a lock of.
    pid_t pid = (pid_t)syscall(SYS_clone, spaces | SIGCHLD, 0, 0, 0, 0);
    if (pid < 0) return CS_MISSING + CS_USERS;
    if (pid == 0) live_inside(&box, &pipes);
    close(pipes.input[0]), close(pipes.output[1]), close(pipes.allowed[0]), close(pipes.fault[1]);
    int outcome = 0, status = 0, process = (int)syscall(NR_PIDFD_OPEN, pid, 0);
    char user = map_users(pid);
    if (!user) outcome = CS_MISSING + CS_MAPPING;
    if (user == 's' && geteuid() == 0 && box.processes > 1) outcome = CS_MISSING + CS_PROCESS_COUNT;
    if (process < 0 || fcntl(pipes.input[1], F_SETFL, O_NONBLOCK) != 0) outcome = CS_SYSTEM;
    if (!outcome && write(pipes.allowed[1], &user, 1) != 1) outcome = CS_SYSTEM;
    if (!outcome) outcome = carry(&box, &pipes, process, parent);
    if (outcome) kill(pid, SIGKILL);
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {}
    if (outcome) return outcome;
    return WIFEXITED(status) ? WEXITSTATUS(status) : CS_CRASHED;
}
#endif
