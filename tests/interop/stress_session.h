/* A WinSNMP session that counts what becomes of its requests, and a look at what the process uses. */

#ifndef CORK_STRESS_SESSION_H
#define CORK_STRESS_SESSION_H

#include <winsock2.h>
#include <windows.h>
#include <winsnmp.h>

struct stress_session
{
    HSNMP_SESSION handle;
    HSNMP_ENTITY peer;
    HSNMP_CONTEXT context;
    HANDLE ended_one; /* set when a request ended */
    HWND window;      /* instead of the callback */
    /* What the callback counts; requests have the identifiers 1 to expected. */
    volatile LONG notified, answered, timed_out, twice, ended;
    LONG expected;
    volatile LONG *outcomes; /* of each identifier: how often it ended */
};

/* Opens a session with the peer at 127.0.0.1:port and community "public". Returns 0 where WinSNMP refuses. */
int stress_open(struct stress_session *s, unsigned port, int by_window);
/* Notes each identifier's outcome from now on. Returns 0 without memory. */
int stress_expect(struct stress_session *s, int count);
/* Sends a request for sysDescr.0 with this identifier. */
int stress_send(struct stress_session *s, smiINT type, smiINT32 id);
/* Waits until so many requests have ended; 0 once none ended for milliseconds. */
int stress_wait(struct stress_session *s, LONG ended, DWORD milliseconds);
/* Takes all messages that wait. */
void stress_receive(struct stress_session *s);
/* Frees the peer and the context; a session that is closed without it frees them itself. */
void stress_free_objects(struct stress_session *s);
int stress_close(struct stress_session *s);

/* What a process uses. */
struct growth
{
    DWORD handles;
    int threads;
    size_t heap_bytes, heap_blocks, memory;
};

int count_threads(void);
void growth_start(struct growth *growth);
/* Prints the difference and returns whether operations have left nothing behind: handles and threads but for the few by
 * which the thread pool varies, and less than 8 bytes each in the heaps (or 64 kB, which pools and buffers may take at
 * a later time). */
int growth_end(const struct growth *growth, int operations);

#endif
