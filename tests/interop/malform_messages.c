#include "malform_messages.h"

#include <string.h>

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
    size_t size = helper_below(r, 8) ? helper_below(r, 200) : helper_below(r, MALFORMED_MAX);

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

size_t make_malformed(helper_random *r, int answers, unsigned long number, unsigned char *out)
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
