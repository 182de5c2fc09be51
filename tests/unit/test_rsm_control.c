/* Library control: ports, the door, cleaners, media types, change detection, what is forgotten. Each test names the
 * sentence that it holds to. */
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

#include "rsm_requests.h"

#define WAIT 30000

/* ---- Requests ---- */

/* A request of (guid, guid, u32), whose reply is an operation. */
static uint32_t operate(struct bench *bench, uint32_t method, const struct guid *id, struct guid *operation,
                        uint32_t action)
{
    struct request request;
    uint32_t result;

    request_begin(&request, bench->session, method);
    host_put_guid(&request.arguments, id);
    host_put_guid(&request.arguments, operation);
    host_put_u32(&request.arguments, action);
    result = request_run(bench->rsm, 1, &request);
    if (!result && operation) host_get_guid(&request.values, operation);
    request_free(&request);
    return result;
}

static uint32_t inject_cleaner(struct bench *bench, uint32_t uses, uint32_t action, struct guid *operation)
{
    struct request request;
    uint32_t result;

    request_begin(&request, bench->session, RSM_INJECT_CLEANER);
    host_put_guid(&request.arguments, &bench->library);
    host_put_guid(&request.arguments, operation);
    host_put_u32(&request.arguments, uses);
    host_put_u32(&request.arguments, action);
    result = request_run(bench->rsm, 1, &request);
    if (!result) host_get_guid(&request.values, operation);
    request_free(&request);
    return result;
}

struct library_facts
{
    struct guid cleaner_slot;
    uint32_t uses, flags;
};

static struct library_facts library_facts(struct bench *bench)
{
    struct library_facts facts;
    struct request request;
    struct guid ignored;
    uint16_t text[256];

    request_begin(&request, bench->session, RSM_GET_INFORMATION);
    host_put_guid(&request.arguments, &bench->library);
    host_put_u32(&request.arguments, 0);
    require(request_run(bench->rsm, 1, &request) == 0);
    host_get_u32(&request.values);
    host_get_u64(&request.values);
    host_get_u64(&request.values);
    host_get_guid(&request.values, &ignored);
    host_get_bool(&request.values);
    host_get_u32(&request.values);
    host_get_utf16_into(&request.values, text, 256);
    host_get_utf16_into(&request.values, text, 256);
    host_get_u32(&request.values);
    host_get_guid(&request.values, &facts.cleaner_slot);
    host_get_guid(&request.values, &ignored);
    host_get_bool(&request.values);
    host_get_bool(&request.values);
    host_get_u32(&request.values);
    facts.uses = host_get_u32(&request.values);
    for (int i = 0; i < 13; i++)
        host_get_u32(&request.values);
    host_get_bool(&request.values);
    facts.flags = host_get_u32(&request.values);
    require(host_decoder_finish(&request.values, false) == HOST_OK);
    request_free(&request);
    return facts;
}

static void slots_of(struct bench *bench, struct guid slots[64])
{
    uint32_t count;

    require(enumerate(bench, &bench->library, NTMS_STORAGESLOT, slots, 64, &count) == 0);
}

static uint32_t state_of(struct bench *bench, const struct guid *request)
{
    return request_facts(bench, request).state;
}

/* ---- Out ---- */

/* NTMS_EJECT_QUEUE is "used to group media for multi-slot NTMS_IEPORT objects"; "If more media is queued than slots in
 * the NTMS_IEPORT object, EjectNtmsMedia returns ERROR_BUSY." "To begin the physical eject operation, the application
 * can use NTMS_EJECT_START with the last media ID or NULL." */
