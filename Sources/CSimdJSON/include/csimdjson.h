#ifndef CSIMDJSON_H
#define CSIMDJSON_H

#include <stddef.h>
#include <stdint.h>

// A narrow C face of simdjson's DOM parser. Nothing of C++ gets out: the caller reads the tape itself.

#ifdef __cplusplus
extern "C" {
#endif

/// How many readable bytes the parser needs behind the content at most; `Body.padding` and `JSONDocument.padding` are
/// as large.
enum { CSIMDJSON_PADDING = 64 };

/// One parser with the document that it read last.
typedef struct csimdjson_parser csimdjson_parser;

/// What became of a parse, as far as the caller tells failures apart.
typedef enum {
    CSIMDJSON_OK = 0,
    CSIMDJSON_EMPTY = 1,
    CSIMDJSON_TOO_DEEP = 2,
    CSIMDJSON_NO_MEMORY = 3,
    CSIMDJSON_MALFORMED = 4,
} csimdjson_status;

/// A new parser, or NULL without memory.
csimdjson_parser *csimdjson_new(void);

/// Frees the parser and its document.
void csimdjson_free(csimdjson_parser *parser);

/// Parses `count` bytes; `CSIMDJSON_PADDING` more must be readable behind them.
/// The bytes are not needed afterwards. Replaces the parser's earlier document.
csimdjson_status csimdjson_parse(
    csimdjson_parser *parser, const uint8_t *bytes, size_t count, size_t depth_limit);

/// Parses `count` bytes as the values of a list: `brackets` opening brackets are put before a copy of them, and as many
/// closing ones behind it. Nothing needs to be readable behind the bytes. Replaces the parser's earlier document.
csimdjson_status csimdjson_parse_list(
    csimdjson_parser *parser, const uint8_t *bytes, size_t count, size_t brackets, size_t depth_limit);

/// The tape of the parser's document; its first word holds the number of words.
const uint64_t *csimdjson_tape(const csimdjson_parser *parser);

/// The strings of the parser's document: a 32-bit length, the bytes and a zero byte each.
const uint8_t *csimdjson_strings(const csimdjson_parser *parser);

/// How many bytes the parser can read without allocating.
size_t csimdjson_capacity(const csimdjson_parser *parser);

/// Hands freed memory back to the system.
void csimdjson_trim(void);

#ifdef __cplusplus
}
#endif

#endif
