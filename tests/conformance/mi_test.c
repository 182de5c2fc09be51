/*
 * What the mi.dll tests share. See mi_test.h.
 */
#include "mi_test.h"

initialize_function pMI_Application_InitializeV1;
const MI_ClientFT_V1 *mi_clientFT_V1;
MI_Server *__mi_server;

static MI_Application the_application;

static MI_Result MI_MAIN_CALL no_initialize(MI_Uint32 flags, const MI_Char *id, MI_Instance **error,
                                            MI_Application *out)
{
    (void)flags;
    (void)id;
    (void)error;
    if (out) memset(out, 0, sizeof(*out));
    return MI_RESULT_FAILED;
}

void load_api(int report)
{
    static const MI_ClientFT_V1 no_table;
    static HMODULE module;
    const MI_ClientFT_V1 **table;
    char path[MAX_PATH] = "";

    module = LoadLibraryA("mi.dll");
    table = module ? (void *)GetProcAddress(module, "mi_clientFT_V1") : NULL;
    pMI_Application_InitializeV1 =
        module ? (initialize_function)(void *)GetProcAddress(module, "MI_Application_InitializeV1") : NULL;
    if (module) GetModuleFileNameA(module, path, sizeof(path));
    if (report && module) printf("# mi.dll is %s\n", path);
    if (report && !module) printf("# mi.dll cannot be loaded: error %lu\n", GetLastError());
    if (!pMI_Application_InitializeV1) pMI_Application_InitializeV1 = no_initialize;
    mi_clientFT_V1 = table && *table ? *table : &no_table;
}

/* All functions are those of tables that the first one hands out. */
int function_is_there(const char *name)
{
    (void)name;
    return pMI_Application_InitializeV1 != no_initialize;
}

void before_case(void)
{
    if (the_application.ft) MI_Application_Close(&the_application);
    memset(&the_application, 0, sizeof(the_application));
}

void end_without_closing(const char *how)
{
    (void)how;
    application();
    new_instance();
    ExitProcess(42);
}

int is_result(MI_Result result, MI_Result expected)
{
    note("the result is %d", (int)result);
    return result == expected;
}

MI_Application *application(void)
{
    if (!the_application.ft) pMI_Application_InitializeV1(0, NULL, NULL, &the_application);
    return &the_application;
}

MI_Instance *new_instance(void)
{
    MI_Instance *instance = NULL;

    MI_Application_NewInstance(application(), MI_T("Test_Class"), NULL, &instance);
    return instance;
}

MI_Value number_value(MI_Uint32 number)
{
    MI_Value value = {.uint64 = 0};

    value.uint32 = number;
    return value;
}

MI_Value text_value(const MI_Char *text)
{
    MI_Value value = {.string = (MI_Char *)text};

    return value;
}

int has_text(const MI_Instance *instance, const MI_Char *name, const MI_Char *text)
{
    MI_Value value = {0};
    MI_Type type = MI_BOOLEAN;
    MI_Uint32 flags = 0;

    return OK(MI_Instance_GetElement(instance, name, &value, &type, &flags, NULL)) && type == MI_STRING &&
           !(flags & MI_FLAG_NULL) && !wcscmp(value.string, text);
}

int has_number(const MI_Instance *instance, const MI_Char *name, MI_Uint32 number)
{
    MI_Value value = {0};
    MI_Type type = MI_BOOLEAN;
    MI_Uint32 flags = 0;

    return OK(MI_Instance_GetElement(instance, name, &value, &type, &flags, NULL)) && type == MI_UINT32 &&
           !(flags & MI_FLAG_NULL) && value.uint32 == number;
}

/* ---- A class ---------------------------------------------------------------------------------------------------- */

static const MI_Boolean yes = MI_TRUE;
static const MI_Uint32 forty_two = 42;
static const MI_Qualifier key_qualifier = {MI_T("Key"), MI_BOOLEAN, MI_FLAG_DISABLEOVERRIDE, &yes};
static const MI_Qualifier *const key_qualifiers[] = {&key_qualifier};
static const MI_PropertyDecl name_property = {.flags = MI_FLAG_PROPERTY | MI_FLAG_KEY,
                                              .name = MI_T("Name"),
                                              .qualifiers = key_qualifiers,
                                              .numQualifiers = 1,
                                              .type = MI_STRING,
                                              .origin = MI_T("Test_Base"),
                                              .propagator = MI_T("Test_Base")};
static const MI_PropertyDecl size_property = {.flags = MI_FLAG_PROPERTY,
                                              .name = MI_T("Size"),
                                              .type = MI_UINT32,
                                              .origin = MI_T("Test_Derived"),
                                              .propagator = MI_T("Test_Derived"),
                                              .value = &forty_two};
static const MI_PropertyDecl owner_property = {.flags = MI_FLAG_PROPERTY,
                                               .name = MI_T("Owner"),
                                               .type = MI_REFERENCE,
                                               .className = MI_T("Test_Base"),
                                               .origin = MI_T("Test_Derived"),
                                               .propagator = MI_T("Test_Derived")};
static const MI_PropertyDecl *const base_properties[] = {&name_property};
static const MI_PropertyDecl *const properties[] = {&name_property, &size_property, &owner_property};
static const MI_ParameterDecl in_parameter = {.flags = MI_FLAG_PARAMETER | MI_FLAG_IN,
                                              .name = MI_T("Target"),
                                              .qualifiers = key_qualifiers,
                                              .numQualifiers = 1,
                                              .type = MI_REFERENCE,
                                              .className = MI_T("Test_Base")};
static const MI_ParameterDecl out_parameter = {
    .flags = MI_FLAG_PARAMETER | MI_FLAG_OUT, .name = MI_T("Log"), .type = MI_STRINGA};
static const MI_ParameterDecl *const parameters[] = {&in_parameter, &out_parameter};
static const MI_MethodDecl move_method = {.flags = MI_FLAG_METHOD,
                                          .name = MI_T("Move"),
                                          .qualifiers = key_qualifiers,
                                          .numQualifiers = 1,
                                          .parameters = parameters,
                                          .numParameters = 2,
                                          .returnType = MI_UINT32,
                                          .origin = MI_T("Test_Derived"),
                                          .propagator = MI_T("Test_Derived")};
static const MI_MethodDecl *const methods[] = {&move_method};

const MI_ClassDecl test_super_class = {
    .flags = MI_FLAG_CLASS, .name = MI_T("Test_Base"), .properties = base_properties, .numProperties = 1};
const MI_ClassDecl test_class = {.flags = MI_FLAG_CLASS,
                                 .name = MI_T("Test_Derived"),
                                 .qualifiers = key_qualifiers,
                                 .numQualifiers = 1,
                                 .properties = properties,
                                 .numProperties = 3,
                                 .superClass = MI_T("Test_Base"),
                                 .superClassDecl = &test_super_class,
                                 .methods = methods,
                                 .numMethods = 1};
