/* Handles. See handles.h. */
#include "mi/handles.h"

#include "common/platform.h"

#include <stdatomic.h>
#include <stdint.h>

struct cork_handle_table *mi_handles(void)
{
    static struct cork_mutex lock = CORK_MUTEX_INIT;
    static _Atomic(struct cork_handle_table *) table;
    struct cork_handle_table *made = atomic_load_explicit(&table, memory_order_acquire);

    if (made) return made;
    cork_mutex_lock(&lock);
    made = atomic_load_explicit(&table, memory_order_relaxed);
    if (!made)
    {
        made = cork_handle_table_create(
            &(struct cork_handle_table_config){.types = mi_handle_types, .type_count = MI_HANDLE_KINDS});
        atomic_store_explicit(&table, made, memory_order_release);
    }
    cork_mutex_unlock(&lock);
    return made;
}

MI_Result mi_handle_open(enum mi_handle_kind kind, void *object, MI_Uint64 *reserved1, struct cork_pin *pin)
{
    struct cork_handle_table *table = mi_handles();
    void *handle = NULL;

    *reserved1 = 0;
    if (!table || cork_handle_open(table, kind, object, &handle, pin) != CORK_OK)
        return MI_RESULT_SERVER_LIMITS_EXCEEDED;
    *reserved1 = (MI_Uint64)(uintptr_t)handle;
    return MI_RESULT_OK;
}

void *mi_handle_acquire(MI_Uint64 reserved1, enum mi_handle_kind kind, struct cork_pin *pin)
{
    struct cork_handle_table *table = mi_handles();

    if (!table || !reserved1 || reserved1 > UINT32_MAX) return NULL;
    return cork_handle_acquire(table, (const void *)(uintptr_t)reserved1, kind, pin);
}
