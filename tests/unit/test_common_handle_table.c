/* Handle table: what one handle is, its life, and the table as a whole. */
#include <signal.h>

#include "common_objects.h"

#include "common/handle_slots.h"

START_TEST(handle_is_nonzero_multiple_of_4_below_2_31)
{
    static struct object objects[3000];
    struct cork_handle_table *table = NEW_TABLE(0);
    uintptr_t seen = 0;

    for (size_t i = 0; i < 3000; i++)
    {
        objects[i] = OBJECT;
        open_object(table, TYPE_APPLE, &objects[i]);
        uintptr_t handle = (uintptr_t)objects[i].handle;
        require(handle != 0);
        require(handle % 4 == 0);
        require(handle < UINT32_C(1) << 31);
        for (size_t j = 0; j < i; j++)
            require(objects[i].handle != objects[j].handle);
        seen |= handle;
    }
    require(seen != 0);
    cork_handle_table_destroy(table);
}
END_TEST

START_TEST(acquire_gives_the_object_of_the_handle)
{
    struct cork_handle_table *table = NEW_TABLE(0);
    struct object apple = OBJECT, pear = OBJECT;
    struct cork_pin first, second;

    open_object(table, TYPE_APPLE, &apple);
    open_object(table, TYPE_PEAR, &pear);
    require(cork_handle_acquire(table, apple.handle, TYPE_APPLE, &first) == &apple);
    require(first.object == &apple);
    require(cork_handle_acquire(table, pear.handle, TYPE_PEAR, &second) == &pear);
    cork_pin_release(&second);
    cork_pin_release(&first);
    cork_handle_table_destroy(table);
    require(apple.destroyed == 1);
    require(pear.destroyed == 1);
}
END_TEST

/* Whatever is no open handle of the type is "not found" to every function. */
static void check_not_found(struct cork_handle_table *table, const void *handle, unsigned type)
{
    struct cork_pin pin;
    struct cork_reference reference;

    require(cork_handle_acquire(table, handle, type, &pin) == NULL);
    require(cork_handle_acquire_reference(table, handle, type, &reference) == NULL);
    require(cork_handle_close(table, handle, type) == CORK_NOT_FOUND);
    require(cork_handle_close_and_wait(table, handle, type) == CORK_NOT_FOUND);
}

START_TEST(wrong_type_is_not_found)
{
    struct cork_handle_table *table = NEW_TABLE(0);
    struct object apple = OBJECT;

    open_object(table, TYPE_APPLE, &apple);
    check_not_found(table, apple.handle, TYPE_PEAR);
    require(apple.cancelled == 0);
    /* The thread holds nothing by what failed. */
    require(cork_handle_close_and_wait(table, apple.handle, TYPE_APPLE) == CORK_OK);
    cork_handle_table_destroy(table);
}
END_TEST

START_TEST(stale_handle_is_not_found)
{
    struct cork_handle_table *table = NEW_TABLE(.max_slots = 1);
    struct object old = OBJECT, new = OBJECT;

    open_object(table, TYPE_APPLE, &old);
    require(cork_handle_close(table, old.handle, TYPE_APPLE) == CORK_OK);
    check_not_found(table, old.handle, TYPE_APPLE);
    open_object(table, TYPE_APPLE, &new);
    require(old.handle != new.handle);
    check_not_found(table, old.handle, TYPE_APPLE);
    cork_handle_table_destroy(table);
}
END_TEST

START_TEST(null_invalid_and_forged_handles_are_not_found)
{
    static const uintptr_t forged[] = {0, UINTPTR_MAX, UINTPTR_MAX - 1, UINTPTR_MAX - 3, 1,           2,
                                       3, 4,           0x7ffffffc,      0x80000000u,     0xfffffffcu, 0x40000000u};
    struct cork_handle_table *table = NEW_TABLE(0);
    struct object apple = OBJECT;

    for (size_t i = 0; i < sizeof(forged) / sizeof(*forged); i++)
        check_not_found(table, (void *)forged[i], TYPE_APPLE);
    open_object(table, TYPE_APPLE, &apple);
    for (size_t i = 0; i < sizeof(forged) / sizeof(*forged); i++)
    {
        if (forged[i] != (uintptr_t)apple.handle) check_not_found(table, (void *)forged[i], TYPE_APPLE);
    }
    cork_handle_table_destroy(table);
}
END_TEST

/* Each other bit pattern that differs from a good handle in one or two bits, the upper half of a 64-bit one included.
 */