START_TEST(ejects_are_queued)
{
    struct bench bench;
    struct guid media[3], operation = {{0}}, other = {{0}};
    char barcode[16];

    fake_bench_open(&bench, 1, 6, 2, 3);
    for (int i = 0; i < 3; i++)
    {
        snprintf(barcode, sizeof(barcode), "M%03d", i + 1);
        media[i] = named(&bench, NULL, NTMS_PHYSICAL_MEDIA, barcode);
    }
    require(operate(&bench, RSM_EJECT_MEDIA, NULL, &operation, NTMS_EJECT_START) == ERROR_INVALID_PARAMETER);
    require(operate(&bench, RSM_EJECT_MEDIA, &media[0], &operation, NTMS_EJECT_QUEUE) == 0);
    require(operate(&bench, RSM_EJECT_MEDIA, &media[1], &operation, NTMS_EJECT_QUEUE) == 0);
    require(operate(&bench, RSM_EJECT_MEDIA, &media[2], &operation, NTMS_EJECT_QUEUE) == ERROR_BUSY);
    require(requests_of(&bench, NTMS_LM_EJECT, NTMS_LM_DEFERRED, NULL) == 2);
    require(fake_count() == 3 && !fake_holds(CHANGER_PORT, 0, "M001"));
    require(operate(&bench, RSM_EJECT_MEDIA, NULL, &operation, NTMS_EJECT_START) == 0);
    wait_requests(&bench, NTMS_LM_EJECT, NTMS_LM_PASSED, 2);
    require(fake_holds(CHANGER_PORT, 0, "M001") && fake_holds(CHANGER_PORT, 1, "M002"));
    require(operate(&bench, RSM_EJECT_MEDIA, NULL, &operation, NTMS_EJECT_STOP) == ERROR_INVALID_OPERATION);
    /* The ports are full: it waits until a person has taken something. */
    require(operate(&bench, RSM_EJECT_MEDIA, &media[2], &other, NTMS_EJECT_START) == 0);
    require(state_of(&bench, &other) == NTMS_LM_QUEUED);
    check_engine(&bench);
    fake_take(CHANGER_PORT, 1);
    WAIT_UNTIL(state_of(&bench, &other) == NTMS_LM_PASSED);
    require(fake_holds(CHANGER_PORT, 1, "M003"));
    check_engine(&bench);
    bench_delete(&bench);
}
END_TEST

/* What lies in the ports is the persons' affair: one has taken a medium from the one and put another into the other. */
START_TEST(ports_are_looked_at_one_by_one)
{
    struct bench bench;
    struct guid media[2], operation = {{0}};

    fake_bench_open(&bench, 1, 6, 2, 2);
    media[0] = named(&bench, NULL, NTMS_PHYSICAL_MEDIA, "M001");
    media[1] = named(&bench, NULL, NTMS_PHYSICAL_MEDIA, "M002");
    require(operate(&bench, RSM_EJECT_MEDIA, &media[0], &operation, NTMS_EJECT_START) == 0);
    WAIT_UNTIL(state_of(&bench, &operation) == NTMS_LM_PASSED);
    require(fake_holds(CHANGER_PORT, 0, "M001"));
    fake_take(CHANGER_PORT, 0);
    fake_put(CHANGER_PORT, 1, "X001");
    require(operate(&bench, RSM_EJECT_MEDIA, &media[1], &operation, NTMS_EJECT_START) == 0);
    WAIT_UNTIL(state_of(&bench, &operation) == NTMS_LM_PASSED);
    require(fake_holds(CHANGER_PORT, 0, "M002") && fake_holds(CHANGER_PORT, 1, "X001"));
    check_engine(&bench);
    bench_delete(&bench);
}
END_TEST

/* NTMS_EJECT_STOP: "Terminate the ejection process specified by lpEjectOperation before the time-out event lapses." "If
 * the media is currently in use (mounted or opened), this function returns an error." */
START_TEST(ejects_are_stopped)
{
    struct bench bench;
    struct guid medium, operation = {{0}}, side, drive;

    fake_bench_open(&bench, 1, 6, 1, 2);
    medium = named(&bench, NULL, NTMS_PHYSICAL_MEDIA, "M001");
    side = side_of(&bench, "M001");
    fake_put(CHANGER_PORT, 0, "X");
    require(operate(&bench, RSM_EJECT_MEDIA, &medium, &operation, NTMS_EJECT_START) == 0);
    WAIT_UNTIL(state_of(&bench, &operation) == NTMS_LM_QUEUED);
    require(operate(&bench, RSM_EJECT_MEDIA, NULL, &operation, NTMS_EJECT_STOP) == 0);
    require(state_of(&bench, &operation) == NTMS_LM_STOPPED);
    require(operate(&bench, RSM_EJECT_MEDIA, NULL, &operation, NTMS_EJECT_STOP) == ERROR_INVALID_OPERATION);
    require(mount(&bench, &side, NTMS_MOUNT_READ, WAIT, &drive) == 0);
    require(operate(&bench, RSM_EJECT_MEDIA, &medium, &operation, NTMS_EJECT_START) == ERROR_BUSY);
    require(dismount(&bench, &side, NTMS_DISMOUNT_DEFERRED) == 0);
    fake_take(CHANGER_PORT, 0);
    require(operate(&bench, RSM_EJECT_MEDIA, &medium, &operation, NTMS_EJECT_START) == 0); /* from the drive */
    WAIT_UNTIL(fake_holds(CHANGER_PORT, 0, "M001"));
    wait_idle(&bench);
    check_engine(&bench);
    bench_delete(&bench);
}
END_TEST

