/*
 * Runs the groups, keeps the results where a crash does not lose them, prints TAP. See harness.h.
 */
#include "harness.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum
{
    MAX_CHECKS = 2048,
    NOTE_SIZE = 160,
    GROUP_TIME_LIMIT = 120 * 1000, /* milliseconds; for a group that hangs */
    CODE_CRASHED = 3               /* of a child in which a thread of no case crashed */
};

enum state
{
    NOT_REACHED,
    PASSED,
    FAILED,
    SKIPPED
};

/* Shared by the parent and the child that runs a group. */
struct results
{
    volatile LONG state[MAX_CHECKS];
    char note[MAX_CHECKS][NOTE_SIZE];
    char last_case[NOTE_SIZE];
    char crash[NOTE_SIZE];
};

/* The linker sorts by the part behind the $: the checks lie between these two. */
static struct check *const first_check __attribute__((section(".chk$a"), used)) = NULL;
static struct check *const last_check __attribute__((section(".chk$z"), used)) = NULL;

static struct check *checks[MAX_CHECKS];
static int check_count;
static struct results *results;
static __thread char pending_note[NOTE_SIZE];

void note(const char *format, ...)
{
    va_list args;

    va_start(args, format);
    vsnprintf(pending_note, sizeof(pending_note), format, args);
    va_end(args);
}

void harness_result(struct check *check, int passed)
{
    volatile LONG *state = &results->state[check->index];

    if (passed && function_is_there(check->function))
        InterlockedCompareExchange(state, PASSED, NOT_REACHED);
    else if (InterlockedExchange(state, FAILED) != FAILED)
        snprintf(results->note[check->index], NOTE_SIZE, "%s",
                 function_is_there(check->function) ? pending_note : "the DLL does not export it");
    pending_note[0] = 0;
}

void harness_skip(struct check *check, const char *why)
{
    /* What the DLL lacks is not left out: it is not there. */
    if (!function_is_there(check->function))
        harness_result(check, 0);
    else
    {
        InterlockedExchange(&results->state[check->index], SKIPPED);
        snprintf(results->note[check->index], NOTE_SIZE, "%s", why);
    }
}

static int compare_checks(const void *left, const void *right)
{
    const struct check *a = *(struct check *const *)left, *b = *(struct check *const *)right;
    int order = strcmp(a->file, b->file);

    return order ? order : a->line - b->line;
}

static void collect_checks(void)
{
    struct check *const *entry = &first_check;

    /* Between the object files the linker may leave zeros. */
    for (entry++; entry < &last_check; entry++)
        if (*entry && check_count < MAX_CHECKS) checks[check_count++] = *entry;
    qsort(checks, check_count, sizeof(checks[0]), compare_checks);
    for (int i = 0; i < check_count; i++)
        checks[i]->index = i;
}

/* ---- One group in this process ---------------------------------------------------------------------------------- */

static void *crash_return[5]; /* for __builtin_longjmp: no unwinding through frames that a crash may have spoilt */
static DWORD main_thread;

/* Only what nothing else handled comes here, so a DLL that probes pointers under a handler of its own is not disturbed.
 */
static LONG WINAPI on_crash(EXCEPTION_POINTERS *info)
{
    EXCEPTION_RECORD *record = info->ExceptionRecord;

    snprintf(results->crash, NOTE_SIZE, "%s crashed: exception %08lx at %p", results->last_case,
             (unsigned long)record->ExceptionCode, record->ExceptionAddress);
    if (GetCurrentThreadId() != main_thread) TerminateProcess(GetCurrentProcess(), CODE_CRASHED);
    __builtin_longjmp(crash_return, 1);
}

/* In 32 bit the chain of exception handlers lies on the stack, with its head in the thread's block. */
static void *handler_chain(void)
{
    void *head = NULL;
#ifdef __i386__
    __asm__ volatile("movl %%fs:0, %0" : "=r"(head));
#endif
    return head;
}

static void restore_handler_chain(void *head)
{
#ifdef __i386__
    __asm__ volatile("movl %0, %%fs:0" ::"r"(head));
#else
    (void)head;
#endif
}

/* Where nothing is left to go on with. */
static LONG WINAPI end_on_crash(EXCEPTION_POINTERS *info)
{
    TerminateProcess(GetCurrentProcess(), info->ExceptionRecord->ExceptionCode);
    return EXCEPTION_CONTINUE_SEARCH;
}

/* Calls it; a crash ends the call and is noted as the crash of `name`. */
static void run_guarded(const char *name, void (*call)(void))
{
    void *volatile handlers = handler_chain();

    snprintf(results->last_case, NOTE_SIZE, "%s", name);
    if (__builtin_setjmp(crash_return))
    {
        restore_handler_chain(handlers);
        fprintf(stderr, "# %s\n", results->crash);
        return;
    }
    call();
}

static void run_case(const struct test_case *test)
{
    run_guarded("cleaning up before a case", before_case);
    run_guarded(test->name, test->run);
}

static void run_group(const struct group *group)
{
    main_thread = GetCurrentThreadId();
    SetErrorMode(SEM_FAILCRITICALERRORS | SEM_NOGPFAULTERRORBOX);
    SetUnhandledExceptionFilter(on_crash);
    load_api(0);
    for (const struct test_case *test = group->cases; test->name; test++)
        run_case(test);
}

