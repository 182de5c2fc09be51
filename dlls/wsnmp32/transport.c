/*
 * UDP endpoints on Winsock and Windows' thread pool.
 */
#include "common/rundown.h"
#include "wsnmp32/transport.h"

CORK_TRACE_CHANNEL(wsnmp32);

#define DATAGRAM_MAX    65536 /* no UDP payload is longer */
#define RECEIVE_BUFFER  (4 * 1024 * 1024)
#define GUARD_PERIOD_MS 20

/* One pool thread's stay in the receiving loop of an endpoint. */
struct receiver
{
    struct list entry; /* in the endpoint's list, under transport_lock */
    struct endpoint *endpoint;
    volatile LONG busy; /* 0 while it waits for a datagram, else a number that is new for each datagram */
    LONG seen_busy;     /* what the guard saw last */
    uint8_t buffer[DATAGRAM_MAX];
};

struct endpoint
{
    struct list entry; /* in endpoints, under transport_lock */
    LONG refs;
    struct cork_rundown senders; /* inside: threads that send; closed before the socket is */
    SOCKET socket;
    union address local;
    datagram_handler handler;
    void (*release)(void *context);
    void *context;
    struct list receivers;            /* under transport_lock */
    struct receiver *volatile leader; /* the one that goes on receiving; the others leave after their handler */
    volatile LONG stopping;
};

static SRWLOCK transport_lock = SRWLOCK_INIT;
static CONDITION_VARIABLE receiver_left = CONDITION_VARIABLE_INIT;
static struct list endpoints = {&endpoints, &endpoints};
static PTP_POOL pool;
static TP_CALLBACK_ENVIRON environment;
static PTP_TIMER guard_timer;
static volatile LONG guard_armed;

static void CALLBACK receive_loop(PTP_CALLBACK_INSTANCE instance, void *context);

/* ---- The guard: finds receivers whose handler takes long ------------------------------------------------------------
 */

static void guard_arm(void)
{
    LARGE_INTEGER due;
    FILETIME time;

    due.QuadPart = -(LONGLONG)GUARD_PERIOD_MS * 10000;
    time.dwLowDateTime = due.LowPart;
    time.dwHighDateTime = (DWORD)due.HighPart;
    SetThreadpoolTimer(guard_timer, &time, 0, 0);
}

/* Called with transport_lock held. Makes another pool thread receive. */
static int start_receiver(struct endpoint *endpoint)
{
    struct receiver *receiver = snmp_alloc(sizeof(*receiver)), *former;

    if (!receiver) return 0;
    receiver->endpoint = endpoint;
    /* Before it runs it counts as waiting, so that a close waits for it to begin. */
    receiver->busy = receiver->seen_busy = 0;
    /* All is in place before the thread can run: one that began without being the leader would leave at once. */
    list_add_tail(&endpoint->receivers, &receiver->entry);
    InterlockedIncrement(&endpoint->refs);
    former = endpoint->leader;
    endpoint->leader = receiver;
    if (TrySubmitThreadpoolCallback(receive_loop, receiver, &environment)) return 1;
    endpoint->leader = former;
    InterlockedDecrement(&endpoint->refs);
    list_remove(&receiver->entry);
    snmp_free(receiver);
    return 0;
}

/* Looks at every endpoint; returns whether any handler ran since the last look. */
static int guard_look(void)
{
    struct list *node;
    int active = 0;

    AcquireSRWLockExclusive(&transport_lock);
    for (node = endpoints.next; node != &endpoints; node = node->next)
    {
        struct endpoint *endpoint = LIST_ENTRY_OF(node, struct endpoint, entry);
        struct receiver *leader = endpoint->leader;
        LONG busy;

        if (!leader || endpoint->stopping) continue;
        busy = leader->busy;
        if (busy || leader->seen_busy) active = 1;
        if (busy && busy == leader->seen_busy)
        {
            CORK_TRACE("a callback takes long, another thread receives\n");
            start_receiver(endpoint);
        }
        leader->seen_busy = busy;
    }
    ReleaseSRWLockExclusive(&transport_lock);
    return active;
}

static void CALLBACK guard(PTP_CALLBACK_INSTANCE instance, void *context, PTP_TIMER which)
{
    (void)instance, (void)context, (void)which;
    if (guard_look())
    {
        guard_arm();
        return;
    }
    /* Nothing went on: sleep until a receiver arms it again. One that became busy before this exchange may have seen it
     * armed still, so look once more. */
    InterlockedExchange(&guard_armed, 0);
    if (guard_look() && !InterlockedExchange(&guard_armed, 1)) guard_arm();
}

/* ---- Receiving ------------------------------------------------------------------------------------------------------
 */

static void receiver_leave(struct receiver *receiver)
{
    struct endpoint *endpoint = receiver->endpoint;

    AcquireSRWLockExclusive(&transport_lock);
    list_remove(&receiver->entry);
    if (endpoint->leader == receiver) endpoint->leader = NULL;
    WakeAllConditionVariable(&receiver_left);
    ReleaseSRWLockExclusive(&transport_lock);
    snmp_free(receiver);
    endpoint_unref(endpoint);
}

