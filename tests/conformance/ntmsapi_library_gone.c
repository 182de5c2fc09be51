/*
 * Deleting a library, which is the last that is done with it.
 */
#include "ntmsapi_test.h"

static void deleting(void)
{
    NTMS_OBJECTINFORMATIONW information;
    struct world world;
    NTMS_GUID none = {0};

    world_begin(&world);
    ON_WORLD(&world, DeleteNtmsLibrary, ERROR_INVALID_STATE, "(it is there, and enabled)", &world.two);
    if (world.there) pDisableNtmsObject(world.session, NTMS_LIBRARY, &world.two);
    ON_WORLD(&world, DeleteNtmsLibrary, ERROR_SUCCESS, "The function was successful.", &world.two);
    information_of(world.session, &world.two, NTMS_LIBRARY, &information);
    OF_WORLD(&world, DeleteNtmsLibrary, devices,
             "deletes a library, and all the devices contained in the library, from the RSM database",
             same_object(&information.ObjectGuid, &none));
    world_end(&world);
}

static const struct test_case cases[] = {{"deleting", deleting}, {NULL, NULL}};
const struct group library_gone_group = {"library_gone", __FILE__, cases};
