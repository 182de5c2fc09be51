/*
 * The handles of sessions and of what belongs to them, on libcork's handle table.
 */
#include "wsnmp32/session.h"

const struct cork_handle_type resource_types[] = {
    {"session", NULL, session_destroy}, {"entity", NULL, entity_destroy}, {"context", NULL, context_destroy},
    {"pdu", NULL, pdu_destroy},         {"vbl", NULL, vbl_destroy},
};

HANDLE resource_open(struct session *owner, enum resource_type type, struct resource *resource, SNMPAPI_STATUS *error)
{
    struct cork_pin pin;
    enum cork_result result;
    HANDLE handle;
    int closing;

    resource->owner = owner;
    resource->type = type;
    list_init(&resource->entry);
    session_ref(owner);
    result = cork_handle_open(app.table, type, resource, &resource->handle, &pin);
    if (result != CORK_OK)
    {
        *error = result == CORK_SHUT ? SNMPAPI_NOT_INITIALIZED : SNMPAPI_ALLOC_ERROR;
        resource_types[type - 1].destroy(resource);
        return NULL;
    }
    handle = resource->handle;
    cork_quick_lock(&owner->lock);
    closing = owner->closing;
    if (!closing) list_add_tail(&owner->resources, &resource->entry);
    cork_quick_unlock(&owner->lock);
    if (closing)
    {
        cork_handle_close(app.table, handle, type);
        *error = SNMPAPI_SESSION_INVALID;
        handle = NULL;
    }
    cork_pin_release(&pin);
    return handle;
}

void *resource_acquire(HANDLE handle, enum resource_type type, struct cork_pin *pin)
{
    return cork_handle_acquire(app.table, handle, type, pin);
}

void resource_release(struct cork_pin *pin)
{
    cork_pin_release(pin);
}

int resource_close(HANDLE handle, enum resource_type type)
{
    return cork_handle_close(app.table, handle, type) == CORK_OK;
}

void resource_gone(struct resource *resource)
{
    struct session *owner = resource->owner;

    cork_quick_lock(&owner->lock);
    list_remove(&resource->entry);
    cork_quick_unlock(&owner->lock);
    session_unref(owner);
}
