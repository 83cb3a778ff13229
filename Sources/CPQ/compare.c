// Where PostgreSQL's headers are, the compiler compares what shim.c says of them.
#if defined(__has_include)
#if __has_include(<postgresql/libpq-fe.h>)
#include <stddef.h>

#include <postgresql/libpq-fe.h>

#include "CPQ.h"

_Static_assert(CONNECTION_BAD == 1, "the state of a connection");
_Static_assert(PGRES_COMMAND_OK == 1 && PGRES_TUPLES_OK == 2, "the states of an answer");
_Static_assert(PGRES_POLLING_FAILED == cpq_failed && PGRES_POLLING_OK == cpq_made, "the steps of a connection");
_Static_assert(
    PGRES_POLLING_READING == cpq_wants_read && PGRES_POLLING_WRITING == cpq_wants_write, "what a step waits for");
_Static_assert(PG_DIAG_SQLSTATE == 'C', "the field with the state of SQL");
_Static_assert(
    offsetof(PGnotify, be_pid) == sizeof(char *) && offsetof(PGnotify, extra) == 2 * sizeof(char *),
    "a notification");
#endif
#endif