/* ---- In ---- */

/* "Poll for a full NTMS_IEPORT, a retracted NTMS_IEPORT, a Stop Inject command, or a time-out value. ... When one of
 * the preceding events occurs, the NTMS_IEPORT is locked, each medium in the NTMS_IEPORT is moved to a slot". */
START_TEST(injects)
{
    struct guid operation = {{0}}, medium;
    struct bench bench;

    fake_bench_open(&bench, 1, 8, 2, 2);
    require(operate(&bench, RSM_INJECT_MEDIA, &bench.library, &operation, NTMS_INJECT_START) == 0);
    WAIT_UNTIL(fake_door_is_open());
    fake_put(CHANGER_PORT, 0, "N001");
    WAIT_UNTIL(state_of(&bench, &operation) == NTMS_LM_PASSED);
    require(!fake_door_is_open() && fake_holds(CHANGER_SLOT, 2, "N001"));
    medium = named(&bench, NULL, NTMS_PHYSICAL_MEDIA, "N001");
    require(!guid_is_null(&medium));
    require(operate(&bench, RSM_INJECT_MEDIA, &bench.library, &operation, NTMS_INJECT_STOP) == ERROR_INVALID_OPERATION);
    /* A person retracts the port without having put anything there. */
    require(operate(&bench, RSM_INJECT_MEDIA, &bench.library, &operation, NTMS_INJECT_START) == 0);
    WAIT_UNTIL(fake_door_is_open());
    fake_close_door();
    WAIT_UNTIL(state_of(&bench, &operation) == NTMS_LM_PASSED);
    /* "If a medium is found, the insert/eject port is reopened to receive more media." */
    require(operate(&bench, RSM_INJECT_MEDIA, &bench.library, &operation, NTMS_INJECT_STARTMANY) == 0);
    WAIT_UNTIL(fake_door_is_open());
    fake_put(CHANGER_PORT, 0, "N002");
    WAIT_UNTIL(fake_holds(CHANGER_SLOT, 3, "N002") && fake_door_is_open());
    fake_put(CHANGER_PORT, 1, "N003");
    WAIT_UNTIL(fake_holds(CHANGER_SLOT, 4, "N003") && fake_door_is_open());
    require(operate(&bench, RSM_INJECT_MEDIA, &bench.library, &operation, NTMS_INJECT_RETRACT) == 0);
    require(state_of(&bench, &operation) == NTMS_LM_INPROCESS);
    require(operate(&bench, RSM_INJECT_MEDIA, &bench.library, &operation, NTMS_INJECT_STOP) == 0);
    WAIT_UNTIL(state_of(&bench, &operation) == NTMS_LM_STOPPED);
    require(!fake_door_is_open());
    /* Cancelled: the ports are locked. */
    require(operate(&bench, RSM_INJECT_MEDIA, &bench.library, &operation, NTMS_INJECT_STARTMANY) == 0);
    WAIT_UNTIL(fake_door_is_open());
    require(simple(&bench, RSM_CANCEL_REQUEST, &operation) == 0);
    WAIT_UNTIL(!fake_door_is_open());
    require(state_of(&bench, &operation) == NTMS_LM_CANCELLED);
    fake_bench_end(&bench, 5);
}
END_TEST

/* "If there are not enough slots for the media in the NTMS_IEPORT object, the media remains in the NTMS_IEPORT object
 * and an Operator Request is posted to have media removed from the library. If there are no free slots, the
 * InjectNtmsMedia function receives an error." */
START_TEST(inject_into_a_full_library)
{
    struct guid operation = {{0}};
    struct bench bench;
    uint32_t kind = 0;

    fake_bench_open(&bench, 1, 3, 2, 2);
    fake_put(CHANGER_PORT, 0, "N001");
    fake_put(CHANGER_PORT, 1, "N002");
    require(operate(&bench, RSM_INJECT_MEDIA, &bench.library, &operation, NTMS_INJECT_START) == 0);
    wait_opreqs(&bench, 1);
    require(open_opreqs(&bench, NULL, &kind) == 1 && kind == NTMS_OPREQ_MOVEMEDIA);
    WAIT_UNTIL(state_of(&bench, &operation) == NTMS_LM_PASSED);
    require(fake_holds(CHANGER_SLOT, 2, "N001") && fake_holds(CHANGER_PORT, 1, "N002"));
    require(operate(&bench, RSM_INJECT_MEDIA, &bench.library, &operation, NTMS_INJECT_START) == ERROR_LIBRARY_FULL);
    wait_idle(&bench);
    check_engine(&bench);
    bench_delete(&bench);
}
END_TEST

