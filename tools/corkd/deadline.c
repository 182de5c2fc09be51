/* Connections that owe something by a certain time: a hello, or a lifeline. Of the loop thread. */
#include "corkd/daemon.h"

#include <stddef.h>

void deadline_begin(struct deadline_list *list, struct connection *connection, int seconds)
{
    connection->deadline = now_ms() + (int64_t)seconds * 1000;
    connection->owed = list;
    connection->owed_previous = list->last;
    connection->owed_next = NULL;
    if (list->last)
        list->last->owed_next = connection;
    else
        list->first = connection;
    list->last = connection;
    list->count++;
}

void deadline_end(struct connection *connection)
{
    struct deadline_list *list = connection->owed;

    if (!list) return;
    if (connection->owed_previous)
        connection->owed_previous->owed_next = connection->owed_next;
    else
        list->first = connection->owed_next;
    if (connection->owed_next)
        connection->owed_next->owed_previous = connection->owed_previous;
    else
        list->last = connection->owed_previous;
    list->count--;
    connection->owed = NULL;
}