START_TEST(handles_with_flipped_bits_are_not_found)
{
    struct cork_handle_table *table = NEW_TABLE(.max_slots = 16);
    struct object apple = OBJECT;
    const unsigned bits = sizeof(uintptr_t) * 8;

    open_object(table, TYPE_APPLE, &apple);
    for (unsigned a = 0; a < bits; a++)
    {
        for (unsigned b = a; b < bits; b++)
        {
            uintptr_t flip = (uintptr_t)1 << a | (uintptr_t)1 << b;

            check_not_found(table, (void *)((uintptr_t)apple.handle ^ flip), TYPE_APPLE);
        }
    }
    cork_handle_table_destroy(table);
}
END_TEST

START_TEST(sign_extension_and_truncation_keep_a_handle)
{
    struct cork_handle_table *table = NEW_TABLE(.max_slots = 1, .generation_bits = 9);
    struct object object;
    struct cork_pin pin;

    for (int i = 0; i < 511; i++) /* the highest generation, too */
    {
        object = OBJECT;
        open_object(table, TYPE_APPLE, &object);
        void *converted = (void *)(intptr_t)(int32_t)(uintptr_t)object.handle;
        require(cork_handle_acquire(table, converted, TYPE_APPLE, &pin) == &object);
        cork_pin_release(&pin);
        require(cork_handle_close(table, object.handle, TYPE_APPLE) == CORK_OK);
    }
    cork_handle_table_destroy(table);
}
END_TEST

START_TEST(close_succeeds_once_and_destroys_at_once)
{
    struct cork_handle_table *table = NEW_TABLE(0);
    struct object apple = OBJECT;

    open_object(table, TYPE_APPLE, &apple);
    require(cork_handle_close(table, apple.handle, TYPE_APPLE) == CORK_OK);
    require(apple.cancelled == 1);
    require(apple.destroyed == 1);
    check_not_found(table, apple.handle, TYPE_APPLE);
    require(cork_handle_count(table, CORK_ANY_TYPE) == 0);
    cork_handle_table_destroy(table);
}
END_TEST

START_TEST(close_leaves_the_object_to_its_last_pin)
{
    struct cork_handle_table *table = NEW_TABLE(0);
    struct object apple = OBJECT;
    struct cork_pin first, second;

    open_object(table, TYPE_APPLE, &apple);
    cork_handle_acquire(table, apple.handle, TYPE_APPLE, &first);
    cork_handle_acquire(table, apple.handle, TYPE_APPLE, &second);
    require(cork_handle_close(table, apple.handle, TYPE_APPLE) == CORK_OK);
    require(apple.cancelled == 1);
    check_not_found(table, apple.handle, TYPE_APPLE);
    cork_pin_release(&first); /* not the newest one */
    require(apple.destroyed == 0);
    require(apple.value == ALIVE);
    require(cork_handle_count(table, TYPE_APPLE) == 1);
    cork_pin_release(&second);
    require(apple.destroyed == 1);
    require(cork_handle_count(table, TYPE_APPLE) == 0);
    cork_handle_table_destroy(table);
}
END_TEST

START_TEST(close_and_wait_refuses_to_wait_for_its_own_thread)
{
    struct cork_handle_table *table = NEW_TABLE(0);
    struct object apple = OBJECT, other = OBJECT;
    struct cork_pin pin, between, again;

    open_object(table, TYPE_APPLE, &apple);
    open_object(table, TYPE_APPLE, &other);
    cork_handle_acquire(table, apple.handle, TYPE_APPLE, &pin);
    cork_handle_acquire(table, other.handle, TYPE_APPLE, &between);
    require(cork_handle_close_and_wait(table, apple.handle, TYPE_APPLE) == CORK_OWN_PIN);
    require(apple.cancelled == 0);
    require(cork_handle_acquire(table, apple.handle, TYPE_APPLE, &again) == &apple);
    cork_pin_release(&again);
    check_not_found(table, apple.handle, TYPE_PEAR);
    cork_pin_release(&pin);
    require(cork_handle_close_and_wait(table, apple.handle, TYPE_APPLE) == CORK_OK);
    require(apple.destroyed == 1);
    require(other.cancelled == 0);
    cork_pin_release(&between);
    cork_handle_table_destroy(table);
}
END_TEST

