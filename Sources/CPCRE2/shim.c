#define _GNU_SOURCE
#define PCRE2_CODE_UNIT_WIDTH 8
#include "CPCRE2.h"

#include <pcre2.h>
#include <stdlib.h>
#include <string.h>

// One text is a row: some hundred bytes. What needs more steps than these backtracks without end.
#define STEPS_PER_TEXT 200000
#define HEAP_PER_TEXT_KIB 4096
#define SMALLEST_STACK (32 * 1024)
#define LARGEST_STACK (512 * 1024)

struct cpcre2_scratch {
    pcre2_match_data *data;
    pcre2_match_context *context;
    pcre2_jit_stack *stack;
};

cpcre2_code *cpcre2_compile(
    const uint8_t *pattern, size_t length, int caseless, size_t *offset, char *message, size_t capacity) {
    int error = 0;
    PCRE2_SIZE place = 0;
    pcre2_compile_context *context = pcre2_compile_context_create(NULL);
    if (context == NULL) {
        *offset = 0;
        strncpy(message, "no memory", capacity);
        return NULL;
    }
    pcre2_set_newline(context, PCRE2_NEWLINE_LF);
    // \C would cut a character in two and leave the text that follows invalid.
    uint32_t options = PCRE2_UTF | PCRE2_MULTILINE | PCRE2_NEVER_BACKSLASH_C | (caseless ? PCRE2_CASELESS : 0);
    pcre2_code *code = pcre2_compile(pattern, length, options, &error, &place, context);
    pcre2_compile_context_free(context);
    if (code == NULL) {
        *offset = place;
        pcre2_get_error_message(error, (PCRE2_UCHAR *)message, capacity);
        return NULL;
    }
    // Where JIT is missing or not allowed, the same code is interpreted: slower, and right.
    pcre2_jit_compile(code, PCRE2_JIT_COMPLETE);
    return (cpcre2_code *)code;
}

void cpcre2_free(cpcre2_code *code) { pcre2_code_free((pcre2_code *)code); }

cpcre2_scratch *cpcre2_scratch_create(int with_stack) {
    cpcre2_scratch *scratch = calloc(1, sizeof(*scratch));
    if (scratch == NULL) return NULL;
    scratch->data = pcre2_match_data_create(1, NULL);
    scratch->context = pcre2_match_context_create(NULL);
    if (with_stack) scratch->stack = pcre2_jit_stack_create(SMALLEST_STACK, LARGEST_STACK, NULL);
    if (scratch->data == NULL || scratch->context == NULL) {
        cpcre2_scratch_free(scratch);
        return NULL;
    }
    pcre2_set_match_limit(scratch->context, STEPS_PER_TEXT);
    pcre2_set_heap_limit(scratch->context, HEAP_PER_TEXT_KIB);
    if (scratch->stack != NULL) pcre2_jit_stack_assign(scratch->context, NULL, scratch->stack);
    return scratch;
}

void cpcre2_scratch_free(cpcre2_scratch *scratch) {
    pcre2_match_data_free(scratch->data);
    pcre2_match_context_free(scratch->context);
    pcre2_jit_stack_free(scratch->stack);
    free(scratch);
}

int cpcre2_match(
    const cpcre2_code *code, cpcre2_scratch *scratch, const uint8_t *text, size_t length, size_t from,
    size_t *start, size_t *end) {
    int result = pcre2_match(
        (const pcre2_code *)code, text, length, from, PCRE2_NO_UTF_CHECK, scratch->data, scratch->context);
    if (result == PCRE2_ERROR_NOMATCH) return CPCRE2_NO_MATCH;
    if (result < 0) return CPCRE2_GAVE_UP;
    PCRE2_SIZE *ends = pcre2_get_ovector_pointer(scratch->data);
    // \K can put the start behind the end.
    *start = ends[0] < ends[1] ? ends[0] : ends[1];
    *end = ends[0] < ends[1] ? ends[1] : ends[0];
    return CPCRE2_MATCH;
}

uint32_t cpcre2_name_count(const cpcre2_code *code) {
    uint32_t count = 0;
    pcre2_pattern_info((const pcre2_code *)code, PCRE2_INFO_NAMECOUNT, &count);
    return count;
}

const char *cpcre2_name(const cpcre2_code *code, uint32_t place, uint32_t *number) {
    uint32_t size = 0;
    PCRE2_SPTR table = NULL;
    pcre2_pattern_info((const pcre2_code *)code, PCRE2_INFO_NAMEENTRYSIZE, &size);
    pcre2_pattern_info((const pcre2_code *)code, PCRE2_INFO_NAMETABLE, &table);
    if (table == NULL || place >= cpcre2_name_count(code)) return NULL;
    // An entry is the number in two bytes, then the name with its terminator.
    const uint8_t *entry = table + (size_t)place * size;
    *number = (uint32_t)entry[0] << 8 | entry[1];
    return (const char *)(entry + 2);
}

int cpcre2_match_groups(
    const cpcre2_code *code, const uint8_t *text, size_t length, const uint32_t *groups, size_t count,
    size_t *starts, size_t *ends) {
    pcre2_match_data *data = pcre2_match_data_create_from_pattern((const pcre2_code *)code, NULL);
    pcre2_match_context *context = pcre2_match_context_create(NULL);
    int answer = CPCRE2_GAVE_UP;
    if (data != NULL && context != NULL) {
        pcre2_set_match_limit(context, STEPS_PER_TEXT);
        pcre2_set_heap_limit(context, HEAP_PER_TEXT_KIB);
        int result = pcre2_match(
            (const pcre2_code *)code, text, length, 0, PCRE2_NO_UTF_CHECK, data, context);
        answer = result == PCRE2_ERROR_NOMATCH ? CPCRE2_NO_MATCH
                 : result < 0                  ? CPCRE2_GAVE_UP
                                               : CPCRE2_MATCH;
        if (answer == CPCRE2_MATCH) {
            PCRE2_SIZE *all = pcre2_get_ovector_pointer(data);
            for (size_t place = 0; place < count; place++) {
                int isSet = (int)groups[place] < result && all[2 * groups[place]] != PCRE2_UNSET;
                starts[place] = isSet ? all[2 * groups[place]] : 1;
                ends[place] = isSet ? all[2 * groups[place] + 1] : 0;
            }
        }
    }
    pcre2_match_data_free(data);
    pcre2_match_context_free(context);
    return answer;
}

const uint8_t *cpcre2_find(const uint8_t *text, size_t length, const uint8_t *word, size_t word_length) {
    return memmem(text, length, word, word_length);
}
