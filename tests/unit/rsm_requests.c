/* An engine on the fake changer. See rsm_requests.h. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "rsm_requests.h"

void fake_bench_open(struct bench *bench, uint32_t drives, uint32_t slots, uint32_t ports, uint32_t media)
{
    struct request request;
    char barcode[16];

    fake_reset(drives, slots, ports);
    for (uint32_t i = 0; i < media; i++)
    {
        snprintf(barcode, sizeof(barcode), "M%03u", i + 1);
        fake_put(CHANGER_SLOT, i, barcode);
    }
    memset(bench, 0, sizeof(*bench));
    snprintf(bench->root, sizeof(bench->root), "%s/cork-rsm-XXXXXX",
             getenv("TMPDIR")            ? getenv("TMPDIR")
             : !access("/dev/shm", W_OK) ? "/dev/shm"
                                         : "/tmp");
    require(mkdtemp(bench->root));
    bench_reopen(bench);
    request_begin(&request, bench->session, RSM_ADD_LIBRARY);
    put_ascii(&request.arguments, "fake:1");
    put_ascii(&request.arguments, "Library");
    for (int i = 0; i < 4; i++)
        host_put_u32(&request.arguments, 0);
    require(request_run(bench->rsm, 1, &request) == 0);
    host_get_guid(&request.values, &bench->library);
    request_free(&request);
    wait_idle(bench);
}

void fake_bench_end(struct bench *bench, uint32_t media)
{
    struct guid ids[64];
    uint32_t count;

    wait_idle(bench);
    check_engine(bench);
    require(enumerate(bench, &bench->library, NTMS_PHYSICAL_MEDIA, ids, 64, &count) == 0);
    require(count == media);
    require(fake_count() == media);
    bench_delete(bench);
}

struct guid side_of(struct bench *bench, const char *barcode)
{
    struct guid medium = named(bench, NULL, NTMS_PHYSICAL_MEDIA, barcode);

    require(!guid_is_null(&medium));
    return first(bench, &medium, NTMS_PARTITION);
}

/* ---- Mounting ---- */

static void *mounting_main(void *context)
{
    struct mounting *mounting = context;
    struct request request;

    request_begin(&request, mounting->session, RSM_MOUNT);
    host_put_list(&request.arguments, mounting->count);
    for (uint32_t i = 0; i < mounting->count; i++)
        host_put_guid(&request.arguments, &mounting->media[i]);
    host_put_list(&request.arguments, mounting->count);
    for (uint32_t i = 0; i < mounting->count; i++)
        host_put_guid(&request.arguments, &mounting->drives[i]);
    host_put_u32(&request.arguments, mounting->options);
    host_put_i32(&request.arguments, mounting->priority);
    host_put_u32(&request.arguments, mounting->timeout);
    mounting->result = request_run(mounting->bench->rsm, mounting->client, &request);
    if (!mounting->result)
    {
        require(host_get_list(&request.values, 16) == mounting->count);
        for (uint32_t i = 0; i < mounting->count; i++)
            host_get_guid(&request.values, &mounting->drives[i]);
    }
    request_free(&request);
    mounting->done = true;
    return NULL;
}

void mounting_start(struct mounting *mounting)
{
    require(!pthread_create(&mounting->thread, NULL, mounting_main, mounting));
}

void mounting_begin(struct mounting *mounting, struct bench *bench, const char *barcode, uint32_t options,
                    uint32_t timeout)
{
    memset(mounting, 0, sizeof(*mounting));
    mounting->bench = bench;
    mounting->session = bench->session;
    mounting->client = 1;
    mounting->options = options;
    mounting->timeout = timeout;
    mounting->count = 1;
    if (!barcode) return;
    mounting->media[0] = side_of(bench, barcode);
    mounting_start(mounting);
}

uint32_t mounting_end(struct mounting *mounting)
{
    require(!pthread_join(mounting->thread, NULL));
    return mounting->result;
}

/* ---- Requests ---- */

