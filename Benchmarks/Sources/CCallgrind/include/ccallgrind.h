#ifndef CCALLGRIND_H
#define CCALLGRIND_H

/* Requests to callgrind, which are macros that Swift does not see. They do nothing in a program that runs by itself. */

/* Makes ready to count, from zero. */
void ccallgrind_begin(void);

/* Counts from here on, or no longer; --collect-atstart=no begins without. */
void ccallgrind_toggle(void);

/* Writes down what was counted since, under a name, and counts no longer. */
void ccallgrind_end(const char *name);

/* Whether callgrind, or any part of valgrind, runs this program. */
int ccallgrind_runs(void);

#endif
