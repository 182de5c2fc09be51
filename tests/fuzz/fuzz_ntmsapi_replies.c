/*
 * ntmsapi.dll's functions on replies of any content: the DLL's own sources, built natively (windows/), on a host
 * channel whose every call is answered with the input. Nothing is written beyond what the caller gave room for; on
 * failure GetNtmsObjectInformation writes nothing; an object that was read is put again as it came.
 *
 * The input: a byte for the function, one for the room that the caller gives it, two for the reply's code, the reply.
 */
#include "fuzz.h"
#include "ntmsapi/information.h"

#define SESSION 7 /* the service's number */

static const uint8_t *reply_bytes;
static size_t reply_size;
static uint32_t reply_code;
static NTMS_GUID id = {1, 2, 3, {4}};

/* ---- The host channel ---- */

void host_call_init(struct host_call *call, const char *service, uint32_t method, const struct host_encoder *arguments,
                    DWORD timeout)
{
    memset(call, 0, sizeof(*call));
    call->service = service;
    call->method = method;
    call->arguments = arguments;
    call->timeout = timeout;
}

/* A copy of exactly its size: what is read behind it is found. */
enum host_call_status host_call(struct host_call *call, struct host_reply *reply)
{
    memset(reply, 0, sizeof(*reply));
    reply->connection = 1;
    if (call->arguments && call->arguments->error) return reply->status = HOST_CALL_BAD_ARGUMENTS;
    reply->code = reply_code;
    reply->payload = malloc(reply_size ? reply_size : 1);
    REQUIRE(reply->payload != NULL);
    if (reply_size) memcpy(reply->payload, reply_bytes, reply_size);
    host_decoder_init(&reply->values, reply->payload, reply_size);
    return reply->status = HOST_CALL_OK;
}

void host_call_cancel(struct host_call *call)
{
    (void)call;
}

void host_reply_free(struct host_reply *reply)
{
    free(reply->payload);
    reply->payload = NULL;
    host_decoder_init(&reply->values, NULL, 0);
}

bool host_path(const WCHAR *windows_path, char *path, size_t size)
{
    (void)windows_path, (void)path, (void)size;
    return false;
}

/* ---- Objects ---- */

/* Has the structure's object put, and read from that once more: the same. */
static void put_again(const void *object, const NTMS_OBJECTINFORMATIONW *info, BOOL wide)
{
    struct host_encoder values;
    struct host_decoder decoder;
    char *again = calloc(1, info->dwSize);

    REQUIRE(again != NULL);
    host_encoder_init(&values);
    information_put(&values, object, wide);
    REQUIRE(values.error == HOST_OK);
    host_decoder_init(&decoder, values.data, values.size);
    REQUIRE(information_get(&decoder, again, info->dwType, info->dwSize, wide));
    REQUIRE(host_decoder_finish(&decoder, false) == HOST_OK && !memcmp(again, object, info->dwSize));
    host_encoder_free(&values);
    free(again);
}

/* `type` and whether the caller's structure is that type's own or the whole. */
static void get_information(HANDLE session, DWORD type, BOOL own, BOOL wide)
{
    DWORD size = wide ? sizeof(NTMS_OBJECTINFORMATIONW) : sizeof(NTMS_OBJECTINFORMATIONA), error;
    NTMS_OBJECTINFORMATIONW *info;
    char *object, *before;

    for (DWORD shorter = size; own && --shorter;)
        if (information_is_valid(type, shorter, wide)) size = shorter, own = FALSE;
    object = malloc(size), before = malloc(size);
    REQUIRE(object && before && size >= sizeof(DWORD) * 2);
    memset(object, 0xa5, size);
    info = (NTMS_OBJECTINFORMATIONW *)(void *)object;
    info->dwSize = size;
    info->dwType = type;
    memcpy(before, object, size);
    error = wide ? GetNtmsObjectInformationW(session, &id, info)
                 : GetNtmsObjectInformationA(session, &id, (NTMS_OBJECTINFORMATIONA *)(void *)object);
    if (error)
        REQUIRE(!memcmp(before, object, size));
    else if (information_is_valid(info->dwType, info->dwSize, wide))
        put_again(object, info, wide);
    free(object);
    free(before);
}

