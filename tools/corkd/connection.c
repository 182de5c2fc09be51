/* A connection: its output, its end. */
#include "corkd/daemon.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
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

static bool keep_output(struct connection *connection, const struct iovec parts[2])
{
    size_t capacity = connection->output_capacity ? connection->output_capacity : 4096;
    size_t size = parts[0].iov_len + parts[1].iov_len;
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
    for (int i = 0; i < 2; i++)
    {
        if (parts[i].iov_len) memcpy(connection->output + connection->output_size, parts[i].iov_base, parts[i].iov_len);
        connection->output_size += parts[i].iov_len;
    }
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

/* Takes what has been sent away from the two parts. */
static void skip(struct iovec parts[2], size_t sent)
{
    for (int i = 0; i < 2; i++)
    {
        size_t part = sent < parts[i].iov_len ? sent : parts[i].iov_len;

        if (part) parts[i].iov_base = (uint8_t *)parts[i].iov_base + part;
        parts[i].iov_len -= part;
        sent -= part;
    }
}

/* Sends what the socket takes of the two parts; -1 when the other side has gone. */
static ssize_t send_some(int fd, struct iovec parts[2])
{
    struct msghdr message = {.msg_iov = parts, .msg_iovlen = 2};
    size_t size = parts[0].iov_len + parts[1].iov_len, sent = 0;

    while (sent < size)
    {
        ssize_t result = sendmsg(fd, &message, MSG_NOSIGNAL | MSG_DONTWAIT);

        if (result < 0 && errno == EINTR) continue;
        if (result < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) break;
        if (result < 0) return -1;
        sent += (size_t)result;
        skip(parts, (size_t)result);
    }
    return (ssize_t)sent;
}

static bool send_locked(struct connection *connection, struct iovec parts[2], bool is_event)
{
    size_t size = parts[0].iov_len + parts[1].iov_len;

    if (connection->fd < 0) return false;
    if (is_event && connection->output_size + size > OUTPUT_EVENTS_MAX) return false;
    if (connection->output_size + size > OUTPUT_MAX)
    {
        host_log("%s (client %llu) takes in nothing: it is cut off", connection->program,
                 (unsigned long long)connection->id);
        cut_off(connection);
        return false;
    }
    if (!connection->output_size && send_some(connection->fd, parts) < 0) return false; /* the loop sees it too */
    if (!parts[0].iov_len && !parts[1].iov_len) return true;
    if (!keep_output(connection, parts))
    {
        host_log("no memory for what client %llu is to get: it is cut off", (unsigned long long)connection->id);
        cut_off(connection);
        return false;
    }
    want_write(connection, true);
    return true;
}

bool connection_send(struct connection *connection, const struct host_encoder *head, const struct host_encoder *rest,
                     bool is_event)
{
    struct iovec parts[2] = {{head->data, head->size}, {rest ? rest->data : NULL, rest ? rest->size : 0}};
    bool result;

    pthread_mutex_lock(&connection->lock);
    result = send_locked(connection, parts, is_event);
    pthread_mutex_unlock(&connection->lock);
    return result;
}

void connection_flush(struct connection *connection)
{
    struct iovec parts[2] = {{0}, {0}};
    ssize_t sent;

    pthread_mutex_lock(&connection->lock);
    if (connection->fd >= 0 && connection->output_size)
    {
        parts[0] = (struct iovec){connection->output + connection->output_start, connection->output_size};
        sent = send_some(connection->fd, parts);
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
        connection_send(connection, &frame, NULL, false);
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
    if (host_frame_end_with(&frame, values) == HOST_OK) sent = connection_send(connection, &frame, values, true);
    host_encoder_free(&frame);
    connection_unref(connection);
    return sent;
}
