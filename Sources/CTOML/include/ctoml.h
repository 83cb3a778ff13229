#ifndef CTOML_H
#define CTOML_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum : int32_t {
    CTOML_STRING,
    CTOML_INTEGER,
    CTOML_NUMBER,
    CTOML_FLAG,
    CTOML_MOMENT, /* a date, a time, or both */
    CTOML_ARRAY,
    CTOML_TABLE,
} ctoml_kind;

/* One value; texts are not terminated and live as long as the document. */
typedef struct {
    ctoml_kind kind;
    uint32_t line, column; /* from 1; column counts code points */
    const char *key;       /* NULL outside a table */
    size_t key_length;
    uint32_t key_line, key_column;
    const char *text; /* CTOML_STRING */
    size_t text_length;
    int64_t integer; /* CTOML_INTEGER, CTOML_FLAG */
    double number;   /* CTOML_NUMBER */
    size_t count;    /* direct children, which follow in the list */
} ctoml_node;

/* Either nodes with the root table first and every value before its children, or an error. */
typedef struct {
    const ctoml_node *nodes; /* NULL after an error */
    size_t count;
    const char *error; /* terminated */
    uint32_t error_line, error_column;
    void *storage;
} ctoml_document;

ctoml_document ctoml_parse(const char *text, size_t length);
void ctoml_free(ctoml_document document);

#ifdef __cplusplus
}
#endif

#endif
