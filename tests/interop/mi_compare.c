/*
 * mi_compare.exe [NAMESPACE]: every class that the machine's WMI has, read through mi.dll and without it, property for
 * property and type for type. Prints TAP: a line a class.
 *
 * Some values move: free memory, times, lists of processes. A class is read without mi.dll before and after it is read
 * through mi.dll; where those two differ, names and types count, and values do not. A value that moved between two
 * readings that are alike is one that is read again, some times.
 */
#include "mi_compare.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

/* ---- Lists of objects ------------------------------------------------------------------------------------------- */

static void *grown(void *list, size_t count, size_t size)
{
    void *more = realloc(list, (count + 1) * size);

    if (!more)
    {
        puts("Bail out! memory is short");
        exit(1);
    }
    memset((char *)more + count * size, 0, size);
    return more;
}

struct object *objects_add(struct objects *objects)
{
    objects->list = grown(objects->list, objects->count, sizeof(*objects->list));
    return &objects->list[objects->count++];
}

struct property *object_add(struct object *object, const WCHAR *name)
{
    struct property *property;

    object->properties = grown(object->properties, object->count, sizeof(*object->properties));
    property = &object->properties[object->count++];
    wcsncpy(property->name, name, NAME_SIZE - 1);
    return property;
}

void objects_free(struct objects *objects)
{
    for (size_t i = 0; i < objects->count; i++)
        free(objects->list[i].properties);
    free(objects->list);
    *objects = (struct objects){0};
}

void value_add(struct property *property, const WCHAR *format, ...)
{
    size_t length = wcslen(property->value);
    va_list arguments;

    va_start(arguments, format);
    _vsnwprintf(property->value + length, VALUE_SIZE - 1 - length, format, arguments);
    va_end(arguments);
    property->value[VALUE_SIZE - 1] = 0;
}

void value_add_text(struct property *property, const WCHAR *text)
{
    for (; *text; text++)
    {
        if (*text < ' ' || *text > '~')
            value_add(property, L"\\u%04x", *text);
        else
            value_add(property, L"%lc", *text);
    }
}

/* ---- Comparing -------------------------------------------------------------------------------------------------- */

static WCHAR difference[2 * VALUE_SIZE + 2 * NAME_SIZE];

static const WCHAR *differ(const WCHAR *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    _vsnwprintf(difference, sizeof(difference) / sizeof(*difference) - 1, format, arguments);
    va_end(arguments);
    return difference;
}

static const struct property *find(const struct object *object, const WCHAR *name)
{
    for (size_t i = 0; i < object->count; i++)
        if (!wcscmp(object->properties[i].name, name)) return &object->properties[i];
    return NULL;
}

static bool same_type(const struct property *a, const struct property *b)
{
    size_t length = wcscspn(a->value, L" ");

    return wcscspn(b->value, L" ") == length && !wcsncmp(a->value, b->value, length);
}

/* A value that the reading itself changes: mi.dll reads on a thread of its own, which this process then has. */
static bool is_changed_by_reading(const WCHAR *name)
{
    return !wcscmp(name, L"ThreadCount");
}

static const WCHAR *object_differs(const struct object *expected, const struct object *found,
                                   const struct object *moving)
{
    if (expected->count != found->count)
        return differ(L"%u properties instead of %u", (unsigned)found->count, (unsigned)expected->count);
    for (size_t i = 0; i < expected->count; i++)
    {
        const struct property *a = &expected->properties[i], *b = find(found, a->name);
        const struct property *later = moving ? find(moving, a->name) : NULL;
        bool moves = is_changed_by_reading(a->name) || (later && wcscmp(later->value, a->value));

        if (!b) return differ(L"no property %ls", a->name);
        if (!same_type(a, b) || (wcscmp(a->value, b->value) && !moves))
            return differ(L"%ls is [%ls] instead of [%ls]", a->name, b->value, a->value);
    }
    return NULL;
}

