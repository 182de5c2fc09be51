/* Radios and their switches. */
#include "corkd/wlan/radio.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/rfkill.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* Whether the switch's file of that name says 1. */
static bool is_set(const char *folder, const char *file)
{
    char path[512], text = '0';
    int fd;

    if (snprintf(path, sizeof(path), "%s/%s", folder, file) >= (int)sizeof(path)) return false;
    fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return false;
    if (read(fd, &text, 1) != 1) text = '0';
    close(fd);
    return text == '1';
}

void radio_look(const char *name, struct radio *radio)
{
    char folder[128], path[512];
    struct dirent *entry;
    unsigned number;
    DIR *list;

    memset(radio, 0, sizeof(*radio));
    snprintf(folder, sizeof(folder), "/sys/class/net/%s/phy80211", name);
    list = opendir(folder);
    while (list && (entry = readdir(list)))
    {
        if (sscanf(entry->d_name, "rfkill%u", &number) != 1) continue;
        snprintf(path, sizeof(path), "%s/rfkill%u", folder, number);
        *radio = (struct radio){true, number, is_set(path, "soft"), is_set(path, "hard")};
        break;
    }
    if (list) closedir(list);
}

enum radio_result radio_switch(const char *name, bool on)
{
    struct rfkill_event event = {.op = RFKILL_OP_CHANGE, .soft = !on};
    struct radio radio;
    ssize_t written;
    int fd;

    radio_look(name, &radio);
    if (!radio.has_switch) return RADIO_NO_SWITCH;
    event.idx = radio.number;
    fd = open("/dev/rfkill", O_WRONLY | O_CLOEXEC);
    if (fd < 0) return errno == EACCES || errno == EPERM ? RADIO_DENIED : RADIO_NO_SWITCH;
    written = write(fd, &event, sizeof(event));
    close(fd);
    return written == (ssize_t)sizeof(event) ? RADIO_SWITCHED : RADIO_FAILED;
}
