/* Mounting on a changer that is slow, refuses and lies: what is cancelled, times out or fails leaves every medium where
 * the library says, for nobody, and the next mount works. Each test names the sentence that it holds to. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "rsm_requests.h"

#define WAIT 30000

static uint32_t simple_mount(struct bench *bench, const char *barcode, uint32_t timeout, struct guid *drive)
{
    struct guid side = side_of(bench, barcode);

    return mount(bench, &side, NTMS_MOUNT_READ, timeout, drive);
}

static uint32_t simple_dismount(struct bench *bench, const char *barcode, uint32_t options)
{
    struct guid side = side_of(bench, barcode);

    return dismount(bench, &side, options);
}

/* It can be mounted and goes home: whatever was before has left nothing behind. */
static void mounts_well(struct bench *bench, const char *barcode)
{
    struct guid drive;

    wait_idle(bench);
    require(simple_mount(bench, barcode, WAIT, &drive) == 0);
    require(drive_state_of(bench, &drive) == NTMS_DRIVESTATE_LOADED);
    require(simple_dismount(bench, barcode, NTMS_DISMOUNT_IMMEDIATE) == 0);
    wait_idle(bench);
    require(drive_state_of(bench, &drive) == NTMS_DRIVESTATE_DISMOUNTED);
}

static uint32_t second_session(struct bench *bench, uint64_t client)
{
    struct request request;
    uint32_t session;

    request_begin(&request, 0, RSM_OPEN_SESSION);
    for (int i = 0; i < 3; i++)
        put_ascii(&request.arguments, "other");
    host_put_u32(&request.arguments, 0);
    require(request_run(bench->rsm, client, &request) == 0);
    session = host_get_u32(&request.values);
    request_free(&request);
    return session;
}

/* Which call is stopped when something else happens. */
static const enum fake_step steps[] = {FAKE_MOVE, FAKE_LOAD, FAKE_IDENTIFY};

/* "CloseNtmsSession can be used to cancel a mount that is pending", also while the changer moves. */
START_TEST(close_while_it_moves)
{
    for (size_t i = 0; i < sizeof(steps) / sizeof(*steps); i++)
    {
        struct mounting mounting;
        struct bench bench;
        struct guid drive;

        fake_bench_open(&bench, 1, 4, 1, 2);
        drive = first(&bench, &bench.library, NTMS_DRIVE);
        fake_block(steps[i]);
        mounting_begin(&mounting, &bench, NULL, NTMS_MOUNT_READ, RSM_INFINITE);
        mounting.client = 2;
        mounting.session = second_session(&bench, 2);
        mounting.media[0] = side_of(&bench, "M001");
        mounting_start(&mounting);
        fake_wait_blocked(steps[i]);
        rsm_client_gone(bench.rsm, 2);
        require(mounting_end(&mounting) == ERROR_CANCELLED);
        require(drive_state_of(&bench, &drive) != NTMS_DRIVESTATE_LOADED);
        check_engine(&bench);
        fake_release(steps[i]);
        wait_requests(&bench, NTMS_LM_DISMOUNT, NTMS_LM_PASSED, 1);
        require(drive_state_of(&bench, &drive) == NTMS_DRIVESTATE_DISMOUNTED);
        require(fake_holds(CHANGER_SLOT, 0, "M001"));
        mounts_well(&bench, "M001");
        fake_bench_end(&bench, 2);
    }
}
END_TEST

/* "If RSM cannot complete the mount operation before dwTimeout expires, NTMS cancels the request and returns an error."
 */
START_TEST(timeout_while_it_moves)
{
    for (size_t i = 0; i < sizeof(steps) / sizeof(*steps); i++)
    {
        struct bench bench;
        struct guid drive;

        fake_bench_open(&bench, 1, 4, 1, 2);
        fake_block(steps[i]);
        require(simple_mount(&bench, "M001", 100, &drive) == ERROR_TIMEOUT);
        require(requests_of(&bench, NTMS_LM_MOUNT, NTMS_LM_CANCELLED, NULL) == 1);
        fake_release(steps[i]);
        mounts_well(&bench, "M002");
        mounts_well(&bench, "M001");
        fake_bench_end(&bench, 2);
    }
}
END_TEST

