/* Media of a folder library: inventory, pools, allocation, mounting. Each test names the page whose sentence it holds
 * to. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "rsm_support.h"

#define WAIT 10000

/* "Media Pools": blank media are put into the unrecognized pool for their type. */
START_TEST(new_media_are_unrecognized)
{
    struct bench bench;
    struct guid medium, top, pool, side;

    bench_open(&bench, 2, 4, 1, 2);
    medium = named(&bench, &bench.library, NTMS_PHYSICAL_MEDIA, "M001");
    require(!guid_is_null(&medium));
    top = named(&bench, NULL, NTMS_MEDIA_POOL, "Unrecognized");
    top = first(&bench, &top, NTMS_MEDIA_POOL);
    pool = medium_pool_of(&bench, &medium);
    require(guid_equal(&top, &pool));
    side = first(&bench, &medium, NTMS_PARTITION);
    require(side_state_of(&bench, &side) == NTMS_PARTSTATE_FOREIGN);
    require(medium_state_of(&bench, &medium) == NTMS_MEDIASTATE_IDLE);
    check_engine(&bench);
    bench_delete(&bench);
}
END_TEST

/* Allocate, mount, dismount, deallocate: the life cycle of "Media Life Cycle". */
START_TEST(life_cycle)
{
    struct bench bench;
    struct guid type, pool, media, drive, medium, side;

    bench_open(&bench, 2, 4, 1, 2);
    type = media_type_of(&bench);
    pool = create_pool(&bench, "Application", &type);
    medium = named(&bench, NULL, NTMS_PHYSICAL_MEDIA, "M001");
    side = first(&bench, &medium, NTMS_PARTITION);
    require(allocate(&bench, &pool, NTMS_ALLOCATE_NEW | NTMS_ALLOCATE_ERROR_IF_UNAVAILABLE, 0, &media) ==
            ERROR_MEDIA_UNAVAILABLE);
    /* "the media in the unrecognized or import pool may only be moved to the free pool" */
    require(simple2(&bench, RSM_MOVE_TO_POOL, &medium, &pool) == ERROR_INVALID_MEDIA_POOL);
    free_medium(&bench, "M001");
    require(side_state_of(&bench, &side) == NTMS_PARTSTATE_AVAILABLE);
    require(simple2(&bench, RSM_MOVE_TO_POOL, &medium, &pool) == 0);
    require(allocate(&bench, &pool, NTMS_ALLOCATE_NEW, WAIT, &media) == 0);
    require(side_state_of(&bench, &side) == NTMS_PARTSTATE_ALLOCATED);
    require(simple(&bench, RSM_DECOMMISSION, &side) == ERROR_INVALID_STATE);
    require(mount(&bench, &media, NTMS_MOUNT_READ | NTMS_MOUNT_WRITE, WAIT, &drive) == 0);
    require(drive_state_of(&bench, &drive) == NTMS_DRIVESTATE_LOADED);
    require(medium_state_of(&bench, &medium) == NTMS_MEDIASTATE_LOADED);
    require(simple(&bench, RSM_SET_COMPLETE, &media) == ERROR_INVALID_STATE);
    require(dismount(&bench, &media, NTMS_DISMOUNT_IMMEDIATE) == 0);
    rsm_drain(bench.rsm);
    require(drive_state_of(&bench, &drive) == NTMS_DRIVESTATE_DISMOUNTED);
    require(medium_state_of(&bench, &medium) == NTMS_MEDIASTATE_IDLE);
    require(dismount(&bench, &media, NTMS_DISMOUNT_IMMEDIATE) == ERROR_INVALID_STATE);
    require(simple(&bench, RSM_SET_COMPLETE, &media) == 0);
    require(mount(&bench, &media, NTMS_MOUNT_WRITE, WAIT, &drive) == ERROR_WRITE_PROTECT);
    require(simple_number(&bench, RSM_DEALLOCATE, &media, 0) == 0);
    require(side_state_of(&bench, &side) == NTMS_PARTSTATE_AVAILABLE);
    require(simple_number(&bench, RSM_DEALLOCATE, &media, 0) == ERROR_INVALID_MEDIA);
    require(simple(&bench, RSM_DECOMMISSION, &side) == 0);
    require(side_state_of(&bench, &side) == NTMS_PARTSTATE_DECOMMISSIONED);
    require(simple(&bench, RSM_DELETE_POOL, &pool) == ERROR_NOT_EMPTY);
    check_engine(&bench);
    bench_delete(&bench);
}
END_TEST

