/* The service "trap": one UDP port, whose datagrams every process that listens gets (wsnmp32/trap_service.h). */
#include "wsnmp32/trap_service.h"

#include <errno.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "corkd/service.h"

#define DATAGRAM_SIZE     65536
#define DATAGRAMS_AT_ONCE 64
#define REMEMBERED        1024 /* datagrams that can still be answered */

union ip_address
{
    struct sockaddr any;
    struct sockaddr_in v4;
    struct sockaddr_in6 v6;
};

struct listener
{
    struct listener *next;
    uint16_t port;
    int fds[2]; /* IPv4, and IPv6 or -1 */
    host_client *clients;
    size_t count, capacity;
};

struct remembered
{
    uint64_t id;
    int fd; /* -1: answered, or its socket is closed */
    union ip_address from, to;
};

/* Over making and ending listeners; taken before trap_lock, and never by the loop thread, which may be waited for. */
static pthread_mutex_t setup_lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t trap_lock = PTHREAD_MUTEX_INITIALIZER;
static struct listener *listeners;
static struct remembered remembered[REMEMBERED];
static uint64_t last_id;

/* ---- Receiving, on the loop thread ---- */

static void put_address(struct host_encoder *values, const union ip_address *address)
{
    uint8_t bytes[16] = {0};
    int is_v6 = address->any.sa_family == AF_INET6;

    if (is_v6)
        memcpy(bytes, &address->v6.sin6_addr, 16);
    else
        memcpy(bytes, &address->v4.sin_addr, 4);
    host_put_u8(values, is_v6 ? 6 : 4);
    host_put_u16(values, ntohs(is_v6 ? address->v6.sin6_port : address->v4.sin_port));
    host_put_u32(values, is_v6 ? address->v6.sin6_scope_id : 0);
    host_put_raw(values, bytes, sizeof(bytes));
}

/* Which of the host's addresses the datagram was sent to. */
static void read_destination(struct msghdr *message, uint16_t port, union ip_address *to)
{
    memset(to, 0, sizeof(*to));
    for (struct cmsghdr *control = CMSG_FIRSTHDR(message); control; control = CMSG_NXTHDR(message, control))
        if (control->cmsg_level == IPPROTO_IP && control->cmsg_type == IP_PKTINFO)
        {
            struct in_pktinfo info;

            memcpy(&info, CMSG_DATA(control), sizeof(info));
            to->v4.sin_family = AF_INET;
            to->v4.sin_addr = info.ipi_addr;
            to->v4.sin_port = htons(port);
        }
        else if (control->cmsg_level == IPPROTO_IPV6 && control->cmsg_type == IPV6_PKTINFO)
        {
            struct in6_pktinfo info;

            memcpy(&info, CMSG_DATA(control), sizeof(info));
            to->v6.sin6_family = AF_INET6;
            to->v6.sin6_addr = info.ipi6_addr;
            to->v6.sin6_port = htons(port);
        }
}

static void deliver(struct listener *listener, int fd, const uint8_t *bytes, size_t size, const union ip_address *from,
                    const union ip_address *to)
{
    struct remembered *slot = &remembered[++last_id % REMEMBERED];
    struct host_encoder values;

    *slot = (struct remembered){last_id, fd, *from, *to};
    host_encoder_init(&values);
    host_put_u64(&values, last_id);
    host_put_u16(&values, listener->port);
    put_address(&values, from);
    put_address(&values, to);
    host_put_bytes(&values, bytes, size);
    for (size_t i = 0; i < listener->count; i++)
        if (!host_client_event(listener->clients[i], TRAP_SERVICE, TRAP_DATAGRAM, &values))
            host_log_detail("client %llu missed a trap", (unsigned long long)listener->clients[i]);
    host_encoder_free(&values);
}

static bool receive(struct listener *listener, int fd)
{
    static uint8_t bytes[DATAGRAM_SIZE]; /* the loop's, under trap_lock */
    union
    {
        struct cmsghdr align;
        char space[256];
    } control;
    union ip_address from, to;
    struct iovec part = {bytes, sizeof(bytes)};
    struct msghdr message = {.msg_name = &from,
                             .msg_namelen = sizeof(from),
                             .msg_iov = &part,
                             .msg_iovlen = 1,
                             .msg_control = &control,
                             .msg_controllen = sizeof(control)};
    ssize_t size = recvmsg(fd, &message, MSG_DONTWAIT);

    if (size < 0) return errno == EINTR || errno == ECONNREFUSED;
    read_destination(&message, listener->port, &to);
    if (to.any.sa_family) deliver(listener, fd, bytes, (size_t)size, &from, &to);
    return true;
}

static void readable(int fd, void *context)
{
    struct listener *listener;

    (void)context;
    pthread_mutex_lock(&trap_lock);
    for (listener = listeners; listener; listener = listener->next)
        if (listener->fds[0] == fd || listener->fds[1] == fd) break;
    for (int i = 0; listener && i < DATAGRAMS_AT_ONCE && receive(listener, fd); i++)
        ;
    pthread_mutex_unlock(&trap_lock);
}

