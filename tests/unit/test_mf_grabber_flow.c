/*
 * The order, the states and the times of a sample grabber sink's queue.
 */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "mf/grabber_flow.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static struct grabber_item sample_at(int64_t time)
{
    return (struct grabber_item){.timed = true, .time = time, .duration = 10};
}

static const int64_t zero;

/* A flow that runs from time 0. */
static struct grabber_flow running(void)
{
    struct grabber_flow flow = {.rate = 1};

    ck_assert_uint_eq(grabber_flow_start(&flow, &zero).requests, GRABBER_DEPTH);
    return flow;
}

static enum grabber_step step_at(struct grabber_flow *flow, int64_t now, struct grabber_item **item)
{
    int64_t until = -1;

    *item = NULL;
    return grabber_flow_next(flow, &now, item, &until);
}

START_TEST(asks_for_as_many_as_it_holds)
{
    struct grabber_flow flow = running();
    struct grabber_item samples[GRABBER_DEPTH], *item;

    for (int i = 0; i < GRABBER_DEPTH; i++)
    {
        samples[i] = sample_at(i * 10);
        ck_assert_int_eq(grabber_flow_may_add(&flow), GRABBER_TAKES);
        ck_assert_uint_eq(grabber_flow_add(&flow, &samples[i]).requests, 0);
    }
    ck_assert_uint_eq(flow.asked, 0);
    ck_assert_int_eq(step_at(&flow, 0, &item), GRABBER_RENDER);
    ck_assert_ptr_eq(item, &samples[0]);
    /* One at a time. */
    ck_assert_int_eq(step_at(&flow, 100, &item), GRABBER_NOTHING);
    ck_assert_uint_eq(grabber_flow_done(&flow).requests, 1);
    /* One that was not asked for is taken, too, and the less is asked for. */
    samples[0] = sample_at(40);
    grabber_flow_add(&flow, &samples[0]);
    ck_assert_uint_eq(flow.asked, 0);
    ck_assert_int_eq(step_at(&flow, 100, &item), GRABBER_RENDER);
    ck_assert_uint_eq(grabber_flow_done(&flow).requests, 1);
}
END_TEST

/* "it waits until the presentation time of the sample to invoke the application's callback" */
START_TEST(waits_for_the_time)
{
    struct grabber_flow flow = running();
    struct grabber_item sample = sample_at(50), *item;
    int64_t until = 0, now = 0;

    ck_assert_int_eq(grabber_flow_next(&flow, NULL, &item, &until), GRABBER_NOTHING);
    grabber_flow_add(&flow, &sample);
    ck_assert_int_eq(grabber_flow_next(&flow, NULL, &item, &until), GRABBER_ASK_TIME);
    ck_assert_int_eq(grabber_flow_next(&flow, &now, &item, &until), GRABBER_WAIT);
    ck_assert_int_eq(until, 50);
    /* "it presents the sample at time t - offset" */
    flow.lead = 20;
    now = 29;
    ck_assert_int_eq(grabber_flow_next(&flow, &now, &item, &until), GRABBER_WAIT);
    ck_assert_int_eq(until, 30);
    now = 30;
    ck_assert_int_eq(grabber_flow_next(&flow, &now, &item, &until), GRABBER_RENDER);
}
END_TEST

/* Backwards a sample is due when the clock has come down to it. */
START_TEST(backwards)
{
    struct grabber_flow flow = {.rate = -1, .lead = 5};
    struct grabber_item sample = sample_at(80), *item;
    int64_t start = 100, until, now = 90;

    grabber_flow_start(&flow, &start);
    grabber_flow_add(&flow, &sample);
    ck_assert_int_eq(grabber_flow_next(&flow, &now, &item, &until), GRABBER_WAIT);
    ck_assert_int_eq(until, 85);
    ck_assert_int_eq(step_at(&flow, 85, &item), GRABBER_RENDER);
}
END_TEST

/* "ignores the presentation clock and invokes the callback as soon as it receives each sample", also without a time. */
START_TEST(rateless)
{
    struct grabber_flow flow = {.rate = 1, .rateless = true};
    struct grabber_item late = sample_at(1000), early = sample_at(0), untimed = {0}, *item;
    int64_t start = 500, until;

    grabber_flow_start(&flow, &start);
    grabber_flow_add(&flow, &late);
    grabber_flow_add(&flow, &early);
    grabber_flow_add(&flow, &untimed);
    for (int i = 0; i < 3; i++)
    {
        ck_assert_int_eq(grabber_flow_next(&flow, NULL, &item, &until), GRABBER_RENDER);
        grabber_flow_done(&flow);
    }
    /* At rate 0, too. */
    grabber_flow_set_rate(&flow, 0);
    grabber_flow_add(&flow, &early);
    ck_assert_int_eq(grabber_flow_next(&flow, NULL, &item, &until), GRABBER_RENDER);
}
END_TEST

