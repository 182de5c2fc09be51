/* The API's values as texts. See text.h. */
#include "text.h"

#include <math.h>
#include <string.h>
#include <wchar.h>

#include "mi/datetime.h"

/* ---- Types ------------------------------------------------------------------------------------------------------ */

const MI_Char *type_name(MI_Type type)
{
    static const MI_Char *const names[] = {
        L"boolean",   L"uint8",    L"sint8",    L"uint16",   L"sint16",     L"uint32",   L"sint32",   L"uint64",
        L"sint64",    L"real32",   L"real64",   L"char16",   L"datetime",   L"string",   L"ref",      L"instance",
        L"boolean[]", L"uint8[]",  L"sint8[]",  L"uint16[]", L"sint16[]",   L"uint32[]", L"sint32[]", L"uint64[]",
        L"sint64[]",  L"real32[]", L"real64[]", L"char16[]", L"datetime[]", L"string[]", L"ref[]",    L"instance[]",
    };

    return (size_t)type < sizeof(names) / sizeof(*names) ? names[type] : L"?";
}

size_t type_size(MI_Type type)
{
    static const size_t sizes[] = {
        sizeof(MI_Boolean),  sizeof(MI_Uint8),  sizeof(MI_Sint8),      sizeof(MI_Uint16),
        sizeof(MI_Sint16),   sizeof(MI_Uint32), sizeof(MI_Sint32),     sizeof(MI_Uint64),
        sizeof(MI_Sint64),   sizeof(MI_Real32), sizeof(MI_Real64),     sizeof(MI_Char16),
        sizeof(MI_Datetime), sizeof(MI_Char *), sizeof(MI_Instance *), sizeof(MI_Instance *),
    };

    return sizes[type & ~MI_ARRAY & 15];
}

MI_Value array_item(MI_Type array_type, const MI_Value *array, MI_Uint32 index)
{
    size_t size = type_size(array_type);
    MI_Value item;

    memset(&item, 0, sizeof(item));
    memcpy(&item, (const char *)array->array.data + index * size, size);
    return item;
}

bool is_null(MI_Type type, MI_Uint32 flags, const MI_Value *value)
{
    if (flags & MI_FLAG_NULL) return true;
    if (type == MI_STRING) return !value->string;
    return (type == MI_REFERENCE || type == MI_INSTANCE) && !value->instance;
}

/* ---- Both forms ------------------------------------------------------------------------------------------------- */

static void add_real(struct text *text, double real, int digits, const MI_Char *otherwise)
{
    if (isfinite(real))
        text_format(text, L"%.*g", digits, real);
    else
        text_add(text, otherwise);
}

static void add_datetime(struct text *text, const MI_Datetime *datetime)
{
    MI_Char form[MI_DATETIME_LENGTH + 1];

    mi_datetime_format(datetime, form);
    text_add(text, form);
}

/* Numbers and truth values, which look the same in both; returns false for another type. */
static bool add_number(struct text *text, MI_Type type, const MI_Value *value, const MI_Char *no_number)
{
    switch (type)
    {
    case MI_BOOLEAN:
        text_add(text, value->boolean ? L"true" : L"false");
        return true;
    case MI_UINT8:
        text_format(text, L"%u", value->uint8);
        return true;
    case MI_SINT8:
        text_format(text, L"%d", value->sint8);
        return true;
    case MI_UINT16:
        text_format(text, L"%u", value->uint16);
        return true;
    case MI_SINT16:
        text_format(text, L"%d", value->sint16);
        return true;
    case MI_UINT32:
        text_format(text, L"%u", value->uint32);
        return true;
    case MI_SINT32:
        text_format(text, L"%d", value->sint32);
        return true;
    case MI_UINT64:
        text_format(text, L"%I64u", value->uint64);
        return true;
    case MI_SINT64:
        text_format(text, L"%I64d", value->sint64);
        return true;
    case MI_REAL32:
        add_real(text, value->real32, 9, no_number);
        return true;
    case MI_REAL64:
        add_real(text, value->real64, 17, no_number);
        return true;
    default:
        return false;
    }
}

static bool element_at(const MI_Instance *instance, MI_Uint32 index, const MI_Char **name, MI_Value *value,
                       MI_Type *type, MI_Uint32 *flags)
{
    return MI_Instance_GetElementAt(instance, index, name, value, type, flags) == MI_RESULT_OK;
}

static const MI_Char *class_of(const MI_Instance *instance)
{
    const MI_Char *name = NULL;

    return MI_Instance_GetClassName(instance, &name) == MI_RESULT_OK && name ? name : L"";
}

