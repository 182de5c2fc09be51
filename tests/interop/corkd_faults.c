/*
 * What corkd has to survive, done to it by a native client.
 *
 * corkd_faults PREFIX CASE    exit code 0 if corkd did as it should, else 1 with the reason on standard error. After
 * each case corkd still has to answer.
 */
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "corkd_client.h"

#define LONG_SECONDS 60

enum ping_method
{
    PING_QUICK,
    PING_WORKER,
    PING_SLOW,
    PING_EVENTS,
    PING_NEVER,
};

#define REQUIRE(condition)                                                                                             \
    do                                                                                                                 \
        if (!(condition))                                                                                              \
        {                                                                                                              \
            fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition);                                            \
            return false;                                                                                              \
        }                                                                                                              \
    while (0)

static struct host_endpoint endpoint;
static unsigned seed = 1;

static unsigned pseudo_random(unsigned below)
{
    seed = seed * 1103515245u + 12345u;
    return (seed >> 16) % below;
}

/* The next frame is the answer to `number` of this kind and code. */
static bool expect(struct client *client, uint64_t number, enum host_kind kind, uint32_t code)
{
    struct host_header header;
    const uint8_t *payload;

    REQUIRE(client_receive(client, LONG_SECONDS, &header, &payload));
    if (header.kind != kind || header.number != number || header.code != code)
        fprintf(stderr, "kind %u number %llu code %u\n", (unsigned)header.kind, (unsigned long long)header.number,
                (unsigned)header.code);
    REQUIRE(header.kind == kind && header.number == number && header.code == code);
    client_drop(client, &header);
    return true;
}

static bool answers(void)
{
    struct client client;

    REQUIRE(client_open(&client, &endpoint));
    REQUIRE(client_request(&client, "ping", PING_QUICK, 1, NULL) && expect(&client, 1, HOST_REPLY, 0));
    REQUIRE(client_request(&client, "ping", PING_WORKER, 2, NULL) && expect(&client, 2, HOST_REPLY, 0));
    client_close(&client);
    return true;
}

/* ---- Garbage ---- */

static bool send_garbage(int fd)
{
    uint8_t bytes[600];
    size_t size = 1 + pseudo_random(sizeof(bytes));

    for (size_t i = 0; i < size; i++)
        bytes[i] = (uint8_t)pseudo_random(256);
    client_send(fd, bytes, size);
    return true;
}

/* Before the hello and after it; whole frames with wrong fields, too. */
static bool case_garbage(void)
{
    struct host_encoder frame;
    struct client client;

    for (int i = 0; i < 300; i++)
    {
        int fd = client_dial(&endpoint);

        REQUIRE(fd >= 0);
        send_garbage(fd);
        close(fd);
    }
    for (int i = 0; i < 300; i++)
    {
        REQUIRE(client_open(&client, &endpoint));
        if (i % 3 == 0) send_garbage(client.fd);
        host_encoder_init(&frame);
        host_frame_begin(&frame, i % 3 == 1 ? HOST_REQUEST : HOST_CANCEL, "ping", 1, 0);
        host_put_u64(&frame, 0);
        host_frame_end(&frame);
        if (i % 3) frame.data[pseudo_random(HOST_HEADER_SIZE)] ^= (uint8_t)(1u << pseudo_random(8));
        client_send(client.fd, frame.data, frame.size);
        host_encoder_free(&frame);
        client_close(&client);
    }
    return true;
}

/* A length that is claimed costs nothing; one over the limit ends the connection. */
static bool case_lengths(void)
{
    struct host_encoder frame;
    struct client client;
    int fd;

    host_encoder_init(&frame);
    host_frame_begin(&frame, HOST_HELLO, NULL, 0, 0);
    for (int i = 0; i < HOST_HELLO_PAYLOAD_MAX + 1; i++)
        host_put_u8(&frame, 0);
    REQUIRE(host_frame_end(&frame) == HOST_OK);
    fd = client_dial(&endpoint);
    REQUIRE(fd >= 0 && client_send(fd, frame.data, HOST_HEADER_SIZE) && client_sees_end(fd, LONG_SECONDS));
    close(fd);
    REQUIRE(client_open(&client, &endpoint));
    memcpy(frame.data + 8, "\xff\xff\xff\xff", 4);
    frame.data[12] = HOST_REQUEST;
    REQUIRE(client_send(client.fd, frame.data, HOST_HEADER_SIZE) && client_sees_end(client.fd, LONG_SECONDS));
    client_close(&client);
    host_encoder_free(&frame);
    return true;
}

/* ---- Authentication ---- */

