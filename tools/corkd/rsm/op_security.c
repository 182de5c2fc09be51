/* GetNtmsObjectSecurity, SetNtmsObjectSecurity: the security descriptors of libraries, media pools and the computer. */
#include "rsm/engine.h"

#include <stdlib.h>

#include "rsm/security_descriptor.h"

/* The object, which has to be one that has security of its own. */
static uint32_t check_secured(struct rsm *rsm, const struct guid *id, uint32_t type)
{
    uint32_t error = check_object(rsm, id, type), found = object_type(rsm, id);

    if (error) return error;
    return found == NTMS_LIBRARY || found == NTMS_MEDIA_POOL || found == NTMS_COMPUTER ? 0
                                                                                       : ERROR_NO_SECURITY_ON_OBJECT;
}

/* The caller's privilege to see or change the system's list is its own matter: the DLL has checked it. */
uint32_t op_get_security(struct operation *operation)
{
    struct rsm *rsm = operation->rsm;
    uint32_t type, parts, capacity, error;
    uint8_t *whole, *asked = NULL;
    struct guid id;
    size_t size;

    host_get_guid(operation->arguments, &id);
    type = host_get_u32(operation->arguments);
    parts = host_get_u32(operation->arguments);
    capacity = host_get_u32(operation->arguments);
    if (arguments_end(operation)) return RSM_MALFORMED;
    error = check_secured(rsm, &id, type);
    if (!error) error = access_check(rsm, operation->session, &id, RIGHT_READ_CONTROL);
    if (error) return error;
    whole = access_descriptor(rsm, &id, &size);
    if (whole) asked = descriptor_merge(NULL, whole, parts, &size);
    error = asked ? put_sized(operation, asked, size, capacity) : ERROR_NOT_ENOUGH_MEMORY;
    free(whole);
    free(asked);
    return error;
}

/* "the application must have WRITE_DAC permission or be the owner of the object" */
static uint32_t rights_to_change(uint32_t parts)
{
    return (parts & PART_DACL ? RIGHT_WRITE_DAC : 0) | (parts & (PART_OWNER | PART_GROUP) ? RIGHT_WRITE_OWNER : 0);
}

uint32_t op_set_security(struct operation *operation)
{
    struct rsm *rsm = operation->rsm;
    uint8_t *whole, *changed = NULL;
    const uint8_t *descriptor;
    uint32_t type, parts, error;
    struct guid id;
    size_t size;

    host_get_guid(operation->arguments, &id);
    type = host_get_u32(operation->arguments);
    parts = host_get_u32(operation->arguments);
    descriptor = host_get_bytes(operation->arguments, &size);
    if (arguments_end(operation)) return RSM_MALFORMED;
    if (!descriptor_is_valid(descriptor, size)) return ERROR_INVALID_SECURITY_DESCR;
    error = check_secured(rsm, &id, type);
    if (!error) error = access_check(rsm, operation->session, &id, rights_to_change(parts));
    if (error) return error;
    whole = access_descriptor(rsm, &id, &size);
    if (whole) changed = descriptor_merge(whole, descriptor, parts, &size);
    if (changed)
        db_run(&rsm->db, "INSERT OR REPLACE INTO security VALUES(?, ?)", "gb", &id, changed, size);
    else
        error = ERROR_NOT_ENOUGH_MEMORY;
    free(whole);
    free(changed);
    if (!error) object_touch(rsm, &id);
    return error;
}
