#include "mi_support.h"

#include "mi/allocation.h"
#include "mi/instance.h"
#include "mi/text.h"
#include "mi/value.h"

#include <stdlib.h>
#include <string.h>

void use_mi_allocator(void)
{
    count_allocations(&mi_alloc, &mi_free);
}

bool texts_equal(const MI_Char *left, const MI_Char *right)
{
    size_t length;

    if (!left || !right) return left == right;
    length = mi_text_length(left);
    return length == mi_text_length(right) && !memcmp(left, right, length * sizeof(*left));
}

/* ---- Values of each type ---------------------------------------------------------------------------------------- */

static MI_Instance *sample_instances[2];

static MI_Instance *sample_instance(int which)
{
    MI_Value value = {.uint32 = 40u + (MI_Uint32)which};

    if (sample_instances[which]) return sample_instances[which];
    if (mi_instance_new(MI_T("Embedded"), &sample_instances[which]) != MI_RESULT_OK) abort();
    if (MI_Instance_AddElement(sample_instances[which], MI_T("Number"), &value, MI_UINT32, MI_FLAG_KEY) != MI_RESULT_OK)
        abort();
    return sample_instances[which];
}

void free_sample_instances(void)
{
    for (int i = 0; i < 2; i++)
    {
        if (sample_instances[i]) MI_Instance_Delete(sample_instances[i]);
        sample_instances[i] = NULL;
    }
}

static MI_Value scalar_value(MI_Type type, int which)
{
    static MI_Char *const texts[2] = {(MI_Char *)MI_T("first"), (MI_Char *)MI_T("the second, and longer, text")};
    static const MI_Datetime datetimes[2] = {{1, {.timestamp = {2024, 2, 29, 23, 59, 58, 999999, -480}}},
                                             {0, {.interval = {99999999, 23, 59, 58, 123456, 0, 0, 0}}}};
    MI_Value value = {0};

    memset(&value, 0, sizeof(value));
    switch (type)
    {
    case MI_BOOLEAN:
        value.boolean = (MI_Boolean)!which;
        break;
    case MI_REAL32:
        value.real32 = which ? -1.5f : 3.25e30f;
        break;
    case MI_REAL64:
        value.real64 = which ? -2.5 : 6.5e300;
        break;
    case MI_DATETIME:
        value.datetime = datetimes[which];
        break;
    case MI_STRING:
        value.string = texts[which];
        break;
    case MI_REFERENCE:
    case MI_INSTANCE:
        value.instance = sample_instance(which);
        break;
    default:
        value.uint64 = which ? 0x8182838485868788u : 0x7172737475767778u;
        value.uint64 &= ~(MI_Uint64)0 >> (64 - 8 * mi_type_size(type));
    }
    return value;
}

MI_Value sample_value(MI_Type type, int which)
{
    static union
    {
        char bytes[3 * sizeof(MI_Datetime)];
        MI_Uint64 aligned;
    } items[2][16];
    size_t size = mi_type_size(type);
    MI_Value value = {0};

    if (!mi_type_is_array(type)) return scalar_value(type, which);
    memset(&value, 0, sizeof(value));
    value.array.data = items[which][type & 15].bytes;
    value.array.size = 2u + (MI_Uint32)which;
    for (MI_Uint32 i = 0; i < value.array.size; i++)
    {
        MI_Value item = scalar_value((MI_Type)(type & 15), (which + (int)i) % 2);

        memcpy((char *)value.array.data + i * size, &item, size);
    }
    return value;
}

/* ---- Comparisons ------------------------------------------------------------------------------------------------- */

static bool scalars_equal(MI_Type type, const void *left, const void *right)
{
    if (type == MI_STRING) return texts_equal(*(MI_Char *const *)left, *(MI_Char *const *)right);
    if (type == MI_INSTANCE || type == MI_REFERENCE)
        return instances_equal(*(MI_Instance *const *)left, *(MI_Instance *const *)right);
    return !memcmp(left, right, mi_type_size(type));
}

bool values_equal(MI_Type type, const MI_Value *left, const MI_Value *right)
{
    size_t size = mi_type_size(type);

    if (!mi_type_is_array(type)) return scalars_equal(type, left, right);
    if (left->array.size != right->array.size) return false;
    for (MI_Uint32 i = 0; i < left->array.size; i++)
        if (!scalars_equal((MI_Type)(type & 15), (const char *)left->array.data + i * size,
                           (const char *)right->array.data + i * size))
            return false;
    return true;
}

bool values_share_memory(MI_Type type, const MI_Value *left, const MI_Value *right)
{
    if (mi_type_is_array(type)) return left->array.data == right->array.data;
    return (type == MI_STRING || mi_type_is_instance(type)) && left->string == right->string;
}

static MI_Uint32 ignored_flags;

void ignore_element_flags(MI_Uint32 flags)
{
    ignored_flags = flags;
}

