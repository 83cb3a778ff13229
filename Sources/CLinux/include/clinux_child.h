#ifndef CLINUX_CHILD_H
#define CLINUX_CHILD_H

#include <stddef.h>
#include <stdint.h>

// Where a child's standard descriptors lead besides a descriptor of ours.
enum { clinux_null = -1, clinux_inherit = -2 };

struct clinux_child {
    // Ends with NULL; the first is looked up in PATH.
    const char *const *arguments;
    // Names of variables of ours that the child must not see; ends with NULL; may be NULL.
    const char *const *withheld;
    // Variables as NAME=VALUE that the child sees besides ours, in place of ours of the same name; ends with NULL;
    // may be NULL.
    const char *const *added;
    // A session of its own has no terminal and can be ended as a whole: secret commands and hooks. An
    // editor stays in our process group, else it would be stopped when it reads the terminal.
    int own_session;
    int input, output, error;
};

// Starts a child with every signal unblocked and at its default, and no descriptor of ours but the three.
// Gives its process id.
int clinux_child_start(const struct clinux_child *child);

// Whether a child has ended: -ECHILD when unknown, 0 while it runs, else 1 and its exit code in *code
// (128 + signal when one ended it). Never waits.
int clinux_child_ended(int pid, int *code);

enum clinux_child_state { clinux_child_runs = 0, clinux_child_exited, clinux_child_signalled, clinux_child_stopped };

// What became of a child since it was asked last: it runs, it exited with the code *number, the signal *number ended
// it, or it was stopped and can go on; -ECHILD when unknown. Never waits.
int clinux_child_look(int pid, int *number);

// Lets a child go on that was stopped.
void clinux_child_continue(int pid);

// Ends a child, and its whole session when it has one of its own.
void clinux_child_kill(int pid, int own_session);

// Asks a child and everything that it started to end, waits so many nanoseconds at most, ends what is left, and
// waits for the child: editors put the terminal back when they are asked.
void clinux_child_dismiss(int pid, int64_t patience);

// Runs a command in a session of its own with input and errors going nowhere, and collects what it prints
// for at most `milliseconds`; then it is killed. Gives the number of bytes; -ETIMEDOUT, -EFBIG when it
// prints more than `capacity`, or -ENOENT and the like when it can't be started. *code is its exit code.
// Waits: only where nothing else is to be done, such as before the screen is there.
int64_t clinux_child_capture(
    const char *const *arguments, const char *const *withheld, int milliseconds, unsigned char *buffer,
    size_t capacity, int *code);

#endif
