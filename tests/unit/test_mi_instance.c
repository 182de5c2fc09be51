/*
 * Instances: every type and flag, memory that is the caller's and the instance's own, classes, bad arguments, and that
 * a failing allocation changes nothing and leaves nothing behind.
 */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "mi/class.h"
#include "mi/instance.h"
#include "mi/value.h"
#include "mi_support.h"

static MI_Instance *instance;

static void set_up(void)
{
    use_mi_allocator();
    ck_assert_int_eq(mi_instance_new(MI_T("Dynamic"), &instance), MI_RESULT_OK);
}

static void tear_down(void)
{
    if (instance) ck_assert_int_eq(MI_Instance_Delete(instance), MI_RESULT_OK);
    instance = NULL;
    free_sample_instances();
    ck_assert_int_eq(live_allocations(), 0);
}

static MI_Result add(const MI_Char *name, const MI_Value *value, MI_Type type, MI_Uint32 flags)
{
    return MI_Instance_AddElement(instance, name, value, type, flags);
}

/* The element, whose type and flags must be these. */
static MI_Value get(const MI_Instance *from, const MI_Char *name, MI_Type type, MI_Uint32 flags)
{
    MI_Value value = {0};
    MI_Type found_type = MI_BOOLEAN;
    MI_Uint32 found_flags = 0, index = 0;

    ck_assert_int_eq(MI_Instance_GetElement(from, name, &value, &found_type, &found_flags, &index), MI_RESULT_OK);
    ck_assert_int_eq(found_type, type);
    ck_assert_uint_eq(found_flags, flags);
    return value;
}

static MI_Value text_value(const MI_Char *text)
{
    return (MI_Value){.string = (MI_Char *)text};
}

START_TEST(every_type_comes_back)
{
    MI_Type type = (MI_Type)_i;
    MI_Value first = sample_value(type, 0), second = sample_value(type, 1), found;

    ck_assert_int_eq(add(MI_T("Value"), &first, type, MI_FLAG_KEY), MI_RESULT_OK);
    found = get(instance, MI_T("Value"), type, MI_FLAG_KEY);
    ck_assert(values_equal(type, &first, &found));
    ck_assert(!values_share_memory(type, &first, &found));
    ck_assert_int_eq(MI_Instance_SetElement(instance, MI_T("Value"), &second, type, 0), MI_RESULT_OK);
    found = get(instance, MI_T("Value"), type, MI_FLAG_KEY);
    ck_assert(values_equal(type, &second, &found));
    ck_assert_int_eq(MI_Instance_ClearElement(instance, MI_T("Value")), MI_RESULT_OK);
    get(instance, MI_T("Value"), type, MI_FLAG_KEY | MI_FLAG_NULL);
    ck_assert_int_eq(MI_Instance_SetElementAt(instance, 0, &first, type, 0), MI_RESULT_OK);
    found = get(instance, MI_T("Value"), type, MI_FLAG_KEY);
    ck_assert(values_equal(type, &first, &found));
}
END_TEST

START_TEST(every_type_can_be_null)
{
    MI_Type type = (MI_Type)_i;
    MI_Value value = sample_value(type, 0), found;

    ck_assert_int_eq(add(MI_T("No"), NULL, type, 0), MI_RESULT_OK);
    found = get(instance, MI_T("No"), type, MI_FLAG_NULL);
    ck_assert_uint_eq(found.uint64, 0);
    ck_assert_int_eq(add(MI_T("Flag"), &value, type, MI_FLAG_NULL), MI_RESULT_OK);
    get(instance, MI_T("Flag"), type, MI_FLAG_NULL);
    ck_assert_int_eq(MI_Instance_SetElement(instance, MI_T("No"), &value, type, 0), MI_RESULT_OK);
    get(instance, MI_T("No"), type, 0);
    ck_assert_int_eq(MI_Instance_SetElement(instance, MI_T("No"), NULL, type, 0), MI_RESULT_OK);
    get(instance, MI_T("No"), type, MI_FLAG_NULL);
}
END_TEST