static void CALLBACK receive_loop(PTP_CALLBACK_INSTANCE instance, void *context)
{
    struct receiver *receiver = context;
    struct endpoint *endpoint = receiver->endpoint;
    LONG number = 0;
    unsigned failures = 0;

    CallbackMayRunLong(instance);
    for (;;)
    {
        union address from;
        int from_size = sizeof(from), size;

        /* Not busy: the closer waits for this receiver, so the socket stays open until it has looked at stopping. */
        InterlockedExchange(&receiver->busy, 0);
        if (endpoint->stopping || endpoint->leader != receiver) break;
        size = recvfrom(endpoint->socket, (char *)receiver->buffer, DATAGRAM_MAX, 0, &from.any, &from_size);
        if (endpoint->stopping) break;
        if (size < 0)
        {
            /* WSAECONNRESET tells of an earlier datagram that a host refused; no datagram is lost by any of these. */
            if (++failures > 100) Sleep(10);
            continue;
        }
        failures = 0;
        if (++number == 0) ++number;
        InterlockedExchange(&receiver->busy, number);
        if (!guard_armed && !InterlockedExchange(&guard_armed, 1)) guard_arm();
        endpoint->handler(endpoint, endpoint->context, receiver->buffer, (size_t)size, &from);
    }
    receiver_leave(receiver);
}

/* A blocked recvfrom is woken by a datagram from the socket to itself, which works alike on Wine and on Windows. */
static void endpoint_wake(struct endpoint *endpoint)
{
    union address to = endpoint->local;

    if (to.any.sa_family == AF_INET6)
    {
        static const struct in6_addr loopback = IN6ADDR_LOOPBACK_INIT;
        if (IN6_IS_ADDR_UNSPECIFIED(&to.in6.sin6_addr)) to.in6.sin6_addr = loopback;
    }
    else if (to.in4.sin_addr.s_addr == INADDR_ANY)
        to.in4.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    sendto(endpoint->socket, "", 0, 0, &to.any, address_size(&to));
}

/* Called with transport_lock held. Whether some thread may still touch the socket. */
static int someone_receives(struct endpoint *endpoint)
{
    struct list *node;

    for (node = endpoint->receivers.next; node != &endpoint->receivers; node = node->next)
        if (!LIST_ENTRY_OF(node, struct receiver, entry)->busy) return 1;
    return 0;
}

void endpoint_close(struct endpoint *endpoint)
{
    InterlockedExchange(&endpoint->stopping, 1);
    AcquireSRWLockExclusive(&transport_lock);
    list_remove(&endpoint->entry);
    while (someone_receives(endpoint))
    {
        endpoint_wake(endpoint);
        SleepConditionVariableSRW(&receiver_left, &transport_lock, 100, 0);
    }
    ReleaseSRWLockExclusive(&transport_lock);

    cork_rundown_close_and_wait(&endpoint->senders);
    closesocket(endpoint->socket);
    endpoint_unref(endpoint);
}

void endpoint_ref(struct endpoint *endpoint)
{
    InterlockedIncrement(&endpoint->refs);
}

void endpoint_unref(struct endpoint *endpoint)
{
    if (InterlockedDecrement(&endpoint->refs)) return;
    if (endpoint->release) endpoint->release(endpoint->context);
    snmp_free(endpoint);
}

const union address *endpoint_address(const struct endpoint *endpoint)
{
    return &endpoint->local;
}

/* ---- Opening and sending -------------------------------------------------------------------------------------------
 */

static SOCKET bind_socket(const union address *local, union address *bound, SNMPAPI_STATUS *error)
{
    SOCKET s = socket(local->any.sa_family, SOCK_DGRAM, IPPROTO_UDP);
    int size = sizeof(*bound), buffer = RECEIVE_BUFFER;
    DWORD on = 1;

    if (s == INVALID_SOCKET)
    {
        *error = WSAGetLastError() == WSAEAFNOSUPPORT ? SNMPAPI_TL_NOT_SUPPORTED : SNMPAPI_TL_RESOURCE_ERROR;
        return INVALID_SOCKET;
    }
    if (local->any.sa_family == AF_INET6) setsockopt(s, IPPROTO_IPV6, IPV6_V6ONLY, (const char *)&on, sizeof(on));
    /* Many answers come at once; the system gives as much of this as it allows. */
    setsockopt(s, SOL_SOCKET, SO_RCVBUF, (const char *)&buffer, sizeof(buffer));
    if (bind(s, &local->any, address_size(local)) || getsockname(s, &bound->any, &size))
    {
        int code = WSAGetLastError();

        CORK_WARN("cannot bind %s: %d\n", debugstr_address(local), code);
        *error = code == WSAEADDRINUSE || code == WSAEACCES ? SNMPAPI_TL_IN_USE : SNMPAPI_TL_OTHER;
        closesocket(s);
        return INVALID_SOCKET;
    }
    return s;
}