/* ---- The door ---- */

/* AccessNtmsLibraryDoor: "unlocks the door of the specified library. If the library is busy, RSM queues the request and
 * returns successfully"; what is done "after the user closes the door". */
START_TEST(door)
{
    struct mounting waiting;
    struct bench bench;
    struct guid request, side, drive;

    fake_bench_open(&bench, 1, 6, 1, 2);
    fake_block(FAKE_LOAD);
    mounting_begin(&waiting, &bench, "M001", NTMS_MOUNT_READ, RSM_INFINITE);
    fake_wait_blocked(FAKE_LOAD);
    require(simple_number(&bench, RSM_ACCESS_DOOR, &bench.library, NTMS_INVENTORY_FAST) == 0);
    require(requests_of(&bench, NTMS_LM_DOORACCESS, NTMS_LM_QUEUED, &request) == 1);
    fake_release(FAKE_LOAD);
    require(mounting_end(&waiting) == 0);
    WAIT_UNTIL(fake_door_is_open());
    /* Nothing moves while somebody has his hands in it. */
    side = side_of(&bench, "M001");
    require(dismount(&bench, &side, NTMS_DISMOUNT_IMMEDIATE) == 0);
    require(requests_of(&bench, NTMS_LM_DISMOUNT, NTMS_LM_QUEUED, NULL) == 1);
    fake_put(CHANGER_SLOT, 4, "N001");
    fake_close_door();
    wait_idle(&bench);
    require(state_of(&bench, &request) == NTMS_LM_PASSED);
    require(!fake_door_is_open());
    side = side_of(&bench, "N001");
    require(mount(&bench, &side, NTMS_MOUNT_READ, WAIT, &drive) == 0);
    require(dismount(&bench, &side, NTMS_DISMOUNT_IMMEDIATE) == 0);
    wait_idle(&bench);
    /* "NTMS_INVENTORY_NONE: After the user closes the door, no inventory is performed." Cancelling closes it. */
    require(simple_number(&bench, RSM_ACCESS_DOOR, &bench.library, NTMS_INVENTORY_NONE) == 0);
    WAIT_UNTIL(fake_door_is_open());
    require(requests_of(&bench, NTMS_LM_DOORACCESS, NTMS_LM_INPROCESS, &request) == 1);
    require(simple(&bench, RSM_CANCEL_REQUEST, &request) == 0);
    WAIT_UNTIL(!fake_door_is_open());
    fake_fail(FAKE_DOOR, ERROR_GEN_FAILURE, 1, false);
    require(simple_number(&bench, RSM_ACCESS_DOOR, &bench.library, NTMS_INVENTORY_NONE) == 0);
    wait_requests(&bench, NTMS_LM_DOORACCESS, NTMS_LM_FAILED, 1);
    fake_bench_end(&bench, 3);
}
END_TEST

/* ---- Cleaners ---- */