START_TEST(every_type_can_be_borrowed)
{
    MI_Type type = (MI_Type)_i;
    MI_Value value = sample_value(type, 0), found;
    bool pointer = type == MI_STRING || mi_type_is_array(type) || mi_type_is_instance(type);

    ck_assert_int_eq(add(MI_T("Value"), &value, type, MI_FLAG_BORROW), MI_RESULT_OK);
    found = get(instance, MI_T("Value"), type, 0);
    ck_assert(values_equal(type, &value, &found));
    ck_assert_int_eq(values_share_memory(type, &value, &found), pointer);
}
END_TEST

START_TEST(copies_have_their_own_memory)
{
    MI_Type type = (MI_Type)_i;
    MI_Value value = sample_value(type, 0), found, copied;
    MI_Instance *copy = NULL;

    ck_assert_int_eq(add(MI_T("Value"), &value, type, MI_FLAG_BORROW | MI_FLAG_KEY), MI_RESULT_OK);
    MI_Instance_SetNameSpace(instance, MI_T("root/cimv2"));
    MI_Instance_SetServerName(instance, MI_T("server"));
    ck_assert_int_eq(MI_Instance_Clone(instance, &copy), MI_RESULT_OK);
    found = get(instance, MI_T("Value"), type, MI_FLAG_KEY);
    copied = get(copy, MI_T("Value"), type, MI_FLAG_KEY);
    ck_assert(!values_share_memory(type, &found, &copied));
    ck_assert(instances_equal(instance, copy));
    MI_Instance_Delete(instance);
    instance = copy;
    found = get(instance, MI_T("Value"), type, MI_FLAG_KEY);
    ck_assert(values_equal(type, &value, &found));
}
END_TEST

START_TEST(names_compare_without_case)
{
    MI_Value value = {.uint32 = 7}, found = {0};

    ck_assert_int_eq(add(MI_T("Name"), &value, MI_UINT32, 0), MI_RESULT_OK);
    ck_assert_int_eq(add(MI_T("NAME"), &value, MI_UINT32, 0), MI_RESULT_ALREADY_EXISTS);
    found = get(instance, MI_T("nAmE"), MI_UINT32, 0);
    ck_assert_uint_eq(found.uint32, 7);
    ck_assert_int_eq(add(MI_T("\x00c4rger"), &value, MI_UINT32, 0), MI_RESULT_OK);
    get(instance, MI_T("\x00e4RGER"), MI_UINT32, 0);
    ck_assert_int_eq(MI_Instance_ClearElement(instance, MI_T("Nam")), MI_RESULT_NO_SUCH_PROPERTY);
    ck_assert_int_eq(MI_Instance_ClearElement(instance, MI_T("Names")), MI_RESULT_NO_SUCH_PROPERTY);
}
END_TEST

START_TEST(elements_keep_their_order)
{
    MI_Char name[] = MI_T("Element000");
    MI_Uint32 count = 0;

    for (MI_Uint32 i = 0; i < 200; i++)
    {
        MI_Value value = {.uint32 = i};

        name[7] = (MI_Char)('0' + i / 100);
        name[8] = (MI_Char)('0' + i / 10 % 10);
        name[9] = (MI_Char)('0' + i % 10);
        ck_assert_int_eq(add(name, &value, MI_UINT32, 0), MI_RESULT_OK);
    }
    ck_assert_int_eq(MI_Instance_GetElementCount(instance, &count), MI_RESULT_OK);
    ck_assert_uint_eq(count, 200);
    for (MI_Uint32 i = 0; i < count; i++)
    {
        const MI_Char *found = NULL;
        MI_Value value = {0};
        MI_Uint32 index = 0;

        ck_assert_int_eq(MI_Instance_GetElementAt(instance, i, &found, &value, NULL, NULL), MI_RESULT_OK);
        ck_assert_uint_eq(value.uint32, i);
        ck_assert_int_eq(MI_Instance_GetElement(instance, found, NULL, NULL, NULL, &index), MI_RESULT_OK);
        ck_assert_uint_eq(index, i);
    }
    ck_assert_int_eq(MI_Instance_GetElementAt(instance, count, NULL, NULL, NULL, NULL), MI_RESULT_NOT_FOUND);
}
END_TEST

