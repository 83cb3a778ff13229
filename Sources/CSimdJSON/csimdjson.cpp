#include "csimdjson.h"

#include <malloc.h>

#include <atomic>
#include <cstring>
#include <new>

#include <simdjson.h>

static_assert(simdjson::SIMDJSON_PADDING <= CSIMDJSON_PADDING, "simdjson reads further behind its input");

struct csimdjson_parser {
    simdjson::dom::parser parser;
};

namespace {

// Where values are put between brackets. One of the usual size is kept, so that piece after piece needs no new memory;
// documents that live on have none.
class scratch {
public:
    explicit scratch(size_t count) : bytes(count <= usual ? spare.exchange(nullptr) : nullptr), is_usual(count <= usual) {
        if (!bytes) bytes = new (std::nothrow) uint8_t[is_usual ? usual : count];
    }
    ~scratch() {
        uint8_t *none = nullptr;
        if (!is_usual || !spare.compare_exchange_strong(none, bytes)) delete[] bytes;
    }
    scratch(const scratch &) = delete;
    scratch &operator=(const scratch &) = delete;

    uint8_t *bytes;

private:
    static constexpr size_t usual = 320 << 10;
    static std::atomic<uint8_t *> spare;
    bool is_usual;
};

std::atomic<uint8_t *> scratch::spare{nullptr};

}  // namespace

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
    // Pieces differ a little in size: the next is to fit as well.
    size_t room = (text + 0xFFFF) & ~size_t(0xFFFF);
    simdjson::dom::parser &dom = parser->parser;
    if (dom.capacity() < text && dom.allocate(room, depth_limit)) return CSIMDJSON_NO_MEMORY;
    if (dom.doc.capacity() < text && dom.doc.allocate(room)) return CSIMDJSON_NO_MEMORY;
    scratch list(text + CSIMDJSON_PADDING);
    if (!list.bytes) return CSIMDJSON_NO_MEMORY;
    memset(list.bytes, '[', brackets);
    memcpy(list.bytes + brackets, bytes, count);
    memset(list.bytes + brackets + count, ']', brackets);
    memset(list.bytes + text, 0, CSIMDJSON_PADDING);
    return csimdjson_parse(parser, list.bytes, text, depth_limit);
}

const uint64_t *csimdjson_tape(const csimdjson_parser *parser) { return parser->parser.doc.tape.get(); }

const uint8_t *csimdjson_strings(const csimdjson_parser *parser) {
    return parser->parser.doc.string_buf.get();
}

size_t csimdjson_capacity(const csimdjson_parser *parser) { return parser->parser.capacity(); }

void csimdjson_trim(void) { malloc_trim(0); }
}
