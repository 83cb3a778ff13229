// toml++ behind two functions. Exceptions are off in it, so that a bad file is a value and not a jump through C.

#define TOML_EXCEPTIONS 0
#define TOML_HEADER_ONLY 1
#define TOML_ENABLE_FORMATTERS 0

#include "ctoml.h"

#include <string>
#include <toml++/toml.h>
#include <vector>

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

}  // namespace

ctoml_document ctoml_parse(const char *text, size_t length) {
    ctoml_document document{};
    auto kept = new storage;
    document.storage = kept;
    auto result = toml::parse(std::string_view{text, length});
    if (result) {
        kept->root = std::move(result).table();
        append(*kept, kept->root, nullptr);
        document.nodes = kept->nodes.data();
        document.count = kept->nodes.size();
    } else {
        kept->error = std::string{result.error().description()};
        document.error = kept->error.c_str();
        document.error_line = result.error().source().begin.line;
        document.error_column = result.error().source().begin.column;
    }
    return document;
}

void ctoml_free(ctoml_document document) { delete static_cast<storage *>(document.storage); }