START_TEST(adopted_instances_are_deleted_with_it)
{
    MI_Instance *others[3] = {0}, *pair[2] = {0};
    MI_Value value = {0}, found = {0};

    for (int i = 0; i < 3; i++)
        ck_assert_int_eq(mi_instance_new(MI_T("Other"), &others[i]), MI_RESULT_OK);
    value.instance = others[0];
    ck_assert_int_eq(add(MI_T("One"), &value, MI_INSTANCE, MI_FLAG_ADOPT), MI_RESULT_OK);
    found = get(instance, MI_T("One"), MI_INSTANCE, 0);
    ck_assert_ptr_eq(found.instance, others[0]);
    pair[0] = others[1];
    pair[1] = others[2];
    value.instancea.data = pair;
    value.instancea.size = 2;
    ck_assert_int_eq(add(MI_T("Two"), &value, MI_REFERENCEA, MI_FLAG_ADOPT), MI_RESULT_OK);
    found = get(instance, MI_T("Two"), MI_REFERENCEA, 0);
    ck_assert_ptr_eq(found.referencea.data[1], others[2]);
    ck_assert_ptr_ne(found.referencea.data, pair);
    /* Replaced, it is deleted at once; tear_down counts. */
    ck_assert_int_eq(MI_Instance_ClearElement(instance, MI_T("One")), MI_RESULT_OK);
}
END_TEST

START_TEST(what_is_refused_is_not_adopted)
{
    MI_Instance *other = NULL;
    MI_Value value = {0};

    ck_assert_int_eq(mi_instance_new(MI_T("Other"), &other), MI_RESULT_OK);
    value.instance = other;
    ck_assert_int_eq(add(MI_T("One"), NULL, MI_UINT8, 0), MI_RESULT_OK);
    ck_assert_int_eq(add(MI_T("One"), &value, MI_INSTANCE, MI_FLAG_ADOPT), MI_RESULT_ALREADY_EXISTS);
    ck_assert_int_eq(MI_Instance_SetElement(instance, MI_T("One"), &value, MI_INSTANCE, MI_FLAG_ADOPT),
                     MI_RESULT_TYPE_MISMATCH);
    ck_assert_int_eq(MI_Instance_Delete(other), MI_RESULT_OK);
}
END_TEST

START_TEST(an_instance_cannot_hold_itself)
{
    MI_Value value = {.instance = instance};

    ck_assert_int_eq(add(MI_T("Self"), &value, MI_INSTANCE, MI_FLAG_ADOPT), MI_RESULT_INVALID_PARAMETER);
    ck_assert_int_eq(add(MI_T("Self"), &value, MI_INSTANCE, MI_FLAG_BORROW), MI_RESULT_INVALID_PARAMETER);
    value.instancea.data = &instance;
    value.instancea.size = 1;
    ck_assert_int_eq(add(MI_T("Self"), &value, MI_INSTANCEA, MI_FLAG_ADOPT), MI_RESULT_INVALID_PARAMETER);
    value.instance = instance;
    ck_assert_int_eq(add(MI_T("Copy"), &value, MI_INSTANCE, 0), MI_RESULT_OK);
}
END_TEST

/* A program that sets a value in a loop does not run out of memory. */
START_TEST(setting_again_and_again_takes_bounded_memory)
{
    static MI_Char text[300];
    MI_Value value = text_value(text);
    MI_Char *words[2] = {text, text + 100};
    MI_Value list = {.stringa = {words, 2}};
    size_t bytes = 0;

    add(MI_T("Text"), NULL, MI_STRING, 0);
    add(MI_T("List"), NULL, MI_STRINGA, 0);
    for (int i = 0; i < 299; i++)
        text[i] = 'x';
    for (int round = 0; round < 2000; round++)
    {
        value.string = text + round % 299;
        ck_assert_int_eq(MI_Instance_SetElement(instance, MI_T("Text"), &value, MI_STRING, 0), MI_RESULT_OK);
        ck_assert_int_eq(MI_Instance_SetElement(instance, MI_T("List"), &list, MI_STRINGA, 0), MI_RESULT_OK);
        ck_assert_int_eq(MI_Instance_SetNameSpace(instance, text + round % 250), MI_RESULT_OK);
        if (round == 600) bytes = mi_instance_bytes(instance);
    }
    ck_assert_uint_eq(mi_instance_bytes(instance), bytes);
}
END_TEST

