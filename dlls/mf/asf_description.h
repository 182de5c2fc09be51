/*
 * What a header's objects tell about the content: lists of languages, codecs, markers and scripts, in the layouts of
 * Media Foundation's attributes, and named descriptions. All of them read the objects that the header keeps as bytes.
 *
 * Sources: ASF specification 3.5 (codecs), 3.6 (scripts), 3.7 (markers), 3.11 (extended content description), 4.5
 * to 4.7 (languages, metadata); the pages of MF_PD_ASF_CODECLIST, _SCRIPT, _MARKER and _LANGLIST for the layouts.
 */
#ifndef CORK_MF_ASF_DESCRIPTION_H
#define CORK_MF_ASF_DESCRIPTION_H

#include "mf/asf_header.h"

/* Each writes the attribute's value for the content of an object, and returns false where that is malformed. Strings
 * in them end with one 0, whether they do in the file or not; their sizes are bytes, and count it. */
bool asf_codec_list(struct asf_bytes content, struct asf_writer *out);
bool asf_script_list(struct asf_bytes content, struct asf_writer *out);
bool asf_marker_list(struct asf_bytes content, struct asf_writer *out);
bool asf_language_list(struct asf_bytes content, struct asf_writer *out);

/* The type of a description's value. */
enum asf_value_type
{
    ASF_VALUE_TEXT, /* UTF-16LE */
    ASF_VALUE_BYTES,
    ASF_VALUE_BOOL,
    ASF_VALUE_DWORD,
    ASF_VALUE_QWORD,
    ASF_VALUE_WORD,
    ASF_VALUE_GUID
};

struct asf_value
{
    uint16_t type;
    struct asf_bytes bytes; /* the header's */
};

/* Finds the description `name` (ASCII) of a stream, or with 0 of the whole, in the extended content description, the
 * metadata and the metadata library. False where there is none. */
bool asf_find_description(const struct asf_header *header, uint16_t stream, const char *name, struct asf_value *value);
/* A value of type BOOL, WORD, DWORD or QWORD as a number; false for other types and impossible sizes. */
bool asf_value_number(const struct asf_value *value, uint64_t *number);

#endif
