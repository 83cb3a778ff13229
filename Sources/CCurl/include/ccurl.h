// libcurl for Swift: variadic functions do not import, so each argument type has one inline shim.
#ifndef NOCTURNE_CCURL_H
#define NOCTURNE_CCURL_H

// The type-checking macros of curl.h need the variadic call that the shims replace.
#define CURL_DISABLE_TYPECHECK 1
#include <curl/curl.h>

#if LIBCURL_VERSION_NUM < 0x075700
#error "nocturne needs libcurl 7.87 or newer (libcurl4-openssl-dev of Debian 12, Ubuntu 24.04)"
#endif

// Switches, numbers and times: every option documented as `long`.
static inline CURLcode ccurl_set_long(CURL *handle, CURLoption option, long value) {
    return curl_easy_setopt(handle, option, value);
}

// Sizes: every option documented as `curl_off_t`.
static inline CURLcode ccurl_set_size(CURL *handle, CURLoption option, curl_off_t value) {
    return curl_easy_setopt(handle, option, value);
}

// Texts; curl copies them.
static inline CURLcode ccurl_set_text(CURL *handle, CURLoption option, const char *value) {
    return curl_easy_setopt(handle, option, value);
}

// Bytes and callback contexts; COPYPOSTFIELDS copies, everything else keeps the pointer.
static inline CURLcode ccurl_set_pointer(CURL *handle, CURLoption option, const void *value) {
    return curl_easy_setopt(handle, option, value);
}

// Header lists; curl keeps the pointer until the handle is cleaned up.
static inline CURLcode ccurl_set_list(CURL *handle, CURLoption option, struct curl_slist *value) {
    return curl_easy_setopt(handle, option, value);
}

// Where headers and body bytes go.
static inline CURLcode ccurl_set_receiver(CURL *handle, CURLoption option, curl_write_callback receiver) {
    return curl_easy_setopt(handle, option, receiver);
}

// What is asked once the connection stands, before the first byte of a request leaves.
static inline CURLcode ccurl_set_departure(CURL *handle, curl_prereq_callback departure) {
    return curl_easy_setopt(handle, CURLOPT_PREREQFUNCTION, departure);
}

static inline CURLMcode ccurl_multi_set_long(CURLM *multi, CURLMoption option, long value) {
    return curl_multi_setopt(multi, option, value);
}

// Answers documented as `long`; 0 when curl does not know.
static inline long ccurl_get_long(CURL *handle, CURLINFO info) {
    long value = 0;
    return curl_easy_getinfo(handle, info, &value) == CURLE_OK ? value : 0;
}

// Answers documented as `curl_off_t`; 0 when curl does not know.
static inline curl_off_t ccurl_get_size(CURL *handle, CURLINFO info) {
    curl_off_t value = 0;
    return curl_easy_getinfo(handle, info, &value) == CURLE_OK ? value : 0;
}

// Answers documented as `char *`; curl keeps them; null when it does not know.
static inline const char *ccurl_get_text(CURL *handle, CURLINFO info) {
    char *value = 0;
    return curl_easy_getinfo(handle, info, &value) == CURLE_OK ? value : 0;
}

// What curl says of the server's certificate, `Name:Value` after `Name:Value`; null when there is no more.
static inline const char *ccurl_certificate_line(CURL *handle, int place) {
    struct curl_certinfo *chain = 0;
    if (curl_easy_getinfo(handle, CURLINFO_CERTINFO, &chain) != CURLE_OK || !chain) return 0;
    if (chain->num_of_certs < 1) return 0;
    struct curl_slist *line = chain->certinfo[0];
    while (line && place-- > 0) line = line->next;
    return line ? line->data : 0;
}

// Pointers that were set before; null when curl does not know.
static inline void *ccurl_get_pointer(CURL *handle, CURLINFO info) {
    void *value = 0;
    return curl_easy_getinfo(handle, info, &value) == CURLE_OK ? value : 0;
}

#endif