static bool is_refused(const uint8_t *token, size_t size, uint32_t reason)
{
    struct host_encoder frame;
    struct client client = {.fd = client_dial(&endpoint)};

    REQUIRE(client.fd >= 0);
    host_reader_init(&client.reader, HOST_PAYLOAD_MAX);
    client_make_hello(&frame, token, size);
    REQUIRE(client_send(client.fd, frame.data, frame.size));
    host_encoder_free(&frame);
    REQUIRE(expect(&client, 0, HOST_REFUSAL, reason));
    REQUIRE(client_sees_end(client.fd, LONG_SECONDS));
    client_close(&client);
    return true;
}

static bool case_token(void)
{
    uint8_t token[HOST_TOKEN_SIZE];
    struct client client = {.fd = client_dial(&endpoint)};

    for (size_t i = 0; i < HOST_TOKEN_SIZE; i++)
    {
        memcpy(token, endpoint.token, HOST_TOKEN_SIZE);
        token[i] ^= (uint8_t)(1u << i % 8);
        REQUIRE(is_refused(token, HOST_TOKEN_SIZE, HOST_REFUSED_TOKEN));
    }
    REQUIRE(is_refused(endpoint.token, HOST_TOKEN_SIZE - 1, HOST_REFUSED_TOKEN));
    REQUIRE(is_refused(NULL, 0, HOST_REFUSED_TOKEN));
    /* A request without a hello. */
    REQUIRE(client.fd >= 0);
    host_reader_init(&client.reader, HOST_PAYLOAD_MAX);
    REQUIRE(client_request(&client, "ping", PING_QUICK, 1, NULL));
    REQUIRE(expect(&client, 0, HOST_REFUSAL, HOST_REFUSED_TOKEN) && client_sees_end(client.fd, LONG_SECONDS));
    client_close(&client);
    return true;
}

/* For the shell, which has changed the endpoint file's mode. */
static bool case_untrusted(void)
{
    return is_refused(endpoint.token, HOST_TOKEN_SIZE, HOST_REFUSED_TOKEN);
}

static bool case_version(void)
{
    struct host_encoder frame;
    struct client client = {.fd = client_dial(&endpoint)};
    struct host_header header;
    const uint8_t *payload;

    REQUIRE(client.fd >= 0);
    host_reader_init(&client.reader, HOST_PAYLOAD_MAX);
    client_make_hello(&frame, endpoint.token, HOST_TOKEN_SIZE);
    frame.data[4] = HOST_PROTOCOL_MAJOR + 1;
    REQUIRE(client_send(client.fd, frame.data, frame.size));
    host_encoder_free(&frame);
    REQUIRE(client_receive(&client, LONG_SECONDS, &header, &payload));
    REQUIRE(header.kind == HOST_REFUSAL && header.code == HOST_REFUSED_VERSION && header.major == HOST_PROTOCOL_MAJOR);
    fprintf(stderr, "%.*s\n", (int)header.length - 4, (const char *)payload + 4);
    client_close(&client);
    return true;
}

/* Connections that say nothing: the oldest give way, the rest end in time, and others get in meanwhile. */
static bool case_silent(void)
{
    enum
    {
        SILENT = 400
    };
    int fds[SILENT];

    for (int i = 0; i < SILENT; i++)
        REQUIRE((fds[i] = client_dial(&endpoint)) >= 0);
    REQUIRE(answers());
    for (int i = 0; i < SILENT; i++)
    {
        REQUIRE(client_sees_end(fds[i], LONG_SECONDS));
        close(fds[i]);
    }
    return true;
}

/* ---- Clients that go ---- */

/* A conversation of several requests, ended after every number of bytes. */
static bool case_every_byte(void)
{
    struct host_encoder hello, request, all;

    host_encoder_init(&all);
    client_make_hello(&hello, endpoint.token, HOST_TOKEN_SIZE);
    host_put_raw(&all, hello.data, hello.size);
    for (uint64_t number = 1; number < 6; number++)
    {
        host_encoder_init(&request);
        host_frame_begin(&request, HOST_REQUEST, "ping", number, number == 5 ? PING_NEVER : (uint32_t)number - 1);
        if (number == 3) host_put_u32(&request, 5000);
        if (number == 4) host_put_u32(&request, 20);
        if (number == 4) host_put_bytes(&request, "event", 5);
        host_frame_end(&request);
        host_put_raw(&all, request.data, request.size);
        host_encoder_free(&request);
    }
    for (size_t size = 0; size <= all.size; size++)
    {
        int fd = client_dial(&endpoint);

        REQUIRE(fd >= 0 && client_send(fd, all.data, size));
        close(fd);
    }
    host_encoder_free(&hello);
    host_encoder_free(&all);
    return true;
}

