/*
 * A wpa_supplicant without a radio: control sockets that answer as a script says, for tests that need none, or that
 * need one which lies, dies or never answers.
 *
 * fake_supplicant FOLDER [NETWORKS]
 *   serves FOLDER/lo, a station, and FOLDER/p2p-dev-lo, its P2P device, until it is killed; "lo" is an interface that
 * every machine has. NETWORKS (2) are heard. Peers by the last byte of their addresses, 02:00:00:00:00:NN: 01  is seen
 * and forms a group     02  refuses          03  never answers 04  is never seen                 05  the command fails
 *     06  says everything twice, and first what is not so
 *     07  there is a persistent group with it    08  likewise, but it has forgotten
 *   Devices without Wi-Fi Direct, 02:00:00:00:01:NN, with a stored network 40 + NN:
 *     01  takes the station in   02  refuses its key   03  never answers   05  is stored by its SSID, not its address
 *   FOLDER/.log has the commands. What becomes of a network that is selected: fake_connect.h.
 */
#include <errno.h>
#include <poll.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "fake_connect.h"
#include "fake_hosted.h"

#define MONITORS_MAX 64
#define REPLY_SIZE   4096 /* as wpa_supplicant's */
#define OWN_ADDRESS  "02:00:00:00:00:ff"

struct monitor
{
    struct sockaddr_un address;
    socklen_t size;
};

static struct endpoint
{
    int fd;
    struct monitor monitors[MONITORS_MAX];
    unsigned count;
} station, device;

static unsigned networks = 2;
static FILE *command_log;

static void open_endpoint(struct endpoint *endpoint, const char *folder, const char *name)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};

    endpoint->fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (snprintf(address.sun_path, sizeof(address.sun_path), "%s/%s", folder, name) >= (int)sizeof(address.sun_path))
        exit(2);
    unlink(address.sun_path);
    if (endpoint->fd < 0 || bind(endpoint->fd, (struct sockaddr *)&address, sizeof(address)))
    {
        perror(address.sun_path);
        exit(1);
    }
}

__attribute__((format(printf, 2, 3))) static void tell(const struct endpoint *endpoint, const char *format, ...)
{
    char line[512];
    va_list arguments;
    int length;

    va_start(arguments, format);
    length = vsnprintf(line, sizeof(line), format, arguments);
    va_end(arguments);
    for (unsigned i = 0; i < endpoint->count; i++)
        sendto(endpoint->fd, line, (size_t)length, MSG_DONTWAIT,
               (const struct sockaddr *)&endpoint->monitors[i].address, endpoint->monitors[i].size);
}

/* ---- Answers ---- */

struct answer
{
    char text[REPLY_SIZE];
    size_t length;
};

__attribute__((format(printf, 2, 3))) static bool add(struct answer *answer, const char *format, ...)
{
    size_t room = sizeof(answer->text) - answer->length;
    va_list arguments;
    int length;

    va_start(arguments, format);
    length = vsnprintf(answer->text + answer->length, room, format, arguments);
    va_end(arguments);
    if (length < 0 || (size_t)length >= room) return false;
    answer->length += (size_t)length;
    return true;
}

/* Networks from that number on, as many as fit, with elements of a WPA2 access point. */
static void add_networks(struct answer *answer, unsigned first)
{
    for (unsigned i = first; i < networks; i++)
    {
        struct answer one = {.length = 0};

        add(&one, "id=%u\nbssid=02:10:00:00:%02x:%02x\nfreq=2437\nbeacon_int=100\ncapabilities=0x0411\nlevel=-%u\n", i,
            i >> 8 & 0xff, i & 0xff, 40 + i % 50);
        add(&one, "tsf=%u\nage=1\nie=0008%02x%02x%02x%02x%02x%02x%02x%02x", i, 'N', 'e', 't', '0' + i / 1000 % 10,
            '0' + i / 100 % 10, '0' + i / 10 % 10, '0' + i % 10, '.');
        add(&one, "010882848b960c12182430140100000fac040100000fac040100000fac020000\nflags=[WPA2-PSK-CCMP][ESS]\n%s\n",
            i + 1 < networks ? "====" : "####");
        if (answer->length + one.length >= sizeof(answer->text)) return;
        add(answer, "%s", one.text);
    }
}

