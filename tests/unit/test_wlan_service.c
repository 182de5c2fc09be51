/*
 * The Wi-Fi service with the tests' own wpa_supplicant (tests/wifi/fake_supplicant.c): many threads' requests while
 * events come, clients that go, a wpa_supplicant that goes. Whoever asked for a session is told once.
 */
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "test_framework.h"

#include "corkd/wlan/wlan.h"

#define THREADS      4
#define ROUNDS       40
#define SESSIONS_MAX 65536
#define FAKE         "build/native/tests/fake_supplicant"

extern char **environ;

/* ---- corkd's side ---- */

static pthread_mutex_t told_lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t told_changed = PTHREAD_COND_INITIALIZER;
static unsigned told[SESSIONS_MAX]; /* how often a session's opening was told to have ended */
static uint32_t told_error[SESSIONS_MAX];
static atomic_uint next_session;

bool host_client_event(host_client client, const char *service, uint32_t code, const struct host_encoder *values)
{
    struct host_decoder decoder;
    uint32_t session;

    (void)client, (void)service;
    if (code != WLAN_DIRECT_OPENED) return true;
    host_decoder_init(&decoder, values->data, values->size);
    session = host_get_u32(&decoder);
    pthread_mutex_lock(&told_lock);
    require(session < SESSIONS_MAX);
    told[session]++;
    told_error[session] = host_get_u32(&decoder);
    pthread_cond_broadcast(&told_changed);
    pthread_mutex_unlock(&told_lock);
    return true;
}

void host_log(const char *format, ...)
{
    (void)format;
}

void host_log_detail(const char *format, ...)
{
    (void)format;
}

/* ---- wpa_supplicant ---- */

static char folder[64];
static pid_t supplicant;

static void start_supplicant(void)
{
    char path[128], *arguments[] = {(char *)FAKE, folder, NULL};

    snprintf(path, sizeof(path), "%s/lo", folder);
    unlink(path);
    require(!posix_spawn(&supplicant, FAKE, NULL, NULL, arguments, environ));
    while (access(path, F_OK))
        usleep(1000);
}

static void end_supplicant(void)
{
    kill(supplicant, SIGKILL);
    waitpid(supplicant, NULL, 0);
}

/* ---- A service ---- */

static struct host_place place;

static struct wlan *begin(void)
{
    struct wlan *wlan;

    snprintf(folder, sizeof(folder), "/tmp/cork-wlan-XXXXXX");
    require(mkdtemp(folder));
    setenv("CORK_CORKD_WPA_SUPPLICANT", folder, 1);
    place = (struct host_place){folder, folder};
    start_supplicant();
    wlan = wlan_open(&place);
    require(wlan != NULL);
    return wlan;
}

static void end(struct wlan *wlan)
{
    static const char *const files[] = {"lo", "p2p-dev-lo", ".log"};
    char path[128];

    wlan_close(wlan);
    end_supplicant();
    snprintf(path, sizeof(path), "%s/direct-connections", folder);
    require(access(path, F_OK) && errno == ENOENT);
    for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++)
    {
        snprintf(path, sizeof(path), "%s/%s", folder, files[i]);
        unlink(path);
    }
    rmdir(folder);
}

static uint32_t call(struct wlan *wlan, host_client client, wlan_operation *operation,
                     const struct host_encoder *arguments)
{
    struct host_decoder decoder;
    struct host_encoder values;
    uint32_t result;

    host_encoder_init(&values);
    host_decoder_init(&decoder, arguments->data, arguments->size);
    result = operation(wlan, client, &decoder, &values);
    require(result != WLAN_MALFORMED);
    host_encoder_free(&values);
    return result;
}

static uint32_t open_session(struct wlan *wlan, host_client client, uint8_t peer, uint32_t session)
{
    const uint8_t address[6] = {2, 0, 0, 0, 0, peer};
    struct host_encoder arguments;
    uint32_t result;

    host_encoder_init(&arguments);
    host_put_raw(&arguments, address, 6);
    host_put_u32(&arguments, session);
    host_put_u32(&arguments, 60);
    host_put_bool(&arguments, true);
    host_put_utf8(&arguments, NULL);
    result = call(wlan, client, wlan_direct_open, &arguments);
    host_encoder_free(&arguments);
    return result;
}

static void end_session(struct wlan *wlan, host_client client, wlan_operation *operation, uint32_t session)
{
    struct host_encoder arguments;

    host_encoder_init(&arguments);
    host_put_u32(&arguments, session);
    require(!call(wlan, client, operation, &arguments));
    host_encoder_free(&arguments);
}

/* Waits until it has been told; the error. */
static uint32_t wait_for(uint32_t session)
{
    uint32_t error;

    pthread_mutex_lock(&told_lock);
    while (!told[session])
        pthread_cond_wait(&told_changed, &told_lock);
    error = told_error[session];
    pthread_mutex_unlock(&told_lock);
    return error;
}

/* ---- Threads ---- */

struct worker
{
    struct wlan *wlan;
    host_client client;
    pthread_t thread;
    atomic_bool *stop; /* or NULL: ROUNDS */
};

