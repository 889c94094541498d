// What a program in the box may use of the machine and ask of the kernel.
#ifdef __linux__
#define _GNU_SOURCE
#include "box.h"
#include <errno.h>
#include <linux/audit.h>
#include <linux/capability.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

int box_drop_capabilities(void) {
    for (int capability = 0; capability < 64; capability++) {
        // EINVAL is a capability that this kernel does not have.
        if (prctl(PR_CAPBSET_DROP, capability, 0, 0, 0) != 0 && errno != EINVAL) return CS_CAPABILITIES;
    }
    prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);
    struct __user_cap_header_struct head = { .version = _LINUX_CAPABILITY_VERSION_3, .pid = 0 };
    struct __user_cap_data_struct none[2];
    memset(none, 0, sizeof none);
    if (syscall(SYS_capset, &head, none) != 0) return CS_CAPABILITIES;
    memset(none, 0xFF, sizeof none);
    if (syscall(SYS_capget, &head, none) != 0 || none[0].effective || none[1].effective || none[0].permitted || none[1].permitted) return CS_CAPABILITIES;
    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 ? 0 : CS_NO_NEW_PRIVILEGES;
}

static int limit(int resource, rlim_t value) {
    struct rlimit both = { value, value };
    return setrlimit((__rlimit_resource_t)resource, &both);
}

int box_set_limits(const struct box *box) {
    struct rlimit cpu = { (rlim_t)box->cpu_s, (rlim_t)box->cpu_s + 1 };
    if (setrlimit(RLIMIT_CPU, &cpu) != 0 || limit(RLIMIT_AS, (rlim_t)box->memory) != 0 || limit(RLIMIT_FSIZE, (rlim_t)box->files) != 0) return CS_LIMITS;
    // One more for the process that waits for the program.
    if (limit(RLIMIT_NPROC, (rlim_t)box->processes + 1) != 0 || limit(RLIMIT_NOFILE, 64) != 0 || limit(RLIMIT_CORE, 0) != 0) return CS_LIMITS;
    if (limit(RLIMIT_MEMLOCK, 0) != 0 || limit(RLIMIT_MSGQUEUE, 0) != 0 || limit(RLIMIT_SIGPENDING, 64) != 0) return CS_LIMITS;
    return 0;
}

#if defined(__x86_64__)
#define THIS_ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define THIS_ARCHITECTURE AUDIT_ARCH_AARCH64
#endif

// Calls that a program needs that computes, reads and writes files. All others do not exist for it.
static const int allowed[] = {
    SYS_read, SYS_write, SYS_readv, SYS_writev, SYS_pread64, SYS_pwrite64, SYS_preadv, SYS_pwritev, SYS_openat, SYS_close, SYS_fstat, SYS_newfstatat, SYS_statx, SYS_statfs, SYS_fstatfs, SYS_lseek,
    SYS_ppoll, SYS_pselect6, SYS_mmap, SYS_mprotect, SYS_munmap, SYS_brk, SYS_mremap, SYS_madvise, SYS_msync, SYS_mincore, SYS_rt_sigaction, SYS_rt_sigprocmask, SYS_rt_sigreturn, SYS_rt_sigpending,
    SYS_rt_sigtimedwait, SYS_rt_sigsuspend, SYS_sigaltstack, SYS_faccessat, SYS_pipe2, SYS_dup, SYS_dup3, SYS_nanosleep, SYS_clock_nanosleep, SYS_clock_gettime, SYS_clock_getres, SYS_gettimeofday,
    SYS_times, SYS_getitimer, SYS_setitimer, SYS_getpid, SYS_getppid, SYS_gettid, SYS_getuid, SYS_geteuid, SYS_getgid, SYS_getegid, SYS_getresuid, SYS_getresgid, SYS_getgroups, SYS_getpgid, SYS_getsid,
    SYS_setsid, SYS_setpgid, SYS_execve, SYS_execveat, SYS_exit, SYS_exit_group, SYS_wait4, SYS_waitid, SYS_kill, SYS_tgkill, SYS_tkill, SYS_uname, SYS_fcntl, SYS_flock, SYS_fsync, SYS_fdatasync,
    SYS_truncate, SYS_ftruncate, SYS_getdents64, SYS_getcwd, SYS_chdir, SYS_fchdir, SYS_renameat2, SYS_mkdirat, SYS_linkat, SYS_unlinkat, SYS_symlinkat, SYS_readlinkat, SYS_fchmod, SYS_fchmodat,
    SYS_umask, SYS_utimensat, SYS_prlimit64, SYS_getrusage, SYS_sysinfo, SYS_sched_yield, SYS_sched_getaffinity, SYS_sched_getparam, SYS_sched_getscheduler, SYS_futex, SYS_set_robust_list,
    SYS_get_robust_list, SYS_set_tid_address, SYS_prctl, SYS_epoll_create1, SYS_epoll_ctl, SYS_epoll_pwait, SYS_eventfd2, SYS_timerfd_create, SYS_timerfd_settime, SYS_getrandom, SYS_copy_file_range,
    SYS_sendfile, SYS_fadvise64, SYS_fallocate, SYS_membarrier, SYS_getcpu, SYS_getpriority, SYS_restart_syscall,
#ifdef SYS_rseq
    SYS_rseq,
#endif
#ifdef SYS_faccessat2
    SYS_faccessat2,
#endif
#ifdef SYS_close_range
    SYS_close_range,
#endif
#ifdef __x86_64__
    SYS_open, SYS_creat, SYS_stat, SYS_lstat, SYS_poll, SYS_select, SYS_access, SYS_pipe, SYS_dup2, SYS_pause, SYS_time, SYS_alarm, SYS_getpgrp, SYS_getdents, SYS_rename, SYS_mkdir, SYS_rmdir, SYS_link,
    SYS_unlink, SYS_symlink, SYS_readlink, SYS_chmod, SYS_utime, SYS_utimes, SYS_getrlimit, SYS_setrlimit, SYS_arch_prctl, SYS_epoll_create, SYS_epoll_wait, SYS_eventfd, SYS_renameat,
#endif
};

