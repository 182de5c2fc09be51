/*
 * The protocol between Cork's DLLs and the host service corkd: framed messages on a byte stream, and the values in
 * them.
 *
 * Both sides use this codec. It allocates no more than it has received bytes or put values for, checks every length,
 * and includes no Windows header. All numbers are little-endian. No function here locks: an object belongs to one
 * thread at a time.
 *
 * A frame is a header of HOST_HEADER_SIZE bytes and a payload:
 *
 *    0  u32     magic "CORK"     the first eight bytes are the same in every version,
 *    4  u16     major version    so that each side can name the other's version
 *    6  u16     minor version
 *    8  u32     payload length in bytes
 *   12  u16     kind (enum host_kind)
 *   14  u16     0
 *   16  u64     request number: chosen by the client, not 0; the reply, refusal or cancel repeats it; 0 in an event
 *   24  u8[8]   service, padded with zeros ("rsm")
 *   32  u32     code: the method of a request, the result of a reply, the kind of an event, the reason of a refusal
 *
 * A connection begins with the client's hello: token (bytes, HOST_TOKEN_SIZE), process id (u32), program (UTF-8), and,
 * where a lifeline is to follow, 0 (u64); corkd answers with a hello: its process id (u32), its version (UTF-8), the
 * client's number (u64). Anything else, or nothing in time, ends the connection. From then on the client sends requests
 * and cancels, corkd sends exactly one reply or refusal for each request, in any order, and events. A cancel has no
 * answer of its own: the request's reply or refusal is that.
 *
 * A lifeline is a second connection that begins with the same hello, but the client's number instead of 0. Nothing
 * follows on it, either way: its end is the end of the client. It is there because the end of the first connection is
 * not reliably seen: of a process that is killed while it receives, Wine 8 may keep the socket open for as long as its
 * server runs. On the lifeline nobody ever receives.
 */
#ifndef CORK_COMMON_HOST_PROTOCOL_H
#define CORK_COMMON_HOST_PROTOCOL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define HOST_PROTOCOL_MAJOR 1
#define HOST_PROTOCOL_MINOR 1

#define HOST_HEADER_SIZE       36
#define HOST_TOKEN_SIZE        32 /* 256 bits */
#define HOST_SERVICE_SIZE      8
#define HOST_PAYLOAD_MAX       (8u << 20) /* of any frame, in bytes */
#define HOST_HELLO_PAYLOAD_MAX 1024       /* before the other side is known */
#define HOST_STRING_MAX        (1u << 20) /* of one string or byte array, in bytes */
#define HOST_LIST_MAX          (1u << 20) /* elements of one list */
#define HOST_MESSAGE_SIZE      160        /* of the texts that this module writes, with the 0 */

enum host_kind
{
    HOST_HELLO = 1,
    HOST_REQUEST,
    HOST_REPLY,
    HOST_EVENT,
    HOST_CANCEL,
    HOST_REFUSAL, /* instead of a reply, or of a hello (number 0); the payload is a text for people (UTF-8) */
};

/* Why corkd itself did not do something: the code of a refusal. */
enum host_refusal
{
    HOST_REFUSED_VERSION = 1, /* another major version */
    HOST_REFUSED_TOKEN,       /* missing or wrong token */
    HOST_REFUSED_MALFORMED,   /* not what the protocol or the method asks for */
    HOST_REFUSED_SERVICE,     /* no service of that name */
    HOST_REFUSED_METHOD,      /* the service has no such method */
    HOST_REFUSED_LIMIT,       /* too many connections or requests */
    HOST_REFUSED_MEMORY,
    HOST_REFUSED_CANCELLED, /* the request was cancelled before it did anything */
    HOST_REFUSED_STOPPING,  /* corkd ends */
};

enum host_error
{
    HOST_OK,
    HOST_MALFORMED, /* a length, number or text that cannot be */
    HOST_TOO_LARGE, /* over one of the limits above */
    HOST_VERSION,   /* another major version */
    HOST_NO_MEMORY,
};

/* ---- Values: writing ---- */

/* A growing payload or frame. The first error stays, and everything after it does nothing. */
struct host_encoder
{
    uint8_t *data; /* host_encoder_free releases it */
    size_t size, capacity;
    enum host_error error;
};