/* "Process samples whose time stamp is equal to or later than the clock start time." */
START_TEST(drops_what_is_earlier_than_the_start)
{
    struct grabber_flow flow = {.rate = 1};
    struct grabber_item before = sample_at(80), straddling = sample_at(95), at = sample_at(100), *item;
    int64_t start = 100;

    grabber_flow_start(&flow, &start);
    grabber_flow_add(&flow, &before);
    grabber_flow_add(&flow, &straddling);
    grabber_flow_add(&flow, &at);
    ck_assert_int_eq(step_at(&flow, 100, &item), GRABBER_DROP);
    ck_assert_uint_eq(grabber_flow_done(&flow).requests, 1);
    ck_assert_int_eq(step_at(&flow, 100, &item), GRABBER_DROP);
    ck_assert_uint_eq(grabber_flow_done(&flow).requests, 1);
    ck_assert_int_eq(step_at(&flow, 100, &item), GRABBER_RENDER);
    /* A start at the current position after a stop has no position. */
    grabber_flow_done(&flow);
    grabber_flow_stop(&flow);
    grabber_flow_start(&flow, NULL);
    grabber_flow_add(&flow, &before);
    ck_assert_int_eq(step_at(&flow, 100, &item), GRABBER_RENDER);
}
END_TEST

/* "If the media sink accepts samples while paused, it must queue them until the clock restarts. Do not process any
 * queued samples while paused." */
START_TEST(pause)
{
    struct grabber_flow flow = running();
    struct grabber_item first = sample_at(0), marker = {.marker = true}, *item;

    ck_assert(grabber_flow_pause(&flow) && grabber_flow_pause(&flow));
    ck_assert_int_eq(grabber_flow_may_add(&flow), GRABBER_TAKES);
    grabber_flow_add(&flow, &first);
    grabber_flow_add(&flow, &marker);
    ck_assert_int_eq(step_at(&flow, 10, &item), GRABBER_NOTHING);
    /* What is still to come is not asked for again. */
    ck_assert_uint_eq(grabber_flow_start(&flow, NULL).requests, 0);
    ck_assert_int_eq(step_at(&flow, 10, &item), GRABBER_RENDER);
    ck_assert_uint_eq(grabber_flow_done(&flow).requests, 1);
    ck_assert_int_eq(step_at(&flow, 10, &item), GRABBER_MARK);
    /* "Otherwise, send the marker event immediately." */
    grabber_flow_pause(&flow);
    grabber_flow_add(&flow, &marker);
    ck_assert_int_eq(step_at(&flow, 10, &item), GRABBER_MARK);
}
END_TEST

/* "Drop all queued samples. ... Send queued marker events. On subsequent calls to PlaceMarker, send the marker event
 * immediately." */
START_TEST(stop)
{
    struct grabber_flow flow = running();
    struct grabber_item first = sample_at(0), marker = {.marker = true}, *item;

    grabber_flow_add(&flow, &first);
    grabber_flow_add(&flow, &marker);
    item = grabber_flow_stop(&flow);
    ck_assert(item == &first && first.next == &marker && !marker.next && !flow.first && !flow.last);
    ck_assert_int_eq(grabber_flow_may_add(&flow), GRABBER_STANDS);
    ck_assert(!grabber_flow_pause(&flow));
    grabber_flow_add(&flow, &marker);
    ck_assert_int_eq(step_at(&flow, 0, &item), GRABBER_MARK);
    /* What was asked for before is forgotten. */
    ck_assert_uint_eq(grabber_flow_start(&flow, &zero).requests, GRABBER_DEPTH);
}
END_TEST

