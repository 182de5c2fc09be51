/* cim.exe: management information (WMI) from the command line. */
#include "command.h"

#include <shellapi.h>
#include <stdlib.h>
#include <string.h>

#include "../console/output.h"

/* ---- Help ------------------------------------------------------------------------------------------------------- */

static void add_verb_help(struct text *text, const struct verb *verb)
{
    text_format(text, L"cim %ls%ls%ls%ls\n\n%ls\n", verb->name, *verb->syntax ? L" " : L"", verb->syntax,
                verb->takes ? L" [OPTION]..." : L"", verb->help);
    for (const struct option_help *option = option_helps; option->text; option++)
        if (!option->takes || (option->takes & verb->takes)) text_format(text, L"%ls\n", option->text);
}

static void add_help(struct text *text)
{
    text_add(
        text,
        L"cim VERB [OPERAND]... [OPTION]...  reads and changes the management information (WMI) of this machine.\n\n");
    for (const struct verb *verb = verbs; verb->name; verb++)
        text_format(text, L"  %-12ls %ls\n", verb->name, verb->summary);
    text_add(text, L"\ncim VERB --help says how a verb is used; cim --version which one this is.\n"
                   L"Exit code: 0; 1 to 28, the MI_Result of what failed; 32, a method returned another value than 0; "
                   L"64, a wrong\n"
                   L"command line; 130, Ctrl-C.\n");
}

static int print_help(const struct command_line *line)
{
    struct text text = {0};
    bool printed;

    if (line->version)
        text_add(&text, L"cim (Cork) " CORK_VERSION "\n");
    else if (line->verb)
        add_verb_help(&text, line->verb);
    else
        add_help(&text);
    printed = print_text(&text);
    text_free(&text);
    return printed ? 0 : MI_RESULT_FAILED;
}

/* ---- One command ------------------------------------------------------------------------------------------------ */

static BOOL WINAPI on_break(DWORD event)
{
    /* A second one ends the program as Windows does. */
    if ((event != CTRL_C_EVENT && event != CTRL_BREAK_EVENT) || operation_is_cancelled()) return FALSE;
    operation_cancel();
    return TRUE;
}

static MI_Result make_options(struct cim *cim)
{
    MI_Uint32 seconds = cim->line.timeout;
    MI_Interval timeout = {
        .days = seconds / 86400, .hours = seconds / 3600 % 24, .minutes = seconds / 60 % 60, .seconds = seconds % 60};
    MI_Result result;

    if (!seconds) return MI_RESULT_OK;
    result = MI_Application_NewOperationOptions(&cim->application, MI_FALSE, &cim->options);
    return result == MI_RESULT_OK ? MI_OperationOptions_SetTimeout(&cim->options, &timeout) : result;
}

static int run_in_session(struct cim *cim)
{
    MI_Instance *error = NULL;
    MI_Result result = make_options(cim);
    int code;

    if (result == MI_RESULT_OK)
        result = MI_Application_NewSession(&cim->application, NULL, NULL, NULL, NULL, &error, &cim->session);
    if (result == MI_RESULT_OK)
    {
        code = cim->line.verb->run(cim);
        MI_Session_Close(&cim->session, NULL, NULL);
    }
    else
        code = fail(result, NULL, error, L"the session");
    if (error) MI_Instance_Delete(error);
    MI_OperationOptions_Delete(&cim->options);
    return code;
}

static int run(struct cim *cim)
{
    MI_Instance *error = NULL;
    MI_Result result = MI_Application_Initialize(0, L"cim", &error, &cim->application);
    int code;

    if (result != MI_RESULT_OK) return fail(result, NULL, error, L"mi.dll");
    SetConsoleCtrlHandler(on_break, TRUE);
    code = run_in_session(cim);
    MI_Application_Close(&cim->application);
    return code;
}

int main(void)
{
    static struct cim cim;
    MI_Char error[LINE_ERROR_SIZE];
    int count = 0, code;
    LPWSTR *arguments = CommandLineToArgvW(GetCommandLineW(), &count);

    if (!arguments) return fail(MI_RESULT_SERVER_LIMITS_EXCEEDED, L"Memory is short.", NULL, L"the command line");
    if (!command_line_parse(&cim.line, count ? count - 1 : 0, arguments + 1, error))
        code = fail_usage(L"%ls; cim %ls%ls--help says how it is used", error,
                          cim.line.verb ? cim.line.verb->name : L"", cim.line.verb ? L" " : L"");
    else if (cim.line.help || cim.line.version)
        code = print_help(&cim.line);
    else
        code = run(&cim);
    LocalFree(arguments);
    console_exit(code);
}
