/*
 * The peer of the SNMP DLLs' allocation tests: answers every request with its own bindings. See each_allocation.h.
 */
#include "each_allocation.h"

#include <stdint.h>
#include <stdio.h>

#include "wsnmp32/allocation.h"
#include "wsnmp32/message_codec.h"

static SOCKET peer;
static volatile LONG peer_is_there;
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
    count_no_allocations_here();
    peer_is_there = 1;
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
    while (!peer_is_there)
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
