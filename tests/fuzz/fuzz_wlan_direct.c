/*
 * Wi-Fi Direct in corkd with a wpa_supplicant that says and answers whatever the input has: its events while sessions
 * are opened, cancelled and closed. Whoever asked for a session is told once, or goes, and nothing is left at the end.
 *
 * The input is lines. The first letter of one says what it is: 'e' an event of the P2P device, 's' one of the station;
 * 'r' what commands are answered from now on, 'a' one more line of that, 'f' that they fail; 'o' that a session is
 * opened with the peer of the next letter, 'l' with a legacy device; 'c' that the session of the next letter is
 * cancelled, 'x' closed; 'p' that the peers are asked for, 't' that time passes, 'd' that the device goes, "ds" the
 * station.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fuzz.h"
#include "corkd/wlan/wlan.h"

#define SESSIONS 32
#define CLIENT   7
#define DEVICE   "p2p-dev-lo"
#define STATION  "lo"

static char answer[SUPPLICANT_REPLY_SIZE];
static bool fails;
static int64_t now;
static unsigned opened, told[SESSIONS];

/* ---- wpa_supplicant ---- */

int64_t supplicant_now(void)
{
    return now;
}

void supplicant_wake_at(struct supplicant *supplicant, int64_t time)
{
    (void)supplicant, (void)time;
}

enum supplicant_result supplicant_ask(struct supplicant *supplicant, const char *name, char *reply, const char *format,
                                      ...)
{
    (void)supplicant, (void)name, (void)format;
    strcpy(reply, fails ? "" : answer);
    return fails ? SUPPLICANT_NONE : SUPPLICANT_OK;
}

enum supplicant_result supplicant_ask_ok(struct supplicant *supplicant, const char *name, const char *format, ...)
{
    (void)supplicant, (void)name, (void)format;
    return fails ? SUPPLICANT_FAIL : SUPPLICANT_OK;
}

size_t supplicant_names(struct supplicant *supplicant, char (*names)[CONTROL_IFNAME_SIZE], size_t room)
{
    (void)supplicant;
    REQUIRE(room >= 2);
    strcpy(names[0], DEVICE);
    strcpy(names[1], STATION);
    return 2;
}

/* ---- corkd ---- */

bool host_client_event(host_client client, const char *service, uint32_t code, const struct host_encoder *values)
{
    struct host_decoder decoder;
    uint32_t session;

    (void)service;
    REQUIRE(client == CLIENT);
    host_decoder_init(&decoder, values->data, values->size);
    session = host_get_u32(&decoder);
    REQUIRE(session < opened);
    if (code == WLAN_DIRECT_OPENED) REQUIRE(!told[session]++);
    if (code == WLAN_DIRECT_ENDED) REQUIRE(told[session] == 1);
    return true;
}

void host_log(const char *format, ...)
{
    (void)format;
}

void host_log_detail(const char *format, ...)
{
    (void)format;
}

bool wlan_arguments_end(struct host_decoder *arguments)
{
    return host_decoder_finish(arguments, true) == HOST_OK;
}

uint32_t wlan_error(enum supplicant_result result)
{
    return result;
}

/* ---- A program ---- */

static void call(struct wlan *wlan, wlan_operation *operation, const struct host_encoder *arguments)
{
    struct host_decoder decoder;
    struct host_encoder values;

    host_encoder_init(&values);
    host_decoder_init(&decoder, arguments->data, arguments->size);
    REQUIRE(operation(wlan, CLIENT, &decoder, &values) != WLAN_MALFORMED);
    host_encoder_free(&values);
}

