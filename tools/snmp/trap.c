/* trap-listen and trap-send. */

#include "command.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void print_community(HSNMP_CONTEXT context)
{
    smiOCTETS community = {0, NULL};

    if (!context || SnmpContextToStr(context, &community) == SNMPAPI_FAILURE) return;
    printf(" community %.*s", (int)community.len, (const char *)community.ptr);
    SnmpFreeDescriptor(SNMP_SYNTAX_OCTETS, &community);
}

static void print_notification(const struct message *m)
{
    SNMPAPI_STATUS count = m->list ? SnmpCountVbl(m->list) : 0;
    char source[256] = "?";

    SnmpEntityToStr(m->source, sizeof(source), source);
    printf("%s from %s", m->type == SNMP_PDU_INFORM ? "inform" : "trap", source);
    print_community(m->context);
    putchar('\n');
    for (smiUINT32 i = 1; i <= count; i++)
    {
        smiVALUE value;
        smiOID name;

        if (SnmpGetVb(m->list, i, &name, &value) == SNMPAPI_FAILURE) break;
        printf("  ");
        print_varbind(&name, &value);
        free_received(&name, &value);
    }
    fflush(stdout);
}

static int register_listener(struct session *session, const struct options *options)
{
    HSNMP_CONTEXT context = NULL;
    HSNMP_ENTITY from = NULL;
    smiOID filter = {0, NULL};
    int good = 0;

    if (options->filter && !parse_oid(options->filter, &filter))
    {
        fprintf(stderr, "snmp: %s is no OID\n", options->filter);
        return 0;
    }
    if (options->from && !(from = SnmpStrToEntity(session->handle, options->from)))
    {
        report(options->from, last_error(session));
        goto done;
    }
    if (options->only_community)
    {
        smiOCTETS community = {(smiUINT32)strlen(options->community), (smiLPBYTE)options->community};
        context = SnmpStrToContext(session->handle, &community);
    }
    good =
        SnmpRegister(session->handle, NULL, from, context, filter.ptr ? &filter : NULL, SNMPAPI_ON) != SNMPAPI_FAILURE;
    if (!good) report("SnmpRegister", last_error(session));
    /* Both go with the session at the latest; the registration may still refer to them. */
done:
    free_oid(&filter);
    return good;
}

int command_trap_listen(const struct options *options)
{
    ULONGLONG end = GetTickCount64() + options->wait * 1000ull;
    struct session session;
    unsigned received = 0;
    int result = EXIT_ERROR;
    char port[16];

    if (options->port)
    {
        /* WinSNMP has no call for the port of the listener; this is Cork's setting for it. */
        snprintf(port, sizeof(port), "%u", options->port);
        SetEnvironmentVariableA("CORK_WSNMP32_TRAPPORT", port);
    }
    if (!start_session(&session, options)) return EXIT_ERROR;
    if (!register_listener(&session, options)) goto done;
    printf("listening\n");
    fflush(stdout);
    result = EXIT_OK;
    while (!options->count || received < options->count)
    {
        ULONGLONG now = GetTickCount64();
        DWORD left = !options->wait ? INFINITE : now < end ? (DWORD)(end - now) : 0;
        struct message m;
        SNMPAPI_STATUS error = next_message(&session, &m, left);

        if (error == SNMPAPI_SUCCESS)
        {
            print_notification(&m);
            received++;
        }
        free_message(&m);
        if (error == SNMPAPI_NOOP) break;
        if (error != SNMPAPI_SUCCESS) report("SnmpRecvMsg", error);
    }
    SnmpRegister(session.handle, NULL, NULL, NULL, NULL, SNMPAPI_OFF);
    if (options->count && received < options->count) result = EXIT_ERROR;
done:
    return stop_session(&session) == EXIT_OK ? result : EXIT_ERROR;
}

static int add(HSNMP_VBL list, const char *oid_string, smiLPCVALUE value)
{
    smiOID name;
    int good;

    if (!parse_oid(oid_string, &name)) return 0;
    good = SnmpSetVb(list, 0, &name, value) != SNMPAPI_FAILURE;
    free_oid(&name);
    return good;
}

/* sysUpTime.0, snmpTrapOID.0, then what the command line has: RFC 3416, 4.2.6. */
static HSNMP_VBL make_trap_list(struct session *session, int argc, char **argv)
{
    smiVALUE uptime = {.syntax = SNMP_SYNTAX_TIMETICKS}, trap = {.syntax = SNMP_SYNTAX_OID}, value;
    HSNMP_VBL list;
    smiOID name;

    uptime.value.uNumber = (smiUINT32)(GetTickCount64() / 10);
    if (!parse_oid("1.3.6.1.2.1.1.3.0", &name)) return NULL;
    list = SnmpCreateVbl(session->handle, &name, &uptime);
    free_oid(&name);
    if (!list || !parse_oid(argv[0], &trap.value.oid)) goto failed;
    if (!add(list, "1.3.6.1.6.3.1.1.4.1.0", &trap)) goto failed;
    for (int i = 1; i + 2 < argc; i += 3)
    {
        int good = parse_value(argv[i + 1], argv[i + 2], &value);

        if (good) good = add(list, argv[i], &value);
        free_parsed_value(&value);
        if (!good) goto failed;
    }
    free_oid(&trap.value.oid);
    return list;
failed:
    fprintf(stderr, "snmp: these are no variable bindings\n");
    free_oid(&trap.value.oid);
    if (list) SnmpFreeVbl(list);
    return NULL;
}

int command_trap_send(const struct options *options, int argc, char **argv)
{
    struct session session;
    int result = EXIT_ERROR;
    HSNMP_VBL list;
    HSNMP_PDU pdu;

    if (argc < 2 || argc % 3 != 2) return EXIT_USAGE;
    if (!start_session(&session, options)) return EXIT_ERROR;
    if (!open_peer(&session, options, argv[0], 162)) goto done;
    list = make_trap_list(&session, argc - 1, argv + 1);
    if (!list) goto done;
    pdu = SnmpCreatePdu(session.handle, SNMP_PDU_TRAP, 0, 0, 0, list);
    if (pdu && SnmpSendMsg(session.handle, NULL, session.peer, session.context, pdu) != SNMPAPI_FAILURE)
        result = EXIT_OK;
    else
        report("SnmpSendMsg", last_error(&session));
    if (pdu) SnmpFreePdu(pdu);
    SnmpFreeVbl(list);
done:
    return stop_session(&session) == EXIT_OK ? result : EXIT_ERROR;
}
