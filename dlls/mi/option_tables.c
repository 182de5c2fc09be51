/*
 * The function tables of the three kinds of option handles: each function finds the set behind its handle and calls
 * options.h. The kinds differ in the type of the handle only, so the functions are made by one macro.
 */
#include "mi/option_tables.h"

#include "mi/handles.h"
#include "mi/options.h"
#include "mi/text.h"

#include <string.h>

void mi_option_handle_destroy(void *object)
{
    mi_options_delete(object);
}

/* Evaluates `expression` with `set`, the options behind the handle, pinned. */
#define WITH_OPTIONS(KIND, expression)                                                                                 \
    struct cork_pin pin;                                                                                               \
    struct mi_options *set = self ? mi_handle_acquire(self->reserved1, KIND, &pin) : NULL;                             \
    MI_Result result;                                                                                                  \
    if (!set) return MI_RESULT_INVALID_PARAMETER;                                                                      \
    result = (expression);                                                                                             \
    cork_pin_release(&pin);                                                                                            \
    return result

/* Setting and getting by a value's address. */
static MI_Result set_text(struct mi_options *set, const MI_Char *name, const MI_Char *text, MI_Uint32 flags)
{
    MI_Value value = {.string = (MI_Char *)text};

    return text ? mi_options_set(set, name, &value, MI_STRING, flags, false) : MI_RESULT_INVALID_PARAMETER;
}

static MI_Result set_number(struct mi_options *set, const MI_Char *name, MI_Uint32 number, MI_Uint32 flags)
{
    MI_Value value = {.uint32 = number};

    return mi_options_set(set, name, &value, MI_UINT32, flags, false);
}

static MI_Result set_interval(struct mi_options *set, const MI_Char *name, const MI_Interval *interval, MI_Uint32 flags)
{
    MI_Value value = {.datetime = {.isTimestamp = 0}};

    if (!interval) return MI_RESULT_INVALID_PARAMETER;
    value.datetime.u.interval = *interval;
    return mi_options_set(set, name, &value, MI_DATETIME, flags, false);
}

static MI_Result set_datetime(struct mi_options *set, const MI_Char *name, const MI_Datetime *datetime, MI_Uint32 flags)
{
    MI_Value value;

    if (!datetime) return MI_RESULT_INVALID_PARAMETER;
    value.datetime = *datetime;
    return mi_options_set(set, name, &value, MI_DATETIME, flags, false);
}

static MI_Result get_text(const struct mi_options *set, const MI_Char *name, const MI_Char **text, MI_Uint32 *index,
                          MI_Uint32 *flags)
{
    MI_Value value;
    MI_Result result;

    if (!text) return MI_RESULT_INVALID_PARAMETER;
    result = mi_options_get(set, name, MI_STRING, &value, index, flags);
    if (result == MI_RESULT_OK) *text = value.string;
    return result;
}

static MI_Result get_number(const struct mi_options *set, const MI_Char *name, MI_Uint32 *number, MI_Uint32 *index,
                            MI_Uint32 *flags)
{
    MI_Value value;
    MI_Result result;

    if (!number) return MI_RESULT_INVALID_PARAMETER;
    result = mi_options_get(set, name, MI_UINT32, &value, index, flags);
    if (result == MI_RESULT_OK) *number = value.uint32;
    return result;
}

static MI_Result get_datetime(const struct mi_options *set, const MI_Char *name, MI_Datetime *datetime,
                              MI_Uint32 *index, MI_Uint32 *flags)
{
    MI_Value value;
    MI_Result result;

    if (!datetime) return MI_RESULT_INVALID_PARAMETER;
    result = mi_options_get(set, name, MI_DATETIME, &value, index, flags);
    if (result == MI_RESULT_OK) *datetime = value.datetime;
    return result;
}

/* A point in time is no interval. */
static MI_Result get_interval(const struct mi_options *set, const MI_Char *name, MI_Interval *interval,
                              MI_Uint32 *index, MI_Uint32 *flags)
{
    MI_Datetime datetime;
    MI_Result result;

    if (!interval) return MI_RESULT_INVALID_PARAMETER;
    result = get_datetime(set, name, &datetime, index, flags);
    if (result != MI_RESULT_OK) return result;
    if (datetime.isTimestamp) return MI_RESULT_TYPE_MISMATCH;
    *interval = datetime.u.interval;
    return MI_RESULT_OK;
}

static MI_Result get_count(const struct mi_options *set, MI_Uint32 *count, bool credentials)
{
    if (!count) return MI_RESULT_INVALID_PARAMETER;
    *count = credentials ? mi_options_credentials_count(set) : set->elements.count;
    return MI_RESULT_OK;
}

