/*
 * corkd is killed at random points of a script that uses removable storage, and started again: no medium is lost or in
 * two places, what was confirmed has happened, the database is whole.
 *
 * corkd_crash CORKD FOLDER [KILLS]    KILLS is 200 unless given; FOLDER, which has to be empty, is the prefix
 *
 * CORK_CRASH_SEED sets where the random numbers begin. They choose the steps and when each kill comes; where in corkd
 * it hits is for the machine to decide, so that the same seed repeats the script, not the whole run.
 *
 * A step has three ends: confirmed, refused, or unknown because corkd was killed meanwhile. The model holds what was
 * confirmed; of what is unknown either is right, and is learned afterwards.
 */
#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include "rsm_client.h"

enum
{
    MEDIA = 5,
    SLOTS = 8,
    DRIVES = 2,
    POOLS = 2,
    MARKS = 8192
};

#define REQUIRE(condition)                                                                                             \
    do                                                                                                                 \
        if (!(condition))                                                                                              \
        {                                                                                                              \
            printf("# %s:%d: %s (seed %u, kill %d, step %d: %s)\n", __FILE__, __LINE__, #condition, seed, kills,       \
                   steps, step_name);                                                                                  \
            return false;                                                                                              \
        }                                                                                                              \
    while (0)

/* What the database has to say. */
struct model
{
    struct guid logical[MEDIA]; /* null: not allocated */
    int pool[MEDIA];
    struct guid extra_pool; /* null: there is none */
};

static const char *corkd, *prefix;
static unsigned seed = 1;
static int kills, steps;
static const char *step_name = "";
static volatile pid_t daemon_pid;
static struct rsm_client client;
static struct guid library, computer, pools[POOLS], media[MEDIA], sides[MEDIA], slots[SLOTS], drives[DRIVES];

static struct model model;
static bool unsure[MEDIA], unsure_extra; /* what was under way when corkd was killed */

/* A number in the database, raised around each export: by it one knows which state an import has brought back. */
static uint32_t mark, mark_tried;
static struct model models[MARKS];
static uint32_t exports[MARKS]; /* what the exported copy may be: the last that was confirmed, and those tried since */
static int export_count;
static bool export_confirmed; /* the first of them */
static bool import_confirmed, import_tried;

/* ---- corkd ---- */

static bool start_corkd(void)
{
    char path[400], text[HOST_ENDPOINT_SIZE + 1], wanted[32];

    snprintf(path, sizeof(path), "%s/%s", prefix, HOST_ENDPOINT_PATH);
    fflush(stdout);
    daemon_pid = fork();
    REQUIRE(daemon_pid >= 0);
    if (!daemon_pid)
    {
        char log[400];

        snprintf(log, sizeof(log), "%s/log", prefix);
        if (!freopen(log, "a", stderr)) _exit(126);
        execl(corkd, corkd, "--prefix", prefix, "--foreground", (char *)NULL);
        _exit(127);
    }
    snprintf(wanted, sizeof(wanted), " %d ", (int)daemon_pid);
    for (int i = 0; i < 60000; i++)
    {
        FILE *file = fopen(path, "r");
        size_t size = file ? fread(text, 1, HOST_ENDPOINT_SIZE, file) : 0;

        if (file) fclose(file);
        text[size] = 0;
        if (strstr(text, wanted)) return true;
        REQUIRE(waitpid(daemon_pid, NULL, WNOHANG) == 0);
        usleep(1000);
    }
    REQUIRE(!"corkd starts");
}

static bool connect_corkd(void)
{
    REQUIRE(start_corkd());
    REQUIRE(rsm_connect(&client, prefix));
    return true;
}

static void kill_corkd(int signal)
{
    (void)signal;
    if (daemon_pid > 0) kill(daemon_pid, SIGKILL);
}

/* After so many microseconds, 0: not any more. */
static void kill_after(int microseconds)
{
    struct itimerval timer = {.it_value = {0, microseconds}};

    setitimer(ITIMER_REAL, &timer, NULL);
}

