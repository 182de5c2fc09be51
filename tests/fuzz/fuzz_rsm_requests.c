/*
 * Any requests with any payloads, to the removable storage engine on a folder library: nothing is read beyond a
 * payload, every request is answered, and whatever they have done, the engine's invariants hold.
 *
 * An input is a list of requests: a byte for the method, a byte of flags, a byte for the payload's length, the payload.
 * In a payload the byte 0xfe and the one behind it stand for the identifier of an object that is there, and 0xfd with
 * another one for a text; the session comes in front by itself. The engine goes on from one input to the next, with a
 * new one every so often; one that is run by itself (a finding) has a new one.
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fuzz.h"
#include "rsm/ntms_constants.h"
#include "rsm/rsm.h"
#include "rsm/rsm_service.h"

#define INPUTS_FOR_ONE 2000 /* with one engine */
#define INPUTS_A_CHECK 100
#define OBJECTS_MAX    1024
#define OBJECTS_LIMIT  700 /* with more it is time for a new engine */
#define CLIENT         1
#define PAYLOAD_MAX    2048

enum flag
{
    FLAG_RAW_SESSION = 1, /* the session stands in the payload */
    FLAG_LET_IT_WAIT = 2, /* a request that waits is not cancelled before the next one is done */
    FLAG_DRAIN = 4,       /* the library has done what there is to do before the next one */
};

static char root[64];
static struct rsm *rsm;
static uint32_t session;
static struct guid objects[OBJECTS_MAX];
static size_t object_count;
static unsigned inputs;

/* Instead of the C library's: identifiers are the same each time, so that an input finds the same objects. */
ssize_t getrandom(void *bytes, size_t size, unsigned flags)
{
    static unsigned long long state;

    (void)flags;
    for (size_t i = 0; i < size; i++)
    {
        state = state * 6364136223846793005ull + 1442695040888963407ull;
        ((uint8_t *)bytes)[i] = (uint8_t)(state >> 56);
    }
    return (ssize_t)size;
}

/* ---- Requests ---- */

