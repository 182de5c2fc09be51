/*
 * Profiles' network blocks, given to a real wpa_supplicant: it takes every setting, and holds what it was given. Prints
 * TAP.
 *
 * profile_network SOCKET    wpa_supplicant's control socket of an interface
 */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <wpa_ctrl.h>

#include "corkd/wlan/profile.h"
#include "corkd/wlan/wlan_constants.h"

#define DIGITS "00112233445566778899aabbccddeeff00112233445566778899AABBCCDDEEFF"

static const struct
{
    const char *what;
    struct wlan_profile profile;
} networks[] = {
    {"open", {.auth = WLAN_AUTH_OPEN}},
    {"open, hidden, by a random address", {.auth = WLAN_AUTH_OPEN, .non_broadcast = true, .randomize_mac = true}},
    {"OWE", {.auth = WLAN_AUTH_OWE, .cipher = WLAN_CIPHER_CCMP}},
    {"WEP, open",
     {.auth = WLAN_AUTH_OPEN, .cipher = WLAN_CIPHER_WEP, .key_type = PROFILE_KEY_NETWORK, .key = "6170706c65"}},
    {"WEP, shared, 104 bits, the last key",
     {.auth = WLAN_AUTH_SHARED_KEY,
      .cipher = WLAN_CIPHER_WEP,
      .key_type = PROFILE_KEY_NETWORK,
      .key_index = 3,
      .key = "0123456789abcdef0123456789"}},
    {"WPA-Personal with TKIP",
     {.auth = WLAN_AUTH_WPA_PSK,
      .cipher = WLAN_CIPHER_TKIP,
      .key_type = PROFILE_KEY_PASS_PHRASE,
      .key = "pear or fig"}},
    {"WPA2-Personal, every kind of character",
     {.auth = WLAN_AUTH_RSNA_PSK,
      .cipher = WLAN_CIPHER_CCMP,
      .key_type = PROFILE_KEY_PASS_PHRASE,
      .key = " \"q\" 'a' \\n $x `y` #%&=;~ "}},
    {"WPA2-Personal with the key itself",
     {.auth = WLAN_AUTH_RSNA_PSK, .cipher = WLAN_CIPHER_CCMP, .key_type = PROFILE_KEY_NETWORK, .key = DIGITS}},
    {"WPA2-Personal, ad hoc",
     {.auth = WLAN_AUTH_RSNA_PSK,
      .cipher = WLAN_CIPHER_CCMP,
      .bss_type = BSS_INDEPENDENT,
      .key_type = PROFILE_KEY_PASS_PHRASE,
      .key = "pear or fig"}},
    {"WPA3-Personal",
     {.auth = WLAN_AUTH_WPA3_SAE,
      .cipher = WLAN_CIPHER_CCMP,
      .key_type = PROFILE_KEY_PASS_PHRASE,
      .key = "pear \"or\" fig"}},
    {"WPA3-Personal, transition, GCMP-256",
     {.auth = WLAN_AUTH_WPA3_SAE,
      .cipher = WLAN_CIPHER_GCMP_256,
      .transition = true,
      .key_type = PROFILE_KEY_PASS_PHRASE,
      .key = "pear or fig"}},
};

/* The answer to a command, without its line feed; empty where there is none. */
static const char *ask(struct wpa_ctrl *control, const char *format, ...)
{
    static char reply[4096];
    size_t size = sizeof(reply) - 1;
    char command[512];
    va_list list;

    va_start(list, format);
    vsnprintf(command, sizeof(command), format, list);
    va_end(list);
    if (wpa_ctrl_request(control, command, strlen(command), reply, &size, NULL)) size = 0;
    reply[size] = 0;
    reply[strcspn(reply, "\n")] = 0;
    return reply;
}

/* Whether it holds what it was given: keys it does not tell ("*"), lists it may tell in another order. */
static bool holds(struct wpa_ctrl *control, const char *id, const struct profile_setting *setting)
{
    const char *held = ask(control, "GET_NETWORK %s %s", id, setting->name);

    return !strcmp(held, "*") || strlen(held) == strlen(setting->value);
}

static bool check_network(struct wpa_ctrl *control, const struct wlan_profile *profile)
{
    static const struct profile_ssid ssid = {"\0 \"Pear\"\n", 9};
    struct profile_setting settings[PROFILE_SETTINGS_MAX];
    size_t count = profile_network(profile, &ssid, settings);
    char id[16];
    bool good = count > 0;

    snprintf(id, sizeof(id), "%s", ask(control, "ADD_NETWORK"));
    for (size_t i = 0; i < count; i++)
    {
        bool taken = !strcmp(ask(control, "SET_NETWORK %s %s %s", id, settings[i].name, settings[i].value), "OK");

        if (taken && holds(control, id, &settings[i])) continue;
        printf("# %s %s is %s\n", settings[i].name, settings[i].value, taken ? "not held" : "not taken");
        good = false;
    }
    ask(control, "REMOVE_NETWORK %s", id);
    return good;
}

int main(int argc, char **argv)
{
    struct wpa_ctrl *control = argc == 2 ? wpa_ctrl_open(argv[1]) : NULL;
    size_t count = sizeof(networks) / sizeof(networks[0]);
    bool all = true;

    printf("1..%zu\n", count);
    for (size_t i = 0; i < count; i++)
    {
        bool good = control && check_network(control, &networks[i].profile);

        printf("%sok %zu - wpa_supplicant takes: %s\n", good ? "" : "not ", i + 1, networks[i].what);
        all = all && good;
    }
    if (control) wpa_ctrl_close(control);
    return all ? 0 : 1;
}
