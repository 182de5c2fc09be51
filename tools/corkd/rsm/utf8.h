/* UTF-8, as the database keeps text. */
#ifndef CORK_RSM_UTF8_H
#define CORK_RSM_UTF8_H

#include <stddef.h>
#include <stdint.h>

/* Writes a code point (below 0x110000; a lone surrogate in three bytes) to `text`, which has room for 4 bytes. No 0
 * follows. Returns how many bytes it took. */
size_t utf8_put(char *text, uint32_t point);

#endif