START_TEST(cleaner_life)
{
    struct guid slots[64], operation = {{0}}, drive, request;
    struct bench bench;
    uint32_t kind = 0;

    fake_bench_open(&bench, 1, 6, 1, 2);
    slots_of(&bench, slots);
    drive = first(&bench, &bench.library, NTMS_DRIVE);
    require(inject_cleaner(&bench, 2, NTMS_INJECT_START, &operation) == ERROR_CLEANER_SLOT_NOT_SET);
    require(operate(&bench, RSM_EJECT_CLEANER, &bench.library, &operation, NTMS_EJECT_START) ==
            ERROR_CLEANER_SLOT_NOT_SET);
    require(simple(&bench, RSM_RELEASE_CLEANER, &bench.library) == ERROR_CLEANER_SLOT_NOT_SET);
    require(simple2(&bench, RSM_RESERVE_CLEANER, &bench.library, &slots[0]) == ERROR_RESOURCE_NOT_AVAILABLE);
    require(simple2(&bench, RSM_RESERVE_CLEANER, &bench.library, &drive) == ERROR_OBJECT_NOT_FOUND);
    require(simple2(&bench, RSM_RESERVE_CLEANER, &bench.library, &slots[5]) == 0);
    require(simple2(&bench, RSM_RESERVE_CLEANER, &bench.library, &slots[4]) == ERROR_CLEANER_SLOT_SET);
    require(operate(&bench, RSM_EJECT_CLEANER, &bench.library, &operation, NTMS_EJECT_START) == ERROR_EMPTY);
    /* What is no cleaner stays where it is. */
    require(inject_cleaner(&bench, 2, NTMS_INJECT_START, &operation) == 0);
    fake_put(CHANGER_PORT, 0, "N001");
    WAIT_UNTIL(state_of(&bench, &operation) == NTMS_LM_FAILED);
    require(request_facts(&bench, &operation).error == ERROR_INVALID_CLEANER && fake_holds(CHANGER_PORT, 0, "N001"));
    fake_take(CHANGER_PORT, 0);
    require(inject_cleaner(&bench, 2, NTMS_INJECT_START, &operation) == 0);
    WAIT_UNTIL(fake_door_is_open());
    fake_put(CHANGER_PORT, 0, "CLN001");
    WAIT_UNTIL(state_of(&bench, &operation) == NTMS_LM_PASSED);
    require(fake_holds(CHANGER_SLOT, 5, "CLN001"));
    require(library_facts(&bench).uses == 2 && library_facts(&bench).flags & NTMS_LIBRARYFLAG_CLEANERPRESENT);
    require(inject_cleaner(&bench, 2, NTMS_INJECT_START, &operation) == ERROR_RESOURCE_NOT_AVAILABLE);
    require(simple(&bench, RSM_RELEASE_CLEANER, &bench.library) == ERROR_CLEANER_CARTRIDGE_INSTALLED);
    /* It is used twice; the third time an operator is asked for another. */
    for (unsigned i = 1; i <= 2; i++)
    {
        require(simple(&bench, RSM_CLEAN_DRIVE, &drive) == 0);
        wait_requests(&bench, NTMS_LM_CLEANDRIVE, NTMS_LM_PASSED, i);
        require(fake_cleanings(0) == i && library_facts(&bench).uses == 2 - i);
        require(fake_holds(CHANGER_SLOT, 5, "CLN001"));
    }
    require(simple(&bench, RSM_CLEAN_DRIVE, &drive) == 0);
    wait_opreqs(&bench, 1);
    require(open_opreqs(&bench, &request, &kind) == 1 && kind == NTMS_OPREQ_CLEANER);
    require(simple(&bench, RSM_CANCEL_OPREQUEST, &request) == 0);
    wait_requests(&bench, NTMS_LM_CLEANDRIVE, NTMS_LM_FAILED, 1);
    /* "Ejected cleaner cartridges are not tracked in the offline library." */
    require(operate(&bench, RSM_EJECT_CLEANER, &bench.library, &operation, NTMS_EJECT_START) == 0);
    WAIT_UNTIL(state_of(&bench, &operation) == NTMS_LM_PASSED);
    require(fake_holds(CHANGER_PORT, 0, "CLN001"));
    request = named(&bench, NULL, NTMS_PHYSICAL_MEDIA, "CLN001");
    require(guid_is_null(&request));
    require(!(library_facts(&bench).flags & NTMS_LIBRARYFLAG_CLEANERPRESENT));
    require(simple(&bench, RSM_RELEASE_CLEANER, &bench.library) == 0);
    fake_take(CHANGER_PORT, 0);
    fake_bench_end(&bench, 2);
}
END_TEST

/* "A drive needs to be cleaned, and there is no usable cleaner cartridge available in the library unit": an operator
 * request; where there is one, the drive is cleaned by itself. */
