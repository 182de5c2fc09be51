/*
 * Instances: elements of each type, and the memory that their values are in.
 */
#include "mi_test.h"

static void add_and_get(void)
{
    MI_Instance *instance = new_instance();
    MI_Value value = number_value(7);
    MI_Uint32 count = 0, flags = 0, index = 9;
    MI_Type type = MI_STRING;
    const MI_Char *name = NULL;

    CHECK(MI_Instance_AddElement, adds, "Adds a new property to a dynamic instance",
          OK(MI_Instance_AddElement(instance, MI_T("Size"), &value, MI_UINT32, MI_FLAG_KEY)));
    CHECK(MI_Instance_GetElement, gets, "Gets the value of the named element (CIM property).",
          has_number(instance, MI_T("Size"), 7));
    CHECK(MI_Instance_GetElement, flags, "MI_FLAG_KEY (0x0001000): Element is a key.",
          OK(MI_Instance_GetElement(instance, MI_T("Size"), &value, &type, &flags, &index)) && (flags & MI_FLAG_KEY) &&
              type == MI_UINT32);
    CHECK(MI_Instance_GetElement, index, "Returned zero-based index of the element.", index == 0);
    CHECK(MI_Instance_GetElement, optional, "[out, optional]",
          OK(MI_Instance_GetElement(instance, MI_T("Size"), NULL, NULL, NULL, NULL)));
    CHECK(MI_Instance_GetElement, no_case, "(names of CIM compare without case)",
          has_number(instance, MI_T("sIZE"), 7));
    CHECK(MI_Instance_AddElement, no_value, "value [in, optional]",
          OK(MI_Instance_AddElement(instance, MI_T("Text"), NULL, MI_STRING, MI_FLAG_NULL)) &&
              OK(MI_Instance_GetElement(instance, MI_T("Text"), &value, &type, &flags, &index)) &&
              (flags & MI_FLAG_NULL) && type == MI_STRING && index == 1);
    CHECK(MI_Instance_GetElementCount, count, "Gets the number of elements in the given instance.",
          OK(MI_Instance_GetElementCount(instance, &count)) && count == 2);
    CHECK(MI_Instance_GetElementAt, gets, "Gets the value of the element at the given position",
          OK(MI_Instance_GetElementAt(instance, 0, &name, &value, &type, &flags)) && !wcscmp(name, MI_T("Size")) &&
              value.uint32 == 7);
    CHECK(MI_Instance_GetElementAt, beyond, "(there is no element at such an index)",
          GIVES(MI_RESULT_NOT_FOUND, MI_Instance_GetElementAt(instance, 2, &name, &value, &type, &flags)));
    CHECK(MI_Instance_AddElement, twice, "(an element of the name is there already)",
          GIVES(MI_RESULT_ALREADY_EXISTS, MI_Instance_AddElement(instance, MI_T("SIZE"), &value, MI_UINT32, 0)));
    CHECK(MI_Instance_GetElement, none, "(there is no element of the name)",
          GIVES(MI_RESULT_NO_SUCH_PROPERTY, MI_Instance_GetElement(instance, MI_T("None"), NULL, NULL, NULL, NULL)));
    CHECK(MI_Instance_Delete, deletes, "Deletes an instance that was created on the heap",
          OK(MI_Instance_Delete(instance)));
}

