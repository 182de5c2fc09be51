/*
 * What the service has been told to remember: names with values, in one file of the prefix (see kept_file.h).
 *
 * The file is text, a line a setting: its name, a space, its value in hexadecimal digits. A line that is none is left
 * out, and gone with the next change. A change is on the disk when the call returns, or has not happened. Any thread;
 * a lock inside. No Windows header.
 */
#ifndef CORKD_WLAN_KEPT_SETTINGS_H
#define CORKD_WLAN_KEPT_SETTINGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define KEPT_NAME_SIZE 48 /* of a name, terminated: letters, digits, "._-" */

struct kept_settings;

/* Those in the file `name` of that folder, which stays the caller's; none where it cannot be read. NULL: no memory. */
struct kept_settings *kept_settings_open(const char *folder, const char *name);
void kept_settings_close(struct kept_settings *settings);
/* A copy of the value, to be freed by free(), with a zero behind its *size bytes; NULL where there is none, or no
 * memory. */
uint8_t *kept_settings_get(struct kept_settings *settings, const char *name, size_t *size);
/* False: it could not be kept, and what there was stays. Names longer than KEPT_NAME_SIZE are not kept. */
bool kept_settings_put(struct kept_settings *settings, const char *name, const void *value, size_t size);
bool kept_settings_remove(struct kept_settings *settings, const char *name);
/* The same for a number; `missing` where there is none. */
uint32_t kept_settings_number(struct kept_settings *settings, const char *name, uint32_t missing);
bool kept_settings_put_number(struct kept_settings *settings, const char *name, uint32_t number);

#endif
