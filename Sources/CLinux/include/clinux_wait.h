#ifndef CLINUX_WAIT_H
#define CLINUX_WAIT_H

#include <stdint.h>

// Waits until one of at most 32 descriptors can be read or was hung up, or until the time is over
// (nanoseconds; negative waits for ever). Bit i of the answer stands for descriptor i; 0 says that the time
// is over or a signal came. A negative descriptor is skipped.
int64_t clinux_wait(const int *descriptors, int count, int64_t nanoseconds);

// A counter that wakes a waiting thread: any thread rings, the waiting one silences it and looks at its inbox.
int clinux_bell_open(void);
void clinux_bell_ring(int bell);
void clinux_bell_silence(int bell);

#endif
