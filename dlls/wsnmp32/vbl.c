/*
 * Variable binding lists: handles for lists of names and values.
 *
 * Names and values are copied in and copied out. A PDU has a list of its own, a copy of the one it is given, so that a
 * list can be changed or freed whatever became of the PDUs made with it.
 */
#include "wsnmp32/descriptor.h"
#include "wsnmp32/smi.h"

CORK_TRACE_CHANNEL(wsnmp32);

/* ---- Life ------------------------------------------------------------------------------------------------------ */

HANDLE vbl_make(struct session *owner, struct snmp_varbind_list *list, SNMPAPI_STATUS *error)
{
    struct vbl *vbl = snmp_zalloc(sizeof(*vbl));

    if (!vbl)
    {
        snmp_varbind_list_free(list);
        *error = SNMPAPI_ALLOC_ERROR;
        return NULL;
    }
    vbl->list = *list;
    snmp_varbind_list_init(list);
    return resource_open(owner, TYPE_VBL, &vbl->resource, error);
}

void vbl_destroy(void *object)
{
    struct vbl *vbl = object;

    snmp_varbind_list_free(&vbl->list);
    resource_gone(&vbl->resource);
    snmp_free(vbl);
}

static SNMPAPI_STATUS list_error(enum snmp_list_status status)
{
    switch (status)
    {
    case SNMP_LIST_OK:
        return 0;
    case SNMP_LIST_NO_MEMORY:
        return SNMPAPI_ALLOC_ERROR;
    case SNMP_LIST_INDEX_INVALID:
        return SNMPAPI_INDEX_INVALID;
    case SNMP_LIST_NAME_INVALID:
        return SNMPAPI_OID_INVALID;
    case SNMP_LIST_SYNTAX_INVALID:
    case SNMP_LIST_VALUE_INVALID:
        return SNMPAPI_SYNTAX_INVALID;
    }
    return SNMPAPI_OTHER_ERROR;
}

/* The application's name and value into the list; either may be NULL, but for a new entry (index 0) the name. */
static SNMPAPI_STATUS set_entry(struct snmp_varbind_list *list, uint32_t index, smiLPCOID name, smiLPCVALUE value,
                                uint32_t *position)
{
    struct snmp_oid oid;
    struct snmp_value content = {.syntax = SNMP_VALUE_NULL};
    SNMPAPI_STATUS error;

    if (index > snmp_varbind_list_count(list)) return SNMPAPI_INDEX_INVALID;
    if (name || !index)
    {
        error = smi_read_oid(name, SNMP_OID_MIN_LENGTH, &oid);
        if (error) return error;
    }
    if (value && (error = smi_read_value(value, &content))) return error;
    return list_error(snmp_varbind_list_set(list, index, name ? &oid : NULL, &content, position));
}

/* The end of a function that makes a list for a session: releases the session. */
static HSNMP_VBL finish(struct session *owner, struct cork_pin *pin, struct snmp_varbind_list *list,
                        SNMPAPI_STATUS error)
{
    HANDLE handle = NULL;

    if (!error) handle = vbl_make(owner, list, &error);
    if (!handle)
    {
        snmp_varbind_list_free(list);
        fail(owner, error);
    }
    resource_release(pin);
    return handle;
}

/*
 * SnmpCreateVbl (nf-winsnmp-snmpcreatevbl; "Creating a Variable Binding List"): a new list, the session's, with one
 * entry, or empty where name is NULL, whatever value is. value NULL: an entry of syntax SNMP_SYNTAX_NULL. Both are
 * copied. SNMPAPI_SESSION_INVALID; SNMPAPI_OID_INVALID; SNMPAPI_SYNTAX_INVALID, also for contents that the syntax
 * cannot have; SNMPAPI_ALLOC_ERROR for a value that cannot be read, and for lack of memory. Any thread. The application
 * frees it with SnmpFreeVbl.
 */
