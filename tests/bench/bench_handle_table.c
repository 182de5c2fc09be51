/*
 * The handle table's acquire and release against: the two atomic operations that they cannot do without, a GHashTable
 * behind a GMutex, and an array behind a mutex (a critical section).
 *
 * Every round measures all ways one after another in short slices, so that what else goes on in the machine meets them
 * alike; printed are the medians over the rounds of the times and of the ratios within a round.
 */
#include <glib.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "common/handle_table.h"

#define ROUNDS      201
#define SLICE       20000 /* pairs a thread in a slice */
#define HANDLES     64    /* open in each table */
#define MANY        1000000
#define TYPE        1
#define MAX_THREADS 2

struct object
{
    int references;
    void *handle;
};

static const struct cork_handle_type types[] = {{"object", NULL, NULL}};
static struct object objects[HANDLES];

/* --- the ways --- */

static struct cork_handle_table *table;

static void cork_pairs(int which)
{
    struct cork_handle_table *used = table; /* in a register, as the limit's word */
    void *handle = objects[which].handle;
    struct cork_pin pin;

    for (int i = 0; i < SLICE; i++)
    {
        if (!cork_handle_acquire(used, handle, TYPE, &pin)) abort();
        cork_pin_release(&pin);
    }
}

/* Words on line pairs of their own, as the table's slots of handles opened one after another. */
static struct
{
    _Alignas(128) _Atomic uint64_t word;
} words[HANDLES];

static void limit_pairs(int which)
{
    _Atomic uint64_t *word = &words[which].word;

    for (int i = 0; i < SLICE; i++)
    {
        uint64_t value = atomic_load_explicit(word, memory_order_relaxed);

        while (
            !atomic_compare_exchange_weak_explicit(word, &value, value + 1, memory_order_acquire, memory_order_relaxed))
            ;
        atomic_fetch_sub_explicit(word, 1, memory_order_acq_rel);
    }
}

static GHashTable *hash;
static GMutex hash_lock;

static void hash_pairs(int which)
{
    void *handle = objects[which].handle;

    for (int i = 0; i < SLICE; i++)
    {
        struct object *object;

        g_mutex_lock(&hash_lock);
        object = g_hash_table_lookup(hash, handle);
        object->references++;
        g_mutex_unlock(&hash_lock);
        g_mutex_lock(&hash_lock);
        object->references--;
        g_mutex_unlock(&hash_lock);
    }
}

static struct
{
    uint32_t generation;
    unsigned type;
    struct object *object;
} array[HANDLES];
static pthread_mutex_t array_lock = PTHREAD_MUTEX_INITIALIZER;

static void array_pairs(int which)
{
    /* Volatile, so that the checks of the handle are not moved out of the loop. */
    volatile uint32_t handle = (uint32_t)which;

    for (int i = 0; i < SLICE; i++)
    {
        struct object *object;
        uint32_t index;

        pthread_mutex_lock(&array_lock);
        index = handle;
        if (index >= HANDLES || array[index].generation != 0 || array[index].type != TYPE) abort();
        object = array[index].object;
        object->references++;
        pthread_mutex_unlock(&array_lock);
        pthread_mutex_lock(&array_lock);
        object->references--;
        pthread_mutex_unlock(&array_lock);
    }
}

static void cork_open_close(int which)
{
    void *handle;

    for (int i = 0; i < SLICE; i++)
    {
        if (cork_handle_open(table, TYPE, &objects[which], &handle, NULL) || cork_handle_close(table, handle, TYPE))
            abort();
    }
}

static void hash_open_close(int which)
{
    static uintptr_t next = 1000000;

    for (int i = 0; i < SLICE; i++)
    {
        void *handle;

        g_mutex_lock(&hash_lock);
        handle = (void *)(next += 4);
        g_hash_table_insert(hash, handle, &objects[which]);
        g_mutex_unlock(&hash_lock);
        g_mutex_lock(&hash_lock);
        if (!g_hash_table_remove(hash, handle)) abort();
        g_mutex_unlock(&hash_lock);
    }
}

/* --- measuring --- */

struct run
{
    pthread_t thread;
    void (*way)(int which);
    int which;
    atomic_int *ready;
    int threads;
    struct span
    {
        double wall, processor;
    } begin, end;
};

static double read_clock(clockid_t clock)
{
    struct timespec time;

    clock_gettime(clock, &time);
    return (double)time.tv_sec * 1e9 + (double)time.tv_nsec;
}

static struct span now(void)
{
    return (struct span){read_clock(CLOCK_MONOTONIC), read_clock(CLOCK_THREAD_CPUTIME_ID)};
}

static void *run_way(void *argument)
{
    struct run *run = argument;

    atomic_fetch_add(run->ready, 1);
    while (atomic_load(run->ready) < run->threads)
        ;
    run->begin = now();
    run->way(run->which);
    run->end = now();
    return NULL;
}

/* Nanoseconds a pair, when each of `threads` threads does SLICE of them: wall time for all threads together, processor
 * time of the mean thread. */
static struct span measure(void (*way)(int which), int threads, bool same_handle)
{
    struct run runs[MAX_THREADS];
    atomic_int ready = 0;
    double begin, end, processor = 0;

