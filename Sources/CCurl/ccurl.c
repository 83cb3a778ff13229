#include "ccurl.h"

#include <CLoading.h>
#include <stddef.h>

// libcurl and the thirty libraries behind it take a third of the time until the program's first frame: they are loaded by
// themselves, beside what else has to be done until a server is asked. Their functions have their own names here, so that
// Swift calls them as it would call libcurl's; hidden, so that libcurl does not call them in place of its own.
#define FUNCTIONS(each) \
    each(curl_global_init) \
    each(curl_easy_init) \
    each(curl_easy_cleanup) \
    each(curl_easy_perform) \
    each(curl_easy_strerror) \
    each(curl_easy_setopt) \
    each(curl_easy_getinfo) \
    each(curl_multi_init) \
    each(curl_multi_cleanup) \
    each(curl_multi_wakeup) \
    each(curl_multi_poll) \
    each(curl_multi_perform) \
    each(curl_multi_add_handle) \
    each(curl_multi_remove_handle) \
    each(curl_multi_info_read) \
    each(curl_multi_setopt) \
    each(curl_slist_append) \
    each(curl_slist_free_all) \
    each(curl_url) \
    each(curl_url_set) \
    each(curl_url_get) \
    each(curl_url_cleanup) \
    each(curl_free)

static struct {
#define DECLARE(name) __typeof__(name) *name;
    FUNCTIONS(DECLARE)
} library;

static const char *set_up(void) {
    return library.curl_global_init(CURL_GLOBAL_ALL) == CURLE_OK ? NULL : "not enough memory";
}

const char *ccurl_load(void) {
#define FIND(name) {#name, (void **)&library.name},
    static const struct cloading_function functions[] = {FUNCTIONS(FIND)};
    static struct cloading_library curl = {
        "libcurl.so.4", functions, sizeof functions / sizeof *functions, set_up, PTHREAD_MUTEX_INITIALIZER};
    return cloading_load(&curl);
}

#define OURS __attribute__((visibility("hidden")))
// Whoever has a handle has loaded the library; where none is needed, it is loaded by what makes the handle.
OURS CURL *curl_easy_init(void) { return ccurl_load() ? NULL : library.curl_easy_init(); }
OURS void curl_easy_cleanup(CURL *handle) { library.curl_easy_cleanup(handle); }
OURS CURLcode curl_easy_perform(CURL *handle) { return library.curl_easy_perform(handle); }
OURS const char *curl_easy_strerror(CURLcode code) {
    return ccurl_load() ? "libcurl can't be loaded" : library.curl_easy_strerror(code);
}
OURS CURLM *curl_multi_init(void) { return ccurl_load() ? NULL : library.curl_multi_init(); }
OURS CURLMcode curl_multi_cleanup(CURLM *multi) { return library.curl_multi_cleanup(multi); }
OURS CURLMcode curl_multi_wakeup(CURLM *multi) { return library.curl_multi_wakeup(multi); }
OURS CURLMcode curl_multi_poll(CURLM *multi, struct curl_waitfd more[], unsigned count, int patience, int *ready) {
    return library.curl_multi_poll(multi, more, count, patience, ready);
}
OURS CURLMcode curl_multi_perform(CURLM *multi, int *running) { return library.curl_multi_perform(multi, running); }
OURS CURLMcode curl_multi_add_handle(CURLM *multi, CURL *handle) {
    return library.curl_multi_add_handle(multi, handle);
}
OURS CURLMcode curl_multi_remove_handle(CURLM *multi, CURL *handle) {
    return library.curl_multi_remove_handle(multi, handle);
}
OURS CURLMsg *curl_multi_info_read(CURLM *multi, int *left) { return library.curl_multi_info_read(multi, left); }
OURS struct curl_slist *curl_slist_append(struct curl_slist *list, const char *text) {
    return ccurl_load() ? NULL : library.curl_slist_append(list, text);
}
OURS void curl_slist_free_all(struct curl_slist *list) {
    if (list) library.curl_slist_free_all(list);
}
OURS CURLU *curl_url(void) { return ccurl_load() ? NULL : library.curl_url(); }
OURS CURLUcode curl_url_set(CURLU *url, CURLUPart part, const char *text, unsigned flags) {
    return url ? library.curl_url_set(url, part, text, flags) : CURLUE_BAD_HANDLE;
}
OURS void curl_url_cleanup(CURLU *url) {
    if (url) library.curl_url_cleanup(url);
}
OURS void curl_free(void *memory) {
    if (memory) library.curl_free(memory);
}

CURLUcode ccurl_url_get(CURLU *url, CURLUPart part, char **text, unsigned flags) {
    return url ? library.curl_url_get(url, part, text, flags) : CURLUE_BAD_HANDLE;
}

CURLcode ccurl_set_long(CURL *handle, CURLoption option, long value) {
    return library.curl_easy_setopt(handle, option, value);
}
CURLcode ccurl_set_size(CURL *handle, CURLoption option, curl_off_t value) {
    return library.curl_easy_setopt(handle, option, value);
}
CURLcode ccurl_set_text(CURL *handle, CURLoption option, const char *value) {
    return library.curl_easy_setopt(handle, option, value);
}
CURLcode ccurl_set_pointer(CURL *handle, CURLoption option, const void *value) {
    return library.curl_easy_setopt(handle, option, value);
}
CURLcode ccurl_set_list(CURL *handle, CURLoption option, struct curl_slist *value) {
    return library.curl_easy_setopt(handle, option, value);
}
CURLcode ccurl_set_receiver(CURL *handle, CURLoption option, curl_write_callback receiver) {
    return library.curl_easy_setopt(handle, option, receiver);
}
CURLcode ccurl_set_departure(CURL *handle, curl_prereq_callback departure) {
    return library.curl_easy_setopt(handle, CURLOPT_PREREQFUNCTION, departure);
}
CURLMcode ccurl_multi_set_long(CURLM *multi, CURLMoption option, long value) {
    return library.curl_multi_setopt(multi, option, value);
}

long ccurl_get_long(CURL *handle, CURLINFO info) {
    long value = 0;
    return library.curl_easy_getinfo(handle, info, &value) == CURLE_OK ? value : 0;
}
curl_off_t ccurl_get_size(CURL *handle, CURLINFO info) {
    curl_off_t value = 0;
    return library.curl_easy_getinfo(handle, info, &value) == CURLE_OK ? value : 0;
}
const char *ccurl_get_text(CURL *handle, CURLINFO info) {
    char *value = NULL;
    return library.curl_easy_getinfo(handle, info, &value) == CURLE_OK ? value : NULL;
}
void *ccurl_get_pointer(CURL *handle, CURLINFO info) {
    void *value = NULL;
    return library.curl_easy_getinfo(handle, info, &value) == CURLE_OK ? value : NULL;
}

const char *ccurl_certificate_line(CURL *handle, int place) {
    struct curl_certinfo *chain = NULL;
    if (library.curl_easy_getinfo(handle, CURLINFO_CERTINFO, &chain) != CURLE_OK || !chain) return NULL;
    if (chain->num_of_certs < 1) return NULL;
    struct curl_slist *line = chain->certinfo[0];
    while (line && place-- > 0) line = line->next;
    return line ? line->data : NULL;
}
