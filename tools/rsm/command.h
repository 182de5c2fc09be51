/* rsm.exe: what its files share. It is written against ntmsapi.h and its documentation; wire.c alone goes past them. */
#ifndef CORK_RSM_COMMAND_H
#define CORK_RSM_COMMAND_H

#include <windows.h>
#include <ntmsapi.h>

#include "../console/program.h"
#include "command_line.h"

enum
{
    TEXT_SIZE = 4 * NTMS_POOLHIERARCHY_LENGTH, /* bytes of the longest text of an object in UTF-8 */
};

/* ---- object.c ---- */

typedef NTMS_OBJECTINFORMATIONW object_information;

/* "library", "physical medium" ... */
const char *type_name(DWORD type);
/* The NtmsObjectsTypes of a word of the switch /t of `view`. */
DWORD type_of_word(uint32_t word);
/* Reads an object; `type` NTMS_UNKNOWN: of any type. The API's error, nothing printed. */
DWORD read_object(HANDLE session, const NTMS_GUID *id, DWORD type, object_information *information);
/* The ids of a container's objects in memory of malloc; NULL: of all, pools within pools included. The API's error,
 * nothing printed. */
DWORD list_objects(HANDLE session, const NTMS_GUID *container, DWORD type, NTMS_GUID **ids, DWORD *count);
/* The object that a switch names, by GUID or by name: in a container, or (NULL) anywhere. Prints what is wrong. */
DWORD find_object(HANDLE session, const struct switch_value *value, DWORD type, const NTMS_GUID *container,
                  NTMS_GUID *id);
/* The media pool of a name such as Parent\Child. Prints what is wrong. */
DWORD find_pool(HANDLE session, const char *name, NTMS_GUID *id);
/* An object's name, for people: of a pool its whole name, its GUID where it has none, "-" for GUID_NULL. `text` of
 * TEXT_SIZE bytes. Returns text. */
const char *name_of(HANDLE session, const NTMS_GUID *id, char *text);
/* Sets name and description; NULL leaves one. Prints what is wrong. */
DWORD rename_object(HANDLE session, const NTMS_GUID *id, const char *name, const char *description);
BOOL is_null_id(const NTMS_GUID *id);
BOOL same_id(const NTMS_GUID *a, const NTMS_GUID *b);
/* As guid_to_text, into a text that stays until the fourth next call. */
const char *id_text(const NTMS_GUID *id);

/* ---- place.c: where media are; the API's errors, nothing printed ---- */

/* The physical medium that a logical medium or a side is of. */
DWORD physical_medium_of(HANDLE session, const NTMS_GUID *logical_or_side, NTMS_GUID *physical);
DWORD first_side_of(HANDLE session, const NTMS_GUID *physical, NTMS_GUID *side);
/* The medium at a place (slot, drive, port) of a library; NULL: in any drive. ERROR_MEDIA_NOT_AVAILABLE: none;
 * ERROR_INVALID_PARAMETER: several. */
DWORD medium_at(HANDLE session, const NTMS_GUID *library, const NTMS_GUID *place, NTMS_GUID *physical);
DWORD medium_in_slot(HANDLE session, const NTMS_GUID *slot, NTMS_GUID *physical);

/* ---- state.c: the API's numbers in words ---- */

const char *drive_state(DWORD state);
const char *slot_state(DWORD state);
const char *door_state(DWORD state);
const char *port_content(DWORD content);
const char *medium_state(DWORD state);
const char *partition_state(DWORD state);
const char *pool_type(DWORD type);
const char *library_type(DWORD type);
const char *operational_state(DWORD state);
const char *library_operation(DWORD operation);
const char *library_request_state(DWORD state);
const char *operator_request(DWORD request);
const char *operator_request_state(DWORD state);
BOOL library_request_has_ended(DWORD state);
BOOL operator_request_has_ended(DWORD state);

/* ---- wait.c: calls that may take long ---- */

struct long_call
{
    DWORD (*call)(HANDLE session, void *context); /* runs in a thread of its own */
    /* Says once a second, in `text` of `size` bytes, what it waits for. */
    void (*describe)(HANDLE session, void *context, char *text, size_t size);
    void *context;
};

/* Makes the call, and says on standard error what it waits for when that takes time or changes. */
DWORD wait_for(HANDLE session, const struct long_call *call);
/* What operators are asked for now, if anything, in words. */
void describe_operator_requests(HANDLE session, char *text, size_t size);

/* ---- wire.c: what no function of the API asks for ---- */

DWORD wire_add_library(const char *location, const char *name, const uint32_t sizes[4], NTMS_GUID *library);
/* Where the mounted medium of a drive is on the host; "" where it is nowhere. `path` of TEXT_SIZE bytes. */
DWORD wire_drive_path(const NTMS_GUID *drive, char *path);
/* Calls `fault` for each that the service finds in its database. */
DWORD wire_check(void (*fault)(const char *text), DWORD *count);

/* ---- The verbs: each returns the exit code, 0 or a Windows error code, and has printed what is wrong ---- */

typedef DWORD verb_function(HANDLE session, const struct command_line *line);

verb_function verb_allocate, verb_deallocate;                   /* allocate.c */
verb_function verb_createpool, verb_deletepool;                 /* pool.c */
verb_function verb_mount, verb_dismount;                        /* mount.c */
verb_function verb_eject, verb_ejectatapi, verb_inject;         /* eject.c */
verb_function verb_freemedia, verb_movemedia, verb_deletemedia; /* media.c */
verb_function verb_inventory, verb_refresh, verb_door;          /* inventory.c */
verb_function verb_clean, verb_cleaner;                         /* cleaner.c */
verb_function verb_addlibrary, verb_deletelibrary;              /* library.c */
verb_function verb_enable, verb_disable, verb_rename;           /* library.c */
verb_function verb_wait;                                        /* idle.c */
verb_function verb_view;                                        /* view.c */
verb_function verb_requests;                                    /* request_list.c */
verb_function verb_satisfy, verb_refuse, verb_cancel;           /* request.c */
verb_function verb_export, verb_import, verb_check;             /* database.c */

#endif
