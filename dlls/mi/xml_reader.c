/* The XML of CIM-XML, element by element. See xml_reader.h. */
#include "mi/xml_reader.h"

#include "mi/codec_number.h"

#include <string.h>

void mi_xml_begin(struct mi_xml *xml, struct mi_codec_reader *reader, const MI_Char *text, size_t length)
{
    memset(xml, 0, sizeof(*xml));
    xml->reader = reader;
    xml->at = text;
    xml->end = text + length;
}

static bool bad(struct mi_xml *xml, const char *text)
{
    return mi_codec_bad(xml->reader, xml->at, text);
}

static bool same(const MI_Char *text, size_t length, const char *word)
{
    size_t i;

    for (i = 0; i < length && word[i]; i++)
        if (text[i] != (MI_Char)word[i]) return false;
    return i == length && !word[i];
}

bool mi_xml_is(const struct mi_xml_tag *tag, const char *name)
{
    return same(tag->name, tag->name_length, name);
}

bool mi_xml_unexpected(struct mi_xml *xml, const struct mi_xml_tag *tag)
{
    return mi_codec_fail(xml->reader, tag->at, xml->reader->bad_input, "this element is not expected here", tag->name,
                         tag->name_length);
}

/* ---- Characters -------------------------------------------------------------------------------------------------- */

