/*
 * Operator requests: submitted, waited for, satisfied, cancelled; by applications and by allocations that need media.
 */
#include "ntmsapi_test.h"

static void submitting(void)
{
    NTMS_GUID request = no_object, pool = no_object, medium, drive, slot, raw;
    struct world world;

    world_begin(&world);
    drive = first_object(world.session, &world.one, NTMS_DRIVE);
    slot = first_object(world.session, &world.one, NTMS_STORAGESLOT);
    medium = object_named(world.session, NULL, NTMS_PHYSICAL_MEDIA, L"A001");
    pool = system_pool_of(world.session, L"Free", &world.type_one);
    raw = no_object;
    ON_WORLD(&world, SubmitNtmsOperatorRequestA, ERROR_SUCCESS, "The function was successful.", NTMS_OPREQ_MESSAGE,
             "a message", NULL, NULL, &request);
    ON_WORLD(&world, CancelNtmsOperatorRequest, ERROR_SUCCESS, "The operator request has been canceled.", &request);
    ON_WORLD(&world, WaitForNtmsOperatorRequest, ERROR_CANCELLED,
             "The operator request was canceled by an administrator.", &request, INFINITE);
    ON_WORLD(&world, CancelNtmsOperatorRequest, ERROR_INVALID_STATE,
             "The request has already been completed or canceled.", &request);
    ON_WORLD(&world, SatisfyNtmsOperatorRequest, ERROR_OBJECT_NOT_FOUND,
             "This error occurs if the request is completed before the operation has been satisfied", &request);
    ON_WORLD(&world, CancelNtmsOperatorRequest, ERROR_OBJECT_NOT_FOUND, "The operator request object ID was not found.",
             &no_object);
    ON_WORLD(&world, WaitForNtmsOperatorRequest, ERROR_OBJECT_NOT_FOUND, "Unable to find the operator request object.",
             &no_object, 0);
    ON_WORLD(&world, SubmitNtmsOperatorRequestW, ERROR_SUCCESS, "The function was successful.", NTMS_OPREQ_NEWMEDIA,
             NULL, &pool, &world.one, &request);
    ON_WORLD(&world, SatisfyNtmsOperatorRequest, ERROR_SUCCESS, "The operator request has been satisfied.", &request);
    ON_WORLD(&world, WaitForNtmsOperatorRequest, ERROR_SUCCESS, "The function was successful.", &request, INFINITE);
    ON_WORLD(&world, SubmitNtmsOperatorRequestW, ERROR_INVALID_PARAMETER, "One of the parameter values is not valid.",
             NTMS_OPREQ_NEWMEDIA, NULL, NULL, NULL, &request);
    ON_WORLD(&world, SubmitNtmsOperatorRequestW, ERROR_INVALID_PARAMETER,
             "The lpArg1Id parameter specifies the media pool object", NTMS_OPREQ_NEWMEDIA, NULL, &drive, NULL,
             &request);
    ON_WORLD(&world, SubmitNtmsOperatorRequestW, ERROR_INVALID_PARAMETER,
             "The lpArg1Id parameter can be either a library or slot identifier.", NTMS_OPREQ_CLEANER, NULL, &drive,
             NULL, &request);
    ON_WORLD(&world, SubmitNtmsOperatorRequestW, ERROR_INVALID_PARAMETER,
             "lpArg1Id ... can be an iedoor, library, physical media, or drive identifier.", NTMS_OPREQ_DEVICESERVICE,
             NULL, &slot, NULL, &request);
    ON_WORLD(&world, SubmitNtmsOperatorRequestA, ERROR_INVALID_PARAMETER,
             "... and the lpArg2Id parameter specifies the target library.", NTMS_OPREQ_MOVEMEDIA, NULL, &medium, NULL,
             &request);
    ON_WORLD(&world, SubmitNtmsOperatorRequestA, ERROR_OBJECT_NOT_FOUND,
             "Unable to find the source or destination object.", NTMS_OPREQ_MOVEMEDIA, NULL, &medium, &raw, &request);
    ON_WORLD(&world, SubmitNtmsOperatorRequestW, ERROR_OBJECT_NOT_FOUND,
             "Unable to find the source or destination object.", NTMS_OPREQ_NEWMEDIA, NULL, &raw, NULL, &request);
    OF_WORLD(&world, SubmitNtmsOperatorRequestW, kinds, "(each kind of request with what it needs)",
             RETURNS(ERROR_SUCCESS,
                     pSubmitNtmsOperatorRequestW(world.session, NTMS_OPREQ_CLEANER, L"c", &slot, NULL, &request)) &&
                 RETURNS(ERROR_SUCCESS, pCancelNtmsOperatorRequest(world.session, &request)) &&
                 RETURNS(ERROR_SUCCESS, pSubmitNtmsOperatorRequestW(world.session, NTMS_OPREQ_DEVICESERVICE, L"d",
                                                                    &drive, NULL, &request)) &&
                 RETURNS(ERROR_SUCCESS, pCancelNtmsOperatorRequest(world.session, &request)) &&
                 RETURNS(ERROR_SUCCESS, pSubmitNtmsOperatorRequestW(world.session, NTMS_OPREQ_MOVEMEDIA, L"m", &medium,
                                                                    &world.two, &request)) &&
                 RETURNS(ERROR_SUCCESS, pCancelNtmsOperatorRequest(world.session, &request)));
    world_end(&world);
}