struct endpoint *endpoint_open(const union address *local, datagram_handler handler, void (*release)(void *context),
                               void *context, SNMPAPI_STATUS *error)
{
    struct endpoint *endpoint = snmp_zalloc(sizeof(*endpoint));
    int started;

    *error = SNMPAPI_ALLOC_ERROR;
    if (!endpoint) return NULL;
    if (!cork_rundown_init(&endpoint->senders))
    {
        snmp_free(endpoint);
        return NULL;
    }
    endpoint->refs = 1;
    endpoint->handler = handler;
    endpoint->context = context;
    endpoint->release = release;
    list_init(&endpoint->receivers);
    endpoint->socket = bind_socket(local, &endpoint->local, error);
    if (endpoint->socket == INVALID_SOCKET)
    {
        snmp_free(endpoint);
        return NULL;
    }
    AcquireSRWLockExclusive(&transport_lock);
    started = start_receiver(endpoint);
    if (started) list_add_tail(&endpoints, &endpoint->entry);
    ReleaseSRWLockExclusive(&transport_lock);
    if (!started)
    {
        *error = SNMPAPI_TL_RESOURCE_ERROR;
        closesocket(endpoint->socket);
        snmp_free(endpoint);
        return NULL;
    }
    CORK_TRACE("%s\n", debugstr_address(&endpoint->local));
    return endpoint;
}

static SNMPAPI_STATUS send_error(int code)
{
    switch (code)
    {
    case WSAEMSGSIZE:
        return SNMPAPI_TL_PDU_TOO_BIG;
    case WSAENETUNREACH:
    case WSAEHOSTUNREACH:
    case WSAEHOSTDOWN:
    case WSAECONNREFUSED:
    case WSAECONNRESET:
    case WSAENETRESET:
    case WSAEADDRNOTAVAIL: /* this host has no address to send from */
        return SNMPAPI_TL_UNDELIVERABLE;
    case WSAENOBUFS:
    case WSAEWOULDBLOCK:
        return SNMPAPI_TL_RESOURCE_ERROR;
    case WSAENETDOWN:
        return SNMPAPI_TL_NOT_AVAILABLE;
    case WSAEINVAL:
    case WSAEFAULT:
    case WSAEDESTADDRREQ:
        return SNMPAPI_TL_INVALID_PARAM;
    case WSAEAFNOSUPPORT:
        return SNMPAPI_TL_NOT_SUPPORTED;
    default:
        return SNMPAPI_TL_OTHER;
    }
}

SNMPAPI_STATUS endpoint_send(struct endpoint *endpoint, const uint8_t *data, size_t size, const union address *to)
{
    SNMPAPI_STATUS error = SNMPAPI_TL_UNDELIVERABLE;
    int attempts, code;

    if (!cork_rundown_enter_unowned(&endpoint->senders)) return SNMPAPI_TL_SRC_INVALID;
    for (attempts = 0; attempts < 3; attempts++)
    {
        if (sendto(endpoint->socket, (const char *)data, (int)size, 0, &to->any, address_size(to)) >= 0)
        {
            error = SNMPAPI_SUCCESS;
            break;
        }
        code = WSAGetLastError();
        /* These two report what became of an earlier datagram to some other host; this one was not sent yet. */
        if (code == WSAECONNREFUSED || code == WSAECONNRESET) continue;
        CORK_WARN("%u bytes to %s: %d\n", (unsigned)size, debugstr_address(to), code);
        error = send_error(code);
        break;
    }
    cork_rundown_leave_unowned(&endpoint->senders);
    return error;
}

/* ---- The pool ------------------------------------------------------------------------------------------------------
 */

struct work
{
    void (*run)(void *context);
    void *context;
};

static void CALLBACK run_work(PTP_CALLBACK_INSTANCE instance, void *context)
{
    struct work work = *(struct work *)context;

    (void)instance;
    snmp_free(context);
    work.run(work.context);
}

PTP_TIMER transport_timer(PTP_TIMER_CALLBACK fires)
{
    return CreateThreadpoolTimer(fires, NULL, &environment);
}

int transport_run(void (*run)(void *context), void *context)
{
    struct work *work = snmp_alloc(sizeof(*work));

    if (!work) return 0;
    work->run = run;
    work->context = context;
    if (TrySubmitThreadpoolCallback(run_work, work, &environment)) return 1;
    snmp_free(work);
    return 0;
}

SNMPAPI_STATUS transport_start(void)
{
    WSADATA data;

    if (WSAStartup(MAKEWORD(2, 2), &data)) return SNMPAPI_TL_NOT_INITIALIZED;
    if (!pool)
    {
        pool = CreateThreadpool(NULL);
        if (pool)
        {
            InitializeThreadpoolEnvironment(&environment);
            SetThreadpoolCallbackPool(&environment, pool);
        }
    }
    if (pool && !guard_timer) guard_timer = CreateThreadpoolTimer(guard, NULL, &environment);
    if (!guard_timer)
    {
        WSACleanup();
        return SNMPAPI_TL_RESOURCE_ERROR;
    }
    return SNMPAPI_SUCCESS;
}

/* The pool itself stays: its threads leave by themselves when they have nothing to do, and a callback may be running on
 * one. */
void transport_stop(void)
{
    WSACleanup();
}
