/* Sends malformed datagrams to a port on loopback, from a seed: malform --port PORT [OPTION...]
 *   --count N      how many (default 100000)
 *   --rate N       at most so many a second (default 20000)
 *   --seed N       default 1
 *   --from PORT    sent from this port of its own (default: a free one)
 *   --answers      seeds are responses instead of requests, traps and informs
 *
 * What they are like: malform_messages.h. It prints progress on standard error each 100,000. */

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "malform_messages.h"

static void pause_for_rate(int64_t start, unsigned long sent, long rate)
{
    int64_t due = start + (int64_t)(sent * 1000 / (unsigned long)rate), now = helper_now_ms();

    if (due > now) usleep((useconds_t)(due - now) * 1000);
}

int main(int argc, char **argv)
{
    static const struct option options[] = {{"port", 1, NULL, 'p'}, {"count", 1, NULL, 'n'}, {"rate", 1, NULL, 'r'},
                                            {"seed", 1, NULL, 's'}, {"from", 1, NULL, 'f'},  {"answers", 0, NULL, 'a'},
                                            {NULL, 0, NULL, 0}};
    long port = 0, count = 100000, rate = 20000, from = 0;
    unsigned long sent = 0, failed = 0;
    struct sockaddr_storage to;
    unsigned char data[MALFORMED_MAX];
    int answers = 0, fd, c;
    helper_random random;
    uint64_t seed = 1;
    socklen_t length;
    int64_t start;

    helper_start();
    while ((c = getopt_long(argc, argv, "", options, NULL)) != -1)
    {
        switch (c)
        {
        case 'p':
            port = helper_number("--port", optarg, 1, 65535);
            break;
        case 'n':
            count = helper_number("--count", optarg, 1, 1000000000);
            break;
        case 'r':
            rate = helper_number("--rate", optarg, 1, 10000000);
            break;
        case 's':
            seed = (uint64_t)helper_number("--seed", optarg, 0, 1L << 40);
            break;
        case 'f':
            from = helper_number("--from", optarg, 1, 65535);
            break;
        case 'a':
            answers = 1;
            break;
        default:
            return 2;
        }
    }
    if (!port)
    {
        fprintf(stderr, "malform needs --port PORT\n");
        return 2;
    }
    helper_seed(&random, seed);
    fd = helper_udp(AF_INET, (uint16_t)from);
    length = helper_loopback(AF_INET, (uint16_t)port, &to);
    start = helper_now_ms();
    for (; !helper_stop && (long)sent < count; sent++)
    {
        size_t size = make_malformed(&random, answers, sent, data);

        /* Where nobody listens any more, every second send says so; the test sees it by the good messages that are not
         * served. */
        if (sendto(fd, data, size, 0, (struct sockaddr *)&to, length) < 0) failed++;
        if (sent % 64 == 63) pause_for_rate(start, sent, rate);
        if (sent % 100000 == 99999) fprintf(stderr, "malform: %lu of %ld\n", sent + 1, count);
    }
    printf("malform: %lu sent, %lu refused by the network, seed %llu\n", sent, failed, (unsigned long long)seed);
    return 0;
}
