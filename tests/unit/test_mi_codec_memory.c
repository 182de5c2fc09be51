/*
 * Serializers and deserializers of both formats: without memory, and on several threads at once.
 */
#include <check.h>
#include <pthread.h>
#include <stdlib.h>

#include "mi/allocation.h"
#include "mi/class.h"
#include "mi/instance.h"
#include "mi_codec_support.h"
#include "mi_support.h"

/* ---- Memory ------------------------------------------------------------------------------------------------------ */

static MI_Instance *full_instance(void)
{
    MI_Instance *instance = new_holder();

    for (int type = 0; type < 32; type++)
    {
        MI_Char name[] = {'V', (MI_Char)('A' + type / 8), (MI_Char)('0' + type % 8), 0};
        MI_Value value = sample_value((MI_Type)type, type & 1);

        if (type != MI_REFERENCEA) add_element(instance, name, &value, (MI_Type)type, 0);
    }
    return instance;
}

START_TEST(every_allocation_fails)
{
    MI_Instance *instance = full_instance(), *again = NULL, *error = NULL;
    struct written written = write_instance(_i, MI_SERIALIZER_FLAGS_INSTANCE_WITH_CLASS, instance);
    const MI_SerializerFT *table = codec_formats[_i].serializer;
    MI_Serializer serializer = {0};
    long live = live_allocations();
    MI_Uint32 needed;
    MI_Result result;

    for (long successes = 0;; successes++)
    {
        fail_allocation(successes);
        result =
            table->SerializeInstance(&serializer, MI_SERIALIZER_FLAGS_INSTANCE_WITH_CLASS, instance, NULL, 0, &needed);
        if (!allocation_failed()) break;
        ck_assert_int_eq(result, MI_RESULT_SERVER_LIMITS_EXCEEDED);
        ck_assert_int_eq(live_allocations(), live);
    }
    ck_assert_int_eq(result, MI_RESULT_FAILED);
    for (long successes = 0;; successes++)
    {
        fail_allocation(successes);
        result = read_instance(_i, written, NULL, 0, &again, &error);
        if (!allocation_failed()) break;
        ck_assert_int_eq(result, MI_RESULT_SERVER_LIMITS_EXCEEDED);
        ck_assert_ptr_null(again);
        if (error) MI_Instance_Delete(error);
        ck_assert_int_eq(live_allocations(), live);
    }
    ck_assert_int_eq(result, MI_RESULT_OK);
    fail_allocation(-1);
    MI_Instance_Delete(again);
    MI_Instance_Delete(instance);
}
END_TEST

START_TEST(every_allocation_of_a_class_fails)
{
    MI_Class *class_object = new_sample_class(), *again = NULL;
    MI_Instance *error = NULL;
    struct written written = write_class(_i, MI_SERIALIZER_FLAGS_CLASS_DEEP, class_object);
    long live = live_allocations();

    for (long successes = 0;; successes++)
    {
        MI_Result result;

        fail_allocation(successes);
        result = read_class(_i, written, NULL, &again, &error);
        if (!allocation_failed()) break;
        ck_assert_int_eq(result, MI_RESULT_SERVER_LIMITS_EXCEEDED);
        ck_assert_ptr_null(again);
        if (error) MI_Instance_Delete(error);
        ck_assert_int_eq(live_allocations(), live);
    }
    fail_allocation(-1);
    MI_Class_Delete(again);
    MI_Class_Delete(class_object);
}
END_TEST

/* ---- Threads ----------------------------------------------------------------------------------------------------- */

static MI_Instance *shared_instance;
static MI_Class *shared_class;

/* The counting allocator is one thread's, and so are the buffers of the other tests. */
static void *write_and_read(void *context)
{
    int format = *(int *)context;
    MI_Serializer serializer = {0};
    MI_Deserializer deserializer = {0};

    for (int i = 0; i < 20; i++)
    {
        MI_Instance *again = NULL;
        MI_Uint8 buffer[4096];
        MI_Uint32 used = 0;
        MI_Result result = codec_formats[format].serializer->SerializeInstance(&serializer, 0, shared_instance, buffer,
                                                                               sizeof(buffer), &used);

        if (result == MI_RESULT_OK)
            result = codec_formats[format].deserializer->DeserializeInstance(
                &deserializer, 0, buffer, used, &shared_class, 1, NULL, NULL, NULL, &again, NULL);
        if (result != MI_RESULT_OK || !instances_equal(shared_instance, again)) abort();
        MI_Instance_Delete(again);
    }
    return NULL;
}

START_TEST(threads_at_once)
{
    pthread_t threads[4];
    int formats[] = {FORMAT_XML, FORMAT_MOF, FORMAT_XML, FORMAT_MOF};

    mi_alloc = malloc;
    mi_free = free;
    shared_class = new_sample_class();
    ck_assert_int_eq(mi_instance_of(NULL, shared_class->classDecl, mi_class_get_data(shared_class), &shared_instance),
                     MI_RESULT_OK);
    for (int i = 0; i < 4; i++)
        ck_assert_int_eq(pthread_create(&threads[i], NULL, write_and_read, &formats[i]), 0);
    for (int i = 0; i < 4; i++)
        ck_assert_int_eq(pthread_join(threads[i], NULL), 0);
    MI_Instance_Delete(shared_instance);
    MI_Class_Delete(shared_class);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("mi codec memory");
    TCase *tests = tcase_create("both formats");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_add_checked_fixture(tests, codec_set_up, codec_tear_down);
    tcase_set_timeout(tests, 120);
    tcase_add_loop_test(tests, every_allocation_fails, 0, FORMATS);
    tcase_add_loop_test(tests, every_allocation_of_a_class_fails, 0, FORMATS);
    tcase_add_test(tests, threads_at_once);
    suite_add_tcase(suite, tests);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
