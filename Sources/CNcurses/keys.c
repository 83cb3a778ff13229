#include "internal.h"

#include <curses.h>
#include <poll.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <term.h>

#include "include/CNcurses.h"

// Above the codes that ncurses gives to capabilities it does not know, below the 16 bits of its tables.
enum { own_codes = 0x4000 };

static WINDOW *pad;

static void define(const char *sequence, int key) {
    if (sequence && sequence != (char *)-1 && *sequence) define_key(sequence, own_codes + key);
}

// Shift is 1, Alt 2 and Control 4 in xterm's parameter, after 1 was taken off.
static int modifiers(int parameter) {
    int bits = parameter - 1;
    return (bits & 1 ? nc_key_shift : 0) | (bits & 2 ? nc_key_alt : 0) | (bits & 4 ? nc_key_control : 0);
}

static void define_letters(void) {
    static const struct { char letter; int key; } keys[] = {
        {'A', nc_key_up}, {'B', nc_key_down}, {'C', nc_key_right}, {'D', nc_key_left}, {'H', nc_key_home},
        {'F', nc_key_end}, {'P', nc_key_function + 1}, {'Q', nc_key_function + 2},
        {'R', nc_key_function + 3}, {'S', nc_key_function + 4},
    };
    char text[16];
    for (unsigned i = 0; i < sizeof keys / sizeof *keys; i++) {
        // Whichever cursor key mode the terminal is really in.
        snprintf(text, sizeof text, "\033O%c", keys[i].letter);
        if (key_defined(text) == 0) define(text, keys[i].key);
        snprintf(text, sizeof text, "\033[%c", keys[i].letter);
        if (keys[i].key < nc_key_function && key_defined(text) == 0) define(text, keys[i].key);
        for (int parameter = 2; parameter <= 8; parameter++) {
            snprintf(text, sizeof text, "\033[1;%d%c", parameter, keys[i].letter);
            define(text, keys[i].key | modifiers(parameter));
        }
    }
}

static void define_numbers(void) {
    static const struct { int number, key; } keys[] = {
        {1, nc_key_home}, {2, nc_key_insert}, {3, nc_key_delete}, {4, nc_key_end}, {5, nc_key_page_up},
        {6, nc_key_page_down}, {7, nc_key_home}, {8, nc_key_end}, {15, nc_key_function + 5},
        {17, nc_key_function + 6}, {18, nc_key_function + 7}, {19, nc_key_function + 8},
        {20, nc_key_function + 9}, {21, nc_key_function + 10}, {23, nc_key_function + 11},
        {24, nc_key_function + 12},
    };
    char text[16];
    for (unsigned i = 0; i < sizeof keys / sizeof *keys; i++) {
        snprintf(text, sizeof text, "\033[%d~", keys[i].number);
        if (key_defined(text) == 0) define(text, keys[i].key);
        for (int parameter = 2; parameter <= 8; parameter++) {
            snprintf(text, sizeof text, "\033[%d;%d~", keys[i].number, parameter);
            define(text, keys[i].key | modifiers(parameter));
        }
    }
}

// Terminals that spell modified keys otherwise name them in their extended terminfo.
static void define_named(void) {
    static const struct { const char *name; int key; } keys[] = {
        {"kUP", nc_key_up}, {"kDN", nc_key_down}, {"kLFT", nc_key_left}, {"kRIT", nc_key_right},
        {"kHOM", nc_key_home}, {"kEND", nc_key_end}, {"kPRV", nc_key_page_up}, {"kNXT", nc_key_page_down},
        {"kIC", nc_key_insert}, {"kDC", nc_key_delete},
    };
    char name[16];
    for (unsigned i = 0; i < sizeof keys / sizeof *keys; i++)
        for (int parameter = 3; parameter <= 8; parameter++) {
            snprintf(name, sizeof name, "%s%d", keys[i].name, parameter);
            define(tigetstr(name), keys[i].key | modifiers(parameter));
        }
}

int nc_open_keys(void) {
    pad = newpad(1, 1);
    if (!pad) return 0;
    keypad(pad, TRUE);
    nodelay(pad, TRUE);
    define_letters();
    define_numbers();
    define_named();
    if (key_defined("\033[Z") == 0) define("\033[Z", nc_key_tab | nc_key_shift);
    define("\033[200~", nc_key_paste_begin);
    define("\033[201~", nc_key_paste_end);
    if (nc_is_like_xterm()) define("\033[<", nc_key_mouse_sgr);
    return 1;
}

void nc_close_keys(void) {
    if (pad) delwin(pad);
    pad = NULL;
}

void nc_start_keys(void) {
    if (pad) keypad(pad, TRUE);
}

static int meaning(wint_t code) {
    if (code >= own_codes) return (int)code - own_codes;
    if (code >= KEY_F(1) && code <= KEY_F(24)) return nc_key_function + (int)(code - KEY_F0);
    switch (code) {
    case KEY_UP: return nc_key_up;
    case KEY_DOWN: return nc_key_down;
    case KEY_LEFT: return nc_key_left;
    case KEY_RIGHT: return nc_key_right;
    case KEY_HOME: case KEY_A1: case KEY_FIND: return nc_key_home;
    case KEY_END: case KEY_C1: case KEY_SELECT: case KEY_LL: return nc_key_end;
    case KEY_PPAGE: case KEY_A3: return nc_key_page_up;
    case KEY_NPAGE: case KEY_C3: return nc_key_page_down;
    case KEY_IC: return nc_key_insert;
    case KEY_DC: return nc_key_delete;
    case KEY_BACKSPACE: return nc_key_backspace;
    case KEY_ENTER: return nc_key_enter;
    case KEY_BTAB: return nc_key_tab | nc_key_shift;
    case KEY_SR: return nc_key_up | nc_key_shift;
    case KEY_SF: return nc_key_down | nc_key_shift;
    case KEY_SLEFT: return nc_key_left | nc_key_shift;
    case KEY_SRIGHT: return nc_key_right | nc_key_shift;
    case KEY_SHOME: return nc_key_home | nc_key_shift;
    case KEY_SEND: return nc_key_end | nc_key_shift;
    case KEY_SPREVIOUS: return nc_key_page_up | nc_key_shift;
    case KEY_SNEXT: return nc_key_page_down | nc_key_shift;
    case KEY_SDC: return nc_key_delete | nc_key_shift;
    case KEY_SIC: return nc_key_insert | nc_key_shift;
    case KEY_MOUSE: return nc_key_mouse_old;
    default: return nc_key_none;
    }
}

int nc_read(uint32_t *value) {
    wint_t code = 0;
    switch (wget_wch(pad, &code)) {
    case OK: *value = (uint32_t)code; return nc_character;
    case KEY_CODE_YES: *value = (uint32_t)meaning(code); return nc_code;
    default: return nc_nothing;
    }
}

int nc_is_gone(int descriptor) {
    struct pollfd place = {.fd = descriptor, .events = POLLIN};
    if (poll(&place, 1, 0) <= 0) return 0;
    if (place.revents & (POLLHUP | POLLERR | POLLNVAL)) return 1;
    // Readable without a byte to read is the end; bytes are the next key.
    int waiting = 0;
    return ioctl(descriptor, FIONREAD, &waiting) < 0 || waiting == 0;
}
