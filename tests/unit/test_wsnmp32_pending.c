/*
 * Outstanding requests and retransmission on a fake clock: the policy by hand, then a random run beside a simple model,
 * then size.
 */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "wsnmp32/pending.h"
#include "wsnmp32_support.h"

static struct snmp_pending_table table;
static struct snmp_pending_session sessions[8];

static void set_up(void)
{
    use_counting_allocator();
    memset(sessions, 0, sizeof(sessions));
    snmp_pending_init(&table);
}

static void tear_down(void)
{
    while (snmp_pending_pop(&table))
        ;
    for (size_t i = 0; i < 8; i++)
    {
        ck_assert_ptr_null(sessions[i].first);
        ck_assert_uint_eq(sessions[i].count, 0);
    }
    snmp_pending_free(&table);
    ck_assert_int_eq(live_allocations(), 0);
}

static struct snmp_pending request(int session, int32_t id, uint32_t timeout, uint32_t retries)
{
    struct snmp_pending node;

    memset(&node, 0, sizeof(node));
    node.session = &sessions[session];
    node.request_id = id;
    node.timeout = timeout;
    node.retries_left = retries;
    node.retransmit = true;
    return node;
}

START_TEST(empty_table)
{
    enum snmp_pending_action action = SNMP_PENDING_TIMEOUT;

    ck_assert_ptr_null(snmp_pending_match(&table, 1, NULL, NULL));
    ck_assert_ptr_null(snmp_pending_cancel(&table, &sessions[0], 1));
    ck_assert_ptr_null(snmp_pending_pop_session(&table, &sessions[0]));
    ck_assert_ptr_null(snmp_pending_take_due(&table, UINT64_MAX, &action));
    ck_assert_int_eq(action, SNMP_PENDING_NONE);
    ck_assert_uint_eq(snmp_pending_next_due(&table), UINT64_MAX);
    snmp_pending_stop_retransmission(&table);
    ck_assert_int_eq(total_allocations(), 0);
}
END_TEST

START_TEST(time_out_and_retries)
{
    struct snmp_pending node = request(0, 1, 50, 2); /* half a second, two retries */
    enum snmp_pending_action action;

    ck_assert(snmp_pending_add(&table, &node, 1000));
    ck_assert(!snmp_pending_add(&table, &node, 1000));
    ck_assert_uint_eq(snmp_pending_next_due(&table), 1500);
    ck_assert_ptr_null(snmp_pending_take_due(&table, 1499, &action));
    ck_assert_int_eq(action, SNMP_PENDING_NONE);
    ck_assert_ptr_eq(snmp_pending_take_due(&table, 1500, &action), &node);
    ck_assert_int_eq(action, SNMP_PENDING_RETRANSMIT);
    ck_assert_uint_eq(node.retries_left, 1);
    ck_assert(node.in_table);
    ck_assert_ptr_null(snmp_pending_take_due(&table, 1500, &action));
    /* A timer that is late delays the schedule: the next attempt gets its whole time-out. */
    ck_assert_ptr_eq(snmp_pending_take_due(&table, 2700, &action), &node);
    ck_assert_int_eq(action, SNMP_PENDING_RETRANSMIT);
    ck_assert_uint_eq(snmp_pending_next_due(&table), 3200);
    ck_assert_ptr_eq(snmp_pending_take_due(&table, 3200, &action), &node);
    ck_assert_int_eq(action, SNMP_PENDING_TIMEOUT);
    ck_assert(!node.in_table);
    ck_assert_uint_eq(snmp_pending_next_due(&table), UINT64_MAX);
}
END_TEST

START_TEST(no_retransmission_when_the_mode_is_off)
{
    struct snmp_pending node = request(0, 1, 10, 5);
    enum snmp_pending_action action;

    node.retransmit = false;
    ck_assert(snmp_pending_add(&table, &node, 0));
    ck_assert_ptr_eq(snmp_pending_take_due(&table, 100, &action), &node);
    ck_assert_int_eq(action, SNMP_PENDING_TIMEOUT);
    ck_assert(!node.retransmit);
    ck_assert_uint_eq(node.retries_left, 5);
}
END_TEST

