/* What each request returns when its database fails under it: every page that a function has names
 * ERROR_DATABASE_FAILURE, and where it writes ERROR_DATABASE_FULL. Nothing of a request that failed stays. */
#include <sqlite3.h>
#include <stdio.h>

#include "rsm/engine.h"
#include "rsm_support.h"

/* What requests are asked about. */
struct subject
{
    struct guid library, drive, slot, pool, medium, side, computer, opreq, type, media[2];
    uint32_t notification;
    struct host_encoder object; /* the library */
};

/* Arguments behind the session, a letter each: u 1, z 0, m NTMS_OPREQ_MESSAGE, t a text that is another each time, x
 * bytes, n none, q NTMS_LIBREQUEST, d a drive's name, o the notification; identifiers: L the library, D its drive, S a
 * slot, P the pool, M a medium, A its side, B and E logical media, C the computer, O an operator request, T the media
 * type, N nothing; b and e a list of B, of nothing; l the library as an object, i a new medium and its side. */
static const struct
{
    uint32_t method;
    const char *arguments;
    bool writes; /* so much that a full database keeps it from being done */
} requests[] = {
    {RSM_ENUMERATE, "Luuu", false},       {RSM_GET_INFORMATION, "Lu", false},   {RSM_ENABLE, "uD", false},
    {RSM_GET_ATTRIBUTE, "Lutu", false},   {RSM_SET_ATTRIBUTE, "Lutx", true},    {RSM_GET_SECURITY, "Luuu", false},
    {RSM_GET_UI_OPTIONS, "Luu", false},   {RSM_CREATE_POOL, "tTcn", true},      {RSM_GET_POOL_NAME, "Pu", false},
    {RSM_MOVE_TO_POOL, "MP", false},      {RSM_DELETE_POOL, "P", false},        {RSM_DEALLOCATE, "Az", false},
    {RSM_DECOMMISSION, "A", false},       {RSM_SET_COMPLETE, "A", false},       {RSM_DELETE_MEDIA, "M", false},
    {RSM_DISMOUNT_DRIVE, "D", false},     {RSM_INVENTORY, "Lu", true},          {RSM_CLEAN_DRIVE, "D", false},
    {RSM_RESERVE_CLEANER, "LS", false},   {RSM_RELEASE_CLEANER, "L", false},    {RSM_CANCEL_REQUEST, "L", false},
    {RSM_GET_REQUEST_ORDER, "L", false},  {RSM_SET_REQUEST_ORDER, "Lu", false}, {RSM_SUBMIT_OPREQUEST, "mtNN", true},
    {RSM_CANCEL_OPREQUEST, "O", false},   {RSM_SATISFY_OPREQUEST, "O", false},  {RSM_SET_INFORMATION, "l", false},
    {RSM_DISABLE, "uD", false},           {RSM_SET_SECURITY, "Luux", false},    {RSM_ALLOCATE, "PNNuz", false},
    {RSM_SWAP_MEDIA, "BE", false},        {RSM_ADD_MEDIA_TYPE, "TL", false},    {RSM_DELETE_MEDIA_TYPE, "TL", false},
    {RSM_CHANGE_MEDIA_TYPE, "MP", false}, {RSM_CREATE_MEDIA, "iz", true},       {RSM_UPDATE_OMID, "Bux", false},
    {RSM_MOUNT, "bezzz", false},          {RSM_DISMOUNT, "bz", false},          {RSM_IDENTIFY_SLOT, "Su", false},
    {RSM_EJECT_MEDIA, "MNz", false},      {RSM_INJECT_MEDIA, "LNz", false},     {RSM_ACCESS_DOOR, "Lu", false},
    {RSM_INJECT_CLEANER, "LNuz", false},  {RSM_EJECT_CLEANER, "LNz", false},    {RSM_DELETE_LIBRARY, "L", false},
    {RSM_DELETE_DRIVE, "D", false},       {RSM_EJECT_FROM_DRIVE, "dz", false},  {RSM_VOLUMES_OF_DRIVE, "d", false},
    {RSM_DELETE_REQUESTS, "Nqu", false},  {RSM_SET_UI_OPTIONS, "Luut", false},  {RSM_OPEN_NOTIFICATION, "u", false},
    {RSM_WAIT_NOTIFICATION, "oz", false}, {RSM_EXPORT_DATABASE, "", false},     {RSM_CLOSE_NOTIFICATION, "o", false},
};

static void put_text_argument(struct host_encoder *arguments, const char *text)
{
    uint16_t units[256] = {0}, *unit = units;

    for (const char *at = text; *at && unit < units + 255; at++)
        *unit++ = (uint8_t)*at;
    host_put_utf16(arguments, units);
}

