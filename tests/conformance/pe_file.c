/*
 * PE and COFF files. See pe_file.h.
 */
#include "pe_file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static uint16_t get16(const struct pe_file *file, size_t at)
{
    return at + 2 <= file->size ? (uint16_t)(file->data[at] | file->data[at + 1] << 8) : 0;
}

static uint32_t get32(const struct pe_file *file, size_t at)
{
    return (uint32_t)get16(file, at) | (uint32_t)get16(file, at + 2) << 16;
}

int pe_read(struct pe_file *file, const char *path)
{
    FILE *stream = fopen(path, "rb");
    long size;

    memset(file, 0, sizeof(*file));
    if (!stream) return 0;
    fseek(stream, 0, SEEK_END);
    size = ftell(stream);
    rewind(stream);
    file->data = size > 0 ? malloc((size_t)size) : NULL;
    if (file->data) file->size = fread(file->data, 1, (size_t)size, stream);
    fclose(stream);
    if (!file->data || file->size < 64) return 0;
    file->is_image = file->data[0] == 'M' && file->data[1] == 'Z';
    file->coff = file->is_image ? get32(file, 60) + 4 : 0;
    file->machine = get16(file, file->coff);
    return file->machine == 0x14c || file->machine == 0x8664;
}

static size_t section_header(const struct pe_file *file, unsigned index)
{
    return file->coff + 20 + get16(file, file->coff + 16) + 40 * (size_t)index;
}

const uint8_t *pe_section(const struct pe_file *file, const char *name, size_t *size)
{
    for (unsigned i = 0; i < get16(file, file->coff + 2); i++)
    {
        size_t header = section_header(file, i), at;

        if (header + 40 > file->size || strncmp((const char *)file->data + header, name, 8) != 0) continue;
        *size = get32(file, header + 16);
        at = get32(file, header + 20);
        return at + *size <= file->size ? file->data + at : NULL;
    }
    return NULL;
}

/* Where a relative virtual address lies in the file; 0 where nowhere. */
static size_t offset_of(const struct pe_file *file, uint32_t address)
{
    for (unsigned i = 0; i < get16(file, file->coff + 2); i++)
    {
        size_t header = section_header(file, i);
        uint32_t start = get32(file, header + 12), size = get32(file, header + 16);

        if (address >= start && address - start < size) return get32(file, header + 20) + (address - start);
    }
    return 0;
}

int pe_exports(const struct pe_file *file, void (*each)(void *context, const char *name, unsigned ordinal),
               void *context)
{
    /* The directories follow the optional header, whose length differs with the bitness. */
    size_t directories = file->coff + 20 + (file->machine == 0x8664 ? 112 : 96);
    size_t table = offset_of(file, get32(file, directories)), names, ordinals;
    unsigned base, count;

    if (!file->is_image || !table) return -1;
    base = get32(file, table + 16);
    count = get32(file, table + 24);
    names = offset_of(file, get32(file, table + 32));
    ordinals = offset_of(file, get32(file, table + 36));
    for (unsigned i = 0; i < count; i++)
    {
        size_t name = offset_of(file, get32(file, names + 4 * (size_t)i));

        if (name && memchr(file->data + name, 0, file->size - name))
            each(context, (const char *)file->data + name, base + get16(file, ordinals + 2 * (size_t)i));
    }
    return (int)count;
}

int coff_has_symbol(const struct pe_file *file, const char *name)
{
    size_t symbols = get32(file, file->coff + 8), count = get32(file, file->coff + 12), strings = symbols + 18 * count;

    for (size_t i = 0; i < count; i++)
    {
        size_t symbol = symbols + 18 * i;
        const char *text;

        if (symbol + 18 > file->size) return 0;
        text = (const char *)file->data + symbol;
        if (get32(file, symbol) == 0)
        {
            size_t at = strings + get32(file, symbol + 4);

            if (at < file->size && !strncmp((const char *)file->data + at, name, file->size - at)) return 1;
        }
        else if (strlen(name) <= 8 && !strncmp(text, name, 8))
            return 1;
        i += file->data[symbol + 17];
    }
    return 0;
}
