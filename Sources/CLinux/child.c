#define _GNU_SOURCE
#include "clinux_child.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "clinux_clock.h"

extern char **environ;

static int is_withheld(const char *entry, const char *const *names) {
    for (; names && *names; names++) {
        size_t length = strlen(*names);
        if (!strncmp(entry, *names, length) && entry[length] == '=') return 1;
    }
    return 0;
}

static int is_replaced(const char *entry, const char *const *added) {
    for (; added && *added; added++) {
        const char *end = strchr(*added, '=');
        if (end && !strncmp(entry, *added, (size_t)(end - *added) + 1)) return 1;
    }
    return 0;
}

static char **environment_of(const struct clinux_child *child) {
    size_t count = 0, more = 0, kept = 0;
    while (environ && environ[count]) count++;
    while (child->added && child->added[more]) more++;
    char **result = calloc(count + more + 1, sizeof *result);
    for (size_t i = 0; result && i < count; i++)
        if (!is_withheld(environ[i], child->withheld) && !is_replaced(environ[i], child->added))
            result[kept++] = environ[i];
    for (size_t i = 0; result && i < more; i++) result[kept++] = (char *)child->added[i];
    return result;
}

static int lead(posix_spawn_file_actions_t *actions, int from, int to) {
    if (from == clinux_inherit) return posix_spawn_file_actions_adddup2(actions, to, to);
    if (from == clinux_null)
        return posix_spawn_file_actions_addopen(actions, to, "/dev/null", to ? O_WRONLY : O_RDONLY, 0);
    return posix_spawn_file_actions_adddup2(actions, from, to);
}

int clinux_child_start(const struct clinux_child *child) {
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    char **environment = environment_of(child);
    if (!environment) return -ENOMEM;
    posix_spawn_file_actions_init(&actions);
    posix_spawnattr_init(&attributes);
    int failed = lead(&actions, child->input, 0);
    if (!failed) failed = lead(&actions, child->output, 1);
    if (!failed) failed = lead(&actions, child->error, 2);
    if (!failed) failed = posix_spawn_file_actions_addclosefrom_np(&actions, 3);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &all);
    posix_spawnattr_setflags(
        &attributes,
        (short)(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | (child->own_session ? POSIX_SPAWN_SETSID : 0)));
    pid_t pid = 0;
    if (!failed)
        failed = posix_spawnp(
            &pid, child->arguments[0], &actions, &attributes, (char *const *)child->arguments, environment);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    free(environment);
    return failed ? -failed : pid;
}

int clinux_child_ended(int pid, int *code) {
    int status = 0;
    pid_t ended;
    do ended = waitpid(pid, &status, WNOHANG);
    while (ended < 0 && errno == EINTR);
    if (ended < 0) return -errno;
    if (ended == 0) return 0;
    *code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return 1;
}

int clinux_child_look(int pid, int *number) {
    int status = 0;
    pid_t found;
    do found = waitpid(pid, &status, WNOHANG | WUNTRACED);
    while (found < 0 && errno == EINTR);
    if (found < 0) return -errno;
    if (found == 0) return clinux_child_runs;
    if (WIFSTOPPED(status)) return clinux_child_stopped;
    *number = WIFEXITED(status) ? WEXITSTATUS(status) : WTERMSIG(status);
    return WIFEXITED(status) ? clinux_child_exited : clinux_child_signalled;
}

void clinux_child_continue(int pid) {
    if (pid > 0) kill(pid, SIGCONT);
}

void clinux_child_kill(int pid, int own_session) {
    if (pid > 0) kill(own_session ? -pid : pid, SIGKILL);
}

enum { clinux_family = 64 };

// A process by its number and by a handle, which never leads to another process that got the number later; no handle
// where the kernel has none.
struct relative {
    int pid, handle;
};

static struct relative relative_of(int pid) { return (struct relative){pid, (int)syscall(SYS_pidfd_open, pid, 0)}; }

static void tell(struct relative it, int signal) {
    if (it.handle >= 0) syscall(SYS_pidfd_send_signal, it.handle, signal, NULL, 0);
    else if (it.pid > 0) kill(it.pid, signal);
}