static void set_and_clear(void)
{
    MI_Instance *instance = new_instance();
    MI_Value value = text_value(MI_T("one")), wrong = number_value(1);
    MI_Uint32 flags = 0;

    MI_Instance_AddElement(instance, MI_T("Text"), &value, MI_STRING, 0);
    value = text_value(MI_T("another text"));
    CHECK(MI_Instance_SetElement, sets, "Set the value of the element with the given name in the given instance.",
          OK(MI_Instance_SetElement(instance, MI_T("text"), &value, MI_STRING, 0)) &&
              has_text(instance, MI_T("Text"), MI_T("another text")));
    CHECK(MI_Instance_SetElement, type, "The CIM type of the element that will be set. (another type does not match)",
          GIVES(MI_RESULT_TYPE_MISMATCH, MI_Instance_SetElement(instance, MI_T("Text"), &wrong, MI_UINT32, 0)));
    CHECK(MI_Instance_SetElement, none, "(there is no element of the name)",
          GIVES(MI_RESULT_NO_SUCH_PROPERTY, MI_Instance_SetElement(instance, MI_T("None"), &wrong, MI_UINT32, 0)));
    CHECK(MI_Instance_SetElement, MI_FLAG_NULL, "Element value is Null.",
          OK(MI_Instance_SetElement(instance, MI_T("Text"), &value, MI_STRING, MI_FLAG_NULL)) &&
              OK(MI_Instance_GetElement(instance, MI_T("Text"), NULL, NULL, &flags, NULL)) && (flags & MI_FLAG_NULL));
    CHECK(MI_Instance_SetElementAt, sets, "Sets the value of the element at the given position",
          OK(MI_Instance_SetElementAt(instance, 0, &value, MI_STRING, 0)) &&
              has_text(instance, MI_T("Text"), MI_T("another text")));
    CHECK(MI_Instance_ClearElement, clears, "Clears the value of the named element (CIM property) and sets it to NULL.",
          OK(MI_Instance_ClearElement(instance, MI_T("TEXT"))) &&
              OK(MI_Instance_GetElement(instance, MI_T("Text"), NULL, NULL, &flags, NULL)) && (flags & MI_FLAG_NULL));
    MI_Instance_SetElementAt(instance, 0, &value, MI_STRING, 0);
    CHECK(MI_Instance_ClearElementAt, clears, "Clears the element at the given position",
          OK(MI_Instance_ClearElementAt(instance, 0)) &&
              OK(MI_Instance_GetElement(instance, MI_T("Text"), NULL, NULL, &flags, NULL)) && (flags & MI_FLAG_NULL));
    CHECK(MI_Instance_ClearElementAt, beyond, "(there is no element at such an index)",
          GIVES(MI_RESULT_NOT_FOUND, MI_Instance_ClearElementAt(instance, 1)));
    MI_Instance_Delete(instance);
}

static void memory(void)
{
    MI_Instance *instance = new_instance(), *inner = new_instance();
    MI_Char text[] = MI_T("mine");
    MI_Value value = text_value(text), found = {0};

    MI_Instance_AddElement(instance, MI_T("Copy"), &value, MI_STRING, 0);
    CHECK(MI_Instance_AddElement, MI_FLAG_BORROW,
          "Used while adding and setting properties on an MI_Instance to indicate that the instance will not copy the "
          "value.",
          OK(MI_Instance_AddElement(instance, MI_T("Borrow"), &value, MI_STRING, MI_FLAG_BORROW)) &&
              OK(MI_Instance_GetElement(instance, MI_T("Borrow"), &found, NULL, NULL, NULL)) && found.string == text);
    text[0] = 'w';
    CHECK(MI_Instance_SetElement, copied, "By default, all memory referred to by the value parameter is copied.",
          has_text(instance, MI_T("Copy"), MI_T("mine")));
    value.instance = inner;
    CHECK(MI_Instance_AddElement, MI_FLAG_ADOPT,
          "the instance will adopt the pointer and will be responsible for deleting it",
          OK(MI_Instance_AddElement(instance, MI_T("Adopt"), &value, MI_INSTANCE, MI_FLAG_ADOPT)) &&
              OK(MI_Instance_GetElement(instance, MI_T("Adopt"), &found, NULL, NULL, NULL)) && found.instance == inner);
    CHECK(MI_Instance_AddElement, one_policy, "(MI_FLAG_ADOPT) is mutually exclusive with the MI_FLAG_BORROW flag.",
          GIVES(MI_RESULT_INVALID_PARAMETER,
                MI_Instance_AddElement(instance, MI_T("Both"), &value, MI_INSTANCE, MI_FLAG_ADOPT | MI_FLAG_BORROW)));
    MI_Instance_Delete(instance);
}

static void names(void)
{
    MI_Instance *instance = new_instance(), *copy = NULL;
    const MI_Char *name = MI_T("x");
    MI_Value value = number_value(5);

    CHECK(MI_Instance_GetNameSpace, none, "(none was set)", OK(MI_Instance_GetNameSpace(instance, &name)) && !name);
    CHECK(MI_Instance_SetNameSpace, sets, "Sets the namespace of an instance.",
          OK(MI_Instance_SetNameSpace(instance, MI_T("root/cimv2"))) && OK(MI_Instance_GetNameSpace(instance, &name)) &&
              name && !wcscmp(name, MI_T("root/cimv2")));
    CHECK(MI_Instance_SetServerName, sets, "Sets the server name of an instance.",
          OK(MI_Instance_SetServerName(instance, MI_T("server"))) && OK(MI_Instance_GetServerName(instance, &name)) &&
              name && !wcscmp(name, MI_T("server")));
    MI_Instance_AddElement(instance, MI_T("Size"), &value, MI_UINT32, 0);
    CHECK(MI_Instance_Clone, clones, "Clones an instance.",
          OK(MI_Instance_Clone(instance, &copy)) && has_number(copy, MI_T("Size"), 5) &&
              OK(MI_Instance_GetNameSpace(copy, &name)) && !wcscmp(name, MI_T("root/cimv2")));
    MI_Instance_Delete(instance);
    CHECK(MI_Instance_Clone, own, "(a clone lives on without the other)", has_number(copy, MI_T("Size"), 5));
    CHECK(MI_Instance_Normalize, plain, "(a plain instance is normalized already)",
          OK(MI_Instance_Normalize(&copy)) && has_number(copy, MI_T("Size"), 5));
    MI_Instance_Delete(copy);
}

