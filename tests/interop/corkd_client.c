/* The native client of corkd. */
#include "corkd_client.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

void client_read_endpoint(const char *prefix, struct host_endpoint *endpoint)
{
    char path[4096], text[HOST_ENDPOINT_SIZE];
    FILE *file;
    size_t size;

    snprintf(path, sizeof(path), "%s/%s", prefix, HOST_ENDPOINT_PATH);
    file = fopen(path, "r");
    size = file ? fread(text, 1, sizeof(text), file) : 0;
    if (file) fclose(file);
    if (host_endpoint_parse(text, size, endpoint)) return;
    fprintf(stderr, "no endpoint in %s\n", path);
    exit(2);
}

int client_dial(const struct host_endpoint *endpoint)
{
    struct sockaddr_in address = {.sin_family = AF_INET};
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), one = 1;

    address.sin_port = htons(endpoint->port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
    if (fd >= 0 && !connect(fd, (struct sockaddr *)&address, sizeof(address))) return fd;
    if (fd >= 0) close(fd);
    return -1;
}

bool client_send(int fd, const void *bytes, size_t size)
{
    const uint8_t *at = bytes;

    while (size)
    {
        ssize_t sent = send(fd, at, size, MSG_NOSIGNAL);

        if (sent < 0 && errno == EINTR) continue;
        if (sent <= 0) return false;
        at += sent;
        size -= (size_t)sent;
    }
    return true;
}

void client_make_hello(struct host_encoder *frame, const uint8_t *token, size_t token_size)
{
    host_encoder_init(frame);
    host_frame_begin(frame, HOST_HELLO, NULL, 0, 0);
    host_put_bytes(frame, token, token_size);
    host_put_u32(frame, (uint32_t)getpid());
    host_put_utf8(frame, "a test");
    host_frame_end(frame);
}

bool client_open(struct client *client, const struct host_endpoint *endpoint)
{
    struct host_encoder frame;
    struct host_header header;
    const uint8_t *payload;
    bool good = false;

    host_reader_init(&client->reader, HOST_PAYLOAD_MAX);
    client->fd = client_dial(endpoint);
    if (client->fd < 0) return false;
    client_make_hello(&frame, endpoint->token, HOST_TOKEN_SIZE);
    if (client_send(client->fd, frame.data, frame.size) && client_receive(client, 30, &header, &payload))
    {
        good = header.kind == HOST_HELLO;
        client_drop(client, &header);
    }
    host_encoder_free(&frame);
    if (!good) client_close(client);
    return good;
}

void client_close(struct client *client)
{
    if (client->fd >= 0) close(client->fd);
    client->fd = -1;
    host_reader_free(&client->reader);
}

bool client_request(struct client *client, const char *service, uint32_t method, uint64_t number,
                    const struct host_encoder *values)
{
    struct host_encoder frame;
    bool sent;

    host_encoder_init(&frame);
    host_frame_begin(&frame, HOST_REQUEST, service, number, method);
    if (values) host_put_raw(&frame, values->data, values->size);
    sent = host_frame_end(&frame) == HOST_OK && client_send(client->fd, frame.data, frame.size);
    host_encoder_free(&frame);
    return sent;
}

bool client_cancel(struct client *client, uint64_t number)
{
    struct host_encoder frame;
    bool sent;

    host_encoder_init(&frame);
    host_frame_begin(&frame, HOST_CANCEL, NULL, number, 0);
    sent = host_frame_end(&frame) == HOST_OK && client_send(client->fd, frame.data, frame.size);
    host_encoder_free(&frame);
    return sent;
}

bool client_receive(struct client *client, int seconds, struct host_header *header, const uint8_t **payload)
{
    time_t until = time(NULL) + seconds;
    struct pollfd readable = {.fd = client->fd, .events = POLLIN};

    while (!host_reader_next(&client->reader, header, payload))
    {
        size_t room;
        uint8_t *to = host_reader_room(&client->reader, &room);
        ssize_t size;

        if (!to || time(NULL) > until) return false;
        if (poll(&readable, 1, 1000) <= 0) continue;
        size = recv(client->fd, to, room, 0);
        if (size <= 0) return false;
        host_reader_added(&client->reader, (size_t)size);
    }
    return true;
}

void client_drop(struct client *client, const struct host_header *header)
{
    host_reader_drop(&client->reader, header);
}

bool client_sees_end(int fd, int seconds)
{
    time_t until = time(NULL) + seconds;
    struct pollfd readable = {.fd = fd, .events = POLLIN};
    uint8_t bytes[4096];

    while (time(NULL) <= until)
        if (poll(&readable, 1, 1000) > 0 && recv(fd, bytes, sizeof(bytes), 0) <= 0) return true;
    return false;
}