static struct guid allocated(struct bench *bench, const struct guid *pool, const char *barcode)
{
    struct guid medium = named(bench, NULL, NTMS_PHYSICAL_MEDIA, barcode), media;

    free_medium(bench, barcode);
    require(simple2(bench, RSM_MOVE_TO_POOL, &medium, pool) == 0);
    require(allocate(bench, pool, NTMS_ALLOCATE_NEW, WAIT, &media) == 0);
    return media;
}

/* MountNtmsMedia: a drive that is taken makes the second wait, refuse or time out; a deferred dismount gives it up. */
START_TEST(drives_are_shared)
{
    struct bench bench;
    struct guid type, pool, media1, media2, drive, other;

    bench_open(&bench, 1, 4, 1, 2);
    type = media_type_of(&bench);
    pool = create_pool(&bench, "Application", &type);
    media1 = allocated(&bench, &pool, "M001");
    media2 = allocated(&bench, &pool, "M002");
    require(mount(&bench, &media1, NTMS_MOUNT_READ, WAIT, &drive) == 0);
    require(mount(&bench, &media2, NTMS_MOUNT_READ | NTMS_MOUNT_ERROR_NOT_AVAILABLE, WAIT, &other) == ERROR_BUSY);
    require(mount(&bench, &media2, NTMS_MOUNT_READ, 50, &other) == ERROR_TIMEOUT);
    require(mount(&bench, &media1, NTMS_MOUNT_READ, 50, &other) == ERROR_TIMEOUT);
    require(dismount(&bench, &media1, NTMS_DISMOUNT_DEFERRED) == 0);
    require(drive_state_of(&bench, &drive) == NTMS_DRIVESTATE_DISMOUNTABLE);
    require(mount(&bench, &media2, NTMS_MOUNT_READ, WAIT, &other) == 0);
    require(guid_equal(&drive, &other));
    check_engine(&bench);
    bench_delete(&bench);
}
END_TEST

struct mounter
{
    struct bench *bench;
    struct guid media;
    int rounds;
};

static void *mount_often(void *context)
{
    struct mounter *mounter = context;
    struct guid drive;

    for (int i = 0; i < mounter->rounds; i++)
    {
        require(mount(mounter->bench, &mounter->media, NTMS_MOUNT_READ, RSM_INFINITE, &drive) == 0);
        require(dismount(mounter->bench, &mounter->media, i % 2 ? NTMS_DISMOUNT_IMMEDIATE : NTMS_DISMOUNT_DEFERRED) ==
                0);
    }
    return NULL;
}

/* Four media, two drives, four threads: each gets its turn. */
START_TEST(threads_get_their_turn)
{
    struct mounter mounters[4];
    pthread_t threads[4];
    struct bench bench;
    struct guid type, pool;

    bench_open(&bench, 2, 6, 1, 4);
    type = media_type_of(&bench);
    pool = create_pool(&bench, "Application", &type);
    for (int i = 0; i < 4; i++)
    {
        char barcode[32];

        snprintf(barcode, sizeof(barcode), "M%03d", i + 1);
        mounters[i] = (struct mounter){&bench, allocated(&bench, &pool, barcode), 10};
    }
    for (int i = 0; i < 4; i++)
        require(!pthread_create(&threads[i], NULL, mount_often, &mounters[i]));
    for (int i = 0; i < 4; i++)
        require(!pthread_join(threads[i], NULL));
    rsm_drain(bench.rsm);
    check_engine(&bench);
    bench_delete(&bench);
}
END_TEST

static void *mount_until_cancelled(void *context)
{
    struct mounter *mounter = context;
    struct guid drive;

    require(mount(mounter->bench, &mounter->media, NTMS_MOUNT_READ, RSM_INFINITE, &drive) == ERROR_CANCELLED);
    return NULL;
}

