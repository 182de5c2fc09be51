/*
 * The trap port that all processes of the prefix share: corkd owns it, and every process gets every datagram.
 */
#include "common/host_channel.h"
#include "wsnmp32/trap.h"
#include "wsnmp32/trap_service.h"

CORK_TRACE_CHANNEL(wsnmp32);

#define REQUEST_MS 10000

/* Over what follows; never held while a datagram is delivered. */
static SRWLOCK state_lock = SRWLOCK_INIT;
static int listening, fell_back; /* fell_back: this process listens itself, because corkd has gone for good */
static uint16_t port;
static uint64_t connection; /* by which corkd sends; 0: none yet */

/* `by`: the connection that it goes by; 0: any, and corkd is started where it does not run. */
static enum host_call_status request(enum trap_method method, const struct host_encoder *arguments, uint64_t by,
                                     uint32_t *result)
{
    struct host_call call;
    struct host_reply reply;

    host_call_init(&call, TRAP_SERVICE, method, arguments, REQUEST_MS);
    call.connection = by;
    host_call(&call, &reply);
    if (reply.status == HOST_CALL_OK && method == TRAP_LISTEN)
        __atomic_store_n(&connection, reply.connection, __ATOMIC_RELAXED);
    *result = reply.code;
    if (reply.status != HOST_CALL_OK) CORK_WARN("no answer from corkd (%d) %s\n", reply.status, reply.text);
    host_reply_free(&reply);
    return reply.status;
}

static enum host_call_status request_port(enum trap_method method, uint64_t by, uint32_t *result)
{
    struct host_encoder arguments;
    enum host_call_status status;

    host_encoder_init(&arguments);
    host_put_u16(&arguments, port);
    status = request(method, &arguments, by, result);
    host_encoder_free(&arguments);
    return status;
}

/* ---- Datagrams ---- */

static int get_address(struct host_decoder *values, union address *address)
{
    uint8_t family = host_get_u8(values), bytes[16];
    uint16_t number = host_get_u16(values);
    uint32_t scope = host_get_u32(values);

    memset(address, 0, sizeof(*address));
    host_get_guid(values, bytes); /* sixteen bytes, as a GUID is */
    if (family != 4 && family != 6) return 0;
    address->any.sa_family = family == 6 ? AF_INET6 : AF_INET;
    if (family == 6)
    {
        memcpy(&address->in6.sin6_addr, bytes, 16);
        address->in6.sin6_scope_id = scope;
    }
    else
        memcpy(&address->in4.sin_addr, bytes, 4);
    address_set_port(address, number);
    return 1;
}

/* corkd sends it, if no other process was first: where several want an inform it is acknowledged once. */
static void answer(void *context, const union address *to, const uint8_t *data, size_t size)
{
    struct host_encoder arguments;
    uint32_t result;

    (void)to;
    host_encoder_init(&arguments);
    host_put_u64(&arguments, *(const uint64_t *)context);
    host_put_bytes(&arguments, data, size);
    request(TRAP_ANSWER, &arguments, __atomic_load_n(&connection, __ATOMIC_RELAXED), &result);
    host_encoder_free(&arguments);
}

static void event(void *context, uint32_t code, struct host_decoder *values)
{
    struct trap_datagram datagram = {.answer = answer};
    union address from, to;
    uint64_t number = host_get_u64(values);
    uint16_t at = host_get_u16(values);
    int known = get_address(values, &from) & get_address(values, &to);

    (void)context;
    datagram.data = host_get_bytes(values, &datagram.size);
    if (code != TRAP_DATAGRAM || !known || host_decoder_finish(values, true) != HOST_OK) return;
    AcquireSRWLockShared(&state_lock);
    known = listening && !fell_back && at == port;
    ReleaseSRWLockShared(&state_lock);
    if (!known) return;
    datagram.from = &from;
    datagram.to = &to;
    datagram.context = &number;
    trap_datagram_received(&datagram);
}

/* corkd was killed: what came meanwhile is lost, as UDP may lose it; what comes from now on is not. */
static void lost(void *context)
{
    uint32_t result;

    (void)context;
    AcquireSRWLockExclusive(&state_lock);
    if (listening && !fell_back && (request_port(TRAP_LISTEN, 0, &result) != HOST_CALL_OK || result != TRAP_OK))
    {
        fell_back = trap_source_may_fall_back() && trap_port.start() == SNMPAPI_SUCCESS;
        if (!fell_back) CORK_ERR("corkd has gone: no traps come any more\n");
    }
    ReleaseSRWLockExclusive(&state_lock);
}

static struct host_subscription subscription = {.service = TRAP_SERVICE, .event = event, .lost = lost};

/* ---- Start and end ---- */

static SNMPAPI_STATUS status_error(enum host_call_status status)
{
    return status == HOST_CALL_NO_MEMORY ? SNMPAPI_ALLOC_ERROR : SNMPAPI_TL_NOT_AVAILABLE;
}

static SNMPAPI_STATUS result_error(uint32_t result)
{
    if (result == TRAP_OK) return SNMPAPI_SUCCESS;
    CORK_WARN("UDP port %u is not to be had (%u); the setting TrapPort names another\n", port, (unsigned)result);
    if (result == TRAP_IN_USE || result == TRAP_NOT_ALLOWED) return SNMPAPI_TL_IN_USE;
    return result == TRAP_NO_MEMORY ? SNMPAPI_ALLOC_ERROR : SNMPAPI_TL_NOT_INITIALIZED;
}

static SNMPAPI_STATUS start(void)
{
    enum host_call_status status;
    SNMPAPI_STATUS error;
    uint32_t result;

    if (!host_service_is_installed()) return SNMPAPI_TL_NOT_AVAILABLE;
    AcquireSRWLockExclusive(&state_lock);
    port = (uint16_t)cork_setting_dword(&cork_settings_wsnmp32, "TrapPort");
    host_subscribe(&subscription);
    status = request_port(TRAP_LISTEN, 0, &result);
    error = status == HOST_CALL_OK ? result_error(result) : status_error(status);
    listening = error == SNMPAPI_SUCCESS;
    fell_back = 0;
    if (!listening)
    {
        host_unsubscribe(&subscription);
        host_channel_close();
    }
    ReleaseSRWLockExclusive(&state_lock);
    return error;
}

static void stop(void)
{
    uint32_t result;

    AcquireSRWLockExclusive(&state_lock);
    host_unsubscribe(&subscription);
    /* Where corkd does not answer the end of the connection says the same. */
    if (fell_back)
        trap_port.stop();
    else
        request_port(TRAP_UNLISTEN, connection, &result);
    listening = fell_back = 0;
    host_channel_close();
    ReleaseSRWLockExclusive(&state_lock);
}

const struct trap_source trap_corkd = {start, stop};
