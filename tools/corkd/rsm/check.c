/* What always holds, whatever was killed when. */
#include "rsm/engine.h"

#include <stdio.h>

/* Each query gives the names of objects for which a rule does not hold. */
static const struct
{
    const char *rule, *sql;
} rules[] = {
    {"SQLite's integrity check", "SELECT integrity_check FROM pragma_integrity_check WHERE integrity_check<>'ok'"},
    {"a reference to nothing", "SELECT \"table\" FROM pragma_foreign_key_check"},
    {"an object without its own row",
     "SELECT o.type || ' ' || o.name FROM object o WHERE NOT EXISTS(SELECT 1 FROM computer WHERE id=o.id UNION ALL "
     "SELECT 1 FROM media_type WHERE id=o.id UNION ALL"
     " SELECT 1 FROM drive_type WHERE id=o.id UNION ALL SELECT 1 FROM changer_type WHERE id=o.id UNION ALL SELECT 1 "
     "FROM library WHERE id=o.id UNION ALL"
     " SELECT 1 FROM changer WHERE id=o.id UNION ALL SELECT 1 FROM drive WHERE id=o.id UNION ALL SELECT 1 FROM slot "
     "WHERE id=o.id UNION ALL"
     " SELECT 1 FROM door WHERE id=o.id UNION ALL SELECT 1 FROM port WHERE id=o.id UNION ALL SELECT 1 FROM pool WHERE "
     "id=o.id UNION ALL"
     " SELECT 1 FROM medium WHERE id=o.id UNION ALL SELECT 1 FROM logical WHERE id=o.id UNION ALL SELECT 1 FROM side "
     "WHERE id=o.id UNION ALL"
     " SELECT 1 FROM libreq WHERE id=o.id UNION ALL SELECT 1 FROM opreq WHERE id=o.id)"},
    {"a medium that is nowhere", "SELECT barcode FROM medium WHERE place IS NULL OR place_type NOT IN (5, 8, 9, 16)"},
    {"two media in one place", "SELECT COUNT(*) FROM medium WHERE place_type<>9 GROUP BY place HAVING COUNT(*)>1"},
    {"a medium in another library's element",
     "SELECT m.barcode FROM medium m WHERE place_type IN (5, 16) AND library<>IFNULL((SELECT library FROM slot WHERE "
     "id=m.place), (SELECT library FROM drive WHERE id=m.place))"},
    {"a medium without a pool of its type",
     "SELECT m.barcode FROM medium m LEFT JOIN pool p ON p.id=m.pool WHERE p.media_type IS NOT m.media_type"},
    {"a medium without sides", "SELECT barcode FROM medium m WHERE NOT EXISTS(SELECT 1 FROM side WHERE medium=m.id)"},
    {"a slot that says otherwise than its medium",
     "SELECT number FROM slot s WHERE (state=1)<>EXISTS(SELECT 1 FROM medium WHERE place=s.id)"},
    {"a drive that is mounted without a medium",
     "SELECT number FROM drive d WHERE state<>0 AND NOT EXISTS(SELECT 1 FROM medium WHERE place=d.id)"},
    {"a medium that is mounted in no drive", "SELECT barcode FROM medium WHERE state IN (2, 3, 4) AND place_type<>5"},
    {"an allocated side without a logical medium, or the other way round",
     "SELECT o.name FROM side s JOIN object o ON o.id=s.id WHERE (s.state IN (5, 6))<>(s.logical IS NOT NULL)"},
    {"a logical medium without a side",
     "SELECT o.name FROM logical l JOIN object o ON o.id=l.id WHERE NOT EXISTS(SELECT 1 FROM side WHERE logical=l.id)"},
    {"a logical medium in another pool than its medium",
     "SELECT o.name FROM logical l JOIN object o ON o.id=l.id JOIN side s ON s.logical=l.id JOIN medium m ON "
     "m.id=s.medium WHERE m.pool<>l.pool"},
    {"a drive that is reserved for nothing", "SELECT number FROM drive d WHERE reserved IS NOT NULL AND NOT "
                                             "EXISTS(SELECT 1 FROM libreq WHERE work=d.reserved AND state IN (1, 7))"},
};

unsigned rsm_check(struct rsm *rsm, void (*fault)(void *context, const char *text), void *context)
{
    unsigned faults = 0;
    char text[512];

    pthread_mutex_lock(&rsm->lock);
    rsm->db.error = 0;
    for (size_t i = 0; i < sizeof(rules) / sizeof(*rules); i++)
    {
        sqlite3_stmt *query = db_query(&rsm->db, rules[i].sql, "");

        for (; db_row(&rsm->db, query); faults++)
        {
            snprintf(text, sizeof(text), "%s: %.300s", rules[i].rule, db_text(query, 0));
            if (fault) fault(context, text);
        }
        db_done(&rsm->db, query);
        if (rsm->db.error)
        {
            faults++;
            snprintf(text, sizeof(text), "%s: error %u", rules[i].rule, rsm->db.error);
            if (fault) fault(context, text);
            rsm->db.error = 0;
        }
    }
    pthread_mutex_unlock(&rsm->lock);
    return faults;
}
