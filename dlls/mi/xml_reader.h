/*
 * The XML of CIM-XML, element by element: what XML 1.0 calls well-formed, without a document type (no entities but
 * XML's own five, so that no text grows), in the reader's text. Own code, because the library that Windows has for it,
 * XmlLite, is not there where the readers are fuzzed and tested under the sanitizers, and because the error's place and
 * the end of the element in the buffer have to be known to the character.
 */
#ifndef CORK_MI_XML_READER_H
#define CORK_MI_XML_READER_H

#include <mi.h>

#include "mi/codec_reader.h"

#include <stdbool.h>
#include <stddef.h>

#define MI_XML_MAX_ATTRIBUTES 16
#define MI_XML_MAX_NESTING    64 /* elements */

struct mi_xml_attribute
{
    const MI_Char *name;
    size_t name_length;
    const MI_Char *value; /* without its quotes, as it stands in the text */
    size_t value_length;
};

/* The start tag that was read last. */
struct mi_xml_tag
{
    const MI_Char *at; /* where it begins */
    const MI_Char *name;
    size_t name_length;
    struct mi_xml_attribute attributes[MI_XML_MAX_ATTRIBUTES];
    unsigned attribute_count;
    bool empty; /* <NAME/> */
};

struct mi_xml
{
    struct mi_codec_reader *reader;
    const MI_Char *at, *end;
    struct
    {
        const MI_Char *name;
        size_t length;
    } open[MI_XML_MAX_NESTING];
    unsigned nesting;
    bool ends; /* the last start tag was empty: its end comes next */
};

void mi_xml_begin(struct mi_xml *xml, struct mi_codec_reader *reader, const MI_Char *text, size_t length);

/* Reads on to the next tag of the element that is open. Between them only white space, comments and processing
 * instructions may be. `found`: whether it was a start tag, which `tag` describes and which is open then; else it was
 * the end tag of the element, which is closed. */
bool mi_xml_next(struct mi_xml *xml, struct mi_xml_tag *tag, bool *found);

/* Reads the character data of the element that is open, up to its end tag, which is read too. The characters are the
 * reader's, unescaped; there may be a 0 among them (of "&#0;"). `at`: where they begin. */
bool mi_xml_text(struct mi_xml *xml, const MI_Char **at, MI_Char **text, size_t *length);

/* Whether the tag's name is this. */
bool mi_xml_is(const struct mi_xml_tag *tag, const char *name);

/* The attribute's value, unescaped, in the reader's memory; NULL where there is none. `required`: not to have it is a
 * failure. Returns false on failure. */
bool mi_xml_attribute(struct mi_xml *xml, const struct mi_xml_tag *tag, const char *name, bool required,
                      MI_Char **value);

/* Fails with "this element is not expected here". Always false. */
bool mi_xml_unexpected(struct mi_xml *xml, const struct mi_xml_tag *tag);

#endif
