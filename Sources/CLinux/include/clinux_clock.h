#ifndef CLINUX_CLOCK_H
#define CLINUX_CLOCK_H

#include <stdint.h>

// Nanoseconds since the machine started, suspends included: what ages are measured with.
int64_t clinux_boot_nanoseconds(void);

// Nanoseconds since 1970 in UTC: what is shown and recorded, and may jump.
int64_t clinux_wall_nanoseconds(void);

struct clinux_local_time {
    int year, month, day;  // month 1 to 12
    int hour, minute, second;
    int weekday;  // 0 is Sunday
    int offset;  // seconds east of UTC
};

// A time in seconds since 1970, in the zone of this machine (TZ, else /etc/localtime). Zeros when it can't
// be said.
struct clinux_local_time clinux_local_time(int64_t seconds);

#endif
