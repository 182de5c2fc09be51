/* A client of corkd in native code, as simple as can be, for tests that misbehave. */
#ifndef CORKD_CLIENT_H
#define CORKD_CLIENT_H

#include "common/host_protocol.h"

struct client
{
    int fd;
    struct host_reader reader;
};

/* Reads the endpoint file of the prefix; ends the program where there is none. */
void client_read_endpoint(const char *prefix, struct host_endpoint *endpoint);
/* Connects without a word. -1 when refused. */
int client_dial(const struct host_endpoint *endpoint);
/* Sends bytes. False when the other side has gone. */
bool client_send(int fd, const void *bytes, size_t size);
/* Builds a hello with this token. */
void client_make_hello(struct host_encoder *frame, const uint8_t *token, size_t token_size);
/* Connects and exchanges hellos. False when refused. */
bool client_open(struct client *client, const struct host_endpoint *endpoint);
void client_close(struct client *client);
/* Sends a request with a payload that is there already. */
bool client_request(struct client *client, const char *service, uint32_t method, uint64_t number,
                    const struct host_encoder *values);
bool client_cancel(struct client *client, uint64_t number);
/* Waits up to `seconds` for the next frame; client_drop has to follow. False: none came, or the connection ended. */
bool client_receive(struct client *client, int seconds, struct host_header *header, const uint8_t **payload);
void client_drop(struct client *client, const struct host_header *header);
/* Whether the other side ends the connection within `seconds`; what it sends before that is thrown away. */
bool client_sees_end(int fd, int seconds);

#endif
