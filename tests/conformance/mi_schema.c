/*
 * Classes of the machine's own WMI: by name and as instances have them, synchronous and by callbacks.
 */
#include "mi_operate.h"

static struct ending get_class(const MI_Char *name_space, const MI_Char *name, MI_Class **first)
{
    MI_Operation operation = MI_OPERATION_NULL;

    MI_Session_GetClass(open_session(), 0, NULL, name_space, name, NULL, &operation);
    return finish_classes(&operation, first);
}

static int is_property(const MI_Class *class_object, const MI_Char *name, MI_Type type, MI_Uint32 key)
{
    MI_Type found = MI_BOOLEAN;
    MI_Uint32 flags = 0;
    MI_QualifierSet qualifiers = {0};

    return class_object &&
           OK(MI_Class_GetElement(class_object, name, NULL, NULL, &found, NULL, &qualifiers, &flags, NULL)) &&
           found == type && (flags & (MI_FLAG_PROPERTY | MI_FLAG_KEY)) == (MI_FLAG_PROPERTY | key);
}

static int has_parameter(const MI_Class *class_object, const MI_Char *method, const MI_Char *name, MI_Type type)
{
    MI_ParameterSet parameters = {0};
    MI_QualifierSet qualifiers = {0};
    MI_Char *reference = NULL;
    MI_Uint32 index = 0;
    MI_Type found = MI_BOOLEAN;

    return class_object && OK(MI_Class_GetMethod(class_object, method, &qualifiers, &parameters, &index)) &&
           OK(MI_ParameterSet_GetParameter(&parameters, name, &found, &reference, &qualifiers, &index)) &&
           found == type;
}

static void properties(void)
{
    MI_Class *found = NULL;
    const MI_Char *text = NULL;
    struct ending ending = get_class(MI_T("root/cimv2"), MI_T("win32_process"), &found);
    MI_Uint32 count = 0;

    CHECK(MI_Session_GetClass, gets, "Gets an MI_Class declaration based on a specific class name.",
          found && ending.result == MI_RESULT_OK && ending.results == 1 && OK(MI_Class_GetClassName(found, &text)) &&
              !wcscmp(text, MI_T("Win32_Process")));
    CHECK(MI_Session_GetClass, namespaceName,
          "It can only be in the form of a namespace name separated by a slash mark character (/).",
          found && OK(MI_Class_GetNameSpace(found, &text)) && !wcscmp(text, MI_T("root\\cimv2")));
    CHECK(MI_Session_GetClass, properties, "(its properties have their types, and keys are marked)",
          is_property(found, MI_T("Handle"), MI_STRING, MI_FLAG_KEY) &&
              is_property(found, MI_T("Name"), MI_STRING, 0) && is_property(found, MI_T("ProcessId"), MI_UINT32, 0) &&
              is_property(found, MI_T("WorkingSetSize"), MI_UINT64, 0));
    CHECK(MI_Session_GetClass, methods, "(its methods have their parameters, and what they return is none of them)",
          found && OK(MI_Class_GetMethodCount(found, &count)) && count >= 2 &&
              has_parameter(found, MI_T("Create"), MI_T("CommandLine"), MI_STRING) &&
              has_parameter(found, MI_T("Create"), MI_T("ProcessId"), MI_UINT32) &&
              has_parameter(found, MI_T("GetOwner"), MI_T("Domain"), MI_STRING) &&
              !has_parameter(found, MI_T("GetOwner"), MI_T("ReturnValue"), MI_UINT32));
    CHECK(MI_Class_GetElement, no_defaults, "(the values of an instance are no defaults)",
          found && !found->classDecl->properties[0]->value);
    if (found) MI_Class_Delete(found);
    close_session();
}

static void methods(void)
{
    MI_Class *found = NULL;
    MI_ParameterSet parameters = {0};
    MI_QualifierSet qualifiers = {0};
    const MI_Char *name = NULL;
    MI_Type type = MI_BOOLEAN;
    MI_Uint32 count = 0, index = 99;

    get_class(NULL, MI_T("StdRegProv"), &found);
    CHECK(MI_Session_GetClass, default_namespace, "If none is specified, the server will pick a default.",
          found && OK(MI_Class_GetClassName(found, &name)) && !wcscmp(name, MI_T("StdRegProv")));
    CHECK(MI_Class_GetMethod, gets, "(a method by its name, whatever its case)",
          found && OK(MI_Class_GetMethod(found, MI_T("enumvalues"), &qualifiers, &parameters, &index)) &&
              OK(MI_Class_GetMethodAt(found, index, &name, &qualifiers, &parameters)) &&
              !wcscmp(name, MI_T("EnumValues")));
    CHECK(MI_ParameterSet_GetMethodReturnType, gets, "(what the method returns)",
          OK(MI_ParameterSet_GetMethodReturnType(&parameters, &type, &qualifiers)) && type == MI_UINT32);
    CHECK(MI_ParameterSet_GetParameterCount, gets, "(those it takes and those it gives)",
          OK(MI_ParameterSet_GetParameterCount(&parameters, &count)) && count == 4);
    CHECK(MI_ParameterSet_GetParameter, arrays, "(also arrays)",
          has_parameter(found, MI_T("EnumKey"), MI_T("sNames"), MI_STRINGA));
    CHECK(MI_Class_GetMethod, none, "(a method that there is not)",
          found && GIVES(MI_RESULT_METHOD_NOT_FOUND,
                         MI_Class_GetMethod(found, MI_T("None"), &qualifiers, &parameters, &index)));
    if (found) MI_Class_Delete(found);
    close_session();
}

