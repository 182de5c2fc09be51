/* wsnmp32 against a bare Winsock program that exchanges the same datagrams with the same responder: bench_wsnmp32 PORT
 * [COUNT [ROUNDS]].
 *
 * Rounds are interleaved: each runs every shape once, so that what the machine does meanwhile meets all alike. A ratio
 * is the median of the rounds' ratios. */

#include "bare_exchange.h"
#include "wsnmp32_exchange.h"

#include <winsnmp.h>
#include <stdio.h>
#include <stdlib.h>

#define MAX_ROUNDS 50
#define SESSIONS   10000

enum shape
{
    BARE_ONE,
    BARE_64,
    BARE_HANDOVER,
    WSNMP32_ONE,
    WSNMP32_64,
    WSNMP32_EVENT,
    SHAPES
};

static const struct
{
    const char *name;
    bare_shape run;
} shapes[SHAPES] = {
    {"bare Winsock, one outstanding", bare_blocking},
    {"bare Winsock, 64 outstanding", bare_window64},
    {"bare Winsock, hand-over by an event", bare_handover},
    {"wsnmp32, one outstanding, next from callback", wsnmp32_callback},
    {"wsnmp32, 64 outstanding, next from callback", wsnmp32_window64},
    {"wsnmp32, send, wait for the event, receive", wsnmp32_event},
};

static double times[SHAPES][MAX_ROUNDS];
static int rounds = 9;

/* How the rate of one shape compares with another's. */
static double ratio(enum shape of, enum shape to)
{
    double ratios[MAX_ROUNDS];

    for (int i = 0; i < rounds; i++)
        ratios[i] = times[to][i] / times[of][i];
    return bench_median(ratios, rounds);
}

static void print_ratio(const char *what, enum shape of, enum shape to, double target)
{
    double value = ratio(of, to);

    printf("  %-58s %5.2f of the bare rate", what, value);
    if (target > 0) printf("   (to reach: %.2f)%s", target, value < target ? "   SHORT" : "");
    printf("\n");
}

static int run_rounds(unsigned short port, int count)
{
    for (int shape = 0; shape < SHAPES; shape++)
        if (shapes[shape].run(port, count / 10 + 100) < 0) return 0;
    for (int round = 0; round < rounds; round++)
        for (int i = 0; i < SHAPES; i++)
        {
            /* Every other round goes backwards: no shape always follows the same one. */
            int shape = round % 2 ? SHAPES - 1 - i : i;

            times[shape][round] = shapes[shape].run(port, count);
            if (times[shape][round] < 0) return 0;
        }
    return 1;
}

static double open_bare_sockets(int count)
{
    double start = bench_now();

    for (int i = 0; i < count; i++)
    {
        struct sockaddr_in any = {.sin_family = AF_INET};
        SOCKET s = socket(AF_INET, SOCK_DGRAM, 0);

        (void)bind(s, (struct sockaddr *)&any, sizeof(any));
        closesocket(s);
    }
    return (bench_now() - start) * 1e6 / count;
}

static int sessions(unsigned short port)
{
    double idle[MAX_ROUNDS], used[MAX_ROUNDS], bare[MAX_ROUNDS], idle_rate, used_rate, bare_rate;
    double heap, memory;

    for (int i = 0; i < rounds; i++)
    {
        idle[i] = wsnmp32_open_close(port, 2000, 0);
        used[i] = wsnmp32_open_close(port, 500, 1);
        bare[i] = open_bare_sockets(500);
        if (idle[i] < 0 || used[i] < 0) return 0;
    }
    idle_rate = 1e6 / bench_median(idle, rounds);
    used_rate = 1e6 / bench_median(used, rounds);
    bare_rate = 1e6 / bench_median(bare, rounds);
    printf("sessions opened and closed a second: %.0f; with entity, context, two events and one GET sent: %.0f\n",
           idle_rate, used_rate);
    printf("  beside %.0f bare UDP sockets opened, bound and closed a second: ratio %.2f\n", bare_rate,
           idle_rate / bare_rate);
    if (!wsnmp32_session_bytes(SESSIONS, &heap, &memory)) return 0;
    printf("bytes a session, %d open: %.0f of heap, %.0f of committed memory\n", SESSIONS, heap, memory);
    return 1;
}

int main(int argc, char **argv)
{
    unsigned short port = (unsigned short)(argc > 1 ? atoi(argv[1]) : 0);
    int count = argc > 2 ? atoi(argv[2]) : 4000;
    smiUINT32 major, minor, level, translate, retransmit;
    WSADATA data;

    if (argc > 3) rounds = atoi(argv[3]);
    if (!port || count <= 0 || rounds < 1 || rounds > MAX_ROUNDS || WSAStartup(MAKEWORD(2, 2), &data))
    {
        fprintf(stderr, "usage: bench_wsnmp32 PORT [COUNT [ROUNDS]]\n");
        return 2;
    }
    if (SnmpStartup(&major, &minor, &level, &translate, &retransmit) == SNMPAPI_FAILURE) return 1;
    SnmpSetTranslateMode(SNMPAPI_UNTRANSLATED_V2);
    SnmpSetRetransmitMode(SNMPAPI_ON);
    printf("wsnmp32 against bare Winsock: %d rounds of %d exchanges, %d-bit\n", rounds, count, (int)sizeof(void *) * 8);
    if (!run_rounds(port, count)) return 1;
    for (int i = 0; i < SHAPES; i++)
    {
        double copy[MAX_ROUNDS], median;

        for (int k = 0; k < rounds; k++)
            copy[k] = times[i][k];
        median = bench_median(copy, rounds);
        printf("  %-48s %8.2f us an exchange, %7.0f a second\n", shapes[i].name, median, 1e6 / median);
    }
    print_ratio("(a) one outstanding, next sent from the callback", WSNMP32_ONE, BARE_ONE, 0.85);
    print_ratio("(b) 64 outstanding", WSNMP32_64, BARE_64, 0.85);
    print_ratio("(c) send, wait for the event, receive", WSNMP32_EVENT, BARE_ONE, 0);
    print_ratio("    the limit of (c): bare Winsock with the same hand-over", BARE_HANDOVER, BARE_ONE, 0);
    printf("  %-58s %5.2f of that limit\n", "(c) against its limit", ratio(WSNMP32_EVENT, BARE_HANDOVER));
    if (!sessions(port)) return 1;
    SnmpCleanup();
    WSACleanup();
    return 0;
}
