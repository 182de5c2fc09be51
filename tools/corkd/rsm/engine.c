/* The engine's life, its operations and who waits for them. */
#include "rsm/engine.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "rsm/security_descriptor.h"

#define EVENTS_MAX 100000 /* that one subscriber may leave untaken */

uint64_t monotonic_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

void rsm_log(struct rsm *rsm, const char *format, ...)
{
    char text[512];
    va_list values;

    if (!rsm->log) return;
    va_start(values, format);
    vsnprintf(text, sizeof(text), format, values);
    va_end(values);
    rsm->log("%s", text);
}

/* ---- Events ---- */

static bool event_add(struct event_list *list, const struct event *event)
{
    if (!list->events || list->count == list->capacity)
    {
        size_t capacity = list->capacity ? 2 * list->capacity : 16;
        struct event *events = realloc(list->events, capacity * sizeof(*events));

        if (!events) return false;
        list->events = events;
        list->capacity = capacity;
    }
    list->events[list->count++] = *event;
    return true;
}

void rsm_event(struct rsm *rsm, uint32_t type, uint32_t operation, const struct guid *object)
{
    struct event event = {type, operation, *object};
    const struct event *last = rsm->pending.count ? &rsm->pending.events[rsm->pending.count - 1] : NULL;

    if (last && operation == NTMS_OBJ_UPDATE && guid_equal(&last->object, object))
        return; /* two updates in a row say no more than one */
    event_add(&rsm->pending, &event);
}

static void deliver_events(struct rsm *rsm)
{
    for (size_t i = 0; i < rsm->pending.count; i++)
        for (struct rsm_session *session = rsm->sessions; session; session = session->next)
            for (struct subscription *subscription = session->subscriptions; subscription;
                 subscription = subscription->next)
            {
                const struct event *event = &rsm->pending.events[i];

                if (subscription->type != event->type && subscription->type != NTMS_OBJECT &&
                    subscription->type != NTMS_UNKNOWN)
                    continue;
                if (subscription->queue.count < EVENTS_MAX) event_add(&subscription->queue, event);
            }
    rsm->pending.count = 0;
}

/* ---- Operations ---- */

void rsm_begin(struct rsm *rsm)
{
    pthread_mutex_lock(&rsm->lock);
    rsm->pending.count = 0;
    db_begin(&rsm->db);
}

void rsm_look(struct rsm *rsm)
{
    pthread_mutex_lock(&rsm->lock);
    rsm->db.error = 0;
}

uint32_t rsm_looked(struct rsm *rsm)
{
    uint32_t error = rsm->db.error;

    pthread_mutex_unlock(&rsm->lock);
    return error;
}

/* What the call says to the present state: RSM_PENDING, or its result. */
static uint32_t poll_call(struct rsm *rsm, struct rsm_call *call)
{
    int changes = sqlite3_total_changes(rsm->db.handle);

    if (changes == call->changes_seen && !call->number && !call->fresh) return RSM_PENDING;
    call->changes_seen = changes;
    call->reply.values.size = 0;
    return call->poll(rsm, call, &call->reply.values);
}

/* Looks at each call that waits. True if one has come to its end. */
static bool poll_calls(struct rsm *rsm)
{
    uint64_t now = monotonic_ms();
    bool any = false;

    for (struct rsm_call *call = rsm->calls; call; call = call->next)
    {
        uint32_t result = RSM_PENDING;

        if (call->finished) continue;
        if (call->waiter->cancelled && !call->forced) call->forced = ERROR_CANCELLED;
        if (!call->forced) result = poll_call(rsm, call);
        if (call->forced)
            result = call->forced;
        else if (result == RSM_PENDING && call->deadline && now >= call->deadline)
            result = call->timeout_result;
        if (result == RSM_PENDING) continue;
        if (result) host_encoder_free(&call->reply.values);
        if (result && call->abandon) call->abandon(rsm, call);
        call->reply.result = result;
        call->finished = any = true;
    }
    return any;
}