/* Gives a set its handle; on failure the set is deleted. */
static MI_Result open_set(enum mi_handle_kind kind, struct mi_options *set, MI_Uint64 *reserved1)
{
    MI_Result result = set ? mi_handle_open(kind, set, reserved1, NULL) : MI_RESULT_SERVER_LIMITS_EXCEEDED;

    if (result != MI_RESULT_OK) mi_options_delete(set);
    return result;
}

static MI_Result clone_set(enum mi_handle_kind kind, const struct mi_options *set, MI_Uint64 *reserved1)
{
    return reserved1 ? open_set(kind, mi_options_clone(set), reserved1) : MI_RESULT_INVALID_PARAMETER;
}

/* NOLINTBEGIN(bugprone-macro-parentheses): types, in declarations */

/* What all three have. prefix_NAME are the functions of MI_TYPE's table. */
#define COMMON_FUNCTIONS(prefix, TYPE, KIND)                                                                           \
    static MI_Result MI_CALL prefix##_SetString(TYPE *self, const MI_Char *name, const MI_Char *value,                 \
                                                MI_Uint32 flags)                                                       \
    {                                                                                                                  \
        WITH_OPTIONS(KIND, set_text(set, name, value, flags));                                                         \
    }                                                                                                                  \
    static MI_Result MI_CALL prefix##_SetInterval(TYPE *self, const MI_Char *name, const MI_Interval *value,           \
                                                  MI_Uint32 flags)                                                     \
    {                                                                                                                  \
        WITH_OPTIONS(KIND, set_interval(set, name, value, flags));                                                     \
    }                                                                                                                  \
    static MI_Result MI_CALL prefix##_GetString(const TYPE *self, const MI_Char *name, const MI_Char **value,          \
                                                MI_Uint32 *index, MI_Uint32 *flags)                                    \
    {                                                                                                                  \
        WITH_OPTIONS(KIND, get_text(set, name, value, index, flags));                                                  \
    }                                                                                                                  \
    static MI_Result MI_CALL prefix##_GetNumber(const TYPE *self, const MI_Char *name, MI_Uint32 *value,               \
                                                MI_Uint32 *index, MI_Uint32 *flags)                                    \
    {                                                                                                                  \
        WITH_OPTIONS(KIND, get_number(set, name, value, index, flags));                                                \
    }                                                                                                                  \
    static MI_Result MI_CALL prefix##_GetInterval(const TYPE *self, const MI_Char *name, MI_Interval *value,           \
                                                  MI_Uint32 *index, MI_Uint32 *flags)                                  \
    {                                                                                                                  \
        WITH_OPTIONS(KIND, get_interval(set, name, value, index, flags));                                              \
    }                                                                                                                  \
    static MI_Result MI_CALL prefix##_GetOptionCount(const TYPE *self, MI_Uint32 *count)                               \
    {                                                                                                                  \
        WITH_OPTIONS(KIND, get_count(set, count, false));                                                              \
    }                                                                                                                  \
    static MI_Result MI_CALL prefix##_GetOptionAt(const TYPE *self, MI_Uint32 index, const MI_Char **name,             \
                                                  MI_Value *value, MI_Type *type, MI_Uint32 *flags)                    \
    {                                                                                                                  \
        WITH_OPTIONS(KIND, mi_options_at(set, index, name, value, type, flags));                                       \
    }                                                                                                                  \
    static MI_Result MI_CALL prefix##_GetOption(const TYPE *self, const MI_Char *name, MI_Value *value, MI_Type *type, \
                                                MI_Uint32 *index, MI_Uint32 *flags)                                    \
    {                                                                                                                  \
        WITH_OPTIONS(KIND, mi_options_find(set, name, value, type, index, flags));                                     \
    }                                                                                                                  \
    static MI_Result MI_CALL prefix##_Clone(const TYPE *self, TYPE *copy)                                              \
    {                                                                                                                  \
        if (copy) *copy = (TYPE){0, 0, self ? self->ft : NULL};                                                        \
        WITH_OPTIONS(KIND, clone_set(KIND, set, copy ? &copy->reserved1 : NULL));                                      \
    }                                                                                                                  \
    static MI_Result prefix##_close(TYPE *self)                                                                        \
    {                                                                                                                  \
        struct cork_handle_table *table = mi_handles();                                                                \
        if (!self || !table || self->reserved1 > UINT32_MAX) return MI_RESULT_INVALID_PARAMETER;                       \
        return cork_handle_close(table, (const void *)(uintptr_t)self->reserved1, KIND) == CORK_OK                     \
                   ? MI_RESULT_OK                                                                                      \
                   : MI_RESULT_INVALID_PARAMETER;                                                                      \
    }

