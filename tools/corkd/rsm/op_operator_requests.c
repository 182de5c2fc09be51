/* Operator requests: SubmitNtmsOperatorRequest, WaitForNtmsOperatorRequest, CancelNtmsOperatorRequest,
 * SatisfyNtmsOperatorRequest. */
#include "rsm/engine.h"

/* ---- SubmitNtmsOperatorRequest ---- */

/* What the arguments of each kind have to be, and what has to be allowed on the first. NTMS_UNKNOWN ends a list; an
 * argument with an empty list is not looked at. */
static const struct
{
    uint32_t first[5], second[2];
    bool second_needed;
} kinds[] = {
    [NTMS_OPREQ_NEWMEDIA] = {{NTMS_MEDIA_POOL}, {NTMS_LIBRARY}, false},
    [NTMS_OPREQ_CLEANER] = {{NTMS_LIBRARY, NTMS_STORAGESLOT}, {0}, false},
    [NTMS_OPREQ_DEVICESERVICE] = {{NTMS_IEDOOR, NTMS_LIBRARY, NTMS_PHYSICAL_MEDIA, NTMS_DRIVE}, {0}, false},
    [NTMS_OPREQ_MOVEMEDIA] = {{NTMS_PHYSICAL_MEDIA}, {NTMS_LIBRARY}, true},
    [NTMS_OPREQ_MESSAGE] = {{0}, {0}, false},
};

static uint32_t check_argument(struct rsm *rsm, const struct guid *id, const uint32_t *types, bool needed)
{
    uint32_t type = object_type(rsm, id);

    if (guid_is_null(id)) return needed && *types ? ERROR_INVALID_PARAMETER : 0;
    if (!type) return ERROR_OBJECT_NOT_FOUND;
    if (!*types) return 0;
    for (; *types; types++)
        if (*types == type) return 0;
    return ERROR_INVALID_PARAMETER;
}

/* A device's own security is its library's, that of a medium which is to be served its library's too. */
static uint32_t check_access(struct operation *operation, uint32_t request, const struct guid *arg1)
{
    struct rsm *rsm = operation->rsm;
    struct guid object = *arg1;

    if (request == NTMS_OPREQ_MESSAGE) return access_check(rsm, operation->session, &rsm->computer, NTMS_USE_ACCESS);
    if (request == NTMS_OPREQ_DEVICESERVICE && object_type(rsm, arg1) == NTMS_PHYSICAL_MEDIA)
        object = db_id(&rsm->db, "SELECT library FROM medium WHERE id=?", "g", arg1);
    return access_check(rsm, operation->session, &object, NTMS_CONTROL_ACCESS);
}

uint32_t op_submit_opreq(struct operation *operation)
{
    struct rsm *rsm = operation->rsm;
    char message[4 * NTMS_MESSAGE_LENGTH];
    struct guid arg1, arg2, id;
    bool too_long = false;
    uint32_t request, error;

    request = host_get_u32(operation->arguments);
    get_text(operation->arguments, message, sizeof(message), NTMS_MESSAGE_LENGTH, &too_long);
    host_get_guid(operation->arguments, &arg1);
    host_get_guid(operation->arguments, &arg2);
    if (arguments_end(operation)) return RSM_MALFORMED;
    if (request < NTMS_OPREQ_NEWMEDIA || request > NTMS_OPREQ_MESSAGE) return ERROR_INVALID_PARAMETER;
    if (too_long) return ERROR_MESSAGE_EXCEEDS_MAX;
    error = check_argument(rsm, &arg1, kinds[request].first, true);
    if (!error) error = check_argument(rsm, &arg2, kinds[request].second, kinds[request].second_needed);
    if (!error) error = check_access(operation, request, &arg1);
    if (error) return error;
    id = opreq_add(rsm, operation->session, request, message, &arg1, &arg2);
    host_put_guid(operation->values, &id);
    return 0;
}

/* ---- The others ---- */

static uint32_t poll_opreq(struct rsm *rsm, struct rsm_call *call, struct host_encoder *values)
{
    (void)values;
    if (object_type(rsm, &call->opreq) != NTMS_OPREQUEST) return ERROR_OBJECT_NOT_FOUND; /* it was deleted */
    switch (db_number(&rsm->db, "SELECT state FROM opreq WHERE id=?", "g", &call->opreq))
    {
    case NTMS_OPSTATE_COMPLETE:
        return 0;
    case NTMS_OPSTATE_REFUSED:
        return ERROR_CANCELLED;
    default:
        return RSM_PENDING;
    }
}

uint32_t op_wait_opreq(struct operation *operation)
{
    struct rsm_call *call = operation->call;
    uint32_t timeout;

    host_get_guid(operation->arguments, &call->opreq);
    timeout = host_get_u32(operation->arguments);
    if (arguments_end(operation)) return RSM_MALFORMED;
    if (object_type(operation->rsm, &call->opreq) != NTMS_OPREQUEST) return ERROR_OBJECT_NOT_FOUND;
    call->poll = poll_opreq;
    call_timeout(call, timeout, ERROR_TIMEOUT);
    return RSM_PENDING;
}

/* `ended` is what the function's page has for a request that has been completed or cancelled before. */
static uint32_t end_opreq(struct operation *operation, uint32_t state, uint32_t ended)
{
    struct guid id;

    host_get_guid(operation->arguments, &id);
    if (arguments_end(operation)) return RSM_MALFORMED;
    if (object_type(operation->rsm, &id) != NTMS_OPREQUEST) return ERROR_OBJECT_NOT_FOUND;
    if (!db_number(&operation->rsm->db, "SELECT state IN (1, 2, 3) FROM opreq WHERE id=?", "g", &id)) return ended;
    opreq_end(operation->rsm, &id, state);
    return 0;
}

uint32_t op_cancel_opreq(struct operation *operation)
{
    return end_opreq(operation, NTMS_OPSTATE_REFUSED, ERROR_INVALID_STATE);
}

/* What an operator has brought may lie in a library that has not looked: the one that the request names as its second
 * argument, else any, takes an inventory, unless it has one before it anyway. */
uint32_t op_satisfy_opreq(struct operation *operation)
{
    struct rsm *rsm = operation->rsm;
    struct host_decoder ahead = *operation->arguments;
    struct guid id, named;
    uint32_t error, kind;

    host_get_guid(&ahead, &id);
    error = end_opreq(operation, NTMS_OPSTATE_COMPLETE, ERROR_OBJECT_NOT_FOUND);
    if (error) return error;
    kind = (uint32_t)db_number(&rsm->db, "SELECT request FROM opreq WHERE id=?", "g", &id);
    if (kind != NTMS_OPREQ_NEWMEDIA && kind != NTMS_OPREQ_MOVEMEDIA && kind != NTMS_OPREQ_CLEANER) return 0;
    named = db_id(&rsm->db, "SELECT arg2 FROM opreq WHERE id=? AND arg2_type=?", "gi", &id, (long long)NTMS_LIBRARY);
    for (struct library *library = rsm->libraries; library; library = library->next)
    {
        struct libreq request = {.op = NTMS_LM_INVENTORY, .option = NTMS_INVENTORY_FAST, .library = library->id};

        if (!guid_is_null(&named) && !guid_equal(&named, &library->id)) continue;
        if (!object_enabled(rsm, &library->id) ||
            db_number(&rsm->db, "SELECT EXISTS(SELECT 1 FROM libreq WHERE library=? AND op=8 AND state=0)", "g",
                      &library->id))
            continue;
        libreq_add(rsm, operation->session, &request);
    }
    return 0;
}
