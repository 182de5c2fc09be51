/* The open connections by their numbers. */
#include "corkd/daemon.h"

#define BUCKETS 1024

static pthread_mutex_t table_lock = PTHREAD_MUTEX_INITIALIZER;
static struct connection *buckets[BUCKETS];
static unsigned count;

void table_add(struct connection *connection)
{
    struct connection **bucket = &buckets[connection->id % BUCKETS];

    pthread_mutex_lock(&table_lock);
    connection_ref(connection);
    connection->next_in_table = *bucket;
    *bucket = connection;
    count++;
    pthread_mutex_unlock(&table_lock);
}

void table_remove(struct connection *connection)
{
    struct connection **at = &buckets[connection->id % BUCKETS];

    pthread_mutex_lock(&table_lock);
    while (*at && *at != connection)
        at = &(*at)->next_in_table;
    if (*at)
    {
        *at = connection->next_in_table;
        count--;
    }
    else
        connection = NULL;
    pthread_mutex_unlock(&table_lock);
    if (connection) connection_unref(connection);
}

struct connection *table_find(host_client id)
{
    struct connection *connection;

    pthread_mutex_lock(&table_lock);
    connection = buckets[id % BUCKETS];
    while (connection && connection->id != id)
        connection = connection->next_in_table;
    if (connection) connection_ref(connection);
    pthread_mutex_unlock(&table_lock);
    return connection;
}

struct connection *table_any(void)
{
    struct connection *connection = NULL;

    pthread_mutex_lock(&table_lock);
    for (int i = 0; i < BUCKETS && !connection; i++)
        connection = buckets[i];
    if (connection) connection_ref(connection);
    pthread_mutex_unlock(&table_lock);
    return connection;
}

unsigned table_count(void)
{
    unsigned result;

    pthread_mutex_lock(&table_lock);
    result = count;
    pthread_mutex_unlock(&table_lock);
    return result;
}
