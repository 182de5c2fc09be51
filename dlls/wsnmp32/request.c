/*
 * SnmpSendMsg and SnmpCancelMsg: messages out, and the requests among them until they are answered, time out or are
 * cancelled.
 */
#include "wsnmp32/agent.h"
#include "wsnmp32/message_build.h"
#include "wsnmp32/request.h"
#include "wsnmp32/trap_translation.h"

CORK_TRACE_CHANNEL(wsnmp32);

/* With retransmission off the application has a policy of its own; its requests wait for their answers this long, in
 * 1/100 s. */
#define FORGET_AFTER (10 * 60 * 100)

#define SMALL_MESSAGE 1500
#define MESSAGE_MAX   65507 /* the longest UDP payload over IPv4 */

/* A request that awaits its answer. */
struct request
{
    struct snmp_pending node;
    struct session *session;   /* counted */
    struct endpoint *endpoint; /* counted */
    union address destination;
    union address source; /* of the source entity; family 0: none given */
    HANDLE entity;        /* the destination's handle, for its actual time-out and retry values */
    uint64_t sent;        /* milliseconds */
    uint32_t retries;     /* retransmissions made */
    SNMPAPI_STATUS error; /* for report_failure_later */
    size_t length;
    uint8_t bytes[]; /* the message */
};

struct cork_quick_lock engine_lock;
static struct snmp_pending_table pending; /* under engine_lock */
static struct endpoint *managers[2];      /* IPv4, IPv6: what requests leave from; under managers_lock */
static struct cork_quick_lock managers_lock;
static PTP_TIMER timer;
static uint64_t timer_due = UINT64_MAX; /* when it fires; under engine_lock */

static uint64_t now_ms(void)
{
    static LONGLONG frequency;
    LARGE_INTEGER count;

    if (!frequency)
    {
        LARGE_INTEGER f;

        QueryPerformanceFrequency(&f);
        frequency = f.QuadPart;
    }
    QueryPerformanceCounter(&count);
    return (uint64_t)count.QuadPart / (uint64_t)frequency * 1000 +
           (uint64_t)count.QuadPart % (uint64_t)frequency * 1000 / (uint64_t)frequency;
}

static void request_free(struct request *request)
{
    session_unref(request->session);
    endpoint_unref(request->endpoint);
    snmp_free(request);
}

static struct request *request_of(struct snmp_pending *node)
{
    return LIST_ENTRY_OF(node, struct request, node);
}

/* ---- Requests that fail --------------------------------------------------------------------------------------------
 */

/* Tells the session that its request failed; frees the request. "The output parameters also contain the values": the
 * message is made into a PDU again. */
static void report_failure(struct request *request, SNMPAPI_STATUS error)
{
    struct snmp_message decoded;
    struct message *message;

    CORK_TRACE("request %d to %s: %u\n", (int)request->node.request_id, debugstr_address(&request->destination),
               (unsigned)error);
    if (snmp_message_decode(request->bytes, request->length, &decoded, NULL) == SNMP_CODEC_OK)
    {
        message = message_make(&decoded.pdu, decoded.community.ptr, decoded.community.len);
        snmp_varbind_list_free(&decoded.pdu.bindings);
        if (message)
        {
            message->error = error;
            message->source = request->source;
            message->destination = request->destination;
            message->version = decoded.version;
            session_deliver(request->session, message);
        }
        else
            CORK_ERR("no memory to report %u for request %d\n", (unsigned)error, (int)request->node.request_id);
    }
    request_free(request);
}

static void report_failure_work(void *context)
{
    struct request *request = context;

    report_failure(request, request->error);
}

/* For errors of the network that SnmpSendMsg itself finds: "sends a data receipt notification", not on the sender's
 * thread. */
static void report_failure_later(struct request *request, SNMPAPI_STATUS error)
{
    request->error = error;
    if (!transport_run(report_failure_work, request)) report_failure(request, error);
}

/* ---- The clock -----------------------------------------------------------------------------------------------------
 */

/* Called with engine_lock held exclusively. The timer is moved only forwards, so most requests leave it alone. */
static void set_timer(uint64_t now)
{
    uint64_t due = snmp_pending_next_due(&pending);
    LARGE_INTEGER wait;
    FILETIME time;

    if (due >= timer_due) return;
    timer_due = due;
    wait.QuadPart = -(LONGLONG)((due > now ? due - now : 0) * 10000 + 1);
    time.dwLowDateTime = wait.LowPart;
    time.dwHighDateTime = (DWORD)wait.HighPart;
    SetThreadpoolTimer(timer, &time, 0, 0);
}

