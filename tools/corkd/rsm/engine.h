/* The inside of the removable storage engine. Everything here is called with the engine's lock held, but what says
 * otherwise. */
#ifndef CORK_RSM_ENGINE_H
#define CORK_RSM_ENGINE_H

#include <pthread.h>

#include "rsm/changer.h"
#include "rsm/database.h"
#include "rsm/ntms_constants.h"
#include "rsm/rsm.h"
#include "win_error.h"

#define RSM_PENDING   0xfffffffeu /* no result yet */
#define RSM_MALFORMED 0xfffffffdu /* the payload is none of that request */

#define MOUNTS_MAX           64          /* media that one call mounts or dismounts */
#define CLEANER_USES_UNKNOWN 0xffffffffu /* dwCleanerUsesRemaining: "used until it no longer cleans the drive" */
#define DEFER_DELAY          300         /* seconds, "the default is 5 minutes" */

/* A library that has a device. Lives from rsm_open or add to delete. */
struct library
{
    struct library *next;
    struct rsm *rsm;
    struct guid id;
    struct changer *changer;
    struct changer_description description;
    pthread_t thread;
    pthread_cond_t wake;
    bool started, stop;
    bool uncertain;      /* where media are has to be asked before the next move */
    struct guid current; /* the request that is being done */

    /* The thread's own. */
    struct guid extended;    /* the request for which the door or the ports are unlocked */
    uint64_t extended_until; /* monotonic, ms */
    uint64_t watched_at;     /* when a watched library was looked at, and what was there then */
    uint64_t watched_contents;
    bool failing;        /* it does not say what is where */
    uint32_t generation; /* of a stand-alone drive, at the last inventory */
};

struct event
{
    uint32_t type, operation;
    struct guid object;
};

struct event_list
{
    struct event *events;
    size_t count, capacity;
};

struct subscription
{
    struct subscription *next;
    uint32_t number, type;
    struct event_list queue;
};

/* A computer that a session's own messages are shown on (SetNtmsUIOptions). */
struct destination
{
    struct destination *next;
    uint32_t type;
    char text[4 * NTMS_COMPUTERNAME_LENGTH];
};

/* A device change detection: the libraries that are looked at until it ends. */
struct detection
{
    struct detection *next;
    uint32_t number;
    size_t count;
    struct guid *libraries;
};

struct rsm_session
{
    struct rsm_session *next;
    uint64_t client;
    uint32_t number;
    char application[4 * NTMS_APPLICATIONNAME_LENGTH], user[4 * NTMS_USERNAME_LENGTH],
        computer[4 * NTMS_COMPUTERNAME_LENGTH];
    struct subscription *subscriptions;
    struct destination *destinations; /* of its own messages */
    uint8_t *sids;                    /* of its user and their groups; NULL: the service's own user */
    size_t sids_size;
    struct detection *detections;
};

/* A request that waits. poll looks whether it is done: at first, after each change of the database, and for one that
 * waits for a notification (`number`) each time. abandon undoes what it has asked for when it ends otherwise. Both run
 * in a transaction. */
struct rsm_call
{
    struct rsm_call *next;
    struct rsm_session *session;
    uint32_t (*poll)(struct rsm *rsm, struct rsm_call *call, struct host_encoder *values);
    void (*abandon)(struct rsm *rsm, struct rsm_call *call);
    struct rsm_waiter *waiter;
    uint64_t deadline; /* CLOCK_MONOTONIC, ms; 0: none */
    uint32_t forced;   /* the result that it has to end with, 0: none */
    uint32_t timeout_result;
    struct rsm_reply reply;
    bool finished, fresh;
    bool unwritten;   /* it has ended, and what it had asked for is still to be undone */
    int changes_seen; /* sqlite3_total_changes when it was polled last */

    /* What its poll works on. */
    struct guid work, pool, partition, opreq;
    uint32_t options, number;
    uint32_t count;
    struct guid *media;
};

struct rsm
{
    pthread_mutex_t lock;
    pthread_cond_t clock, idle;
    pthread_t clock_thread;
    bool stopping, clock_started;
    bool clock_stale;      /* something has got a time */
    uint64_t clock_wakes;  /* when the clock looks next by itself, in monotonic_ms */
    bool time_has_come;    /* for a deferred dismount or a purge, maybe */
    bool work_started;     /* in the transaction under way: a library has got something to do */
    int changes_scheduled; /* sqlite3_total_changes when the libraries were last asked to start what they can */
    uint64_t purged_at;    /* when requests that have ended were last forgotten (monotonic, ms) */
    bool purge_planned;    /* the clock knows when the next ones are due */
    struct database db;
    char *folder, *dosdevices;
    void (*log)(const char *format, ...) __attribute__((format(printf, 1, 2)));

