#include "each_allocation.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "wsnmp32/allocation.h"
#include "wsnmp32/message_codec.h"

/* ---- The allocator -------------------------------------------------------------------------------------------- */

static volatile LONG live;        /* blocks that were not freed */
static volatile LONG allocations; /* since the last reset */
static volatile LONG fail_at;     /* number of the allocation that fails; 0: none */
static volatile DWORD peer_thread;

void *counting_alloc(size_t size)
{
    void *memory;

    if (GetCurrentThreadId() != peer_thread && InterlockedIncrement(&allocations) == fail_at) return NULL;
    memory = malloc(size);
    if (memory) InterlockedIncrement(&live);
    return memory;
}

void counting_free(void *memory)
{
    if (memory) InterlockedDecrement(&live);
    free(memory);
}

long failing_allocation(void)
{
    return fail_at;
}

/* ---- The peer ------------------------------------------------------------------------------------------------- */

static SOCKET peer;
static unsigned short port;

/* A UDP socket of the loopback interface at a free port, which *number receives. */
static SOCKET loopback_socket(unsigned short *number)
{
    union
    {
        struct sockaddr any;
        struct sockaddr_in in4;
    } local = {.in4 = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)}};
    SOCKET s = socket(AF_INET, SOCK_DGRAM, 0);
    int size = sizeof(local.in4);

    if (bind(s, &local.any, size) || getsockname(s, &local.any, &size))
        printf("# no UDP port of the loopback interface: error %d\n", WSAGetLastError());
    *number = ntohs(local.in4.sin_port);
    return s;
}

static DWORD WINAPI respond(void *context)
{
    static uint8_t buffer[65536], answer[65536];
    struct snmp_message message;
    struct sockaddr from;
    size_t length;

    (void)context;
    peer_thread = GetCurrentThreadId();
    for (;;)
    {
        int size = sizeof(from), n = recvfrom(peer, (char *)buffer, sizeof(buffer), 0, &from, &size);

        if (n < 0) return 0;
        if (snmp_message_decode(buffer, (size_t)n, &message, NULL) != SNMP_CODEC_OK) continue;
        message.pdu.type = SNMP_TYPE_RESPONSE;
        if (snmp_message_encode(&message, answer, sizeof(answer), &length) == SNMP_CODEC_OK)
            sendto(peer, (char *)answer, (int)length, 0, &from, size);
        snmp_varbind_list_free(&message.pdu.bindings);
    }
}

void peer_start(void)
{
    WSADATA data;

    WSAStartup(MAKEWORD(2, 2), &data);
    snmp_alloc = counting_alloc;
    snmp_free = counting_free;
    peer = loopback_socket(&port);
    CloseHandle(CreateThread(NULL, 0, respond, NULL, 0, NULL));
    while (!peer_thread)
        Sleep(1);
}

unsigned short peer_port(void)
{
    return port;
}

void peer_send(const void *data, int size, unsigned short number)
{
    union
    {
        struct sockaddr any;
        struct sockaddr_in in4;
    } to = {.in4 = {.sin_family = AF_INET, .sin_port = htons(number), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)}};

    sendto(peer, data, size, 0, &to.any, sizeof(to.in4));
}

unsigned short free_port(void)
{
    unsigned short number;

    closesocket(loopback_socket(&number));
    return number;
}

/* ---- The loop ------------------------------------------------------------------------------------------------- */

/* Receiving threads give their buffers back a moment after the close. */
static LONG settled(LONG expected)
{
    for (int i = 0; i < 10000 && live != expected; i++)
        Sleep(1);
    return live;
}

void each_allocation(void (*scenario)(void), void (*plain)(void), struct allocation_counts *counts)
{
    LONG baseline, n;

    scenario();
    Sleep(200);
    baseline = live;
    allocations = 0;
    scenario();
    counts->allocations = allocations;
    counts->left = settled(baseline) - baseline;
    counts->leaks = 0;
    if (plain) plain();
    /* A failure moves the later allocations, so go on until a run has none that fails. */
    for (n = 1; n <= 2 * counts->allocations; n++)
    {
        allocations = 0;
        fail_at = n;
        scenario();
        fail_at = 0;
        if (settled(baseline) != baseline)
        {
            printf("# allocation %ld: %ld blocks left\n", (long)n, (long)(live - baseline));
            counts->leaks++;
            baseline = live;
        }
        if (allocations < n) break;
    }
    counts->failed = n - 1;
}