/* One due request: sends it again, under the lock so that no answer can free it meanwhile, or takes it out. */
static int take_one(uint64_t now, struct request **timed_out)
{
    enum snmp_pending_action action;
    struct snmp_pending *node;

    *timed_out = NULL;
    cork_quick_lock(&engine_lock);
    node = snmp_pending_take_due(&pending, now, &action);
    if (!node)
    {
        timer_due = UINT64_MAX;
        set_timer(now);
    }
    else if (action == SNMP_PENDING_RETRANSMIT)
    {
        struct request *request = request_of(node);

        request->retries++;
        CORK_TRACE("request %d once more\n", (int)node->request_id);
        endpoint_send(request->endpoint, request->bytes, request->length, &request->destination);
    }
    else
        *timed_out = request_of(node);
    cork_quick_unlock(&engine_lock);
    return node != NULL;
}

static void CALLBACK timer_fires(PTP_CALLBACK_INSTANCE instance, void *context, PTP_TIMER which)
{
    struct snmp_pending *first = NULL, **last = &first;
    struct request *timed_out;
    uint64_t now = now_ms();

    (void)instance, (void)context, (void)which;
    while (take_one(now, &timed_out))
    {
        if (!timed_out) continue;
        *last = &timed_out->node;
        timed_out->node.session_next = NULL;
        last = &timed_out->node.session_next;
    }
    /* The timer is set for the rest by now, so that a callback that takes long delays no other request. */
    while (first)
    {
        timed_out = request_of(first);
        first = first->session_next;
        if (timed_out->node.retransmit)
            report_failure(timed_out, SNMPAPI_TL_TIMEOUT);
        else
            request_free(timed_out);
    }
}

SNMPAPI_STATUS requests_start(void)
{
    if (!timer) timer = transport_timer(timer_fires);
    return timer ? SNMPAPI_SUCCESS : SNMPAPI_TL_RESOURCE_ERROR;
}

void requests_stop(void)
{
    int i;

    cork_quick_lock(&managers_lock);
    for (i = 0; i < 2; i++)
        if (managers[i])
        {
            endpoint_close(managers[i]);
            managers[i] = NULL;
        }
    cork_quick_unlock(&managers_lock);
    cork_quick_lock(&engine_lock);
    if (!pending.count) snmp_pending_free(&pending);
    cork_quick_unlock(&engine_lock);
}

void requests_stop_retransmission(void)
{
    cork_quick_lock(&engine_lock);
    snmp_pending_stop_retransmission(&pending);
    cork_quick_unlock(&engine_lock);
}

void requests_discard(struct session *session)
{
    struct snmp_pending *node;

    do
    {
        cork_quick_lock(&engine_lock);
        node = snmp_pending_pop_session(&pending, &session->pending);
        cork_quick_unlock(&engine_lock);
        if (node) request_free(request_of(node));
    }
    while (node);
}

/* ---- Answers -------------------------------------------------------------------------------------------------------
 */

struct answer
{
    const struct snmp_message *message;
    const union address *from;
    int any_host;
};

/* The version and community are the request's, and the sender is whom it was sent to; a host with several addresses may
 * answer from another one of them, but from the same port. */
static bool answers(const struct snmp_pending *node, void *context)
{
    const struct request *request = LIST_ENTRY_OF((struct snmp_pending *)node, struct request, node);
    const struct answer *answer = context;
    struct snmp_message sent;

    if (answer->any_host ? address_port(&request->destination) != address_port(answer->from)
                         : !address_equal(&request->destination, answer->from, 1))
        return false;
    if (snmp_message_peek(request->bytes, request->length, &sent) != SNMP_CODEC_OK) return false;
    return sent.version == answer->message->version && sent.community.len == answer->message->community.len &&
           !memcmp(sent.community.ptr, answer->message->community.ptr, sent.community.len);
}

