/* The service is killed at random points of a script and started again: no medium is lost or in two places, and what
 * was confirmed has happened.
 *
 * CORK_CRASH_ROUNDS sets how often (20 unless set); CORK_CRASH_SEED where the random numbers begin. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "rsm_support.h"

#define MEDIA 4
#define STEPS 1000

/* What the script has been told, in memory that outlives it. */
struct confirmed
{
    volatile int steps;
    volatile bool
        allocated; /* `media` is allocated: set after allocate has returned, cleared before it is deallocated */
    struct guid media;
};

static void script_step(struct bench *bench, const struct guid *pool, struct confirmed *confirmed)
{
    struct guid media, drive, medium;
    char barcode[32];

    switch (rand() % 6)
    {
    case 0:
        simple_number(bench, RSM_INVENTORY, &bench->library, NTMS_INVENTORY_FAST);
        return;
    case 1:
        snprintf(barcode, sizeof(barcode), "M%03d", rand() % MEDIA + 1);
        medium = named(bench, NULL, NTMS_PHYSICAL_MEDIA, barcode);
        simple_number(bench, RSM_IDENTIFY_SLOT, &medium, 0); /* no slot: refused */
        return;
    default:
        break;
    }
    if (allocate(bench, pool, NTMS_ALLOCATE_NEW | NTMS_ALLOCATE_ERROR_IF_UNAVAILABLE, 1000, &media)) return;
    if (!confirmed->allocated)
    {
        confirmed->media = media;
        __sync_synchronize();
        confirmed->allocated = true;
    }
    if (!mount(bench, &media, NTMS_MOUNT_READ, 2000, &drive))
        dismount(bench, &media, rand() % 2 ? NTMS_DISMOUNT_DEFERRED : NTMS_DISMOUNT_IMMEDIATE);
    if (guid_equal(&media, &confirmed->media)) return;
    simple_number(bench, RSM_DEALLOCATE, &media, 0);
}

static void run_script(struct bench *bench, const struct guid *pool, struct confirmed *confirmed)
{
    bench_reopen(bench);
    for (int i = 0; i < STEPS; i++)
    {
        script_step(bench, pool, confirmed);
        confirmed->steps++;
    }
    _exit(0);
}

/* How often a medium is on the disk, in all slots, drives and ports. */
static int count_on_disk(const struct bench *bench, const char *barcode)
{
    static const char *const places[] = {"slots/0001", "slots/0002", "slots/0003", "slots/0004", "slots/0005",
                                         "slots/0006", "drives/1",   "drives/2",   "ports/1"};
    char path[400];
    int count = 0;

    for (size_t i = 0; i < sizeof(places) / sizeof(*places); i++)
    {
        snprintf(path, sizeof(path), "%s/library/%s/%s", bench->root, places[i], barcode);
        if (!access(path, F_OK)) count++;
    }
    return count;
}

static void check_after(struct bench *bench, struct confirmed *confirmed)
{
    struct guid medium;
    char barcode[32];
    struct request request;

    bench_reopen(bench);
    check_engine(bench);
    for (int i = 1; i <= MEDIA; i++)
    {
        snprintf(barcode, sizeof(barcode), "M%03d", i);
        require(count_on_disk(bench, barcode) == 1);
        medium = named(bench, &bench->library, NTMS_PHYSICAL_MEDIA, barcode);
        require(!guid_is_null(&medium));
    }
    if (confirmed->allocated)
    {
        request_begin(&request, bench->session, RSM_GET_INFORMATION);
        host_put_guid(&request.arguments, &confirmed->media);
        host_put_u32(&request.arguments, NTMS_LOGICAL_MEDIA);
        require(request_run(bench->rsm, 1, &request) == 0);
        request_free(&request);
        require(simple_number(bench, RSM_DEALLOCATE, &confirmed->media, 0) == 0);
        confirmed->allocated = false;
    }
    rsm_drain(bench->rsm);
    check_engine(bench);
    bench_close(bench);
}

/* A machine that is busy runs the script slowly: the point is chosen by steps, and then by time within one. */
static void wait_for_step(pid_t child, const struct confirmed *confirmed, int more)
{
    int target = confirmed->steps + more;

    while (confirmed->steps < target && !kill(child, 0))
    {
        siginfo_t info = {0};

        if (!waitid(P_PID, (id_t)child, &info, WEXITED | WNOHANG | WNOWAIT) && info.si_pid == child) return;
        usleep(500);
    }
}

/* A number from the environment. */
static int number_from(const char *variable, int otherwise)
{
    const char *text = getenv(variable);

    return text ? (int)strtol(text, NULL, 10) : otherwise;
}

START_TEST(killed_at_random)
{
    int rounds = number_from("CORK_CRASH_ROUNDS", 20);
    unsigned seed = (unsigned)number_from("CORK_CRASH_SEED", 1);
    struct confirmed *confirmed =
        mmap(NULL, sizeof(*confirmed), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    struct bench bench;
    struct guid type, pool, medium;
    char barcode[32];

    require(confirmed != MAP_FAILED);
    bench_open(&bench, 2, 6, 1, MEDIA);
    type = media_type_of(&bench);
    pool = create_pool(&bench, "Application", &type);
    for (int i = 1; i <= MEDIA; i++)
    {
        snprintf(barcode, sizeof(barcode), "M%03d", i);
        free_medium(&bench, barcode);
        medium = named(&bench, NULL, NTMS_PHYSICAL_MEDIA, barcode);
        require(simple2(&bench, RSM_MOVE_TO_POOL, &medium, &pool) == 0);
    }
    bench_close(&bench);
    for (int i = 0; i < rounds; i++)
    {
        pid_t child = fork();
        int status;

        require(child >= 0);
        srand(seed + (unsigned)i);
        if (!child) run_script(&bench, &pool, confirmed);
        wait_for_step(child, confirmed, rand() % 8);
        usleep((useconds_t)(rand() % 20000));
        require(!kill(child, SIGKILL));
        require(waitpid(child, &status, 0) == child);
        require(WIFSIGNALED(status) || WEXITSTATUS(status) == 0);
        check_after(&bench, confirmed);
    }
    printf("# %d times killed, %d steps\n", rounds, confirmed->steps);
    bench_delete(&bench);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("rsm crash");
    TCase *cases = tcase_create("crash");
    SRunner *runner;
    int failed;

    tcase_set_timeout(cases, 600);
    tcase_add_test(cases, killed_at_random);
    suite_add_tcase(suite, cases);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
