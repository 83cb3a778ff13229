#include "csimdjson.h"

#include <malloc.h>

#include <new>

#include <simdjson.h>

static_assert(simdjson::SIMDJSON_PADDING <= CSIMDJSON_PADDING, "simdjson reads further behind its input");

struct csimdjson_parser {
    simdjson::dom::parser parser;
};

extern "C" {

csimdjson_parser *csimdjson_new(void) { return new (std::nothrow) csimdjson_parser; }

void csimdjson_free(csimdjson_parser *parser) { delete parser; }

csimdjson_status csimdjson_parse(
    csimdjson_parser *parser, const uint8_t *bytes, size_t count, size_t depth_limit) {
    // parse() grows the capacity by itself, but keeps the depth that was allocated before.
    if (parser->parser.max_depth() != depth_limit || parser->parser.capacity() < count) {
        if (parser->parser.allocate(count, depth_limit)) return CSIMDJSON_NO_MEMORY;
    }
    switch (parser->parser.parse(bytes, count, false).error()) {
    case simdjson::SUCCESS: return CSIMDJSON_OK;
    case simdjson::EMPTY: return CSIMDJSON_EMPTY;
    case simdjson::DEPTH_ERROR: return CSIMDJSON_TOO_DEEP;
    case simdjson::MEMALLOC:
    case simdjson::CAPACITY: return CSIMDJSON_NO_MEMORY;
    default: return CSIMDJSON_MALFORMED;
    }
}

const uint64_t *csimdjson_tape(const csimdjson_parser *parser) { return parser->parser.doc.tape.get(); }

const uint8_t *csimdjson_strings(const csimdjson_parser *parser) {
    return parser->parser.doc.string_buf.get();
}

size_t csimdjson_capacity(const csimdjson_parser *parser) { return parser->parser.capacity(); }

void csimdjson_trim(void) { malloc_trim(0); }
}
