#define _GNU_SOURCE
#include "clinux_signals.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <sys/signalfd.h>
#include <unistd.h>

_Static_assert(clinux_usr1 == SIGUSR1 && clinux_usr2 == SIGUSR2 && clinux_chld == SIGCHLD, "numbers differ");
_Static_assert(clinux_cont == SIGCONT && clinux_tstp == SIGTSTP && clinux_winch == SIGWINCH, "numbers differ");

static void fill(sigset_t *set) {
    static const int numbers[] = {SIGHUP,  SIGINT,  SIGQUIT, SIGTERM, SIGTSTP, SIGCONT,
                                  SIGWINCH, SIGCHLD, SIGUSR1, SIGUSR2, SIGPIPE};
    sigemptyset(set);
    for (unsigned i = 0; i < sizeof numbers / sizeof *numbers; i++) sigaddset(set, numbers[i]);
}

static void nothing(int signal) { (void)signal; }

int clinux_signals_open(void) {
    sigset_t set;
    fill(&set);
    int failed = pthread_sigmask(SIG_BLOCK, &set, NULL);
    if (failed) return -failed;
    // A ctrl-Z that waits to be read here is thrown away when somebody ignores the signal meanwhile, which ncurses
    // does for as long as it draws; it leaves one alone that has a handler when it starts. The handler never runs.
    struct sigaction own = {.sa_handler = nothing, .sa_flags = SA_RESTART};
    sigaction(SIGTSTP, &own, NULL);
    int descriptor = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
    return descriptor < 0 ? -errno : descriptor;
}

int clinux_signals_next(int descriptor) {
    struct signalfd_siginfo info;
    ssize_t count;
    do count = read(descriptor, &info, sizeof info);
    while (count < 0 && errno == EINTR);
    return count == sizeof info ? (int)info.ssi_signo : 0;
}

void clinux_stop_self(void) {
    struct sigaction standard = {.sa_handler = SIG_DFL}, before;
    sigset_t stop, mask;
    sigemptyset(&stop);
    sigaddset(&stop, SIGTSTP);
    sigaction(SIGTSTP, &standard, &before);
    kill(getpid(), SIGTSTP);
    // The signal waits until the mask lets it through; the process stops inside this call.
    pthread_sigmask(SIG_UNBLOCK, &stop, &mask);
    pthread_sigmask(SIG_SETMASK, &mask, NULL);
    sigaction(SIGTSTP, &before, NULL);
}
