/* Subscription delivery options. See event_delivery.h. */
#include "mi/event_delivery.h"

#include "mi/event_value.h"
#include "mi/text.h"

#include <string.h>

#define OPTION(name) MI_T("__MI_SUBSCRIPTIONDELIVERYOPTIONS_" name)

static void refuse(struct mi_event_delivery *delivery, MI_Result result, const MI_Char *why)
{
    if (delivery->refused != MI_RESULT_OK) return;
    delivery->refused = result;
    delivery->why = why;
}

/* An interval counts from now; a point in time has to be one that is still to come. */
static void read_expiration(struct mi_event_delivery *delivery, MI_Type type, const MI_Value *value, MI_Uint64 now)
{
    static const MI_Value year_1601 = {.datetime = {1, {.timestamp = {1601, 1, 1, 0, 0, 0, 0, 0}}}};
    struct mi_event_value expiration, epoch = mi_event_value_of(MI_DATETIME, &year_1601, false);
    MI_Sint64 left;

    if (type != MI_DATETIME)
    {
        refuse(delivery, MI_RESULT_TYPE_MISMATCH, MI_T("The expiration time of a subscription is a date-time."));
        return;
    }
    expiration = mi_event_value_of(type, value, false);
    left = expiration.microseconds;
    if (expiration.kind == MI_EVENT_TIME) left -= epoch.microseconds + (MI_Sint64)(now / 10);
    if (left < 0)
    {
        refuse(delivery, MI_RESULT_INVALID_PARAMETER, MI_T("The expiration time of the subscription is past."));
        return;
    }
    delivery->expires = true;
    delivery->lifetime = (MI_Uint64)left / 1000;
}

/* "one of two constants (MI_SUBSCRIBE_BOOKMARK_OLDEST or MI_SUBSCRIBE_BOOKMARK_NEWEST) that specify when a subscription
 * should start": nothing of before is kept, so that the earliest possible indication is the next one. No bookmark was
 * ever given out that a subscription could go on from. */
static void read_bookmark(struct mi_event_delivery *delivery, MI_Type type, const MI_Value *value)
{
    if (type == MI_STRING && (mi_name_equal(value->string, MI_SUBSCRIBE_BOOKMARK_OLDEST) ||
                              mi_name_equal(value->string, MI_SUBSCRIBE_BOOKMARK_NEWEST)))
        return;
    refuse(delivery, MI_RESULT_NOT_SUPPORTED, MI_T("Subscriptions cannot go on from a bookmark."));
}

static void read_option(struct mi_event_delivery *delivery, const MI_Char *name, MI_Type type, const MI_Value *value,
                        MI_Uint64 now)
{
    static const MI_Char *const push_only[] = {
        OPTION("SET_HEARTBEAT_INTERVAL"), OPTION("SET_DELIVERY_DESTINATION"), OPTION("SET_DELIVERY_PORT_NUMBER"),
        OPTION("SET_DELIVERY_RETRY_INTERVAL"), OPTION("SET_DELIVERY_RETRY_ATTEMPTS")};

    if (mi_name_equal(name, OPTION("SET_EXPIRATION_TIME")))
        read_expiration(delivery, type, value, now);
    else if (mi_name_equal(name, OPTION("SET_BOOKMARK")))
        read_bookmark(delivery, type, value);
    else if (!mi_name_equal(name, OPTION("SET_MAXIMUM_LATENCY")))
    {
        for (size_t i = 0; i < MI_COUNT(push_only); i++)
            if (mi_name_equal(name, push_only[i]))
                refuse(delivery, MI_RESULT_NOT_SUPPORTED,
                       MI_T("Heartbeats, destinations, ports and retries belong to push delivery, which is not "
                            "implemented."));
        refuse(delivery, MI_RESULT_NOT_SUPPORTED, MI_T("There is no such subscription delivery option."));
    }
}

struct mi_event_delivery mi_event_delivery_read(const struct mi_options *options, MI_Uint64 now)
{
    struct mi_event_delivery delivery;

    memset(&delivery, 0, sizeof(delivery));
    if (options->kind == MI_SubscriptionDeliveryType_Push)
        refuse(&delivery, MI_RESULT_NOT_SUPPORTED, MI_T("Push delivery of indications is not implemented."));
    else if (options->kind != MI_SubscriptionDeliveryType_Pull)
        refuse(&delivery, MI_RESULT_INVALID_PARAMETER, MI_T("There is no such subscription delivery type."));
    if (mi_options_credentials_count(options))
        refuse(&delivery, MI_RESULT_NOT_SUPPORTED,
               MI_T("Delivery credentials belong to push delivery, which is not implemented."));
    for (MI_Uint32 i = 0; i < options->elements.count; i++)
    {
        const MI_Char *name = NULL;
        MI_Value value;
        MI_Type type = MI_BOOLEAN;

        mi_options_at(options, i, &name, &value, &type, NULL);
        read_option(&delivery, name, type, &value, now);
    }
    return delivery;
}
