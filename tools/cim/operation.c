/* Operations from their start to their end: results, progress, Ctrl-C. */
#include "command.h"

#include <stdio.h>
#include <wchar.h>

#include "../console/output.h"

/* How long an operation runs before there is progress, and between two looks at it, in milliseconds. */
#define PATIENCE 500

/* Guards what follows: the operation that Ctrl-C cancels, and the terminal's line with progress. */
static SRWLOCK lock = SRWLOCK_INIT;
static MI_Operation *running;
static bool cancelled;
static size_t shown; /* characters of progress that stand on the terminal */

bool operation_is_cancelled(void)
{
    bool is;

    AcquireSRWLockExclusive(&lock);
    is = cancelled;
    ReleaseSRWLockExclusive(&lock);
    return is;
}

void operation_cancel(void)
{
    AcquireSRWLockExclusive(&lock);
    cancelled = true;
    if (running) MI_Operation_Cancel(running, MI_REASON_NONE);
    ReleaseSRWLockExclusive(&lock);
}

static void set_running(MI_Operation *operation)
{
    AcquireSRWLockExclusive(&lock);
    running = operation;
    if (operation && cancelled) MI_Operation_Cancel(operation, MI_REASON_NONE);
    ReleaseSRWLockExclusive(&lock);
}

MI_OperationOptions *operation_options(struct cim *cim)
{
    return cim->options.ft ? &cim->options : NULL;
}

/* ---- Progress --------------------------------------------------------------------------------------------------- */

static void erase_progress(void)
{
    MI_Char spaces[100];

    if (!shown) return;
    _snwprintf(spaces, 99, L"\r%*ls\r", (int)shown, L"");
    spaces[99] = 0;
    console_write(STD_ERROR_HANDLE, spaces, wcslen(spaces));
    shown = 0;
}

void operation_print_begin(void)
{
    AcquireSRWLockExclusive(&lock);
    erase_progress();
}

void operation_print_end(void)
{
    ReleaseSRWLockExclusive(&lock);
}

struct progress
{
    HANDLE thread, ended;
    ULONGLONG begun;
    volatile LONG count; /* results that were had */
    bool results_on_terminal;
};

/* Where the results themselves go to the terminal, they are the progress. */
static void show_progress(const struct progress *progress)
{
    MI_Char line[80];
    ULONGLONG seconds = (GetTickCount64() - progress->begun) / 1000;

    AcquireSRWLockExclusive(&lock);
    erase_progress();
    if (!progress->results_on_terminal || !progress->count)
    {
        _snwprintf(line, 79, L"cim: %ld results, %I64u s", progress->count, seconds);
        line[79] = 0;
        if (console_write(STD_ERROR_HANDLE, line, wcslen(line))) shown = wcslen(line);
    }
    ReleaseSRWLockExclusive(&lock);
}

static DWORD WINAPI show_until_ended(void *context)
{
    struct progress *progress = context;

    while (WaitForSingleObject(progress->ended, PATIENCE) == WAIT_TIMEOUT)
        show_progress(progress);
    return 0;
}

static void progress_begin(struct progress *progress)
{
    *progress = (struct progress){.begun = GetTickCount64()};
    if (!console_is_terminal(STD_ERROR_HANDLE)) return;
    progress->results_on_terminal = console_is_terminal(STD_OUTPUT_HANDLE);
    progress->ended = CreateEventW(NULL, TRUE, FALSE, NULL);
    if (progress->ended) progress->thread = CreateThread(NULL, 0, show_until_ended, progress, 0, NULL);
}

static void progress_end(struct progress *progress)
{
    if (progress->thread)
    {
        SetEvent(progress->ended);
        WaitForSingleObject(progress->thread, INFINITE);
        CloseHandle(progress->thread);
    }
    if (progress->ended) CloseHandle(progress->ended);
    operation_print_begin();
    operation_print_end();
}

/* ---- Results ---------------------------------------------------------------------------------------------------- */

struct outcome
{
    MI_Boolean more;
    MI_Result result;
    const MI_Char *message;
    const MI_Instance *error;
};

/* The next result, or none. Returns whether the sink wants more. */
static bool next(MI_Operation *operation, enum result_kind kind, const struct sink *sink, struct outcome *out,
                 bool *had)
{
    const MI_Instance *instance = NULL;
    const MI_Class *class_object = NULL;
    MI_Result result;

    *out = (struct outcome){.result = MI_RESULT_OK};
    *had = false;
    if (kind == RESULT_CLASSES)
        result = MI_Operation_GetClass(operation, &class_object, &out->more, &out->result, &out->message, &out->error);
    else if (kind == RESULT_INDICATIONS)
        result = MI_Operation_GetIndication(operation, &instance, NULL, NULL, &out->more, &out->result, &out->message,
                                            &out->error);
    else
        result = MI_Operation_GetInstance(operation, &instance, &out->more, &out->result, &out->message, &out->error);
    if (result != MI_RESULT_OK)
    {
        *out = (struct outcome){.result = result};
        return true;
    }
    *had = instance || class_object;
    if (class_object) return !sink || sink->class_object(sink->context, class_object);
    return !instance || !sink || sink->instance(sink->context, instance);
}

int operation_run(struct cim *cim, MI_Operation *operation, enum result_kind kind, const struct sink *sink,
                  const MI_Char *what)
{
    struct progress progress;
    struct outcome outcome;
    bool enough = false, had;
    int code = 0;

    set_running(operation);
    progress_begin(&progress);
    do
    {
        bool wants = next(operation, kind, enough ? NULL : sink, &outcome, &had);

        if (had && !enough) InterlockedIncrement(&progress.count);
        if (enough || (wants && (!cim->line.count || (MI_Uint32)progress.count < cim->line.count))) continue;
        enough = true;
        if (outcome.more) MI_Operation_Cancel(operation, MI_REASON_NONE);
    }
    while (outcome.more);
    progress_end(&progress);
    set_running(NULL);
    if (operation_is_cancelled())
    {
        tell(L"cim: %ls: cancelled after %ld results\n", what, progress.count);
        code = EXIT_CANCELLED;
    }
    else if (outcome.result != MI_RESULT_OK && !enough)
        code = fail(outcome.result, outcome.message, outcome.error, L"%ls", what);
    MI_Operation_Close(operation);
    return code;
}
