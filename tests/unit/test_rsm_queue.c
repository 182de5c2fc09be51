/* The library's queue: kinds, priorities, order, cancelling, disabling, deferred dismounts, and how long requests that
 * have ended are kept. Each test names the sentence that it holds to. */
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

#include "rsm_requests.h"

#define WAIT 30000

static uint32_t quick_mount(struct bench *bench, const char *barcode, uint32_t options, uint32_t timeout,
                            struct guid *drive)
{
    struct guid side = side_of(bench, barcode);

    return mount(bench, &side, NTMS_MOUNT_READ | options, timeout, drive);
}

static uint32_t release(struct bench *bench, const char *barcode, uint32_t options)
{
    struct guid side = side_of(bench, barcode);

    return dismount(bench, &side, options);
}

static uint32_t enable(struct bench *bench, uint32_t method, uint32_t type, const struct guid *id)
{
    struct request request;
    uint32_t result;

    request_begin(&request, bench->session, method);
    host_put_u32(&request.arguments, type);
    host_put_guid(&request.arguments, id);
    result = request_run(bench->rsm, 1, &request);
    request_free(&request);
    return result;
}

static uint32_t order_of(struct bench *bench, const struct guid *id, uint32_t *order)
{
    struct request request;
    uint32_t result;

    request_begin(&request, bench->session, RSM_GET_REQUEST_ORDER);
    host_put_guid(&request.arguments, id);
    result = request_run(bench->rsm, 1, &request);
    if (!result) *order = host_get_u32(&request.values);
    request_free(&request);
    return result;
}

static struct guid request_for(struct bench *bench, const char *barcode)
{
    struct guid medium = named(bench, NULL, NTMS_PHYSICAL_MEDIA, barcode), ids[256];
    uint32_t count;

    require(enumerate(bench, NULL, NTMS_LIBREQUEST, ids, 256, &count) == 0);
    for (uint32_t i = 0; i < count; i++)
    {
        struct request_facts facts = request_facts(bench, &ids[i]);

        if (facts.op == NTMS_LM_MOUNT && facts.state == NTMS_LM_QUEUED && guid_equal(&facts.medium, &medium))
            return ids[i];
    }
    require(!"there is a request");
    return ids[0];
}

static void begin_priority(struct mounting *mounting, struct bench *bench, const char *barcode, int priority,
                           uint32_t queued)
{
    mounting_begin(mounting, bench, NULL, NTMS_MOUNT_READ, RSM_INFINITE);
    mounting->priority = priority;
    mounting->media[0] = side_of(bench, barcode);
    mounting_start(mounting);
    wait_requests(bench, NTMS_LM_MOUNT, NTMS_LM_QUEUED, queued);
}

/* "Priority of the mount used by RSM to allow access to drives ... with 15 the highest priority". */
START_TEST(priorities)
{
    struct mounting low, high, highest;
    struct bench bench;
    struct guid drive;
    uint32_t order;

    fake_bench_open(&bench, 1, 6, 1, 4);
    require(quick_mount(&bench, "M001", 0, WAIT, &drive) == 0);
    begin_priority(&low, &bench, "M002", NTMS_PRIORITY_LOW, 1);
    begin_priority(&high, &bench, "M003", NTMS_PRIORITY_HIGH, 2);
    begin_priority(&highest, &bench, "M004", NTMS_PRIORITY_HIGHEST, 3);
    {
        struct guid first_one = request_for(&bench, "M004"), last = request_for(&bench, "M002");

        require(order_of(&bench, &first_one, &order) == 0 && order == 1);
        require(order_of(&bench, &last, &order) == 0 && order == 3);
    }
    require(release(&bench, "M001", NTMS_DISMOUNT_IMMEDIATE) == 0);
    require(mounting_end(&highest) == 0 && !high.done && !low.done);
    require(release(&bench, "M004", NTMS_DISMOUNT_DEFERRED) == 0);
    require(mounting_end(&high) == 0 && !low.done);
    require(release(&bench, "M003", NTMS_DISMOUNT_IMMEDIATE) == 0);
    require(mounting_end(&low) == 0);
    require(release(&bench, "M002", NTMS_DISMOUNT_IMMEDIATE) == 0);
    fake_bench_end(&bench, 4);
}
END_TEST

