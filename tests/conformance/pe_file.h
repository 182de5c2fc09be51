/*
 * Just enough of PE and COFF files to see what they export and hold (Microsoft's "PE Format"). Native.
 */
#ifndef CORK_TESTS_PE_FILE_H
#define CORK_TESTS_PE_FILE_H

#include <stddef.h>
#include <stdint.h>

struct pe_file
{
    uint8_t *data;
    size_t size;
    size_t coff;      /* offset of the COFF header */
    int is_image;     /* a DLL or program; else an object */
    unsigned machine; /* 0x14c i386, 0x8664 x86-64 */
};

/* Reads the file. Returns 0 where it is none of that kind. The content is malloc'd and stays for the program's life. */
int pe_read(struct pe_file *file, const char *path);
/* A section's raw content by its name, or NULL. */
const uint8_t *pe_section(const struct pe_file *file, const char *name, size_t *size);
/* Calls `each` for every named export with its ordinal. Returns their number, -1 where the file has no export table. */
int pe_exports(const struct pe_file *file, void (*each)(void *context, const char *name, unsigned ordinal),
               void *context);
/* Whether the file's symbol table, which linkers keep unless told otherwise, has the symbol. */
int coff_has_symbol(const struct pe_file *file, const char *name);

#endif
