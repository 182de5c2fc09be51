/* What cim.exe says beside its results. */
#include "command.h"

#include <stdarg.h>
#include <stdio.h>
#include <wchar.h>

#include "../console/output.h"

bool print_text(const struct text *text)
{
    bool printed;

    if (text->failed) return false;
    operation_print_begin();
    printed = console_write(STD_OUTPUT_HANDLE, text->data, text->length);
    operation_print_end();
    return printed;
}

/* What does not fit is cut off. */
static void put(MI_Char *line, size_t size, const MI_Char *format, va_list arguments)
{
    _vsnwprintf(line, size - 1, format, arguments);
    line[size - 1] = 0;
}

void tell(const MI_Char *format, ...)
{
    MI_Char line[2048];
    va_list arguments;

    va_start(arguments, format);
    put(line, 2048, format, arguments);
    va_end(arguments);
    operation_print_begin();
    console_write(STD_ERROR_HANDLE, line, wcslen(line));
    operation_print_end();
}

const MI_Char *result_name(MI_Result result)
{
    static const MI_Char *const names[] = {
        [MI_RESULT_OK] = L"OK",
        [MI_RESULT_FAILED] = L"FAILED",
        [MI_RESULT_ACCESS_DENIED] = L"ACCESS_DENIED",
        [MI_RESULT_INVALID_NAMESPACE] = L"INVALID_NAMESPACE",
        [MI_RESULT_INVALID_PARAMETER] = L"INVALID_PARAMETER",
        [MI_RESULT_INVALID_CLASS] = L"INVALID_CLASS",
        [MI_RESULT_NOT_FOUND] = L"NOT_FOUND",
        [MI_RESULT_NOT_SUPPORTED] = L"NOT_SUPPORTED",
        [MI_RESULT_CLASS_HAS_CHILDREN] = L"CLASS_HAS_CHILDREN",
        [MI_RESULT_CLASS_HAS_INSTANCES] = L"CLASS_HAS_INSTANCES",
        [MI_RESULT_INVALID_SUPERCLASS] = L"INVALID_SUPERCLASS",
        [MI_RESULT_ALREADY_EXISTS] = L"ALREADY_EXISTS",
        [MI_RESULT_NO_SUCH_PROPERTY] = L"NO_SUCH_PROPERTY",
        [MI_RESULT_TYPE_MISMATCH] = L"TYPE_MISMATCH",
        [MI_RESULT_QUERY_LANGUAGE_NOT_SUPPORTED] = L"QUERY_LANGUAGE_NOT_SUPPORTED",
        [MI_RESULT_INVALID_QUERY] = L"INVALID_QUERY",
        [MI_RESULT_METHOD_NOT_AVAILABLE] = L"METHOD_NOT_AVAILABLE",
        [MI_RESULT_METHOD_NOT_FOUND] = L"METHOD_NOT_FOUND",
        [MI_RESULT_NAMESPACE_NOT_EMPTY] = L"NAMESPACE_NOT_EMPTY",
        [MI_RESULT_INVALID_ENUMERATION_CONTEXT] = L"INVALID_ENUMERATION_CONTEXT",
        [MI_RESULT_INVALID_OPERATION_TIMEOUT] = L"INVALID_OPERATION_TIMEOUT",
        [MI_RESULT_SERVER_LIMITS_EXCEEDED] = L"SERVER_LIMITS_EXCEEDED",
        [MI_RESULT_SERVER_IS_SHUTTING_DOWN] = L"SERVER_IS_SHUTTING_DOWN",
    };

    return (size_t)result < sizeof(names) / sizeof(*names) && names[result] ? names[result] : L"FAILED";
}

static const MI_Char *text_of(const MI_Instance *error, const MI_Char *name)
{
    MI_Uint32 flags;
    MI_Value value;
    MI_Type type;

    if (!error || MI_Instance_GetElement(error, name, &value, &type, &flags, NULL) != MI_RESULT_OK) return NULL;
    return type == MI_STRING && !is_null(type, flags, &value) ? value.string : NULL;
}

int fail(MI_Result result, const MI_Char *message, const MI_Instance *error, const MI_Char *format, ...)
{
    const MI_Char *words = text_of(error, L"Message"), *id = text_of(error, L"MessageID");
    MI_Char what[512];
    va_list arguments;

    va_start(arguments, format);
    put(what, 512, format, arguments);
    va_end(arguments);
    if (!words) words = message ? message : L"It failed.";
    tell(L"cim: %ls: %ls (MI_RESULT_%ls%ls%ls)\n", what, words, result_name(result), id ? L", " : L"", id ? id : L"");
    return result != MI_RESULT_OK && (int)result < EXIT_METHOD ? (int)result : MI_RESULT_FAILED;
}

int fail_usage(const MI_Char *format, ...)
{
    MI_Char what[1024];
    va_list arguments;

    va_start(arguments, format);
    put(what, 1024, format, arguments);
    va_end(arguments);
    tell(L"cim: %ls\n", what);
    return EXIT_USAGE;
}
