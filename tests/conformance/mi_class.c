/*
 * Classes, qualifier sets, parameter sets.
 */
#include "mi_test.h"

static MI_Class *new_class(void)
{
    MI_Class *class = NULL;

    MI_Application_NewClass(application(), &test_class, MI_T("root/test"), MI_T("server"), &class);
    return class;
}

static void names(void)
{
    MI_Class *class = NULL, *other = NULL;
    const MI_Char *name = NULL;

    CHECK(MI_Application_NewClass, creates, "Creates an MI_Class from an MI_ClassDecl structure.",
          OK(MI_Application_NewClass(application(), &test_class, MI_T("root/test"), MI_T("server"), &class)) && class);
    CHECK(MI_Application_NewClass, optional, "The optional namespace name. The optional server name.",
          OK(MI_Application_NewClass(application(), &test_class, NULL, NULL, &other)));
    CHECK(MI_Application_NewClass, closed,
          "The resulting MI_Class structure must be closed by using the MI_Class_Delete function.",
          OK(MI_Class_Delete(other)));
    CHECK(MI_Application_NewClass, no_decl, "(not documented; no declaration is a bad parameter)",
          GIVES(MI_RESULT_INVALID_PARAMETER, MI_Application_NewClass(application(), NULL, NULL, NULL, &other)));
    CHECK(MI_Class_GetClassName, gets, "Gets the class name of the specified class.",
          OK(MI_Class_GetClassName(class, &name)) && !wcscmp(name, MI_T("Test_Derived")));
    CHECK(MI_Class_GetNameSpace, gets, "Gets the namespace name of the specified class.",
          OK(MI_Class_GetNameSpace(class, &name)) && !wcscmp(name, MI_T("root/test")));
    CHECK(MI_Class_GetServerName, gets, "Gets the name of the server from the specified class.",
          OK(MI_Class_GetServerName(class, &name)) && !wcscmp(name, MI_T("server")));
    CHECK(MI_Class_GetParentClassName, gets, "Gets the parent class name of the specified class.",
          OK(MI_Class_GetParentClassName(class, &name)) && !wcscmp(name, MI_T("Test_Base")));
    CHECK(MI_Class_GetParentClass, gets, "Gets the parent class for the specified class.",
          OK(MI_Class_GetParentClass(class, &other)) && OK(MI_Class_GetClassName(other, &name)) &&
              !wcscmp(name, MI_T("Test_Base")));
    MI_Class_Delete(other);
    CHECK(MI_Class_Clone, clones, "Clones an MI_Class object.",
          OK(MI_Class_Clone(class, &other)) && OK(MI_Class_Delete(class)) && OK(MI_Class_GetClassName(other, &name)) &&
              !wcscmp(name, MI_T("Test_Derived")));
    CHECK(MI_Class_Delete, deletes, "Deletes an MI_Class object.", OK(MI_Class_Delete(other)));
    CHECK(MI_Class_Delete, null_class, "(not documented; NULL is a bad parameter, not a crash)",
          GIVES(MI_RESULT_INVALID_PARAMETER, MI_Class_Delete(NULL)));
}

static void elements(void)
{
    MI_Class *class = new_class();
    MI_QualifierSet qualifiers = {0};
    MI_Value value = {0};
    MI_Boolean exists = MI_FALSE;
    MI_Type type = MI_BOOLEAN;
    MI_Char *reference = NULL;
    const MI_Char *name = NULL;
    MI_Uint32 flags = 0, index = 9, count = 0;

    CHECK(MI_Class_GetElementCount, gets, "Gets the number of elements in a class.",
          OK(MI_Class_GetElementCount(class, &count)) && count == 3);
    CHECK(
        MI_Class_GetElement, gets, "Gets all details of a specified named element from a class.",
        OK(MI_Class_GetElement(class, MI_T("size"), &value, &exists, &type, &reference, &qualifiers, &flags, &index)) &&
            type == MI_UINT32 && index == 1 && (flags & MI_FLAG_PROPERTY));
    CHECK(MI_Class_GetElement, valueExists, "The parameter is MI_TRUE if a default value exits; otherwise, MI_FALSE.",
          exists && value.uint32 == 42 &&
              OK(MI_Class_GetElement(class, MI_T("Name"), &value, &exists, NULL, NULL, NULL, &flags, NULL)) && !exists);
    CHECK(MI_Class_GetElement, MI_FLAG_KEY, "A property flag that indicates that the element is a key property.",
          flags & MI_FLAG_KEY);
    CHECK(MI_Class_GetElement, value, "If this parameter is not NULL, valueExists must not be NULL.",
          GIVES(MI_RESULT_INVALID_PARAMETER,
                MI_Class_GetElement(class, MI_T("Name"), &value, NULL, NULL, NULL, NULL, NULL, NULL)));
    CHECK(MI_Class_GetElement, optional, "If this information is not needed, pass NULL for this parameter.",
          OK(MI_Class_GetElement(class, MI_T("Name"), NULL, NULL, NULL, NULL, NULL, NULL, NULL)));
    CHECK(MI_Class_GetElement, referenceClass,
          "The class of the reference (if the element is a strongly typed reference)",
          OK(MI_Class_GetElement(class, MI_T("Owner"), NULL, NULL, &type, &reference, NULL, NULL, NULL)) &&
              type == MI_REFERENCE && reference && !wcscmp(reference, MI_T("Test_Base")));
    CHECK(MI_Class_GetElement, none, "(there is no element of the name)",
          GIVES(MI_RESULT_NO_SUCH_PROPERTY,
                MI_Class_GetElement(class, MI_T("None"), NULL, NULL, NULL, NULL, NULL, NULL, NULL)));
    CHECK(MI_Class_GetElementAt, gets, "Gets details of a class element based on the element index.",
          OK(MI_Class_GetElementAt(class, 0, &name, NULL, NULL, &type, NULL, &qualifiers, NULL)) &&
              !wcscmp(name, MI_T("Name")) && type == MI_STRING);
    CHECK(MI_Class_GetElementAt, beyond, "(there is no element at such an index)",
          GIVES(MI_RESULT_NOT_FOUND, MI_Class_GetElementAt(class, 3, &name, NULL, NULL, NULL, NULL, NULL, NULL)));
    CHECK(MI_QualifierSet_GetQualifierCount, gets, "Gets the number of qualifiers in a qualifier set",
          OK(MI_QualifierSet_GetQualifierCount(&qualifiers, &count)) && count == 1);
    CHECK(MI_QualifierSet_GetQualifierAt, gets, "Gets a qualifier by its index",
          OK(MI_QualifierSet_GetQualifierAt(&qualifiers, 0, &name, &type, &flags, &value)) &&
              !wcscmp(name, MI_T("Key")) && type == MI_BOOLEAN && value.boolean);
    CHECK(MI_QualifierSet_GetQualifier, gets, "Gets a qualifier by its name",
          OK(MI_QualifierSet_GetQualifier(&qualifiers, MI_T("KEY"), &type, &flags, &value, &index)) && index == 0);
    CHECK(MI_QualifierSet_GetQualifier, none, "(there is no qualifier of the name)",
          GIVES(MI_RESULT_NOT_FOUND,
                MI_QualifierSet_GetQualifier(&qualifiers, MI_T("None"), &type, &flags, &value, &index)));
    CHECK(MI_Class_GetClassQualifierSet, gets,
          "Gets the qualifier set that is associated with the specified class object.",
          OK(MI_Class_GetClassQualifierSet(class, &qualifiers)) &&
              OK(MI_QualifierSet_GetQualifierCount(&qualifiers, &count)) && count == 1);
    MI_Class_Delete(class);
}

