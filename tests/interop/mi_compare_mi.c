/* The same through mi.dll. */
#include "mi_compare.h"

#include <string.h>
#include <wchar.h>

static MI_Application application;
static MI_Session session;

bool mi_connect(void)
{
    return MI_Application_Initialize(0, NULL, NULL, &application) == MI_RESULT_OK &&
           MI_Application_NewSession(&application, NULL, NULL, NULL, NULL, NULL, &session) == MI_RESULT_OK;
}

void mi_disconnect(void)
{
    MI_Session_Close(&session, NULL, NULL);
    MI_Application_Close(&application);
}

/* ---- Values ----------------------------------------------------------------------------------------------------- */

static const WCHAR *type_name(MI_Type type)
{
    static const WCHAR *const names[] = {L"boolean",  L"uint8",  L"sint8",  L"uint16", L"sint16", L"uint32",
                                         L"sint32",   L"uint64", L"sint64", L"real32", L"real64", L"char16",
                                         L"datetime", L"string", L"ref",    L"object"};

    return names[type & 15];
}

static void add_datetime(struct property *property, const MI_Datetime *datetime)
{
    const MI_Timestamp *time = &datetime->u.timestamp;
    const MI_Interval *interval = &datetime->u.interval;

    if (datetime->isTimestamp)
        value_add(property, L"%04u%02u%02u%02u%02u%02u.%06u%lc%03d", time->year, time->month, time->day, time->hour,
                  time->minute, time->second, time->microseconds, time->utc < 0 ? '-' : '+',
                  time->utc < 0 ? -time->utc : time->utc);
    else
        value_add(property, L"%08u%02u%02u%02u.%06u:000", interval->days, interval->hours, interval->minutes,
                  interval->seconds, interval->microseconds);
}

/* A reference as its path: Class.Key="text",Other=5. */
static void add_reference(struct property *property, const MI_Instance *instance)
{
    const WCHAR *name = L"";
    WCHAR between = '.';
    MI_Uint32 flags;
    MI_Value value;
    MI_Type type;

    MI_Instance_GetClassName(instance, &name);
    value_add(property, L"%ls", name);
    for (MI_Uint32 i = 0; MI_Instance_GetElementAt(instance, i, &name, &value, &type, &flags) == MI_RESULT_OK; i++)
    {
        if (flags & MI_FLAG_NULL) continue;
        value_add(property, L"%lc%ls=", between, name);
        if (type == MI_STRING)
        {
            value_add(property, L"\"");
            for (const WCHAR *at = value.string; *at; at++)
                value_add(property, *at == '"' || *at == '\\' ? L"\\%lc" : L"%lc", *at);
            value_add(property, L"\"");
        }
        else
            value_add(property, L"%u", value.uint32);
        between = ',';
    }
}

static void add_scalar(struct property *property, MI_Type type, const MI_Value *value)
{
    switch (type)
    {
    case MI_BOOLEAN:
        value_add(property, value->boolean ? L"true" : L"false");
        break;
    case MI_UINT8:
        value_add(property, L"%u", value->uint8);
        break;
    case MI_SINT8:
        value_add(property, L"%d", value->sint8);
        break;
    case MI_UINT16:
    case MI_CHAR16:
        value_add(property, L"%u", value->uint16);
        break;
    case MI_SINT16:
        value_add(property, L"%d", value->sint16);
        break;
    case MI_UINT32:
        value_add(property, L"%u", value->uint32);
        break;
    case MI_SINT32:
        value_add(property, L"%d", value->sint32);
        break;
    case MI_UINT64:
        value_add(property, L"%I64u", value->uint64);
        break;
    case MI_SINT64:
        value_add(property, L"%I64d", value->sint64);
        break;
    case MI_REAL32:
        value_add(property, L"%.9g", (double)value->real32);
        break;
    case MI_REAL64:
        value_add(property, L"%.17g", value->real64);
        break;
    case MI_DATETIME:
        add_datetime(property, &value->datetime);
        break;
    case MI_STRING:
        value_add_text(property, value->string);
        break;
    case MI_REFERENCE:
        add_reference(property, value->reference);
        break;
    default:
        value_add(property, L"?");
    }
}

