#ifndef CPQ_H
#define CPQ_H

#include <stddef.h>
#include <stdint.h>

// PostgreSQL's client library, loaded when a team is configured and never before: the program neither links nor needs
// it. A connection belongs to one thread at a time. Nothing here waits: what would block says so.

typedef struct cpq_connection cpq_connection;
typedef struct cpq_result cpq_result;

// Loads the library; NULL when it is there, else what the system says.
const char *cpq_load(void);

// How making a connection goes on.
enum cpq_step { cpq_failed = 0, cpq_wants_read = 1, cpq_wants_write = 2, cpq_made = 3 };

// Begins to connect, with parameters that end with NULL; the value of `dbname` may be an address. NULL without memory.
// Looking up a name may wait for the resolver.
cpq_connection *cpq_start(const char *const *keywords, const char *const *values);
enum cpq_step cpq_step(cpq_connection *connection);
// The descriptor to wait for; it may be another one after each step. -1 without.
int cpq_socket(const cpq_connection *connection);
// Whether the connection is of no use any more.
int cpq_is_broken(const cpq_connection *connection);
// As in 150004; 0 when it is not known.
int cpq_server_version(const cpq_connection *connection);
// What went wrong last, in the library's words.
const char *cpq_problem(const cpq_connection *connection);
// Ends the connection.
void cpq_close(cpq_connection *connection);

// One value of a statement; bytes of NULL stand for NULL. Text ends with a zero byte behind its count.
struct cpq_value {
    const uint8_t *bytes;
    int count;
    int is_binary;
};

// Sends a statement with values whose answer comes in binary; 0 when it could not.
int cpq_send(cpq_connection *connection, const char *statement, const struct cpq_value *values, int count);
// Sends statements without values, in one transaction unless they say otherwise; 0 when it could not.
int cpq_send_all(cpq_connection *connection, const char *statements);
// 0 when all was sent, 1 when some is left, -1 when it could not.
int cpq_flush(cpq_connection *connection);
// Takes what arrived; 0 when the connection is broken.
int cpq_take_input(cpq_connection *connection);
// Whether an answer is still to come.
int cpq_is_busy(cpq_connection *connection);
// The next answer to a statement; NULL behind the last. To be freed.
cpq_result *cpq_next(cpq_connection *connection);
void cpq_free(cpq_result *result);

// Whether the statement did what it says.
int cpq_is_fine(const cpq_result *result);
// The five letters of SQL's standard for what went wrong; empty when there are none.
const char *cpq_state(const cpq_result *result);
const char *cpq_result_problem(const cpq_result *result);
int cpq_rows(const cpq_result *result);
int cpq_columns(const cpq_result *result);
int cpq_is_null(const cpq_result *result, int row, int column);
// A value as it came; it lives as long as the result.
const uint8_t *cpq_bytes(const cpq_result *result, int row, int column, int *count);

// Takes the next notification: its text, cut to the capacity, and who sent it; 0 when there is none.
int cpq_notification(cpq_connection *connection, char *text, int capacity, int *sender);

#endif
