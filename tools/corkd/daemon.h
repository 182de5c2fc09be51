/*
 * The inside of corkd: connections, their requests, the workers that answer them, and the loop that reads.
 *
 * Threads: the loop thread accepts, reads, and writes what did not go out at once; worker threads run the services'
 * handlers. Locks, in the order in which they are taken: a connection's lock, then the pool's or the table's. None is
 * held while a service is called.
 */
#ifndef CORKD_DAEMON_H
#define CORKD_DAEMON_H

#include <pthread.h>
#include <stdatomic.h>

#include "corkd/endpoint.h"
#include "corkd/log.h"
#include "corkd/service.h"

#define SERVICES_MAX        8
#define REQUESTS_MAX        1024        /* unanswered ones of a client */
#define RUNNING_MAX         16          /* of a client's requests on workers at once, so that it cannot take them all */
#define WORKERS_MAX         128         /* threads */
#define WORKER_IDLE_SECONDS 10          /* a worker without work goes after that */
#define OUTPUT_MAX          (64u << 20) /* bytes waiting for a client; with more it is cut off */
#define OUTPUT_EVENTS_MAX   (1u << 20)  /* with more waiting, events are dropped */
#define CONNECTIONS_MAX     8192
#define UNKNOWN_MAX         256 /* connections without hello at a time; the oldest goes for a new one */
#define HELLO_SECONDS       5   /* for the hello */
#define LIFELINE_SECONDS    10  /* for the lifeline, after the hello that promised it */
#define DRAIN_SECONDS       10  /* for the requests under way when corkd ends */
#define PROGRAM_SIZE        64

struct connection;

/* Connections that owe something, each of them for the same time, so that the first is the first to be overdue. */
struct deadline_list
{
    struct connection *first, *last;
    unsigned count;
};

struct host_request
{
    struct connection *connection; /* a reference */
    const struct host_service *service;
    unsigned service_index;
    uint64_t number;
    uint32_t method;
    struct host_decoder arguments; /* of the payload, behind the structure */
    void *kept;                    /* the service's, freed with it */

    /* Under the connection's lock. */
    struct host_request *next, *previous; /* unanswered ones */
    struct host_request *next_waiting;    /* for a worker */
    unsigned references;
    bool cancelled, answered;
    void (*on_cancel)(struct host_request *request, void *context);
    void *cancel_context;
};

struct connection
{
    host_client id;
    atomic_uint references;
    struct connection *next_in_table;

    /* Of the loop thread. */
    struct host_reader reader;
    bool known;                 /* its hello was right */
    bool is_client;             /* known, and no lifeline */
    bool wants_lifeline;        /* its hello has promised one that has not come */
    host_client lifeline;       /* of a client: the connection whose end is its process's end, or 0 */
    host_client lifeline_of;    /* of a lifeline: its client, or 0 */
    struct deadline_list *owed; /* what it still owes, or NULL */
    int64_t deadline;           /* for that, in milliseconds of now_ms() */
    struct connection *owed_next, *owed_previous;

    uint32_t process; /* set with known, constant afterwards */
    char program[PROGRAM_SIZE];

    pthread_mutex_t lock;
    int fd;           /* -1: gone */
    bool wants_write; /* epoll tells when there is room */
    uint8_t *output;
    size_t output_start, output_size, output_capacity;
    struct host_request *requests; /* unanswered */
    unsigned request_count;
    struct host_request *waiting, **waiting_tail;
    unsigned running;                  /* handlers and cancel callbacks */
    uint32_t services_used;            /* a bit each */
    bool farewell_due, farewell_begun; /* the services are to be told that it has gone */

    /* Under the pool's lock. */
    struct connection *next_ready;
    bool is_ready;
};

struct daemon_services
{
    const struct host_service *list[SERVICES_MAX];
    bool started[SERVICES_MAX];
    unsigned count;
};

extern struct daemon_services services;

/* Milliseconds of a clock that never goes back. */
int64_t now_ms(void);

/* ---- connection.c ---- */

/* Takes the descriptor over. One reference for the caller. NULL: no memory. */
struct connection *connection_make(int fd, host_client id);
/* Connections that anything still uses, closed ones too. */
unsigned connections_alive(void);
void connection_ref(struct connection *connection);
void connection_unref(struct connection *connection);
/* Sends a whole frame, or keeps what does not fit for later. `rest` (NULL: nothing) is what comes behind `head`, the
 * two are one frame. `is_event`: may be dropped. False: gone or dropped. */
bool connection_send(struct connection *connection, const struct host_encoder *head, const struct host_encoder *rest,
                     bool is_event);
/* The loop: room to write. */
void connection_flush(struct connection *connection);
void connection_refuse(struct connection *connection, uint64_t number, enum host_refusal reason, const char *text);
/* The loop: closes the descriptor and cancels every request. */
void connection_close(struct connection *connection);
/* With the connection's lock held: tells the pool once everything of a closed connection has ended. */
void connection_check_farewell(struct connection *connection);

/* ---- request.c ---- */

/* The loop: a request or a cancel has come. */
void request_received(struct connection *connection, const struct host_header *header, const uint8_t *payload);
void request_cancel_number(struct connection *connection, uint64_t number);
/* The loop: cancels them all. */
void request_cancel_all(struct connection *connection);
/* Takes the next request that may run from a connection; with its lock held. */
struct host_request *request_next(struct connection *connection);
/* Runs its handler, and what follows from its end. */
void request_run(struct host_request *request);

/* ---- pool.c ---- */

/* The connection has a request that may run, or is to be said farewell to; takes a reference. */
void pool_add(struct connection *connection);
/* Ends the workers when they have nothing to do; false: some still had after DRAIN_SECONDS. */
bool pool_stop(void);

/* ---- loop.c ---- */

struct loop_options
{
    struct endpoint *endpoint;
    unsigned idle_seconds; /* 0: for ever */
};

/* Listens on a port of 127.0.0.1. Returns the port, 0 with *error a text. */
uint16_t loop_listen(const char **error);
/* Serves until a signal comes or nobody has been there for idle_seconds. Returns the exit code. */
int loop_run(const struct loop_options *options);
/* For connection.c: whether epoll tells of room in the connection's socket too. */
void loop_watch_output(int fd, host_client id, bool on);

/* ---- table.c ---- */

void table_add(struct connection *connection); /* takes a reference */
void table_remove(struct connection *connection);
/* The open connection of that number with a reference, or NULL. */
struct connection *table_find(host_client id);
/* Any connection of the table, with a reference, or NULL when it is empty. */
struct connection *table_any(void);
unsigned table_count(void);

/* ---- deadline.c ---- */

/* The connection owes what the list is about, from now on for that time. */
void deadline_begin(struct deadline_list *list, struct connection *connection, int seconds);
/* It owes nothing any more. */
void deadline_end(struct connection *connection);

/* ---- the services that are built in ---- */

extern const struct host_service ping_service;
extern const struct host_service trap_service;

#endif