static void methods(void)
{
    MI_Class *class = new_class();
    MI_QualifierSet qualifiers = {0};
    MI_ParameterSet parameters = {0};
    MI_Type type = MI_STRING;
    MI_Char *reference = NULL;
    const MI_Char *name = NULL;
    MI_Uint32 count = 0, index = 9;

    CHECK(MI_Class_GetMethodCount, gets, "Gets the number of methods in the class.",
          OK(MI_Class_GetMethodCount(class, &count)) && count == 1);
    CHECK(MI_Class_GetMethodAt, gets, "Gets details of a method based on the method index.",
          OK(MI_Class_GetMethodAt(class, 0, &name, NULL, NULL)) && !wcscmp(name, MI_T("Move")));
    CHECK(MI_Class_GetMethodAt, beyond, "(there is no method at such an index)",
          GIVES(MI_RESULT_NOT_FOUND, MI_Class_GetMethodAt(class, 1, &name, NULL, NULL)));
    CHECK(MI_Class_GetMethod, none, "(there is no method of the name)",
          GIVES(MI_RESULT_METHOD_NOT_FOUND, MI_Class_GetMethod(class, MI_T("None"), NULL, NULL, NULL)));
    CHECK(MI_Class_GetMethod, gets, "Gets details of a method based on the method name.",
          OK(MI_Class_GetMethod(class, MI_T("move"), &qualifiers, &parameters, &index)) && index == 0);
    CHECK(MI_ParameterSet_GetMethodReturnType, gets, "Gets the return type of a method",
          parameters.ft && OK(MI_ParameterSet_GetMethodReturnType(&parameters, &type, &qualifiers)) &&
              type == MI_UINT32);
    CHECK(MI_ParameterSet_GetParameterCount, gets, "Gets the number of parameters of a method",
          OK(MI_ParameterSet_GetParameterCount(&parameters, &count)) && count == 2);
    CHECK(MI_ParameterSet_GetParameter, gets, "Gets a parameter by its name",
          OK(MI_ParameterSet_GetParameter(&parameters, MI_T("target"), &type, &reference, &qualifiers, &index)) &&
              type == MI_REFERENCE && !wcscmp(reference, MI_T("Test_Base")));
    CHECK(MI_ParameterSet_GetParameterAt, gets, "Gets a parameter by its index",
          OK(MI_ParameterSet_GetParameterAt(&parameters, 1, &name, &type, &reference, &qualifiers)) &&
              type == MI_STRINGA && !wcscmp(name, MI_T("Log")));
    MI_Class_Delete(class);
}

static void instances(void)
{
    MI_Class *class = new_class();
    MI_Instance *instance = NULL;
    MI_Value value = text_value(MI_T("me"));

    CHECK(MI_Application_NewInstanceFromClass, creates, "Creates a new MI_Instance object based on a class object.",
          OK(MI_Application_NewInstanceFromClass(application(), MI_T("Test_Derived"), class, &instance)) &&
              has_number(instance, MI_T("Size"), 42));
    MI_Class_Delete(class);
    CHECK(MI_Application_NewInstanceFromClass, lives_on, "(an instance lives on without its class object)",
          OK(MI_Instance_SetElement(instance, MI_T("Name"), &value, MI_STRING, 0)) &&
              has_text(instance, MI_T("Name"), MI_T("me")));
    MI_Instance_Delete(instance);
    CHECK(MI_Application_NewInstanceFromClass, no_class, "classObject [in, optional]",
          OK(MI_Application_NewInstanceFromClass(application(), MI_T("X"), NULL, &instance)) && instance);
    MI_Instance_Delete(instance);
}

static const struct test_case cases[] = {
    {"names", names}, {"elements", elements}, {"methods", methods}, {"instances", instances}, {NULL, NULL}};
const struct group class_group = {"class", __FILE__, cases};
