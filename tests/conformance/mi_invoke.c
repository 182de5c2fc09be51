/*
 * Methods of the machine's own WMI: the registry's by StdRegProv, which takes and gives every kind of parameter that
 * Wine's has, and those of processes.
 */
#include "mi_operate.h"

#define CURRENT_USER 0x80000001u
#define KEY          MI_T("Software\\Cork mi_conformance")

static struct ending invoke(const MI_Char *class_name, const MI_Char *method, const MI_Instance *instance,
                            const MI_Instance *parameters, MI_Instance **out)
{
    MI_Operation operation = MI_OPERATION_NULL;

    MI_Session_Invoke(open_session(), 0, NULL, MI_T("root/cimv2"), class_name, method, instance, parameters, NULL,
                      &operation);
    return finish(&operation, out);
}

/* Parameters of a registry method; NULL for those that there are not. */
static MI_Instance *registry(const MI_Char *key, const MI_Char *value_name, const MI_Char *text)
{
    MI_Instance *parameters = NULL;

    MI_Application_NewInstance(application(), MI_T("__PARAMETERS"), NULL, &parameters);
    put_number(parameters, MI_T("hDefKey"), CURRENT_USER);
    put_text(parameters, MI_T("sSubKeyName"), key);
    if (value_name) put_text(parameters, MI_T("sValueName"), value_name);
    if (text) put_text(parameters, MI_T("sValue"), text);
    return parameters;
}

/* Calls it, and deletes the parameters. -1 where it failed, else what it returned. */
static long long call(const MI_Char *method, MI_Instance *parameters, MI_Instance **out)
{
    MI_Instance *result = NULL;
    struct ending ending = invoke(MI_T("StdRegProv"), method, NULL, parameters, &result);
    long long returned = ending.result == MI_RESULT_OK ? number_of(result, MI_T("ReturnValue")) : -1;

    MI_Instance_Delete(parameters);
    if (out)
        *out = result;
    else if (result)
        MI_Instance_Delete(result);
    note("it returned %d", (int)returned);
    return returned;
}

static int registry_has(const WCHAR *name, const WCHAR *text)
{
    WCHAR found[64] = {0};
    DWORD size = sizeof(found) - sizeof(*found), type = 0;
    HKEY key;

    if (RegOpenKeyExW(HKEY_CURRENT_USER, KEY, 0, KEY_READ, &key)) return 0;
    if (RegQueryValueExW(key, name, NULL, &type, (BYTE *)found, &size)) type = 0;
    RegCloseKey(key);
    return type == REG_SZ && !wcscmp(found, text);
}

