/* What no function of the API asks for: requests to corkd's removable storage service (rsm_service.h). */
#include "command.h"

#include <stdio.h>
#include <string.h>

#include "common/host_channel.h"
#include "../tools/corkd/rsm/rsm_service.h"

struct wire
{
    uint32_t session;
    uint64_t connection;
    struct host_reply reply;
};

/* Sends, and leaves the reply to be read and freed. */
static DWORD ask(struct wire *wire, uint32_t method, const struct host_encoder *arguments)
{
    struct host_call call;

    host_call_init(&call, RSM_SERVICE, method, arguments, INFINITE);
    call.connection = wire->connection;
    switch (host_call(&call, &wire->reply))
    {
    case HOST_CALL_OK:
        return wire->reply.code;
    case HOST_CALL_NO_MEMORY:
        return ERROR_NOT_ENOUGH_MEMORY;
    case HOST_CALL_BAD_ARGUMENTS:
        return ERROR_INVALID_PARAMETER;
    default:
        return ERROR_NOT_CONNECTED;
    }
}

static void free_reply(struct wire *wire)
{
    host_reply_free(&wire->reply);
    memset(&wire->reply, 0, sizeof(wire->reply));
}

static DWORD open_wire(struct wire *wire)
{
    static const uint16_t application[] = {'r', 's', 'm', 0}, nobody[] = {0};
    struct host_encoder arguments;
    DWORD error;

    memset(wire, 0, sizeof(*wire));
    host_encoder_init(&arguments);
    host_put_utf16(&arguments, application);
    host_put_utf16(&arguments, nobody);
    host_put_utf16(&arguments, nobody);
    host_put_u32(&arguments, 0);
    host_put_bytes(&arguments, NULL, 0);
    error = ask(wire, RSM_OPEN_SESSION, &arguments);
    if (!error)
    {
        wire->connection = wire->reply.connection;
        wire->session = host_get_u32(&wire->reply.values);
    }
    host_encoder_free(&arguments);
    free_reply(wire);
    return error;
}

static void begin(struct wire *wire, struct host_encoder *arguments)
{
    host_encoder_init(arguments);
    host_put_u32(arguments, wire->session);
}

/* The session goes with the process' connection. */
static DWORD end(struct wire *wire, struct host_encoder *arguments, DWORD error)
{
    if (!error && host_decoder_finish(&wire->reply.values, true) != HOST_OK) error = ERROR_NOT_CONNECTED;
    host_encoder_free(arguments);
    free_reply(wire);
    return error;
}

static void put_wide(struct host_encoder *arguments, const char *text)
{
    WCHAR wide[TEXT_SIZE];

    if (to_wide(text, wide, TEXT_SIZE))
        host_put_utf16(arguments, wide);
    else
        arguments->error = HOST_TOO_LARGE;
}

DWORD wire_add_library(const char *location, const char *name, const uint32_t sizes[4], NTMS_GUID *library)
{
    struct host_encoder arguments;
    struct wire wire;
    DWORD error = open_wire(&wire);

    if (error) return error;
    begin(&wire, &arguments);
    put_wide(&arguments, location);
    put_wide(&arguments, name);
    for (int i = 0; i < 4; i++)
        host_put_u32(&arguments, sizes[i]);
    error = ask(&wire, RSM_ADD_LIBRARY, &arguments);
    if (!error) host_get_guid(&wire.reply.values, library);
    return end(&wire, &arguments, error);
}

/* Reads a text of the service into `text` of `size` bytes. */
static void get_text(struct wire *wire, char *text, size_t size)
{
    WCHAR wide[TEXT_SIZE] = L"";

    host_get_utf16_into(&wire->reply.values, wide, TEXT_SIZE);
    to_utf8(wide, text, size);
}

DWORD wire_drive_path(const NTMS_GUID *drive, char *path)
{
    struct host_encoder arguments;
    struct wire wire;
    char letter[16];
    DWORD error = open_wire(&wire);

    path[0] = 0;
    if (error) return error;
    begin(&wire, &arguments);
    host_put_guid(&arguments, drive);
    error = ask(&wire, RSM_DRIVE_PATH, &arguments);
    if (!error)
    {
        get_text(&wire, path, TEXT_SIZE);
        get_text(&wire, letter, sizeof(letter));
    }
    return end(&wire, &arguments, error);
}

DWORD wire_check(void (*fault)(const char *text), DWORD *count)
{
    struct host_encoder arguments;
    struct wire wire;
    uint32_t texts;
    DWORD error = open_wire(&wire);

    *count = 0;
    if (error) return error;
    begin(&wire, &arguments);
    error = ask(&wire, RSM_CHECK, &arguments);
    if (!error)
    {
        *count = host_get_u32(&wire.reply.values);
        texts = host_get_list(&wire.reply.values, 4);
        for (uint32_t i = 0; i < texts && !wire.reply.values.error; i++)
        {
            char text[TEXT_SIZE];

            get_text(&wire, text, sizeof(text));
            fault(text);
        }
    }
    return end(&wire, &arguments, error);
}
