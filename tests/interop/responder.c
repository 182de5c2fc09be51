/* An SNMP agent with canned answers, as fast as the machine allows: the peer of the benchmarks and of the fault tests.
 *
 * responder [OPTION...]
 *   --mode MODE        normal (default), silent, slow, garbage, twice, wrong-id, other-port, hold, flood
 *   --delay MS         how late `slow` answers (default 100)
 *   --hold N           how many requests `hold` collects before it answers them all (default 10000);
 *                      it answers what it has when none came for half a second
 *   --flood N          how many malformed datagrams `flood` sends before each answer (default 50)
 *   --seed N           of what is malformed (default 1)
 *   --value BYTES      size of the answer's octet string (default 24)
 *   --port-file FILE   where the port is written (default: standard output)
 *   --ipv6             listen on ::1
 *
 * It answers each v1/v2c GET, GETNEXT, GETBULK and SET with the same one variable binding, the request's version,
 * community and request id. At SIGTERM it prints what it counted. */

#include <errno.h>
#include <getopt.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "malform_messages.h"

#define BATCH       64
#define MAX_REQUEST 2048
#define MAX_ANSWER  2048

enum mode
{
    NORMAL,
    SILENT,
    SLOW,
    GARBAGE,
    TWICE,
    WRONG_ID,
    OTHER_PORT,
    HOLD,
    FLOOD
};
static const char *const mode_names[] = {"normal",   "silent",     "slow", "garbage", "twice",
                                         "wrong-id", "other-port", "hold", "flood"};

typedef struct
{
    struct sockaddr_storage peer;
    socklen_t peer_length;
    int64_t due_ms;
    size_t length;
    unsigned char data[MAX_ANSWER];
} answer;

typedef struct
{
    enum mode mode;
    int fd, other_fd;
    long delay_ms, hold, value_size, flood;
    unsigned long requests, answers, refused, malformed;
    helper_random random;
    /* Answers that wait (slow, hold): a ring of as many as fit. */
    answer *queue;
    size_t head, count, capacity, most;
    int64_t last_ms;
} responder;

/* ---- the little BER that it takes ---- */

/* Reads one tag and length. Returns the first byte of the content, or NULL where it does not lie within end. */
static const unsigned char *ber_header(const unsigned char *p, const unsigned char *end, int tag, size_t *length)
{
    size_t n;

    if (end - p < 2 || (tag >= 0 && *p != tag)) return NULL;
    p++;
    n = *p++;
    if (n & 0x80)
    {
        size_t bytes = n & 0x7f;
        if (bytes == 0 || bytes > 4 || (size_t)(end - p) < bytes) return NULL;
        for (n = 0; bytes; bytes--)
            n = n << 8 | *p++;
    }
    if ((size_t)(end - p) < n) return NULL;
    *length = n;
    return p;
}

typedef struct
{
    const unsigned char *version, *community, *id;
    size_t version_length, community_length, id_length;
} request;

static int parse_request(const unsigned char *data, size_t size, request *r)
{
    const unsigned char *end = data + size, *p;
    size_t length;

    if (!(p = ber_header(data, end, 0x30, &length))) return 0;
    end = p + length;
    if (!(r->version = ber_header(p, end, 0x02, &r->version_length))) return 0;
    if (!(r->community = ber_header(r->version + r->version_length, end, 0x04, &r->community_length))) return 0;
    if (r->community_length > 255 || r->version_length != 1) return 0;
    p = r->community + r->community_length;
    if (end - p < 2 || (*p != 0xa0 && *p != 0xa1 && *p != 0xa3 && *p != 0xa5)) return 0;
    if (!(p = ber_header(p, end, -1, &length))) return 0;
    if (!(r->id = ber_header(p, p + length, 0x02, &r->id_length))) return 0;
    return r->id_length >= 1 && r->id_length <= 4;
}

/* The answer is written from its end to its start, since a length comes before what it counts. */
typedef struct
{
    unsigned char *start, *p;
} writer;

static void put_bytes(writer *w, const void *bytes, size_t length)
{
    w->p -= length;
    memcpy(w->p, bytes, length);
}

static void put_header(writer *w, unsigned char tag, size_t length)
{
    if (length < 128)
    {
        *--w->p = (unsigned char)length;
    }
    else
    {
        *--w->p = (unsigned char)length;
        *--w->p = (unsigned char)(length >> 8);
        *--w->p = 0x82;
    }
    *--w->p = tag;
}

