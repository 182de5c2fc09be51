/*
 * Adds a media library to a prefix's removable storage, where Windows had a snap-in for that. Native, so that it needs
 * none of what the conformance programs test.
 *
 * add_library PREFIX LOCATION NAME DRIVES SLOTS PORTS SIDES
 *   corkd serves that prefix. LOCATION is "folder:PATH" ...; the numbers are those of a new folder library. Exit code
 * 0, or 1 with the reason on standard error.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../interop/corkd_client.h"
#include "../tools/corkd/rsm/rsm_service.h"

#define PATIENCE 60 /* seconds */

static void put_ascii(struct host_encoder *encoder, const char *text)
{
    uint16_t units[1024];
    size_t length = strnlen(text, 1023);

    for (size_t i = 0; i < length; i++)
        units[i] = (uint8_t)text[i];
    units[length] = 0;
    host_put_utf16(encoder, units);
}

/* Sends a request and waits for its answer. Ends the program where it is none, or says that it failed. *number (may be
 * NULL) becomes the reply's first value. */
static void ask(struct client *client, uint32_t method, struct host_encoder *arguments, uint32_t *number)
{
    struct host_header header;
    struct host_decoder values;
    const uint8_t *payload;

    if (!client_request(client, RSM_SERVICE, method, method, arguments) ||
        !client_receive(client, PATIENCE, &header, &payload))
    {
        fprintf(stderr, "corkd does not answer request %#x\n", method);
        exit(1);
    }
    if (header.kind != HOST_REPLY || header.code)
    {
        fprintf(stderr, "request %#x: kind %u, code %u\n", method, header.kind, header.code);
        exit(1);
    }
    host_decoder_init(&values, payload, header.length);
    if (number) *number = host_get_u32(&values);
    client_drop(client, &header);
    host_encoder_free(arguments);
}

int main(int count, char **words)
{
    struct host_endpoint endpoint;
    struct host_encoder arguments;
    struct client client;
    uint32_t session;

    if (count != 8)
    {
        fprintf(stderr, "add_library PREFIX LOCATION NAME DRIVES SLOTS PORTS SIDES\n");
        return 1;
    }
    client_read_endpoint(words[1], &endpoint);
    if (!client_open(&client, &endpoint))
    {
        fprintf(stderr, "corkd does not let this program in\n");
        return 1;
    }
    host_encoder_init(&arguments);
    for (int i = 0; i < 3; i++)
        put_ascii(&arguments, "add_library");
    host_put_u32(&arguments, 0);
    ask(&client, RSM_OPEN_SESSION, &arguments, &session);
    host_encoder_init(&arguments);
    host_put_u32(&arguments, session);
    put_ascii(&arguments, words[2]);
    put_ascii(&arguments, words[3]);
    for (int i = 4; i < 8; i++)
        host_put_u32(&arguments, (uint32_t)strtoul(words[i], NULL, 10));
    ask(&client, RSM_ADD_LIBRARY, &arguments, NULL);
    client_close(&client);
    return 0;
}
