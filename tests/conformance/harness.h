/*
 * The frame of the conformance programs: checks that name the sentence of the documentation that they hold to, printed
 * as TAP.
 *
 * A program lists its groups in `groups`; a group is a source file with its cases. Every CHECK registers itself when
 * the program is built, so the plan is known before anything runs: a check that is not reached, because its case
 * crashed or its group hung, counts as failed and does not end the run. Each group runs in a child process of its own;
 * a case that crashes is left and the next one starts.
 *
 *   PROGRAM           runs all groups, each in a child process
 *   PROGRAM GROUP     runs one group in this process (for a debugger)
 *   PROGRAM --list    prints what is checked and what is unreachable: kind, function, id and sentence or reason,
 * separated by tabs
 *
 * Lines that the reports read (tools/conformance-report):
 *   ok 17 - SnmpOpen SNMPAPI_HWND_INVALID: "The hWnd parameter is not a valid window handle."
 *   # unreachable SnmpOpen SNMPAPI_ALLOC_ERROR: why no test can provoke it
 */
#ifndef CORK_TESTS_CONFORMANCE_HARNESS_H
#define CORK_TESTS_CONFORMANCE_HARNESS_H

#include <winsock2.h>
#include <windows.h>

struct check
{
    const char *function, *id, *sentence, *file;
    int line;
    int index;
};

struct test_case
{
    const char *name;
    void (*run)(void);
};

/* A source file with its cases; the list ends with a NULL name. */
struct group
{
    const char *name, *file;
    const struct test_case *cases;
};

/* A documented code that no test can provoke, and why. */
struct unreachable
{
    const char *function, *id, *why;
};

/* What the program supplies. Lists end with a NULL name or function. */
extern const struct group *const groups[];
extern const struct unreachable unreachable[];
/* Loads the DLL under test; called once in each process. Prints comments about it if `report`. */
void load_api(int report);
/* Whether the DLL exports the function. A check of a function that is not there fails whatever its condition says. */
int function_is_there(const char *name);
/* What `PROGRAM --exit HOW` does: uses the DLL and ends the process with code 42, without closing anything. */
void end_without_closing(const char *how);
/* Undoes whatever a case left behind; called before each case. */
void before_case(void);

/* One check: holds `condition` to `sentence` of `function`'s documentation. `id` is the return code or the remark's
 * name. A check that is passed more than once fails when any pass fails. Any thread. */
#define CHECK(function, id, sentence, condition)                                                                       \
    do                                                                                                                 \
    {                                                                                                                  \
        static struct check check_ = {#function, #id, sentence, __FILE__, __LINE__, -1};                               \
        static struct check *const check_entry_ __attribute__((section(".chk$m"), used)) = &check_;                    \
        harness_result(&check_, !!(condition));                                                                        \
    }                                                                                                                  \
    while (0)

/* The same, left out with a reason where the machine lacks what it needs. */
#define CHECK_IF(possible, why, function, id, sentence, condition)                                                     \
    CHECK_NAMED_IF(possible, why, #function, #id, sentence, condition)

/* The same for macros around it: function and id are strings already, so that no macro of their name is expanded. */
#define CHECK_NAMED_IF(possible, why, function, id, sentence, condition)                                               \
    do                                                                                                                 \
    {                                                                                                                  \
        static struct check check_ = {function, id, sentence, __FILE__, __LINE__, -1};                                 \
        static struct check *const check_entry_ __attribute__((section(".chk$m"), used)) = &check_;                    \
        if (possible)                                                                                                  \
            harness_result(&check_, !!(condition));                                                                    \
        else                                                                                                           \
            harness_skip(&check_, why);                                                                                \
    }                                                                                                                  \
    while (0)

/* Says what was seen instead; printed when the next check of this thread fails. */
void note(const char *format, ...) __attribute__((format(gnu_printf, 1, 2)));

void harness_result(struct check *check, int passed);
void harness_skip(struct check *check, const char *why);

#endif
