/* A media changer in memory. See fake_changer.h. */
#include "fake_changer.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "win_error.h"
#include "test_framework.h"

#define ELEMENTS_MAX 128
#define MEDIA_MAX    128

struct medium
{
    char barcode[CHANGER_BARCODE];
    struct media_label label;
};

static struct
{
    struct changer changer;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    uint32_t counts[CHANGER_ELEMENT_TYPES];
    struct medium media[MEDIA_MAX];
    size_t media_count;
    struct medium *elements[CHANGER_ELEMENT_TYPES][ELEMENTS_MAX];
    struct
    {
        bool block, blocked;
        uint32_t error;
        unsigned fail, calls;
        bool done;
    } steps[FAKE_STEPS];
    int inside; /* calls under way: one, as the interface says */
    bool open;
    bool wants_cleaning[ELEMENTS_MAX];
    unsigned cleanings[ELEMENTS_MAX];
} fake = {.lock = PTHREAD_MUTEX_INITIALIZER, .changed = PTHREAD_COND_INITIALIZER};

/* ---- The test's side ---- */

void fake_reset(uint32_t drives, uint32_t slots, uint32_t ports)
{
    pthread_mutex_lock(&fake.lock);
    memset(fake.elements, 0, sizeof(fake.elements));
    memset(fake.steps, 0, sizeof(fake.steps));
    memset(fake.wants_cleaning, 0, sizeof(fake.wants_cleaning));
    memset(fake.cleanings, 0, sizeof(fake.cleanings));
    fake.counts[CHANGER_DRIVE] = drives;
    fake.counts[CHANGER_SLOT] = slots;
    fake.counts[CHANGER_PORT] = ports;
    fake.media_count = 0;
    fake.open = false;
    fake.inside = 0;
    pthread_mutex_unlock(&fake.lock);
}

void fake_block(enum fake_step step)
{
    pthread_mutex_lock(&fake.lock);
    fake.steps[step].block = true;
    pthread_mutex_unlock(&fake.lock);
}

void fake_wait_blocked(enum fake_step step)
{
    pthread_mutex_lock(&fake.lock);
    while (!fake.steps[step].blocked)
        pthread_cond_wait(&fake.changed, &fake.lock);
    pthread_mutex_unlock(&fake.lock);
}

void fake_release(enum fake_step step)
{
    pthread_mutex_lock(&fake.lock);
    fake.steps[step].block = false;
    pthread_cond_broadcast(&fake.changed);
    pthread_mutex_unlock(&fake.lock);
}

void fake_fail(enum fake_step step, uint32_t error, unsigned times, bool done)
{
    pthread_mutex_lock(&fake.lock);
    fake.steps[step].error = error;
    fake.steps[step].fail = times;
    fake.steps[step].done = done;
    pthread_mutex_unlock(&fake.lock);
}

unsigned fake_calls(enum fake_step step)
{
    unsigned calls;

    pthread_mutex_lock(&fake.lock);
    calls = fake.steps[step].calls;
    pthread_mutex_unlock(&fake.lock);
    return calls;
}

void fake_put(enum changer_element_type type, uint32_t index, const char *barcode)
{
    struct medium *medium = NULL;

    pthread_mutex_lock(&fake.lock);
    for (size_t i = 0; i < fake.media_count; i++)
        if (!strcmp(fake.media[i].barcode, barcode)) medium = &fake.media[i];
    if (!medium)
    {
        medium = &fake.media[fake.media_count++];
        memset(medium, 0, sizeof(*medium));
        snprintf(medium->barcode, sizeof(medium->barcode), "%s", barcode);
    }
    require(!fake.elements[type][index]);
    fake.elements[type][index] = medium;
    pthread_mutex_unlock(&fake.lock);
}

void fake_take(enum changer_element_type type, uint32_t index)
{
    pthread_mutex_lock(&fake.lock);
    fake.elements[type][index] = NULL;
    pthread_mutex_unlock(&fake.lock);
}

void fake_close_door(void)
{
    pthread_mutex_lock(&fake.lock);
    fake.open = false;
    pthread_mutex_unlock(&fake.lock);
}

