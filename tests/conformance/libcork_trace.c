/*
 * Writes a trace of each class, for libcork_trace.sh to look at. Prints "last error kept" or "last error lost".
 */
#include <stdio.h>
#include <windows.h>

#include "common/trace.h"

CORK_TRACE_CHANNEL(corktest);

static void write_traces(void)
{
    CORK_TRACE("number %d, text %s, wide %s, bytes %s, size %zu, long %lld\n", 1, cork_debugstr_a("a\n\"b\""),
               cork_debugstr_w(L"w\x20ac"), cork_debugstr_bytes("\x01\xff", 2), (size_t)2, -3LL);
    CORK_WARN("careful\n");
    CORK_ERR("wrong\n");
    CORK_FIXME("in ");
    CORK_FIXME("parts\n");
}

int main(void)
{
    SetLastError(0xc0ffee);
    write_traces();
    puts(GetLastError() == 0xc0ffee ? "last error kept" : "last error lost");
    return 0;
}
