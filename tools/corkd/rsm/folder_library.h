/*
 * The folder library: a media library made of folders, the default where there is no device.
 *
 *   ROOT/library.ini         drives=N, slots=N, ports=N, sides=N, each on a line of its own; barcodes=0 after them: a
 *                            library that does not read bar codes
 *   ROOT/slots/0001/BARCODE  a medium: a folder in its slot; the folder's name is its bar code
 *   ROOT/ports/1/BARCODE     a medium in a mail slot: where a person puts one, or finds an ejected one
 *   ROOT/drives/1/BARCODE    a medium in a drive
 *
 * A medium's files are in its folder; a two-sided medium has them in the folders "A" and "B" inside it. The on-media
 * label of a side is the file ".cork-label" there. A move is one rename, so a medium is in one place at any moment.
 */
#ifndef CORK_RSM_FOLDER_LIBRARY_H
#define CORK_RSM_FOLDER_LIBRARY_H

#include "rsm/changer.h"

extern const struct changer_kind folder_library_kind;

struct folder_library_size
{
    uint32_t drives, slots, ports, sides;
};

/* Makes the folders of a new library at the absolute path `root`, which may exist if it is empty or a folder library of
 * that size. Each number is at most 10000; drives and slots at least 1, sides 1 or 2. Returns a Windows error code. */
uint32_t folder_library_create(const char *root, const struct folder_library_size *size);

#endif