/* Takes the finished calls off the list, or, when they could not be written, lets them go on waiting. */
static struct rsm_call *take_finished(struct rsm *rsm, uint32_t error)
{
    struct rsm_call *taken = NULL;
    bool written = !error;

    for (struct rsm_call **link = &rsm->calls; *link;)
    {
        struct rsm_call *call = *link;

        if (error) call->changes_seen = -1; /* what it was polled on has not come to be */
        if (!call->finished && !(call->fresh && !written))
        {
            call->fresh = false;
            link = &call->next;
            continue;
        }
        if (!written && call->fresh)
            call->reply.result = call->forced ? call->forced : error;
        else if (!written && !call->forced)
        {
            /* It cannot wait for a database that takes nothing any more: the next time it ends with that. */
            call->finished = false;
            call->forced = error;
            link = &call->next;
            continue;
        }
        call->unwritten = !written && !call->fresh && call->abandon;
        *link = call->next;
        call->next = taken;
        taken = call;
    }
    return taken;
}

/* Undoes what calls had asked for that have ended while the database took nothing. */
static void abandon_again(struct rsm *rsm)
{
    for (struct rsm_call *call = rsm->unwritten; call; call = call->next)
        call->abandon(rsm, call);
}

static void free_call(struct rsm_call *call)
{
    host_encoder_free(&call->reply.values);
    free(call->media);
    free(call);
}

static void free_unwritten(struct rsm *rsm)
{
    while (rsm->unwritten)
    {
        struct rsm_call *call = rsm->unwritten;

        rsm->unwritten = call->next;
        free_call(call);
    }
}

/* Tells who waits. Without the lock. */
static void answer_calls(struct rsm *rsm, struct rsm_call *finished)
{
    while (finished)
    {
        struct rsm_call *call = finished;

        finished = call->next;
        call->waiter->done(call->waiter, &call->reply);
        if (!call->unwritten)
        {
            free_call(call);
            continue;
        }
        pthread_mutex_lock(&rsm->lock);
        call->next = rsm->unwritten;
        rsm->unwritten = call;
        pthread_cond_signal(&rsm->clock);
        pthread_mutex_unlock(&rsm->lock);
    }
}

/* Lets the libraries start what has become possible. Where nothing has changed since the last time nothing has. */
static void schedule_changes(struct rsm *rsm)
{
    int changes = sqlite3_total_changes(rsm->db.handle);

    if (changes == rsm->changes_scheduled && !rsm->time_has_come) return;
    schedule(rsm);
    rsm->changes_scheduled = sqlite3_total_changes(rsm->db.handle);
}

/* When a call that waits has to be looked at next, in monotonic_ms; UINT64_MAX: when something changes. */
static uint64_t calls_due(struct rsm *rsm)
{
    uint64_t due = UINT64_MAX;

    if (rsm->unwritten) return 0;
    for (struct rsm_call *call = rsm->calls; call; call = call->next)
    {
        if (call->deadline && call->deadline < due) due = call->deadline;
        if (call->forced) return 0;
        if (!call->number) continue;
        for (struct subscription *subscription = call->session->subscriptions; subscription;
             subscription = subscription->next)
            if (subscription->number == call->number && subscription->queue.count) return 0;
    }
    return due;
}

/* Wakes the threads that have something to do now. */
static void wake_threads(struct rsm *rsm)
{
    for (struct library *library = rsm->libraries; library && rsm->work_started; library = library->next)
        pthread_cond_signal(&library->wake);
    rsm->work_started = false;
    pthread_cond_broadcast(&rsm->idle);
    /* What waits has time-outs, and notifications wait for the events that were just delivered. */
    if (rsm->clock_stale || calls_due(rsm) < rsm->clock_wakes) pthread_cond_signal(&rsm->clock);
    rsm->clock_stale = false;
}