const WCHAR *objects_differ(const struct objects *expected, const struct objects *found, const struct objects *moving)
{
    const WCHAR *text;

    if (expected->error != found->error) return differ(L"error %#lx instead of %#lx", found->error, expected->error);
    if (expected->count != found->count)
        return differ(L"%u objects instead of %u", (unsigned)found->count, (unsigned)expected->count);
    for (size_t i = 0; i < expected->count; i++)
    {
        const struct object *later = moving && i < moving->count ? &moving->list[i] : NULL;

        text = object_differs(&expected->list[i], &found->list[i], later);
        if (text) return text;
    }
    return NULL;
}

/* ---- Classes ---------------------------------------------------------------------------------------------------- */

enum
{
    ROUNDS = 10, /* for values that move */
    CLASSES_MAX = 1000,
};

static const WCHAR *name_space = L"root\\cimv2";
static WCHAR classes[CLASSES_MAX][NAME_SIZE];
static unsigned class_count, tests;

static void note_class(const WCHAR *name)
{
    for (unsigned i = 0; i < class_count; i++)
        if (!_wcsicmp(classes[i], name)) return;
    if (class_count < CLASSES_MAX) wcsncpy(classes[class_count++], name, NAME_SIZE - 1);
}

static void result(bool passed, const WCHAR *class_name, const WCHAR *what, const struct objects *objects,
                   const WCHAR *wrong)
{
    size_t properties = objects->count ? objects->list[0].count : 0;

    printf("%sok %u - %ls, %ls: %u objects of %u properties", passed ? "" : "not ", ++tests, class_name, what,
           (unsigned)objects->count, (unsigned)properties);
    if (objects->error) printf(", error %#lx", objects->error);
    printf("\n");
    if (!passed) printf("# %ls\n", wrong);
    fflush(stdout);
}

static void compare(const WCHAR *class_name, const WCHAR *what, const WCHAR *query)
{
    struct objects before, through, after;
    const WCHAR *wrong = NULL;

    for (int round = 0; round < ROUNDS; round++)
    {
        wmi_read(class_name, query, &before);
        mi_read(name_space, class_name, query, &through);
        wmi_read(class_name, query, &after);
        wrong = objects_differ(&before, &through, &after);
        if (!wrong || round + 1 == ROUNDS) result(!wrong, class_name, what, &through, wrong);
        objects_free(&before);
        objects_free(&through);
        objects_free(&after);
        if (!wrong) return;
    }
}

static void compare_declarations(const WCHAR *class_name)
{
    struct objects direct, through;
    const WCHAR *wrong;

    wmi_read_class(class_name, &direct);
    mi_read_class(name_space, class_name, &through);
    wrong = objects_differ(&direct, &through, NULL);
    result(!wrong, class_name, L"declared", &through, wrong);
    objects_free(&direct);
    objects_free(&through);
}

static void compare_class(const WCHAR *class_name)
{
    WCHAR query[NAME_SIZE + 32];

    compare_declarations(class_name);
    compare(class_name, L"enumerated", NULL);
    _snwprintf(query, NAME_SIZE + 31, L"SELECT * FROM %ls", class_name);
    query[NAME_SIZE + 31] = 0;
    compare(class_name, L"queried", query);
}

int main(int count, char **arguments)
{
    static WCHAR named[NAME_SIZE];

    if (count > 1 && MultiByteToWideChar(CP_ACP, 0, arguments[1], -1, named, NAME_SIZE)) name_space = named;
    setvbuf(stdout, NULL, _IONBF, 0);
    if (FAILED(CoInitializeEx(NULL, COINIT_MULTITHREADED)) || !wmi_connect(name_space) || !mi_connect())
    {
        printf("Bail out! no WMI, no namespace %ls or no mi.dll\n", name_space);
        return 1;
    }
    wmi_each_class(note_class);
    printf("%sok %u - the namespace has classes: %u\n", class_count ? "" : "not ", ++tests, class_count);
    for (unsigned i = 0; i < class_count; i++)
        compare_class(classes[i]);
    compare(L"no class", L"queried", L"SELECT * FROM Cork_NoSuchClass");
    compare(L"no query", L"queried", L"SELECT FROM WHERE");
    printf("1..%u\n", tests);
    mi_disconnect();
    wmi_disconnect();
    CoUninitialize();
    return 0;
}
