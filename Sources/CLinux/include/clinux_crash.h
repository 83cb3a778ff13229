#ifndef CLINUX_CRASH_H
#define CLINUX_CRASH_H

#include <stddef.h>

// Takes over SEGV BUS ILL FPE TRAP ABRT and SYS, and every other signal that ends a process and that
// clinux_signals_open does not read, unless it is ignored: the handler gives the terminal back (the bytes of
// clinux_crash_restore, then the modes it had when this was called) and dies of the same signal. Only
// calls that are safe in a signal are made, on a stack of its own for the main thread. Call it before the
// terminal is taken, with its descriptor, or -1 when there is none.
int clinux_crash_install(int terminal);

// The bytes to write in a crash, at most 1024; a count of 0 while the terminal belongs to a shell or an
// editor, when neither bytes nor modes are touched.
int clinux_crash_restore(const unsigned char *bytes, size_t count);

// Writes no core file and lets no debugger of the same user look in: memory holds tokens and passwords.
int clinux_keep_memory_private(void);

#endif
