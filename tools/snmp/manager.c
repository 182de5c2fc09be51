/* The manager's commands: get, getnext, walk, bulkwalk, set. */

#include "command.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Says what the agent refused. */
static int report_status(const struct message *answer)
{
    char text[MAXOBJIDSTRSIZE + 2];
    smiVALUE value;
    smiOID name;

    fflush(stdout);
    fprintf(stderr, "Error in packet.\nReason: %s\n", error_status_name(answer->error_status));
    if (answer->error_index > 0 &&
        SnmpGetVb(answer->list, (smiUINT32)answer->error_index, &name, &value) != SNMPAPI_FAILURE)
    {
        fprintf(stderr, "Failed object: %s\n", oid_text(&name, text));
        free_received(&name, &value);
    }
    return EXIT_ERROR;
}

static int print_answer(const struct message *answer)
{
    SNMPAPI_STATUS count = answer->list ? SnmpCountVbl(answer->list) : 0;

    for (smiUINT32 i = 1; i <= count; i++)
    {
        smiVALUE value;
        smiOID name;

        if (SnmpGetVb(answer->list, i, &name, &value) == SNMPAPI_FAILURE)
            return report("SnmpGetVb", SnmpGetLastError(NULL));
        print_varbind(&name, &value);
        free_received(&name, &value);
    }
    return EXIT_OK;
}

static int add_varbind(struct session *session, HSNMP_VBL *list, smiLPCOID name, smiLPCVALUE value)
{
    if (!*list)
    {
        *list = SnmpCreateVbl(session->handle, name, value);
        return *list != NULL;
    }
    return SnmpSetVb(*list, 0, name, value) != SNMPAPI_FAILURE;
}

/* The variable bindings of OID arguments, or of OID TYPE VALUE triples. */
static HSNMP_VBL make_list(struct session *session, int triples, int argc, char **argv)
{
    HSNMP_VBL list = NULL;

    for (int i = 0; i < argc; i += triples ? 3 : 1)
    {
        smiVALUE value = {.syntax = SNMP_SYNTAX_NULL};
        smiOID name;
        int good;

        if (!parse_oid(argv[i], &name))
        {
            fprintf(stderr, "snmp: %s is no OID\n", argv[i]);
            goto failed;
        }
        if (triples && !parse_value(argv[i + 1], argv[i + 2], &value))
        {
            fprintf(stderr, "snmp: %s is no value of type %s\n", argv[i + 2], argv[i + 1]);
            free_oid(&name);
            goto failed;
        }
        good = add_varbind(session, &list, &name, &value);
        free_oid(&name);
        if (triples) free_parsed_value(&value);
        if (!good)
        {
            report("variable binding", last_error(session));
            goto failed;
        }
    }
    return list;
failed:
    if (list) SnmpFreeVbl(list);
    return NULL;
}

static int request(const struct options *options, smiINT type, int triples, int argc, char **argv)
{
    struct message answer = {0};
    struct session session;
    SNMPAPI_STATUS error;
    HSNMP_VBL list;
    int result = EXIT_ERROR;

    if (!start_session(&session, options)) return EXIT_ERROR;
    if (!open_peer(&session, options, argv[0], 0)) goto done;
    list = make_list(&session, triples, argc - 1, argv + 1);
    if (!list) goto done;
    error = exchange(&session, type, 0, 0, list, &answer);
    if (error != SNMPAPI_SUCCESS)
        report(argv[0], error);
    else if (answer.error_status)
        report_status(&answer);
    else
        result = print_answer(&answer);
    free_message(&answer);
done:
    return stop_session(&session) == EXIT_OK ? result : EXIT_ERROR;
}

int command_get(const struct options *options, smiINT type, int argc, char **argv)
{
    return argc < 2 ? EXIT_USAGE : request(options, type, 0, argc, argv);
}

int command_set(const struct options *options, int argc, char **argv)
{
    return argc < 4 || argc % 3 != 1 ? EXIT_USAGE : request(options, SNMP_PDU_SET, 1, argc, argv);
}

/* ---- walk ---- */

struct walk
{
    struct session session;
    const struct options *options;
    smiOID root, at; /* at: the next request's name; owned by the walk, unless it is the root */
    unsigned long found;
    int ended;
};

static int is_exception(smiLPCVALUE value)
{
    return value->syntax == SNMP_SYNTAX_NOSUCHOBJECT || value->syntax == SNMP_SYNTAX_NOSUCHINSTANCE ||
           value->syntax == SNMP_SYNTAX_ENDOFMIBVIEW;
}