uint32_t rsm_end(struct rsm *rsm, uint32_t result)
{
    struct rsm_call *finished = NULL;
    uint32_t error = 0;

    if (result)
    {
        /* What could not be read was not found: the reason is the database. */
        if (rsm->db.error) result = rsm->db.error;
        db_rollback(&rsm->db);
    }
    else
    {
        abandon_again(rsm);
        do
            schedule_changes(rsm);
        while (poll_calls(rsm) && !rsm->db.error);
        error = db_commit(&rsm->db);
        if (!error) free_unwritten(rsm);
        if (error) rsm->changes_scheduled = -1; /* what was started has not come to be */
        finished = take_finished(rsm, error);
    }
    if (result || error)
        rsm->pending.count = 0;
    else
        deliver_events(rsm);
    wake_threads(rsm);
    pthread_mutex_unlock(&rsm->lock);
    answer_calls(rsm, finished);
    return result ? result : error;
}

/* ---- The clock: time-outs and deferred dismounts ---- */

static uint64_t next_due(struct rsm *rsm)
{
    uint64_t due = calls_due(rsm), now = filetime_now(), purge_at;
    long long at;

    if (!due) return 0;
    rsm->db.error = 0;
    at = db_number(&rsm->db, "SELECT MIN(dismount_at) FROM drive WHERE dismount_at>0", "");
    if (at && (uint64_t)at <= now) return 0;
    if (at && monotonic_ms() + ((uint64_t)at - now) / 10000 + 1 < due)
        due = monotonic_ms() + ((uint64_t)at - now) / 10000 + 1;
    purge_at = purge_due(rsm);
    rsm->purge_planned = purge_at != UINT64_MAX;
    if (purge_at < due) due = purge_at;
    return due;
}

static void *clock_main(void *context)
{
    struct rsm *rsm = context;

    pthread_mutex_lock(&rsm->lock);
    while (!rsm->stopping)
    {
        uint64_t due = next_due(rsm);

        rsm->clock_wakes = due;
        if (due <= monotonic_ms())
        {
            pthread_mutex_unlock(&rsm->lock);
            rsm_begin(rsm);
            rsm->time_has_come = true;
            if (rsm_end(rsm, 0)) usleep(20000); /* a full disk: what is due is tried again */
            pthread_mutex_lock(&rsm->lock);
        }
        else if (due == UINT64_MAX)
            pthread_cond_wait(&rsm->clock, &rsm->lock);
        else
        {
            struct timespec at = {(time_t)(due / 1000), (long)(due % 1000) * 1000000};

            pthread_cond_timedwait(&rsm->clock, &rsm->lock, &at);
        }
    }
    pthread_mutex_unlock(&rsm->lock);
    return NULL;
}

/* ---- Opening ---- */

static struct guid system_object(struct rsm *rsm, const char *key, uint32_t type, const char *name)
{
    struct guid id = db_id(&rsm->db, "SELECT id FROM system WHERE name=?", "t", key);

    if (!guid_is_null(&id) || rsm->db.error) return id;
    id = object_new(rsm, type, name, "");
    db_run(&rsm->db, "INSERT INTO system(name, id) VALUES(?, ?)", "tg", key, &id);
    return id;
}

/* The objects that are always there. */
static void make_system(struct rsm *rsm)
{
    char name[NTMS_COMPUTERNAME_LENGTH] = "localhost";

    gethostname(name, sizeof(name) - 1);
    rsm->computer = system_object(rsm, "computer", NTMS_COMPUTER, name);
    db_run(&rsm->db, "INSERT OR IGNORE INTO computer VALUES(?, 3600, 3600, 0, 0, 0)", "g", &rsm->computer);
    rsm->offline = system_object(rsm, "offline", NTMS_LIBRARY, "Off-line Media");
    db_run(&rsm->db,
           "INSERT OR IGNORE INTO library(id, type, method, location, barcode, cleaning, flags) VALUES(?, ?, 0, '', 0, "
           "0, ?)",
           "gii", &rsm->offline, (long long)NTMS_LIBRARYTYPE_OFFLINE, (long long)NTMS_LIBRARYFLAG_FIXEDOFFLINE);
    pools_init(rsm);
}

