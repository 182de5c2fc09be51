/*
 * The fake wpa_supplicant's network blocks, and what becomes of one that is selected: its SSID says that.
 *
 *   "Silent"   nothing is ever said          "Missing"  is not found          "Refuses"  refuses three times
 *   "Twice"    says everything twice, late, and what is not so                "Lost"     connects, and is lost
 *   "Roams"    connects, and goes over to another access point                "Taken"    connects, and then another
 * client connects to "Home" "Off"      the radio goes off, until a scan is asked for                  "Weak" connects,
 * and the signal changes Any other connects, unless its key is "wrong key!".
 *
 * There are two blocks to begin with, which the user has configured: 0, "Home", and 1, "Work", which is switched off.
 */
#ifndef FAKE_CONNECT_H
#define FAKE_CONNECT_H

#include <stdbool.h>
#include <stddef.h>

/* Answers what it knows of. False: it is none of these commands. */
bool connect_answer(const char *command, char *answer, size_t size);
/* What is said behind the answer, a line at a time. */
void connect_follow(const char *command, void (*say)(const char *line));

#endif
