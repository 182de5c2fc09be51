/* An engine on a folder library in a temporary folder. */
#include "rsm_support.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

struct sync_waiter
{
    struct rsm_waiter waiter;
    pthread_mutex_t lock;
    pthread_cond_t ready;
    bool done;
    struct rsm_reply reply;
};

static void on_done(struct rsm_waiter *waiter, struct rsm_reply *reply)
{
    struct sync_waiter *sync = (struct sync_waiter *)waiter;

    pthread_mutex_lock(&sync->lock);
    sync->reply = *reply;
    host_encoder_init(&reply->values); /* taken */
    sync->done = true;
    pthread_cond_signal(&sync->ready);
    pthread_mutex_unlock(&sync->lock);
}

void request_begin(struct request *request, uint32_t session, uint32_t method)
{
    memset(request, 0, sizeof(*request));
    host_encoder_init(&request->arguments);
    request->method = method;
    if (method != RSM_OPEN_SESSION) host_put_u32(&request->arguments, session);
}

uint32_t request_run(struct rsm *rsm, uint64_t client, struct request *request)
{
    struct sync_waiter sync = {
        .waiter = {.done = on_done}, .lock = PTHREAD_MUTEX_INITIALIZER, .ready = PTHREAD_COND_INITIALIZER};
    struct host_decoder arguments;

    host_decoder_init(&arguments, request->arguments.data, request->arguments.size);
    if (!rsm_request(rsm, client, request->method, &arguments, &request->reply, &sync.waiter))
    {
        pthread_mutex_lock(&sync.lock);
        while (!sync.done)
            pthread_cond_wait(&sync.ready, &sync.lock);
        pthread_mutex_unlock(&sync.lock);
        request->reply = sync.reply;
    }
    require(!request->reply.malformed);
    host_decoder_init(&request->values, request->reply.values.data, request->reply.values.size);
    return request->reply.result;
}

void request_free(struct request *request)
{
    host_encoder_free(&request->arguments);
    host_encoder_free(&request->reply.values);
}

void put_ascii(struct host_encoder *encoder, const char *text)
{
    uint16_t units[512];
    size_t i;

    for (i = 0; i < 511 && text[i]; i++)
        units[i] = (uint8_t)text[i];
    units[i] = 0;
    host_put_utf16(encoder, units);
}

/* What all objects have. */
static void put_object(struct host_encoder *encoder, uint32_t type, const char *name)
{
    host_put_u32(encoder, type);
    host_put_u64(encoder, 0);
    host_put_u64(encoder, 0);
    host_put_guid(encoder, NULL);
    host_put_bool(encoder, true);
    host_put_u32(encoder, 0);
    put_ascii(encoder, name);
    put_ascii(encoder, "");
}

void put_new_medium(struct host_encoder *encoder, const struct guid *pool, const char *barcode)
{
    put_object(encoder, NTMS_PHYSICAL_MEDIA, barcode);
    host_put_guid(encoder, NULL);
    host_put_guid(encoder, pool);
    host_put_guid(encoder, NULL);
    host_put_u32(encoder, 0);
    host_put_guid(encoder, NULL);
    host_put_guid(encoder, NULL);
    put_ascii(encoder, barcode);
    host_put_u32(encoder, 0);
    put_ascii(encoder, "");
    for (int i = 0; i < 4; i++)
        host_put_u32(encoder, i == 1); /* sides */
    host_put_guid(encoder, NULL);

    host_put_list(encoder, 1);
    put_object(encoder, NTMS_PARTITION, barcode);
    host_put_guid(encoder, NULL);
    host_put_guid(encoder, NULL);
    host_put_u32(encoder, NTMS_PARTSTATE_IMPORT);
    host_put_u16(encoder, 0);
    host_put_bytes(encoder, barcode, strlen(barcode));
    put_ascii(encoder, "a label");
    put_ascii(encoder, barcode);
    host_put_u32(encoder, 0);
    host_put_u32(encoder, 0);
    host_put_u64(encoder, 0);
}

/* ---- The bench ---- */

static void print_log(const char *format, ...)
{
    (void)format;
}

