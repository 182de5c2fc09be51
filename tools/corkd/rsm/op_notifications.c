/* Notifications: each subscription has a queue of the changes to objects of its type. */
#include "rsm/engine.h"

#include <stdlib.h>

void subscription_free(struct subscription *subscription)
{
    free(subscription->queue.events);
    free(subscription);
}

static struct subscription *find(struct rsm_session *session, uint32_t number)
{
    for (struct subscription *subscription = session->subscriptions; subscription; subscription = subscription->next)
        if (subscription->number == number) return subscription;
    return NULL;
}

uint32_t op_open_notification(struct operation *operation)
{
    uint32_t type = host_get_u32(operation->arguments);
    struct subscription *subscription;

    if (arguments_end(operation)) return RSM_MALFORMED;
    if (type >= NTMS_NUMBER_OF_OBJECT_TYPES) return ERROR_INVALID_PARAMETER;
    subscription = calloc(1, sizeof(*subscription));
    if (!subscription) return ERROR_NOT_ENOUGH_MEMORY;
    subscription->type = type;
    subscription->number = ++operation->rsm->numbers;
    subscription->next = operation->session->subscriptions;
    operation->session->subscriptions = subscription;
    host_put_u32(operation->values, subscription->number);
    return 0;
}

static uint32_t poll_notification(struct rsm *rsm, struct rsm_call *call, struct host_encoder *values)
{
    struct subscription *subscription = find(call->session, call->number);
    struct event event;

    (void)rsm;
    if (!subscription) return ERROR_INVALID_HANDLE;
    if (!subscription->queue.count) return RSM_PENDING;
    event = subscription->queue.events[0];
    subscription->queue.count--;
    memmove(subscription->queue.events, subscription->queue.events + 1, subscription->queue.count * sizeof(event));
    host_put_u32(values, event.operation);
    host_put_guid(values, &event.object);
    return 0;
}

uint32_t op_wait_notification(struct operation *operation)
{
    struct rsm_call *call = operation->call;
    uint32_t timeout;

    call->number = host_get_u32(operation->arguments);
    timeout = host_get_u32(operation->arguments);
    if (arguments_end(operation)) return RSM_MALFORMED;
    if (!find(operation->session, call->number)) return ERROR_INVALID_HANDLE;
    call->poll = poll_notification;
    call_timeout(call, timeout, ERROR_TIMEOUT);
    return RSM_PENDING;
}

uint32_t op_close_notification(struct operation *operation)
{
    uint32_t number = host_get_u32(operation->arguments);

    if (arguments_end(operation)) return RSM_MALFORMED;
    for (struct subscription **link = &operation->session->subscriptions; *link; link = &(*link)->next)
        if ((*link)->number == number)
        {
            struct subscription *subscription = *link;

            *link = subscription->next;
            subscription_free(subscription);
            return 0;
        }
    return ERROR_INVALID_HANDLE;
}
