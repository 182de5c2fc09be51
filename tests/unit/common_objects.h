/* The objects, tables and allocators of the handle table's tests. */
#ifndef COMMON_OBJECTS_H
#define COMMON_OBJECTS_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "common/handle_table.h"
#include "test_framework.h"
#include "test_threads.h"

enum
{
    TYPE_APPLE = 1,
    TYPE_PEAR,
};

/* `value` is not atomic on purpose: every use has to be ordered by the table, and TSan watches. */
struct object
{
    void *handle;
    unsigned value;
    atomic_int cancelled, destroyed;
    unsigned long destroyer; /* thread */
    void (*on_cancel)(struct object *object);
    void (*on_destroy)(struct object *object);
    void *context;
    bool freed_on_destroy;
};

#define ALIVE 0xa11fe000u
#define DEAD  0xdeadu

static inline void object_cancel(void *pointer)
{
    struct object *object = pointer;

    if (atomic_load(&object->destroyed) || atomic_fetch_add(&object->cancelled, 1)) abort();
    if (object->on_cancel) object->on_cancel(object);
}

static inline void object_destroy(void *pointer)
{
    struct object *object = pointer;

    if (!atomic_load(&object->cancelled) || atomic_fetch_add(&object->destroyed, 1) || object->value != ALIVE) abort();
    object->value = DEAD;
    object->destroyer = test_thread_id();
    if (object->on_destroy) object->on_destroy(object);
    if (object->freed_on_destroy) free(object);
}

static const struct cork_handle_type object_types[] = {
    {"apple", object_cancel, object_destroy},
    {"pear", object_cancel, object_destroy},
};

#define OBJECT ((struct object){.value = ALIVE})

static inline struct cork_handle_table *new_table(struct cork_handle_table_config config)
{
    struct cork_handle_table *table;

    config.types = object_types;
    config.type_count = 2;
    table = cork_handle_table_create(&config);
    require(table != NULL);
    return table;
}

#define NEW_TABLE(...) new_table((struct cork_handle_table_config){__VA_ARGS__})

static inline void open_object(struct cork_handle_table *table, unsigned type, struct object *object)
{
    enum cork_result result = cork_handle_open(table, type, object, &object->handle, NULL);

    require(result == CORK_OK);
}

/* Counts what is allocated, and fails the allocation number `fail_at` (0: none). */
struct counting_allocator
{
    struct cork_allocator hooks;
    int allocations, live, fail_at;
};

static void *counting_alloc(void *context, size_t size)
{
    struct counting_allocator *allocator = context;
    void *memory;

    if (++allocator->allocations == allocator->fail_at) return NULL;
    memory = malloc(size);
    allocator->live += memory != NULL;
    return memory;
}

static void counting_free(void *context, void *memory)
{
    struct counting_allocator *allocator = context;

    allocator->live--;
    free(memory);
}

static inline void counting_allocator_init(struct counting_allocator *allocator, int fail_at)
{
    *allocator = (struct counting_allocator){{counting_alloc, counting_free, allocator}, 0, 0, fail_at};
}

#endif
