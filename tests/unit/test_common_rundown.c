/* Rundown: who may enter, who closes, and when the last one has left. */
#include <stdatomic.h>
#include <stdlib.h>

#include "common/rundown.h"
#include "common/thread_mark.h"
#include "test_framework.h"
#include "test_threads.h"

#ifdef _WIN32
#define ROUNDS 300 /* starting a thread takes longer in Wine than all it does here */
#else
#define ROUNDS 3000
#endif

START_TEST(enter_and_leave_nest)
{
    struct cork_rundown rundown;
    struct cork_pin first, second;

    require(cork_rundown_init(&rundown));
    require(!cork_rundown_is_closed(&rundown));
    require(cork_rundown_enter(&rundown, &first));
    require(cork_rundown_enter(&rundown, &second));
    require(first.object == &rundown);
    cork_rundown_leave(&first); /* not the newest one */
    cork_rundown_leave(&second);
    require(cork_rundown_close_and_wait(&rundown) == CORK_OK);
    require(cork_rundown_is_closed(&rundown));
}
END_TEST

START_TEST(closed_rundown_admits_nobody_and_is_closed_once)
{
    struct cork_rundown rundown;
    struct cork_pin pin;

    cork_rundown_init(&rundown);
    require(cork_rundown_close_and_wait(&rundown) == CORK_OK);
    require(!cork_rundown_enter(&rundown, &pin));
    require(!cork_rundown_enter_unowned(&rundown));
    require(cork_rundown_close_and_wait(&rundown) == CORK_NOT_FOUND);
    require(cork_rundown_close_and_notify(&rundown, NULL, NULL) == CORK_NOT_FOUND);
}
END_TEST

static void count(void *context)
{
    ++*(int *)context;
}

START_TEST(own_entry_is_recognised)
{
    struct cork_rundown rundown;
    struct cork_pin pin;
    int notified = 0;

    cork_rundown_init(&rundown);
    require(cork_rundown_enter(&rundown, &pin));
    require(cork_rundown_close_and_wait(&rundown) == CORK_OWN_PIN);
    require(!cork_rundown_is_closed(&rundown));
    require(cork_rundown_close_and_notify(&rundown, count, &notified) == CORK_OK);
    require(cork_rundown_close_and_wait(&rundown) == CORK_NOT_FOUND);
    require(notified == 0);
    cork_rundown_leave(&pin);
    require(notified == 1);
}
END_TEST

START_TEST(adopted_entry_is_the_threads_own)
{
    struct cork_rundown rundown;
    struct cork_pin pin;

    cork_rundown_init(&rundown);
    require(cork_rundown_enter_unowned(&rundown));
    cork_rundown_adopt(&rundown, &pin);
    require(cork_rundown_close_and_wait(&rundown) == CORK_OWN_PIN);
    cork_rundown_leave(&pin);
    require(cork_rundown_close_and_wait(&rundown) == CORK_OK);
}
END_TEST

START_TEST(notify_comes_at_once_where_nobody_is_inside)
{
    struct cork_rundown rundown;
    int notified = 0;

    cork_rundown_init(&rundown);
    require(cork_rundown_close_and_notify(&rundown, count, &notified) == CORK_OK);
    require(notified == 1);
}
END_TEST

START_TEST(notify_may_free_the_rundown)
{
    struct cork_rundown *rundown = malloc(sizeof(*rundown));
    struct cork_pin pin;

    cork_rundown_init(rundown);
    require(cork_rundown_enter(rundown, &pin));
    require(cork_rundown_close_and_notify(rundown, free, rundown) == CORK_OK);
    cork_rundown_leave(&pin);
}
END_TEST

/* --- threads --- */

/* A protected value that is not atomic: whoever is inside reads it, who has closed writes it. */
struct guarded
{
    struct cork_rundown rundown;
    unsigned value;
    atomic_int entered, won, notified, ready;
    bool by_notify;
};

static void end_value(void *context)
{
    struct guarded *guarded = context;

    require(guarded->value == 1);
    guarded->value = 2;
    atomic_fetch_add(&guarded->notified, 1);
}

