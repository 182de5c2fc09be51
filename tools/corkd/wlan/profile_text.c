/*
 * A profile's document as text. libxml2's own writer frees its buffer twice where memory ends while it grows (2.9.14),
 * so this is one for what a profile has: elements, attributes, text.
 */
#include <stdio.h>
#include <stdlib.h>

#include "corkd/wlan/profile_schema.h"

/* Characters that would end the text, or that reading would change: an attribute's white space, a carriage return. */
static void put_escaped(FILE *file, const xmlChar *text, bool attribute)
{
    for (; text && *text; text++)
    {
        if (*text == '&')
            fputs("&amp;", file);
        else if (*text == '<')
            fputs("&lt;", file);
        else if (*text == '>')
            fputs("&gt;", file);
        else if (*text == '\r' || (attribute && (*text == '"' || *text == '\n' || *text == '\t')))
            fprintf(file, "&#%d;", *text);
        else
            fputc(*text, file);
    }
}

static void put_name(FILE *file, const xmlNs *space, const xmlChar *name)
{
    if (space && space->prefix) fprintf(file, "%s:", (const char *)space->prefix);
    fputs((const char *)name, file);
}

static void put_attribute(FILE *file, const xmlAttr *attribute)
{
    fputc(' ', file);
    put_name(file, attribute->ns, attribute->name);
    fputs("=\"", file);
    for (const xmlNode *part = attribute->children; part; part = part->next)
        put_escaped(file, part->content, true);
    fputc('"', file);
}

static void put_head(FILE *file, const xmlNode *element)
{
    fputc('<', file);
    put_name(file, element->ns, element->name);
    for (const xmlNs *space = element->nsDef; space; space = space->next)
    {
        fprintf(file, space->prefix ? " xmlns:%s=\"" : " xmlns%s=\"", space->prefix ? (const char *)space->prefix : "");
        put_escaped(file, space->href, true);
        fputc('"', file);
    }
    for (const xmlAttr *attribute = element->properties; attribute; attribute = attribute->next)
        put_attribute(file, attribute);
}

/* NOLINTNEXTLINE(misc-no-recursion): the reader has refused what is deeper than libxml2's 256 */
static void put_node(FILE *file, const xmlNode *node)
{
    if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE) put_escaped(file, node->content, false);
    if (node->type != XML_ELEMENT_NODE) return;
    put_head(file, node);
    if (!node->children)
    {
        fputs("/>", file);
        return;
    }
    fputc('>', file);
    for (const xmlNode *child = node->children; child; child = child->next)
        put_node(file, child);
    fputs("</", file);
    put_name(file, node->ns, node->name);
    fputc('>', file);
}

char *profile_document_text(const xmlDoc *document)
{
    const xmlNode *root = xmlDocGetRootElement(document);
    char *text = NULL;
    size_t size = 0;
    FILE *file = open_memstream(&text, &size);
    bool failed;

    if (!file) return NULL;
    fputs("<?xml version=\"1.0\"?>\n", file);
    if (root) put_node(file, root);
    fputc('\n', file);
    failed = ferror(file) != 0;
    failed = fclose(file) != 0 || failed;
    if (!failed) return text;
    free(text);
    return NULL;
}
