/* The agent role: SnmpListen, and a small MIB that GET, GETNEXT, GETBULK and SET are answered from. */

#include "command.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define OBJECTS_MAX    160
#define RESPONSE_LIMIT 400 /* variable bindings in one GETBULK answer */

struct object
{
    smiOID name;
    smiVALUE value;
    int writable;
};

struct mib
{
    struct object objects[OBJECTS_MAX];
    unsigned count;
};

/* In the order of their OIDs. Every syntax is here. */
static const struct
{
    const char *oid, *type, *text;
    int writable;
} built_in[] = {
    {"1.3.6.1.2.1.1.1.0", "s", "Cork WinSNMP agent", 0},
    {"1.3.6.1.2.1.1.2.0", "o", "1.3.6.1.4.1.99999", 0},
    {"1.3.6.1.2.1.1.4.0", "s", "nobody", 1},
    {"1.3.6.1.2.1.1.5.0", "s", "corkscrew", 1},
    {"1.3.6.1.4.1.99999.3.1.0", "i", "-2147483648", 1},
    {"1.3.6.1.4.1.99999.3.2.0", "u", "4294967295", 1},
    {"1.3.6.1.4.1.99999.3.3.0", "c", "4294967295", 0},
    {"1.3.6.1.4.1.99999.3.4.0", "t", "8640000", 0},
    {"1.3.6.1.4.1.99999.3.5.0", "a", "192.0.2.1", 1},
    {"1.3.6.1.4.1.99999.3.6.0", "o", "1.3.6.1.4.1.4294967295.0.127.128", 1},
    {"1.3.6.1.4.1.99999.3.7.0", "x", "00 01 7f 80 fe ff 00 01 7f 80 fe ff 00 01 7f 80 fe ff", 1},
    {"1.3.6.1.4.1.99999.3.8.0", "s", "", 1},
    {"1.3.6.1.4.1.99999.3.9.0", "C", "18446744073709551615", 0},
};

static int add_object(struct mib *mib, const char *oid, const char *type, const char *text, int writable)
{
    struct object *object = &mib->objects[mib->count];

    if (mib->count == OBJECTS_MAX || !parse_oid(oid, &object->name)) return 0;
    if (!parse_value(type, text, &object->value)) return 0;
    object->writable = writable;
    mib->count++;
    return 1;
}

static int build_mib(struct mib *mib)
{
    char oid[64], text[16];

    for (size_t i = 0; i < sizeof(built_in) / sizeof(*built_in); i++)
        if (!add_object(mib, built_in[i].oid, built_in[i].type, built_in[i].text, built_in[i].writable)) return 0;
    /* A column of a hundred rows, for walks and GETBULK. */
    for (int i = 1; i <= 100; i++)
    {
        snprintf(oid, sizeof(oid), "1.3.6.1.4.1.99999.4.1.%d", i * 3);
        snprintf(text, sizeof(text), "%d", i * i);
        if (!add_object(mib, oid, "i", text, 0)) return 0;
    }
    return 1;
}

static void free_mib(struct mib *mib)
{
    for (unsigned i = 0; i < mib->count; i++)
    {
        free_oid(&mib->objects[i].name);
        free_parsed_value(&mib->objects[i].value);
    }
}

/* The first object at or (with after) behind a name, or NULL. */
static struct object *find_from(struct mib *mib, smiLPCOID name, int after)
{
    for (unsigned i = 0; i < mib->count; i++)
    {
        smiINT order = 0;

        if (SnmpOidCompare(&mib->objects[i].name, name, 0, &order) == SNMPAPI_FAILURE) return NULL;
        if (order > 0 || (!after && order == 0)) return &mib->objects[i];
    }
    return NULL;
}

static struct object *find_exact(struct mib *mib, smiLPCOID name)
{
    struct object *object = find_from(mib, name, 0);
    smiINT order = 1;

    if (object) SnmpOidCompare(&object->name, name, 0, &order);
    return order == 0 ? object : NULL;
}

/* The same object but for its last subidentifier: then only the instance is missing. */
static int has_object_type(struct mib *mib, smiLPCOID name)
{
    for (unsigned i = 0; i < mib->count; i++)
    {
        const smiOID *known = &mib->objects[i].name;

        if (name->len >= known->len && !memcmp(known->ptr, name->ptr, (known->len - 1) * sizeof(*name->ptr))) return 1;
    }
    return 0;
}