static size_t item_size(MI_Type type)
{
    static const size_t sizes[] = {1, 1, 1, 2, 2, 4, 4, 8, 8, 4, 8, 2};

    if (type == MI_DATETIME) return sizeof(MI_Datetime);
    return type < MI_DATETIME ? sizes[type] : sizeof(void *);
}

static void add_value(struct property *property, MI_Type type, MI_Uint32 flags, const MI_Value *value)
{
    MI_Type scalar = (MI_Type)(type & ~MI_ARRAY);

    value_add(property, L"%ls%ls ", type_name(type), type & MI_ARRAY ? L"[]" : L"");
    if (flags & MI_FLAG_NULL)
        value_add(property, L"null");
    else if (type & MI_ARRAY)
        for (MI_Uint32 i = 0; i < value->array.size; i++)
        {
            MI_Value item;

            memset(&item, 0, sizeof(item));
            memcpy(&item, (const char *)value->array.data + i * item_size(scalar), item_size(scalar));
            value_add(property, L"[");
            add_scalar(property, scalar, &item);
            value_add(property, L"]");
        }
    else
        add_scalar(property, type, value);
}

/* ---- Objects ---------------------------------------------------------------------------------------------------- */

static void read_object(const MI_Instance *from, struct object *object)
{
    const MI_Char *name;
    MI_Uint32 flags;
    MI_Value value;
    MI_Type type;

    for (MI_Uint32 i = 0; MI_Instance_GetElementAt(from, i, &name, &value, &type, &flags) == MI_RESULT_OK; i++)
        add_value(object_add(object, name), type, flags, &value);
}

/* The HRESULT that an error instance has; one that WMI never has where there is none. */
static HRESULT error_of(const MI_Instance *error)
{
    MI_Value value;
    MI_Type type;

    if (!error || MI_Instance_GetElement(error, MI_T("error_Code"), &value, &type, NULL, NULL) != MI_RESULT_OK ||
        type != MI_UINT32)
        return E_UNEXPECTED;
    return (HRESULT)value.uint32;
}

void mi_read(const WCHAR *name_space, const WCHAR *name, const WCHAR *query, struct objects *objects)
{
    MI_Operation operation = MI_OPERATION_NULL;
    const MI_Instance *instance, *error;
    MI_Result result = MI_RESULT_OK;
    MI_Boolean more = MI_TRUE;

    *objects = (struct objects){0};
    if (query)
        MI_Session_QueryInstances(&session, 0, NULL, name_space, MI_QUERY_DIALECT_WQL, query, NULL, &operation);
    else
        MI_Session_EnumerateInstances(&session, 0, NULL, name_space, name, MI_FALSE, NULL, &operation);
    while (more)
    {
        instance = error = NULL;
        if (MI_Operation_GetInstance(&operation, &instance, &more, &result, NULL, &error) != MI_RESULT_OK)
            more = MI_FALSE;
        if (instance) read_object(instance, objects_add(objects));
    }
    if (result != MI_RESULT_OK) objects->error = error_of(error);
    MI_Operation_Close(&operation);
}

void mi_read_class(const WCHAR *name_space, const WCHAR *name, struct objects *objects)
{
    MI_Operation operation = MI_OPERATION_NULL;
    const MI_Class *class_object = NULL;
    struct object *object;
    MI_Boolean more;
    MI_Type type;

    *objects = (struct objects){0};
    MI_Session_GetClass(&session, 0, NULL, name_space, name, NULL, &operation);
    MI_Operation_GetClass(&operation, &class_object, &more, NULL, NULL, NULL);
    if (class_object)
    {
        object = objects_add(objects);
        for (MI_Uint32 i = 0;
             MI_Class_GetElementAt(class_object, i, &name, NULL, NULL, &type, NULL, NULL, NULL) == MI_RESULT_OK; i++)
            value_add(object_add(object, name), L"%ls%ls", type_name(type), type & MI_ARRAY ? L"[]" : L"");
    }
    MI_Operation_Close(&operation);
}