START_TEST(mode_set_to_off_stops_retransmission)
{
    static struct snmp_pending a, b, later; /* outlive the test: the fixture empties the table */
    enum snmp_pending_action action;

    a = request(0, 1, 10, 5);
    b = request(1, 2, 20, 5);
    later = request(1, 3, 20, 1);
    ck_assert(snmp_pending_add(&table, &a, 0));
    ck_assert(snmp_pending_add(&table, &b, 0));
    ck_assert_ptr_eq(snmp_pending_take_due(&table, 100, &action), &a);
    snmp_pending_stop_retransmission(&table);
    ck_assert(snmp_pending_add(&table, &later, 100));
    ck_assert_uint_eq(snmp_pending_next_due(&table), 200);
    ck_assert_ptr_eq(snmp_pending_take_due(&table, 200, &action), &a);
    ck_assert_int_eq(action, SNMP_PENDING_TIMEOUT);
    ck_assert_ptr_eq(snmp_pending_take_due(&table, 200, &action), &b);
    ck_assert_int_eq(action, SNMP_PENDING_TIMEOUT);
    ck_assert(b.retransmit);
    ck_assert_ptr_eq(snmp_pending_take_due(&table, 300, &action), &later);
    ck_assert_int_eq(action, SNMP_PENDING_RETRANSMIT);
}
END_TEST

START_TEST(time_out_of_zero_ends)
{
    struct snmp_pending node = request(0, 1, 0, 3);
    enum snmp_pending_action action;
    int retransmitted = 0;

    ck_assert(snmp_pending_add(&table, &node, 7));
    while (snmp_pending_take_due(&table, 7, &action) && action == SNMP_PENDING_RETRANSMIT)
        retransmitted++;
    ck_assert_int_eq(retransmitted, 3);
    ck_assert_int_eq(action, SNMP_PENDING_TIMEOUT);
}
END_TEST

START_TEST(end_of_the_clock)
{
    struct snmp_pending node = request(0, 1, UINT32_MAX, 0), far = request(0, 2, UINT32_MAX, 0);
    enum snmp_pending_action action;

    ck_assert(snmp_pending_add(&table, &node, UINT64_MAX - 5));
    ck_assert_uint_eq(snmp_pending_next_due(&table), UINT64_MAX - 1);
    ck_assert(snmp_pending_add(&table, &far, 0));
    ck_assert_uint_eq(snmp_pending_next_due(&table), UINT64_C(42949672950));
    ck_assert_ptr_eq(snmp_pending_take_due(&table, UINT64_MAX, &action), &far);
    ck_assert_ptr_eq(snmp_pending_take_due(&table, UINT64_MAX, &action), &node);
}
END_TEST

static bool is_node(const struct snmp_pending *node, void *context)
{
    return node == context;
}

static bool never(const struct snmp_pending *node, void *context)
{
    (void)node;
    ++*(int *)context;
    return false;
}

START_TEST(match_order)
{
    struct snmp_pending nodes[5];
    int asked = 0;

    for (int i = 0; i < 5; i++)
    {
        nodes[i] = request(i % 2, i == 4 ? -7 : 7, (uint32_t)(50 - 10 * i), 0);
        ck_assert(snmp_pending_add(&table, &nodes[i], 0));
    }
    ck_assert_ptr_null(snmp_pending_match(&table, 8, NULL, NULL));
    ck_assert_ptr_null(snmp_pending_match(&table, 7, never, &asked));
    ck_assert_int_eq(asked, 4);
    ck_assert_ptr_eq(snmp_pending_match(&table, 7, is_node, &nodes[2]), &nodes[2]);
    ck_assert_ptr_null(snmp_pending_match(&table, 7, is_node, &nodes[2]));
    /* The oldest, though it is due last; and growth keeps the order. */
    ck_assert(snmp_pending_reserve(&table, 1000));
    ck_assert_ptr_eq(snmp_pending_match(&table, 7, NULL, NULL), &nodes[0]);
    ck_assert_ptr_eq(snmp_pending_cancel(&table, &sessions[0], 7), NULL);
    ck_assert_ptr_eq(snmp_pending_cancel(&table, &sessions[1], 7), &nodes[1]);
    ck_assert_ptr_eq(snmp_pending_match(&table, 7, NULL, NULL), &nodes[3]);
    ck_assert_ptr_eq(snmp_pending_match(&table, -7, NULL, NULL), &nodes[4]);
    ck_assert(!snmp_pending_remove(&table, &nodes[4]));
    /* A node can be used again. */
    ck_assert(snmp_pending_add(&table, &nodes[4], 0));
    ck_assert(snmp_pending_remove(&table, &nodes[4]));
}
END_TEST

