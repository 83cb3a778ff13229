#include "internal.h"

#include <curses.h>
#include <stdlib.h>
#include <wchar.h>

#include "include/CNcurses.h"

struct pen {
    attr_t attributes;
    int pair;
};

static struct pen *pens;
static int pen_count;
static int cursor_x = -1, cursor_y, is_cursor_shown = -1, is_fresh;

void nc_start_drawing(void) {
    is_fresh = 1;
    is_cursor_shown = -1;
}

void nc_drop_pens(void) {
    free(pens);
    pens = NULL;
    pen_count = 0;
    cursor_x = is_cursor_shown = -1;
}

void nc_set_pen(uint16_t number, int attributes, int foreground, int background) {
    if (number >= pen_count) {
        int count = number + 64;
        struct pen *more = realloc(pens, (size_t)count * sizeof *more);
        if (!more) return;
        for (int i = pen_count; i < count; i++) more[i] = (struct pen){A_NORMAL, 0};
        pens = more;
        pen_count = count;
    }
    struct pen pen = {A_NORMAL, 0};
    if (attributes & nc_bold) pen.attributes |= A_BOLD;
    if (attributes & nc_dim) pen.attributes |= A_DIM;
    if (attributes & nc_underline) pen.attributes |= A_UNDERLINE;
    if (attributes & nc_reverse) pen.attributes |= A_REVERSE;
    if (attributes & nc_italic) pen.attributes |= A_ITALIC;
    if (foreground >= 0 || background >= 0) {
        int pair = alloc_pair(foreground, background);
        pen.pair = pair > 0 ? pair : 0;
    }
    pens[number] = pen;
}

int nc_width(uint32_t scalar) { return wcwidth((wchar_t)scalar); }

void nc_put(int x, int y, const struct nc_cell *cells, int count) {
    cchar_t line[128];
    while (count > 0) {
        int part = count < 127 ? count : 127, columns = 0;
        for (int i = 0; i < part; i++) {
            wchar_t text[6] = {0};
            for (int k = 0; k < 5; k++) text[k] = (wchar_t)cells[i].scalars[k];
            struct pen pen = cells[i].pen < pen_count ? pens[cells[i].pen] : (struct pen){A_NORMAL, 0};
            // The pair goes by pointer: the parameter for it ends at 32767.
            if (setcchar(&line[i], text, pen.attributes, 0, &pen.pair) == ERR)
                setcchar(&line[i], L"?", pen.attributes, 0, &pen.pair);
            columns += wcwidth(text[0]) == 2 ? 2 : 1;
        }
        mvwadd_wchnstr(stdscr, y, x, line, part);
        x += columns;
        cells += part;
        count -= part;
    }
}

void nc_cursor(int x, int y) {
    cursor_x = x;
    cursor_y = y;
}

void nc_show(void) {
    int wants = cursor_x >= 0;
    // A hidden cursor stays where drawing left it: moving it would cost bytes.
    leaveok(stdscr, !wants);
    if (wants) wmove(stdscr, cursor_y, cursor_x);
    if (wants != is_cursor_shown && curs_set(wants) != ERR) is_cursor_shown = wants;
    wnoutrefresh(stdscr);
    doupdate();
    if (is_fresh) nc_start_keys();
    is_fresh = 0;
}

void nc_forget(void) {
    clearok(curscr, TRUE);
    is_cursor_shown = -1;
}
