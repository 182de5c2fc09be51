/* Arena. See arena.h. */
#include "mi/arena.h"

#include "mi/allocation.h"
#include "mi/text.h"

#include <stdint.h>
#include <string.h>

#define MAX_CHUNK ((size_t)65536)

struct mi_arena_chunk
{
    _Alignas(8) struct mi_arena_chunk *next;
};

void mi_arena_init(struct mi_arena *arena, void *memory, size_t size, size_t next_size)
{
    arena->chunks = NULL;
    arena->at = memory;
    arena->end = size ? arena->at + size : arena->at;
    arena->next_size = next_size;
    arena->bytes = 0;
}

void mi_arena_free(struct mi_arena *arena)
{
    while (arena->chunks)
    {
        struct mi_arena_chunk *chunk = arena->chunks;

        arena->chunks = chunk->next;
        mi_free(chunk);
    }
}

/* A chunk for this piece alone, behind the one in use, which keeps what it has left. */
static void *alloc_alone(struct mi_arena *arena, size_t size)
{
    struct mi_arena_chunk *chunk = mi_alloc(sizeof(*chunk) + size);

    if (!chunk) return NULL;
    if (arena->chunks)
    {
        chunk->next = arena->chunks->next;
        arena->chunks->next = chunk;
    }
    else
    {
        chunk->next = NULL;
        arena->chunks = chunk;
    }
    arena->bytes += sizeof(*chunk) + size;
    return chunk + 1;
}

void *mi_arena_alloc(struct mi_arena *arena, size_t size)
{
    struct mi_arena_chunk *chunk;

    if (size > SIZE_MAX / 2) return NULL;
    size = (size + 7) & ~(size_t)7;
    if (size > (size_t)(arena->end - arena->at))
    {
        if (size > arena->next_size / 2) return alloc_alone(arena, size);
        chunk = mi_alloc(sizeof(*chunk) + arena->next_size);
        if (!chunk) return NULL;
        chunk->next = arena->chunks;
        arena->chunks = chunk;
        arena->at = (char *)(chunk + 1);
        arena->end = arena->at + arena->next_size;
        arena->bytes += sizeof(*chunk) + arena->next_size;
        if (arena->next_size < MAX_CHUNK) arena->next_size *= 2;
    }
    arena->at += size;
    return arena->at - size;
}

MI_Char *mi_arena_text(struct mi_arena *arena, const MI_Char *text)
{
    size_t size;
    MI_Char *copy;

    if (!text) return NULL;
    size = (mi_text_length(text) + 1) * sizeof(*text);
    copy = mi_arena_alloc(arena, size);
    if (copy) memcpy(copy, text, size);
    return copy;
}