/* ---- Listeners ---- */

static int open_socket(int family, uint16_t port)
{
    union ip_address address;
    int fd = socket(family, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0), one = 1, wrong, error;

    if (fd < 0) return -1;
    memset(&address, 0, sizeof(address));
    address.any.sa_family = (sa_family_t)family;
    if (family == AF_INET6)
    {
        address.v6.sin6_port = htons(port);
        wrong = setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &one, sizeof(one)) ||
                setsockopt(fd, IPPROTO_IPV6, IPV6_RECVPKTINFO, &one, sizeof(one)) ||
                bind(fd, &address.any, sizeof(address.v6));
    }
    else
    {
        address.v4.sin_port = htons(port);
        wrong = setsockopt(fd, IPPROTO_IP, IP_PKTINFO, &one, sizeof(one)) || bind(fd, &address.any, sizeof(address.v4));
    }
    if (!wrong) return fd;
    error = errno;
    close(fd);
    errno = error;
    return -1;
}

static enum trap_result open_result(int error)
{
    if (error == EADDRINUSE) return TRAP_IN_USE;
    return error == EACCES || error == EPERM ? TRAP_NOT_ALLOWED : TRAP_FAILED;
}

static void close_listener(struct listener *listener)
{
    for (int i = 0; i < 2; i++)
    {
        if (listener->fds[i] < 0) continue;
        host_unwatch(listener->fds[i]);
        pthread_mutex_lock(&trap_lock);
        for (int j = 0; j < REMEMBERED; j++)
            if (remembered[j].fd == listener->fds[i]) remembered[j].fd = -1;
        pthread_mutex_unlock(&trap_lock);
        close(listener->fds[i]);
    }
    host_log_detail("UDP port %u is closed", (unsigned)listener->port);
    free(listener->clients);
    free(listener);
}

/* With trap_lock held. */
static bool add_client(struct listener *listener, host_client client)
{
    for (size_t i = 0; i < listener->count; i++)
        if (listener->clients[i] == client) return true;
    if (listener->count == listener->capacity)
    {
        size_t capacity = listener->capacity ? 2 * listener->capacity : 8;
        host_client *clients = realloc(listener->clients, capacity * sizeof(*clients));

        if (!clients) return false;
        listener->clients = clients;
        listener->capacity = capacity;
    }
    listener->clients[listener->count++] = client;
    return true;
}

static void remove_client(struct listener *listener, host_client client)
{
    for (size_t i = 0; i < listener->count; i++)
        if (listener->clients[i] == client)
        {
            listener->clients[i] = listener->clients[--listener->count];
            return;
        }
}

/* With setup_lock held: a listener with its sockets, watched, without clients; NULL with *result. */
static struct listener *open_listener(uint16_t port, enum trap_result *result)
{
    struct listener *listener = calloc(1, sizeof(*listener));

    *result = TRAP_NO_MEMORY;
    if (!listener) return NULL;
    listener->port = port;
    listener->fds[0] = open_socket(AF_INET, port);
    if (listener->fds[0] < 0)
    {
        *result = open_result(errno);
        host_log("UDP port %u is not to be had: %s", (unsigned)port, strerror(errno));
        free(listener);
        return NULL;
    }
    listener->fds[1] = open_socket(AF_INET6, port); /* where the host has it */
    for (int i = 0; i < 2; i++)
        if (listener->fds[i] >= 0 && !host_watch(listener->fds[i], readable, NULL))
        {
            close_listener(listener);
            return NULL;
        }
    *result = TRAP_OK;
    host_log_detail("UDP port %u is open", (unsigned)port);
    return listener;
}

static struct listener *find_listener(uint16_t port)
{
    struct listener *listener = listeners;

    while (listener && listener->port != port)
        listener = listener->next;
    return listener;
}

static enum trap_result listen_at(host_client client, uint16_t port)
{
    struct listener *listener, *made = NULL;
    enum trap_result result = TRAP_OK;

    pthread_mutex_lock(&setup_lock);
    listener = find_listener(port); /* the list changes under setup_lock only */
    if (!listener) listener = made = open_listener(port, &result);
    if (listener)
    {
        pthread_mutex_lock(&trap_lock);
        if (!add_client(listener, client))
            result = TRAP_NO_MEMORY;
        else if (made)
        {
            made->next = listeners;
            listeners = made;
            made = NULL;
        }
        pthread_mutex_unlock(&trap_lock);
    }
    if (made) close_listener(made);
    pthread_mutex_unlock(&setup_lock);
    return result;
}

/* Takes the client from the listener at `port` (0: from all), and ends listeners without clients. */
static void unlisten(host_client client, uint16_t port)
{
    struct listener **at, *listener, *ended = NULL;

    pthread_mutex_lock(&setup_lock);
    pthread_mutex_lock(&trap_lock);
    for (at = &listeners; (listener = *at);)
    {
        if (!port || listener->port == port) remove_client(listener, client);
        if (listener->count)
        {
            at = &listener->next;
            continue;
        }
        *at = listener->next;
        listener->next = ended;
        ended = listener;
    }
    pthread_mutex_unlock(&trap_lock);
    while ((listener = ended))
    {
        ended = listener->next;
        close_listener(listener);
    }
    pthread_mutex_unlock(&setup_lock);
}