static size_t build_answer(const request *r, long value_size, int wrong_id, unsigned char *out)
{
    static const unsigned char name[] = {0x06, 0x08, 0x2b, 6, 1, 2, 1, 1, 1, 0}, no_error[] = {0x02, 1, 0, 0x02, 1, 0};
    unsigned char buffer[MAX_ANSWER], id[4];
    unsigned char *end = buffer + sizeof(buffer);
    writer w = {buffer, end};

    w.p -= value_size;
    memset(w.p, 'c', (size_t)value_size);
    put_header(&w, 0x04, (size_t)value_size);
    put_bytes(&w, name, sizeof(name));
    put_header(&w, 0x30, (size_t)(end - w.p));
    put_header(&w, 0x30, (size_t)(end - w.p));
    put_bytes(&w, no_error, sizeof(no_error));
    memcpy(id, r->id, r->id_length);
    if (wrong_id) id[r->id_length - 1] ^= 0x55;
    put_bytes(&w, id, r->id_length);
    put_header(&w, 0x02, r->id_length);
    put_header(&w, 0xa2, (size_t)(end - w.p));
    put_bytes(&w, r->community, r->community_length);
    put_header(&w, 0x04, r->community_length);
    put_bytes(&w, r->version, 1);
    put_header(&w, 0x02, 1);
    put_header(&w, 0x30, (size_t)(end - w.p));
    memcpy(out, w.p, (size_t)(end - w.p));
    return (size_t)(end - w.p);
}

/* ---- sending ---- */

static void send_answer(responder *r, int fd, const answer *a)
{
    ssize_t sent;

    do
        sent = sendto(fd, a->data, a->length, 0, (const struct sockaddr *)&a->peer, a->peer_length);
    while (sent < 0 && errno == EINTR);
    if (sent >= 0) r->answers++;
}

static void enqueue(responder *r, const answer *a)
{
    if (r->count == r->capacity) return;
    r->queue[(r->head + r->count) % r->capacity] = *a;
    r->count++;
    if (r->count > r->most) r->most = r->count;
    r->last_ms = helper_now_ms();
}

static void flush_queue(responder *r, int64_t now)
{
    while (r->count && r->queue[r->head].due_ms <= now)
    {
        send_answer(r, r->fd, &r->queue[r->head]);
        r->head = (r->head + 1) % r->capacity;
        r->count--;
    }
}

static void release_held(responder *r)
{
    while (r->count)
    {
        send_answer(r, r->fd, &r->queue[r->head]);
        r->head = (r->head + 1) % r->capacity;
        r->count--;
        /* A pause now and then: the receiver's socket buffer is finite, and what is tested is the requests in flight,
         * not that. */
        if (r->count % 50 == 0) usleep(2000);
    }
}

static void flood(responder *r, const answer *a)
{
    unsigned char data[MALFORMED_MAX];

    for (long i = 0; i < r->flood; i++)
    {
        size_t size = make_malformed(&r->random, 1, r->malformed++, data);

        sendto(r->fd, data, size, 0, (const struct sockaddr *)&a->peer, a->peer_length);
    }
}

/* Makes the mode's answer and sends it, unless it goes with its batch (returns 1 then). */
static int respond(responder *r, answer *a, const request *q)
{
    switch (r->mode)
    {
    case SILENT:
        return 0;
    case SLOW:
        a->due_ms = helper_now_ms() + r->delay_ms;
        enqueue(r, a);
        return 0;
    case HOLD:
        enqueue(r, a);
        if ((long)r->count == r->hold) release_held(r);
        return 0;
    case GARBAGE:
        for (size_t i = 0; i < a->length; i++)
            a->data[i] = (unsigned char)helper_next(&r->random);
        send_answer(r, r->fd, a);
        return 0;
    case TWICE:
        send_answer(r, r->fd, a);
        return 1;
    case WRONG_ID:
        a->length = build_answer(q, r->value_size, 1, a->data);
        return 1;
    case OTHER_PORT:
        send_answer(r, r->other_fd, a);
        return 0;
    case FLOOD:
        flood(r, a);
        send_answer(r, r->fd, a);
        return 0;
    case NORMAL:
        break;
    }
    return 1;
}

