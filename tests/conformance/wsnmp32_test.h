/*
 * What the wsnmp32 tests share: sessions whose notifications are kept, the usual objects, and checks of error codes.
 */
#ifndef CORK_TESTS_WSNMP32_TEST_H
#define CORK_TESTS_WSNMP32_TEST_H

#include "harness.h"
#include "responder.h"
#include "wsnmp32_api.h"

#include <stdio.h>
#include <string.h>

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

/* Whether the call fails with this code by SnmpGetLastError(NULL). Another error is set first, so that the code is this
 * call's. */
#define FAILS(code, call) (spoil_last_error(code), failed_with((ULONG_PTR)(call), code, NULL))
/* The same by SnmpGetLastError(session). */
#define FAILS_IN(session, code, call) (spoil_last_error(code), failed_with((ULONG_PTR)(call), code, session))
void spoil_last_error(SNMPAPI_STATUS expected);
int failed_with(ULONG_PTR returned, SNMPAPI_STATUS code, HSNMP_SESSION session);
/* Whether the call returns `value`; notes what it returned instead. */
int returned(ULONG_PTR value, ULONG_PTR expected);

/* Starts WinSNMP with UNTRANSLATED_V2 and retransmission on. */
void start_snmp(void);
/* Undoes every SnmpStartup and SnmpStartupEx. */
void end_snmp(void);

/* The notifications of a session. */
struct notification
{
    HSNMP_SESSION session;
    HWND window;
    UINT message;
    WPARAM wparam;
    LPARAM lparam;
    LPVOID client_data;
};

enum
{
    MAX_NOTIFICATIONS = 64
};

struct inbox
{
    volatile LONG count;
    struct notification list[MAX_NOTIFICATIONS];
    volatile LONG answer; /* what the callback returns */
    HANDLE arrived;
};

SNMPAPI_STATUS CALLBACK keep_notification(HSNMP_SESSION session, HWND window, UINT message, WPARAM wparam,
                                          LPARAM lparam, LPVOID data);
/* A session that calls back into the inbox, which is emptied. */
HSNMP_SESSION open_session(struct inbox *inbox);
/* Waits until `count` notifications have come, at most 10 seconds; returns whether they have. */
int wait_for_notifications(struct inbox *inbox, LONG count);
/* A message-only window, and its messages from `message` to `message` + 15, taken from the queue within 10 seconds. */
HWND make_window(void);
int wait_for_window_message(HWND window, UINT message, MSG *out);

extern const smiOID sys_descr; /* 1.3.6.1.2.1.1.1.0 */
extern const smiOID sys_name;  /* 1.3.6.1.2.1.1.5.0 */
extern const unsigned sys_descr_ids[9], sys_name_ids[9];
int same_oid(const smiOID *left, const smiOID *right);

HSNMP_ENTITY entity_of(HSNMP_SESSION session, unsigned short port); /* 127.0.0.1 with the port */
HSNMP_CONTEXT context_of(HSNMP_SESSION session, const char *community);
/* A PDU of the type with one binding of sysDescr.0, NULL; request_id 0: the DLL's choice. */
HSNMP_PDU pdu_of(HSNMP_SESSION session, smiINT type, smiINT32 request_id);
smiINT32 request_id_of(HSNMP_PDU pdu);
smiINT type_of(HSNMP_PDU pdu);

/* Everything that a request needs, towards a responder. */
struct exchange
{
    struct inbox inbox;
    struct responder responder;
    HSNMP_SESSION session;
    HSNMP_ENTITY source, agent;
    HSNMP_CONTEXT context;
};
/* Starts all of it; the agent's policy is 2 seconds and `retries`. Returns 0 (and notes why) where that is not
 * possible. */
int exchange_start(struct exchange *exchange, enum answer answer, unsigned retries);
void exchange_stop(struct exchange *exchange);
/* Sends a request; returns what SnmpSendMsg returned. The PDU is freed. */
SNMPAPI_STATUS exchange_send(struct exchange *exchange, smiINT type, smiINT32 request_id);
/* What SnmpRecvMsg gave. */
struct received
{
    SNMPAPI_STATUS status, error; /* error: by SnmpGetLastError(session) where status is failure */
    HSNMP_ENTITY source, destination;
    HSNMP_CONTEXT context;
    HSNMP_PDU pdu;
    smiINT type;
    smiINT32 request_id;
    smiINT error_status, error_index;
    HSNMP_VBL vbl;
};
void receive(HSNMP_SESSION session, struct received *out);
void received_free(struct received *received);

/* Why no test provokes them. */
#define NO_MEMORY_TO_LACK                                                                                              \
    "no memory is handed in or out by this function but what the DLL allocates, and a test cannot exhaust it; "        \
    "allocation failures are unit tested"
#define NOTHING_UNKNOWN "a test cannot provoke an unknown error"

#endif
