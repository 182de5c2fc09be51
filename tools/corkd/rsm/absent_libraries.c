/* Libraries whose device was not there when the engine wanted to start them: a changer on the network that is switched
 * on later, a node that appears. They are tried again until they are there. */
#include "rsm/engine.h"

#include <stdlib.h>

#define AGAIN_MS     1000 /* growing, while one is away, to */
#define AGAIN_MAX_MS 60000

struct absent_libraries
{
    struct rsm *rsm;
    pthread_t thread;
    pthread_cond_t wake; /* with the engine's lock */
    bool stop;
};

/* The next library after `last` that has a SCSI device and does not run. Stand-alone drives are looked for elsewhere,
 * folders do not come back by themselves. */
static char *next_absent(struct rsm *rsm, struct guid *last)
{
    sqlite3_stmt *query =
        db_query(&rsm->db,
                 "SELECT id, location FROM library l WHERE id>IFNULL(?, x'') AND (location LIKE 'iscsi:%' OR "
                 "location LIKE 'sg:%') AND (SELECT opstate FROM object WHERE id=l.id)=? ORDER BY id",
                 "gi", last, (long long)NTMS_NOT_PRESENT);
    char *location = NULL;

    while (!location && db_row(&rsm->db, query))
    {
        *last = db_guid(query, 0);
        if (!library_find(rsm, last)) location = strdup(db_text(query, 1));
    }
    db_done(&rsm->db, query);
    return location;
}

/* Whether one is still away. */
static bool try_all(struct absent_libraries *absent)
{
    struct rsm *rsm = absent->rsm;
    struct guid id = {{0}};
    bool away = false;
    char *location;

    while (!absent->stop && (location = next_absent(rsm, &id)))
    {
        pthread_mutex_unlock(&rsm->lock);
        if (library_start(rsm, &id, location)) away = true;
        free(location);
        pthread_mutex_lock(&rsm->lock);
    }
    return away;
}

static void *absent_main(void *context)
{
    struct absent_libraries *absent = context;
    struct rsm *rsm = absent->rsm;
    uint64_t pause = AGAIN_MS;

    pthread_mutex_lock(&rsm->lock);
    while (!absent->stop)
    {
        uint64_t due = monotonic_ms() + pause;
        struct timespec at = {(time_t)(due / 1000), (long)(due % 1000) * 1000000};

        pthread_cond_timedwait(&absent->wake, &rsm->lock, &at);
        rsm->db.error = 0;
        if (!try_all(absent))
            pause = AGAIN_MS;
        else if (pause < AGAIN_MAX_MS)
            pause *= 2;
    }
    pthread_mutex_unlock(&rsm->lock);
    return NULL;
}

uint32_t absent_start(struct rsm *rsm)
{
    struct absent_libraries *absent = calloc(1, sizeof(*absent));
    pthread_condattr_t monotonic;

    if (!absent) return ERROR_NOT_ENOUGH_MEMORY;
    absent->rsm = rsm;
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&absent->wake, &monotonic);
    pthread_condattr_destroy(&monotonic);
    if (pthread_create(&absent->thread, NULL, absent_main, absent))
    {
        pthread_cond_destroy(&absent->wake);
        free(absent);
        return ERROR_NOT_ENOUGH_MEMORY;
    }
    rsm->absent = absent;
    return 0;
}

void absent_end(struct rsm *rsm)
{
    struct absent_libraries *absent = rsm->absent;

    if (!absent) return;
    pthread_mutex_lock(&rsm->lock);
    absent->stop = true;
    pthread_cond_signal(&absent->wake);
    pthread_mutex_unlock(&rsm->lock);
    pthread_join(absent->thread, NULL);
    pthread_cond_destroy(&absent->wake);
    free(absent);
    rsm->absent = NULL;
}
