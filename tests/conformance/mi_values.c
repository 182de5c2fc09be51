/*
 * Values of every CIM type, on a WMI of the tests' own that has them all: to WMI and back by instances and methods; its
 * qualifiers, super-classes, associations, and instances that are made, changed and deleted.
 */
#include "mi_operate.h"

#include "mi_own_wmi.h"

#define SPACE MI_T("root\\fake")

/* ---- Values ----------------------------------------------------------------------------------------------------- */

static const MI_Char *const type_names[] = {
    L"boolean", L"uint8",  L"sint8",  L"uint16", L"sint16",   L"uint32", L"sint32",    L"uint64",
    L"sint64",  L"real32", L"real64", L"char16", L"datetime", L"string", L"reference", L"instance",
};

static MI_Instance *roots[2]; /* for references and embedded instances */

static MI_Value scalar(MI_Type type, int which)
{
    static const MI_Datetime datetimes[2] = {{1, {.timestamp = {2024, 2, 29, 23, 59, 58, 999999, -480}}},
                                             {0, {.interval = {99999999, 23, 59, 58, 123456, 0, 0, 0}}}};
    static const MI_Uint64 lowest = (MI_Uint64)1 << 63;
    MI_Value value;

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
        value.string = which ? (MI_Char *)L"" : (MI_Char *)L"text \"\\\x263a";
        break;
    case MI_REFERENCE:
    case MI_INSTANCE:
        value.instance = roots[which];
        break;
    case MI_SINT8:
        value.sint8 = which ? -128 : 127;
        break;
    case MI_SINT16:
        value.sint16 = which ? -32768 : 32767;
        break;
    case MI_SINT32:
        value.sint32 = which ? -2147483647 - 1 : 2147483647;
        break;
    case MI_SINT64:
        value.uint64 = which ? lowest : lowest - 1;
        break;
    case MI_UINT8:
        value.uint8 = which ? 255 : 1;
        break;
    case MI_UINT16:
    case MI_CHAR16:
        value.uint16 = which ? 65535 : 0x263a;
        break;
    case MI_UINT32:
        value.uint32 = which ? 0xffffffffu : 1;
        break;
    default:
        value.uint64 = which ? ~(MI_Uint64)0 : 1;
    }
    return value;
}

static size_t size_of(MI_Type type)
{
    static const unsigned char sizes[] = {1, 1, 1, 2, 2, 4, 4, 8, 8, 4, 8, 2, sizeof(MI_Datetime)};

    return (type & 15) < COUNT_OF(sizes) ? sizes[type & 15] : sizeof(void *);
}

/* An array of both values, or of none. The memory is static: one at a time. */
static MI_Value array(MI_Type type, MI_Uint32 count)
{
    static union
    {
        MI_Uint64 aligned;
        char bytes[2 * sizeof(MI_Datetime)];
    } items;
    MI_Value value;

    memset(&value, 0, sizeof(value));
    for (MI_Uint32 i = 0; i < 2; i++)
    {
        MI_Value item = scalar(type, (int)i);

        memcpy(items.bytes + i * size_of(type), &item, size_of(type));
    }
    value.array.data = items.bytes;
    value.array.size = count;
    return value;
}

static int same_scalar(MI_Type type, const void *left, const void *right)
{
    const MI_Instance *a, *b;

    if (type == MI_STRING) return !wcscmp(*(MI_Char *const *)left, *(MI_Char *const *)right);
    if (type != MI_REFERENCE && type != MI_INSTANCE) return !memcmp(left, right, size_of(type));
    a = *(MI_Instance *const *)left;
    b = *(MI_Instance *const *)right;
    return !wcscmp(a->classDecl->name, b->classDecl->name) && text_of(a, MI_T("Id")) && text_of(b, MI_T("Id")) &&
           !wcscmp(text_of(a, MI_T("Id")), text_of(b, MI_T("Id")));
}

static int has_scalar(const MI_Instance *instance, MI_Type type, int which)
{
    MI_Value expected = scalar(type, which), value = {0};
    MI_Type found = (MI_Type)-1;
    MI_Uint32 flags = MI_FLAG_NULL;

    MI_Instance_GetElement(instance, type_names[type], &value, &found, &flags, NULL);
    if (found == type && !(flags & MI_FLAG_NULL) && same_scalar(type, &value, &expected)) return 1;
    note("%ls of type %d", type_names[type], (int)found);
    return 0;
}

