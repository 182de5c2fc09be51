/* A bad network between a client and a server on loopback, with a seed: the same seed gives the same faults to the same
 * datagrams.
 *
 * udp_relay --target PORT [OPTION...]
 *   --loss P --duplicate P --corrupt P   probabilities (0 to 1) for each datagram, in each direction
 *   --truncate P                         cut short, so that no decoder may take it for a message
 *   --delay P --delay-ms MAX             what is delayed, and by up to how long (default 50 ms); datagrams overtake one
 * another by it
 *   --reorder P                          held back until the next datagram of its direction has passed (or 20 ms)
 *   --seed N                             default 1
 *   --port-file FILE                     where its own port is written (default: standard output)
 *   --target-file FILE                   the target's port is read from this file before each datagram: for an agent
 * that is restarted
 *
 * Each client address gets a socket of its own towards the target, so that several clients can use one relay. A corrupt
 * datagram has one to four bits changed. UDP's checksum would refuse such a datagram; an application may meet it all
 * the same. At SIGTERM it prints its counters. */

#include <errno.h>
#include <getopt.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "net_helper.h"

#define MAX_CLIENTS 256
#define MAX_HELD    4096
#define REORDER_MS  20

typedef struct
{
    struct sockaddr_storage address;
    socklen_t length;
    int fd; /* towards the target */
} client;

typedef struct
{
    int used, to_target, overtaken_by_next;
    int64_t due_ms;
    client *who;
    size_t length;
    unsigned char *data;
} held;

typedef struct
{
    int fd;
    uint16_t target;
    const char *target_file;
    double loss, duplicate, corrupt, truncate, delay, reorder;
    long delay_ms;
    helper_random random;
    client clients[MAX_CLIENTS];
    int client_count;
    held held[MAX_HELD];
    int held_count;
    unsigned long in[2], lost, duplicated, corrupted, truncated, delayed, reordered, forwarded, dropped;
} relay;

static void read_target(relay *r)
{
    FILE *file;
    unsigned port;

    if (!r->target_file || !(file = fopen(r->target_file, "r"))) return;
    if (fscanf(file, "%u", &port) == 1 && port < 65536) r->target = (uint16_t)port;
    fclose(file);
}

static void forward(relay *r, client *c, int to_target, const unsigned char *data, size_t length)
{
    struct sockaddr_storage target;
    ssize_t sent;

    if (to_target)
    {
        socklen_t n = helper_loopback(AF_INET, r->target, &target);
        sent = sendto(c->fd, data, length, 0, (struct sockaddr *)&target, n);
    }
    else
    {
        sent = sendto(r->fd, data, length, 0, (struct sockaddr *)&c->address, c->length);
    }
    if (sent < 0)
        r->dropped++;
    else
        r->forwarded++;
}

static void hold(relay *r, client *c, int to_target, const unsigned char *data, size_t length, int64_t due,
                 int overtaken)
{
    held *h = r->held;

    while (h < r->held + MAX_HELD && h->used)
        h++;
    if (h == r->held + MAX_HELD || !(h->data = malloc(length ? length : 1)))
    {
        r->dropped++;
        return;
    }
    memcpy(h->data, data, length);
    h->used = 1;
    h->to_target = to_target;
    h->overtaken_by_next = overtaken;
    h->due_ms = due;
    h->who = c;
    h->length = length;
    r->held_count++;
}

static void release(relay *r, held *h)
{
    forward(r, h->who, h->to_target, h->data, h->length);
    free(h->data);
    h->used = 0;
    r->held_count--;
}

static void release_due(relay *r, int64_t now)
{
    if (!r->held_count) return;
    for (held *h = r->held; h < r->held + MAX_HELD; h++)
        if (h->used && h->due_ms <= now) release(r, h);
}

static void release_overtaken(relay *r, int to_target)
{
    if (!r->held_count) return;
    for (held *h = r->held; h < r->held + MAX_HELD; h++)
        if (h->used && h->overtaken_by_next && h->to_target == to_target) release(r, h);
}

/* One datagram passes, or does not. Every draw is made for every datagram, so that one rate does not shift the others'
 * luck. */
static void pass(relay *r, client *c, int to_target, unsigned char *data, size_t length)
{
    int lose = helper_chance(&r->random, r->loss), twice = helper_chance(&r->random, r->duplicate);
    int corrupt = helper_chance(&r->random, r->corrupt), late = helper_chance(&r->random, r->delay);
    int cut = helper_chance(&r->random, r->truncate);
    int swap = helper_chance(&r->random, r->reorder);
    int64_t now = helper_now_ms();

    r->in[to_target]++;
    if (lose)
    {
        r->lost++;
        return;
    }
    if (corrupt && length)
    {
        for (uint32_t bits = 1 + helper_below(&r->random, 4); bits; bits--)
            data[helper_below(&r->random, (uint32_t)length)] ^= (unsigned char)(1u << helper_below(&r->random, 8));
        r->corrupted++;
    }
    if (cut && length)
    {
        length = helper_below(&r->random, (uint32_t)length);
        r->truncated++;
    }
    if (late)
    {
        r->delayed++;
        hold(r, c, to_target, data, length, now + 1 + helper_below(&r->random, (uint32_t)r->delay_ms), 0);
    }
    else if (swap)
    {
        r->reordered++;
        hold(r, c, to_target, data, length, now + REORDER_MS, 1);
    }
    else
    {
        forward(r, c, to_target, data, length);
        release_overtaken(r, to_target);
    }
    if (twice)
    {
        r->duplicated++;
        forward(r, c, to_target, data, length);
    }
}