static void enter_until_closed(void *argument)
{
    struct guarded *guarded = argument;
    struct cork_pin pin;

    atomic_fetch_add(&guarded->ready, 1);
    for (int i = 0;; i++)
    {
        if (i % 4)
        {
            if (!cork_rundown_enter(&guarded->rundown, &pin)) return;
            require(guarded->value == 1);
            cork_rundown_leave(&pin);
        }
        else
        {
            if (!cork_rundown_enter_unowned(&guarded->rundown)) return;
            require(guarded->value == 1);
            if (i % 8) test_yield();
            cork_rundown_leave_unowned(&guarded->rundown);
        }
        atomic_fetch_add(&guarded->entered, 1);
    }
}

static void close_it(void *argument)
{
    struct guarded *guarded = argument;
    enum cork_result result;

    atomic_fetch_add(&guarded->ready, 1);
    while (atomic_load(&guarded->ready) < 4)
        test_yield();
    result = guarded->by_notify ? cork_rundown_close_and_notify(&guarded->rundown, end_value, guarded)
                                : cork_rundown_close_and_wait(&guarded->rundown);
    require(result == CORK_OK || result == CORK_NOT_FOUND);
    if (result != CORK_OK) return;
    atomic_fetch_add(&guarded->won, 1);
    if (!guarded->by_notify) end_value(guarded);
}

START_TEST(users_and_closers_race)
{
    for (int round = 0; round < ROUNDS; round++)
    {
        struct guarded guarded = {.value = 1, .by_notify = round % 2};
        struct test_thread threads[4];

        cork_rundown_init(&guarded.rundown);
        for (int i = 0; i < 4; i++)
            test_thread_start(&threads[i], i < 2 ? enter_until_closed : close_it, &guarded);
        for (int i = 0; i < 4; i++)
            test_thread_join(&threads[i]);
        require(atomic_load(&guarded.won) == 1);
        require(atomic_load(&guarded.notified) == 1);
        require(guarded.value == 2);
    }
}
END_TEST

/* ---- Marks ---- */

static void is_not_marked(void *object)
{
    struct cork_pin mark;

    require(!cork_thread_is_marked(object));
    require(!cork_thread_is_inside());
    cork_thread_mark_begin(&mark, object);
    require(cork_thread_is_marked(object));
    cork_thread_mark_end(&mark);
}

START_TEST(a_mark_counts_for_its_thread)
{
    struct cork_rundown rundown;
    struct cork_pin outer, inner, pin;
    struct test_thread thread;
    int object, other;

    require(!cork_thread_is_inside());
    cork_thread_mark_begin(&outer, &object);
    cork_thread_mark_begin(&inner, &object); /* a callback in a callback */
    require(cork_thread_is_marked(&object));
    require(!cork_thread_is_marked(&other));
    test_thread_start(&thread, is_not_marked, &object);
    test_thread_join(&thread);
    cork_thread_mark_end(&outer);
    require(cork_thread_is_marked(&object));
    cork_thread_mark_end(&inner);
    require(!cork_thread_is_marked(&object));
    require(!cork_thread_is_inside());
    /* A pin is one, too; and a mark holds nothing up. */
    cork_rundown_init(&rundown);
    require(cork_rundown_enter(&rundown, &pin));
    require(cork_thread_is_inside());
    cork_rundown_leave(&pin);
    cork_thread_mark_begin(&outer, &object);
    require(cork_rundown_close_and_wait(&rundown) == CORK_OK);
    cork_thread_mark_end(&outer);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("rundown");
    TCase *tcase = tcase_create("rundown");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_set_timeout(tcase, 120);
    suite_add_tcase(suite, tcase);
    tcase_add_test(tcase, enter_and_leave_nest);
    tcase_add_test(tcase, closed_rundown_admits_nobody_and_is_closed_once);
    tcase_add_test(tcase, own_entry_is_recognised);
    tcase_add_test(tcase, adopted_entry_is_the_threads_own);
    tcase_add_test(tcase, notify_comes_at_once_where_nobody_is_inside);
    tcase_add_test(tcase, notify_may_free_the_rundown);
    tcase_add_test(tcase, users_and_closers_race);
    tcase_add_test(tcase, a_mark_counts_for_its_thread);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
