/* Objects of the removable storage engine: what is enumerated, each type's information, attributes, copies of the
 * database, wrong arguments. */
#include <stdlib.h>

#include "rsm_support.h"

/* Values of each type's structure behind the common ones, as rsm_service.h lists them: u u32, w u16, b bool, q u64, t
 * str16, g guid, x blob. */
static const struct
{
    uint32_t type;
    const char *letters;
} layouts[] = {
    {NTMS_CHANGER, "ugtttwwwwg"},
    {NTMS_CHANGER_TYPE, "ttu"},
    {NTMS_COMPUTER, "uuuuu"},
    {NTMS_DRIVE, "uugtttwwwwuqggu"},
    {NTMS_DRIVE_TYPE, "ttuu"},
    {NTMS_IEDOOR, "uuwg"},
    {NTMS_IEPORT, "uuuwg"},
    {NTMS_LIBRARY, "uggbbuuuuuuuuuuuuuuubu"},
    {NTMS_LIBREQUEST, "uuugggggqqtttugu"},
    {NTMS_MEDIA_POOL, "ugguuuuuu"},
    {NTMS_MEDIA_TYPE, "uuuu"},
    {NTMS_PARTITION, "gguwxttuuq"},
    {NTMS_PHYSICAL_MEDIA, "gggugg"
                          "tutuuuug"},
    {NTMS_STORAGESLOT, "uug"},
};

static void read_values(struct host_decoder *values, const char *letters)
{
    struct guid id;
    size_t size;

    for (; *letters; letters++)
        switch (*letters)
        {
        case 'u':
            host_get_u32(values);
            break;
        case 'w':
            host_get_u16(values);
            break;
        case 'b':
            host_get_bool(values);
            break;
        case 'q':
            host_get_u64(values);
            break;
        case 't':
            free(host_get_utf16(values));
            break;
        case 'x':
            host_get_bytes(values, &size);
            break;
        default:
            host_get_guid(values, &id);
        }
}

static uint32_t get_information(struct bench *bench, const struct guid *id, uint32_t type, const char *letters)
{
    struct request request;
    uint32_t result;

    request_begin(&request, bench->session, RSM_GET_INFORMATION);
    host_put_guid(&request.arguments, id);
    host_put_u32(&request.arguments, type);
    result = request_run(bench->rsm, 1, &request);
    if (!result)
    {
        require(host_get_u32(&request.values) == type);
        read_values(&request.values, "qqgbutt");
        read_values(&request.values, letters);
        require(host_decoder_finish(&request.values, false) == HOST_OK);
    }
    request_free(&request);
    return result;
}

/* GetNtmsObjectInformation: each type has its structure; another type than the object's is ERROR_INVALID_PARAMETER. */
START_TEST(information_of_each_type)
{
    struct guid none = {{1}};
    struct bench bench;

    bench_open(&bench, 2, 4, 1, 1);
    for (size_t i = 0; i < sizeof(layouts) / sizeof(*layouts); i++)
    {
        struct guid id = first(&bench, NULL, layouts[i].type);

        require(get_information(&bench, &id, layouts[i].type, layouts[i].letters) == 0);
        require(get_information(&bench, &id, layouts[i].type == NTMS_DRIVE ? NTMS_LIBRARY : NTMS_DRIVE, "") ==
                ERROR_INVALID_PARAMETER);
    }
    require(get_information(&bench, &none, NTMS_DRIVE, "") == ERROR_OBJECT_NOT_FOUND);
    bench_delete(&bench);
}
END_TEST

/* EnumerateNtmsObject's return values. */
START_TEST(enumerating)
{
    struct guid ids[16], unknown = {{1}}, drive;
    struct bench bench;
    uint32_t count;

    bench_open(&bench, 2, 4, 1, 1);
    require(enumerate(&bench, &bench.library, NTMS_DRIVE, ids, 16, &count) == 0 && count == 2);
    drive = ids[0];
    require(enumerate(&bench, &bench.library, NTMS_STORAGESLOT, ids, 2, &count) == ERROR_INSUFFICIENT_BUFFER &&
            count == 4);
    require(enumerate(&bench, &bench.library, NTMS_STORAGESLOT, ids, 0, &count) == ERROR_INSUFFICIENT_BUFFER &&
            count == 4);
    require(enumerate(&bench, NULL, NTMS_OPREQUEST, ids, 0, &count) == 0 && count == 0);
    require(enumerate(&bench, &unknown, NTMS_DRIVE, ids, 16, &count) == ERROR_OBJECT_NOT_FOUND);
    require(enumerate(&bench, &drive, NTMS_STORAGESLOT, ids, 16, &count) == ERROR_INVALID_PARAMETER);
    require(enumerate(&bench, NULL, NTMS_UNKNOWN, ids, 16, &count) == ERROR_INVALID_PARAMETER);
    require(enumerate(&bench, NULL, NTMS_MEDIA_POOL, ids, 16, &count) == 0 && count == 3);
    require(enumerate(&bench, NULL, NTMS_LIBRARY, ids, 16, &count) == 0 && count == 2);
    bench.session += 1;
    require(enumerate(&bench, NULL, NTMS_LIBRARY, ids, 16, &count) == ERROR_INVALID_HANDLE);
    bench_delete(&bench);
}
END_TEST

