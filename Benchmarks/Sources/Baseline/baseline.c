/* What a table of 100,000 rows costs at the least: rows made up at the start, drawn by ncurses, and nothing else.
 *
 * No servers, clock, colours of states, ages, marks or widths that follow from the rows. What is slower than this by much
 * has a reason, or a fault. Keys: j k, PgDn PgUp, g G, s (next column), S (the other way round), / and letters, Esc, q. */
#define _GNU_SOURCE
#include <curses.h>
#include <locale.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { rows = 100000, fields = 6 };

struct row {
    char text[fields][32];
    long number[fields];
};

static const struct {
    const char *title;
    int width;
    int is_number;
} field[fields] = {
    {"STATE", 6, 0}, {"DEVICE", 20, 0}, {"PORT", 22, 0}, {"DESCRIPTION", 30, 0}, {"IN", 12, 1}, {"OUT", 12, 1},
};

static struct row *all;
static int *shown;
static int count, cursor, top, sorted = -1, is_descending, is_typing;
static char word[40];

static void make(void) {
    static const char *city[] = {"mad1", "bcn2", "lon5", "zrh1", "fra3", "ams7"};
    static const char *role[] = {"core-rtr", "agg-sw", "acc-sw", "olt"};
    static const char *kind[] = {"customer", "uplink", "core", "peering", "transit"};
    for (int id = 0; id < rows; id++) {
        struct row *row = &all[id];
        uint32_t scattered = (uint32_t)id * 2654435761u >> 8;
        int device = id / 100;
        strcpy(row->text[0], id % 97 ? "up" : "down");
        snprintf(row->text[1], sizeof row->text[1], "%s-%s%d", city[device % 6], role[device % 4], device);
        snprintf(row->text[2], sizeof row->text[2], "GigabitEthernet%d/0/%d", id % 100 / 40, id % 40);
        snprintf(row->text[3], sizeof row->text[3], "%s %s circuit %u", kind[scattered % 5], city[id % 6],
                 scattered % 1000000);
        row->number[4] = (long)scattered * 97 % 1000000007;
        row->number[5] = (long)scattered * 31 % 1000000007;
        for (int place = 4; place < fields; place++)
            snprintf(row->text[place], sizeof row->text[place], "%ld", row->number[place]);
    }
}

static int in_order(const void *left, const void *right) {
    int a = *(const int *)left, b = *(const int *)right, result;
    if (field[sorted].is_number)
        result = (all[a].number[sorted] > all[b].number[sorted]) - (all[a].number[sorted] < all[b].number[sorted]);
    else
        result = strcmp(all[a].text[sorted], all[b].text[sorted]);
    if (result == 0) return a < b ? -1 : 1;
    return is_descending ? -result : result;
}

static void arrange(void) {
    count = 0;
    for (int id = 0; id < rows; id++) {
        int passes = word[0] == 0;
        for (int place = 0; place < fields && !passes; place++) passes = strcasestr(all[id].text[place], word) != NULL;
        if (passes) shown[count++] = id;
    }
    if (sorted >= 0) qsort(shown, (size_t)count, sizeof *shown, in_order);
    cursor = top = 0;
}

static void draw(void) {
    int page = LINES - 2;
    if (cursor > count - 1) cursor = count - 1;
    if (cursor < 0) cursor = 0;
    if (cursor < top) top = cursor;
    if (cursor >= top + page) top = cursor - page + 1;
    attrset(A_BOLD);
    move(0, 0);
    for (int place = 0; place < fields; place++) printw("%-*s ", field[place].width, field[place].title);
    clrtoeol();
    for (int line = 0; line < page; line++) {
        move(line + 1, 0);
        if (top + line < count) {
            const struct row *row = &all[shown[top + line]];
            attrset(top + line == cursor ? A_REVERSE : A_NORMAL);
            for (int place = 0; place < fields; place++)
                printw(field[place].is_number ? "%*s " : "%-*s ", field[place].width, row->text[place]);
        }
        attrset(A_NORMAL);
        clrtoeol();
    }
    move(LINES - 1, 0);
    printw(" %d of %d rows%s%s", count ? cursor + 1 : 0, count, is_typing ? "  /" : "  ", word);
    clrtoeol();
    refresh();
}

static int type(int key) {
    size_t length = strlen(word);
    if (key == 27 || key == '\n' || key == '\r') {
        is_typing = 0;
        if (key != 27) return 1;
        word[0] = 0;
    } else if (key >= ' ' && key < 127 && length + 1 < sizeof word) {
        word[length] = (char)key;
        word[length + 1] = 0;
    }
    arrange();
    return 1;
}

static int press(int key) {
    int page = LINES - 2;
    if (is_typing) return type(key);
    switch (key) {
    case 'j': case KEY_DOWN: cursor++; break;
    case 'k': case KEY_UP: cursor--; break;
    case KEY_NPAGE: cursor += page; top += page; break;
    case KEY_PPAGE: cursor -= page; top = top > page ? top - page : 0; break;
    case 'g': cursor = 0; break;
    case 'G': cursor = count - 1; break;
    case '/': is_typing = 1; break;
    case 's': sorted = (sorted + 1) % fields; arrange(); break;
    case 'S': is_descending = !is_descending; arrange(); break;
    case 'q': return 0;
    }
    return 1;
}

int main(void) {
    setlocale(LC_ALL, "");
    all = calloc(rows, sizeof *all);
    shown = calloc(rows, sizeof *shown);
    if (!all || !shown) return 1;
    make();
    arrange();
    if (!initscr()) return 1;
    cbreak();
    noecho();
    keypad(stdscr, TRUE);
    set_escdelay(25);
    curs_set(0);
    do draw(); while (press(getch()));
    endwin();
    return 0;
}