static void information(void)
{
    NTMS_OBJECTINFORMATIONW information;
    NTMS_GUID request = no_object;
    struct world world;

    world_begin(&world);
    if (world.there)
        pSubmitNtmsOperatorRequestW(world.session, NTMS_OPREQ_MESSAGE, L"bring it", &world.one, NULL, &request);
    information_of(world.session, &request, NTMS_OPREQUEST, &information);
    OF_WORLD(&world, GetNtmsObjectInformationW, operator_request,
             "(what was asked for, by which application, on which computer)",
             information.Info.OpRequest.Request == NTMS_OPREQ_MESSAGE &&
                 information.Info.OpRequest.State == NTMS_OPSTATE_SUBMITTED &&
                 !wcscmp(information.Info.OpRequest.szMessage, L"bring it") &&
                 information.Info.OpRequest.Arg1Type == NTMS_LIBRARY &&
                 same_object(&information.Info.OpRequest.Arg1, &world.one) &&
                 !wcscmp(information.Info.OpRequest.szApplication, L"ntmsapi_conformance") &&
                 *information.Info.OpRequest.szUser && *information.Info.OpRequest.szComputer);
    if (world.there) pCancelNtmsOperatorRequest(world.session, &request);
    world_end(&world);
}

/* ---- An allocation that waits for media ---- */

struct allocation
{
    HANDLE session;
    NTMS_GUID pool, media;
    DWORD result;
};

static DWORD WINAPI allocate(void *context)
{
    struct allocation *allocation = context;

    allocation->result = pAllocateNtmsMedia(allocation->session, &allocation->pool, NULL, &allocation->media,
                                            NTMS_ALLOCATE_NEW, 0, NULL);
    return 0;
}

/* Starts it in a session of its own; returns the operator request that it made. */
static NTMS_GUID start_allocation(struct world *world, struct allocation *allocation, HANDLE *thread)
{
    NTMS_GUID request = {0};

    allocation->session = open_session();
    *thread = CreateThread(NULL, 0, allocate, allocation, 0, NULL);
    while (same_object(&request, &(NTMS_GUID){0}) && WaitForSingleObject(*thread, 5) == WAIT_TIMEOUT)
        request = first_object(world->session, NULL, NTMS_OPREQUEST);
    return request;
}

static int ended(HANDLE thread)
{
    int there = WaitForSingleObject(thread, 60000) == WAIT_OBJECT_0;

    CloseHandle(thread);
    return there;
}