/* What a service that was killed has left: requests that were not done are cancelled (the documentation's "RSM
 * Startup"). Where media are, the libraries' first inventory finds out. */
static void settle(struct rsm *rsm)
{
    /* "Queued cleaning requests are deleted when the service is restarted." */
    db_run(&rsm->db, "DELETE FROM object WHERE id IN (SELECT id FROM libreq WHERE op=? AND state IN (?, ?))", "iii",
           (long long)NTMS_LM_CLEANDRIVE, (long long)NTMS_LM_QUEUED, (long long)NTMS_LM_WAITING);
    db_run(&rsm->db, "UPDATE libreq SET state=?, error=?, completed=? WHERE state IN (?, ?, ?, ?)", "iiiiiii",
           (long long)NTMS_LM_CANCELLED, (long long)ERROR_CANCELLED, (long long)filetime_now(),
           (long long)NTMS_LM_QUEUED, (long long)NTMS_LM_INPROCESS, (long long)NTMS_LM_WAITING,
           (long long)NTMS_LM_DEFERRED);
    db_run(&rsm->db, "UPDATE door SET state=?", "i", (long long)NTMS_DOORSTATE_CLOSED);
    db_run(&rsm->db, "UPDATE port SET position=?", "i", (long long)NTMS_PORTPOSITION_RETRACTED);
    db_run(&rsm->db, "UPDATE opreq SET state=?, completed=? WHERE state IN (?, ?, ?)", "iiiii",
           (long long)NTMS_OPSTATE_REFUSED, (long long)filetime_now(), (long long)NTMS_OPSTATE_SUBMITTED,
           (long long)NTMS_OPSTATE_ACTIVE, (long long)NTMS_OPSTATE_INPROGRESS);
    db_run(&rsm->db, "UPDATE drive SET reserved=NULL, dismount_at=0, state=CASE state WHEN 0 THEN 0 ELSE ? END", "i",
           (long long)NTMS_DRIVESTATE_UNLOADED);
    db_run(
        &rsm->db,
        "UPDATE medium SET state=CASE place_type WHEN 5 THEN ?1 ELSE ?2 END WHERE state<>CASE place_type WHEN 5 THEN "
        "?1 ELSE ?2 END",
        "ii", (long long)NTMS_MEDIASTATE_UNLOADED, (long long)NTMS_MEDIASTATE_IDLE);
}

static uint32_t start_libraries(struct rsm *rsm)
{
    struct
    {
        struct guid id;
        char *location;
    } *found = NULL;
    size_t count = 0, room;
    sqlite3_stmt *query;

    pthread_mutex_lock(&rsm->lock);
    room = (size_t)db_number(&rsm->db, "SELECT COUNT(*) FROM library", "");
    found = calloc(room + 1, sizeof(*found));
    query = db_query(&rsm->db, "SELECT id, location FROM library WHERE location<>''", "");
    while (found && count < room && db_row(&rsm->db, query))
    {
        found[count].id = db_guid(query, 0);
        found[count++].location = strdup(db_text(query, 1));
    }
    db_done(&rsm->db, query);
    pthread_mutex_unlock(&rsm->lock);
    for (size_t i = 0; i < count; i++)
    {
        if (found[i].location)
            library_start(rsm, &found[i].id, found[i].location); /* without its device it is "not present" */
        free(found[i].location);
    }
    free(found);
    return found ? 0 : ERROR_NOT_ENOUGH_MEMORY;
}

