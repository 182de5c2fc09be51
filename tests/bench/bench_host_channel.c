/*
 * A call to corkd against a bare loopback TCP round trip of as many bytes in the same Wine: bench_host_channel PORT.
 * The rounds are interleaved; a figure is the median of its rounds.
 *
 * bench_host_channel start    prints how many milliseconds the first call takes, corkd's start included where it does
 * not run
 */
#include <winsock2.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/host_channel.h"

#define ROUNDS 9
#define CALLS  1500

static double now_us(void)
{
    LARGE_INTEGER count, frequency;

    QueryPerformanceCounter(&count);
    QueryPerformanceFrequency(&frequency);
    return (double)count.QuadPart * 1e6 / (double)frequency.QuadPart;
}

static bool call_once(uint32_t method)
{
    struct host_call call;
    struct host_reply reply;

    host_call_init(&call, "ping", method, NULL, INFINITE);
    if (host_call(&call, &reply) != HOST_CALL_OK) fprintf(stderr, "a call failed: %s\n", reply.text);
    host_reply_free(&reply);
    return reply.status == HOST_CALL_OK;
}

static double time_calls(uint32_t method)
{
    double begin = now_us();

    for (int i = 0; i < CALLS; i++)
        if (!call_once(method)) exit(1);
    return (now_us() - begin) / CALLS;
}

static SOCKET dial(unsigned short port)
{
    struct sockaddr_in address = {.sin_family = AF_INET};
    SOCKET connected;
    WSADATA data;
    int one = 1;

    WSAStartup(MAKEWORD(2, 2), &data);
    connected = socket(AF_INET, SOCK_STREAM, 0);
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    setsockopt(connected, IPPROTO_TCP, TCP_NODELAY, (const char *)&one, sizeof(one));
    if (!connect(connected, (struct sockaddr *)&address, sizeof(address))) return connected;
    fprintf(stderr, "no peer at port %u\n", port);
    exit(1);
}

static double time_bare(SOCKET socket)
{
    char bytes[HOST_HEADER_SIZE] = {0};
    double begin = now_us();

    for (int i = 0; i < CALLS; i++)
        if (send(socket, bytes, sizeof(bytes), 0) != sizeof(bytes) ||
            recv(socket, bytes, sizeof(bytes), 0) != sizeof(bytes))
            exit(1);
    return (now_us() - begin) / CALLS;
}

static int compare(const void *a, const void *b)
{
    return (*(const double *)a > *(const double *)b) - (*(const double *)a < *(const double *)b);
}

static double median(double *values)
{
    qsort(values, ROUNDS, sizeof(*values), compare);
    return values[ROUNDS / 2];
}

int main(int argc, char **argv)
{
    double bare[ROUNDS], quick[ROUNDS], worker[ROUNDS], begin = now_us();
    SOCKET socket;

    if (argc != 2) return 2;
    if (!call_once(0)) return 1;
    if (!strcmp(argv[1], "start"))
    {
        printf("%.1f\n", (now_us() - begin) / 1000);
        return 0;
    }
    socket = dial((unsigned short)atoi(argv[1]));
    for (int i = 0; i < ROUNDS; i++)
    {
        bare[i] = time_bare(socket);
        quick[i] = time_calls(0);
        worker[i] = time_calls(1);
    }
    printf("bare loopback TCP round trip %25.1f us\n", median(bare));
    printf("a call answered by corkd's loop %22.1f us, %.2f of the bare round trip (to reach: 1.2)\n", median(quick),
           median(quick) / median(bare));
    printf("a call answered by a worker %26.1f us, %.2f of it\n", median(worker), median(worker) / median(bare));
    return 0;
}
