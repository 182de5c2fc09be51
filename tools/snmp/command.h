/* snmp.exe: what its files share. It is written against winsnmp.h and its documentation alone. */

#ifndef CORK_SNMP_COMMAND_H
#define CORK_SNMP_COMMAND_H

#include <winsock2.h>
#include <windows.h>
#include <winsnmp.h>

struct options
{
    int version; /* SNMPAPI_UNTRANSLATED_V1 or SNMPAPI_UNTRANSLATED_V2 */
    const char *community;
    unsigned port;         /* 0: the usual one */
    long timeout, retries; /* hundredths of a second, a number; -1: the implementation's */
    unsigned repetitions;  /* bulkwalk */
    unsigned count;        /* trap-listen, agent: end after so many; 0: never */
    unsigned wait;         /* trap-listen, agent: end after so many seconds; 0: never */
    const char *filter;    /* trap-listen: only notifications below this OID */
    const char *from;      /* trap-listen: only from this host */
    int only_community;    /* trap-listen: only with the community of -c */
    int window;            /* notifications by window message instead of the callback */
    int verbose;           /* what is opened and closed goes to standard error */
    unsigned delay;        /* walk: milliseconds between requests */
};

/* Exit codes. */
#define EXIT_OK    0
#define EXIT_ERROR 1
#define EXIT_USAGE 2

/* ---- print.c ---- */

/* One variable binding in the format of `snmpwalk -On`, with a line feed. */
void print_varbind(smiLPCOID name, smiLPCVALUE value);
/* A dotted OID with its leading dot into text of MAXOBJIDSTRSIZE + 1 characters. Returns text. */
const char *oid_text(smiLPCOID oid, char *text);
/* The name of an error-status (RFC 3416) and of a WinSNMP error code. */
const char *error_status_name(smiINT status);
const char *api_error_name(SNMPAPI_STATUS error);

/* ---- value.c ---- */

/* An OID from text, with or without a leading dot. Free it with free_oid. Returns 0 for text that is none. */
int parse_oid(const char *text, smiLPOID oid);
void free_oid(smiLPOID oid);
/* A value from net-snmp's type letter (i u c C t a o s x n) and its text. What it points to is freed by
 * free_parsed_value. Returns 0 for what is no such value. */
int parse_value(const char *type, const char *text, smiLPVALUE value);
void free_parsed_value(smiLPVALUE value);
/* Frees what SnmpGetVb allocated. */
void free_received(smiLPOID name, smiLPVALUE value);
/* Whether oid lies below root or is root. */
int oid_below(smiLPCOID oid, smiLPCOID root);

/* ---- session.c ---- */

/* A WinSNMP session whose notifications are waited for. */
struct session
{
    HSNMP_SESSION handle;
    HSNMP_ENTITY peer;     /* the host of the command line */
    HSNMP_CONTEXT context; /* its community */
    HANDLE arrived;        /* set by the callback */
    HWND window;           /* or a message to this window */
    int verbose;
};

struct message
{
    HSNMP_ENTITY source, destination;
    HSNMP_CONTEXT context;
    HSNMP_PDU pdu;
    HSNMP_VBL list;
    smiINT type, error_status, error_index;
    smiINT32 id;
};

/* Starts WinSNMP and opens a session. Prints what failed and returns 0. stop_session undoes both
 * and returns an exit code. */
int start_session(struct session *session, const struct options *options);
int stop_session(struct session *session);
/* Makes session->peer and session->context of the host and the options. */
int open_peer(struct session *session, const struct options *options, const char *host, unsigned default_port);
/* The next message. Returns SNMPAPI_SUCCESS with message filled in; SNMPAPI_NOOP once milliseconds are over; or the
 * error code (time-out ...), where message may still hold the PDU that failed. Always followed by free_message. */
SNMPAPI_STATUS next_message(struct session *session, struct message *message, DWORD milliseconds);
void free_message(struct message *message);
/* Sends a PDU to the peer and waits for its answer. Takes list over. */
SNMPAPI_STATUS exchange(struct session *session, smiINT type, smiINT a, smiINT b, HSNMP_VBL list,
                        struct message *answer);
/* Prints "snmp: what: SNMPAPI_..." and returns EXIT_ERROR. */
int report(const char *what, SNMPAPI_STATUS error);
/* The last error of a session, for report. */
SNMPAPI_STATUS last_error(const struct session *session);

/* ---- the commands: manager.c, trap.c, agent.c. Each returns the exit code. ---- */

int command_get(const struct options *options, smiINT type, int argc, char **argv);
int command_walk(const struct options *options, int bulk, int argc, char **argv);
int command_set(const struct options *options, int argc, char **argv);
int command_trap_listen(const struct options *options);
int command_trap_send(const struct options *options, int argc, char **argv);
int command_agent(const struct options *options, int argc, char **argv);

#endif
