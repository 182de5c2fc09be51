/* Operations for tests of faults. */
#include "rsm_actions.h"

uint32_t action_allocate(struct life *life)
{
    return allocate(&life->bench, &life->other_pool, NTMS_ALLOCATE_NEW | NTMS_ALLOCATE_ERROR_IF_UNAVAILABLE,
                    life->timeout, &life->offered);
}

uint32_t action_deallocate(struct life *life)
{
    return simple_number(&life->bench, RSM_DEALLOCATE, &life->offered, 0);
}

uint32_t action_mount(struct life *life)
{
    return mount(&life->bench, &life->media, NTMS_MOUNT_READ, life->timeout, &life->object);
}

uint32_t action_dismount(struct life *life)
{
    return dismount(&life->bench, &life->media, NTMS_DISMOUNT_IMMEDIATE);
}

/* ---- Media ---- */

static uint32_t create_media(struct life *life)
{
    struct host_decoder values;
    struct request request;
    uint32_t result;

    request_begin(&request, life->bench.session, RSM_CREATE_MEDIA);
    put_new_medium(&request.arguments, &life->pool, "NEW");
    host_put_u32(&request.arguments, NTMS_ERROR_ON_DUPLICATE);
    result = request_run(life->bench.rsm, 1, &request);
    if (!result)
    {
        values = request.values;
        host_get_u32(&values);
        host_get_u64(&values);
        host_get_u64(&values);
        host_get_guid(&values, &life->object);
        require(!values.error);
    }
    request_free(&request);
    return result;
}

static uint32_t delete_media(struct life *life)
{
    return simple(&life->bench, RSM_DELETE_MEDIA, &life->object);
}

static uint32_t complete(struct life *life)
{
    return simple(&life->bench, RSM_SET_COMPLETE, &life->offered);
}

/* Both in one pool. */
static uint32_t prepare_swap(struct life *life)
{
    uint32_t result = simple2(&life->bench, RSM_MOVE_TO_POOL, &life->medium, &life->pool);

    if (!result)
        result = allocate(&life->bench, &life->pool, NTMS_ALLOCATE_NEW | NTMS_ALLOCATE_ERROR_IF_UNAVAILABLE,
                          life->timeout, &life->offered);
    return result;
}

static uint32_t swap(struct life *life)
{
    return simple2(&life->bench, RSM_SWAP_MEDIA, &life->media, &life->offered);
}

static uint32_t undo_swap(struct life *life)
{
    uint32_t result = swap(life);

    if (!result) result = action_deallocate(life);
    if (!result) rsm_drain(life->bench.rsm);
    if (!result) result = simple2(&life->bench, RSM_MOVE_TO_POOL, &life->medium, &life->other_pool);
    return result;
}

static uint32_t change_type(struct life *life)
{
    return simple2(&life->bench, RSM_CHANGE_MEDIA_TYPE, &life->medium, &life->pool);
}

static uint32_t undo_change_type(struct life *life)
{
    return simple2(&life->bench, RSM_MOVE_TO_POOL, &life->medium, &life->other_pool);
}

/* ---- Drives ---- */

static uint32_t prepare_dismount(struct life *life)
{
    rsm_drain(life->bench.rsm);
    return action_mount(life);
}

static uint32_t dismount_drive(struct life *life)
{
    return simple(&life->bench, RSM_DISMOUNT_DRIVE, &life->object);
}

/* ---- Objects and requests ---- */

static uint32_t find_drive(struct life *life)
{
    life->object = first(&life->bench, &life->bench.library, NTMS_DRIVE);
    return 0;
}

static uint32_t set_enabled(struct life *life, uint32_t method)
{
    struct request request;
    uint32_t result;

    request_begin(&request, life->bench.session, method);
    host_put_u32(&request.arguments, NTMS_DRIVE);
    host_put_guid(&request.arguments, &life->object);
    result = request_run(life->bench.rsm, 1, &request);
    request_free(&request);
    return result;
}

static uint32_t disable(struct life *life)
{
    return set_enabled(life, RSM_DISABLE);
}

static uint32_t enable(struct life *life)
{
    rsm_drain(life->bench.rsm);
    return set_enabled(life, RSM_ENABLE);
}