static client *find_client(relay *r, const struct sockaddr_storage *address, socklen_t length)
{
    client *c;

    for (int i = 0; i < r->client_count; i++)
        if (r->clients[i].length == length && !memcmp(&r->clients[i].address, address, length)) return &r->clients[i];
    if (r->client_count == MAX_CLIENTS) return NULL;
    c = &r->clients[r->client_count++];
    memcpy(&c->address, address, length);
    c->length = length;
    c->fd = helper_udp(AF_INET, 0);
    return c;
}

static void from_client(relay *r, unsigned char *data)
{
    struct sockaddr_storage address = {0};
    socklen_t n = sizeof(address);
    ssize_t length = recvfrom(r->fd, data, MAX_DATAGRAM, MSG_DONTWAIT, (struct sockaddr *)&address, &n);
    client *c;

    if (length < 0) return;
    c = find_client(r, &address, n);
    if (!c)
    {
        r->dropped++;
        return;
    }
    read_target(r);
    pass(r, c, 1, data, (size_t)length);
}

static void from_target(relay *r, client *c, unsigned char *data)
{
    ssize_t length = recv(c->fd, data, MAX_DATAGRAM, MSG_DONTWAIT);

    if (length >= 0) pass(r, c, 0, data, (size_t)length);
}

static void serve(relay *r)
{
    static unsigned char data[MAX_DATAGRAM];
    struct pollfd polls[MAX_CLIENTS + 1];

    while (!helper_stop)
    {
        int clients = r->client_count;

        polls[0] = (struct pollfd){r->fd, POLLIN, 0};
        for (int i = 0; i < clients; i++)
            polls[i + 1] = (struct pollfd){r->clients[i].fd, POLLIN, 0};
        if (poll(polls, (nfds_t)clients + 1, r->held_count ? 1 : 200) > 0)
        {
            if (polls[0].revents) from_client(r, data);
            for (int i = 0; i < clients; i++)
                if (polls[i + 1].revents) from_target(r, &r->clients[i], data);
        }
        release_due(r, helper_now_ms());
    }
}

static double probability(const char *option, const char *text)
{
    char *end;
    double value = strtod(text, &end);

    if (*end || !(value >= 0 && value <= 1))
    {
        fprintf(stderr, "%s needs a probability from 0 to 1\n", option);
        exit(2);
    }
    return value;
}

int main(int argc, char **argv)
{
    static const struct option options[] = {
        {"target", 1, NULL, 't'},    {"loss", 1, NULL, 'l'},        {"duplicate", 1, NULL, 'u'},
        {"corrupt", 1, NULL, 'c'},   {"truncate", 1, NULL, 'x'},    {"delay", 1, NULL, 'd'},
        {"delay-ms", 1, NULL, 'm'},  {"reorder", 1, NULL, 'r'},     {"seed", 1, NULL, 's'},
        {"port-file", 1, NULL, 'f'}, {"target-file", 1, NULL, 'F'}, {NULL, 0, NULL, 0}};
    static relay r = {.delay_ms = 50};
    const char *port_file = NULL;
    uint64_t seed = 1;
    int c;

    helper_start();
    while ((c = getopt_long(argc, argv, "", options, NULL)) != -1)
    {
        switch (c)
        {
        case 't':
            r.target = (uint16_t)helper_number("--target", optarg, 1, 65535);
            break;
        case 'l':
            r.loss = probability("--loss", optarg);
            break;
        case 'u':
            r.duplicate = probability("--duplicate", optarg);
            break;
        case 'c':
            r.corrupt = probability("--corrupt", optarg);
            break;
        case 'x':
            r.truncate = probability("--truncate", optarg);
            break;
        case 'd':
            r.delay = probability("--delay", optarg);
            break;
        case 'm':
            r.delay_ms = helper_number("--delay-ms", optarg, 1, 60000);
            break;
        case 'r':
            r.reorder = probability("--reorder", optarg);
            break;
        case 's':
            seed = (uint64_t)helper_number("--seed", optarg, 0, 1L << 40);
            break;
        case 'f':
            port_file = optarg;
            break;
        case 'F':
            r.target_file = optarg;
            break;
        default:
            return 2;
        }
    }
    if (!r.target && !r.target_file)
    {
        fprintf(stderr, "udp_relay needs --target PORT or --target-file FILE\n");
        return 2;
    }
    helper_seed(&r.random, seed);
    r.fd = helper_udp(AF_INET, 0);
    helper_announce(port_file, helper_port(r.fd));
    serve(&r);
    printf("relay: %lu to the target, %lu back; %lu lost, %lu duplicated, %lu corrupted, %lu truncated, %lu delayed, "
           "%lu reordered; "
           "%lu forwarded, "
           "%lu dropped\n",
           r.in[1], r.in[0], r.lost, r.duplicated, r.corrupted, r.truncated, r.delayed, r.reordered, r.forwarded,
           r.dropped);
    return 0;
}
