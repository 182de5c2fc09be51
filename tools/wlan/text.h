/* Text that came from the air or out of a profile, made fit to be shown. No Windows header. */
#ifndef CORK_WLAN_TEXT_H
#define CORK_WLAN_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum
{
    SSID_TEXT_SIZE = 4 * 32 + 1, /* bytes of the longest SSID as text */
    PROFILE_TEXT_SIZE = 1024,
};

/* What is UTF-8 and no control character stays; any other byte becomes \xNN, so that no name can steer a terminal.
 * `text`: at least 4 * length + 1 bytes. Returns text. */
const char *shown_text(const uint8_t *bytes, size_t length, char *text);

/* The text of the first element at a path of a profile's XML ("SSIDConfig/SSID/name"), each below the one before, with
 * its character references resolved; false: there is none, or it does not fit into `size` bytes. */
bool profile_text(const char *xml, const char *path, char *text, size_t size);

/* Whether `name` fits a pattern in which * stands for any characters and ? for one (a byte of UTF-8 that begins one,
 * with what belongs to it). */
bool fits_pattern(const char *pattern, const char *name);

#endif
