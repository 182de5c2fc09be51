/*
 * wlanapi.dll as a program sees it: bench_wlanapi PORT
 *
 * WlanEnumInterfaces, the smallest call of the service, against a bare loopback round trip (tcp_echo at PORT), and
 * WlanGetNetworkBssList. The rounds are interleaved; a figure is the median of its rounds. Prints microseconds: the
 * bare round trip, the call, the list; and how many networks that has.
 */
#include <winsock2.h>
#include <windows.h>
#include <stdio.h>
#include <stdlib.h>
#include <wlanapi.h>

#define ROUNDS 9
#define CALLS  500
#define LISTS  20
#define BYTES  48 /* about a frame of the smallest call */

static HANDLE client;
static GUID station;

static double now_us(void)
{
    LARGE_INTEGER count, frequency;

    QueryPerformanceCounter(&count);
    QueryPerformanceFrequency(&frequency);
    return (double)count.QuadPart * 1e6 / (double)frequency.QuadPart;
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

static SOCKET dial(unsigned short port)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
    SOCKET connected;
    WSADATA data;
    int one = 1;

    WSAStartup(MAKEWORD(2, 2), &data);
    connected = socket(AF_INET, SOCK_STREAM, 0);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    setsockopt(connected, IPPROTO_TCP, TCP_NODELAY, (const char *)&one, sizeof(one));
    if (!connect(connected, (struct sockaddr *)&address, sizeof(address))) return connected;
    fprintf(stderr, "no peer at port %u\n", port);
    exit(1);
}

static double time_bare(SOCKET socket)
{
    char bytes[BYTES] = {0};
    double begin = now_us();

    for (int i = 0; i < CALLS; i++)
        if (send(socket, bytes, BYTES, 0) != BYTES || recv(socket, bytes, BYTES, 0) != BYTES) exit(1);
    return (now_us() - begin) / CALLS;
}

static double time_calls(void)
{
    double begin = now_us();

    for (int i = 0; i < CALLS; i++)
    {
        WLAN_INTERFACE_INFO_LIST *list;

        if (WlanEnumInterfaces(client, NULL, &list)) exit(1);
        WlanFreeMemory(list);
    }
    return (now_us() - begin) / CALLS;
}

static double time_lists(DWORD *count)
{
    double begin = now_us();

    for (int i = 0; i < LISTS; i++)
    {
        WLAN_BSS_LIST *list;

        if (WlanGetNetworkBssList(client, &station, NULL, dot11_BSS_type_any, FALSE, NULL, &list)) exit(1);
        *count = list->dwNumberOfItems;
        WlanFreeMemory(list);
    }
    return (now_us() - begin) / LISTS;
}

int main(int argc, char **argv)
{
    double bare[ROUNDS], call[ROUNDS], list[ROUNDS];
    WLAN_INTERFACE_INFO_LIST *interfaces;
    DWORD version, count = 0;
    SOCKET socket;

    if (argc != 2) return 2;
    if (WlanOpenHandle(2, NULL, &version, &client) || WlanEnumInterfaces(client, NULL, &interfaces) ||
        !interfaces->dwNumberOfItems)
    {
        fprintf(stderr, "no interface\n");
        return 1;
    }
    station = interfaces->InterfaceInfo[0].InterfaceGuid;
    WlanFreeMemory(interfaces);
    socket = dial((unsigned short)atoi(argv[1]));
    for (int i = 0; i < ROUNDS; i++)
    {
        bare[i] = time_bare(socket);
        call[i] = time_calls();
        list[i] = time_lists(&count);
    }
    printf("%.1f %.1f %.1f %lu\n", median(bare), median(call), median(list), count);
    WlanCloseHandle(client, NULL);
    return 0;
}
