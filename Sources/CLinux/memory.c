#include "clinux_memory.h"

#include <malloc.h>

void clinux_memory_share(void) {
    // Without a fixed threshold glibc raises it after the first large block that is freed.
    mallopt(M_MMAP_THRESHOLD, 128 << 10);
    mallopt(M_ARENA_MAX, 2);
}