/* Begins an empty encoder; nothing is allocated yet. */
void host_encoder_init(struct host_encoder *encoder);
/* Releases the memory; the encoder is empty then. */
void host_encoder_free(struct host_encoder *encoder);

void host_put_u8(struct host_encoder *encoder, uint8_t value);
void host_put_u16(struct host_encoder *encoder, uint16_t value);
void host_put_u32(struct host_encoder *encoder, uint32_t value);
void host_put_u64(struct host_encoder *encoder, uint64_t value);
void host_put_i32(struct host_encoder *encoder, int32_t value);
void host_put_i64(struct host_encoder *encoder, int64_t value);
void host_put_bool(struct host_encoder *encoder, bool value);
/* `size` bytes with their length; NULL with size 0 is an empty array, and comes back so. */
void host_put_bytes(struct host_encoder *encoder, const void *bytes, size_t size);
/* A terminated UTF-8 string, or NULL, which comes back as NULL. Text that is not UTF-8: HOST_MALFORMED. */
void host_put_utf8(struct host_encoder *encoder, const char *text);
/* A terminated UTF-16 string, or NULL, which comes back as NULL. Unpaired surrogates go as they are. */
void host_put_utf16(struct host_encoder *encoder, const uint16_t *text);
/* 16 bytes as a GUID lies in memory; NULL is written as 16 zeros (GUID_NULL). */
void host_put_guid(struct host_encoder *encoder, const void *guid);
/* The head of a list: its elements follow as any other values. */
void host_put_list(struct host_encoder *encoder, uint32_t count);
/* Bytes as they are, without a length: for values that are encoded already. */
void host_put_raw(struct host_encoder *encoder, const void *bytes, size_t size);

/* ---- Values: reading ---- */

/* A payload being read. After the first error every get returns 0, NULL or an empty array. Whoever reads checks once,
 * with host_decoder_finish, before using what was read for more than finding its way. */
struct host_decoder
{
    const uint8_t *data;
    size_t size, at;
    enum host_error error;
};

/* Reads `size` bytes at `data`, which stay the caller's and have to stay as long as pointers into them are in use. */
void host_decoder_init(struct host_decoder *decoder, const void *data, size_t size);
/* HOST_OK if all was well so far and nothing is left over; bytes that are left over are HOST_MALFORMED, but when
 * `allow_more`: a later minor version may append values. */
enum host_error host_decoder_finish(struct host_decoder *decoder, bool allow_more);

uint8_t host_get_u8(struct host_decoder *decoder);
uint16_t host_get_u16(struct host_decoder *decoder);
uint32_t host_get_u32(struct host_decoder *decoder);
uint64_t host_get_u64(struct host_decoder *decoder);
int32_t host_get_i32(struct host_decoder *decoder);
int64_t host_get_i64(struct host_decoder *decoder);
/* Anything but 0 and 1 is HOST_MALFORMED. */
bool host_get_bool(struct host_decoder *decoder);
/* A pointer into the payload and the number of bytes there, which may be 0 (the pointer is not NULL then, but on
 * error).
 */
const uint8_t *host_get_bytes(struct host_decoder *decoder, size_t *size);
/* A terminated string inside the payload, valid UTF-8; NULL where NULL was put, and on error. */
const char *host_get_utf8(struct host_decoder *decoder);
/* A terminated copy, to be freed with free(); NULL where NULL was put, and on error. */
uint16_t *host_get_utf16(struct host_decoder *decoder);
/* The same into `buffer` of `room` units, its 0 included; HOST_TOO_LARGE where it does not fit. Returns false where
 * NULL was put (`buffer` is empty then) and on error. */
bool host_get_utf16_into(struct host_decoder *decoder, uint16_t *buffer, size_t room);
/* Copies 16 bytes to `guid`; zeros on error. */
void host_get_guid(struct host_decoder *decoder, void *guid);
/* Copies `count` GUIDs that lie one behind the other to `guids`; on error it copies none, and leaves `guids` as it is.
 */
void host_get_guids(struct host_decoder *decoder, void *guids, uint32_t count);
/* The number of elements that follow, each of at least `least` bytes (not 0); more than can be in what is left is
 * HOST_MALFORMED, so that memory may be allocated for as many. */
