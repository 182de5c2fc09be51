/*
 * mgmtapi.exe: a manager of the older kind, for the interop tests.
 *
 * mgmtapi get|getnext|walk|names HOST PORT COMMUNITY OID...     names: getnext with the names of SnmpMgrOidToStr
 * mgmtapi set HOST PORT COMMUNITY {OID TYPE VALUE}...           as snmpset
 * mgmtapi traps COUNT                                           mgmtapi_traps.c
 * mgmtapi listen-twice                                          the same
 * mgmtapi WHICH HOST PORT COMMUNITY                             mgmtapi_session.c
 *
 * While it runs it also uses WinSNMP, in the SNMPv2c mode, which must have no effect on what mgmtapi does.
 */
#include "mgmtapi.h"

#include <fcntl.h>
#include <io.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../tools/snmp/command.h"

int failed(const char *what, DWORD error)
{
    fprintf(stderr, "%s: error %lu\n", what, error);
    return 1;
}

LPSNMP_MGR_SESSION open_peer_session(const struct peer *peer)
{
    LPSNMP_MGR_SESSION session = SnmpMgrOpen(peer->host, peer->community, peer->timeout, peer->retries);
    UINT port = peer->port;

    if (!session)
    {
        failed("SnmpMgrOpen", GetLastError());
        return NULL;
    }
    if (SnmpMgrCtl(session, MGMCTL_SETAGENTPORT, &port, sizeof(port), NULL, 0, NULL)) return session;
    failed("SnmpMgrCtl", GetLastError());
    SnmpMgrClose(session);
    return NULL;
}

/* ---- Bindings ---- */

BOOL make_list(int count, char **oids, SnmpVarBindList *list)
{
    list->len = 0;
    list->list = SnmpUtilMemAlloc((UINT)count * (UINT)sizeof(*list->list));
    if (!list->list) return FALSE;
    for (int i = 0; i < count; i++)
    {
        if (!SnmpMgrStrToOid(oids[i], &list->list[i].name)) return FALSE;
        list->list[i].value.asnType = ASN_NULL;
        list->len++;
    }
    return TRUE;
}

static void to_winsnmp(const SnmpVarBind *binding, smiOID *name, smiVALUE *value)
{
    const AsnAny *any = &binding->value;

    name->len = binding->name.idLength;
    name->ptr = (smiLPUINT32)binding->name.ids;
    value->syntax = any->asnType;
    switch (any->asnType)
    {
    case ASN_OCTETSTRING:
    case ASN_BITS:
    case ASN_IPADDRESS:
    case ASN_OPAQUE:
        value->value.string.len = any->asnValue.string.length;
        value->value.string.ptr = any->asnValue.string.stream;
        break;
    case ASN_OBJECTIDENTIFIER:
        value->value.oid.len = any->asnValue.object.idLength;
        value->value.oid.ptr = (smiLPUINT32)any->asnValue.object.ids;
        break;
    case ASN_COUNTER64:
        value->value.hNumber.hipart = any->asnValue.counter64.HighPart;
        value->value.hNumber.lopart = any->asnValue.counter64.LowPart;
        break;
    default:
        value->value.uNumber = any->asnValue.unsigned32;
        break;
    }
}

void print_list(const SnmpVarBindList *list, const char *indent)
{
    for (UINT i = 0; i < list->len; i++)
    {
        smiOID name;
        smiVALUE value;

        to_winsnmp(&list->list[i], &name, &value);
        printf("%s", indent);
        print_varbind(&name, &value);
    }
}

