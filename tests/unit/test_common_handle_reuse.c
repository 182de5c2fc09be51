/* Handle table: when a handle's value comes back, how many there can be, where slots lie, and lack of memory. */
#include "common_objects.h"

#include "common/handle_slots.h"

/* A handle as one number out of (slots in the table) * (generations). */
static uint32_t compact(uint32_t value, uint32_t slots)
{
    require(value % (1 << 20) < slots);
    return value / (1 << 20) * slots + value % (1 << 20);
}

/* Opens and closes one object; returns its handle / 4. */
static uint32_t cycle(struct cork_handle_table *table)
{
    struct object object = OBJECT;

    open_object(table, TYPE_APPLE, &object);
    require(cork_handle_close(table, object.handle, TYPE_APPLE) == CORK_OK);
    return (uint32_t)((uintptr_t)object.handle / 4);
}

START_TEST(one_slots_generation_goes_round)
{
    struct cork_handle_table *table = NEW_TABLE(.max_slots = 1, .generation_bits = 3);
    uint32_t values[14];

    /* Slot 0 has no generation 0, which would be NULL. */
    for (int i = 0; i < 14; i++)
        values[i] = cycle(table);
    for (int i = 0; i < 7; i++)
    {
        require(values[i] != 0);
        require(values[i + 7] == values[i]);
        for (int j = 0; j < i; j++)
            require(values[i] != values[j]);
    }
    cork_handle_table_destroy(table);
}
END_TEST

/* Where nothing is held open, each value there is comes up once before the first one comes back. */
START_TEST(every_value_is_used_before_one_comes_back)
{
    struct cork_handle_table *table = NEW_TABLE(.max_slots = 64, .generation_bits = 4);
    static unsigned char uses[1 << 10];
    const int values = (1 << 10) - 1;

    for (int round = 1; round <= 3; round++)
    {
        for (int i = 0; i < values; i++)
        {
            uint32_t value = compact(cycle(table), 1 << 6);

            require(value < 1 << 10);
            uses[value]++;
        }
        require(uses[0] == 0);
        for (int i = 1; i <= values; i++)
            require(uses[i] == round);
    }
    cork_handle_table_destroy(table);
}
END_TEST

START_TEST(open_handles_keep_their_values_while_others_go_round)
{
    struct cork_handle_table *table = NEW_TABLE(.max_slots = 8, .generation_bits = 2);
    struct object held[7];
    struct cork_pin pin;

    for (int i = 0; i < 7; i++)
    {
        held[i] = OBJECT;
        open_object(table, TYPE_PEAR, &held[i]);
    }
    for (int i = 0; i < 100; i++)
    {
        uint32_t value = cycle(table);

        for (int j = 0; j < 7; j++)
            require(value != (uintptr_t)held[j].handle / 4);
    }
    for (int i = 0; i < 7; i++)
    {
        require(cork_handle_acquire(table, held[i].handle, TYPE_PEAR, &pin) == &held[i]);
        cork_pin_release(&pin);
    }
    cork_handle_table_destroy(table);
}
END_TEST

/* With 2 generations, 1,024 slots are used up after 2,047 handles. The table then has more than 1,000 retired ones, so
 * the oldest come back, in their order, and the table does not grow; 1,000 stay retired. */
START_TEST(retired_slots_come_back_oldest_first_when_enough_are_retired)
{
    struct cork_handle_table *table = NEW_TABLE(.max_slots = 16384, .generation_bits = 1, .min_retired = 1000);
    static uint32_t last[2047];
    size_t bytes;

    for (int i = 0; i < 2047; i++)
        last[i] = cycle(table);
    bytes = cork_handle_table_bytes(table);
    for (int i = 0; i < 20000; i++)
    {
        uint32_t value = cycle(table);

        /* Generation 0 of a slot is the one that was used 1,000 handles or more ago. */
        for (int j = 0; j < 1000; j++)
            require(value != last[(i + 2047 - 1 - j) % 2047]);
        last[i % 2047] = value;
    }
    require(cork_handle_table_bytes(table) == bytes);
    cork_handle_table_destroy(table);
}
END_TEST

