#define _GNU_SOURCE
#include "CHTTPServer.h"

#include <CLoading.h>
#include <arpa/inet.h>
#include <errno.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

// Only who simulates servers needs libmicrohttpd, so it is loaded then; its functions are called by their own names.
#define FUNCTIONS(each) \
    each(MHD_add_response_header) \
    each(MHD_create_response_from_buffer) \
    each(MHD_create_response_from_callback) \
    each(MHD_destroy_response) \
    each(MHD_get_connection_info) \
    each(MHD_get_connection_values) \
    each(MHD_queue_response) \
    each(MHD_start_daemon) \
    each(MHD_stop_daemon)

static struct {
#define DECLARE(name) __typeof__(name) *name;
    FUNCTIONS(DECLARE)
} library;

static const char *load(void) {
#define FIND(name) {#name, (void **)&library.name},
    static const struct cloading_function functions[] = {FUNCTIONS(FIND)};
    static struct cloading_library microhttpd = {
        "libmicrohttpd.so.12", functions, sizeof functions / sizeof *functions, NULL, PTHREAD_MUTEX_INITIALIZER};
    return cloading_load(&microhttpd);
}

#define MHD_add_response_header library.MHD_add_response_header
#define MHD_create_response_from_buffer library.MHD_create_response_from_buffer
#define MHD_create_response_from_callback library.MHD_create_response_from_callback
#define MHD_destroy_response library.MHD_destroy_response
#define MHD_get_connection_info library.MHD_get_connection_info
#define MHD_get_connection_values library.MHD_get_connection_values
#define MHD_queue_response library.MHD_queue_response
#define MHD_start_daemon library.MHD_start_daemon
#define MHD_stop_daemon library.MHD_stop_daemon

// Nothing that nocturne sends is longer: forms and rules of some kilobytes.
enum { MAX_BODY = 16 << 20 };

struct chttpserver {
    struct MHD_Daemon *daemon;
    chttpserver_handler handler;
    void *context;
    // Readable once the server is being stopped.
    int stopping;
    uint16_t port;
};

struct header {
    struct header *next;
    char *name, *value;
};

struct chttpserver_exchange {
    chttpserver *server;
    struct MHD_Connection *connection;
    const char *method;
    char *target;
    uint8_t *body;
    size_t count;
    int has_begun, is_too_large, is_hung_up;
    struct header *first, **last;
    struct MHD_Response *response;
    unsigned status;
};

// The part of an answer that comes before the connection breaks.
struct broken {
    size_t count;
    uint8_t bytes[];
};

static chttpserver_exchange *exchange_for(const char *target) {
    chttpserver_exchange *exchange = calloc(1, sizeof *exchange);
    if (!exchange) return NULL;
    exchange->last = &exchange->first;
    exchange->target = strdup(target);
    if (!exchange->target) {
        free(exchange);
        return NULL;
    }
    return exchange;
}

static void drop_headers(chttpserver_exchange *exchange) {
    while (exchange->first) {
        struct header *header = exchange->first;
        exchange->first = header->next;
        free(header->name);
        free(header->value);
        free(header);
    }
    exchange->last = &exchange->first;
}

static void drop(chttpserver_exchange *exchange) {
    if (!exchange) return;
    drop_headers(exchange);
    if (exchange->response) MHD_destroy_response(exchange->response);
    free(exchange->target);
    free(exchange->body);
    free(exchange);
}

// Takes the target before libmicrohttpd decodes it.
static void *take_target(void *cls, const char *uri, struct MHD_Connection *connection) {
    (void)cls;
    (void)connection;
    return exchange_for(uri);
}

static void completed(
    void *cls, struct MHD_Connection *connection, void **state, enum MHD_RequestTerminationCode code) {
    (void)cls;
    (void)connection;
    (void)code;
    drop(*state);
    *state = NULL;
}

static int add_body(chttpserver_exchange *exchange, const char *data, size_t count) {
    if (exchange->count + count > MAX_BODY) return 0;
    uint8_t *body = realloc(exchange->body, exchange->count + count);
    if (!body) return 0;
    memcpy(body + exchange->count, data, count);
    exchange->body = body;
    exchange->count += count;
    return 1;
}

