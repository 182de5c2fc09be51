/* The calling thread's list of pins. */
#include "common/thread_pins.h"

#include "common/thread_mark.h"

#ifdef _WIN32

#include <windows.h>
#include <winternl.h>

size_t cork_thread_pins_teb_offset;
static DWORD tls_index = TLS_OUT_OF_INDEXES;

/* A module's constructors run before its DllMain or main, so no function has to ask whether the index is there. */
__attribute__((constructor)) static void allocate_index(void)
{
    tls_index = TlsAlloc();
    if (tls_index < sizeof(((TEB *)0)->TlsSlots) / sizeof(void *))
        cork_thread_pins_teb_offset = offsetof(TEB, TlsSlots) + tls_index * sizeof(void *);
}

__attribute__((destructor)) static void free_index(void)
{
    cork_thread_pins_teb_offset = 0;
    if (tls_index != TLS_OUT_OF_INDEXES) TlsFree(tls_index);
    tls_index = TLS_OUT_OF_INDEXES;
}

bool cork_thread_pins_available(void)
{
    return tls_index != TLS_OUT_OF_INDEXES;
}

/* TlsGetValue sets the last error even when it succeeds. */
struct cork_pin *cork_thread_pins_get_slow(void)
{
    DWORD error = GetLastError();
    struct cork_pin *head = TlsGetValue(tls_index);

    SetLastError(error);
    return head;
}

/* The first TlsSetValue of a thread for an index beyond the TEB's own allocates. A thread that cannot be told what it
 * holds would later wait for itself, so there is no going on. */
void cork_thread_pins_set_slow(struct cork_pin *head)
{
    if (!TlsSetValue(tls_index, head)) __builtin_trap();
}

#else

_Thread_local struct cork_pin *cork_thread_pins_head;

bool cork_thread_pins_available(void)
{
    return true;
}

#endif

void cork_thread_pins_remove_inner(struct cork_pin *pin)
{
    struct cork_pin *newer = cork_thread_pins_get();

    while (newer && newer->next != pin)
        newer = newer->next;
    if (!newer) __builtin_trap();
    newer->next = pin->next;
}

bool cork_thread_pins_holds(const void *held)
{
    for (const struct cork_pin *pin = cork_thread_pins_get(); pin; pin = pin->next)
    {
        if (pin->held == held) return true;
    }
    return false;
}

/* ---- Marks ---- */

void cork_thread_mark_begin(struct cork_pin *mark, void *object)
{
    cork_thread_pins_push(mark, object, object, NULL);
}

void cork_thread_mark_end(struct cork_pin *mark)
{
    cork_thread_pins_remove(mark);
}

bool cork_thread_is_marked(const void *object)
{
    return cork_thread_pins_holds(object);
}

bool cork_thread_is_inside(void)
{
    return cork_thread_pins_get() != NULL;
}
