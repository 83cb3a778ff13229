#ifndef CLINUX_SIGNALS_H
#define CLINUX_SIGNALS_H

// Blocks HUP INT QUIT TERM TSTP CONT WINCH CHLD USR1 USR2 PIPE in the calling thread and gives a descriptor
// that becomes readable when one of them arrives. Must run before any other thread exists: threads inherit
// the mask, and a signal that one of them left open would act there instead of being read.
int clinux_signals_open(void);

// The number of the next signal that arrived, or 0 when there is none. Never waits.
int clinux_signals_next(int descriptor);

// Stops this process as Ctrl-Z does, and returns when it was continued. A process that no shell could
// continue (its group is orphaned) is not stopped: the kernel ignores SIGTSTP then, as it would not SIGSTOP.
// Only the thread that reads the signals may call it.
void clinux_stop_self(void);

enum clinux_signal {
    clinux_hup = 1,
    clinux_int = 2,
    clinux_quit = 3,
    clinux_usr1 = 10,
    clinux_usr2 = 12,
    clinux_pipe = 13,
    clinux_term = 15,
    clinux_chld = 17,
    clinux_cont = 18,
    clinux_tstp = 20,
    clinux_winch = 28,
};

#endif