static bool reap_corkd(void)
{
    int status = 0;

    rsm_disconnect(&client);
    kill_after(0);
    kill(daemon_pid, SIGKILL);
    REQUIRE(waitpid(daemon_pid, &status, 0) == daemon_pid);
    if (!WIFSIGNALED(status) || WTERMSIG(status) != SIGKILL) printf("# corkd ended by itself: status %#x\n", status);
    REQUIRE(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
    daemon_pid = 0;
    return true;
}

/* ---- On the disk ---- */

struct found
{
    int count, slot, drive; /* where, -1: not there; neither: in the port */
};

static struct found find_on_disk(int medium)
{
    struct found found = {0, -1, -1};
    char path[400];

    for (int i = 0; i < SLOTS + DRIVES + 1; i++)
    {
        if (i < SLOTS)
            snprintf(path, sizeof(path), "%s/library/slots/%04d/M%03d", prefix, i + 1, medium + 1);
        else if (i < SLOTS + DRIVES)
            snprintf(path, sizeof(path), "%s/library/drives/%d/M%03d", prefix, i - SLOTS + 1, medium + 1);
        else
            snprintf(path, sizeof(path), "%s/library/ports/1/M%03d", prefix, medium + 1);
        if (access(path, F_OK)) continue;
        found.count++;
        if (i < SLOTS)
            found.slot = i;
        else if (i < SLOTS + DRIVES)
            found.drive = i - SLOTS;
    }
    return found;
}

/* ---- Checks ---- */

/* Which of the states that are possible the database has come back with. */
static bool check_mark(void)
{
    uint32_t found = 0, result = rsm_get_attribute(&client, &computer, NTMS_COMPUTER, "mark", &found);
    bool is_current = found == mark || found == mark_tried, is_imported = false;

    for (int i = 0; i < export_count; i++)
        is_imported = is_imported || exports[i] == found;
    REQUIRE(!result);
    REQUIRE((is_current && !import_confirmed) || (is_imported && (import_confirmed || import_tried)));
    if (!is_current || import_confirmed)
    {
        model = models[found % MARKS];
        memset(unsure, 0, sizeof(unsure));
        unsure_extra = false;
    }
    /* The mark is raised before an import: the two cannot be the same. */
    mark = mark_tried = found;
    import_confirmed = import_tried = false;
    return true;
}

static bool check_medium(int i)
{
    struct found found = find_on_disk(i);
    struct rsm_medium medium;
    struct guid logical[4] = {{{0}}};
    uint32_t count = 0;
    int pool;

    REQUIRE(found.count == 1);
    REQUIRE(!rsm_medium(&client, &media[i], &medium, NULL));
    if (found.slot >= 0)
        REQUIRE(guid_equal(&medium.library, &library) && guid_equal(&medium.place, &slots[found.slot]));
    if (found.drive >= 0)
        REQUIRE(guid_equal(&medium.library, &library) && guid_equal(&medium.place, &drives[found.drive]));
    if (found.slot < 0 && found.drive < 0) REQUIRE(!guid_equal(&medium.library, &library));
    for (pool = 0; pool < POOLS && !guid_equal(&medium.pool, &pools[pool]);)
        pool++;
    REQUIRE(pool < POOLS);
    REQUIRE(!rsm_enumerate(&client, &sides[i], NTMS_LOGICAL_MEDIA, logical, 4, &count) && count <= 1);
    if (!unsure[i])
    {
        REQUIRE(pool == model.pool[i]);
        REQUIRE(guid_equal(&logical[0], &model.logical[i]));
    }
    model.pool[i] = pool;
    model.logical[i] = logical[0];
    unsure[i] = false;
    return true;
}

static bool check_extra_pool(void)
{
    struct guid found = rsm_named(&client, NULL, NTMS_MEDIA_POOL, "Extra");

    if (!unsure_extra) REQUIRE(guid_equal(&found, &model.extra_pool));
    model.extra_pool = found;
    unsure_extra = false;
    return true;
}

static bool check_all(void)
{
    REQUIRE(!rsm_faults(&client));
    REQUIRE(rsm_settles(&client));
    REQUIRE(!rsm_faults(&client));
    REQUIRE(check_mark());
    for (int i = 0; i < MEDIA; i++)
        REQUIRE(check_medium(i));
    REQUIRE(check_extra_pool());
    return true;
}

/* ---- Steps: each returns a result, RSM_GONE when corkd has gone meanwhile ---- */

static int below(int number)
{
    return rand() % number;
}

static uint32_t step_allocate(int i)
{
    struct host_encoder *request;
    uint32_t result;

    step_name = "allocate";
    if (!guid_is_null(&model.logical[i])) return 0;
    unsure[i] = true;
    request = rsm_begin_request(&client);
    host_put_guid(request, &pools[model.pool[i]]);
    host_put_guid(request, &sides[i]);
    host_put_guid(request, NULL);
    host_put_u32(request, NTMS_ALLOCATE_NEW | NTMS_ALLOCATE_ERROR_IF_UNAVAILABLE);
    host_put_u32(request, 1000);
    result = rsm_run(&client, RSM_ALLOCATE);
    if (!result) host_get_guid(&client.values, &model.logical[i]);
    unsure[i] = result == RSM_GONE;
    return result;
}

static uint32_t step_deallocate(int i)
{
    uint32_t result;

    step_name = "deallocate";
    if (guid_is_null(&model.logical[i])) return 0;
    unsure[i] = true;
    result = rsm_id_number(&client, RSM_DEALLOCATE, &model.logical[i], 0);
    if (!result) model.logical[i] = (struct guid){{0}};
    unsure[i] = result == RSM_GONE;
    return result;
}

static uint32_t step_mount(int i)
{
    step_name = "mount";
    if (guid_is_null(&model.logical[i])) return 0;
    return rsm_mount(&client, &model.logical[i], NTMS_MOUNT_READ | (below(3) ? 0 : NTMS_MOUNT_NOWAIT), 500);
}

static uint32_t step_dismount(int i)
{
    step_name = "dismount";
    if (guid_is_null(&model.logical[i])) return 0;
    return rsm_dismount(&client, &model.logical[i], below(2) ? NTMS_DISMOUNT_DEFERRED : NTMS_DISMOUNT_IMMEDIATE);
}

static uint32_t step_move_pool(int i)
{
    int pool = below(POOLS);
    uint32_t result;

    step_name = "move to pool";
    if (!guid_is_null(&model.logical[i])) return 0;
    unsure[i] = true;
    result = rsm_ids(&client, RSM_MOVE_TO_POOL, &media[i], &pools[pool]);
    if (!result) model.pool[i] = pool;
    unsure[i] = result == RSM_GONE;
    return result;
}

static uint32_t step_extra_pool(int ignored)
{
    struct rsm_medium medium;
    uint32_t result;
    struct guid type;

    (void)ignored;
    step_name = "create or delete a pool";
    result = rsm_medium(&client, &media[0], &medium, NULL);
    if (result) return result;
    unsure_extra = true;
    if (guid_is_null(&model.extra_pool))
    {
        result = rsm_enumerate(&client, &library, NTMS_MEDIA_TYPE, &type, 1, &(uint32_t){0});
        if (!result) result = rsm_create_pool(&client, "Extra", &type, &model.extra_pool);
    }
    else
    {
        result = rsm_ids(&client, RSM_DELETE_POOL, &model.extra_pool, NULL);
        if (!result) model.extra_pool = (struct guid){{0}};
    }
    unsure_extra = result == RSM_GONE;
    return result;
}

static uint32_t step_eject(int i)
{
    step_name = "eject";
    return rsm_port(&client, RSM_EJECT_MEDIA, &media[i], NTMS_EJECT_START);
}

static uint32_t step_inject(int ignored)
{
    (void)ignored;
    step_name = "inject";
    return rsm_port(&client, RSM_INJECT_MEDIA, &library, NTMS_INJECT_START);
}

static uint32_t step_inventory(int i)
{
    step_name = "inventory";
    return rsm_id_number(&client, RSM_INVENTORY, &library, i ? NTMS_INVENTORY_FAST : NTMS_INVENTORY_OMID);
}

/* It waits for a drive, which this script itself may hold: it is cancelled after a moment. */
static uint32_t step_identify(int ignored)
{
    struct host_encoder *request = rsm_begin_request(&client);
    uint64_t number;
    uint32_t result;

    (void)ignored;
    step_name = "identify";
    host_put_guid(request, &slots[below(SLOTS)]);
    host_put_u32(request, below(2) ? NTMS_DISMOUNT_DEFERRED : NTMS_DISMOUNT_IMMEDIATE);
    if (!rsm_send(&client, RSM_IDENTIFY_SLOT)) return RSM_GONE;
    usleep((useconds_t)below(5000));
    if (!client_cancel(&client.client, client.number)) return RSM_GONE;
    result = rsm_receive(&client, &number);
    if (result != RSM_GONE || client.refusal != HOST_REFUSED_CANCELLED) return result;
    client.refusal = 0;
    return ERROR_CANCELLED;
}

static uint32_t step_cancel(int ignored)
{
    static struct guid ids[20000];
    uint32_t count, result = rsm_enumerate(&client, &library, NTMS_LIBREQUEST, ids, 20000, &count);

    (void)ignored;
    step_name = "cancel";
    if (result || !count) return result;
    return rsm_ids(&client, RSM_CANCEL_REQUEST, &ids[count - 1 - (uint32_t)below(count < 4 ? (int)count : 4)], NULL);
}

static uint32_t raise_mark(void)
{
    uint32_t result;

    mark_tried = mark + 1;
    result = rsm_set_attribute(&client, &computer, NTMS_COMPUTER, "mark", mark_tried);
    if (!result) mark = mark_tried;
    if (!result) models[mark % MARKS] = model;
    return result;
}

static uint32_t step_export(int ignored)
{
    uint32_t result = raise_mark();

    (void)ignored;
    step_name = "export";
    if (result || import_confirmed) return result;
    exports[export_count++] = mark;
    rsm_begin_request(&client);
    result = rsm_run(&client, RSM_EXPORT_DATABASE);
    if (!result) exports[0] = mark;
    if (!result) export_count = 1;
    if (!result) export_confirmed = true;
    return result ? result : raise_mark();
}

static uint32_t step_import(int ignored)
{
    uint32_t result;

    (void)ignored;
    step_name = "import";
    if (!export_count) return 0;
    import_tried = true;
    rsm_begin_request(&client);
    result = rsm_run(&client, RSM_IMPORT_DATABASE);
    if (!result) import_confirmed = true;
    if (result && result != RSM_GONE) import_tried = false;
    /* A copy that was tried may not be there. */
    return result == ERROR_DATABASE_FAILURE && !export_confirmed ? ERROR_NOT_SUPPORTED : result;
}

/* By steps' names: how many were confirmed, refused, or under way when corkd was killed. */
static struct
{
    const char *name;
    int confirmed, refused, unknown;
} counts[32];

static void count_step(uint32_t result)
{
    size_t i = 0;

    while (counts[i].name && counts[i].name != step_name)
        i++;
    counts[i].name = step_name;
    if (!result)
        counts[i].confirmed++;
    else if (result == RSM_GONE)
        counts[i].unknown++;
    else
        counts[i].refused++;
}

static bool run_step(bool *gone)
{
    static uint32_t (*const all[])(int) = {
        step_allocate, step_allocate,  step_allocate, step_deallocate, step_deallocate, step_mount,     step_mount,
        step_mount,    step_mount,     step_dismount, step_dismount,   step_move_pool,  step_move_pool, step_eject,
        step_inject,   step_inventory, step_identify, step_cancel,     step_extra_pool, step_export,
    };
    uint32_t result = below(100) ? all[below(sizeof(all) / sizeof(*all))](below(MEDIA)) : step_import(0);

    steps++;
    count_step(result);
    *gone = result == RSM_GONE;
    REQUIRE(result != ERROR_DATABASE_FULL && result != ERROR_NOT_ENOUGH_MEMORY);
    REQUIRE(result != ERROR_DATABASE_FAILURE);
    REQUIRE(!*gone || !client.refusal);
    return true;
}

/* ---- The whole ---- */

static bool set_up(void)
{
    struct guid type, free_pool, top;
    char path[400], name[16];
    uint32_t count;

    snprintf(path, sizeof(path), "%s/drive_c/windows/system32", prefix);
    for (char *at = path + strlen(prefix) + 1; at; at = strchr(at + 1, '/'))
    {
        *at = *at == '/' ? 0 : *at;
        mkdir(path, 0700);
        if (!*at) *at = '/';
    }
    mkdir(path, 0700);
    snprintf(path, sizeof(path), "%s/dosdevices", prefix);
    mkdir(path, 0700);
    REQUIRE(connect_corkd());
    snprintf(path, sizeof(path), "%s/library", prefix);
    REQUIRE(!rsm_add_folder_library(&client, path, DRIVES, SLOTS, &library));
    REQUIRE(rsm_settles(&client));
    for (int i = 0; i < MEDIA; i++)
    {
        snprintf(path, sizeof(path), "%s/library/slots/%04d/M%03d", prefix, i + 1, i + 1);
        REQUIRE(!mkdir(path, 0700));
    }
    REQUIRE(!rsm_id_number(&client, RSM_INVENTORY, &library, NTMS_INVENTORY_FAST) && rsm_settles(&client));
    REQUIRE(!rsm_enumerate(&client, NULL, NTMS_COMPUTER, &computer, 1, &count) && count == 1);
    REQUIRE(!rsm_enumerate(&client, &library, NTMS_STORAGESLOT, slots, SLOTS, &count) && count == SLOTS);
    REQUIRE(!rsm_enumerate(&client, &library, NTMS_DRIVE, drives, DRIVES, &count) && count == DRIVES);
    REQUIRE(!rsm_enumerate(&client, &library, NTMS_MEDIA_TYPE, &type, 1, &count) && count == 1);
    REQUIRE(!rsm_create_pool(&client, "First", &type, &pools[0]));
    REQUIRE(!rsm_create_pool(&client, "Second", &type, &pools[1]));
    top = rsm_named(&client, NULL, NTMS_MEDIA_POOL, "Free");
    REQUIRE(!rsm_enumerate(&client, &top, NTMS_MEDIA_POOL, &free_pool, 1, &count) && count == 1);
    for (int i = 0; i < MEDIA; i++)
    {
        snprintf(name, sizeof(name), "M%03d", i + 1);
        media[i] = rsm_named(&client, &library, NTMS_PHYSICAL_MEDIA, name);
        REQUIRE(!rsm_enumerate(&client, &media[i], NTMS_PARTITION, &sides[i], 1, &count) && count == 1);
        REQUIRE(!rsm_ids(&client, RSM_MOVE_TO_POOL, &media[i], &free_pool));
    }
    REQUIRE(rsm_settles(&client));
    for (int i = 0; i < MEDIA; i++)
        REQUIRE(!rsm_ids(&client, RSM_MOVE_TO_POOL, &media[i], &pools[0]));
    REQUIRE(!raise_mark());
    return true;
}

/* Some steps, then one during which corkd is killed, or the next ones. */
static bool until_killed(void)
{
    bool gone = false;

    for (int i = below(8); i > 0 && !gone; i--)
        REQUIRE(run_step(&gone));
    REQUIRE(!gone); /* nobody has killed it yet */
    kill_after(1 + below(below(4) ? 4000 : 40000));
    while (!gone)
        REQUIRE(run_step(&gone));
    kills++;
    REQUIRE(reap_corkd());
    for (int i = 0; i < MEDIA; i++)
        REQUIRE(find_on_disk(i).count == 1);
    REQUIRE(connect_corkd());
    return check_all();
}

static bool run_script(int wanted)
{
    REQUIRE(set_up());
    while (kills < wanted)
        REQUIRE(until_killed());
    return true;
}

int main(int argc, char **argv)
{
    const char *text = getenv("CORK_CRASH_SEED");
    int wanted = argc > 3 ? atoi(argv[3]) : 200;
    bool good;

    if (argc < 3) return 2;
    corkd = argv[1];
    prefix = argv[2];
    seed = text ? (unsigned)strtoul(text, NULL, 10) : (unsigned)getpid();
    srand(seed);
    signal(SIGALRM, kill_corkd);
    printf("1..1\n# seed %u\n", seed);
    good = run_script(wanted);
    if (daemon_pid) reap_corkd();
    for (size_t i = 0; counts[i].name; i++)
        printf("# %s: %d confirmed, %d refused, %d under way when it was killed\n", counts[i].name, counts[i].confirmed,
               counts[i].refused, counts[i].unknown);
    printf("%s 1 - corkd killed %d times in %d steps: nothing lost, nothing in two places\n", good ? "ok" : "not ok",
           kills, steps);
    return !good;
}
