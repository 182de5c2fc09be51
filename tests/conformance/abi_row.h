/*
 * A size, offset or constant of the headers, as abi_layout.c lays it down in the section .abi.
 */
#ifndef CORK_TESTS_ABI_ROW_H
#define CORK_TESTS_ABI_ROW_H

#include <stdint.h>

/* A multiple of 32 bytes, as the compiler aligns large objects to 32 and the rows of several files are read as one
 * array. */
struct abi_row
{
    char name[92];
    uint32_t value;
};

/* A GUID of the headers, in the section .abiguid. */
struct abi_guid
{
    char name[112];
    uint32_t data1;
    uint16_t data2, data3;
    uint8_t data4[8];
};

#endif