/* A value from the command line, with the memory that SnmpUtilVarBindListFree frees. */
static BOOL to_asn(const smiVALUE *value, AsnAny *any)
{
    AsnObjectIdentifier oid;
    AsnOctetString *octets = &any->asnValue.string;

    memset(any, 0, sizeof(*any));
    any->asnType = (BYTE)value->syntax;
    switch (value->syntax)
    {
    case SNMP_SYNTAX_OCTETS:
    case SNMP_SYNTAX_IPADDR:
        /* Not SnmpUtilOctetsCpy: mingw-w64's 32-bit import library lacks it. */
        octets->length = value->value.string.len;
        octets->stream = SnmpUtilMemAlloc(octets->length + 1);
        octets->dynamic = TRUE;
        if (octets->stream) memcpy(octets->stream, value->value.string.ptr, octets->length);
        return octets->stream != NULL;
    case SNMP_SYNTAX_OID:
        oid.idLength = value->value.oid.len;
        oid.ids = (UINT *)value->value.oid.ptr;
        return SnmpUtilOidCpy(&any->asnValue.object, &oid) == SNMPAPI_NOERROR;
    case SNMP_SYNTAX_CNTR64:
        any->asnValue.counter64.HighPart = value->value.hNumber.hipart;
        any->asnValue.counter64.LowPart = value->value.hNumber.lopart;
        return TRUE;
    default:
        any->asnValue.unsigned32 = value->value.uNumber;
        return TRUE;
    }
}

/* ---- Requests ---- */

DWORD request_one(LPSNMP_MGR_SESSION session, BYTE type, const char *oid)
{
    AsnInteger status = -1, index = -1;
    SnmpVarBindList list;
    DWORD error = 1;

    if (!make_list(1, (char **)&oid, &list)) return 1;
    if (SnmpMgrRequest(session, type, &list, &status, &index))
        error = status ? 1000 + (DWORD)status : 0;
    else
        error = GetLastError();
    SnmpUtilVarBindListFree(&list);
    return error;
}

/* What the agent said of the request, as snmpget prints it. */
static int report_status(const SnmpVarBindList *list, AsnInteger status, AsnInteger index)
{
    char text[MAXOBJIDSTRSIZE + 2];
    smiOID name;
    smiVALUE value;

    fprintf(stderr, "Reason: %s\n", error_status_name(status));
    if (index >= 1 && (UINT)index <= list->len)
    {
        to_winsnmp(&list->list[index - 1], &name, &value);
        fprintf(stderr, "Failed object: %s\n", oid_text(&name, text));
    }
    return 1;
}

static void print_names(const SnmpVarBindList *list)
{
    for (UINT i = 0; i < list->len; i++)
    {
        LPSTR text = NULL;

        if (!SnmpMgrOidToStr(&list->list[i].name, &text)) continue;
        puts(text);
        SnmpUtilMemFree(text);
    }
}

static int send_list(const struct peer *peer, BYTE type, SnmpVarBindList *list, BOOL names)
{
    LPSNMP_MGR_SESSION session = open_peer_session(peer);
    AsnInteger status = -1, index = -1;
    int result = 0;

    if (!session) return 1;
    if (!SnmpMgrRequest(session, type, list, &status, &index))
        result = failed("SnmpMgrRequest", GetLastError());
    else if (status)
        result = report_status(list, status, index);
    else if (names)
        print_names(list);
    else
        print_list(list, "");
    if (!SnmpMgrClose(session)) result = failed("SnmpMgrClose", GetLastError());
    return result;
}

static int command_request(const struct peer *peer, BYTE type, BOOL names, int count, char **oids)
{
    SnmpVarBindList list;
    int result;

    if (!make_list(count, oids, &list)) return failed("SnmpMgrStrToOid", GetLastError());
    result = send_list(peer, type, &list, names);
    SnmpUtilVarBindListFree(&list);
    return result;
}