/* The same as SCAN_RESULTS has them. */
static void add_scan_results(struct answer *answer)
{
    add(answer, "bssid / frequency / signal level / flags / ssid\n");
    for (unsigned i = 0; i < networks; i++)
        if (!add(answer, "02:10:00:00:%02x:%02x\t2437\t-%u\t[WPA2-PSK-CCMP][ESS]\tNet%04u.\n", i >> 8 & 0xff, i & 0xff,
                 40 + i % 50, i))
            return;
}

/* NN of the peer that a command names; -1: none. */
static int peer_of(const char *text)
{
    const char *at = strstr(text, "02:00:00:00:00:");
    unsigned number;

    return at && sscanf(at + 15, "%2x", &number) == 1 ? (int)number : -1;
}

static bool is_visible(int peer)
{
    return peer > 0 && peer != 4 && peer < 9;
}

static void start_group(const char *role, int peer)
{
    tell(&device, "<3>P2P-GROUP-STARTED lo %s ssid=\"DIRECT-xx\" freq=2437 go_dev_addr=02:00:00:00:00:%02x", role,
         (unsigned)peer);
}

/* What follows P2P_CONNECT. */
static void form_group(int peer)
{
    switch (peer)
    {
    case 2:
        tell(&device, "<3>P2P-GO-NEG-FAILURE status=11");
        return;
    case 3:
        return;
    case 6:
        tell(&device, "<3>P2P-GROUP-REMOVED lo GO reason=REQUESTED");
        tell(&device, "<3>P2P-GROUP-STARTED lo client ssid=\"x\" go_dev_addr=02:00:00:00:00:77");
        tell(&device, "<3>P2P-INVITATION-RESULT status=0");
        tell(&device, "<3>P2P-GO-NEG-SUCCESS role=client peer_dev=02:00:00:00:00:06");
        start_group("client", peer);
        start_group("client", peer);
        return;
    default:
        tell(&device, "<3>P2P-GO-NEG-SUCCESS role=client freq=2437 peer_dev=02:00:00:00:00:%02x wps_method=PBC",
             (unsigned)peer);
        tell(&device, "<3>P2P-GROUP-FORMATION-SUCCESS");
        start_group("client", peer);
    }
}

static void invite(int peer)
{
    if (peer == 8)
    {
        tell(&device, "<3>P2P-INVITATION-RESULT status=8 ");
        return;
    }
    tell(&device, "<3>P2P-INVITATION-RESULT status=0 ");
    start_group("client", peer);
}

static void add_peer(struct answer *answer, int peer)
{
    if (!is_visible(peer))
        add(answer, "FAIL");
    else
        add(answer,
            "02:00:00:00:00:%02x\npri_dev_type=1-0050F204-1\ndevice_name=Peer %d\ngroup_capab=0x0\nlisten_freq=2412\n",
            (unsigned)peer, peer);
}

static bool begins(const char *command, const char *name)
{
    return !strncmp(command, name, strlen(name));
}

/* What is always the same. */
static const char *constant_of(const char *command)
{
    static const char *const constants[][2] = {
        {"GET_CAPABILITY key_mgmt", "NONE IEEE8021X WPA-EAP WPA-PSK SAE"},
        {"GET_CAPABILITY pairwise", "CCMP NONE"},
        {"GET_CAPABILITY group", "CCMP WEP40"},
        {"GET_CAPABILITY proto", "RSN WPA"},
        {"GET_CAPABILITY auth_alg", "OPEN SHARED"},
        {"GET_CAPABILITY group_mgmt", "AES-128-CMAC"},
        {"GET_CAPABILITY modes", "AP"},
        {"GET country", "DE"},
    };

    for (size_t i = 0; i < sizeof(constants) / sizeof(constants[0]); i++)
        if (!strcmp(constants[i][0], command)) return constants[i][1];
    return "FAIL";
}

