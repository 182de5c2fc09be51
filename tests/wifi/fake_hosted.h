/*
 * What the tests' own wpa_supplicant does of an access point: a network block with mode=2.
 *
 * By its SSID: "fails" cannot be selected, "silent" never becomes one, another one does, and a peer, 02:20:00:00:00:01,
 * comes; "visited" is left by it at once.
 */
#ifndef FAKE_HOSTED_H
#define FAKE_HOSTED_H

#include <stddef.h>

/* The answer, or NULL: the command has nothing to do with an access point. */
const char *fake_hosted_answer(const char *command);
/* What is said after that command was answered, up to `room` lines. Returns how many. */
size_t fake_hosted_events(const char *command, const char **lines, size_t room);

#endif