static const MI_Char *array_name(MI_Type type)
{
    static MI_Char name[16];

    swprintf(name, COUNT_OF(name), L"%lss", type_names[type]);
    return name;
}

static int has_array(const MI_Instance *instance, MI_Type type, MI_Uint32 count)
{
    MI_Value expected = array(type, count), value = {0};
    MI_Type found = (MI_Type)-1;
    MI_Uint32 flags = MI_FLAG_NULL;
    int same;

    MI_Instance_GetElement(instance, array_name(type), &value, &found, &flags, NULL);
    same = found == (MI_Type)(type | MI_ARRAY) && !(flags & MI_FLAG_NULL) && value.array.size == count;
    for (MI_Uint32 i = 0; i < count && same; i++)
        same = same_scalar(type, (char *)value.array.data + i * size_of(type),
                           (char *)expected.array.data + i * size_of(type));
    if (!same) note("%ls of type %d, %u items", array_name(type), (int)found, value.array.size);
    return same;
}

/* `count`: of the arrays' items. */
static MI_Instance *make_everything(const MI_Char *class_name, const MI_Char *id, int which, MI_Uint32 count)
{
    MI_Instance *instance;

    for (int i = 0; i < 2; i++)
        if (!roots[i]) roots[i] = key_instance(MI_T("Fake_Root"), MI_T("Id"), i ? L"b\"\\" : L"a");
    instance = key_instance(class_name, MI_T("Id"), id);
    for (int type = 0; type < 16; type++)
    {
        MI_Value value = scalar((MI_Type)type, which), values = array((MI_Type)type, count);

        MI_Instance_AddElement(instance, type_names[type], &value, (MI_Type)type, 0);
        MI_Instance_AddElement(instance, array_name((MI_Type)type), &values, (MI_Type)(type | MI_ARRAY), 0);
    }
    return instance;
}

static int has_everything(const MI_Instance *instance, int which, MI_Uint32 count)
{
    int good = instance != NULL;

    for (int type = 0; type < 16 && good; type++)
        good = has_scalar(instance, (MI_Type)type, which) && has_array(instance, (MI_Type)type, count);
    return good;
}

static void drop_roots(void)
{
    for (int i = 0; i < 2; i++)
    {
        if (roots[i]) MI_Instance_Delete(roots[i]);
        roots[i] = NULL;
    }
}

/* ---- Instances -------------------------------------------------------------------------------------------------- */

static struct ending create(const MI_Instance *instance, MI_Instance **made)
{
    MI_Operation operation = MI_OPERATION_NULL;

    MI_Session_CreateInstance(open_session(), 0, NULL, SPACE, instance, NULL, &operation);
    return finish(&operation, made);
}

static struct ending get(const MI_Char *id, MI_Instance **found)
{
    MI_Instance *key = key_instance(MI_T("Fake_Everything"), MI_T("Id"), id);
    MI_Operation operation = MI_OPERATION_NULL;
    struct ending ending;

    MI_Session_GetInstance(open_session(), 0, NULL, SPACE, key, NULL, &operation);
    ending = finish(&operation, found);
    MI_Instance_Delete(key);
    return ending;
}

static void there_and_back(void)
{
    static const MI_Char *const ids[2] = {L"one", L"two"};

    own_wmi_begin();
    for (int which = 0; which < 2; which++)
    {
        MI_Instance *instance = make_everything(MI_T("Fake_Everything"), ids[which], which, which ? 0 : 2);
        MI_Instance *made = NULL;
        struct ending ending = create(instance, &made);

        CHECK(MI_Session_CreateInstance, creates, "Creates an instance on the server that the session represents.",
              ending.result == MI_RESULT_OK && ending.results == 1);
        CHECK(MI_Session_CreateInstance, values,
              "... along with the rest of the properties of the instance that destination instance will be set to.",
              has_everything(made, which, which ? 0 : 2));
        if (made) MI_Instance_Delete(made);
        made = NULL;
        ending = get(ids[which], &made);
        CHECK(MI_Session_GetInstance, values, "A full instance is then returned.",
              ending.result == MI_RESULT_OK && has_everything(made, which, which ? 0 : 2));
        ending = create(instance, NULL);
        CHECK(MI_Session_CreateInstance, exists,
              "If the instance that is specified already exists, the function will fail",
              ending.result == MI_RESULT_ALREADY_EXISTS && ending.has_error && ending.code == 0x80041019);
        if (made) MI_Instance_Delete(made);
        MI_Instance_Delete(instance);
    }
    drop_roots();
    CHECK(MI_Session_Close, no_objects, "(nothing of WMI's is held any more)", own_wmi_end());
}

