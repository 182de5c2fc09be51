/*
 * The driver's commands that the API has no function for: requests of the service itself.
 *
 *   add LOCATION NAME [DRIVES SLOTS PORTS SIDES]   adds a library
 *   faults                                         the service's check of its database; says each fault
 *   path LIBRARY DRIVE                             where what is mounted there is: the host's path and the drive letter
 */
#include "ntmsapi_driver.h"

#include <stdlib.h>
#include <string.h>

#include "../tools/corkd/rsm/rsm_service.h"
#include "common/host_channel.h"

#define SERVICE_TIME 60000

static uint64_t connection;
static uint32_t service_session;

static void put_text(struct host_encoder *encoder, const char *text)
{
    WCHAR units[512] = L"";

    MultiByteToWideChar(CP_UTF8, 0, text ? text : "", -1, units, 512);
    host_put_utf16(encoder, (const uint16_t *)units);
}

static DWORD ask(uint32_t method, struct host_encoder *arguments, struct host_reply *reply)
{
    struct host_call call;

    host_call_init(&call, RSM_SERVICE, method, arguments, SERVICE_TIME);
    call.connection = method == RSM_OPEN_SESSION ? 0 : connection;
    if (host_call(&call, reply)) return ERROR_NOT_CONNECTED;
    return reply->code;
}

/* A session of its own: the DLL's belongs to the DLL's connection. */
static DWORD open_service(void)
{
    struct host_encoder arguments;
    struct host_reply reply;
    DWORD error;

    host_encoder_init(&arguments);
    put_text(&arguments, "ntmsapi_driver");
    put_text(&arguments, "");
    put_text(&arguments, "");
    host_put_u32(&arguments, 0);
    error = ask(RSM_OPEN_SESSION, &arguments, &reply);
    connection = reply.connection;
    if (!error) service_session = host_get_u32(&reply.values);
    host_reply_free(&reply);
    host_encoder_free(&arguments);
    return error;
}

/* Begins a request; one whose connection has gone is made on a new one. */
static DWORD begin(struct host_encoder *arguments)
{
    DWORD error = open_service();

    host_encoder_init(arguments);
    host_put_u32(arguments, service_session);
    return error;
}

static DWORD add_library(struct command *command)
{
    struct host_encoder arguments;
    struct host_reply reply = {0};
    DWORD error = begin(&arguments);

    if (!command->words[1] || !command->words[2]) error = ERROR_INVALID_PARAMETER;
    put_text(&arguments, command->words[1]);
    put_text(&arguments, command->words[2]);
    for (int i = 3, given = 1; i < 7; i++)
    {
        given = given && command->words[i];
        host_put_u32(&arguments, given ? number(command->words[i]) : 0);
    }
    if (!error) error = ask(RSM_ADD_LIBRARY, &arguments, &reply);
    host_reply_free(&reply);
    host_encoder_free(&arguments);
    return error;
}

static void say_text(struct command *command, struct host_decoder *values)
{
    uint16_t *text = host_get_utf16(values);
    char shown[512];

    if (text && WideCharToMultiByte(CP_UTF8, 0, (const WCHAR *)text, -1, shown, sizeof(shown), NULL, NULL))
        say(command, "%s", shown);
    free(text);
}

static DWORD faults(struct command *command)
{
    struct host_encoder arguments;
    struct host_reply reply = {0};
    DWORD error = begin(&arguments);

    if (!error) error = ask(RSM_CHECK, &arguments, &reply);
    if (!error)
    {
        uint32_t count;

        if (host_get_u32(&reply.values)) error = ERROR_DATABASE_FAILURE;
        count = host_get_list(&reply.values, 1);
        for (uint32_t i = 0; i < count; i++)
            say_text(command, &reply.values);
    }
    host_reply_free(&reply);
    host_encoder_free(&arguments);
    return error;
}

static DWORD path(struct command *command)
{
    struct host_encoder arguments;
    struct host_reply reply = {0};
    NTMS_GUID drive;
    DWORD error = find_element(command->words[1], NTMS_DRIVE, number(command->words[2]), &drive);

    if (error) return error;
    error = begin(&arguments);
    host_put_guid(&arguments, &drive);
    if (!error) error = ask(RSM_DRIVE_PATH, &arguments, &reply);
    for (int i = 0; i < 2 && !error; i++)
        say_text(command, &reply.values);
    host_reply_free(&reply);
    host_encoder_free(&arguments);
    return error;
}

const struct verb service_verbs[] = {{"add", add_library}, {"faults", faults}, {"path", path}, {NULL, NULL}};
