/*
 * Traces on Windows: by the functions that Wine's ntdll exports for its own DLLs' debug channels, so that WINEDEBUG
 * works and the lines look as for them; where ntdll has none of that, to OutputDebugString.
 */
#ifdef _WIN32

#include "common/trace_plain.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <windows.h>

#define KEPT      64
#define KEPT_SIZE 320

uint32_t cork_trace_plain_thread_id(void)
{
    return GetCurrentThreadId();
}

void cork_trace_plain_write(const char *text)
{
    OutputDebugStringA(text);
}

void cork_trace_plain_options(char *options, size_t size)
{
    DWORD length = GetEnvironmentVariableA("CORK_TRACE", options, (DWORD)size);

    if (!length || length >= size) options[0] = 0;
}

char *cork_trace_plain_buffer(size_t size)
{
    static char kept[KEPT][KEPT_SIZE];
    static LONG next;

    if (size > KEPT_SIZE) abort();
    return kept[(ULONG)InterlockedIncrement(&next) % KEPT];
}

/* As Wine's include/wine/debug.h declares them; the channel has the layout of struct __wine_debug_channel. */
static struct
{
    unsigned char(__cdecl *get_channel_flags)(struct cork_trace_channel *channel);
    int(__cdecl *header)(unsigned class, struct cork_trace_channel *channel, const char *function);
    int(__cdecl *output)(const char *text);
    const char *(__cdecl *strdup)(const char *text);
} ntdll;

static unsigned char wine_flags(struct cork_trace_channel *channel)
{
    return ntdll.get_channel_flags(channel);
}

static int wine_header(enum cork_trace_class class, struct cork_trace_channel *channel, const char *function)
{
    return ntdll.header(class, channel, function);
}

static void wine_output(const char *text)
{
    ntdll.output(text);
}

static const char *wine_keep(const char *text)
{
    return ntdll.strdup(text);
}

static const struct cork_trace_backend wine_backend = {wine_flags, wine_header, wine_output, wine_keep};

/* Threads that come here at the same time find the same. */
static const struct cork_trace_backend *choose_backend(void)
{
    HMODULE module = GetModuleHandleW(L"ntdll.dll");
    /* By way of (void *), because the compiler warns of a cast between function types. */
    void *flags = (void *)GetProcAddress(module, "__wine_dbg_get_channel_flags");
    void *header = (void *)GetProcAddress(module, "__wine_dbg_header");
    void *output = (void *)GetProcAddress(module, "__wine_dbg_output");
    void *copy = (void *)GetProcAddress(module, "__wine_dbg_strdup");

    if (!flags || !header || !output || !copy) return &cork_trace_plain_backend;
    ntdll.get_channel_flags = (unsigned char(__cdecl *)(struct cork_trace_channel *))flags;
    ntdll.header = (int(__cdecl *)(unsigned, struct cork_trace_channel *, const char *))header;
    ntdll.output = (int(__cdecl *)(const char *))output;
    ntdll.strdup = (const char *(__cdecl *)(const char *))copy;
    return &wine_backend;
}

const struct cork_trace_backend *cork_trace_system_backend(void)
{
    static const struct cork_trace_backend *_Atomic chosen;
    const struct cork_trace_backend *backend = atomic_load_explicit(&chosen, memory_order_acquire);

    if (!backend)
    {
        backend = choose_backend();
        atomic_store_explicit(&chosen, backend, memory_order_release);
    }
    return backend;
}

#endif