START_TEST(flush)
{
    struct grabber_flow flow = running();
    struct grabber_item first = sample_at(0), second = sample_at(10), *item;
    struct grabber_news news;

    grabber_flow_add(&flow, &first);
    grabber_flow_add(&flow, &second);
    ck_assert_int_eq(step_at(&flow, 0, &item), GRABBER_RENDER);
    item = grabber_flow_flush(&flow, &news);
    ck_assert_ptr_eq(item, &second);
    /* In place of the one; the other is still being rendered. */
    ck_assert_uint_eq(news.requests, 1);
    ck_assert_uint_eq(grabber_flow_done(&flow).requests, 1);
    grabber_flow_pause(&flow);
    grabber_flow_add(&flow, &first);
    item = grabber_flow_flush(&flow, &news);
    ck_assert(item == &first && news.requests == 0);
    ck_assert_uint_eq(grabber_flow_start(&flow, &zero).requests, 1);
}
END_TEST

START_TEST(preroll)
{
    struct grabber_flow flow = {.rate = 1};
    struct grabber_item early = sample_at(80), good = sample_at(100), end = {.marker = true, .end_of_segment = true};
    struct grabber_item *item;
    struct grabber_news news = grabber_flow_preroll(&flow, 100);

    ck_assert(news.requests == 1 && !news.prerolled);
    ck_assert_int_eq(grabber_flow_may_add(&flow), GRABBER_TAKES);
    news = grabber_flow_add(&flow, &early);
    ck_assert(news.requests == 1 && !news.prerolled);
    ck_assert_int_eq(step_at(&flow, 0, &item), GRABBER_DROP);
    ck_assert_uint_eq(grabber_flow_done(&flow).requests, 0);
    news = grabber_flow_add(&flow, &good);
    ck_assert(news.requests == 0 && news.prerolled);
    /* "It does not actually render any samples until the clock starts." */
    ck_assert_int_eq(step_at(&flow, 1000, &item), GRABBER_NOTHING);
    ck_assert_int_eq(grabber_flow_may_add(&flow), GRABBER_PREROLL_DONE);
    ck_assert_uint_eq(grabber_flow_start(&flow, &good.time).requests, GRABBER_DEPTH - 1);
    ck_assert_int_eq(step_at(&flow, 100, &item), GRABBER_RENDER);
    grabber_flow_done(&flow);
    /* A stream that ends before has no more. */
    grabber_flow_stop(&flow);
    ck_assert_uint_eq(grabber_flow_preroll(&flow, 0).requests, 1);
    ck_assert(grabber_flow_add(&flow, &end).prerolled);
    /* One that has its sample, or waits for those it asked for, asks for none. */
    flow = running();
    grabber_flow_pause(&flow);
    news = grabber_flow_preroll(&flow, 100);
    ck_assert(news.requests == 0 && !news.prerolled);
    grabber_flow_add(&flow, &good);
    news = grabber_flow_preroll(&flow, 100);
    ck_assert(news.requests == 0 && news.prerolled);
}
END_TEST

/* "A rate of zero causes one frame to be rendered ... To get another frame at the rate of zero, the application must
 * seek to a new position." */
START_TEST(scrubbing)
{
    struct grabber_flow flow = {.rate = 0};
    struct grabber_item before = sample_at(80), shown = sample_at(95), next = sample_at(105);
    struct grabber_item end = {.marker = true, .end_of_segment = true}, marker = {.marker = true}, *item;
    struct grabber_news news;
    int64_t start = 100;

    ck_assert_uint_eq(grabber_flow_start(&flow, &start).requests, 1);
    grabber_flow_add(&flow, &before);
    ck_assert_int_eq(step_at(&flow, 100, &item), GRABBER_DROP);
    ck_assert_uint_eq(grabber_flow_done(&flow).requests, 1);
    grabber_flow_add(&flow, &shown);
    grabber_flow_add(&flow, &next);
    ck_assert_int_eq(step_at(&flow, 100, &item), GRABBER_SHOW);
    ck_assert_ptr_eq(item, &shown);
    ck_assert_uint_eq(grabber_flow_done(&flow).requests, 0);
    ck_assert_int_eq(step_at(&flow, 100, &item), GRABBER_NOTHING);
    /* The same sample is seen at another position. */
    start = 107;
    ck_assert_uint_eq(grabber_flow_start(&flow, &start).requests, 0);
    ck_assert_int_eq(step_at(&flow, 107, &item), GRABBER_SHOW);
    grabber_flow_done(&flow);
    /* Beyond the end there is none: "If the stream does not render data, it sends the event" all the same. */
    ck_assert_uint_eq(grabber_flow_start(&flow, &start).requests, 1);
    grabber_flow_add(&flow, &marker);
    grabber_flow_add(&flow, &end);
    ck_assert_int_eq(step_at(&flow, 107, &item), GRABBER_MARK);
    news = grabber_flow_marked(&flow, item);
    ck_assert(!news.scrubbed);
    ck_assert_int_eq(step_at(&flow, 107, &item), GRABBER_MARK);
    ck_assert(grabber_flow_marked(&flow, item).scrubbed);
    ck_assert(!grabber_flow_marked(&flow, &end).scrubbed);
    /* Then playback goes on. */
    grabber_flow_pause(&flow);
    ck_assert_uint_eq(grabber_flow_set_rate(&flow, 1).requests, 0);
    ck_assert_uint_eq(grabber_flow_start(&flow, NULL).requests, GRABBER_DEPTH - 1);
}
END_TEST