/* ---- Answers ---- */

/* From the address that the datagram was sent to. */
static void set_source(struct msghdr *message, const union ip_address *to)
{
    struct cmsghdr *control = CMSG_FIRSTHDR(message);

    if (to->any.sa_family == AF_INET6)
    {
        struct in6_pktinfo info = {.ipi6_addr = to->v6.sin6_addr};

        control->cmsg_level = IPPROTO_IPV6;
        control->cmsg_type = IPV6_PKTINFO;
        control->cmsg_len = CMSG_LEN(sizeof(info));
        memcpy(CMSG_DATA(control), &info, sizeof(info));
    }
    else
    {
        struct in_pktinfo info = {.ipi_spec_dst = to->v4.sin_addr};

        control->cmsg_level = IPPROTO_IP;
        control->cmsg_type = IP_PKTINFO;
        control->cmsg_len = CMSG_LEN(sizeof(info));
        memcpy(CMSG_DATA(control), &info, sizeof(info));
    }
    message->msg_controllen = CMSG_SPACE(control->cmsg_len - CMSG_LEN(0));
}

static enum trap_result send_answer(struct remembered *datagram, const uint8_t *bytes, size_t size)
{
    union
    {
        struct cmsghdr align;
        char space[CMSG_SPACE(sizeof(struct in6_pktinfo))];
    } control;
    struct iovec part = {(void *)bytes, size};
    struct msghdr message = {.msg_name = &datagram->from,
                             .msg_namelen = datagram->from.any.sa_family == AF_INET6 ? sizeof(datagram->from.v6)
                                                                                     : sizeof(datagram->from.v4),
                             .msg_iov = &part,
                             .msg_iovlen = 1,
                             .msg_control = &control,
                             .msg_controllen = sizeof(control)};

    memset(&control, 0, sizeof(control));
    set_source(&message, &datagram->to);
    if (sendmsg(datagram->fd, &message, MSG_DONTWAIT | MSG_NOSIGNAL) < 0) return TRAP_FAILED;
    datagram->fd = -1;
    return TRAP_OK;
}

/* Whether the client listens where the datagram came in: nobody else answers it. */
static bool is_listener_of(host_client client, int fd)
{
    for (struct listener *listener = listeners; listener; listener = listener->next)
        if (listener->fds[0] == fd || listener->fds[1] == fd)
            for (size_t i = 0; i < listener->count; i++)
                if (listener->clients[i] == client) return true;
    return false;
}

static enum trap_result answer(host_client client, uint64_t id, const uint8_t *bytes, size_t size)
{
    struct remembered *datagram = &remembered[id % REMEMBERED];
    enum trap_result result = TRAP_GONE;

    pthread_mutex_lock(&trap_lock);
    if (id && datagram->id == id)
    {
        if (datagram->fd < 0)
            result = TRAP_ANSWERED;
        else if (is_listener_of(client, datagram->fd))
            result = send_answer(datagram, bytes, size);
    }
    pthread_mutex_unlock(&trap_lock);
    host_log_detail("client %llu answers trap %llu: %s", (unsigned long long)client, (unsigned long long)id,
                    result == TRAP_OK         ? "sent"
                    : result == TRAP_ANSWERED ? "somebody did already"
                                              : "not sent");
    return result;
}

/* ---- The service ---- */

static void trap_request(struct host_request *request)
{
    struct host_decoder *arguments = host_request_arguments(request);
    host_client client = host_request_client(request);
    uint32_t method = host_request_method(request);
    const uint8_t *bytes = NULL;
    uint64_t id = 0;
    uint16_t port = 0;
    size_t size = 0;

    if (method < TRAP_LISTEN || method > TRAP_ANSWER)
    {
        host_request_refuse(request, HOST_REFUSED_METHOD, NULL);
        return;
    }
    if (method == TRAP_ANSWER)
    {
        id = host_get_u64(arguments);
        bytes = host_get_bytes(arguments, &size);
    }
    else
        port = host_get_u16(arguments);
    if (host_decoder_finish(arguments, false) != HOST_OK || (method != TRAP_ANSWER && !port))
    {
        host_request_refuse(request, HOST_REFUSED_MALFORMED, NULL);
        return;
    }
    if (method == TRAP_LISTEN)
        host_request_reply(request, listen_at(client, port), NULL);
    else if (method == TRAP_ANSWER)
        host_request_reply(request, answer(client, id, bytes, size), NULL);
    else
    {
        unlisten(client, port);
        host_request_reply(request, TRAP_OK, NULL);
    }
}

static void trap_client_gone(host_client client)
{
    unlisten(client, 0);
}

static bool trap_is_quick(uint32_t method)
{
    return method == TRAP_ANSWER;
}

const struct host_service trap_service = {
    .name = TRAP_SERVICE,
    .request = trap_request,
    .is_quick = trap_is_quick,
    .client_gone = trap_client_gone,
};
