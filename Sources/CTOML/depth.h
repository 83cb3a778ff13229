#ifndef CTOML_DEPTH_H
#define CTOML_DEPTH_H

#include <cstddef>
#include <string_view>

// toml++ bounds how deep values lie in values, but not how many parts a dotted key has: each is a table in a table,
// and freeing them takes a call inside a call. This finds the first key of more parts than anybody writes.

constexpr size_t most_parts = 32;

// The offset behind the string that begins at an offset; a string that may not go over lines ends with its line.
inline size_t behind_string(std::string_view text, size_t at) {
    char quote = text[at];
    bool is_long = text.substr(at, 3) == (quote == '"' ? "\"\"\"" : "'''");
    for (at += is_long ? 3 : 1; at < text.size(); at++) {
        if (text[at] == '\\' && quote == '"') {
            at++;
        } else if (is_long && text.substr(at, 3) == (quote == '"' ? "\"\"\"" : "'''")) {
            // Up to two quotes may stand right before the end.
            at += 3;
            while (at < text.size() && text[at] == quote) at++;
            return at;
        } else if (!is_long && (text[at] == quote || text[at] == '\n')) {
            return at + 1;
        }
    }
    return text.size();
}

// The offset of the dot that makes a key too long, or the size of the text.
inline size_t first_too_deep(std::string_view text) {
    size_t parts = 1, at = 0;
    while (at < text.size()) {
        switch (text[at]) {
        case '"':
        case '\'': at = behind_string(text, at); continue;
        case '#':
            at = text.find('\n', at);
            if (at == std::string_view::npos) return text.size();
            continue;
        case '.':
            if (++parts > most_parts) return at;
            break;
        case '\n':
        case '=':
        case ',':
        case '[':
        case ']':
        case '{':
        case '}': parts = 1; break;
        default: break;
        }
        at++;
    }
    return text.size();
}

#endif