static int command_assign(const struct peer *peer, int count, char **arguments)
{
    SnmpVarBindList list = {SnmpUtilMemAlloc((UINT)count * (UINT)sizeof(*list.list)), 0};
    int result = 0;

    for (; list.list && count >= 3 && !result; count -= 3, arguments += 3)
    {
        SnmpVarBind *binding = &list.list[list.len];
        smiVALUE value;

        if (!SnmpMgrStrToOid(arguments[0], &binding->name)) return failed("SnmpMgrStrToOid", GetLastError());
        if (!parse_value(arguments[1], arguments[2], &value) || !to_asn(&value, &binding->value)) result = 2;
        free_parsed_value(&value);
        list.len++;
    }
    if (!result) result = send_list(peer, SNMP_PDU_SET, &list, FALSE);
    SnmpUtilVarBindListFree(&list);
    return result;
}

/* As the sample manager of the documentation walks: the answer's name is the next request's, until it leaves the
 * subtree. */
static int walk(LPSNMP_MGR_SESSION session, AsnObjectIdentifier *root, SnmpVarBindList *list)
{
    AsnInteger status = 0, index = 0;

    for (;;)
    {
        if (!SnmpMgrRequest(session, SNMP_PDU_GETNEXT, list, &status, &index))
            return failed("SnmpMgrRequest", GetLastError());
        if (status == SNMP_ERRORSTATUS_NOSUCHNAME ||
            (!status && SnmpUtilOidNCmp(&list->list[0].name, root, root->idLength)))
            return 0;
        if (status) return report_status(list, status, index);
        print_list(list, "");
    }
}

static int command_walk_tree(const struct peer *peer, char *oid)
{
    LPSNMP_MGR_SESSION session = open_peer_session(peer);
    AsnObjectIdentifier root;
    SnmpVarBindList list;
    int result;

    if (!session) return 1;
    if (!make_list(1, &oid, &list) || !SnmpUtilOidCpy(&root, &list.list[0].name)) return failed("OID", GetLastError());
    result = walk(session, &root, &list);
    SnmpUtilOidFree(&root);
    SnmpUtilVarBindListFree(&list);
    if (!SnmpMgrClose(session)) result = failed("SnmpMgrClose", GetLastError());
    return result;
}

/* ---- The command line ---- */

static int run_with_peer(const char *command, int argc, char **argv)
{
    struct peer peer = {argv[0], argv[2], (UINT)atoi(argv[1]), 3000, 3};

    argc -= 3;
    argv += 3;
    if (!strcmp(command, "get") && argc) return command_request(&peer, SNMP_PDU_GET, FALSE, argc, argv);
    if (!strcmp(command, "getnext") && argc) return command_request(&peer, SNMP_PDU_GETNEXT, FALSE, argc, argv);
    if (!strcmp(command, "names") && argc) return command_request(&peer, SNMP_PDU_GETNEXT, TRUE, argc, argv);
    if (!strcmp(command, "walk") && argc) return command_walk_tree(&peer, argv[0]);
    if (!strcmp(command, "set") && argc) return command_assign(&peer, argc, argv);
    return command_session(command, &peer);
}

static int run(int argc, char **argv)
{
    if (argc == 3 && !strcmp(argv[1], "traps")) return command_traps((unsigned)atoi(argv[2]));
    if (argc == 2 && !strcmp(argv[1], "listen-twice")) return command_listen_twice();
    if (argc >= 5) return run_with_peer(argv[1], argc - 2, argv + 2);
    fprintf(stderr, "usage: see mgmtapi.c\n");
    return 2;
}

int main(int argc, char **argv)
{
    smiUINT32 major, minor, level, translate, retransmit;
    int result;

    _setmode(_fileno(stdout), _O_BINARY);
    _setmode(_fileno(stderr), _O_BINARY);
    setvbuf(stdout, NULL, _IOFBF, 65536);
    if (!SnmpStartup(&major, &minor, &level, &translate, &retransmit))
        return failed("SnmpStartup", SnmpGetLastError(NULL));
    SnmpSetTranslateMode(SNMPAPI_UNTRANSLATED_V2);
    result = run(argc, argv);
    SnmpCleanup();
    fflush(stdout);
    return result;
}
