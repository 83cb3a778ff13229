#include "internal.h"

#include <curses.h>
#include <fcntl.h>
#include <langinfo.h>
#include <linux/serial.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <term.h>
#include <termios.h>
#include <unistd.h>

#include "include/CNcurses.h"

static SCREEN *screen;
static FILE *output_file, *input_file;
static struct termios found;
static int has_found, has_colors_on, is_away, terminal;

int nc_set_locale(const char *name) {
    // Only characters: numbers must keep their point, whatever the country.
    if (!setlocale(LC_CTYPE, name)) return -1;
    return strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}

static int check(const char *term, int output) {
    int problem = 0;
    if (setupterm(term, output, &problem) != OK) return problem == 1 ? nc_no_cursor : nc_unknown_terminal;
    char *cup = tigetstr("cup");
    int result = cup && cup != (char *)-1 ? nc_opened : nc_no_cursor;
    del_curterm(cur_term);
    return result;
}

int nc_known_colors(const char *term, int output) {
    int problem = 0;
    if (setupterm(term, output, &problem) != OK) return -1;
    int colors = tigetnum("colors");
    del_curterm(cur_term);
    return colors < 0 ? 0 : colors;
}

static FILE *file_of(int descriptor, const char *mode) {
    FILE *file = descriptor < 0 ? NULL : fdopen(descriptor, mode);
    if (!file && descriptor >= 0) close(descriptor);
    return file;
}

static void forget_files(void) {
    if (input_file) fclose(input_file);
    if (output_file) fclose(output_file);
    input_file = output_file = NULL;
}

int nc_open(const char *term, int input, int output, int wants_colors) {
    static const int numbers[] = {SIGINT, SIGTERM, SIGTSTP, SIGWINCH};
    struct sigaction before[4];
    int result = check(term, output);
    if (result != nc_opened) return result;
    has_found = tcgetattr(output, &found) == 0;
    terminal = output;
    output_file = file_of(memfd_create("screen", MFD_CLOEXEC), "w+");
    input_file = file_of(fcntl(input, F_DUPFD_CLOEXEC, 3), "r");
    for (int i = 0; i < 4; i++) sigaction(numbers[i], NULL, &before[i]);
    screen = output_file && input_file ? newterm(term, output_file, input_file) : NULL;
    for (int i = 0; i < 4; i++) sigaction(numbers[i], &before[i], NULL);
    if (!screen) {
        forget_files();
        return nc_not_opened;
    }
    set_term(screen);
    // Ctrl-C and Ctrl-Z keep their meaning: signals are read by the loop.
    cbreak();
    noecho();
    nonl();
    nc_screen_modes();
    // Else ncurses leaves a picture half drawn when a key is waiting.
    typeahead(-1);
    leaveok(stdscr, FALSE);
    scrollok(stdscr, FALSE);
    idlok(stdscr, TRUE);
    has_colors_on = wants_colors && has_colors() && start_color() == OK;
    if (has_colors_on) use_default_colors();
    // ncurses can't see the size behind its memory and has written margins for another one. Forgotten here,
    // the beginning is written again, and rightly, by the first nc_show.
    int width, height;
    if (nc_window_size(output, &width, &height)) resizeterm(height, width);
    endwin();
    nc_take(NULL, 0);
    nc_start_drawing();
    is_away = 0;
    return nc_opened;
}

void nc_suspend(void) {
    if (!screen || is_away) return;
    is_away = 1;
    curs_set(1);
    endwin();
}

void nc_resume(void) {
    if (!screen || !is_away) return;
    is_away = 0;
    nc_start_drawing();
    clearok(curscr, TRUE);
}

void nc_close(void) {
    if (!screen) return;
    nc_drop_pens();
    delscreen(screen);
    screen = NULL;
    forget_files();
}

static int is_serial(int descriptor) {
    struct serial_struct facts;
    return ioctl(descriptor, TIOCGSERIAL, &facts) == 0;
}

void nc_screen_modes(void) {
    if (!has_found) return;
    struct termios modes = found;
    modes.c_lflag &= ~(tcflag_t)(ICANON | ECHO | ECHONL);
    modes.c_iflag &= ~(tcflag_t)(ICRNL | INLCR | IGNCR);
    if (!is_serial(terminal)) modes.c_iflag &= ~(tcflag_t)IXON;
    // A line feed goes down and a tab moves, as ncurses reckons.
    modes.c_oflag &= ~(tcflag_t)(ONLCR | OCRNL | TABDLY);
    modes.c_cc[VMIN] = 1;
    modes.c_cc[VTIME] = 0;
    tcsetattr(terminal, TCSANOW, &modes);
}

void nc_unstop(void) {
    struct termios modes;
    if (tcgetattr(terminal, &modes) < 0) return;
    modes.c_iflag &= ~(tcflag_t)IXON;
    tcsetattr(terminal, TCSANOW, &modes);
    tcflow(terminal, TCOON);
}

void nc_shell_modes(void) {
    if (has_found) tcsetattr(terminal, TCSANOW, &found);
}

size_t nc_pending(void) {
    off_t end = output_file ? lseek(fileno(output_file), 0, SEEK_CUR) : 0;
    return end > 0 ? (size_t)end : 0;
}

size_t nc_take(unsigned char *buffer, size_t capacity) {
    size_t wanted = nc_pending(), count = 0;
    if (wanted > capacity) wanted = capacity;
    while (count < wanted) {
        ssize_t got = pread(fileno(output_file), buffer + count, wanted - count, (off_t)count);
        if (got <= 0) break;
        count += (size_t)got;
    }
    if (output_file) lseek(fileno(output_file), 0, SEEK_SET);
    return count;
}

int nc_is_terminal(int descriptor) { return isatty(descriptor); }

int nc_window_size(int descriptor, int *width, int *height) {
    struct winsize size = {0};
    if (ioctl(descriptor, TIOCGWINSZ, &size) < 0 || size.ws_col == 0 || size.ws_row == 0) return 0;
    *width = size.ws_col;
    *height = size.ws_row;
    return 1;
}

void nc_screen_size(int *width, int *height) {
    *width = COLS;
    *height = LINES;
}

void nc_resize(int width, int height) {
    if (width != COLS || height != LINES) resizeterm(height, width);
    clearok(curscr, TRUE);
}

int nc_colors(void) { return has_colors_on ? COLORS : 0; }

int nc_is_direct(const char *term, int output) {
    int problem = 0;
    if (setupterm(term, output, &problem) != OK) return 0;
    int result = tigetflag("RGB") > 0 || tigetnum("colors") > 65536;
    del_curterm(cur_term);
    return result;
}

int nc_erases_in_color(void) { return back_color_erase; }

static int has(const char *name) {
    char *text = tigetstr(name);
    return text && text != (char *)-1;
}

int nc_is_like_xterm(void) { return has("kmous") || has("BE"); }

size_t nc_capability(const char *name, unsigned char *buffer, size_t capacity) {
    char *text = tigetstr(name);
    size_t count = 0;
    if (!text || text == (char *)-1) return 0;
    while (*text && count < capacity) {
        char *end = text[0] == '$' && text[1] == '<' ? strchr(text, '>') : NULL;
        if (end) text = end + 1;
        else buffer[count++] = (unsigned char)*text++;
    }
    return count;
}

const char *nc_variable(const char *name) { return getenv(name); }