/* CancelNtmsLibraryRequest on a mount that is being done. */
START_TEST(cancel_while_it_moves)
{
    struct mounting mounting;
    struct bench bench;
    struct guid request;

    fake_bench_open(&bench, 1, 4, 1, 2);
    fake_block(FAKE_MOVE);
    mounting_begin(&mounting, &bench, "M001", NTMS_MOUNT_READ, RSM_INFINITE);
    fake_wait_blocked(FAKE_MOVE);
    require(requests_of(&bench, NTMS_LM_MOUNT, NTMS_LM_INPROCESS, &request) == 1);
    require(simple(&bench, RSM_CANCEL_REQUEST, &request) == 0);
    require(mounting_end(&mounting) == ERROR_CANCELLED);
    require(simple(&bench, RSM_CANCEL_REQUEST, &request) == ERROR_OBJECT_NOT_FOUND);
    fake_release(FAKE_MOVE);
    mounts_well(&bench, "M001");
    fake_bench_end(&bench, 2);
}
END_TEST

/* A mount that has been given its drive, but waits for the changer, gives both back. */
START_TEST(cancel_before_its_turn)
{
    struct mounting slow, waiting;
    struct guid request, medium;
    struct bench bench;

    fake_bench_open(&bench, 2, 4, 1, 2);
    medium = named(&bench, NULL, NTMS_PHYSICAL_MEDIA, "M002");
    fake_block(FAKE_MOVE);
    mounting_begin(&slow, &bench, "M001", NTMS_MOUNT_READ, RSM_INFINITE);
    fake_wait_blocked(FAKE_MOVE);
    mounting_begin(&waiting, &bench, "M002", NTMS_MOUNT_READ, RSM_INFINITE);
    wait_requests(&bench, NTMS_LM_MOUNT, NTMS_LM_INPROCESS, 2);
    requests_of(&bench, NTMS_LM_MOUNT, NTMS_LM_INPROCESS, &request);
    require(simple(&bench, RSM_CANCEL_REQUEST, &request) == 0);
    require(mounting_end(&waiting) == ERROR_CANCELLED);
    require(medium_state_of(&bench, &medium) == NTMS_MEDIASTATE_IDLE);
    check_engine(&bench);
    fake_release(FAKE_MOVE);
    require(mounting_end(&slow) == 0);
    require(simple_dismount(&bench, "M001", NTMS_DISMOUNT_IMMEDIATE) == 0);
    mounts_well(&bench, "M002");
    fake_bench_end(&bench, 2);
}
END_TEST

/* ---- Failures ---- */

static const struct
{
    enum fake_step step;
    uint32_t error;
    bool done;
} failures[] = {
    {FAKE_MOVE, ERROR_DEVICE_NOT_AVAILABLE, false},
    {FAKE_MOVE, ERROR_DEVICE_NOT_AVAILABLE, true},
    {FAKE_MOVE, ERROR_EMPTY, false},
    {FAKE_MOVE, ERROR_EMPTY, true},
    {FAKE_MOVE, ERROR_NOT_EMPTY, false},
    {FAKE_MOVE, ERROR_NOT_EMPTY, true},
    {FAKE_LOAD, ERROR_NOT_READY, false},
    {FAKE_IDENTIFY, ERROR_GEN_FAILURE, false},
};

/* "ERROR_INVALID_STATE: An unexpected media or device state occurred during mount." */
START_TEST(failures_lose_no_medium)
{
    for (size_t i = 0; i < sizeof(failures) / sizeof(*failures); i++)
    {
        struct bench bench;
        struct guid drive;

        fake_bench_open(&bench, 1, 4, 1, 2);
        fake_fail(failures[i].step, failures[i].error, 1, failures[i].done);
        require(simple_mount(&bench, "M001", WAIT, &drive) == ERROR_INVALID_STATE);
        check_engine(&bench);
        wait_idle(&bench);
        check_engine(&bench);
        require(fake_count() == 2);
        mounts_well(&bench, "M001");
        mounts_well(&bench, "M002");
        fake_bench_end(&bench, 2);
    }
}
END_TEST

/* The way back is refused: the medium is in the drive for nobody until it comes out. */
START_TEST(dismount_failures_lose_no_medium)
{
    for (size_t i = 0; i < sizeof(failures) / sizeof(*failures) && failures[i].step == FAKE_MOVE; i++)
    {
        struct bench bench;
        struct guid drive;

        fake_bench_open(&bench, 1, 4, 1, 2);
        require(simple_mount(&bench, "M001", WAIT, &drive) == 0);
        fake_fail(FAKE_MOVE, failures[i].error, 1, failures[i].done);
        require(simple_dismount(&bench, "M001", NTMS_DISMOUNT_IMMEDIATE) == 0);
        wait_requests(&bench, NTMS_LM_DISMOUNT, NTMS_LM_FAILED, 1);
        wait_idle(&bench);
        check_engine(&bench);
        mounts_well(&bench, "M002");
        mounts_well(&bench, "M001");
        fake_bench_end(&bench, 2);
    }
}
END_TEST

