/*
 * Radios and their switches: rfkill (Documentation/driver-api/rfkill.rst of Linux). Any thread; no lock.
 */
#ifndef CORKD_WLAN_RADIO_H
#define CORKD_WLAN_RADIO_H

#include <stdbool.h>
#include <stdint.h>

struct radio
{
    bool has_switch;         /* the kernel has one for it */
    uint32_t number;         /* its */
    bool soft_off, hard_off; /* switched off by software, by a button or the like */
};

enum radio_result
{
    RADIO_SWITCHED,
    RADIO_DENIED,    /* this user may not */
    RADIO_NO_SWITCH, /* there is none */
    RADIO_FAILED,
};

/* The switch of the radio of the network interface of that name. */
void radio_look(const char *name, struct radio *radio);
/* Switches it by software. */
enum radio_result radio_switch(const char *name, bool on);

#endif
