/* What a library's thread does, in the files worker*.c. All of it runs in that thread and without the engine's lock,
 * but what says otherwise. */
#ifndef CORK_RSM_WORKER_H
#define CORK_RSM_WORKER_H

#include "rsm/engine.h"

/* ---- worker.c ---- */

/* Where a medium is. With the lock. False: not in an element of a library. */
bool place_of(struct rsm *rsm, const struct guid *medium, struct changer_element *element);
/* Moves a medium to a slot, drive or port of its library. What was begun stands in the database while the library does
 * it. ERROR_INVALID_STATE when the library refuses. */
uint32_t move_medium(struct library *library, const struct guid *medium, const struct guid *target, bool flip);
/* Where a medium goes from a drive or port: its own slot, else any that is empty. ERROR_LIBRARY_FULL: there is none. */
uint32_t slot_for(struct rsm *rsm, const struct guid *library, const struct guid *medium, struct guid *slot);
/* Takes the medium out of a drive. ERROR_LIBRARY_FULL, and what the changer's unload and move return. */
uint32_t empty_drive(struct library *library, const struct guid *medium, uint32_t drive);
/* Ends a request: PASSED, or FAILED with the error, and takes back what it had. Returns what keeps that from being
 * written. */
uint32_t end_request(struct rsm *rsm, const struct libreq *request, uint32_t error);
/* Ends the transaction in which what the door or the ports were unlocked for has ended. */
uint32_t end_extended(struct library *library);
/* Unlocks the door and ports for a person, or locks them; 0 too where a library has no means to. */
uint32_t unlock(struct library *library, bool unlocked);

/* ---- worker_ports.c ---- */

uint32_t eject_run(struct library *library, const struct libreq *request);
/* Looks after the oldest inject under way, and after ejects that wait for a port. */
void ports_poll(struct library *library);
/* With the lock. */
bool ports_have_work(struct library *library);

/* ---- worker_door.c ---- */

/* One look at the door that was opened for a request; ends the request when the door is closed. */
void door_poll(struct library *library, const struct libreq *request);

/* ---- worker_clean.c ---- */

uint32_t clean_run(struct library *library, const struct libreq *request);
/* Queues the cleaning of a drive that says that it wants it. */
void cleaning_poll(struct library *library, uint32_t drive);

/* ---- worker_watch.c ---- */

/* Looks whether media of a library that is watched have changed. */
void watch_poll(struct library *library);

#endif
