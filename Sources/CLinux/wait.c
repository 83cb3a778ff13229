#define _GNU_SOURCE
#include "clinux_wait.h"

#include <errno.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

int64_t clinux_wait(const int *descriptors, int count, int64_t nanoseconds) {
    struct pollfd places[32];
    if (count < 0 || count > 32) return -EINVAL;
    for (int i = 0; i < count; i++) places[i] = (struct pollfd){.fd = descriptors[i], .events = POLLIN};
    struct timespec limit = {.tv_sec = nanoseconds / 1000000000, .tv_nsec = nanoseconds % 1000000000};
    int ready = ppoll(places, (nfds_t)count, nanoseconds < 0 ? NULL : &limit, NULL);
    if (ready < 0) return errno == EINTR ? 0 : -errno;
    int64_t mask = 0;
    for (int i = 0; i < count; i++)
        if (places[i].revents) mask |= (int64_t)1 << i;
    return mask;
}

int clinux_bell_open(void) {
    int bell = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    return bell < 0 ? -errno : bell;
}

void clinux_bell_ring(int bell) {
    uint64_t one = 1;
    // A full counter is as loud as it gets, so nothing can be lost here.
    while (write(bell, &one, sizeof one) < 0 && errno == EINTR) {}
}

void clinux_bell_silence(int bell) {
    uint64_t count;
    while (read(bell, &count, sizeof count) < 0 && errno == EINTR) {}
}