START_TEST(closing_a_session)
{
    static struct snmp_pending nodes[30];

    for (int i = 0; i < 30; i++)
    {
        nodes[i] = request(i % 3, i, 10, 0);
        ck_assert(snmp_pending_add(&table, &nodes[i], 0));
    }
    ck_assert_uint_eq(sessions[1].count, 10);
    for (int i = 1; i < 30; i += 3)
        ck_assert_ptr_eq(snmp_pending_pop_session(&table, &sessions[1]), &nodes[i]);
    ck_assert_ptr_null(snmp_pending_pop_session(&table, &sessions[1]));
    ck_assert_uint_eq(table.count, 20);
    for (int i = 0; i < 30; i++)
        ck_assert_int_eq(nodes[i].in_table, i % 3 != 1);
}
END_TEST

START_TEST(reserve_and_failing_allocations)
{
    static struct snmp_pending nodes[200];
    long total;

    for (int i = 0; i < 200; i++)
        nodes[i] = request(0, i, 10, 0);
    for (long successes = 0; successes < 2; successes++)
    {
        fail_allocation(successes);
        ck_assert(!snmp_pending_add(&table, &nodes[0], 0));
        ck_assert(allocation_failed());
        ck_assert(!nodes[0].in_table);
        ck_assert_int_eq(live_allocations(), 0);
    }
    fail_allocation(-1);
    ck_assert(snmp_pending_reserve(&table, 100));
    total = total_allocations();
    for (int i = 0; i < 100; i++)
        ck_assert(snmp_pending_add(&table, &nodes[i], 0));
    ck_assert_int_eq(total_allocations(), total);
    for (int i = 100; table.count < table.heap_size; i++)
        ck_assert(snmp_pending_add(&table, &nodes[i], 0));
    for (long successes = 0; successes < 2; successes++)
    {
        fail_allocation(successes);
        ck_assert(!snmp_pending_add(&table, &nodes[199], 0));
        fail_allocation(successes);
        ck_assert(!snmp_pending_reserve(&table, 1000));
        ck_assert_uint_eq(table.count, 128);
    }
    fail_allocation(-1);
    ck_assert(!snmp_pending_reserve(&table, SIZE_MAX));
    ck_assert(!snmp_pending_reserve(&table, SIZE_MAX / 16));
    for (int i = 0; i < 128; i++)
        ck_assert_ptr_eq(snmp_pending_match(&table, i, NULL, NULL), &nodes[i]);
}
END_TEST

/* ---- A random run beside a model -------------------------------------------------------------------------------- */

#define MODEL_NODES 300

/* What should become of a request: the times of its attempts follow from these alone. */
struct expected
{
    struct snmp_pending node;
    bool outstanding;
    uint64_t due, added;
    uint32_t timeout, retries;
};

static struct expected model[MODEL_NODES];
static uint64_t model_time, model_added;

static struct expected *expected_due(void)
{
    struct expected *first = NULL;

    for (struct expected *e = model; e < model + MODEL_NODES; e++)
        if (e->outstanding && (!first || e->due < first->due || (e->due == first->due && e->added < first->added)))
            first = e;
    return first;
}

static void model_send(struct random *r)
{
    struct expected *e = &model[random_below(r, MODEL_NODES)];

    if (e->outstanding) return;
    e->timeout = random_below(r, 300);
    e->retries = random_below(r, 5);
    e->node = request((int)random_below(r, 8), (int32_t)random_below(r, 40) - 20, e->timeout, e->retries);
    ck_assert(snmp_pending_add(&table, &e->node, model_time));
    e->outstanding = true;
    e->due = model_time + e->timeout * 10;
    e->added = model_added++;
}