/* "ERROR_BUSY: The media or drives are busy": a program holds the drive of a medium that is dismounted. */
START_TEST(unload_is_busy)
{
    struct bench bench;
    struct guid drive, other, medium;

    fake_bench_open(&bench, 1, 4, 1, 2);
    medium = named(&bench, NULL, NTMS_PHYSICAL_MEDIA, "M001");
    require(simple_mount(&bench, "M001", WAIT, &drive) == 0);
    fake_fail(FAKE_UNLOAD, ERROR_BUSY, 2, false);
    require(simple_dismount(&bench, "M001", NTMS_DISMOUNT_IMMEDIATE) == 0);
    wait_requests(&bench, NTMS_LM_DISMOUNT, NTMS_LM_FAILED, 1);
    require(drive_state_of(&bench, &drive) == NTMS_DRIVESTATE_DISMOUNTABLE);
    require(medium_state_of(&bench, &medium) == NTMS_MEDIASTATE_UNLOADED);
    require(simple_mount(&bench, "M002", WAIT, &other) == ERROR_BUSY);
    check_engine(&bench);
    mounts_well(&bench, "M002");
    mounts_well(&bench, "M001");
    fake_bench_end(&bench, 2);
}
END_TEST

/* A library that does not answer ends its requests, says that it needs service, and is ready when it answers. */
START_TEST(device_does_not_answer)
{
    struct bench bench;
    struct guid drive, request;
    uint32_t kind = 0;

    fake_bench_open(&bench, 1, 4, 1, 2);
    fake_fail(FAKE_INVENTORY, ERROR_DEVICE_NOT_AVAILABLE, 1000000, false);
    fake_fail(FAKE_MOVE, ERROR_DEVICE_NOT_AVAILABLE, 1, true);
    require(simple_mount(&bench, "M001", WAIT, &drive) == ERROR_INVALID_STATE);
    require(simple_mount(&bench, "M002", WAIT, &drive) == ERROR_INVALID_STATE);
    wait_opreqs(&bench, 1);
    require(open_opreqs(&bench, &request, &kind) == 1 && kind == NTMS_OPREQ_DEVICESERVICE);
    check_engine(&bench);
    fake_fail(FAKE_INVENTORY, 0, 0, false);
    require(simple(&bench, RSM_SATISFY_OPREQUEST, &request) == 0);
    WAIT_UNTIL(fake_holds(CHANGER_SLOT, 0, "M001"));
    mounts_well(&bench, "M001");
    mounts_well(&bench, "M002");
    fake_bench_end(&bench, 2);
}
END_TEST

/* ---- Several at once ---- */

static void begin_pair(struct mounting *mounting, struct bench *bench, const char *a, const char *b, uint32_t timeout)
{
    mounting_begin(mounting, bench, NULL, NTMS_MOUNT_READ, timeout);
    mounting->count = 2;
    mounting->media[0] = side_of(bench, a);
    mounting->media[1] = side_of(bench, b);
    mounting_start(mounting);
}

/* All of a call's media are mounted, or none. */
START_TEST(all_or_none)
{
    struct mounting pair;
    struct bench bench;
    struct guid drive;

    fake_bench_open(&bench, 2, 6, 1, 4);
    require(simple_mount(&bench, "M001", WAIT, &drive) == 0);
    begin_pair(&pair, &bench, "M002", "M003", 100);
    require(mounting_end(&pair) == ERROR_TIMEOUT); /* one drive is not enough, and is not taken */
    require(fake_holds(CHANGER_SLOT, 1, "M002") && fake_holds(CHANGER_SLOT, 2, "M003"));
    begin_pair(&pair, &bench, "M002", "M003", RSM_INFINITE);
    wait_requests(&bench, NTMS_LM_MOUNT, NTMS_LM_QUEUED, 2);
    require(simple_dismount(&bench, "M001", NTMS_DISMOUNT_IMMEDIATE) == 0);
    require(mounting_end(&pair) == 0);
    require(!guid_equal(&pair.drives[0], &pair.drives[1]));
    require(simple_dismount(&bench, "M002", NTMS_DISMOUNT_IMMEDIATE) == 0);
    require(simple_dismount(&bench, "M003", NTMS_DISMOUNT_IMMEDIATE) == 0);
    fake_bench_end(&bench, 4);
}
END_TEST

/* The second medium of a call cannot be loaded: the first one goes back. */
START_TEST(one_of_two_fails)
{
    struct mounting pair;
    struct bench bench;

    fake_bench_open(&bench, 2, 6, 1, 4);
    fake_block(FAKE_LOAD);
    begin_pair(&pair, &bench, "M001", "M002", RSM_INFINITE);
    fake_wait_blocked(FAKE_LOAD);
    fake_fail(FAKE_MOVE, ERROR_NOT_EMPTY, 1, false);
    fake_release(FAKE_LOAD);
    require(mounting_end(&pair) == ERROR_INVALID_STATE);
    wait_idle(&bench);
    require(fake_holds(CHANGER_SLOT, 0, "M001") && fake_holds(CHANGER_SLOT, 1, "M002"));
    mounts_well(&bench, "M001");
    fake_bench_end(&bench, 4);
}
END_TEST

