// An HTTP/1.1 server on 127.0.0.1 that can also misbehave on purpose, for Swift.
//
// libmicrohttpd takes options as variadic arguments and names its types differently from release to release: both
// stay in server.c. It is loaded with the first server: the program does not link it. Each connection has a thread of its own, so a handler may take its time.
#ifndef CHTTPSERVER_H
#define CHTTPSERVER_H

#include <stddef.h>
#include <stdint.h>

typedef struct chttpserver chttpserver;
typedef struct chttpserver_exchange chttpserver_exchange;

// Called on a connection's thread when a request has arrived with all of its body. The exchange is valid until it
// returns. A handler that calls none of the three endings below gives an empty 500.
typedef void (*chttpserver_handler)(void *_Nonnull context, chttpserver_exchange *_Nonnull exchange);

// Listens on 127.0.0.1, on any free port where `port` is 0. Gives NULL with words (at most `capacity` bytes with the
// terminator) when it can't. `context` must live until chttpserver_stop has returned.
chttpserver *_Nullable chttpserver_start(
    uint16_t port, chttpserver_handler _Nonnull handler, void *_Nonnull context, char *_Nonnull words,
    size_t capacity);

// The port that it listens on.
uint16_t chttpserver_port(const chttpserver *_Nonnull server);

// Closes every connection, waits for the handlers that run, and frees the server. Waits of chttpserver_wait end.
void chttpserver_stop(chttpserver *_Nonnull server);

// What arrived: the method, path and query as they were sent, and the body.
const char *_Nonnull chttpserver_method(const chttpserver_exchange *_Nonnull exchange);
const char *_Nonnull chttpserver_target(const chttpserver_exchange *_Nonnull exchange);
const uint8_t *_Nullable chttpserver_body(const chttpserver_exchange *_Nonnull exchange, size_t *_Nonnull count);

// Calls `visit` for each header in the order of arrival.
void chttpserver_headers(
    const chttpserver_exchange *_Nonnull exchange, void *_Nonnull context,
    void (*_Nonnull visit)(void *_Nonnull context, const char *_Nonnull name, const char *_Nonnull value));

// Waits. Gives 1 when the time has passed; 0 when the client has gone or the server is being stopped.
int chttpserver_wait(chttpserver_exchange *_Nonnull exchange, int64_t milliseconds);

// Adds a header to the answer; one name may be added several times.
void chttpserver_add_header(
    chttpserver_exchange *_Nonnull exchange, const char *_Nonnull name, const char *_Nonnull value);

// Ends the exchange with an answer; the bytes are copied.
void chttpserver_answer(
    chttpserver_exchange *_Nonnull exchange, int status, const uint8_t *_Nullable bytes, size_t count);

// Ends the exchange with an answer of `count` bytes that are read piece by piece, for those too large to be copied.
// `read` fills what it is given from a position; `release` is called once, when no more is read.
void chttpserver_answer_in_pieces(
    chttpserver_exchange *_Nonnull exchange, int status, size_t count, void *_Nonnull context,
    void (*_Nonnull read)(void *_Nonnull context, size_t position, uint8_t *_Nonnull into, size_t count),
    void (*_Nonnull release)(void *_Nonnull context));

// Ends the exchange with an answer that promises `promised` bytes, gives `count` of them and breaks the connection.
void chttpserver_break_off(
    chttpserver_exchange *_Nonnull exchange, int status, const uint8_t *_Nullable bytes, size_t count,
    size_t promised);

// Ends the connection without a byte of an answer.
void chttpserver_hang_up(chttpserver_exchange *_Nonnull exchange);

#endif