START_TEST(drives_are_cleaned_by_themselves)
{
    struct guid side, drive, opreq;
    struct bench bench;
    uint32_t kind = 0;

    fake_bench_open(&bench, 1, 6, 1, 2);
    side = side_of(&bench, "M001");
    fake_want_cleaning(0);
    require(mount(&bench, &side, NTMS_MOUNT_READ, WAIT, &drive) == 0);
    require(dismount(&bench, &side, NTMS_DISMOUNT_IMMEDIATE) == 0);
    wait_opreqs(&bench, 1);
    require(open_opreqs(&bench, &opreq, &kind) == 1 && kind == NTMS_OPREQ_CLEANER);
    /* An operator puts one into a slot: the library knows it by its bar code, and how often it can be used nobody. */
    fake_put(CHANGER_SLOT, 3, "CLN007");
    require(simple(&bench, RSM_SATISFY_OPREQUEST, &opreq) == 0);
    WAIT_UNTIL(fake_cleanings(0) == 1);
    wait_idle(&bench);
    require(library_facts(&bench).uses == 0xffffffff &&
            library_facts(&bench).flags & NTMS_LIBRARYFLAG_IGNORECLEANERUSESREMAINING);
    require(fake_holds(CHANGER_SLOT, 3, "CLN007"));
    /* One that does not clean any more is spent, whatever was thought of it. */
    fake_fail(FAKE_LOAD, ERROR_CLEANER_CARTRIDGE_SPENT, 1, false);
    require(simple(&bench, RSM_CLEAN_DRIVE, &drive) == 0);
    wait_opreqs(&bench, 1);
    require(library_facts(&bench).uses == 0);
    fake_bench_end(&bench, 3);
}
END_TEST

/* Without a port the door is opened, and what is put into the reserved slot is the cleaner. */
START_TEST(cleaner_through_the_door)
{
    struct guid slots[64], operation = {{0}};
    struct bench bench;

    fake_bench_open(&bench, 1, 6, 0, 2);
    slots_of(&bench, slots);
    require(simple2(&bench, RSM_RESERVE_CLEANER, &bench.library, &slots[5]) == 0);
    require(inject_cleaner(&bench, 7, NTMS_INJECT_START, &operation) == 0);
    WAIT_UNTIL(fake_door_is_open());
    require(inject_cleaner(&bench, 7, NTMS_INJECT_STOP, &operation) == ERROR_INVALID_OPERATION);
    fake_put(CHANGER_SLOT, 5, "CLN001");
    fake_close_door();
    WAIT_UNTIL(state_of(&bench, &operation) == NTMS_LM_PASSED);
    require(library_facts(&bench).uses == 7);
    require(operate(&bench, RSM_EJECT_CLEANER, &bench.library, &operation, NTMS_EJECT_START) == 0);
    WAIT_UNTIL(fake_door_is_open());
    fake_take(CHANGER_SLOT, 5);
    fake_close_door();
    WAIT_UNTIL(state_of(&bench, &operation) == NTMS_LM_PASSED);
    require(library_facts(&bench).uses == 0);
    /* There is no port: "use the AccessNtmsLibraryDoor function to insert and eject media". */
    require(operate(&bench, RSM_INJECT_MEDIA, &bench.library, &operation, NTMS_INJECT_START) ==
            ERROR_DEVICE_NOT_AVAILABLE);
    fake_bench_end(&bench, 2);
}
END_TEST

/* ---- Identification ---- */

static void *release_soon(void *context)
{
    (void)context;
    fake_wait_blocked(FAKE_IDENTIFY);
    usleep(20000);
    fake_release(FAKE_IDENTIFY);
    return NULL;
}

/* IdentifyNtmsSlot: "The command returns when the identification is complete." "If the slot is empty the function
 * returns ERROR_SUCCESS". */
START_TEST(identify_a_slot)
{
    struct guid slots[64], drive;
    pthread_t thread;
    struct bench bench;
    unsigned calls;

    fake_bench_open(&bench, 1, 6, 1, 2);
    slots_of(&bench, slots);
    drive = first(&bench, &bench.library, NTMS_DRIVE);
    calls = fake_calls(FAKE_IDENTIFY);
    require(simple_number(&bench, RSM_IDENTIFY_SLOT, &slots[3], NTMS_DISMOUNT_IMMEDIATE) == 0);
    require(fake_calls(FAKE_IDENTIFY) == calls);
    fake_block(FAKE_IDENTIFY);
    require(!pthread_create(&thread, NULL, release_soon, NULL));
    require(simple_number(&bench, RSM_IDENTIFY_SLOT, &slots[0], NTMS_DISMOUNT_IMMEDIATE) == 0);
    require(!pthread_join(thread, NULL));
    require(fake_calls(FAKE_IDENTIFY) == calls + 1 && fake_holds(CHANGER_SLOT, 0, "M001"));
    /* "Leave the media in the drive after the media identification is complete". */
    require(simple_number(&bench, RSM_IDENTIFY_SLOT, &slots[1], NTMS_DISMOUNT_DEFERRED) == 0);
    require(fake_holds(CHANGER_DRIVE, 0, "M002"));
    require(drive_state_of(&bench, &drive) == NTMS_DRIVESTATE_DISMOUNTABLE);
    require(simple_number(&bench, RSM_IDENTIFY_SLOT, &slots[0], 7) == ERROR_INVALID_PARAMETER);
    require(simple_number(&bench, RSM_IDENTIFY_SLOT, &drive, NTMS_DISMOUNT_DEFERRED) == ERROR_INVALID_PARAMETER);
    fake_bench_end(&bench, 2);
}
END_TEST