static bool case_many(void)
{
    enum
    {
        MANY = 1000
    };
    static struct client clients[MANY];
    struct rlimit limit = {4096, 4096};

    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
    for (int i = 0; i < MANY; i++)
        REQUIRE(client_open(&clients[i], &endpoint));
    for (int i = 0; i < MANY; i++)
    {
        REQUIRE(client_request(&clients[i], "ping", PING_NEVER, 1, NULL));
        REQUIRE(client_request(&clients[i], "ping", PING_WORKER, 2, NULL));
        REQUIRE(client_request(&clients[i], "ping", PING_QUICK, 3, NULL));
    }
    for (int i = 0; i < MANY; i++)
    {
        struct host_header header;
        const uint8_t *payload;

        for (int j = 0; j < 2; j++)
        {
            REQUIRE(client_receive(&clients[i], LONG_SECONDS, &header, &payload));
            REQUIRE(header.kind == HOST_REPLY && (header.number == 2 || header.number == 3));
            client_drop(&clients[i], &header);
        }
        REQUIRE(client_cancel(&clients[i], 1) && expect(&clients[i], 1, HOST_REPLY, 1));
    }
    for (int i = 0; i < MANY; i++)
        client_close(&clients[i]);
    return true;
}

/* ---- Requests ---- */

/* One client with more slow requests than it may have on workers: another is served meanwhile, and all are cancelled.
 */
static bool case_slow(void)
{
    enum
    {
        SLOW = 200
    };
    struct client slow;
    struct host_encoder values;
    struct host_header header;
    const uint8_t *payload;

    REQUIRE(client_open(&slow, &endpoint));
    host_encoder_init(&values);
    host_put_u32(&values, 600000);
    for (uint64_t i = 1; i <= SLOW; i++)
        REQUIRE(client_request(&slow, "ping", PING_SLOW, i, &values));
    for (int i = 0; i < 20; i++)
        REQUIRE(answers());
    for (uint64_t i = 1; i <= SLOW; i++)
        REQUIRE(client_cancel(&slow, i));
    for (int i = 0; i < SLOW; i++)
    {
        REQUIRE(client_receive(&slow, LONG_SECONDS, &header, &payload));
        REQUIRE((header.kind == HOST_REPLY && header.code == 1) ||
                (header.kind == HOST_REFUSAL && header.code == HOST_REFUSED_CANCELLED));
        client_drop(&slow, &header);
    }
    host_encoder_free(&values);
    client_close(&slow);
    return true;
}

/* More requests than a client may have open; a number twice; numbers that nobody knows. */
static bool case_limits(void)
{
    struct client client;
    uint32_t refused = 0;
    struct host_header header;
    const uint8_t *payload;

    REQUIRE(client_open(&client, &endpoint));
    REQUIRE(client_request(&client, "ping", PING_NEVER, 1, NULL));
    REQUIRE(client_request(&client, "ping", PING_QUICK, 1, NULL));
    REQUIRE(expect(&client, 1, HOST_REFUSAL, HOST_REFUSED_MALFORMED));
    REQUIRE(client_request(&client, "ping", PING_QUICK, 0, NULL));
    REQUIRE(expect(&client, 0, HOST_REFUSAL, HOST_REFUSED_MALFORMED));
    REQUIRE(client_cancel(&client, 77));
    for (uint64_t i = 2; i < 1500; i++)
        REQUIRE(client_request(&client, "ping", PING_NEVER, i, NULL));
    for (uint64_t i = 1; i < 1500; i++)
        REQUIRE(client_cancel(&client, i));
    for (uint64_t i = 1; i < 1500; i++)
    {
        REQUIRE(client_receive(&client, LONG_SECONDS, &header, &payload));
        refused += header.kind == HOST_REFUSAL && header.code == HOST_REFUSED_LIMIT;
        client_drop(&client, &header);
    }
    REQUIRE(refused > 0 && refused < 500);
    client_close(&client);
    return true;
}

/* A client that asks and never reads: what waits for it is bounded, and then it is cut off. */
static bool case_deaf(void)
{
    struct host_encoder values;
    struct client client;
    static uint8_t bytes[HOST_STRING_MAX];
    bool cut_off = false;

    REQUIRE(client_open(&client, &endpoint));
    host_encoder_init(&values);
    host_put_u32(&values, 1000000);
    host_put_bytes(&values, bytes, 1000);
    REQUIRE(client_request(&client, "ping", PING_EVENTS, 1, &values));
    host_encoder_free(&values);
    host_put_bytes(&values, bytes, sizeof(bytes));
    for (uint64_t i = 2; i < 200 && !cut_off; i++)
        cut_off = !client_request(&client, "ping", PING_QUICK, i, &values);
    REQUIRE(cut_off || client_sees_end(client.fd, LONG_SECONDS));
    host_encoder_free(&values);
    client_close(&client);
    return true;
}

/* ---- Lifelines ---- */

/* A connection whose hello ends with the number of the client that it is the lifeline of; 0: a client that promises
 * one. */
