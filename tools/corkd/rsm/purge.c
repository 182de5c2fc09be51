/* Requests that have ended are kept for some time: NTMS_COMPUTERINFORMATION's dwLibRequestPurgeTime and
 * dwOpRequestPurgeTime, in seconds, and what its flags except from that. */
#include "rsm/engine.h"

#define BATCH       500   /* requests that one transaction forgets, at most */
#define INTERVAL_MS 1000u /* how often it is looked for them, at most */

/* Failed ones: NTMS_LM_FAILED, NTMS_LM_INVALID, NTMS_LM_CANCELLED, NTMS_LM_STOPPED; NTMS_OPSTATE_REFUSED. What is left
 * of a group of which something is still under way, that somebody waits for, stays. */
static const struct
{
    const char *victims, *first;
} kinds[] = {
    {"SELECT r.id FROM libreq r, computer c WHERE r.completed>0 AND r.completed<=?-c.lib_purge*10000000 AND "
     "NOT c.lib_flags&1 AND (NOT c.lib_flags&2 OR r.state=2) AND NOT EXISTS(SELECT 1 FROM libreq o WHERE "
     "o.work=r.work AND o.state IN (0, 1, 5, 6)) ORDER BY r.completed LIMIT 500",
     "SELECT r.completed+c.lib_purge*10000000 FROM libreq r, computer c WHERE r.completed>0 AND "
     "NOT c.lib_flags&1 AND (NOT c.lib_flags&2 OR r.state=2) ORDER BY r.completed LIMIT 1"},
    {"SELECT r.id FROM opreq r, computer c WHERE r.completed>0 AND r.completed<=?-c.op_purge*10000000 AND "
     "NOT c.op_flags&1 AND (NOT c.op_flags&2 OR r.state=5) ORDER BY r.completed LIMIT 500",
     "SELECT r.completed+c.op_purge*10000000 FROM opreq r, computer c WHERE r.completed>0 AND "
     "NOT c.op_flags&1 AND (NOT c.op_flags&2 OR r.state=5) ORDER BY r.completed LIMIT 1"},
};

static size_t forget(struct rsm *rsm, const char *victims)
{
    sqlite3_stmt *query = db_query(&rsm->db, victims, "i", (long long)filetime_now());
    struct guid ids[BATCH];
    size_t count = 0;

    while (count < BATCH && db_row(&rsm->db, query))
        ids[count++] = db_guid(query, 0);
    db_done(&rsm->db, query);
    for (size_t i = 0; i < count; i++)
        object_delete(rsm, &ids[i]);
    return count;
}

void purge(struct rsm *rsm)
{
    if (monotonic_ms() < rsm->purged_at + INTERVAL_MS) return;
    rsm->purged_at = monotonic_ms();
    for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
        forget(rsm, kinds[i].victims);
}

uint64_t purge_due(struct rsm *rsm)
{
    uint64_t due = UINT64_MAX, now = filetime_now(), monotonic = monotonic_ms();

    for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
    {
        long long at = db_number(&rsm->db, kinds[i].first, "");
        uint64_t left = (uint64_t)at > now ? ((uint64_t)at - now) / 10000 + 1 : 0;

        if (at && monotonic + left < due) due = monotonic + left;
    }
    /* What could not be forgotten the last time is looked at again after some time. */
    return due != UINT64_MAX && due < rsm->purged_at + INTERVAL_MS ? rsm->purged_at + INTERVAL_MS : due;
}
