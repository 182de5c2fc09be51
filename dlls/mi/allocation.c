#include "mi/allocation.h"

#include <stdlib.h>

void *(*mi_alloc)(size_t size) = malloc;
void (*mi_free)(void *memory) = free;