static void put_argument(struct host_encoder *arguments, const struct subject *subject, char letter)
{
    static const uint8_t bytes[4096];
    static int count;
    const struct guid *ids[128] = {
        ['L'] = &subject->library, ['D'] = &subject->drive,    ['S'] = &subject->slot,     ['P'] = &subject->pool,
        ['M'] = &subject->medium,  ['A'] = &subject->side,     ['C'] = &subject->computer, ['O'] = &subject->opreq,
        ['T'] = &subject->type,    ['B'] = &subject->media[0], ['E'] = &subject->media[1]};
    char text[32];

    switch (letter)
    {
    case 'u':
        host_put_u32(arguments, 1);
        break;
    case 'z':
        host_put_u32(arguments, 0);
        break;
    case 'c':
        host_put_u32(arguments, NTMS_CREATE_NEW);
        break;
    case 'm':
        host_put_u32(arguments, NTMS_OPREQ_MESSAGE);
        break;
    case 't':
        snprintf(text, sizeof(text), "name %d", count++);
        put_text_argument(arguments, text);
        break;
    case 'x':
        host_put_bytes(arguments, bytes, sizeof(bytes));
        break;
    case 'n':
        host_put_bytes(arguments, NULL, 0);
        break;
    case 'q':
        host_put_u32(arguments, NTMS_LIBREQUEST);
        break;
    case 'd':
        put_text_argument(arguments, "E:");
        break;
    case 'o':
        host_put_u32(arguments, subject->notification);
        break;
    case 'b':
    case 'e':
        host_put_list(arguments, 1);
        host_put_guid(arguments, letter == 'b' ? &subject->media[0] : NULL);
        break;
    case 'l':
        host_put_raw(arguments, subject->object.data, subject->object.size);
        break;
    case 'i':
        snprintf(text, sizeof(text), "NEW%d", count++);
        put_new_medium(arguments, &subject->pool, text);
        break;
    default:
        host_put_guid(arguments, ids[(int)letter]);
    }
}

static uint32_t ask(struct bench *bench, const struct subject *subject, size_t at)
{
    struct request request;
    uint32_t result;

    request_begin(&request, bench->session, requests[at].method);
    for (const char *letter = requests[at].arguments; *letter; letter++)
        put_argument(&request.arguments, subject, *letter);
    result = request_run(bench->rsm, 1, &request);
    request_free(&request);
    return result;
}

/* What the requests need that a request gives. */
static void ask_subject(struct bench *bench, struct subject *subject)
{
    struct request request;

    request_begin(&request, bench->session, RSM_OPEN_NOTIFICATION);
    host_put_u32(&request.arguments, NTMS_DRIVE);
    require(request_run(bench->rsm, 1, &request) == 0);
    subject->notification = host_get_u32(&request.values);
    request_free(&request);

    host_encoder_init(&subject->object);
    request_begin(&request, bench->session, RSM_GET_INFORMATION);
    host_put_guid(&request.arguments, &subject->library);
    host_put_u32(&request.arguments, NTMS_LIBRARY);
    require(request_run(bench->rsm, 1, &request) == 0);
    host_put_raw(&subject->object, request.values.data, request.values.size);
    request_free(&request);
}

static void open_subject(struct bench *bench, struct subject *subject)
{
    struct request request;

    bench_open(bench, 1, 6, 1, 4);
    memset(subject, 0, sizeof(*subject));
    subject->library = bench->library;
    subject->drive = first(bench, &bench->library, NTMS_DRIVE);
    subject->slot = first(bench, &bench->library, NTMS_STORAGESLOT);
    subject->type = media_type_of(bench);
    subject->pool = create_pool(bench, "Pool", &subject->type);
    subject->medium = named(bench, NULL, NTMS_PHYSICAL_MEDIA, "M001");
    subject->side = first(bench, &subject->medium, NTMS_PARTITION);
    subject->computer = first(bench, NULL, NTMS_COMPUTER);
    request_begin(&request, bench->session, RSM_SUBMIT_OPREQUEST);
    host_put_u32(&request.arguments, NTMS_OPREQ_MESSAGE);
    put_text_argument(&request.arguments, "a message");
    host_put_guid(&request.arguments, NULL);
    host_put_guid(&request.arguments, NULL);
    require(request_run(bench->rsm, 1, &request) == 0);
    host_get_guid(&request.values, &subject->opreq);
    request_free(&request);
    rsm_drain(bench->rsm);
    for (int i = 0; i < 2; i++)
    {
        struct guid medium = named(bench, NULL, NTMS_PHYSICAL_MEDIA, i ? "M004" : "M003");

        free_medium(bench, i ? "M004" : "M003");
        require(simple2(bench, RSM_MOVE_TO_POOL, &medium, &subject->pool) == 0);
        require(allocate(bench, &subject->pool, NTMS_ALLOCATE_NEW, 1000, &subject->media[i]) == 0);
    }
    ask_subject(bench, subject);
}