    for (int i = 0; i < threads; i++)
    {
        runs[i] = (struct run){.way = way, .which = same_handle ? 0 : i, .ready = &ready, .threads = threads};
        if (i && pthread_create(&runs[i].thread, NULL, run_way, &runs[i])) abort();
    }
    run_way(&runs[0]);
    for (int i = 1; i < threads; i++)
        pthread_join(runs[i].thread, NULL);
    begin = runs[0].begin.wall;
    end = runs[0].end.wall;
    for (int i = 0; i < threads; i++)
    {
        begin = runs[i].begin.wall < begin ? runs[i].begin.wall : begin;
        end = runs[i].end.wall > end ? runs[i].end.wall : end;
        processor += runs[i].end.processor - runs[i].begin.processor;
    }
    return (struct span){(end - begin) / SLICE, processor / threads / SLICE};
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return x < y ? -1 : x > y;
}

static double median(double *values)
{
    qsort(values, ROUNDS, sizeof(*values), compare);
    return values[ROUNDS / 2];
}

struct way
{
    const char *name;
    void (*pairs)(int which);
    double target; /* greatest time of the table's as a multiple of this one's; 0: none set */
};

/* Prints a line for each of the ways; the first one is the table's own. The target is judged by processor time, which
 * other programs on the machine disturb least. */
static bool compare_ways(const char *title, const struct way *ways, int count, int threads, bool same_handle)
{
    static double wall[8][ROUNDS], processor[8][ROUNDS], wall_ratio[8][ROUNDS], ratio[8][ROUNDS];
    bool reached = true;

    for (int round = -2; round < ROUNDS; round++) /* two to warm up */
    {
        for (int i = 0; i < count; i++)
        {
            struct span time = measure(ways[i].pairs, threads, same_handle);

            if (round < 0) continue;
            wall[i][round] = time.wall;
            processor[i][round] = time.processor;
            wall_ratio[i][round] = wall[0][round] / time.wall;
            ratio[i][round] = processor[0][round] / time.processor;
        }
    }
    printf("%-38s %14s %12s %16s %10s\n", title, "processor, ns", "wall, ns", "table's share of", "and wall");
    for (int i = 0; i < count; i++)
    {
        double share = median(ratio[i]);

        printf("  %-36s %14.1f %12.1f %16.2f %10.2f", ways[i].name, median(processor[i]), median(wall[i]), share,
               median(wall_ratio[i]));
        if (ways[i].target > 0)
        {
            printf("   target: at most %.2f: %s", ways[i].target, share <= ways[i].target ? "reached" : "MISSED");
            reached = reached && share <= ways[i].target;
        }
        printf("\n");
    }
    return reached;
}

static void *return_at_once(void *argument)
{
    return argument;
}

/* The C library's locks leave out their atomic operations until there has been a second thread, which a program that
 * needs locks always has. */
static void become_multithreaded(void)
{
    pthread_t thread;

    if (pthread_create(&thread, NULL, return_at_once, NULL) || pthread_join(thread, NULL)) abort();
}

static void set_up(void)
{
    table = cork_handle_table_create(&(struct cork_handle_table_config){.types = types, .type_count = 1});
    hash = g_hash_table_new(NULL, NULL);
    for (int i = 0; i < HANDLES; i++)
    {
        if (!table || cork_handle_open(table, TYPE, &objects[i], &objects[i].handle, NULL)) abort();
        g_hash_table_insert(hash, objects[i].handle, &objects[i]);
        array[i].type = TYPE;
        array[i].object = &objects[i];
    }
}

static bool print_bytes(void)
{
    struct cork_handle_table *big =
        cork_handle_table_create(&(struct cork_handle_table_config){.types = types, .type_count = 1});
    size_t bytes;
    double each;

    for (int i = 0; i < MANY; i++)
    {
        void *handle;

        if (!big || cork_handle_open(big, TYPE, &objects[0], &handle, NULL)) abort();
    }
    bytes = cork_handle_table_bytes(big);
    each = (double)bytes / MANY;
    printf("memory\n  %zu bytes for %d handles beside the objects: %.2f each   target: at most 32: %s\n", bytes, MANY,
           each, each <= 32 ? "reached" : "MISSED");
    cork_handle_table_destroy(big);
    return each <= 32;
}

int main(void)
{
    static const struct way ways[] = {
        {"handle table", cork_pairs, 0},
        {"limit: compare-and-swap, fetch-sub", limit_pairs, 1.15},
        {"GHashTable behind a GMutex", hash_pairs, 0},
        {"array behind a mutex", array_pairs, 0},
    };
    static const struct way shared_ways[] = {
        {"handle table", cork_pairs, 0},
        {"limit: compare-and-swap, fetch-sub", limit_pairs, 0},
        {"GHashTable behind a GMutex", hash_pairs, 0},
        {"array behind a mutex", array_pairs, 0},
    };
    static const struct way open_ways[] = {
        {"handle table", cork_open_close, 0},
        {"GHashTable behind a GMutex", hash_open_close, 0},
    };
    bool reached;

    become_multithreaded();
    set_up();
    printf("handle table: a pair of acquire and release, median of %d rounds\n", ROUNDS);
    reached = compare_ways("one thread", ways, 4, 1, true);
    reached = compare_ways("two threads, two handles", ways, 4, 2, false) && reached;
    compare_ways("two threads, one handle", shared_ways, 4, 2, true);
    compare_ways("open and close, one thread", open_ways, 2, 1, true);
    reached = print_bytes() && reached;
    cork_handle_table_destroy(table);
    g_hash_table_destroy(hash);
    return reached ? 0 : 1;
}