/* "To process a request immediately, an application can set the order number to 1. To defer processing, ... 0xFFFFFFFF.
 * The order number of a request, which currently has an order number of zero, cannot be changed." */
START_TEST(order_numbers)
{
    struct mounting a, b, c;
    struct bench bench;
    struct guid drive, id, ended;
    uint32_t order;

    fake_bench_open(&bench, 1, 6, 1, 4);
    require(quick_mount(&bench, "M001", 0, WAIT, &drive) == 0);
    require(requests_of(&bench, NTMS_LM_MOUNT, NTMS_LM_PASSED, &ended) == 1);
    begin_priority(&a, &bench, "M002", NTMS_PRIORITY_HIGH, 1);
    begin_priority(&b, &bench, "M003", 0, 2);
    begin_priority(&c, &bench, "M004", 0, 3);
    id = request_for(&bench, "M004");
    require(order_of(&bench, &id, &order) == 0 && order == 3);
    require(simple_number(&bench, RSM_SET_REQUEST_ORDER, &id, 1) == 0);
    require(order_of(&bench, &id, &order) == 0 && order == 1);
    id = request_for(&bench, "M002");
    require(order_of(&bench, &id, &order) == 0 && order == 2);
    require(simple_number(&bench, RSM_SET_REQUEST_ORDER, &id, 0xffffffff) == 0);
    require(order_of(&bench, &id, &order) == 0 && order == 3);
    require(simple_number(&bench, RSM_SET_REQUEST_ORDER, &id, 2) == 0);
    require(order_of(&bench, &id, &order) == 0 && order == 2);
    require(simple_number(&bench, RSM_SET_REQUEST_ORDER, &id, 0) == ERROR_INVALID_PARAMETER);
    require(order_of(&bench, &ended, &order) == 0 && order == 0);
    require(simple_number(&bench, RSM_SET_REQUEST_ORDER, &ended, 1) == ERROR_INVALID_PARAMETER);
    require(order_of(&bench, &drive, &order) == ERROR_OBJECT_NOT_FOUND);
    require(simple_number(&bench, RSM_SET_REQUEST_ORDER, &drive, 1) == ERROR_OBJECT_NOT_FOUND);
    require(release(&bench, "M001", NTMS_DISMOUNT_DEFERRED) == 0);
    require(mounting_end(&c) == 0 && !a.done && !b.done);
    require(release(&bench, "M004", NTMS_DISMOUNT_DEFERRED) == 0);
    require(mounting_end(&a) == 0 && !b.done);
    require(release(&bench, "M002", NTMS_DISMOUNT_DEFERRED) == 0);
    require(mounting_end(&b) == 0);
    require(release(&bench, "M003", NTMS_DISMOUNT_IMMEDIATE) == 0);
    fake_bench_end(&bench, 4);
}
END_TEST

/* A mount for a drive that is free is not held up by any number of mounts that wait for something else. */
START_TEST(many_wait_for_one_medium)
{
    struct bench bench;
    struct guid drive, other;
    struct request request;
    struct guid side;

    fake_bench_open(&bench, 2, 6, 1, 4);
    require(quick_mount(&bench, "M001", 0, WAIT, &drive) == 0);
    side = side_of(&bench, "M001");
    for (int i = 0; i < 100; i++)
    {
        request_begin(&request, bench.session, RSM_MOUNT);
        host_put_list(&request.arguments, 1);
        host_put_guid(&request.arguments, &side);
        host_put_list(&request.arguments, 1);
        host_put_guid(&request.arguments, NULL);
        host_put_u32(&request.arguments, NTMS_MOUNT_READ | NTMS_MOUNT_NOWAIT);
        host_put_i32(&request.arguments, NTMS_PRIORITY_HIGHEST);
        host_put_u32(&request.arguments, 0);
        require(request_run(bench.rsm, 1, &request) == 0);
        request_free(&request);
    }
    require(quick_mount(&bench, "M002", 0, WAIT, &other) == 0);
    check_engine(&bench);
    bench_delete(&bench);
}
END_TEST

