/* The loop: one thread that accepts, reads and watches over times. */
#include "corkd/loop.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "corkd/hello.h"

#define EVENTS_AT_ONCE   64
#define ACCEPTS_AT_ONCE  64
#define READS_AT_ONCE    16    /* of one connection, before another has its turn */
#define ENDPOINT_LOOK_MS 10000 /* how often a vanished endpoint file is looked for */

static int epoll_fd = -1, listener = -1, signals = -1, spare = -1;
static host_client last_client;
static struct deadline_list unknown;    /* without hello */
static struct deadline_list unattached; /* clients whose lifeline is to come */
static unsigned known_count;            /* clients */

int64_t now_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* ---- Descriptors ---- */

bool loop_add(int fd, uint64_t id)
{
    struct epoll_event event = {.events = EPOLLIN, .data = {.u64 = id}};

    return !epoll_ctl(epoll_fd, EPOLL_CTL_ADD, fd, &event);
}

void loop_remove(int fd)
{
    epoll_ctl(epoll_fd, EPOLL_CTL_DEL, fd, NULL);
}

void loop_watch_output(int fd, host_client id, bool on)
{
    struct epoll_event event = {.events = on ? EPOLLIN | EPOLLOUT : EPOLLIN, .data = {.u64 = LOOP_CONNECTION | id}};

    epoll_ctl(epoll_fd, EPOLL_CTL_MOD, fd, &event);
}

static bool watch_signals(void)
{
    sigset_t set;

    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGHUP);
    /* Workers inherit the mask: a signal comes nowhere but here. */
    if (pthread_sigmask(SIG_BLOCK, &set, NULL)) return false;
    signals = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
    return signals >= 0 && loop_add(signals, LOOP_SIGNAL);
}

static bool listen_on_loopback(struct sockaddr_in *address)
{
    socklen_t size = sizeof(*address);

    memset(address, 0, sizeof(*address));
    address->sin_family = AF_INET;
    address->sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    return listener >= 0 && !bind(listener, (struct sockaddr *)address, sizeof(*address)) &&
           !listen(listener, SOMAXCONN) && !getsockname(listener, (struct sockaddr *)address, &size);
}

uint16_t loop_listen(const char **error)
{
    struct sockaddr_in address;

    epoll_fd = epoll_create1(EPOLL_CLOEXEC);
    spare = open("/dev/null", O_RDONLY | O_CLOEXEC);
    if (epoll_fd < 0 || !watch_signals() || !listen_on_loopback(&address) || !loop_add(listener, LOOP_LISTENER))
    {
        *error = strerror(errno);
        return 0;
    }
    return ntohs(address.sin_port);
}

/* ---- The end of connections ---- */

static void end_by_id(host_client id, const char *why);

/* A client and its lifeline end together. */
static void end_connection(struct connection *connection, const char *why)
{
    host_client other = connection->lifeline ? connection->lifeline : connection->lifeline_of;

    if (!connection->lifeline_of) host_log_detail("client %llu has gone: %s", (unsigned long long)connection->id, why);
    deadline_end(connection);
    if (connection->is_client) known_count--;
    connection_close(connection);
    if (other) end_by_id(other, "its process has ended");
}

static void end_by_id(host_client id, const char *why)
{
    struct connection *connection = table_find(id);

    if (!connection) return;
    end_connection(connection, why);
    connection_unref(connection);
}

static void end_overdue(void)
{
    while (unknown.first && unknown.first->deadline <= now_ms())
        end_by_id(unknown.first->id, "it said no hello in time");
    while (unattached.first && unattached.first->deadline <= now_ms())
        end_by_id(unattached.first->id, "its lifeline did not come in time");
}

/* ---- Accepting ---- */

/* With no descriptor left a connection would wait in the queue and wake the loop for ever: it is taken and closed. */
static void refuse_for_descriptors(void)
{
    int fd;

    host_log("no descriptor is left for another client (%u are there)", table_count());
    close(spare);
    fd = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
    if (fd >= 0) close(fd);
    spare = open("/dev/null", O_RDONLY | O_CLOEXEC);
}