static uint32_t open_all(struct rsm *rsm)
{
    pthread_condattr_t monotonic;
    char path[4096];
    uint32_t error;

    pthread_mutex_init(&rsm->lock, NULL);
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&rsm->clock, &monotonic);
    pthread_cond_init(&rsm->idle, NULL);
    pthread_condattr_destroy(&monotonic);
    rsm->default_descriptor = descriptor_default(&rsm->default_descriptor_size);
    if (!rsm->folder || !rsm->default_descriptor) return ERROR_NOT_ENOUGH_MEMORY;
    if (mkdir(rsm->folder, 0700) && errno != EEXIST) return ERROR_DATABASE_FAILURE;
    db_take_import(rsm->folder);
    if (snprintf(path, sizeof(path), "%s/NtmsData.db", rsm->folder) >= (int)sizeof(path)) return ERROR_INVALID_NAME;
    error = db_open(&rsm->db, path);
    if (error) return error;
    rsm_begin(rsm);
    make_system(rsm);
    settle(rsm);
    error = rsm_end(rsm, 0);
    if (error) return error;
    error = start_libraries(rsm);
    if (error) return error;
    rsm->clock_started = !pthread_create(&rsm->clock_thread, NULL, clock_main, rsm);
    return rsm->clock_started ? 0 : ERROR_NOT_ENOUGH_MEMORY;
}

uint32_t rsm_open(const struct rsm_options *options, struct rsm **result)
{
    struct rsm *rsm = calloc(1, sizeof(*rsm));
    uint32_t error;

    if (!rsm) return ERROR_NOT_ENOUGH_MEMORY;
    rsm->log = options->log;
    rsm->folder = strdup(options->folder);
    if (options->dosdevices) rsm->dosdevices = strdup(options->dosdevices);
    error = open_all(rsm);
    if (!error) error = absent_start(rsm);
    if (!error && options->drives) error = discovery_start(rsm, options->drives);
    if (error)
        rsm_close(rsm);
    else
        *result = rsm;
    return error;
}

void rsm_close(struct rsm *rsm)
{
    while (rsm->sessions)
        rsm_client_gone(rsm, rsm->sessions->client);
    pthread_mutex_lock(&rsm->lock);
    rsm->stopping = true;
    pthread_cond_broadcast(&rsm->clock);
    pthread_mutex_unlock(&rsm->lock);
    discovery_end(rsm);
    absent_end(rsm);
    if (rsm->clock_started) pthread_join(rsm->clock_thread, NULL);
    while (rsm->libraries)
        library_stop(rsm, rsm->libraries);
    free_unwritten(rsm);
    if (rsm->db.handle) db_close(&rsm->db);
    pthread_cond_destroy(&rsm->clock);
    pthread_cond_destroy(&rsm->idle);
    pthread_mutex_destroy(&rsm->lock);
    free(rsm->pending.events);
    free(rsm->default_descriptor);
    free(rsm->folder);
    free(rsm->dosdevices);
    free(rsm);
}

bool rsm_is_busy(struct rsm *rsm)
{
    bool busy;

    pthread_mutex_lock(&rsm->lock);
    rsm->db.error = 0;
    busy =
        db_number(&rsm->db, "SELECT EXISTS(SELECT 1 FROM libreq WHERE state=?)", "i", (long long)NTMS_LM_INPROCESS) ||
        db_number(&rsm->db, "SELECT EXISTS(SELECT 1 FROM drive WHERE state=?)", "i", (long long)NTMS_DRIVESTATE_LOADED);
    pthread_mutex_unlock(&rsm->lock);
    return busy;
}

void rsm_drain(struct rsm *rsm)
{
    pthread_mutex_lock(&rsm->lock);
    rsm->db.error = 0;
    while (db_number(&rsm->db, "SELECT EXISTS(SELECT 1 FROM libreq WHERE state=? AND op NOT IN (?, ?, ?))", "iiii",
                     (long long)NTMS_LM_INPROCESS, (long long)NTMS_LM_INJECT, (long long)NTMS_LM_INJECTCLEANER,
                     (long long)NTMS_LM_DOORACCESS) &&
           !rsm->db.error)
        pthread_cond_wait(&rsm->idle, &rsm->lock);
    pthread_mutex_unlock(&rsm->lock);
}