static void of_a_class(void)
{
    MI_Instance *instance = NULL;
    MI_Class *class = NULL;
    MI_Value value = number_value(1);
    MI_Boolean flag = MI_FALSE;
    const MI_Char *name = NULL;
    MI_Uint32 flags = 0;

    MI_Application_NewInstance(application(), MI_T("Test_Derived"), &test_class, &instance);
    CHECK(MI_Instance_IsA, own, "Determines whether an instance is of a class",
          OK(MI_Instance_IsA(instance, &test_class, &flag)) && flag);
    CHECK(MI_Instance_IsA, super, "(an instance of a class is one of its super-classes too)",
          OK(MI_Instance_IsA(instance, &test_super_class, &flag)) && flag);
    CHECK(MI_Instance_GetElement, default, "(an element begins with its class's default)",
          has_number(instance, MI_T("Size"), 42));
    CHECK(MI_Instance_GetElement, MI_FLAG_NULL, "MI_FLAG_NULL (0x20000000): Element value is Null.",
          OK(MI_Instance_GetElement(instance, MI_T("Name"), NULL, NULL, &flags, NULL)) && (flags & MI_FLAG_NULL));
    CHECK(MI_Instance_AddElement, dynamic_only,
          "supported only by dynamic instances whose schema may be extended at run time",
          GIVES(MI_RESULT_NOT_SUPPORTED, MI_Instance_AddElement(instance, MI_T("More"), &value, MI_UINT32, 0)));
    CHECK(MI_Instance_GetClass, gets, "Gets the MI_Class associated with an instance.",
          OK(MI_Instance_GetClass(instance, &class)) && OK(MI_Class_GetClassName(class, &name)) &&
              !wcscmp(name, MI_T("Test_Derived")));
    CHECK(MI_Instance_GetClass, deleted, "This returned class should be deleted via MI_Class_Delete.",
          OK(MI_Class_Delete(class)));
    MI_Instance_Delete(instance);
    instance = new_instance();
    MI_Instance_AddElement(instance, MI_T("Size"), &value, MI_UINT32, 0);
    CHECK(MI_Instance_GetClass, flat, "A dynamic instance has a very flat class declaration with no real qualifiers.",
          OK(MI_Instance_GetClass(instance, &class)) && OK(MI_Class_GetElementCount(class, &flags)) && flags == 1 &&
              GIVES(MI_RESULT_INVALID_SUPERCLASS, MI_Class_GetParentClassName(class, &name)));
    MI_Class_Delete(class);
    MI_Instance_Delete(instance);
}

static void no_instance(void)
{
    MI_Instance *copy = NULL;
    MI_Uint32 count = 0;

    CHECK(MI_Instance_Delete, null_instance, "(not documented; NULL is a bad parameter, not a crash)",
          GIVES(MI_RESULT_INVALID_PARAMETER, MI_Instance_Delete(NULL)));
    CHECK(MI_Instance_Clone, null_instance, "(not documented; NULL is a bad parameter, not a crash)",
          GIVES(MI_RESULT_INVALID_PARAMETER, MI_Instance_Clone(NULL, &copy)));
    CHECK(MI_Instance_GetElementCount, null_instance, "(not documented; NULL is a bad parameter, not a crash)",
          GIVES(MI_RESULT_INVALID_PARAMETER, MI_Instance_GetElementCount(NULL, &count)));
    copy = new_instance();
    CHECK(MI_Instance_Destruct, destructs, "(an instance that was destructed holds nothing, and can be deleted)",
          OK(MI_Instance_Destruct(copy)) &&
              GIVES(MI_RESULT_INVALID_PARAMETER, MI_Instance_GetElementCount(copy, &count)));
    MI_Instance_Delete(copy);
}

static const struct test_case cases[] = {
    {"add and get", add_and_get}, {"set and clear", set_and_clear}, {"memory", memory}, {"names", names},
    {"of a class", of_a_class},   {"no instance", no_instance},     {NULL, NULL}};
const struct group instance_group = {"instance", __FILE__, cases};
