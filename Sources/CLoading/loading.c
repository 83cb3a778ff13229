#include "CLoading.h"

#include <dlfcn.h>
#include <string.h>

static const char *load(struct cloading_library *library) {
    void *found = dlopen(library->name, RTLD_NOW | RTLD_LOCAL);
    if (!found) return dlerror();
    for (int place = 0; place < library->count; place++) {
        void *function = dlsym(found, library->functions[place].name);
        if (!function) return dlerror();
        *library->functions[place].place = function;
    }
    return library->set_up ? library->set_up() : NULL;
}

const char *cloading_load(struct cloading_library *library) {
    pthread_mutex_lock(&library->lock);
    if (!library->is_tried) {
        const char *words = load(library);
        if (words) strncpy(library->problem, words, sizeof library->problem - 1);
        library->is_tried = 1;
    }
    pthread_mutex_unlock(&library->lock);
    return library->problem[0] ? library->problem : NULL;
}