static void failures(void)
{
    MI_Operation operation = MI_OPERATION_NULL;
    struct ending ending;

    ending = get_class(NULL, MI_T("Cork_None"), NULL);
    CHECK(MI_Session_GetClass, none, "(a class that there is not; WMI's error comes with it)",
          ending.result == MI_RESULT_NOT_FOUND && ending.results == 0 && ending.has_error &&
              ending.status == MI_RESULT_NOT_FOUND && ending.code == 0x80041002);
    ending = get_class(MI_T("root/none"), MI_T("Win32_Process"), NULL);
    CHECK(MI_Session_GetClass, no_namespace, "(a namespace that there is not)",
          ending.result == MI_RESULT_INVALID_NAMESPACE && ending.has_error && ending.code == 0x8004100e);
    ending = get_class(NULL, NULL, NULL);
    CHECK(MI_Session_GetClass, className, "(no class's name is a bad parameter)",
          ending.result == MI_RESULT_INVALID_PARAMETER && ending.has_error);
    ending = get_class(NULL, MI_T(""), NULL);
    CHECK(MI_Session_GetClass, empty, "(nor is an empty one any)", ending.result == MI_RESULT_INVALID_PARAMETER);
    MI_Session_GetClass(open_session(), 0, NULL, NULL, MI_T("Win32_Process"), NULL, &operation);
    CHECK(MI_Operation_GetInstance, of_classes, "(an operation with classes for results hands out no instances)",
          GIVES(MI_RESULT_INVALID_PARAMETER, MI_Operation_GetInstance(&operation, NULL, NULL, NULL, NULL, NULL)));
    finish_classes(&operation, NULL);
    MI_Session_EnumerateInstances(open_session(), 0, NULL, NULL, MI_T("Win32_OperatingSystem"), MI_FALSE, NULL,
                                  &operation);
    CHECK(MI_Operation_GetClass, of_instances, "(one with instances no classes)",
          GIVES(MI_RESULT_INVALID_PARAMETER, MI_Operation_GetClass(&operation, NULL, NULL, NULL, NULL, NULL)));
    finish(&operation, NULL);
    CHECK(MI_Operation_GetClass, closed, "(a closed operation is a bad parameter)",
          GIVES(MI_RESULT_INVALID_PARAMETER, MI_Operation_GetClass(&operation, NULL, NULL, NULL, NULL, NULL)));
    close_session();
}

static void lifetime(void)
{
    MI_Operation operation = MI_OPERATION_NULL;
    const MI_Class *found = NULL;
    MI_Class *copy = NULL;
    const MI_Char *name = NULL;
    MI_Boolean more = MI_FALSE;
    MI_Result result = MI_RESULT_FAILED;

    MI_Session_GetClass(open_session(), 0, NULL, NULL, MI_T("StdRegProv"), NULL, &operation);
    CHECK(MI_Operation_GetClass, gets, "Gets a synchronous result for a class operation.",
          OK(MI_Operation_GetClass(&operation, &found, &more, &result, NULL, NULL)) && found && result == MI_RESULT_OK);
    if (found) MI_Class_Clone(found, &copy);
    CHECK(MI_Operation_GetClass, moreResults,
          "It must be called until the moreResults parameter is returned with a value of MI_FALSE.",
          more ? OK(MI_Operation_GetClass(&operation, &found, &more, &result, NULL, NULL)) && !more && !found : 1);
    MI_Operation_Close(&operation);
    close_session();
    CHECK(MI_Class_Clone, lives,
          "If the class needs to be stay active across these calls, then the class needs to be cloned via "
          "MI_Class_Clone.",
          copy && OK(MI_Class_GetClassName(copy, &name)) && !wcscmp(name, MI_T("StdRegProv")) &&
              has_parameter(copy, MI_T("EnumKey"), MI_T("sNames"), MI_STRINGA));
    if (copy) MI_Class_Delete(copy);
}