static void open_session(struct bench *bench)
{
    struct request request;

    request_begin(&request, 0, RSM_OPEN_SESSION);
    put_ascii(&request.arguments, "test");
    put_ascii(&request.arguments, "user");
    put_ascii(&request.arguments, "computer");
    host_put_u32(&request.arguments, 0);
    require(request_run(bench->rsm, 1, &request) == 0);
    bench->session = host_get_u32(&request.values);
    request_free(&request);
}

void bench_reopen(struct bench *bench)
{
    char folder[300];
    struct rsm_options options = {.folder = folder, .log = print_log};

    if (bench->drives[0]) options.drives = bench->drives;

    snprintf(folder, sizeof(folder), "%s/NtmsData", bench->root);
    require(rsm_open(&options, &bench->rsm) == 0);
    open_session(bench);
    rsm_drain(bench->rsm);
}

void bench_open_empty(struct bench *bench)
{
    memset(bench, 0, sizeof(*bench));
    /* In memory where that can be: a disk's own time would be most of a test's. */
    snprintf(bench->root, sizeof(bench->root), "%s/cork-rsm-XXXXXX",
             getenv("TMPDIR")            ? getenv("TMPDIR")
             : !access("/dev/shm", W_OK) ? "/dev/shm"
                                         : "/tmp");
    require(mkdtemp(bench->root));
    bench_reopen(bench);
}

uint32_t bench_add_library(struct bench *bench, const char *location, const uint32_t sizes[4])
{
    struct request request;
    uint32_t result;

    request_begin(&request, bench->session, RSM_ADD_LIBRARY);
    put_ascii(&request.arguments, location);
    put_ascii(&request.arguments, "Library");
    for (int i = 0; i < 4; i++)
        host_put_u32(&request.arguments, sizes[i]);
    result = request_run(bench->rsm, 1, &request);
    if (!result) host_get_guid(&request.values, &bench->library);
    request_free(&request);
    rsm_drain(bench->rsm);
    return result;
}

void bench_open(struct bench *bench, uint32_t drives, uint32_t slots, uint32_t sides, uint32_t media)
{
    const uint32_t sizes[4] = {drives, slots, 1, sides};
    char text[400];

    bench_open_empty(bench);
    snprintf(text, sizeof(text), "folder:%s/library", bench->root);
    require(bench_add_library(bench, text, sizes) == 0);
    for (uint32_t i = 1; i <= media; i++)
    {
        snprintf(text, sizeof(text), "%s/library/slots/%04u/M%03u", bench->root, i, i);
        require(!mkdir(text, 0700));
    }
    require(simple_number(bench, RSM_INVENTORY, &bench->library, NTMS_INVENTORY_FAST) == 0);
    rsm_drain(bench->rsm);
}

void bench_close(struct bench *bench)
{
    rsm_close(bench->rsm);
    bench->rsm = NULL;
}

void bench_delete(struct bench *bench)
{
    char command[400];

    if (bench->rsm) bench_close(bench);
    snprintf(command, sizeof(command), "rm -rf '%s'", bench->root);
    require(!system(command));
}

static void print_fault(void *context, const char *text)
{
    (void)context;
    printf("# %s\n", text);
}

void check_engine(struct bench *bench)
{
    require(!rsm_check(bench->rsm, print_fault, NULL));
}

/* ---- Requests ---- */

uint32_t enumerate(struct bench *bench, const struct guid *container, uint32_t type, struct guid *ids, uint32_t room,
                   uint32_t *count)
{
    struct request request;
    uint32_t result, listed;

    request_begin(&request, bench->session, RSM_ENUMERATE);
    host_put_guid(&request.arguments, container);
    host_put_u32(&request.arguments, type);
    host_put_u32(&request.arguments, 0);
    host_put_u32(&request.arguments, room);
    result = request_run(bench->rsm, 1, &request);
    *count = 0;
    if (!result || result == ERROR_INSUFFICIENT_BUFFER)
    {
        *count = host_get_u32(&request.values);
        listed = host_get_list(&request.values, 16);
        for (uint32_t i = 0; i < listed; i++)
            host_get_guid(&request.values, &ids[i]);
        require(host_decoder_finish(&request.values, false) == HOST_OK);
    }
    request_free(&request);
    return result;
}