/* An instance read, from its class, or with NULLs. */
static void nulls_and_defaults(void)
{
    MI_Instance *instance = key_instance(MI_T("Fake_Everything"), MI_T("Id"), MI_T("null")), *made = NULL;
    MI_Uint32 nulls = 0, count;
    MI_Char name[16];

    own_wmi_begin();
    create(instance, &made);
    count = count_of(made);
    for (MI_Uint32 i = 0; made && i < count; i++)
    {
        MI_Uint32 flags = 0;

        MI_Instance_GetElementAt(made, i, NULL, NULL, NULL, &flags);
        nulls += flags & MI_FLAG_NULL ? 1 : 0;
    }
    CHECK(MI_Session_CreateInstance, nulls, "(what has no value is NULL; what the class has a default for has that)",
          made && count == 33 && nulls == 31 && number_of(made, MI_T("sint16")) == 42);
    if (made) MI_Instance_Delete(made);
    MI_Instance_Delete(instance);
    made = NULL;
    instance = key_instance(MI_T("Fake_Everything"), MI_T("Id"), MI_T("null2"));
    wcscpy(name, L"sint16");
    MI_Instance_AddElement(instance, name, NULL, MI_SINT16, MI_FLAG_NULL);
    create(instance, &made);
    CHECK(MI_Session_CreateInstance, set_to_null, "(a NULL that was given stands for itself)",
          made && (flags_of(made, MI_T("sint16")) & MI_FLAG_NULL));
    if (made) MI_Instance_Delete(made);
    MI_Instance_Delete(instance);
    CHECK(MI_Session_Close, no_objects, "(nothing of WMI's is held any more)", own_wmi_end());
}

static void modified(void)
{
    MI_Instance *instance = make_everything(MI_T("Fake_Everything"), MI_T("m"), 0, 2), *found = NULL, *after = NULL;
    MI_Operation operation = MI_OPERATION_NULL;
    MI_Value value = number_value(99);
    struct ending ending;

    own_wmi_begin();
    create(instance, NULL);
    get(MI_T("m"), &found);
    if (found) MI_Instance_SetElement(found, MI_T("uint32"), &value, MI_UINT32, 0);
    MI_Session_ModifyInstance(open_session(), 0, NULL, SPACE, found, NULL, &operation);
    ending = finish(&operation, &after);
    CHECK(MI_Session_ModifyInstance, modifies, "Updates an existing instance in the server represented by the session.",
          ending.result == MI_RESULT_OK && ending.results == 1 && number_of(after, MI_T("uint32")) == 99 &&
              has_scalar(after, MI_STRING, 0));
    if (found) MI_Instance_Delete(found);
    if (after) MI_Instance_Delete(after);
    found = NULL;
    MI_Session_DeleteInstance(open_session(), 0, NULL, SPACE, instance, NULL, &operation);
    ending = finish(&operation, NULL);
    CHECK(MI_Session_DeleteInstance, deletes, "Deletes an instance on the server represented by the session.",
          ending.result == MI_RESULT_OK && ending.results == 0 && get(MI_T("m"), NULL).result == MI_RESULT_NOT_FOUND);
    MI_Session_DeleteInstance(open_session(), 0, NULL, SPACE, instance, NULL, &operation);
    ending = finish(&operation, NULL);
    CHECK(MI_Session_DeleteInstance, again, "(what is not there cannot be deleted)",
          ending.result == MI_RESULT_NOT_FOUND && ending.has_error);
    MI_Session_ModifyInstance(open_session(), 0, NULL, SPACE, instance, NULL, &operation);
    ending = finish(&operation, NULL);
    CHECK(MI_Session_ModifyInstance, gone, "The function will fail if the instance does not exist.",
          ending.result == MI_RESULT_NOT_FOUND && ending.has_error);
    MI_Instance_Delete(instance);
    drop_roots();
    CHECK(MI_Session_Close, no_objects, "(nothing of WMI's is held any more)", own_wmi_end());
}

