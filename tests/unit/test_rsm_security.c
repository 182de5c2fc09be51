/* Security descriptors, and what sessions may do by them. */
#include <stdio.h>
#include <stdlib.h>

#include "rsm/security_descriptor.h"
#include "rsm_support.h"

/* SIDs as they lie in a list. */
#define USER   1, 1, 0, 0, 0, 0, 0, 5, 77, 0, 0, 0
#define GROUP  1, 1, 0, 0, 0, 0, 0, 5, 78, 0, 0, 0
#define USERS  1, 2, 0, 0, 0, 0, 0, 5, 32, 0, 0, 0, 0x21, 2, 0, 0
#define ADMINS 1, 2, 0, 0, 0, 0, 0, 5, 32, 0, 0, 0, 0x20, 2, 0, 0

static const uint8_t user[] = {USER}, user_of_group[] = {USER, GROUP}, a_user[] = {USER, USERS},
                     administrator[] = {USER, ADMINS};

/* Owner GROUP, no group, no SACL; a DACL of two entries: `first` for USER, `second` for GROUP. */
static size_t make(uint8_t *bytes, uint8_t first, uint32_t first_mask, uint8_t second, uint32_t second_mask)
{
    const uint8_t descriptor[] = {/* header */ 1,
                                  0,
                                  0x04,
                                  0x80,
                                  20,
                                  0,
                                  0,
                                  0,
                                  0,
                                  0,
                                  0,
                                  0,
                                  0,
                                  0,
                                  0,
                                  0,
                                  32,
                                  0,
                                  0,
                                  0,
                                  /* owner */ GROUP,
                                  /* list */ 2,
                                  0,
                                  48,
                                  0,
                                  2,
                                  0,
                                  0,
                                  0,
                                  /* entry */ first,
                                  0,
                                  20,
                                  0,
                                  (uint8_t)first_mask,
                                  (uint8_t)(first_mask >> 8),
                                  (uint8_t)(first_mask >> 16),
                                  (uint8_t)(first_mask >> 24),
                                  USER,
                                  /* entry */ second,
                                  0,
                                  20,
                                  0,
                                  (uint8_t)second_mask,
                                  (uint8_t)(second_mask >> 8),
                                  (uint8_t)(second_mask >> 16),
                                  (uint8_t)(second_mask >> 24),
                                  GROUP};

    memcpy(bytes, descriptor, sizeof(descriptor));
    return sizeof(descriptor);
}

#define GRANTS(bytes, size, sids, rights) descriptor_grants(bytes, size, sids, sizeof(sids), rights)

START_TEST(entries_in_order)
{
    uint8_t bytes[128];
    size_t size = make(bytes, 0, NTMS_USE_ACCESS, 0, NTMS_MODIFY_ACCESS);

    require(descriptor_is_valid(bytes, size));
    require(GRANTS(bytes, size, user, NTMS_USE_ACCESS));
    require(!GRANTS(bytes, size, user, NTMS_MODIFY_ACCESS));
    require(GRANTS(bytes, size, user_of_group, NTMS_USE_ACCESS | NTMS_MODIFY_ACCESS));
    require(!GRANTS(bytes, size, user_of_group, NTMS_CONTROL_ACCESS));
    /* The owner may read the descriptor and write its list, and no more. */
    require(GRANTS(bytes, size, user_of_group, RIGHT_READ_CONTROL | RIGHT_WRITE_DAC));
    require(!GRANTS(bytes, size, user_of_group, RIGHT_WRITE_OWNER));
    require(!GRANTS(bytes, size, user, RIGHT_READ_CONTROL));
    /* What is denied first stays denied; what was granted first stays granted. */
    size = make(bytes, 1, NTMS_USE_ACCESS, 0, NTMS_USE_ACCESS | NTMS_MODIFY_ACCESS);
    require(!GRANTS(bytes, size, user_of_group, NTMS_USE_ACCESS));
    require(GRANTS(bytes, size, user_of_group, NTMS_MODIFY_ACCESS));
    size = make(bytes, 0, NTMS_USE_ACCESS, 1, NTMS_USE_ACCESS);
    require(GRANTS(bytes, size, user_of_group, NTMS_USE_ACCESS));
    /* Generic rights; entries of other kinds. */
    size = make(bytes, 0, 0x10000000, 17, 0xffffffff);
    require(GRANTS(bytes, size, user, RIGHTS_FULL));
    size = make(bytes, 0, 0x80000000, 0, 0);
    require(GRANTS(bytes, size, user, NTMS_USE_ACCESS | RIGHT_READ_CONTROL) &&
            !GRANTS(bytes, size, user, NTMS_MODIFY_ACCESS));
    /* An entry that is only for what inherits it. */
    size = make(bytes, 0, NTMS_USE_ACCESS, 0, 0);
    bytes[41] = 8;
    require(!GRANTS(bytes, size, user, NTMS_USE_ACCESS));
    /* No list grants everything, an empty one nothing. */
    size = make(bytes, 1, 0xffffffff, 1, 0xffffffff);
    bytes[2] = 0;
    require(GRANTS(bytes, size, user, RIGHTS_FULL));
    bytes[2] = 4;
    bytes[36] = 0;
    require(!GRANTS(bytes, size, user, NTMS_USE_ACCESS));
}
END_TEST