static const struct group *find_group(const char *name)
{
    for (const struct group *const *group = groups; *group; group++)
        if (!strcmp((*group)->name, name)) return *group;
    return NULL;
}

/* ---- All groups, each in a child -------------------------------------------------------------------------------- */

static struct results *map_results(const char *name)
{
    HANDLE mapping = CreateFileMappingA(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, sizeof(*results), name);
    struct results *map = mapping ? MapViewOfFile(mapping, FILE_MAP_WRITE, 0, 0, sizeof(*map)) : NULL;

    if (!map)
    {
        printf("Bail out! no shared memory: error %lu\n", GetLastError());
        exit(2);
    }
    return map;
}

/* Says in `end` how the child ended, empty when it came to its end. */
static void run_child(const struct group *group, const char *map_name, char *end, size_t size)
{
    char path[MAX_PATH], command[2 * MAX_PATH];
    STARTUPINFOA startup = {.cb = sizeof(startup)};
    PROCESS_INFORMATION child;
    DWORD code = 0;

    GetModuleFileNameA(NULL, path, sizeof(path));
    snprintf(command, sizeof(command), "\"%s\" --child %s %s", path, group->name, map_name);
    end[0] = 0;
    if (!CreateProcessA(path, command, NULL, NULL, FALSE, 0, NULL, NULL, &startup, &child))
    {
        snprintf(end, size, "the child process did not start: error %lu", GetLastError());
        return;
    }
    if (WaitForSingleObject(child.hProcess, GROUP_TIME_LIMIT) != WAIT_OBJECT_0)
    {
        TerminateProcess(child.hProcess, 4);
        WaitForSingleObject(child.hProcess, 10000);
        snprintf(end, size, "hung in %s", results->last_case);
    }
    else if (GetExitCodeProcess(child.hProcess, &code) && code == CODE_CRASHED)
        snprintf(end, size, "%s, on another thread", results->crash);
    else if (code)
        snprintf(end, size, "ended with code %lx in %s", (unsigned long)code, results->last_case);
    CloseHandle(child.hThread);
    CloseHandle(child.hProcess);
}

/* Prints a group's checks, numbered on from *number; returns how many failed. */
static int print_group(const struct group *group, const char *end, int *number)
{
    int failed = 0;

    for (int i = 0; i < check_count; i++)
    {
        const struct check *check = checks[i];
        LONG state = results->state[i];
        const char *why = results->note[i];

        if (strcmp(check->file, group->file) != 0) continue;
        if (state == NOT_REACHED) why = end[0] ? end : results->crash[0] ? results->crash : "not reached";
        printf("%sok %d - %s %s: \"%s\"%s%s\n", state == PASSED || state == SKIPPED ? "" : "not ", ++*number,
               check->function, check->id, check->sentence, state == SKIPPED ? " # SKIP " : "",
               state == SKIPPED ? why : "");
        if (state != PASSED && state != SKIPPED)
        {
            printf("# %s:%d: %s%s\n", check->file, check->line, state == NOT_REACHED ? "not reached: " : "", why);
            failed++;
        }
    }
    fflush(stdout);
    return failed;
}

static int run_all(void)
{
    char name[64], end[NOTE_SIZE];
    int failed = 0, number = 0;

    load_api(1);
    printf("1..%d\n", check_count);
    fflush(stdout);
    for (int i = 0; groups[i]; i++)
    {
        snprintf(name, sizeof(name), "cork_conformance_%lu_%d", GetCurrentProcessId(), i);
        results = map_results(name);
        run_child(groups[i], name, end, sizeof(end));
        failed += print_group(groups[i], end, &number);
    }
    for (const struct unreachable *code = unreachable; code->function; code++)
        printf("# unreachable %s %s: %s\n", code->function, code->id, code->why);
    printf("# %d of %d checks failed\n", failed, check_count);
    return failed ? 1 : 0;
}

static int run_one(const char *name)
{
    const struct group *group = find_group(name);
    int number = 0;

    if (!group)
    {
        printf("Bail out! no group is named %s\n", name);
        return 2;
    }
    results = calloc(1, sizeof(*results));
    run_group(group);
    number = 0;
    int failed = print_group(group, "", &number);
    printf("1..%d\n", number);
    return failed ? 1 : 0;
}

int main(int argc, char **argv)
{
    collect_checks();
    if (argc == 4 && !strcmp(argv[1], "--child"))
    {
        const struct group *group = find_group(argv[2]);

        results = map_results(argv[3]);
        if (!group) return 2;
        run_group(group);
        fflush(NULL);
        /* Threads that a crashed case left behind are not waited for. */
        TerminateProcess(GetCurrentProcess(), 0);
    }
    if (argc == 3 && !strcmp(argv[1], "--exit"))
    {
        SetErrorMode(SEM_FAILCRITICALERRORS | SEM_NOGPFAULTERRORBOX);
        SetUnhandledExceptionFilter(end_on_crash);
        end_without_closing(argv[2]);
    }
    if (argc == 2 && !strcmp(argv[1], "--list"))
    {
        for (int i = 0; i < check_count; i++)
            printf("check\t%s\t%s\t%s\n", checks[i]->function, checks[i]->id, checks[i]->sentence);
        for (const struct unreachable *code = unreachable; code->function; code++)
            printf("unreachable\t%s\t%s\t%s\n", code->function, code->id, code->why);
        return 0;
    }
    return argc > 1 ? run_one(argv[1]) : run_all();
}
