/*
 * Keys alone, associations, and instances that are made, changed and deleted, on the machine's own WMI; what that lacks
 * comes back as its error.
 */
#include "mi_operate.h"

/* A failure that WMI says itself, with its code. */
static int is_of_wmi(const struct ending *ending)
{
    return ending->result != MI_RESULT_OK && ending->results == 0 && ending->has_error && (ending->code & 0x80040000) &&
           ending->status == (MI_Uint32)ending->result;
}

static void keys_only(void)
{
    MI_Operation operation = MI_OPERATION_NULL;
    MI_Instance *all = NULL, *keys = NULL;
    struct ending ending;

    MI_Session_EnumerateInstances(open_session(), 0, NULL, NULL, MI_T("Win32_Process"), MI_FALSE, NULL, &operation);
    finish(&operation, &all);
    MI_Session_EnumerateInstances(open_session(), 0, NULL, NULL, MI_T("Win32_Process"), MI_TRUE, NULL, &operation);
    ending = finish(&operation, &keys);
    CHECK(MI_Session_EnumerateInstances, keysOnly,
          "Boolean value where MI_TRUE results in retrieving only the key properties of the instances. Otherwise, all "
          "instance properties will be retrieved.",
          ending.result == MI_RESULT_OK && ending.results > 0 && count_of(keys) == 1 && text_of(keys, MI_T("Handle")) &&
              (flags_of(keys, MI_T("Handle")) & MI_FLAG_KEY) && count_of(all) > 5);
    MI_Session_GetInstance(open_session(), 0, NULL, NULL, keys, NULL, &operation);
    ending = finish(&operation, NULL);
    CHECK(MI_Session_GetInstance, keys_only,
          "To use this function, create a \"keys-only\" instance and pass it to MI_Session_GetInstance. A full "
          "instance is then returned.",
          ending.result == MI_RESULT_OK && ending.results == 1);
    if (all) MI_Instance_Delete(all);
    if (keys) MI_Instance_Delete(keys);
    MI_Session_EnumerateInstances(open_session(), 0, NULL, NULL, MI_T("Cork_None"), MI_FALSE, NULL, &operation);
    ending = finish(&operation, NULL);
    CHECK(MI_Session_EnumerateInstances, no_class,
          "(a class that there is not; Wine's WMI gives it as one without instances, which nothing tells apart)",
          ending.results == 0 &&
              (ending.result == MI_RESULT_OK || (ending.result == MI_RESULT_INVALID_CLASS && ending.has_error)));
    MI_Session_EnumerateInstances(open_session(), MI_OPERATIONFLAGS_POLYMORPHISM_SHALLOW, NULL, NULL,
                                  MI_T("Win32_OperatingSystem"), MI_FALSE, NULL, &operation);
    ending = finish(&operation, NULL);
    CHECK(MI_Session_EnumerateInstances, shallow, "(the class's own instances alone)",
          ending.result == MI_RESULT_OK && ending.results == 1);
    close_session();
}

/* The one object of a class that says no keys. */
static void without_keys(void)
{
    MI_Operation operation = MI_OPERATION_NULL;
    MI_Instance *key = NULL, *found = NULL;
    struct ending ending;

    MI_Application_NewInstance(application(), MI_T("Win32_OperatingSystem"), NULL, &key);
    MI_Session_GetInstance(open_session(), 0, NULL, NULL, key, NULL, &operation);
    ending = finish(&operation, &found);
    CHECK(MI_Session_GetInstance, without_keys, "(an instance of a class without keys is its only one)",
          ending.result == MI_RESULT_OK && ending.results == 1 && text_of(found, MI_T("Caption")));
    if (found) MI_Instance_Delete(found);
    MI_Instance_Delete(key);
    close_session();
}

static struct ending associators(const MI_Instance *of, const MI_Char *association, const MI_Char *class_name,
                                 const MI_Char *role, const MI_Char *result_role, MI_Boolean keys, MI_Instance **first)
{
    MI_Operation operation = MI_OPERATION_NULL;

    MI_Session_AssociatorInstances(open_session(), 0, NULL, NULL, of, association, class_name, role, result_role, keys,
                                   NULL, &operation);
    return finish(&operation, first);
}

