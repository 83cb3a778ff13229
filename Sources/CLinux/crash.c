#define _GNU_SOURCE
#include "clinux_crash.h"

#include <errno.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <termios.h>
#include <unistd.h>

// All of it is written before the handlers can run or under the count, which the handler reads first.
static int terminal = -1;
static int has_modes;
static struct termios modes;
static unsigned char restore[1024];
static atomic_size_t restore_count;
static atomic_flag is_crashing = ATOMIC_FLAG_INIT;
static unsigned char stack[64 * 1024];

static void handle(int number) {
    // A crash inside the handler, or on a second thread, must not restore again.
    if (!atomic_flag_test_and_set(&is_crashing) && terminal >= 0) {
        size_t count = atomic_load(&restore_count), done = 0;
        if (count > 0 && has_modes) {
            // A line stopped by Ctrl-S runs again, else the write below would wait for ever.
            struct termios running = modes;
            running.c_iflag &= ~(tcflag_t)IXON;
            tcsetattr(terminal, TCSANOW, &running);
        }
        while (done < count) {
            ssize_t written = write(terminal, restore + done, count - done);
            if (written <= 0) break;
            done += (size_t)written;
        }
        if (count > 0 && has_modes) tcsetattr(terminal, TCSANOW, &modes);
    }
    struct sigaction standard = {.sa_handler = SIG_DFL};
    sigaction(number, &standard, NULL);
    raise(number);
}

static int install(int number, const struct sigaction *action, int may_be_ignored) {
    struct sigaction found;
    if (may_be_ignored && sigaction(number, NULL, &found) == 0 && found.sa_handler == SIG_IGN) return 0;
    return sigaction(number, action, NULL) < 0 ? -errno : 0;
}

int clinux_crash_install(int descriptor) {
    static const int crashes[] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGTRAP, SIGABRT, SIGSYS};
    // What else ends a process that does nothing about it, but for what clinux_signals_open reads.
    static const int others[] = {SIGALRM, SIGVTALRM, SIGPROF, SIGXCPU, SIGPOLL, SIGPWR, SIGSTKFLT};
    terminal = descriptor;
    has_modes = descriptor >= 0 && tcgetattr(descriptor, &modes) == 0;
    stack_t own = {.ss_sp = stack, .ss_size = sizeof stack};
    if (sigaltstack(&own, NULL) < 0) return -errno;
    struct sigaction action = {.sa_handler = handle, .sa_flags = SA_ONSTACK | SA_NODEFER};
    sigemptyset(&action.sa_mask);
    int failed = 0;
    for (unsigned i = 0; i < sizeof crashes / sizeof *crashes && !failed; i++) failed = install(crashes[i], &action, 0);
    for (unsigned i = 0; i < sizeof others / sizeof *others && !failed; i++) failed = install(others[i], &action, 1);
    for (int i = SIGRTMIN; i <= SIGRTMAX && !failed; i++) failed = install(i, &action, 1);
    if (failed) return failed;
    // A file that may not grow is an error of the write, told in words, and no end.
    struct sigaction ignored = {.sa_handler = SIG_IGN};
    return sigaction(SIGXFSZ, &ignored, NULL) < 0 ? -errno : 0;
}

int clinux_crash_restore(const unsigned char *bytes, size_t count) {
    atomic_store(&restore_count, 0);
    if (count > sizeof restore) return -EMSGSIZE;
    if (count > 0) memcpy(restore, bytes, count);
    atomic_store(&restore_count, count);
    return 0;
}

int clinux_keep_memory_private(void) {
    struct rlimit none = {0, 0};
    if (setrlimit(RLIMIT_CORE, &none) < 0) return -errno;
    return prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) < 0 ? -errno : 0;
}
