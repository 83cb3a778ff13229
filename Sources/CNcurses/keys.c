#include "internal.h"

#include <curses.h>
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <term.h>
#include <unistd.h>
#include <wchar.h>

#include "include/CNcurses.h"

void nc_start_keys(void) { keypad(stdscr, TRUE); }

const char *nc_string_name(int index) { return strnames[index]; }

int32_t nc_scalar(unsigned char byte) {
    wint_t scalar = btowc(byte);
    return scalar == WEOF ? -1 : (int32_t)scalar;
}

long nc_read(int descriptor, unsigned char *buffer, size_t capacity) {
    struct pollfd place = {.fd = descriptor, .events = POLLIN};
    if (poll(&place, 1, 0) <= 0) return 0;
    if (!(place.revents & POLLIN)) return place.revents & (POLLHUP | POLLERR | POLLNVAL) ? -1 : 0;
    ssize_t count = read(descriptor, buffer, capacity);
    if (count > 0) return count;
    // Readable without a byte to read is the end.
    return count < 0 && (errno == EINTR || errno == EAGAIN) ? 0 : -1;
}