static int dial_with(uint64_t lifeline_of, const uint8_t *token)
{
    int fd = client_dial(&endpoint);
    struct host_encoder frame;
    bool sent;

    host_encoder_init(&frame);
    host_frame_begin(&frame, HOST_HELLO, NULL, 0, 0);
    host_put_bytes(&frame, token, HOST_TOKEN_SIZE);
    host_put_u32(&frame, (uint32_t)getpid());
    host_put_utf8(&frame, "a test");
    host_put_u64(&frame, lifeline_of);
    sent = fd >= 0 && host_frame_end(&frame) == HOST_OK && client_send(fd, frame.data, frame.size);
    host_encoder_free(&frame);
    return sent ? fd : -1;
}

/* A client that promises a lifeline, with a request that waits; *number is its own. */
static bool open_promising(struct client *client, uint64_t *number)
{
    struct host_decoder values;
    struct host_header header;
    const uint8_t *payload;

    host_reader_init(&client->reader, HOST_PAYLOAD_MAX);
    client->fd = dial_with(0, endpoint.token);
    REQUIRE(client->fd >= 0 && client_receive(client, LONG_SECONDS, &header, &payload) && header.kind == HOST_HELLO);
    host_decoder_init(&values, payload, header.length);
    host_get_u32(&values);
    host_get_utf8(&values);
    *number = host_get_u64(&values);
    client_drop(client, &header);
    REQUIRE(host_decoder_finish(&values, false) == HOST_OK && *number);
    REQUIRE(client_request(client, "ping", PING_NEVER, 1, NULL));
    return true;
}

static bool serves(struct client *client, uint64_t number)
{
    return client_request(client, "ping", PING_WORKER, number, NULL) && expect(client, number, HOST_REPLY, 0);
}

/* corkd ends what claims to be a lifeline, and the client goes on. */
static bool refuses(int lifeline, struct client *client)
{
    static uint64_t number = 100;

    REQUIRE(lifeline >= 0 && client_sees_end(lifeline, LONG_SECONDS));
    close(lifeline);
    return serves(client, ++number);
}

/* A client and its lifeline end together; nothing but the one that was promised is a lifeline. */
static bool case_lifeline(void)
{
    static const uint8_t wrong[HOST_TOKEN_SIZE] = {1};
    struct client client, other, unpromising, late;
    uint64_t number, other_number, late_number;
    int lifeline;

    REQUIRE(open_promising(&late, &late_number));
    REQUIRE(open_promising(&client, &number) && serves(&client, 2));
    REQUIRE(refuses(dial_with(number, wrong), &client));
    lifeline = dial_with(number, endpoint.token);
    REQUIRE(lifeline >= 0 && serves(&client, 3));
    REQUIRE(refuses(dial_with(number, endpoint.token), &client)); /* a second one */
    REQUIRE(refuses(dial_with(number + 1000000, endpoint.token), &client));
    REQUIRE(client_open(&unpromising, &endpoint));
    REQUIRE(open_promising(&other, &other_number));
    REQUIRE(refuses(dial_with(other_number - 1, endpoint.token), &unpromising));
    client_close(&unpromising);

    close(lifeline);
    REQUIRE(client_sees_end(client.fd, LONG_SECONDS));
    client_close(&client);
    lifeline = dial_with(other_number, endpoint.token);
    REQUIRE(lifeline >= 0 && serves(&other, 4));
    client_close(&other);
    REQUIRE(client_sees_end(lifeline, LONG_SECONDS));
    close(lifeline);

    REQUIRE(open_promising(&other, &other_number));
    lifeline = dial_with(other_number, endpoint.token);
    REQUIRE(lifeline >= 0 && serves(&other, 5) && send_garbage(lifeline)); /* nothing may follow on it */
    REQUIRE(client_sees_end(other.fd, LONG_SECONDS) && client_sees_end(lifeline, LONG_SECONDS));
    client_close(&other);
    close(lifeline);
    REQUIRE(client_sees_end(late.fd, LONG_SECONDS)); /* it never came */
    client_close(&late);
    return true;
}

int main(int argc, char **argv)
{
    static const struct
    {
        const char *name;
        bool (*run)(void);
    } cases[] = {
        {"answers", answers},        {"garbage", case_garbage},       {"lengths", case_lengths},
        {"token", case_token},       {"untrusted", case_untrusted},   {"version", case_version},
        {"silent", case_silent},     {"every-byte", case_every_byte}, {"many", case_many},
        {"slow", case_slow},         {"limits", case_limits},         {"deaf", case_deaf},
        {"lifeline", case_lifeline},
    };

    if (argc != 3) return 2;
    client_read_endpoint(argv[1], &endpoint);
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        if (!strcmp(cases[i].name, argv[2]))
            return cases[i].run() && (!strcmp(argv[2], "untrusted") || answers()) ? 0 : 1;
    fprintf(stderr, "no case is named %s\n", argv[2]);
    return 2;
}
