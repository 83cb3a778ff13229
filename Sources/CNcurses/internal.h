#ifndef CNCURSES_INTERNAL_H
#define CNCURSES_INTERNAL_H

// Makes Swift's importer and every file here see the same, wide, ncurses.
#define _GNU_SOURCE
#define NCURSES_WIDECHAR 1

// Tells the terminal to send keys as terminfo says, after the screen was taken.
void nc_start_keys(void);
void nc_start_drawing(void);
void nc_drop_pens(void);

#endif