/* ---- Cancelling ---- */

/* "ERROR_ACCESS_DENIED: ... if the request is currently being handled and cannot be deleted." */
START_TEST(cancel_each_kind)
{
    struct bench bench;
    struct guid request, drive;

    fake_bench_open(&bench, 1, 6, 1, 3);
    /* An inventory that is being done, and one that waits. */
    fake_block(FAKE_INVENTORY);
    require(simple_number(&bench, RSM_INVENTORY, &bench.library, NTMS_INVENTORY_FAST) == 0);
    fake_wait_blocked(FAKE_INVENTORY);
    require(requests_of(&bench, NTMS_LM_INVENTORY, NTMS_LM_INPROCESS, &request) == 1);
    require(simple(&bench, RSM_CANCEL_REQUEST, &request) == ERROR_ACCESS_DENIED);
    require(simple_number(&bench, RSM_INVENTORY, &bench.library, NTMS_INVENTORY_FAST) == 0);
    require(requests_of(&bench, NTMS_LM_INVENTORY, NTMS_LM_QUEUED, &request) == 1);
    require(simple(&bench, RSM_CANCEL_REQUEST, &request) == 0);
    require(request_facts(&bench, &request).state == NTMS_LM_CANCELLED);
    /* An eject, a dismount and a cleaning that wait behind it. */
    {
        struct guid medium = named(&bench, NULL, NTMS_PHYSICAL_MEDIA, "M001");
        struct request eject;

        request_begin(&eject, bench.session, RSM_EJECT_MEDIA);
        host_put_guid(&eject.arguments, &medium);
        host_put_guid(&eject.arguments, NULL);
        host_put_u32(&eject.arguments, NTMS_EJECT_START);
        require(request_run(bench.rsm, 1, &eject) == 0);
        host_get_guid(&eject.values, &request);
        request_free(&eject);
    }
    require(simple(&bench, RSM_CANCEL_REQUEST, &request) == 0);
    drive = first(&bench, &bench.library, NTMS_DRIVE);
    require(simple(&bench, RSM_CLEAN_DRIVE, &drive) == 0);
    require(requests_of(&bench, NTMS_LM_CLEANDRIVE, NTMS_LM_QUEUED, &request) == 1);
    require(simple(&bench, RSM_CANCEL_REQUEST, &request) == 0);
    fake_release(FAKE_INVENTORY);
    wait_idle(&bench);
    require(simple(&bench, RSM_CANCEL_REQUEST, &request) == ERROR_OBJECT_NOT_FOUND);
    require(simple(&bench, RSM_CANCEL_REQUEST, &drive) == ERROR_OBJECT_NOT_FOUND);
    /* A dismount that is being done goes on. */
    require(quick_mount(&bench, "M001", 0, WAIT, &drive) == 0);
    fake_block(FAKE_UNLOAD);
    require(release(&bench, "M001", NTMS_DISMOUNT_IMMEDIATE) == 0);
    fake_wait_blocked(FAKE_UNLOAD);
    require(requests_of(&bench, NTMS_LM_DISMOUNT, NTMS_LM_INPROCESS, &request) == 1);
    require(simple(&bench, RSM_CANCEL_REQUEST, &request) == ERROR_ACCESS_DENIED);
    fake_release(FAKE_UNLOAD);
    wait_idle(&bench);
    require(request_facts(&bench, &request).state == NTMS_LM_PASSED);
    fake_bench_end(&bench, 3);
}
END_TEST