/* EnableNtmsObject, DisableNtmsObject; "All requests to disabled media return errors." */
START_TEST(disabling)
{
    struct guid medium, side, drive, slot, unknown = {{1}};
    struct bench bench;
    struct request request;

    bench_open(&bench, 1, 2, 1, 1);
    medium = named(&bench, NULL, NTMS_PHYSICAL_MEDIA, "M001");
    side = first(&bench, &medium, NTMS_PARTITION);
    slot = first(&bench, &bench.library, NTMS_STORAGESLOT);
    for (int pass = 0; pass < 4; pass++)
    {
        const struct guid *ids[] = {&medium, &medium, &slot, &unknown};
        const uint32_t types[] = {NTMS_PHYSICAL_MEDIA, NTMS_PHYSICAL_MEDIA, NTMS_STORAGESLOT, NTMS_DRIVE};
        const uint32_t results[] = {0, ERROR_INVALID_STATE, ERROR_INVALID_PARAMETER, ERROR_OBJECT_NOT_FOUND};

        request_begin(&request, bench.session, RSM_DISABLE);
        host_put_u32(&request.arguments, types[pass]);
        host_put_guid(&request.arguments, ids[pass]);
        require(request_run(bench.rsm, 1, &request) == results[pass]);
        request_free(&request);
    }
    require(mount(&bench, &side, NTMS_MOUNT_READ, 1000, &drive) == ERROR_RESOURCE_DISABLED);
    bench_delete(&bench);
}
END_TEST

/* The database can be copied while the service runs, and the copy taken at the next start. */
START_TEST(export_and_import)
{
    struct guid type, pool, later, found;
    struct bench bench;
    struct request request;

    bench_open(&bench, 1, 2, 1, 1);
    type = media_type_of(&bench);
    pool = create_pool(&bench, "Before", &type);
    request_begin(&request, bench.session, RSM_IMPORT_DATABASE);
    require(request_run(bench.rsm, 1, &request) == ERROR_DATABASE_FAILURE); /* nothing was exported */
    request_free(&request);
    request_begin(&request, bench.session, RSM_EXPORT_DATABASE);
    require(request_run(bench.rsm, 1, &request) == 0);
    request_free(&request);
    later = create_pool(&bench, "After", &type);
    request_begin(&request, bench.session, RSM_IMPORT_DATABASE);
    require(request_run(bench.rsm, 1, &request) == 0);
    request_free(&request);
    found = named(&bench, NULL, NTMS_MEDIA_POOL, "After");
    require(guid_equal(&found, &later));
    bench_close(&bench);
    bench_reopen(&bench);
    found = named(&bench, NULL, NTMS_MEDIA_POOL, "Before");
    require(guid_equal(&found, &pool));
    found = named(&bench, NULL, NTMS_MEDIA_POOL, "After");
    require(guid_is_null(&found));
    check_engine(&bench);
    bench_delete(&bench);
}
END_TEST

/* A payload that is cut anywhere is malformed, never more. */
START_TEST(cut_payloads)
{
    struct bench bench;

    bench_open(&bench, 1, 2, 1, 1);
    for (uint32_t method = RSM_FIRST_REQUEST; method < RSM_END_OF_REQUESTS; method++)
        for (size_t size = 0; size < 40; size++)
        {
            struct rsm_waiter waiter = {0};
            struct host_decoder arguments;
            struct rsm_reply reply;
            uint8_t payload[40] = {0};

            if (method == RSM_OPEN_SESSION || method == RSM_CLOSE_SESSION) continue;
            memcpy(payload, &bench.session, sizeof(bench.session));
            host_decoder_init(&arguments, payload, size);
            require(rsm_request(bench.rsm, 1, method, &arguments, &reply, &waiter));
            if (size < 4) require(reply.malformed);
            host_encoder_free(&reply.values);
        }
    check_engine(&bench);
    bench_delete(&bench);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("rsm objects");
    TCase *cases = tcase_create("objects");
    SRunner *runner;
    int failed;

    tcase_set_timeout(cases, 120);
    tcase_add_test(cases, information_of_each_type);
    tcase_add_test(cases, enumerating);
    tcase_add_test(cases, disabling);
    tcase_add_test(cases, export_and_import);
    tcase_add_test(cases, cut_payloads);
    suite_add_tcase(suite, cases);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