static int lives(struct relative it) {
    struct pollfd place = {.fd = it.handle, .events = POLLIN};
    if (it.handle >= 0) return poll(&place, 1, 0) == 0;
    return it.pid > 0 && kill(it.pid, 0) == 0;
}

// The processes that a process started, and theirs; those that the system does not tell are not among them.
static size_t family(int pid, struct relative *all, size_t count) {
    if (count == clinux_family) return count;
    all[count++] = relative_of(pid);
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/task/%d/children", pid, pid);
    FILE *file = fopen(path, "re");
    if (!file) return count;
    int child = 0;
    while (fscanf(file, "%d", &child) == 1) count = family(child, all, count);
    fclose(file);
    return count;
}

void clinux_child_dismiss(int pid, int64_t patience) {
    struct relative all[clinux_family];
    if (pid <= 0) return;
    size_t count = family(pid, all, 0), left = count;
    for (size_t i = 0; i < count; i++) {
        tell(all[i], SIGTERM);
        // One that is stopped hears nothing.
        tell(all[i], SIGCONT);
    }
    int64_t deadline = clinux_boot_nanoseconds() + patience;
    int is_reaped = 0;
    while (left > 0 && clinux_boot_nanoseconds() < deadline) {
        if (!is_reaped && waitpid(pid, NULL, WNOHANG) == pid) {
            is_reaped = 1;
            // From here on the number may be somebody else's.
            all[0].pid = 0;
        }
        left = 0;
        for (size_t i = 0; i < count; i++) left += (size_t)lives(all[i]);
        if (left > 0) poll(NULL, 0, 5);
    }
    for (size_t i = 0; i < count; i++) {
        if (lives(all[i])) tell(all[i], SIGKILL);
        if (all[i].handle >= 0) close(all[i].handle);
    }
    while (!is_reaped && waitpid(pid, NULL, 0) < 0 && errno == EINTR) {}
}

static int64_t collect(int source, int64_t deadline, unsigned char *buffer, size_t capacity) {
    size_t count = 0;
    for (;;) {
        int64_t left = (deadline - clinux_boot_nanoseconds()) / 1000000;
        struct pollfd place = {.fd = source, .events = POLLIN};
        int ready = left > 0 ? poll(&place, 1, (int)left) : 0;
        if (ready < 0 && errno == EINTR) continue;
        if (ready < 0) return -errno;
        if (ready == 0) return -ETIMEDOUT;
        unsigned char spare;
        ssize_t got = count < capacity ? read(source, buffer + count, capacity - count) : read(source, &spare, 1);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return -errno;
        if (got == 0) return (int64_t)count;
        if (count == capacity) return -EFBIG;
        count += (size_t)got;
    }
}

int64_t clinux_child_capture(
    const char *const *arguments, const char *const *withheld, int milliseconds, unsigned char *buffer,
    size_t capacity, int *code) {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) < 0) return -errno;
    struct clinux_child child = {
        .arguments = arguments,
        .withheld = withheld,
        .own_session = 1,
        .input = clinux_null,
        .output = ends[1],
        .error = clinux_null,
    };
    int pid = clinux_child_start(&child);
    close(ends[1]);
    if (pid < 0) {
        close(ends[0]);
        return pid;
    }
    int64_t deadline = clinux_boot_nanoseconds() + (int64_t)milliseconds * 1000000;
    int64_t result = collect(ends[0], deadline, buffer, capacity);
    close(ends[0]);
    int ended;
    while ((ended = clinux_child_ended(pid, code)) == 0) {
        if (result < 0 || clinux_boot_nanoseconds() > deadline) {
            if (result >= 0) result = -ETIMEDOUT;
            clinux_child_kill(pid, 1);
            while (waitpid(pid, NULL, 0) < 0 && errno == EINTR) {}
            *code = 128 + SIGKILL;
            return result;
        }
        // It closed its output a moment before it ends.
        poll(NULL, 0, 1);
    }
    return result;
}