/* Reads what all objects have; what follows is left to be read. */
static void begin_information(struct bench *bench, const struct guid *id, struct request *request)
{
    struct guid ignored;
    uint16_t text[256];

    request_begin(request, bench->session, RSM_GET_INFORMATION);
    host_put_guid(&request->arguments, id);
    host_put_u32(&request->arguments, 0);
    require(request_run(bench->rsm, 1, request) == 0);
    host_get_u32(&request->values);
    host_get_u64(&request->values);
    host_get_u64(&request->values);
    host_get_guid(&request->values, &ignored);
    host_get_bool(&request->values);
    host_get_u32(&request->values);
    host_get_utf16_into(&request->values, text, 256);
    host_get_utf16_into(&request->values, text, 256);
}

struct request_facts request_facts(struct bench *bench, const struct guid *id)
{
    struct request_facts facts;
    struct request request;
    struct guid ignored;
    uint16_t text[256];

    begin_information(bench, id, &request);
    facts.op = host_get_u32(&request.values);
    facts.option = host_get_u32(&request.values);
    facts.state = host_get_u32(&request.values);
    host_get_guid(&request.values, &ignored);
    host_get_guid(&request.values, &facts.drive);
    host_get_guid(&request.values, &facts.medium);
    host_get_guid(&request.values, &ignored);
    host_get_guid(&request.values, &ignored);
    host_get_u64(&request.values);
    host_get_u64(&request.values);
    for (int i = 0; i < 3; i++)
        host_get_utf16_into(&request.values, text, 256);
    facts.error = host_get_u32(&request.values);
    host_get_guid(&request.values, &ignored);
    facts.priority = host_get_u32(&request.values);
    require(host_decoder_finish(&request.values, false) == HOST_OK);
    request_free(&request);
    return facts;
}

static bool is_among(uint32_t value, uint32_t wanted)
{
    return wanted == ANY || value == wanted;
}

uint32_t requests_of(struct bench *bench, uint32_t op, uint32_t state, struct guid *last)
{
    struct guid ids[256];
    uint32_t count, found = 0;

    require(enumerate(bench, NULL, NTMS_LIBREQUEST, ids, 256, &count) == 0);
    for (uint32_t i = 0; i < count && i < 256; i++)
    {
        struct request_facts facts = request_facts(bench, &ids[i]);

        if (!is_among(facts.op, op) || !is_among(facts.state, state)) continue;
        if (last) *last = ids[i];
        found++;
    }
    return found;
}

void wait_requests(struct bench *bench, uint32_t op, uint32_t state, uint32_t count)
{
    WAIT_UNTIL(requests_of(bench, op, state, NULL) == count);
}

/* How many requests there are; *busy: one of them has not ended. */
static uint32_t look_at_requests(struct bench *bench, bool *busy)
{
    struct guid ids[256];
    uint32_t count;

    *busy = false;
    require(enumerate(bench, NULL, NTMS_LIBREQUEST, ids, 256, &count) == 0);
    for (uint32_t i = 0; i < count && !*busy; i++)
    {
        uint32_t state = request_facts(bench, &ids[i]).state;

        *busy = state == NTMS_LM_QUEUED || state == NTMS_LM_INPROCESS;
    }
    return count;
}

/* One request may begin another as it ends: nothing has begun while all were seen to have ended. */
void wait_idle(struct bench *bench)
{
    for (int waited = 0;; waited++)
    {
        bool busy, still_busy = true;
        uint32_t count = look_at_requests(bench, &busy);

        if (!busy && look_at_requests(bench, &still_busy) == count && !still_busy) return;
        require(waited < 30000);
        usleep(1000);
    }
}

uint32_t open_opreqs(struct bench *bench, struct guid *last, uint32_t *kind)
{
    struct guid ids[64];
    uint32_t count, open = 0;

    require(enumerate(bench, NULL, NTMS_OPREQUEST, ids, 64, &count) == 0);
    for (uint32_t i = 0; i < count; i++)
    {
        struct request request;
        uint32_t request_kind, state;

        begin_information(bench, &ids[i], &request);
        request_kind = host_get_u32(&request.values);
        host_get_u64(&request.values);
        state = host_get_u32(&request.values);
        request_free(&request);
        if (state != NTMS_OPSTATE_SUBMITTED) continue;
        if (last) *last = ids[i];
        if (kind) *kind = request_kind;
        open++;
    }
    return open;
}

void wait_opreqs(struct bench *bench, uint32_t count)
{
    WAIT_UNTIL(open_opreqs(bench, NULL, NULL) == count);
}
