/* What the engine does when memory, the disk's space, or the disk itself fails at any point of an operation: a clear
 * error, nothing lost, and it goes on when that is over. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "rsm_actions.h"
#include "rsm_faults.h"

#define SHORT 100   /* ms: what waits for a database that takes nothing */
#define LONG  60000 /* what waits for nothing that lasts */

/* ---- Operations ---- */

static uint32_t run_session(struct life *life)
{
    struct request request;
    uint32_t result;

    request_begin(&request, 0, RSM_OPEN_SESSION);
    for (int i = 0; i < 3; i++)
        host_put_utf16(&request.arguments, u"name");
    host_put_u32(&request.arguments, 0);
    result = request_run(life->bench.rsm, 1, &request);
    if (!result) life->number = host_get_u32(&request.values);
    request_free(&request);
    return result;
}

static uint32_t undo_session(struct life *life)
{
    struct request request;
    uint32_t result;

    request_begin(&request, life->number, RSM_CLOSE_SESSION);
    result = request_run(life->bench.rsm, 1, &request);
    request_free(&request);
    return result;
}

static uint32_t run_enumerate(struct life *life)
{
    struct guid ids[64];
    uint32_t count;

    return enumerate(&life->bench, NULL, NTMS_PHYSICAL_MEDIA, ids, 64, &count);
}

static uint32_t run_information(struct life *life)
{
    return simple_number(&life->bench, RSM_GET_INFORMATION, &life->bench.library, NTMS_LIBRARY);
}

static uint32_t set_attribute(struct life *life, const char *value, size_t size)
{
    struct request request;
    uint32_t result;

    request_begin(&request, life->bench.session, RSM_SET_ATTRIBUTE);
    host_put_guid(&request.arguments, &life->bench.library);
    host_put_u32(&request.arguments, NTMS_LIBRARY);
    host_put_utf16(&request.arguments, u"attribute");
    host_put_bytes(&request.arguments, value, size);
    result = request_run(life->bench.rsm, 1, &request);
    request_free(&request);
    return result;
}

static uint32_t run_attribute(struct life *life)
{
    return set_attribute(life, "some bytes", 10);
}

static uint32_t undo_attribute(struct life *life)
{
    return set_attribute(life, NULL, 0);
}

static uint32_t run_create_pool(struct life *life)
{
    struct request request;
    uint32_t result;

    request_begin(&request, life->bench.session, RSM_CREATE_POOL);
    host_put_utf16(&request.arguments, u"Another");
    host_put_guid(&request.arguments, &life->type);
    host_put_u32(&request.arguments, NTMS_CREATE_NEW);
    host_put_bytes(&request.arguments, NULL, 0);
    result = request_run(life->bench.rsm, 1, &request);
    if (!result) host_get_guid(&request.values, &life->object);
    request_free(&request);
    return result;
}

static uint32_t undo_create_pool(struct life *life)
{
    return simple(&life->bench, RSM_DELETE_POOL, &life->object);
}

static uint32_t run_move(struct life *life)
{
    return simple2(&life->bench, RSM_MOVE_TO_POOL, &life->medium, &life->pool);
}

static uint32_t undo_move(struct life *life)
{
    return simple2(&life->bench, RSM_MOVE_TO_POOL, &life->medium, &life->other_pool);
}

static uint32_t run_inventory(struct life *life)
{
    return simple_number(&life->bench, RSM_INVENTORY, &life->bench.library, NTMS_INVENTORY_FAST);
}

static uint32_t run_eject(struct life *life)
{
    struct request request;
    uint32_t result;

    request_begin(&request, life->bench.session, RSM_EJECT_MEDIA);
    host_put_guid(&request.arguments, &life->medium);
    host_put_guid(&request.arguments, NULL);
    host_put_u32(&request.arguments, NTMS_EJECT_START);
    result = request_run(life->bench.rsm, 1, &request);
    request_free(&request);
    return result;
}

/* A person puts it back. */
static uint32_t undo_eject(struct life *life)
{
    char from[400], to[400];

    rsm_drain(life->bench.rsm);
    snprintf(from, sizeof(from), "%s/library/ports/1/M002", life->bench.root);
    snprintf(to, sizeof(to), "%s/library/slots/0006/M002", life->bench.root);
    if (rename(from, to)) return 0; /* the eject has not gone so far */
    return simple_number(&life->bench, RSM_INVENTORY, &life->bench.library, NTMS_INVENTORY_FAST);
}

static uint32_t run_notification(struct life *life)
{
    struct request request;
    uint32_t result;

    request_begin(&request, life->bench.session, RSM_OPEN_NOTIFICATION);
    host_put_u32(&request.arguments, NTMS_OBJECT);
    result = request_run(life->bench.rsm, 1, &request);
    if (!result) life->number = host_get_u32(&request.values);
    request_free(&request);
    return result;
}