static int set_position(struct walk *walk, smiLPCOID oid)
{
    smiOID copy;

    if (SnmpOidCopy(oid, &copy) == SNMPAPI_FAILURE) return 0;
    free_oid(&walk->at);
    walk->at = copy;
    return 1;
}

/* Takes one variable binding of an answer. Returns 0 where the walk cannot go on; walk->ended tells its right end. */
static int take_varbind(struct walk *walk, smiLPCOID name, smiLPCVALUE value)
{
    char text[MAXOBJIDSTRSIZE + 2];
    smiINT order = 0;

    if (!oid_below(name, &walk->root))
    {
        walk->ended = 1;
        return 1;
    }
    print_varbind(name, value);
    walk->found++;
    if (is_exception(value))
    {
        walk->ended = 1;
        return 1;
    }
    if (SnmpOidCompare(name, &walk->at, 0, &order) == SNMPAPI_FAILURE || order <= 0)
    {
        fprintf(stderr, "Error: OID not increasing: %s\n", oid_text(name, text));
        return 0;
    }
    return set_position(walk, name);
}

static int take_answer(struct walk *walk, const struct message *answer)
{
    SNMPAPI_STATUS count = answer->list ? SnmpCountVbl(answer->list) : 0;
    int good = count > 0;

    for (smiUINT32 i = 1; good && !walk->ended && i <= count; i++)
    {
        smiVALUE value;
        smiOID name;

        if (SnmpGetVb(answer->list, i, &name, &value) == SNMPAPI_FAILURE)
            return !report("SnmpGetVb", SnmpGetLastError(NULL));
        good = take_varbind(walk, &name, &value);
        free_received(&name, &value);
    }
    return good;
}

static int step(struct walk *walk, int bulk)
{
    smiVALUE null = {.syntax = SNMP_SYNTAX_NULL};
    HSNMP_VBL list = SnmpCreateVbl(walk->session.handle, &walk->at, &null);
    struct message answer = {0};
    SNMPAPI_STATUS error;
    int good;

    if (!list) return !report("SnmpCreateVbl", last_error(&walk->session));
    error = exchange(&walk->session, bulk ? SNMP_PDU_GETBULK : SNMP_PDU_GETNEXT, 0,
                     bulk ? (smiINT)walk->options->repetitions : 0, list, &answer);
    if (error != SNMPAPI_SUCCESS)
    {
        fflush(stdout);
        good = !report("walk", error);
    }
    else if (answer.error_status == SNMP_ERROR_NOSUCHNAME)
    {
        good = walk->ended = 1; /* so SNMPv1 says it */
        if (walk->found) printf("End of MIB\n");
    }
    else if (answer.error_status)
        good = !report_status(&answer);
    else
        good = take_answer(walk, &answer);
    free_message(&answer);
    return good;
}

/* A root that is a leaf has nothing below it: then its own value is what there is. */
static int get_root(struct walk *walk)
{
    smiVALUE null = {.syntax = SNMP_SYNTAX_NULL};
    HSNMP_VBL list = SnmpCreateVbl(walk->session.handle, &walk->root, &null);
    struct message answer = {0};
    SNMPAPI_STATUS error;
    int good = 1;

    if (!list) return !report("SnmpCreateVbl", last_error(&walk->session));
    error = exchange(&walk->session, SNMP_PDU_GET, 0, 0, list, &answer);
    if (error != SNMPAPI_SUCCESS)
        good = !report("walk", error);
    else if (answer.error_status)
        good = !report_status(&answer);
    else
        good = print_answer(&answer) == EXIT_OK;
    free_message(&answer);
    return good;
}

int command_walk(const struct options *options, int bulk, int argc, char **argv)
{
    struct walk walk = {.options = options};
    int good = 0;

    if (argc < 1 || argc > 2) return EXIT_USAGE;
    if (!start_session(&walk.session, options)) return EXIT_ERROR;
    if (!open_peer(&walk.session, options, argv[0], 0)) goto done;
    if (!parse_oid(argc > 1 ? argv[1] : "1.3.6.1.2.1", &walk.root))
    {
        fprintf(stderr, "snmp: %s is no OID\n", argv[1]);
        goto done;
    }
    good = set_position(&walk, &walk.root);
    while (good && !walk.ended)
    {
        good = step(&walk, bulk);
        if (options->delay) Sleep(options->delay);
    }
    if (good && !walk.found) good = get_root(&walk);
done:
    free_oid(&walk.at);
    free_oid(&walk.root);
    return stop_session(&walk.session) == EXIT_OK && good ? EXIT_OK : EXIT_ERROR;
}