static enum MHD_Result handle(
    void *cls, struct MHD_Connection *connection, const char *url, const char *method, const char *version,
    const char *data, size_t *count, void **state) {
    (void)url;
    (void)version;
    chttpserver *server = cls;
    chttpserver_exchange *exchange = *state;
    if (!exchange) return MHD_NO;
    // The first call is for the head alone.
    if (!exchange->has_begun) {
        exchange->has_begun = 1;
        exchange->server = server;
        exchange->connection = connection;
        exchange->method = method;
        return MHD_YES;
    }
    if (*count) {
        if (!exchange->is_too_large && !add_body(exchange, data, *count)) exchange->is_too_large = 1;
        *count = 0;
        return MHD_YES;
    }
    if (exchange->is_too_large) {
        chttpserver_answer(exchange, MHD_HTTP_CONTENT_TOO_LARGE, NULL, 0);
    } else {
        server->handler(server->context, exchange);
    }
    if (exchange->is_hung_up) return MHD_NO;
    if (!exchange->response) chttpserver_answer(exchange, MHD_HTTP_INTERNAL_SERVER_ERROR, NULL, 0);
    if (!exchange->response) return MHD_NO;
    return MHD_queue_response(connection, exchange->status, exchange->response);
}

static int listen_on(uint16_t port, uint16_t *bound) {
    int descriptor = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (descriptor < 0) return -errno;
    int yes = 1;
    setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof address;
    if (bind(descriptor, (struct sockaddr *)&address, sizeof address) < 0 || listen(descriptor, 128) < 0 ||
        getsockname(descriptor, (struct sockaddr *)&address, &length) < 0) {
        int error = errno;
        close(descriptor);
        return -error;
    }
    *bound = ntohs(address.sin_port);
    return descriptor;
}

chttpserver *chttpserver_start(
    uint16_t port, chttpserver_handler handler, void *context, char *words, size_t capacity) {
    const char *problem = load();
    if (problem) {
        snprintf(words, capacity, "libmicrohttpd can't be loaded: %s", problem);
        return NULL;
    }
    chttpserver *server = calloc(1, sizeof *server);
    int listening = -ENOMEM;
    if (server) {
        server->handler = handler;
        server->context = context;
        server->stopping = eventfd(0, EFD_CLOEXEC);
        listening = server->stopping < 0 ? -errno : listen_on(port, &server->port);
    }
    if (listening < 0) {
        snprintf(words, capacity, "%s", strerror(-listening));
        if (server && server->stopping >= 0) close(server->stopping);
        free(server);
        return NULL;
    }
    // Signals belong to the main thread: the server's threads inherit that all of them are blocked.
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    server->daemon = MHD_start_daemon(
        MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_THREAD_PER_CONNECTION | MHD_USE_POLL | MHD_USE_ITC, 0, NULL, NULL,
        handle, server, MHD_OPTION_LISTEN_SOCKET, listening, MHD_OPTION_URI_LOG_CALLBACK, take_target, NULL,
        MHD_OPTION_NOTIFY_COMPLETED, completed, NULL, MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)(128 << 10),
        MHD_OPTION_END);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (!server->daemon) {
        snprintf(words, capacity, "the HTTP server did not start: %s", strerror(errno));
        close(listening);
        close(server->stopping);
        free(server);
        return NULL;
    }
    return server;
}

uint16_t chttpserver_port(const chttpserver *server) { return server->port; }

void chttpserver_stop(chttpserver *server) {
    eventfd_write(server->stopping, 1);
    MHD_stop_daemon(server->daemon);
    close(server->stopping);
    free(server);
}

const char *chttpserver_method(const chttpserver_exchange *exchange) { return exchange->method; }
const char *chttpserver_target(const chttpserver_exchange *exchange) { return exchange->target; }

const uint8_t *chttpserver_body(const chttpserver_exchange *exchange, size_t *count) {
    *count = exchange->count;
    return exchange->body;
}

struct visitor {
    void *context;
    void (*visit)(void *context, const char *name, const char *value);
};

static enum MHD_Result visit_header(void *cls, enum MHD_ValueKind kind, const char *name, const char *value) {
    (void)kind;
    struct visitor *visitor = cls;
    visitor->visit(visitor->context, name, value ? value : "");
    return MHD_YES;
}

