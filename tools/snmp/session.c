/* A session that waits: SnmpCreateSession with a callback that sets an event, or with a window. */

#include "command.h"

#include <stdio.h>
#include <string.h>

#define NOTIFICATION (WM_USER + 1)

int report(const char *what, SNMPAPI_STATUS error)
{
    fprintf(stderr, "snmp: %s: %s\n", what, api_error_name(error));
    return EXIT_ERROR;
}

SNMPAPI_STATUS last_error(const struct session *session)
{
    return SnmpGetLastError(session->handle);
}

static SNMPAPI_STATUS CALLBACK on_notification(HSNMP_SESSION handle, HWND window, UINT message, WPARAM error,
                                               LPARAM request_id, LPVOID data)
{
    struct session *session = data;

    (void)handle, (void)window, (void)message, (void)error, (void)request_id;
    SetEvent(session->arrived);
    return SNMPAPI_SUCCESS;
}

static HSNMP_SESSION create_session(struct session *session, int by_window)
{
    if (!by_window) return SnmpCreateSession(NULL, 0, on_notification, session);
    session->window = CreateWindowA("STATIC", "snmp", 0, 0, 0, 0, 0, HWND_MESSAGE, NULL, NULL, NULL);
    if (!session->window) fprintf(stderr, "snmp: CreateWindow: error %lu\n", GetLastError());
    return SnmpCreateSession(session->window, NOTIFICATION, NULL, NULL);
}

int start_session(struct session *session, const struct options *options)
{
    smiUINT32 major, minor, level, translate, retransmit;

    memset(session, 0, sizeof(*session));
    session->verbose = options->verbose;
    if (SnmpStartup(&major, &minor, &level, &translate, &retransmit) == SNMPAPI_FAILURE)
    {
        report("SnmpStartup", SnmpGetLastError(NULL));
        return 0;
    }
    session->arrived = CreateEventA(NULL, FALSE, FALSE, NULL);
    SnmpSetRetransmitMode(SNMPAPI_ON);
    SnmpSetTranslateMode((smiUINT32)options->version);
    session->handle = create_session(session, options->window);
    if (session->handle)
    {
        if (session->verbose)
            fprintf(stderr, "opened: session of WinSNMP %lu.%lu, notified by %s\n", (unsigned long)major,
                    (unsigned long)minor, options->window ? "window message" : "callback");
        return 1;
    }
    report("SnmpCreateSession", SnmpGetLastError(NULL));
    stop_session(session);
    return 0;
}

int stop_session(struct session *session)
{
    int entities = session->peer && SnmpFreeEntity(session->peer) != SNMPAPI_FAILURE;
    int contexts = session->context && SnmpFreeContext(session->context) != SNMPAPI_FAILURE;
    int result = EXIT_OK;

    if (session->handle && SnmpClose(session->handle) == SNMPAPI_FAILURE)
        result = report("SnmpClose", SnmpGetLastError(NULL));
    if (SnmpCleanup() == SNMPAPI_FAILURE) result = report("SnmpCleanup", SnmpGetLastError(NULL));
    if (session->window) DestroyWindow(session->window);
    if (session->arrived) CloseHandle(session->arrived);
    fflush(stdout);
    if (session->verbose && result == EXIT_OK)
        fprintf(stderr, "closed: session, %d entity, %d context\n", entities, contexts);
    return result;
}

static int set_policy(struct session *session, const struct options *options)
{
    if (options->timeout >= 0 && SnmpSetTimeout(session->peer, (smiTIMETICKS)options->timeout) == SNMPAPI_FAILURE)
        return !report("SnmpSetTimeout", last_error(session));
    if (options->retries >= 0 && SnmpSetRetry(session->peer, (smiUINT32)options->retries) == SNMPAPI_FAILURE)
        return !report("SnmpSetRetry", last_error(session));
    return 1;
}

/* A host's name is translated first; only an entity made of its address has the version of the untranslated mode. */
static HSNMP_ENTITY entity_of(struct session *session, const struct options *options, const char *host)
{
    HSNMP_ENTITY entity = SnmpStrToEntity(session->handle, host);
    char address[256];

    if (entity) return entity;
    SnmpSetTranslateMode(SNMPAPI_TRANSLATED);
    entity = SnmpStrToEntity(session->handle, host);
    SnmpSetTranslateMode((smiUINT32)options->version);
    if (!entity) return NULL;
    if (SnmpEntityToStr(entity, sizeof(address), address) == SNMPAPI_FAILURE) address[0] = 0;
    SnmpFreeEntity(entity);
    return SnmpStrToEntity(session->handle, address);
}

