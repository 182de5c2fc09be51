/*
 * What the files of wsnmp32.dll share: the application's state, sessions and the resources that belong to them.
 *
 * Layers, from the bottom: the portable codec and state machines (ber.h, message_codec.h, trap_translation.h, pending.h
 * ...), transport.h (sockets), request.c and dispatch.c (what goes out, what comes in), session.c and notify.c, and the
 * files of the exported functions, each named after its concept.
 *
 * Lock order: app_lock, then engine_lock, then a session's lock. No lock is held while a callback runs.
 */
#ifndef CORK_WSNMP32_H
#define CORK_WSNMP32_H

#include <winsock2.h>
#include <ws2tcpip.h>
#include <windows.h>
#include <winsnmp.h>
#include <stdint.h>

#include <stddef.h>
#include <string.h>

#include "common/handle_table.h"
#include "common/quick_lock.h"
#include "common/settings.h"
#include "common/trace.h"
#include "wsnmp32/allocation.h"
#include "wsnmp32/message_codec.h"
#include "wsnmp32/varbind.h"

/* dlls/wsnmp32/settings.c */
extern const struct cork_settings cork_settings_wsnmp32;

/* A doubly linked list; the head is a node too. */
struct list
{
    struct list *next, *prev;
};

static inline void list_init(struct list *list)
{
    list->next = list->prev = list;
}

static inline int list_empty(const struct list *list)
{
    return list->next == list;
}

static inline void list_add_tail(struct list *list, struct list *node)
{
    node->prev = list->prev;
    node->next = list;
    list->prev->next = node;
    list->prev = node;
}

/* Takes the node out; it may be taken out again or added anew. */
static inline void list_remove(struct list *node)
{
    node->prev->next = node->next;
    node->next->prev = node->prev;
    list_init(node);
}

#define LIST_ENTRY_OF(node, type, member) ((type *)((char *)(node)-offsetof(type, member)))

/* ---- Memory ---------------------------------------------------------------------------------------------------- */

/* Memory of the DLL. Zeroed for snmp_zalloc; NULL when there is none. */
void *snmp_zalloc(size_t size);

/* Whether the application's pointer can be read or written for size bytes: "The application specified an invalid
 * pointer" is SNMPAPI_ALLOC_ERROR (WinSNMP Common Error Codes), not a crash. NULL is neither. */
int can_read(const void *ptr, size_t size);
int can_write(void *ptr, size_t size);
/* The length of a string of the application's, or -1 where it cannot be read or is longer than max. */
int string_length(const char *string, size_t max);

/* ---- Handles --------------------------------------------------------------------------------------------------- */

enum resource_type
{
    TYPE_SESSION = 1,
    TYPE_ENTITY,
    TYPE_CONTEXT,
    TYPE_PDU,
    TYPE_VBL
};

struct session;

/* The head of an entity, context, PDU or VBL. It belongs to the session that it was made for and goes with it. */
struct resource
{
    struct list entry;     /* in the session's list, under the session's lock; alone once taken out */
    struct session *owner; /* counted */
    enum resource_type type;
    HANDLE handle;
};

/* Opens a handle for a resource, which lies at the start of its allocation. From the call on it is the owner's, in any
 * case: it is destroyed when its handle is closed and nobody uses it, or at once where no handle can be had. Returns
 * the handle; NULL with *error set where the owner is closing (SNMPAPI_SESSION_INVALID), memory is short
 * (SNMPAPI_ALLOC_ERROR) or the application ends. */
HANDLE resource_open(struct session *owner, enum resource_type type, struct resource *resource, SNMPAPI_STATUS *error);
/* Pins the object behind a handle, or returns NULL. Every successful call needs resource_release(pin) on the same
 * thread. */
void *resource_acquire(HANDLE handle, enum resource_type type, struct cork_pin *pin);
void resource_release(struct cork_pin *pin);
/* Closes a handle; exactly one caller gets 1. The object goes with its last pin. */
int resource_close(HANDLE handle, enum resource_type type);
/* The destroy functions of the types, called once by the handle table with no lock held; each ends with resource_gone,
 * which takes the resource out of its session's list and gives the session back. */
void entity_destroy(void *object);
void context_destroy(void *object);
void pdu_destroy(void *object);
void vbl_destroy(void *object);
void resource_gone(struct resource *resource);

/* ---- The application ------------------------------------------------------------------------------------------- */

struct application
{
    volatile LONG started;         /* read without a lock by every function */
    LONG startup;                  /* SnmpStartup was called and not undone: 0 or 1 */
    LONG startup_ex;               /* SnmpStartupEx calls that SnmpCleanupEx has not undone */
    volatile LONG translate_mode;  /* SNMPAPI_TRANSLATED ... */
    volatile LONG retransmit_mode; /* SNMPAPI_ON or SNMPAPI_OFF */
    volatile LONG last_error;      /* for SnmpGetLastError(NULL) */
    unsigned queue_limit;          /* unsolicited messages that wait in a session (setting QueueLimit) */
    struct cork_handle_table *table;
};

