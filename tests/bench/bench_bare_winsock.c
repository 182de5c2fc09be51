/* Prints what one SNMP exchange costs by each of Winsock's ways to wait, in this Wine on this machine:
 * bench_bare_winsock PORT [COUNT]. The rounds are interleaved; a figure is the median of its rounds. */

#include "bare_exchange.h"

#include <stdio.h>
#include <stdlib.h>

#define ROUNDS 7

static const struct
{
    const char *name;
    bare_shape run;
} shapes[] = {
    {"blocking recvfrom", bare_blocking},
    {"select, recvfrom", bare_select},
    {"overlapped WSARecvFrom, event", bare_overlapped},
    {"thread-pool I/O, next sent from the callback", bare_threadpool_io},
    {"receiving thread, hand-over by an event", bare_handover},
    {"64 outstanding, blocking recvfrom", bare_window64},
    {"64 outstanding, thread-pool I/O", bare_window64_threadpool},
};
#define SHAPES ((int)(sizeof(shapes) / sizeof(*shapes)))

int main(int argc, char **argv)
{
    double times[SHAPES][ROUNDS], base = 0;
    unsigned short port = (unsigned short)(argc > 1 ? atoi(argv[1]) : 0);
    int count = argc > 2 ? atoi(argv[2]) : 3000, failures = 0;
    WSADATA data;

    if (!port || count <= 0 || WSAStartup(MAKEWORD(2, 2), &data))
    {
        fprintf(stderr, "usage: bench_bare_winsock PORT [COUNT]\n");
        return 2;
    }
    for (int round = 0; round < ROUNDS; round++)
        for (int i = 0; i < SHAPES; i++)
            times[i][round] = shapes[i].run(port, count);
    for (int i = 0; i < SHAPES; i++)
    {
        double median = bench_median(times[i], ROUNDS);

        if (times[i][0] < 0) failures++;
        if (i == 0) base = median;
        printf("%-46s %8.2f us an exchange, %8.0f a second, %5.2f of the blocking rate\n", shapes[i].name, median,
               1e6 / median, base / median);
    }
    WSACleanup();
    return failures != 0;
}