/* What SnmpGetTimeout and SnmpGetRetry report of the entity, if the application still has it. */
static void note_actual(const struct request *request, uint64_t now)
{
    struct cork_pin pin;
    struct entity *entity = resource_acquire(request->entity, TYPE_ENTITY, &pin);

    if (!entity) return;
    entity->actual_timeout = (LONG)((now - request->sent) / 10);
    entity->actual_retry = (LONG)request->retries;
    resource_release(&pin);
}

void requests_answer(struct snmp_message *decoded, const union address *from)
{
    struct answer answer = {decoded, from, 0};
    struct snmp_pending *node;
    struct request *request;
    struct message *message;

    cork_quick_lock(&engine_lock);
    node = snmp_pending_match(&pending, decoded->pdu.request_id, answers, &answer);
    answer.any_host = 1;
    if (!node) node = snmp_pending_match(&pending, decoded->pdu.request_id, answers, &answer);
    cork_quick_unlock(&engine_lock);
    if (!node)
    {
        CORK_TRACE("nothing awaits response %d from %s\n", (int)decoded->pdu.request_id, debugstr_address(from));
        snmp_varbind_list_free(&decoded->pdu.bindings);
        return;
    }
    request = request_of(node);
    note_actual(request, now_ms());
    if (decoded->version == SNMP_VERSION_1) snmp_response_from_v1(&decoded->pdu);
    message = message_make(&decoded->pdu, decoded->community.ptr, decoded->community.len);
    if (message)
    {
        message->source = *from;
        message->destination = request->source;
        message->version = decoded->version;
        session_deliver(request->session, message);
        request_free(request);
    }
    else
    {
        snmp_varbind_list_free(&decoded->pdu.bindings);
        report_failure(request, SNMPAPI_TL_RESOURCE_ERROR);
    }
}

static void manager_receive(struct endpoint *endpoint, void *context, const uint8_t *data, size_t size,
                            const union address *from)
{
    struct snmp_message decoded;
    enum snmp_codec_status status = snmp_message_decode(data, size, &decoded, NULL);

    (void)endpoint, (void)context;
    if (status != SNMP_CODEC_OK)
        CORK_WARN("%u bytes from %s are no SNMP message (%d)\n", (unsigned)size, debugstr_address(from), status);
    else if (decoded.pdu.type == SNMP_TYPE_RESPONSE)
        requests_answer(&decoded, from);
    else
    {
        CORK_WARN("PDU type %#x from %s dropped\n", decoded.pdu.type, debugstr_address(from));
        snmp_varbind_list_free(&decoded.pdu.bindings);
    }
}

/* ---- Sending -------------------------------------------------------------------------------------------------------
 */

/* The endpoint that requests to this address family leave from, with one more owner; opened on first use. */
static struct endpoint *manager_endpoint(int family, SNMPAPI_STATUS *error)
{
    struct endpoint **place = &managers[family == AF_INET6], *endpoint;
    union address any;

    cork_quick_lock(&managers_lock);
    if ((endpoint = *place)) endpoint_ref(endpoint);
    cork_quick_unlock(&managers_lock);
    if (endpoint) return endpoint;

    memset(&any, 0, sizeof(any));
    any.any.sa_family = (ADDRESS_FAMILY)family;
    cork_quick_lock(&managers_lock);
    if (!*place && app.started)
        *place = endpoint_open(&any, manager_receive, NULL, NULL, error);
    else if (!*place)
        *error = SNMPAPI_NOT_INITIALIZED;
    if ((endpoint = *place)) endpoint_ref(endpoint);
    cork_quick_unlock(&managers_lock);
    return endpoint;
}

static int expects_answer(uint8_t type)
{
    return type == SNMP_TYPE_GET || type == SNMP_TYPE_GETNEXT || type == SNMP_TYPE_SET || type == SNMP_TYPE_GETBULK ||
           type == SNMP_TYPE_INFORM;
}

/* What SnmpSendMsg works on. */
struct sending
{
    struct session *session;
    struct message_parts parts;
    struct endpoint *endpoint;
    struct built_message built;
    const uint8_t *bytes;
};

static const union address *destination_of(const struct sending *sending)
{
    return &sending->parts.destination->address;
}

static struct request *make_request(const struct sending *sending)
{
    const struct entity *destination = sending->parts.destination;
    size_t length = sending->built.length;
    struct request *request = snmp_alloc(offsetof(struct request, bytes) + length);

