/* WinSNMP under load: snmp_stress MODE PORT NUMBER, against a responder on loopback. Exit code 0 where all held.
 *
 *   cycles     NUMBER times: open a session, send a GET, receive its answer or not, close; then nothing may have grown
 *   threads    the same by four threads at once
 *   windows    the same with a window that is notified
 *   flight     NUMBER requests in flight at once, each answered exactly once; three rounds, then nothing may have grown
 *   close      a session is closed with NUMBER requests in flight: no notification comes after SnmpClose returned
 *   outcomes   NUMBER requests, 64 at a time, over a bad network: each ends exactly once
 *   flood      NUMBER requests one after another, each of which has to be answered */

#include "stress_session.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define WAIT_MS 60000

static unsigned port;

static int fail(const char *what, HSNMP_SESSION session)
{
    printf("%s failed: WinSNMP error %lu\n", what, (unsigned long)SnmpGetLastError(session));
    return 0;
}

/* ---- cycles ---- */

struct cycle_run
{
    int count, by_window;
    volatile LONG failures;
};

/* One cycle. With odd numbers the session is closed with its request under way and its objects not freed. */
static int cycle(int number, int by_window)
{
    struct stress_session s;
    int good;

    if (!stress_open(&s, port, by_window)) return fail("opening a session", NULL);
    good = stress_send(&s, SNMP_PDU_GET, number + 1);
    if (!good) fail("SnmpSendMsg", s.handle);
    if (good && number % 2 == 0)
    {
        good = stress_wait(&s, 1, WAIT_MS);
        if (!good) printf("cycle %d: no answer\n", number);
        stress_free_objects(&s);
    }
    if (!stress_close(&s)) good = fail("SnmpClose", NULL);
    return good;
}

static DWORD WINAPI cycles_thread(void *parameter)
{
    struct cycle_run *run = parameter;

    for (int i = 0; i < run->count && run->failures < 5; i++)
        if (!cycle(i, run->by_window)) InterlockedIncrement(&run->failures);
    return 0;
}

static int run_cycles(int count, int threads, int by_window)
{
    struct cycle_run run = {.count = count / threads, .by_window = by_window};
    HANDLE handles[8];

    for (int i = 0; i < threads; i++)
        handles[i] = CreateThread(NULL, 0, cycles_thread, &run, 0, NULL);
    for (int i = 0; i < threads; i++)
    {
        WaitForSingleObject(handles[i], INFINITE);
        CloseHandle(handles[i]);
    }
    return run.failures == 0;
}

/* Work that is done again and again, as often as `operations` says, and should leave nothing behind. */
struct repeated
{
    int (*run)(const struct repeated *work);
    int count, threads, by_window, operations;
};

/* Heaps take a while until they have the blocks that a load needs (Wine 10 keeps groups of them for each thread). So
 * the work is repeated until one time has left nothing behind, up to five times: what leaks, leaks each time. */
static int leaves_nothing(const struct repeated *work)
{
    for (int phase = 0; phase < 5; phase++)
    {
        struct growth growth;

        growth_start(&growth);
        if (!work->run(work)) return 0;
        if (growth_end(&growth, work->operations)) return 1;
    }
    return 0;
}

static int cycles_again(const struct repeated *work)
{
    return run_cycles(work->count, work->threads, work->by_window);
}

static int mode_cycles(int count, int threads, int by_window)
{
    struct repeated work = {cycles_again, count, threads, by_window, count};

    /* A tenth first: pools, buffers and tables get their size. */
    return run_cycles(count / 10 + 8, threads, by_window) && leaves_nothing(&work);
}

/* ---- many in flight ---- */

static int send_all(struct stress_session *s, int count)
{
    for (int i = 1; i <= count; i++)
        if (!stress_send(s, SNMP_PDU_GET, i)) return fail("SnmpSendMsg", s->handle);
    return 1;
}

static int flight_round(int count)
{
    struct stress_session s;
    int good, threads;

    if (!stress_open(&s, port, 0)) return fail("opening a session", NULL);
    good = stress_expect(&s, count) && send_all(&s, count);
    threads = count_threads();
    if (good && !stress_wait(&s, count, WAIT_MS)) good = 0;
    printf("%d sent; %ld answered, %ld timed out, %ld twice, %d threads with all in flight\n", count, s.answered,
           s.timed_out, s.twice, threads);
    good = good && s.answered == count && !s.twice;
    if (!stress_close(&s)) good = fail("SnmpClose", NULL);
    return good;
}

static int flights_again(const struct repeated *work)
{
    for (int round = 0; round < 2; round++)
        if (!flight_round(work->count)) return 0;
    return 1;
}

static int mode_flight(int count)
{
    struct repeated work = {flights_again, count, 1, 0, 2 * count};

    return flight_round(count) && leaves_nothing(&work);
}