static void model_answer(struct random *r)
{
    int32_t id = (int32_t)random_below(r, 40) - 20;
    struct snmp_pending *node = snmp_pending_match(&table, id, NULL, NULL);
    struct expected *oldest = NULL;

    for (struct expected *e = model; e < model + MODEL_NODES; e++)
        if (e->outstanding && e->node.request_id == id && (!oldest || e->added < oldest->added)) oldest = e;
    ck_assert_ptr_eq(node, oldest ? &oldest->node : NULL);
    if (oldest) oldest->outstanding = false;
}

static void model_tick(struct random *r)
{
    enum snmp_pending_action action;
    struct snmp_pending *node;

    /* Mostly to the next due time exactly, as the DLL's timer does it; sometimes late. */
    if (random_below(r, 3) && table.count && snmp_pending_next_due(&table) > model_time)
        model_time = snmp_pending_next_due(&table);
    else
        model_time += random_below(r, 2000);
    while ((node = snmp_pending_take_due(&table, model_time, &action)))
    {
        struct expected *e = expected_due();

        ck_assert_ptr_eq(node, &e->node);
        ck_assert_uint_le(e->due, model_time);
        ck_assert_int_eq(action, e->retries ? SNMP_PENDING_RETRANSMIT : SNMP_PENDING_TIMEOUT);
        if (e->retries)
        {
            e->retries--;
            e->due = model_time + e->timeout * 10;
        }
        else
            e->outstanding = false;
    }
    ck_assert(!expected_due() || expected_due()->due > model_time);
}

START_TEST(random_run_beside_a_model)
{
    struct random r = {UINT64_C(1) + (uint64_t)_i};

    memset(model, 0, sizeof(model));
    model_time = model_added = 0;
    for (int step = 0; step < 20000; step++)
    {
        uint32_t choice = random_below(&r, 10);

        if (choice < 5)
            model_send(&r);
        else if (choice < 7)
            model_answer(&r);
        else
            model_tick(&r);
        ck_assert_uint_eq(snmp_pending_next_due(&table), expected_due() ? expected_due()->due : UINT64_MAX);
    }
}
END_TEST

START_TEST(ten_thousand_in_flight)
{
    enum
    {
        COUNT = 20000
    };
    struct snmp_pending *nodes = calloc(COUNT, sizeof(*nodes));
    enum snmp_pending_action action;
    uint64_t last = 0;
    struct snmp_pending *node;
    int timed_out = 0;

    ck_assert_ptr_nonnull(nodes);
    for (int i = 0; i < COUNT; i++)
    {
        nodes[i] = request(i % 8, i, (uint32_t)(i * 7919 % 1000), 0);
        ck_assert(snmp_pending_add(&table, &nodes[i], 0));
    }
    for (int i = 0; i < COUNT; i += 2)
        ck_assert_ptr_eq(snmp_pending_match(&table, i, NULL, NULL), &nodes[i]);
    while ((node = snmp_pending_take_due(&table, UINT64_MAX, &action)))
    {
        ck_assert_uint_ge(node->due, last);
        last = node->due;
        timed_out++;
    }
    ck_assert_int_eq(timed_out, COUNT / 2);
    free(nodes);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("wsnmp32 outstanding requests");
    TCase *tcase = tcase_create("pending");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_set_timeout(tcase, 120);
    tcase_add_test(tcase, empty_table);
    tcase_add_test(tcase, time_out_and_retries);
    tcase_add_test(tcase, no_retransmission_when_the_mode_is_off);
    tcase_add_test(tcase, mode_set_to_off_stops_retransmission);
    tcase_add_test(tcase, time_out_of_zero_ends);
    tcase_add_test(tcase, end_of_the_clock);
    tcase_add_test(tcase, match_order);
    tcase_add_test(tcase, closing_a_session);
    tcase_add_test(tcase, reserve_and_failing_allocations);
    tcase_add_loop_test(tcase, random_run_beside_a_model, 0, 8);
    tcase_add_test(tcase, ten_thousand_in_flight);
    suite_add_tcase(suite, tcase);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
