/*
 * Model of the handle table's life of an object (dlls/common/handle_table.c): two threads that acquire and release, two
 * that close one object. Its slot is given to another object, with the next generation, as soon as it is free, which the
 * four threads with their old handle must leave alone.
 *
 * A closer chooses freely between close and close_and_wait, and a user between doing nothing, acquiring once, and holding
 * its pin as a reference that it hands over (a reference is a pin that some thread releases, so the count sees no
 * difference). Every atomic operation of the C code is one atomic step here, every other access a step of its own;
 * memory is sequentially consistent, which the C code's acquire and release orders give for a single word, and TSan
 * watches for the rest.
 *
 * Checked over all interleavings: no use of the object after it was destroyed, exactly one close wins, destroyed exactly
 * once, a close that waits returns only after the destruction, no close waits for ever (no invalid end state: a lost
 * wake-up would be one), the lock is free at the end.
 *
 * Deliberately broken variants, which the check must find:
 *   BROKEN_ACQUIRE    acquire adds its pin without comparing the state again
 *   BROKEN_GENERATION acquire does not compare the generation
 *   BROKEN_CLOSE      close tests "open" and clears it in two steps
 *   BROKEN_RELEASE    release looks at the state after its subtraction instead of at what the subtraction returned
 *   BROKEN_WAITED     the waiting closer sets "waited" and drops its pin in two steps, in the wrong order
 *   BROKEN_WAKE       the last releaser wakes without the lock
 *   BROKEN_DRAINED    the waiting closer looks at the count instead of at "drained", and frees the slot under the releaser
 */

#ifdef BROKEN_GENERATION
#define SAME_GENERATION true
#else
#define SAME_GENERATION (generation == wanted)
#endif

#define USERS 2
#define CLOSERS 2

/* The state word. */
byte pins;
bool open, closing, waited, drained;
byte generation;

/* The object, and what has happened to it. */
bool alive;
byte destroyed, won;
byte using;      /* threads between acquire and release, from the object's point of view */
byte in_release; /* releasers between their subtraction and their last look at the slot */

/* The lock and the condition variable. */
bool locked;
byte sleepers, wakes;
byte closers_done;

inline lock()
{
    atomic { !locked -> locked = true }
}

inline unlock()
{
    locked = false
}

/* Gives up the lock and falls asleep in one step, as a condition variable does; wakes up with the lock. */
inline wait()
{
    atomic { locked = false; sleepers++ }
    atomic { wakes > 0 && !locked -> wakes--; sleepers--; locked = true }
}

inline wake_all()
{
    atomic { wakes = sleepers }
}

inline destroy()
{
    assert(alive && using == 0 && pins == 0);
    alive = false;
    destroyed++;
    assert(destroyed == 1);
    lock();
    /* Handing the slot to the next object while somebody still looks at it would be a use after free. */
    assert(in_release == 0);
    atomic { closing = false; waited = false; drained = false; generation++; open = true }
    unlock()
}

/* drop_pin and last_pin_gone. */
inline release()
{
    atomic {
        last = (pins == 1 && !open);
        was_waited = waited;
        pins--;
        in_release = in_release + (last && was_waited);
    }
#ifdef BROKEN_RELEASE
    atomic { last = (pins == 0 && !open); was_waited = waited }
#endif
    if
    :: last && was_waited ->
#ifdef BROKEN_WAKE
        wake_all();
        drained = true;
        in_release--;
#else
        lock();
        drained = true;
        wake_all();
        in_release--;
        unlock();
#endif
    :: last && !was_waited ->
        destroy()
    :: else
    fi;
    last = false;
    was_waited = false
}

proctype user(byte wanted)
{
    bool last, was_waited, seen;
    byte expected;

    if
    :: true -> goto done /* comes too late */
    :: true
    fi;
    /* Load, then compare-and-swap; a failed one starts again with what it found. */
again:
    atomic { seen = open && SAME_GENERATION; expected = pins }
    if
    :: !seen -> goto done
    :: else
    fi;
#ifdef BROKEN_ACQUIRE
    pins++;
#else
    if
    :: atomic { open && SAME_GENERATION && pins == expected -> pins++ }
    :: atomic { !(open && SAME_GENERATION && pins == expected) -> goto again }
    fi;
#endif
    using++;
    assert(alive && generation == wanted);
    using--;
    release();
done:
    skip
}

proctype closer(byte wanted)
{
    bool last, was_waited, must_wait, seen;
    byte expected;

    /* begin_close */
#ifdef BROKEN_CLOSE
    if
    :: open && generation == wanted
    :: else -> goto lost
    fi;
    atomic { open = false; closing = true; pins++ }
#else
again:
    atomic { seen = open && generation == wanted; expected = pins }
    if
    :: !seen -> goto lost
    :: else
    fi;
    if
    :: atomic { open && generation == wanted && pins == expected -> open = false; closing = true; pins++ }
    :: atomic { !(open && generation == wanted && pins == expected) -> goto again }
    fi;
#endif
    won++;
    assert(won == 1);
    /* the cancel callback */
    using++;
    assert(alive && generation == wanted);
    using--;
    if
    :: release() /* close */
    :: true ->   /* close_and_wait: wait_and_destroy */
#ifdef BROKEN_WAITED
        atomic { must_wait = pins > 1; pins-- }
        waited = true;
#else
        atomic { must_wait = pins > 1; pins--; waited = true }
#endif
        if
        :: must_wait ->
            lock();
            do
#ifdef BROKEN_DRAINED
            :: pins > 0 -> wait()
            :: pins == 0 -> break
#else
            :: !drained -> wait()
            :: drained -> break
#endif
            od;
            unlock()
        :: else
        fi;
        destroy();
        assert(destroyed == 1)
    fi;
lost:
    closers_done++
}

init
{
    byte i;

    atomic {
        open = true;
        alive = true;
        generation = 1;
        i = 0;
        do
        :: i < USERS -> run user(1); i++
        :: else -> break
        od;
        i = 0;
        do
        :: i < CLOSERS -> run closer(1); i++
        :: else -> break
        od
    }
    _nr_pr == 1;
    assert(closers_done == CLOSERS && won == 1 && destroyed == 1 && !alive);
    assert(pins == 0 && open && !locked && using == 0 && in_release == 0 && generation == 2)
}
