/* SCSI commands to the units of an iSCSI target, by libiscsi. Each step has a deadline of Cork's own: a target that
 * hangs in any of them has its connection closed. */
#include <iscsi/iscsi.h>
#include <iscsi/scsi-lowlevel.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "rsm/scsi_transport.h"
#include "win_error.h"

/* What the library's callback has said. */
struct outcome
{
    bool done;
    int status;
};

struct scsi_iscsi
{
    struct scsi_transport base;
    struct iscsi_url *url;
    struct iscsi_context *context; /* NULL: not connected */
    struct outcome connecting;     /* as long as the context: the library may call back later */
    char initiator[224];
};

static uint64_t now_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

static void disconnect(struct scsi_iscsi *iscsi)
{
    if (iscsi->context) iscsi_destroy_context(iscsi->context);
    iscsi->context = NULL;
}

static void note_failure(struct scsi_iscsi *iscsi, const char *what)
{
    const char *reason = iscsi->context ? iscsi_get_error(iscsi->context) : "";
    size_t length;

    snprintf(iscsi->base.message, sizeof(iscsi->base.message), "%.100s: %s%s%.120s", iscsi->url->portal, what,
             reason[0] ? ": " : "", reason);
    length = strlen(iscsi->base.message);
    while (length && iscsi->base.message[length - 1] == '\n')
        iscsi->base.message[--length] = 0;
}

/* Lets the library work until `outcome` is done. False: the connection failed or the time is over; then the connection
 * is of no more use. */
static bool service(struct scsi_iscsi *iscsi, const struct outcome *outcome, uint64_t deadline)
{
    while (!outcome->done)
    {
        struct pollfd fd = {.fd = iscsi_get_fd(iscsi->context), .events = (short)iscsi_which_events(iscsi->context)};
        uint64_t now = now_ms();

        if (fd.fd < 0 || now >= deadline) return false;
        if (poll(&fd, 1, deadline - now > 1000 ? 1000 : (int)(deadline - now)) < 0) continue; /* a signal */
        if (fd.revents && iscsi_service(iscsi->context, fd.revents) < 0) return outcome->done;
    }
    return true;
}

/* ---- Connecting ---- */

static void on_connected(struct iscsi_context *context, int status, void *data, void *private_data)
{
    struct outcome *outcome = private_data;

    (void)context;
    (void)data;
    outcome->done = true;
    outcome->status = status;
}

static bool make_context(struct scsi_iscsi *iscsi)
{
    const struct iscsi_url *url = iscsi->url;

    iscsi->context = iscsi_create_context(iscsi->initiator);
    if (!iscsi->context) return false;
    iscsi_set_noautoreconnect(iscsi->context, 1);
    return !iscsi_set_targetname(iscsi->context, url->target) &&
           !iscsi_set_session_type(iscsi->context, ISCSI_SESSION_NORMAL) &&
           !iscsi_set_header_digest(iscsi->context, ISCSI_HEADER_DIGEST_NONE_CRC32C) &&
           (!url->user[0] || !iscsi_set_initiator_username_pwd(iscsi->context, url->user, url->passwd)) &&
           (!url->target_user[0] ||
            !iscsi_set_target_username_pwd(iscsi->context, url->target_user, url->target_passwd));
}

/* Its connection and its login, one after the other: what does both at once leaks where it is given up. */
static bool log_in(struct scsi_iscsi *iscsi, struct outcome *outcome, uint64_t deadline, const char **step)
{
    *step = "no connection";
    if (iscsi_connect_async(iscsi->context, iscsi->url->portal, on_connected, outcome) ||
        !service(iscsi, outcome, deadline) || outcome->status != SCSI_STATUS_GOOD)
        return false;
    *step = "cannot log in";
    outcome->done = false;
    return !iscsi_login_async(iscsi->context, on_connected, outcome) && service(iscsi, outcome, deadline) &&
           outcome->status == SCSI_STATUS_GOOD;
}

static uint32_t connect_target(struct scsi_iscsi *iscsi)
{
    uint32_t limit =
        iscsi->base.limit_ms && iscsi->base.limit_ms < SCSI_CONNECT_MS ? iscsi->base.limit_ms : SCSI_CONNECT_MS;
    const char *step = "";
    bool refused;

    if (!make_context(iscsi))
    {
        disconnect(iscsi);
        return ERROR_NOT_ENOUGH_MEMORY;
    }
    iscsi->connecting = (struct outcome){0};
    if (log_in(iscsi, &iscsi->connecting, now_ms() + limit, &step))
    {
        iscsi->base.connections++;
        return 0;
    }
    note_failure(iscsi, step);
    /* The classes of login responses: 2 is the initiator's fault, authentication and authorization among it. */
    refused = strstr(iscsi->base.message, "uthenticat") || strstr(iscsi->base.message, "uthoriz");
    disconnect(iscsi);
    return refused ? ERROR_ACCESS_DENIED : ERROR_DEVICE_NOT_AVAILABLE;
}

/* A connection that the target has closed meanwhile is noticed before a command is lost in it. */
static bool still_connected(struct scsi_iscsi *iscsi)
{
    struct pollfd fd;

    if (!iscsi->context) return false;
    for (int i = 0; i < 16; i++) /* what the target has sent by itself: NOP-In, asynchronous messages */
    {
        fd = (struct pollfd){.fd = iscsi_get_fd(iscsi->context), .events = POLLIN};
        if (fd.fd < 0) return false;
        if (poll(&fd, 1, 0) <= 0) return true;
        if (fd.revents & (POLLERR | POLLHUP | POLLNVAL) || iscsi_service(iscsi->context, fd.revents) < 0) return false;
        if (!iscsi_is_logged_in(iscsi->context)) return false;
    }
    return true;
}

