/* Prints what the building blocks of a transport cost in this Wine on this machine: bench_wine_primitives PORT, where
 * PORT is a responder's. It explains the other benchmarks' figures; nothing is judged by it. */

#include "bare_exchange.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ROUNDS 5

typedef void (*primitive)(int count);

static unsigned short port;

/* ---- memory, locks, clocks ---- */

static void do_malloc(int count)
{
    while (count--)
    {
        char *volatile p = malloc(200);
        free(p);
    }
}

static void do_heap(int count)
{
    HANDLE heap = GetProcessHeap();

    while (count--)
    {
        void *volatile p = HeapAlloc(heap, 0, 200);
        HeapFree(heap, 0, p);
    }
}

/* 64 blocks of different sizes are held at once, as a DLL with objects under way does. */
static void do_heap_mixed(int count)
{
    void *held[64] = {0};
    HANDLE heap = GetProcessHeap();

    for (int i = 0; i < count; i++)
    {
        int k = (i * 37) & 63;
        if (held[k]) HeapFree(heap, 0, held[k]);
        held[k] = HeapAlloc(heap, 0, 16 + (size_t)((i * 61) & 511));
    }
    for (int k = 0; k < 64; k++)
        if (held[k]) HeapFree(heap, 0, held[k]);
}

static void do_cas(int count)
{
    static volatile LONG value;

    while (count--)
        InterlockedCompareExchange(&value, value + 1, value);
}

static void do_srw(int count)
{
    static SRWLOCK lock = SRWLOCK_INIT;

    while (count--)
    {
        AcquireSRWLockExclusive(&lock);
        ReleaseSRWLockExclusive(&lock);
    }
}

static void do_critical_section(int count)
{
    CRITICAL_SECTION section;

    InitializeCriticalSection(&section);
    while (count--)
    {
        EnterCriticalSection(&section);
        LeaveCriticalSection(&section);
    }
    DeleteCriticalSection(&section);
}

static void do_qpc(int count)
{
    LARGE_INTEGER now;

    while (count--)
        QueryPerformanceCounter(&now);
}

static void do_tick_count(int count)
{
    volatile ULONGLONG now;

    while (count--)
        now = GetTickCount64();
    (void)now;
}

static void do_wake_nobody(int count)
{
    static LONG word;

    while (count--)
        WakeByAddressSingle(&word);
}

/* ---- events, messages, hand-over ---- */

static void do_set_event(int count)
{
    HANDLE event = CreateEventW(NULL, FALSE, FALSE, NULL);

    while (count--)
        SetEvent(event);
    CloseHandle(event);
}

static void do_wait_signalled(int count)
{
    HANDLE event = CreateEventW(NULL, TRUE, TRUE, NULL);

    while (count--)
        WaitForSingleObject(event, 0);
    CloseHandle(event);
}

static void do_post_message(int count)
{
    MSG message;

    /* Taken out as they go in, in batches: a queue holds 10,000. */
    while (count > 0)
    {
        for (int i = 0; i < 100; i++)
            PostMessageW(NULL, WM_USER, 0, 0);
        while (PeekMessageW(&message, NULL, 0, 0, PM_REMOVE))
        {
        }
        count -= 100;
    }
}

typedef struct
{
    HANDLE ping, pong;
    volatile LONG word;
    int count;
} pair;

static DWORD WINAPI echo_events(void *parameter)
{
    pair *p = parameter;

    for (int i = 0; i < p->count; i++)
    {
        WaitForSingleObject(p->ping, INFINITE);
        SetEvent(p->pong);
    }
    return 0;
}

static void do_event_round_trip(int count)
{
    pair p = {CreateEventW(NULL, FALSE, FALSE, NULL), CreateEventW(NULL, FALSE, FALSE, NULL), 0, count};
    HANDLE thread = CreateThread(NULL, 0, echo_events, &p, 0, NULL);

    while (count--)
    {
        SetEvent(p.ping);
        WaitForSingleObject(p.pong, INFINITE);
    }
    WaitForSingleObject(thread, INFINITE);
    CloseHandle(thread);
    CloseHandle(p.ping);
    CloseHandle(p.pong);
}

