/*
 * An SNMP agent for the tests. See responder.h.
 */
#include "responder.h"

#include <stdlib.h>
#include <string.h>

SOCKET loopback_socket(unsigned short *port)
{
    struct sockaddr_in address = {.sin_family = AF_INET};
    int size = sizeof(address);
    WSADATA data;
    SOCKET sock;

    WSAStartup(MAKEWORD(2, 2), &data);
    sock = socket(AF_INET, SOCK_DGRAM, 0);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (sock == INVALID_SOCKET || bind(sock, (struct sockaddr *)&address, sizeof(address)) ||
        getsockname(sock, (struct sockaddr *)&address, &size))
        return INVALID_SOCKET;
    *port = ntohs(address.sin_port);
    return sock;
}

int send_to_port(SOCKET sock, unsigned short port, const void *data, size_t length)
{
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(port)};

    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return sendto(sock, data, (int)length, 0, (struct sockaddr *)&to, sizeof(to)) == (int)length;
}

int receive_within(SOCKET sock, struct datagram *datagram, int milliseconds)
{
    struct timeval limit = {milliseconds / 1000, milliseconds % 1000 * 1000};
    int size = sizeof(datagram->from);
    fd_set set;

    FD_ZERO(&set);
    FD_SET(sock, &set);
    if (select(0, &set, NULL, NULL, &limit) != 1) return -1;
    datagram->length =
        recvfrom(sock, (char *)datagram->data, sizeof(datagram->data), 0, (struct sockaddr *)&datagram->from, &size);
    return datagram->length;
}

static void reply(struct responder *responder, const struct datagram *request, const struct bytes *message)
{
    sendto(responder->socket, (const char *)message->data, (int)message->length, 0,
           (const struct sockaddr *)&request->from, sizeof(request->from));
}

static void respond(struct responder *responder, const struct datagram *request, const struct parsed *parsed,
                    int request_id, int error_status, int error_index)
{
    struct bytes message = {.length = 0}, bindings = {.length = 0};

    if (responder->answer == ANSWER_BINDINGS)
        bindings = responder->canned;
    else
    {
        memcpy(bindings.data, parsed->bindings, parsed->bindings_length);
        bindings.length = parsed->bindings_length;
    }
    put_message(&message, parsed->version, parsed->community, 0xa2, request_id, error_status, error_index, &bindings);
    reply(responder, request, &message);
}

static int times_seen(struct responder *responder, int request_id)
{
    int times = 0;

    for (LONG i = 0; i < responder->seen_count && i < MAX_SEEN; i++)
    {
        struct parsed parsed;

        parse_message(responder->seen[i].data, (size_t)responder->seen[i].length, &parsed);
        times += parsed.ok && parsed.request_id == request_id;
    }
    return times;
}

static void misbehave(struct responder *responder, const struct datagram *request, const struct parsed *parsed)
{
    struct bytes garbage = {.data = "This is no SNMP message.", .length = 24};

    reply(responder, request, &garbage);
    garbage = (struct bytes){.length = 0};
    put_message(&garbage, parsed->version, parsed->community, 0xa2, parsed->request_id, 0, 0,
                &(struct bytes){.length = 0});
    garbage.length -= 3;
    reply(responder, request, &garbage);
}

static void answer(struct responder *responder, const struct datagram *request)
{
    struct parsed parsed;

    parse_message(request->data, (size_t)request->length, &parsed);
    if (!parsed.ok || parsed.tag == 0xa2 || parsed.tag == 0xa7 || responder->answer == ANSWER_NOTHING) return;
    if (responder->answer == ANSWER_SECOND && times_seen(responder, parsed.request_id) < 2) return;
    if (responder->answer == ANSWER_GARBAGE) misbehave(responder, request, &parsed);
    if (responder->answer == ANSWER_WRONG_ID) respond(responder, request, &parsed, parsed.request_id ^ 0x5555, 0, 0);
    if (responder->answer == ANSWER_ERROR)
        respond(responder, request, &parsed, parsed.request_id, 2, 1);
    else
        respond(responder, request, &parsed, parsed.request_id, 0, 0);
    if (responder->answer == ANSWER_TWICE) respond(responder, request, &parsed, parsed.request_id, 0, 0);
}

static DWORD WINAPI respond_thread(void *context)
{
    struct responder *responder = context;
    struct datagram request;

    for (;;)
    {
        int size = sizeof(request.from);

        request.length = recvfrom(responder->socket, (char *)request.data, sizeof(request.data), 0,
                                  (struct sockaddr *)&request.from, &size);
        if (request.length == 0) return 0;
        if (request.length < 0)
        {
            int error = WSAGetLastError();

            if (error == WSAECONNRESET || error == WSAEMSGSIZE) continue;
            return 0;
        }
        if (responder->seen_count < MAX_SEEN) responder->seen[responder->seen_count] = request;
        InterlockedIncrement(&responder->seen_count);
        answer(responder, &request);
    }
}

int responder_start(struct responder *responder, enum answer behaviour)
{
    memset(responder, 0, sizeof(*responder));
    responder->answer = behaviour;
    responder->seen = calloc(MAX_SEEN, sizeof(*responder->seen));
    responder->socket = loopback_socket(&responder->port);
    if (responder->socket == INVALID_SOCKET || !responder->seen) return 0;
    responder->thread = CreateThread(NULL, 0, respond_thread, responder, 0, NULL);
    return responder->thread != NULL;
}

void responder_stop(struct responder *responder)
{
    unsigned short port;
    SOCKET sock = loopback_socket(&port);

    /* An empty datagram ends the thread. */
    send_to_port(sock, responder->port, "", 0);
    closesocket(sock);
    WaitForSingleObject(responder->thread, 10000);
    CloseHandle(responder->thread);
    closesocket(responder->socket);
    free(responder->seen);
    responder->seen = NULL;
}

int responder_wait(struct responder *responder, int count)
{
    for (int i = 0; i < 1000 && responder->seen_count < count; i++)
        Sleep(10);
    return responder->seen_count >= count;
}
