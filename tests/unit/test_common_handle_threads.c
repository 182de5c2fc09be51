/* Handle table: several threads at once. Built with TSan, AddressSanitizer, and for Windows. */
#include "common_objects.h"

#ifndef STRESS_ROUNDS
#define STRESS_ROUNDS 60000
#endif

/* A thread that pins or references an object, says so, and lets go when told to. */
struct holder
{
    struct test_thread thread;
    struct cork_handle_table *table;
    struct object *object;
    bool by_reference;
    atomic_bool holds, may_let_go, lets_go;
};

static void hold(void *argument)
{
    struct holder *holder = argument;
    struct cork_reference reference;
    struct cork_pin pin;

    if (holder->by_reference)
        require(cork_handle_acquire_reference(holder->table, holder->object->handle, TYPE_APPLE, &reference) != NULL);
    else
        require(cork_handle_acquire(holder->table, holder->object->handle, TYPE_APPLE, &pin) != NULL);
    atomic_store(&holder->holds, true);
    while (!atomic_load(&holder->may_let_go))
        test_yield();
    test_pause();
    require(holder->object->value == ALIVE);
    atomic_store(&holder->lets_go, true);
    if (holder->by_reference)
        cork_reference_release(&reference);
    else
        cork_pin_release(&pin);
}

static void start_holder(struct holder *holder, struct cork_handle_table *table, struct object *object,
                         bool by_reference)
{
    memset(holder, 0, sizeof(*holder));
    holder->table = table;
    holder->object = object;
    holder->by_reference = by_reference;
    test_thread_start(&holder->thread, hold, holder);
    while (!atomic_load(&holder->holds))
        test_yield();
}

static void let_go_on_cancel(struct object *object)
{
    struct holder *holder = object->context;

    atomic_store(&holder->may_let_go, true);
}

START_TEST(close_and_wait_waits_for_other_threads_and_destroys_itself)
{
    struct cork_handle_table *table = NEW_TABLE(0);
    struct object apple;
    struct holder holder;

    for (int by_reference = 0; by_reference < 2; by_reference++)
    {
        apple = OBJECT;
        apple.on_cancel = let_go_on_cancel;
        apple.context = &holder;
        open_object(table, TYPE_APPLE, &apple);
        start_holder(&holder, table, &apple, by_reference);
        require(cork_handle_close_and_wait(table, apple.handle, TYPE_APPLE) == CORK_OK);
        require(atomic_load(&holder.lets_go));
        require(apple.destroyed == 1);
        require(apple.destroyer == test_thread_id());
        test_thread_join(&holder.thread);
    }
    cork_handle_table_destroy(table);
}
END_TEST

START_TEST(close_returns_at_once_and_the_holder_destroys)
{
    struct cork_handle_table *table = NEW_TABLE(0);
    struct object apple = OBJECT;
    struct holder holder;

    open_object(table, TYPE_APPLE, &apple);
    start_holder(&holder, table, &apple, false);
    require(cork_handle_close(table, apple.handle, TYPE_APPLE) == CORK_OK);
    require(atomic_load(&apple.destroyed) == 0);
    atomic_store(&holder.may_let_go, true);
    test_thread_join(&holder.thread);
    require(apple.destroyed == 1);
    require(apple.destroyer != test_thread_id());
    cork_handle_table_destroy(table);
}
END_TEST

START_TEST(another_threads_pin_is_no_own_pin)
{
    struct cork_handle_table *table = NEW_TABLE(0);
    struct object apple = OBJECT, mine = OBJECT;
    struct holder holder;
    struct cork_pin pin;

    apple.on_cancel = let_go_on_cancel;
    apple.context = &holder;
    open_object(table, TYPE_APPLE, &apple);
    open_object(table, TYPE_APPLE, &mine);
    cork_handle_acquire(table, mine.handle, TYPE_APPLE, &pin);
    start_holder(&holder, table, &apple, false);
    require(cork_handle_close_and_wait(table, apple.handle, TYPE_APPLE) == CORK_OK);
    test_thread_join(&holder.thread);
    cork_pin_release(&pin);
    cork_handle_table_destroy(table);
}
END_TEST

START_TEST(close_all_and_wait_waits_for_what_others_closed)
{
    struct cork_handle_table *table = NEW_TABLE(0);
    struct object apple = OBJECT;
    struct holder holder;

    open_object(table, TYPE_APPLE, &apple);
    start_holder(&holder, table, &apple, true);
    require(cork_handle_close(table, apple.handle, TYPE_APPLE) == CORK_OK);
    atomic_store(&holder.may_let_go, true);
    require(cork_handle_close_all_and_wait(table, CORK_ANY_TYPE) == 0);
    require(atomic_load(&holder.lets_go));
    require(apple.destroyed == 1);
    test_thread_join(&holder.thread);
    cork_handle_table_destroy(table);
}
END_TEST