uint32_t host_get_list(struct host_decoder *decoder, size_t least);

/* ---- Frames ---- */

struct host_header
{
    uint16_t major, minor, kind;
    uint32_t length, code;
    uint64_t number;
    char service[HOST_SERVICE_SIZE + 1]; /* terminated */
};

/* Begins a frame in an empty encoder; the payload's values follow. `service` may be NULL. */
void host_frame_begin(struct host_encoder *encoder, enum host_kind kind, const char *service, uint64_t number,
                      uint32_t code);
/* Ends it: encoder->data, encoder->size are the whole frame. A payload over HOST_PAYLOAD_MAX is HOST_TOO_LARGE. Returns
 * encoder->error. */
enum host_error host_frame_end(struct host_encoder *encoder);
/* Ends a frame whose payload goes on with what `rest` has (NULL: nothing), which is sent behind it: it need not be
 * copied into the frame. An error of `rest` is one of the frame. */
enum host_error host_frame_end_with(struct host_encoder *encoder, const struct host_encoder *rest);

/* Collects a stream of bytes into frames. */
struct host_reader
{
    uint8_t *data;
    size_t size, capacity;
    uint32_t payload_max; /* may be changed at any time */
    enum host_error error;
    uint16_t major, minor; /* the other side's, as soon as eight bytes are there */
};

void host_reader_init(struct host_reader *reader, uint32_t payload_max);
void host_reader_free(struct host_reader *reader);
/* Where the next bytes go: at least one byte's room is at the returned place, *room bytes. NULL: no memory, or an error
 * before. host_reader_added says how many came. */
uint8_t *host_reader_room(struct host_reader *reader, size_t *room);
void host_reader_added(struct host_reader *reader, size_t size);
/* Takes the first whole frame: true with its header and payload, which stays valid until host_reader_drop, and has to
 * be dropped before the next. False: more is needed, or reader->error says what is wrong with the stream, for good. */
bool host_reader_next(struct host_reader *reader, struct host_header *header, const uint8_t **payload);
void host_reader_drop(struct host_reader *reader, const struct host_header *header);
/* Instead of host_reader_drop: gives a large frame away where it lies, so that it need not be copied. Returns its
 * beginning, the payload HOST_HEADER_SIZE bytes behind it, to be freed with free(); NULL where the frame is small, or
 * not alone: it is still to be dropped then. */
uint8_t *host_reader_take(struct host_reader *reader, const struct host_header *header);

/* The text that both sides show when the major versions differ, in `buffer` of HOST_MESSAGE_SIZE bytes: `side` is what
 * the other side is ("corkd", "the program"). Returns `buffer`. */
const char *host_version_message(char *buffer, const char *side, uint16_t major, uint16_t minor);
/* A text for an error or a refusal; never NULL. */
const char *host_error_text(enum host_error error);
const char *host_refusal_text(uint32_t refusal);

/* Whether two tokens of HOST_TOKEN_SIZE bytes are the same, in a time that does not depend on where they differ. */
bool host_token_equal(const uint8_t *a, const uint8_t *b);

/* ---- The endpoint file ----
 *
 * One line of text: "corkd MAJOR PORT PID TOKEN\n", the token in 64 lower-case hexadecimal digits. It lies in the
 * prefix at HOST_ENDPOINT_PATH; its owner alone may read it. */

#define HOST_ENDPOINT_FOLDER "cork"
#define HOST_ENDPOINT_NAME   "corkd.endpoint"
#define HOST_ENDPOINT_PATH   HOST_ENDPOINT_FOLDER "/" HOST_ENDPOINT_NAME
#define HOST_ENDPOINT_SIZE   128 /* of the text, with the 0 */

struct host_endpoint
{
    uint16_t major, port;
    uint32_t pid; /* corkd's, on the host */
    uint8_t token[HOST_TOKEN_SIZE];
};

/* Writes the text to `buffer` of HOST_ENDPOINT_SIZE bytes. Returns its length without the 0. */
size_t host_endpoint_format(const struct host_endpoint *endpoint, char *buffer);
/* Reads a text of `size` bytes. False when it is anything but exactly that, a whole line. */
bool host_endpoint_parse(const char *text, size_t size, struct host_endpoint *endpoint);

#endif