/* Before that many are retired, the table grows rather than use a value again. */
START_TEST(table_grows_rather_than_reuse_a_retired_slot)
{
    struct cork_handle_table *table = NEW_TABLE(.max_slots = 4096, .generation_bits = 1, .min_retired = 4096);
    static unsigned char used[1 << 13];

    for (int i = 0; i < (1 << 13) - 1; i++)
    {
        uint32_t value = compact(cycle(table), 1 << 12);

        require(used[value] == 0);
        used[value] = 1;
    }
    /* Nothing else is left now. */
    require(used[compact(cycle(table), 1 << 12)] == 1);
    cork_handle_table_destroy(table);
}
END_TEST

START_TEST(retired_slots_serve_where_memory_for_more_is_lacking)
{
    struct counting_allocator allocator;
    struct cork_handle_table *table;

    counting_allocator_init(&allocator, 3); /* the table and one chunk */
    table = NEW_TABLE(.max_slots = 4096, .generation_bits = 1, .allocator = &allocator.hooks);
    for (int i = 0; i < 2047 + 1; i++)
        cycle(table);
    require(allocator.allocations == 3);
    cork_handle_table_destroy(table);
    require(allocator.live == 0);
}
END_TEST

/* --- where slots lie --- */

static uintptr_t line_pair(struct cork_handle_table *table, struct object *object)
{
    struct cork_pin pin;
    uintptr_t place;

    require(cork_handle_acquire(table, object->handle, TYPE_APPLE, &pin) == object);
    place = (uintptr_t)pin.held / CORK_LINE_PAIR;
    cork_pin_release(&pin);
    return place;
}

static uintptr_t open_elsewhere(struct cork_handle_table *table, struct object *object, uintptr_t last)
{
    uintptr_t pair;

    *object = OBJECT;
    open_object(table, TYPE_APPLE, object);
    pair = line_pair(table, object);
    require(pair != last);
    return pair;
}

START_TEST(handles_opened_one_after_another_lie_on_different_line_pairs)
{
    static struct object objects[5000];
    struct cork_handle_table *table = NEW_TABLE(.max_slots = 4500);
    uintptr_t last = 0;
    uint32_t random = 1;

    for (int i = 0; i < 4500; i++)
        last = open_elsewhere(table, &objects[i], last);
    /* Closed in the order of their slots, the worst one. */
    cork_handle_close_all(table, CORK_ANY_TYPE);
    for (int i = 0; i < 4500; i++)
        last = open_elsewhere(table, &objects[i], last);
    /* And at random, always with some free. */
    for (int i = 0; i < 100; i++)
        cork_handle_close(table, objects[i].handle, TYPE_APPLE);
    for (int i = 0; i < 20000; i++)
    {
        int victim = 100 + (random = random * 1664525 + 1013904223) % 4400;

        cork_handle_close(table, objects[victim].handle, TYPE_APPLE);
        last = open_elsewhere(table, &objects[victim], last);
    }
    cork_handle_table_destroy(table);
}
END_TEST

/* --- how many --- */

START_TEST(a_million_handles_are_open_at_once)
{
    enum
    {
        COUNT = 1000000
    };
    struct object *objects = calloc(COUNT, sizeof(*objects));
    struct cork_handle_table *table = NEW_TABLE(0);
    size_t empty = cork_handle_table_bytes(table);
    unsigned char *seen = calloc(1 << 20, 1);
    struct cork_pin pin;

    require(objects != NULL);
    require(seen != NULL);
    for (int i = 0; i < COUNT; i++)
    {
        objects[i] = OBJECT;
        open_object(table, TYPE_APPLE, &objects[i]);
        seen[(uintptr_t)objects[i].handle / 4 % (1 << 20)]++;
    }
    for (int i = 0; i < 1 << 20; i++)
        require(seen[i] <= 1);
    require(cork_handle_count(table, CORK_ANY_TYPE) == COUNT);
    for (int i = 0; i < COUNT; i++)
    {
        require(cork_handle_acquire(table, objects[i].handle, TYPE_APPLE, &pin) == &objects[i]);
        cork_pin_release(&pin);
    }
    require((cork_handle_table_bytes(table)) / COUNT <= 31);
    require(empty < 16384);
    require(cork_handle_close_all_and_wait(table, TYPE_APPLE) == 0);
    for (int i = 0; i < COUNT; i++)
        require(objects[i].destroyed == 1);
    cork_handle_table_destroy(table);
    free(objects);
    free(seen);
}
END_TEST

