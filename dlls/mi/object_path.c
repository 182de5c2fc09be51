/* Object paths. See object_path.h. */
#include "mi/object_path.h"

#include "mi/allocation.h"
#include "mi/datetime.h"
#include "mi/instance.h"
#include "mi/text.h"
#include "mi/text_builder.h"
#include "mi/value.h"

#include <string.h>

/* References in references: each level doubles the back-slashes, so that more could not be written anyway. */
#define MAX_DEPTH 8

/* ---- Writing ---------------------------------------------------------------------------------------------------- */

static void put_quoted(struct mi_text_builder *text, const MI_Char *from)
{
    mi_text_put_char(text, '"');
    for (; *from; from++)
    {
        if (*from == '"' || *from == '\\') mi_text_put_char(text, '\\');
        mi_text_put_char(text, *from);
    }
    mi_text_put_char(text, '"');
}

static void put_number(struct mi_text_builder *text, MI_Uint64 number, bool negative)
{
    MI_Char digits[24], *at = digits + MI_COUNT(digits) - 1;

    *at = 0;
    if (negative) number = ~number + 1;
    do
        *--at = (MI_Char)('0' + number % 10);
    while (number /= 10);
    if (negative) mi_text_put_char(text, '-');
    mi_text_put(text, at);
}

static void put_integer(struct mi_text_builder *text, MI_Type type, const MI_Value *value)
{
    unsigned bits = 8 * (unsigned)mi_type_size(type);
    MI_Uint64 number = bits == 64 ? value->uint64 : value->uint64 & (((MI_Uint64)1 << bits) - 1);
    bool is_signed = type == MI_SINT8 || type == MI_SINT16 || type == MI_SINT32 || type == MI_SINT64;
    bool negative = is_signed && number >> (bits - 1);

    if (negative && bits < 64) number |= ~(MI_Uint64)0 << bits;
    put_number(text, number, negative);
}

static MI_Result put_path(struct mi_text_builder *text, const MI_Instance *instance, bool whole, int depth);

static MI_Result put_reference(struct mi_text_builder *text, const MI_Instance *instance, int depth)
{
    struct mi_text_builder inner = {NULL, 0, 0, false};
    MI_Result result = depth < MAX_DEPTH ? put_path(&inner, instance, true, depth + 1) : MI_RESULT_INVALID_PARAMETER;

    if (inner.failed) text->failed = true;
    if (result == MI_RESULT_OK && inner.at) put_quoted(text, inner.at);
    mi_free(inner.at);
    return result;
}

static MI_Result put_key(struct mi_text_builder *text, MI_Type type, const MI_Value *value, int depth)
{
    MI_Char datetime[MI_DATETIME_LENGTH + 1];

    switch (type)
    {
    case MI_STRING:
        put_quoted(text, value->string);
        return MI_RESULT_OK;
    case MI_BOOLEAN:
        mi_text_put(text, value->boolean ? MI_T("TRUE") : MI_T("FALSE"));
        return MI_RESULT_OK;
    case MI_DATETIME:
        if (!mi_datetime_format(&value->datetime, datetime)) return MI_RESULT_INVALID_PARAMETER;
        put_quoted(text, datetime);
        return MI_RESULT_OK;
    case MI_REFERENCE:
        return put_reference(text, value->reference, depth);
    default:
        if (mi_type_is_array(type) || type == MI_INSTANCE || type == MI_REAL32 || type == MI_REAL64)
            return MI_RESULT_INVALID_PARAMETER;
        put_integer(text, type, value);
        return MI_RESULT_OK;
    }
}

static void put_place(struct mi_text_builder *text, const MI_Instance *instance)
{
    const MI_Char *server = NULL, *name_space = NULL;

    MI_Instance_GetNameSpace(instance, &name_space);
    MI_Instance_GetServerName(instance, &server);
    if (!name_space) return;
    mi_text_put(text, MI_T("\\\\"));
    mi_text_put(text, server ? server : MI_T("."));
    mi_text_put_char(text, '\\');
    mi_text_put(text, name_space);
    mi_text_put_char(text, ':');
}

