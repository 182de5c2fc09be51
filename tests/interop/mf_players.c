/*
 * The modules of Wine that stand on mf.dll, each playing or reading a WAV file from end to end. Prints TAP.
 *
 *   mf_players reader|player|engine FILE.wav      makes the file anew: one second of a tone
 *
 * The program is linked with none of them, so that it says which one cannot be loaded.
 */
#define COBJMACROS
#include <mf_more.h>
#include <initguid.h>
#include <mfplay.h>
#include <mfreadwrite.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#define RATE     44100
#define CHANNELS 2
#define FRAMES   RATE
#define WAIT     60000
#define TURN     6.283185307179586

/* mingw-w64 10 has no mfmediaengine.h. */
DEFINE_GUID(class_media_engine_factory, 0xb44392da, 0x499b, 0x446b, 0xa4, 0xcb, 0x00, 0x5f, 0xea, 0xd0, 0xe6, 0xd5);
DEFINE_GUID(iid_media_engine_factory, 0x4d645ace, 0x26aa, 0x4688, 0x9b, 0xe1, 0xdf, 0x35, 0x16, 0x99, 0x0b, 0x93);
DEFINE_GUID(iid_media_engine_notify, 0xfee7c112, 0xe776, 0x42b5, 0x9b, 0xbf, 0x00, 0x48, 0x52, 0x4e, 0x2b, 0xd5);
DEFINE_GUID(media_engine_callback, 0xc60381b8, 0x83a4, 0x41f8, 0xa3, 0xd0, 0xde, 0x05, 0x07, 0x68, 0x49, 0xa9);

enum
{
    ENGINE_AUDIO_ONLY = 1,
    ENGINE_EVENT_ERROR = 5,
    ENGINE_EVENT_ENDED = 19,
    ENGINE_METHODS = 45,
    ENGINE_SET_SOURCE = 6,
    ENGINE_PLAY = 32,
    ENGINE_SHUTDOWN = 42,
};

static short wave[FRAMES * CHANNELS];
static int tests, failures;
static HANDLE ended;
static HRESULT end_status;

static int result(int passed, const char *what, HRESULT code)
{
    printf("%sok %d - %s\n", passed ? "" : "not ", ++tests, what);
    if (!passed) printf("# the result is %#lx\n", code);
    failures += !passed;
    fflush(stdout);
    return passed;
}

/* ---- The file -----------------------------------------------------------------------------------------------------
 */

static int make_file(const char *path)
{
    struct
    {
        char riff[4];
        DWORD size;
        char wave[4], format[4];
        DWORD format_size;
        WORD tag, channels;
        DWORD rate, bytes_a_second;
        WORD block, bits;
        char data[4];
        DWORD data_size;
    } header = {"RIFF", 36 + sizeof(wave),   "WAVE",       "fmt ", 16,     1,           CHANNELS,
                RATE,   RATE * CHANNELS * 2, CHANNELS * 2, 16,     "data", sizeof(wave)};
    FILE *stream = fopen(path, "wb");

    for (int i = 0; i < FRAMES; i++)
        wave[2 * i] = wave[2 * i + 1] = (short)lrint(8000 * sin(i * TURN * 440 / RATE));
    if (!stream) return 0;
    fwrite(&header, sizeof(header), 1, stream);
    fwrite(wave, sizeof(wave), 1, stream);
    return !fclose(stream);
}

/* ---- mfreadwrite: every sample is that of the file ----------------------------------------------------------------
 */

/* Compares the sample's bytes with the file's from `*position` on, and moves on. */
static int same_bytes(IMFSample *sample, DWORD *position)
{
    IMFMediaBuffer *buffer = NULL;
    BYTE *data;
    DWORD length;
    int same;

    IMFSample_ConvertToContiguousBuffer(sample, &buffer);
    IMFMediaBuffer_Lock(buffer, &data, NULL, &length);
    same = *position + length <= sizeof(wave) && !memcmp(data, (char *)wave + *position, length);
    *position += length;
    IMFMediaBuffer_Unlock(buffer);
    IMFMediaBuffer_Release(buffer);
    return same;
}