    struct library *libraries;
    struct discovery *discovery; /* of stand-alone drives; NULL: they are not looked for */
    struct absent_libraries *absent;
    struct rsm_session *sessions;
    struct rsm_call *calls;
    struct rsm_call *unwritten;
    uint32_t numbers;            /* of sessions, subscriptions and detections */
    struct event_list pending;   /* of the transaction under way */
    uint8_t *default_descriptor; /* of objects that nobody gave one */
    size_t default_descriptor_size;
    struct guid computer, root, free_pool, import_pool, unrecognized, offline;
};

/* ---- engine.c ---- */

/* An operation: rsm_begin takes the lock and begins a transaction; rsm_end takes the operation's result so far, rolls
 * back on an error, else lets the libraries and waiting calls go on as far as they can in the same transaction,
 * commits, releases the lock and tells whoever waits. Returns the result, or the error that kept it from being written.
 */
void rsm_begin(struct rsm *rsm);
uint32_t rsm_end(struct rsm *rsm, uint32_t result);
/* The same for what only reads, without a transaction: rsm_looked releases the lock and returns the error that made
 * queries give no rows, or 0. */
void rsm_look(struct rsm *rsm);
uint32_t rsm_looked(struct rsm *rsm);
/* Notes a change for subscribers; it is told when the transaction is committed. */
void rsm_event(struct rsm *rsm, uint32_t type, uint32_t operation, const struct guid *object);
uint64_t monotonic_ms(void);
void rsm_log(struct rsm *rsm, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* ---- object.c ---- */

/* Makes the object's common row and its event. */
struct guid object_new(struct rsm *rsm, uint32_t type, const char *name, const char *description);
void object_insert(struct rsm *rsm, const struct guid *id, uint32_t type, const char *name, const char *description);
/* Deletes it and, by the schema's references, its own row; attributes too. */
void object_delete(struct rsm *rsm, const struct guid *id);
/* Its Modified time and event. */
void object_touch(struct rsm *rsm, const struct guid *id);
/* 0: there is none. */
uint32_t object_type(struct rsm *rsm, const struct guid *id);
bool object_enabled(struct rsm *rsm, const struct guid *id);

/* ---- access.c ---- */

/* Whether the session may perform a request, as far as its arguments say at once: 0, ERROR_ACCESS_DENIED, or why that
 * cannot be known. `arguments` stand behind the session's number, and are left as they are. Objects that are not there
 * are the operation's matter. */
uint32_t access_request(struct rsm *rsm, const struct rsm_session *session, uint32_t method,
                        const struct host_decoder *arguments);
/* Whether it has rights on what protects an object. The same results. */
uint32_t access_check(struct rsm *rsm, const struct rsm_session *session, const struct guid *object, uint32_t rights);
/* Whether it may move media from one pool to another: NTMS_USE_ACCESS to a free pool, NTMS_CONTROL_ACCESS to others. */
uint32_t access_move(struct rsm *rsm, const struct rsm_session *session, const struct guid *from,
                     const struct guid *to);
/* The library, media pool or computer whose security counts for an object. */
struct guid access_container(struct rsm *rsm, const struct guid *object);
/* The security descriptor of such a one, to be freed; NULL: see db.error. */
uint8_t *access_descriptor(struct rsm *rsm, const struct guid *object, size_t *size);

/* ---- information.c ---- */

/* Puts the object as rsm_service.h says. ERROR_OBJECT_NOT_FOUND, ERROR_INVALID_PARAMETER when it has another type than
 * `type` (0: any). */
uint32_t information_get(struct rsm *rsm, const struct guid *id, uint32_t type, struct host_encoder *values);
/* Text between the database (UTF-8, lone surrogates in three bytes each) and the protocol (UTF-16). */
void put_text(struct host_encoder *values, const char *text);
/* The next string in `text` of `size` bytes; false: malformed, or longer than `units` UTF-16 units with a terminator
 * (*too_long). */
bool get_text(struct host_decoder *arguments, char *text, size_t size, size_t units, bool *too_long);
size_t text_units(const char *text);
/* `count` UTF-16 units as text; false, and it is empty, where `size` bytes may not hold it (three a unit and a 0). */
bool text_of_units(const uint16_t *units, size_t count, char *text, size_t size);

/* ---- library.c ---- */

struct library *library_find(struct rsm *rsm, const struct guid *id);
/* Opens the device of a library row and starts its thread. Without the lock. */
uint32_t library_start(struct rsm *rsm, const struct guid *id, const char *location);
/* Ends the thread and closes the device; takes it off the list. Without the lock. */
void library_stop(struct rsm *rsm, struct library *library);
uint32_t library_add(struct rsm *rsm, const char *location, const char *name, const uint32_t sizes[4], struct guid *id);
/* Deletes a library that has no device with all that it has; its media are offline. */
void library_forget(struct rsm *rsm, const struct guid *id);
struct guid element_id(struct rsm *rsm, const struct guid *library, struct changer_element element);
bool element_of(struct rsm *rsm, const struct guid *id, struct changer_element *element);

/* The device has gone: its library is "not present" until library_start. Without the lock. */
void library_gone(struct rsm *rsm, struct library *library);

/* ---- absent_libraries.c (without the lock) ---- */

/* Tries to start SCSI libraries whose device was not there, now and then, until absent_end. */
uint32_t absent_start(struct rsm *rsm);
void absent_end(struct rsm *rsm);

/* ---- drive_discovery.c (without the lock) ---- */

/* Looks for stand-alone drives among the nodes of a folder ("/dev"), until discovery_end. */
uint32_t discovery_start(struct rsm *rsm, const char *folder);
void discovery_end(struct rsm *rsm);

/* ---- pool.c ---- */

void pools_init(struct rsm *rsm);
/* The pool for a media type below one of the three system pools; it is made where there is none. */
struct guid system_pool(struct rsm *rsm, const struct guid *top, const struct guid *media_type);
uint32_t pool_type(struct rsm *rsm, const struct guid *pool);
uint32_t pool_name(struct rsm *rsm, const struct guid *pool, char *name, size_t size);

/* ---- device_name.c ---- */

/* A drive's device name and letter follow what is loaded in it. Without the lock. */
void drive_letter(struct library *library, uint32_t drive, bool mounted);
/* The name of a tape drive's node for Windows programs, "\\\\.\\tape0" (NTMS_DRIVEINFORMATION, szDeviceName); any other
 * text, or where there is no prefix, as it is. */
void tape_name(struct rsm *rsm, const char *node, char *name, size_t size);
/* Makes "\\.\Cdrom0" a name of that node, where no other has it. Any thread, with the lock or without. */
void device_link(struct rsm *rsm, const char *name, const char *node);

/* ---- media.c ---- */

/* What a medium becomes when it has left its library: a row of the offline library, or nothing (the documentation of
 * EjectNtmsMedia). */
void medium_goes_offline(struct rsm *rsm, const struct guid *medium);
/* The medium of a logical medium or side, and that side; both null if it is neither. */
bool media_side(struct rsm *rsm, const struct guid *media, struct guid *side, struct guid *medium);
void medium_place(struct rsm *rsm, const struct guid *medium, const struct guid *library, const struct guid *place,
                  uint32_t place_type);
/* Whether something is being done with it, or it is mounted. */
bool medium_in_use(struct rsm *rsm, const struct guid *medium);
/* Deletes a medium with its sides and logical media. */
void medium_delete(struct rsm *rsm, const struct guid *medium);
/* The next of the numbers that media are found by in an offline library, as szSequenceNumber has it. */
void medium_sequence(struct rsm *rsm, char sequence[NTMS_SEQUENCE_LENGTH]);
void side_state(struct rsm *rsm, const struct guid *side, uint32_t state);

/* ---- request.c ---- */

struct libreq
{
    struct guid id, library, side, drive, medium, slot, work;
    uint32_t op, option, state;
    int priority;
};

/* Adds a library request to its queue; state, id and place in the queue are set here. */
struct guid libreq_add(struct rsm *rsm, const struct rsm_session *session, const struct libreq *request);
void libreq_state(struct rsm *rsm, const struct guid *id, uint32_t state, uint32_t error);
/* Whether a request of that state is done with. */
bool libreq_has_ended(uint32_t state);
/* Ends every request of a work group that has not ended, and takes back what it had reserved. Mounted media of it are
 * dismounted. */
void work_cancel(struct rsm *rsm, const struct guid *work, uint32_t state, uint32_t error);
struct guid opreq_add(struct rsm *rsm, const struct rsm_session *session, uint32_t request, const char *message,
                      const struct guid *arg1, const struct guid *arg2);
void opreq_end(struct rsm *rsm, const struct guid *id, uint32_t state);
/* The same for one request that is not being done: *being_done says whether it is, and goes on. */
void libreq_cancel(struct rsm *rsm, const struct guid *id, uint32_t state, uint32_t error, bool *being_done);
/* A poll for calls that wait for the requests of call->work, and what gives them up. */
uint32_t poll_work(struct rsm *rsm, struct rsm_call *call, struct host_encoder *values);
void abandon_work(struct rsm *rsm, struct rsm_call *call);
/* "All requests to disabled media return errors": ends the mounts that wait for what has been disabled. */
void mounts_refuse(struct rsm *rsm, const struct guid *object);
bool libreq_read(struct rsm *rsm, const struct guid *id, struct libreq *request);

/* ---- purge.c ---- */

/* Forgets requests that have ended longer ago than the computer object says. */
void purge(struct rsm *rsm);
/* When that is due next (monotonic, ms); UINT64_MAX: never. */
uint64_t purge_due(struct rsm *rsm);

struct operation;

/* ---- op_pools.c ---- */

/* Moves a medium to another pool, as MoveToNtmsMediaPool does. */
uint32_t pool_take_medium(struct operation *operation, const struct guid *medium, const struct guid *pool);

/* ---- cleaner.c ---- */

/* The cleaner that a library can use now; null: none, or it is used up. */
struct guid cleaner_of(struct rsm *rsm, const struct guid *library);
/* A cleaning medium stands in `slot`, with that many uses left. */
void cleaner_found(struct rsm *rsm, const struct guid *library, const struct guid *slot, const struct guid *medium,
                   uint32_t uses);
/* There is none any more. */
void cleaner_gone(struct rsm *rsm, const struct guid *library);
/* A drive has been cleaned. */
void cleaner_used(struct rsm *rsm, const struct guid *library, const struct guid *drive);
/* Queues the cleaning of a drive that wants it, once. */
void cleaning_wanted(struct rsm *rsm, const struct guid *library, const struct guid *drive);
/* Asks an operator for a cleaner where a cleaning has none, and hears what he says. */
void cleanings_wait(struct rsm *rsm);

/* ---- op_detection.c ---- */

void detection_free(struct detection *detection);
bool library_is_watched(struct rsm *rsm, const struct guid *library);

/* ---- op_libraries.c ---- */

/* Whether a library can be told to do something: ERROR_INVALID_LIBRARY, ERROR_LIBRARY_OFFLINE,
 * ERROR_DEVICE_NOT_AVAILABLE (it has no device), ERROR_RESOURCE_DISABLED. */
uint32_t library_usable(struct rsm *rsm, const struct guid *library);
/* Takes back an eject or inject that has not been done. ERROR_INVALID_OPERATION. */
uint32_t operation_stop(struct rsm *rsm, const struct guid *id, uint32_t op);

/* ---- The operations: handlers of requests (rsm_service.h) ---- */

/* Everything that a handler works with. It reads its arguments, does its work in the transaction that is under way,
 * puts the reply's values. A request that waits returns RSM_PENDING and has `call` filled. */
struct operation
{
    struct rsm *rsm;
    struct rsm_session *session;
    struct host_decoder *arguments;
    struct host_encoder *values;
    struct rsm_call *call; /* for requests that wait; NULL for others */
};

/* RSM_MALFORMED when the arguments were not what was read. */
uint32_t arguments_end(struct operation *operation);
/* Sets when a call that waits ends by itself, and with what. */
void call_timeout(struct rsm_call *call, uint32_t timeout_ms, uint32_t result);

/* The object of (id, type; NTMS_OBJECT: any): 0, ERROR_OBJECT_NOT_FOUND, or ERROR_INVALID_PARAMETER for what is no
 * type. */
uint32_t check_object(struct rsm *rsm, const struct guid *id, uint32_t type);
/* Puts `u32 size, blob`; ERROR_INSUFFICIENT_BUFFER without the bytes where they do not fit. */
uint32_t put_sized(struct operation *operation, const void *bytes, size_t size, uint32_t capacity);

uint32_t op_enumerate(struct operation *operation);
uint32_t op_get_information(struct operation *operation);
uint32_t op_set_information(struct operation *operation);
uint32_t op_enable(struct operation *operation);
uint32_t op_disable(struct operation *operation);
uint32_t op_get_attribute(struct operation *operation);
uint32_t op_set_attribute(struct operation *operation);
uint32_t op_get_security(struct operation *operation);
uint32_t op_set_security(struct operation *operation);
uint32_t op_get_ui_options(struct operation *operation);
uint32_t op_set_ui_options(struct operation *operation);
uint32_t op_create_pool(struct operation *operation);
uint32_t op_get_pool_name(struct operation *operation);
uint32_t op_move_to_pool(struct operation *operation);
uint32_t op_delete_pool(struct operation *operation);
uint32_t op_allocate(struct operation *operation);
uint32_t op_deallocate(struct operation *operation);
uint32_t op_swap_media(struct operation *operation);
uint32_t op_decommission(struct operation *operation);
uint32_t op_set_complete(struct operation *operation);
uint32_t op_create_media(struct operation *operation);
uint32_t op_delete_media(struct operation *operation);
uint32_t op_update_omid(struct operation *operation);
uint32_t op_mount(struct operation *operation);
uint32_t op_dismount(struct operation *operation);
uint32_t op_dismount_drive(struct operation *operation);
uint32_t op_inventory(struct operation *operation);
uint32_t op_identify_slot(struct operation *operation);
uint32_t op_access_door(struct operation *operation);
uint32_t op_eject_media(struct operation *operation);
uint32_t op_inject_media(struct operation *operation);
uint32_t op_inject_cleaner(struct operation *operation);
uint32_t op_eject_cleaner(struct operation *operation);
uint32_t op_begin_detection(struct operation *operation);
uint32_t op_set_detection(struct operation *operation);
uint32_t op_end_detection(struct operation *operation);
uint32_t op_delete_drive(struct operation *operation);
uint32_t op_drive_path(struct operation *operation);
uint32_t op_clean_drive(struct operation *operation);
uint32_t op_reserve_cleaner(struct operation *operation);
uint32_t op_release_cleaner(struct operation *operation);
uint32_t op_add_media_type(struct operation *operation);
uint32_t op_delete_media_type(struct operation *operation);
uint32_t op_change_media_type(struct operation *operation);
uint32_t op_volumes_of_drive(struct operation *operation);
uint32_t op_eject_from_drive(struct operation *operation);
uint32_t op_cancel_request(struct operation *operation);
uint32_t op_get_request_order(struct operation *operation);
uint32_t op_set_request_order(struct operation *operation);
uint32_t op_delete_requests(struct operation *operation);
uint32_t op_submit_opreq(struct operation *operation);
uint32_t op_wait_opreq(struct operation *operation);
uint32_t op_cancel_opreq(struct operation *operation);
uint32_t op_satisfy_opreq(struct operation *operation);
uint32_t op_open_notification(struct operation *operation);
uint32_t op_wait_notification(struct operation *operation);
uint32_t op_close_notification(struct operation *operation);
/* The messages' destinations of a session that closes. */
void destinations_free(struct destination *destinations);
/* A subscription and what it has not given out. */
void subscription_free(struct subscription *subscription);

/* ---- op_stand_alone.c ---- */

/* The stand-alone drive that a program calls so: by the device's own name ("\\.\Cdrom0"), or by the letter that its
 * medium has, with or without "\\.\". Null: none. */
struct guid stand_alone_named(struct rsm *rsm, const char *name);

/* ---- schedule.c ---- */

/* Starts what can be started: gives queued requests their drives. Called after each change, and when time_has_come. */
void schedule(struct rsm *rsm);

/* ---- worker.c ---- */

void *library_main(void *library);

/* ---- inventory.c (the worker's thread) ---- */

enum identify
{
    IDENTIFY_NEW, /* media that have never been looked at */
    IDENTIFY_ALL,
    IDENTIFY_NONE
};

/* Makes the database agree with what the device says is where, and queues the identification of media. Without the
 * lock. */
uint32_t inventory_run(struct library *library, bool scan, enum identify identify);
/* A medium that is not known, in no place yet. */
struct guid medium_new(struct rsm *rsm, struct library *library, const struct changer_content *content);
void identify_queue(struct rsm *rsm, const struct library *library, const struct guid *medium);

/* ---- identify.c (the worker's thread, without the lock) ---- */

/* Reads the labels of the medium that is in a drive and puts it into the pool where it belongs. One that turns out to
 * be another medium than was thought becomes that: *medium is its identifier then. */
uint32_t identify_run(struct library *library, struct guid *medium, uint32_t drive);
/* "Each time a medium is mounted, for example, Removable Storage Manager reads the label to ensure that the medium it
 * mounted is correct." A label that an application has written since is noted. ERROR_INVALID_STATE: it is another
 * medium, or an Available one that has lost its free label. */
uint32_t verify_label(struct library *library, const struct libreq *request, uint32_t drive, uint32_t side);
/* NTMS_LIBRARYINFORMATION, AutoRecovery: "a full inventory will be performed if a mount fails. The failure may be
 * either hardware or label mismatch." Queues it, where the library is to. */
void recover_library(struct library *library);

#endif
