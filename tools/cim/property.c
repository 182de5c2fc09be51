/* NAME=VALUE on the command line as elements of instances. */
#include "command.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "mi/datetime.h"

/* ---- Values ----------------------------------------------------------------------------------------------------- */

/* Decimal, or hexadecimal with 0x. */
static bool read_unsigned(const MI_Char *text, unsigned long long most, unsigned long long *number)
{
    int base = text[0] == '0' && (text[1] == 'x' || text[1] == 'X') ? 16 : 10;
    MI_Char *end;

    if (*text < '0' || *text > '9') return false;
    errno = 0;
    *number = _wcstoui64(text, &end, base);
    return !*end && !errno && *number <= most;
}

/* The low bytes of `number` come first, for every size. A hexadecimal one is the number's bits: 0x80000002 is a sint32.
 */
static bool read_signed(const MI_Char *text, unsigned long long most, unsigned long long *number)
{
    bool negative = *text == '-', bits = text[0] == '0' && (text[1] == 'x' || text[1] == 'X');

    if (!read_unsigned(text + negative, bits ? 2 * most + 1 : most + negative, number)) return false;
    if (negative) *number = 0 - *number;
    return true;
}

static bool read_real(const MI_Char *text, double *number)
{
    MI_Char *end;

    *number = wcstod(text, &end);
    return *text && !*end;
}

static bool read_boolean(const MI_Char *text, MI_Boolean *boolean)
{
    *boolean = same_name(text, L"true") || !wcscmp(text, L"1");
    return *boolean || same_name(text, L"false") || !wcscmp(text, L"0");
}

static bool read_number(const MI_Char *text, MI_Type type, MI_Value *value)
{
    unsigned long long number = 0;
    bool is;

    switch (type)
    {
    case MI_UINT8:
        is = read_unsigned(text, 0xff, &number);
        break;
    case MI_SINT8:
        is = read_signed(text, 0x7f, &number);
        break;
    case MI_UINT16:
        is = read_unsigned(text, 0xffff, &number);
        break;
    case MI_SINT16:
        is = read_signed(text, 0x7fff, &number);
        break;
    case MI_UINT32:
        is = read_unsigned(text, 0xffffffff, &number);
        break;
    case MI_SINT32:
        is = read_signed(text, 0x7fffffff, &number);
        break;
    case MI_UINT64:
        is = read_unsigned(text, ~0ull, &number);
        break;
    default:
        is = read_signed(text, ~0ull >> 1, &number);
    }
    value->uint64 = number;
    return is;
}

/* A text stays where it is. */
static bool read_scalar(const MI_Char *text, MI_Type type, MI_Value *value)
{
    double real;

    memset(value, 0, sizeof(*value));
    switch (type)
    {
    case MI_BOOLEAN:
        return read_boolean(text, &value->boolean);
    case MI_REAL32:
        if (!read_real(text, &real)) return false;
        value->real32 = (MI_Real32)real;
        return true;
    case MI_REAL64:
        return read_real(text, &value->real64);
    case MI_CHAR16:
        value->char16 = text[0];
        return text[0] && !text[1];
    case MI_DATETIME:
        return mi_datetime_parse(text, &value->datetime);
    case MI_STRING:
        value->string = (MI_Char *)text;
        return true;
    default:
        return read_number(text, type, value);
    }
}

/* ---- Elements --------------------------------------------------------------------------------------------------- */

static bool word_has_name(const MI_Char *word, const MI_Char *name, size_t length)
{
    return wcscspn(word, L"=") == length && !_wcsnicmp(word, name, length);
}

/* The items of an array: the values of all words of this name, from the first on; a lone empty one is no item. */
static int add_array(MI_Instance *instance, const MI_Char *name, const MI_Char *const *words, int count, MI_Type type,
                     MI_Uint32 flags)
{
    size_t length = wcslen(name), size = type_size((MI_Type)(type & ~MI_ARRAY));
    MI_Value array = {0}, value;
    char *items = calloc((size_t)count, size);
    MI_Result result;

    if (!items) return fail(MI_RESULT_SERVER_LIMITS_EXCEEDED, L"Memory is short.", NULL, L"%ls", name);
    for (int i = 0; i < count; i++)
    {
        const MI_Char *text = words[i] + length + 1;

        if (!word_has_name(words[i], name, length) || (!*text && count == 1)) continue;
        if (!read_scalar(text, (MI_Type)(type & ~MI_ARRAY), &value))
        {
            free(items);
            return fail_usage(L"%ls is no %ls, which an item of %ls is", text, type_name((MI_Type)(type & ~MI_ARRAY)),
                              name);
        }
        memcpy(items + array.array.size++ * size, &value, size);
    }
    array.array.data = items;
    result = MI_Instance_AddElement(instance, name, &array, type, flags);
    free(items);
    return result == MI_RESULT_OK ? 0 : fail(result, NULL, NULL, L"%ls", name);
}

