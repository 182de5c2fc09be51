/* snmp.exe: an SNMP manager, trap listener and agent for the command line, on WinSNMP. */

#include "command.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <fcntl.h>
#include <io.h>

static const char help[] = "usage: snmp COMMAND [OPTION...] HOST ARGUMENT...\n"
                           "\n"
                           "  get HOST OID...                     the values of these objects\n"
                           "  getnext HOST OID...                 the objects behind these\n"
                           "  walk HOST [OID]                     every object below OID, one request each\n"
                           "  bulkwalk HOST [OID]                 the same with GETBULK (SNMPv2c)\n"
                           "  set HOST OID TYPE VALUE...          stores values\n"
                           "  trap-listen                         prints the traps and informs that come\n"
                           "  trap-send HOST TRAP [OID TYPE VALUE...]   sends an SNMPv2c trap\n"
                           "  agent [ADDRESS]                     answers requests from a small built-in MIB\n"
                           "\n"
                           "TYPE is i INTEGER, u Gauge32, c Counter32, C Counter64, t TimeTicks, a IpAddress, o OID, s "
                           "text, x hexadecimal, n NULL.\n"
                           "\n"
                           "  -v 1|2c          SNMP version (2c)\n"
                           "  -c COMMUNITY     community (public)\n"
                           "  -p PORT          port of the host, or to listen on (161; traps: 162)\n"
                           "  -t TIME          time-out in hundredths of a second\n"
                           "  -r NUMBER        retries\n"
                           "  -m NUMBER        repetitions of a GETBULK (10)\n"
                           "  -n NUMBER        trap-listen, agent: end after so many messages\n"
                           "  -w SECONDS       trap-listen, agent: end after this time\n"
                           "  -F OID           trap-listen: only notifications at or below this OID\n"
                           "  -H HOST          trap-listen: only from this host\n"
                           "  -C               trap-listen: only with the community of -c\n"
                           "  -W               be notified by window messages instead of a callback\n"
                           "  -d MS            walk: pause between requests\n"
                           "  -V               say on standard error what is opened and closed\n"
                           "\n"
                           "Exit code: 0, or 1 for an error, or 2 for a wrong command line.\n";

static int usage(const char *what)
{
    if (what) fprintf(stderr, "snmp: %s\n", what);
    fprintf(stderr, "snmp --help says how it is used\n");
    return EXIT_USAGE;
}

static int number(const char *text, unsigned long limit, unsigned long *value)
{
    char *end;

    *value = strtoul(text, &end, 10);
    return *text && *text != '-' && !*end && *value <= limit;
}

/* One option with its argument. Returns 0 where either is wrong. */
static int set_option(struct options *options, char letter, const char *text)
{
    unsigned long value = 0;

    if (strchr("ptrmnwd", letter) && !number(text, letter == 'p' ? 65535 : 100000000, &value)) return 0;
    switch (letter)
    {
    case 'v':
        options->version = !strcmp(text, "1") ? SNMPAPI_UNTRANSLATED_V1 : SNMPAPI_UNTRANSLATED_V2;
        return !strcmp(text, "1") || !strcmp(text, "2c");
    case 'c':
        options->community = text;
        return 1;
    case 'p':
        options->port = (unsigned)value;
        return value > 0;
    case 't':
        options->timeout = (long)value;
        return 1;
    case 'r':
        options->retries = (long)value;
        return 1;
    case 'm':
        options->repetitions = (unsigned)value;
        return 1;
    case 'n':
        options->count = (unsigned)value;
        return 1;
    case 'w':
        options->wait = (unsigned)value;
        return 1;
    case 'd':
        options->delay = (unsigned)value;
        return 1;
    case 'F':
        options->filter = text;
        return 1;
    case 'H':
        options->from = text;
        return 1;
    }
    return 0;
}

/* Returns the index of the first argument that is no option, or 0 for a wrong one. */
static int parse_options(struct options *options, int argc, char **argv)
{
    int i = 2;

    for (; i < argc && argv[i][0] == '-' && argv[i][1]; i++)
    {
        char letter = argv[i][1];

        if (letter == 'C' && !argv[i][2])
            options->only_community = 1;
        else if (letter == 'W' && !argv[i][2])
            options->window = 1;
        else if (letter == 'V' && !argv[i][2])
            options->verbose = 1;
        else if (argv[i][2])
        {
            if (!set_option(options, letter, argv[i] + 2)) return 0;
        }
        else if (++i >= argc || !set_option(options, letter, argv[i]))
            return 0;
    }
    return i;
}

static int run(const char *command, const struct options *options, int argc, char **argv)
{
    if (!strcmp(command, "get")) return command_get(options, SNMP_PDU_GET, argc, argv);
    if (!strcmp(command, "getnext")) return command_get(options, SNMP_PDU_GETNEXT, argc, argv);
    if (!strcmp(command, "walk")) return command_walk(options, 0, argc, argv);
    if (!strcmp(command, "bulkwalk")) return command_walk(options, 1, argc, argv);
    if (!strcmp(command, "set")) return command_set(options, argc, argv);
    if (!strcmp(command, "trap-listen")) return argc ? EXIT_USAGE : command_trap_listen(options);
    if (!strcmp(command, "trap-send")) return command_trap_send(options, argc, argv);
    if (!strcmp(command, "agent")) return command_agent(options, argc, argv);
    fprintf(stderr, "snmp: no such command: %s\n", command);
    return EXIT_USAGE;
}

int main(int argc, char **argv)
{
    struct options options = {
        .version = SNMPAPI_UNTRANSLATED_V2, .community = "public", .timeout = -1, .retries = -1, .repetitions = 10};
    int first, result;

    /* Lines end as the outputs that they are compared with. */
    _setmode(_fileno(stdout), _O_BINARY);
    _setmode(_fileno(stderr), _O_BINARY);
    if (argc < 2) return usage("a command is needed");
    if (!strcmp(argv[1], "--help") || !strcmp(argv[1], "-h"))
    {
        fputs(help, stdout);
        return EXIT_OK;
    }
    first = parse_options(&options, argc, argv);
    if (!first) return usage("an option is wrong");
    result = run(argv[1], &options, argc - first, argv + first);
    fflush(stdout);
    return result == EXIT_USAGE ? usage(NULL) : result;
}
