// Regular expressions of PCRE2 over UTF-8, and the search for a byte sequence, for Swift.
//
// pcre2.h is a header of macros that depend on the width of a code unit; none of them can be imported, so
// its types and macros stay in shim.c.
#ifndef CPCRE2_H
#define CPCRE2_H

#include <stddef.h>
#include <stdint.h>

// A compiled expression: immutable, so any number of threads may match with it, each with its own scratch.
typedef struct cpcre2_code cpcre2_code;

// What one thread needs while it matches: the ends of the match, the limits and the stack of compiled code.
typedef struct cpcre2_scratch cpcre2_scratch;

// What a match said.
enum {
    CPCRE2_NO_MATCH = 0,
    CPCRE2_MATCH = 1,
    // The expression needed more steps or stack than it may take on one text.
    CPCRE2_GAVE_UP = 2,
};

// Compiles an expression; NULL with the offset of the error and its words (at most `capacity` bytes with the
// terminator). Line ends are LF, `^` and `$` match at each of them, and `.` stops there.
cpcre2_code *_Nullable cpcre2_compile(
    const uint8_t *_Nonnull pattern, size_t length, int caseless, size_t *_Nonnull offset,
    char *_Nonnull message, size_t capacity);
void cpcre2_free(cpcre2_code *_Nonnull code);

// NULL when there is no memory. With a stack of its own, expressions that backtrack deeply get farther.
cpcre2_scratch *_Nullable cpcre2_scratch_create(int with_stack);
void cpcre2_scratch_free(cpcre2_scratch *_Nonnull scratch);

// Matches valid UTF-8 from an offset on; with CPCRE2_MATCH the ends of the match are set.
int cpcre2_match(
    const cpcre2_code *_Nonnull code, cpcre2_scratch *_Nonnull scratch, const uint8_t *_Nonnull text,
    size_t length, size_t from, size_t *_Nonnull start, size_t *_Nonnull end);

// The named groups of an expression: how many, and the name and number of each. A name lives as long as the code.
uint32_t cpcre2_name_count(const cpcre2_code *_Nonnull code);
const char *_Nullable cpcre2_name(const cpcre2_code *_Nonnull code, uint32_t place, uint32_t *_Nonnull number);

// Matches valid UTF-8 and sets the ends of some groups by their numbers, 0 being the whole match; a group that took
// no part has its end before its start.
int cpcre2_match_groups(
    const cpcre2_code *_Nonnull code, const uint8_t *_Nonnull text, size_t length,
    const uint32_t *_Nonnull groups, size_t count, size_t *_Nonnull starts, size_t *_Nonnull ends);

// The first place of a byte sequence, or NULL.
const uint8_t *_Nullable cpcre2_find(
    const uint8_t *_Nonnull text, size_t length, const uint8_t *_Nonnull word, size_t word_length);

#endif