static void add_connection(int fd)
{
    struct connection *connection = connection_make(fd, last_client + 1);
    int one = 1;

    if (!connection)
    {
        host_log("no memory for another client");
        close(fd);
        return;
    }
    last_client++;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
    table_add(connection);
    deadline_begin(&unknown, connection, HELLO_SECONDS);
    if (!loop_add(fd, LOOP_CONNECTION | connection->id)) end_connection(connection, "epoll does not take it");
    connection_unref(connection);
    if (unknown.count > UNKNOWN_MAX) end_by_id(unknown.first->id, "too many have said no hello");
}

static void accept_connections(void)
{
    for (int i = 0; i < ACCEPTS_AT_ONCE; i++)
    {
        int fd = accept4(listener, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);

        if (fd < 0 && (errno == EMFILE || errno == ENFILE))
            refuse_for_descriptors();
        else if (fd < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
            return;
        else if (fd >= 0 && table_count() >= CONNECTIONS_MAX)
        {
            host_log("another client is refused: %u are there", CONNECTIONS_MAX);
            close(fd);
        }
        else if (fd >= 0)
            add_connection(fd);
    }
}

/* ---- Reading ---- */

/* A lifeline belongs to a client that has promised one, and to one only. */
static bool attach_lifeline(struct connection *lifeline)
{
    struct connection *client = table_find(lifeline->lifeline_of);
    bool wanted = client && client->wants_lifeline;

    if (wanted)
    {
        client->wants_lifeline = false;
        client->lifeline = lifeline->id;
        deadline_end(client);
    }
    else
        lifeline->lifeline_of = 0;
    if (client) connection_unref(client);
    return wanted;
}

static bool greeted(struct connection *connection)
{
    connection->known = true;
    deadline_end(connection);
    if (connection->lifeline_of) return attach_lifeline(connection);
    connection->is_client = true;
    known_count++;
    connection->reader.payload_max = HOST_PAYLOAD_MAX;
    if (connection->wants_lifeline) deadline_begin(&unattached, connection, LIFELINE_SECONDS);
    return true;
}

/* False: the connection has to be closed. */
static bool frame_received(struct connection *connection, const struct endpoint *endpoint,
                           const struct host_header *header, const uint8_t *payload)
{
    if (!connection->known) return hello_received(connection, endpoint, header, payload) && greeted(connection);
    if (!connection->is_client) return false; /* a lifeline says nothing */
    if (header->kind == HOST_REQUEST)
        request_received(connection, header, payload);
    else if (header->kind == HOST_CANCEL)
        request_cancel_number(connection, header->number);
    else
        connection_refuse(connection, header->number, HOST_REFUSED_MALFORMED, NULL);
    return header->kind == HOST_REQUEST || header->kind == HOST_CANCEL;
}

/* What is wrong with the connection, or NULL. */
static const char *take_frames(struct connection *connection, const struct endpoint *endpoint)
{
    struct host_reader *reader = &connection->reader;
    struct host_header header;
    const uint8_t *payload;

    while (host_reader_next(reader, &header, &payload))
    {
        if (!frame_received(connection, endpoint, &header, payload)) return "refused";
        host_reader_drop(reader, &header);
    }
    if (!reader->error) return NULL;
    hello_refuse_stream(connection);
    return host_error_text(reader->error);
}

static const char *read_some(struct connection *connection, const struct endpoint *endpoint)
{
    for (int i = 0; i < READS_AT_ONCE; i++)
    {
        size_t room;
        uint8_t *to = host_reader_room(&connection->reader, &room);
        ssize_t size = to ? recv(connection->fd, to, room, MSG_DONTWAIT) : -1;
        const char *problem;

        if (!to) return host_error_text(connection->reader.error);
        if (size < 0 && errno == EINTR) continue;
        if (size < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) return NULL;
        if (size < 0) return strerror(errno);
        if (!size) return "it closed the connection";
        host_reader_added(&connection->reader, (size_t)size);
        if ((problem = take_frames(connection, endpoint))) return problem;
        if ((size_t)size < room) return NULL;
    }
    return NULL;
}

static void connection_event(host_client id, uint32_t events, const struct endpoint *endpoint)
{
    struct connection *connection = table_find(id);
    const char *problem = NULL;

    if (!connection) return;
    if (events & EPOLLOUT) connection_flush(connection);
    if (events & (EPOLLIN | EPOLLHUP | EPOLLERR)) problem = read_some(connection, endpoint);
    if (problem) end_connection(connection, problem);
    connection_unref(connection);
}

/* ---- The loop ---- */

static bool is_busy(void)
{
    for (unsigned i = 0; i < services.count; i++)
        if (services.started[i] && services.list[i]->is_busy && services.list[i]->is_busy()) return true;
    return false;
}

struct idle_time
{
    int64_t since, looked; /* in milliseconds of now_ms() */
};

/* Whether it is time to go; *wait is for how long nothing is to be done otherwise. */
static bool idle_over(const struct loop_options *options, struct idle_time *idle, int *wait)
{
    int64_t now = now_ms(), left = ENDPOINT_LOOK_MS;

    if (unknown.first) left = unknown.first->deadline - now;
    if (unattached.first && unattached.first->deadline - now < left) left = unattached.first->deadline - now;
    if (known_count || unknown.count || is_busy())
        idle->since = now;
    else if (now - idle->looked >= ENDPOINT_LOOK_MS)
    {
        idle->looked = now;
        if (endpoint_is_gone(options->endpoint))
        {
            host_log("the endpoint file is gone, so nobody can come: corkd ends");
            return true;
        }
    }
    if (options->idle_seconds)
    {
        int64_t until = idle->since + (int64_t)options->idle_seconds * 1000 - now;

        if (until <= 0)
        {
            host_log("nobody has been here for %u seconds: corkd ends", options->idle_seconds);
            return true;
        }
        if (until < left) left = until;
    }
    *wait = left < 0 ? 0 : (int)(left < ENDPOINT_LOOK_MS ? left : ENDPOINT_LOOK_MS);
    return false;
}

static bool signal_came(void)
{
    struct signalfd_siginfo info;

    if (read(signals, &info, sizeof(info)) != (ssize_t)sizeof(info)) return false;
    host_log("signal %u: corkd ends", (unsigned)info.ssi_signo);
    return true;
}

/* True: it is to end. */
static bool handle(const struct epoll_event *event, const struct endpoint *endpoint)
{
    uint64_t id = event->data.u64 & ~LOOP_KIND;

    switch (event->data.u64 & LOOP_KIND)
    {
    case LOOP_SIGNAL:
        return signal_came();
    case LOOP_LISTENER:
        accept_connections();
        return false;
    case LOOP_WATCH:
        watch_readable(id);
        return false;
    default:
        connection_event(id, event->events, endpoint);
        return false;
    }
}

static void end_all(void)
{
    struct connection *connection;

    close(listener);
    while ((connection = table_any()))
    {
        connection_refuse(connection, 0, HOST_REFUSED_STOPPING, NULL);
        end_connection(connection, "corkd ends");
        connection_unref(connection);
    }
}

int loop_run(const struct loop_options *options)
{
    struct idle_time idle = {now_ms(), now_ms()};
    struct epoll_event events[EVENTS_AT_ONCE];
    bool ending = false;
    int wait, count;

    while (!ending && !idle_over(options, &idle, &wait))
    {
        count = epoll_wait(epoll_fd, events, EVENTS_AT_ONCE, wait);
        for (int i = 0; i < count; i++)
            ending |= handle(&events[i], options->endpoint);
        end_overdue();
    }
    endpoint_withdraw(options->endpoint);
    end_all();
    return 0;
}