static bool is_space(MI_Char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static bool begins_name(MI_Char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_' || c == ':' || c >= 0x80;
}

static bool is_in_name(MI_Char c)
{
    return begins_name(c) || (c >= '0' && c <= '9') || c == '-' || c == '.';
}

static void skip_space(struct mi_xml *xml)
{
    while (xml->at < xml->end && is_space(*xml->at))
        xml->at++;
}

static bool looking_at(const struct mi_xml *xml, const char *word)
{
    size_t length = strlen(word);

    return (size_t)(xml->end - xml->at) >= length && same(xml->at, length, word);
}

/* Goes beyond the next `word`. */
static bool skip_to(struct mi_xml *xml, const char *word)
{
    const MI_Char *begin = xml->at;

    while (xml->at < xml->end && !looking_at(xml, word))
        xml->at++;
    if (xml->at == xml->end)
    {
        xml->at = begin;
        return bad(xml, "this does not end");
    }
    xml->at += strlen(word);
    return true;
}

static bool read_name(struct mi_xml *xml, const MI_Char **name, size_t *length)
{
    *name = xml->at;
    if (xml->at == xml->end || !begins_name(*xml->at)) return bad(xml, "a name is expected here");
    while (xml->at < xml->end && is_in_name(*xml->at))
        xml->at++;
    *length = (size_t)(xml->at - *name);
    return true;
}

/* ---- References -------------------------------------------------------------------------------------------------- */

static bool named_reference(const MI_Char *at, size_t length, MI_Uint64 *c)
{
    static const struct
    {
        const char *name;
        char c;
    } entities[] = {{"lt", '<'}, {"gt", '>'}, {"amp", '&'}, {"quot", '"'}, {"apos", '\''}};

    for (size_t i = 0; i < MI_COUNT(entities); i++)
    {
        if (!same(at, length, entities[i].name)) continue;
        *c = (unsigned char)entities[i].c;
        return true;
    }
    return false;
}

/* The reference at `at`, "&...;", as one or two characters; `at` goes beyond it. */
static bool read_reference(struct mi_xml *xml, const MI_Char **at, const MI_Char *end, MI_Char **out)
{
    const MI_Char *begin = *at + 1, *stop = begin;
    MI_Uint64 c = 0;
    size_t length;
    bool good;

    while (stop < end && *stop != ';' && stop - begin < 12)
        stop++;
    length = (size_t)(stop - begin);
    good = stop < end && *stop == ';' && length;
    if (good && *begin == '#')
        good = length > 1 && begin[1] == 'x' ? mi_digits_parse(begin + 2, length - 2, 16, &c)
                                             : mi_digits_parse(begin + 1, length - 1, 10, &c);
    else if (good)
        good = named_reference(begin, length, &c);
    if (!good || c > 0x10ffff) return mi_codec_bad(xml->reader, *at, "this is no reference to a character");
    if (c >= 0x10000)
    {
        *(*out)++ = (MI_Char)(0xd800 + ((c - 0x10000) >> 10));
        c = 0xdc00 + ((c - 0x10000) & 0x3ff);
    }
    *(*out)++ = (MI_Char)c;
    *at = stop + 1;
    return true;
}

/* Characters between `at` and `end`, with their references replaced and their line ends made one character; in an
 * attribute (`attribute`) white space is a space. `out` has room for as many. */
static bool unescape(struct mi_xml *xml, const MI_Char *at, const MI_Char *end, bool attribute, MI_Char **out)
{
    while (at < end)
    {
        if (*at == '&')
        {
            if (!read_reference(xml, &at, end, out)) return false;
            continue;
        }
        if (*at == '\r' && at + 1 < end && at[1] == '\n') at++;
        *(*out)++ = (MI_Char)(attribute && is_space(*at) ? ' ' : *at == '\r' ? '\n' : *at);
        at++;
    }
    return true;
}

/* ---- Tags -------------------------------------------------------------------------------------------------------- */

static bool read_attribute(struct mi_xml *xml, struct mi_xml_tag *tag)
{
    struct mi_xml_attribute *attribute = &tag->attributes[tag->attribute_count];
    const MI_Char *begin = xml->at;
    MI_Char quote;

    if (tag->attribute_count == MI_XML_MAX_ATTRIBUTES) return bad(xml, "there are too many attributes");
    if (!read_name(xml, &attribute->name, &attribute->name_length)) return false;
    for (unsigned i = 0; i < tag->attribute_count; i++)
        if (tag->attributes[i].name_length == attribute->name_length &&
            !memcmp(tag->attributes[i].name, attribute->name, attribute->name_length * sizeof(MI_Char)))
            return mi_codec_bad(xml->reader, begin, "there are two of this attribute");
    skip_space(xml);
    if (xml->at == xml->end || *xml->at != '=') return bad(xml, "'=' is expected here");
    xml->at++;
    skip_space(xml);
    if (xml->at == xml->end || (*xml->at != '"' && *xml->at != '\'')) return bad(xml, "a quote is expected here");
    quote = *xml->at;
    begin = attribute->value = ++xml->at;
    while (xml->at < xml->end && *xml->at != quote && *xml->at != '<')
        xml->at++;
    if (xml->at == xml->end || *xml->at != quote)
        return mi_codec_bad(xml->reader, begin, "the attribute's value does not end");
    attribute->value_length = (size_t)(xml->at - begin);
    xml->at++;
    tag->attribute_count++;
    return true;
}

static bool read_start(struct mi_xml *xml, struct mi_xml_tag *tag)
{
    tag->at = xml->at++;
    tag->attribute_count = 0;
    if (!read_name(xml, &tag->name, &tag->name_length)) return false;
    for (;;)
    {
        bool space = xml->at < xml->end && is_space(*xml->at);

        skip_space(xml);
        if (xml->at == xml->end) return mi_codec_bad(xml->reader, tag->at, "the tag does not end");
        if (*xml->at == '>' || looking_at(xml, "/>")) break;
        if (!space) return bad(xml, "white space is expected here");
        if (!read_attribute(xml, tag)) return false;
    }
    tag->empty = *xml->at == '/';
    xml->at += tag->empty ? 2 : 1;
    xml->ends = tag->empty;
    if (xml->nesting == MI_XML_MAX_NESTING)
        return mi_codec_fail(xml->reader, tag->at, MI_RESULT_SERVER_LIMITS_EXCEEDED, "elements are nested too deeply",
                             NULL, 0);
    xml->open[xml->nesting].name = tag->name;
    xml->open[xml->nesting++].length = tag->name_length;
    return true;
}

static bool read_end(struct mi_xml *xml)
{
    const MI_Char *begin = xml->at, *name = NULL;
    size_t length = 0;

    if (xml->ends)
    {
        xml->ends = false;
        xml->nesting--;
        return true;
    }
    xml->at += 2;
    if (!read_name(xml, &name, &length)) return false;
    skip_space(xml);
    if (!xml->nesting || xml->open[xml->nesting - 1].length != length ||
        memcmp(xml->open[xml->nesting - 1].name, name, length * sizeof(*name)))
        return mi_codec_bad(xml->reader, begin, "this is not the end tag of the element that is open");
    if (xml->at == xml->end || *xml->at != '>') return bad(xml, "'>' is expected here");
    xml->at++;
    xml->nesting--;
    return true;
}

/* Goes beyond a comment or a processing instruction. `skipped`: whether there was one. */
static bool skip_aside(struct mi_xml *xml, bool *skipped)
{
    *skipped = true;
    if (looking_at(xml, "<!--"))
    {
        xml->at += 4;
        return skip_to(xml, "-->");
    }
    if (looking_at(xml, "<?")) return skip_to(xml, "?>");
    if (looking_at(xml, "<!DOCTYPE")) return bad(xml, "document types are not read");
    *skipped = false;
    return true;
}

bool mi_xml_next(struct mi_xml *xml, struct mi_xml_tag *tag, bool *found)
{
    bool skipped = true;

    *found = false;
    if (xml->ends) return read_end(xml);
    while (skipped)
    {
        skip_space(xml);
        if (!skip_aside(xml, &skipped)) return false;
    }
    if (xml->at == xml->end) return bad(xml, "the text ends too early");
    if (*xml->at != '<') return bad(xml, "a tag is expected here");
    if (looking_at(xml, "</")) return read_end(xml);
    *found = read_start(xml, tag);
    return *found;
}

/* Goes through character data up to the end tag. `out`: where the characters go; NULL: nowhere. */
static bool walk_text(struct mi_xml *xml, MI_Char **out)
{
    for (;;)
    {
        const MI_Char *from = xml->at;
        bool skipped;

        while (xml->at < xml->end && *xml->at != '<')
            xml->at++;
        if (out && !unescape(xml, from, xml->at, false, out)) return false;
        if (xml->at == xml->end) return bad(xml, "the text ends too early");
        if (looking_at(xml, "</")) return true;
        if (looking_at(xml, "<![CDATA["))
        {
            from = xml->at += 9;
            if (!skip_to(xml, "]]>")) return false;
            for (; out && from < xml->at - 3; from++)
                *(*out)++ = *from;
            continue;
        }
        if (!skip_aside(xml, &skipped)) return false;
        if (!skipped) return bad(xml, "text is expected here");
    }
}

/* First to the end, which no unescaped text is longer than the way to. */
bool mi_xml_text(struct mi_xml *xml, const MI_Char **where, MI_Char **text, size_t *length)
{
    const MI_Char *begin = xml->at;
    MI_Char *out;

    if (where) *where = begin;
    if (!xml->ends && !walk_text(xml, NULL)) return false;
    out = *text = mi_codec_alloc(xml->reader, ((size_t)(xml->at - begin) + 1) * sizeof(*out));
    if (!out) return false;
    xml->at = begin;
    if (!xml->ends && !walk_text(xml, &out)) return false;
    *length = (size_t)(out - *text);
    *out = 0;
    return read_end(xml);
}

bool mi_xml_attribute(struct mi_xml *xml, const struct mi_xml_tag *tag, const char *name, bool required,
                      MI_Char **value)
{
    *value = NULL;
    for (unsigned i = 0; i < tag->attribute_count; i++)
    {
        const struct mi_xml_attribute *attribute = &tag->attributes[i];
        MI_Char *room, *out;

        if (!same(attribute->name, attribute->name_length, name)) continue;
        out = room = mi_codec_alloc(xml->reader, (attribute->value_length + 1) * sizeof(*room));
        if (!room || !unescape(xml, attribute->value, attribute->value + attribute->value_length, true, &out))
            return false;
        *value = mi_codec_copy(xml->reader, room, (size_t)(out - room));
        return *value != NULL;
    }
    if (!required) return true;
    return mi_codec_fail(xml->reader, tag->at, xml->reader->bad_input, "the element has too few attributes", tag->name,
                         tag->name_length);
}
