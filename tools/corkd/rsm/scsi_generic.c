/* SCSI commands through a device node of Linux, by sgutils' pass-through (SG_IO). */
#include <errno.h>
#include <fcntl.h>
#include <scsi/sg_lib.h>
#include <scsi/sg_pt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "rsm/scsi_transport.h"
#include "win_error.h"

struct scsi_generic
{
    struct scsi_transport base;
    int fd; /* -1: closed */
    char path[256];
};

static uint32_t error_of(int code)
{
    switch (code)
    {
    case EACCES:
    case EPERM:
        return ERROR_ACCESS_DENIED;
    case ENOMEM:
        return ERROR_NOT_ENOUGH_MEMORY;
    case ETIMEDOUT:
        return ERROR_TIMEOUT;
    default:
        return ERROR_DEVICE_NOT_AVAILABLE;
    }
}

static void note(struct scsi_generic *generic, const char *reason)
{
    snprintf(generic->base.message, sizeof(generic->base.message), "%.100s: %.120s", generic->path, reason);
}

static uint32_t open_node(struct scsi_generic *generic)
{
    int fd = scsi_pt_open_flags(generic->path, O_RDWR | O_NONBLOCK | O_CLOEXEC, 0);

    if (fd < 0)
    {
        note(generic, strerror(-fd));
        return error_of(-fd);
    }
    generic->fd = fd;
    generic->base.connections++;
    return 0;
}

static void close_node(struct scsi_generic *generic)
{
    if (generic->fd >= 0) scsi_pt_close_device(generic->fd);
    generic->fd = -1;
}

static void take_results(const struct sg_pt_base *object, struct scsi_command *command)
{
    int sense = get_scsi_pt_sense_len(object), residual = get_scsi_pt_resid(object);

    command->status = (uint8_t)get_scsi_pt_status_response(object);
    command->sense_size = sense < 0 ? 0 : sense > SCSI_SENSE_MAX ? SCSI_SENSE_MAX : (uint32_t)sense;
    /* Some adapters leave the status out where there is sense data. */
    if (get_scsi_pt_result_category(object) == SCSI_PT_RESULT_SENSE) command->status = SCSI_CHECK_CONDITION;
    command->transferred = command->size;
    if (residual > 0) command->transferred = (uint32_t)residual < command->size ? command->size - residual : 0;
}

/* Whether the unit has answered. */
static uint32_t category_error(struct scsi_generic *generic, const struct sg_pt_base *object)
{
    char text[128] = "";
    int code;

    switch (get_scsi_pt_result_category(object))
    {
    case SCSI_PT_RESULT_GOOD:
    case SCSI_PT_RESULT_STATUS:
    case SCSI_PT_RESULT_SENSE:
        return 0;
    case SCSI_PT_RESULT_TRANSPORT_ERR:
        code = get_scsi_pt_transport_err(object);
        get_scsi_pt_transport_err_str(object, sizeof(text), text);
        note(generic, text);
        close_node(generic);
        return code == 3 /* DID_TIME_OUT */ ? ERROR_TIMEOUT : ERROR_DEVICE_NOT_AVAILABLE;
    default:
        code = get_scsi_pt_os_err(object);
        note(generic, strerror(code));
        close_node(generic);
        return error_of(code);
    }
}

static uint32_t generic_execute(struct scsi_transport *transport, uint32_t unit, struct scsi_command *command)
{
    struct scsi_generic *generic = (struct scsi_generic *)transport;
    uint32_t error = generic->fd < 0 ? open_node(generic) : 0;
    struct sg_pt_base *object;
    int result;

    (void)unit;
    if (error) return error;
    object = construct_scsi_pt_obj_with_fd(generic->fd, 0);
    if (!object) return ERROR_NOT_ENOUGH_MEMORY;
    command->sense_size = 0;
    set_scsi_pt_cdb(object, command->cdb, (int)command->cdb_size);
    set_scsi_pt_sense(object, command->sense, SCSI_SENSE_MAX);
    if (command->direction == SCSI_DATA_IN)
    {
        memset(command->data, 0, command->size);
        set_scsi_pt_data_in(object, command->data, (int)command->size);
    }
    else if (command->direction == SCSI_DATA_OUT)
        set_scsi_pt_data_out(object, command->data, (int)command->size);
    result = do_scsi_pt(object, generic->fd, (int)((command->timeout_ms + 999) / 1000), 0);
    if (result)
    {
        error = result < 0 ? error_of(-result) : result == SCSI_PT_DO_TIMEOUT ? ERROR_TIMEOUT : ERROR_NOT_SUPPORTED;
        note(generic, result < 0 ? strerror(-result) : "the command could not be sent");
        if (result < 0) close_node(generic);
    }
    else
        error = category_error(generic, object);
    if (!error) take_results(object, command);
    destruct_scsi_pt_obj(object);
    return error;
}

static void generic_close(struct scsi_transport *transport)
{
    close_node((struct scsi_generic *)transport);
    free(transport);
}

static const struct scsi_transport_kind generic_kind = {.execute = generic_execute, .close = generic_close};

uint32_t scsi_generic_open(const char *path, uint32_t limit_ms, struct scsi_transport **transport, char *message,
                           size_t size)
{
    struct scsi_generic *generic = calloc(1, sizeof(*generic));
    uint32_t error;

    if (!generic) return ERROR_NOT_ENOUGH_MEMORY;
    generic->base.kind = &generic_kind;
    generic->base.limit_ms = limit_ms;
    generic->fd = -1;
    if (path[0] != '/' || snprintf(generic->path, sizeof(generic->path), "%s", path) >= (int)sizeof(generic->path))
    {
        snprintf(message, size, "a device node is named by its absolute path");
        free(generic);
        return ERROR_INVALID_NAME;
    }
    error = open_node(generic);
    if (error)
    {
        snprintf(message, size, "%s", generic->base.message);
        free(generic);
        return error;
    }
    *transport = &generic->base;
    return 0;
}