static void by_callbacks(void)
{
    static struct inbox inbox;
    MI_OperationCallbacks callbacks = callbacks_to(&inbox, 0);
    MI_Operation operation = MI_OPERATION_NULL;
    struct ending ending;

    MI_Session_GetClass(open_session(), 0, NULL, NULL, MI_T("Win32_Process"), &callbacks, &operation);
    CHECK(MI_Operation_GetClass, asynchronous,
          "It is an error to call this function if a class callback is registered.",
          GIVES(MI_RESULT_INVALID_PARAMETER, MI_Operation_GetClass(&operation, NULL, NULL, NULL, NULL, NULL)));
    ending = wait_for(&inbox, &operation);
    CHECK(MI_Session_GetClass, asynchronous,
          "To carry out the operation asynchronously, the structure's classResult callback must be specified.",
          ending.result == MI_RESULT_OK && ending.results == 1 && !ending.bad_order);
    callbacks = callbacks_to(&inbox, 1);
    MI_Session_GetClass(open_session(), MI_OPERATIONFLAGS_MANUAL_ACK_RESULTS, NULL, NULL, MI_T("Win32_Process"),
                        &callbacks, &operation);
    ending = wait_for(&inbox, &operation);
    CHECK(MI_OperationCallback_Class, resultAcknowledgement, "(the end comes when the class was acknowledged)",
          ending.result == MI_RESULT_OK && ending.results == 1 && !ending.bad_order);
    callbacks = callbacks_to(&inbox, 0);
    MI_Session_GetClass(open_session(), 0, NULL, NULL, MI_T("Cork_None"), &callbacks, &operation);
    ending = wait_for(&inbox, &operation);
    CHECK(MI_OperationCallback_Class, errorDetails, "(a failure comes with its error instance)",
          ending.result == MI_RESULT_NOT_FOUND && ending.results == 0 && ending.has_error);
    close_session();
}

/* Wine 8's WMI has no enumeration of classes: what it says comes back. */
static void enumerate(void)
{
    MI_Operation operation = MI_OPERATION_NULL;
    struct ending ending;

    MI_Session_EnumerateClasses(open_session(), 0, NULL, MI_T("root/cimv2"), NULL, MI_TRUE, NULL, &operation);
    ending = finish_classes(&operation, NULL);
    CHECK(MI_Session_EnumerateClasses, enumerates, "Enumerates the classes of a specified session. (Or WMI's error.)",
          (ending.result == MI_RESULT_OK && ending.results > 10) ||
              (ending.result == MI_RESULT_FAILED && ending.results == 0 && ending.has_error &&
               ending.code == 0x80041001));
    close_session();
}

static void of_instances(void)
{
    MI_Operation operation = MI_OPERATION_NULL;
    MI_Instance *instance = NULL, *made = NULL;
    MI_Class *found = NULL;
    MI_Boolean is = MI_FALSE;
    MI_Uint32 count = 0;

    MI_Session_EnumerateInstances(open_session(), 0, NULL, NULL, MI_T("Win32_Process"), MI_FALSE, NULL, &operation);
    finish(&operation, &instance);
    close_session();
    CHECK(MI_Instance_GetClass, of_wmi, "(an instance that was read has its class: keys, types and methods)",
          instance && OK(MI_Instance_GetClass(instance, &found)) &&
              is_property(found, MI_T("Handle"), MI_STRING, MI_FLAG_KEY) &&
              has_parameter(found, MI_T("GetOwner"), MI_T("User"), MI_STRING));
    CHECK(MI_Instance_GetElement, key, "(and marks the key)",
          (flags_of(instance, MI_T("Handle")) & (MI_FLAG_KEY | MI_FLAG_NOT_MODIFIED)) ==
                  (MI_FLAG_KEY | MI_FLAG_NOT_MODIFIED) &&
              !(flags_of(instance, MI_T("Name")) & MI_FLAG_KEY));
    CHECK(MI_Application_NewInstanceFromClass, of_wmi,
          "(an instance of a class that was read has its elements, without values)",
          found && OK(MI_Application_NewInstanceFromClass(application(), MI_T("Win32_Process"), found, &made)) &&
              OK(MI_Class_GetElementCount(found, &count)) && count && count_of(made) == count &&
              (flags_of(made, MI_T("Name")) & MI_FLAG_NULL));
    CHECK(MI_Instance_IsA, of_wmi, "(both are of the class)",
          made && instance && OK(MI_Instance_IsA(made, instance->classDecl, &is)) && is);
    if (made) MI_Instance_Delete(made);
    if (instance) MI_Instance_Delete(instance);
    CHECK(MI_Class_Delete, of_wmi, "(the class outlives its instances)", found && OK(MI_Class_Delete(found)));
}

static const struct test_case cases[] = {
    {"properties", properties},     {"methods", methods},     {"failures", failures},         {"lifetime", lifetime},
    {"by callbacks", by_callbacks}, {"enumerate", enumerate}, {"of instances", of_instances}, {NULL, NULL}};
const struct group schema_group = {"schema", __FILE__, cases};
