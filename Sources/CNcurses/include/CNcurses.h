#ifndef CNCURSES_H
#define CNCURSES_H

#include <stddef.h>
#include <stdint.h>

// The part of ncurses that one full-screen program needs. The headers of ncurses stay inside: their macros
// do not import into Swift, their globals are not safe there, and WINDOW would come as a whole struct.
// One screen at a time, used by one thread.

// --- Opening and leaving ---

// Sets the locale for characters; 1 when it is UTF-8, 0 when it is another, -1 when it is not installed.
int nc_set_locale(const char *name);

enum nc_open_result { nc_opened, nc_unknown_terminal, nc_no_cursor, nc_not_opened };

// Takes the terminal: newterm instead of initscr, which would end the process on an unknown TERM. Signal
// handlers that ncurses installs are taken out again; signals belong to the program's own loop. ncurses
// writes into memory, from where nc_take gets the bytes: what reaches the terminal, and when, is ours.
int nc_open(const char *term, int input, int output, int wants_colors);

// Writes what gives the screen back, or takes it again at the next nc_show. The modes are set apart.
void nc_suspend(void);
void nc_resume(void);
// Frees everything; nc_suspend and nc_shell_modes come before.
void nc_close(void);

// Sets the modes of the terminal: keys one by one and unseen while the screen is ours, or as nc_open found
// them. Ctrl-S and Ctrl-Q are keys, but for a serial line, where the terminal itself sends them when it falls behind.
// A stopped line runs again before it is given back, else nothing could be written to it.
void nc_screen_modes(void);
void nc_unstop(void);
void nc_shell_modes(void);

// The count of bytes that ncurses wrote since nc_take.
size_t nc_pending(void);
// Gives and forgets them; fewer than nc_pending said when the buffer is smaller.
size_t nc_take(unsigned char *buffer, size_t capacity);

// --- What the terminal is ---

int nc_is_terminal(int descriptor);
// Asks the kernel; 0 when it does not know, as on a serial line.
int nc_window_size(int descriptor, int *width, int *height);
// What ncurses drew on last.
void nc_screen_size(int *width, int *height);
void nc_resize(int width, int height);
// The number of colours, 0 when none or none were wanted.
int nc_colors(void);
// The number of colours that a terminal is known to have, -1 for an unknown name; it need not be open.
int nc_known_colors(const char *term, int output);
// Whether a terminal's colour numbers are RGB values; it need not be open.
int nc_is_direct(const char *term, int output);
// Whether erasing fills with the background colour in use.
int nc_erases_in_color(void);
// Whether the terminal has the mouse and the modes of xterm.
int nc_is_like_xterm(void);
// The string of a terminfo capability without its delays; the count, 0 when it has none.
size_t nc_capability(const char *name, unsigned char *buffer, size_t capacity);

// --- Drawing ---

// What a pen may do besides colour.
enum { nc_bold = 1, nc_dim = 2, nc_underline = 4, nc_reverse = 8, nc_italic = 16 };

// One character: its scalars, and the number of the pen it is drawn with.
struct nc_cell {
    uint32_t scalars[5];  // ends with 0 when shorter
    uint16_t pen;
};

// Says how a pen draws; colour -1 is the terminal's own.
void nc_set_pen(uint16_t pen, int attributes, int foreground, int background);
// Columns that ncurses and the C library give a scalar, -1 when it is not printable to them.
int nc_width(uint32_t scalar);
// Puts characters on the screen in the making.
void nc_put(int x, int y, const struct nc_cell *cells, int count);
// Moves the cursor when the screen is shown, or hides it when x is negative.
void nc_cursor(int x, int y);
// Writes what differs from what the terminal shows.
void nc_show(void);
// Lets nc_show write everything.
void nc_forget(void);

// --- Bytes ---

// Opens the terminal of a descriptor once more so that writing never waits, else gives a copy of it.
int nc_open_line(int output);
void nc_close_line(int line);
// Writes what the line takes, waiting at most some time for it to take any: the count, 0 when it takes
// nothing, -1 when the terminal is gone.
long nc_write(int line, const unsigned char *bytes, size_t count, int milliseconds);

// --- Keys ---

// Takes bytes that were typed, and never waits: the count, 0 when there are none, -1 when the other end of the
// terminal is gone.
long nc_read(int descriptor, unsigned char *buffer, size_t capacity);
// The names of the string capabilities of terminfo, those of keys among them; NULL behind the last.
const char *nc_string_name(int index);
// What a byte is in the locale's character set, -1 when it is no character by itself.
int32_t nc_scalar(unsigned char byte);

const char *nc_variable(const char *name);

#endif