extern struct application app;
extern SRWLOCK app_lock;

/* Notes the error of the session (which may be NULL) and of the application; returns SNMPAPI_FAILURE, for `return
 * fail(...)`. */
SNMPAPI_STATUS fail(struct session *session, SNMPAPI_STATUS error);

/* The first line of every function but SnmpStartup and SnmpGetLastError: SNMPAPI_NOT_INITIALIZED before SnmpStartup. */
#define RETURN_IF_NOT_STARTED()                                                                                        \
    do                                                                                                                 \
    {                                                                                                                  \
        if (!app.started) return fail_not_started(__func__);                                                           \
    }                                                                                                                  \
    while (0)
SNMPAPI_STATUS fail_not_started(const char *function);
#define RETURN_NULL_IF_NOT_STARTED()                                                                                   \
    do                                                                                                                 \
    {                                                                                                                  \
        if (!app.started)                                                                                              \
        {                                                                                                              \
            fail_not_started(__func__);                                                                                \
            return NULL;                                                                                               \
        }                                                                                                              \
    }                                                                                                                  \
    while (0)

/* ---- Addresses and entities -------------------------------------------------------------------------------------- */

/* An IPv4 or IPv6 transport address with its port. */
union address
{
    struct sockaddr any;
    struct sockaddr_in in4;
    struct sockaddr_in6 in6;
};

static inline int address_size(const union address *address)
{
    return address->any.sa_family == AF_INET6 ? (int)sizeof(address->in6) : (int)sizeof(address->in4);
}

/* Same host; with_port: and same port. IPv6 scopes differ only where both are named. */
int address_equal(const union address *a, const union address *b, int with_port);
/* Port in host byte order. */
unsigned address_port(const union address *address);
void address_set_port(union address *address, unsigned port);
/* For traces: good until the same thread has asked for three more. */
const char *debugstr_address(const union address *address);

/* Versions are those of the message's version field (SNMP_VERSION_1, SNMP_VERSION_2C), or: */
#define VERSION_BY_PDU (-1) /* SNMPv2c for what only SNMPv2c has (GETBULK, INFORM, TRAP), else SNMPv1 */

struct agent;

struct entity
{
    struct resource resource;
    union address address;
    int version;                  /* SNMP_VERSION_1, SNMP_VERSION_2C or VERSION_BY_PDU */
    volatile LONG policy_timeout; /* hundredths of a second; 0: Cork's choice */
    volatile LONG policy_retry;   /* 0: Cork's choice */
    volatile LONG actual_timeout; /* last measured, hundredths of a second; 0: none yet */
    volatile LONG actual_retry;
    struct agent *agent; /* not NULL while it acts as an agent; agent.c's, under its lock */
    char *name;          /* the user-friendly name it was made from, or NULL; owned */
};

/* A new entity with the defaults of the settings, opened for the owner. name (may be NULL) is copied. NULL with *error
 * set. */
HANDLE entity_make(struct session *owner, const union address *address, const char *name, int version,
                   SNMPAPI_STATUS *error);
/* What a request to this entity uses: policy values, or Cork's choice where they are 0. Hundredths of a second; a
 * count. */
uint32_t entity_timeout(const struct entity *entity);
uint32_t entity_retry(const struct entity *entity);
/* The version of a message with a PDU of this type to this entity. */
int entity_version(const struct entity *entity, uint8_t pdu_type);

struct context
{
    struct resource resource;
    char *name;      /* user-friendly name from the database, or NULL; owned */
    uint32_t length; /* of the community, in bytes */
    uint8_t community[];
};

/* A new context for a community (length 0 is allowed here), opened for the owner. NULL with *error set. */
HANDLE context_make(struct session *owner, const void *community, uint32_t length, const char *name,
                    SNMPAPI_STATUS *error);

/* ---- PDUs and variable binding lists ---------------------------------------------------------------------------- */

struct pdu
{
    struct resource resource;
    struct cork_quick_lock lock; /* over pdu: SnmpSetPduData against readers */
    struct snmp_pdu pdu;
};

struct vbl
{
    struct resource resource;
    struct cork_quick_lock lock; /* over list: SnmpSetVb and SnmpDeleteVb against readers */
    struct snmp_varbind_list list;
};

/* New objects opened for the owner. They take over what `pdu` or `list` owns, in any case (the caller's is emptied).
 * NULL with *error set. */
HANDLE pdu_make(struct session *owner, struct snmp_pdu *pdu, SNMPAPI_STATUS *error);
HANDLE vbl_make(struct session *owner, struct snmp_varbind_list *list, SNMPAPI_STATUS *error);
/* "Validating a PDU": what SnmpSendMsg and SnmpEncodeMsg demand of a PDU. */
int pdu_valid(const struct snmp_pdu *pdu);
/* A request identifier for a PDU: never 0, not one of the last 2^31 - 2. */
int32_t next_request_id(void);

#endif
