/*
 * Check, or for Windows builds, where there is none, the few functions of it that the portable tests use.
 *
 * The stand-in runs each test in the same process, ends a test at its first failure, and prints TAP.
 */
#ifndef TEST_FRAMEWORK_H
#define TEST_FRAMEWORK_H

#ifndef _WIN32

#include <check.h>

/* Check's own assertions note each place that they pass, by a system call and without a lock: too much for long loops
 * and for threads. */
#define require(condition) ((condition) ? (void)0 : ck_abort_msg("%s:%d: %s", __FILE__, __LINE__, #condition))

#else

#include <setjmp.h>
#include <stdio.h>
#include <string.h>

#define TEST_LIMIT 200

typedef struct
{
    const char *name;
    void (*function)(void);
} TTest;

typedef struct
{
    TTest tests[TEST_LIMIT];
    int count, failed;
    jmp_buf out;
} TCase;

typedef TCase Suite;
typedef TCase SRunner;
enum print_output
{
    CK_ENV
};

static TCase test_case;

#define START_TEST(test)                                                                                               \
    static void test##_body(void);                                                                                     \
    static const TTest test##_entry = {#test, test##_body};                                                            \
    static const TTest *test = &test##_entry;                                                                          \
    static void test##_body(void)                                                                                      \
    {
#define END_TEST }

#define tcase_create(name)             (&test_case)
#define suite_create(name)             (&test_case)
#define suite_add_tcase(suite, tcase)  ((void)(suite), (void)(tcase))
#define tcase_add_test(tcase, test)    ((tcase)->tests[(tcase)->count++] = *(test))
#define tcase_set_timeout(tcase, time) ((void)(tcase))
#define srunner_create(suite)          (suite)
#define srunner_ntests_failed(runner)  ((runner)->failed)
#define srunner_free(runner)           ((void)(runner))

static inline void test_fail(const char *file, int line, const char *what)
{
    printf("# %s:%d: %s\n", file, line, what);
    longjmp(test_case.out, 1);
}

#define require(condition) ((condition) ? (void)0 : test_fail(__FILE__, __LINE__, #condition))

static inline void srunner_run_all(SRunner *runner, enum print_output output)
{
    (void)output;
    printf("1..%d\n", runner->count);
    for (int i = 0; i < runner->count; i++)
    {
        volatile int number = i;

        if (!setjmp(runner->out))
        {
            runner->tests[i].function();
            printf("ok %d - %s\n", number + 1, runner->tests[number].name);
        }
        else
        {
            runner->failed++;
            printf("not ok %d - %s\n", number + 1, runner->tests[number].name);
        }
        fflush(stdout);
    }
}

#endif

#endif
