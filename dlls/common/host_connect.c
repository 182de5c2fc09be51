/* Making the connection to corkd. */
#ifdef _WIN32

#include "common/host_connect.h"

#include <stdio.h>
#include <string.h>

#include "common/host_place.h"
#include "common/trace.h"

CORK_TRACE_CHANNEL(cork);

#define START_MS         10000 /* for corkd to serve */
#define RESTART_MS       2000  /* one that was about to end when it was started for the first time */
#define REFUSED_MS       500   /* for a fresh corkd to replace what a stale endpoint file says */
#define HELLO_MS         10000
#define SEND_MS          30000 /* for corkd to take in what is sent */
#define LONGEST_PAUSE_MS 20

static enum host_call_status fail(struct host_reply *reply, enum host_call_status status, uint32_t code,
                                  const char *text)
{
    reply->code = code;
    snprintf(reply->text, sizeof(reply->text), "%s", text);
    CORK_WARN("%s\n", reply->text);
    return status;
}

bool host_send_all(SOCKET socket, const uint8_t *data, size_t size)
{
    while (size)
    {
        int sent = send(socket, (const char *)data, size > 1 << 20 ? 1 << 20 : (int)size, 0);

        if (sent <= 0) return false;
        data += sent;
        size -= (size_t)sent;
    }
    return true;
}

static SOCKET connect_to(uint16_t port)
{
    struct sockaddr_in address = {.sin_family = AF_INET};
    SOCKET connected = WSASocketW(AF_INET, SOCK_STREAM, IPPROTO_TCP, NULL, 0, WSA_FLAG_OVERLAPPED);
    DWORD hello = HELLO_MS, limit = SEND_MS;
    int one = 1;

    if (connected == INVALID_SOCKET) return INVALID_SOCKET;
    SetHandleInformation((HANDLE)connected, HANDLE_FLAG_INHERIT, 0);
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (connect(connected, (struct sockaddr *)&address, sizeof(address)))
    {
        closesocket(connected);
        return INVALID_SOCKET;
    }
    setsockopt(connected, IPPROTO_TCP, TCP_NODELAY, (const char *)&one, sizeof(one));
    setsockopt(connected, SOL_SOCKET, SO_RCVTIMEO, (const char *)&hello, sizeof(hello));
    setsockopt(connected, SOL_SOCKET, SO_SNDTIMEO, (const char *)&limit, sizeof(limit));
    return connected;
}

/* `lifeline_of`: 0, or the client's number. */
static bool send_hello(SOCKET socket, const struct host_endpoint *endpoint, uint64_t lifeline_of)
{
    struct host_encoder frame;
    char program[MAX_PATH];
    const char *name;
    bool sent;

    /* The name is for logs; where it is not UTF-8 it goes without. */
    if (!GetModuleFileNameA(NULL, program, sizeof(program))) program[0] = 0;
    name = strrchr(program, '\\');
    name = name ? name + 1 : program;
    for (const char *at = name; *at; at++)
        if (*at & 0x80) name = "";
    host_encoder_init(&frame);
    host_frame_begin(&frame, HOST_HELLO, NULL, 0, 0);
    host_put_bytes(&frame, endpoint->token, HOST_TOKEN_SIZE);
    host_put_u32(&frame, GetCurrentProcessId());
    host_put_utf8(&frame, name);
    host_put_u64(&frame, lifeline_of);
    sent = host_frame_end(&frame) == HOST_OK && host_send_all(socket, frame.data, frame.size);
    if (frame.data) SecureZeroMemory(frame.data, frame.size);
    host_encoder_free(&frame);
    return sent;
}

/* What is of use in corkd's hello: the client's number, 0 from one that knows no lifelines. */
static enum host_call_status read_hello(const uint8_t *payload, size_t size, uint64_t *number)
{
    struct host_decoder values;

    host_decoder_init(&values, payload, size);
    host_get_u32(&values);
    host_get_utf8(&values);
    *number = !values.error && values.at < values.size ? host_get_u64(&values) : 0;
    return host_decoder_finish(&values, true) == HOST_OK ? HOST_CALL_OK : HOST_CALL_LOST;
}

/* The first frame: HOST_CALL_LOST where the connection ends before it. */
static enum host_call_status receive_hello(SOCKET socket, struct host_reader *reader, uint64_t *number,
                                           struct host_reply *reply)
{
    enum host_call_status status = HOST_CALL_LOST;
    struct host_header header;
    struct host_decoder values;
    const uint8_t *payload;
    char text[HOST_MESSAGE_SIZE];
    const char *reason;

    while (!host_reader_next(reader, &header, &payload))
    {
        size_t room;
        uint8_t *to = host_reader_room(reader, &room);
        int size = to ? recv(socket, (char *)to, (int)room, 0) : 0;

        if (reader->error == HOST_VERSION)
            return fail(reply, HOST_CALL_REFUSED, HOST_REFUSED_VERSION,
                        host_version_message(text, "corkd", reader->major, reader->minor));
        if (size <= 0) return HOST_CALL_LOST;
        host_reader_added(reader, (size_t)size);
    }
    if (header.kind == HOST_HELLO)
        status = read_hello(payload, header.length, number);
    else if (header.kind == HOST_REFUSAL)
    {
        host_decoder_init(&values, payload, header.length);
        reason = host_get_utf8(&values);
        status = fail(reply, HOST_CALL_REFUSED, header.code, reason ? reason : host_refusal_text(header.code));
    }
    host_reader_drop(reader, &header);
    return status;
}