static void conversions(void)
{
    MI_Instance *instance = key_instance(MI_T("Fake_Everything"), MI_T("Id"), MI_T("c")), *made = NULL;
    MI_Value value;

    own_wmi_begin();
    value = number_value(0xffffffffu);
    MI_Instance_AddElement(instance, MI_T("sint32"), &value, MI_UINT32, 0);
    value = number_value(200);
    MI_Instance_AddElement(instance, MI_T("uint8"), &value, MI_UINT32, 0);
    value = text_value(MI_T("20240229235958.999999-480"));
    MI_Instance_AddElement(instance, MI_T("datetime"), &value, MI_STRING, 0);
    value = text_value(MI_T("Fake_Root.Id=\"a\""));
    MI_Instance_AddElement(instance, MI_T("reference"), &value, MI_STRING, 0);
    create(instance, &made);
    CHECK(MI_Session_CreateInstance, converts, "(numbers that fit, and texts of date-times and references, are taken)",
          made && number_of(made, MI_T("sint32")) == -1 && number_of(made, MI_T("uint8")) == 200 &&
              has_scalar(made, MI_DATETIME, 0) && type_of(made, MI_T("reference")) == MI_REFERENCE);
    if (made) MI_Instance_Delete(made);
    MI_Instance_Delete(instance);
    for (int i = 0; i < 4; i++)
    {
        static const MI_Char *const names[] = {L"uint8", L"sint8", L"uint64", L"strings"};
        static const MI_Type types[] = {MI_UINT32, MI_SINT32, MI_SINT8, MI_STRING};

        instance = key_instance(MI_T("Fake_Everything"), MI_T("Id"), MI_T("d"));
        value = number_value(i == 1 ? (MI_Uint32)-129 : i == 2 ? 0xff : 256);
        if (i == 3) value = text_value(MI_T("x"));
        MI_Instance_AddElement(instance, names[i], &value, types[i], 0);
        CHECK(MI_Session_CreateInstance, no_fit, "(what does not fit its property is refused)",
              create(instance, NULL).result == MI_RESULT_TYPE_MISMATCH);
        MI_Instance_Delete(instance);
    }
    CHECK(MI_Session_Close, no_objects, "(nothing of WMI's is held any more)", own_wmi_end());
}

/* ---- Methods ---------------------------------------------------------------------------------------------------- */

static void echo(void)
{
    own_wmi_begin();
    for (int which = 0; which < 2; which++)
    {
        MI_Instance *parameters = make_everything(MI_T("__PARAMETERS"), MI_T("x"), which, which ? 0 : 2), *out = NULL;
        MI_Instance *of = key_instance(MI_T("Fake_Everything"), MI_T("Id"), MI_T("x"));
        MI_Operation operation = MI_OPERATION_NULL;
        struct ending ending;

        MI_Session_Invoke(open_session(), 0, NULL, SPACE, NULL, MI_T("Echo"), of, parameters, NULL, &operation);
        ending = finish(&operation, &out);
        CHECK(MI_Session_Invoke, every_type, "(parameters of every type, arrays, references and embedded instances)",
              ending.result == MI_RESULT_OK && ending.results == 1 && number_of(out, MI_T("ReturnValue")) == 7 &&
                  has_everything(out, which, which ? 0 : 2));
        if (out) MI_Instance_Delete(out);
        out = NULL;
        MI_Session_Invoke(open_session(), 0, NULL, SPACE, MI_T("Fake_Everything"), MI_T("Echo"), NULL, NULL, NULL,
                          &operation);
        ending = finish(&operation, &out);
        CHECK(MI_Session_Invoke, no_parameters, "(none given are NULL)",
              ending.result == MI_RESULT_OK && (flags_of(out, MI_T("uint8")) & MI_FLAG_NULL));
        if (out) MI_Instance_Delete(out);
        MI_Instance_Delete(of);
        MI_Instance_Delete(parameters);
    }
    drop_roots();
    CHECK(MI_Session_Close, no_objects, "(nothing of WMI's is held any more)", own_wmi_end());
}