/* WMI either looks at the restriction or says that it does not. */
static int is_honest(struct ending ending, int results)
{
    return (ending.result == MI_RESULT_OK && ending.results == results) ||
           (ending.result == MI_RESULT_NOT_SUPPORTED && ending.results == 0 && ending.has_error);
}

static void associations(void)
{
    MI_Instance *disk = key_instance(MI_T("Win32_LogicalDisk"), MI_T("DeviceID"), MI_T("C:")), *first = NULL;
    MI_Instance *none = NULL;
    struct ending ending = associators(disk, NULL, NULL, NULL, NULL, MI_FALSE, &first);
    const MI_Char *name = NULL;

    CHECK(MI_Session_AssociatorInstances, finds, "Finds instances that are associated with the specific key instance.",
          ending.result == MI_RESULT_OK && ending.results == 1 && OK(MI_Instance_GetClassName(first, &name)) &&
              !wcscmp(name, MI_T("Win32_DiskPartition")) && count_of(first) > 3);
    if (first) MI_Instance_Delete(first);
    ending = associators(disk, NULL, MI_T("win32_diskpartition"), NULL, NULL, MI_TRUE, &first);
    CHECK(MI_Session_AssociatorInstances, keysOnly,
          "If set to MI_TRUE the operation will only retrieve the key properties of the instances.",
          ending.result == MI_RESULT_OK && ending.results == 1 && count_of(first) == 1 &&
              (flags_of(first, MI_T("DeviceID")) & MI_FLAG_KEY));
    if (first) MI_Instance_Delete(first);
    ending = associators(disk, NULL, MI_T("Win32_DiskDrive"), NULL, NULL, MI_FALSE, NULL);
    CHECK(MI_Session_AssociatorInstances, resultClass,
          "... the optional values that restricts the result set to only this class.",
          ending.result == MI_RESULT_OK && ending.results == 0);
    CHECK(MI_Session_AssociatorInstances, assocClass,
          "... specifies to only map the association via this association class. (Or that WMI cannot do so.)",
          is_honest(associators(disk, MI_T("Win32_LogicalDiskToPartition"), NULL, NULL, NULL, MI_FALSE, NULL), 1));
    CHECK(MI_Session_AssociatorInstances, other_assocClass, "(and via no other)",
          is_honest(associators(disk, MI_T("Win32_DiskDriveToDiskPartition"), NULL, NULL, NULL, MI_FALSE, NULL), 0));
    CHECK(MI_Session_AssociatorInstances, role,
          "... the property name in the association object that points to our key object.",
          is_honest(associators(disk, NULL, NULL, MI_T("Antecedent"), NULL, MI_FALSE, NULL), 0));
    CHECK(MI_Session_AssociatorInstances, resultRole,
          "... the property name in the association object that points to the resultant class.",
          is_honest(associators(disk, NULL, NULL, NULL, MI_T("Dependent"), MI_FALSE, NULL), 0));
    ending = associators(disk, NULL, MI_T("A B"), NULL, NULL, MI_FALSE, NULL);
    CHECK(MI_Session_AssociatorInstances, no_name, "(what is no name is a bad parameter)",
          ending.result == MI_RESULT_INVALID_PARAMETER && ending.has_error);
    ending = associators(NULL, NULL, NULL, NULL, NULL, MI_FALSE, NULL);
    CHECK(MI_Session_AssociatorInstances, instanceKey, "(nor is no instance any)",
          ending.result == MI_RESULT_INVALID_PARAMETER && ending.has_error);
    none = new_instance();
    MI_Instance_AddElement(none, MI_T("K"), NULL, MI_STRING, MI_FLAG_KEY | MI_FLAG_NULL);
    ending = associators(none, NULL, NULL, NULL, NULL, MI_FALSE, NULL);
    CHECK(MI_Session_AssociatorInstances, null_key, "(nor is one with a key without a value)",
          ending.result == MI_RESULT_INVALID_PARAMETER && ending.has_error);
    MI_Instance_Delete(none);
    MI_Instance_Delete(disk);
    close_session();
}