static uint32_t undo_notification(struct life *life)
{
    struct request request;
    uint32_t result;

    request_begin(&request, life->bench.session, RSM_CLOSE_NOTIFICATION);
    host_put_u32(&request.arguments, life->number);
    result = request_run(life->bench.rsm, 1, &request);
    request_free(&request);
    return result;
}

static uint32_t no_arguments(struct life *life, uint32_t method)
{
    struct request request;
    uint32_t result;

    request_begin(&request, life->bench.session, method);
    result = request_run(life->bench.rsm, 1, &request);
    request_free(&request);
    return result;
}

static uint32_t run_export(struct life *life)
{
    return no_arguments(life, RSM_EXPORT_DATABASE);
}

static uint32_t run_import(struct life *life)
{
    return no_arguments(life, RSM_IMPORT_DATABASE);
}

static uint32_t undo_import(struct life *life)
{
    char path[400];

    snprintf(path, sizeof(path), "%s/NtmsData/NtmsData.import", life->bench.root);
    unlink(path);
    return 0;
}

static uint32_t run_add_library(struct life *life)
{
    struct request request;
    uint16_t location[310] = u"folder:";
    uint32_t result;
    char path[300];
    size_t i;

    snprintf(path, sizeof(path), "%s/second", life->bench.root);
    for (i = 0; path[i]; i++)
        location[7 + i] = (uint8_t)path[i];
    location[7 + i] = 0;
    request_begin(&request, life->bench.session, RSM_ADD_LIBRARY);
    host_put_utf16(&request.arguments, location);
    host_put_utf16(&request.arguments, u"Second");
    for (uint32_t n = 0; n < 4; n++)
        host_put_u32(&request.arguments, 1);
    result = request_run(life->bench.rsm, 1, &request);
    if (!result) host_get_guid(&request.values, &life->object);
    request_free(&request);
    return result;
}

static uint32_t undo_add_library(struct life *life)
{
    struct request request;
    uint32_t result;

    rsm_drain(life->bench.rsm);
    request_begin(&request, life->bench.session, RSM_DISABLE);
    host_put_u32(&request.arguments, NTMS_LIBRARY);
    host_put_guid(&request.arguments, &life->object);
    result = request_run(life->bench.rsm, 1, &request);
    request_free(&request);
    return result ? result : simple(&life->bench, RSM_DELETE_LIBRARY, &life->object);
}

static const struct action actions[] = {
    {"open session", NULL, run_session, undo_session},
    {"enumerate", NULL, run_enumerate, NULL},
    {"get information", NULL, run_information, NULL},
    {"set attribute", NULL, run_attribute, undo_attribute},
    {"create pool", NULL, run_create_pool, undo_create_pool},
    {"allocate", NULL, action_allocate, action_deallocate},
    {"mount", NULL, action_mount, action_dismount},
    {"move to pool", NULL, run_move, undo_move},
    {"inventory", NULL, run_inventory, NULL},
    {"eject", NULL, run_eject, undo_eject},
    {"submit operator request", NULL, action_ask, action_refuse},
    {"open notification", NULL, run_notification, undo_notification},
    {"export", NULL, run_export, NULL},
    {"import", NULL, run_import, undo_import},
    {"add library", NULL, run_add_library, undo_add_library},
    {NULL, NULL, NULL, NULL},
};

/* ---- Faults at every point ---- */

static void begin_life(struct life *life)
{
    struct bench *bench = &life->bench;
    struct guid allocated_medium;

    bench_open(bench, 2, 6, 1, ACTION_MEDIA);
    life->type = media_type_of(bench);
    life->pool = create_pool(bench, "Application", &life->type);
    life->other_pool = create_pool(bench, "Other", &life->type);
    for (int i = 0; i < ACTION_MEDIA; i++)
        free_medium(bench, (const char *[]){"M001", "M002", "M003"}[i]);
    allocated_medium = named(bench, NULL, NTMS_PHYSICAL_MEDIA, "M001");
    life->medium = named(bench, NULL, NTMS_PHYSICAL_MEDIA, "M002");
    require(simple2(bench, RSM_MOVE_TO_POOL, &allocated_medium, &life->pool) == 0);
    require(simple2(bench, RSM_MOVE_TO_POOL, &life->medium, &life->other_pool) == 0);
    require(allocate(bench, &life->pool, NTMS_ALLOCATE_NEW, 1000, &life->media) == 0);
    require(run_export(life) == 0);
}

static bool is_clear(enum fault fault, uint32_t result)
{
    return !result || result == (fault == FAULT_MEMORY ? ERROR_NOT_ENOUGH_MEMORY
                                 : fault == FAULT_FULL ? ERROR_DATABASE_FULL
                                                       : ERROR_DATABASE_FAILURE);
}