/* Closes a session with so many requests in flight; counts what is notified after SnmpClose has returned. */
static int close_round(const struct repeated *work)
{
    struct stress_session s;
    LONG notified;
    int good;

    if (!stress_open(&s, port, 0)) return fail("opening a session", NULL);
    good = stress_expect(&s, work->count) && send_all(&s, work->count);
    if (SnmpClose(s.handle) == SNMPAPI_FAILURE) good = fail("SnmpClose", NULL);
    notified = s.notified;
    Sleep(300);
    if (s.notified != notified) good = 0;
    printf("closed with %d in flight; %ld notifications before, %ld after\n", work->count, notified,
           s.notified - notified);
    s.handle = NULL;
    stress_close(&s);
    return good;
}

static int mode_close(int count)
{
    struct repeated work = {close_round, count, 1, 0, count};

    return close_round(&work) && leaves_nothing(&work);
}

/* ---- one outcome each ---- */

static int mode_outcomes(int count)
{
    struct stress_session s;
    int good, sent = 0;

    if (!stress_open(&s, port, 0)) return fail("opening a session", NULL);
    SnmpSetTimeout(s.peer, 10);
    SnmpSetRetry(s.peer, 3);
    good = stress_expect(&s, count);
    while (good && sent < count)
    {
        int window = sent + 64 < count ? 64 : count - sent;

        for (int i = 0; good && i < window; i++)
            if (!stress_send(&s, SNMP_PDU_GETNEXT, ++sent)) good = fail("SnmpSendMsg", s.handle);
        if (good) good = stress_wait(&s, sent, WAIT_MS);
    }
    /* What still comes for one that has ended would be a second outcome. */
    Sleep(500);
    stress_receive(&s);
    printf("%d requests: %ld answered, %ld timed out, %ld twice\n", sent, s.answered, s.timed_out, s.twice);
    good = good && s.answered + s.timed_out == count && !s.twice && s.answered > 0;
    if (!stress_close(&s)) good = fail("SnmpClose", NULL);
    return good;
}

static int flood_part(struct stress_session *s, int count)
{
    for (int i = 1; i <= count; i++)
    {
        if (!stress_send(s, SNMP_PDU_GET, i)) return fail("SnmpSendMsg", s->handle);
        if (!stress_wait(s, i, WAIT_MS)) return 0;
        if (i % 1000 == 0) fprintf(stderr, "flood: %d of %d\n", i, count);
    }
    return 1;
}

static struct stress_session flooded;

static int flood_again(const struct repeated *work)
{
    int good;

    flooded.answered = flooded.twice = flooded.ended = 0;
    good = stress_expect(&flooded, work->count) && flood_part(&flooded, work->count);
    printf("%d requests: %ld answered, %ld timed out\n", work->count, flooded.answered, flooded.timed_out);
    return good && flooded.answered == work->count && !flooded.timed_out;
}

static int mode_flood(int count)
{
    struct repeated work = {flood_again, count, 1, 0, count};
    int good;

    if (!stress_open(&flooded, port, 0)) return fail("opening a session", NULL);
    SnmpSetTimeout(flooded.peer, 200);
    good = stress_expect(&flooded, count / 10) && flood_part(&flooded, count / 10) && leaves_nothing(&work);
    if (!stress_close(&flooded)) good = fail("SnmpClose", NULL);
    return good;
}

static int run(const char *mode, int count)
{
    if (!strcmp(mode, "cycles")) return mode_cycles(count, 1, 0);
    if (!strcmp(mode, "threads")) return mode_cycles(count, 4, 0);
    if (!strcmp(mode, "windows")) return mode_cycles(count, 1, 1);
    if (!strcmp(mode, "flight")) return mode_flight(count);
    if (!strcmp(mode, "close")) return mode_close(count);
    if (!strcmp(mode, "outcomes")) return mode_outcomes(count);
    if (!strcmp(mode, "flood")) return mode_flood(count);
    fprintf(stderr, "no such mode: %s\n", mode);
    return 0;
}

int main(int argc, char **argv)
{
    smiUINT32 major, minor, level, translate, retransmit;
    int count, good;

    if (argc != 4 || !(port = (unsigned)atoi(argv[2])) || (count = atoi(argv[3])) <= 0)
    {
        fprintf(stderr, "usage: snmp_stress MODE PORT NUMBER\n");
        return 2;
    }
    if (SnmpStartup(&major, &minor, &level, &translate, &retransmit) == SNMPAPI_FAILURE)
        return !fail("SnmpStartup", NULL);
    SnmpSetTranslateMode(SNMPAPI_UNTRANSLATED_V2);
    SnmpSetRetransmitMode(SNMPAPI_ON);
    good = run(argv[1], count);
    if (SnmpCleanup() == SNMPAPI_FAILURE) good = fail("SnmpCleanup", NULL);
    return !good;
}