HSNMP_VBL WINAPI SnmpCreateVbl(HSNMP_SESSION session, smiLPCOID name, smiLPCVALUE value)
{
    struct cork_pin pin;
    struct session *owner;
    struct snmp_varbind_list list;
    SNMPAPI_STATUS error = 0;

    RETURN_NULL_IF_NOT_STARTED();
    CORK_TRACE("session %p\n", session);
    owner = resource_acquire(session, TYPE_SESSION, &pin);
    if (!owner)
    {
        fail(NULL, SNMPAPI_SESSION_INVALID);
        return NULL;
    }
    snmp_varbind_list_init(&list);
    if (name) error = set_entry(&list, 0, name, value, NULL);
    return finish(owner, &pin, &list, error);
}

/*
 * SnmpDuplicateVbl (nf-winsnmp-snmpduplicatevbl): a copy, the session's, of a list of any session.
 * SNMPAPI_SESSION_INVALID; SNMPAPI_VBL_INVALID; SNMPAPI_ALLOC_ERROR. Any thread. The application frees it with
 * SnmpFreeVbl.
 */
HSNMP_VBL WINAPI SnmpDuplicateVbl(HSNMP_SESSION session, HSNMP_VBL vbl)
{
    struct cork_pin pin, source_pin;
    struct session *owner;
    struct vbl *source;
    struct snmp_varbind_list list;
    SNMPAPI_STATUS error = SNMPAPI_VBL_INVALID;

    RETURN_NULL_IF_NOT_STARTED();
    CORK_TRACE("session %p, vbl %p\n", session, vbl);
    owner = resource_acquire(session, TYPE_SESSION, &pin);
    if (!owner)
    {
        fail(NULL, SNMPAPI_SESSION_INVALID);
        return NULL;
    }
    snmp_varbind_list_init(&list);
    source = resource_acquire(vbl, TYPE_VBL, &source_pin);
    if (source)
    {
        cork_quick_lock(&source->lock);
        error = list_error(snmp_varbind_list_copy(&source->list, &list));
        cork_quick_unlock(&source->lock);
        resource_release(&source_pin);
    }
    return finish(owner, &pin, &list, error);
}

/*
 * SnmpFreeVbl (nf-winsnmp-snmpfreevbl): the handle is invalid from now on. PDUs have their own copy.
 * SNMPAPI_VBL_INVALID, for the second of two frees too. Any thread.
 */
SNMPAPI_STATUS WINAPI SnmpFreeVbl(HSNMP_VBL vbl)
{
    RETURN_IF_NOT_STARTED();
    CORK_TRACE("vbl %p\n", vbl);
    if (!resource_close(vbl, TYPE_VBL)) return fail(NULL, SNMPAPI_VBL_INVALID);
    return SNMPAPI_SUCCESS;
}

/* ---- Entries --------------------------------------------------------------------------------------------------- */

/*
 * SnmpCountVbl (nf-winsnmp-snmpcountvbl): the number of entries. SNMPAPI_VBL_INVALID; SNMPAPI_NOOP, with the failure's
 * 0, for a list without entries. Any thread.
 */
SNMPAPI_STATUS WINAPI SnmpCountVbl(HSNMP_VBL vbl)
{
    struct cork_pin pin;
    struct vbl *object;
    SNMPAPI_STATUS count;

    RETURN_IF_NOT_STARTED();
    object = resource_acquire(vbl, TYPE_VBL, &pin);
    if (!object) return fail(NULL, SNMPAPI_VBL_INVALID);
    cork_quick_lock(&object->lock);
    count = snmp_varbind_list_count(&object->list);
    cork_quick_unlock(&object->lock);
    if (!count) fail(object->resource.owner, SNMPAPI_NOOP);
    resource_release(&pin);
    return count;
}

static SNMPAPI_STATUS give_entry(const struct snmp_varbind *binding, smiLPOID name, smiLPVALUE value)
{
    SNMPAPI_STATUS error = smi_give_oid(&binding->name, name);

    if (error) return error;
    error = smi_give_value(&binding->value, value);
    if (error) descriptor_discard(name->ptr);
    return error;
}

/*
 * SnmpGetVb (nf-winsnmp-snmpgetvb): copies of the name and value of the entry at index, from 1 on, whose memory the
 * application frees with SnmpFreeDescriptor; they outlive the list. What the structures held before is ignored.
 * SNMPAPI_VBL_INVALID; SNMPAPI_ALLOC_ERROR, for a structure that cannot be written too; SNMPAPI_INDEX_INVALID. Any
 * thread.
 */