static void wait_while(volatile LONG *word, LONG value)
{
    while (*word == value)
        WaitOnAddress(word, &value, sizeof(value), INFINITE);
}

static DWORD WINAPI echo_address(void *parameter)
{
    pair *p = parameter;

    for (int i = 0; i < p->count; i++)
    {
        wait_while(&p->word, 0);
        InterlockedExchange(&p->word, 0);
        WakeByAddressSingle((void *)&p->word);
    }
    return 0;
}

static void do_address_round_trip(int count)
{
    pair p = {.count = count};
    HANDLE thread = CreateThread(NULL, 0, echo_address, &p, 0, NULL);

    while (count--)
    {
        InterlockedExchange(&p.word, 1);
        WakeByAddressSingle((void *)&p.word);
        wait_while(&p.word, 1);
    }
    WaitForSingleObject(thread, INFINITE);
    CloseHandle(thread);
}

static volatile LONG submitted;

static void CALLBACK count_submission(PTP_CALLBACK_INSTANCE instance, void *context)
{
    (void)instance;
    InterlockedDecrement(&submitted);
    WakeByAddressSingle((void *)&submitted);
    (void)context;
}

static void do_pool_work(int count)
{
    while (count--)
    {
        LONG value;

        InterlockedIncrement(&submitted);
        TrySubmitThreadpoolCallback(count_submission, NULL, NULL);
        while ((value = submitted) != 0)
            WaitOnAddress(&submitted, &value, sizeof(value), INFINITE);
    }
}

static void CALLBACK nothing(PTP_CALLBACK_INSTANCE instance, void *context, PTP_TIMER timer)
{
    (void)instance, (void)context, (void)timer;
}

static void do_set_timer(int count)
{
    PTP_TIMER timer = CreateThreadpoolTimer(nothing, NULL, NULL);
    ULARGE_INTEGER due = {.QuadPart = (ULONGLONG)-600000000LL};
    FILETIME time = {due.LowPart, due.HighPart};

    while (count--)
        SetThreadpoolTimer(timer, &time, 0, 0);
    SetThreadpoolTimer(timer, NULL, 0, 0);
    WaitForThreadpoolTimerCallbacks(timer, TRUE);
    CloseThreadpoolTimer(timer);
}

static DWORD WINAPI end_at_once(void *parameter)
{
    (void)parameter;
    return 0;
}

static void do_thread(int count)
{
    while (count--)
    {
        HANDLE thread = CreateThread(NULL, 0, end_at_once, NULL, 0, NULL);
        WaitForSingleObject(thread, INFINITE);
        CloseHandle(thread);
    }
}

/* ---- sockets ---- */

static SOCKET open_udp(void)
{
    struct sockaddr_in any = {.sin_family = AF_INET};
    SOCKET s = socket(AF_INET, SOCK_DGRAM, 0);

    (void)bind(s, (struct sockaddr *)&any, sizeof(any));
    return s;
}

static struct sockaddr_in responder(void)
{
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(port)};

    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return to;
}

static void do_socket(int count)
{
    while (count--)
        closesocket(open_udp());
}

static void do_sendto(int count)
{
    struct sockaddr_in to = responder();
    SOCKET s = open_udp();

    while (count--)
        sendto(s, (const char *)bench_get, GET_SIZE, 0, (struct sockaddr *)&to, sizeof(to));
    closesocket(s);
}

static void do_send_connected(int count)
{
    struct sockaddr_in to = responder();
    SOCKET s = open_udp();

    (void)connect(s, (struct sockaddr *)&to, sizeof(to));
    while (count--)
        send(s, (const char *)bench_get, GET_SIZE, 0);
    closesocket(s);
}