START_TEST(full_table_refuses_until_one_is_closed)
{
    enum
    {
        COUNT = 1 << 20
    };
    struct object *objects = calloc(COUNT + 1, sizeof(*objects));
    struct cork_handle_table *table = NEW_TABLE(0);
    struct object *more;

    require(objects != NULL);
    for (int i = 0; i < COUNT; i++)
    {
        objects[i] = OBJECT;
        open_object(table, TYPE_APPLE, &objects[i]);
    }
    more = &objects[COUNT];
    *more = OBJECT;
    require(cork_handle_open(table, TYPE_APPLE, more, &more->handle, NULL) == CORK_FULL);
    require(more->handle == NULL);
    require(cork_handle_close(table, objects[77].handle, TYPE_APPLE) == CORK_OK);
    open_object(table, TYPE_APPLE, more);
    cork_handle_table_destroy(table);
    require(more->destroyed == 1);
    free(objects);
}
END_TEST

START_TEST(limit_of_slots_is_kept)
{
    struct cork_handle_table *table = NEW_TABLE(.max_slots = 1500);
    static struct object objects[1501];

    for (int i = 0; i <= 1500; i++)
        objects[i] = OBJECT;
    for (int i = 0; i < 1500; i++)
        open_object(table, TYPE_APPLE, &objects[i]);
    require(cork_handle_open(table, TYPE_APPLE, &objects[1500], &objects[1500].handle, NULL) == CORK_FULL);
    cork_handle_table_destroy(table);
}
END_TEST

/* --- lack of memory --- */

/* Makes allocation number `fail_at` fail while a table is made and 4,000 handles are opened. Returns false once nothing
 * failed. */
static bool try_with_failure(int fail_at)
{
    static struct object objects[4000];
    struct counting_allocator allocator;
    struct cork_handle_table_config config = {object_types, 2, 0, 0, 0, &allocator.hooks};
    struct cork_handle_table *table;
    bool failed = false;
    int opened = 0;

    counting_allocator_init(&allocator, fail_at);
    table = cork_handle_table_create(&config);
    if (!table)
    {
        require(allocator.live == 0);
        return true;
    }
    for (int i = 0; i < 4000; i++)
    {
        enum cork_result result;

        objects[i] = OBJECT;
        result = cork_handle_open(table, TYPE_APPLE, &objects[i], &objects[i].handle, NULL);
        if (result == CORK_OK)
        {
            opened++;
            continue;
        }
        require(result == CORK_NO_MEMORY);
        require(objects[i].handle == NULL);
        require(!failed);
        failed = true;
        i--; /* works the next time */
    }
    require(opened == 4000);
    require(cork_handle_count(table, CORK_ANY_TYPE) == 4000);
    cork_handle_table_destroy(table);
    require(allocator.live == 0);
    return failed;
}

START_TEST(each_allocation_may_fail)
{
    int fail_at = 1;

    while (try_with_failure(fail_at))
        fail_at++;
    require(fail_at == 6); /* the table and 4 chunks failed, each once */
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("handle reuse");
    TCase *tcase = tcase_create("handle reuse");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_set_timeout(tcase, 120);
    suite_add_tcase(suite, tcase);
    tcase_add_test(tcase, one_slots_generation_goes_round);
    tcase_add_test(tcase, every_value_is_used_before_one_comes_back);
    tcase_add_test(tcase, open_handles_keep_their_values_while_others_go_round);
    tcase_add_test(tcase, retired_slots_come_back_oldest_first_when_enough_are_retired);
    tcase_add_test(tcase, table_grows_rather_than_reuse_a_retired_slot);
    tcase_add_test(tcase, retired_slots_serve_where_memory_for_more_is_lacking);
    tcase_add_test(tcase, handles_opened_one_after_another_lie_on_different_line_pairs);
    tcase_add_test(tcase, a_million_handles_are_open_at_once);
    tcase_add_test(tcase, full_table_refuses_until_one_is_closed);
    tcase_add_test(tcase, limit_of_slots_is_kept);
    tcase_add_test(tcase, each_allocation_may_fail);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