struct response
{
    HSNMP_SESSION session;
    HSNMP_VBL list;
    smiINT error_status, error_index;
    unsigned count;
};

static int append(struct response *response, smiLPCOID name, smiLPCVALUE value)
{
    if (!response->list)
        response->list = SnmpCreateVbl(response->session, name, value);
    else if (SnmpSetVb(response->list, 0, name, value) == SNMPAPI_FAILURE)
        return 0;
    response->count++;
    return response->list != NULL;
}

static int append_get(struct mib *mib, struct response *response, smiLPCOID name)
{
    struct object *object = find_exact(mib, name);
    smiVALUE exception = {0};

    if (object) return append(response, name, &object->value);
    exception.syntax = has_object_type(mib, name) ? SNMP_SYNTAX_NOSUCHINSTANCE : SNMP_SYNTAX_NOSUCHOBJECT;
    return append(response, name, &exception);
}

static int append_next(struct mib *mib, struct response *response, smiLPCOID name)
{
    struct object *object = find_from(mib, name, 1);
    smiVALUE exception = {.syntax = SNMP_SYNTAX_ENDOFMIBVIEW};

    return object ? append(response, &object->name, &object->value) : append(response, name, &exception);
}

/* ---- SET: first all is checked, then all is stored (RFC 3416, 4.2.5) ---- */

static smiINT check_set(struct mib *mib, smiLPCOID name, smiLPCVALUE value)
{
    struct object *object = find_exact(mib, name);

    if (!object) return has_object_type(mib, name) ? SNMP_ERROR_NOCREATION : SNMP_ERROR_NOTWRITABLE;
    if (!object->writable) return SNMP_ERROR_NOTWRITABLE;
    if (object->value.syntax != value->syntax) return SNMP_ERROR_WRONGTYPE;
    if (value->syntax == SNMP_SYNTAX_OCTETS && value->value.string.len > 255) return SNMP_ERROR_WRONGLENGTH;
    return SNMP_ERROR_NOERROR;
}

static int store(struct mib *mib, smiLPCOID name, smiLPCVALUE value)
{
    struct object *object = find_exact(mib, name);
    smiVALUE copy = *value;

    if (value->syntax == SNMP_SYNTAX_OID)
    {
        if (SnmpOidCopy(&value->value.oid, &copy.value.oid) == SNMPAPI_FAILURE) return 0;
    }
    else if (value->syntax == SNMP_SYNTAX_OCTETS || value->syntax == SNMP_SYNTAX_IPADDR)
    {
        copy.value.string.ptr = malloc(value->value.string.len + 1);
        if (!copy.value.string.ptr) return 0;
        if (value->value.string.len) memcpy(copy.value.string.ptr, value->value.string.ptr, value->value.string.len);
    }
    free_parsed_value(&object->value);
    object->value = copy;
    return 1;
}

/* ---- requests ---- */

typedef int (*visitor)(struct mib *mib, struct response *response, smiUINT32 index, smiLPCOID name, smiLPCVALUE value);

/* Calls visit for the variable bindings first to last of a request. */
static int each(struct mib *mib, struct response *response, const struct message *m, smiUINT32 first, smiUINT32 last,
                visitor visit)
{
    int good = 1;

    for (smiUINT32 i = first; good && i <= last; i++)
    {
        smiVALUE value;
        smiOID name;

        if (SnmpGetVb(m->list, i, &name, &value) == SNMPAPI_FAILURE) return 0;
        good = visit(mib, response, i, &name, &value);
        free_received(&name, &value);
    }
    return good;
}

static int visit_get(struct mib *mib, struct response *response, smiUINT32 index, smiLPCOID name, smiLPCVALUE value)
{
    (void)index, (void)value;
    return append_get(mib, response, name);
}

static int visit_next(struct mib *mib, struct response *response, smiUINT32 index, smiLPCOID name, smiLPCVALUE value)
{
    (void)index, (void)value;
    return append_next(mib, response, name);
}

static int visit_check(struct mib *mib, struct response *response, smiUINT32 index, smiLPCOID name, smiLPCVALUE value)
{
    if (!response->error_status && (response->error_status = check_set(mib, name, value)) != 0)
        response->error_index = (smiINT)index;
    return append(response, name, value);
}

static int visit_store(struct mib *mib, struct response *response, smiUINT32 index, smiLPCOID name, smiLPCVALUE value)
{
    (void)response, (void)index;
    return store(mib, name, value);
}