/* ---- Commands ---- */

static void on_answered(struct iscsi_context *context, int status, void *data, void *private_data)
{
    on_connected(context, status, data, private_data);
}

/* What the task came to. Sense data come behind their length. */
static void take_results(const struct scsi_task *task, struct scsi_command *command)
{
    command->status = (uint8_t)task->status;
    command->transferred = command->size;
    if (task->residual_status == SCSI_RESIDUAL_UNDERFLOW)
        command->transferred = task->residual < command->size ? command->size - (uint32_t)task->residual : 0;
    if (command->status == SCSI_CHECK_CONDITION && task->datain.data && task->datain.size > 2)
    {
        uint32_t size = (uint32_t)task->datain.size - 2,
                 said = (uint32_t)task->datain.data[0] << 8 | task->datain.data[1];

        if (said < size) size = said;
        if (size > SCSI_SENSE_MAX) size = SCSI_SENSE_MAX;
        memcpy(command->sense, task->datain.data + 2, size);
        command->sense_size = size;
    }
}

static uint32_t run_task(struct scsi_iscsi *iscsi, uint32_t unit, struct scsi_command *command, struct scsi_task *task)
{
    struct iscsi_data out = {.size = command->size, .data = command->data};
    struct outcome outcome = {0};
    bool timed_out;

    if (command->direction == SCSI_DATA_IN)
    {
        memset(command->data, 0, command->size);
        if (scsi_task_add_data_in_buffer(task, (int)command->size, command->data)) return ERROR_NOT_ENOUGH_MEMORY;
    }
    if (!iscsi_scsi_command_async(iscsi->context, (int)unit, task, on_answered,
                                  command->direction == SCSI_DATA_OUT ? &out : NULL, &outcome) &&
        service(iscsi, &outcome, now_ms() + command->timeout_ms) && outcome.status >= 0 && outcome.status <= 0xff)
    {
        take_results(task, command);
        return 0;
    }
    timed_out = !outcome.done && iscsi_get_fd(iscsi->context) >= 0;
    note_failure(iscsi, timed_out ? "no answer" : "connection lost");
    /* The context still knows the task: it goes first, and calls back as it does. */
    disconnect(iscsi);
    return timed_out ? ERROR_TIMEOUT : ERROR_DEVICE_NOT_AVAILABLE;
}

static uint32_t iscsi_execute(struct scsi_transport *transport, uint32_t unit, struct scsi_command *command)
{
    static const int directions[] = {SCSI_XFER_NONE, SCSI_XFER_READ, SCSI_XFER_WRITE};
    struct scsi_iscsi *iscsi = (struct scsi_iscsi *)transport;
    struct scsi_task *task;
    uint32_t error = 0;

    command->sense_size = 0;
    if (!still_connected(iscsi))
    {
        disconnect(iscsi);
        error = connect_target(iscsi);
    }
    if (error) return error;
    task = scsi_create_task((int)command->cdb_size, command->cdb, directions[command->direction],
                            command->direction == SCSI_NO_DATA ? 0 : (int)command->size);
    if (!task) return ERROR_NOT_ENOUGH_MEMORY;
    error = run_task(iscsi, unit, command, task);
    scsi_free_scsi_task(task);
    return error;
}

static void iscsi_close(struct scsi_transport *transport)
{
    struct scsi_iscsi *iscsi = (struct scsi_iscsi *)transport;
    struct outcome outcome = {0};

    if (iscsi->context && still_connected(iscsi) && !iscsi_logout_async(iscsi->context, on_connected, &outcome))
        service(iscsi, &outcome, now_ms() + 2000);
    disconnect(iscsi);
    iscsi_destroy_url(iscsi->url);
    free(iscsi);
}

static const struct scsi_transport_kind iscsi_kind = {.execute = iscsi_execute, .close = iscsi_close};

static void own_name(char *name, size_t size)
{
    char host[128] = "";

    gethostname(host, sizeof(host) - 1);
    for (char *c = host; *c; c++) /* RFC 3722: letters, digits, '-', '.', ':' */
        if (*c >= 'A' && *c <= 'Z')
            *c |= 0x20;
        else if (!((*c >= 'a' && *c <= 'z') || (*c >= '0' && *c <= '9') || *c == '-' || *c == '.'))
            *c = '-';
    snprintf(name, size, "iqn.2026-01.invalid.cork:%s", host[0] ? host : "host");
}

uint32_t scsi_iscsi_open(const char *url, const char *initiator, uint32_t limit_ms, struct scsi_transport **transport,
                         uint32_t *unit, char *message, size_t size)
{
    struct scsi_iscsi *iscsi = calloc(1, sizeof(*iscsi));
    uint32_t error;

    if (!iscsi) return ERROR_NOT_ENOUGH_MEMORY;
    iscsi->base.kind = &iscsi_kind;
    iscsi->base.limit_ms = limit_ms;
    if (initiator[0])
        snprintf(iscsi->initiator, sizeof(iscsi->initiator), "%s", initiator);
    else
        own_name(iscsi->initiator, sizeof(iscsi->initiator));
    iscsi->url = iscsi_parse_full_url(NULL, url);
    if (!iscsi->url || iscsi->url->lun < 0)
    {
        snprintf(message, size, "an iSCSI unit is named iscsi://[user[%%password]@]host[:port]/target/unit");
        if (iscsi->url) iscsi_destroy_url(iscsi->url);
        free(iscsi);
        return ERROR_INVALID_NAME;
    }
    error = connect_target(iscsi);
    if (error)
    {
        snprintf(message, size, "%s", iscsi->base.message);
        iscsi_close(&iscsi->base);
        return error;
    }
    *unit = (uint32_t)iscsi->url->lun;
    *transport = &iscsi->base;
    return 0;
}