int open_peer(struct session *session, const struct options *options, const char *host, unsigned default_port)
{
    smiOCTETS community = {(smiUINT32)strlen(options->community), (smiLPBYTE)options->community};
    unsigned port = options->port ? options->port : default_port;

    session->peer = entity_of(session, options, host);
    if (!session->peer) return !report(host, last_error(session));
    if (port && SnmpSetPort(session->peer, port) == SNMPAPI_FAILURE)
        return !report("SnmpSetPort", SnmpGetLastError(NULL));
    session->context = SnmpStrToContext(session->handle, &community);
    if (!session->context) return !report("SnmpStrToContext", last_error(session));
    return set_policy(session, options);
}

/* Waits for a notification; 0 once the time is over. */
static int wait_for_notification(struct session *session, DWORD milliseconds)
{
    ULONGLONG end = GetTickCount64() + milliseconds;
    MSG message;

    if (!session->window) return WaitForSingleObject(session->arrived, milliseconds) == WAIT_OBJECT_0;
    for (;;)
    {
        ULONGLONG now = GetTickCount64();
        DWORD left = milliseconds == INFINITE ? INFINITE : now < end ? (DWORD)(end - now) : 0;

        while (PeekMessageA(&message, NULL, 0, 0, PM_REMOVE))
            if (message.message == NOTIFICATION) return 1;
        if (MsgWaitForMultipleObjects(0, NULL, FALSE, left, QS_ALLINPUT) == WAIT_TIMEOUT) return 0;
    }
}

static SNMPAPI_STATUS receive(struct session *session, struct message *m)
{
    SNMPAPI_STATUS error = SNMPAPI_SUCCESS;

    memset(m, 0, sizeof(*m));
    if (SnmpRecvMsg(session->handle, &m->source, &m->destination, &m->context, &m->pdu) == SNMPAPI_FAILURE)
    {
        error = last_error(session);
        /* Only with a transport error are the outputs filled in. */
        if (error < SNMPAPI_TL_NOT_INITIALIZED || error > SNMPAPI_TL_OTHER)
        {
            memset(m, 0, sizeof(*m));
            return error;
        }
    }
    if (m->pdu &&
        SnmpGetPduData(m->pdu, &m->type, &m->id, &m->error_status, &m->error_index, &m->list) == SNMPAPI_FAILURE)
        return last_error(session);
    return error;
}

SNMPAPI_STATUS next_message(struct session *session, struct message *message, DWORD milliseconds)
{
    /* Several messages may have come with one notification: the queue is emptied before the next wait. */
    SNMPAPI_STATUS error = receive(session, message);

    while (error == SNMPAPI_NOOP && wait_for_notification(session, milliseconds))
        error = receive(session, message);
    return error;
}

void free_message(struct message *m)
{
    if (m->list) SnmpFreeVbl(m->list);
    if (m->pdu) SnmpFreePdu(m->pdu);
    if (m->context) SnmpFreeContext(m->context);
    if (m->destination) SnmpFreeEntity(m->destination);
    if (m->source) SnmpFreeEntity(m->source);
    memset(m, 0, sizeof(*m));
}

SNMPAPI_STATUS exchange(struct session *session, smiINT type, smiINT a, smiINT b, HSNMP_VBL list,
                        struct message *answer)
{
    HSNMP_PDU pdu = SnmpCreatePdu(session->handle, type, 0, a, b, list);
    SNMPAPI_STATUS error = SNMPAPI_SUCCESS;
    smiINT32 id = 0;

    memset(answer, 0, sizeof(*answer));
    if (!pdu || SnmpGetPduData(pdu, NULL, &id, NULL, NULL, NULL) == SNMPAPI_FAILURE ||
        SnmpSendMsg(session->handle, NULL, session->peer, session->context, pdu) == SNMPAPI_FAILURE)
        error = last_error(session);
    if (pdu) SnmpFreePdu(pdu);
    SnmpFreeVbl(list);
    while (error == SNMPAPI_SUCCESS)
    {
        /* The implementation's own time-out ends this wait. */
        error = next_message(session, answer, INFINITE);
        if (error != SNMPAPI_SUCCESS || answer->id == id) break;
        free_message(answer);
    }
    return error;
}
