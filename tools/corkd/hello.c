/* Authentication: the token comes before anything else. */
#include "corkd/hello.h"

#include <stdio.h>
#include <unistd.h>

static bool refuse(struct connection *connection, enum host_refusal reason, const char *text)
{
    host_log("client %llu refused: %s", (unsigned long long)connection->id, text ? text : host_refusal_text(reason));
    connection_refuse(connection, 0, reason, text);
    return false;
}

/* The name is the client's own word; the log makes it printable. */
static void set_program(struct connection *connection, const char *program)
{
    snprintf(connection->program, sizeof(connection->program), "%s", program && *program ? program : "a program");
}

/* With the client's number, for its lifeline. */
static bool answer(struct connection *connection)
{
    struct host_encoder frame;
    bool sent;

    host_encoder_init(&frame);
    host_frame_begin(&frame, HOST_HELLO, NULL, 0, 0);
    host_put_u32(&frame, (uint32_t)getpid());
    host_put_utf8(&frame, CORK_VERSION);
    host_put_u64(&frame, connection->id);
    sent = host_frame_end(&frame) == HOST_OK && connection_send(connection, &frame, NULL, false);
    host_encoder_free(&frame);
    return sent;
}

bool hello_received(struct connection *connection, const struct endpoint *endpoint, const struct host_header *header,
                    const uint8_t *payload)
{
    struct host_decoder decoder;
    const uint8_t *token;
    const char *program, *problem;
    uint32_t process;
    uint64_t lifeline_of = 0;
    size_t size;
    bool is_with_lifeline;

    if (header->kind != HOST_HELLO) return refuse(connection, HOST_REFUSED_TOKEN, "the first message was no hello");
    host_decoder_init(&decoder, payload, header->length);
    token = host_get_bytes(&decoder, &size);
    process = host_get_u32(&decoder);
    program = host_get_utf8(&decoder);
    is_with_lifeline = !decoder.error && decoder.at < decoder.size;
    if (is_with_lifeline) lifeline_of = host_get_u64(&decoder);
    if (size != HOST_TOKEN_SIZE || !host_token_equal(token, endpoint->content.token))
        return refuse(connection, HOST_REFUSED_TOKEN, NULL);
    if (host_decoder_finish(&decoder, true) != HOST_OK) return refuse(connection, HOST_REFUSED_MALFORMED, NULL);
    if ((problem = endpoint_problem(endpoint)))
    {
        char text[256];

        /* Whoever could read the token may be anybody. */
        snprintf(text, sizeof(text), "the endpoint file is not to be trusted (%s): end corkd, it makes a new one",
                 problem);
        return refuse(connection, HOST_REFUSED_TOKEN, text);
    }
    connection->process = process;
    connection->lifeline_of = lifeline_of;
    if (lifeline_of) return true;
    connection->wants_lifeline = is_with_lifeline;
    set_program(connection, program);
    host_log_detail("client %llu is %s (process %lu)", (unsigned long long)connection->id, connection->program,
                    (unsigned long)process);
    return answer(connection);
}

void hello_refuse_stream(struct connection *connection)
{
    const struct host_reader *reader = &connection->reader;
    char text[HOST_MESSAGE_SIZE];

    if (reader->error == HOST_VERSION)
        refuse(connection, HOST_REFUSED_VERSION,
               host_version_message(text, "the program", reader->major, reader->minor));
    else
        refuse(connection, reader->error == HOST_NO_MEMORY ? HOST_REFUSED_MEMORY : HOST_REFUSED_MALFORMED,
               host_error_text(reader->error));
}
