#define _GNU_SOURCE
#include "clinux_clock.h"

#include <time.h>

static int64_t read_clock(clockid_t clock) {
    struct timespec now = {0};
    clock_gettime(clock, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

int64_t clinux_boot_nanoseconds(void) { return read_clock(CLOCK_BOOTTIME); }

int64_t clinux_wall_nanoseconds(void) { return read_clock(CLOCK_REALTIME); }

struct clinux_local_time clinux_local_time(int64_t seconds) {
    time_t time = (time_t)seconds;
    struct tm parts;
    // localtime_r alone may read the zone not at all or only once; a screen lives for months.
    tzset();
    if (!localtime_r(&time, &parts)) return (struct clinux_local_time){0};
    return (struct clinux_local_time){
        .year = parts.tm_year + 1900,
        .month = parts.tm_mon + 1,
        .day = parts.tm_mday,
        .hour = parts.tm_hour,
        .minute = parts.tm_min,
        .second = parts.tm_sec,
        .weekday = parts.tm_wday,
        .offset = (int)parts.tm_gmtoff,
    };
}