/* CloseNtmsSession "can be used to cancel a mount that is pending". */
START_TEST(close_cancels_a_mount)
{
    struct mounter mounter;
    struct bench bench;
    struct guid type, pool, media, drive, requests[64];
    pthread_t thread;
    uint32_t count;

    bench_open(&bench, 1, 4, 1, 2);
    type = media_type_of(&bench);
    pool = create_pool(&bench, "Application", &type);
    media = allocated(&bench, &pool, "M001");
    mounter = (struct mounter){&bench, allocated(&bench, &pool, "M002"), 1};
    require(mount(&bench, &media, NTMS_MOUNT_READ, WAIT, &drive) == 0);
    require(enumerate(&bench, &bench.library, NTMS_LIBREQUEST, requests, 64, &count) == 0);
    require(!pthread_create(&thread, NULL, mount_until_cancelled, &mounter));
    for (uint32_t now = count; now == count;)
        require(enumerate(&bench, &bench.library, NTMS_LIBREQUEST, requests, 64, &now) == 0);
    rsm_client_gone(bench.rsm, 1);
    require(!pthread_join(thread, NULL));
    check_engine(&bench);
    bench_delete(&bench);
}
END_TEST

/* A restart finds what is where; media that were mounted go home ("RSM Startup": "Inventory will empty the drives if
 * possible"). */
START_TEST(restart)
{
    struct bench bench;
    struct guid type, pool, media, drive, medium;

    bench_open(&bench, 2, 4, 1, 2);
    type = media_type_of(&bench);
    pool = create_pool(&bench, "Application", &type);
    media = allocated(&bench, &pool, "M001");
    medium = named(&bench, NULL, NTMS_PHYSICAL_MEDIA, "M001");
    require(mount(&bench, &media, NTMS_MOUNT_READ, WAIT, &drive) == 0);
    bench_close(&bench);
    bench_reopen(&bench);
    require(drive_state_of(&bench, &drive) == NTMS_DRIVESTATE_DISMOUNTED);
    require(medium_state_of(&bench, &medium) == NTMS_MEDIASTATE_IDLE);
    require(mount(&bench, &media, NTMS_MOUNT_READ, WAIT, &drive) == 0);
    check_engine(&bench);
    bench_delete(&bench);
}
END_TEST

/* AllocateNtmsMedia: NTMS_ALLOCATE_NEW keeps the other side, NTMS_ALLOCATE_NEXT gives it. */
START_TEST(two_sides)
{
    struct bench bench;
    struct guid type, pool, first_side, second_side, other, drive;

    bench_open(&bench, 1, 2, 2, 1);
    type = media_type_of(&bench);
    pool = create_pool(&bench, "Application", &type);
    first_side = allocated(&bench, &pool, "M001");
    require(allocate(&bench, &pool, NTMS_ALLOCATE_NEW | NTMS_ALLOCATE_ERROR_IF_UNAVAILABLE, 0, &other) ==
            ERROR_MEDIA_UNAVAILABLE);
    second_side = first_side;
    require(allocate(&bench, &pool, NTMS_ALLOCATE_NEXT, WAIT, &second_side) == 0);
    require(!guid_equal(&first_side, &second_side));
    other = first_side;
    require(allocate(&bench, &pool, NTMS_ALLOCATE_NEXT, WAIT, &other) == ERROR_MEDIA_UNAVAILABLE);
    require(mount(&bench, &second_side, NTMS_MOUNT_READ, WAIT, &drive) == 0);
    require(mount(&bench, &first_side, NTMS_MOUNT_READ, 50, &drive) == ERROR_TIMEOUT);
    require(dismount(&bench, &second_side, NTMS_DISMOUNT_DEFERRED) == 0);
    require(mount(&bench, &first_side, NTMS_MOUNT_READ, WAIT, &drive) == 0);
    check_engine(&bench);
    bench_delete(&bench);
}
END_TEST

/* EjectNtmsMedia: import and unrecognized media are forgotten, others are offline; InjectNtmsMedia brings them back as
 * what they were. */
