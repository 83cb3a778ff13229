#include "CSQLite.h"

#include <sqlite3.h>

#if SQLITE_VERSION_NUMBER < 3026000
#error "SQLite 3.26 or newer is needed"
#endif

// The values of the header are those of SQLite.
_Static_assert(CSQLITE_BUSY == SQLITE_BUSY && CSQLITE_LOCKED == SQLITE_LOCKED, "codes");
_Static_assert(CSQLITE_READ_ONLY == SQLITE_READONLY && CSQLITE_IO_ERROR == SQLITE_IOERR, "codes");
_Static_assert(CSQLITE_CORRUPT == SQLITE_CORRUPT && CSQLITE_FULL == SQLITE_FULL, "codes");
_Static_assert(CSQLITE_CANNOT_OPEN == SQLITE_CANTOPEN && CSQLITE_NO_DATABASE == SQLITE_NOTADB, "codes");
_Static_assert(CSQLITE_ROW == SQLITE_ROW && CSQLITE_DONE == SQLITE_DONE, "codes");

static sqlite3 *base(csqlite_database *database) { return (sqlite3 *)database; }
static sqlite3_stmt *of(csqlite_statement *statement) { return (sqlite3_stmt *)statement; }
static int primary(int code) { return code & 0xFF; }

int csqlite_open(const char *path, int creates, int patience, csqlite_database **database) {
    sqlite3 *made = NULL;
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | (creates ? SQLITE_OPEN_CREATE : 0);
    int code = sqlite3_open_v2(path, &made, flags, NULL);
    *database = (csqlite_database *)made;
    if (code == SQLITE_OK) code = sqlite3_busy_timeout(made, patience);
    // A file that somebody prepared must not run anything of its own.
    if (code == SQLITE_OK) code = sqlite3_db_config(made, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    return primary(code);
}

void csqlite_close(csqlite_database *database, int leaves) {
    if (database == NULL) return;
    sqlite3_stmt *statement;
    while ((statement = sqlite3_next_stmt(base(database), NULL)) != NULL) sqlite3_finalize(statement);
    if (leaves) sqlite3_db_config(base(database), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
    sqlite3_close(base(database));
}

int csqlite_run(csqlite_database *database, const char *statements) {
    return primary(sqlite3_exec(base(database), statements, NULL, NULL, NULL));
}

csqlite_statement *csqlite_prepare(csqlite_database *database, const char *text, int *result) {
    sqlite3_stmt *made = NULL;
    *result = primary(sqlite3_prepare_v3(base(database), text, -1, SQLITE_PREPARE_PERSISTENT, &made, NULL));
    return (csqlite_statement *)made;
}

void csqlite_finish(csqlite_statement *statement) { sqlite3_finalize(of(statement)); }

void csqlite_set_integer(csqlite_statement *statement, int place, int64_t value) {
    sqlite3_bind_int64(of(statement), place, value);
}

void csqlite_set_text(csqlite_statement *statement, int place, const uint8_t *text, size_t count) {
    sqlite3_bind_text64(
        of(statement), place, text == NULL ? "" : (const char *)text, text == NULL ? 0 : count,
        SQLITE_TRANSIENT, SQLITE_UTF8);
}

void csqlite_set_bytes(csqlite_statement *statement, int place, const uint8_t *bytes, size_t count) {
    sqlite3_bind_blob64(of(statement), place, bytes == NULL ? "" : (const char *)bytes, count, SQLITE_TRANSIENT);
}

void csqlite_set_null(csqlite_statement *statement, int place) { sqlite3_bind_null(of(statement), place); }

int csqlite_step(csqlite_statement *statement) { return primary(sqlite3_step(of(statement))); }

void csqlite_reset(csqlite_statement *statement) {
    sqlite3_reset(of(statement));
    sqlite3_clear_bindings(of(statement));
}

int csqlite_is_null(csqlite_statement *statement, int place) {
    return sqlite3_column_type(of(statement), place) == SQLITE_NULL;
}

int64_t csqlite_integer(csqlite_statement *statement, int place) {
    return sqlite3_column_int64(of(statement), place);
}

const uint8_t *csqlite_text(csqlite_statement *statement, int place, size_t *count) {
    const uint8_t *text = sqlite3_column_text(of(statement), place);
    *count = text == NULL ? 0 : (size_t)sqlite3_column_bytes(of(statement), place);
    return text;
}

const uint8_t *csqlite_bytes(csqlite_statement *statement, int place, size_t *count) {
    const uint8_t *bytes = sqlite3_column_blob(of(statement), place);
    *count = bytes == NULL ? 0 : (size_t)sqlite3_column_bytes(of(statement), place);
    return bytes;
}

int64_t csqlite_last_row(csqlite_database *database) { return sqlite3_last_insert_rowid(base(database)); }

int64_t csqlite_changed(csqlite_database *database) { return sqlite3_changes(base(database)); }

int csqlite_in_transaction(csqlite_database *database) { return !sqlite3_get_autocommit(base(database)); }

const char *csqlite_words(int code) { return sqlite3_errstr(code); }