START_TEST(a_value_can_be_set_from_itself)
{
    MI_Type type = (MI_Type)_i;
    MI_Value value = sample_value(type, 1), found;
    size_t bytes;

    ck_assert_int_eq(add(MI_T("Value"), &value, type, 0), MI_RESULT_OK);
    bytes = mi_instance_bytes(instance);
    for (int round = 0; round < 100; round++)
    {
        found = get(instance, MI_T("Value"), type, 0);
        ck_assert_int_eq(MI_Instance_SetElement(instance, MI_T("Value"), &found, type, 0), MI_RESULT_OK);
    }
    found = get(instance, MI_T("Value"), type, 0);
    ck_assert(values_equal(type, &value, &found));
    ck_assert_uint_eq(mi_instance_bytes(instance), bytes);
}
END_TEST

START_TEST(part_of_a_value_can_be_set_from_it)
{
    MI_Char *words[] = {(MI_Char *)MI_T("one"), (MI_Char *)MI_T("two"), (MI_Char *)MI_T("three")};
    MI_Value value = {.stringa = {words, 3}}, text = text_value(MI_T("a longer text")), found, tail;

    add(MI_T("List"), &value, MI_STRINGA, 0);
    add(MI_T("Text"), &text, MI_STRING, 0);
    found = get(instance, MI_T("List"), MI_STRINGA, 0);
    tail.stringa.data = found.stringa.data + 1;
    tail.stringa.size = 2;
    ck_assert_int_eq(MI_Instance_SetElement(instance, MI_T("List"), &tail, MI_STRINGA, 0), MI_RESULT_OK);
    found = get(instance, MI_T("List"), MI_STRINGA, 0);
    ck_assert_uint_eq(found.stringa.size, 2);
    ck_assert(texts_equal(found.stringa.data[0], MI_T("two")));
    words[0] = found.stringa.data[1];
    words[1] = (MI_Char *)MI_T("another");
    value.stringa.size = 2;
    ck_assert_int_eq(MI_Instance_SetElement(instance, MI_T("List"), &value, MI_STRINGA, 0), MI_RESULT_OK);
    found = get(instance, MI_T("List"), MI_STRINGA, 0);
    ck_assert(texts_equal(found.stringa.data[0], MI_T("three")) && texts_equal(found.stringa.data[1], MI_T("another")));
    found = get(instance, MI_T("Text"), MI_STRING, 0);
    found.string += 2;
    ck_assert_int_eq(MI_Instance_SetElement(instance, MI_T("Text"), &found, MI_STRING, 0), MI_RESULT_OK);
    found = get(instance, MI_T("Text"), MI_STRING, 0);
    ck_assert(texts_equal(found.string, MI_T("longer text")));
}
END_TEST

START_TEST(empty_arrays_are_not_null)
{
    MI_Value value = {0}, found = {0};

    memset(&value, 0, sizeof(value));
    for (int type = MI_BOOLEANA; type <= MI_INSTANCEA; type++)
    {
        MI_Char name[] = {MI_T('A'), (MI_Char)(type + 'A'), 0};

        ck_assert_int_eq(add(name, &value, (MI_Type)type, 0), MI_RESULT_OK);
        found = get(instance, name, (MI_Type)type, 0);
        ck_assert_uint_eq(found.array.size, 0);
    }
}
END_TEST