/* What the DLLs' close functions do in a callback. */
START_TEST(close_after_own_pin_destroys_when_the_pin_goes)
{
    struct cork_handle_table *table = NEW_TABLE(0);
    struct object apple = OBJECT;
    struct cork_pin pin;

    open_object(table, TYPE_APPLE, &apple);
    cork_handle_acquire(table, apple.handle, TYPE_APPLE, &pin);
    require(cork_handle_close_and_wait(table, apple.handle, TYPE_APPLE) == CORK_OWN_PIN);
    require(cork_handle_close(table, apple.handle, TYPE_APPLE) == CORK_OK);
    require(cork_handle_close_and_wait(table, apple.handle, TYPE_APPLE) == CORK_NOT_FOUND);
    require(apple.destroyed == 0);
    cork_pin_release(&pin);
    require(apple.destroyed == 1);
    cork_handle_table_destroy(table);
}
END_TEST

START_TEST(references_hold_without_belonging_to_a_thread)
{
    struct cork_handle_table *table = NEW_TABLE(0);
    struct object apple = OBJECT;
    struct cork_reference first, second, third;
    struct cork_pin pin;

    open_object(table, TYPE_APPLE, &apple);
    require(cork_handle_acquire_reference(table, apple.handle, TYPE_APPLE, &first) == &apple);
    cork_handle_acquire(table, apple.handle, TYPE_APPLE, &pin);
    cork_pin_reference(&pin, &second);
    require(second.object == &apple);
    require(cork_handle_close(table, apple.handle, TYPE_APPLE) == CORK_OK);
    cork_pin_reference(&pin, &third); /* works after the close, too */
    cork_pin_release(&pin);
    cork_reference_release(&first);
    cork_reference_release(&third);
    require(apple.destroyed == 0);
    cork_reference_release(&second);
    require(apple.destroyed == 1);
    cork_handle_table_destroy(table);
}
END_TEST

START_TEST(adopted_reference_is_the_threads_own_detached_pin_is_not)
{
    struct cork_handle_table *table = NEW_TABLE(0);
    struct object apple = OBJECT;
    struct cork_reference reference;
    struct cork_pin pin;

    open_object(table, TYPE_APPLE, &apple);
    cork_handle_acquire_reference(table, apple.handle, TYPE_APPLE, &reference);
    cork_reference_adopt(&reference, &pin);
    require(pin.object == &apple);
    require(cork_handle_close_and_wait(table, apple.handle, TYPE_APPLE) == CORK_OWN_PIN);
    cork_pin_detach(&pin, &reference);
    require(cork_handle_close(table, apple.handle, TYPE_APPLE) == CORK_OK);
    require(apple.destroyed == 0);
    cork_reference_release(&reference);
    require(apple.destroyed == 1);
    cork_handle_table_destroy(table);
}
END_TEST

START_TEST(open_can_pin_for_the_opener)
{
    struct cork_handle_table *table = NEW_TABLE(0);
    struct object apple = OBJECT;
    struct cork_pin pin;

    require(cork_handle_open(table, TYPE_APPLE, &apple, &apple.handle, &pin) == CORK_OK);
    require(pin.object == &apple);
    require(cork_handle_close_and_wait(table, apple.handle, TYPE_APPLE) == CORK_OWN_PIN);
    cork_handle_close_all(table, CORK_ANY_TYPE);
    require(apple.destroyed == 0);
    cork_pin_release(&pin);
    require(apple.destroyed == 1);
    cork_handle_table_destroy(table);
}
END_TEST

/* --- the cancel and destroy callbacks --- */

static void cancel_in_use(struct object *object)
{
    struct cork_handle_table *table = object->context;

    check_not_found(table, object->handle, TYPE_APPLE);
    require(cork_handle_count(table, TYPE_APPLE) == 1);
    /* Waits for all but what this thread is about. */
    require(cork_handle_close_all_and_wait(table, CORK_ANY_TYPE) == 1);
    require(object->destroyed == 0);
}

static void destroy_in_use(struct object *object)
{
    struct cork_handle_table *table = object->context;

    check_not_found(table, object->handle, TYPE_APPLE);
    require(cork_handle_close_all_and_wait(table, CORK_ANY_TYPE) == 1);
}

START_TEST(callbacks_find_the_handle_closed_and_may_call_the_table)
{
    struct cork_handle_table *table = NEW_TABLE(0);
    struct object apple = OBJECT;

    apple.on_cancel = cancel_in_use;
    apple.on_destroy = destroy_in_use;
    apple.context = table;
    for (int wait = 0; wait < 2; wait++)
    {
        apple.value = ALIVE;
        apple.cancelled = apple.destroyed = 0;
        open_object(table, TYPE_APPLE, &apple);
        require((wait ? cork_handle_close_and_wait : cork_handle_close)(table, apple.handle, TYPE_APPLE) == CORK_OK);
        require(apple.destroyed == 1);
    }
    cork_handle_table_destroy(table);
}
END_TEST

