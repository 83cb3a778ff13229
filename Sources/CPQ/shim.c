#include "CPQ.h"

#include <CLoading.h>
#include <string.h>

// What of libpq is used, as its interface has been since 2005 (libpq.so.5). Declared here, so that building needs no
// headers; where they are, compare.c has the compiler look.
typedef struct pg_conn PGconn;
typedef struct pg_result PGresult;

enum { connection_bad = 1, command_ok = 1, tuples_ok = 2, sqlstate = 'C' };
struct notify {
    char *name;
    int sender;
    char *text;
};

#define FUNCTIONS(each) \
    each(PGconn *, PQconnectStartParams, (const char *const *, const char *const *, int)) \
    each(int, PQconnectPoll, (PGconn *)) \
    each(int, PQstatus, (const PGconn *)) \
    each(int, PQsocket, (const PGconn *)) \
    each(int, PQserverVersion, (const PGconn *)) \
    each(char *, PQerrorMessage, (const PGconn *)) \
    each(void, PQfinish, (PGconn *)) \
    each(int, PQsetnonblocking, (PGconn *, int)) \
    each(void *, PQsetNoticeProcessor, (PGconn *, void (*)(void *, const char *), void *)) \
    each(int, PQsendQueryParams, \
         (PGconn *, const char *, int, const unsigned int *, const char *const *, const int *, const int *, int)) \
    each(int, PQsendQuery, (PGconn *, const char *)) \
    each(int, PQflush, (PGconn *)) \
    each(int, PQconsumeInput, (PGconn *)) \
    each(int, PQisBusy, (PGconn *)) \
    each(PGresult *, PQgetResult, (PGconn *)) \
    each(void, PQclear, (PGresult *)) \
    each(int, PQresultStatus, (const PGresult *)) \
    each(char *, PQresultErrorField, (const PGresult *, int)) \
    each(char *, PQresultErrorMessage, (const PGresult *)) \
    each(int, PQntuples, (const PGresult *)) \
    each(int, PQnfields, (const PGresult *)) \
    each(int, PQgetisnull, (const PGresult *, int, int)) \
    each(int, PQgetlength, (const PGresult *, int, int)) \
    each(char *, PQgetvalue, (const PGresult *, int, int)) \
    each(struct notify *, PQnotifies, (PGconn *)) \
    each(void, PQfreemem, (void *))

#define DECLARE(result, name, parameters) static result(*name) parameters;
FUNCTIONS(DECLARE)

const char *cpq_load(void) {
#define FIND(result, name, parameters) {#name, (void **)&name},
    static const struct cloading_function functions[] = {FUNCTIONS(FIND)};
    static struct cloading_library libpq = {
        "libpq.so.5", functions, sizeof functions / sizeof *functions, NULL, PTHREAD_MUTEX_INITIALIZER};
    return cloading_load(&libpq);
}

static PGconn *of(const cpq_connection *connection) { return (PGconn *)connection; }
static PGresult *from(const cpq_result *result) { return (PGresult *)result; }

// What a server remarks would otherwise be written into the screen.
static void ignore(void *context, const char *words) {
    (void)context;
    (void)words;
}

cpq_connection *cpq_start(const char *const *keywords, const char *const *values) {
    if (cpq_load()) return NULL;
    PGconn *made = PQconnectStartParams(keywords, values, 1);
    if (made) PQsetNoticeProcessor(made, ignore, NULL);
    return (cpq_connection *)made;
}

enum cpq_step cpq_step(cpq_connection *connection) {
    // PGRES_POLLING_FAILED, _READING, _WRITING and _OK have the same numbers.
    int step = PQconnectPoll(of(connection));
    if (step == cpq_made) PQsetnonblocking(of(connection), 1);
    return step < cpq_failed || step > cpq_made ? cpq_failed : (enum cpq_step)step;
}

int cpq_socket(const cpq_connection *connection) { return PQsocket(of(connection)); }
int cpq_is_broken(const cpq_connection *connection) { return PQstatus(of(connection)) == connection_bad; }
int cpq_server_version(const cpq_connection *connection) { return PQserverVersion(of(connection)); }
const char *cpq_problem(const cpq_connection *connection) { return PQerrorMessage(of(connection)); }
void cpq_close(cpq_connection *connection) { PQfinish(of(connection)); }

enum { most_values = 16 };

int cpq_send(cpq_connection *connection, const char *statement, const struct cpq_value *values, int count) {
    const char *bytes[most_values];
    int counts[most_values], formats[most_values];
    if (count > most_values) return 0;
    for (int place = 0; place < count; place++) {
        bytes[place] = (const char *)values[place].bytes;
        counts[place] = values[place].count;
        formats[place] = values[place].is_binary;
    }
    return PQsendQueryParams(of(connection), statement, count, NULL, bytes, counts, formats, 1);
}

int cpq_send_all(cpq_connection *connection, const char *statements) {
    return PQsendQuery(of(connection), statements);
}
int cpq_flush(cpq_connection *connection) { return PQflush(of(connection)); }
int cpq_take_input(cpq_connection *connection) { return PQconsumeInput(of(connection)); }
int cpq_is_busy(cpq_connection *connection) { return PQisBusy(of(connection)); }
cpq_result *cpq_next(cpq_connection *connection) { return (cpq_result *)PQgetResult(of(connection)); }
void cpq_free(cpq_result *result) { PQclear(from(result)); }

int cpq_is_fine(const cpq_result *result) {
    int status = PQresultStatus(from(result));
    return status == command_ok || status == tuples_ok;
}

const char *cpq_state(const cpq_result *result) {
    const char *state = PQresultErrorField(from(result), sqlstate);
    return state ? state : "";
}

const char *cpq_result_problem(const cpq_result *result) { return PQresultErrorMessage(from(result)); }
int cpq_rows(const cpq_result *result) { return PQntuples(from(result)); }
int cpq_columns(const cpq_result *result) { return PQnfields(from(result)); }
int cpq_is_null(const cpq_result *result, int row, int column) { return PQgetisnull(from(result), row, column); }

const uint8_t *cpq_bytes(const cpq_result *result, int row, int column, int *count) {
    *count = PQgetlength(from(result), row, column);
    return (const uint8_t *)PQgetvalue(from(result), row, column);
}

int cpq_notification(cpq_connection *connection, char *text, int capacity, int *sender) {
    struct notify *found = PQnotifies(of(connection));
    if (!found) return 0;
    strncpy(text, found->text ? found->text : "", (size_t)capacity - 1);
    text[capacity - 1] = 0;
    *sender = found->sender;
    PQfreemem(found);
    return 1;
}