/* ---- Classes ---------------------------------------------------------------------------------------------------- */

static void qualifiers(void)
{
    MI_Operation operation = MI_OPERATION_NULL;
    MI_Class *found = NULL, *parent = NULL;
    MI_QualifierSet set = {0};
    MI_Char *reference = NULL;
    const MI_Char *name = NULL;
    MI_Value value = {0};
    MI_Boolean exists = MI_FALSE;
    MI_Type type = MI_BOOLEAN;
    MI_Uint32 flags = 0, index = 0, count = 0;

    own_wmi_begin();
    MI_Session_GetClass(open_session(), 0, NULL, SPACE, MI_T("Fake_Everything"), NULL, &operation);
    finish_classes(&operation, &found);
    CHECK(MI_Class_GetParentClassName, of_wmi, "(the super-class's name)",
          found && OK(MI_Class_GetParentClassName(found, &name)) && !wcscmp(name, MI_T("Fake_Root")));
    CHECK(MI_Class_GetParentClass, of_wmi, "(and the super-class)",
          found && OK(MI_Class_GetParentClass(found, &parent)) && OK(MI_Class_GetElementCount(parent, &count)) &&
              count == 1 && (parent->classDecl->flags & MI_FLAG_ABSTRACT));
    CHECK(MI_Class_GetElement, reference, "(the class that a reference, or an embedded instance, is of)",
          found &&
              OK(MI_Class_GetElement(found, MI_T("reference"), NULL, NULL, &type, &reference, &set, &flags, &index)) &&
              type == MI_REFERENCE && reference && !wcscmp(reference, MI_T("Fake_Root")) &&
              OK(MI_Class_GetElement(found, MI_T("instances"), NULL, NULL, &type, &reference, &set, &flags, &index)) &&
              type == MI_INSTANCEA && reference && !wcscmp(reference, MI_T("Fake_Root")));
    CHECK(MI_Class_GetElement, defaults, "(the defaults of a class)",
          found && OK(MI_Class_GetElement(found, MI_T("sint16"), &value, &exists, &type, NULL, NULL, NULL, NULL)) &&
              exists && value.sint16 == 42 &&
              OK(MI_Class_GetElement(found, MI_T("uint16"), &value, &exists, &type, NULL, NULL, NULL, NULL)) &&
              !exists);
    CHECK(MI_QualifierSet_GetQualifier, of_wmi, "(qualifiers: texts, lists, Booleans, reals, with their flavours)",
          found && OK(MI_Class_GetElement(found, MI_T("Id"), NULL, NULL, &type, NULL, &set, &flags, NULL)) &&
              (flags & MI_FLAG_KEY) &&
              OK(MI_QualifierSet_GetQualifier(&set, MI_T("CimType"), &type, &flags, &value, &index)) &&
              type == MI_STRING && !wcscmp(value.string, L"string") && (flags & MI_FLAG_DISABLEOVERRIDE) &&
              (flags & MI_FLAG_RESTRICTED) &&
              OK(MI_QualifierSet_GetQualifier(&set, MI_T("ValueMap"), &type, &flags, &value, &index)) &&
              type == MI_STRINGA && value.stringa.size == 1 && !wcscmp(value.stringa.data[0], L"one") &&
              (flags & MI_FLAG_ENABLEOVERRIDE) && (flags & MI_FLAG_TOSUBCLASS) &&
              OK(MI_QualifierSet_GetQualifier(&set, MI_T("Weight"), &type, &flags, &value, &index)) &&
              type == MI_REAL64 && value.real64 == 1.5 && (flags & MI_FLAG_TRANSLATABLE));
    CHECK(MI_Class_GetElement, origin, "(where a property comes from)",
          found && found->classDecl->numProperties == 33 &&
              !wcscmp(found->classDecl->properties[0]->origin, L"Fake_Root") &&
              !wcscmp(found->classDecl->properties[1]->origin, L"Fake_Everything"));
    CHECK(MI_Class_GetMethod, static_method, "(which methods are static)",
          found && found->classDecl->numMethods == 1 && (found->classDecl->methods[0]->flags & MI_FLAG_STATIC));
    CHECK(MI_Class_GetServerName, of_wmi, "(the machine)",
          found && OK(MI_Class_GetServerName(found, &name)) && !wcscmp(name, L"FAKE"));
    if (parent) MI_Class_Delete(parent);
    if (found) MI_Class_Delete(found);
    CHECK(MI_Session_Close, no_objects, "(nothing of WMI's is held any more)", own_wmi_end());
}