void chttpserver_headers(
    const chttpserver_exchange *exchange, void *context,
    void (*visit)(void *context, const char *name, const char *value)) {
    struct visitor visitor = {context, visit};
    MHD_get_connection_values(exchange->connection, MHD_HEADER_KIND, visit_header, &visitor);
}

static int64_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

int chttpserver_wait(chttpserver_exchange *exchange, int64_t milliseconds) {
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(exchange->connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    struct pollfd watched[] = {
        {.fd = exchange->server->stopping, .events = POLLIN},
        {.fd = info ? info->connect_fd : -1, .events = POLLRDHUP},
    };
    int64_t end = now() + milliseconds;
    for (;;) {
        int64_t left = end - now();
        if (left <= 0) return 1;
        int ready = poll(watched, 2, left > 60000 ? 60000 : (int)left);
        if (ready > 0) return 0;
        if (ready < 0 && errno != EINTR) return 0;
    }
}

void chttpserver_add_header(chttpserver_exchange *exchange, const char *name, const char *value) {
    struct header *header = calloc(1, sizeof *header);
    if (!header) return;
    header->name = strdup(name);
    header->value = strdup(value);
    *exchange->last = header;
    exchange->last = &header->next;
}

static void end(chttpserver_exchange *exchange, int status, struct MHD_Response *response) {
    if (!response) return;
    for (struct header *header = exchange->first; header; header = header->next) {
        if (header->name && header->value) MHD_add_response_header(response, header->name, header->value);
    }
    if (exchange->response) MHD_destroy_response(exchange->response);
    exchange->response = response;
    exchange->status = (unsigned)status;
}

void chttpserver_answer(chttpserver_exchange *exchange, int status, const uint8_t *bytes, size_t count) {
    end(exchange, status, MHD_create_response_from_buffer(count, (void *)bytes, MHD_RESPMEM_MUST_COPY));
}

struct pieces {
    size_t count;
    void *context;
    void (*read)(void *context, size_t position, uint8_t *into, size_t count);
    void (*release)(void *context);
};

static ssize_t read_piece(void *cls, uint64_t position, char *into, size_t room) {
    struct pieces *pieces = cls;
    if (position >= pieces->count) return MHD_CONTENT_READER_END_OF_STREAM;
    size_t count = pieces->count - position;
    if (count > room) count = room;
    pieces->read(pieces->context, position, (uint8_t *)into, count);
    return (ssize_t)count;
}

static void drop_pieces(void *cls) {
    struct pieces *pieces = cls;
    pieces->release(pieces->context);
    free(pieces);
}

void chttpserver_answer_in_pieces(
    chttpserver_exchange *exchange, int status, size_t count, void *context,
    void (*read)(void *context, size_t position, uint8_t *into, size_t count), void (*release)(void *context)) {
    struct pieces *pieces = malloc(sizeof *pieces);
    struct MHD_Response *response = NULL;
    if (pieces) {
        *pieces = (struct pieces){count, context, read, release};
        response = MHD_create_response_from_callback(count, 65536, read_piece, pieces, drop_pieces);
    }
    if (response) {
        end(exchange, status, response);
    } else {
        free(pieces);
        release(context);
    }
}

static ssize_t read_broken(void *cls, uint64_t position, char *into, size_t room) {
    struct broken *broken = cls;
    if (position >= broken->count) return MHD_CONTENT_READER_END_WITH_ERROR;
    size_t count = broken->count - position;
    if (count > room) count = room;
    memcpy(into, broken->bytes + position, count);
    return (ssize_t)count;
}

void chttpserver_break_off(
    chttpserver_exchange *exchange, int status, const uint8_t *bytes, size_t count, size_t promised) {
    struct broken *broken = malloc(sizeof *broken + count);
    if (!broken) return;
    broken->count = count;
    if (count) memcpy(broken->bytes, bytes, count);
    end(exchange, status, MHD_create_response_from_callback(promised, 65536, read_broken, broken, free));
}

void chttpserver_hang_up(chttpserver_exchange *exchange) { exchange->is_hung_up = 1; }
