/*
 * ntmsapi without memory: a whole scenario, over and over, with another allocation failing each time. Linked with the
 * DLL's own object files, so that its allocator can be replaced. Every call has to succeed or to fail with an error
 * that lack of memory explains, nothing may crash, and closing has to leave no memory behind.
 */
#include "each_allocation.h"

#include <ntmsapi.h>
#include <stdio.h>
#include <string.h>

/* ---- The scenario -------------------------------------------------------------------------------------------------
 */

static int wrong;     /* calls that failed with an error that lack of memory does not explain */
static int succeeded; /* calls */

/* Whether a call worked; otherwise its error has to tell of memory, or of the service that for lack of it could not be
 * talked to. */
static int worked(DWORD error, const char *what)
{
    switch (error)
    {
    case ERROR_SUCCESS:
        succeeded++;
        return 1;
    case ERROR_NOT_ENOUGH_MEMORY:
    case ERROR_NOT_CONNECTED:
    case ERROR_CONNECTION_UNAVAIL:
    case ERROR_NO_DATA:
        return 0;
    default:
        printf("# allocation %ld: %s failed with %lu\n", failing_allocation(), what, error);
        wrong++;
        return 0;
    }
}

#define WORKED(call) worked(call, #call)

static void use_objects(HANDLE session)
{
    NTMS_OBJECTINFORMATIONA information = {.dwSize = sizeof(information), .dwType = NTMS_LIBRARY};
    BYTE descriptor[1024];
    NTMS_GUID list[64];
    DWORD count = 64, needed, size;
    char text[64];

    if (!WORKED(EnumerateNtmsObject(session, NULL, list, &count, NTMS_LIBRARY, 0)) || !count) return;
    if (WORKED(GetNtmsObjectInformationA(session, &list[0], &information)))
        WORKED(SetNtmsObjectInformationA(session, &list[0], &information));
    if (WORKED(SetNtmsObjectAttributeA(session, &list[0], NTMS_LIBRARY, "allocation", "data", 4)))
    {
        size = sizeof(text);
        WORKED(GetNtmsObjectAttributeA(session, &list[0], NTMS_LIBRARY, "allocation", text, &size));
    }
    size = sizeof(text);
    if (WORKED(SetNtmsUIOptionsA(session, NULL, NTMS_UITYPE_INFO, NTMS_UIDEST_ADD, "computer")))
        WORKED(GetNtmsUIOptionsA(session, NULL, NTMS_UITYPE_INFO, text, &size));
    if (WORKED(GetNtmsObjectSecurity(session, &list[0], NTMS_LIBRARY, DACL_SECURITY_INFORMATION, descriptor,
                                     sizeof(descriptor), &needed)))
        WORKED(SetNtmsObjectSecurity(session, &list[0], NTMS_LIBRARY, DACL_SECURITY_INFORMATION, descriptor));
}

static void use_pools_and_requests(HANDLE session)
{
    HANDLE notification = OpenNtmsNotification(session, NTMS_OPREQUEST);
    NTMS_NOTIFICATIONINFORMATION seen;
    NTMS_GUID pool, request;
    DWORD size = 64;
    char name[64];

    worked(notification == INVALID_HANDLE_VALUE ? GetLastError() : ERROR_SUCCESS, "OpenNtmsNotification");
    if (WORKED(CreateNtmsMediaPoolA(session, "Allocation", NULL, NTMS_OPEN_ALWAYS, NULL, &pool)))
    {
        WORKED(GetNtmsMediaPoolNameA(session, &pool, name, &size));
        WORKED(DeleteNtmsMediaPool(session, &pool));
    }
    if (WORKED(SubmitNtmsOperatorRequestA(session, NTMS_OPREQ_MESSAGE, "a message", NULL, NULL, &request)))
    {
        if (notification != INVALID_HANDLE_VALUE) WORKED(WaitForNtmsNotification(notification, &seen, 60000));
        if (WORKED(SatisfyNtmsOperatorRequest(session, &request)))
            WORKED(WaitForNtmsOperatorRequest(session, &request, 60000));
    }
    if (notification != INVALID_HANDLE_VALUE) WORKED(CloseNtmsNotification(notification));
}

static void scenario(void)
{
    HANDLE session = OpenNtmsSessionA(".", "allocation", 0);

    if (!worked(session == INVALID_HANDLE_VALUE ? GetLastError() : ERROR_SUCCESS, "OpenNtmsSession")) return;
    use_objects(session);
    use_pools_and_requests(session);
    WORKED(CloseNtmsSession(session));
}

static int worked_with_memory;

static void note_plain(void)
{
    worked_with_memory = succeeded == 40 && !wrong;
    printf("# %d calls in two runs\n", succeeded);
}

int main(void)
{
    struct allocation_counts counts;

    setvbuf(stdout, NULL, _IONBF, 0);
    printf("1..5\n");
    each_allocation(scenario, note_plain, &counts);
    printf("%s 1 - with memory everything works\n", worked_with_memory ? "ok" : "not ok");
    printf("%s 2 - nothing is left after the closes (%ld blocks)\n", counts.left ? "not ok" : "ok", counts.left);
    printf("%s 3 - every allocation of the scenario failed once (%ld of %ld)\n",
           counts.failed > counts.allocations / 2 ? "ok" : "not ok", counts.failed, counts.allocations);
    printf("%s 4 - each failure is reported as a lack of memory\n", wrong ? "not ok" : "ok");
    printf("%s 5 - a failure leaves no memory behind\n", counts.leaks ? "not ok" : "ok");
    return wrong || counts.leaks || counts.left || !worked_with_memory;
}