static void registry_values(void)
{
    MI_Instance *parameters, *out = NULL;
    MI_Value value = {0};
    MI_Type type = MI_BOOLEAN;
    DWORD number = 0, size = sizeof(number);

    CHECK(MI_Session_Invoke, invokes, "Invokes a method in the provider.",
          call(MI_T("CreateKey"), registry(KEY, NULL, NULL), NULL) == 0 &&
              call(MI_T("SetStringValue"), registry(KEY, MI_T("Name"), MI_T("a text")), NULL) == 0 &&
              registry_has(L"Name", L"a text"));
    CHECK(MI_Session_Invoke, outbound, "There may be outbound properties that will be part of the same result.",
          call(MI_T("GetStringValue"), registry(KEY, MI_T("Name"), NULL), &out) == 0 &&
              has_text(out, MI_T("sValue"), MI_T("a text")));
    if (out) MI_Instance_Delete(out);
    CHECK(MI_Session_Invoke, ReturnValue,
          "Methods have return values that will be returned as a ReturnValue parameter of the outbound instance.",
          call(MI_T("GetStringValue"), registry(KEY, MI_T("None"), NULL), &out) > 0 &&
              type_of(out, MI_T("ReturnValue")) == MI_UINT32);
    if (out) MI_Instance_Delete(out);
    parameters = registry(KEY, MI_T("Number"), NULL);
    put_number(parameters, MI_T("uValue"), 0xfedcba98);
    CHECK(MI_Session_Invoke, numbers, "(numbers keep all their bits)",
          call(MI_T("SetDWORDValue"), parameters, NULL) == 0 &&
              !RegGetValueW(HKEY_CURRENT_USER, KEY, L"Number", RRF_RT_REG_DWORD, NULL, &number, &size) &&
              number == 0xfedcba98);
    CHECK(MI_Session_Invoke, arrays, "(arrays come back)",
          call(MI_T("EnumValues"), registry(KEY, NULL, NULL), &out) == 0 &&
              OK(MI_Instance_GetElement(out, MI_T("sNames"), &value, &type, NULL, NULL)) && type == MI_STRINGA &&
              value.stringa.size == 2 && !wcscmp(value.stringa.data[0], L"Name") &&
              !wcscmp(value.stringa.data[1], L"Number") &&
              OK(MI_Instance_GetElement(out, MI_T("Types"), &value, &type, NULL, NULL)) && type == MI_SINT32A &&
              value.sint32a.size == 2 && value.sint32a.data[0] == REG_SZ && value.sint32a.data[1] == REG_DWORD);
    if (out) MI_Instance_Delete(out);
    CHECK(MI_Session_Invoke, empty_arrays, "(also without items, or as NULL)",
          call(MI_T("EnumKey"), registry(KEY, NULL, NULL), &out) >= 0 && type_of(out, MI_T("sNames")) == MI_STRINGA);
    if (out) MI_Instance_Delete(out);
    CHECK(MI_Session_Invoke, again, "(what is there is not there any more)",
          call(MI_T("DeleteKey"), registry(KEY, NULL, NULL), NULL) == 0 &&
              call(MI_T("EnumKey"), registry(KEY, NULL, NULL), NULL) > 0);
    close_session();
}

static void of_an_instance(void)
{
    MI_Char pid[16] = {0}, user[64] = {0};
    DWORD size = COUNT_OF(user);
    MI_Instance *process, *out = NULL;
    struct ending ending;

    swprintf(pid, COUNT_OF(pid), L"%lu", GetCurrentProcessId());
    GetUserNameW(user, &size);
    process = key_instance(MI_T("Win32_Process"), MI_T("Handle"), pid);
    ending = invoke(NULL, MI_T("GetOwner"), process, NULL, &out);
    CHECK(MI_Session_Invoke, inboundInstance, "Instance with keys to specify which method is to be invoked.",
          ending.result == MI_RESULT_OK && ending.results == 1 && number_of(out, MI_T("ReturnValue")) == 0 &&
              has_text(out, MI_T("User"), user) && text_of(out, MI_T("Domain")));
    if (out) MI_Instance_Delete(out);
    ending = invoke(MI_T("Win32_Process"), MI_T("GetOwner"), process, NULL, NULL);
    CHECK(MI_Session_Invoke, className, "(its class may be named, too)",
          ending.result == MI_RESULT_OK && ending.results == 1);
    MI_Instance_Delete(process);
    process = key_instance(MI_T("Win32_Process"), MI_T("Handle"), MI_T("none"));
    ending = invoke(NULL, MI_T("GetOwner"), process, NULL, NULL);
    CHECK(MI_Session_Invoke, no_instance, "(of an instance that there is not)",
          ending.result != MI_RESULT_OK && ending.results == 0 && ending.has_error);
    MI_Instance_Delete(process);
    close_session();
}

