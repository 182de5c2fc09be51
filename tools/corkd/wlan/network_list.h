/*
 * wpa_supplicant's networks: its answers to LIST_NETWORKS, and the mark that a network block of corkd's bears, its
 * id_str: who made it, and what it displaced. So what a corkd leaves that is killed can be told from what the user has
 * configured, and be undone.
 *
 * No Windows header, no allocation, no lock.
 */
#ifndef CORKD_WLAN_NETWORK_LIST_H
#define CORKD_WLAN_NETWORK_LIST_H

#include <stdbool.h>
#include <stddef.h>

#define NETWORK_MARK_SIZE 512

struct network_line
{
    int id;
    bool enabled; /* wpa_supplicant may connect to it by itself: neither switched off nor a Wi-Fi Direct group's */
};

/* Goes from line to line of an answer: true with the next one; *at begins as the answer and moves behind what was
 * read. Lines that are none, the heading too, are left out. */
bool network_list_next(const char **at, struct network_line *line);

struct network_mark
{
    long process;
    unsigned long long
        started; /* the process, in the kernel's ticks since its start: numbers of processes come again */
    bool resume;
    int *displaced; /* `room` of them */
    unsigned room, count;
};

/* Writes the mark, without quotation marks. False: more was displaced than there is room for; nothing is written. */
bool network_mark_write(const struct network_mark *mark, char text[NETWORK_MARK_SIZE]);
/* Reads one, in quotation marks or without. False: it is none of corkd's. */
bool network_mark_read(const char *text, struct network_mark *mark);

#endif
