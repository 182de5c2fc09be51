/*
 * EnumerateNtmsObject as a program sees it, over all media of the service: bench_ntmsapi
 *
 * Prints the number of media and the median of its calls in microseconds.
 */
#include <windows.h>

#include <ntmsapi.h>

#include <stdio.h>
#include <stdlib.h>

#define CALLS 15
#define ROOM  200000

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

int main(void)
{
    static NTMS_GUID ids[ROOM];
    HANDLE session = OpenNtmsSessionW(NULL, L"bench_ntmsapi", 0);
    double took[CALLS];
    DWORD count = 0;

    if (session == INVALID_HANDLE_VALUE)
    {
        fprintf(stderr, "no session: error %lu\n", GetLastError());
        return 1;
    }
    for (int i = 0; i < CALLS; i++)
    {
        double begin = now_us();
        DWORD error;

        count = ROOM;
        error = EnumerateNtmsObject(session, NULL, ids, &count, NTMS_PHYSICAL_MEDIA, 0);
        took[i] = now_us() - begin;
        if (!error) continue;
        fprintf(stderr, "EnumerateNtmsObject: error %lu\n", error);
        return 1;
    }
    qsort(took, CALLS, sizeof(*took), compare);
    printf("%lu %.1f\n", count, took[CALLS / 2]);
    CloseNtmsSession(session);
    return 0;
}