START_TEST(bad_arguments)
{
    MI_Value value = {.string = NULL}, array = {.stringa = {NULL, 3}};
    MI_Char *gap[2] = {(MI_Char *)MI_T("x"), NULL};
    MI_Instance *nothing[1] = {NULL}, *made = instance;
    MI_Value with_gap = {.stringa = {gap, 2}}, no_instances = {.instancea = {nothing, 1}};
    MI_Boolean flag = MI_FALSE;

    ck_assert_int_eq(mi_instance_new(NULL, &made), MI_RESULT_INVALID_PARAMETER);
    ck_assert_ptr_null(made);
    ck_assert_int_eq(mi_instance_new(MI_T(""), &made), MI_RESULT_INVALID_PARAMETER);
    ck_assert_int_eq(add(NULL, NULL, MI_UINT8, 0), MI_RESULT_INVALID_PARAMETER);
    ck_assert_int_eq(add(MI_T(""), NULL, MI_UINT8, 0), MI_RESULT_INVALID_PARAMETER);
    ck_assert_int_eq(add(MI_T("X"), NULL, (MI_Type)32, 0), MI_RESULT_INVALID_PARAMETER);
    ck_assert_int_eq(add(MI_T("X"), NULL, (MI_Type)-1, 0), MI_RESULT_INVALID_PARAMETER);
    ck_assert_int_eq(add(MI_T("X"), &value, MI_STRING, 0), MI_RESULT_INVALID_PARAMETER);
    ck_assert_int_eq(add(MI_T("X"), &value, MI_INSTANCE, 0), MI_RESULT_INVALID_PARAMETER);
    ck_assert_int_eq(add(MI_T("X"), &array, MI_STRINGA, 0), MI_RESULT_INVALID_PARAMETER);
    ck_assert_int_eq(add(MI_T("X"), &array, MI_UINT8A, MI_FLAG_BORROW), MI_RESULT_INVALID_PARAMETER);
    ck_assert_int_eq(add(MI_T("X"), &with_gap, MI_STRINGA, 0), MI_RESULT_INVALID_PARAMETER);
    ck_assert_int_eq(add(MI_T("X"), &no_instances, MI_REFERENCEA, 0), MI_RESULT_INVALID_PARAMETER);
    ck_assert_int_eq(add(MI_T("X"), &with_gap, MI_UINT8, MI_FLAG_BORROW | MI_FLAG_ADOPT), MI_RESULT_INVALID_PARAMETER);
    ck_assert_int_eq(MI_Instance_GetElement(instance, MI_T("X"), NULL, NULL, NULL, NULL), MI_RESULT_NO_SUCH_PROPERTY);
    ck_assert_int_eq(MI_Instance_GetElement(instance, NULL, NULL, NULL, NULL, NULL), MI_RESULT_INVALID_PARAMETER);
    ck_assert_int_eq(MI_Instance_SetElement(instance, NULL, NULL, MI_UINT8, 0), MI_RESULT_INVALID_PARAMETER);
    ck_assert_int_eq(MI_Instance_SetElement(instance, MI_T("X"), NULL, MI_UINT8, 0), MI_RESULT_NO_SUCH_PROPERTY);
    ck_assert_int_eq(MI_Instance_SetElementAt(instance, 0, NULL, MI_UINT8, 0), MI_RESULT_NOT_FOUND);
    ck_assert_int_eq(MI_Instance_ClearElementAt(instance, 0), MI_RESULT_NOT_FOUND);
    ck_assert_int_eq(MI_Instance_ClearElement(instance, NULL), MI_RESULT_INVALID_PARAMETER);
    ck_assert_int_eq(MI_Instance_IsA(instance, NULL, &flag), MI_RESULT_INVALID_PARAMETER);
    ck_assert_int_eq(MI_Instance_IsA(instance, &sample_class, NULL), MI_RESULT_INVALID_PARAMETER);
    ck_assert_int_eq(MI_Instance_Clone(instance, NULL), MI_RESULT_INVALID_PARAMETER);
    ck_assert_int_eq(MI_Instance_GetClass(instance, NULL), MI_RESULT_INVALID_PARAMETER);
    ck_assert_int_eq(MI_Instance_GetClassName(instance, NULL), MI_RESULT_INVALID_PARAMETER);
    ck_assert_int_eq(MI_Instance_GetElementCount(instance, NULL), MI_RESULT_INVALID_PARAMETER);
    ck_assert_int_eq(MI_Instance_Delete(NULL), MI_RESULT_INVALID_PARAMETER);
}
END_TEST