static int add_scalar(MI_Instance *instance, const MI_Char *name, const MI_Char *text, MI_Type type, MI_Uint32 flags)
{
    MI_Value value;
    MI_Result result;

    if (type == MI_REFERENCE || type == MI_INSTANCE)
        return fail_usage(L"%ls is an instance, which no command line can have", name);
    if (!read_scalar(text, type, &value))
        return fail_usage(L"%ls is no %ls, which %ls is", text, type_name(type), name);
    result = MI_Instance_AddElement(instance, name, &value, type, flags);
    if (result == MI_RESULT_ALREADY_EXISTS) return fail_usage(L"%ls is given twice, and is no array", name);
    return result == MI_RESULT_OK ? 0 : fail(result, NULL, NULL, L"%ls", name);
}

static int add_word(MI_Instance *instance, const MI_Char *const *words, int count, find_type *find, const void *context,
                    const MI_Char *owner)
{
    size_t length = wcscspn(words[0], L"=");
    MI_Uint32 flags = 0;
    MI_Type type = MI_STRING;
    MI_Char name[256];

    if (!words[0][length] || !length || length >= 256) return fail_usage(L"%ls is wanted as NAME=VALUE", words[0]);
    wmemcpy(name, words[0], length);
    name[length] = 0;
    if (!find(context, name, &type, &flags)) return fail_usage(L"%ls has no %ls", owner, name);
    if (!(type & MI_ARRAY)) return add_scalar(instance, name, words[0] + length + 1, type, flags);
    if (MI_Instance_GetElement(instance, name, NULL, NULL, NULL, NULL) == MI_RESULT_OK) return 0;
    if ((type & ~MI_ARRAY) == MI_REFERENCE || (type & ~MI_ARRAY) == MI_INSTANCE)
        return fail_usage(L"%ls has instances for items, which no command line can have", name);
    return add_array(instance, name, words, count, type, flags);
}

int add_properties(MI_Instance *instance, const MI_Char *const *words, int count, find_type *find, const void *context,
                   const MI_Char *owner)
{
    int code = 0;

    for (int i = 0; i < count && !code; i++)
        code = add_word(instance, words + i, count - i, find, context, owner);
    return code;
}

/* ---- Instances of classes --------------------------------------------------------------------------------------- */

static bool find_property(const void *context, const MI_Char *name, MI_Type *type, MI_Uint32 *flags)
{
    MI_Uint32 declared;

    if (MI_Class_GetElement(context, name, NULL, NULL, type, NULL, NULL, &declared, NULL) != MI_RESULT_OK) return false;
    *flags = MI_FLAG_PROPERTY | (declared & MI_FLAG_KEY);
    return true;
}

/* Some classes of Wine say of no property that it is a key. */
static bool has_keys(const MI_Class *class_object)
{
    MI_Uint32 flags;

    for (MI_Uint32 i = 0;
         MI_Class_GetElementAt(class_object, i, NULL, NULL, NULL, NULL, NULL, NULL, &flags) == MI_RESULT_OK; i++)
        if (flags & MI_FLAG_KEY) return true;
    return false;
}

static bool find_key(const void *context, const MI_Char *name, MI_Type *type, MI_Uint32 *flags)
{
    return find_property(context, name, type, flags) && (*flags & MI_FLAG_KEY);
}

int make_instance(struct cim *cim, const MI_Class *class_object, const MI_Char *const *words, int count, bool keys,
                  MI_Instance **instance)
{
    const MI_Char *name = NULL;
    MI_Result result = MI_Class_GetClassName(class_object, &name);
    MI_Char owner[300];
    int code;

    *instance = NULL;
    if (result == MI_RESULT_OK) result = MI_Application_NewInstance(&cim->application, name, NULL, instance);
    if (result != MI_RESULT_OK) return fail(result, NULL, NULL, L"the instance");
    keys = keys && has_keys(class_object);
    _snwprintf(owner, 299, keys ? L"the key of %ls" : L"%ls", name);
    owner[299] = 0;
    code = add_properties(*instance, words, count, keys ? find_key : find_property, class_object, owner);
    if (!code) return 0;
    MI_Instance_Delete(*instance);
    *instance = NULL;
    return code;
}

int named_instance(struct cim *cim, bool keys, MI_Instance **instance)
{
    MI_Class *class_object;
    int code = get_class(cim, cim->line.operands[0], &class_object);

    *instance = NULL;
    if (code) return code;
    code = make_instance(cim, class_object, cim->line.operands + 1, cim->line.operand_count - 1, keys, instance);
    MI_Class_Delete(class_object);
    return code;
}