static void read_file(const WCHAR *url)
{
    HMODULE module = LoadLibraryA("mfreadwrite.dll");
    HRESULT(WINAPI * create)
    (LPCWSTR, IMFAttributes *, IMFSourceReader **) = (HRESULT(WINAPI *)(LPCWSTR, IMFAttributes *, IMFSourceReader **))(
        void *)GetProcAddress(module, "MFCreateSourceReaderFromURL");
    IMFSourceReader *reader = NULL;
    HRESULT code = create ? create(url, NULL, &reader) : E_NOTIMPL;
    DWORD position = 0, flags = 0;
    int same = 1;

    if (!result(code == S_OK, "mfreadwrite opens the file", code))
    {
        FreeLibrary(module);
        return;
    }
    while (!(flags & (MF_SOURCE_READERF_ENDOFSTREAM | MF_SOURCE_READERF_ERROR)) && code == S_OK)
    {
        IMFSample *sample = NULL;

        code = IMFSourceReader_ReadSample(reader, MF_SOURCE_READER_FIRST_AUDIO_STREAM, 0, NULL, &flags, NULL, &sample);
        if (sample) same = same && same_bytes(sample, &position);
        if (sample) IMFSample_Release(sample);
    }
    result(code == S_OK && (flags & MF_SOURCE_READERF_ENDOFSTREAM), "mfreadwrite reads to the end", code);
    result(same && position == sizeof(wave), "mfreadwrite brings every sample of the file", (HRESULT)position);
    result(!IMFSourceReader_Release(reader), "mfreadwrite's reader goes with its last reference", 0);
}

/* ---- mfplay: to MFP_EVENT_TYPE_PLAYBACK_ENDED ---------------------------------------------------------------------
 */

static HRESULT WINAPI callback_query(IMFPMediaPlayerCallback *iface, REFIID iid, void **out)
{
    *out = IsEqualIID(iid, &IID_IUnknown) || IsEqualIID(iid, &IID_IMFPMediaPlayerCallback) ? iface : NULL;
    return *out ? S_OK : E_NOINTERFACE;
}
static ULONG WINAPI callback_reference(IMFPMediaPlayerCallback *iface)
{
    (void)iface;
    return 1;
}
static void WINAPI callback_event(IMFPMediaPlayerCallback *iface, MFP_EVENT_HEADER *event)
{
    (void)iface;
    printf("# mfplay event %d, %#lx\n", event->eEventType, event->hrEvent);
    if (event->eEventType != MFP_EVENT_TYPE_PLAYBACK_ENDED && SUCCEEDED(event->hrEvent)) return;
    end_status = event->hrEvent;
    SetEvent(ended);
}
static IMFPMediaPlayerCallbackVtbl callback_vtbl = {callback_query, callback_reference, callback_reference,
                                                    callback_event};
static IMFPMediaPlayerCallback callback = {&callback_vtbl};

/* Its events come by window messages. */
static DWORD wait_with_messages(void)
{
    ULONGLONG end = GetTickCount64() + WAIT;
    MSG message;

    while (GetTickCount64() < end)
    {
        DWORD woken = MsgWaitForMultipleObjects(1, &ended, FALSE, (DWORD)(end - GetTickCount64()), QS_ALLINPUT);

        if (woken == WAIT_OBJECT_0) return WAIT_OBJECT_0;
        while (PeekMessageW(&message, NULL, 0, 0, PM_REMOVE))
            DispatchMessageW(&message);
    }
    return WAIT_TIMEOUT;
}

static void play_file(const WCHAR *url)
{
    HMODULE module = LoadLibraryA("mfplay.dll");
    HRESULT(WINAPI * create)
    (LPCWSTR, BOOL, MFP_CREATION_OPTIONS, IMFPMediaPlayerCallback *, HWND, IMFPMediaPlayer **) =
        (HRESULT(WINAPI *)(LPCWSTR, BOOL, MFP_CREATION_OPTIONS, IMFPMediaPlayerCallback *, HWND, IMFPMediaPlayer **))(
            void *)GetProcAddress(module, "MFPCreateMediaPlayer");
    IMFPMediaPlayer *player = NULL;
    HRESULT code = create ? create(url, TRUE, 0, &callback, NULL, &player) : E_NOTIMPL;

    if (!result(code == S_OK, "mfplay opens the file", code))
    {
        FreeLibrary(module);
        return;
    }
    result(wait_with_messages() == WAIT_OBJECT_0 && end_status == S_OK, "mfplay plays to MFP_EVENT_TYPE_PLAYBACK_ENDED",
           end_status);
    code = IMFPMediaPlayer_Shutdown(player);
    result(code == S_OK, "mfplay shuts down", code);
    IMFPMediaPlayer_Release(player);
}

/* ---- mfmediaengine: to its event "ended" --------------------------------------------------------------------------
 */

