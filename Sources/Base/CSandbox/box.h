// What the parts of the box share.
#ifndef BOX_H
#define BOX_H
#include "include/csandbox.h"

enum { FOLDERS_MAX = 32, WORDS_MAX = 32, DESCRIPTION_MAX = 1 << 20 };

struct box {
    int starts;
    long wall_ms, cpu_s, memory, processes, output, files;
    const char *source;
    int folder_count, word_count;
    const char *folders[FOLDERS_MAX + 1];
    const char *words[WORDS_MAX + 1];
};

// Each returns 0, or the protection that is missing. They are called in the process that will be in the box.
int box_build_root(const struct box *box, int changes_user);
int box_drop_capabilities(void);
int box_set_limits(const struct box *box);
int box_set_filter(const struct box *box);

#endif
