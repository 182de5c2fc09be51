/*
 * Arena: memory that is taken in small pieces and given back all at once, with its owner. The first piece lies in the
 * owner's own block, so that a small object is one allocation.
 */
#ifndef CORK_MI_ARENA_H
#define CORK_MI_ARENA_H

#include <mi.h>

#include <stddef.h>

struct mi_arena_chunk;

struct mi_arena
{
    struct mi_arena_chunk *chunks; /* what was allocated; the one in use first */
    char *at, *end;                /* what is left of it */
    size_t next_size;              /* bytes of the next chunk */
    size_t bytes;                  /* allocated in chunks so far */
};

/* Begins an arena in `memory` (`size` bytes, the caller's, aligned to 8; 0 for none). `next_size`: bytes of the first
 * chunk to be allocated; each further one is twice as large, up to 64 KiB. */
void mi_arena_init(struct mi_arena *arena, void *memory, size_t size, size_t next_size);

/* Frees all chunks; the arena may not be used again before mi_arena_init. */
void mi_arena_free(struct mi_arena *arena);

/* `size` bytes, aligned to 8, contents undefined, until mi_arena_free. NULL for lack of memory. */
void *mi_arena_alloc(struct mi_arena *arena, size_t size);

/* A copy of the text in the arena. NULL for lack of memory, and for NULL. */
MI_Char *mi_arena_text(struct mi_arena *arena, const MI_Char *text);

#endif