static void do_recv_would_block(int count)
{
    u_long on = 1;
    SOCKET s = open_udp();
    char data[64];

    ioctlsocket(s, FIONBIO, &on);
    while (count--)
        recvfrom(s, data, sizeof(data), 0, NULL, NULL);
    closesocket(s);
}

/* The datagrams lie in the socket already: what a receive costs that need not wait. */
static void do_recv_ready(int count)
{
    SOCKET s = open_udp(), from = open_udp();
    struct sockaddr_in self, source;
    int length = sizeof(self);
    char data[64];

    getsockname(s, (struct sockaddr *)&self, &length);
    self.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    while (count > 0)
    {
        for (int i = 0; i < 100; i++)
            sendto(from, (const char *)bench_get, GET_SIZE, 0, (struct sockaddr *)&self, sizeof(self));
        for (int i = 0; i < 100; i++)
        {
            length = sizeof(source);
            recvfrom(s, data, sizeof(data), 0, (struct sockaddr *)&source, &length);
        }
        count -= 100;
    }
    closesocket(s);
    closesocket(from);
}

static void do_select_not_ready(int count)
{
    SOCKET s = open_udp();

    while (count--)
    {
        struct timeval none = {0, 0};
        fd_set set;
        FD_ZERO(&set);
        FD_SET(s, &set);
        select(0, &set, NULL, NULL, &none);
    }
    closesocket(s);
}

static const struct
{
    const char *name;
    primitive run;
    int count;
} primitives[] = {
    {"malloc(200), free (msvcrt)", do_malloc, 200000},
    {"HeapAlloc(200), HeapFree", do_heap, 200000},
    {"HeapAlloc, HeapFree, 64 held, mixed sizes", do_heap_mixed, 200000},
    {"InterlockedCompareExchange", do_cas, 1000000},
    {"SRWLOCK exclusive, uncontended", do_srw, 1000000},
    {"critical section, uncontended", do_critical_section, 1000000},
    {"QueryPerformanceCounter", do_qpc, 200000},
    {"GetTickCount64", do_tick_count, 200000},
    {"WakeByAddressSingle, nobody waits", do_wake_nobody, 200000},
    {"SetEvent, nobody waits", do_set_event, 20000},
    {"WaitForSingleObject, signalled", do_wait_signalled, 20000},
    {"PostMessage and its PeekMessage", do_post_message, 10000},
    {"event round trip between two threads", do_event_round_trip, 5000},
    {"WaitOnAddress round trip between two threads", do_address_round_trip, 5000},
    {"TrySubmitThreadpoolCallback until it ran", do_pool_work, 5000},
    {"SetThreadpoolTimer", do_set_timer, 5000},
    {"CreateThread until it ended", do_thread, 300},
    {"socket, bind, closesocket", do_socket, 1000},
    {"sendto", do_sendto, 5000},
    {"connected send", do_send_connected, 5000},
    {"sendto another socket of its own and recvfrom", do_recv_ready, 5000},
    {"recvfrom that would block", do_recv_would_block, 5000},
    {"select, not ready", do_select_not_ready, 5000},
};

int main(int argc, char **argv)
{
    WSADATA data;

    port = (unsigned short)(argc > 1 ? atoi(argv[1]) : 0);
    if (!port || WSAStartup(MAKEWORD(2, 2), &data))
    {
        fprintf(stderr, "usage: bench_wine_primitives PORT\n");
        return 2;
    }
    for (size_t i = 0; i < sizeof(primitives) / sizeof(*primitives); i++)
    {
        double times[ROUNDS];

        primitives[i].run(primitives[i].count / 10 + 100);
        for (int round = 0; round < ROUNDS; round++)
        {
            double start = bench_now();
            primitives[i].run(primitives[i].count);
            times[round] = (bench_now() - start) * 1e6 / primitives[i].count;
        }
        printf("%-48s %9.3f us\n", primitives[i].name, bench_median(times, ROUNDS));
    }
    WSACleanup();
    return 0;
}