static void failures(void)
{
    MI_Instance *parameters = registry(KEY, NULL, NULL), *instance = new_instance();
    MI_Value number = number_value(1);
    struct ending ending;

    ending = invoke(MI_T("StdRegProv"), MI_T("None"), NULL, parameters, NULL);
    CHECK(MI_Session_Invoke, methodName, "(a method that there is not)",
          ending.result == MI_RESULT_METHOD_NOT_FOUND && ending.has_error && ending.code == 0x8004102e);
    ending = invoke(MI_T("Cork_None"), MI_T("None"), NULL, parameters, NULL);
    CHECK(MI_Session_Invoke, no_class, "(a class that there is not)",
          ending.result == MI_RESULT_INVALID_CLASS && ending.has_error);
    put_text(parameters, MI_T("sNone"), MI_T("x"));
    ending = invoke(MI_T("StdRegProv"), MI_T("EnumKey"), NULL, parameters, NULL);
    CHECK(MI_Session_Invoke, inboundProperties,
          "Each inbound property needs to be an element in the instance and the element name needs to be the same as "
          "the name of the method parameter. (One that is no parameter is refused.)",
          ending.result == MI_RESULT_INVALID_PARAMETER && ending.has_error && ending.code == 0x8004102f);
    MI_Instance_Delete(parameters);
    parameters = NULL;
    MI_Application_NewInstance(application(), MI_T("__PARAMETERS"), NULL, &parameters);
    MI_Instance_AddElement(parameters, MI_T("sSubKeyName"), &number, MI_UINT32, 0);
    ending = invoke(MI_T("StdRegProv"), MI_T("EnumKey"), NULL, parameters, NULL);
    CHECK(MI_Session_Invoke, wrong_type, "(nor may it be of another type)",
          ending.result == MI_RESULT_TYPE_MISMATCH && ending.has_error && ending.code == 0x80041005);
    MI_Instance_Delete(parameters);
    ending = invoke(MI_T("StdRegProv"), NULL, NULL, NULL, NULL);
    CHECK(MI_Session_Invoke, no_method, "(no method's name is a bad parameter)",
          ending.result == MI_RESULT_INVALID_PARAMETER && ending.has_error);
    ending = invoke(NULL, MI_T("GetOwner"), NULL, NULL, NULL);
    CHECK(MI_Session_Invoke, neither, "(nor is neither a class nor an instance one)",
          ending.result == MI_RESULT_INVALID_PARAMETER && ending.has_error);
    MI_Instance_AddElement(instance, MI_T("K"), NULL, MI_STRING, MI_FLAG_KEY | MI_FLAG_NULL);
    ending = invoke(NULL, MI_T("GetOwner"), instance, NULL, NULL);
    CHECK(MI_Session_Invoke, null_key, "(nor is an instance with a key without a value)",
          ending.result == MI_RESULT_INVALID_PARAMETER && ending.has_error);
    MI_Instance_Delete(instance);
    close_session();
}

static void by_callbacks(void)
{
    static struct inbox inbox;
    MI_OperationCallbacks callbacks;
    MI_Operation operation = MI_OPERATION_NULL;
    MI_Instance *parameters = registry(MI_T("Software"), NULL, NULL);
    struct ending ending;

    for (int manual = 0; manual <= 1; manual++)
    {
        callbacks = callbacks_to(&inbox, manual);
        MI_Session_Invoke(open_session(), manual ? MI_OPERATIONFLAGS_MANUAL_ACK_RESULTS : 0, NULL, NULL,
                          MI_T("StdRegProv"), MI_T("EnumKey"), NULL, parameters, &callbacks, &operation);
        ending = wait_for(&inbox, &operation);
        CHECK(MI_Session_Invoke, asynchronous,
              "To carry out the operation asynchronously, the structure's instanceResult callback member must be "
              "specified.",
              ending.result == MI_RESULT_OK && ending.results == 1 && !ending.bad_order);
    }
    MI_Instance_Delete(parameters);
    close_session();
}

static const struct test_case cases[] = {{"registry values", registry_values},
                                         {"of an instance", of_an_instance},
                                         {"failures", failures},
                                         {"by callbacks", by_callbacks},
                                         {NULL, NULL}};
const struct group invoke_group = {"invoke", __FILE__, cases};
