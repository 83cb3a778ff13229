// A database in a file, by SQLite, for Swift.
//
// sqlite3.h is full of macros, variadic functions and destructors as casted numbers, none of which can be imported:
// they stay in shim.c. One connection is used by one thread at a time.
#ifndef CSQLITE_H
#define CSQLITE_H

#include <stddef.h>
#include <stdint.h>

typedef struct csqlite_database csqlite_database;
typedef struct csqlite_statement csqlite_statement;

// What a call said; anything else is trouble that the words of csqlite_words tell.
enum {
    CSQLITE_OK = 0,
    CSQLITE_BUSY = 5,
    CSQLITE_LOCKED = 6,
    CSQLITE_READ_ONLY = 8,
    CSQLITE_IO_ERROR = 10,
    CSQLITE_CORRUPT = 11,
    CSQLITE_FULL = 13,
    CSQLITE_CANNOT_OPEN = 14,
    CSQLITE_NO_DATABASE = 26,
    CSQLITE_ROW = 100,
    CSQLITE_DONE = 101,
};

// Opens a file for reading and writing; it is made when it is not there and `creates`. Another process that writes is
// waited for so many milliseconds. The database is to be closed also after a failure, where there is one.
int csqlite_open(
    const char *_Nonnull path, int creates, int patience, csqlite_database *_Nullable *_Nonnull database);
// Closes a database and its statements. Where `leaves`, the log of what was written stays beside the file.
void csqlite_close(csqlite_database *_Nullable database, int leaves);

// Runs statements that give no rows.
int csqlite_run(csqlite_database *_Nonnull database, const char *_Nonnull statements);

// Makes a statement that is used many times; NULL with the code in `result`.
csqlite_statement *_Nullable csqlite_prepare(
    csqlite_database *_Nonnull database, const char *_Nonnull text, int *_Nonnull result);
void csqlite_finish(csqlite_statement *_Nullable statement);

// The values of a statement, by place from 1; texts and bytes are copied.
void csqlite_set_integer(csqlite_statement *_Nonnull statement, int place, int64_t value);
void csqlite_set_text(
    csqlite_statement *_Nonnull statement, int place, const uint8_t *_Nullable text, size_t count);
void csqlite_set_bytes(
    csqlite_statement *_Nonnull statement, int place, const uint8_t *_Nullable bytes, size_t count);
void csqlite_set_null(csqlite_statement *_Nonnull statement, int place);

// The next row, or that there is none.
int csqlite_step(csqlite_statement *_Nonnull statement);
// Lets a statement begin again, without values.
void csqlite_reset(csqlite_statement *_Nonnull statement);

// The values of a row, by place from 0; a text, or bytes, are valid until the next step.
int csqlite_is_null(csqlite_statement *_Nonnull statement, int place);
int64_t csqlite_integer(csqlite_statement *_Nonnull statement, int place);
const uint8_t *_Nullable csqlite_text(
    csqlite_statement *_Nonnull statement, int place, size_t *_Nonnull count);
const uint8_t *_Nullable csqlite_bytes(
    csqlite_statement *_Nonnull statement, int place, size_t *_Nonnull count);

// The number of the row that was inserted last, and how many rows the last statement changed.
int64_t csqlite_last_row(csqlite_database *_Nonnull database);
int64_t csqlite_changed(csqlite_database *_Nonnull database);
// Whether a transaction is open.
int csqlite_in_transaction(csqlite_database *_Nonnull database);
// What a code means, in English; never text from the file.
const char *_Nonnull csqlite_words(int code);

#endif
