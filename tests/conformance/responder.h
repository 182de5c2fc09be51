/*
 * An SNMP agent for the tests: a thread with a plain UDP socket on 127.0.0.1 that answers, is silent or misbehaves as
 * it is told, and keeps what it received.
 */
#ifndef CORK_TESTS_RESPONDER_H
#define CORK_TESTS_RESPONDER_H

#include <winsock2.h>
#include <windows.h>

#include "ber_bytes.h"

enum answer
{
    ANSWER_ECHO,     /* a response with the bindings of the request */
    ANSWER_BINDINGS, /* a response with the bindings of `canned` */
    ANSWER_NOTHING,
    ANSWER_GARBAGE,  /* bytes that are no message, a cut-off response, then the right response */
    ANSWER_WRONG_ID, /* a response with another request id, then the right one */
    ANSWER_TWICE,    /* the same response twice */
    ANSWER_SECOND,   /* silent to the first transmission of a request, answers the second */
    ANSWER_ERROR     /* error status 2, error index 1 */
};

struct datagram
{
    unsigned char data[4096];
    int length;
    struct sockaddr_in from;
};

struct responder
{
    SOCKET socket;
    unsigned short port; /* host byte order */
    HANDLE thread;
    volatile LONG answer; /* enum answer */
    struct bytes canned;
    struct datagram *seen; /* the last MAX_SEEN of them */
    volatile LONG seen_count;
};

enum
{
    MAX_SEEN = 256
};

/* Opens the socket and starts the thread. Returns 0 where there is no network. */
int responder_start(struct responder *responder, enum answer answer);
void responder_stop(struct responder *responder);
/* Waits until it has received `count` datagrams, at most 10 seconds; returns whether it has. */
int responder_wait(struct responder *responder, int count);

/* A UDP socket on a free port of 127.0.0.1; *port receives the port. INVALID_SOCKET where there is none. */
SOCKET loopback_socket(unsigned short *port);
/* Sends from a socket to a port of 127.0.0.1. */
int send_to_port(SOCKET socket, unsigned short port, const void *data, size_t length);
/* Receives one datagram within `milliseconds`; returns its length, or -1. */
int receive_within(SOCKET socket, struct datagram *datagram, int milliseconds);

#endif