START_TEST(a_destructed_instance_answers_and_can_be_deleted)
{
    const MI_Char *name = NULL;
    MI_Uint32 count = 0;

    add(MI_T("X"), NULL, MI_UINT8, 0);
    ck_assert_int_eq(MI_Instance_Destruct(instance), MI_RESULT_OK);
    ck_assert_int_eq(live_allocations(), 1);
    ck_assert_int_eq(MI_Instance_Destruct(instance), MI_RESULT_INVALID_PARAMETER);
    ck_assert_int_eq(add(MI_T("X"), NULL, MI_UINT8, 0), MI_RESULT_INVALID_PARAMETER);
    ck_assert_int_eq(MI_Instance_GetElementCount(instance, &count), MI_RESULT_INVALID_PARAMETER);
    ck_assert_int_eq(MI_Instance_GetClassName(instance, &name), MI_RESULT_INVALID_PARAMETER);
}
END_TEST

/* ---- Of a class ------------------------------------------------------------------------------------------------- */

START_TEST(a_declaration_gives_elements_and_defaults)
{
    MI_Instance *made = NULL;
    MI_Value value = {0};
    const MI_Char *name = NULL;

    ck_assert_int_eq(mi_instance_of(NULL, &sample_class, NULL, &made), MI_RESULT_OK);
    ck_assert_int_eq(MI_Instance_GetClassName(made, &name), MI_RESULT_OK);
    ck_assert(texts_equal(name, MI_T("Sample_Class")));
    get(made, MI_T("Name"), MI_STRING, MI_FLAG_PROPERTY | MI_FLAG_KEY | MI_FLAG_NOT_MODIFIED | MI_FLAG_NULL);
    value = get(made, MI_T("SIZE"), MI_UINT32, MI_FLAG_PROPERTY | MI_FLAG_NOT_MODIFIED);
    ck_assert_uint_eq(value.uint32, 42);
    value = get(made, MI_T("Words"), MI_STRINGA, MI_FLAG_PROPERTY | MI_FLAG_NOT_MODIFIED);
    ck_assert(texts_equal(value.stringa.data[1], MI_T("two")));
    value.uint32 = 9;
    ck_assert_int_eq(MI_Instance_SetElement(made, MI_T("Size"), &value, MI_UINT32, 0), MI_RESULT_OK);
    get(made, MI_T("Size"), MI_UINT32, MI_FLAG_PROPERTY);
    ck_assert_int_eq(MI_Instance_SetElement(made, MI_T("Size"), &value, MI_SINT32, 0), MI_RESULT_TYPE_MISMATCH);
    ck_assert_int_eq(MI_Instance_AddElement(made, MI_T("More"), &value, MI_UINT32, 0), MI_RESULT_NOT_SUPPORTED);
    ck_assert_int_eq(MI_Instance_Delete(made), MI_RESULT_OK);
}
END_TEST

START_TEST(is_a_looks_up_the_chain)
{
    static const MI_ClassDecl other = {.flags = MI_FLAG_CLASS, .name = MI_T("Other")};
    static const MI_ClassDecl dynamic = {.flags = MI_FLAG_CLASS, .name = MI_T("DYNAMIC")};
    MI_Instance *made = NULL;
    MI_Boolean flag = MI_FALSE;

    ck_assert_int_eq(mi_instance_of(NULL, &sample_class, NULL, &made), MI_RESULT_OK);
    ck_assert(MI_Instance_IsA(made, &sample_class, &flag) == MI_RESULT_OK && flag);
    ck_assert(MI_Instance_IsA(made, &sample_super_class, &flag) == MI_RESULT_OK && flag);
    ck_assert(MI_Instance_IsA(made, &other, &flag) == MI_RESULT_OK && !flag);
    ck_assert(MI_Instance_IsA(instance, &dynamic, &flag) == MI_RESULT_OK && flag);
    ck_assert(MI_Instance_IsA(instance, &other, &flag) == MI_RESULT_OK && !flag);
    MI_Instance_Delete(made);
}
END_TEST

