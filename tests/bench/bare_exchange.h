/* SNMP exchanges by bare Winsock calls: what wsnmp32 is measured against. Every shape sends the same GET and takes the
 * same answer; they differ in the calls that wait for the answer. */

#ifndef CORK_BARE_EXCHANGE_H
#define CORK_BARE_EXCHANGE_H

#include <winsock2.h>
#include <windows.h>

/* The GET that all benchmarks send: v2c, community "public", sysDescr.0, with a request id of four bytes at
 * GET_ID_OFFSET. */
#define GET_SIZE      43
#define GET_ID_OFFSET 17
extern const unsigned char bench_get[GET_SIZE];

/* Seconds of the performance counter. */
double bench_now(void);

/* An ordering for qsort of doubles, and the median of count values (which it sorts). */
double bench_median(double *values, int count);

/* Each runs count exchanges with the responder at port on loopback and returns the microseconds an exchange, or a
 * negative number where it failed (and says why on standard error). */
typedef double (*bare_shape)(unsigned short port, int count);

double bare_blocking(unsigned short port, int count);      /* sendto, recvfrom that blocks */
double bare_select(unsigned short port, int count);        /* sendto, select, recvfrom */
double bare_overlapped(unsigned short port, int count);    /* WSARecvFrom posted first, sendto, wait for its event */
double bare_threadpool_io(unsigned short port, int count); /* CreateThreadpoolIo; the next is sent from its callback */
double bare_handover(unsigned short port, int count);      /* a receiving thread hands each answer over with an event */
double bare_window64(unsigned short port, int count);      /* 64 outstanding on one socket, recvfrom that blocks */
double bare_window64_threadpool(unsigned short port, int count); /* the same with CreateThreadpoolIo */

#endif