struct asked
{
    struct rsm_waiter waiter;
    bool done;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t ready = PTHREAD_COND_INITIALIZER;

static void on_done(struct rsm_waiter *waiter, struct rsm_reply *reply)
{
    struct asked *asked = (struct asked *)waiter;

    REQUIRE(!reply->values.error);
    pthread_mutex_lock(&lock);
    asked->done = true;
    pthread_cond_broadcast(&ready);
    pthread_mutex_unlock(&lock);
}

static void finish(struct asked *asked)
{
    pthread_mutex_lock(&lock);
    if (!asked->done)
    {
        pthread_mutex_unlock(&lock);
        rsm_cancel(rsm, &asked->waiter);
        pthread_mutex_lock(&lock);
    }
    while (!asked->done)
        pthread_cond_wait(&ready, &lock);
    pthread_mutex_unlock(&lock);
}

/* Asks; the payload lies in memory of its own size, so that a read beyond it is seen. */
static bool ask(uint32_t method, const struct host_encoder *payload, struct asked *asked, struct rsm_reply *reply)
{
    uint8_t *exact = malloc(payload->size ? payload->size : 1);
    struct host_decoder arguments;
    bool answered;

    REQUIRE(exact && !payload->error);
    memset(asked, 0, sizeof(*asked));
    asked->waiter.done = on_done;
    if (payload->size) memcpy(exact, payload->data, payload->size);
    host_decoder_init(&arguments, exact, payload->size);
    answered = rsm_request(rsm, CLIENT, method, &arguments, reply, &asked->waiter);
    REQUIRE(answered || rsm_waits(method));
    free(exact);
    return answered;
}

static void put_ascii(struct host_encoder *encoder, const char *text)
{
    uint16_t units[256];
    size_t length = strnlen(text, 255);

    for (size_t i = 0; i < length; i++)
        units[i] = (uint8_t)text[i];
    units[length] = 0;
    host_put_utf16(encoder, units);
}

/* ---- The engine ---- */

static void open_session(void)
{
    struct host_encoder payload;
    struct host_decoder values;
    struct rsm_reply reply;
    struct asked asked;

    host_encoder_init(&payload);
    put_ascii(&payload, "fuzz");
    put_ascii(&payload, "user");
    put_ascii(&payload, "computer");
    host_put_u32(&payload, 0);
    REQUIRE(ask(RSM_OPEN_SESSION, &payload, &asked, &reply) && !reply.result);
    host_decoder_init(&values, reply.values.data, reply.values.size);
    session = host_get_u32(&values);
    host_encoder_free(&reply.values);
    host_encoder_free(&payload);
}

/* What exists now, for payloads to name: the types one after another. */
static void list_objects(void)
{
    object_count = 0;
    for (uint32_t type = NTMS_OBJECT + 1; type < NTMS_NUMBER_OF_OBJECT_TYPES; type++)
    {
        struct host_encoder payload;
        struct host_decoder values;
        struct rsm_reply reply;
        struct asked asked;
        uint32_t count;

        host_encoder_init(&payload);
        host_put_u32(&payload, session);
        host_put_guid(&payload, NULL);
        host_put_u32(&payload, type);
        host_put_u32(&payload, 0);
        host_put_u32(&payload, OBJECTS_MAX);
        REQUIRE(ask(RSM_ENUMERATE, &payload, &asked, &reply));
        host_decoder_init(&values, reply.values.data, reply.values.size);
        if (!reply.result)
        {
            host_get_u32(&values);
            count = host_get_list(&values, sizeof(struct guid));
            while (count-- && object_count < OBJECTS_MAX)
                host_get_guid(&values, &objects[object_count++]);
        }
        host_encoder_free(&reply.values);
        host_encoder_free(&payload);
    }
}

static void add_library(const char *name)
{
    struct host_encoder payload;
    char location[128];
    struct rsm_reply reply;
    struct asked asked;

    snprintf(location, sizeof(location), "folder:%s/%s", root, name);
    host_encoder_init(&payload);
    host_put_u32(&payload, session);
    put_ascii(&payload, location);
    put_ascii(&payload, name);
    host_put_u32(&payload, 2);
    host_put_u32(&payload, 5);
    host_put_u32(&payload, 1);
    host_put_u32(&payload, 2);
    REQUIRE(ask(RSM_ADD_LIBRARY, &payload, &asked, &reply));
    host_encoder_free(&reply.values);
    host_encoder_free(&payload);
}

static void remove_folder(void)
{
    char command[128];

    if (!root[0]) return;
    snprintf(command, sizeof(command), "rm -rf '%s'", root);
    REQUIRE(!system(command));
    root[0] = 0;
}

static void close_engine(void)
{
    if (rsm) rsm_close(rsm);
    rsm = NULL;
    remove_folder();
}

static void open_engine(void)
{
    struct rsm_options options = {0};
    char path[128];

    snprintf(root, sizeof(root), "%s/cork-fuzz-XXXXXX", !access("/dev/shm", W_OK) ? "/dev/shm" : "/tmp");
    REQUIRE(mkdtemp(root));
    snprintf(path, sizeof(path), "%s/NtmsData", root);
    options.folder = path;
    REQUIRE(!rsm_open(&options, &rsm));
    open_session();
    add_library("library");
    rsm_drain(rsm);
    for (int i = 1; i <= 3; i++)
    {
        snprintf(path, sizeof(path), "%s/library/slots/%04d/M%03d", root, i, i);
        mkdir(path, 0700);
    }
    snprintf(path, sizeof(path), "%s/library/slots/0004/CLN001", root);
    mkdir(path, 0700);
}

static void print_fault(void *context, const char *text)
{
    (void)context;
    fprintf(stderr, "%s\n", text);
}

static void check_engine(void)
{
    rsm_drain(rsm);
    REQUIRE(!rsm_check(rsm, print_fault, NULL));
    if (object_count < OBJECTS_LIMIT) return;
    close_engine();
    open_engine();
}

/* ---- Inputs ---- */

static void expand(struct host_encoder *payload, const uint8_t *data, size_t size)
{
    static const char *const texts[] = {"", "Application", "Application\\Below", "\\\\.\\F:", "F:", "Free", "name"};

    for (size_t i = 0; i < size && payload->size < PAYLOAD_MAX; i++)
        if (data[i] == 0xfe && i + 1 < size && object_count)
            host_put_guid(payload, &objects[data[++i] % object_count]);
        else if (data[i] == 0xfd && i + 1 < size)
            put_ascii(payload, texts[data[++i] % (sizeof(texts) / sizeof(*texts))]);
        else
            host_put_u8(payload, data[i]);
}

/* Libraries are made and opened below the engine's own folder only, whatever a payload says. */
static bool is_harmless(uint32_t method, struct host_encoder *payload)
{
    struct host_decoder arguments;
    uint16_t *location;

    if (method != RSM_ADD_LIBRARY) return true;
    host_decoder_init(&arguments, payload->data, payload->size);
    host_get_u32(&arguments);
    location = host_get_utf16(&arguments);
    free(location);
    if (!location || arguments.error) return true;
    add_library("another");
    return false;
}

static const uint8_t *run_one(const uint8_t *data, const uint8_t *end, struct asked *waiting, bool *has_waiting)
{
    uint32_t method = RSM_FIRST_REQUEST + data[0] % (RSM_END_OF_REQUESTS - RSM_FIRST_REQUEST + 1);
    uint8_t flags = data[1];
    size_t size = data[2];
    struct host_encoder payload;
    struct rsm_reply reply;
    struct asked asked;

    data += 3;
    if (size > (size_t)(end - data)) size = (size_t)(end - data);
    host_encoder_init(&payload);
    if (method != RSM_OPEN_SESSION && !(flags & FLAG_RAW_SESSION)) host_put_u32(&payload, session);
    expand(&payload, data, size);
    if (!is_harmless(method, &payload))
        ;
    else if (flags & FLAG_LET_IT_WAIT && !*has_waiting && rsm_waits(method))
    {
        *has_waiting = !ask(method, &payload, waiting, &reply);
        if (!*has_waiting) host_encoder_free(&reply.values);
    }
    else if (ask(method, &payload, &asked, &reply))
        host_encoder_free(&reply.values);
    else
        finish(&asked);
    host_encoder_free(&payload);
    if (flags & FLAG_DRAIN) rsm_drain(rsm);
    if (method == RSM_CLOSE_SESSION) open_session(); /* it may have been this one */
    return data + size;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const uint8_t *end = data + size;
    bool has_waiting = false;
    struct asked waiting;

    if (!inputs) atexit(close_engine);
    if (inputs++ % INPUTS_FOR_ONE == 0)
    {
        close_engine();
        open_engine();
    }
    list_objects();
    while (end - data >= 3)
        data = run_one(data, end, &waiting, &has_waiting);
    if (has_waiting) finish(&waiting);
    if (inputs % INPUTS_A_CHECK == 1) check_engine();
    return 0;
}