#define NUMBER_FUNCTION(prefix, TYPE, KIND)                                                                            \
    static MI_Result MI_CALL prefix##_SetNumber(TYPE *self, const MI_Char *name, MI_Uint32 value, MI_Uint32 flags)     \
    {                                                                                                                  \
        WITH_OPTIONS(KIND, set_number(set, name, value, flags));                                                       \
    }

#define CREDENTIAL_FUNCTIONS(prefix, TYPE, KIND)                                                                       \
    static MI_Result MI_CALL prefix##_AddCredentials(TYPE *self, const MI_Char *name,                                  \
                                                     const MI_UserCredentials *credentials, MI_Uint32 flags)           \
    {                                                                                                                  \
        WITH_OPTIONS(KIND, mi_options_add_credentials(set, name, credentials, flags));                                 \
    }                                                                                                                  \
    static MI_Result MI_CALL prefix##_GetCredentialsCount(const TYPE *self, MI_Uint32 *count)                          \
    {                                                                                                                  \
        WITH_OPTIONS(KIND, get_count(set, count, true));                                                               \
    }                                                                                                                  \
    static MI_Result MI_CALL prefix##_GetCredentialsAt(const TYPE *self, MI_Uint32 index, const MI_Char **name,        \
                                                       MI_UserCredentials *credentials, MI_Uint32 *flags)              \
    {                                                                                                                  \
        WITH_OPTIONS(KIND, mi_options_credentials_at(set, index, name, credentials, flags));                           \
    }                                                                                                                  \
    static MI_Result MI_CALL prefix##_GetCredentialsPasswordAt(const TYPE *self, MI_Uint32 index,                      \
                                                               const MI_Char **name, MI_Char *password,                \
                                                               MI_Uint32 length, MI_Uint32 *needed, MI_Uint32 *flags)  \
    {                                                                                                                  \
        WITH_OPTIONS(KIND, mi_options_password_at(set, index, name, password, length, needed, flags));                 \
    }

/* NOLINTEND(bugprone-macro-parentheses) */

/* ---- Destination options ---------------------------------------------------------------------------------------- */

COMMON_FUNCTIONS(destination, MI_DestinationOptions, MI_HANDLE_DESTINATION_OPTIONS)
NUMBER_FUNCTION(destination, MI_DestinationOptions, MI_HANDLE_DESTINATION_OPTIONS)
CREDENTIAL_FUNCTIONS(destination, MI_DestinationOptions, MI_HANDLE_DESTINATION_OPTIONS)

static void MI_CALL destination_Delete(MI_DestinationOptions *self)
{
    destination_close(self);
}

const MI_DestinationOptionsFT mi_destination_options_table = {
    .Delete = destination_Delete,
    .SetString = destination_SetString,
    .SetNumber = destination_SetNumber,
    .AddCredentials = destination_AddCredentials,
    .GetString = destination_GetString,
    .GetNumber = destination_GetNumber,
    .GetOptionCount = destination_GetOptionCount,
    .GetOptionAt = destination_GetOptionAt,
    .GetOption = destination_GetOption,
    .GetCredentialsCount = destination_GetCredentialsCount,
    .GetCredentialsAt = destination_GetCredentialsAt,
    .GetCredentialsPasswordAt = destination_GetCredentialsPasswordAt,
    .Clone = destination_Clone,
    .SetInterval = destination_SetInterval,
    .GetInterval = destination_GetInterval,
};

MI_Result mi_destination_options_new(MI_DestinationOptions *options)
{
    *options = (MI_DestinationOptions){0, 0, &mi_destination_options_table};
    return open_set(MI_HANDLE_DESTINATION_OPTIONS, mi_options_new(0), &options->reserved1);
}

/* ---- Operation options ------------------------------------------------------------------------------------------ */

COMMON_FUNCTIONS(operation, MI_OperationOptions, MI_HANDLE_OPERATION_OPTIONS)

static void MI_CALL operation_Delete(MI_OperationOptions *self)
{
    operation_close(self);
}

/* Of the channels option, `flags` says whether the channel is disabled. */
static MI_Result set_number_or_channel(struct mi_options *set, const MI_Char *name, MI_Uint32 value, MI_Uint32 flags)
{
    if (name && mi_name_equal(name, MI_CHANNEL_OPTION)) return mi_options_set_channel(set, value, !(flags & 1));
    return set_number(set, name, value, flags);
}

static MI_Result MI_CALL operation_SetNumber(MI_OperationOptions *self, const MI_Char *name, MI_Uint32 value,
                                             MI_Uint32 flags)
{
    WITH_OPTIONS(MI_HANDLE_OPERATION_OPTIONS, set_number_or_channel(set, name, value, flags));
}

static MI_Result MI_CALL operation_SetCustomOption(MI_OperationOptions *self, const MI_Char *name, MI_Type type,
                                                   const MI_Value *value, MI_Boolean must_comply, MI_Uint32 flags)
{
    WITH_OPTIONS(MI_HANDLE_OPERATION_OPTIONS, mi_options_set(set, name, value, type, flags, must_comply));
}