/* InventoryNtmsLibrary, NTMS_INVENTORY_STOP: "Stop the current inventory in the specified library." */
START_TEST(stop_an_inventory)
{
    struct bench bench;

    fake_bench_open(&bench, 1, 6, 1, 3);
    fake_block(FAKE_IDENTIFY);
    require(simple_number(&bench, RSM_INVENTORY, &bench.library, NTMS_INVENTORY_OMID) == 0);
    fake_wait_blocked(FAKE_IDENTIFY);
    require(simple_number(&bench, RSM_INVENTORY, &bench.library, NTMS_INVENTORY_STOP) == 0);
    require(requests_of(&bench, NTMS_LM_PROCESSOMID, NTMS_LM_STOPPED, NULL) == 2);
    require(requests_of(&bench, NTMS_LM_PROCESSOMID, NTMS_LM_INPROCESS, NULL) == 1); /* the one that is being read */
    fake_release(FAKE_IDENTIFY);
    fake_bench_end(&bench, 3);
}
END_TEST

/* ---- Disabling ---- */

/* "All requests to disabled media return errors." "All objects contained by a disabled object are also disabled." */
START_TEST(disabled_with_requests_queued)
{
    static const uint32_t types[] = {NTMS_PHYSICAL_MEDIA, NTMS_LIBRARY};

    for (size_t i = 0; i < sizeof(types) / sizeof(*types); i++)
    {
        struct mounting waiting;
        struct bench bench;
        struct guid drive, id;

        fake_bench_open(&bench, 1, 6, 1, 3);
        id = types[i] == NTMS_LIBRARY ? bench.library : named(&bench, NULL, NTMS_PHYSICAL_MEDIA, "M002");
        require(quick_mount(&bench, "M001", 0, WAIT, &drive) == 0);
        mounting_begin(&waiting, &bench, "M002", NTMS_MOUNT_READ, RSM_INFINITE);
        wait_requests(&bench, NTMS_LM_MOUNT, NTMS_LM_QUEUED, 1);
        require(enable(&bench, RSM_DISABLE, types[i], &id) == 0);
        require(mounting_end(&waiting) == ERROR_RESOURCE_DISABLED);
        require(quick_mount(&bench, "M002", 0, WAIT, &drive) == ERROR_RESOURCE_DISABLED);
        require(enable(&bench, RSM_DISABLE, types[i], &id) == ERROR_INVALID_STATE);
        require(enable(&bench, RSM_ENABLE, types[i], &id) == 0);
        require(enable(&bench, RSM_ENABLE, types[i], &id) == ERROR_INVALID_STATE);
        require(release(&bench, "M001", NTMS_DISMOUNT_IMMEDIATE) == 0);
        require(quick_mount(&bench, "M002", 0, WAIT, &drive) == 0);
        require(release(&bench, "M002", NTMS_DISMOUNT_IMMEDIATE) == 0);
        fake_bench_end(&bench, 3);
    }
}
END_TEST

/* "Whenever possible, when a drive is disabled, the medium in the drive is removed and placed in its slot." */
START_TEST(disabled_drive)
{
    struct bench bench;
    struct guid drive, other;

    fake_bench_open(&bench, 2, 6, 1, 3);
    require(quick_mount(&bench, "M001", 0, WAIT, &drive) == 0);
    require(release(&bench, "M001", NTMS_DISMOUNT_DEFERRED) == 0);
    require(enable(&bench, RSM_DISABLE, NTMS_DRIVE, &drive) == 0);
    wait_idle(&bench);
    require(fake_holds(CHANGER_SLOT, 0, "M001"));
    require(quick_mount(&bench, "M001", 0, WAIT, &other) == 0);
    require(!guid_equal(&drive, &other));
    require(quick_mount(&bench, "M002", NTMS_MOUNT_SPECIFIC_DRIVE, WAIT, &drive) == ERROR_RESOURCE_DISABLED);
    require(simple(&bench, RSM_DISMOUNT_DRIVE, &drive) == ERROR_DEVICE_NOT_AVAILABLE);
    require(simple(&bench, RSM_CLEAN_DRIVE, &drive) == ERROR_RESOURCE_DISABLED);
    require(simple(&bench, RSM_DISMOUNT_DRIVE, &other) == 0);
    wait_idle(&bench);
    require(simple(&bench, RSM_DISMOUNT_DRIVE, &other) == ERROR_INVALID_STATE);
    fake_bench_end(&bench, 3);
}
END_TEST