/* The engine finds no fault, and the media are those that there were, besides the one that an action makes. */
static void require_no_fault(struct life *life, const char *name, unsigned after)
{
    struct guid medium, made;
    uint32_t count;
    struct guid ids[64];

    rsm_drain(life->bench.rsm);
    if (rsm_check(life->bench.rsm, NULL, NULL)) printf("# %s, after %u\n", name, after);
    check_engine(&life->bench);
    made = named(&life->bench, NULL, NTMS_PHYSICAL_MEDIA, "NEW");
    require(!enumerate(&life->bench, NULL, NTMS_PHYSICAL_MEDIA, ids, 64, &count));
    require(count == (guid_is_null(&made) ? ACTION_MEDIA : ACTION_MEDIA + 1));
    medium = named(&life->bench, NULL, NTMS_PHYSICAL_MEDIA, "M002");
    require(guid_equal(&medium, &life->medium));
}

/* The fault at one point of the operation; whether it has come. */
static bool fault_once(struct life *life, const struct action *action, enum fault fault, unsigned after)
{
    uint32_t result, again;
    bool come;

    life->timeout = LONG;
    require(!action->prepare || action->prepare(life) == 0);
    life->timeout = fault == FAULT_MEMORY ? LONG : SHORT;
    faults_arm(fault, after);
    result = action->run(life);
    life->timeout = LONG;
    if (fault != FAULT_MEMORY && !result) usleep(1000); /* what goes on in the library's thread has its share */
    if (fault == FAULT_MEMORY && !result) rsm_drain(life->bench.rsm);
    come = faults_disarm();
    /* SQLite's integrity check takes for damage what it has no memory to look at. */
    if (action->run == run_import && fault == FAULT_MEMORY && result == ERROR_DATABASE_FAILURE)
        result = ERROR_NOT_ENOUGH_MEMORY;
    if (!is_clear(fault, result)) printf("# %s, after %u: %u\n", action->name, after, result);
    require(is_clear(fault, result));
    require_no_fault(life, action->name, after);
    if (result)
    {
        again = action->run(life);
        if (again) printf("# %s, again after %u: %u, then %u\n", action->name, after, result, again);
        require(again == 0);
    }
    again = action->undo ? action->undo(life) : 0;
    if (again) printf("# undo %s, after %u: %u, then %u\n", action->name, after, result, again);
    require(again == 0);
    require_no_fault(life, action->name, after);
    return come;
}

static void fault_everywhere(struct life *life, const struct action *action, enum fault fault)
{
    unsigned after = 0, count = 0;

    /* Of the many in what a library's thread does, some: never the same ones, since their order differs. */
    for (; fault_once(life, action, fault, after); count++)
        after += 1 + after / 20;
    printf("# %s: %u of %u points\n", action->name, count, after);
}

static void all_actions(const struct action *action, enum fault fault)
{
    struct life life;

    begin_life(&life);
    for (; action->name; action++)
        fault_everywhere(&life, action, fault);
    bench_delete(&life.bench);
}

START_TEST(memory)
{
    all_actions(actions, FAULT_MEMORY);
    all_actions(media_actions, FAULT_MEMORY);
}
END_TEST

START_TEST(full)
{
    all_actions(actions, FAULT_FULL);
    all_actions(media_actions, FAULT_FULL);
}
END_TEST

START_TEST(broken)
{
    all_actions(actions, FAULT_IO);
    all_actions(media_actions, FAULT_IO);
}
END_TEST

/* The engine's start, with a database that is there and with a new one. */
static void open_with(enum fault fault, bool fresh)
{
    struct rsm_options options = {0};
    struct bench bench;
    uint32_t result = 1;
    unsigned after = 0;
    char folder[300];

    bench_open(&bench, 2, 6, 1, ACTION_MEDIA);
    bench_close(&bench);
    snprintf(folder, sizeof(folder), "%s/%s", bench.root, fresh ? "Fresh" : "NtmsData");
    options.folder = folder;
    for (bool come = true; come; after += 1 + after / 40)
    {
        faults_arm(fault, after);
        result = rsm_open(&options, &bench.rsm);
        come = faults_disarm();
        if (!is_clear(fault, result)) printf("# open, after %u: %u\n", after, result);
        require(is_clear(fault, result));
        if (!result) bench_close(&bench);
    }
    require(result == 0);
    printf("# open: %u points\n", after);
    bench_reopen(&bench);
    check_engine(&bench);
    bench_delete(&bench);
}

START_TEST(opening)
{
    for (enum fault fault = FAULT_MEMORY; fault <= FAULT_IO; fault++)
    {
        open_with(fault, false);
        open_with(fault, true);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("rsm faults");
    TCase *cases = tcase_create("faults");
    SRunner *runner;
    int failed;

    faults_init();
    setvbuf(stdout, NULL, _IOLBF, 0); /* what a test that fails has said is to be seen */
    tcase_set_timeout(cases, 600);
    tcase_add_test(cases, memory);
    tcase_add_test(cases, full);
    tcase_add_test(cases, broken);
    tcase_add_test(cases, opening);
    suite_add_tcase(suite, cases);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