START_TEST(eject_and_inject)
{
    struct bench bench;
    struct guid type, pool, media, drive, medium, again, slots[8];
    struct request request;
    uint32_t count;

    bench_open(&bench, 1, 4, 1, 2);
    type = media_type_of(&bench);
    pool = create_pool(&bench, "Application", &type);
    media = allocated(&bench, &pool, "M001");
    medium = named(&bench, NULL, NTMS_PHYSICAL_MEDIA, "M001");
    require(enumerate(&bench, &bench.library, NTMS_STORAGESLOT, slots, 8, &count) == 0 && count == 4);
    request_begin(&request, bench.session, RSM_EJECT_MEDIA);
    host_put_guid(&request.arguments, &medium);
    host_put_guid(&request.arguments, NULL);
    host_put_u32(&request.arguments, NTMS_EJECT_START);
    require(request_run(bench.rsm, 1, &request) == 0);
    request_free(&request);
    rsm_drain(bench.rsm);
    require(mount(&bench, &media, NTMS_MOUNT_READ | NTMS_MOUNT_ERROR_OFFLINE, WAIT, &drive) == ERROR_MEDIA_OFFLINE);
    again = named(&bench, &bench.library, NTMS_PHYSICAL_MEDIA, "M001");
    require(guid_is_null(&again));
    check_engine(&bench);
    /* It lies in the port: injecting takes it in again, as the medium that it was. */
    request_begin(&request, bench.session, RSM_INJECT_MEDIA);
    host_put_guid(&request.arguments, &bench.library);
    host_put_guid(&request.arguments, NULL);
    host_put_u32(&request.arguments, NTMS_INJECT_START);
    require(request_run(bench.rsm, 1, &request) == 0);
    request_free(&request);
    require(mount(&bench, &media, NTMS_MOUNT_READ, WAIT, &drive) == 0);
    again = named(&bench, &bench.library, NTMS_PHYSICAL_MEDIA, "M001");
    require(guid_equal(&again, &medium));
    check_engine(&bench);
    bench_delete(&bench);
}
END_TEST

static void *satisfy(void *context)
{
    struct bench *bench = context;
    struct guid requests[8];
    uint32_t count = 0;

    while (!count)
        require(enumerate(bench, NULL, NTMS_OPREQUEST, requests, 8, &count) == 0);
    require(simple(bench, RSM_CANCEL_OPREQUEST, &requests[0]) == 0);
    return NULL;
}

/* "If the user cancels the allocation request, RSM returns ERROR_CANCELLED." */
START_TEST(operator_refuses_an_allocation)
{
    struct bench bench;
    struct guid type, pool, media;
    pthread_t thread;

    bench_open(&bench, 1, 2, 1, 1);
    type = media_type_of(&bench);
    pool = create_pool(&bench, "Application", &type);
    require(!pthread_create(&thread, NULL, satisfy, &bench));
    require(allocate(&bench, &pool, NTMS_ALLOCATE_NEW, RSM_INFINITE, &media) == ERROR_CANCELLED);
    require(!pthread_join(thread, NULL));
    require(allocate(&bench, &pool, NTMS_ALLOCATE_NEW, 30, &media) == ERROR_TIMEOUT);
    check_engine(&bench);
    bench_delete(&bench);
}
END_TEST

/* WaitForNtmsNotification: a change to an object of the type comes to whoever asked for it. */
START_TEST(notifications)
{
    struct bench bench;
    struct guid type, pool, id;
    struct request request;
    uint32_t number;

    bench_open(&bench, 1, 2, 1, 0);
    type = media_type_of(&bench);
    request_begin(&request, bench.session, RSM_OPEN_NOTIFICATION);
    host_put_u32(&request.arguments, NTMS_MEDIA_POOL);
    require(request_run(bench.rsm, 1, &request) == 0);
    number = host_get_u32(&request.values);
    request_free(&request);
    pool = create_pool(&bench, "Application", &type);
    request_begin(&request, bench.session, RSM_WAIT_NOTIFICATION);
    host_put_u32(&request.arguments, number);
    host_put_u32(&request.arguments, RSM_INFINITE);
    require(request_run(bench.rsm, 1, &request) == 0);
    require(host_get_u32(&request.values) == NTMS_OBJ_INSERT);
    host_get_guid(&request.values, &id);
    require(guid_equal(&id, &pool));
    request_free(&request);
    request_begin(&request, bench.session, RSM_WAIT_NOTIFICATION);
    host_put_u32(&request.arguments, number);
    host_put_u32(&request.arguments, 20);
    require(request_run(bench.rsm, 1, &request) == ERROR_TIMEOUT);
    request_free(&request);
    bench_delete(&bench);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("rsm media");
    TCase *cases = tcase_create("media");
    SRunner *runner;
    int failed;

    tcase_set_timeout(cases, 120);
    tcase_add_test(cases, new_media_are_unrecognized);
    tcase_add_test(cases, life_cycle);
    tcase_add_test(cases, drives_are_shared);
    tcase_add_test(cases, threads_get_their_turn);
    tcase_add_test(cases, close_cancels_a_mount);
    tcase_add_test(cases, restart);
    tcase_add_test(cases, two_sides);
    tcase_add_test(cases, eject_and_inject);
    tcase_add_test(cases, operator_refuses_an_allocation);
    tcase_add_test(cases, notifications);
    suite_add_tcase(suite, cases);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