bool instances_equal(const MI_Instance *left, const MI_Instance *right)
{
    const MI_Char *names[2] = {0}, *spaces[2] = {0}, *servers[2] = {0};
    MI_Uint32 counts[2] = {0};

    MI_Instance_GetClassName(left, &names[0]);
    MI_Instance_GetClassName(right, &names[1]);
    MI_Instance_GetNameSpace(left, &spaces[0]);
    MI_Instance_GetNameSpace(right, &spaces[1]);
    MI_Instance_GetServerName(left, &servers[0]);
    MI_Instance_GetServerName(right, &servers[1]);
    MI_Instance_GetElementCount(left, &counts[0]);
    MI_Instance_GetElementCount(right, &counts[1]);
    if (!texts_equal(names[0], names[1]) || !texts_equal(spaces[0], spaces[1]) ||
        !texts_equal(servers[0], servers[1]) || counts[0] != counts[1])
        return false;
    for (MI_Uint32 i = 0; i < counts[0]; i++)
    {
        MI_Value values[2] = {0};
        MI_Type types[2] = {0};
        MI_Uint32 flags[2] = {0};

        MI_Instance_GetElementAt(left, i, &names[0], &values[0], &types[0], &flags[0]);
        MI_Instance_GetElementAt(right, i, &names[1], &values[1], &types[1], &flags[1]);
        if (!texts_equal(names[0], names[1]) || types[0] != types[1] || ((flags[0] ^ flags[1]) & ~ignored_flags))
            return false;
        if (!(flags[0] & MI_FLAG_NULL) && !values_equal(types[0], &values[0], &values[1])) return false;
    }
    return true;
}

/* ---- A class ---------------------------------------------------------------------------------------------------- */

static const MI_Boolean yes = MI_TRUE;
static const MI_Uint32 forty_two = 42;
static const MI_Char *const unit_text = MI_T("metres");
static const MI_Char *const words[] = {MI_T("one"), MI_T("two")};
static const MI_ConstStringA word_list = {words, 2};

static const MI_Qualifier key_qualifier = {MI_T("Key"), MI_BOOLEAN, MI_FLAG_DISABLEOVERRIDE | MI_FLAG_TOSUBCLASS, &yes};
static const MI_Qualifier units_qualifier = {MI_T("Units"), MI_STRING, MI_FLAG_TRANSLATABLE, &unit_text};
static const MI_Qualifier values_qualifier = {MI_T("Values"), MI_STRINGA, MI_FLAG_TRANSLATABLE, &word_list};
static const MI_Qualifier version_qualifier = {MI_T("Version"), MI_UINT32, MI_FLAG_RESTRICTED, &forty_two};
static const MI_Qualifier *const key_qualifiers[] = {&key_qualifier};
static const MI_Qualifier *const size_qualifiers[] = {&units_qualifier, &values_qualifier};
static const MI_Qualifier *const class_qualifiers[] = {&version_qualifier};

static const MI_PropertyDecl name_property = {MI_FLAG_PROPERTY | MI_FLAG_KEY,
                                              0,
                                              MI_T("Name"),
                                              key_qualifiers,
                                              1,
                                              MI_STRING,
                                              NULL,
                                              0,
                                              0,
                                              MI_T("Sample_Base"),
                                              MI_T("Sample_Base"),
                                              NULL};
static const MI_PropertyDecl size_property = {
    MI_FLAG_PROPERTY,     0,         MI_T("Size"), size_qualifiers, 2, MI_UINT32, NULL, 0, 0, MI_T("Sample_Class"),
    MI_T("Sample_Class"), &forty_two};
static const MI_PropertyDecl words_property = {
    MI_FLAG_PROPERTY,     0,         MI_T("Words"), NULL, 0, MI_STRINGA, NULL, 0, 0, MI_T("Sample_Class"),
    MI_T("Sample_Class"), &word_list};
static const MI_PropertyDecl owner_property = {MI_FLAG_PROPERTY | MI_FLAG_READONLY,
                                               0,
                                               MI_T("Owner"),
                                               NULL,
                                               0,
                                               MI_REFERENCE,
                                               MI_T("Sample_Base"),
                                               0,
                                               0,
                                               MI_T("Sample_Class"),
                                               MI_T("Sample_Class"),
                                               NULL};
static const MI_PropertyDecl *const base_properties[] = {&name_property};
static const MI_PropertyDecl *const properties[] = {&name_property, &size_property, &words_property, &owner_property};

static const MI_ParameterDecl in_parameter = {
    MI_FLAG_PARAMETER | MI_FLAG_IN, 0, MI_T("Target"), key_qualifiers, 1, MI_REFERENCE, MI_T("Sample_Base"), 0, 0};
static const MI_ParameterDecl out_parameter = {
    MI_FLAG_PARAMETER | MI_FLAG_OUT, 0, MI_T("Result"), NULL, 0, MI_UINT8A, NULL, 0, 0};
static const MI_ParameterDecl *const parameters[] = {&in_parameter, &out_parameter};
static const MI_MethodDecl move_method = {MI_FLAG_METHOD | MI_FLAG_STATIC,
                                          0,
                                          MI_T("Move"),
                                          class_qualifiers,
                                          1,
                                          parameters,
                                          2,
                                          0,
                                          MI_UINT32,
                                          MI_T("Sample_Class"),
                                          MI_T("Sample_Class"),
                                          NULL,
                                          NULL};
static const MI_MethodDecl *const methods[] = {&move_method};

const MI_ClassDecl sample_super_class = {.flags = MI_FLAG_CLASS | MI_FLAG_ABSTRACT,
                                         .name = MI_T("Sample_Base"),
                                         .properties = base_properties,
                                         .numProperties = 1};
const MI_ClassDecl sample_class = {.flags = MI_FLAG_CLASS,
                                   .name = MI_T("Sample_Class"),
                                   .qualifiers = class_qualifiers,
                                   .numQualifiers = 1,
                                   .properties = properties,
                                   .numProperties = 4,
                                   .superClass = MI_T("Sample_Base"),
                                   .superClassDecl = &sample_super_class,
                                   .methods = methods,
                                   .numMethods = 1};
