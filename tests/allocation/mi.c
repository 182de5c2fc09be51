/*
 * mi without memory: scenarios, over and over, with another allocation failing each time. Linked with the DLL's own
 * object files, so that its allocator can be replaced. Every call has to succeed, and then with all that belongs to its
 * result, or to fail with a result that lack of memory explains; nothing may crash, and closing has to leave no memory
 * behind.
 */
#include "mi_scenario.h"

#include <stdio.h>
#include <string.h>

/* ---- What comes of the calls --------------------------------------------------------------------------------------
 */

#define AMOUNT_LIMIT 32

MI_Application application;

static const struct scenario *current;
static int wrong;     /* calls that failed otherwise, or succeeded in part */
static int succeeded; /* calls of this scenario */
static int without;   /* calls of it that failed for lack of memory */

/* What calls of this scenario come to when there is memory. */
static struct
{
    const char *what;
    long amount;
} amounts[AMOUNT_LIMIT];

void complain(const char *what, const char *how, long number)
{
    printf("# %s, allocation %ld: %s %s %ld\n", current->name, failing_allocation(), what, how, number);
    wrong++;
}

int worked(MI_Result result, const char *what)
{
    if (result == MI_RESULT_OK) return ++succeeded;
    if (result == MI_RESULT_SERVER_LIMITS_EXCEEDED)
        without++;
    else
        complain(what, "gives", result);
    return 0;
}

void complete(const char *what, long amount)
{
    int i = 0;

    while (i < AMOUNT_LIMIT - 1 && amounts[i].what && strcmp(amounts[i].what, what) != 0)
        i++;
    if (!amounts[i].what)
    {
        amounts[i].what = what;
        amounts[i].amount = amount;
    }
    if (amounts[i].amount != amount) complain(what, "comes to another amount:", amount);
}

long amount_of(const MI_Instance *instance)
{
    MI_Uint32 count = 0, flags = 0;
    long amount = 0;

    MI_Instance_GetElementCount(instance, &count);
    for (MI_Uint32 i = 0; i < count; i++)
        if (MI_Instance_GetElementAt(instance, i, NULL, NULL, NULL, &flags) == MI_RESULT_OK)
            amount += flags & MI_FLAG_NULL ? 1 : 2;
    return amount;
}

/* ---- The scenarios ------------------------------------------------------------------------------------------------
 */

static void with_session(void)
{
    MI_Session session = MI_SESSION_NULL;
    MI_Instance *error = NULL;

    if (worked(MI_Application_NewSession(&application, NULL, NULL, NULL, NULL, &error, &session), "NewSession"))
    {
        current->operate(&session);
        worked(MI_Session_Close(&session, NULL, NULL), "MI_Session_Close");
    }
    if (error) MI_Instance_Delete(error);
}

static void run_current(void)
{
    if (current->run)
        current->run();
    else
        with_session();
}

static int worked_with_memory;

static void note_plain(void)
{
    worked_with_memory = succeeded && !without && !wrong;
}

static int test_number;

static void report(int holds, const char *what, long number)
{
    printf("%s %d - %s: %s (%ld)\n", holds ? "ok" : "not ok", ++test_number, current->name, what, number);
    if (!holds) wrong = 1;
}

static int run_scenario(const struct scenario *scenario)
{
    struct allocation_counts counts;

    current = scenario;
    wrong = succeeded = without = worked_with_memory = 0;
    memset(amounts, 0, sizeof(amounts));
    each_allocation(run_current, note_plain, &counts);
    report(worked_with_memory, "with memory everything works, calls", succeeded);
    report(counts.left == 0, "nothing is left after the closes, blocks", counts.left);
    report(counts.failed > counts.allocations / 2, "every allocation failed once", counts.failed);
    report(!wrong, "each failure is reported as a lack of memory, and nothing is left out", wrong);
    report(!counts.leaks, "a failure leaves no memory behind, times", counts.leaks);
    return wrong;
}

static int run_all(const struct scenario *scenarios, const char *only)
{
    int failed = 0;

    for (; scenarios->name; scenarios++)
        if (!only || !strcmp(scenarios->name, only)) failed |= run_scenario(scenarios);
    return failed;
}

/* mi_allocation [SCENARIO] */
int main(int argc, char **argv)
{
    const char *only = argc > 1 ? argv[1] : NULL;
    int failed;

    setvbuf(stdout, NULL, _IONBF, 0);
    failed = MI_Application_Initialize(0, MI_T("allocation"), NULL, &application) != MI_RESULT_OK;
    failed |= run_all(object_scenarios, only);
    failed |= run_all(codec_scenarios, only);
    failed |= run_all(operation_scenarios, only);
    failed |= MI_Application_Close(&application) != MI_RESULT_OK;
    printf("%s %d - the application closes\n1..%d\n", failed ? "not ok" : "ok", test_number + 1, test_number + 1);
    return failed;
}
