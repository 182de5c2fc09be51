/*
 * What the allocation tests share: an allocator that counts and fails once, a peer that answers, and the loop that
 * makes another allocation fail each time.
 */
#ifndef CORK_TESTS_ALLOCATION_EACH_ALLOCATION_H
#define CORK_TESTS_ALLOCATION_EACH_ALLOCATION_H

#include <winsock2.h>
#include <windows.h>
#include <stddef.h>

/* The allocator. The one allocation whose turn it is fails. */
void *counting_alloc(size_t size);
void counting_free(void *memory);
/* Allocations of this thread never fail and are not counted; of one thread. */
void count_no_allocations_here(void);

/* The number of the allocation that fails in this run, for messages; 0: none. */
long failing_allocation(void);

/* (snmp_peer.c) Answers every SNMP request with its own bindings, on a UDP port of the loopback interface. */
void peer_start(void);
unsigned short peer_port(void);
/* Sends a datagram to a port of the loopback interface. */
void peer_send(const void *data, int size, unsigned short port);

/* (snmp_peer.c) A UDP port that was free a moment ago. */
unsigned short free_port(void);

/* What each_allocation found. */
struct allocation_counts
{
    long left;        /* blocks that a run without failures left behind */
    long allocations; /* of such a run */
    long failed;      /* allocations that failed in turn */
    int leaks;        /* runs with a failure that left blocks behind */
};

/* Runs the scenario twice without failures (what stays for the life of the process, then the count), calls `plain` (may
 * be NULL), and then runs it once for each allocation, which fails. */
void each_allocation(void (*scenario)(void), void (*plain)(void), struct allocation_counts *counts);

#endif