START_TEST(an_instance_outlives_its_class)
{
    MI_Class *class = NULL;
    MI_Instance *made = NULL, *copy = NULL;
    MI_Value value = {0};

    ck_assert_int_eq(mi_class_from_decl(&sample_class, MI_T("root"), NULL, &class), MI_RESULT_OK);
    ck_assert_int_eq(mi_instance_of(NULL, class->classDecl, mi_class_get_data(class), &made), MI_RESULT_OK);
    ck_assert_int_eq(MI_Class_Delete(class), MI_RESULT_OK);
    ck_assert_int_eq(MI_Instance_Clone(made, &copy), MI_RESULT_OK);
    ck_assert(instances_equal(made, copy));
    MI_Instance_Delete(made);
    value = get(copy, MI_T("Size"), MI_UINT32, MI_FLAG_PROPERTY | MI_FLAG_NOT_MODIFIED);
    ck_assert_uint_eq(value.uint32, 42);
    ck_assert_int_eq(MI_Instance_GetClass(copy, &class), MI_RESULT_OK);
    MI_Instance_Delete(copy);
    ck_assert(texts_equal(class->classDecl->superClassDecl->name, MI_T("Sample_Base")));
    MI_Class_Delete(class);
}
END_TEST

START_TEST(a_dynamic_instance_has_a_flat_class)
{
    MI_Value value = {.uint32 = 1};
    MI_Class *class = NULL;
    MI_Uint32 count = 0, flags = 0;
    MI_Type type = MI_BOOLEAN;

    add(MI_T("Id"), &value, MI_UINT32, MI_FLAG_KEY);
    add(MI_T("List"), NULL, MI_STRINGA, 0);
    MI_Instance_SetNameSpace(instance, MI_T("root/here"));
    ck_assert_int_eq(MI_Instance_GetClass(instance, &class), MI_RESULT_OK);
    ck_assert_int_eq(MI_Class_GetElementCount(class, &count), MI_RESULT_OK);
    ck_assert_uint_eq(count, 2);
    ck_assert_int_eq(MI_Class_GetElement(class, MI_T("id"), NULL, NULL, &type, NULL, NULL, &flags, NULL), MI_RESULT_OK);
    ck_assert_int_eq(type, MI_UINT32);
    ck_assert_uint_eq(flags, MI_FLAG_PROPERTY | MI_FLAG_KEY);
    ck_assert(texts_equal(class->namespaceName, MI_T("root/here")));
    MI_Class_Delete(class);
}
END_TEST

/* ---- Lack of memory --------------------------------------------------------------------------------------------- */

/* Everything once; returns the first failure, with nothing left but `instance`. */
static MI_Result everything(void)
{
    MI_Instance *copy = NULL;
    MI_Class *class = NULL;
    MI_Result result = MI_RESULT_OK;

    for (int type = 0; type <= MI_INSTANCEA && result == MI_RESULT_OK; type++)
    {
        MI_Char name[] = {MI_T('A'), (MI_Char)(type + 'A'), 0};
        MI_Value first = sample_value((MI_Type)type, 0), second = sample_value((MI_Type)type, 1);

        result = add(name, &first, (MI_Type)type, 0);
        if (result == MI_RESULT_OK) result = MI_Instance_SetElement(instance, name, &second, (MI_Type)type, 0);
    }
    if (result == MI_RESULT_OK) result = MI_Instance_SetServerName(instance, MI_T("server"));
    if (result == MI_RESULT_OK) result = MI_Instance_Clone(instance, &copy);
    if (result == MI_RESULT_OK) result = MI_Instance_GetClass(copy, &class);
    if (copy) MI_Instance_Delete(copy);
    if (class) MI_Class_Delete(class);
    if (result == MI_RESULT_OK) result = mi_instance_of(NULL, &sample_class, NULL, &copy);
    if (result != MI_RESULT_OK) return result;
    result = MI_Instance_GetClass(copy, &class);
    MI_Instance_Delete(copy);
    if (result != MI_RESULT_OK) return result;
    result = mi_instance_of(MI_T("Derived"), class->classDecl, mi_class_get_data(class), &copy);
    MI_Class_Delete(class);
    if (result != MI_RESULT_OK) return result;
    MI_Instance_Delete(copy);
    return MI_RESULT_OK;
}

