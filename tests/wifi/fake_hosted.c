/* An access point without a radio. */
#include "fake_hosted.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#define PEER "02:20:00:00:00:01"

static int block = -1; /* the access point's number */
static bool is_up;
static char ssid[65]; /* of the last block that got one, in hexadecimal digits */

static bool is_about(const char *command, const char *name)
{
    int number;
    char format[64];

    snprintf(format, sizeof(format), "%s %%d", name);
    return sscanf(command, format, &number) == 1 && number == block && block >= 0;
}

const char *fake_hosted_answer(const char *command)
{
    int number;
    char word[16];

    if (sscanf(command, "SET_NETWORK %d ssid %64s", &number, ssid) == 2) return NULL;
    if (sscanf(command, "SET_NETWORK %d mode %15s", &number, word) == 2 && !strcmp(word, "2"))
    {
        block = number;
        is_up = false;
        return NULL;
    }
    if (!is_about(command, "SELECT_NETWORK")) return NULL;
    return strcmp(ssid, "6661696c73") ? "OK" : "FAIL";
}

size_t fake_hosted_events(const char *command, const char **lines, size_t room)
{
    size_t count = 0;

    if (room < 4) return 0;
    if (is_about(command, "SELECT_NETWORK") && strcmp(ssid, "6661696c73") && strcmp(ssid, "73696c656e74"))
    {
        is_up = true;
        lines[count++] = "<3>AP-ENABLED ";
        lines[count++] = "<3>CTRL-EVENT-CONNECTED - Connection to 02:00:00:00:00:ff completed [id=0 id_str=]";
        lines[count++] = "<3>AP-STA-CONNECTED " PEER;
        if (!strcmp(ssid, "76697369746564")) lines[count++] = "<3>AP-STA-DISCONNECTED " PEER;
    }
    if (is_about(command, "REMOVE_NETWORK"))
    {
        if (is_up) lines[count++] = "<3>AP-STA-DISCONNECTED " PEER;
        if (is_up) lines[count++] = "<3>AP-DISABLED ";
        is_up = false;
        block = -1;
    }
    return count;
}
