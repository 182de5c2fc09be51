/*
 * The worker threads. They take turns over the connections that have something to do, so that a client with many
 * requests does not make another wait, and come and go with the work.
 */
#include "corkd/daemon.h"

#include <time.h>

static pthread_mutex_t pool_lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t pool_work;
static pthread_once_t pool_once = PTHREAD_ONCE_INIT;
static struct connection *ready, **ready_tail = &ready;
static unsigned ready_count, workers, idle;
static bool stopping;

static void init(void)
{
    pthread_condattr_t attributes;

    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(&pool_work, &attributes);
    pthread_condattr_destroy(&attributes);
}

/* With the lock held. The connection that has waited longest, or NULL after the idle time, or when corkd ends. */
static struct connection *wait_for_connection(void)
{
    struct connection *connection;
    struct timespec until;
    int result = 0;

    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += WORKER_IDLE_SECONDS;
    idle++;
    while (!ready && !stopping && !result)
        result = pthread_cond_timedwait(&pool_work, &pool_lock, &until);
    idle--;
    connection = ready;
    if (!connection) return NULL;
    ready = connection->next_ready;
    if (!ready) ready_tail = &ready;
    ready_count--;
    connection->next_ready = NULL;
    connection->is_ready = false;
    return connection;
}

static void say_farewell(struct connection *connection)
{
    for (unsigned i = 0; i < services.count; i++)
        if (connection->services_used & 1u << i && services.list[i]->client_gone)
            services.list[i]->client_gone(connection->id);
}

static void serve(struct connection *connection)
{
    struct host_request *request;
    bool farewell;

    pthread_mutex_lock(&connection->lock);
    request = request_next(connection);
    if (request && connection->waiting && connection->running < RUNNING_MAX) pool_add(connection);
    farewell = connection->farewell_due && !connection->farewell_begun;
    if (farewell) connection->farewell_begun = true;
    pthread_mutex_unlock(&connection->lock);
    if (request) request_run(request);
    if (farewell) say_farewell(connection);
}

static void *worker(void *context)
{
    struct connection *connection;

    (void)context;
    pthread_mutex_lock(&pool_lock);
    while ((connection = wait_for_connection()))
    {
        pthread_mutex_unlock(&pool_lock);
        serve(connection);
        connection_unref(connection);
        pthread_mutex_lock(&pool_lock);
    }
    workers--;
    pthread_mutex_unlock(&pool_lock);
    return NULL;
}

/* With the lock held. Where no thread can be made, those that are there do the work, later. */
static void start_worker(void)
{
    pthread_attr_t attributes;
    pthread_t thread;
    int result;

    pthread_attr_init(&attributes);
    pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
    result = pthread_create(&thread, &attributes, worker, NULL);
    pthread_attr_destroy(&attributes);
    if (!result)
        workers++;
    else
        host_log("cannot start a worker thread (%d); %u are there", result, workers);
}

void pool_add(struct connection *connection)
{
    bool added;

    pthread_once(&pool_once, init);
    pthread_mutex_lock(&pool_lock);
    added = !connection->is_ready;
    if (added)
    {
        connection_ref(connection);
        connection->is_ready = true;
        connection->next_ready = NULL;
        *ready_tail = connection;
        ready_tail = &connection->next_ready;
        ready_count++;
        if (ready_count > idle && workers < WORKERS_MAX) start_worker();
    }
    pthread_mutex_unlock(&pool_lock);
    /* Without the lock, which the woken worker would have to wait for at once. */
    if (added) pthread_cond_signal(&pool_work);
}

/* A connection stays alive as long as a request of it is not answered or a service has not been told of its end. */
bool pool_stop(void)
{
    static const struct timespec pause = {0, 2000000};
    int64_t until = now_ms() + DRAIN_SECONDS * 1000;
    bool ended = false;

    pthread_once(&pool_once, init);
    while (connections_alive() && now_ms() < until)
        nanosleep(&pause, NULL);
    if (connections_alive()) return false;
    pthread_mutex_lock(&pool_lock);
    stopping = true;
    pthread_cond_broadcast(&pool_work);
    pthread_mutex_unlock(&pool_lock);
    while (!ended && now_ms() < until)
    {
        pthread_mutex_lock(&pool_lock);
        ended = !workers;
        pthread_mutex_unlock(&pool_lock);
        if (!ended) nanosleep(&pause, NULL);
    }
    return ended;
}
