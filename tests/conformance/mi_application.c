/*
 * Applications and utilities.
 */
#include "mi_test.h"

static void initialize(void)
{
    MI_Application one = MI_APPLICATION_NULL, two = MI_APPLICATION_NULL;
    MI_Instance *error = NULL;

    CHECK(MI_Application_InitializeV1, populated,
          "A pointer to an uninitialized MI_Application handle is passed in and a populated handle is returned.",
          OK(pMI_Application_InitializeV1(0, NULL, NULL, &one)) && one.ft);
    CHECK(MI_Application_InitializeV1, many_times, "it can be called multiple times safely",
          OK(pMI_Application_InitializeV1(0, MI_T("{5e1a2c0e-0000-4000-8000-000000000001}"), &error, &two)) && two.ft &&
              !error);
    CHECK(MI_Application_Close, closes,
          "Deinitializes the management infrastructure client API that was initialized through a call to "
          "MI_Application_Initialize.",
          OK(MI_Application_Close(&two)));
    CHECK(MI_Application_Close, second_close, "(not documented; a closed handle is a bad parameter, not a crash)",
          GIVES(MI_RESULT_INVALID_PARAMETER, MI_Application_Close(&two)));
    CHECK(MI_Application_Close, null_handle, "(not documented; NULL is a bad parameter, not a crash)",
          GIVES(MI_RESULT_INVALID_PARAMETER, MI_Application_Close(NULL)));
    CHECK(MI_Application_Close, other_lives, "(the other application's handle is not closed by it)",
          OK(MI_Application_Close(&one)));
}

static void initialize_bad(void)
{
    MI_Application one;
    MI_Instance *error = NULL;

    CHECK(MI_Application_InitializeV1, flags, "flags: Must be 0.",
          GIVES(MI_RESULT_INVALID_PARAMETER, pMI_Application_InitializeV1(1, NULL, &error, &one)));
    CHECK(MI_Application_InitializeV1, extendedError,
          "Optional parameter giving more error information if the operation failed.",
          error && has_text(error, MI_T("Message"), MI_T("flags must be 0.")));
    CHECK(MI_Application_InitializeV1, free_error,
          "If an instance is returned, MI_Instance_Delete must be called to free it when it is no longer needed.",
          error && OK(MI_Instance_Delete(error)));
    CHECK(MI_Application_InitializeV1, no_application, "(not documented; NULL is a bad parameter, not a crash)",
          GIVES(MI_RESULT_INVALID_PARAMETER, pMI_Application_InitializeV1(0, NULL, NULL, NULL)));
}

static void by_value(void)
{
    MI_Application copy = *application();
    MI_Instance *instance = NULL;

    CHECK(MI_Application_InitializeV1, by_value,
          "If an application passes this handle, pass it by value rather than as a pointer.",
          OK(MI_Application_NewInstance(&copy, MI_T("X"), NULL, &instance)) && instance);
    MI_Instance_Delete(instance);
    CHECK(
        MI_Application_Close, by_copy, "(a copy of the handle closes the same application)",
        OK(MI_Application_Close(&copy)) &&
            GIVES(MI_RESULT_INVALID_PARAMETER, MI_Application_NewInstance(application(), MI_T("X"), NULL, &instance)));
}

static void new_instance_of(void)
{
    MI_Instance *instance = NULL;
    const MI_Char *name = NULL;
    MI_Uint32 count = 9;

    CHECK(MI_Application_NewInstance, className, "The class name for the instance being created.",
          OK(MI_Application_NewInstance(application(), MI_T("Test_Class"), NULL, &instance)) &&
              OK(MI_Instance_GetClassName(instance, &name)) && !wcscmp(name, MI_T("Test_Class")));
    CHECK(MI_Instance_GetElementCount, none, "(an instance without type information begins without elements)",
          OK(MI_Instance_GetElementCount(instance, &count)) && count == 0);
    CHECK(MI_Application_NewInstance, deleted,
          "When you have finished using the instance created by this call, delete it by calling the "
          "MI_Instance_Delete function.",
          OK(MI_Instance_Delete(instance)));
    CHECK(MI_Application_NewInstance, classRTTI,
          "A pointer to optional run time type information for the object being created.",
          OK(MI_Application_NewInstance(application(), MI_T("Test_Derived"), &test_class, &instance)) &&
              OK(MI_Instance_GetElementCount(instance, &count)) && count == 3);
    MI_Instance_Delete(instance);
    CHECK(MI_Application_NewInstance, no_name, "(not documented; no class name is a bad parameter)",
          GIVES(MI_RESULT_INVALID_PARAMETER, MI_Application_NewInstance(application(), NULL, NULL, &instance)) &&
              !instance);
    CHECK(MI_Application_NewInstance, no_place, "(not documented; no place for the instance is a bad parameter)",
          GIVES(MI_RESULT_INVALID_PARAMETER, MI_Application_NewInstance(application(), MI_T("X"), NULL, NULL)));
    CHECK(MI_Application_NewParameterSet, creates, "Creates a new parameter set.",
          OK(MI_Application_NewParameterSet(application(), NULL, &instance)) && instance);
    MI_Instance_Delete(instance);
}

static void utilities(void)
{
    MI_Instance *error = NULL;

    CHECK(MI_Utilities_CimErrorFromErrorCode, table, "(mi_clientFT_V1 has the utilities)",
          mi_clientFT_V1->utilitiesFT != NULL);
    if (!mi_clientFT_V1->utilitiesFT) return;
    CHECK(MI_Utilities_CimErrorFromErrorCode, maps,
          "Maps an operating-system specific error code to a CIM error instance.",
          OK(MI_Utilities_CimErrorFromErrorCode(5, MI_RESULT_TYPE_WIN32, MI_T("no access"), &error)) &&
              has_number(error, MI_T("CIMStatusCode"), MI_RESULT_ACCESS_DENIED));
    CHECK(MI_Utilities_CimErrorFromErrorCode, errorMessage, "Error message to encode in the CIM error instance.",
          has_text(error, MI_T("Message"), MI_T("no access")));
    CHECK(MI_Utilities_CimErrorFromErrorCode, code, "MSFT_WmiError: error_Code",
          has_number(error, MI_T("error_Code"), 5) && has_text(error, MI_T("error_Type"), MI_RESULT_TYPE_WIN32));
    CHECK(MI_Utilities_CimErrorFromErrorCode, deleted, "This must be deleted by using the MI_Instance_Delete function.",
          OK(MI_Instance_Delete(error)));
    CHECK(MI_Utilities_CimErrorFromErrorCode, errorType, "One of the following error types. (another one is none)",
          GIVES(MI_RESULT_INVALID_PARAMETER,
                MI_Utilities_CimErrorFromErrorCode(5, MI_T("none"), MI_T("no access"), &error)));
    CHECK(MI_Utilities_MapErrorToMiErrorCategory, maps,
          "Maps an operating system specific error code to an error category.",
          MI_Utilities_MapErrorToMiErrorCategory(MI_RESULT_TYPE_WIN32, 5) == MI_ERRORCATEGORY_ACCESS_DENIED &&
              MI_Utilities_MapErrorToMiErrorCategory(MI_RESULT_TYPE_HRESULT, 0x80041002) ==
                  MI_ERRORCATEGORY_OBJECT_NOT_FOUND);
}

static const struct test_case cases[] = {{"initialize", initialize},    {"initialize bad", initialize_bad},
                                         {"handle by value", by_value}, {"new instance", new_instance_of},
                                         {"utilities", utilities},      {NULL, NULL}};
const struct group application_group = {"application", __FILE__, cases};