/* A client that has promised a lifeline is not kept without. */
static bool attach_lifeline(const struct host_endpoint *endpoint, uint64_t number, SOCKET *lifeline)
{
    *lifeline = INVALID_SOCKET;
    if (!number) return true;
    *lifeline = connect_to(endpoint->port);
    if (*lifeline == INVALID_SOCKET) return false;
    if (send_hello(*lifeline, endpoint, number)) return true;
    closesocket(*lifeline);
    return false;
}

/* One try with the endpoint that the file names. */
static enum host_call_status greet(const struct host_endpoint *endpoint, SOCKET *connected, SOCKET *lifeline,
                                   struct host_reader *reader, struct host_reply *reply)
{
    enum host_call_status status = HOST_CALL_LOST;
    DWORD forever = 0;
    SOCKET made = connect_to(endpoint->port);
    uint64_t number = 0;

    if (made == INVALID_SOCKET) return HOST_CALL_NOT_RUNNING;
    host_reader_init(reader, HOST_PAYLOAD_MAX);
    if (send_hello(made, endpoint, 0)) status = receive_hello(made, reader, &number, reply);
    if (status == HOST_CALL_OK && !attach_lifeline(endpoint, number, lifeline)) status = HOST_CALL_LOST;
    if (status == HOST_CALL_OK)
    {
        setsockopt(made, SOL_SOCKET, SO_RCVTIMEO, (const char *)&forever, sizeof(forever));
        *connected = made;
        return HOST_CALL_OK;
    }
    host_reader_free(reader);
    closesocket(made);
    return status;
}

/* One look at the endpoint file. HOST_CALL_NOT_RUNNING: corkd has to be started, or is starting. */
static enum host_call_status try_endpoint(SOCKET *connected, SOCKET *lifeline, struct host_reader *reader,
                                          struct host_reply *reply)
{
    struct host_endpoint endpoint;
    enum host_call_status status = HOST_CALL_NOT_RUNNING;
    char text[HOST_MESSAGE_SIZE];

    switch (host_place_read_endpoint(&endpoint))
    {
    case HOST_PLACE_MISSING:
        return HOST_CALL_NOT_RUNNING;
    case HOST_PLACE_UNTRUSTED:
        return fail(reply, HOST_CALL_REFUSED, HOST_REFUSED_TOKEN,
                    "corkd's endpoint file is not to be trusted: others can read it, or it is somebody else's");
    case HOST_PLACE_OK:
        break;
    }
    if (endpoint.major != HOST_PROTOCOL_MAJOR)
        status = fail(reply, HOST_CALL_REFUSED, HOST_REFUSED_VERSION,
                      host_version_message(text, "corkd", endpoint.major, 0));
    else
        status = greet(&endpoint, connected, lifeline, reader, reply);
    SecureZeroMemory(&endpoint, sizeof(endpoint));
    /* One that ended at that moment: the next one greets. */
    return status == HOST_CALL_LOST ? HOST_CALL_NOT_RUNNING : status;
}

/* Starts corkd, unless it was a short time ago. False where that is not possible. */
static bool start_again(ULONGLONG *started)
{
    if (*started && GetTickCount64() - *started <= RESTART_MS) return true;
    *started = GetTickCount64();
    return host_place_start();
}

/* Whether a status is the last word. A refusal may come from a stale file, or from a corkd that ends: starting one
 * settles that. */
static bool is_final(enum host_call_status status, ULONGLONG started)
{
    if (status == HOST_CALL_REFUSED) return started && GetTickCount64() - started > REFUSED_MS;
    return status != HOST_CALL_NOT_RUNNING;
}

static enum host_call_status connect_or_start(SOCKET *connected, SOCKET *lifeline, struct host_reader *reader,
                                              const volatile LONG *cancelled, struct host_reply *reply)
{
    ULONGLONG begin = GetTickCount64(), started = 0;
    enum host_call_status status;
    DWORD pause = 1;

    while (!is_final(status = try_endpoint(connected, lifeline, reader, reply), started))
    {
        if (*cancelled) return HOST_CALL_CANCELLED;
        if (!start_again(&started))
            return status == HOST_CALL_REFUSED
                       ? status
                       : fail(reply, HOST_CALL_NOT_RUNNING, 0, "corkd is not installed, or cannot be started");
        if (GetTickCount64() - begin > START_MS)
            return fail(reply, HOST_CALL_NOT_RUNNING, 0, "corkd does not answer: see cork/corkd.log in the prefix");
        Sleep(pause);
        pause = pause * 2 > LONGEST_PAUSE_MS ? LONGEST_PAUSE_MS : pause * 2;
    }
    return status;
}

enum host_call_status host_connect(SOCKET *connected, SOCKET *lifeline, struct host_reader *reader,
                                   const volatile LONG *cancelled, struct host_reply *reply)
{
    enum host_call_status status;
    WSADATA data;

    if (WSAStartup(MAKEWORD(2, 2), &data)) return fail(reply, HOST_CALL_NOT_RUNNING, 0, "there is no Winsock");
    status = connect_or_start(connected, lifeline, reader, cancelled, reply);
    if (status != HOST_CALL_OK) WSACleanup();
    return status;
}

#endif