/* Any calls in any order: nothing is lost or comes twice or out of order, and what is asked for and held together never
 * is more than the depth while the client sends only what it was asked for. */
START_TEST(random_calls)
{
    enum
    {
        CALLS = 100000
    };
    static struct grabber_item items[CALLS];
    static const float rates[] = {1, 1, 2, 0, -1, 0.5f};
    struct grabber_flow flow = {.rate = 1};
    struct grabber_item *item, *in_hand = NULL;
    struct grabber_news news;
    unsigned seed = 20260101;
    size_t added = 0, left = 0;
    int64_t until, now = 0;
    bool prerolls = _i;

    for (int i = 0; i < CALLS; i++)
    {
        seed = seed * 1103515245u + 12345u;
        now = (int64_t)((seed >> 8) % 1000);
        switch ((seed >> 24) % 12)
        {
        case 0:
            grabber_flow_start(&flow, &now);
            break;
        case 1:
            grabber_flow_start(&flow, NULL);
            break;
        case 2:
            grabber_flow_pause(&flow);
            break;
        case 3:
            if (prerolls) grabber_flow_preroll(&flow, now);
            break;
        case 4:
            grabber_flow_set_rate(&flow, rates[(seed >> 16) % COUNT(rates)]);
            break;
        case 5:
            item = (seed >> 16) & 1 ? grabber_flow_stop(&flow) : grabber_flow_flush(&flow, &news);
            for (; item; item = item->next)
                ck_assert_ptr_eq(item, &items[left++]);
            break;
        case 6:
            if (in_hand) grabber_flow_done(&flow);
            in_hand = NULL;
            break;
        case 7:
            items[added] = (struct grabber_item){.marker = true, .end_of_segment = (seed >> 16) & 1};
            grabber_flow_add(&flow, &items[added++]);
            break;
        case 8:
        case 9:
            if (!flow.asked || grabber_flow_may_add(&flow) != GRABBER_TAKES) break;
            items[added] = sample_at((int64_t)((seed >> 12) % 1000));
            grabber_flow_add(&flow, &items[added++]);
            break;
        default:
            switch (grabber_flow_next(&flow, &now, &item, &until))
            {
            case GRABBER_RENDER:
            case GRABBER_SHOW:
            case GRABBER_DROP:
                in_hand = item;
                ck_assert(!item->marker);
                ck_assert_ptr_eq(item, &items[left++]);
                break;
            case GRABBER_MARK:
                grabber_flow_marked(&flow, item);
                ck_assert_ptr_eq(item, &items[left++]);
                break;
            case GRABBER_WAIT:
                ck_assert(flow.rate > 0 ? until > now : until < now);
                break;
            default:
                break;
            }
            break;
        }
        /* A preroll asks for one more than those that are too early. */
        ck_assert_uint_le(prerolls ? flow.asked : flow.asked + flow.samples, GRABBER_DEPTH);
        ck_assert_int_eq(flow.rendering, in_hand != NULL);
        ck_assert_int_eq(flow.first != NULL, left < added);
    }
    ck_assert_uint_gt(left, 1000);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("mf grabber flow");
    TCase *tcase = tcase_create("flow");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_add_test(tcase, asks_for_as_many_as_it_holds);
    tcase_add_test(tcase, waits_for_the_time);
    tcase_add_test(tcase, backwards);
    tcase_add_test(tcase, rateless);
    tcase_add_test(tcase, drops_what_is_earlier_than_the_start);
    tcase_add_test(tcase, pause);
    tcase_add_test(tcase, stop);
    tcase_add_test(tcase, flush);
    tcase_add_test(tcase, preroll);
    tcase_add_test(tcase, scrubbing);
    tcase_add_loop_test(tcase, random_calls, 0, 2);
    tcase_set_timeout(tcase, 60);
    suite_add_tcase(suite, tcase);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