/* ---- Deferred dismounts ---- */

static void set_delay(struct bench *bench, const struct guid *drive, uint32_t seconds)
{
    struct request request;
    uint16_t none = 0;

    request_begin(&request, bench->session, RSM_SET_INFORMATION);
    host_put_u32(&request.arguments, NTMS_DRIVE);
    host_put_u64(&request.arguments, 0);
    host_put_u64(&request.arguments, 0);
    host_put_guid(&request.arguments, drive);
    host_put_bool(&request.arguments, true);
    host_put_u32(&request.arguments, 0);
    host_put_utf16(&request.arguments, &none);
    host_put_utf16(&request.arguments, &none);
    host_put_u32(&request.arguments, 0);
    host_put_u32(&request.arguments, 0);
    host_put_guid(&request.arguments, NULL);
    for (int i = 0; i < 3; i++)
        host_put_utf16(&request.arguments, &none);
    for (int i = 0; i < 4; i++)
        host_put_u16(&request.arguments, 0);
    host_put_u32(&request.arguments, 0);
    host_put_u64(&request.arguments, 0);
    host_put_guid(&request.arguments, NULL);
    host_put_guid(&request.arguments, NULL);
    host_put_u32(&request.arguments, seconds);
    require(request_run(bench->rsm, 1, &request) == 0);
    request_free(&request);
}

/* "Minimum number of seconds a medium will remain in a drive of a library after a deferred dismount has been
 * performed." "Subsequent mount requests are satisfied using dismounted or dismountable drives." */
START_TEST(deferred_dismount)
{
    struct bench bench;
    struct guid drive, other;

    fake_bench_open(&bench, 1, 6, 1, 3);
    drive = first(&bench, &bench.library, NTMS_DRIVE);
    set_delay(&bench, &drive, 100000);
    require(quick_mount(&bench, "M001", 0, WAIT, &other) == 0);
    require(release(&bench, "M001", NTMS_DISMOUNT_DEFERRED) == 0);
    require(drive_state_of(&bench, &drive) == NTMS_DRIVESTATE_DISMOUNTABLE);
    require(quick_mount(&bench, "M001", 0, WAIT, &other) == 0); /* it is there still */
    require(release(&bench, "M001", NTMS_DISMOUNT_DEFERRED) == 0);
    require(quick_mount(&bench, "M002", 0, WAIT, &other) == 0); /* the drive is needed */
    require(fake_holds(CHANGER_SLOT, 0, "M001"));
    set_delay(&bench, &drive, 1);
    require(release(&bench, "M002", NTMS_DISMOUNT_DEFERRED) == 0);
    require(drive_state_of(&bench, &drive) == NTMS_DRIVESTATE_DISMOUNTABLE);
    WAIT_UNTIL(drive_state_of(&bench, &drive) == NTMS_DRIVESTATE_DISMOUNTED);
    fake_bench_end(&bench, 3);
}
END_TEST

/* ---- Offline media ---- */

static void take_offline(struct bench *bench, uint32_t slot)
{
    fake_take(CHANGER_SLOT, slot);
    require(simple_number(bench, RSM_INVENTORY, &bench->library, NTMS_INVENTORY_FAST) == 0);
    wait_idle(bench);
}

