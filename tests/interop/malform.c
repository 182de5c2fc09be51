/* Sends malformed datagrams to a port on loopback, from a seed: malform --port PORT [OPTION...]
 *   --count N      how many (default 100000)
 *   --rate N       at most so many a second (default 20000)
 *   --seed N       default 1
 *   --from PORT    sent from this port of its own (default: a free one)
 *   --answers      seeds are responses instead of requests, traps and informs
 *
 * Four kinds in turn: random bytes, a valid message with some bytes changed, a valid message cut short, and a valid
 * message with a length octet that lies. A mutated message can by chance still be valid; no test may count on every one
 * being refused. It prints progress on standard error each 100,000. */

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "net_helper.h"

#define MAX_SIZE 1600

typedef struct
{
    const char *name;
    size_t size;
    unsigned char bytes[96];
} seed_message;

/* Written out by hand from RFC 1157 and RFC 3416; none carries the community that a test's good messages have, so that
 * a mutation that stays valid is not taken for one of them. */
static const seed_message requests[] = {
    {"v2c get", 40, {0x30, 38, 2, 1, 1,    4,  3,    'x', 'y', 'z', 0xa0, 28, 2, 4, 1, 2, 3, 4, 2, 1,
                     0,    2,  1, 0, 0x30, 14, 0x30, 12,  6,   8,   0x2b, 6,  1, 2, 1, 1, 1, 0, 5, 0}},
    {"v1 get", 40, {0x30, 38, 2, 1, 0,    4,  3,    'x', 'y', 'z', 0xa0, 28, 2, 4, 1, 2, 3, 4, 2, 1,
                    0,    2,  1, 0, 0x30, 14, 0x30, 12,  6,   8,   0x2b, 6,  1, 2, 1, 1, 1, 0, 5, 0}},
    {"getbulk", 40, {0x30, 38, 2, 1,  1,    4,  3,    'x', 'y', 'z', 0xa5, 28, 2, 4, 1, 2, 3, 4, 2, 1,
                     0,    2,  1, 10, 0x30, 14, 0x30, 12,  6,   8,   0x2b, 6,  1, 2, 1, 1, 1, 0, 5, 0}},
    {"v1 trap", 46, {0x30, 44, 2, 1, 0, 4, 3, 'x', 'y', 'z',  0xa4, 34,  6,    6, 0x2b, 6, 1, 4, 1,    99, 0x40, 4, 127,
                     0,    0,  1, 2, 1, 6, 2, 1,   7,   0x43, 1,    100, 0x30, 9, 0x30, 7, 6, 2, 0x2b, 6,  2,    1, 9}},
    {"v2c trap", 66, {0x30, 64, 2, 1, 1,    4, 3,    'x',  'y', 'z',  0xa7, 54,   2, 4,    1, 2, 3,
                      4,    2,  1, 0, 2,    1, 0,    0x30, 40,  0x30, 13,   6,    8, 0x2b, 6, 1, 2,
                      1,    1,  3, 0, 0x43, 1, 100,  0x30, 23,  6,    10,   0x2b, 6, 1,    6, 3, 1,
                      1,    4,  1, 0, 6,    9, 0x2b, 6,    1,   6,    3,    1,    1, 5,    1}},
    {"inform", 66, {0x30, 64, 2, 1, 1,    4, 3,    'x',  'y', 'z',  0xa6, 54,   2, 4,    1, 2, 3,
                    4,    2,  1, 0, 2,    1, 0,    0x30, 40,  0x30, 13,   6,    8, 0x2b, 6, 1, 2,
                    1,    1,  3, 0, 0x43, 1, 100,  0x30, 23,  6,    10,   0x2b, 6, 1,    6, 3, 1,
                    1,    4,  1, 0, 6,    9, 0x2b, 6,    1,   6,    3,    1,    1, 5,    1}},
};
static const seed_message responses[] = {
    {"v2c response", 43, {0x30, 41, 2,    1,  1,    4,  3, 'x', 'y',  'z', 0xa2, 31, 2, 4, 1, 2, 3, 4, 2,   1,   0,  2,
                          1,    0,  0x30, 17, 0x30, 15, 6, 8,   0x2b, 6,   1,    2,  1, 1, 1, 0, 4, 3, 'a', 'b', 'c'}},
    {"v1 response", 43, {0x30, 41, 2,    1,  0,    4,  3, 'x', 'y',  'z', 0xa2, 31, 2, 4, 1, 2, 3, 4, 2,   1,   2,  2,
                         1,    1,  0x30, 17, 0x30, 15, 6, 8,   0x2b, 6,   1,    2,  1, 1, 1, 0, 4, 3, 'a', 'b', 'c'}},
    {"report", 40, {0x30, 38, 2, 1, 1,    4,  3,    'x', 'y', 'z', 0xa8, 28, 2, 4, 1, 2, 3, 4, 2, 1,
                    0,    2,  1, 0, 0x30, 14, 0x30, 12,  6,   8,   0x2b, 6,  1, 2, 1, 1, 1, 0, 5, 0}},
};

static size_t random_bytes(helper_random *r, unsigned char *out)
{
    size_t size = helper_below(r, 8) ? helper_below(r, 200) : helper_below(r, MAX_SIZE);

    for (size_t i = 0; i < size; i++)
        out[i] = (unsigned char)helper_next(r);
    return size;
}

static size_t mutated(helper_random *r, const seed_message *seed, unsigned char *out)
{
    memcpy(out, seed->bytes, seed->size);
    for (uint32_t n = 1 + helper_below(r, 6); n; n--)
        out[helper_below(r, (uint32_t)seed->size)] = (unsigned char)helper_next(r);
    return seed->size;
}

static size_t truncated(helper_random *r, const seed_message *seed, unsigned char *out)
{
    memcpy(out, seed->bytes, seed->size);
    return helper_below(r, (uint32_t)seed->size);
}

static size_t lying_length(helper_random *r, const seed_message *seed, unsigned char *out)
{
    static const unsigned char lengths[] = {0x00, 0x7f, 0x80, 0x81, 0x82, 0x84, 0x88, 0xff};
    static const size_t places[] = {1, 4, 6, 11, 13};

    memcpy(out, seed->bytes, seed->size);
    out[places[helper_below(r, 5)]] = lengths[helper_below(r, sizeof(lengths))];
    if (helper_below(r, 2)) out[helper_below(r, (uint32_t)seed->size)] = lengths[helper_below(r, sizeof(lengths))];
    return seed->size;
}

static size_t make_one(helper_random *r, int answers, unsigned long number, unsigned char *out)
{
    const seed_message *seed = answers ? &responses[helper_below(r, sizeof(responses) / sizeof(*responses))]
                                       : &requests[helper_below(r, sizeof(requests) / sizeof(*requests))];

    switch (number % 4)
    {
    case 0:
        return random_bytes(r, out);
    case 1:
        return mutated(r, seed, out);
    case 2:
        return truncated(r, seed, out);
    default:
        return lying_length(r, seed, out);
    }
}

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
    unsigned char data[MAX_SIZE];
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
        size_t size = make_one(&random, answers, sent, data);

        /* Where nobody listens any more, every second send says so; the test sees it by the good messages that are not
         * served. */
        if (sendto(fd, data, size, 0, (struct sockaddr *)&to, length) < 0) failed++;
        if (sent % 64 == 63) pause_for_rate(start, sent, rate);
        if (sent % 100000 == 99999) fprintf(stderr, "malform: %lu of %ld\n", sent + 1, count);
    }
    printf("malform: %lu sent, %lu refused by the network, seed %llu\n", sent, failed, (unsigned long long)seed);
    return 0;
}
