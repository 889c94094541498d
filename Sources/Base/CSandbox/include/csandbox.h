// Runs one program of a stranger in a box: no network, no file system but a small folder in memory and folders named read-only, no environment, no privileges, and limits for all that it can use.
//
// The process that calls this stays outside and watches; a second one is made in new namespaces, builds the box around itself and starts the program as a third. Nothing is run with less protection than all of it:
// where one cannot be had, the status says which, and the program was not started.
#ifndef CSANDBOX_H
#define CSANDBOX_H

// How a run ended. Statuses from CS_MISSING on mean that a protection is not to be had here: CS_MISSING + cs_protection.
enum cs_status {
    CS_DONE = 0,
    // The program ended with another status than 0, or a signal ended it.
    CS_FAILED = 10,
    CS_CRASHED = 11,
    CS_WALL_TIME = 12,
    CS_CPU_TIME = 13,
    CS_OUTPUT = 14,
    // The description is malformed, or the program cannot be started inside.
    CS_DESCRIPTION = 20,
    CS_PROGRAM = 21,
    // A pipe or a process could not be made.
    CS_SYSTEM = 22,
    CS_MISSING = 100
};

enum cs_protection {
    CS_LINUX = 1, CS_USERS = 2, CS_MAPPING = 3, CS_MOUNTS = 4, CS_LIMITS = 5, CS_CAPABILITIES = 6, CS_NO_NEW_PRIVILEGES = 7, CS_FILTER = 8, CS_PROCESS_COUNT = 9, CS_DESCRIPTORS = 10
};

// Reads a description from standard input, runs what it says with the rest of standard input, and writes what the program writes to standard output.
//
// The description is eight decimal digits, the number of bytes that follow, and then texts that each end in a zero byte: "1" to start the program or "0" to build the box only; milliseconds of wall time; seconds of
// processor time; bytes of memory; processes; bytes of output; bytes of files; the source, empty for none; the number of folders and each of them; the number of words of the command and each of them. The first word is
// the path of the program. The source lies in the box as /box/source.
int csandbox_child(void);

#endif