/* Changes the library to what it is. */
static uint32_t set_information(struct life *life)
{
    struct request read, written;
    uint32_t result;

    request_begin(&read, life->bench.session, RSM_GET_INFORMATION);
    host_put_guid(&read.arguments, &life->bench.library);
    host_put_u32(&read.arguments, NTMS_LIBRARY);
    result = request_run(life->bench.rsm, 1, &read);
    request_begin(&written, life->bench.session, RSM_SET_INFORMATION);
    host_put_raw(&written.arguments, read.values.data, read.values.size);
    if (!result) result = request_run(life->bench.rsm, 1, &written);
    request_free(&written);
    request_free(&read);
    return result;
}

uint32_t action_ask(struct life *life)
{
    struct request request;
    uint32_t result;

    request_begin(&request, life->bench.session, RSM_SUBMIT_OPREQUEST);
    host_put_u32(&request.arguments, NTMS_OPREQ_MESSAGE);
    put_ascii(&request.arguments, "Do something.");
    host_put_guid(&request.arguments, NULL);
    host_put_guid(&request.arguments, NULL);
    result = request_run(life->bench.rsm, 1, &request);
    if (!result) host_get_guid(&request.values, &life->object);
    request_free(&request);
    return result;
}

static uint32_t satisfy(struct life *life)
{
    return simple(&life->bench, RSM_SATISFY_OPREQUEST, &life->object);
}

uint32_t action_refuse(struct life *life)
{
    return simple(&life->bench, RSM_CANCEL_OPREQUEST, &life->object);
}

/* All that have ended. */
static uint32_t delete_requests(struct life *life)
{
    struct request request;
    uint32_t result;

    request_begin(&request, life->bench.session, RSM_DELETE_REQUESTS);
    host_put_guid(&request.arguments, NULL);
    host_put_u32(&request.arguments, NTMS_LIBREQUEST);
    host_put_u32(&request.arguments, 1);
    result = request_run(life->bench.rsm, 1, &request);
    request_free(&request);
    return result;
}

/* So that there is one to delete. */
static uint32_t prepare_delete_requests(struct life *life)
{
    uint32_t result = simple_number(&life->bench, RSM_INVENTORY, &life->bench.library, NTMS_INVENTORY_FAST);

    rsm_drain(life->bench.rsm);
    return result;
}

static uint32_t set_destination(struct life *life, uint32_t operation)
{
    struct request request;
    uint32_t result;

    request_begin(&request, life->bench.session, RSM_SET_UI_OPTIONS);
    host_put_guid(&request.arguments, &life->bench.library);
    host_put_u32(&request.arguments, NTMS_UITYPE_INFO);
    host_put_u32(&request.arguments, operation);
    put_ascii(&request.arguments, "SOMEWHERE");
    result = request_run(life->bench.rsm, 1, &request);
    request_free(&request);
    return result;
}

static uint32_t add_destination(struct life *life)
{
    return set_destination(life, NTMS_UIDEST_ADD);
}

static uint32_t delete_destination(struct life *life)
{
    return set_destination(life, NTMS_UIDEST_DELETE);
}

static uint32_t make_pool(struct life *life)
{
    life->object = create_pool(&life->bench, "Another", &life->type);
    return 0;
}

static uint32_t delete_pool(struct life *life)
{
    return simple(&life->bench, RSM_DELETE_POOL, &life->object);
}

const struct action media_actions[] = {
    {"create media", NULL, create_media, delete_media},
    {"delete media", create_media, delete_media, NULL},
    {"deallocate", action_allocate, action_deallocate, NULL},
    {"set complete", action_allocate, complete, action_deallocate},
    {"swap", prepare_swap, swap, undo_swap},
    {"change media type", NULL, change_type, undo_change_type},
    {"dismount", prepare_dismount, action_dismount, NULL},
    {"dismount drive", prepare_dismount, dismount_drive, NULL},
    {"disable", find_drive, disable, enable},
    {"set information", NULL, set_information, NULL},
    {"satisfy operator request", action_ask, satisfy, NULL},
    {"refuse operator request", action_ask, action_refuse, NULL},
    {"delete requests", prepare_delete_requests, delete_requests, NULL},
    {"add destination", NULL, add_destination, delete_destination},
    {"delete pool", make_pool, delete_pool, NULL},
    {NULL, NULL, NULL, NULL},
};