/* Wine 8's WMI knows ASSOCIATORS OF, and not REFERENCES OF. */
static void references(void)
{
    MI_Instance *disk = key_instance(MI_T("Win32_LogicalDisk"), MI_T("DeviceID"), MI_T("C:"));
    MI_Operation operation = MI_OPERATION_NULL;
    struct ending ending;

    MI_Session_ReferenceInstances(open_session(), 0, NULL, NULL, disk, MI_T("Win32_LogicalDiskToPartition"), NULL,
                                  MI_FALSE, NULL, &operation);
    ending = finish(&operation, NULL);
    CHECK(MI_Session_ReferenceInstances, finds,
          "Finds the association object that references the specified key instance. (Or WMI's error.)",
          (ending.result == MI_RESULT_OK && ending.results == 1) ||
              (is_of_wmi(&ending) && ending.result == MI_RESULT_INVALID_QUERY));
    MI_Session_ReferenceInstances(open_session(), 0, NULL, NULL, NULL, NULL, NULL, MI_FALSE, NULL, &operation);
    ending = finish(&operation, NULL);
    CHECK(MI_Session_ReferenceInstances, instanceKey, "(no instance is a bad parameter)",
          ending.result == MI_RESULT_INVALID_PARAMETER && ending.has_error);
    MI_Session_ReferenceInstances(open_session(), 0, NULL, NULL, disk, NULL, MI_T("1}"), MI_FALSE, NULL, &operation);
    ending = finish(&operation, NULL);
    CHECK(MI_Session_ReferenceInstances, role, "(nor is a role that is no name any)",
          ending.result == MI_RESULT_INVALID_PARAMETER && ending.has_error);
    MI_Instance_Delete(disk);
    close_session();
}

/* References in the instances of an association. */
static void reference_values(void)
{
    MI_Operation operation = MI_OPERATION_NULL;
    MI_Instance *link = NULL, *found = NULL;
    const MI_Char *name = NULL;
    MI_Value value = {0};
    struct ending ending;

    MI_Session_EnumerateInstances(open_session(), 0, NULL, NULL, MI_T("Win32_LogicalDiskToPartition"), MI_FALSE, NULL,
                                  &operation);
    ending = finish(&operation, &link);
    CHECK(MI_Instance_GetElement, reference, "(a reference is an instance with the class and keys that it points to)",
          ending.result == MI_RESULT_OK && link &&
              OK(MI_Instance_GetElement(link, MI_T("Dependent"), &value, NULL, NULL, NULL)) &&
              type_of(link, MI_T("Dependent")) == MI_REFERENCE && value.reference &&
              OK(MI_Instance_GetClassName(value.reference, &name)) && !wcscmp(name, MI_T("Win32_LogicalDisk")) &&
              has_text(value.reference, MI_T("DeviceID"), MI_T("C:")) && count_of(value.reference) == 1);
    if (value.reference)
    {
        MI_Session_GetInstance(open_session(), 0, NULL, NULL, value.reference, NULL, &operation);
        ending = finish(&operation, &found);
    }
    CHECK(MI_Session_GetInstance, reference, "(by which it can be read)",
          ending.result == MI_RESULT_OK && found && has_text(found, MI_T("DeviceID"), MI_T("C:")));
    if (found) MI_Instance_Delete(found);
    if (link) MI_Instance_Delete(link);
    close_session();
}