static struct ending enumerate_classes(const MI_Char *name, MI_Uint32 flags, MI_Boolean names_only, MI_Class **first)
{
    MI_Operation operation = MI_OPERATION_NULL;

    MI_Session_EnumerateClasses(open_session(), flags, NULL, SPACE, name, names_only, NULL, &operation);
    return finish_classes(&operation, first);
}

static void class_enumeration(void)
{
    static struct inbox inbox;
    MI_OperationCallbacks callbacks;
    MI_Operation operation = MI_OPERATION_NULL;
    MI_Class *first = NULL;
    MI_Uint32 count = 99;
    const MI_Char *name = NULL;
    struct ending ending;

    own_wmi_begin();
    CHECK(MI_Session_EnumerateClasses, all,
          "If Null, the function retrieves all classes that are not derived from anything as well as all child classes",
          enumerate_classes(NULL, 0, MI_FALSE, NULL).results == 3);
    CHECK(MI_Session_EnumerateClasses, shallow, "(depending on the options parameter)",
          enumerate_classes(NULL, MI_OPERATIONFLAGS_POLYMORPHISM_SHALLOW, MI_FALSE, NULL).results == 2);
    ending = enumerate_classes(MI_T("Fake_Root"), 0, MI_FALSE, &first);
    CHECK(MI_Session_EnumerateClasses, derived,
          "If a class name is specified, this function retrieves all classes derived from the specified class",
          ending.result == MI_RESULT_OK && ending.results == 1 && first && OK(MI_Class_GetClassName(first, &name)) &&
              !wcscmp(name, L"Fake_Everything") && OK(MI_Class_GetElementCount(first, &count)) && count == 33);
    if (first) MI_Class_Delete(first);
    first = NULL;
    ending = enumerate_classes(MI_T("Fake_Root"), 0, MI_TRUE, &first);
    CHECK(MI_Session_EnumerateClasses, classNamesOnly,
          "MI_TRUE means to retrieve only the class names and not properties.",
          ending.results == 1 && first && OK(MI_Class_GetElementCount(first, &count)) && count == 0 &&
              OK(MI_Class_GetClassName(first, &name)) && !wcscmp(name, L"Fake_Everything"));
    if (first) MI_Class_Delete(first);
    ending = enumerate_classes(MI_T("Cork_None"), 0, MI_TRUE, NULL);
    CHECK(MI_Session_EnumerateClasses, no_class, "(of a class that there is not)",
          ending.result == MI_RESULT_INVALID_CLASS && ending.has_error);
    callbacks = callbacks_to(&inbox, 1);
    MI_Session_EnumerateClasses(open_session(), MI_OPERATIONFLAGS_MANUAL_ACK_RESULTS, NULL, SPACE, NULL, MI_FALSE,
                                &callbacks, &operation);
    ending = wait_for(&inbox, &operation);
    CHECK(MI_Session_EnumerateClasses, asynchronous,
          "For asynchronous operation, the structure's classResult callback must be specified. (Each class comes when "
          "the last was acknowledged.)",
          ending.result == MI_RESULT_OK && ending.results == 3 && !ending.bad_order);
    CHECK(MI_Session_Close, no_objects, "(nothing of WMI's is held any more)", own_wmi_end());
}

/* ---- Associations ----------------------------------------------------------------------------------------------- */

