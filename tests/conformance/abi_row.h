/*
 * A size, offset or constant of the headers, as abi_layout.c lays it down in the section .abi.
 */
#ifndef CORK_TESTS_ABI_ROW_H
#define CORK_TESTS_ABI_ROW_H

#include <stdint.h>

struct abi_row
{
    char name[60];
    uint32_t value;
};

#endif