/* --- many closers, one winner --- */

struct race
{
    struct test_thread thread;
    struct cork_handle_table *table;
    struct object *objects;
    int count, won;
    atomic_int *start;
    bool wait;
};

static void close_each(void *argument)
{
    struct race *race = argument;

    atomic_fetch_sub(race->start, 1);
    while (atomic_load(race->start) > 0)
        test_yield();
    for (int i = 0; i < race->count; i++)
    {
        enum cork_result result = (race->wait ? cork_handle_close_and_wait
                                              : cork_handle_close)(race->table, race->objects[i].handle, TYPE_APPLE);

        require(result == CORK_OK || result == CORK_NOT_FOUND);
        race->won += result == CORK_OK;
    }
}

START_TEST(exactly_one_of_many_closes_wins)
{
    enum
    {
        COUNT = 20000,
        THREADS = 4
    };
    struct object *objects = calloc(COUNT, sizeof(*objects));
    struct cork_handle_table *table = NEW_TABLE(0);
    struct race races[THREADS];
    atomic_int start = THREADS;
    int won = 0;

    for (int i = 0; i < COUNT; i++)
    {
        objects[i] = OBJECT;
        open_object(table, TYPE_APPLE, &objects[i]);
    }
    for (int i = 0; i < THREADS; i++)
    {
        races[i] = (struct race){.table = table, .objects = objects, .count = COUNT, .start = &start, .wait = i % 2};
        test_thread_start(&races[i].thread, close_each, &races[i]);
    }
    for (int i = 0; i < THREADS; i++)
    {
        test_thread_join(&races[i].thread);
        won += races[i].won;
    }
    require(won == COUNT);
    for (int i = 0; i < COUNT; i++)
        require(objects[i].destroyed == 1);
    require(cork_handle_count(table, CORK_ANY_TYPE) == 0);
    cork_handle_table_destroy(table);
    free(objects);
}
END_TEST

/* --- everything at once --- */

#define BOARD 64

/* Handles that threads know of, good and stale ones. */
struct stress
{
    struct cork_handle_table *table;
    void *_Atomic board[BOARD];
    atomic_int opened, destroyed, cancelled;
    atomic_bool stop;
};

struct stress_thread
{
    struct test_thread thread;
    struct stress *stress;
    uint32_t random;
    long done;
};

static void count_destroy(struct object *object)
{
    struct stress *stress = object->context;

    atomic_fetch_add(&stress->destroyed, 1);
}

static uint32_t next_random(struct stress_thread *thread)
{
    thread->random = thread->random * 1664525 + 1013904223;
    return thread->random >> 8;
}

static void *pick(struct stress_thread *thread)
{
    return atomic_load(&thread->stress->board[next_random(thread) % BOARD]);
}

static void opener(void *argument)
{
    struct stress_thread *thread = argument;
    struct stress *stress = thread->stress;

    while (thread->done < STRESS_ROUNDS && !atomic_load(&stress->stop))
    {
        struct object *object = malloc(sizeof(*object));
        bool pinned = next_random(thread) % 2;
        enum cork_result result;
        struct cork_pin pin;
        void *handle;

        *object = OBJECT;
        object->context = stress;
        object->on_destroy = count_destroy;
        object->freed_on_destroy = true;
        result = cork_handle_open(stress->table, TYPE_APPLE, object, &handle, pinned ? &pin : NULL);
        if (result != CORK_OK)
        {
            free(object);
            if (result == CORK_SHUT) break;
            require(result == CORK_FULL);
            test_yield();
            continue;
        }
        thread->done++;
        atomic_fetch_add(&stress->opened, 1);
        /* What nobody knows of any more is closed, so that the table does not stay full of it. */
        cork_handle_close(stress->table, atomic_exchange(&stress->board[next_random(thread) % BOARD], handle),
                          TYPE_APPLE);
        if (pinned)
        {
            require(object->value == ALIVE);
            cork_pin_release(&pin);
        }
        if (next_random(thread) % 4 == 0) test_yield();
    }
    atomic_store(&stress->stop, true);
}

static void use_reference(struct stress_thread *thread, struct cork_pin *pin)
{
    struct cork_reference reference, second;

    cork_pin_reference(pin, &reference);
    cork_pin_release(pin);
    cork_reference_adopt(&reference, pin);
    if (next_random(thread) % 2) test_yield();
    cork_pin_detach(pin, &second);
    require(((struct object *)second.object)->value == ALIVE);
    cork_reference_release(&second);
}