static void receive_batch(responder *r)
{
    static unsigned char in[BATCH][MAX_REQUEST];
    static answer out[BATCH];
    struct mmsghdr heads[BATCH], replies[BATCH];
    struct iovec vectors[BATCH], reply_vectors[BATCH];
    int count, ready = 0;

    for (int i = 0; i < BATCH; i++)
    {
        vectors[i] = (struct iovec){in[i], sizeof(in[i])};
        heads[i].msg_hdr = (struct msghdr){
            .msg_name = &out[i].peer, .msg_namelen = sizeof(out[i].peer), .msg_iov = &vectors[i], .msg_iovlen = 1};
    }
    count = recvmmsg(r->fd, heads, BATCH, MSG_WAITFORONE, NULL);
    for (int i = 0; i < count; i++)
    {
        request q;
        answer *a = &out[i];

        r->requests++;
        if (!parse_request(in[i], heads[i].msg_len, &q))
        {
            r->refused++;
            continue;
        }
        a->peer_length = heads[i].msg_hdr.msg_namelen;
        a->length = build_answer(&q, r->value_size, 0, a->data);
        if (!respond(r, a, &q)) continue;
        reply_vectors[ready] = (struct iovec){a->data, a->length};
        replies[ready].msg_hdr = (struct msghdr){
            .msg_name = &a->peer, .msg_namelen = a->peer_length, .msg_iov = &reply_vectors[ready], .msg_iovlen = 1};
        ready++;
    }
    for (int sent = 0; sent < ready;)
    {
        int n = sendmmsg(r->fd, replies + sent, (unsigned)(ready - sent), 0);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0)
            n = 1; /* one peer is gone: its answer is skipped */
        else
            r->answers += (unsigned long)n;
        sent += n;
    }
}

/* Waits until something can be read or ms (-1: without end) are over. */
static int readable(responder *r, int ms)
{
    struct pollfd p = {r->fd, POLLIN, 0};

    return poll(&p, 1, ms) > 0;
}

static void serve_held(responder *r)
{
    if (readable(r, r->count ? 100 : 1000)) receive_batch(r);
    if (r->count && helper_now_ms() - r->last_ms > 500) release_held(r);
}

static void serve_late(responder *r)
{
    int64_t wait = r->count ? r->queue[r->head].due_ms - helper_now_ms() : 1000;

    if (readable(r, wait < 0 ? 0 : (int)wait)) receive_batch(r);
    flush_queue(r, helper_now_ms());
}

static void serve(responder *r)
{
    while (!helper_stop)
    {
        if (r->mode == SLOW)
            serve_late(r);
        else if (r->mode == HOLD)
            serve_held(r);
        else
            receive_batch(r);
    }
}

static enum mode mode_by_name(const char *name)
{
    for (int i = 0; i <= FLOOD; i++)
        if (!strcmp(name, mode_names[i])) return (enum mode)i;
    fprintf(stderr, "no such mode: %s\n", name);
    exit(2);
}

int main(int argc, char **argv)
{
    static const struct option options[] = {
        {"mode", 1, NULL, 'm'},      {"delay", 1, NULL, 'd'}, {"hold", 1, NULL, 'h'},
        {"value", 1, NULL, 'v'},     {"flood", 1, NULL, 'n'}, {"seed", 1, NULL, 's'},
        {"port-file", 1, NULL, 'f'}, {"ipv6", 0, NULL, '6'},  {NULL, 0, NULL, 0}};
    static responder r = {.mode = NORMAL, .delay_ms = 100, .hold = 10000, .value_size = 24, .flood = 50};
    const char *port_file = NULL;
    int family = AF_INET, c;
    uint64_t seed = 1;

    helper_start();
    while ((c = getopt_long(argc, argv, "", options, NULL)) != -1)
    {
        switch (c)
        {
        case 'm':
            r.mode = mode_by_name(optarg);
            break;
        case 'd':
            r.delay_ms = helper_number("--delay", optarg, 0, 60000);
            break;
        case 'h':
            r.hold = helper_number("--hold", optarg, 1, 100000);
            break;
        case 'v':
            r.value_size = helper_number("--value", optarg, 0, 1400);
            break;
        case 'n':
            r.flood = helper_number("--flood", optarg, 0, 100000);
            break;
        case 's':
            seed = (uint64_t)helper_number("--seed", optarg, 0, 1L << 40);
            break;
        case 'f':
            port_file = optarg;
            break;
        case '6':
            family = AF_INET6;
            break;
        default:
            return 2;
        }
    }
    helper_seed(&r.random, seed);
    r.fd = helper_udp(family, 0);
    r.other_fd = helper_udp(family, 0);
    if (r.mode == SLOW || r.mode == HOLD)
    {
        r.capacity = (size_t)r.hold;
        r.queue = calloc(r.capacity, sizeof(*r.queue));
        if (!r.queue)
        {
            fprintf(stderr, "no memory for %ld answers\n", r.hold);
            return 1;
        }
    }
    helper_announce(port_file, helper_port(r.fd));
    serve(&r);
    printf("responder: %lu requests, %lu answers, %lu not understood, %lu malformed sent, %zu held at most\n",
           r.requests, r.answers, r.refused, r.malformed, r.most);
    free(r.queue);
    return 0;
}