    if (!request) return NULL;
    memset(request, 0, offsetof(struct request, bytes));
    request->node.session = &sending->session->pending;
    request->node.request_id = sending->built.request_id;
    request->node.retransmit = app.retransmit_mode == SNMPAPI_ON;
    request->node.timeout = request->node.retransmit ? entity_timeout(destination) : FORGET_AFTER;
    request->node.retries_left = request->node.retransmit ? entity_retry(destination) : 0;
    request->session = sending->session;
    session_ref(request->session);
    request->endpoint = sending->endpoint;
    endpoint_ref(request->endpoint);
    request->destination = destination->address;
    if (sending->parts.source) request->source = sending->parts.source->address;
    request->entity = destination->resource.handle;
    request->length = length;
    memcpy(request->bytes, sending->bytes, length);
    return request;
}

/* Enters the request in the table before it is sent: its answer may come at once. */
static SNMPAPI_STATUS await_answer(struct request *request)
{
    SNMPAPI_STATUS error = SNMPAPI_SUCCESS;

    cork_quick_lock(&engine_lock);
    request->sent = now_ms();
    if (request->session->closing)
        error = SNMPAPI_SESSION_INVALID;
    else if (!snmp_pending_add(&pending, &request->node, request->sent))
        error = SNMPAPI_ALLOC_ERROR;
    else
        set_timer(request->sent);
    cork_quick_unlock(&engine_lock);
    return error;
}

/* Takes a request out again whose message could not be sent; 0 where it is not there any more (answered, cancelled,
 * closed). */
static int withdraw(struct session *session, const struct request *wanted)
{
    struct snmp_pending *node;

    cork_quick_lock(&engine_lock);
    for (node = session->pending.first; node && node != &wanted->node; node = node->session_next)
    {
    }
    if (node) snmp_pending_remove(&pending, node);
    cork_quick_unlock(&engine_lock);
    return node != NULL;
}

/* Errors of the network that SnmpSendMsg's page does not name are told of by a notification and SnmpRecvMsg. */
static int is_told_later(SNMPAPI_STATUS error)
{
    return error == SNMPAPI_TL_UNDELIVERABLE;
}

static SNMPAPI_STATUS send_bytes(const struct sending *sending)
{
    if (sending->built.length > MESSAGE_MAX) return SNMPAPI_TL_PDU_TOO_BIG;
    return endpoint_send(sending->endpoint, sending->bytes, sending->built.length, destination_of(sending));
}

static SNMPAPI_STATUS send_request(const struct sending *sending)
{
    struct request *request = make_request(sending);
    SNMPAPI_STATUS error;

    if (!request) return SNMPAPI_ALLOC_ERROR;
    if ((error = await_answer(request)) != SNMPAPI_SUCCESS)
    {
        request_free(request);
        return error;
    }
    error = send_bytes(sending);
    if (error == SNMPAPI_SUCCESS || !withdraw(sending->session, request)) return SNMPAPI_SUCCESS;
    if (is_told_later(error))
    {
        report_failure_later(request, error);
        return SNMPAPI_SUCCESS;
    }
    request_free(request);
    return error;
}

static SNMPAPI_STATUS send_unanswered(const struct sending *sending)
{
    SNMPAPI_STATUS error = send_bytes(sending);
    struct request *request;

    if (!is_told_later(error)) return error;
    if (!(request = make_request(sending))) return SNMPAPI_ALLOC_ERROR;
    report_failure_later(request, error);
    return SNMPAPI_SUCCESS;
}

/* Encodes the PDU and sends it. */
static SNMPAPI_STATUS build_and_send(struct sending *sending)
{
    uint8_t small[SMALL_MESSAGE], *large = NULL;
    SNMPAPI_STATUS error = message_build(&sending->parts, small, sizeof(small), &sending->built);

    sending->bytes = small;
    /* In a loop, because another thread may make the PDU longer meanwhile. */
    while (error == SNMPAPI_OUTPUT_TRUNCATED)
    {
        size_t size = sending->built.length;

        snmp_free(large);
        large = NULL;
        error = SNMPAPI_TL_PDU_TOO_BIG;
        if (size > MESSAGE_MAX) break;
        error = SNMPAPI_ALLOC_ERROR;
        if (!(large = snmp_alloc(size))) break;
        error = message_build(&sending->parts, large, size, &sending->built);
        sending->bytes = large;
    }
    if (!error) error = expects_answer(sending->built.type) ? send_request(sending) : send_unanswered(sending);
    snmp_free(large);
    sending->bytes = NULL;
    return error;
}

