/*
 * Delivery options of subscriptions: which are refused, and when a subscription expires.
 */
#include <check.h>
#include <stdlib.h>

#include "mi/event_delivery.h"
#include "mi_support.h"

static void set_up(void)
{
    use_mi_allocator();
}

static void tear_down(void)
{
    ck_assert_int_eq(live_allocations(), 0);
}

#define NOW 130645440000000000u /* 2015-01-01, in 100 nanoseconds from 1601 */

static struct mi_event_delivery delivery_at(MI_Datetime expiration)
{
    struct mi_options *options = mi_options_new(MI_SubscriptionDeliveryType_Pull);
    MI_Value value = {.datetime = expiration};
    struct mi_event_delivery delivery;

    mi_options_set(options, MI_T("__MI_SUBSCRIPTIONDELIVERYOPTIONS_SET_EXPIRATION_TIME"), &value, MI_DATETIME, 0,
                   false);
    delivery = mi_event_delivery_read(options, NOW);
    mi_options_delete(options);
    return delivery;
}

START_TEST(expiration)
{
    static const MI_Datetime later = {1, {.timestamp = {2015, 1, 1, 2, 0, 1, 500000, 120}}};
    static const MI_Datetime past = {1, {.timestamp = {2015, 1, 1, 0, 0, 0, 0, 1}}};
    static const MI_Datetime minute = {0, {.interval = {0, 0, 1, 0, 0, 0, 0, 0}}};
    struct mi_event_delivery delivery = delivery_at(later);

    ck_assert(delivery.refused == MI_RESULT_OK && delivery.expires);
    ck_assert_uint_eq(delivery.lifetime, 1500);
    delivery = delivery_at(minute);
    ck_assert(delivery.refused == MI_RESULT_OK && delivery.expires && delivery.lifetime == 60000);
    ck_assert_int_eq(delivery_at(past).refused, MI_RESULT_INVALID_PARAMETER);
}
END_TEST

START_TEST(delivery_types)
{
    static const MI_Uint32 types[] = {0, MI_SubscriptionDeliveryType_Pull, MI_SubscriptionDeliveryType_Push, 77};
    static const MI_Result results[] = {MI_RESULT_INVALID_PARAMETER, MI_RESULT_OK, MI_RESULT_NOT_SUPPORTED,
                                        MI_RESULT_INVALID_PARAMETER};

    for (size_t i = 0; i < MI_COUNT(types); i++)
    {
        struct mi_options *options = mi_options_new(types[i]);
        struct mi_event_delivery delivery = mi_event_delivery_read(options, NOW);

        ck_assert_int_eq(delivery.refused, results[i]);
        ck_assert(!delivery.expires && (delivery.why != NULL) == (delivery.refused != MI_RESULT_OK));
        mi_options_delete(options);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("mi event delivery");
    TCase *tcase = tcase_create("delivery options");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_add_test(tcase, expiration);
    tcase_add_test(tcase, delivery_types);
    suite_add_tcase(suite, tcase);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
