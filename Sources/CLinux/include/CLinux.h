#ifndef CLINUX_H
#define CLINUX_H

// What the kernel offers and Swift cannot say by itself: signals as a descriptor, a crash handler that is
// safe in a signal, children with a clean start, clocks and files. Conventions of all functions that can
// fail: a value of 0 or more is the answer, a negative one is an errno with its sign turned.

#include "clinux_child.h"
#include "clinux_clock.h"
#include "clinux_crash.h"
#include "clinux_file.h"
#include "clinux_memory.h"
#include "clinux_signals.h"
#include "clinux_wait.h"

#endif
