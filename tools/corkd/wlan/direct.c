/* Wi-Fi Direct sessions: what programs ask. */
#include <stdlib.h>
#include <string.h>

#include "corkd/wlan/direct_connection.h"

#define TIMEOUT_MAX 3600 /* seconds */

/* What there is, or is being made, with the peer. */
static struct direct_connection *connection_with(struct wlan *wlan, const uint8_t peer[6], bool legacy)
{
    for (struct direct_connection *connection = wlan->connections; connection; connection = connection->next)
        if (!memcmp(connection->peer, peer, 6) && connection->is_legacy == legacy && connection->state <= DIRECT_OPEN)
            return connection;
    return NULL;
}

static uint32_t add_session(struct direct_connection *connection, host_client client, uint32_t number)
{
    if (connection->session_count == DIRECT_SESSIONS_MAX) return ERROR_NOT_ENOUGH_MEMORY;
    connection->sessions[connection->session_count++] = (struct direct_session){client, number, false};
    return ERROR_SUCCESS;
}

struct direct_request
{
    uint8_t peer[6];
    uint32_t number, seconds;
    bool is_legacy, may_form;
    const char *pin; /* or NULL */
};

static uint32_t open_session(struct wlan *wlan, host_client client, const struct direct_request *request)
{
    struct direct_connection *connection = connection_with(wlan, request->peer, request->is_legacy);
    uint32_t error;

    if (!connection)
    {
        connection = calloc(1, sizeof(*connection));
        if (!connection) return ERROR_NOT_ENOUGH_MEMORY;
        memcpy(connection->peer, request->peer, 6);
        connection->persistent = connection->network = -1;
        connection->is_legacy = request->is_legacy;
        connection->may_form = request->may_form;
        if (request->pin) strcpy(connection->pin, request->pin);
        connection->deadline = supplicant_now() + (int64_t)request->seconds * 1000;
        connection->next = wlan->connections;
        wlan->connections = connection;
        supplicant_wake_at(wlan->supplicant, connection->deadline);
    }
    error = add_session(connection, client, request->number);
    if (!error && connection->state == DIRECT_OPEN) direct_tell_all_opened(connection);
    direct_advance(wlan);
    return error;
}

/* Four or eight digits. */
static bool is_pin(const char *pin)
{
    size_t length = strspn(pin, "0123456789");

    return !pin[length] && (length == 4 || length == 8);
}

static void get_peer(struct host_decoder *arguments, uint8_t peer[6])
{
    for (int i = 0; i < 6; i++)
        peer[i] = host_get_u8(arguments);
}

static uint32_t open_as_asked(struct wlan *wlan, host_client client, struct host_decoder *arguments, bool legacy)
{
    struct direct_request request = {.is_legacy = legacy};
    uint32_t error;

    get_peer(arguments, request.peer);
    request.number = host_get_u32(arguments);
    request.seconds = host_get_u32(arguments);
    if (!legacy)
    {
        request.may_form = host_get_bool(arguments);
        request.pin = host_get_utf8(arguments);
    }
    if (!wlan_arguments_end(arguments)) return WLAN_MALFORMED;
    if (!request.seconds || request.seconds > TIMEOUT_MAX || (request.pin && !is_pin(request.pin)))
        return ERROR_INVALID_PARAMETER;
    pthread_mutex_lock(&wlan->direct_lock);
    error = open_session(wlan, client, &request);
    pthread_mutex_unlock(&wlan->direct_lock);
    return error;
}

uint32_t wlan_direct_open(struct wlan *wlan, host_client client, struct host_decoder *arguments,
                          struct host_encoder *values)
{
    (void)values;
    return open_as_asked(wlan, client, arguments, false);
}

uint32_t wlan_direct_open_legacy(struct wlan *wlan, host_client client, struct host_decoder *arguments,
                                 struct host_encoder *values)
{
    (void)values;
    return open_as_asked(wlan, client, arguments, true);
}

/* Takes session `number` of the client out (`open`: that is open, or that is not), telling it nothing. Its connection,
 * or NULL. */
static struct direct_connection *take_session(struct wlan *wlan, host_client client, uint32_t number, bool open)
{
    for (struct direct_connection *connection = wlan->connections; connection; connection = connection->next)
        for (unsigned i = 0; i < connection->session_count; i++)
        {
            struct direct_session *session = &connection->sessions[i];

            if (session->client != client || session->number != number || session->open != open) continue;
            *session = connection->sessions[--connection->session_count];
            return connection;
        }
    return NULL;
}

/* Ends session `number` of the client, one that is open, or one that is being opened, which is told so. Whose is
 * neither has failed, or its group has ended: there is nothing to do. */
static uint32_t end_session(struct wlan *wlan, host_client client, struct host_decoder *arguments, bool open)
{
    struct direct_session session = {client, host_get_u32(arguments), open};
    struct direct_connection *connection;

    if (!wlan_arguments_end(arguments)) return WLAN_MALFORMED;
    pthread_mutex_lock(&wlan->direct_lock);
    connection = take_session(wlan, client, session.number, open);
    if (connection)
    {
        if (!open) direct_tell_opened(&session, ERROR_CANCELLED, REASON_USER_CANCELLED, 0);
        direct_leave(wlan, connection);
        direct_advance(wlan);
    }
    pthread_mutex_unlock(&wlan->direct_lock);
    return ERROR_SUCCESS;
}

uint32_t wlan_direct_cancel(struct wlan *wlan, host_client client, struct host_decoder *arguments,
                            struct host_encoder *values)
{
    (void)values;
    return end_session(wlan, client, arguments, false);
}

uint32_t wlan_direct_close(struct wlan *wlan, host_client client, struct host_decoder *arguments,
                           struct host_encoder *values)
{
    (void)values;
    return end_session(wlan, client, arguments, true);
}

void wlan_direct_client_gone(struct wlan *wlan, host_client client)
{
    pthread_mutex_lock(&wlan->direct_lock);
    for (struct direct_connection *connection = wlan->connections; connection; connection = connection->next)
    {
        unsigned kept = 0, before = connection->session_count;

        for (unsigned i = 0; i < before; i++)
            if (connection->sessions[i].client != client) connection->sessions[kept++] = connection->sessions[i];
        connection->session_count = kept;
        if (kept != before) direct_leave(wlan, connection);
    }
    direct_advance(wlan);
    pthread_mutex_unlock(&wlan->direct_lock);
}

void wlan_direct_stop(struct wlan *wlan)
{
    struct direct_connection *connection;

    pthread_mutex_lock(&wlan->direct_lock);
    while ((connection = wlan->connections))
    {
        connection->session_count = 0;
        if (connection->state != DIRECT_ENDED) direct_leave(wlan, connection);
        wlan->connections = connection->next;
        free(connection);
    }
    direct_record(wlan);
    pthread_mutex_unlock(&wlan->direct_lock);
}
