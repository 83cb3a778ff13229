// toml++ behind two functions. Its exceptions are off, so that a bad file is a value and not a jump through C; its
// assertions, some of which a bad file breaks (`[=`), are exceptions of our own that end in ctoml_parse.

namespace {

struct broken_assertion {};

}  // namespace

// In every build: without assertions toml++ would tell the compiler that what they say is true.
#undef NDEBUG
#define TOML_ASSERT(condition) ((condition) ? void() : throw broken_assertion{})

#define TOML_EXCEPTIONS 0
#define TOML_HEADER_ONLY 1
#define TOML_ENABLE_FORMATTERS 0
// It reads and frees values inside values by recursion.
#define TOML_MAX_NESTED_VALUES 32

#include "ctoml.h"

#include <string>
#include <toml++/toml.h>
#include <vector>

#include "depth.h"

namespace {

struct storage {
    toml::table root;
    std::vector<ctoml_node> nodes;
    std::string error;
};

void append(storage &into, const toml::node &node, const toml::key *key) {
    ctoml_node flat{};
    flat.line = node.source().begin.line;
    flat.column = node.source().begin.column;
    if (key) {
        flat.key = key->data();
        flat.key_length = key->length();
        flat.key_line = key->source().begin.line;
        flat.key_column = key->source().begin.column;
    }
    if (auto string = node.as_string()) {
        flat.kind = CTOML_STRING;
        flat.text = string->get().data();
        flat.text_length = string->get().size();
    } else if (auto integer = node.as_integer()) {
        flat.kind = CTOML_INTEGER;
        flat.integer = integer->get();
    } else if (auto number = node.as_floating_point()) {
        flat.kind = CTOML_NUMBER;
        flat.number = number->get();
    } else if (auto flag = node.as_boolean()) {
        flat.kind = CTOML_FLAG;
        flat.integer = flag->get();
    } else if (auto array = node.as_array()) {
        flat.kind = CTOML_ARRAY;
        flat.count = array->size();
        into.nodes.push_back(flat);
        for (auto &element : *array) append(into, element, nullptr);
        return;
    } else if (auto table = node.as_table()) {
        flat.kind = CTOML_TABLE;
        flat.count = table->size();
        into.nodes.push_back(flat);
        for (auto &&[name, value] : *table) append(into, value, &name);
        return;
    } else {
        flat.kind = CTOML_MOMENT;
    }
    into.nodes.push_back(flat);
}

bool breaks(std::string_view text) {
    try {
        (void)toml::parse(text);
        return false;
    } catch (const broken_assertion &) {
        return true;
    }
}

// How many bytes toml++ read when its assertion broke: it reads from front to back, so that the shortest beginning
// that breaks it ends there.
size_t length_read(std::string_view text) {
    size_t fine = 0, broken = text.size();
    while (broken - fine > 1) {
        size_t middle = fine + (broken - fine) / 2;
        (breaks(text.substr(0, middle)) ? broken : fine) = middle;
    }
    return broken;
}

void fail(ctoml_document &document, storage &kept, std::string words, size_t line, size_t column) {
    kept.error = std::move(words);
    document.error = kept.error.c_str();
    document.error_line = (uint32_t)line;
    document.error_column = (uint32_t)column;
}

void fail_at(ctoml_document &document, storage &kept, std::string_view text, size_t offset, const char *words) {
    size_t line = 1, column = 1;
    for (size_t i = 0; i < offset; i++) {
        if (text[i] == '\n') {
            line++;
            column = 1;
        } else if (((unsigned char)text[i] & 0xC0) != 0x80) {
            column++;
        }
    }
    fail(document, kept, words, line, column);
}

void parse(ctoml_document &document, storage &kept, std::string_view text) {
    auto result = toml::parse(text);
    if (result) {
        kept.root = std::move(result).table();
        append(kept, kept.root, nullptr);
        document.nodes = kept.nodes.data();
        document.count = kept.nodes.size();
    } else {
        auto &error = result.error();
        fail(document, kept, std::string{error.description()}, error.source().begin.line, error.source().begin.column);
    }
}

}  // namespace

ctoml_document ctoml_parse(const char *bytes, size_t length) {
    ctoml_document document{};
    auto kept = new storage;
    document.storage = kept;
    std::string_view text{bytes, length};
    size_t deep = first_too_deep(text);
    if (deep < length) {
        fail_at(document, *kept, text, deep, "this key has too many parts");
        return document;
    }
    try {
        parse(document, *kept, text);
    } catch (const broken_assertion &) {
        document.nodes = nullptr;
        fail_at(document, *kept, text, length_read(text) - 1, "a key or a value is missing here");
    }
    return document;
}

void ctoml_free(ctoml_document document) { delete static_cast<storage *>(document.storage); }
