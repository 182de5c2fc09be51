#include "bare_exchange.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define WAIT_MS 10000
#define WINDOW  64

const unsigned char bench_get[GET_SIZE] = {
    0x30, 41, 0x02, 1, 1, 0x04, 6,  'p',  'u', 'b',  'l', 'i',  'c', 0xa0, 28, 0x02, 4, 0x10, 0, 0,    0, 0x02,
    1,    0,  0x02, 1, 0, 0x30, 14, 0x30, 12,  0x06, 8,   0x2b, 6,   1,    2,  1,    1, 1,    0, 0x05, 0};

double bench_now(void)
{
    static LARGE_INTEGER frequency;
    LARGE_INTEGER now;

    if (!frequency.QuadPart) QueryPerformanceFrequency(&frequency);
    QueryPerformanceCounter(&now);
    return (double)now.QuadPart / (double)frequency.QuadPart;
}

static int compare_doubles(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

double bench_median(double *values, int count)
{
    qsort(values, (size_t)count, sizeof(*values), compare_doubles);
    return count % 2 ? values[count / 2] : (values[count / 2 - 1] + values[count / 2]) / 2;
}

typedef struct
{
    SOCKET s;
    struct sockaddr_in to;
    unsigned char get[GET_SIZE];
} peer;

static double failed(const char *what, peer *p)
{
    fprintf(stderr, "%s failed: %d\n", what, WSAGetLastError());
    if (p->s != INVALID_SOCKET) closesocket(p->s);
    return -1;
}

static int open_peer(peer *p, unsigned short port)
{
    struct sockaddr_in any = {.sin_family = AF_INET};
    DWORD wait = WAIT_MS;
    int buffer = 1 << 20;

    memcpy(p->get, bench_get, GET_SIZE);
    memset(&p->to, 0, sizeof(p->to));
    p->to.sin_family = AF_INET;
    p->to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    p->to.sin_port = htons(port);
    p->s = WSASocketW(AF_INET, SOCK_DGRAM, IPPROTO_UDP, NULL, 0, WSA_FLAG_OVERLAPPED);
    if (p->s == INVALID_SOCKET) return 0;
    setsockopt(p->s, SOL_SOCKET, SO_RCVBUF, (const char *)&buffer, sizeof(buffer));
    setsockopt(p->s, SOL_SOCKET, SO_RCVTIMEO, (const char *)&wait, sizeof(wait));
    return !bind(p->s, (struct sockaddr *)&any, sizeof(any));
}

static int send_get(peer *p, unsigned id)
{
    unsigned char *at = p->get + GET_ID_OFFSET;

    /* The first byte stays 0x10, so that the id always takes four bytes. */
    at[1] = (unsigned char)(id >> 16);
    at[2] = (unsigned char)(id >> 8);
    at[3] = (unsigned char)id;
    return sendto(p->s, (const char *)p->get, GET_SIZE, 0, (struct sockaddr *)&p->to, sizeof(p->to)) == GET_SIZE;
}

/* Whether data is the answer to the request with this id; at that place, since the community and version are the
 * request's. */
static int is_answer(const unsigned char *data, int size, unsigned id)
{
    const unsigned char *at = data + GET_ID_OFFSET;

    return size > GET_ID_OFFSET + 4 && data[13] == 0xa2 && at[1] == (unsigned char)(id >> 16) &&
           at[2] == (unsigned char)(id >> 8) && at[3] == (unsigned char)id;
}

static int receive(peer *p, unsigned char *data, int size)
{
    struct sockaddr_in from;
    int length = sizeof(from);

    return recvfrom(p->s, (char *)data, size, 0, (struct sockaddr *)&from, &length);
}

double bare_blocking(unsigned short port, int count)
{
    unsigned char data[2048];
    double start;
    peer p;

    if (!open_peer(&p, port)) return failed("socket", &p);
    start = bench_now();
    for (int i = 0; i < count; i++)
    {
        if (!send_get(&p, (unsigned)i)) return failed("sendto", &p);
        if (!is_answer(data, receive(&p, data, sizeof(data)), (unsigned)i)) return failed("recvfrom", &p);
    }
    start = bench_now() - start;
    closesocket(p.s);
    return start * 1e6 / count;
}

double bare_select(unsigned short port, int count)
{
    unsigned char data[2048];
    double start;
    peer p;

    if (!open_peer(&p, port)) return failed("socket", &p);
    start = bench_now();
    for (int i = 0; i < count; i++)
    {
        struct timeval wait = {10, 0};
        fd_set set;

        if (!send_get(&p, (unsigned)i)) return failed("sendto", &p);
        FD_ZERO(&set);
        FD_SET(p.s, &set);
        if (select(0, &set, NULL, NULL, &wait) != 1) return failed("select", &p);
        if (!is_answer(data, receive(&p, data, sizeof(data)), (unsigned)i)) return failed("recvfrom", &p);
    }
    start = bench_now() - start;
    closesocket(p.s);
    return start * 1e6 / count;
}

typedef struct
{
    OVERLAPPED overlapped;
    unsigned char data[2048];
    struct sockaddr_in from;
    int from_length;
} receive_slot;

/* Posts one receive. Returns 0 for an error; whether it is done at once or later, its completion comes by the event or
 * the callback. */
static int post_receive(SOCKET s, receive_slot *slot)
{
    WSABUF buffer = {sizeof(slot->data), (char *)slot->data};
    DWORD flags = 0;

    slot->from_length = sizeof(slot->from);
    if (!WSARecvFrom(s, &buffer, 1, NULL, &flags, (struct sockaddr *)&slot->from, &slot->from_length, &slot->overlapped,
                     NULL))
        return 1;
    return WSAGetLastError() == WSA_IO_PENDING;
}

double bare_overlapped(unsigned short port, int count)
{
    static receive_slot slot;
    DWORD flags, size;
    double start;
    peer p;

    if (!open_peer(&p, port)) return failed("socket", &p);
    memset(&slot, 0, sizeof(slot));
    slot.overlapped.hEvent = CreateEventW(NULL, TRUE, FALSE, NULL);
    start = bench_now();
    for (int i = 0; i < count; i++)
    {
        if (!post_receive(p.s, &slot)) return failed("WSARecvFrom", &p);
        if (!send_get(&p, (unsigned)i)) return failed("sendto", &p);
        if (WaitForSingleObject(slot.overlapped.hEvent, WAIT_MS)) return failed("wait", &p);
        if (!WSAGetOverlappedResult(p.s, &slot.overlapped, &size, FALSE, &flags)) return failed("result", &p);
        if (!is_answer(slot.data, (int)size, (unsigned)i)) return failed("answer", &p);
    }
    start = bench_now() - start;
    closesocket(p.s);
    CloseHandle(slot.overlapped.hEvent);
    return start * 1e6 / count;
}

/* ---- thread-pool I/O ---- */

typedef struct
{
    peer p;
    PTP_IO io;
    HANDLE done;
    LONG sent, received, count;
    int error;
} pool_run;

static void CALLBACK on_pool_receive(PTP_CALLBACK_INSTANCE instance, void *context, void *overlapped, ULONG result,
                                     ULONG_PTR size, PTP_IO io)
{
    pool_run *run = context;
    receive_slot *slot = overlapped;
    LONG received;

    (void)instance;
    (void)size;
    /* What is still posted when all is done ends with an error as the socket closes. */
    if (run->received >= run->count) return;
    if (result)
    {
        run->error = (int)result;
        SetEvent(run->done);
        return;
    }
    received = InterlockedIncrement(&run->received);
    if (received >= run->count)
    {
        if (received == run->count) SetEvent(run->done);
        return;
    }
    StartThreadpoolIo(io);
    if (!post_receive(run->p.s, slot))
    {
        CancelThreadpoolIo(io);
        run->error = WSAGetLastError();
        SetEvent(run->done);
    }
    LONG next = InterlockedIncrement(&run->sent);
    if (next <= run->count) send_get(&run->p, (unsigned)next);
}

static double run_pool(unsigned short port, int count, int outstanding)
{
    static receive_slot slots[8];
    int receives = outstanding < 8 ? outstanding : 8;
    pool_run run = {.count = count, .sent = outstanding};
    DWORD waited;
    double start;

    if (!open_peer(&run.p, port)) return failed("socket", &run.p);
    run.io = CreateThreadpoolIo((HANDLE)run.p.s, on_pool_receive, &run, NULL);
    if (!run.io) return failed("CreateThreadpoolIo", &run.p);
    run.done = CreateEventW(NULL, TRUE, FALSE, NULL);
    start = bench_now();
    for (int i = 0; i < receives; i++)
    {
        memset(&slots[i].overlapped, 0, sizeof(slots[i].overlapped));
        StartThreadpoolIo(run.io);
        if (!post_receive(run.p.s, &slots[i])) return failed("WSARecvFrom", &run.p);
    }
    for (int i = 0; i < outstanding; i++)
        if (!send_get(&run.p, (unsigned)i)) return failed("sendto", &run.p);
    waited = WaitForSingleObject(run.done, 60000);
    start = bench_now() - start;
    closesocket(run.p.s);
    WaitForThreadpoolIoCallbacks(run.io, FALSE);
    CloseThreadpoolIo(run.io);
    CloseHandle(run.done);
    if (waited || run.error)
    {
        fprintf(stderr, "thread-pool I/O: %ld of %d received, error %d\n", run.received, count, run.error);
        return -1;
    }
    return start * 1e6 / count;
}

double bare_threadpool_io(unsigned short port, int count)
{
    return run_pool(port, count, 1);
}

double bare_window64_threadpool(unsigned short port, int count)
{
    return run_pool(port, count, WINDOW);
}

/* ---- hand-over to a second thread ---- */

typedef struct
{
    peer p;
    HANDLE arrived;
    CRITICAL_SECTION lock;
    unsigned char data[2048];
    int size;
    volatile LONG stop;
} handover;

static DWORD WINAPI receive_and_hand_over(void *parameter)
{
    handover *h = parameter;
    unsigned char data[2048];

    while (!h->stop)
    {
        int size = receive(&h->p, data, sizeof(data));
        if (size <= 0) break;
        EnterCriticalSection(&h->lock);
        memcpy(h->data, data, (size_t)size);
        h->size = size;
        LeaveCriticalSection(&h->lock);
        SetEvent(h->arrived);
    }
    return 0;
}

/* Sends one more request for the receiver's sake, so that it wakes and sees the stop. */
static void end_receiver(handover *h, HANDLE thread)
{
    h->stop = 1;
    send_get(&h->p, 0);
    WaitForSingleObject(thread, WAIT_MS);
    CloseHandle(thread);
}

double bare_handover(unsigned short port, int count)
{
    handover h = {.stop = 0};
    HANDLE thread;
    double start;
    int i;

    if (!open_peer(&h.p, port)) return failed("socket", &h.p);
    InitializeCriticalSection(&h.lock);
    h.arrived = CreateEventW(NULL, FALSE, FALSE, NULL);
    thread = CreateThread(NULL, 0, receive_and_hand_over, &h, 0, NULL);
    start = bench_now();
    for (i = 0; i < count; i++)
    {
        int good;

        if (!send_get(&h.p, (unsigned)i) || WaitForSingleObject(h.arrived, WAIT_MS)) break;
        EnterCriticalSection(&h.lock);
        good = is_answer(h.data, h.size, (unsigned)i);
        LeaveCriticalSection(&h.lock);
        if (!good) break;
    }
    start = bench_now() - start;
    end_receiver(&h, thread);
    CloseHandle(h.arrived);
    DeleteCriticalSection(&h.lock);
    closesocket(h.p.s);
    if (i < count)
    {
        fprintf(stderr, "hand-over: stopped after %d\n", i);
        return -1;
    }
    return start * 1e6 / count;
}

double bare_window64(unsigned short port, int count)
{
    unsigned char data[2048];
    double start;
    int sent = 0;
    peer p;

    if (!open_peer(&p, port)) return failed("socket", &p);
    start = bench_now();
    for (; sent < WINDOW && sent < count; sent++)
        if (!send_get(&p, (unsigned)sent)) return failed("sendto", &p);
    for (int i = 0; i < count; i++)
    {
        int size = receive(&p, data, sizeof(data));
        if (size < GET_SIZE || data[13] != 0xa2) return failed("recvfrom", &p);
        if (sent < count && !send_get(&p, (unsigned)sent++)) return failed("sendto", &p);
    }
    start = bench_now() - start;
    closesocket(p.s);
    return start * 1e6 / count;
}