struct guid first(struct bench *bench, const struct guid *container, uint32_t type)
{
    struct guid ids[64] = {{{0}}};
    uint32_t count;

    require(enumerate(bench, container, type, ids, 64, &count) == 0);
    require(count > 0);
    return ids[0];
}

/* Leaves request->values behind the common fields. */
static void information(struct bench *bench, const struct guid *id, struct request *request, char *name, size_t size)
{
    uint16_t text[128];

    request_begin(request, bench->session, RSM_GET_INFORMATION);
    host_put_guid(&request->arguments, id);
    host_put_u32(&request->arguments, 0);
    require(request_run(bench->rsm, 1, request) == 0);
    host_get_u32(&request->values);
    host_get_u64(&request->values);
    host_get_u64(&request->values);
    host_get_guid(&request->values, &(struct guid){{0}});
    host_get_bool(&request->values);
    host_get_u32(&request->values);
    host_get_utf16_into(&request->values, text, 128);
    for (size_t i = 0; i < size; i++)
    {
        name[i] = (char)text[i];
        if (!text[i]) break;
    }
    host_get_utf16_into(&request->values, text, 128);
    require(!request->values.error);
}

struct guid named(struct bench *bench, const struct guid *container, uint32_t type, const char *name)
{
    struct guid ids[256], found = {{0}};
    struct request request;
    char text[128];
    uint32_t count;

    require(enumerate(bench, container, type, ids, 256, &count) == 0);
    for (uint32_t i = 0; i < count; i++)
    {
        information(bench, &ids[i], &request, text, sizeof(text));
        request_free(&request);
        if (!strcmp(text, name)) found = ids[i];
    }
    return found;
}

struct guid media_type_of(struct bench *bench)
{
    return first(bench, &bench->library, NTMS_MEDIA_TYPE);
}

struct guid create_pool(struct bench *bench, const char *name, const struct guid *media_type)
{
    struct request request;
    struct guid pool;

    request_begin(&request, bench->session, RSM_CREATE_POOL);
    put_ascii(&request.arguments, name);
    host_put_guid(&request.arguments, media_type);
    host_put_u32(&request.arguments, NTMS_CREATE_NEW);
    host_put_bytes(&request.arguments, NULL, 0);
    require(request_run(bench->rsm, 1, &request) == 0);
    host_get_guid(&request.values, &pool);
    request_free(&request);
    return pool;
}

uint32_t allocate(struct bench *bench, const struct guid *pool, uint32_t options, uint32_t timeout, struct guid *media)
{
    struct request request;
    uint32_t result;

    request_begin(&request, bench->session, RSM_ALLOCATE);
    host_put_guid(&request.arguments, pool);
    host_put_guid(&request.arguments, NULL);
    host_put_guid(&request.arguments, options & NTMS_ALLOCATE_NEXT ? media : NULL);
    host_put_u32(&request.arguments, options);
    host_put_u32(&request.arguments, timeout);
    result = request_run(bench->rsm, 1, &request);
    if (!result) host_get_guid(&request.values, media);
    request_free(&request);
    return result;
}

uint32_t mount(struct bench *bench, const struct guid *media, uint32_t options, uint32_t timeout, struct guid *drive)
{
    struct request request;
    uint32_t result;

    request_begin(&request, bench->session, RSM_MOUNT);
    host_put_list(&request.arguments, 1);
    host_put_guid(&request.arguments, media);
    host_put_list(&request.arguments, 1);
    host_put_guid(&request.arguments, options & NTMS_MOUNT_SPECIFIC_DRIVE ? drive : NULL);
    host_put_u32(&request.arguments, options);
    host_put_i32(&request.arguments, 0);
    host_put_u32(&request.arguments, timeout);
    result = request_run(bench->rsm, 1, &request);
    if (!result)
    {
        require(host_get_list(&request.values, 16) == 1);
        host_get_guid(&request.values, drive);
    }
    request_free(&request);
    return result;
}

