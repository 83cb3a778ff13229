// Libraries that are loaded when they are first needed, for the shims that are not linked with theirs.
#ifndef CLOADING_H
#define CLOADING_H

#include <pthread.h>

// A function that is looked up, and where its address goes.
struct cloading_function {
    const char *name;
    void **place;
};

// A library, and what is used of it; the rest begins as zeros.
struct cloading_library {
    // As in "libcurl.so.4".
    const char *name;
    const struct cloading_function *functions;
    int count;
    // Sets the library up once it is loaded; NULL where nothing is to be done. Gives what is wrong, or NULL.
    const char *(*set_up)(void);
    pthread_mutex_t lock;
    int is_tried;
    char problem[256];
};

// Loads a library unless that was tried; NULL when it is there, else what is wrong. Any thread may call it, again too.
const char *cloading_load(struct cloading_library *library);

#endif