/* "If the specified medium is offline, RSM posts an operator request to mount the media"; "ERROR_REQUEST_REFUSED: The
 * user canceled the request". Satisfied without the medium it asks again, once the libraries have been looked through.
 */
START_TEST(offline_media)
{
    struct mounting waiting;
    struct bench bench;
    struct guid opreq, side, drive;
    struct guid type, pool, medium;
    uint32_t kind;

    fake_bench_open(&bench, 1, 6, 1, 3);
    type = media_type_of(&bench);
    pool = create_pool(&bench, "Application", &type);
    free_medium(&bench, "M001");
    medium = named(&bench, NULL, NTMS_PHYSICAL_MEDIA, "M001");
    require(simple2(&bench, RSM_MOVE_TO_POOL, &medium, &pool) == 0);
    side = side_of(&bench, "M001");
    take_offline(&bench, 0);
    require(mount(&bench, &side, NTMS_MOUNT_ERROR_OFFLINE, WAIT, &drive) == ERROR_MEDIA_OFFLINE);
    require(mount(&bench, &side, NTMS_MOUNT_ERROR_NOT_AVAILABLE, WAIT, &drive) == ERROR_MEDIA_OFFLINE);
    require(open_opreqs(&bench, NULL, NULL) == 0);
    mounting_begin(&waiting, &bench, NULL, NTMS_MOUNT_READ, RSM_INFINITE);
    waiting.media[0] = side;
    mounting_start(&waiting);
    wait_opreqs(&bench, 1);
    require(open_opreqs(&bench, &opreq, &kind) == 1 && kind == NTMS_OPREQ_MOVEMEDIA);
    require(simple(&bench, RSM_CANCEL_OPREQUEST, &opreq) == 0);
    require(mounting_end(&waiting) == ERROR_REQUEST_REFUSED);
    mounting_start(&waiting);
    wait_opreqs(&bench, 1);
    require(open_opreqs(&bench, &opreq, NULL) == 1);
    require(simple(&bench, RSM_SATISFY_OPREQUEST, &opreq) == 0);
    wait_opreqs(&bench, 1); /* it is not there: another one */
    fake_put(CHANGER_SLOT, 4, "M001");
    require(open_opreqs(&bench, &opreq, NULL) == 1);
    require(simple(&bench, RSM_SATISFY_OPREQUEST, &opreq) == 0);
    require(mounting_end(&waiting) == 0);
    require(open_opreqs(&bench, NULL, NULL) == 0);
    require(dismount(&bench, &side, NTMS_DISMOUNT_IMMEDIATE) == 0);
    fake_bench_end(&bench, 3);
}
END_TEST

/* ---- Purging ---- */

static void set_computer(struct bench *bench, uint32_t seconds, uint32_t flags)
{
    struct guid computer = first(bench, NULL, NTMS_COMPUTER);
    struct request request;
    uint16_t none = 0;

    request_begin(&request, bench->session, RSM_SET_INFORMATION);
    host_put_u32(&request.arguments, NTMS_COMPUTER);
    host_put_u64(&request.arguments, 0);
    host_put_u64(&request.arguments, 0);
    host_put_guid(&request.arguments, &computer);
    host_put_bool(&request.arguments, true);
    host_put_u32(&request.arguments, 0);
    host_put_utf16(&request.arguments, &none);
    host_put_utf16(&request.arguments, &none);
    host_put_u32(&request.arguments, seconds);
    host_put_u32(&request.arguments, seconds);
    host_put_u32(&request.arguments, flags);
    host_put_u32(&request.arguments, flags);
    host_put_u32(&request.arguments, 0);
    require(request_run(bench->rsm, 1, &request) == 0);
    request_free(&request);
}