/* Of a Fake_Root and a Fake_Everything. */
static void base_properties(void)
{
    MI_Operation operation = MI_OPERATION_NULL;
    const MI_Instance *instance = NULL;
    const MI_Char *name = NULL;
    MI_Boolean more = MI_TRUE;
    MI_Result result = MI_RESULT_OK;
    int good = 0;

    MI_Session_EnumerateInstances(open_session(), MI_OPERATIONFLAGS_POLYMORPHISM_DEEP_BASE_PROPS_ONLY, NULL, SPACE,
                                  MI_T("Fake_Root"), MI_FALSE, NULL, &operation);
    while (more && MI_Operation_GetInstance(&operation, &instance, &more, &result, NULL, NULL) == MI_RESULT_OK)
        if (instance && OK(MI_Instance_GetClassName(instance, &name)) && !wcscmp(name, L"Fake_Root") &&
            count_of(instance) == 1 && text_of(instance, MI_T("Id")))
            good++;
    MI_Operation_Close(&operation);
    note("%d are as they should be, the result is %d", good, (int)result);
    CHECK(MI_Session_EnumerateInstances, base_properties,
          "MI_OPERATIONFLAGS_POLYMORPHISM_DEEP_BASE_PROPS_ONLY: Contains detailed polymorphism for base properties "
          "only.",
          good == 2 && result == MI_RESULT_OK);
}

static void association_queries(void)
{
    MI_Instance *root = key_instance(MI_T("Fake_Root"), MI_T("Id"), MI_T("a\"b")), *one = NULL, *keys = NULL;
    MI_Instance *other = key_instance(MI_T("Fake_Everything"), MI_T("Id"), MI_T("e"));
    MI_Operation operation = MI_OPERATION_NULL;
    struct ending ending;

    own_wmi_begin();
    create(root, NULL);
    create(other, NULL);
    MI_Session_AssociatorInstances(open_session(), 0, NULL, SPACE, root, MI_T("Fake_Link"), MI_T("Fake_Everything"),
                                   MI_T("From"), MI_T("To"), MI_FALSE, NULL, &operation);
    ending = finish(&operation, &one);
    CHECK(MI_Session_AssociatorInstances, restrictions, "(all restrictions go to WMI; only the class's come back)",
          !wcscmp(own_wmi_query(), L"ASSOCIATORS OF {Fake_Root.Id=\"a\\\"b\"} WHERE AssocClass = Fake_Link ResultClass "
                                   L"= Fake_Everything Role = From ResultRole = To") &&
              ending.result == MI_RESULT_OK && ending.results == 1 && has_text(one, MI_T("Id"), MI_T("e")));
    if (one) MI_Instance_Delete(one);
    MI_Session_ReferenceInstances(open_session(), 0, NULL, SPACE, other, NULL, MI_T("To"), MI_TRUE, NULL, &operation);
    ending = finish(&operation, &keys);
    CHECK(MI_Session_ReferenceInstances, restrictions, "(a role without a class)",
          !wcscmp(own_wmi_query(), L"REFERENCES OF {Fake_Everything.Id=\"e\"} WHERE Role = To") &&
              ending.result == MI_RESULT_OK);
    CHECK(MI_Session_ReferenceInstances, keysOnly,
          "Boolean value where MI_TRUE means to retrieve only the instance keys.",
          ending.results == 2 && count_of(keys) == 1 && (flags_of(keys, MI_T("Id")) & MI_FLAG_KEY));
    if (keys) MI_Instance_Delete(keys);
    MI_Session_EnumerateInstances(open_session(), MI_OPERATIONFLAGS_POLYMORPHISM_SHALLOW, NULL, SPACE,
                                  MI_T("Fake_Root"), MI_FALSE, NULL, &operation);
    CHECK(MI_Session_EnumerateInstances, one_class, "(the class's own instances, or those of derived ones too)",
          finish(&operation, NULL).results == 1);
    MI_Session_EnumerateInstances(open_session(), 0, NULL, SPACE, MI_T("Fake_Root"), MI_FALSE, NULL, &operation);
    CHECK(MI_Session_EnumerateInstances, two_classes, "(each with its own class's properties)",
          finish(&operation, NULL).results == 2);
    base_properties();
    MI_Instance_Delete(root);
    MI_Instance_Delete(other);
    CHECK(MI_Session_Close, no_objects, "(nothing of WMI's is held any more)", own_wmi_end());
}

static const struct test_case cases[] = {{"there and back", there_and_back},
                                         {"NULLs and defaults", nulls_and_defaults},
                                         {"modified", modified},
                                         {"conversions", conversions},
                                         {"echo", echo},
                                         {"qualifiers", qualifiers},
                                         {"class enumeration", class_enumeration},
                                         {"association queries", association_queries},
                                         {NULL, NULL}};
const struct group values_group = {"values", __FILE__, cases};