START_TEST(every_failing_allocation_is_reported_and_leaves_nothing)
{
    int failures = 0;

    sample_value(MI_INSTANCEA, 0);
    for (long successes = 0;; successes++, failures++)
    {
        MI_Result result;
        long before;

        MI_Instance_Delete(instance);
        ck_assert_int_eq(mi_instance_new(MI_T("Dynamic"), &instance), MI_RESULT_OK);
        before = live_allocations();
        fail_allocation(successes);
        result = everything();
        if (!allocation_failed())
        {
            ck_assert_int_eq(result, MI_RESULT_OK);
            break;
        }
        fail_allocation(-1);
        ck_assert_int_eq(result, MI_RESULT_SERVER_LIMITS_EXCEEDED);
        ck_assert_int_ge(live_allocations(), before);
    }
    fail_allocation(-1);
    ck_assert_int_ge(failures, 20);
}
END_TEST

START_TEST(a_failing_set_keeps_the_old_value)
{
    MI_Type type = (MI_Type)_i;
    static MI_Char long_text[3000];
    MI_Value first = sample_value(type, 0), second = sample_value(type, 1), found;

    for (int i = 0; i < 2999; i++)
        long_text[i] = 'y';
    if (type == MI_STRING) second.string = long_text;
    if (type == MI_STRINGA) second.stringa.data[2] = long_text;
    if (mi_type_is_array(type) && !mi_type_is_instance(type) && type != MI_STRINGA) return;
    if (!mi_type_is_instance(type) && type != MI_STRING && type != MI_STRINGA) return;
    ck_assert_int_eq(add(MI_T("Value"), &first, type, 0), MI_RESULT_OK);
    for (long successes = 0;; successes++)
    {
        MI_Result result;

        fail_allocation(successes);
        result = MI_Instance_SetElement(instance, MI_T("Value"), &second, type, 0);
        if (!allocation_failed()) break;
        ck_assert_int_eq(result, MI_RESULT_SERVER_LIMITS_EXCEEDED);
        found = get(instance, MI_T("Value"), type, 0);
        ck_assert(values_equal(type, &first, &found));
    }
    fail_allocation(-1);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("mi instances");
    TCase *tcase = tcase_create("instance");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_add_loop_test(tcase, every_type_comes_back, 0, 32);
    tcase_add_loop_test(tcase, every_type_can_be_null, 0, 32);
    tcase_add_loop_test(tcase, every_type_can_be_borrowed, 0, 32);
    tcase_add_loop_test(tcase, copies_have_their_own_memory, 0, 32);
    tcase_add_test(tcase, names_compare_without_case);
    tcase_add_test(tcase, elements_keep_their_order);
    tcase_add_test(tcase, adopted_instances_are_deleted_with_it);
    tcase_add_test(tcase, what_is_refused_is_not_adopted);
    tcase_add_test(tcase, an_instance_cannot_hold_itself);
    tcase_add_test(tcase, setting_again_and_again_takes_bounded_memory);
    tcase_add_loop_test(tcase, a_value_can_be_set_from_itself, 0, 32);
    tcase_add_test(tcase, part_of_a_value_can_be_set_from_it);
    tcase_add_test(tcase, empty_arrays_are_not_null);
    tcase_add_test(tcase, bad_arguments);
    tcase_add_test(tcase, a_destructed_instance_answers_and_can_be_deleted);
    tcase_add_test(tcase, a_declaration_gives_elements_and_defaults);
    tcase_add_test(tcase, is_a_looks_up_the_chain);
    tcase_add_test(tcase, an_instance_outlives_its_class);
    tcase_add_test(tcase, a_dynamic_instance_has_a_flat_class);
    tcase_add_test(tcase, every_failing_allocation_is_reported_and_leaves_nothing);
    tcase_add_loop_test(tcase, a_failing_set_keeps_the_old_value, 0, 32);
    suite_add_tcase(suite, tcase);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