static uint32_t count_all(struct bench *bench, uint32_t type)
{
    struct guid ids[4];
    uint32_t count;
    uint32_t result = enumerate(bench, NULL, type, ids, 4, &count);

    require(result == 0 || result == ERROR_INSUFFICIENT_BUFFER);
    return count;
}

/* dwLibRequestPurgeTime: "Number of seconds completed library requests are maintained in the work queue";
 * NTMS_LIBREQFLAGS_NOAUTOPURGE, NTMS_LIBREQFLAGS_NOFAILEDPURGE, and the same of operator requests. */
START_TEST(purge_times)
{
    struct bench bench;
    struct guid opreq, id;

    fake_bench_open(&bench, 1, 6, 1, 3);
    require(simple_number(&bench, RSM_INVENTORY, &bench.library, NTMS_INVENTORY_FAST) == 0);
    wait_idle(&bench);
    fake_block(FAKE_INVENTORY); /* one fails */
    require(simple_number(&bench, RSM_INVENTORY, &bench.library, NTMS_INVENTORY_FAST) == 0);
    fake_wait_blocked(FAKE_INVENTORY);
    require(simple_number(&bench, RSM_INVENTORY, &bench.library, NTMS_INVENTORY_FAST) == 0);
    require(requests_of(&bench, NTMS_LM_INVENTORY, NTMS_LM_QUEUED, &id) == 1);
    require(simple(&bench, RSM_CANCEL_REQUEST, &id) == 0);
    fake_release(FAKE_INVENTORY);
    wait_idle(&bench);
    require(count_all(&bench, NTMS_LIBREQUEST) > 2);
    set_computer(&bench, 1, NTMS_LIBREQFLAGS_NOFAILEDPURGE);
    WAIT_UNTIL(count_all(&bench, NTMS_LIBREQUEST) == 1); /* the failed one */
    require(request_facts(&bench, &id).state == NTMS_LM_CANCELLED);
    {
        struct request request;

        request_begin(&request, bench.session, RSM_SUBMIT_OPREQUEST);
        host_put_u32(&request.arguments, NTMS_OPREQ_MESSAGE);
        put_ascii(&request.arguments, "message");
        host_put_guid(&request.arguments, NULL);
        host_put_guid(&request.arguments, NULL);
        require(request_run(bench.rsm, 1, &request) == 0);
        host_get_guid(&request.values, &opreq);
        request_free(&request);
    }
    set_computer(&bench, 0, 0);
    WAIT_UNTIL(count_all(&bench, NTMS_LIBREQUEST) == 0);
    require(count_all(&bench, NTMS_OPREQUEST) == 1); /* it is open */
    require(simple(&bench, RSM_SATISFY_OPREQUEST, &opreq) == 0);
    WAIT_UNTIL(count_all(&bench, NTMS_OPREQUEST) == 0);
    set_computer(&bench, 0, NTMS_LIBREQFLAGS_NOAUTOPURGE);
    require(simple_number(&bench, RSM_INVENTORY, &bench.library, NTMS_INVENTORY_FAST) == 0);
    wait_idle(&bench);
    sleep(2); /* nothing can be waited for: it stays */
    require(count_all(&bench, NTMS_LIBREQUEST) == 1);
    check_engine(&bench);
    bench_delete(&bench);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("rsm queue");
    TCase *cases = tcase_create("queue");
    SRunner *runner;
    int failed;

    tcase_set_timeout(cases, 240);
    tcase_add_test(cases, priorities);
    tcase_add_test(cases, order_numbers);
    tcase_add_test(cases, many_wait_for_one_medium);
    tcase_add_test(cases, cancel_each_kind);
    tcase_add_test(cases, stop_an_inventory);
    tcase_add_test(cases, disabled_with_requests_queued);
    tcase_add_test(cases, disabled_drive);
    tcase_add_test(cases, deferred_dismount);
    tcase_add_test(cases, offline_media);
    tcase_add_test(cases, purge_times);
    suite_add_tcase(suite, cases);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