/* ---- Change detection ---- */

static uint32_t set_detection(struct bench *bench, uint32_t number, const struct guid *id, uint32_t type)
{
    struct request request;
    uint32_t result;

    request_begin(&request, bench->session, RSM_SET_DETECTION);
    host_put_u32(&request.arguments, number);
    host_put_list(&request.arguments, 1);
    host_put_guid(&request.arguments, id);
    host_put_u32(&request.arguments, type);
    result = request_run(bench->rsm, 1, &request);
    request_free(&request);
    return result;
}

/* "RSM continues to detect changes for the devices specified until the change detection session is closed." "NULL for a
 * single poll". */
START_TEST(change_detection)
{
    struct guid found, type, drive;
    struct request request;
    struct bench bench;
    uint32_t number;

    fake_bench_open(&bench, 1, 6, 1, 2);
    type = media_type_of(&bench);
    drive = first(&bench, &bench.library, NTMS_DRIVE);
    fake_put(CHANGER_SLOT, 3, "N001");
    require(set_detection(&bench, 0, &bench.library, NTMS_LIBRARY) == 0);
    found = named(&bench, &bench.library, NTMS_PHYSICAL_MEDIA, "N001");
    require(!guid_is_null(&found));
    request_begin(&request, bench.session, RSM_BEGIN_DETECTION);
    require(request_run(bench.rsm, 1, &request) == 0);
    number = host_get_u32(&request.values);
    request_free(&request);
    require(set_detection(&bench, number + 1, &bench.library, NTMS_LIBRARY) == ERROR_INVALID_HANDLE);
    require(set_detection(&bench, number, &drive, NTMS_LIBRARY) == ERROR_INVALID_LIBRARY);
    require(set_detection(&bench, number, &drive, NTMS_PHYSICAL_MEDIA) == ERROR_INVALID_MEDIA);
    require(set_detection(&bench, number, &drive, NTMS_MEDIA_TYPE) == ERROR_INVALID_MEDIA);
    require(set_detection(&bench, number, &drive, NTMS_DRIVE) == ERROR_INVALID_PARAMETER);
    require(set_detection(&bench, number, &type, NTMS_MEDIA_TYPE) == 0); /* of no stand-alone library */
    require(set_detection(&bench, number, &found, NTMS_PHYSICAL_MEDIA) == 0);
    require(set_detection(&bench, number, &bench.library, NTMS_LIBRARY) == 0);
    fake_put(CHANGER_SLOT, 4, "N002");
    WAIT_UNTIL((found = named(&bench, &bench.library, NTMS_PHYSICAL_MEDIA, "N002"), !guid_is_null(&found)));
    fake_take(CHANGER_SLOT, 4);
    WAIT_UNTIL((found = named(&bench, &bench.library, NTMS_PHYSICAL_MEDIA, "N002"), guid_is_null(&found)));
    for (int i = 0; i < 2; i++)
    {
        request_begin(&request, bench.session, RSM_END_DETECTION);
        host_put_u32(&request.arguments, number);
        require(request_run(bench.rsm, 1, &request) == (i ? ERROR_INVALID_HANDLE : 0));
        request_free(&request);
    }
    fake_bench_end(&bench, 3);
}
END_TEST

/* ---- What is forgotten ---- */

static void disable(struct bench *bench, const struct guid *library)
{
    struct request request;

    request_begin(&request, bench->session, RSM_DISABLE);
    host_put_u32(&request.arguments, NTMS_LIBRARY);
    host_put_guid(&request.arguments, library);
    require(request_run(bench->rsm, 1, &request) == 0);
    request_free(&request);
}

static void *delete_library(void *context)
{
    struct bench *bench = context;

    return (void *)(uintptr_t)simple(bench, RSM_DELETE_LIBRARY, &bench->library);
}