static MI_Result put_path(struct mi_text_builder *text, const MI_Instance *instance, bool whole, int depth)
{
    const MI_Char *name = NULL;
    MI_Uint32 count = 0, keys = 0;
    MI_Result result = MI_Instance_GetClassName(instance, &name);

    if (result != MI_RESULT_OK) return result;
    if (whole) put_place(text, instance);
    mi_text_put(text, name);
    MI_Instance_GetElementCount(instance, &count);
    for (MI_Uint32 i = 0; i < count && result == MI_RESULT_OK; i++)
    {
        MI_Uint32 flags = 0;
        MI_Type type = MI_STRING;
        MI_Value value = {0};

        MI_Instance_GetElementAt(instance, i, &name, &value, &type, &flags);
        if (!(flags & MI_FLAG_KEY)) continue;
        mi_text_put_char(text, keys++ ? ',' : '.');
        mi_text_put(text, name);
        mi_text_put_char(text, '=');
        result = flags & MI_FLAG_NULL ? MI_RESULT_INVALID_PARAMETER : put_key(text, type, &value, depth);
    }
    if (!keys) mi_text_put(text, MI_T("=@"));
    return result;
}

MI_Result mi_object_path(const MI_Instance *instance, bool whole, MI_Char **path)
{
    struct mi_text_builder text = {NULL, 0, 0, false};
    MI_Result result = put_path(&text, instance, whole, 0);

    *path = NULL;
    if (result == MI_RESULT_OK && text.failed) result = MI_RESULT_SERVER_LIMITS_EXCEEDED;
    if (result == MI_RESULT_OK)
        *path = text.at;
    else
        mi_free(text.at);
    return result;
}

/* ---- Reading ---------------------------------------------------------------------------------------------------- */

/* A copy of the characters before `end`. */
static MI_Char *copy_part(const MI_Char *begin, const MI_Char *end)
{
    size_t length = (size_t)(end - begin);
    MI_Char *copy = mi_alloc((length + 1) * sizeof(*copy));

    if (!copy) return NULL;
    memcpy(copy, begin, length * sizeof(*copy));
    copy[length] = 0;
    return copy;
}

static const MI_Char *find(const MI_Char *text, const MI_Char *any_of)
{
    for (; *text; text++)
        for (const MI_Char *c = any_of; *c; c++)
            if (*c == *text) return text;
    return text;
}

/* The end of a quoted text, where its closing quote is; NULL where there is none. */
static const MI_Char *closing_quote(const MI_Char *opening)
{
    for (const MI_Char *at = opening + 1; *at; at++)
    {
        if (*at == *opening) return at;
        if (*at == '\\' && at[1]) at++;
    }
    return NULL;
}

static MI_Result add_text(MI_Instance *instance, const MI_Char *name, const MI_Char *opening, const MI_Char *closing)
{
    MI_Char *text = copy_part(opening + 1, closing), *to = text;
    MI_Value value = {.string = text};
    MI_Result result;

    if (!text) return MI_RESULT_SERVER_LIMITS_EXCEEDED;
    for (const MI_Char *from = text; *from; from++)
    {
        if (*from == '\\') from++;
        *to++ = *from;
    }
    *to = 0;
    result = MI_Instance_AddElement(instance, name, &value, MI_STRING, MI_FLAG_KEY);
    mi_free(text);
    return result;
}

static bool read_number(const MI_Char *from, const MI_Char *end, MI_Uint64 *number, bool *negative)
{
    const MI_Uint64 half = (MI_Uint64)1 << 63;

    *negative = from < end && *from == '-';
    from += *negative;
    *number = 0;
    if (from == end) return false;
    for (; from < end; from++)
    {
        MI_Uint64 digit = (MI_Uint64)*from - '0';

        if (*from < '0' || *from > '9' || *number > (~(MI_Uint64)0 - digit) / 10) return false;
        *number = 10 * *number + digit;
    }
    return !*negative || *number <= half;
}

static MI_Result add_bare(MI_Instance *instance, const MI_Char *name, const MI_Char *from, const MI_Char *end)
{
    MI_Char *word = copy_part(from, end);
    MI_Value value = {0};
    MI_Type type = MI_BOOLEAN;
    bool negative = false, good = true;
    MI_Result result;

    if (!word) return MI_RESULT_SERVER_LIMITS_EXCEEDED;
    if (mi_name_equal(word, MI_T("TRUE")) || mi_name_equal(word, MI_T("FALSE")))
        value.boolean = mi_name_equal(word, MI_T("TRUE"));
    else
    {
        good = read_number(from, end, &value.uint64, &negative);
        type = negative ? MI_SINT64 : MI_UINT64;
        if (negative) value.uint64 = ~value.uint64 + 1;
    }
    mi_free(word);
    result = good ? MI_Instance_AddElement(instance, name, &value, type, MI_FLAG_KEY) : MI_RESULT_INVALID_PARAMETER;
    return result == MI_RESULT_ALREADY_EXISTS ? MI_RESULT_INVALID_PARAMETER : result;
}

