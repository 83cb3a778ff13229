#include "internal.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include "include/CNcurses.h"

int nc_open_line(int output) {
    char name[128];
    int flags = O_WRONLY | O_NOCTTY | O_NONBLOCK | O_CLOEXEC;
    int line = ttyname_r(output, name, sizeof name) == 0 ? open(name, flags) : -1;
    // After su the device is another user's, but the controlling terminal has a name that anyone may open.
    if (line < 0 && tcgetpgrp(output) >= 0) line = open("/dev/tty", flags);
    return line >= 0 ? line : fcntl(output, F_DUPFD_CLOEXEC, 3);
}

void nc_close_line(int line) {
    if (line >= 0) close(line);
}

long nc_write(int line, const unsigned char *bytes, size_t count, int milliseconds) {
    struct pollfd place = {.fd = line, .events = POLLOUT};
    int ready;
    do ready = poll(&place, 1, milliseconds);
    while (ready < 0 && errno == EINTR);
    if (ready == 0) return 0;
    ssize_t written;
    do written = write(line, bytes, count);
    while (written < 0 && errno == EINTR);
    if (written >= 0) return written;
    return errno == EAGAIN ? 0 : -1;
}
