#include "ccallgrind.h"

#if __has_include(<valgrind/callgrind.h>)
#include <valgrind/callgrind.h>

void ccallgrind_begin(void) {
    CALLGRIND_START_INSTRUMENTATION;
    CALLGRIND_ZERO_STATS;
}

void ccallgrind_toggle(void) { CALLGRIND_TOGGLE_COLLECT; }

void ccallgrind_end(const char *name) {
    CALLGRIND_DUMP_STATS_AT(name);
    CALLGRIND_STOP_INSTRUMENTATION;
}

int ccallgrind_runs(void) { return RUNNING_ON_VALGRIND != 0; }
#else
void ccallgrind_begin(void) {}
void ccallgrind_toggle(void) {}
void ccallgrind_toggle(void) { CALLGRIND_TOGGLE_COLLECT; }

void ccallgrind_end(const char *name) { (void)name; }
int ccallgrind_runs(void) { return 0; }
#endif
