#include "wsnmp32/allocation.h"

#include <stdlib.h>

void *(*snmp_alloc)(size_t size) = malloc;
void (*snmp_free)(void *memory) = free;