/* No length, offset or count that does not fit is taken. */
START_TEST(damaged)
{
    uint8_t whole[128];
    size_t size = make(whole, 0, NTMS_USE_ACCESS, 1, NTMS_MODIFY_ACCESS);

    for (size_t cut = 0; cut < size; cut++)
    {
        uint8_t *bytes = malloc(cut + 1); /* so that a sanitizer sees what is read behind the end */

        require(bytes);
        memcpy(bytes, whole, cut);
        require(!descriptor_is_valid(bytes, cut));
        free(bytes);
    }
    for (size_t at = 0; at < size; at++)
        for (int value = 0; value < 256; value++)
        {
            uint8_t *bytes = malloc(size), *merged;
            size_t merged_size;

            require(bytes);
            memcpy(bytes, whole, size);
            bytes[at] = (uint8_t)value;
            if (descriptor_is_valid(bytes, size))
            {
                GRANTS(bytes, size, user_of_group, RIGHTS_FULL);
                merged = descriptor_merge(NULL, bytes, PART_ALL, &merged_size);
                require(merged && descriptor_is_valid(merged, merged_size));
                free(merged);
            }
            free(bytes);
        }
    require(sids_are_valid(user_of_group, sizeof(user_of_group)) && sids_are_valid(user, 0));
    require(!sids_are_valid(user, sizeof(user) - 1) && !sids_are_valid(user_of_group, sizeof(user) + 3));
}
END_TEST

START_TEST(parts)
{
    uint8_t base[128], change[128], *merged;
    size_t size = make(base, 0, NTMS_USE_ACCESS, 0, 0), merged_size;

    make(change, 0, NTMS_CONTROL_ACCESS, 0, 0);
    change[20 + 8] = 77; /* its owner is USER */
    merged = descriptor_merge(base, change, PART_DACL, &merged_size);
    require(merged && descriptor_is_valid(merged, merged_size) && descriptor_parts(merged) == (PART_OWNER | PART_DACL));
    require(GRANTS(merged, merged_size, user, NTMS_CONTROL_ACCESS) &&
            !GRANTS(merged, merged_size, user, NTMS_USE_ACCESS));
    require(!GRANTS(merged, merged_size, user, RIGHT_READ_CONTROL));
    free(merged);
    merged = descriptor_merge(base, change, PART_OWNER, &merged_size);
    require(merged && GRANTS(merged, merged_size, user, NTMS_USE_ACCESS | RIGHT_READ_CONTROL));
    free(merged);
    merged = descriptor_merge(NULL, base, PART_OWNER, &merged_size);
    require(merged && descriptor_parts(merged) == PART_OWNER);
    free(merged);
    (void)size;
}
END_TEST