/* ---- For people ------------------------------------------------------------------------------------------------- */

static void add_instance(struct text *text, const MI_Instance *instance)
{
    const MI_Char *name, *between = L"";
    MI_Uint32 flags;
    MI_Value value;
    MI_Type type;

    text_format(text, L"%ls {", class_of(instance));
    for (MI_Uint32 i = 0; element_at(instance, i, &name, &value, &type, &flags); i++)
    {
        if (is_null(type, flags, &value)) continue;
        text_format(text, L"%ls%ls = ", between, name);
        text_add_value(text, type, flags, &value);
        between = L", ";
    }
    text_add(text, L"}");
}

/* A text stays in its line. */
static void add_line(struct text *text, const MI_Char *string)
{
    for (; *string; string++)
        text_add_char(text, *string < ' ' ? ' ' : *string);
}

void text_add_value(struct text *text, MI_Type type, MI_Uint32 flags, const MI_Value *value)
{
    if (is_null(type, flags, value)) return;
    if (type & MI_ARRAY)
    {
        text_add(text, L"{");
        for (MI_Uint32 i = 0; i < value->array.size; i++)
        {
            MI_Value item = array_item(type, value, i);

            if (i) text_add(text, L", ");
            text_add_value(text, (MI_Type)(type & ~MI_ARRAY), 0, &item);
        }
        text_add(text, L"}");
        return;
    }
    if (add_number(text, type, value, L"not a number")) return;
    if (type == MI_DATETIME)
        add_datetime(text, &value->datetime);
    else if (type == MI_CHAR16)
        text_add_char(text, value->char16);
    else if (type == MI_STRING)
        add_line(text, value->string);
    else
        add_instance(text, value->instance);
}

/* ---- JSON (RFC 8259) -------------------------------------------------------------------------------------------- */

static bool is_lone_surrogate(const MI_Char *at, const MI_Char *first)
{
    if (*at >= 0xd800 && *at < 0xdc00) return at[1] < 0xdc00 || at[1] > 0xdfff;
    return *at >= 0xdc00 && *at <= 0xdfff && (at == first || at[-1] < 0xd800 || at[-1] >= 0xdc00);
}

void text_add_json_string(struct text *text, const MI_Char *string)
{
    text_add_char(text, '"');
    for (const MI_Char *at = string; *at; at++)
    {
        if (*at < ' ' || is_lone_surrogate(at, string))
            text_format(text, L"\\u%04x", *at);
        else
        {
            if (*at == '"' || *at == '\\') text_add_char(text, '\\');
            text_add_char(text, *at);
        }
    }
    text_add_char(text, '"');
}

void text_add_json_value(struct text *text, MI_Type type, MI_Uint32 flags, const MI_Value *value)
{
    if (is_null(type, flags, value))
        text_add(text, L"null");
    else if (type & MI_ARRAY)
    {
        text_add_char(text, '[');
        for (MI_Uint32 i = 0; i < value->array.size; i++)
        {
            MI_Value item = array_item(type, value, i);

            if (i) text_add(text, L", ");
            text_add_json_value(text, (MI_Type)(type & ~MI_ARRAY), 0, &item);
        }
        text_add_char(text, ']');
    }
    else if (add_number(text, type, value, L"null"))
        return;
    else if (type == MI_DATETIME)
    {
        text_add_char(text, '"');
        add_datetime(text, &value->datetime);
        text_add_char(text, '"');
    }
    else if (type == MI_CHAR16)
        text_add_json_string(text, (const MI_Char[]){value->char16, 0});
    else if (type == MI_STRING)
        text_add_json_string(text, value->string);
    else
        text_add_json_instance(text, value->instance, NULL, -1);
}

void text_add_json_instance(struct text *text, const MI_Instance *instance, const MI_Char *wanted, int indent)
{
    const MI_Char *name;
    MI_Uint32 flags;
    MI_Value value;
    MI_Type type;

    text_add(text, indent < 0 ? L"{" : L"{\n");
    text_fill(text, indent < 0 ? 0 : (size_t)indent);
    text_add(text, L"\"__CLASS\": ");
    text_add_json_string(text, class_of(instance));
    for (MI_Uint32 i = 0; element_at(instance, i, &name, &value, &type, &flags); i++)
    {
        if (!properties_want(wanted, name)) continue;
        text_add(text, indent < 0 ? L", " : L",\n");
        text_fill(text, indent < 0 ? 0 : (size_t)indent);
        text_add_json_string(text, name);
        text_add(text, L": ");
        text_add_json_value(text, type, flags, &value);
    }
    text_add(text, indent < 0 ? L"}" : L"\n}");
}
