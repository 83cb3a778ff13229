#define _GNU_SOURCE
#include "clinux_file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/file.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

static int answer(int result) { return result < 0 ? -errno : result; }

int clinux_open_read(const char *path) { return answer(open(path, O_RDONLY | O_CLOEXEC)); }

int clinux_open_append(const char *path) {
    return answer(open(path, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC, 0600));
}

int clinux_open_new(const char *path) {
    return answer(open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
}

int clinux_open_export(const char *path) {
    return answer(open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0644));
}

int clinux_make_directories(const char *path) {
    char part[PATH_MAX];
    size_t length = strlen(path);
    if (length == 0) return -ENOENT;
    if (length >= sizeof part) return -ENAMETOOLONG;
    memcpy(part, path, length + 1);
    for (size_t i = 1; i <= length; i++) {
        if (part[i] != '/' && part[i] != 0) continue;
        part[i] = 0;
        if (mkdir(part, 0700) < 0 && errno != EEXIST) return -errno;
        if (i < length) part[i] = '/';
    }
    struct stat facts;
    if (stat(path, &facts) < 0) return -errno;
    return S_ISDIR(facts.st_mode) ? 0 : -ENOTDIR;
}

int64_t clinux_read(int descriptor, void *buffer, size_t count) {
    ssize_t got;
    do got = read(descriptor, buffer, count);
    while (got < 0 && errno == EINTR);
    return got < 0 ? -errno : got;
}

int clinux_write(int descriptor, const void *bytes, size_t count) {
    const char *next = bytes;
    while (count > 0) {
        ssize_t written = write(descriptor, next, count);
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return -errno;
        if (written == 0) return -EIO;
        next += written;
        count -= (size_t)written;
    }
    return 0;
}

int clinux_sync(int descriptor) { return answer(fsync(descriptor)); }

int clinux_close(int descriptor) { return answer(close(descriptor)); }

int clinux_rename(const char *from, const char *to) { return answer(rename(from, to)); }

int clinux_remove(const char *path) { return answer(unlink(path)); }

int clinux_truncate(int descriptor, int64_t size) { return answer(ftruncate(descriptor, size)); }

int clinux_lock(int descriptor, int waits) {
    int result;
    do result = flock(descriptor, waits ? LOCK_EX : LOCK_EX | LOCK_NB);
    while (result < 0 && errno == EINTR);
    return answer(result);
}

int clinux_unlock(int descriptor) { return answer(flock(descriptor, LOCK_UN)); }

int clinux_facts(int descriptor, struct clinux_file_facts *facts) {
    struct stat found;
    if (fstat(descriptor, &found) < 0) return -errno;
    facts->permissions = found.st_mode & 07777;
    facts->owner = found.st_uid;
    facts->size = found.st_size;
    facts->is_regular = S_ISREG(found.st_mode);
    return 0;
}

uint32_t clinux_user(void) { return geteuid(); }

int clinux_random(void *buffer, size_t count) {
    char *next = buffer;
    while (count > 0) {
        ssize_t got = getrandom(next, count, 0);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return -errno;
        next += got;
        count -= (size_t)got;
    }
    return 0;
}

void clinux_error_text(int error, char *buffer, size_t capacity) {
    if (capacity == 0) return;
    // The GNU variant may answer with a text of its own instead of filling the buffer.
    char scratch[128];
    snprintf(buffer, capacity, "%s", strerror_r(error < 0 ? -error : error, scratch, sizeof scratch));
}

int clinux_redirect(int from, int to) { return answer(dup3(from, to, 0)); }

int clinux_memory_file(const void *bytes, size_t count) {
    int file = memfd_create("input", MFD_CLOEXEC);
    if (file < 0) return -errno;
    int written = clinux_write(file, bytes, count);
    if (written < 0 || lseek(file, 0, SEEK_SET) < 0) {
        int error = written < 0 ? written : -errno;
        close(file);
        return error;
    }
    return file;
}

int clinux_pipe_open(int ends[2]) {
    if (pipe2(ends, O_CLOEXEC) < 0) return -errno;
    return answer(fcntl(ends[0], F_SETFL, O_NONBLOCK));
}