struct notify
{
    const struct notify_vtbl *vtbl;
};
struct notify_vtbl
{
    HRESULT(WINAPI *query)(struct notify *, REFIID, void **);
    ULONG(WINAPI *addref)(struct notify *);
    ULONG(WINAPI *release)(struct notify *);
    HRESULT(WINAPI *event)(struct notify *, DWORD, DWORD_PTR, DWORD);
};

static HRESULT WINAPI notify_query(struct notify *iface, REFIID iid, void **out)
{
    *out = IsEqualIID(iid, &IID_IUnknown) || IsEqualIID(iid, &iid_media_engine_notify) ? iface : NULL;
    return *out ? S_OK : E_NOINTERFACE;
}
static ULONG WINAPI notify_reference(struct notify *iface)
{
    (void)iface;
    return 1;
}
static HRESULT WINAPI notify_event(struct notify *iface, DWORD event, DWORD_PTR first, DWORD second)
{
    (void)iface;
    printf("# mfmediaengine event %lu, %#lx\n", event, second);
    if (event != ENGINE_EVENT_ENDED && event != ENGINE_EVENT_ERROR) return S_OK;
    end_status = event == ENGINE_EVENT_ENDED ? S_OK : FAILED((HRESULT)second) ? (HRESULT)second : E_FAIL;
    (void)first;
    SetEvent(ended);
    return S_OK;
}
static const struct notify_vtbl notify_vtbl = {notify_query, notify_reference, notify_reference, notify_event};
static struct notify notify = {&notify_vtbl};

struct engine
{
    void **methods;
};
struct engine_factory
{
    struct
    {
        void *unknown[3];
        HRESULT(WINAPI *create)(struct engine_factory *, DWORD, IMFAttributes *, struct engine **);
    } * vtbl;
};

static HRESULT new_engine(struct engine **engine)
{
    struct engine_factory *factory = NULL;
    IMFAttributes *attributes = NULL;
    HRESULT code;

    MFCreateAttributes(&attributes, 1);
    IMFAttributes_SetUnknown(attributes, &media_engine_callback, (IUnknown *)&notify);
    code = CoCreateInstance(&class_media_engine_factory, NULL, CLSCTX_INPROC_SERVER, &iid_media_engine_factory,
                            (void **)&factory);
    if (SUCCEEDED(code)) code = factory->vtbl->create(factory, ENGINE_AUDIO_ONLY, attributes, engine);
    IMFAttributes_Release(attributes);
    if (factory) IUnknown_Release((IUnknown *)factory);
    return code;
}

static void play_in_engine(const WCHAR *url)
{
    struct engine *engine = NULL;
    HRESULT code = new_engine(&engine);
    BSTR source;

    if (!result(code == S_OK, "mfmediaengine makes an engine", code)) return;
    source = SysAllocString(url);
    code = ((HRESULT(WINAPI *)(struct engine *, BSTR))engine->methods[ENGINE_SET_SOURCE])(engine, source);
    if (SUCCEEDED(code)) code = ((HRESULT(WINAPI *)(struct engine *))engine->methods[ENGINE_PLAY])(engine);
    SysFreeString(source);
    result(code == S_OK, "mfmediaengine takes the file", code);
    result(WaitForSingleObject(ended, WAIT) == WAIT_OBJECT_0 && end_status == S_OK, "mfmediaengine plays to its end",
           end_status);
    code = ((HRESULT(WINAPI *)(struct engine *))engine->methods[ENGINE_SHUTDOWN])(engine);
    result(code == S_OK, "mfmediaengine shuts down", code);
    IUnknown_Release((IUnknown *)engine);
}

int main(int argc, char **argv)
{
    WCHAR url[MAX_PATH] = L"";

    if (argc != 3 || !make_file(argv[2]))
    {
        fprintf(stderr, "mf_players reader|player|engine FILE.wav\n");
        return 2;
    }
    MultiByteToWideChar(CP_ACP, 0, argv[2], -1, url, MAX_PATH);
    ended = CreateEventW(NULL, TRUE, FALSE, NULL);
    end_status = E_PENDING;
    CoInitializeEx(NULL, !strcmp(argv[1], "player") ? COINIT_APARTMENTTHREADED : COINIT_MULTITHREADED);
    MFStartup(MF_VERSION, MFSTARTUP_FULL);
    if (!strcmp(argv[1], "reader")) read_file(url);
    if (!strcmp(argv[1], "player")) play_file(url);
    if (!strcmp(argv[1], "engine")) play_in_engine(url);
    MFShutdown();
    printf("1..%d\n", tests);
    return failures || !tests;
}