// Calls that a program is told are forbidden; it shall fail, not look for another way.
static const int forbidden[] = {
    SYS_socket, SYS_connect, SYS_bind, SYS_listen, SYS_accept, SYS_accept4, SYS_sendto, SYS_recvfrom, SYS_ptrace, SYS_process_vm_readv, SYS_process_vm_writev, SYS_mount, SYS_umount2, SYS_pivot_root,
    SYS_chroot, SYS_unshare, SYS_setns, SYS_bpf, SYS_perf_event_open, SYS_keyctl, SYS_add_key, SYS_request_key, SYS_setuid, SYS_setgid, SYS_setresuid, SYS_setresgid, SYS_setgroups, SYS_capset, SYS_mknodat,
    SYS_init_module, SYS_finit_module, SYS_delete_module, SYS_reboot, SYS_kexec_load, SYS_swapon, SYS_sethostname, SYS_syslog,
};

enum { COUNT_ALLOWED = sizeof allowed / sizeof allowed[0], COUNT_FORBIDDEN = sizeof forbidden / sizeof forbidden[0] };
enum { NAMESPACES = CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNET | 0x80 };
// TIOCSTI and TIOCLINUX put words into a terminal.
enum { PUTS_INPUT = 0x5412, PUTS_SELECTION = 0x541C };

int box_set_filter(const struct box *box) {
#ifndef THIS_ARCHITECTURE
    (void)box;
    return CS_FILTER;
#else
    static struct sock_filter code[2 * (COUNT_ALLOWED + COUNT_FORBIDDEN) + 64];
    unsigned short count = 0;
#define ADD(...) code[count++] = (struct sock_filter)__VA_ARGS__
#define LOAD(field) ADD(BPF_STMT(BPF_LD | BPF_W | BPF_ABS, field))
#define RETURN(value) ADD(BPF_STMT(BPF_RET | BPF_K, value))
#define UNLESS(value, instructions) ADD(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)(value), 0, instructions))
#define DENY(error) (SECCOMP_RET_ERRNO | (error))
    const uint32_t first_argument = offsetof(struct seccomp_data, args[0]), second_argument = offsetof(struct seccomp_data, args[1]);
    LOAD(offsetof(struct seccomp_data, arch));
    ADD(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, THIS_ARCHITECTURE, 1, 0));
    RETURN(SECCOMP_RET_KILL_PROCESS);
    LOAD(offsetof(struct seccomp_data, nr));
    // The other calling convention of x86-64 has numbers of its own from here on.
    ADD(BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, 0x40000000, 0, 1));
    RETURN(SECCOMP_RET_KILL_PROCESS);
    if (box->processes > 1) {
        UNLESS(SYS_clone, 4);
        LOAD(first_argument);
        ADD(BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, NAMESPACES, 0, 1));
        RETURN(DENY(EPERM));
        RETURN(SECCOMP_RET_ALLOW);
    } else {
        UNLESS(SYS_clone, 1);
        RETURN(DENY(EAGAIN));
    }
#ifdef __x86_64__
    UNLESS(SYS_fork, 1);
    RETURN(box->processes > 1 ? SECCOMP_RET_ALLOW : DENY(EAGAIN));
    UNLESS(SYS_vfork, 1);
    RETURN(box->processes > 1 ? SECCOMP_RET_ALLOW : DENY(EAGAIN));
#endif
    UNLESS(SYS_ioctl, 5);
    LOAD(second_argument);
    ADD(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, PUTS_INPUT, 1, 0));
    ADD(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, PUTS_SELECTION, 0, 1));
    RETURN(DENY(EPERM));
    RETURN(SECCOMP_RET_ALLOW);
    for (int i = 0; i < COUNT_ALLOWED; i++) {
        UNLESS(allowed[i], 1);
        RETURN(SECCOMP_RET_ALLOW);
    }
    for (int i = 0; i < COUNT_FORBIDDEN; i++) {
        UNLESS(forbidden[i], 1);
        RETURN(DENY(EPERM));
    }
    // clone3 among them: its flags lie in memory, where a filter cannot read them, and programs then fall back to clone.
    RETURN(DENY(ENOSYS));
    struct sock_fprog filter = { .len = count, .filter = code };
    return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter, 0, 0) == 0 ? 0 : CS_FILTER;
#endif
}
#endif