/* "One or more resources required to perform the mount are disabled": more at once than there are drives. */
START_TEST(more_than_there_are_drives)
{
    struct mounting three;
    struct bench bench;
    struct guid drive;

    fake_bench_open(&bench, 2, 6, 1, 4);
    mounting_begin(&three, &bench, NULL, NTMS_MOUNT_READ, RSM_INFINITE);
    three.count = 3;
    three.media[0] = side_of(&bench, "M001");
    three.media[1] = side_of(&bench, "M002");
    three.media[2] = side_of(&bench, "M003");
    mounting_start(&three);
    require(mounting_end(&three) == ERROR_RESOURCE_DISABLED);
    /* And when drives are disabled while they wait. */
    require(simple_mount(&bench, "M004", WAIT, &drive) == 0);
    begin_pair(&three, &bench, "M001", "M002", RSM_INFINITE);
    wait_requests(&bench, NTMS_LM_MOUNT, NTMS_LM_QUEUED, 2);
    {
        struct request request;

        request_begin(&request, bench.session, RSM_DISABLE);
        host_put_u32(&request.arguments, NTMS_DRIVE);
        host_put_guid(&request.arguments, &drive);
        require(request_run(bench.rsm, 1, &request) == 0);
        request_free(&request);
    }
    require(mounting_end(&three) == ERROR_RESOURCE_DISABLED);
    require(simple_dismount(&bench, "M004", NTMS_DISMOUNT_IMMEDIATE) == 0);
    fake_bench_end(&bench, 4);
}
END_TEST

/* ---- Races ---- */

struct racer
{
    struct bench *bench;
    char barcode[16];
    unsigned seed;
};

static void *race(void *context)
{
    struct racer *racer = context;
    struct guid drive;

    for (int i = 0; i < 15; i++)
    {
        uint32_t result = simple_mount(racer->bench, racer->barcode, (uint32_t)rand_r(&racer->seed) % 8, &drive);

        require(result == 0 || result == ERROR_TIMEOUT || result == ERROR_INVALID_STATE);
        if (!result)
            require(simple_dismount(racer->bench, racer->barcode,
                                    i % 2 ? NTMS_DISMOUNT_IMMEDIATE : NTMS_DISMOUNT_DEFERRED) == 0);
    }
    return NULL;
}

/* Time-outs against mounts that succeed, while moves fail now and then. */
START_TEST(timeouts_race_mounts)
{
    struct racer racers[4];
    pthread_t threads[4];
    struct bench bench;

    fake_bench_open(&bench, 2, 6, 1, 4);
    for (int i = 0; i < 4; i++)
    {
        racers[i] = (struct racer){.bench = &bench, .seed = (unsigned)i};
        snprintf(racers[i].barcode, sizeof(racers[i].barcode), "M%03d", i + 1);
        require(!pthread_create(&threads[i], NULL, race, &racers[i]));
    }
    for (int i = 0; i < 20; i++)
    {
        fake_fail(FAKE_MOVE, i % 2 ? ERROR_NOT_EMPTY : ERROR_DEVICE_NOT_AVAILABLE, 1, i % 3 == 0);
        usleep(2000);
    }
    for (int i = 0; i < 4; i++)
        require(!pthread_join(threads[i], NULL));
    fake_fail(FAKE_MOVE, 0, 0, false);
    wait_idle(&bench);
    check_engine(&bench);
    for (int i = 0; i < 4; i++)
        mounts_well(&bench, racers[i].barcode);
    fake_bench_end(&bench, 4);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("rsm mount");
    TCase *cases = tcase_create("mount");
    SRunner *runner;
    int failed;

    tcase_set_timeout(cases, 240);
    tcase_add_test(cases, close_while_it_moves);
    tcase_add_test(cases, timeout_while_it_moves);
    tcase_add_test(cases, cancel_while_it_moves);
    tcase_add_test(cases, cancel_before_its_turn);
    tcase_add_test(cases, failures_lose_no_medium);
    tcase_add_test(cases, dismount_failures_lose_no_medium);
    tcase_add_test(cases, unload_is_busy);
    tcase_add_test(cases, device_does_not_answer);
    tcase_add_test(cases, all_or_none);
    tcase_add_test(cases, one_of_two_fails);
    tcase_add_test(cases, more_than_there_are_drives);
    tcase_add_test(cases, timeouts_race_mounts);
    suite_add_tcase(suite, cases);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
