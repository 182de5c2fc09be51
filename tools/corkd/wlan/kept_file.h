/*
 * A file that the service keeps things in between its runs, read and written as a whole.
 *
 * Such files lie in corkd's folder of the prefix, which only its user may enter, and have mode 0600: they may hold
 * keys. A file is replaced at once: whoever reads it, after a crash too, has the whole of the old one or the whole of
 * the new one. No Windows header, no lock: the caller sees to it that one thread at a time writes a file.
 */
#ifndef CORKD_WLAN_KEPT_FILE_H
#define CORKD_WLAN_KEPT_FILE_H

#include <stddef.h>
#include <stdint.h>

#define KEPT_FILE_MAX (1u << 24) /* bytes: what is larger is none of ours */

enum kept_result
{
    KEPT_OK,
    KEPT_NONE,      /* there is no such file */
    KEPT_NO_MEMORY, /* nothing was read */
    KEPT_FAILED,    /* errno says why; what was there before a failed write is still there */
};

/* Replaces the file `name` in `folder` by `size` bytes, on the disk when it returns. */
enum kept_result kept_file_write(const char *folder, const char *name, const void *bytes, size_t size);
/* Reads it. *bytes is the caller's, to be freed by free(), with a zero behind its *size bytes; NULL unless KEPT_OK. */
enum kept_result kept_file_read(const char *folder, const char *name, uint8_t **bytes, size_t *size);
/* Takes it away. KEPT_OK also where there was none. */
enum kept_result kept_file_remove(const char *folder, const char *name);

#endif