/* SNMPAPI_SUCCESS or the error of SnmpSendMsg. */
static SNMPAPI_STATUS send_parts(struct sending *sending)
{
    const struct entity *source = sending->parts.source;
    SNMPAPI_STATUS error = SNMPAPI_TL_OTHER;

    sending->endpoint = source ? agent_find_endpoint(&source->address) : NULL;
    if (!sending->endpoint) sending->endpoint = manager_endpoint(destination_of(sending)->any.sa_family, &error);
    if (!sending->endpoint) return error;
    error = build_and_send(sending);
    endpoint_unref(sending->endpoint);
    return error;
}

/*
 * SnmpSendMsg (nf-winsnmp-snmpsendmsg): sends the PDU to dstEntity with context's community, in the version that the
 * entity has, translated where it is SNMPv1 and the PDU is not. Returns at once: the answer, or that there is none
 * (SNMPAPI_TL_TIMEOUT, SNMPAPI_TL_UNDELIVERABLE), is a message of the session. srcEntity NULL: this host; an entity
 * that listens: the message leaves from its port. The objects may be freed as soon as the function returns.
 * SNMPAPI_SESSION_INVALID, SNMPAPI_ENTITY_INVALID, SNMPAPI_CONTEXT_INVALID, SNMPAPI_PDU_INVALID,
 * SNMPAPI_OPERATION_INVALID (not to be said in SNMPv1), SNMPAPI_TL_PDU_TOO_BIG (no datagram is that long),
 * SNMPAPI_TL_RESOURCE_ERROR, SNMPAPI_TL_NOT_SUPPORTED (no such address family here), SNMPAPI_TL_NOT_AVAILABLE,
 * SNMPAPI_TL_INVALID_PARAM, SNMPAPI_TL_OTHER, SNMPAPI_ALLOC_ERROR. Any thread, in callbacks too.
 */
SNMPAPI_STATUS WINAPI SnmpSendMsg(HSNMP_SESSION session, HSNMP_ENTITY srcEntity, HSNMP_ENTITY dstEntity,
                                  HSNMP_CONTEXT context, HSNMP_PDU PDU)
{
    struct sending sending = {0};
    struct cork_pin pin;
    SNMPAPI_STATUS error;

    CORK_TRACE("%p, %p, %p, %p, %p\n", session, srcEntity, dstEntity, context, PDU);
    RETURN_IF_NOT_STARTED();
    if (!(sending.session = resource_acquire(session, TYPE_SESSION, &pin))) return fail(NULL, SNMPAPI_SESSION_INVALID);
    error = message_acquire(srcEntity, dstEntity, context, PDU, &sending.parts);
    if (!error)
    {
        error = send_parts(&sending);
        message_release(&sending.parts);
    }
    if (error != SNMPAPI_SUCCESS) fail(sending.session, error);
    resource_release(&pin);
    return error == SNMPAPI_SUCCESS ? SNMPAPI_SUCCESS : SNMPAPI_FAILURE;
}

/*
 * SnmpCancelMsg (nf-winsnmp-snmpcancelmsg; "Canceling Retransmission"): forgets the session's oldest outstanding
 * request with this identifier: no retransmission, no answer and no time-out will come of it. SNMPAPI_SESSION_INVALID;
 * SNMPAPI_PDU_INVALID: none is outstanding; it allocates nothing. Any thread.
 */
SNMPAPI_STATUS WINAPI SnmpCancelMsg(HSNMP_SESSION session, smiINT32 reqId)
{
    struct cork_pin pin;
    struct session *object;
    struct snmp_pending *node;

    CORK_TRACE("%p, %d\n", session, (int)reqId);
    RETURN_IF_NOT_STARTED();
    if (!(object = resource_acquire(session, TYPE_SESSION, &pin))) return fail(NULL, SNMPAPI_SESSION_INVALID);
    cork_quick_lock(&engine_lock);
    node = snmp_pending_cancel(&pending, &object->pending, reqId);
    cork_quick_unlock(&engine_lock);
    if (node)
        request_free(request_of(node));
    else
        fail(object, SNMPAPI_PDU_INVALID);
    resource_release(&pin);
    return node ? SNMPAPI_SUCCESS : SNMPAPI_FAILURE;
}