uint32_t dismount(struct bench *bench, const struct guid *media, uint32_t options)
{
    struct request request;
    uint32_t result;

    request_begin(&request, bench->session, RSM_DISMOUNT);
    host_put_list(&request.arguments, 1);
    host_put_guid(&request.arguments, media);
    host_put_u32(&request.arguments, options);
    result = request_run(bench->rsm, 1, &request);
    request_free(&request);
    return result;
}

uint32_t simple(struct bench *bench, uint32_t method, const struct guid *id)
{
    struct request request;
    uint32_t result;

    request_begin(&request, bench->session, method);
    host_put_guid(&request.arguments, id);
    result = request_run(bench->rsm, 1, &request);
    request_free(&request);
    return result;
}

uint32_t simple2(struct bench *bench, uint32_t method, const struct guid *id, const struct guid *other)
{
    struct request request;
    uint32_t result;

    request_begin(&request, bench->session, method);
    host_put_guid(&request.arguments, id);
    host_put_guid(&request.arguments, other);
    result = request_run(bench->rsm, 1, &request);
    request_free(&request);
    return result;
}

uint32_t simple_number(struct bench *bench, uint32_t method, const struct guid *id, uint32_t number)
{
    struct request request;
    uint32_t result;

    request_begin(&request, bench->session, method);
    host_put_guid(&request.arguments, id);
    host_put_u32(&request.arguments, number);
    result = request_run(bench->rsm, 1, &request);
    request_free(&request);
    return result;
}

void free_medium(struct bench *bench, const char *barcode)
{
    struct guid medium = named(bench, NULL, NTMS_PHYSICAL_MEDIA, barcode);
    struct guid top = named(bench, NULL, NTMS_MEDIA_POOL, "Free"), pool = first(bench, &top, NTMS_MEDIA_POOL);

    require(simple2(bench, RSM_MOVE_TO_POOL, &medium, &pool) == 0);
    rsm_drain(bench->rsm);
}

/* ---- States ---- */

uint32_t side_state_of(struct bench *bench, const struct guid *side)
{
    struct request request;
    struct guid ignored;
    uint32_t state;
    char name[128];

    information(bench, side, &request, name, sizeof(name));
    host_get_guid(&request.values, &ignored);
    host_get_guid(&request.values, &ignored);
    state = host_get_u32(&request.values);
    request_free(&request);
    return state;
}

static void medium_fields(struct bench *bench, const struct guid *medium, struct guid *pool, uint32_t *state)
{
    struct request request;
    struct guid ignored;
    uint16_t text[128];
    char name[128];

    information(bench, medium, &request, name, sizeof(name));
    host_get_guid(&request.values, &ignored);
    host_get_guid(&request.values, pool);
    host_get_guid(&request.values, &ignored);
    host_get_u32(&request.values);
    host_get_guid(&request.values, &ignored);
    host_get_guid(&request.values, &ignored);
    host_get_utf16_into(&request.values, text, 128);
    host_get_u32(&request.values);
    host_get_utf16_into(&request.values, text, 128);
    *state = host_get_u32(&request.values);
    host_get_u32(&request.values);
    host_get_u32(&request.values);
    host_get_u32(&request.values);
    host_get_guid(&request.values, &ignored);
    require(host_decoder_finish(&request.values, false) == HOST_OK);
    request_free(&request);
}

uint32_t medium_state_of(struct bench *bench, const struct guid *medium)
{
    struct guid pool;
    uint32_t state;

    medium_fields(bench, medium, &pool, &state);
    return state;
}

struct guid medium_pool_of(struct bench *bench, const struct guid *medium)
{
    struct guid pool;
    uint32_t state;

    medium_fields(bench, medium, &pool, &state);
    return pool;
}

uint32_t drive_state_of(struct bench *bench, const struct guid *drive)
{
    struct request request;
    uint32_t state;
    char name[128];

    information(bench, drive, &request, name, sizeof(name));
    host_get_u32(&request.values);
    state = host_get_u32(&request.values);
    request_free(&request);
    return state;
}