static void release_reference(struct object *object)
{
    cork_reference_release(object->context);
}

START_TEST(cancel_may_release_what_the_close_waits_for)
{
    struct cork_handle_table *table = NEW_TABLE(0);
    struct object apple = OBJECT;
    struct cork_reference reference;

    apple.on_cancel = release_reference;
    apple.context = &reference;
    open_object(table, TYPE_APPLE, &apple);
    cork_handle_acquire_reference(table, apple.handle, TYPE_APPLE, &reference);
    require(cork_handle_close_and_wait(table, apple.handle, TYPE_APPLE) == CORK_OK);
    require(apple.destroyed == 1);
    cork_handle_table_destroy(table);
}
END_TEST

static void reopen_in_destroy(struct object *object)
{
    struct object *next = object->context;
    struct cork_handle_table *table = next->context;

    open_object(table, TYPE_PEAR, next);
}

START_TEST(destroy_may_open_another)
{
    struct cork_handle_table *table = NEW_TABLE(0);
    struct object apple = OBJECT, pear = OBJECT;

    pear.context = table;
    apple.context = &pear;
    apple.on_destroy = reopen_in_destroy;
    open_object(table, TYPE_APPLE, &apple);
    require(cork_handle_close(table, apple.handle, TYPE_APPLE) == CORK_OK);
    require(cork_handle_close(table, pear.handle, TYPE_PEAR) == CORK_OK);
    cork_handle_table_destroy(table);
}
END_TEST

START_TEST(callbacks_are_optional)
{
    static const struct cork_handle_type type = {"plain", NULL, NULL};
    struct cork_handle_table *table =
        cork_handle_table_create(&(struct cork_handle_table_config){.types = &type, .type_count = 1});
    int object;
    void *handle;

    require(cork_handle_open(table, 1, &object, &handle, NULL) == CORK_OK);
    require(cork_handle_close_and_wait(table, handle, 1) == CORK_OK);
    require(cork_handle_open(table, 1, &object, &handle, NULL) == CORK_OK);
    cork_handle_table_destroy(table);
}
END_TEST

/* --- the whole table --- */

START_TEST(walk_meets_each_open_object_of_the_type_once)
{
    static struct object objects[2500];
    struct cork_handle_table *table = NEW_TABLE(0);
    unsigned met = 0, apples = 0;
    struct object *object;
    struct cork_pin pin;
    void *handle;

    for (size_t i = 0; i < 2500; i++)
    {
        objects[i] = OBJECT;
        open_object(table, i % 3 ? TYPE_PEAR : TYPE_APPLE, &objects[i]);
    }
    for (size_t i = 0; i < 2500; i += 5)
        cork_handle_close(table, objects[i].handle, i % 3 ? TYPE_PEAR : TYPE_APPLE);
    for (uint32_t at = 0; (object = cork_handle_next(table, CORK_ANY_TYPE, &at, &handle, &pin)); met++)
    {
        require(object->handle == handle);
        require(pin.object == object);
        require(object->context == NULL);
        object->context = table;
        cork_pin_release(&pin);
    }
    require(met == 2000);
    for (uint32_t at = 0; (object = cork_handle_next(table, TYPE_APPLE, &at, NULL, &pin)); apples++)
    {
        require((object - objects) % 3 == 0);
        require(cork_handle_close(table, object->handle, TYPE_APPLE) == CORK_OK);
        cork_pin_release(&pin);
        require(object->destroyed == 1);
    }
    require(apples == 667);
    require(cork_handle_count(table, TYPE_APPLE) == 0);
    require(cork_handle_count(table, TYPE_PEAR) == 1333);
    cork_handle_table_destroy(table);
}
END_TEST

START_TEST(walk_of_an_empty_table_ends)
{
    struct cork_handle_table *table = NEW_TABLE(0);
    struct cork_pin pin;
    uint32_t at = 0;

    require(cork_handle_next(table, CORK_ANY_TYPE, &at, NULL, &pin) == NULL);
    require(cork_handle_close_all_and_wait(table, CORK_ANY_TYPE) == 0);
    cork_handle_table_destroy(table);
}
END_TEST