SNMPAPI_STATUS WINAPI SnmpGetVb(HSNMP_VBL vbl, smiUINT32 index, smiLPOID name, smiLPVALUE value)
{
    const struct snmp_varbind *binding;
    struct cork_pin pin;
    struct vbl *object;
    SNMPAPI_STATUS error;
    smiOID name_copy;
    smiVALUE value_copy;

    RETURN_IF_NOT_STARTED();
    object = resource_acquire(vbl, TYPE_VBL, &pin);
    if (!object) return fail(NULL, SNMPAPI_VBL_INVALID);
    if (!can_write(name, sizeof(*name)) || !can_write(value, sizeof(*value)))
        error = SNMPAPI_ALLOC_ERROR;
    else
    {
        cork_quick_lock(&object->lock);
        binding = snmp_varbind_list_get(&object->list, index);
        error = binding ? give_entry(binding, &name_copy, &value_copy) : SNMPAPI_INDEX_INVALID;
        cork_quick_unlock(&object->lock);
    }
    if (error)
        fail(object->resource.owner, error);
    else
    {
        *name = name_copy;
        *value = value_copy;
    }
    resource_release(&pin);
    return error ? SNMPAPI_FAILURE : SNMPAPI_SUCCESS;
}

/*
 * SnmpSetVb (nf-winsnmp-snmpsetvb): changes the entry at index, or appends one for index 0, and returns its position.
 * name NULL: only the value changes; value NULL: the value becomes one of syntax SNMP_SYNTAX_NULL. Both are copied.
 * SNMPAPI_VBL_INVALID; SNMPAPI_INDEX_INVALID; SNMPAPI_OID_INVALID, for NULL when appending too; SNMPAPI_SYNTAX_INVALID,
 * also for contents that the syntax cannot have; SNMPAPI_ALLOC_ERROR for a value that cannot be read, and for lack of
 * memory. On failure the list is as before. Any thread.
 */
SNMPAPI_STATUS WINAPI SnmpSetVb(HSNMP_VBL vbl, smiUINT32 index, smiLPCOID name, smiLPCVALUE value)
{
    struct cork_pin pin;
    struct vbl *object;
    SNMPAPI_STATUS error;
    uint32_t position = 0;

    RETURN_IF_NOT_STARTED();
    CORK_TRACE("vbl %p, index %u\n", vbl, (unsigned)index);
    object = resource_acquire(vbl, TYPE_VBL, &pin);
    if (!object) return fail(NULL, SNMPAPI_VBL_INVALID);
    cork_quick_lock(&object->lock);
    error = set_entry(&object->list, index, name, value, &position);
    cork_quick_unlock(&object->lock);
    if (error) fail(object->resource.owner, error);
    resource_release(&pin);
    return error ? SNMPAPI_FAILURE : position;
}

/*
 * SnmpDeleteVb (nf-winsnmp-snmpdeletevb): takes out the entry at index, from 1 on; those behind it move up.
 * SNMPAPI_VBL_INVALID; SNMPAPI_INDEX_INVALID. Any thread.
 */
SNMPAPI_STATUS WINAPI SnmpDeleteVb(HSNMP_VBL vbl, smiUINT32 index)
{
    struct cork_pin pin;
    struct vbl *object;
    SNMPAPI_STATUS error;

    RETURN_IF_NOT_STARTED();
    CORK_TRACE("vbl %p, index %u\n", vbl, (unsigned)index);
    object = resource_acquire(vbl, TYPE_VBL, &pin);
    if (!object) return fail(NULL, SNMPAPI_VBL_INVALID);
    cork_quick_lock(&object->lock);
    error = list_error(snmp_varbind_list_delete(&object->list, index));
    cork_quick_unlock(&object->lock);
    if (error) fail(object->resource.owner, error);
    resource_release(&pin);
    return error ? SNMPAPI_FAILURE : SNMPAPI_SUCCESS;
}