START_TEST(defaults)
{
    uint8_t *descriptor, *pool;
    size_t size, pool_size;

    descriptor = descriptor_default(&size);
    require(descriptor && descriptor_is_valid(descriptor, size) && descriptor_parts(descriptor) != 0);
    require(GRANTS(descriptor, size, administrator, RIGHTS_FULL));
    require(GRANTS(descriptor, size, a_user, NTMS_USE_ACCESS) && !GRANTS(descriptor, size, a_user, NTMS_MODIFY_ACCESS));
    require(!GRANTS(descriptor, size, user, NTMS_USE_ACCESS));
    /* "the only ACEs in the DACL are full access for the creator and local system accounts" */
    pool = descriptor_of_pool(user, sizeof(user), NULL, &pool_size);
    require(pool && descriptor_is_valid(pool, pool_size) && GRANTS(pool, pool_size, user, RIGHTS_FULL));
    free(pool);
    pool = descriptor_of_pool(user, sizeof(user), descriptor, &pool_size);
    require(pool && descriptor_is_valid(pool, pool_size) && GRANTS(pool, pool_size, administrator, RIGHTS_FULL));
    free(pool);
    free(descriptor);
}
END_TEST

/* ---- Sessions ---- */

/* Opens a session of whoever has these SIDs, in place of the bench's own. */
static void act_as(struct bench *bench, const uint8_t *sids, size_t size)
{
    static const uint16_t empty[1];
    struct request request;

    request_begin(&request, 0, RSM_OPEN_SESSION);
    for (int i = 0; i < 3; i++)
        host_put_utf16(&request.arguments, empty);
    host_put_u32(&request.arguments, 0);
    host_put_bytes(&request.arguments, sids, size);
    require(request_run(bench->rsm, 1, &request) == 0);
    bench->session = host_get_u32(&request.values);
    request_free(&request);
}

static uint32_t information(struct bench *bench, const struct guid *id)
{
    return simple_number(bench, RSM_GET_INFORMATION, id, 0);
}

START_TEST(sessions)
{
    struct guid type, pool, media, medium, drive;
    struct bench bench;
    uint32_t owner;

    bench_open(&bench, 1, 4, 1, 2);
    owner = bench.session;
    type = media_type_of(&bench);
    drive = first(&bench, NULL, NTMS_DRIVE);
    act_as(&bench, a_user, sizeof(a_user));
    require(information(&bench, &bench.library) == 0 && information(&bench, &drive) == 0);
    require(simple_number(&bench, RSM_INVENTORY, &bench.library, NTMS_INVENTORY_FAST) == ERROR_ACCESS_DENIED);
    require(simple(&bench, RSM_DELETE_DRIVE, &drive) == ERROR_ACCESS_DENIED);
    require(simple(&bench, RSM_CANCEL_OPREQUEST, &drive) == ERROR_ACCESS_DENIED);
    act_as(&bench, administrator, sizeof(administrator));
    require(simple_number(&bench, RSM_INVENTORY, &bench.library, NTMS_INVENTORY_FAST) == 0);
    rsm_drain(bench.rsm);
    pool = create_pool(&bench, "Mine", &type);
    free_medium(&bench, "M001");
    medium = named(&bench, NULL, NTMS_PHYSICAL_MEDIA, "M001");
    require(simple2(&bench, RSM_MOVE_TO_POOL, &medium, &pool) == 0);
    require(allocate(&bench, &pool, NTMS_ALLOCATE_NEW, 0, &media) == 0);
    /* Another user, not even of the administrators: a pool is its creator's. */
    act_as(&bench, (const uint8_t[]){ADMINS}, 16);
    require(information(&bench, &pool) == ERROR_ACCESS_DENIED && information(&bench, &media) == ERROR_ACCESS_DENIED &&
            information(&bench, &medium) == ERROR_ACCESS_DENIED);
    require(simple_number(&bench, RSM_DEALLOCATE, &media, 0) == ERROR_ACCESS_DENIED);
    require(simple(&bench, RSM_DELETE_POOL, &pool) == ERROR_ACCESS_DENIED);
    /* The service's own user. */
    bench.session = owner;
    require(simple_number(&bench, RSM_DEALLOCATE, &media, 0) == 0);
    check_engine(&bench);
    bench_delete(&bench);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("rsm security");
    TCase *cases = tcase_create("security");
    SRunner *runner;
    int failed;

    tcase_set_timeout(cases, 120);
    tcase_add_test(cases, entries_in_order);
    tcase_add_test(cases, damaged);
    tcase_add_test(cases, parts);
    tcase_add_test(cases, defaults);
    tcase_add_test(cases, sessions);
    suite_add_tcase(suite, cases);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