static void refused(void)
{
    struct allocation allocation = {.result = 99};
    NTMS_OBJECTINFORMATIONW information;
    NTMS_GUID request = {0};
    struct world world;
    HANDLE thread = NULL;

    world_begin(&world);
    forget_requests(&world);
    if (world.there)
    {
        pCreateNtmsMediaPoolW(world.session, L"COWait", &world.type_one, NTMS_CREATE_NEW, NULL, &allocation.pool);
        request = start_allocation(&world, &allocation, &thread);
    }
    information_of(world.session, &request, NTMS_OPREQUEST, &information);
    OF_WORLD(&world, AllocateNtmsMedia, operator_request,
             "When necessary, RSM generates an operator request to insert new or Available media.",
             information.Info.OpRequest.Request == NTMS_OPREQ_NEWMEDIA &&
                 same_object(&information.Info.OpRequest.Arg1, &allocation.pool));
    OF_WORLD(&world, AllocateNtmsMedia, ERROR_CANCELLED,
             "If the user cancels the allocation request, RSM returns ERROR_CANCELLED.",
             RETURNS(ERROR_SUCCESS, pCancelNtmsOperatorRequest(world.session, &request)) && ended(thread) &&
                 RETURNS(ERROR_CANCELLED, allocation.result));
    if (world.there) pCloseNtmsSession(allocation.session);
    world_end(&world);
}

static void satisfied(void)
{
    struct allocation allocation = {.result = 99};
    NTMS_GUID request = {0}, medium = {0};
    struct world world;
    HANDLE thread = NULL;

    world_begin(&world);
    forget_requests(&world);
    if (world.there)
    {
        medium = free_medium(world.session, L"A003");
        allocation.pool = object_named(world.session, NULL, NTMS_MEDIA_POOL, L"COWait");
        request = start_allocation(&world, &allocation, &thread);
        pMoveToNtmsMediaPool(world.session, &medium, &allocation.pool);
        pSatisfyNtmsOperatorRequest(world.session, &request);
    }
    OF_WORLD(&world, AllocateNtmsMedia, satisfied,
             "If a user indicates that the operator request has been satisfied, the request is deleted and RSM retries "
             "the process.",
             ended(thread) && RETURNS(ERROR_SUCCESS, allocation.result) &&
                 RETURNS(ERROR_OBJECT_NOT_FOUND, pWaitForNtmsOperatorRequest(world.session, &request, 0)));
    if (world.there)
    {
        pDeallocateNtmsMedia(world.session, &allocation.media, 0);
        pCloseNtmsSession(allocation.session);
    }
    world_end(&world);
}

/* CloseNtmsSession while it waits. */
static void closed(void)
{
    struct allocation allocation = {.result = 99};
    NTMS_GUID request = {0}, media = {0};
    struct world world;
    HANDLE thread = NULL;

    world_begin(&world);
    forget_requests(&world);
    if (world.there)
    {
        allocation.pool = object_named(world.session, NULL, NTMS_MEDIA_POOL, L"COWait");
        pAllocateNtmsMedia(world.session, &allocation.pool, NULL, &media,
                           NTMS_ALLOCATE_NEW | NTMS_ALLOCATE_ERROR_IF_UNAVAILABLE, 0, NULL);
        request = start_allocation(&world, &allocation, &thread);
    }
    OF_WORLD(&world, CloseNtmsSession, under_an_allocation,
             "If a call to the CloseNtmsSession function occurs while an application has an outstanding synchronous "
             "request ..., the request is unwound and canceled.",
             RETURNS(ERROR_SUCCESS, pCloseNtmsSession(allocation.session)) && ended(thread) &&
                 RETURNS(ERROR_CANCELLED, allocation.result));
    OF_WORLD(&world, CloseNtmsSession, its_request, "(the service forgets what the request asked an operator for)",
             RETURNS(ERROR_OBJECT_NOT_FOUND, pWaitForNtmsOperatorRequest(world.session, &request, 0)) &&
                 count_objects(world.session, NULL, NTMS_OPREQUEST) == 0);
    if (world.there)
    {
        pDeallocateNtmsMedia(world.session, &media, 0);
        free_medium(world.session, L"A003");
        pDeleteNtmsMediaPool(world.session, &allocation.pool);
    }
    world_end(&world);
}

static const struct test_case cases[] = {{"submitting", submitting}, {"information", information}, {"refused", refused},
                                         {"satisfied", satisfied},   {"closed", closed},           {NULL, NULL}};
const struct group operator_group = {"operator", __FILE__, cases};
