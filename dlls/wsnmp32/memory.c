/*
 * Memory of the DLL, and what can be known of the application's pointers.
 */
#include "wsnmp32/wsnmp32.h"

void *snmp_zalloc(size_t size)
{
    void *memory = snmp_alloc(size);

    if (memory) memset(memory, 0, size);
    return memory;
}

int can_read(const void *ptr, size_t size)
{
    return ptr && !IsBadReadPtr(ptr, size);
}

int can_write(void *ptr, size_t size)
{
    return ptr && !IsBadWritePtr(ptr, size);
}

int string_length(const char *string, size_t max)
{
    size_t length;

    if (!string || IsBadStringPtrA(string, max + 1)) return -1;
    length = strnlen(string, max + 1);
    return length > max ? -1 : (int)length;
}
