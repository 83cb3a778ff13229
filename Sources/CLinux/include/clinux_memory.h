#ifndef CLINUX_MEMORY_H
#define CLINUX_MEMORY_H

// Makes large blocks go back to the system as soon as they are freed, and lets all threads share two heaps:
// answers of many megabytes come and go, and what a heap of each thread's own keeps of them adds up.
void clinux_memory_share(void);

#endif
