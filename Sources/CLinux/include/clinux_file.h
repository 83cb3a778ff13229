#ifndef CLINUX_FILE_H
#define CLINUX_FILE_H

#include <stddef.h>
#include <stdint.h>

struct clinux_file_facts {
    uint32_t permissions;  // the lower 12 bits of the mode
    uint32_t owner;
    int64_t size;
    int is_regular;
};

// All paths may be relative. No descriptor is inherited by children.

// Opens for reading.
int clinux_open_read(const char *path);
// Opens a record that only grows, made with permissions 0600 when it is not there.
int clinux_open_append(const char *path);
// Makes a file that must not be there yet, with permissions 0600, for writing.
int clinux_open_new(const char *path);
// Makes a file that must not be there yet and that others may read, with permissions 0644, for writing.
int clinux_open_export(const char *path);
// Makes a file without a name, with these bytes and at its beginning: what a child reads as its input.
int clinux_memory_file(const void *bytes, size_t count);
// Makes a directory with permissions 0700, and the ones above it; fine when they are there.
int clinux_make_directories(const char *path);

// Makes a pipe: ends[0] is read and never waits, ends[1] is written.
int clinux_pipe_open(int ends[2]);

int64_t clinux_read(int descriptor, void *buffer, size_t count);
// Writes all of it or fails.
int clinux_write(int descriptor, const void *bytes, size_t count);
// Returns when the disk has it.
int clinux_sync(int descriptor);
int clinux_close(int descriptor);
int clinux_rename(const char *from, const char *to);
int clinux_remove(const char *path);
// Cuts a file, as after a write that failed half way.
int clinux_truncate(int descriptor, int64_t size);

// Locks a whole file against other processes that lock it too; waits when `waits`, else -EWOULDBLOCK.
int clinux_lock(int descriptor, int waits);
int clinux_unlock(int descriptor);

int clinux_facts(int descriptor, struct clinux_file_facts *facts);
uint32_t clinux_user(void);

// Fills a buffer with random bytes of the kernel.
int clinux_random(void *buffer, size_t count);
// What an error means, in English.
void clinux_error_text(int error, char *buffer, size_t capacity);
// Lets descriptor `to` lead where `from` leads: standard error into a log while the screen is ours.
int clinux_redirect(int from, int to);

#endif
