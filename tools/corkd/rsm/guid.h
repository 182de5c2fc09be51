/* Identifiers of objects: GUIDs, 16 bytes as they lie in memory on Windows. */
#ifndef CORK_RSM_GUID_H
#define CORK_RSM_GUID_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

struct guid
{
    uint8_t bytes[16];
};

static inline bool guid_is_null(const struct guid *guid)
{
    static const struct guid null;

    return !memcmp(guid, &null, sizeof(null));
}

static inline bool guid_equal(const struct guid *a, const struct guid *b)
{
    return !memcmp(a, b, sizeof(*a));
}

/* A new random GUID (RFC 4122, version 4), never null. Any thread. */
struct guid guid_new(void);

/* The time now as a FILETIME: 100 ns since 1601-01-01 UTC. */
uint64_t filetime_now(void);

#endif