START_TEST(close_all_closes_one_type_or_everything)
{
    struct cork_handle_table *table = NEW_TABLE(0);
    struct object objects[6];

    for (int i = 0; i < 6; i++)
    {
        objects[i] = OBJECT;
        open_object(table, i % 2 ? TYPE_PEAR : TYPE_APPLE, &objects[i]);
    }
    cork_handle_close_all(table, TYPE_PEAR);
    for (int i = 0; i < 6; i++)
        require(objects[i].destroyed == i % 2);
    require(cork_handle_close_all_and_wait(table, CORK_ANY_TYPE) == 0);
    for (int i = 0; i < 6; i++)
        require(objects[i].destroyed == 1);
    cork_handle_table_destroy(table);
}
END_TEST

START_TEST(close_all_and_wait_leaves_what_the_thread_has_pinned)
{
    struct cork_handle_table *table = NEW_TABLE(0), *elsewhere = NEW_TABLE(0);
    struct object apple = OBJECT, pear = OBJECT, other = OBJECT, foreign = OBJECT;
    struct cork_pin first, second, third, fourth;

    open_object(table, TYPE_APPLE, &apple);
    open_object(table, TYPE_PEAR, &pear);
    open_object(table, TYPE_PEAR, &other);
    open_object(elsewhere, TYPE_PEAR, &foreign);
    cork_handle_acquire(table, apple.handle, TYPE_APPLE, &first);
    cork_handle_acquire(table, apple.handle, TYPE_APPLE, &second); /* twice the same counts once */
    cork_handle_acquire(table, pear.handle, TYPE_PEAR, &third);
    cork_handle_acquire(elsewhere, foreign.handle, TYPE_PEAR, &fourth);
    require(cork_handle_close_all_and_wait(table, TYPE_APPLE) == 1);
    require(cork_handle_close_all_and_wait(table, CORK_ANY_TYPE) == 2);
    require(other.destroyed == 1);
    require(apple.destroyed + pear.destroyed == 0);
    cork_pin_release(&fourth);
    cork_pin_release(&third);
    cork_pin_release(&second);
    cork_pin_release(&first);
    require(apple.destroyed + pear.destroyed == 2);
    require(foreign.cancelled == 0);
    cork_handle_table_destroy(table);
    cork_handle_table_destroy(elsewhere);
}
END_TEST

START_TEST(shut_table_takes_no_objects_until_reopened)
{
    struct cork_handle_table *table = NEW_TABLE(0);
    struct object apple = OBJECT, late = OBJECT;
    struct cork_pin pin;

    open_object(table, TYPE_APPLE, &apple);
    cork_handle_table_shut(table);
    late.handle = &late;
    require(cork_handle_open(table, TYPE_APPLE, &late, &late.handle, NULL) == CORK_SHUT);
    require(late.handle == NULL);
    require(cork_handle_acquire(table, apple.handle, TYPE_APPLE, &pin) == &apple);
    cork_pin_release(&pin);
    require(cork_handle_close_all_and_wait(table, CORK_ANY_TYPE) == 0);
    cork_handle_table_reopen(table);
    open_object(table, TYPE_APPLE, &late);
    cork_handle_table_destroy(table);
    require(late.destroyed == 1);
}
END_TEST

START_TEST(table_of_impossible_shape_is_refused)
{
    static const struct cork_handle_table_config bad[] = {
        {.types = object_types, .type_count = 0},
        {.types = object_types, .type_count = 256},
        {.types = object_types, .type_count = 2, .generation_bits = 10},
        {.types = object_types, .type_count = 2, .max_slots = (1 << 20) + 1},
    };

    for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
        require(cork_handle_table_create(&bad[i]) == NULL);
    cork_handle_table_destroy(NULL);
}
END_TEST

/* The count of pins cannot run over into the other parts of the state. */
START_TEST(pins_are_refused_at_the_limit)
{
    struct cork_handle_table *table = NEW_TABLE(0);
    struct object apple = OBJECT;
    struct cork_pin pin, more;
    struct cork_handle_slot *slot;

    open_object(table, TYPE_APPLE, &apple);
    cork_handle_acquire(table, apple.handle, TYPE_APPLE, &pin);
    slot = pin.held;
    atomic_fetch_add(&slot->state, 0x7ffffffd);
    require(cork_handle_acquire(table, apple.handle, TYPE_APPLE, &more) == &apple);
    cork_pin_release(&more);
    atomic_fetch_add(&slot->state, 1);
    require(cork_handle_acquire(table, apple.handle, TYPE_APPLE, &more) == NULL);
    atomic_fetch_sub(&slot->state, 0x7ffffffe);
    cork_pin_release(&pin);
    cork_handle_table_destroy(table);
}
END_TEST

