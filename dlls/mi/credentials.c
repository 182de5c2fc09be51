/* Credentials. See credentials.h, and options.h for what hands them out. */
#include "mi/credentials.h"

#include "mi/allocation.h"
#include "mi/options.h"
#include "mi/text.h"

#include <string.h>

#define HIDDEN MI_T("******")

/* The texts follow the structure in its own block, the password last. */
struct mi_credentials
{
    struct mi_credentials *next;
    size_t size; /* of the block, in bytes */
    MI_Uint32 flags;
    bool is_certificate;
    const MI_Char *name, *type;
    const MI_Char *domain, *user, *secret; /* secret: the password, or the certificate's thumbprint; each may be NULL */
};

static void wipe(void *memory, size_t size)
{
    volatile char *at = memory;

    while (size--)
        *at++ = 0;
}

static bool is_one_of(const MI_Char *type, const MI_Char *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (mi_name_equal(type, list[i])) return true;
    return false;
}

static bool is_certificate_type(const MI_Char *type)
{
    static const MI_Char *const list[] = {MI_AUTH_TYPE_CLIENT_CERTS, MI_AUTH_TYPE_ISSUER_CERT};

    return is_one_of(type, list, MI_COUNT(list));
}

static bool is_user_type(const MI_Char *type)
{
    static const MI_Char *const list[] = {
        MI_AUTH_TYPE_DEFAULT,         MI_AUTH_TYPE_NONE,          MI_AUTH_TYPE_DIGEST,
        MI_AUTH_TYPE_NEGO_WITH_CREDS, MI_AUTH_TYPE_NEGO_NO_CREDS, MI_AUTH_TYPE_BASIC,
        MI_AUTH_TYPE_KERBEROS,        MI_AUTH_TYPE_NTLM,          MI_AUTH_TYPE_CREDSSP};

    return is_one_of(type, list, MI_COUNT(list));
}

static size_t text_size(const MI_Char *text)
{
    return text ? (mi_text_length(text) + 1) * sizeof(*text) : 0;
}

static const MI_Char *put_text(char **at, const MI_Char *text)
{
    size_t size = text_size(text);
    char *begin = *at;

    if (!text) return NULL;
    memcpy(begin, text, size);
    *at += size;
    return (const MI_Char *)(const void *)begin;
}

static struct mi_credentials *make(const struct mi_credentials *from)
{
    size_t size = sizeof(*from) + text_size(from->name) + text_size(from->type) + text_size(from->domain) +
                  text_size(from->user) + text_size(from->secret);
    struct mi_credentials *credentials = mi_alloc(size);
    char *at;

    if (!credentials) return NULL;
    at = (char *)(credentials + 1);
    *credentials = *from;
    credentials->next = NULL;
    credentials->size = size;
    credentials->name = put_text(&at, from->name);
    credentials->type = put_text(&at, from->type);
    credentials->domain = put_text(&at, from->domain);
    credentials->user = put_text(&at, from->user);
    credentials->secret = put_text(&at, from->secret);
    return credentials;
}

void mi_credentials_delete(struct mi_credentials *list)
{
    while (list)
    {
        struct mi_credentials *next = list->next;

        wipe(list, list->size);
        mi_free(list);
        list = next;
    }
}

bool mi_credentials_clone(const struct mi_credentials *list, struct mi_credentials **copy)
{
    for (; list; list = list->next)
    {
        *copy = make(list);
        if (!*copy) return false;
        copy = &(*copy)->next;
    }
    return true;
}

/* ---- Those of a set of options ----------------------------------------------------------------------------------- */

MI_Result mi_options_add_credentials(struct mi_options *options, const MI_Char *name,
                                     const MI_UserCredentials *credentials, MI_Uint32 flags)
{
    struct mi_credentials from = {.flags = flags, .name = name}, **last = &options->credentials;

    if (!name || !*name || !credentials || !credentials->authenticationType) return MI_RESULT_INVALID_PARAMETER;
    from.type = credentials->authenticationType;
    from.is_certificate = is_certificate_type(from.type);
    if (from.is_certificate)
        from.secret = credentials->credentials.certificateThumbprint;
    else if (is_user_type(from.type))
    {
        from.domain = credentials->credentials.usernamePassword.domain;
        from.user = credentials->credentials.usernamePassword.username;
        from.secret = credentials->credentials.usernamePassword.password;
    }
    else
        return MI_RESULT_INVALID_PARAMETER;
    if (from.is_certificate && !from.secret) return MI_RESULT_INVALID_PARAMETER;
    while (*last)
        last = &(*last)->next;
    *last = make(&from);
    return *last ? MI_RESULT_OK : MI_RESULT_SERVER_LIMITS_EXCEEDED;
}

MI_Uint32 mi_options_credentials_count(const struct mi_options *options)
{
    MI_Uint32 count = 0;

    for (const struct mi_credentials *at = options->credentials; at; at = at->next)
        count++;
    return count;
}

static const struct mi_credentials *credentials_at(const struct mi_options *options, MI_Uint32 index)
{
    const struct mi_credentials *at = options->credentials;

    while (at && index--)
        at = at->next;
    return at;
}

MI_Result mi_options_credentials_at(const struct mi_options *options, MI_Uint32 index, const MI_Char **name,
                                    MI_UserCredentials *credentials, MI_Uint32 *flags)
{
    const struct mi_credentials *at = credentials_at(options, index);

    if (!name || !credentials) return MI_RESULT_INVALID_PARAMETER;
    if (!at) return MI_RESULT_NO_SUCH_PROPERTY;
    memset(credentials, 0, sizeof(*credentials));
    *name = at->name;
    credentials->authenticationType = at->type;
    if (at->is_certificate)
        credentials->credentials.certificateThumbprint = at->secret;
    else
    {
        credentials->credentials.usernamePassword.domain = at->domain;
        credentials->credentials.usernamePassword.username = at->user;
        credentials->credentials.usernamePassword.password = at->secret ? HIDDEN : NULL;
    }
    if (flags) *flags = at->flags;
    return MI_RESULT_OK;
}

MI_Result mi_options_password_at(const struct mi_options *options, MI_Uint32 index, const MI_Char **name,
                                 MI_Char *password, MI_Uint32 length, MI_Uint32 *needed, MI_Uint32 *flags)
{
    const struct mi_credentials *at = credentials_at(options, index);
    size_t size;

    if (!name || !needed || (length && !password)) return MI_RESULT_INVALID_PARAMETER;
    if (!at) return MI_RESULT_NO_SUCH_PROPERTY;
    if (at->is_certificate || !at->secret) return MI_RESULT_INVALID_PARAMETER;
    size = mi_text_length(at->secret) + 1;
    *name = at->name;
    *needed = (MI_Uint32)size;
    if (flags) *flags = at->flags;
    if (!length) return MI_RESULT_OK;
    if (length < size) return MI_RESULT_FAILED;
    memcpy(password, at->secret, size * sizeof(*password));
    return MI_RESULT_OK;
}
