/* An engine on a folder library in a temporary folder, and its requests made simple. */
#ifndef RSM_SUPPORT_H
#define RSM_SUPPORT_H

#include "test_framework.h"

#include "rsm/ntms_constants.h"
#include "rsm/rsm.h"
#include "rsm/rsm_service.h"
#include "win_error.h"

struct bench
{
    char root[256];
    struct rsm *rsm;
    uint32_t session;
    struct guid library;
    char drives[300]; /* where stand-alone drives are looked for; "": nowhere */
};

/* A folder with a library of that size and media "M001" ... in its first slots; the engine is open, its first inventory
 * is done. */
void bench_open(struct bench *bench, uint32_t drives, uint32_t slots, uint32_t sides, uint32_t media);
/* The engine alone, in a new folder; then a library of any kind, whose first inventory is done when it returns. */
void bench_open_empty(struct bench *bench);
uint32_t bench_add_library(struct bench *bench, const char *location, const uint32_t sizes[4]);
/* Opens the engine of a folder that is there already. */
void bench_reopen(struct bench *bench);
void bench_close(struct bench *bench);
void bench_delete(struct bench *bench);

/* A request: put its arguments after request_begin (which puts the session), then request_run. */
struct request
{
    struct host_encoder arguments;
    struct rsm_reply reply;
    struct host_decoder values; /* of the reply, after request_run */
    uint32_t method;
};
void request_begin(struct request *request, uint32_t session, uint32_t method);
uint32_t request_run(struct rsm *rsm, uint64_t client, struct request *request);
void request_free(struct request *request);
void put_ascii(struct host_encoder *encoder, const char *text);
/* RSM_CREATE_MEDIA's first two arguments: a medium of that bar code for the pool, and its one side, with a label of its
 * own. */
void put_new_medium(struct host_encoder *encoder, const struct guid *pool, const char *barcode);

/* Requests of the bench's session. They return the result. */
uint32_t enumerate(struct bench *bench, const struct guid *container, uint32_t type, struct guid *ids, uint32_t room,
                   uint32_t *count);
struct guid first(struct bench *bench, const struct guid *container, uint32_t type);
/* The object of that name; null if there is none. */
struct guid named(struct bench *bench, const struct guid *container, uint32_t type, const char *name);
struct guid create_pool(struct bench *bench, const char *name, const struct guid *media_type);
uint32_t allocate(struct bench *bench, const struct guid *pool, uint32_t options, uint32_t timeout, struct guid *media);
uint32_t mount(struct bench *bench, const struct guid *media, uint32_t options, uint32_t timeout, struct guid *drive);
uint32_t dismount(struct bench *bench, const struct guid *media, uint32_t options);
/* A request whose only argument is an identifier; with two; with an identifier and a number. */
uint32_t simple(struct bench *bench, uint32_t method, const struct guid *id);
uint32_t simple2(struct bench *bench, uint32_t method, const struct guid *id, const struct guid *other);
uint32_t simple_number(struct bench *bench, uint32_t method, const struct guid *id, uint32_t number);
/* The physical medium of that bar code, moved to the free pool and prepared. */
void free_medium(struct bench *bench, const char *barcode);
/* States, of the object's information. */
uint32_t side_state_of(struct bench *bench, const struct guid *side);
uint32_t medium_state_of(struct bench *bench, const struct guid *medium);
uint32_t drive_state_of(struct bench *bench, const struct guid *drive);
struct guid medium_pool_of(struct bench *bench, const struct guid *medium);
struct guid media_type_of(struct bench *bench);
/* Fails the test with what does not hold. */
void check_engine(struct bench *bench);

#endif