static void open_session(struct wlan *wlan, char peer, bool legacy)
{
    const uint8_t address[6] = {2, 0, 0, 0, 0, (uint8_t)(peer & 7)};
    struct host_encoder arguments;

    if (opened == SESSIONS) return;
    host_encoder_init(&arguments);
    host_put_raw(&arguments, address, 6);
    host_put_u32(&arguments, opened++);
    host_put_u32(&arguments, 30);
    if (!legacy)
    {
        host_put_bool(&arguments, peer & 8);
        host_put_utf8(&arguments, peer & 16 ? "12345670" : NULL);
    }
    call(wlan, legacy ? wlan_direct_open_legacy : wlan_direct_open, &arguments);
    host_encoder_free(&arguments);
}

static void end_session(struct wlan *wlan, char number, wlan_operation *operation)
{
    struct host_encoder arguments;

    host_encoder_init(&arguments);
    host_put_u32(&arguments, (uint32_t)(number & 31));
    call(wlan, operation, &arguments);
    host_encoder_free(&arguments);
}

static void event(struct wlan *wlan, const char *ifname, const char *line)
{
    struct control_event event;

    if (!control_event_parse(line, &event)) return;
    if (!event.ifname[0]) strcpy(event.ifname, ifname);
    wlan_direct_event(wlan, &event);
}

/* Adds to what commands are answered. */
static void answer_with(const char *line, bool anew)
{
    size_t length = anew ? 0 : strlen(answer);

    if (length + strlen(line) + 2 > sizeof(answer)) return;
    strcpy(answer + length, line);
    if (!anew) strcat(answer, "\n");
}

static void do_line(struct wlan *wlan, const char *line)
{
    struct host_encoder none;

    switch (line[0])
    {
    case 'e':
        event(wlan, DEVICE, line + 1);
        return;
    case 's':
        event(wlan, STATION, line + 1);
        return;
    case 'r':
        fails = false;
        answer_with(line + 1, true);
        return;
    case 'a':
        answer_with(line + 1, false);
        return;
    case 'f':
        fails = true;
        return;
    case 'o':
        open_session(wlan, line[1], false);
        return;
    case 'l':
        open_session(wlan, line[1], true);
        return;
    case 'c':
        end_session(wlan, line[1], wlan_direct_cancel);
        return;
    case 'x':
        end_session(wlan, line[1], wlan_direct_close);
        return;
    case 'p':
        host_encoder_init(&none);
        call(wlan, wlan_direct_peers, &none);
        host_encoder_free(&none);
        return;
    case 't':
        now += 7000;
        wlan_direct_deadline(wlan, now);
        return;
    case 'd':
        wlan_direct_gone(wlan, line[1] == 's' ? STATION : DEVICE);
        return;
    }
}

static char folder[] = "/dev/shm/fuzz-wlan-XXXXXX"; /* in memory: it is written at every step */

static void remove_folder(void)
{
    rmdir(folder);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct host_place place;
    struct wlan wlan = {.place = &place};
    char *text = malloc(size + 1);

    if (!place.folder && mkdtemp(folder))
    {
        place.folder = folder;
        atexit(remove_folder);
    }
    if (!text || !place.folder) abort();
    memcpy(text, data, size);
    text[size] = 0;
    pthread_mutex_init(&wlan.lock, NULL);
    pthread_mutex_init(&wlan.direct_lock, NULL);
    answer[0] = 0;
    fails = false;
    now = 1000;
    opened = 0;
    memset(told, 0, sizeof(told));
    for (char *line = text, *next; line; line = next)
    {
        next = strchr(line, '\n');
        if (next) *next++ = 0;
        do_line(&wlan, line);
    }
    /* Time ends whatever is not open. */
    for (int i = 0; i < 3 * SESSIONS; i++, now += 31000)
        wlan_direct_deadline(&wlan, now);
    for (unsigned i = 0; i < opened; i++)
        REQUIRE(told[i] == 1);
    wlan_direct_client_gone(&wlan, CLIENT);
    wlan_direct_stop(&wlan);
    REQUIRE(!wlan.connections);
    pthread_mutex_destroy(&wlan.lock);
    pthread_mutex_destroy(&wlan.direct_lock);
    free(text);
    return 0;
}
