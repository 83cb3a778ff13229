#include "csimdjson.h"

#include <malloc.h>

#include <cstring>
#include <memory>
#include <new>

#include <simdjson.h>

static_assert(simdjson::SIMDJSON_PADDING <= CSIMDJSON_PADDING, "simdjson reads further behind its input");

struct csimdjson_parser {
    simdjson::dom::parser parser;
    // Where values are put between brackets; kept, so that piece after piece needs no new memory.
    std::unique_ptr<uint8_t[]> list;
    size_t room = 0;
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

csimdjson_status csimdjson_parse_list(
    csimdjson_parser *parser, const uint8_t *bytes, size_t count, size_t brackets, size_t depth_limit) {
    size_t text = count + 2 * brackets;
    if (parser->room < text) {
        // Pieces differ a little in size: the next is to fit as well.
        size_t room = (text + (64 << 10)) & ~size_t(0xFFFF);
        parser->list.reset(new (std::nothrow) uint8_t[room + CSIMDJSON_PADDING]);
        parser->room = parser->list ? room : 0;
        if (!parser->list) return CSIMDJSON_NO_MEMORY;
        if (parser->parser.capacity() < room && parser->parser.allocate(room, depth_limit)) return CSIMDJSON_NO_MEMORY;
        if (parser->parser.doc.capacity() < room && parser->parser.doc.allocate(room)) return CSIMDJSON_NO_MEMORY;
    }
    uint8_t *list = parser->list.get();
    memset(list, '[', brackets);
    memcpy(list + brackets, bytes, count);
    memset(list + brackets + count, ']', brackets);
    memset(list + text, 0, CSIMDJSON_PADDING);
    return csimdjson_parse(parser, list, text, depth_limit);
}

const uint64_t *csimdjson_tape(const csimdjson_parser *parser) { return parser->parser.doc.tape.get(); }

const uint8_t *csimdjson_strings(const csimdjson_parser *parser) {
    return parser->parser.doc.string_buf.get();
}

size_t csimdjson_capacity(const csimdjson_parser *parser) { return parser->parser.capacity(); }

void csimdjson_trim(void) { malloc_trim(0); }
}
