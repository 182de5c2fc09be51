/* Where corkd's lines go: stderr in the foreground, else a file that is rotated by size. */
#ifndef CORKD_LOG_H
#define CORKD_LOG_H

#include <stdbool.h>

#include "corkd/service.h"

/* Lines go to stderr; those of host_log_detail too when `verbose`. */
void log_to_stderr(bool verbose);
/* Lines go to `path`; at LOG_ROTATE_SIZE bytes it becomes `path`.1. A file that cannot be written (a full disk) loses
 * lines, nothing else. Returns 0, or -1 with errno when it cannot be opened. */
int log_to_file(const char *path, bool verbose);
#define LOG_ROTATE_SIZE (1024 * 1024)

#endif