static void *open_and_close(void *argument)
{
    static const uint8_t peers[] = {1, 6, 7, 2, 8, 5, 3};
    struct worker *worker = argument;

    for (unsigned i = 0; worker->stop ? !*worker->stop : i < ROUNDS; i++)
    {
        uint8_t peer = peers[(i + worker->client) % sizeof(peers)];
        uint32_t session = next_session++;

        require(session < SESSIONS_MAX);
        require(!open_session(worker->wlan, worker->client, peer, session));
        if (peer == 3) end_session(worker->wlan, worker->client, wlan_direct_cancel, session);
        if (!wait_for(session))
            end_session(worker->wlan, worker->client, wlan_direct_close, session);
        else if (worker->stop)
            usleep(1000);
    }
    return NULL;
}

static void *ask_other_things(void *argument)
{
    struct worker *worker = argument;
    struct host_encoder none;

    host_encoder_init(&none);
    while (!*worker->stop)
    {
        call(worker->wlan, worker->client, wlan_enum_interfaces, &none);
        call(worker->wlan, worker->client, wlan_direct_peers, &none);
    }
    host_encoder_free(&none);
    return NULL;
}

/* Each round is another client, which does not wait for its sessions. */
static void *go(void *argument)
{
    struct worker *worker = argument;

    for (unsigned i = 0; i < ROUNDS; i++)
    {
        host_client client = worker->client + i;

        for (uint8_t peer = 1; peer <= 3; peer++)
            open_session(worker->wlan, client, peer, next_session++);
        wlan_client_gone(worker->wlan, client);
    }
    return NULL;
}

static void start(struct worker *worker, struct wlan *wlan, host_client client, void *(*function)(void *),
                  atomic_bool *stop)
{
    *worker = (struct worker){.wlan = wlan, .client = client, .stop = stop};
    require(!pthread_create(&worker->thread, NULL, function, worker));
}

static void check_told(void)
{
    for (unsigned i = 0; i < SESSIONS_MAX; i++)
        require(told[i] <= 1);
}

START_TEST(threads_and_clients_that_go)
{
    struct wlan *wlan = begin();
    struct worker openers[THREADS], asker, leaver;
    atomic_bool stop = false;

    for (unsigned i = 0; i < THREADS; i++)
        start(&openers[i], wlan, i + 1, open_and_close, NULL);
    start(&asker, wlan, 100, ask_other_things, &stop);
    start(&leaver, wlan, 1000, go, NULL);
    for (unsigned i = 0; i < THREADS; i++)
        require(!pthread_join(openers[i].thread, NULL));
    require(!pthread_join(leaver.thread, NULL));
    stop = true;
    require(!pthread_join(asker.thread, NULL));
    end(wlan);
    check_told();
}
END_TEST

START_TEST(a_supplicant_that_goes)
{
    struct wlan *wlan = begin();
    struct worker openers[THREADS];
    atomic_bool stop = false;
    uint32_t session;

    for (unsigned i = 0; i < THREADS; i++)
        start(&openers[i], wlan, i + 1, open_and_close, &stop);
    for (unsigned i = 0; i < 2; i++)
    {
        end_supplicant();
        start_supplicant();
        usleep(20000);
    }
    stop = true;
    for (unsigned i = 0; i < THREADS; i++)
        require(!pthread_join(openers[i].thread, NULL));
    /* It is found again. */
    do
    {
        session = next_session++;
        require(session < SESSIONS_MAX && !open_session(wlan, 1, 1, session));
        usleep(20000);
    }
    while (wait_for(session));
    end_session(wlan, 1, wlan_direct_close, session);
    end(wlan);
    check_told();
}
END_TEST

/* A service that ends without a word, and the next one. */
START_TEST(what_was_left_is_ended)
{
    char path[128], line[256], peer[] = "p2p-dev-lo 02:00:00:00:00:01";
    struct wlan *wlan = begin();
    unsigned removed = 0, cancelled = 0;
    FILE *file;

    wlan_close(wlan);
    snprintf(path, sizeof(path), "%s/direct-connections", folder);
    file = fopen(path, "w");
    require(file != NULL);
    fprintf(file, "open %s 1 lo -1 0\nnegotiating %s 9 - -1 0\nopen %s 77 p2p-lo-0 -1 0\nnonsense\n\nopen x y z\n",
            peer, peer, peer);
    fclose(file);
    require(wlan_direct_has_record(&place));
    wlan = wlan_open(&place);
    require(wlan != NULL);
    snprintf(path, sizeof(path), "%s/.log", folder);
    file = fopen(path, "r");
    require(file != NULL);
    while (fgets(line, sizeof(line), file))
    {
        removed += strstr(line, "P2P_GROUP_REMOVE lo") != NULL;
        cancelled += strstr(line, "P2P_CANCEL") != NULL;
    }
    fclose(file);
    require(removed == 1 && cancelled == 1);
    end(wlan);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("wlan_service");
    TCase *cases = tcase_create("tests");
    SRunner *runner;
    int failed;

    tcase_set_timeout(cases, 300);
    tcase_add_test(cases, threads_and_clients_that_go);
    tcase_add_test(cases, a_supplicant_that_goes);
    tcase_add_test(cases, what_was_left_is_ended);
    suite_add_tcase(suite, cases);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