static void create_media(HANDLE session, DWORD sides, BOOL wide)
{
    size_t size = wide ? sizeof(NTMS_OBJECTINFORMATIONW) : sizeof(NTMS_OBJECTINFORMATIONA);
    char *medium = calloc(1, size), *list = calloc(sides, size);

    REQUIRE(medium && list);
    for (DWORD i = 0; i <= sides; i++)
    {
        NTMS_OBJECTINFORMATIONW *info = (NTMS_OBJECTINFORMATIONW *)(void *)(i ? list + (i - 1) * size : medium);

        info->dwSize = (DWORD)size;
        info->dwType = i ? NTMS_PARTITION : NTMS_PHYSICAL_MEDIA;
    }
    if (wide)
    {
        ((NTMS_OBJECTINFORMATIONW *)(void *)medium)->Info.PhysicalMedia.dwNumberOfPartitions = sides;
        CreateNtmsMediaW(session, (NTMS_OBJECTINFORMATIONW *)(void *)medium, (NTMS_OBJECTINFORMATIONW *)(void *)list,
                         0);
    }
    else
    {
        ((NTMS_OBJECTINFORMATIONA *)(void *)medium)->Info.PhysicalMedia.dwNumberOfPartitions = sides;
        CreateNtmsMediaA(session, (NTMS_OBJECTINFORMATIONA *)(void *)medium, (NTMS_OBJECTINFORMATIONA *)(void *)list,
                         0);
    }
    free(medium);
    free(list);
}

/* ---- Lists, texts and blobs, each in a buffer of exactly the room that is told ---- */

static void enumerate(HANDLE session, DWORD room)
{
    NTMS_GUID *list = malloc((room + !room) * sizeof(*list));
    DWORD count = room;

    EnumerateNtmsObject(session, NULL, list, &count, NTMS_LIBRARY, NTMS_ENUM_DEFAULT);
    free(list);
}

static void mount(HANDLE session, DWORD count)
{
    NTMS_GUID *media = calloc(count, sizeof(*media)), *drives = calloc(count, sizeof(*drives));

    REQUIRE(media && drives);
    MountNtmsMedia(session, media, drives, count, 0, 0, 0, NULL);
    free(media);
    free(drives);
}

/* Whether a text that was given out, `needed` characters with all terminators, ends in the buffer. */
static void check_text(DWORD error, const void *buffer, DWORD room, DWORD needed, BOOL wide)
{
    if (error || !needed) return;
    REQUIRE(needed <= room);
    REQUIRE(wide ? !((const WCHAR *)buffer)[needed - 1] : !((const char *)buffer)[needed - 1]);
}

static void pool_name(HANDLE session, DWORD room, BOOL wide)
{
    void *buffer = malloc(room ? room * (wide ? sizeof(WCHAR) : 1) : 1);
    DWORD size = room;
    DWORD error =
        wide ? GetNtmsMediaPoolNameW(session, &id, buffer, &size) : GetNtmsMediaPoolNameA(session, &id, buffer, &size);

    check_text(error, buffer, room, size, wide);
    free(buffer);
}

static void ui_options(HANDLE session, DWORD room, BOOL wide)
{
    void *buffer = malloc(room ? room * (wide ? sizeof(WCHAR) : 1) : 1);
    DWORD size = room;
    DWORD error = wide ? GetNtmsUIOptionsW(session, NULL, NTMS_UITYPE_INFO, buffer, &size)
                       : GetNtmsUIOptionsA(session, NULL, NTMS_UITYPE_INFO, buffer, &size);

    check_text(error, buffer, room, size, wide);
    free(buffer);
}

static void blob(HANDLE session, DWORD room, BOOL security)
{
    void *buffer = malloc(room + !room);
    DWORD size = room, error;

    if (security)
        error = GetNtmsObjectSecurity(session, &id, NTMS_LIBRARY, 4, buffer, room, &size);
    else
        error = GetNtmsObjectAttributeW(session, &id, NTMS_LIBRARY, L"name", buffer, &size);
    (void)error;
    free(buffer);
}