/* DeleteNtmsLibrary: "deletes a library, and all the devices contained in the library"; exactly one of two callers. */
START_TEST(library_is_deleted)
{
    struct guid side, drive;
    pthread_t thread;
    struct bench bench;
    void *other;
    uint32_t mine;

    fake_bench_open(&bench, 1, 6, 1, 2);
    side = side_of(&bench, "M001");
    require(simple(&bench, RSM_DELETE_LIBRARY, &bench.library) == ERROR_INVALID_STATE);
    require(mount(&bench, &side, NTMS_MOUNT_READ, WAIT, &drive) == 0);
    disable(&bench, &bench.library);
    require(simple(&bench, RSM_DELETE_LIBRARY, &bench.library) == ERROR_INVALID_STATE); /* somebody has its medium */
    require(dismount(&bench, &side, NTMS_DISMOUNT_IMMEDIATE) == ERROR_DEVICE_NOT_AVAILABLE);
    {
        struct request request;

        request_begin(&request, bench.session, RSM_ENABLE);
        host_put_u32(&request.arguments, NTMS_LIBRARY);
        host_put_guid(&request.arguments, &bench.library);
        require(request_run(bench.rsm, 1, &request) == 0);
        request_free(&request);
    }
    require(dismount(&bench, &side, NTMS_DISMOUNT_IMMEDIATE) == 0);
    wait_idle(&bench);
    disable(&bench, &bench.library);
    require(!pthread_create(&thread, NULL, delete_library, &bench));
    mine = simple(&bench, RSM_DELETE_LIBRARY, &bench.library);
    require(!pthread_join(thread, &other));
    require((mine == 0) != (other == NULL));
    require(mine == 0 || mine == ERROR_INVALID_LIBRARY);
    require(simple(&bench, RSM_DELETE_LIBRARY, &bench.library) == ERROR_INVALID_LIBRARY);
    require(mount(&bench, &side, NTMS_MOUNT_READ, WAIT, &drive) == ERROR_INVALID_MEDIA); /* it was unrecognized */
    check_engine(&bench);
    bench_delete(&bench);
}
END_TEST

/* DeleteNtmsDrive: "The drive must have a dwOperationalState of NTMS_NOT_PRESENT." */
START_TEST(drive_is_deleted)
{
    struct guid drives[8], drive;
    struct bench bench;
    uint32_t count;

    fake_bench_open(&bench, 2, 6, 1, 2);
    require(enumerate(&bench, &bench.library, NTMS_DRIVE, drives, 8, &count) == 0 && count == 2);
    require(simple(&bench, RSM_DELETE_DRIVE, &drives[1]) == ERROR_INVALID_STATE);
    require(simple(&bench, RSM_DELETE_DRIVE, &bench.library) == ERROR_INVALID_DRIVE);
    bench_close(&bench);
    fake_reset(1, 6, 1);
    fake_put(CHANGER_SLOT, 0, "M001");
    bench_reopen(&bench);
    wait_idle(&bench);
    {
        struct guid side = side_of(&bench, "M001");

        drive = drives[1];
        require(mount(&bench, &side, NTMS_MOUNT_SPECIFIC_DRIVE, WAIT, &drive) == ERROR_INVALID_DRIVE);
    }
    require(simple(&bench, RSM_DELETE_DRIVE, &drives[0]) == ERROR_INVALID_STATE);
    require(simple(&bench, RSM_DELETE_DRIVE, &drives[1]) == 0);
    require(enumerate(&bench, &bench.library, NTMS_DRIVE, drives, 8, &count) == 0 && count == 1);
    fake_bench_end(&bench, 1);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("rsm control");
    TCase *cases = tcase_create("control");
    SRunner *runner;
    int failed;

    tcase_set_timeout(cases, 240);
    tcase_add_test(cases, ejects_are_queued);
    tcase_add_test(cases, ports_are_looked_at_one_by_one);
    tcase_add_test(cases, ejects_are_stopped);
    tcase_add_test(cases, injects);
    tcase_add_test(cases, inject_into_a_full_library);
    tcase_add_test(cases, door);
    tcase_add_test(cases, cleaner_life);
    tcase_add_test(cases, drives_are_cleaned_by_themselves);
    tcase_add_test(cases, cleaner_through_the_door);
    tcase_add_test(cases, identify_a_slot);
    tcase_add_test(cases, change_detection);
    tcase_add_test(cases, library_is_deleted);
    tcase_add_test(cases, drive_is_deleted);
    suite_add_tcase(suite, cases);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