/* What is answered by OK. */
static bool is_obeyed(const char *command)
{
    static const char *const commands[] = {"SCAN", "VENDOR_ELEM_", "STA_AUTOCONNECT ", "SET "};

    for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++)
        if (begins(command, commands[i])) return true;
    return false;
}

/* ---- Devices without Wi-Fi Direct ---- */

static void add_legacy_networks(struct answer *answer)
{
    for (unsigned legacy = 1; legacy <= 3; legacy++)
        add(answer, "%u\tLegacy %u\t02:00:00:00:01:%02x\t[DISABLED]\n", 40 + legacy, legacy, legacy);
    add(answer, "45\tLegacy 5\tany\t[DISABLED]\n");
}

static void legacy_connect(unsigned legacy)
{
    if (legacy == 2)
        tell(&station, "<3>CTRL-EVENT-SSID-TEMP-DISABLED id=42 ssid=\"Legacy 2\" auth_failures=1 duration=10 "
                       "reason=WRONG_KEY");
    if (legacy == 1 || legacy == 5)
        tell(&station, "<3>CTRL-EVENT-CONNECTED - Connection to 02:00:00:00:01:%02x completed [id=%u id_str=]", legacy,
             40 + legacy);
}

/* The station's commands, and those that both have. */
static void answer_station(const char *command, struct answer *answer)
{
    const char *hosted = fake_hosted_answer(command);
    char text[REPLY_SIZE];

    if (hosted)
        add(answer, "%s\n", hosted);
    else if (connect_answer(command, text, sizeof(text)))
    {
        add(answer, "%s", text);
        if (!strcmp(command, "LIST_NETWORKS")) add_legacy_networks(answer);
    }
    else if (begins(command, "GET_CAPABILITY channels"))
        add(answer, "Mode[G] Channels: 1 6 11\nMode[A] Channels: 36\nMode[B] Channels: 1 6 11\n");
    else if (begins(command, "GET_CAPABILITY ") || begins(command, "GET "))
        add(answer, "%s\n", constant_of(command));
    else if (!strcmp(command, "BSS 02:00:00:00:01:05"))
        add(answer, "bssid=02:00:00:00:01:05\nssid=Legacy 5\n");
    else if (begins(command, "BSSID 4") || begins(command, "SELECT_NETWORK 4") ||
             begins(command, "DISABLE_NETWORK 4") || !strcmp(command, "DISCONNECT"))
        add(answer, "OK\n");
    else if (!strcmp(command, "SCAN_RESULTS"))
        add_scan_results(answer);
    else if (begins(command, "BSS RANGE="))
        add_networks(answer, (unsigned)strtoul(command + 10, NULL, 10));
    else
        add(answer, is_obeyed(command) ? "OK\n" : "UNKNOWN COMMAND\n");
}

static void answer_device(const char *command, struct answer *answer)
{
    int peer = peer_of(command);

    if (begins(command, "P2P_PEER FIRST"))
        add_peer(answer, 1);
    else if (begins(command, "P2P_PEER NEXT-"))
        add_peer(answer, peer == 3 ? 5 : peer + 1);
    else if (begins(command, "P2P_PEER "))
        add_peer(answer, peer);
    else if (!strcmp(command, "LIST_NETWORKS"))
        add(answer, "network id / ssid / bssid / flags\n7\tDIRECT-a\tany\t[DISABLED][P2P-PERSISTENT]\n"
                    "8\tDIRECT-b\tany\t[DISABLED][P2P-PERSISTENT]\n");
    else if (begins(command, "GET_NETWORK ") && strstr(command, "bssid"))
        add(answer, "02:00:00:00:00:%02x", (unsigned)atoi(command + 12));
    else if (begins(command, "GET_NETWORK ") || (begins(command, "P2P_CONNECT") && peer == 5))
        add(answer, "FAIL\n");
    else if (begins(command, "P2P_"))
        add(answer, "OK\n");
    else
        answer_station(command, answer);
}