/* In an answer to GETBULK each repetition goes on from the names of the one before. */
static int answer_bulk(struct mib *mib, struct response *response, const struct message *m, smiUINT32 count)
{
    smiUINT32 single = m->error_status < 0 ? 0 : (smiUINT32)m->error_status;
    smiUINT32 repeated;

    if (single > count) single = count;
    repeated = count - single;
    if (!each(mib, response, m, 1, single, visit_next)) return 0;
    for (smiINT round = 0; round < m->error_index && repeated && response->count + repeated <= RESPONSE_LIMIT; round++)
    {
        if (round == 0)
        {
            if (!each(mib, response, m, single + 1, count, visit_next)) return 0;
            continue;
        }
        for (smiUINT32 i = 0; i < repeated; i++)
        {
            smiVALUE value;
            smiOID name;
            int good;

            if (SnmpGetVb(response->list, response->count - repeated + 1, &name, &value) == SNMPAPI_FAILURE) return 0;
            good = append_next(mib, response, &name);
            free_received(&name, &value);
            if (!good) return 0;
        }
    }
    return 1;
}

static int make_answer(struct mib *mib, struct response *response, const struct message *m)
{
    SNMPAPI_STATUS count = m->list ? SnmpCountVbl(m->list) : 0;

    switch (m->type)
    {
    case SNMP_PDU_GET:
        return each(mib, response, m, 1, count, visit_get);
    case SNMP_PDU_GETNEXT:
        return each(mib, response, m, 1, count, visit_next);
    case SNMP_PDU_GETBULK:
        return answer_bulk(mib, response, m, count);
    case SNMP_PDU_SET:
        if (!each(mib, response, m, 1, count, visit_check)) return 0;
        return response->error_status || each(mib, response, m, 1, count, visit_store);
    }
    return 0;
}

static void answer(struct session *session, struct mib *mib, const struct message *m)
{
    struct response response = {.session = session->handle};
    HSNMP_PDU pdu;

    if (!make_answer(mib, &response, m))
    {
        fprintf(stderr, "snmp: a request of type 0x%lx was not answered\n", (unsigned long)m->type);
        if (response.list) SnmpFreeVbl(response.list);
        return;
    }
    pdu = SnmpCreatePdu(session->handle, SNMP_PDU_RESPONSE, m->id, response.error_status, response.error_index,
                        response.list);
    /* The request's destination is who answers now ("Registering an SNMP Agent Application"). */
    if (!pdu || SnmpSendMsg(session->handle, m->destination, m->source, m->context, pdu) == SNMPAPI_FAILURE)
        report("SnmpSendMsg", last_error(session));
    if (pdu) SnmpFreePdu(pdu);
    if (response.list) SnmpFreeVbl(response.list);
}

static int serve(struct session *session, struct mib *mib, const struct options *options)
{
    ULONGLONG end = GetTickCount64() + options->wait * 1000ull;
    unsigned served = 0;

    while (!options->count || served < options->count)
    {
        ULONGLONG now = GetTickCount64();
        DWORD left = !options->wait ? INFINITE : now < end ? (DWORD)(end - now) : 0;
        struct message m;
        SNMPAPI_STATUS error = next_message(session, &m, left);

        if (error == SNMPAPI_SUCCESS)
        {
            answer(session, mib, &m);
            served++;
        }
        free_message(&m);
        if (error == SNMPAPI_NOOP) break;
        if (error != SNMPAPI_SUCCESS) report("SnmpRecvMsg", error);
    }
    printf("served %u requests\n", served);
    return EXIT_OK;
}

int command_agent(const struct options *options, int argc, char **argv)
{
    static struct mib mib;
    struct session session;
    int result = EXIT_ERROR;

    if (argc > 1) return EXIT_USAGE;
    if (!start_session(&session, options)) return EXIT_ERROR;
    if (!build_mib(&mib))
    {
        report("the MIB", SnmpGetLastError(NULL));
        goto done;
    }
    if (!open_peer(&session, options, argc ? argv[0] : "127.0.0.1", 0)) goto done;
    if (SnmpListen(session.peer, SNMPAPI_ON) == SNMPAPI_FAILURE)
    {
        report("SnmpListen", last_error(&session));
        goto done;
    }
    printf("listening\n");
    fflush(stdout);
    result = serve(&session, &mib, options);
    SnmpListen(session.peer, SNMPAPI_OFF);
done:
    free_mib(&mib);
    return stop_session(&session) == EXIT_OK ? result : EXIT_ERROR;
}