bool fake_door_is_open(void)
{
    bool open;

    pthread_mutex_lock(&fake.lock);
    open = fake.open;
    pthread_mutex_unlock(&fake.lock);
    return open;
}

unsigned fake_count(void)
{
    unsigned count = 0;

    pthread_mutex_lock(&fake.lock);
    for (int type = 0; type < CHANGER_ELEMENT_TYPES; type++)
        for (uint32_t i = 0; i < fake.counts[type]; i++)
            if (fake.elements[type][i]) count++;
    pthread_mutex_unlock(&fake.lock);
    return count;
}

bool fake_holds(enum changer_element_type type, uint32_t index, const char *barcode)
{
    bool holds;

    pthread_mutex_lock(&fake.lock);
    holds = fake.elements[type][index] && !strcmp(fake.elements[type][index]->barcode, barcode);
    pthread_mutex_unlock(&fake.lock);
    return holds;
}

void fake_want_cleaning(uint32_t drive)
{
    pthread_mutex_lock(&fake.lock);
    fake.wants_cleaning[drive] = true;
    pthread_mutex_unlock(&fake.lock);
}

unsigned fake_cleanings(uint32_t drive)
{
    unsigned cleanings;

    pthread_mutex_lock(&fake.lock);
    cleanings = fake.cleanings[drive];
    pthread_mutex_unlock(&fake.lock);
    return cleanings;
}

/* ---- The engine's side ---- */

/* With the lock, which leave() releases. Returns the error that the step has to return; *work: it does its work. */
static uint32_t enter(enum fake_step step, bool *work)
{
    uint32_t error = 0;

    pthread_mutex_lock(&fake.lock);
    require(fake.inside++ == 0);
    fake.steps[step].calls++;
    while (fake.steps[step].block)
    {
        fake.steps[step].blocked = true;
        pthread_cond_broadcast(&fake.changed);
        pthread_cond_wait(&fake.changed, &fake.lock);
    }
    fake.steps[step].blocked = false;
    *work = true;
    if (fake.steps[step].fail)
    {
        fake.steps[step].fail--;
        error = fake.steps[step].error;
        *work = fake.steps[step].done;
    }
    return error;
}

static uint32_t leave(uint32_t error)
{
    fake.inside--;
    pthread_mutex_unlock(&fake.lock);
    return error;
}

extern const struct changer_kind fake_changer_kind;

static uint32_t fake_open(const char *location, struct changer **changer, char *message, size_t size)
{
    (void)location;
    (void)message;
    (void)size;
    fake.changer.kind = &fake_changer_kind;
    *changer = &fake.changer;
    return 0;
}

static void fake_close(struct changer *changer)
{
    (void)changer;
}

static uint32_t fake_describe(struct changer *changer, struct changer_description *description)
{
    (void)changer;
    memset(description, 0, sizeof(*description));
    strcpy(description->vendor, "Cork");
    strcpy(description->product, "Fake");
    memcpy(description->elements, fake.counts, sizeof(fake.counts));
    description->doors = 1;
    description->barcode_reader = true;
    description->can_clean = true;
    description->sides = 1;
    description->rw = 1;
    description->media_type = 11;
    strcpy(description->media_type_name, "Fake");
    return 0;
}

static uint32_t fake_describe_drive(struct changer *changer, uint32_t index, struct changer_drive *drive)
{
    (void)changer;
    (void)index;
    memset(drive, 0, sizeof(*drive));
    strcpy(drive->vendor, "Cork");
    strcpy(drive->product, "Fake");
    return 0;
}

static uint32_t fake_inventory(struct changer *changer, enum changer_element_type type, bool scan,
                               struct changer_content *contents)
{
    uint32_t error;
    bool work;