static void close_subject(struct bench *bench, struct subject *subject)
{
    host_encoder_free(&subject->object);
    bench_delete(bench);
}

static int refuse(void *context, int action, const char *a, const char *b, const char *c, const char *d)
{
    (void)context, (void)action, (void)a, (void)b, (void)c, (void)d;
    return SQLITE_DENY;
}

/* A database that takes no statement any more, as one whose file is damaged. */
START_TEST(failing_database)
{
    struct subject subject;
    struct bench bench;

    open_subject(&bench, &subject);
    for (size_t i = 0; i < sizeof(requests) / sizeof(*requests); i++)
    {
        uint32_t result;

        pthread_mutex_lock(&bench.rsm->lock);
        sqlite3_set_authorizer(bench.rsm->db.handle, refuse, NULL);
        pthread_mutex_unlock(&bench.rsm->lock);
        result = ask(&bench, &subject, i);
        pthread_mutex_lock(&bench.rsm->lock);
        sqlite3_set_authorizer(bench.rsm->db.handle, NULL, NULL);
        pthread_mutex_unlock(&bench.rsm->lock);
        if (result != ERROR_DATABASE_FAILURE) fprintf(stderr, "request %#x: %u\n", requests[i].method, result);
        require(result == ERROR_DATABASE_FAILURE);
    }
    check_engine(&bench);
    close_subject(&bench, &subject);
}
END_TEST

static long pragma(struct bench *bench, const char *sql)
{
    sqlite3_stmt *query = NULL;
    long value;

    pthread_mutex_lock(&bench->rsm->lock);
    require(sqlite3_prepare_v2(bench->rsm->db.handle, sql, -1, &query, NULL) == SQLITE_OK);
    require(sqlite3_step(query) == SQLITE_ROW);
    value = (long)sqlite3_column_int64(query, 0);
    sqlite3_finalize(query);
    pthread_mutex_unlock(&bench->rsm->lock);
    return value;
}

/* A database that can grow no more: what writes says so in the end, and with room again goes on; what reads still
 * reads. */
START_TEST(full_database)
{
    struct subject subject;
    struct guid ids[4];
    struct bench bench;
    uint32_t count;
    char sql[64];

    open_subject(&bench, &subject);
    snprintf(sql, sizeof(sql), "PRAGMA max_page_count=%ld", pragma(&bench, "PRAGMA page_count"));
    for (size_t i = 0; i < sizeof(requests) / sizeof(*requests); i++)
    {
        uint32_t result = 0;

        if (!requests[i].writes) continue;
        pragma(&bench, sql);
        /* What pages have free is used up first. */
        for (int n = 0; n < 5000 && !result; n++)
            result = ask(&bench, &subject, i);
        if (result != ERROR_DATABASE_FULL) fprintf(stderr, "request %#x: %u\n", requests[i].method, result);
        require(result == ERROR_DATABASE_FULL);
        require(enumerate(&bench, NULL, NTMS_LIBRARY, ids, 4, &count) == 0 && count == 2);
        pragma(&bench, "PRAGMA max_page_count=1000000");
        require(ask(&bench, &subject, i) == 0);
    }
    rsm_drain(bench.rsm);
    check_engine(&bench);
    close_subject(&bench, &subject);
}
END_TEST

/* AllocateNtmsMedia: "An intermediate resource is not available; for example, the free media pool is not available." */
START_TEST(no_free_pool)
{
    struct guid media = {{0}}, free_pool, top;
    struct subject subject;
    struct bench bench;

    open_subject(&bench, &subject);
    top = named(&bench, NULL, NTMS_MEDIA_POOL, "Free");
    free_pool = first(&bench, &top, NTMS_MEDIA_POOL);
    rsm_begin(bench.rsm);
    db_run(&bench.rsm->db, "UPDATE pool SET allocation=1 WHERE id=?", "g", &subject.pool);
    object_delete(bench.rsm, &free_pool);
    require(rsm_end(bench.rsm, 0) == 0);
    require(allocate(&bench, &subject.pool, NTMS_ALLOCATE_NEW, 0, &media) == ERROR_DEVICE_NOT_AVAILABLE);
    close_subject(&bench, &subject);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("rsm faults");
    TCase *cases = tcase_create("faults");
    SRunner *runner;
    int failed;

    tcase_set_timeout(cases, 120);
    tcase_add_test(cases, failing_database);
    tcase_add_test(cases, full_database);
    tcase_add_test(cases, no_free_pool);
    suite_add_tcase(suite, cases);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