/* A key from its name on. Moves `at` to what follows. */
static MI_Result read_key(MI_Instance *instance, const MI_Char **at)
{
    const MI_Char *equals = find(*at, MI_T("=,\"")), *begin = equals + 1, *end;
    MI_Char *name;
    MI_Result result;

    if (*equals != '=' || equals == *at) return MI_RESULT_INVALID_PARAMETER;
    end = *begin == '"' || *begin == '\'' ? closing_quote(begin) : find(begin, MI_T(","));
    if (!end) return MI_RESULT_INVALID_PARAMETER;
    name = copy_part(*at, equals);
    if (!name) return MI_RESULT_SERVER_LIMITS_EXCEEDED;
    if (*begin == '"' || *begin == '\'')
    {
        result = add_text(instance, name, begin, end);
        end++;
    }
    else
        result = add_bare(instance, name, begin, end);
    mi_free(name);
    *at = end;
    return result == MI_RESULT_ALREADY_EXISTS ? MI_RESULT_INVALID_PARAMETER : result;
}

/* From behind the class's name on. */
static MI_Result read_keys(MI_Instance *instance, const MI_Char *at)
{
    MI_Result result;

    if (!*at || (*at == '=' && at[1] == '@' && !at[2])) return MI_RESULT_OK;
    if (*at != '.') return MI_RESULT_INVALID_PARAMETER;
    do
    {
        at++;
        result = read_key(instance, &at);
    }
    while (result == MI_RESULT_OK && *at == ',');
    return result == MI_RESULT_OK && *at ? MI_RESULT_INVALID_PARAMETER : result;
}

/* The machine and the namespace, up to `colon`. */
static MI_Result read_place(MI_Instance *instance, const MI_Char *path, const MI_Char *colon)
{
    const MI_Char *separator;
    MI_Char *part;
    MI_Result result = MI_RESULT_OK;

    if (path[0] == '\\' && path[1] == '\\')
    {
        separator = find(path + 2, MI_T("\\:"));
        if (*separator != '\\') return MI_RESULT_INVALID_PARAMETER;
        part = copy_part(path + 2, separator);
        result = part ? MI_Instance_SetServerName(instance, part) : MI_RESULT_SERVER_LIMITS_EXCEEDED;
        mi_free(part);
        path = separator + 1;
    }
    part = copy_part(path, colon);
    if (result == MI_RESULT_OK)
        result = part ? MI_Instance_SetNameSpace(instance, part) : MI_RESULT_SERVER_LIMITS_EXCEEDED;
    mi_free(part);
    return result;
}

MI_Result mi_object_path_parse(const MI_Char *path, MI_Instance **out)
{
    const MI_Char *colon = find(path, MI_T(":=\"'")), *begin = *colon == ':' ? colon + 1 : path;
    const MI_Char *end = find(begin, MI_T(".=\"'\\/:,"));
    MI_Instance *instance;
    MI_Char *name;
    MI_Result result;

    *out = NULL;
    if (end == begin) return MI_RESULT_INVALID_PARAMETER;
    name = copy_part(begin, end);
    if (!name) return MI_RESULT_SERVER_LIMITS_EXCEEDED;
    result = mi_instance_new(name, &instance);
    mi_free(name);
    if (result != MI_RESULT_OK) return result;
    if (*colon == ':') result = read_place(instance, path, colon);
    if (result == MI_RESULT_OK) result = read_keys(instance, end);
    if (result == MI_RESULT_OK)
        *out = instance;
    else
        MI_Instance_Delete(instance);
    return result;
}

/* ---- Names of keys ---------------------------------------------------------------------------------------------- */

/* Without a copy: where there is no memory for one, the key would be none. */
static bool is_named(const MI_Char *at, const MI_Char *end, const MI_Char *name)
{
    for (; at < end && *name && mi_char_lower(*at) == mi_char_lower(*name); at++)
        name++;
    return at == end && !*name;
}

/* What follows a key's value: the comma before the next key, or the end. */
static const MI_Char *skip_value(const MI_Char *at)
{
    bool quoted = *at == '"', closed = !quoted;

    for (at += quoted; *at; at++)
    {
        if (*at == ',' && closed) return at;
        if (!quoted) continue;
        closed = *at == '"';
        if (*at == '\\' && at[1]) at++;
    }
    return at;
}

bool mi_object_path_has_key(const MI_Char *path, const MI_Char *name)
{
    const MI_Char *at = find(path, MI_T(".=\""));

    while (*at == '.' || *at == ',')
    {
        const MI_Char *equals = find(++at, MI_T("=,\""));

        if (*equals != '=') return false;
        if (is_named(at, equals, name)) return true;
        at = skip_value(equals + 1);
    }
    return false;
}