static MI_Result get_channels(const struct mi_options *set, MI_Uint32 *channels, MI_Uint32 length, MI_Uint32 *count,
                              MI_Uint32 *flags)
{
    if (flags) *flags = 0;
    return mi_options_channels(set, channels, length, count);
}

static MI_Result MI_CALL operation_GetEnabledChannels(const MI_OperationOptions *self, const MI_Char *name,
                                                      MI_Uint32 *channels, MI_Uint32 length, MI_Uint32 *count,
                                                      MI_Uint32 *flags)
{
    if (!name || !mi_name_equal(name, MI_CHANNEL_OPTION)) return MI_RESULT_INVALID_PARAMETER;
    WITH_OPTIONS(MI_HANDLE_OPERATION_OPTIONS, get_channels(set, channels, length, count, flags));
}

const MI_OperationOptionsFT mi_operation_options_table = {
    .Delete = operation_Delete,
    .SetString = operation_SetString,
    .SetNumber = operation_SetNumber,
    .SetCustomOption = operation_SetCustomOption,
    .GetString = operation_GetString,
    .GetNumber = operation_GetNumber,
    .GetOptionCount = operation_GetOptionCount,
    .GetOptionAt = operation_GetOptionAt,
    .GetOption = operation_GetOption,
    .GetEnabledChannels = operation_GetEnabledChannels,
    .Clone = operation_Clone,
    .SetInterval = operation_SetInterval,
    .GetInterval = operation_GetInterval,
};

MI_Result mi_operation_options_new(MI_Boolean must_understand, MI_OperationOptions *options)
{
    *options = (MI_OperationOptions){0, 0, &mi_operation_options_table};
    return open_set(MI_HANDLE_OPERATION_OPTIONS, mi_options_new(must_understand), &options->reserved1);
}

/* ---- Subscription delivery options ------------------------------------------------------------------------------- */

COMMON_FUNCTIONS(subscription, MI_SubscriptionDeliveryOptions, MI_HANDLE_SUBSCRIPTION_OPTIONS)
NUMBER_FUNCTION(subscription, MI_SubscriptionDeliveryOptions, MI_HANDLE_SUBSCRIPTION_OPTIONS)
CREDENTIAL_FUNCTIONS(subscription, MI_SubscriptionDeliveryOptions, MI_HANDLE_SUBSCRIPTION_OPTIONS)

static MI_Result MI_CALL subscription_Delete(MI_SubscriptionDeliveryOptions *self)
{
    return subscription_close(self);
}

static MI_Result MI_CALL subscription_SetDateTime(MI_SubscriptionDeliveryOptions *self, const MI_Char *name,
                                                  const MI_Datetime *value, MI_Uint32 flags)
{
    WITH_OPTIONS(MI_HANDLE_SUBSCRIPTION_OPTIONS, set_datetime(set, name, value, flags));
}

static MI_Result MI_CALL subscription_GetDateTime(const MI_SubscriptionDeliveryOptions *self, const MI_Char *name,
                                                  MI_Datetime *value, MI_Uint32 *index, MI_Uint32 *flags)
{
    WITH_OPTIONS(MI_HANDLE_SUBSCRIPTION_OPTIONS, get_datetime(set, name, value, index, flags));
}

const MI_SubscriptionDeliveryOptionsFT mi_subscription_options_table = {
    .SetString = subscription_SetString,
    .SetNumber = subscription_SetNumber,
    .SetDateTime = subscription_SetDateTime,
    .SetInterval = subscription_SetInterval,
    .AddCredentials = subscription_AddCredentials,
    .Delete = subscription_Delete,
    .GetString = subscription_GetString,
    .GetNumber = subscription_GetNumber,
    .GetDateTime = subscription_GetDateTime,
    .GetInterval = subscription_GetInterval,
    .GetOptionCount = subscription_GetOptionCount,
    .GetOptionAt = subscription_GetOptionAt,
    .GetOption = subscription_GetOption,
    .GetCredentialsCount = subscription_GetCredentialsCount,
    .GetCredentialsAt = subscription_GetCredentialsAt,
    .GetCredentialsPasswordAt = subscription_GetCredentialsPasswordAt,
    .Clone = subscription_Clone,
};

MI_Result mi_subscription_options_new(MI_SubscriptionDeliveryType type, MI_SubscriptionDeliveryOptions *options)
{
    *options = (MI_SubscriptionDeliveryOptions){0, 0, &mi_subscription_options_table};
    return open_set(MI_HANDLE_SUBSCRIPTION_OPTIONS, mi_options_new(type), &options->reserved1);
}