static void say_station(const char *line)
{
    tell(&station, "%s", line);
}

/* What happens behind the answer. */
static void follow(const char *command)
{
    const char *lines[8];
    size_t count = fake_hosted_events(command, lines, 8);
    int peer = peer_of(command);

    for (size_t i = 0; i < count; i++)
        tell(&station, "%s", lines[i]);

    if (begins(command, "SCAN")) tell(&station, "<3>CTRL-EVENT-SCAN-RESULTS ");
    if (begins(command, "SELECT_NETWORK 4")) legacy_connect((unsigned)atoi(command + 16) % 10);
    if (!strcmp(command, "DISCONNECT"))
        tell(&station, "<3>CTRL-EVENT-DISCONNECTED bssid=02:00:00:00:01:01 reason=3 locally_generated=1");
    if (begins(command, "P2P_CONNECT") && peer != 5) form_group(peer);
    if (begins(command, "P2P_INVITE")) invite(peer);
    if (begins(command, "P2P_GROUP_REMOVE")) tell(&device, "<3>P2P-GROUP-REMOVED lo client reason=REQUESTED");
}

/* ---- Serving ---- */

static void attach(struct endpoint *endpoint, const struct sockaddr_un *from, socklen_t size)
{
    if (endpoint->count == MONITORS_MAX) /* the oldest has gone long ago */
        memmove(endpoint->monitors, endpoint->monitors + 1, --endpoint->count * sizeof(endpoint->monitors[0]));
    endpoint->monitors[endpoint->count++] = (struct monitor){*from, size};
}

static void serve(struct endpoint *endpoint)
{
    struct sockaddr_un from = {.sun_family = 0};
    socklen_t size = sizeof(from);
    char command[REPLY_SIZE];
    struct answer answer = {.length = 0};
    ssize_t length = recvfrom(endpoint->fd, command, sizeof(command) - 1, 0, (struct sockaddr *)&from, &size);

    if (length < 0) return;
    command[length] = 0;
    fprintf(command_log, "%s %s\n", endpoint == &station ? "lo" : "p2p-dev-lo", command);
    if (!strcmp(command, "ATTACH")) attach(endpoint, &from, size);
    if (!strcmp(command, "ATTACH") || !strcmp(command, "DETACH"))
        add(&answer, "OK\n");
    else if (!strcmp(command, "PING"))
        add(&answer, "PONG\n");
    else if (endpoint == &station)
        answer_station(command, &answer);
    else
        answer_device(command, &answer);
    sendto(endpoint->fd, answer.text, answer.length, MSG_DONTWAIT, (struct sockaddr *)&from, size);
    follow(command);
    if (endpoint == &station && !fake_hosted_answer(command)) connect_follow(command, say_station);
}

int main(int argc, char **argv)
{
    char path[256];

    if (argc < 2) return 2;
    if (argc > 2) networks = (unsigned)strtoul(argv[2], NULL, 10);
    snprintf(path, sizeof(path), "%s/.log", argv[1]);
    command_log = fopen(path, "w");
    if (!command_log) return 1;
    setvbuf(command_log, NULL, _IOLBF, 0);
    open_endpoint(&device, argv[1], "p2p-dev-lo");
    open_endpoint(&station, argv[1], "lo");
    for (;;)
    {
        struct pollfd fds[2] = {{station.fd, POLLIN, 0}, {device.fd, POLLIN, 0}};

        if (poll(fds, 2, -1) < 0 && errno != EINTR) return 1;
        if (fds[0].revents) serve(&station);
        if (fds[1].revents) serve(&device);
    }
}