static void volumes(BOOL wide)
{
    void *volume = NULL, *letter = NULL;
    WCHAR wide_name[] = L"drive";
    char name[] = "drive";
    DWORD error = wide ? GetVolumesFromDriveW(wide_name, (WCHAR **)&volume, (WCHAR **)&letter)
                       : GetVolumesFromDriveA(name, (char **)&volume, (char **)&letter);

    REQUIRE(error ? !volume && !letter : volume && letter);
    LocalFree(volume);
    LocalFree(letter);
}

/* ---- Single values ---- */

static void notification(HANDLE session)
{
    NTMS_NOTIFICATIONINFORMATION information;
    HANDLE handle = OpenNtmsNotification(session, NTMS_LIBRARY);

    if (handle == INVALID_HANDLE_VALUE || !handle) return;
    WaitForNtmsNotification(handle, &information, 0);
    CloseNtmsNotification(handle);
}

static void detection(HANDLE session)
{
    HANDLE handle;

    if (BeginNtmsDeviceChangeDetection(session, &handle)) return;
    SetNtmsDeviceChangeDetection(session, handle, &id, NTMS_LIBRARY, 1);
    EndNtmsDeviceChangeDetection(session, handle);
}

static void open_and_close(void)
{
    HANDLE session = OpenNtmsSessionA(NULL, "name", 0);

    if (session == INVALID_HANDLE_VALUE) return;
    EjectDiskFromSADriveA(NULL, "name", "drive", NULL, "title", "message", NTMS_EJECT_ASK_USER);
    CloseNtmsSession(session);
}

static void identifiers(HANDLE session, DWORD which)
{
    NTMS_GUID medium = {0}, other = {0};
    DWORD order;

    switch (which % 8)
    {
    case 0:
        AllocateNtmsMedia(session, &id, NULL, &medium, NTMS_ALLOCATE_NEW, 0, NULL);
        break;
    case 1:
        CreateNtmsMediaPoolA(session, "name", NULL, NTMS_CREATE_NEW, NULL, &medium);
        break;
    case 2:
        SubmitNtmsOperatorRequestA(session, NTMS_OPREQ_MESSAGE, "message", NULL, NULL, &medium);
        break;
    case 3:
        EjectNtmsMedia(session, &id, &medium, NTMS_EJECT_START);
        break;
    case 4:
        InjectNtmsMedia(session, &id, &medium, NTMS_INJECT_START);
        break;
    case 5:
        SwapNtmsMedia(session, &medium, &other);
        break;
    case 6:
        GetNtmsRequestOrder(session, &id, &order);
        break;
    case 7:
        InjectNtmsCleaner(session, &id, &medium, 1, NTMS_INJECT_START);
        break;
    }
}

static void run(HANDLE session, unsigned function, DWORD room)
{
    BOOL wide = function >> 7;

    switch (function & 15)
    {
    case 0:
        create_media(session, 1 + room % 4, wide);
        break;
    case 1:
        enumerate(session, room);
        break;
    case 2:
        mount(session, 1 + room);
        break;
    case 3:
        pool_name(session, room, wide);
        break;
    case 4:
        ui_options(session, room, wide);
        break;
    case 5:
        blob(session, room, wide);
        break;
    case 6:
        volumes(wide);
        break;
    case 7:
        notification(session);
        break;
    case 8:
        detection(session);
        break;
    case 9:
        open_and_close();
        break;
    case 10:
        identifiers(session, room);
        break;
    default:
        get_information(session, room % (NTMS_NUMBER_OF_OBJECT_TYPES + 1), function & 64, wide);
        break;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static HANDLE session;

    if (!session) REQUIRE(handle_open(HANDLE_SESSION, 1, SESSION, 0, &session) == ERROR_SUCCESS);
    if (size < 4) return 0;
    reply_code = data[2] | (uint32_t)data[3] << 8;
    reply_bytes = data + 4;
    reply_size = size - 4;
    run(session, data[0], data[1]);
    return 0;
}
