/* Calls that may take long: made in a thread, while the command says what they wait for. */
#include "command.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LOOK_EVERY 1000 /* milliseconds */

struct running
{
    const struct long_call *call;
    HANDLE session;
    DWORD result;
};

static DWORD WINAPI run(void *context)
{
    struct running *running = context;

    running->result = running->call->call(running->session, running->call->context);
    return 0;
}

DWORD wait_for(HANDLE session, const struct long_call *call)
{
    struct running running = {call, session, 0};
    HANDLE thread = CreateThread(NULL, 0, run, &running, 0, NULL);
    char said[1024] = "", now[1024];

    if (!thread) return call->call(session, call->context);
    while (WaitForSingleObject(thread, LOOK_EVERY) == WAIT_TIMEOUT)
    {
        now[0] = 0;
        call->describe(session, call->context, now, sizeof(now));
        if (!now[0] || !strcmp(now, said)) continue;
        tell("rsm: waiting: %s\n", now);
        strcpy(said, now);
    }
    CloseHandle(thread);
    return running.result;
}

void describe_operator_requests(HANDLE session, char *text, size_t size)
{
    object_information information;
    NTMS_GUID *ids;
    char message[TEXT_SIZE];
    DWORD count;

    if (list_objects(session, NULL, NTMS_OPREQUEST, &ids, &count)) return;
    for (DWORD i = 0; i < count; i++)
    {
        size_t at = strlen(text);

        if (read_object(session, &ids[i], NTMS_OPREQUEST, &information)) continue;
        if (operator_request_has_ended(information.Info.OpRequest.State)) continue;
        snprintf(text + at, size - at, "%soperator request %s: %s", at ? "; " : "", id_text(&ids[i]),
                 to_utf8(information.Info.OpRequest.szMessage, message, sizeof(message)));
    }
    free(ids);
}
