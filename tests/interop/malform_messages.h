/* Malformed SNMP messages from a seed. */

#ifndef CORK_MALFORM_MESSAGES_H
#define CORK_MALFORM_MESSAGES_H

#include "net_helper.h"

#define MALFORMED_MAX 1600

/* Writes the number-th malformed message to out (MALFORMED_MAX bytes) and returns its size. Four kinds in turn: random
 * bytes, a valid message with some bytes changed, a valid message cut short, and a valid message with a length octet
 * that lies. answers: made of responses instead of requests, traps and informs. A mutated message can by chance still
 * be valid; no test may count on every one being refused. */
size_t make_malformed(helper_random *r, int answers, unsigned long number, unsigned char *out);

#endif
