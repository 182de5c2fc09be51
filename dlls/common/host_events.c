/*
 * Events wait in a queue, and a pool thread that comes and goes with them delivers one after another: the thread that
 * receives goes on receiving, so that a callback may call the service.
 */
#ifdef _WIN32

#include "common/host_events.h"

#include <stdlib.h>
#include <string.h>

#include "common/quick_lock.h"
#include "common/trace.h"

CORK_TRACE_CHANNEL(cork);

#define WAITING_MAX (32u << 20) /* bytes */

struct event
{
    struct event *next;
    char service[HOST_SERVICE_SIZE + 1];
    uint32_t code;
    size_t size; /* of the payload, behind the structure */
};

static struct cork_quick_lock events_lock;
static struct host_subscription *subscriptions;
static struct event *first, **last = &first;
static size_t waiting; /* bytes */
static bool delivering;
/* The one that tells of a lost connection, which has to be told whatever there is no memory for. */
static struct event loss;
static bool loss_waits;

/* With the lock held. */
static struct host_subscription *find(const char *service)
{
    struct host_subscription *subscription = subscriptions;

    while (subscription && strcmp(subscription->service, service))
        subscription = subscription->next;
    return subscription;
}

void host_subscribe(struct host_subscription *subscription)
{
    cork_quick_lock(&events_lock);
    subscription->next = subscriptions;
    subscriptions = subscription;
    cork_quick_unlock(&events_lock);
}

void host_unsubscribe(struct host_subscription *subscription)
{
    struct host_subscription **at = &subscriptions;

    cork_quick_lock(&events_lock);
    while (*at && *at != subscription)
        at = &(*at)->next;
    if (*at) *at = subscription->next;
    cork_quick_unlock(&events_lock);
}

bool host_events_wanted(void)
{
    bool wanted;

    cork_quick_lock(&events_lock);
    wanted = subscriptions != NULL;
    cork_quick_unlock(&events_lock);
    return wanted;
}

static void deliver_event(const struct event *event)
{
    struct host_subscription *subscription;
    struct host_decoder values;

    cork_quick_lock(&events_lock);
    subscription = find(event->service);
    cork_quick_unlock(&events_lock);
    if (!subscription) return;
    host_decoder_init(&values, event + 1, event->size);
    subscription->event(subscription->context, event->code, &values);
}

/* Each one that was there at the start; the callbacks may subscribe and unsubscribe. */
static void deliver_loss(void)
{
    struct host_subscription *told[16];
    size_t count = 0;

    cork_quick_lock(&events_lock);
    for (struct host_subscription *at = subscriptions; at && count < sizeof(told) / sizeof(told[0]); at = at->next)
        told[count++] = at;
    cork_quick_unlock(&events_lock);
    for (size_t i = 0; i < count; i++)
        if (told[i]->lost) told[i]->lost(told[i]->context);
}

static struct event *take_event(void)
{
    struct event *event;

    cork_quick_lock(&events_lock);
    event = first;
    if (event)
    {
        first = event->next;
        if (!first) last = &first;
        waiting -= sizeof(*event) + event->size;
        if (event == &loss) loss_waits = false;
    }
    else
        delivering = false;
    cork_quick_unlock(&events_lock);
    return event;
}

static void CALLBACK deliver(PTP_CALLBACK_INSTANCE instance, void *module)
{
    struct event *event;

    CallbackMayRunLong(instance);
    if (module) FreeLibraryWhenCallbackReturns(instance, module);
    while ((event = take_event()))
    {
        if (event == &loss)
        {
            deliver_loss();
            continue;
        }
        deliver_event(event);
        free(event);
    }
}

/* A loss that waits already is told once. */
static void add(struct event *event)
{
    HMODULE module = NULL;
    bool start;

    cork_quick_lock(&events_lock);
    if (event == &loss && loss_waits)
    {
        cork_quick_unlock(&events_lock);
        return;
    }
    loss_waits |= event == &loss;
    event->next = NULL;
    *last = event;
    last = &event->next;
    waiting += sizeof(*event) + event->size;
    start = !delivering;
    delivering = true;
    cork_quick_unlock(&events_lock);
    if (!start) return;
    GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS, (LPCWSTR)&deliver, &module);
    if (TrySubmitThreadpoolCallback(deliver, module, NULL)) return;
    CORK_ERR("no thread for events: they wait for the next one\n");
    if (module) FreeLibrary(module);
    cork_quick_lock(&events_lock);
    delivering = false;
    cork_quick_unlock(&events_lock);
}

bool host_events_add(const struct host_header *header, const uint8_t *payload)
{
    struct host_subscription *subscription;
    struct event *event;
    bool wanted, all;

    cork_quick_lock(&events_lock);
    subscription = header->service[0] ? find(header->service) : NULL;
    wanted = subscription && waiting < WAITING_MAX;
    all = subscription && subscription->all;
    cork_quick_unlock(&events_lock);
    event = wanted ? malloc(sizeof(*event) + header->length) : NULL;
    if (!event)
    {
        CORK_WARN("an event of %s is dropped\n", header->service);
        return !all;
    }
    memcpy(event->service, header->service, sizeof(event->service));
    event->code = header->code;
    event->size = header->length;
    if (header->length) memcpy(event + 1, payload, header->length);
    add(event);
    return true;
}

void host_events_lost(void)
{
    /* No thread for nothing: 32-bit Wine crashes where a process ends while a thread of it is still starting. */
    if (host_events_wanted()) add(&loss);
}

#endif