static void user(void *argument)
{
    struct stress_thread *thread = argument;

    while (!atomic_load(&thread->stress->stop))
    {
        void *handle = pick(thread);
        struct cork_pin pin;
        struct object *object = cork_handle_acquire(thread->stress->table, handle, TYPE_APPLE, &pin);

        if (!object) continue;
        thread->done++;
        require(object->value == ALIVE);
        if (next_random(thread) % 8 == 0) test_yield();
        if (next_random(thread) % 4 == 0)
        {
            use_reference(thread, &pin);
            continue;
        }
        if (next_random(thread) % 16 == 0)
            require(cork_handle_close_and_wait(thread->stress->table, handle, TYPE_APPLE) != CORK_OK);
        if (next_random(thread) % 16 == 0) cork_handle_close(thread->stress->table, handle, TYPE_APPLE);
        require(object->value == ALIVE);
        cork_pin_release(&pin);
    }
    /* NOLINTNEXTLINE(clang-analyzer-core.StackAddressEscape): every pin was released */
}

static void closer(void *argument)
{
    struct stress_thread *thread = argument;

    while (!atomic_load(&thread->stress->stop))
    {
        bool wait = next_random(thread) % 2;

        if ((wait ? cork_handle_close_and_wait : cork_handle_close)(thread->stress->table, pick(thread), TYPE_APPLE) ==
            CORK_OK)
            thread->done++;
        else if (next_random(thread) % 16 == 0)
            test_yield();
    }
}

static void walker(void *argument)
{
    struct stress_thread *thread = argument;
    struct object *object;
    struct cork_pin pin;
    void *handle;

    while (!atomic_load(&thread->stress->stop))
    {
        for (uint32_t at = 0; (object = cork_handle_next(thread->stress->table, CORK_ANY_TYPE, &at, &handle, &pin));)
        {
            require(object->value == ALIVE);
            thread->done++;
            cork_pin_release(&pin);
        }
        if (next_random(thread) % 32 == 0) cork_handle_close_all(thread->stress->table, CORK_ANY_TYPE);
        test_yield();
    }
}

/* Few slots and generations, so that both go round under way. */
static void run_stress(struct cork_handle_table_config config, bool shut_under_way)
{
    static void (*const roles[])(void *) = {opener, user, user, closer, walker, opener};
    enum
    {
        THREADS = sizeof(roles) / sizeof(*roles)
    };
    struct stress_thread threads[THREADS];
    struct stress stress = {.table = new_table(config)};

    for (int i = 0; i < THREADS; i++)
    {
        threads[i] = (struct stress_thread){.stress = &stress, .random = i * 7919 + 1};
        test_thread_start(&threads[i].thread, roles[i], &threads[i]);
    }
    if (shut_under_way)
    {
        while (atomic_load(&stress.opened) < STRESS_ROUNDS / 2 && !atomic_load(&stress.stop))
            test_yield();
        cork_handle_table_shut(stress.table);
        require(cork_handle_close_all_and_wait(stress.table, CORK_ANY_TYPE) == 0);
        require(cork_handle_count(stress.table, CORK_ANY_TYPE) == 0);
    }
    for (int i = 0; i < THREADS; i++)
        test_thread_join(&threads[i].thread);
    require(cork_handle_close_all_and_wait(stress.table, CORK_ANY_TYPE) == 0);
    require(atomic_load(&stress.opened) == atomic_load(&stress.destroyed));
    cork_handle_table_destroy(stress.table);
}

START_TEST(stress_with_few_slots_and_generations)
{
    run_stress((struct cork_handle_table_config){.max_slots = 256, .generation_bits = 3, .min_retired = 16}, false);
}
END_TEST

START_TEST(stress_with_the_usual_table)
{
    run_stress((struct cork_handle_table_config){0}, false);
}
END_TEST

START_TEST(stress_with_the_table_shut_and_closed_under_way)
{
    for (int i = 0; i < 5; i++)
        run_stress((struct cork_handle_table_config){.max_slots = 4096}, true);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("handle threads");
    TCase *tcase = tcase_create("handle threads");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_set_timeout(tcase, 120);
    suite_add_tcase(suite, tcase);
    tcase_add_test(tcase, close_and_wait_waits_for_other_threads_and_destroys_itself);
    tcase_add_test(tcase, close_returns_at_once_and_the_holder_destroys);
    tcase_add_test(tcase, another_threads_pin_is_no_own_pin);
    tcase_add_test(tcase, close_all_and_wait_waits_for_what_others_closed);
    tcase_add_test(tcase, exactly_one_of_many_closes_wins);
    tcase_add_test(tcase, stress_with_few_slots_and_generations);
    tcase_add_test(tcase, stress_with_the_usual_table);
    tcase_add_test(tcase, stress_with_the_table_shut_and_closed_under_way);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
