/*
 * Options: the named values and credentials behind MI_DestinationOptions, MI_OperationOptions and
 * MI_SubscriptionDeliveryOptions. Names compare without case. Whoever changes a set must be alone with it.
 */
#ifndef CORK_MI_OPTIONS_H
#define CORK_MI_OPTIONS_H

#include <mi.h>

#include "mi/arena.h"
#include "mi/elements.h"

#include <stdbool.h>

/* The option that is a list of channels. */
#define MI_CHANNEL_OPTION MI_T("__MI_OPERATIONOPTIONS_CHANNEL")

struct mi_credentials;

/* What an option has beside its value. */
struct mi_option_extra
{
    MI_Uint32 flags;  /* as it was set with */
    bool must_comply; /* of custom options: the operation fails where nobody understands it */
};

struct mi_options
{
    struct mi_arena arena;
    struct mi_elements elements;
    struct mi_option_extra *extras; /* one an element */
    MI_Uint32 extra_room;
    struct mi_credentials *credentials; /* in the order in which they were added */
    MI_Uint32 kind;                     /* the owner's: the subscription's delivery type, or whether custom options must
                                           be understood */
};

/* An empty set; NULL for lack of memory. The caller deletes it. */
struct mi_options *mi_options_new(MI_Uint32 kind);
void mi_options_delete(struct mi_options *options);
/* A copy; NULL for lack of memory. */
struct mi_options *mi_options_clone(const struct mi_options *options);

/* Sets an option, whatever it was before.
 * Returns MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER (no name, an empty one, no value, a wrong type);
 * MI_RESULT_SERVER_LIMITS_EXCEEDED (no memory). */
MI_Result mi_options_set(struct mi_options *options, const MI_Char *name, const MI_Value *value, MI_Uint32 type,
                         MI_Uint32 flags, bool must_comply);

/* An option of a known type; `index` and `flags` are optional. The value is the set's.
 * Returns MI_RESULT_OK, MI_RESULT_INVALID_PARAMETER (no name), MI_RESULT_NO_SUCH_PROPERTY, MI_RESULT_TYPE_MISMATCH. */
MI_Result mi_options_get(const struct mi_options *options, const MI_Char *name, MI_Uint32 type, MI_Value *value,
                         MI_Uint32 *index, MI_Uint32 *flags);

/* Any option by name, or by index. All out parameters are optional. */
MI_Result mi_options_find(const struct mi_options *options, const MI_Char *name, MI_Value *value, MI_Type *type,
                          MI_Uint32 *index, MI_Uint32 *flags);
MI_Result mi_options_at(const struct mi_options *options, MI_Uint32 index, const MI_Char **name, MI_Value *value,
                        MI_Type *type, MI_Uint32 *flags);

/* Adds a channel to those enabled, or takes it away; one that is, or is not, there already is no error. */
MI_Result mi_options_set_channel(struct mi_options *options, MI_Uint32 channel, bool enabled);
/* The enabled channels. `length`: of the array, in channels; 0 to ask how many there are. Returns MI_RESULT_FAILED
 * where they do not fit; `count` says how many there are all the same. */
MI_Result mi_options_channels(const struct mi_options *options, MI_Uint32 *channels, MI_Uint32 length,
                              MI_Uint32 *count);

/* Adds credentials, which are copied. Passwords are wiped when they go.
 * Returns MI_RESULT_INVALID_PARAMETER for no name, no authentication type, or one that there is not. */
MI_Result mi_options_add_credentials(struct mi_options *options, const MI_Char *name,
                                     const MI_UserCredentials *credentials, MI_Uint32 flags);
MI_Uint32 mi_options_credentials_count(const struct mi_options *options);
/* The credentials, six asterisks in the place of a password. `flags` is optional. MI_RESULT_NO_SUCH_PROPERTY beyond the
 * last. */
MI_Result mi_options_credentials_at(const struct mi_options *options, MI_Uint32 index, const MI_Char **name,
                                    MI_UserCredentials *credentials, MI_Uint32 *flags);
/* The password. `length`: of the buffer in characters, the terminating 0 included; 0 to ask for it. `needed` receives
 * the password's. Returns MI_RESULT_FAILED where it does not fit, MI_RESULT_INVALID_PARAMETER where there is none. */
MI_Result mi_options_password_at(const struct mi_options *options, MI_Uint32 index, const MI_Char **name,
                                 MI_Char *password, MI_Uint32 length, MI_Uint32 *needed, MI_Uint32 *flags);

#endif