#ifndef _WIN32

/* A pin that is not the thread's own, or not any more, would leave its list pointing into a stack that is gone. */
START_TEST(pin_released_twice_stops_the_program)
{
    struct cork_handle_table *table = NEW_TABLE(0);
    struct object apple = OBJECT;
    struct cork_pin pin, other;

    open_object(table, TYPE_APPLE, &apple);
    cork_handle_acquire(table, apple.handle, TYPE_APPLE, &other);
    cork_handle_acquire(table, apple.handle, TYPE_APPLE, &pin);
    cork_pin_release(&pin);
    cork_pin_release(&pin);
}
END_TEST

static void release_foreign(void *pin)
{
    cork_pin_release(pin);
}

START_TEST(pin_released_by_another_thread_stops_the_program)
{
    struct cork_handle_table *table = NEW_TABLE(0);
    struct object apple = OBJECT;
    struct test_thread thread;
    struct cork_pin pin;

    open_object(table, TYPE_APPLE, &apple);
    cork_handle_acquire(table, apple.handle, TYPE_APPLE, &pin);
    test_thread_start(&thread, release_foreign, &pin);
    test_thread_join(&thread);
}
END_TEST

START_TEST(destroying_a_table_in_use_stops_the_program)
{
    struct cork_handle_table *table = NEW_TABLE(0);
    struct object apple = OBJECT;
    struct cork_pin pin;

    open_object(table, TYPE_APPLE, &apple);
    cork_handle_acquire(table, apple.handle, TYPE_APPLE, &pin);
    cork_handle_table_destroy(table);
}
END_TEST

#endif

int main(void)
{
    Suite *suite = suite_create("handle table");
    TCase *tcase = tcase_create("handle table");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_set_timeout(tcase, 300);
    suite_add_tcase(suite, tcase);
    tcase_add_test(tcase, handle_is_nonzero_multiple_of_4_below_2_31);
    tcase_add_test(tcase, acquire_gives_the_object_of_the_handle);
    tcase_add_test(tcase, wrong_type_is_not_found);
    tcase_add_test(tcase, stale_handle_is_not_found);
    tcase_add_test(tcase, null_invalid_and_forged_handles_are_not_found);
    tcase_add_test(tcase, handles_with_flipped_bits_are_not_found);
    tcase_add_test(tcase, sign_extension_and_truncation_keep_a_handle);
    tcase_add_test(tcase, close_succeeds_once_and_destroys_at_once);
    tcase_add_test(tcase, close_leaves_the_object_to_its_last_pin);
    tcase_add_test(tcase, close_and_wait_refuses_to_wait_for_its_own_thread);
    tcase_add_test(tcase, close_after_own_pin_destroys_when_the_pin_goes);
    tcase_add_test(tcase, references_hold_without_belonging_to_a_thread);
    tcase_add_test(tcase, adopted_reference_is_the_threads_own_detached_pin_is_not);
    tcase_add_test(tcase, open_can_pin_for_the_opener);
    tcase_add_test(tcase, callbacks_find_the_handle_closed_and_may_call_the_table);
    tcase_add_test(tcase, cancel_may_release_what_the_close_waits_for);
    tcase_add_test(tcase, destroy_may_open_another);
    tcase_add_test(tcase, callbacks_are_optional);
    tcase_add_test(tcase, walk_meets_each_open_object_of_the_type_once);
    tcase_add_test(tcase, walk_of_an_empty_table_ends);
    tcase_add_test(tcase, close_all_closes_one_type_or_everything);
    tcase_add_test(tcase, close_all_and_wait_leaves_what_the_thread_has_pinned);
    tcase_add_test(tcase, shut_table_takes_no_objects_until_reopened);
    tcase_add_test(tcase, table_of_impossible_shape_is_refused);
    tcase_add_test(tcase, pins_are_refused_at_the_limit);
#ifndef _WIN32
    tcase_add_test_raise_signal(tcase, pin_released_twice_stops_the_program, SIGILL);
    tcase_add_test_raise_signal(tcase, pin_released_by_another_thread_stops_the_program, SIGILL);
    tcase_add_test_raise_signal(tcase, destroying_a_table_in_use_stops_the_program, SIGILL);
#endif
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
