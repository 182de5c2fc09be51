/* A connection: its output, its end. */
#include "corkd/daemon.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define OUTPUT_KEPT 65536

static atomic_uint alive;

struct connection *connection_make(int fd, host_client id)
{
    struct connection *connection = calloc(1, sizeof(*connection));

    if (!connection) return NULL;
    connection->id = id;
    connection->fd = fd;
    atomic_init(&connection->references, 1);
    connection->waiting_tail = &connection->waiting;
    host_reader_init(&connection->reader, HOST_HELLO_PAYLOAD_MAX);
    pthread_mutex_init(&connection->lock, NULL);
    atomic_fetch_add(&alive, 1);
    return connection;
}

void connection_ref(struct connection *connection)
{
    atomic_fetch_add(&connection->references, 1);
}

void connection_unref(struct connection *connection)
{
    if (atomic_fetch_sub(&connection->references, 1) != 1) return;
    host_reader_free(&connection->reader);
    free(connection->output);
    pthread_mutex_destroy(&connection->lock);
    free(connection);
    atomic_fetch_sub(&alive, 1);
}

unsigned connections_alive(void)
{
    return atomic_load(&alive);
}

/* ---- Output; with the lock held ---- */

static bool keep_output(struct connection *connection, const uint8_t *bytes, size_t size)
{
    size_t capacity = connection->output_capacity ? connection->output_capacity : 4096;
    uint8_t *output;

    if (connection->output_start)
    {
        memmove(connection->output, connection->output + connection->output_start, connection->output_size);
        connection->output_start = 0;
    }
    while (capacity < connection->output_size + size)
        capacity *= 2;
    if (capacity != connection->output_capacity)
    {
        if (!(output = realloc(connection->output, capacity))) return false;
        connection->output = output;
        connection->output_capacity = capacity;
    }
    memcpy(connection->output + connection->output_size, bytes, size);
    connection->output_size += size;
    return true;
}

static void want_write(struct connection *connection, bool on)
{
    if (connection->wants_write == on) return;
    connection->wants_write = on;
    loop_watch_output(connection->fd, connection->id, on);
}

/* The loop closes it as soon as it sees that; the descriptor's number stays taken until then. */
static void cut_off(struct connection *connection)
{
    shutdown(connection->fd, SHUT_RDWR);
}

/* Sends what the socket takes; -1 when the other side has gone. */
static ssize_t send_some(int fd, const uint8_t *bytes, size_t size)
{
    size_t sent = 0;

    while (sent < size)
    {
        ssize_t result = send(fd, bytes + sent, size - sent, MSG_NOSIGNAL | MSG_DONTWAIT);

        if (result < 0 && errno == EINTR) continue;
        if (result < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) break;
        if (result < 0) return -1;
        sent += (size_t)result;
    }
    return (ssize_t)sent;
}

static bool send_locked(struct connection *connection, const uint8_t *bytes, size_t size, bool is_event)
{
    ssize_t sent = 0;

    if (connection->fd < 0) return false;
    if (is_event && connection->output_size + size > OUTPUT_EVENTS_MAX) return false;
    if (connection->output_size + size > OUTPUT_MAX)
    {
        host_log("%s (client %llu) takes in nothing: it is cut off", connection->program,
                 (unsigned long long)connection->id);
        cut_off(connection);
        return false;
    }
    if (!connection->output_size) sent = send_some(connection->fd, bytes, size);
    if (sent < 0) return false; /* the loop sees it too */
    if ((size_t)sent == size) return true;
    if (!keep_output(connection, bytes + sent, size - (size_t)sent))
    {
        host_log("no memory for what client %llu is to get: it is cut off", (unsigned long long)connection->id);
        cut_off(connection);
        return false;
    }
    want_write(connection, true);
    return true;
}

bool connection_send(struct connection *connection, const uint8_t *bytes, size_t size, bool is_event)
{
    bool result;

    pthread_mutex_lock(&connection->lock);
    result = send_locked(connection, bytes, size, is_event);
    pthread_mutex_unlock(&connection->lock);
    return result;
}

void connection_flush(struct connection *connection)
{
    ssize_t sent;

    pthread_mutex_lock(&connection->lock);
    if (connection->fd >= 0 && connection->output_size)
    {
        sent = send_some(connection->fd, connection->output + connection->output_start, connection->output_size);
        if (sent > 0)
        {
            connection->output_start += (size_t)sent;
            connection->output_size -= (size_t)sent;
        }
        if (sent < 0) cut_off(connection);
    }
    if (!connection->output_size && connection->fd >= 0)
    {
        want_write(connection, false);
        connection->output_start = 0;
        if (connection->output_capacity > OUTPUT_KEPT)
        {
            free(connection->output);
            connection->output = NULL;
            connection->output_capacity = 0;
        }
    }
    pthread_mutex_unlock(&connection->lock);
}

void connection_refuse(struct connection *connection, uint64_t number, enum host_refusal reason, const char *text)
{
    struct host_encoder frame;

    host_encoder_init(&frame);
    host_frame_begin(&frame, HOST_REFUSAL, NULL, number, reason);
    host_put_utf8(&frame, text ? text : host_refusal_text(reason));
    /* Without memory the client gets no answer: then it must not wait for one either. */
    if (host_frame_end(&frame) == HOST_OK)
        connection_send(connection, frame.data, frame.size, false);
    else
    {
        pthread_mutex_lock(&connection->lock);
        if (connection->fd >= 0) cut_off(connection);
        pthread_mutex_unlock(&connection->lock);
    }
    host_encoder_free(&frame);
}

/* ---- The end ---- */

void connection_check_farewell(struct connection *connection)
{
    if (connection->fd >= 0 || connection->farewell_due || connection->request_count || connection->running) return;
    connection->farewell_due = true;
    if (connection->services_used) pool_add(connection);
}

void connection_close(struct connection *connection)
{
    pthread_mutex_lock(&connection->lock);
    close(connection->fd);
    connection->fd = -1;
    free(connection->output);
    connection->output = NULL;
    connection->output_size = connection->output_capacity = connection->output_start = 0;
    connection->running++; /* no farewell before all are cancelled */
    pthread_mutex_unlock(&connection->lock);

    table_remove(connection);
    request_cancel_all(connection);

    pthread_mutex_lock(&connection->lock);
    connection->running--;
    connection_check_farewell(connection);
    pthread_mutex_unlock(&connection->lock);
}

bool host_client_event(host_client client, const char *service, uint32_t code, const struct host_encoder *values)
{
    struct connection *connection = table_find(client);
    struct host_encoder frame;
    bool sent = false;

    if (!connection) return false;
    host_encoder_init(&frame);
    host_frame_begin(&frame, HOST_EVENT, service, 0, code);
    if (values) host_put_raw(&frame, values->data, values->size);
    if (values && values->error) frame.error = values->error;
    if (host_frame_end(&frame) == HOST_OK) sent = connection_send(connection, frame.data, frame.size, true);
    host_encoder_free(&frame);
    connection_unref(connection);
    return sent;
}