/* Wine 8's WMI has no instances that could be written. */
static void changes(void)
{
    MI_Instance *disk = key_instance(MI_T("Win32_LogicalDisk"), MI_T("DeviceID"), MI_T("C:"));
    MI_Instance *none = key_instance(MI_T("Win32_LogicalDisk"), MI_T("DeviceID"), MI_T("none:"));
    MI_Instance *nothing = key_instance(MI_T("Cork_None"), MI_T("K"), MI_T("x"));
    MI_Operation operation = MI_OPERATION_NULL;
    struct ending ending;

    put_text(disk, MI_T("VolumeName"), MI_T("x"));
    MI_Session_ModifyInstance(open_session(), 0, NULL, NULL, disk, NULL, &operation);
    ending = finish(&operation, NULL);
    CHECK(MI_Session_ModifyInstance, not_there, "(what WMI cannot do comes back as its error)", is_of_wmi(&ending));
    MI_Session_ModifyInstance(open_session(), 0, NULL, NULL, none, NULL, &operation);
    ending = finish(&operation, NULL);
    CHECK(MI_Session_ModifyInstance, none, "The function will fail if the instance does not exist.",
          is_of_wmi(&ending) && ending.result == MI_RESULT_NOT_FOUND);
    MI_Session_CreateInstance(open_session(), 0, NULL, NULL, none, NULL, &operation);
    ending = finish(&operation, NULL);
    CHECK(MI_Session_CreateInstance, not_there, "(what WMI cannot do comes back as its error)", is_of_wmi(&ending));
    MI_Session_CreateInstance(open_session(), 0, NULL, NULL, nothing, NULL, &operation);
    ending = finish(&operation, NULL);
    CHECK(MI_Session_CreateInstance, no_class, "(of a class that there is not)",
          is_of_wmi(&ending) && ending.result == MI_RESULT_INVALID_CLASS);
    MI_Instance_Delete(none);
    MI_Application_NewInstance(application(), MI_T("Win32_LogicalDisk"), NULL, &none);
    put_text(none, MI_T("Cork_None"), MI_T("x"));
    MI_Session_CreateInstance(open_session(), 0, NULL, NULL, none, NULL, &operation);
    ending = finish(&operation, NULL);
    CHECK(MI_Session_CreateInstance, no_property, "(with a property that its class has not)",
          is_of_wmi(&ending) && ending.result == MI_RESULT_NO_SUCH_PROPERTY);
    MI_Session_DeleteInstance(open_session(), 0, NULL, NULL, disk, NULL, &operation);
    ending = finish(&operation, NULL);
    CHECK(MI_Session_DeleteInstance, not_there, "(what WMI cannot do comes back as its error)", is_of_wmi(&ending));
    MI_Session_DeleteInstance(open_session(), MI_OPERATIONFLAGS_FULL_RTTI, NULL, NULL, disk, NULL, &operation);
    ending = finish(&operation, NULL);
    CHECK(MI_Session_DeleteInstance, flags, "Must be 0.",
          ending.result == MI_RESULT_INVALID_PARAMETER && ending.has_error);
    MI_Instance_Delete(disk);
    MI_Instance_Delete(none);
    MI_Instance_Delete(nothing);
    close_session();
}

static void no_instance(void)
{
    MI_Operation operation = MI_OPERATION_NULL;
    struct ending ending;

    MI_Session_ModifyInstance(open_session(), 0, NULL, NULL, NULL, NULL, &operation);
    ending = finish(&operation, NULL);
    CHECK(MI_Session_ModifyInstance, inboundInstance, "(no instance is a bad parameter)",
          ending.result == MI_RESULT_INVALID_PARAMETER && ending.has_error);
    MI_Session_CreateInstance(open_session(), 0, NULL, NULL, NULL, NULL, &operation);
    ending = finish(&operation, NULL);
    CHECK(MI_Session_CreateInstance, inboundInstance, "(no instance is a bad parameter)",
          ending.result == MI_RESULT_INVALID_PARAMETER && ending.has_error);
    MI_Session_DeleteInstance(open_session(), 0, NULL, NULL, NULL, NULL, &operation);
    ending = finish(&operation, NULL);
    CHECK(MI_Session_DeleteInstance, inboundInstance, "(no instance is a bad parameter)",
          ending.result == MI_RESULT_INVALID_PARAMETER && ending.has_error);
    close_session();
}

static const struct test_case cases[] = {{"keys only", keys_only},
                                         {"without keys", without_keys},
                                         {"associations", associations},
                                         {"references", references},
                                         {"reference values", reference_values},
                                         {"changes", changes},
                                         {"no instance", no_instance},
                                         {NULL, NULL}};
const struct group change_group = {"change", __FILE__, cases};