    (void)changer;
    (void)scan;
    error = enter(FAKE_INVENTORY, &work);
    for (uint32_t i = 0; i < fake.counts[type] && !error; i++)
    {
        const struct medium *medium = fake.elements[type][i];

        memset(&contents[i], 0, sizeof(contents[i]));
        contents[i].readable = true;
        contents[i].full = medium;
        if (medium) strcpy(contents[i].barcode, medium->barcode);
        contents[i].cleaner = medium && !strncmp(medium->barcode, "CLN", 3);
    }
    return leave(error);
}

static uint32_t fake_move(struct changer *changer, struct changer_element from, struct changer_element to, bool flip)
{
    uint32_t error;
    bool work;

    (void)changer;
    (void)flip;
    error = enter(FAKE_MOVE, &work);
    if (!error && !fake.elements[from.type][from.index]) error = ERROR_EMPTY;
    if (!error && fake.elements[to.type][to.index]) error = ERROR_NOT_EMPTY;
    if ((!error || work) && fake.elements[from.type][from.index] && !fake.elements[to.type][to.index])
    {
        fake.elements[to.type][to.index] = fake.elements[from.type][from.index];
        fake.elements[from.type][from.index] = NULL;
    }
    return leave(error);
}

static uint32_t fake_door(struct changer *changer, bool unlock)
{
    uint32_t error;
    bool work;

    (void)changer;
    error = enter(FAKE_DOOR, &work);
    if (!error) fake.open = unlock;
    return leave(error);
}

static uint32_t fake_is_open(struct changer *changer, bool *open)
{
    (void)changer;
    *open = fake_door_is_open();
    return 0;
}

static uint32_t fake_load(struct changer *changer, uint32_t drive, uint32_t side)
{
    const struct medium *medium;
    uint32_t error;
    bool work;

    (void)changer;
    (void)side;
    error = enter(FAKE_LOAD, &work);
    medium = fake.elements[CHANGER_DRIVE][drive];
    if (!error && !medium) error = ERROR_EMPTY;
    if (!error && !strncmp(medium->barcode, "CLN", 3))
    {
        fake.cleanings[drive]++;
        fake.wants_cleaning[drive] = false;
    }
    return leave(error);
}

static uint32_t fake_unload(struct changer *changer, uint32_t drive)
{
    bool work;

    (void)changer;
    (void)drive;
    return leave(enter(FAKE_UNLOAD, &work));
}

static uint32_t fake_identify(struct changer *changer, uint32_t drive, uint32_t side, struct media_label *label)
{
    const struct medium *medium;
    uint32_t error;
    bool work;

    (void)changer;
    (void)side;
    error = enter(FAKE_IDENTIFY, &work);
    medium = fake.elements[CHANGER_DRIVE][drive];
    memset(label, 0, sizeof(*label));
    if (!error && !medium) error = ERROR_EMPTY;
    if (!error) *label = medium->label;
    return leave(error);
}

static uint32_t fake_write_label(struct changer *changer, uint32_t drive, uint32_t side,
                                 const struct media_label *label)
{
    uint32_t error;
    bool work;

    (void)changer;
    (void)side;
    error = enter(FAKE_IDENTIFY, &work);
    if (!error && !fake.elements[CHANGER_DRIVE][drive]) error = ERROR_EMPTY;
    if (!error) fake.elements[CHANGER_DRIVE][drive]->label = *label;
    return leave(error);
}

static uint32_t fake_needs_cleaning(struct changer *changer, uint32_t drive, bool *needed)
{
    (void)changer;
    pthread_mutex_lock(&fake.lock);
    *needed = fake.wants_cleaning[drive];
    pthread_mutex_unlock(&fake.lock);
    return 0;
}

const struct changer_kind fake_changer_kind = {
    .scheme = "fake",
    .open = fake_open,
    .close = fake_close,
    .describe = fake_describe,
    .describe_drive = fake_describe_drive,
    .inventory = fake_inventory,
    .move = fake_move,
    .door = fake_door,
    .is_open = fake_is_open,
    .load = fake_load,
    .unload = fake_unload,
    .identify = fake_identify,
    .write_label = fake_write_label,
    .needs_cleaning = fake_needs_cleaning,
};

const struct changer_kind *const changer_kinds[] = {&fake_changer_kind, NULL};
