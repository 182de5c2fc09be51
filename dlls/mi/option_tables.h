/*
 * The three kinds of option handles.
 */
#ifndef CORK_MI_OPTION_TABLES_H
#define CORK_MI_OPTION_TABLES_H

#include <mi.h>

extern const MI_DestinationOptionsFT mi_destination_options_table;
extern const MI_OperationOptionsFT mi_operation_options_table;
extern const MI_SubscriptionDeliveryOptionsFT mi_subscription_options_table;

/* Make an empty set and its handle. On failure (MI_RESULT_SERVER_LIMITS_EXCEEDED: no memory) the handle is of nothing.
 */
MI_Result mi_destination_options_new(MI_DestinationOptions *options);
MI_Result mi_operation_options_new(MI_Boolean must_understand, MI_OperationOptions *options);
MI_Result mi_subscription_options_new(MI_SubscriptionDeliveryType type, MI_SubscriptionDeliveryOptions *options);

/* The destroy callback of all three in the handle table. */
void mi_option_handle_destroy(void *object);

#endif
